#include "resolve.h"

#include "answers_read.h"
#include "elements.h"
#include "faults.h"
#include "names.h"
#include "place.h"
#include "tolerance.h"
#include "unnamed.h"

#include "base/buffer.h"
#include "base/map.h"
#include "base/nearest.h"

#include "trace/step_name.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

/* What is in m->error is wrong with the answer, which is not marked then. */
static bool leave_out(marking *m, item *it, mlp_span where) {
    m->error->where = where;
    it->left_out = true;
    return faults_add(m->answers, m->arena, m->error, m->error);
}

static mlp_tensor shape_of(const mlp_answer *a) {
    mlp_tensor t = {.ndim = a->ndim, .numel = a->numel};
    memcpy(t.shape, a->shape, sizeof t.shape);
    return t;
}

/* --- by name --- */

/* The values that an answer of some name, perhaps under some heading, may speak of. */
typedef struct candidate candidate;
struct candidate {
    const mlp_value *value;
    mlp_phase section;
    uint64_t step; /* of the training, from 1 */
    candidate *next;
    const candidate *before; /* of the same name, wherever it stands */
};

typedef struct bucket {
    candidate *first, *last, *next;        /* next: for the next answer */
    size_t count, answers, taken, by_step; /* by_step: that the steps were told of */
    const candidate *before;       /* of a place in a step: the last of the name before it */
    const struct bucket *numbered; /* of more answers than values: y, y@2 and so on; NULL: none */
} bucket;

/* A heading: the how manieth of its phase, or of that phase in a step of the training. */
typedef struct {
    mlp_phase section;
    size_t count;  /* 0: what stands under no heading */
    uint64_t step; /* 0: of all */
    bool by_place; /* of that phase in that step of the training, however many sections it has */
} heading;

static heading heading_of(const mlp_answer *a) {
    if (a->in_step)
        return (heading){a->section, 1, a->in_step, true};
    return (heading){.section = a->section, .count = a->section_count, .step = a->step};
}

/* Under which an answer is looked up. */
static const char *bucket_key(marking *m, const char *name, heading h) {
    if (h.count == 0 && h.step == 0)
        return name;
    return mlp_arena_printf(m->arena, "%s\n%d %zu %" PRIu64 "%s", name,
                            h.count ? (int)h.section : -1, h.count, h.step,
                            h.by_place ? " in" : "");
}

/* NULL without memory. */
static bucket *bucket_of(marking *m, map *buckets, const char *key) {
    bucket *b = key ? map_find(buckets, key) : NULL;
    if (b || !key)
        return b;
    b = mlp_arena_alloc(m->arena, 1, sizeof *b);
    return b && map_put(buckets, m->arena, key, b) ? b : NULL;
}

static bool put_candidate(marking *m, bucket *b, const candidate *like) {
    candidate *c = mlp_arena_alloc(m->arena, 1, sizeof *c);
    if (!c || !b)
        return marking_out_of_memory(m);
    *c = *like;
    c->before = b->last;
    *(b->last ? &b->last->next : &b->first) = c;
    b->last = c;
    b->count++;
    return true;
}

/* The headings of each phase so far. */
typedef struct {
    size_t all[MLP_UPDATE + 1], of_step[MLP_UPDATE + 1];
    uint64_t step;    /* of the training, where the trace holds some only; else 0 */
    uint64_t updates; /* sections of updates so far that another section follows */
    bool updated;
} heading_counts;

/* A step ends with the section of its updates. */
static void count_update(heading_counts *h, const mlp_entry *e) {
    if (e->kind != MLP_ENTRY_SECTION)
        return;
    h->updates += h->updated && e->phase != MLP_UPDATE;
    h->updated = e->phase == MLP_UPDATE;
}

static void count_heading(heading_counts *h, const mlp_entry *e) {
    count_update(h, e);
    h->all[e->phase] += e->kind == MLP_ENTRY_SECTION;
    h->of_step[e->phase] += e->kind == MLP_ENTRY_SECTION;
    if (e->kind != MLP_ENTRY_STEP)
        return;
    h->step = e->number;
    memset(h->of_step, 0, sizeof h->of_step);
}

/* Of y, y@2 and so on, and of their gradients: where those that have numbers stand in a place of a step,
 * since a report of some steps counts them from its own first one on. NULL without memory. */
static const char *numbered_key(marking *m, const char *name, heading by_place) {
    const char *common = step_name_common(m->arena, name);
    const char *any = common ? mlp_arena_printf(m->arena, "%s@*", common) : NULL;
    return any ? bucket_key(m, any, by_place) : NULL;
}

/* Where all of them stand that are computed, without a number, too. */
static const char *common_key(marking *m, const char *name) {
    const char *common = step_name_common(m->arena, name);
    return common ? mlp_arena_printf(m->arena, "%s@", common) : NULL;
}

static bool put_common_name(marking *m, map *buckets, const char *name, heading by_place,
                            const candidate *c) {
    if (step_name_number(name) &&
        !put_candidate(m, bucket_of(m, buckets, numbered_key(m, name, by_place)), c))
        return false;
    return c->value->given || put_candidate(m, bucket_of(m, buckets, common_key(m, name)), c);
}

