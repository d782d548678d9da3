#include "symbols.h"

#include "base/map.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* A symbol for values whose name in the script is none: of the results of layers z, of activations
 * a, of whatever else u. */
enum {
    OF_LAYER,
    OF_ACTIVATION,
    OF_OTHER,
    OF_MASK,
    UNNAMED_KINDS
};

typedef struct {
    symbols *s;
    map taken;   /* texts of symbols that are names of the script */
    map modules; /* "w1": a layer_number */
    size_t layers;
    size_t unnamed[UNNAMED_KINDS], used[UNNAMED_KINDS];
    bool predicts;  /* the script has a name for its prediction */
    bool predicted; /* there is a symbol for it */
    bool *root;     /* by the values' numbers: a backward() began with it */
    size_t roots, named_roots;
    bool failed;
} naming;

typedef struct {
    size_t number;
} layer_number;

/* --- names --- */

static bool is_identifier(const char *name) {
    if (!isalpha((unsigned char)*name) && *name != '_')
        return false;
    for (; *name; name++)
        if (!isalnum((unsigned char)*name) && *name != '_')
            return false;
    return true;
}

/* net.0.weight@2: made of names and dots. */
static bool is_path(const char *name) {
    for (; *name; name++)
        if (!isalnum((unsigned char)*name) && !strchr("_.@", *name))
            return false;
    return true;
}

static bool ends_with(const char *name, const char *end) {
    const size_t length = strlen(name), n = strlen(end);
    return length > n && strcmp(name + length - n, end) == 0;
}

static const math *numbered(mlp_arena *arena, const math *letter, size_t number) {
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", number);
    const math *in = math_text(arena, MATH_NUMBER, mlp_arena_copy(arena, digits, strlen(digits)));
    const math *above = math_of(arena, MATH_FENCED, 1, &in);
    return math_of(arena, MATH_POWER, 2, (const math *[]){letter, above});
}

static const math *letter(const naming *n, const char *text) {
    return math_text(n->s->arena, MATH_SYMBOL, text);
}

/* --- what a value is --- */

static bool is_entry(const mlp_value *value) {
    return value->label.shown && value->label.display;
}

bool symbol_is_shown(const mlp_value *value) {
    return is_entry(value) && (value->given || mlp_value_is_asked(value));
}

bool symbol_is_gradient(const mlp_value *value) {
    return value->label.part_of && value->label.suffix && strcmp(value->label.suffix, ".grad") == 0;
}

/* Marks what a backward() began with. */
static bool mark_roots(naming *n) {
    const mlp_trace *trace = n->s->trace;
    n->root = mlp_arena_alloc(n->s->arena, trace->values, sizeof *n->root);
    for (const mlp_sweep *sweep = trace->first_sweep; n->root && sweep; sweep = sweep->next)
        for (const mlp_root *root = sweep->roots; root; root = root->next)
            n->root[root->value->number] = true;
    return n->root != NULL;
}

/* --- symbols --- */

/* Several losses have numbers. */
static const math *loss_symbol(naming *n) {
    const math *l = letter(n, "\xE2\x84\x93"); /* a script l */
    n->named_roots++;
    return n->roots > 1 ? numbered(n->s->arena, l, n->named_roots) : l;
}

/* The last part of net.0.weight@2. */
static const char *last_part(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot ? dot + 1 : name;
}

/* Whether the last part is the word, behind which @2 may stand. */
static bool is_called(const char *name, const char *word) {
    const char *last = last_part(name);
    const size_t length = strlen(word);
    return strncmp(last, word, length) == 0 && (!last[length] || last[length] == '@');
}

/* Which of the layers it belongs to, counted from 1 as they come; 0 without memory. */
static size_t layer_of(naming *n, const char *name) {
    const char *at = strchr(name, '@');
    const char *module =
        mlp_arena_printf(n->s->arena, "%.*s%s", (int)(last_part(name) - name), name, at ? at : "");
    layer_number *layer = module ? map_find(&n->modules, module) : NULL;
    if (layer || !module)
        return layer ? layer->number : 0;
    layer = mlp_arena_alloc(n->s->arena, 1, sizeof *layer);
    if (!layer || !map_put(&n->modules, n->s->arena, module, layer))
        return 0;
    return layer->number = ++n->layers;
}

