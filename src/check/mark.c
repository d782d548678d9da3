/* The marking: one walk through the steps, in which each is computed from the earlier answers. */
#include "as_decimal.h"
#include "carried.h"
#include "cheap.h"
#include "check_answers.h"
#include "collect.h"
#include "cut.h"
#include "digits.h"
#include "explain.h"
#include "given.h"
#include "habit.h"
#include "marking.h"
#include "other_masks.h"
#include "path.h"
#include "resolve.h"
#include "route.h"
#include "tolerance.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* --- verdicts --- */

static double distance(const item *it, size_t i) {
    const double d = fabs(it->numbers[i] - it->exact[i]);
    return isnan(d) ? INFINITY : d;
}

typedef bool question(const marking *m, const item *it, size_t i);

static bool is_undecided(const marking *m, const item *it, size_t i) {
    return number_verdict(m, it, i) == MLP_UNDECIDED;
}

static bool is_off(const marking *m, const item *it, size_t i) {
    return number_verdict(m, it, i) == MLP_WRONG;
}

static double truth_of(const item *it, size_t i) {
    return mlp_tensor_get(&it->mark.value->tensor, i);
}

static bool has_too_few_digits(const marking *m, const item *it, size_t i) {
    return !number_has_digits(m, it, i, truth_of(it, i));
}

/* Counts the given numbers of which this is so, and finds the worst of them. */
static size_t count_numbers(const marking *m, item *it, question *is) {
    size_t count = 0;
    for (size_t i = 0; i < it->mark.answer->numel; i++) {
        if (!it->given[i] || !is(m, it, i))
            continue;
        if (count++ == 0 || distance(it, i) > distance(it, it->mark.worst))
            it->mark.worst = i;
    }
    return count;
}

/* Whether the item follows from other answers by this path: sets its verdict. */
static bool try_path(marking *m, item *it, path *p, bool *carried) {
    if (!path_find(m, it->mark.value, p) || !item_is_carried(m, it, p, carried))
        return false;
    if (*carried)
        it->mark.verdict = MLP_CARRIED;
    return true;
}

enum {
    MOST_SKIPPED = 8 /* answers that an item may follow from what comes before, one at a time */
};

/* Behind an answer that was computed and is not right somebody may have gone on from the answers
 * before it, as from the gradient and not from the momentum buffer. */
static bool try_skipping(marking *m, item *it, const path *own, bool *carried) {
    size_t tried = 0;
    for (size_t r = 0; r < own->root_count && tried < MOST_SKIPPED && !*carried; r++) {
        item *root = own->roots[r];
        path p = {.by_routes = true, .skipped = root};
        if (!root->fixed || !root->mark.value->producer || item_is_of_given(root))
            continue;
        tried++;
        if (!try_path(m, it, &p, carried))
            return false;
    }
    return true;
}

/* With the slips that are habits, by routes, too. */
static bool try_repeating(marking *m, item *it, const path *own, bool *carried) {
    path plain = {.by_habit = true}, routes = {.by_routes = true, .by_habit = true};
    return try_path(m, it, &plain, carried) &&
           (*carried || !path_has_routes(m, own) || try_path(m, it, &routes, carried));
}

/* With the masks of the script, where others were taken before, as forward. */
static bool try_script_masks(marking *m, item *it, bool *carried) {
    path p = {.by_routes = true};
    const bool tried = shown_masks_hide(m) && try_path(m, it, &p, carried);
    shown_masks_show(m);
    return tried;
}

/* What an item may follow from: see judge_by_paths. */
typedef struct {
    path own, routes;
} paths;

/* By whatever derivation: as the script does it, by routes, past one answer, with a slip that was
 * made before, or without the mask that was. */
static bool follow_paths(marking *m, item *it, paths *p, bool *carried) {
    if (!try_path(m, it, &p->own, carried))
        return false;
    p->routes.by_routes = path_has_routes(m, &p->own);
    if (!*carried && p->routes.by_routes && !try_path(m, it, &p->routes, carried))
        return false;
    if (!*carried && habit_shown_on(m, &p->own) && !try_repeating(m, it, &p->own, carried))
        return false;
    if (!*carried && shown_masks_count(m, &p->own) && !try_script_masks(m, it, carried))
        return false;
    return *carried || try_skipping(m, it, &p->own, carried);
}