static bool put_name(marking *m, map *buckets, const char *name, const mlp_entry *e,
                     const heading_counts *h) {
    const heading of_all = {.section = e->phase, .count = h->all[e->phase]};
    const heading of_step = {.section = e->phase, .count = h->of_step[e->phase], .step = h->step},
                  step_alone = {.step = h->step};
    const uint64_t step = h->step ? h->step : h->updates + 1;
    const heading by_place = {e->phase, 1, step, true};
    const candidate c = {.value = e->value, .section = e->phase, .step = step};
    bucket *of_name = bucket_of(m, buckets, name);
    bucket *of_place = bucket_of(m, buckets, bucket_key(m, name, by_place));
    if (of_name && of_place && !of_place->first)
        of_place->before = of_name->last;
    if (!put_candidate(m, of_name, &c) || !put_candidate(m, of_place, &c) ||
        !put_common_name(m, buckets, name, by_place, &c) ||
        !put_candidate(m, bucket_of(m, buckets, bucket_key(m, name, of_all)), &c))
        return false;
    return h->step == 0 ||
           (put_candidate(m, bucket_of(m, buckets, bucket_key(m, name, of_step)), &c) &&
            put_candidate(m, bucket_of(m, buckets, bucket_key(m, name, step_alone)), &c));
}

/* *last becomes the number of the last step of the training. */
static bool collect_names(marking *m, map *buckets, uint64_t *last) {
    heading_counts headings = {0};
    for (const mlp_entry *e = m->trace->first_entry; e; e = e->next) {
        count_heading(&headings, e);
        if (e->kind != MLP_ENTRY_VALUE)
            continue;
        if (!put_name(m, buckets, e->value->label.display, e, &headings))
            return false;
        const mlp_alias *alias = e->value->variable ? e->value->variable->aliases : NULL;
        for (; alias; alias = alias->next)
            if (!put_name(m, buckets, alias->name, e, &headings))
                return false;
    }
    *last = headings.step ? headings.step : headings.updates + 1;
    return true;
}

