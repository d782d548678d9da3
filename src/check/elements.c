#include "elements.h"

#include "faults.h"

#include <inttypes.h>
#include <string.h>

/* --- the parts of a name --- */

/* Where the brackets begin that the [0][1] or [0, 1] at the end of the name has, with `end` being
 * behind them; NULL where there are none, or where they are not of indices. */
static const char *find_brackets(const char *name, const char *end) {
    if (end == name || end[-1] != ']')
        return NULL;
    const char *at = end - 1;
    while (at > name && strchr("0123456789, ", at[-1]))
        at--;
    return at > name + 1 && at < end - 1 && at[-1] == '[' ? at - 1 : NULL;
}

/* Reads them; false where they are none. */
static bool read_indices(const char *at, element_answer *e) {
    while (*at) {
        size_t digits = 0, index = 0;
        at += strspn(at, "[], ");
        for (; *at >= '0' && *at <= '9' && index <= SIZE_MAX / 10 - 1; at++, digits++)
            index = 10 * index + (size_t)(*at - '0');
        if (digits == 0 && !*at)
            break;
        if (digits == 0 || e->count == MLP_MAX_DIMS)
            return false;
        e->index[e->count++] = index;
    }
    return e->count > 0;
}

/* The name of the tensor whose element it is, of several that the script has the one with most
 * indices, and so where it has none; NULL where it is no element. False without memory. */
static bool find_whole(marking *m, const name_table *n, const char *name, element_answer *e,
                       const char **whole) {
    const char *starts[MLP_MAX_DIMS], *end = name + strlen(name);
    size_t count = 0;
    *whole = NULL;
    while (count < MLP_MAX_DIMS && (end = find_brackets(name, end)) != NULL)
        starts[count++] = end;
    const char *found = NULL;
    for (size_t i = count; i-- > 0 && !found;) {
        const char *of = mlp_arena_copy(m->arena, name, (size_t)(starts[i] - name));
        if (!of)
            return marking_out_of_memory(m);
        if (!names_find(m, n, of, &found))
            return false;
        if (!found && i + 1 < count)
            continue;
        e->count = 0;
        *whole = read_indices(starts[i], e) ? of : *whole;
    }
    return true;
}

/* --- joining --- */

/* Of names of no letter, which dumps can have, none is. */
static bool may_be_element(const char *name) {
    const size_t length = strlen(name);
    return length > 0 && name[length - 1] == ']';
}

/* How many there are of a key so far. */
static size_t *counter_of(marking *m, map *counters, const char *key) {
    size_t *count = map_find(counters, key);
    if (!count) {
        count = mlp_arena_alloc(m->arena, 1, sizeof *count);
        if (!count || !map_put(counters, m->arena, key, count))
            return NULL;
    }
    return count;
}

static const char *key_of(marking *m, const char *name, const mlp_answer *a, size_t which) {
    return mlp_arena_printf(m->arena, "%s\n%d %zu %" PRIu64 " %" PRIu64 " %zu", name,
                            (int)a->section, a->section_count, a->step, a->in_step, which);
}

typedef struct {
    item *of;
    element_answer *last;
} tensor_of_parts;

/* From now on the item stands for the whole. */
static bool begin_tensor(marking *m, item *it, const char *whole) {
    mlp_answer *a = mlp_arena_alloc(m->arena, 1, sizeof *a);
    if (!a)
        return marking_out_of_memory(m);
    *a = *it->mark.answer;
    a->name = whole;
    a->is_list = false;
    it->mark.answer = a;
    return true;
}

static bool add_part(marking *m, map *tensors, item *it, const char *whole, const char *key,
                     element_answer *e) {
    tensor_of_parts *t = map_find(tensors, key);
    if (!t) {
        t = mlp_arena_alloc(m->arena, 1, sizeof *t);
        if (!t || !map_put(tensors, m->arena, key, t))
            return marking_out_of_memory(m);
        t->of = it;
        it->parts = t->last = e;
        return begin_tensor(m, it, whole);
    }
    t->last->next = e;
    t->last = e;
    it->joined = it->left_out = true;
    return true;
}

static bool join(marking *m, const name_table *n, map *counters, map *tensors, item *it) {
    const mlp_answer *a = it->mark.answer;
    const char *known, *whole;
    if (!a->name || a->unread || a->means || a->ndim > 0 || !may_be_element(a->name))
        return true;
    element_answer *e = mlp_arena_alloc(m->arena, 1, sizeof *e);
    if (!e)
        return marking_out_of_memory(m);
    if (!names_find(m, n, a->name, &known) || (!known && !find_whole(m, n, a->name, e, &whole)))
        return false;
    if (known || !whole)
        return true;
    e->answer = a;
    const char *own = key_of(m, a->name, a, 0);
    size_t *count = own ? counter_of(m, counters, own) : NULL;
    const char *key = count ? key_of(m, whole, a, (*count)++) : NULL;
    return key ? add_part(m, tensors, it, whole, key, e) : marking_out_of_memory(m);
}

bool elements_join(marking *m, const name_table *n) {
    map counters = {0}, tensors = {0};
    for (size_t i = 0; i < m->count; i++)
        if (!join(m, n, &counters, &tensors, &m->items[i]))
            return false;
    return true;
}

/* --- spreading --- */

/* Where the element lies: behind sizes of 1, which need no index, or, of one index alone, one behind
 * the other. False where it is none. */
static bool find_place(const element_answer *e, const mlp_tensor *t, size_t *offset) {
    size_t first = 0;
    *offset = 0;
    if (e->count == 1 && t->ndim != 1) {
        *offset = e->index[0];
        return *offset < t->numel;
    }
    while (first < t->ndim && t->ndim - first > e->count && t->shape[first] == 1)
        first++;
    if (t->ndim - first != e->count)
        return false;
    for (size_t i = 0; i < e->count; i++) {
        if (e->index[i] >= t->shape[first + i])
            return false;
        *offset = *offset * t->shape[first + i] + e->index[i];
    }
    return true;
}

static bool refuse(marking *m, item *it, const element_answer *e) {
    char shape[MLP_SHAPE_TEXT];
    mlp_error(m->error, "%.100s has shape %s, and no element %.100s", it->mark.name,
              mlp_shape_text(shape, &it->mark.value->tensor), e->answer->name);
    m->error->where = e->answer->where;
    it->left_out = true;
    return faults_add(m->answers, m->arena, m->error, m->error);
}

bool elements_spread(marking *m, item *it) {
    const mlp_tensor *t = &it->mark.value->tensor;
    mlp_answer *a = mlp_arena_alloc(m->arena, 1, sizeof *a);
    if (!a)
        return marking_out_of_memory(m);
    *a = *it->mark.answer;
    a->ndim = t->ndim;
    a->numel = t->numel;
    memcpy(a->shape, t->shape, sizeof a->shape);
    a->numbers = mlp_arena_alloc(m->arena, t->numel, sizeof *a->numbers);
    if (!a->numbers)
        return marking_out_of_memory(m);
    for (const element_answer *e = it->parts; e; e = e->next) {
        size_t offset;
        if (!find_place(e, t, &offset))
            return refuse(m, it, e);
        a->numbers[offset] = e->answer->numbers[0];
    }
    it->mark.answer = a;
    return true;
}
