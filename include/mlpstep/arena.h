/* Memory that is freed all at once. Everything one run makes lives in one arena, so no path, least
 * of all one that failed, has anything to give back. Where a run may be long, and only what it
 * prints is wanted, the arena collects: what nothing points to any more is given out again. */
#ifndef MLPSTEP_ARENA_H
#define MLPSTEP_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlp_arena mlp_arena;

/* Bytes that a run may use where nobody says otherwise. */
#define MLP_ARENA_LIMIT ((size_t)1 << 30)
/* The same for a run that keeps bounds, each of which takes twice the memory of a float32 number;
 * what marks answers computes a run again in what is left of it. */
#define MLP_ARENA_LIMIT_WITH_BOUNDS ((size_t)3 << 30)

/* An empty arena that will hold at most `limit` bytes; NULL without memory. */
mlp_arena *mlp_arena_new(size_t limit);
/* An empty arena that will hold what the limit of another one leaves, which does not grow in the
 * meantime: for one of several things that are made from what is in it. NULL without memory. */
mlp_arena *mlp_arena_new_beside(const mlp_arena *other);
void mlp_arena_free(mlp_arena *arena);
size_t mlp_arena_limit(const mlp_arena *arena);
/* Whether a request was refused that the limit would have allowed: the system had no memory. */
bool mlp_arena_starved(const mlp_arena *arena);

/* `count` elements of `size` bytes, zeroed, aligned for any type. NULL where the
 * product overflows, the limit is reached or there is no memory. count 0 is one byte. */
void *mlp_arena_alloc(mlp_arena *arena, size_t count, size_t size);

/* The same for what never holds a pointer: numbers, texts. */
void *mlp_arena_numbers(mlp_arena *arena, size_t count, size_t size);
/* The same where all bytes will be written before any is read: they need not be zeroed. */
void *mlp_arena_unset(mlp_arena *arena, size_t count, size_t size);
/* Numbers that are 0 and stay so: all who ask share them, and nobody writes there. */
void *mlp_arena_zeros(mlp_arena *arena, size_t count, size_t size);

/* From now on what is allocated can be collected, and stays there only while words of the stack,
 * below the address `base`, point to it, or what was allocated before, or what itself stays there.
 * Whoever calls this or mlp_arena_collect leaves no frame above `base` that would be the only one to
 * hold a pointer. False, and nothing changed, without memory. */
bool mlp_arena_begin_collecting(mlp_arena *arena, const void *base);
/* Whether so much was allocated since the last time that to collect is worth it; false where nothing
 * can be collected. */
bool mlp_arena_is_due(const mlp_arena *arena);
/* Gives out again what is not pointed to. No pointer may be held otherwise than as such: not as an
 * offset, nor one behind the end alone. */
void mlp_arena_collect(mlp_arena *arena);

/* The text printf would print, or NULL as above. */
char *mlp_arena_printf(mlp_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *mlp_arena_vprintf(mlp_arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* The first `length` bytes of text, with a terminating zero. */
char *mlp_arena_copy(mlp_arena *arena, const char *text, size_t length);

#ifdef __cplusplus
}
#endif

#endif