static bool differs_in_case(const char *a, const char *b) {
    while (*a && tolower((unsigned char)*a) == tolower((unsigned char)*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

/* Of h[0], which is answered in a list. */
static bool find_whole_of(marking *m, const name_table *n, const char *name, const char **whole) {
    const size_t length = strlen(name), end = strcspn(name, "[");
    *whole = NULL;
    if (end == 0 || end == length || name[length - 1] != ']')
        return true;
    const char *of = mlp_arena_copy(m->arena, name, end), *found;
    if (!of)
        return marking_out_of_memory(m);
    if (!names_find(m, n, of, &found))
        return false;
    *whole = found ? of : NULL;
    return true;
}

/* Whether it is, without the names in front, as mask of dropout.mask. */
static bool is_last_part(const char *name, const char *part) {
    const char *dot = strrchr(name, '.');
    return dot && strcmp(dot + 1, part) == 0;
}

/* What may be meant by a name that the script has not; NULL where nothing is near. */
static const char *meant_name(const marking *m, const char *name) {
    nearest near = {.name = name};
    const char *meant = NULL;
    for (const mlp_entry *e = m->trace->first_entry; e; e = e->next) {
        const char *known = e->kind == MLP_ENTRY_VALUE ? e->value->label.display : NULL;
        if (!known)
            continue;
        nearest_consider_entry(&near, known);
        if (differs_in_case(name, known) || (!meant && is_last_part(known, name)))
            meant = known;
    }
    return meant ? meant : near.best;
}

/* Whether it is what a report with bounds says of another value: nobody's answer. */
static bool is_bound(marking *m, const map *buckets, const char *name, bool *is) {
    static const char suffix[] = ".bound";
    const size_t length = strlen(name), extra = strlen(suffix);
    if (length <= extra || strcmp(name + length - extra, suffix) != 0)
        return true;
    char *of = mlp_arena_copy(m->arena, name, length - extra);
    const char *common = of ? step_name_common(m->arena, of) : NULL;
    if (!common)
        return marking_out_of_memory(m);
    *is = map_find(buckets, of) || map_find(buckets, common);
    if (!*is && *of == '(' && of[length - extra - 1] == ')') { /* around an expression */
        of[length - extra - 1] = '\0';
        *is = map_find(buckets, of + 1);
    }
    return true;
}

/* y and y.grad under the second # forward and # backward are y@2 and y@2.grad. */
static bool find_again(marking *m, const map *buckets, const char *name, const mlp_answer *a,
                       bucket **found) {
    static const char grad[] = ".grad";
    const size_t length = strlen(name), extra = strlen(grad);
    const bool is_grad = length > extra && strcmp(name + length - extra, grad) == 0;
    const char *again =
        mlp_arena_printf(m->arena, "%.*s@%zu%s", (int)(length - (is_grad ? extra : 0)), name,
                         a->section_count, is_grad ? grad : "");
    const char *key = again ? bucket_key(m, again, heading_of(a)) : NULL;
    if (!key)
        return marking_out_of_memory(m);
    *found = map_find(buckets, key);
    return true;
}

/* Of y@2, the second y of its section in an archive, where no two have one name. */
static bool find_repeated(marking *m, const name_table *n, const mlp_answer *a,
                          const char **found) {
    const char *mark = a->in_step ? strrchr(a->name, '@') : NULL;
    if (!mark || mark[1 + strspn(mark + 1, "0123456789")])
        return true;
    const char *of = mlp_arena_copy(m->arena, a->name, (size_t)(mark - a->name));
    return of ? names_find(m, n, of, found) : marking_out_of_memory(m);
}

/* Of a place in a step: a report of that step alone calls y what is y@2 in that of all steps. */
static bool find_of_step(marking *m, const map *buckets, const char *name, const mlp_answer *a,
                         bucket **found) {
    const char *key = numbered_key(m, name, heading_of(a));
    if (!key)
        return marking_out_of_memory(m);
    *found = map_find(buckets, key);
    return true;
}

/* The last one there of the names that differ in numbers only. Where the step has several, as y and
 * y@2, it is none of them: NULL. */
static const candidate *candidate_of_step(const bucket *all, uint64_t step) {
    const candidate *last = NULL;
    for (const candidate *c = all ? all->first : NULL; c; c = c->next) {
        if (c->step != step)
            continue;
        if (last && strcmp(last->value->label.display, c->value->label.display) != 0)
            return NULL;
        last = c;
    }
    return last;
}

/* What is called so in a step of the training. */
static bool find_in_step(marking *m, map *buckets, const char *name, uint64_t step,
                         bucket **found) {
    const char *common = common_key(m, name);
    const char *key = common ? mlp_arena_printf(m->arena, "%s%" PRIu64, common, step) : NULL;
    if (!key)
        return marking_out_of_memory(m);
    *found = map_find(buckets, key);
    const candidate *last = *found ? NULL : candidate_of_step(map_find(buckets, common), step);
    if (!last)
        return true;
    *found = bucket_of(m, buckets, key);
    return put_candidate(m, *found, last);
}

/* The number of the next training step that the trace holds, and tells of; 0 behind the last. */
static uint64_t next_step(const mlp_entry **entry) {
    while (*entry && (*entry)->kind != MLP_ENTRY_STEP)
        *entry = (*entry)->next;
    const uint64_t number = *entry ? (*entry)->number : 0;
    *entry = *entry ? (*entry)->next : NULL;
    return number;
}

static bool holds_step(const marking *m, uint64_t step) {
    const mlp_entry *entry = m->trace->first_entry;
    uint64_t held = next_step(&entry);
    while (held && held != step)
        held = next_step(&entry);
    return held;
}

/* Whether a port may well print of that step, and --step leaves it out. */
static bool is_of_other_step(const marking *m, uint64_t step) {
    return m->options->port && step <= mlp_trace_steps(m->trace) && !holds_step(m, step) &&
           step_names_count(m->trace);
}

/* Of y@4, where y is known: the steps do not have it, or there are some of them only. */
static bool leave_out_number(marking *m, const map *buckets, const char *common, uint64_t number,
                             item *it, bool is_there) {
    const char *key = common_key(m, common);
    const bucket *all = key ? map_find(buckets, key) : NULL;
    const mlp_entry *entry = m->trace->first_entry;
    if (!key)
        return marking_out_of_memory(m);
    it->left_out = is_of_other_step(m, number);
    if (it->left_out)
        return true;
    if (is_there)
        mlp_error(m->error,
                  "no value is called '%.100s': names are counted in the steps that are there; "
                  "--step=%" PRIu64 " alone takes it",
                  it->mark.answer->name, number);
    else if (next_step(&entry))
        mlp_error(m->error,
                  "no '%.100s' is computed in step %" PRIu64 " among the steps that --step chooses",
                  common, number);
    else if (all && all->last->step < number)
        mlp_error(m->error,
                  "no '%.100s' is computed in step %" PRIu64 ": the last one is of step %" PRIu64,
                  common, number, all->last->step);
    else
        mlp_error(m->error, "no '%.100s' is computed in step %" PRIu64, common, number);
    return leave_out(m, it, it->mark.answer->where);
}

/* y@2, where no value is called so: the y of step 2. */
static bool find_by_number(marking *m, map *buckets, const name_table *n, item *it,
                           const char *written, bucket **found) {
    const char *name;
    const uint64_t number = step_name_number(written);
    const char *common = step_name_common(m->arena, written);
    if (!common)
        return marking_out_of_memory(m);
    if (!number || it->mark.answer->by_order)
        return true;
    if (!names_find(m, n, common, &name))
        return false;
    const heading at = heading_of(it->mark.answer);
    const char *key = name ? bucket_key(m, name, at) : "";
    if (!key)
        return marking_out_of_memory(m);
    *found = at.by_place && at.step == number ? map_find(buckets, key) : NULL;
    if (!*found && name && !find_in_step(m, buckets, name, number, found))
        return false;
    if (!name || (*found && step_names_count(m->trace)))
        return true;
    const bool is_there = *found;
    *found = NULL;
    return leave_out_number(m, buckets, name, number, it, is_there);
}

/* Of loss2 or loss_2, where there are several: loss@2. NULL where it is no such name. */
static bool find_name_of_step(marking *m, map *buckets, const name_table *n, const char *name,
                              const char **meant) {
    size_t end = strlen(name);
    while (end > 0 && name[end - 1] >= '0' && name[end - 1] <= '9')
        end--;
    const size_t length = end - (end > 0 && strchr("_ -", name[end - 1]) ? 1 : 0);
    const char *of = mlp_arena_copy(m->arena, name, length), *known;
    const char *numbered = mlp_arena_printf(m->arena, "%.*s@%s", (int)length, name, name + end);
    *meant = NULL;
    if (!of || !numbered)
        return marking_out_of_memory(m);
    if (length == 0 || !names_find(m, n, of, &known))
        return length == 0;
    const char *key = known ? common_key(m, known) : NULL;
    const bucket *all = key ? map_find(buckets, key) : NULL;
    bucket *found = NULL;
    if (!all || all->count < 2)
        return !known || key || marking_out_of_memory(m);
    if (!map_find(buckets, numbered) &&
        !find_in_step(m, buckets, known, step_name_number(numbered), &found))
        return false;
    *meant = found || map_find(buckets, numbered) ? numbered : NULL;
    return true;
}

static bool leave_out_unknown(marking *m, map *buckets, const name_table *n, item *it) {
    const mlp_answer *a = it->mark.answer;
    const char *whole, *of_step;
    if (!find_whole_of(m, n, a->name, &whole) ||
        !find_name_of_step(m, buckets, n, a->name, &of_step))
        return false;
    const char *meant = of_step ? of_step : meant_name(m, a->name);
    if (whole)
        mlp_error(m->error,
                  "the script has no '%.100s': write all of %.100s in one list, with ? for what is "
                  "left open",
                  a->name, whole);
    else if (meant && m->options->port)
        mlp_error(
            m->error,
            "the script has no '%.100s'; did you mean '%.100s'? In a file of --names, %.60s = "
            "%.60s says so, and %.60s = - leaves it out",
            a->name, meant, a->name, meant, a->name);
    else if (meant)
        mlp_error(m->error, "the script has no '%.100s'; did you mean '%.100s'?", a->name, meant);
    else
        mlp_error(m->error,
                  "the script has no '%.100s': mlpstep worksheet lists the names%s%.100s%s",
                  a->name, m->options->port ? "; in a file of --names, " : "",
                  m->options->port ? a->name : "", m->options->port ? " = - leaves it out" : "");
    return leave_out(m, it, a->where);
}

/* Of a place in a step, by the key, at which the script computes nothing of the name: what it had
 * before. NULL where it had nothing. */
static bool find_before(marking *m, map *buckets, const char *name, const char *key,
                        const mlp_answer *a, bucket **found) {
    const bucket *all = map_find(buckets, name);
    const candidate *c = all ? all->last : NULL;
    while (c && (c->step > a->in_step || (c->step == a->in_step && c->section >= a->section)))
        c = c->before;
    if (!c)
        return true;
    *found = bucket_of(m, buckets, key);
    if (!*found)
        return marking_out_of_memory(m);
    (*found)->before = c;
    return true;
}

/* Of more answers in a place of a step than the script computes there, the first are what it had
 * before, as where a report of that step alone begins with it. */
static bool add_before(marking *m, bucket *b) {
    for (; b->answers > b->count && b->before; b->before = b->before->before) {
        candidate *c = mlp_arena_alloc(m->arena, 1, sizeof *c);
        if (!c)
            return marking_out_of_memory(m);
        *c = *b->before;
        c->next = b->first;
        b->first = c;
        b->count++;
    }
    return true;
}

/* The bucket of the heading that the answer stands under, or, where that has none of the name, of
 * the name alone. NULL where there is neither, which is a fault but for a bound. */
static bool find_bucket(marking *m, map *buckets, const name_table *n, item *it, bucket **found) {
    const mlp_answer *a = it->mark.answer;
    const char *name;
    if (!names_find(m, n, a->name, &name) || (!name && !find_repeated(m, n, a, &name)))
        return false;
    const bool is_numbered = name && !map_find(buckets, name);
    const char *written = is_numbered ? name : a->name;
    name = is_numbered ? NULL : name;
    const char *key = name ? bucket_key(m, name, heading_of(a)) : written;
    if (!key)
        return marking_out_of_memory(m);
    *found = map_find(buckets, key);
    if (!*found && name && a->section_count > 1 && !find_again(m, buckets, name, a, found))
        return false;
    if (!*found && name && a->in_step && !find_of_step(m, buckets, name, a, found))
        return false;
    if (!*found && name && a->in_step && !find_before(m, buckets, name, key, a, found))
        return false;
    if (!*found && !name && !it->left_out && !names_leave_out(m, n, a->name, &it->left_out))
        return false;
    if (!name && !it->left_out && !find_by_number(m, buckets, n, it, written, found))
        return false;
    if (!*found && name && a->step && !find_in_step(m, buckets, name, a->step, found))
        return false;
    if (!*found && name)
        *found = map_find(buckets, name);
    if (*found || it->left_out || a->by_order)
        return true;
    return is_bound(m, buckets, a->name, &it->left_out) &&
           (it->left_out || leave_out_unknown(m, buckets, n, it));
}

/* loss, loss@2, loss@3, or the first and the last of more. */
static const char *numbered_names(marking *m, const bucket *numbered) {
    buffer names = {.arena = m->arena};
    const size_t most = 4;
    size_t i = 0;
    for (const candidate *c = numbered->first; c; c = c->next, i++)
        if (numbered->count <= most || i < 2 || !c->next)
            buffer_printf(&names, "%s%.100s",
                          i == 0                                               ? ""
                          : numbered->count > most && i + 1 == numbered->count ? " to "
                                                                               : ", ",
                          c->value->label.display);
    return names.failed ? NULL : names.bytes;
}

/* Of more answers than values, nobody knows which is which: there is one fault, and no mark. */
static bool leave_out_all(marking *m, bucket *b, item *it) {
    const mlp_answer *a = it->mark.answer;
    it->left_out = true;
    if (b->taken++ != b->count)
        return true;
    const char *names = b->numbered ? numbered_names(m, b->numbered) : "";
    if (!names)
        return marking_out_of_memory(m);
    const bool has_step = step_name_number(a->name) || a->in_step || a->step;
    mlp_error(m->error, "'%.100s' is answered %zu times, but the report has that name %s%s%.400s",
              a->name, b->answers, b->count == 1 ? "once" : "less often",
              b->numbered ? ": write "
              : m->options->port && mlp_trace_steps(m->trace) > 1 && !has_step
                  ? ": write which step it is of behind it, as @2"
                  : "",
              names);
    return leave_out(m, it, a->where);
}

/* Whether no other of the names is answered. */
static bool are_answered_by(const map *buckets, const bucket *numbered, const bucket *b) {
    for (const candidate *c = numbered->first; c; c = c->next) {
        const bucket *own = map_find(buckets, c->value->label.display);
        if (own != b && own->answers > 0)
            return false;
    }
    return true;
}

/* Sets *name to the script's name of an answer that tells of no step, and of no place that has the
 * name; to NULL where it does. False without memory. */
static bool find_name_alone(marking *m, const map *buckets, const name_table *n, const bucket *b,
                            const mlp_answer *a, const char **name) {
    if (!names_find(m, n, a->name, name))
        return false;
    if (*name &&
        (a->in_step || a->step || step_name_number(*name) || map_find(buckets, *name) != b))
        *name = NULL;
    return true;
}

/* Of loss, written as often as the report has loss, loss@2 and so on, as a loop prints it, the answers
 * are these, in their order. */
static bool add_numbered(marking *m, const map *buckets, const name_table *n, bucket *b,
                         const mlp_answer *a) {
    const char *alone;
    if (b->answers <= b->count || b->numbered || a->in_step || a->step)
        return true;
    if (!find_name_alone(m, buckets, n, b, a, &alone))
        return false;
    const char *common = common_key(m, b->first->value->label.display);
    if (!common)
        return marking_out_of_memory(m);
    const bucket *numbered = map_find(buckets, common);
    if (!numbered || numbered->count <= b->count ||
        strcmp(numbered->first->value->label.display, numbered->last->value->label.display) == 0)
        return true;
    b->numbered = numbered;
    if (numbered->count != b->answers || !alone || !are_answered_by(buckets, numbered, b))
        return true;
    b->first = numbered->first;
    b->count = numbered->count;
    return true;
}

/* Of n answers and more values, the answers are the last n. */
static bool take_candidate(marking *m, bucket *b, item *it) {
    if (b->answers > b->count)
        return leave_out_all(m, b, it);
    if (b->taken++ == 0) {
        b->next = b->first;
        for (size_t i = b->answers; i < b->count; i++)
            b->next = b->next->next;
    }
    it->mark.value = b->next->value;
    b->next = b->next->next;
    return true;
}

/* --- which step it is of --- */

/* That w@1 or w@2 is answered, under no heading. */
static const char *answered_key(marking *m, const char *common, uint64_t number) {
    return mlp_arena_printf(m->arena, "%s@ answered %" PRIu64, common, number);
}

static bool note_number(marking *m, map *buckets, const name_table *n, const mlp_answer *a) {
    const uint64_t number = a->in_step || a->step || a->by_order ? 0 : step_name_number(a->name);
    const char *common = number == 1 || number == 2 ? step_name_common(m->arena, a->name) : a->name;
    const char *name;
    if (common == a->name)
        return true;
    if (!common)
        return marking_out_of_memory(m);
    if (!names_find(m, n, common, &name))
        return false;
    const char *key = answered_key(m, name ? name : common, number);
    bucket *noted = key ? bucket_of(m, buckets, key) : NULL;
    if (!noted)
        return marking_out_of_memory(m);
    noted->answers++;
    return true;
}

/* Whether the w of a program is that of step 1: it has a w@2, and no w@1. */
static bool is_of_first_step(marking *m, const map *buckets, const char *name, const bucket *b,
                             bool *is) {
    const char *first = answered_key(m, name, 1), *second = answered_key(m, name, 2);
    if (!first || !second)
        return marking_out_of_memory(m);
    *is = (m->options->port || m->answers->by_program) && b->answers == 1 &&
          map_find(buckets, second) && !map_find(buckets, first);
    return true;
}

/* Of the number of times that a port prints a name, which steps they are of, if they are all of the
 * training: *before becomes what is printed before the first one. */
static bool is_of_whole_training(const marking *m, const bucket *b, const bucket *all,
                                 size_t *before) {
    const uint64_t steps = mlp_trace_steps(m->trace);
    const uint64_t updates = steps - (m->trace->last_shown_in != MLP_UPDATE);
    const mlp_entry *entry = m->trace->first_entry;
    const bool is_updated = b->last->section == MLP_UPDATE;
    if (!m->options->port || steps < 2 || b->answers < 2)
        return false;
    for (uint64_t step = next_step(&entry); step; step = next_step(&entry))
        if (step <= updates && !candidate_of_step(all, step))
            return false;
    *before = is_updated && b->answers == updates + 1;
    return b->answers == updates || *before || (!is_updated && b->answers == steps);
}

/* Takes what is of that step, if --step chose it. */
static void take_of_step(const marking *m, const bucket *all, const bucket *b, uint64_t step,
                         item *it) {
    const candidate *c = candidate_of_step(all, step);
    if (step == 0 && b->first->value->given && holds_step(m, 1))
        c = b->first;
    it->left_out |= !c;
    it->mark.value = c ? c->value : NULL;
}

/* What a name without a number is, where other answers or the length of the training tell its step. */
static bool take_by_step(marking *m, const map *buckets, const name_table *n, bucket *b, item *it,
                         bool *taken) {
    const char *name;
    size_t before = 0;
    *taken = false;
    if (!find_name_alone(m, buckets, n, b, it->mark.answer, &name))
        return false;
    if (!name)
        return true;
    const char *common = common_key(m, name);
    if (!common)
        return marking_out_of_memory(m);
    const bucket *all = map_find(buckets, common);
    if (!is_of_first_step(m, buckets, name, b, taken))
        return false;
    *taken = all && *taken && (candidate_of_step(all, 1) || is_of_other_step(m, 1));
    if (*taken) {
        take_of_step(m, all, b, 1, it);
    } else if (all && is_of_whole_training(m, b, all, &before)) {
        *taken = true;
        take_of_step(m, all, b, ++b->by_step - before, it);
    }
    return true;
}

static bool take_answer(marking *m, map *buckets, const name_table *n, bucket *b, item *it) {
    bool taken = false;
    if (!add_before(m, b) || !take_by_step(m, buckets, n, b, it, &taken))
        return false;
    return taken || (add_numbered(m, buckets, n, b, it->mark.answer) && take_candidate(m, b, it));
}

/* Whether a sheet that says of which steps it is, is of the first ones that the trace holds: in others
 * the same names have other values. *steps becomes what --step takes for it. */
static bool is_of_steps(marking *m, buffer *steps) {
    const mlp_entry *entry = m->trace->first_entry;
    uint64_t last = 0;
    bool same = true;
    for (size_t i = 0; i < m->count; i++) {
        const uint64_t step = m->items[i].mark.answer->step;
        if (step == last || m->items[i].of_other_step)
            continue;
        same = same && step == next_step(&entry);
        buffer_printf(steps, last ? ",%" PRIu64 : "%" PRIu64, step);
        last = step;
    }
    return last == 0 || same;
}

static bool has_all_steps(const marking *m) {
    const mlp_entry *entry = m->trace->first_entry;
    return next_step(&entry) == 0;
}

/* What says of which step it is. */
static uint64_t step_of(const mlp_answer *a) {
    return a->in_step ? a->in_step : a->step;
}

/* Behind steps that --step leaves out names have other numbers. */
static bool refuse_left_out(marking *m, const mlp_answer *a) {
    const uint64_t step = step_of(a);
    const char *name = a->name ? a->name : "a tensor";
    if (step)
        return mlp_error(m->error,
                         "'%.100s' is of step %" PRIu64
                         ", which --step leaves out: take one step, or those from 1 on",
                         name, step);
    return mlp_error(m->error,
                     "'%.100s' may be of step %" PRIu64 " of the training, or number %" PRIu64
                     " of what --step chooses: take one step, or those from 1 on",
                     name, step_name_number(name), step_name_number(name));
}

/* Whether a report has more updates than --step chooses, and no lines # --step: its sections are of
 * steps that nobody knows. */
static bool has_more_updates(const marking *m, const mlp_answer *a) {
    const mlp_entry *entry = m->trace->first_entry;
    size_t held = 0;
    while (next_step(&entry))
        held++;
    return step_of(a) == 0 && a->section == MLP_UPDATE && a->section_count > held;
}

/* Of a port, what --step leaves out. */
static bool leave_out_other_steps(marking *m) {
    const bool counts = step_names_count(m->trace);
    for (size_t i = 0; m->options->port && i < m->count; i++) {
        item *it = &m->items[i];
        const mlp_answer *a = it->mark.answer;
        const uint64_t step = step_of(a);
        m->error->where = a->where;
        if (has_more_updates(m, a))
            return mlp_error(m->error,
                             "the report has more sections # step than --step chooses: leave "
                             "--step out");
        if (!step && !counts && a->name && !a->by_order && step_name_number(a->name))
            return refuse_left_out(m, a);
        if (!step || step > mlp_trace_steps(m->trace) || holds_step(m, step))
            continue;
        if (!counts)
            return refuse_left_out(m, a);
        it->of_other_step = it->left_out = true;
    }
    return true;
}

/* In a trace of all steps a line # --step=N tells in which of them the sections below it are. */
static bool check_steps(marking *m) {
    buffer steps = {.arena = m->arena};
    if (has_all_steps(m)) {
        for (mlp_answer *a = m->answers->first; a; a = a->next)
            a->in_step = a->section_count ? a->step : a->in_step;
        return true;
    }
    if (!leave_out_other_steps(m))
        return false;
    if (is_of_steps(m, &steps))
        return true;
    if (steps.failed)
        return marking_out_of_memory(m);
    m->error->where = m->items[0].mark.answer->where;
    return mlp_error(m->error,
                     "the sheet is of other steps of the training, as its lines # --step tell: "
                     "leave --step out, or take --step=%.200s",
                     steps.bytes);
}

/* What says of each tensor of which step it is. */
static bool check_last_step(marking *m, uint64_t last) {
    for (size_t i = 0; i < m->count; i++) {
        const mlp_answer *a = m->items[i].mark.answer;
        const uint64_t step = step_of(a);
        if (step <= last || step == 1 || m->items[i].of_other_step)
            continue;
        m->error->where = a->where;
        return mlp_error(m->error,
                         "'%.100s' is of step %" PRIu64
                         " of the training, but the last one is %" PRIu64,
                         a->name ? a->name : "a tensor", step, last);
    }
    return true;
}

static bool has_names(const marking *m) {
    for (size_t i = 0; i < m->count; i++)
        if (m->items[i].mark.answer->name && !m->items[i].mark.answer->by_order)
            return true;
    return false;
}

/* A line without a name among others with one is none of an answer. */
static bool refuse_unnamed(marking *m) {
    for (size_t i = 0; i < m->count; i++) {
        item *it = &m->items[i];
        if (it->mark.answer->name || it->left_out)
            continue;
        mlp_error(m->error, "%s", answers_wanted);
        if (!leave_out(m, it, it->mark.answer->where))
            return false;
    }
    return true;
}

static bool leave_out_unnamed(marking *m, item *it) {
    char shape[MLP_SHAPE_TEXT];
    const mlp_tensor t = shape_of(it->mark.answer);
    mlp_error(m->error,
              "the script computes no tensor of shape %s that this could be, in the order of its "
              "report",
              mlp_shape_text(shape, &t));
    return leave_out(m, it, it->mark.answer->where);
}

static bool resolve_unnamed(marking *m) {
    if (!m->answers->by_program && has_names(m) && !refuse_unnamed(m))
        return false;
    if (!unnamed_find(m))
        return false;
    for (size_t i = 0; i < m->count; i++)
        if (!m->items[i].left_out && !m->items[i].mark.value && !leave_out_unnamed(m, &m->items[i]))
            return false;
    return true;
}

static bool resolve_names(marking *m) {
    map buckets = {0};
    name_table n;
    uint64_t last;
    if (!check_steps(m))
        return false;
    if (!collect_names(m, &buckets, &last) || !check_last_step(m, last) || !names_take(m, &n))
        return false;
    bucket **of = mlp_arena_alloc(m->arena, m->count, sizeof *of);
    if (!of)
        return marking_out_of_memory(m);
    if (!elements_join(m, &n))
        return false;
    for (size_t i = 0; i < m->count; i++) {
        if (m->items[i].mark.answer->means || !m->items[i].mark.answer->name || m->items[i].joined)
            continue;
        if (m->items[i].of_other_step)
            continue;
        if (!note_number(m, &buckets, &n, m->items[i].mark.answer) ||
            !find_bucket(m, &buckets, &n, &m->items[i], &of[i]))
            return false;
        if (of[i])
            of[i]->answers++;
    }
    for (size_t i = 0; i < m->count; i++)
        if (of[i] && !take_answer(m, &buckets, &n, of[i], &m->items[i]))
            return false;
    return resolve_unnamed(m);
}

/* --- by what the script prints --- */

static bool same_shape(const mlp_answer *a, const mlp_tensor *t) {
    return a->ndim == t->ndim && memcmp(a->shape, t->shape, a->ndim * sizeof *a->shape) == 0;
}

/* In a transcript that was aligned, it is known of each tensor which one it is. */
static bool is_aligned(const mlp_answers *answers) {
    return answers->first && answers->first->printed;
}

static bool resolve_aligned(marking *m) {
    for (size_t i = 0; i < m->count; i++)
        m->items[i].mark.value = mlp_value_origin(m->items[i].mark.answer->printed);
    return true;
}

static bool leave_out_printed(marking *m, item *it) {
    char shape[MLP_SHAPE_TEXT];
    const mlp_tensor t = shape_of(it->mark.answer);
    mlp_error(m->error,
              "the script prints no tensor of shape %s that this could be, in the order of the "
              "text: if this is a sheet, begin it with NAME = VALUE",
              mlp_shape_text(shape, &t));
    return leave_out(m, it, it->mark.answer->where);
}

/* Behind one that is left out, the order tells nothing any more. Where the script prints nothing, or
 * the program need not print what it does, they are found in its report. */
static bool resolve_printed(marking *m) {
    const mlp_echo *echo = m->trace->first_echo;
    size_t i = 0;
    if (!echo || m->options->port)
        return resolve_unnamed(m);
    for (; i < m->count && !m->items[i].left_out; i++, echo = echo->next) {
        item *it = &m->items[i];
        while (echo && !same_shape(it->mark.answer, &echo->value->tensor))
            echo = echo->next;
        if (!echo && !leave_out_printed(m, it))
            return false;
        if (!echo)
            break;
        it->mark.value = mlp_value_origin(echo->value);
    }
    for (; i < m->count; i++)
        m->items[i].left_out = true;
    return true;
}

/* --- the numbers --- */

/* A single ? leaves a tensor of any shape blank. */
static bool spread_blank(marking *m, item *it) {
    const mlp_tensor *t = &it->mark.value->tensor;
    if (it->mark.answer->ndim > 0 || it->mark.answer->numbers[0].given)
        return true;
    mlp_answer *blank = mlp_arena_alloc(m->arena, 1, sizeof *blank);
    if (!blank)
        return marking_out_of_memory(m);
    *blank = *it->mark.answer;
    blank->ndim = t->ndim;
    memcpy(blank->shape, t->shape, sizeof blank->shape);
    blank->numel = t->numel;
    blank->numbers = mlp_arena_alloc(m->arena, t->numel, sizeof *blank->numbers);
    it->mark.answer = blank;
    return blank->numbers || marking_out_of_memory(m);
}

/* Sizes of 1 in front count for nothing: a batch of one is as good as none. */
static bool shapes_fit(const mlp_answer *a, const mlp_tensor *t) {
    size_t i = 0, j = 0;
    while (i < a->ndim && a->shape[i] == 1)
        i++;
    while (j < t->ndim && t->shape[j] == 1)
        j++;
    return a->ndim - i == t->ndim - j &&
           memcmp(a->shape + i, t->shape + j, (a->ndim - i) * sizeof *a->shape) == 0;
}

/* Whether all numbers stand in one line, a row, a column or whatever the other sizes of 1 make it. */
static bool is_line(const size_t *shape, size_t ndim) {
    size_t longer = 0;
    for (size_t i = 0; i < ndim; i++)
        longer += shape[i] != 1;
    return longer <= 1;
}

/* A column is as good as a row where somebody wrote it by hand: there is one way to read it. */
static bool lines_fit(const mlp_answer *a, const mlp_tensor *t) {
    return a->is_list && a->numel == t->numel && is_line(a->shape, a->ndim) &&
           is_line(t->shape, t->ndim);
}

static bool is_transposed(const mlp_answer *a, const mlp_tensor *t) {
    return a->ndim == 2 && t->ndim == 2 && a->shape[0] == t->shape[1] && a->shape[1] == t->shape[0];
}

/* Whether a comma without a blank, as one for a decimal point, stands behind a number of a list. */
static bool has_tight_comma(const mlp_answer *a) {
    for (size_t i = 0; a->is_list && i + 1 < a->numel; i++) {
        const mlp_written *w = &a->numbers[i];
        if (w->length && w->text[w->length] == ',' && w->text[w->length + 1] >= '0' &&
            w->text[w->length + 1] <= '9')
            return true;
    }
    return false;
}

/* NULL without memory. */
static const char *shape_in_words(marking *m, const mlp_tensor *t) {
    char shape[MLP_SHAPE_TEXT];
    return t->ndim == 0 ? "is a single number"
                        : mlp_arena_printf(m->arena, "has shape %s", mlp_shape_text(shape, t));
}

static bool check_shape(marking *m, item *it) {
    const mlp_answer *a = it->mark.answer;
    const mlp_tensor *t = &it->mark.value->tensor, given = shape_of(a);
    if (!a->name || shapes_fit(a, t) || lines_fit(a, t)) /* a printed one was found by its shape */
        return true;
    const char *wanted = shape_in_words(m, t), *written = shape_in_words(m, &given);
    if (!wanted || !written)
        return marking_out_of_memory(m);
    mlp_error(m->error, "%.100s %s, but this %s%s", it->mark.name, wanted, written,
              item_is_of_given(it)  ? ": this is the sheet of another exercise, or was changed"
              : is_transposed(a, t) ? ": it is transposed"
              : has_tight_comma(a)  ? ": write a '.' for a decimal point, not a ','"
                                    : "");
    m->refused |= item_is_of_given(it);
    return leave_out(m, it, a->value);
}

/* A port has all numbers of a tensor, or none. */
static bool check_whole(marking *m, item *it) {
    const mlp_answer *a = it->mark.answer;
    const mlp_tensor *t = &it->mark.value->tensor;
    size_t missing = 0, first = 0, index[MLP_MAX_DIMS];
    buffer at = {.arena = m->arena};
    for (size_t i = a->numel; i-- > 0;) {
        missing += !a->numbers[i].given;
        first = a->numbers[i].given ? first : i;
    }
    if (!m->options->port || m->options->parts || missing == 0 || missing == a->numel)
        return true;
    for (size_t d = t->ndim; d-- > 0; first /= t->shape[d])
        index[d] = first % t->shape[d];
    for (size_t d = 0; d < t->ndim; d++)
        buffer_printf(&at, "[%zu]", index[d]);
    if (at.failed)
        return marking_out_of_memory(m);
    mlp_error(m->error, "of %.100s %zu of %zu numbers are not there: the first is %.100s%s",
              it->mark.name, missing, a->numel, it->mark.name, at.bytes);
    return leave_out(m, it, a->where);
}

static bool take_numbers(marking *m, item *it) {
    const mlp_answer *a = it->mark.answer;
    it->tolerance = tolerance_for(m, it->mark.name, a->name);
    it->exact = mlp_arena_alloc(m->arena, a->numel, sizeof *it->exact);
    it->numbers = mlp_arena_alloc(m->arena, a->numel, sizeof *it->numbers);
    it->rounding = mlp_arena_alloc(m->arena, a->numel, sizeof *it->rounding);
    it->given = mlp_arena_alloc(m->arena, a->numel, sizeof *it->given);
    if (!it->exact || !it->numbers || !it->rounding || !it->given)
        return marking_out_of_memory(m);
    const bool is_floating = mlp_dtype_is_floating(it->mark.value->tensor.dtype);
    for (size_t i = 0; i < a->numel; i++) {
        it->given[i] = a->numbers[i].given;
        it->numbers[i] = a->numbers[i].value;
        it->rounding[i] = is_floating ? rounding_of(m, it, &a->numbers[i]) : 0;
        it->mark.given += a->numbers[i].given;
    }
    it->is_whole = it->mark.given == a->numel;
    return true;
}

/* --- all --- */

/* Those that are left out are no items any more. */
static bool drop_left_out(marking *m) {
    size_t kept = 0;
    for (size_t i = 0; i < m->count; i++) {
        item *it = &m->items[i];
        if (it->left_out)
            continue;
        it->mark.name = it->mark.value->label.display;
        if (!(it->parts ? elements_spread(m, it) : spread_blank(m, it)))
            return false;
        if (!it->left_out && (!check_shape(m, it) || !check_whole(m, it)))
            return false;
        if (!it->left_out)
            m->items[kept++] = *it;
    }
    m->count = kept;
    return true;
}

bool resolve_answers(marking *m) {
    const mlp_answer *a = m->answers->first;
    for (size_t i = 0; i < m->count; i++, a = a->next) {
        m->items[i].mark.answer = a;
        m->items[i].left_out = a->unread || a->means;
    }
    const bool resolved = is_aligned(m->answers)      ? resolve_aligned(m)
                          : m->answers->is_transcript ? resolve_printed(m)
                                                      : resolve_names(m);
    if (!resolved || !drop_left_out(m) || !places_find(m))
        return false;
    for (size_t i = 0; i < m->count; i++)
        place_note_item(m, &m->items[i]);
    for (size_t i = 0; i < m->count; i++) {
        item *it = &m->items[i];
        if (!take_numbers(m, it) || !item_place(m, it))
            return false;
        it->same = m->answered[it->mark.value->number];
        m->answered[it->mark.value->number] = it;
    }
    return true;
}
