#include "script.h"

#include "evaluate.h"
#include "exception.h"
#include "library.h"
#include "native.h"
#include "note.h"
#include "resumable.h"
#include "run.h"
#include "system.h"

#include "syntax/ast.h"

#include <stdarg.h>
#include <string.h>

enum {
    MAX_DEPTH = 400,
    PLACE_TEXT = 2 * 21 /* two numbers and their colons */
};

void script_out_of_memory(script *s) {
    reader_out_of_memory(&s->reader);
}

void script_enter(script *s, mlp_span where, const char *what) {
    if (++s->depth > MAX_DEPTH)
        script_fail(s, where, "%s are nested more than %d deep", what, MAX_DEPTH);
    reader_check_stack(&s->reader, where, what);
}

mlp_span script_place(const script *s, mlp_span where) {
    return where.line ? where : s->reader.at;
}

void script_at(script *s, mlp_span where) {
    s->reader.at = script_place(s, where);
}

void script_check_stack(script *s, mlp_span where, const char *what) {
    reader_check_stack(&s->reader, where, what);
}

void script_leave(script *s) {
    s->depth--;
}

void script_spend(script *s, mlp_span where) {
    script_spend_on(s, where, 1);
}

void script_spend_on(script *s, mlp_span where, size_t turns) {
    if (!spend(s->budget, (double)turns * MLP_BUDGET_TURN, s->reader.error))
        script_give_up(s, where);
}

void script_work(script *s, mlp_span where, uint64_t numbers) {
    if (!spend(s->budget, (double)numbers, s->reader.error))
        script_give_up(s, where);
}

/* As Python has it, a loop is warned of the same once. */
static void add_warning(script *s, mlp_span where, const char *format, va_list list) {
    char message[sizeof(mlp_diagnostic){0}.message], key[sizeof message + PLACE_TEXT];
    vsnprintf(message, sizeof message, format, list);
    where = script_place(s, where);
    snprintf(key, sizeof key, "%zu:%zu:%s", where.line, where.column, message);
    if (map_find(&s->warned, key))
        return;
    mlp_warning *warning = script_alloc(s, 1, sizeof *warning);
    memcpy(warning->diagnostic.message, message, sizeof message);
    warning->diagnostic.where = where;
    if (!map_put(&s->warned, script_arena(s), script_copy(s, key, strlen(key)), warning))
        script_out_of_memory(s);
    *s->next_warning = warning;
    s->next_warning = &warning->next;
}

void *script_alloc(script *s, size_t count, size_t size) {
    return reader_alloc(&s->reader, count, size);
}

char *script_printf(script *s, const char *format, ...) {
    va_list list;
    va_start(list, format);
    char *text = reader_vprintf(&s->reader, format, list);
    va_end(list);
    return text;
}

char *script_copy(script *s, const char *text, size_t length) {
    return reader_copy(&s->reader, text, length);
}

char *script_join(script *s, const char *first, const char *second) {
    const size_t length = strlen(first), size = strlen(second) + 1;
    char *joined = script_alloc(s, length + size, 1);
    memcpy(joined, first, length);
    memcpy(joined + length, second, size);
    return joined;
}

mlp_arena *script_arena(script *s) {
    return s->reader.arena;
}

mlp_diagnostic *script_error(script *s) {
    return s->reader.error;
}

void *script_library_state(script *s) {
    return s->library_state;
}

void script_doubt(script *s) {
    if (s->in_doubt)
        return;
    if (s->printed)
        s->printed->doubt = s->printed_text.length;
    s->in_doubt = true;
    s->library->doubt(s);
}

bool script_is_at_top(const script *s) {
    const frame *f = s->frame;
    while (f && f->is_comprehension)
        f = f->caller;
    return !f;
}

/* --- calls, where something is asked --- */

static void tell_warning(call *c, object *text) {
    if (c->script->on_warning)
        call_positional(c, c->script->on_warning, &text, 1);
}

