#include "names.h"

#include "answers_read.h"
#include "faults.h"
#include "plain.h"

#include "mlpstep/trace.h"

#include "base/nearest.h"

#include "trace/step_name.h"

#include <inttypes.h>
#include <string.h>

/* --- finding --- */

/* The script's name for exactly that one. */
static const char *find_whole(const name_table *n, const char *name) {
    return map_find(&n->own, name) ? name : map_find(&n->others, name);
}

enum {
    MOST_PARTS = 3 /* that may stand behind another name: W1.momentum_buffer */
};

/* What belongs to a value, as its gradient, is named after it. */
static bool find_part(marking *m, const name_table *n, const char *base, const char *suffix,
                      const char **found) {
    const char *of = find_whole(n, base);
    if (!of)
        return true;
    const char *name =
        mlp_arena_printf(m->arena, mlp_name_is_expression(of) ? "(%s)%s" : "%s%s", of, suffix);
    *found = name && map_find(&n->own, name) ? name : NULL;
    return name || marking_out_of_memory(m);
}

/* W1, W1.grad or dW1. */
static bool find_plain(marking *m, const name_table *n, const char *name, const char **found) {
    *found = find_whole(n, name);
    size_t parts = 0;
    for (size_t i = strlen(name); i-- > 0 && !*found && parts < MOST_PARTS;) {
        const char *dot = name + i;
        if (*dot != '.')
            continue;
        parts++;
        const char *base = mlp_arena_copy(m->arena, name, (size_t)(dot - name));
        if (!base)
            return marking_out_of_memory(m);
        if (!find_part(m, n, base, dot, found))
            return false;
    }
    return *found || *name != 'd' || !name[1] || find_part(m, n, name + 1, ".grad", found);
}

/* Of a d or ∂ there: 0 where there is none. */
static size_t differential_length(const char *name) {
    static const char partial[] = "\xE2\x88\x82";
    return *name == 'd' ? 1 : strncmp(name, partial, strlen(partial)) == 0 ? strlen(partial) : 0;
}

static bool is_derived(const marking *m, const char *name) {
    for (const mlp_sweep *s = m->trace->first_sweep; s; s = s->next)
        for (const mlp_root *r = s->roots; r; r = r->next)
            if (r->value->label.display && strcmp(r->value->label.display, name) == 0)
                return true;
    return false;
}

/* dL/dW1: L is what a backward began with. */
static bool find_derivative(marking *m, const name_table *n, const char *name, const char **found) {
    const char *slash = strchr(name, '/');
    const size_t above = differential_length(name),
                 below = slash ? differential_length(slash + 1) : 0;
    if (!above || !below || slash < name + above)
        return true;
    const char *of = mlp_arena_copy(m->arena, name + above, (size_t)(slash - name) - above);
    if (!of)
        return marking_out_of_memory(m);
    const char *known = map_find(&n->own, of) ? of : map_find(&n->others, of);
    return !known || !is_derived(m, known) || find_part(m, n, slash + 1 + below, ".grad", found);
}

bool names_leave_out(marking *m, const name_table *n, const char *name, bool *leaves) {
    *leaves = false;
    if (n->left_out.count == 0)
        return true;
    const char *plain = plain_name(m->arena, name);
    *leaves = plain && map_find(&n->left_out, plain);
    return plain || marking_out_of_memory(m);
}

bool names_find(marking *m, const name_table *n, const char *name, const char **found) {
    bool leaves;
    *found = NULL;
    if (!names_leave_out(m, n, name, &leaves))
        return false;
    if (leaves)
        return true;
    if (!find_plain(m, n, name, found))
        return false;
    const char *plain = *found ? name : plain_name(m->arena, name);
    if (!plain)
        return marking_out_of_memory(m);
    return (*found || find_plain(m, n, plain, found)) &&
           (*found || find_derivative(m, n, plain, found));
}

/* --- the usual ones --- */

static bool put(marking *m, name_table *n, const char *name, const char *of) {
    return map_put(&n->others, m->arena, name, (void *)of) || marking_out_of_memory(m);
}

