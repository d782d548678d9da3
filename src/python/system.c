#include "system.h"

#include "attempt.h"
#include "exception.h"
#include "iterate.h"
#include "note.h"
#include "run.h"

#include <errno.h>
#include <float.h>
#include <string.h>

/* --- sys.stdout and sys.stderr --- */

static const struct type output_type = {.name = "TextIOWrapper"};
static const struct type errors_type = {.name = "TextIOWrapper"};

bool system_is_output(const object *o) {
    return o->kind == OBJECT_NONE || object_is(o, &output_type);
}

bool system_is_errors(const object *o) {
    return object_is(o, &errors_type);
}

static void put(call *c, FILE *out, const char *text) {
    if (!out || !*text)
        return;
    make_way(c->script->budget, out, text);
    if (fputs(text, out) == EOF)
        call_fail(c, "cannot write the output: %s", strerror(errno));
}

void system_write(call *c, const char *text) {
    note_printed(c->script, text);
    put(c, c->script->out, text);
}

void system_write_error(call *c, const char *text) {
    put(c, c->script->errors, text);
}

static object *stream_write(call *c) {
    const object *text = c->arguments[0];
    if (system_is_errors(c->self))
        system_write_error(c, text->as.string);
    else
        system_write(c, text->as.string);
    return object_integer(c->script, (int64_t)text->as.characters);
}

/* --- the way out --- */

static object *system_exit(call *c) {
    object *code = c->arguments[0], *given = object_sequence(c->script, OBJECT_TUPLE, 0);
    if (code->kind != OBJECT_NONE) {
        given = object_sequence(c->script, OBJECT_TUPLE, 1);
        given->as.sequence.items[0] = code;
    }
    object *exit = exception_new(c->script, SYSTEM_EXIT, given);
    exception_of(exit)->where = c->where;
    exception_raise(c->script, exit);
}

bool system_exits_well(const object *o) {
    const exception *e = exception_of(o);
    const size_t count = e->arguments->as.sequence.count;
    const object *code = count == 1 ? e->arguments->as.sequence.items[0] : NULL;
    return e->class == SYSTEM_EXIT &&
           (count == 0 || (code && (code->kind == OBJECT_NONE ||
                                    (code->kind == OBJECT_INTEGER && code->as.integer == 0) ||
                                    (code->kind == OBJECT_BOOL && !code->as.boolean))));
}

/* --- */

void native_add_system(script *s) {
    static const native rows[] = {
        {.path = "TextIOWrapper.write", .signature = "text: str, /", .call = stream_write},
        {.path = "TextIOWrapper.flush", .signature = ""},
        {.path = "sys.exit", .signature = "status = None, /", .call = system_exit},
        {.path = "exit", .signature = "code = None", .call = system_exit},
        {.path = "quit", .signature = "code = None", .call = system_exit},
        {.path = "sys.setrecursionlimit", .signature = "limit: index, /"},
        {0}};
    object *argv = object_sequence(s, OBJECT_LIST, 1);
    argv->as.sequence.items[0] = object_string(s, s->name ? s->name : "");
    native_add_table(s, rows);
    native_constant(s, "sys.argv", argv);
    native_setting(s, "sys.stdout", object_extension(s, &output_type, s));
    native_setting(s, "sys.stderr", object_extension(s, &errors_type, s));
    native_constant(s, "sys.maxsize", object_integer(s, INT64_MAX));
    native_constant(s, "sys.float_info.epsilon", object_float(s, DBL_EPSILON));
    native_constant(s, "sys.float_info.max", object_float(s, DBL_MAX));
    native_constant(s, "sys.float_info.min", object_float(s, DBL_MIN));
}