/* Of a layer's parameter; NULL: it is none, or is called otherwise. */
static const math *parameter_symbol(naming *n, const mlp_value *value) {
    const char *name = value->label.display;
    const bool is_weight = is_called(name, "weight"), is_bias = is_called(name, "bias");
    if (!value->variable || !value->variable->is_parameter || !(is_weight || is_bias))
        return NULL;
    const size_t number = layer_of(n, name);
    n->failed |= number == 0;
    return numbered(n->s->arena, letter(n, is_weight ? "W" : "b"), number);
}

static int unnamed_kind(const mlp_value *value) {
    const mlp_operation *by = value->computed_by;
    if (by && by->traits & MLP_IS_LAYER)
        return OF_LAYER;
    return by && by->traits & MLP_IS_ACTIVATION ? OF_ACTIVATION : OF_OTHER;
}

/* Its name is an expression, which would be read as a part of the formula, or no name of the
 * script's at all. */
static bool is_unnamed(const mlp_value *value) {
    const bool is_internal = value->label.internal_of && !value->given;
    return (is_internal || !is_path(value->label.display)) && !value->of_gradient;
}

static const math *unnamed_symbol(naming *n, int kind) {
    static const char *const letters[UNNAMED_KINDS] = {"z", "a", "u", "m"};
    const char *text = letters[kind];
    const math *plain = letter(n, text);
    const size_t number = ++n->used[kind];
    return n->unnamed[kind] > 1 || map_find(&n->taken, text) ? numbered(n->s->arena, plain, number)
                                                             : plain;
}

static bool is_prediction(const char *name) {
    return strcmp(name, "y_pred") == 0 || strcmp(name, "y_hat") == 0 || strcmp(name, "yhat") == 0;
}

bool symbol_is_mask(const mlp_value *value) {
    return value->given && ends_with(value->label.display, ".mask");
}

static bool is_softmax_of_loss(const mlp_value *value) {
    return value->computed_by == &mlp_softmax && value->label.internal_of;
}

/* What an optimizer keeps of a parameter, by the letters of its papers; NULL: it is none of that. */
static const math *state_symbol(const naming *n, const mlp_value *value) {
    static const char *const letters[][2] = {
        {".momentum_buffer", "m"}, {".exp_avg", "m"}, {".exp_avg_sq", "v"},
        {".square_avg", "v"},      {".exp_inf", "u"}, {".grad_avg", "g"},
        {".acc_delta", "a"},       {".sum", "s"},     {".prev", "g"},
        {".step_size", "s"}};
    const mlp_value *of = value->label.part_of;
    const math *parameter = of ? n->s->of[of->number] : NULL;
    for (size_t i = 0; parameter && i < sizeof letters / sizeof *letters; i++)
        if (strcmp(value->label.suffix, letters[i][0]) == 0)
            return math_of(n->s->arena, MATH_INDEX, 2,
                           (const math *[]){letter(n, letters[i][1]), parameter});
    return NULL;
}

static const math *new_symbol(naming *n, const mlp_value *value) {
    const char *name = value->label.display;
    if (n->root[value->number])
        return loss_symbol(n);
    const math *parameter = parameter_symbol(n, value);
    if (parameter || n->failed)
        return parameter;
    const math *state = state_symbol(n, value);
    if (state)
        return state;
    if (symbol_is_mask(value))
        return unnamed_symbol(n, OF_MASK);
    if (!n->predicted && (n->predicts ? is_prediction(name) : is_softmax_of_loss(value))) {
        n->predicted = true;
        return math_hat(n->s->arena, "y");
    }
    if (is_identifier(name))
        return letter(n, name);
    if (is_unnamed(value))
        return unnamed_symbol(n, unnamed_kind(value));
    return math_text(n->s->arena, MATH_CODE, name);
}

/* --- the table --- */

static void count_name(naming *n, const mlp_value *value) {
    const char *name = value->label.display;
    if (symbol_is_gradient(value))
        return;
    n->roots += n->root[value->number];
    if (n->root[value->number])
        return;
    n->predicts |= is_prediction(name);
    if (symbol_is_mask(value))
        n->unnamed[OF_MASK]++;
    else if (is_identifier(name))
        n->failed |= !map_put(&n->taken, n->s->arena, name, (void *)value);
    else if (is_unnamed(value))
        n->unnamed[unnamed_kind(value)]++;
}

/* An update leaves a parameter what it is called: an arrow stands there in place of an =. */
static const math *symbol_of_variable(const symbols *s, const mlp_value *value) {
    const mlp_variable *variable = value->variable;
    for (size_t i = 0; variable && variable->is_parameter && i < s->count; i++)
        if (s->rows[i].value->variable == variable)
            return s->rows[i].symbol;
    return NULL;
}

