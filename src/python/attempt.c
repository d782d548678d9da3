#include "attempt.h"

#include "exception.h"
#include "run.h"

#include <stdarg.h>
#include <string.h>

/* --- what is undone --- */

void unwinding_push(script *s, unwinding *u) {
    u->outer = s->unwinding;
    s->unwinding = u;
}

void unwinding_pop(script *s) {
    s->unwinding = s->unwinding->outer;
}

/* While the stack is still there that they live on. */
static void unwind(script *s) {
    const unwinding *end = s->attempt ? s->attempt->unwinding : NULL;
    while (s->unwinding != end) {
        unwinding *u = s->unwinding;
        s->unwinding = u->outer;
        u->undo(s, u);
    }
}

static void undo_context(script *s, unwinding *u) {
    const context *entered = (context *)u;
    entered->self->type->leave(&(call){.script = s}, entered->self, entered->before);
}

void context_enter(call *c, context *entered, const object *self) {
    *entered = (context){{.undo = undo_context}, self, self->type->enter(c, self)};
    unwinding_push(c->script, &entered->unwinding);
}

void context_leave(call *c, context *entered) {
    unwinding_pop(c->script);
    entered->self->type->leave(c, entered->self, entered->before);
}

/* --- attempts --- */

void attempt_begin(script *s, attempt *a, bool is_try) {
    *a = (attempt){.outer = s->attempt,
                   .frame = s->frame,
                   .depth = s->depth,
                   .text = s->text.length,
                   .turns = s->budget->progress.turns,
                   .descent = s->descent,
                   .unwinding = s->unwinding,
                   .handled = s->handled,
                   .is_try = is_try};
    memcpy(&a->failed, &s->reader.failed, sizeof a->failed);
    s->attempt = a;
}

void attempt_end(script *s, const attempt *a) {
    memcpy(&s->reader.failed, &a->failed, sizeof a->failed);
    s->attempt = a->outer;
}

void attempt_restore(script *s, const attempt *a) {
    s->frame = a->frame;
    s->depth = a->depth;
    s->text.length = a->text;
    s->budget->progress.turns = a->turns;
    s->descent = a->descent;
    s->unwinding = a->unwinding;
    s->handled = a->handled;
    *s->reader.error = (mlp_diagnostic){0};
}

void attempt_fail_on(script *s) {
    if (!s->reader.exhausted)
        unwind(s);
    reader_give_up(&s->reader, s->reader.error->where);
}

static bool is_in_try(const script *s) {
    const attempt *a = s->attempt;
    while (a && !a->is_try)
        a = a->outer;
    return a != NULL;
}

/* --- failing --- */

void exception_raise(script *s, object *o) {
    exception *e = exception_of(o);
    if (!e->diagnostic && !is_in_try(s))
        e->diagnostic = exception_text(&(call){.script = s, .where = e->where}, o);
    if (e->diagnostic)
        mlp_error(s->reader.error, "%s", e->diagnostic);
    s->reader.error->where = script_place(s, e->where);
    s->raised = o;
    attempt_fail_on(s);
}

/* What the diagnostic of a library says is raised. */
static void take_raises(script *s) {
    char *text = s->reader.error->raises, *colon = strstr(text, ": ");
    if (!colon || s->raises)
        return;
    script_raises(s, exception_named(script_copy(s, text, (size_t)(colon - text))), "%s",
                  colon + 2);
    *text = 0;
}

/* With the message in the diagnostic. */
static _Noreturn void fail(script *s, mlp_span where) {
    object *o = s->raises;
    char *message = s->reader.error->message;
    s->reader.error->where = where = script_place(s, where);
    s->raises = NULL;
    if (o) {
        exception_of(o)->diagnostic = script_copy(s, message, strlen(message));
        exception_of(o)->where = where;
        exception_note_context(s, o);
        exception_raise(s, o);
    }
    static const char uncaught[] = " ('except' does not catch this here)";
    const size_t length = strlen(message);
    if (is_in_try(s) && length + sizeof uncaught <= sizeof s->reader.error->message)
        memcpy(message + length, uncaught, sizeof uncaught);
    s->raised = NULL;
    attempt_fail_on(s);
}

static _Noreturn void vfail(script *s, mlp_span where, const char *format, va_list list) {
    vsnprintf(s->reader.error->message, sizeof s->reader.error->message, format, list);
    fail(s, where);
}

void script_fail(script *s, mlp_span where, const char *format, ...) {
    va_list list;
    va_start(list, format);
    vfail(s, where, format, list);
}

void call_fail(call *c, const char *format, ...) {
    va_list list;
    va_start(list, format);
    vfail(c->script, c->where, format, list);
}

void script_give_up(script *s, mlp_span where) {
    take_raises(s);
    fail(s, where);
}

void call_give_up(call *c) {
    take_raises(c->script);
    fail(c->script, c->where);
}

/* --- what Python raises --- */

script *script_raises_all(script *s, raises class, object *given) {
    s->raises = exception_new(s, class, given);
    return s;
}

script *script_raises_object(script *s, raises class, object *given) {
    object *all = object_sequence(s, OBJECT_TUPLE, 1);
    all->as.sequence.items[0] = given;
    return script_raises_all(s, class, all);
}

static void vraises(script *s, raises class, const char *format, va_list list) {
    script_raises_object(s, class, object_string(s, reader_vprintf(&s->reader, format, list)));
}

script *script_raises(script *s, raises class, const char *format, ...) {
    va_list list;
    va_start(list, format);
    vraises(s, class, format, list);
    va_end(list);
    return s;
}

call *call_raises(call *c, raises class, const char *format, ...) {
    va_list list;
    va_start(list, format);
    vraises(c->script, class, format, list);
    va_end(list);
    return c;
}