/* W and 1 stand for the value, unless something else is called so. */
static bool put_usual(marking *m, name_table *n, const char *letter, size_t layer,
                      const mlp_value *value) {
    if (!value || !value->label.display || !map_find(&n->own, value->label.display))
        return true;
    const char *name = mlp_arena_printf(m->arena, "%s%zu", letter, layer);
    if (!name)
        return marking_out_of_memory(m);
    return find_whole(n, name) || put(m, n, name, value->label.display);
}

/* What the activation behind the layer makes of its result. */
static const mlp_value *find_activation(const mlp_step *layer) {
    for (const mlp_step *s = layer->next; s; s = s->next)
        if (s->phase == MLP_FORWARD && s->operation->traits & MLP_IS_ACTIVATION &&
            s->in[0] == layer->out[0])
            return s->out[0];
    return NULL;
}

/* Of the only backward. */
static bool put_loss(marking *m, name_table *n) {
    static const char *const names[] = {"L", "loss", "J"};
    const mlp_sweep *sweep = m->trace->first_sweep;
    const mlp_value *loss =
        sweep && !sweep->next && !sweep->roots->next ? sweep->roots->value : NULL;
    const char *known = loss ? loss->label.display : NULL;
    if (!known || !map_find(&n->own, known))
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!find_whole(n, names[i]) && !put(m, n, names[i], known))
            return false;
    return true;
}

static const void *identity_of(const mlp_value *weight) {
    return weight->variable ? (const void *)weight->variable : weight;
}

/* Whether a layer before that one has its weight: it is the same one. */
static bool is_again(const marking *m, const mlp_step *layer) {
    for (const mlp_step *s = m->trace->first_step; s != layer; s = s->next)
        if (s->phase == MLP_FORWARD && s->operation == layer->operation &&
            identity_of(s->in[1]) == identity_of(layer->in[1]))
            return true;
    return false;
}

enum {
    MOST_LAYERS = 100 /* that have usual names */
};

static bool put_layers(marking *m, name_table *n) {
    size_t layers = 0;
    for (const mlp_step *s = m->trace->first_step; s && layers < MOST_LAYERS; s = s->next) {
        if (s->phase != MLP_FORWARD || s->operation != &mlp_linear || is_again(m, s))
            continue;
        layers++;
        if (!put_usual(m, n, "W", layers, s->in[1]) || !put_usual(m, n, "b", layers, s->in[2]) ||
            !put_usual(m, n, "z", layers, s->out[0]) ||
            !put_usual(m, n, "a", layers, find_activation(s)))
            return false;
    }
    return true;
}

/* --- those of a sheet and of a file --- */

static bool add_fault(marking *m, mlp_answers *to, mlp_span where) {
    m->error->where = where;
    return faults_add(to, m->arena, m->error, m->error);
}

static bool refuse_unknown(marking *m, const name_table *n, mlp_answers *to, const mlp_answer *a) {
    nearest near = {.name = a->means};
    for (const mlp_entry *e = m->trace->first_entry; e; e = e->next)
        if (e->kind == MLP_ENTRY_VALUE)
            nearest_consider_entry(&near, e->value->label.display);
    if (map_find(&n->own, a->name))
        mlp_error(m->error, "expected a number, a list of numbers, or ? for none, not '%.40s'",
                  a->means);
    else if (near.best)
        mlp_error(m->error, "the script has no '%.100s'; did you mean '%.100s'?", a->means,
                  near.best);
    else
        mlp_error(m->error, "the script has no '%.100s': mlpstep worksheet lists the names",
                  a->means);
    return add_fault(m, to, a->value);
}

/* The script's name, or, of w@2 where it has only w, that with the number. */
static bool find_meant(marking *m, const name_table *n, const char *name, const char **found) {
    const uint64_t number = step_name_number(name);
    if (!names_find(m, n, name, found))
        return false;
    if (*found || !number)
        return true;
    const char *common = step_name_common(m->arena, name);
    if (!common)
        return marking_out_of_memory(m);
    if (!names_find(m, n, common, found))
        return false;
    if (*found)
        *found = mlp_arena_printf(m->arena, "%s@%" PRIu64, *found, number);
    else
        return true;
    return *found || marking_out_of_memory(m);
}