static void name_value(naming *n, const mlp_value *value) {
    symbols *s = n->s;
    const math *known = symbol_of_variable(s, value);
    const math *symbol = known ? known : new_symbol(n, value);
    s->of[value->number] = symbol;
    n->failed |= !symbol;
    if (!known)
        s->rows[s->count++] = (symbol_row){symbol, value->label.display, value};
}

static size_t count_entries(const mlp_trace *trace) {
    size_t count = 0;
    for (const mlp_entry *e = trace->first_entry; e; e = e->next)
        count += e->kind == MLP_ENTRY_VALUE;
    return count;
}

/* --- gradients --- */

/* Which loss the gradients among the inputs of a step are of; NULL where they are of several. */
static const mlp_value *loss_of_inputs(const symbols *s, const mlp_step *step) {
    const mlp_value *loss = NULL;
    for (size_t i = 0; i < (step->forward ? 1 : MLP_MAX_INPUTS); i++) {
        const mlp_value *of = step->in[i] ? s->loss[step->in[i]->number] : NULL;
        if (of && loss && of != loss)
            return NULL;
        loss = of ? of : loss;
    }
    return loss;
}

/* What was added up of the gradients of several losses is of none of them. */
static bool find_losses(symbols *s) {
    s->loss = mlp_arena_alloc(s->arena, s->trace->values, sizeof *s->loss);
    if (!s->loss)
        return false;
    for (const mlp_sweep *sweep = s->trace->first_sweep; sweep; sweep = sweep->next)
        for (const mlp_root *root = sweep->roots; root; root = root->next)
            if (root->seed)
                s->loss[root->seed->number] = root->value;
    for (const mlp_step *step = s->trace->first_step; step; step = step->next)
        for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
            if (step->out[i] && (step->phase == MLP_BACKWARD || symbol_is_gradient(step->out[i])))
                s->loss[step->out[i]->number] = loss_of_inputs(s, step);
    return true;
}

/* What a gradient is of may have no entry itself, or be a gradient. */
static const math *symbol_or_name(const symbols *s, const mlp_value *value) {
    const math *symbol = s->of[value->number];
    const char *name = value->label.display ? value->label.display : value->label.name;
    return symbol ? symbol : math_text(s->arena, MATH_CODE, name ? name : "tensor");
}

/* A gradient of several losses is of their sum, which has no number. */
static const math *derivative(const symbols *s, const mlp_value *gradient) {
    const mlp_value *loss = s->loss[gradient->number], *by = gradient->label.part_of;
    const math *of = loss ? s->of[loss->number] : NULL;
    const math *parts[] = {of ? of : math_text(s->arena, MATH_SYMBOL, "\xE2\x84\x93"),
                           symbol_or_name(s, by)};
    if (!s->of[by->number] && symbol_is_gradient(by) && by->label.part_of) {
        parts[1] = symbol_of(s, by);
        parts[1] = math_of(s->arena, MATH_FENCED, 1, &parts[1]);
    }
    return math_of(s->arena, MATH_PARTIAL, 2, parts);
}

const math *symbol_of(const symbols *s, const mlp_value *value) {
    if (!s->of[value->number] && symbol_is_gradient(value) && symbol_is_shown(value))
        return derivative(s, value);
    return symbol_or_name(s, value);
}

/* --- the whole --- */

/* Names of the script go before those that are made up, wherever they stand. */
bool symbols_make(symbols *s, const mlp_trace *trace) {
    naming n = {.s = s};
    *s = (symbols){.arena = trace->arena, .trace = trace};
    s->of = mlp_arena_alloc(s->arena, trace->values, sizeof *s->of);
    s->rows = mlp_arena_alloc(s->arena, count_entries(trace), sizeof *s->rows);
    n.failed = !mark_roots(&n) || !s->of || !s->rows;
    for (const mlp_entry *e = trace->first_entry; e && !n.failed; e = e->next)
        if (e->kind == MLP_ENTRY_VALUE && symbol_is_shown(e->value))
            count_name(&n, e->value);
    for (const mlp_entry *e = trace->first_entry; e && !n.failed; e = e->next)
        if (e->kind == MLP_ENTRY_VALUE && symbol_is_shown(e->value) &&
            !symbol_is_gradient(e->value))
            name_value(&n, e->value);
    s->losses = n.roots;
    return !n.failed && find_losses(s);
}
