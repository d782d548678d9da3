/* What is changed in a replay is put back, from one mark to the other. */
#include "check/journal.h"

#include "mlpstep/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

typedef struct {
    mlp_arena *arena;
    mlp_replay *replay;
    journal *j;
    const mlp_value *x, *y;
} setting;

static setting set_up(const char *source) {
    mlp_diagnostic error = {0};
    setting s = {.arena = mlp_arena_new(MLP_ARENA_LIMIT)};
    const mlp_trace *trace = mlp_script_run(
        s.arena, source, strlen(source), &(mlp_script_options){.dtype = MLP_FLOAT32}, NULL, &error);
    if (!trace)
        fail_msg("%s", error.message);
    s.replay = mlp_replay_new(s.arena, trace, true);
    s.j = journal_new(s.arena, s.replay, trace->values);
    assert_non_null(s.j);
    s.x = trace->first_step->in[0];
    s.y = trace->first_step->out[0];
    return s;
}

static void put(const setting *s, const mlp_value *value, size_t since, double number) {
    mlp_tensor *t = mlp_replay_tensor(s->replay, value);
    assert_true(journal_keep(s->j, value, since));
    for (size_t i = 0; i < t->numel; i++)
        mlp_tensor_set(t, i, number);
}

static double number(const setting *s, const mlp_value *value) {
    return mlp_tensor_get(mlp_replay_tensor(s->replay, value), 0);
}

static const char small[] = "import torch\n"
                            "x = torch.tensor([2.0, 2.0])\n"
                            "y = x * x\n";

static void goes_back_to_each_mark(void **state) {
    (void)state;
    const setting s = set_up(small);
    put(&s, s.x, 0, 5);
    const size_t mark = journal_mark(s.j);
    put(&s, s.x, mark, 6);
    put(&s, s.x, mark, 7);
    put(&s, s.y, mark, 8);
    journal_go_back(s.j, mark);
    assert_true(number(&s, s.x) == 5 && number(&s, s.y) == 4);
    journal_go_back(s.j, 0);
    assert_true(number(&s, s.x) == 2 && number(&s, s.y) == 4);
    assert_int_equal(journal_mark(s.j), 0);
    mlp_arena_free(s.arena);
}

static void tells_what_has_changed_since(void **state) {
    (void)state;
    const setting s = set_up(small);
    put(&s, s.x, 0, 5);
    const size_t mark = journal_mark(s.j);
    assert_true(journal_has_changed(s.j, s.x, 0));
    assert_false(journal_has_changed(s.j, s.x, mark));
    assert_false(journal_has_changed(s.j, s.y, 0));
    put(&s, s.y, mark, 8);
    assert_true(journal_has_changed(s.j, s.y, mark));
    journal_go_back(s.j, mark);
    assert_false(journal_has_changed(s.j, s.y, 0));
    assert_true(journal_has_changed(s.j, s.x, 0));
    mlp_arena_free(s.arena);
}

/* Settled in any order, and kept and changed again behind that. */
static void what_is_the_same_was_not_changed(void **state) {
    (void)state;
    const setting s = set_up(small);
    put(&s, s.x, 0, 2);
    put(&s, s.y, 0, 4);
    journal_settle(s.j, s.x, 0);
    assert_false(journal_has_changed(s.j, s.x, 0));
    assert_true(journal_has_changed(s.j, s.y, 0));
    put(&s, s.x, 0, 9);
    journal_settle(s.j, s.x, 0);
    journal_settle(s.j, s.y, 0);
    assert_true(journal_has_changed(s.j, s.x, 0));
    assert_false(journal_has_changed(s.j, s.y, 0));
    journal_go_back(s.j, 0);
    assert_true(number(&s, s.x) == 2 && number(&s, s.y) == 4);
    mlp_arena_free(s.arena);
}

/* More than stands in the first piece of memory, again and again. */
static void has_room_for_any_size(void **state) {
    (void)state;
    const setting s = set_up("import torch\n"
                             "x = torch.full((300, 100), 2.0)\n"
                             "y = x * x\n");
    for (size_t turn = 0; turn < 3; turn++) {
        for (size_t i = 0; i < 20; i++) {
            put(&s, s.x, journal_mark(s.j), (double)i);
            put(&s, s.y, journal_mark(s.j), (double)i);
        }
        journal_go_back(s.j, 20);
        assert_true(number(&s, s.x) == 9 && number(&s, s.y) == 9);
        journal_go_back(s.j, 0);
        assert_true(number(&s, s.x) == 2 && number(&s, s.y) == 4);
    }
    mlp_arena_free(s.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goes_back_to_each_mark),
        cmocka_unit_test(tells_what_has_changed_since),
        cmocka_unit_test(what_is_the_same_was_not_changed),
        cmocka_unit_test(has_room_for_any_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
