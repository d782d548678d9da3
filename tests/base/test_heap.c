/* What an arena gives out again, and what it keeps. */
#include "mlpstep/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    MIB = 1 << 20,
    LENGTH = 20000
};

typedef struct link link;
struct link {
    link *next;
    size_t number;
};

/* Frames that are left may have words in the stack still: this one has them below. */
__attribute__((noinline)) static link *chain(mlp_arena *arena, size_t length) {
    link *first = NULL;
    for (size_t i = 0; i < length; i++) {
        link *more = mlp_arena_alloc(arena, 1, sizeof *more);
        assert_non_null(more);
        assert_int_equal(more->number, 0);
        *more = (link){first, i + 1};
        first = more;
    }
    return first;
}

static void assert_chain(const link *l, size_t length) {
    for (; length > 0; length--, l = l->next)
        assert_int_equal(l->number, length);
    assert_null(l);
}

__attribute__((noinline)) static void with_heap(size_t limit, void (*test)(mlp_arena *arena)) {
    mlp_arena *arena = mlp_arena_new(limit);
    link **before = mlp_arena_alloc(arena, 1, sizeof *before);
    assert_true(mlp_arena_begin_collecting(arena, __builtin_frame_address(0)));
    *before = chain(arena, LENGTH);
    test(arena);
    assert_chain(*before, LENGTH); /* what was allocated before keeps it */
    mlp_arena_free(arena);
}

static void keep_what_is_pointed_to(mlp_arena *arena) {
    link *kept = chain(arena, LENGTH);
    char *inside = (char *)chain(arena, 1) + 3;
    mlp_arena_collect(arena);
    chain(arena, LENGTH); /* in the place of whatever was lost */
    assert_chain(kept, LENGTH);
    assert_chain((link *)(void *)(inside - 3), 1);
}

/* Ten times as much as fits at once. */
static void reuse(mlp_arena *arena) {
    for (size_t i = 0; i < 100; i++) {
        chain(arena, 4 * MIB / 10 / sizeof(link));
        assert_non_null(mlp_arena_alloc(arena, 100 + i, 1));
        mlp_arena_collect(arena);
    }
}

static void reuse_large(mlp_arena *arena) {
    for (size_t i = 0; i < 100; i++) {
        char *large = mlp_arena_numbers(arena, MIB + i, 1);
        assert_non_null(large);
        assert_int_equal(large[MIB - 1], 0);
        large[MIB - 1] = 1;
        large = NULL;
        if (mlp_arena_is_due(arena))
            mlp_arena_collect(arena);
    }
}

static void keep_no_numbers(mlp_arena *arena) {
    for (size_t i = 0; i < 100; i++) {
        uintptr_t *numbers = mlp_arena_numbers(arena, 1, sizeof *numbers);
        assert_non_null(numbers);
        numbers[0] = (uintptr_t)mlp_arena_alloc(arena, MIB / 2, 1);
        assert_true(numbers[0] != 0);
        mlp_arena_collect(arena);
    }
}

static void sizes(mlp_arena *arena) {
    char *cells[200] = {NULL};
    size_t bytes[200];
    for (size_t i = 0; i < 200; i++) {
        bytes[i] = 1 + i * i;
        cells[i] = mlp_arena_alloc(arena, bytes[i], 1);
        assert_non_null(cells[i]);
        assert_int_equal((uintptr_t)cells[i] % _Alignof(max_align_t), 0);
        memset(cells[i], (int)i, bytes[i]);
    }
    mlp_arena_collect(arena);
    for (size_t i = 0; i < 200; i++)
        for (size_t k = 0; k < bytes[i]; k++)
            assert_int_equal((unsigned char)cells[i][k], i);
}

static void end(mlp_arena *arena) {
    size_t count = 0;
    while (mlp_arena_alloc(arena, 1000, 1))
        count++;
    assert_in_range(count, 4000, 7 * MIB / 1000 + 1); /* the limit is 8 MiB */
    assert_null(mlp_arena_alloc(arena, 4 * MIB, 1));
    assert_null(mlp_arena_alloc(arena, SIZE_MAX / 2, 1));
    assert_false(mlp_arena_starved(arena));
}

static void keeps_what_is_pointed_to(void **state) {
    (void)state;
    with_heap(64 * MIB, keep_what_is_pointed_to);
}

static void gives_out_again(void **state) {
    (void)state;
    with_heap(8 * MIB, reuse);
    with_heap(16 * MIB, reuse_large);
}

static void looks_for_no_pointers_in_numbers(void **state) {
    (void)state;
    with_heap(8 * MIB, keep_no_numbers);
}

static void has_cells_of_any_size(void **state) {
    (void)state;
    with_heap(64 * MIB, sizes);
}

static void ends_at_the_limit(void **state) {
    (void)state;
    with_heap(8 * MIB, end);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_what_is_pointed_to),
        cmocka_unit_test(gives_out_again),
        cmocka_unit_test(looks_for_no_pointers_in_numbers),
        cmocka_unit_test(has_cells_of_any_size),
        cmocka_unit_test(ends_at_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
