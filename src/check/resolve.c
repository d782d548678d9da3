#include "resolve.h"

#include "answers_read.h"
#include "buckets.h"
#include "chosen_steps.h"
#include "elements.h"
#include "names.h"
#include "place.h"
#include "resolve_numbers.h"
#include "unnamed.h"

#include "base/buffer.h"
#include "base/map.h"
#include "base/nearest.h"

#include "trace/step_name.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

/* --- by name --- */

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
    return marking_leave_out(m, it, it->mark.answer->where);
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
    return marking_leave_out(m, it, a->where);
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
    return marking_leave_out(m, it, a->where);
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
        if (!marking_leave_out(m, it, it->mark.answer->where))
            return false;
    }
    return true;
}

static bool leave_out_unnamed(marking *m, item *it) {
    char shape[MLP_SHAPE_TEXT];
    const mlp_tensor t = answer_shape(it->mark.answer);
    mlp_error(m->error,
              "the script computes no tensor of shape %s that this could be, in the order of its "
              "report",
              mlp_shape_text(shape, &t));
    return marking_leave_out(m, it, it->mark.answer->where);
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
    const mlp_tensor t = answer_shape(it->mark.answer);
    mlp_error(m->error,
              "the script prints no tensor of shape %s that this could be, in the order of the "
              "text: if this is a sheet, begin it with NAME = VALUE",
              mlp_shape_text(shape, &t));
    return marking_leave_out(m, it, it->mark.answer->where);
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
