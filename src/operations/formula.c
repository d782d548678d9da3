/* The formulas of the rows, as one call has them: of their clauses, [NAME? ...] and [!NAME? ...],
 * those that hold for it. */
#include "mlpstep/operation.h"

#include "base/buffer.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *text;
    size_t length;
} word;

static bool is_word(word w, const char *text) {
    return w.length == strlen(text) && memcmp(w.text, text, w.length) == 0;
}

static word word_at(const char *text) {
    size_t length = 0;
    while (isalnum((unsigned char)text[length]) || text[length] == '_')
        length++;
    return (word){text, length};
}

static size_t input_called(const mlp_operation *operation, word name) {
    const char *at = operation->symbols ? operation->symbols : "a b c";
    if (!operation->symbols && is_word(name, "x"))
        return 0;
    for (size_t i = 0; *at; i++) {
        const word symbol = word_at(at);
        if (symbol.length == name.length && memcmp(symbol.text, name.text, name.length) == 0)
            return i;
        at += symbol.length + strspn(at + symbol.length, " ");
    }
    return SIZE_MAX;
}

size_t mlp_formula_input(const mlp_operation *operation, const char *name) {
    return input_called(operation, (word){name, strlen(name)});
}

enum {
    LONGEST = 32 /* name of an option, and its end */
};

/* NAME: not 0; has_NAME: given, whatever it is. */
static bool option_holds(const mlp_options *options, word name, const char *value) {
    static const char given[] = "has_";
    const size_t skip = strlen(given);
    const bool is_asked = name.length > skip && memcmp(name.text, given, skip) == 0;
    char text[LONGEST] = {0};
    mlp_number numbers[MLP_MAX_NUMBERS];
    if (is_asked)
        name = (word){name.text + skip, name.length - skip};
    if (name.length >= sizeof text)
        return false;
    memcpy(text, name.text, name.length);
    const size_t count = mlp_options_get(options, text, numbers);
    if (count == 0 || is_asked)
        return count > 0;
    return value ? numbers[0].real == strtod(value, NULL) : numbers[0].real != 0;
}

static bool holds(const mlp_call *call, word name, const char *value) {
    const size_t input = input_called(call->operation, name);
    if (input < MLP_MAX_INPUTS)
        return call->in[input] != NULL;
    if (is_word(name, "first"))
        return !call->in[2];
    if (is_word(name, "mean"))
        return call->options.reduction == MLP_REDUCTION_MEAN;
    if (is_word(name, "sum"))
        return call->options.reduction == MLP_REDUCTION_SUM;
    return option_holds(&call->options, name, value);
}

/* [NAME?, [!NAME?, [NAME=number? and, of several of which one is enough, [NAME|NAME? */
typedef struct {
    const char *names;
    bool is_not;
    const char *text; /* behind the ? and a space; NULL: it is no clause */
} clause;

static const char *behind_name(const char *at) {
    const word name = word_at(at);
    at += name.length;
    return name.length && *at == '=' ? at + strcspn(at, "|?]") : at;
}

static clause clause_at(const char *at) {
    const bool is_not = at[0] == '[' && at[1] == '!';
    clause c = {.is_not = is_not};
    if (at[0] != '[')
        return c;
    c.names = at + 1 + is_not;
    const char *end = behind_name(c.names);
    while (end > c.names && *end == '|')
        end = behind_name(end + 1);
    if (end > c.names && *end == '?')
        c.text = end + 1 + (end[1] == ' ');
    return c;
}

static bool clause_holds(const clause *c, const mlp_call *call) {
    bool any = false;
    for (const char *at = c->names, *end = at; *end != '?' && !any; at = end + 1) {
        const word name = word_at(at);
        end = behind_name(at);
        any = holds(call, name, name.text[name.length] == '=' ? name.text + name.length + 1 : NULL);
    }
    return any != c->is_not;
}

/* Adds the text up to a bracket that closes what is not open in it, and returns where that is. */
static const char *add_text(buffer *b, const mlp_call *call, const char *at, bool is_there) {
    size_t depth = 0;
    for (; *at && (*at != ']' || depth > 0); at++) {
        const clause c = clause_at(at);
        if (c.text) {
            at = add_text(b, call, c.text, is_there && clause_holds(&c, call));
            if (!*at)
                break;
            continue;
        }
        depth += *at == '[';
        depth -= *at == ']';
        if (is_there)
            buffer_add(b, at, 1);
    }
    return at;
}

const char *mlp_formula_text(mlp_arena *arena, const char *notation, const mlp_call *call) {
    buffer b = {.arena = arena};
    buffer_text(&b, "");
    add_text(&b, call, notation, true);
    return b.failed ? NULL : b.bytes;
}