/* From blanks that were rounded, as the script does it, or by routes. */
static bool follow_open(marking *m, item *it, const paths *p, bool *carried) {
    return item_follows_open(m, it, &p->own, carried) &&
           (*carried || !p->routes.by_routes || item_follows_open(m, it, &p->routes, carried));
}

static bool try_cut_off(marking *m, item *it, const paths *p, bool *settled) {
    bool cut = false;
    if (!item_was_cut_off(m, it, &p->own, &cut) ||
        (!cut && p->routes.by_routes && !item_was_cut_off(m, it, &p->routes, &cut)))
        return false;
    *settled = cut;
    return !cut || item_mark_cut_off(m, it);
}

static bool has_mistaken_root(const path *p) {
    for (size_t r = 0; r < p->root_count; r++)
        if (p->roots[r]->mistaken)
            return true;
    return false;
}

/* The same where numbers may have been cut off. What follows from a mistake is near to the true
 * numbers by chance alone. */
static bool follow_cut(marking *m, item *it, paths *p, bool *settled) {
    const bool mistaken = has_mistaken_root(&p->own);
    m->may_cut = cuts_are_possible(m, it);
    if (!m->may_cut)
        return true;
    if ((!mistaken && !try_cut_off(m, it, p, settled)) ||
        (!*settled && !follow_paths(m, it, p, settled)) ||
        (!*settled && mistaken && !try_cut_off(m, it, p, settled)))
        return false;
    m->cut += *settled;
    return true;
}

/* Where the paths were not gone, they are only found. */
static bool note_rounded(marking *m, item *it, paths *p) {
    if (!item_may_tell_rounding(m, it))
        return true;
    if (!path_find(m, it->mark.value, &p->own))
        return false;
    p->routes.by_routes = path_has_routes(m, &p->own);
    return (!p->routes.by_routes || path_find(m, it->mark.value, &p->routes)) &&
           cuts_note_rounded(m, it, &p->own, &p->routes);
}

/* Of what is right, though it follows from what is not. */
static bool note_mistaken(marking *m, item *it) {
    path own = {0};
    if (!m->own || !m->tainted[it->mark.value->number])
        return true;
    if (!path_find(m, it->mark.value, &own))
        return false;
    it->mistaken = has_mistaken_root(&own);
    return true;
}

static bool explain(marking *m, item *it, const paths *p) {
    return item_explain(m, it, &p->own) &&
           (it->mark.explanations || !p->routes.by_routes || item_explain(m, it, &p->routes));
}

/* Rounding explains more than cutting off, which is only looked for where that is not enough. */
static bool judge_by_paths(marking *m, item *it, paths *p) {
    bool carried = false, settled = false;
    it->mark.verdict = MLP_WRONG;
    m->may_cut = false;
    if (!follow_paths(m, it, p, &carried) || (!carried && !follow_open(m, it, p, &carried)) ||
        (carried && !note_rounded(m, it, p)) || (!carried && !follow_cut(m, it, p, &settled)))
        return false;
    if (!carried && !settled)
        return explain(m, it, p);
    if (it->mark.verdict == MLP_WRONG)
        return true;
    const size_t lacking = item_lacks_digits_at(m, it, it->follows);
    if (lacking == it->mark.answer->numel)
        return true;
    it->mark.verdict = MLP_WRONG;
    it->mark.worst = lacking;
    return explain_digits(m, it, it->follows[lacking]);
}

/* Cutting off is no mistake that others follow from. */
static bool repeats_slip(const marking *m, const item *it) {
    return it->mark.repeats && !(m->cut_shown && it->mark.follows[0] == &m->cut_shown->mark);
}

/* Not right, because of its numbers. */
static bool judge_off(marking *m, item *it) {
    paths p = {0};
    if (!judge_by_paths(m, it, &p))
        return false;
    it->mistaken = it->mark.verdict == MLP_CARRIED
                       ? repeats_slip(m, it) || has_mistaken_root(&p.own)
                       : it != m->cut_shown;
    it->mark.is_cheap = it != m->cut_shown && item_is_cheap(it, &p.own);
    return true;
}

