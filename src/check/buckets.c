#include "buckets.h"

#include "base/map.h"

#include "trace/step_name.h"

#include <inttypes.h>
#include <string.h>

heading heading_of(const mlp_answer *a) {
    if (a->in_step)
        return (heading){a->section, 1, a->in_step, true};
    return (heading){.section = a->section, .count = a->section_count, .step = a->step};
}

const char *bucket_key(marking *m, const char *name, heading h) {
    if (h.count == 0 && h.step == 0)
        return name;
    return mlp_arena_printf(m->arena, "%s\n%d %zu %" PRIu64 "%s", name,
                            h.count ? (int)h.section : -1, h.count, h.step,
                            h.by_place ? " in" : "");
}

bucket *bucket_of(marking *m, map *buckets, const char *key) {
    bucket *b = key ? map_find(buckets, key) : NULL;
    if (b || !key)
        return b;
    b = mlp_arena_alloc(m->arena, 1, sizeof *b);
    return b && map_put(buckets, m->arena, key, b) ? b : NULL;
}

bool put_candidate(marking *m, bucket *b, const candidate *like) {
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

const char *numbered_key(marking *m, const char *name, heading by_place) {
    const char *common = step_name_common(m->arena, name);
    const char *any = common ? mlp_arena_printf(m->arena, "%s@*", common) : NULL;
    return any ? bucket_key(m, any, by_place) : NULL;
}

const char *common_key(marking *m, const char *name) {
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

bool collect_names(marking *m, map *buckets, uint64_t *last) {
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

const candidate *candidate_of_step(const bucket *all, uint64_t step) {
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