/* What a name is said to mean that the script has no value for. */
static const char nothing[] = "-";

static bool put_meaning(marking *m, name_table *n, const char *name, const char *means) {
    if (strcmp(means, nothing) != 0)
        return put(m, n, name, means);
    return map_put(&n->left_out, m->arena, name, (void *)nothing) || marking_out_of_memory(m);
}

/* Sets *means to the script's name for what the line says; to NULL where there is none. */
static bool find_meaning(marking *m, const name_table *n, const mlp_answer *a, const char **means) {
    *means = nothing;
    return strcmp(a->means, nothing) == 0 || find_meant(m, n, a->means, means);
}

/* The line NAME = OTHER, of a sheet or of a file of names. `defined` are those of lines before. */
static bool take_line(marking *m, name_table *n, map *defined, mlp_answers *of,
                      const mlp_answer *a) {
    const char *means, *plain = plain_name(m->arena, a->name);
    if (!plain)
        return marking_out_of_memory(m);
    if (!find_meaning(m, n, a, &means))
        return false;
    if (!means)
        return refuse_unknown(m, n, of, a);
    const char *before = map_find(map_find(&n->left_out, plain) ? &n->left_out : &n->others, plain);
    if (map_find(&n->own, a->name))
        mlp_error(m->error, "'%.100s' is a name that the script has: choose another one", a->name);
    else if (before && (strcmp(before, means) != 0 || map_find(defined, plain)))
        mlp_error(m->error, "'%.100s' stands for '%.100s' already", a->name, before);
    else
        return (map_put(defined, m->arena, plain, (void *)plain) || marking_out_of_memory(m)) &&
               put_meaning(m, n, plain, means);
    return add_fault(m, of, a->where);
}

static bool take_lines(marking *m, name_table *n, mlp_answers *of) {
    map defined = {0};
    for (const mlp_answer *a = of->first; a; a = a->next)
        if (a->means && !take_line(m, n, &defined, of, a))
            return false;
    return true;
}

static bool take_own(marking *m, name_table *n, const char *name) {
    return map_put(&n->own, m->arena, name, (void *)name) || marking_out_of_memory(m);
}

static bool take_script(marking *m, name_table *n) {
    for (const mlp_entry *e = m->trace->first_entry; e; e = e->next) {
        if (e->kind != MLP_ENTRY_VALUE)
            continue;
        if (!take_own(m, n, e->value->label.display))
            return false;
        const mlp_alias *alias = e->value->variable ? e->value->variable->aliases : NULL;
        for (; alias; alias = alias->next)
            if (!take_own(m, n, alias->name))
                return false;
    }
    return true;
}

/* Those that were read hold for every sheet, and for another release's names: they are known there
 * or not. */
static bool take_given(marking *m, name_table *n) {
    const mlp_answer *a = m->options->names ? m->options->names->first : NULL;
    for (; a; a = a->next) {
        const char *means, *plain = plain_name(m->arena, a->name);
        if (!plain)
            return marking_out_of_memory(m);
        if (!find_meaning(m, n, a, &means) || (means && !put_meaning(m, n, plain, means)))
            return false;
    }
    return true;
}

bool names_take(marking *m, name_table *n) {
    *n = (name_table){0};
    return take_script(m, n) && take_given(m, n) && take_lines(m, n, m->answers) &&
           put_layers(m, n) && put_loss(m, n);
}

bool mlp_names_read(mlp_arena *arena, const mlp_trace *trace, const char *text, size_t length,
                    mlp_answers *names, mlp_diagnostic *error) {
    const mlp_check_options options = {0};
    marking m = {
        .arena = arena, .trace = trace, .options = &options, .answers = names, .error = error};
    name_table n = {0};
    bool ran_out;
    if (!answers_read_names(arena, text, length, names, error, &ran_out))
        return !ran_out && names->fault_count < MLP_MOST_FAULTS
                   ? mlp_error(error,
                               "there are no names in it: write lines such as W1 = w1.weight")
                   : false;
    if (names->is_transcript)
        return mlp_error(error, "expected lines such as W1 = w1.weight, not tensors");
    return take_script(&m, &n) && take_lines(&m, &n, names);
}