/* Each number by itself, for who holds ports against each other. */
static bool note_verdicts(marking *m, item *it) {
    const size_t numel = it->mark.answer->numel;
    mlp_verdict *verdicts = mlp_arena_alloc(m->arena, numel, sizeof *verdicts);
    it->mark.verdicts = verdicts;
    if (!verdicts)
        return marking_out_of_memory(m);
    for (size_t i = 0; i < numel; i++)
        verdicts[i] = it->given[i] ? number_verdict(m, it, i) : MLP_BLANK;
    return true;
}

static bool judge(marking *m, item *it) {
    if (m->options->port && !note_verdicts(m, it))
        return false;
    it->mark.undecided = count_numbers(m, it, is_undecided);
    it->off = it->mark.differing = count_numbers(m, it, is_off);
    if (it->off)
        return judge_off(m, it);
    it->mark.verdict = it->mark.given < it->mark.answer->numel ? MLP_BLANK
                       : it->mark.undecided                    ? MLP_UNDECIDED
                                                               : MLP_RIGHT;
    it->mark.differing = count_numbers(m, it, has_too_few_digits);
    if (it->mark.differing == 0)
        return note_mistaken(m, it) && note_rounded(m, it, &(paths){0});
    it->mark.verdict = MLP_WRONG;
    return explain_digits(m, it, truth_of(it, it->mark.worst));
}

static bool judge_item(marking *m, item *it) {
    return judge(m, it) && (!item_is_of_given(it) || item_settle_given(m, it));
}

/* Whether an input was written down with fewer digits than it has, and computed with perhaps. */
static bool is_rounded_input(const item *it) {
    const mlp_value *value = it->mark.value;
    if (!value->given || !mlp_dtype_is_floating(value->tensor.dtype))
        return false;
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        if (it->given[i] &&
            !(fabs(it->numbers[i] - it->exact[i]) <= 2 * (double)FLT_EPSILON * fabs(it->exact[i])))
            return true;
    return false;
}

/* From here on the answer's own numbers count, if they are not, or need not be, the true ones. */
static void carry_on(marking *m, item *it) {
    const size_t n = it->mark.value->number;
    if (it->mark.given == 0 || !item_can_be_fixed(it) || it->left_out ||
        !(it->off || m->tainted[n] || is_rounded_input(it)))
        return;
    it->fixed = m->tainted[n] = m->moved[n] = true;
    marking_fix(m, it->mark.value, it->numbers, it->given);
}

/* Of several answers for one value, the first that is not right counts. */
static bool judge_value(marking *m, const mlp_value *value) {
    item *chosen = NULL;
    for (item *it = m->answered[value->number]; it; it = it->same) {
        if (it->judged)
            return true;
        it->judged = true;
        if (!judge_item(m, it))
            return false;
        if (!chosen || (it->mark.differing && !chosen->mark.differing))
            chosen = it;
    }
    if (chosen)
        carry_on(m, chosen);
    return true;
}

static bool is_tainted(const marking *m, const mlp_value *value) {
    const mlp_value *sources[MLP_MAX_SOURCES];
    const size_t count = mlp_value_sources(value, sources);
    for (size_t i = 0; i < count; i++)
        if (m->tainted[sources[i]->number])
            return true;
    return false;
}

static bool reads_moved(const marking *m, const mlp_step *step) {
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++) {
        const mlp_value *sources[MLP_MAX_SOURCES];
        const size_t count = step->out[i] ? mlp_value_sources(step->out[i], sources) : 0;
        for (size_t k = 0; k < count; k++)
            if (m->tainted[sources[k]->number] || m->moved[sources[k]->number])
                return true;
    }
    return false;
}

/* Computes the step from the answers before it, in both replays: what these have not changed is there
 * already. */
static void compute(marking *m, const mlp_step *step) {
    if (reads_moved(m, step) || habit_shown_in(m, step))
        habit_run_in_both(m, step);
}

static bool judge_given(marking *m) {
    for (size_t i = 0; i < m->count; i++) {
        const mlp_value *value = m->items[i].mark.value;
        if (!value->producer && m->answered[value->number] == &m->items[i] &&
            !judge_value(m, value))
            return false;
    }
    return true;
}

