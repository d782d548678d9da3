/* A zip of arrays, stored as they are. Each is gone through twice: before it stands the sum of its
 * bytes. */
#include "npy.h"
#include "writers.h"

#include "base/out_of_memory.h"

#include <inttypes.h>
#include <string.h>

enum {
    MOST_MEMBERS = 0xFFFE, /* one more would mean that the true number stands elsewhere */
    NEEDED = 20,           /* what reads it: 2.0 */
    NAMES_ARE_UTF_8 = 1 << 11,
    FIRST_DAY = 1 << 5 | 1 /* of 1980 */
};

static const uint64_t MOST_BYTES = 0xFFFFFFFE;

typedef struct member {
    const char *name;
    const mlp_tensor *tensor;
    sink content;   /* its size and sum */
    uint64_t begin; /* where its header stands */
} member;

/* SECTION/NAME.npy, behind STEP/ where there are several, or where the first is left out. */
static const char *member_name(map *taken, mlp_arena *arena, const items *all, const item *it) {
    char step[24] = "";
    const char *name = short_name(arena, it->name);
    if (all->several_steps || it->step > 1)
        snprintf(step, sizeof step, "%" PRIu64 "/", it->step);
    const char *key = name ? mlp_arena_printf(arena, "%s%s/%s", step, it->section, name) : NULL;
    const char *unique = key ? unique_key(taken, arena, key, "@") : NULL;
    return unique ? mlp_arena_printf(arena, "%s.npy", unique) : NULL;
}

static bool make_members(member *members, const items *all, mlp_arena *arena) {
    map taken = {0};
    for (size_t i = 0; i < all->count; i++) {
        member *m = &members[i];
        m->name = member_name(&taken, arena, all, &all->item[i]);
        if (!m->name)
            return false;
        m->tensor = all->item[i].tensor;
        npy_write(&m->content, m->tensor);
    }
    return true;
}

/* What both headers of a member have. */
static void write_description(sink *s, const member *m) {
    sink_add_number(s, NEEDED, 2);
    sink_add_number(s, NAMES_ARE_UTF_8, 2);
    sink_add_number(s, 0, 2); /* not compressed */
    sink_add_number(s, 0, 2);
    sink_add_number(s, FIRST_DAY, 2);
    sink_add_number(s, m->content.crc, 4);
    sink_add_number(s, m->content.size, 4);
    sink_add_number(s, m->content.size, 4);
    sink_add_number(s, strlen(m->name), 2);
    sink_add_number(s, 0, 2); /* nothing else about it */
}

static void write_member(sink *s, member *m) {
    m->begin = s->size;
    sink_add(s, "PK\3\4", 4);
    write_description(s, m);
    sink_add(s, m->name, strlen(m->name));
    npy_write(s, m->tensor);
}

static void write_row(sink *s, const member *m) {
    sink_add(s, "PK\1\2", 4);
    sink_add_number(s, NEEDED, 2);
    write_description(s, m);
    sink_add_number(s, 0, 2 + 2); /* no comment, the first disk */
    sink_add_number(s, 0, 2 + 4); /* no attributes */
    sink_add_number(s, m->begin, 4);
    sink_add(s, m->name, strlen(m->name));
}

static void write_zip(sink *s, member *members, size_t count) {
    for (size_t i = 0; i < count; i++)
        write_member(s, &members[i]);
    const uint64_t begin = s->size;
    for (size_t i = 0; i < count; i++)
        write_row(s, &members[i]);
    const uint64_t size = s->size - begin;
    sink_add(s, "PK\5\6", 4);
    sink_add_number(s, 0, 4); /* one disk */
    sink_add_number(s, count, 2);
    sink_add_number(s, count, 2);
    sink_add_number(s, size, 4);
    sink_add_number(s, begin, 4);
    sink_add_number(s, 0, 2); /* no comment */
}

static uint64_t size_of_all(const member *members, size_t count) {
    enum {
        HEADERS = 30 + 46
    };
    uint64_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += members[i].content.size + 2 * strlen(members[i].name) + HEADERS;
    return size;
}

bool write_npz(FILE *out, const items *all, mlp_arena *arena, const mlp_format_options *options,
               mlp_diagnostic *error) {
    (void)options;
    if (all->count > MOST_MEMBERS)
        return mlp_error(error,
                         "npz holds up to %d tensors, and there are %zu: choose some with --step "
                         "or --only",
                         MOST_MEMBERS, all->count);
    member *members = mlp_arena_alloc(arena, all->count, sizeof *members);
    if (!members || !make_members(members, all, arena))
        return out_of_memory(error, arena, "the tensors need");
    if (size_of_all(members, all->count) > MOST_BYTES)
        return mlp_error(error, "npz holds up to 4 GiB: choose some tensors with --step or --only");
    write_zip(&(sink){.out = out}, members, all->count);
    return true;
}