void call_warn_as_python(call *c, const char *format, ...) {
    va_list list;
    va_start(list, format);
    const char *text = reader_vprintf(&c->script->reader, format, list);
    va_end(list);
    call_warn(c, "%s", text);
    tell_warning(c, object_string(c->script, text));
}

void call_warn_otherwise(call *c) {
    tell_warning(c, object_none(c->script));
}

void call_warn(call *c, const char *format, ...) {
    va_list list;
    va_start(list, format);
    add_warning(c->script, c->where, format, list);
    va_end(list);
}

const char *call_text(const call *c) {
    return node_text(&c->script->reader, c->expression);
}

/* --- the run --- */

/* Each is read when the one before has been run, as whoever reads cells does. */
static void run_cell(script *s, const mlp_cell *cell) {
    s->shows = cell->shows;
    s->prompt = cell->prompt;
    execute(s, parse_cell(&s->reader, cell));
}

/* A session goes on behind a statement that raised something, with what that had done till then. A
 * notebook does not. */
static void run_of_session(script *s, const mlp_cell *cell) {
    attempt a;
    attempt_begin(s, &a, false);
    if (setjmp(s->reader.failed) == 0) {
        run_cell(s, cell);
        attempt_end(s, &a);
        return;
    }
    attempt_end(s, &a);
    if (!s->raised || !cell->next || exception_of(s->raised)->class == SYSTEM_EXIT)
        attempt_fail_on(s);
    call c = {.script = s, .where = s->reader.error->where};
    object *raised = s->raised;
    attempt_restore(s, &a);
    s->raised = NULL;
    call_warn(&c, "here the session says %s, and goes on", exception_text(&c, raised));
}

static void run_cells(script *s, const mlp_cell *cell) {
    for (; cell; cell = cell->next)
        if (cell->shows == MLP_SHOWS_NOTHING || cell->number)
            run_cell(s, cell);
        else
            run_of_session(s, cell);
}

/* They may end before their end: sys.exit() is an exception that nobody catches. */
static void run_to_exit(script *s, const mlp_cell *cells) {
    attempt a;
    attempt_begin(s, &a, false);
    if (setjmp(s->reader.failed) == 0) {
        run_cells(s, cells);
        attempt_end(s, &a);
        return;
    }
    attempt_end(s, &a);
    if (!s->raised || !system_exits_well(s->raised))
        attempt_fail_on(s);
    attempt_restore(s, &a);
    s->raised = NULL;
}

static void run(script *s, const mlp_cell *cells) {
    reader *r = &s->reader;
    call c = {.script = s};
    reader_unify_newlines(r);
    const mlp_cell whole = {.text = r->source, .length = r->length, .line = 1};
    native_add_python(s);
    s->library->add(&c);
    s->globals = script_alloc(s, 1, sizeof *s->globals);
    scope_bind(s, s->globals, "__name__", object_string(s, "__main__"));
    run_to_exit(s, cells ? cells : &whole);
    resumable_check_ended(s);
    r->at = (mlp_span){0};
    s->library->finish(&c);
    note_end(s);
}

bool script_run(const script_options *o) {
    script s = {.reader = {.arena = o->arena,
                           .source = o->source,
                           .length = o->length,
                           .needs = "the script needs",
                           .error = o->error},
                .library = o->library,
                .library_state = o->state,
                .is_python_3_12 = o->is_python_3_12,
                .name = o->name,
                .out = o->out,
                .errors = o->errors,
                .text = {.arena = o->arena},
                .printed = o->printed,
                .printed_text = {.arena = o->arena},
                .budget = o->budget,
                .next_warning = o->warnings};
    reader_limit_stack(&s.reader, o->stack);
    if (o->printed)
        *o->printed = (mlp_printed){.doubt = SIZE_MAX};
    if (setjmp(s.reader.failed))
        return false;
    run(&s, o->cells);
    return true;
}