static bool is_of_parameter(const mlp_step *step, size_t i) {
    const mlp_value *in = step->forward ? step->forward->in[i] : NULL;
    return in && in->variable && in->variable->is_parameter;
}

/* The gradients of parameters first, as in the report: whoever updates a weight too early computes
 * the other gradient from them. */
static bool judge_results(marking *m, const mlp_step *step) {
    for (int parameters = 1; parameters >= 0; parameters--)
        for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++) {
            const mlp_value *out = step->out[i];
            if (!out || is_of_parameter(step, i) != (parameters == 1))
                continue;
            m->tainted[out->number] = is_tainted(m, out) || habit_shown_in(m, step);
            if (!judge_value(m, out))
                return false;
        }
    return true;
}

static bool judge_states(marking *m, const mlp_step *step) {
    for (size_t i = 1; i < MLP_MAX_OUTPUTS; i++) {
        const mlp_value *state = route_state(step, i);
        if (!state)
            continue;
        m->tainted[state->number] = is_tainted(m, state) || habit_shown_in(m, step);
        if (!judge_value(m, state))
            return false;
    }
    return true;
}

/* What a step can be done by is judged before it, though the script may compute it later. */
static bool judge_route(marking *m, const mlp_step *step) {
    const mlp_value *by = route_of(m, step);
    path p = {0};
    if (!by || m->answered[by->number]->judged)
        return true;
    if (!path_find(m, by, &p))
        return false;
    for (size_t i = 0; i < p.step_count; i++)
        compute(m, p.steps[i]);
    if (route_goes_by(step, by))
        return judge_states(m, step);
    m->tainted[by->number] = is_tainted(m, by);
    return judge_value(m, by);
}

static bool judge_computed(marking *m) {
    for (const mlp_step *step = m->trace->first_step; step; step = step->next) {
        if (!judge_route(m, step))
            return false;
        compute(m, step);
        m->turn = step;
        if (!judge_results(m, step))
            return false;
        if (m->starved)
            return marking_out_of_memory(m);
    }
    return true;
}

/* --- all --- */

static bool allocate(marking *m, size_t count) {
    const size_t values = m->trace->values;
    m->count = count;
    m->items = mlp_arena_alloc(m->arena, count, sizeof *m->items);
    m->answered = mlp_arena_alloc(m->arena, values, sizeof *m->answered);
    m->tainted = mlp_arena_alloc(m->arena, values, sizeof *m->tainted);
    m->moved = mlp_arena_alloc(m->arena, values, sizeof *m->moved);
    m->visited = mlp_arena_alloc(m->arena, values, sizeof *m->visited);
    return (m->items && m->answered && m->tainted && m->moved && m->visited) ||
           marking_out_of_memory(m);
}

static bool allocate_scratch(marking *m) {
    for (size_t i = 0; i < m->count; i++)
        if (m->items[i].mark.answer->numel > m->largest)
            m->largest = m->items[i].mark.answer->numel;
    m->scratch = mlp_arena_alloc(m->arena, m->largest, sizeof *m->scratch);
    return m->scratch || marking_out_of_memory(m);
}

/* On paper, what was given is exact. */
static void read_as_decimals(marking *m) {
    m->walk++;
    for (const mlp_step *step = m->trace->first_step; step; step = step->next)
        for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
            const mlp_value *in = step->in[i];
            if (!in || in->producer || in->tensor.dtype != MLP_FLOAT32 ||
                m->visited[in->number] == m->walk)
                continue;
            m->visited[in->number] = m->walk;
            mlp_tensor *t = mlp_replay_tensor(m->own, in);
            for (size_t j = 0; j < t->numel; j++)
                mlp_tensor_set(t, j, as_decimal(mlp_tensor_get(t, j)));
        }
}

