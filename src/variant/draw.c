#include "draw.h"

#include "base/map.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_DRAWN = 1000 /* for one literal */
};

/* The digits of a literal that count: from the first to the last that is not 0. */
typedef struct {
    const char *text;   /* of the literal */
    size_t first, past; /* in it; a point or _ may stand between */
    size_t count;
    long size; /* the power of ten of the first */
} digits;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static digits read_digits(const data_literal *l, const char *text) {
    digits d = {.text = text + l->at, .first = SIZE_MAX};
    size_t mantissa = 0, seen = 0, before_point = SIZE_MAX, leading = 0;
    while (mantissa < l->length && d.text[mantissa] != 'e' && d.text[mantissa] != 'E')
        mantissa++;
    for (size_t i = 0; i < mantissa; i++) {
        if (d.text[i] == '.')
            before_point = seen;
        if (!is_digit(d.text[i]))
            continue;
        seen++;
        if (d.text[i] == '0')
            continue;
        if (d.first == SIZE_MAX) {
            d.first = i;
            leading = seen - 1;
        }
        d.past = i + 1;
    }
    for (size_t i = d.first; i < d.past; i++)
        d.count += is_digit(d.text[i]);
    const long exponent = mantissa < l->length ? strtol(d.text + mantissa + 1, NULL, 10) : 0;
    d.size = (long)before_point - (long)leading - 1 + exponent;
    return d;
}

/* A name for what the digits stand for, as 15e-1 for 0.15. */
static const char *name_of(reader *r, const digits *d, const char *drawn) {
    char *name = reader_printf(r, "%*se%ld", (int)d->count, "", d->size);
    if (drawn) {
        memcpy(name, drawn, d->count);
        return name;
    }
    for (size_t i = d->first, n = 0; i < d->past; i++)
        if (is_digit(d->text[i]))
            name[n++] = d->text[i];
    return name;
}

static char draw_digit(mlp_generator *g, bool may_be_zero) {
    const uint32_t least = may_be_zero ? 0 : 1;
    return (char)('0' + least + mlp_generator_random(g) % (10 - least));
}

/* Digits that no other literal of this size has; NULL where none were found. */
static const char *draw_other(reader *r, mlp_generator *g, const digits *d, const char *own,
                              map *taken) {
    char *drawn = reader_alloc(r, d->count + 1, 1);
    for (int tries = 0; tries < MOST_DRAWN; tries++) {
        for (size_t i = 0; i < d->count; i++)
            drawn[i] = draw_digit(g, i > 0 && i + 1 < d->count);
        const char *name = name_of(r, d, drawn);
        if (strcmp(name, own) == 0 || strcmp(name, "1e0") == 0 || map_find(taken, name))
            continue;
        if (!map_put(taken, r->arena, name, drawn))
            reader_out_of_memory(r);
        return drawn;
    }
    return NULL;
}

bool draw_digits(reader *r, mlp_generator *g, const data_literal *literals, char *text) {
    map chosen = {0}, taken = {0};
    for (const data_literal *l = literals; l; l = l->next) {
        const digits d = read_digits(l, text);
        const char *own = name_of(r, &d, NULL), *drawn = map_find(&chosen, own);
        if (!drawn) {
            drawn = draw_other(r, g, &d, own, &taken);
            if (!drawn)
                return false;
            if (!map_put(&chosen, r->arena, own, (void *)drawn))
                reader_out_of_memory(r);
        }
        char *to = text + l->at;
        for (size_t i = d.first, n = 0; i < d.past; i++)
            if (is_digit(to[i]))
                to[i] = drawn[n++];
    }
    return true;
}
