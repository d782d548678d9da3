#include "script.h"

#include "syntax/ast.h"
#include "evaluate.h"
#include "torch/module.h"

#include <locale.h>
#include <stdarg.h>
#include <string.h>

enum {
    BUDGET = 20 * 1000 * 1000, /* calls and turns of loops that one run may make */
    MAX_DEPTH = 400
};

void script_give_up(script *s, mlp_span where) {
    s->error->where = where;
    longjmp(s->failed, 1);
}

void script_fail(script *s, mlp_span where, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(s->error->message, sizeof s->error->message, format, arguments);
    va_end(arguments);
    script_give_up(s, where);
}

void script_out_of_memory(script *s) {
    mlp_error(s->error, "%s more memory than a run may use (%zu MiB)",
              s->reads_answers ? "the answers need" : "the script needs",
              mlp_arena_limit(s->arena) >> 20);
    script_give_up(s, s->here);
}

void script_enter(script *s, mlp_span where, const char *what) {
    if (++s->depth > MAX_DEPTH)
        script_fail(s, where, "%s are nested more than %d deep", what, MAX_DEPTH);
}

void script_leave(script *s) {
    s->depth--;
}

void script_spend(script *s, mlp_span where) {
    script_spend_on(s, where, 1);
}

void script_spend_on(script *s, mlp_span where, size_t steps) {
    if (steps > s->budget)
        script_fail(s, where,
                    "the script does too much: a run may make %d million calls and turns of loops",
                    BUDGET / 1000000);
    s->budget -= steps;
}

void script_warn(script *s, mlp_span where, const char *format, ...) {
    va_list arguments;
    mlp_warning *warning = script_alloc(s, 1, sizeof *warning);
    va_start(arguments, format);
    vsnprintf(warning->diagnostic.message, sizeof warning->diagnostic.message, format, arguments);
    va_end(arguments);
    warning->diagnostic.where = where;
    *s->next_warning = warning;
    s->next_warning = &warning->next;
}

void *script_alloc(script *s, size_t count, size_t size) {
    void *memory = mlp_arena_alloc(s->arena, count, size);
    if (!memory)
        script_out_of_memory(s);
    return memory;
}

char *script_printf(script *s, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = mlp_arena_vprintf(s->arena, format, arguments);
    va_end(arguments);
    if (!text)
        script_out_of_memory(s);
    return text;
}

char *script_copy(script *s, const char *text, size_t length) {
    char *copy = mlp_arena_copy(s->arena, text, length);
    if (!copy)
        script_out_of_memory(s);
    return copy;
}

void script_unify_newlines(script *s) {
    if (s->length == 0 || !memchr(s->source, '\r', s->length))
        return;
    char *text = script_copy(s, s->source, s->length), *to = text;
    for (size_t i = 0; i < s->length; i++)
        if (text[i] != '\r')
            *to++ = text[i];
        else if (i + 1 == s->length || text[i + 1] != '\n')
            *to++ = '\n';
    s->source = text;
    s->length = (size_t)(to - text);
}

static void run_script(script *s) {
    script_unify_newlines(s);
    s->trace = mlp_trace_new(s->arena);
    if (!s->trace)
        script_out_of_memory(s);
    mlp_generator_seed(&s->generator, UNSEEDED);
    s->next_module = &s->modules;
    s->globals = script_alloc(s, 1, sizeof *s->globals);
    scope_bind(s, s->globals, "__name__", object_string(s, "__main__"));
    execute(s, script_parse(s, s->source, s->length));
    s->here = (mlp_span){0};
    modules_name_all(s);
    if (!mlp_trace_finish(s->trace))
        script_out_of_memory(s);
}

mlp_trace *mlp_script_run(mlp_arena *arena, const char *source, size_t length,
                          const mlp_script_options *options, mlp_warning **warnings,
                          mlp_diagnostic *error) {
    mlp_warning *ignored = NULL;
    script s = {.arena = arena,
                .source = source,
                .length = length,
                .rng = options->rng,
                .dtype = options->dtype,
                .print = mlp_print_default,
                .text = {.arena = arena},
                .out = options->print,
                .budget = BUDGET,
                .error = error,
                .next_warning = warnings ? warnings : &ignored};
    *s.next_warning = NULL;
    *error = (mlp_diagnostic){0};
    if (strcmp(localeconv()->decimal_point, ".") != 0) {
        mlp_error(error, "numbers are read in the C locale only: setlocale(LC_NUMERIC, \"C\")");
        return NULL;
    }
    if (setjmp(s.failed))
        return NULL;
    run_script(&s);
    return s.trace;
}