/* A first run gives the true numbers. It leaves the replay as the second one finds it. */
static bool take_exact(marking *m) {
    m->own = mlp_replay_new(m->arena, m->trace, true);
    m->in_dtype = mlp_replay_new(m->arena, m->trace, false);
    m->journal = m->own ? journal_new(m->arena, m->own, m->trace->values) : NULL;
    m->dtype_journal = m->in_dtype ? journal_new(m->arena, m->in_dtype, m->trace->values) : NULL;
    if (!m->journal || !m->dtype_journal)
        return out_of_memory(m->error, m->arena,
                             "to mark what is not as computed, the script is computed again: that "
                             "needs");
    read_as_decimals(m);
    mlp_replay_run(m->own, NULL, NULL);
    for (size_t i = 0; i < m->count; i++) {
        const mlp_tensor *t = mlp_replay_tensor(m->own, m->items[i].mark.value);
        for (size_t j = 0; j < t->numel; j++)
            m->items[i].exact[j] = mlp_tensor_get(t, j);
    }
    return true;
}

static bool is_as_recorded(const marking *m, const item *it) {
    for (size_t i = 0; i < it->mark.answer->numel; i++)
        if (it->given[i] && (!number_is_as_recorded(m, it, i) || has_too_few_digits(m, it, i)))
            return false;
    return true;
}

/* Where all is right as it was recorded, nothing has to be computed again, which takes more memory
 * than the trace itself. */
static bool judge_as_recorded(marking *m, bool *judged) {
    *judged = true;
    for (size_t i = 0; i < m->count && *judged; i++)
        *judged = is_as_recorded(m, &m->items[i]);
    for (size_t i = 0; i < m->count && *judged; i++)
        if (!judge_item(m, &m->items[i]))
            return false;
    return true;
}

static bool judge_all(marking *m) {
    bool judged;
    if (!judge_as_recorded(m, &judged))
        return false;
    if (judged)
        return true;
    if (!allocate_scratch(m) || !routes_find(m) || !take_exact(m))
        return false;
    return judge_given(m) && judge_computed(m);
}

/* Numbers to be computed for one sheet, to tell carried from wrong, and to find slips: so many, and so
 * many times those of the script's run. */
enum {
    LEAST_WORK = 100 * 1000 * 1000,
    MOST_RUNS = 8,
    LEAST_SEARCH = 30 * 1000 * 1000,
    MOST_SEARCH_RUNS = 4
};

static double work_of_run(const mlp_trace *trace) {
    double run = 0;
    for (const mlp_step *step = trace->first_step; step; step = step->next)
        run += path_cost_of(step);
    return run;
}

bool check_answers(mlp_arena *arena, const mlp_trace *trace, mlp_answers *answers,
                   const mlp_check_options *options, mlp_marks *marks, mlp_diagnostic *error) {
    const double run = work_of_run(trace);
    marking m = {.arena = arena,
                 .trace = trace,
                 .options = options,
                 .answers = answers,
                 .error = error,
                 .work_left = LEAST_WORK + MOST_RUNS * run,
                 .search_left = LEAST_SEARCH + MOST_SEARCH_RUNS * run};
    *marks = (mlp_marks){0};
    *error = (mlp_diagnostic){0};
    if (!allocate(&m, answers->count) || !resolve_answers(&m) || !tolerances_have_names(&m))
        return false;
    m.by_program = text_is_by_program(&m);
    m.is_printed = m.by_program || text_is_printed(&m);
    m.is_dump = m.by_program || text_is_dump(&m);
    return judge_all(&m) && collect_marks(&m, marks);
}

bool check_is_answered(const mlp_answers *answers, const mlp_marks *marks, mlp_diagnostic *error) {
    return !marks->unanswered || answers->faults ||
           mlp_error(error, marks->port
                                ? "nothing that the script computes is in it: nothing was compared"
                                : "nothing is answered in it: write numbers in the place of ?");
}

bool mlp_check(mlp_arena *arena, const mlp_trace *trace, mlp_answers *answers,
               const mlp_check_options *options, mlp_marks *marks, mlp_diagnostic *error) {
    return check_answers(arena, trace, answers, options, marks, error) &&
           check_is_answered(answers, marks, error);
}

bool mlp_marks_pass(const mlp_marks *marks) {
    return marks->of[MLP_WRONG] + marks->of[MLP_DIFFERENT] == 0 &&
           !(marks->by_program && marks->of[MLP_CARRIED]) &&
           !(marks->port && marks->of[MLP_UNDECIDED]) &&
           !(marks->require_all && marks->of[MLP_BLANK]);
}
