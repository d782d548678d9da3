/* The module time. What it measures differs from run to run: a script may take the time and subtract
 * it, but neither show what comes of it nor decide by it. Where nobody sees what is printed, as in a
 * report, it is 0 there. */
#include "native.h"
#include "note.h"
#include "run.h"
#include "type.h"

#include <math.h>

static const struct type clock_type;

_Noreturn static void refuse(call *c) {
    call_fail(c, "what time measures differs from run to run: leave it out of what is printed and "
                 "decided");
}

static object *measured(const call *c) {
    return object_extension(c->script, &clock_type, c->script);
}

static object *now(call *c) {
    return measured(c);
}

/* Nobody waits: what a script computes does not depend on it. */
static object *sleep(call *c) {
    const object *o = c->arguments[0];
    if (object_is_number(o) && object_as_number(o) < 0)
        script_raise(c->script, c->where, VALUE_ERROR, "sleep length must be non-negative");
    return object_none(c->script);
}

/* The number that its text is made of. */
static object *shown_as(call *c) {
    if (c->script->out)
        refuse(c);
    if (!note_is_asked(c->script))
        call_warn(c, "what time measures differs from run to run: it is 0 in this text, which is "
                     "not shown");
    return object_estimated(c->script, (estimate){0, (double)INFINITY});
}

static object *binary(call *c, operator op, object *a, object *b) {
    const object *other = object_is(a, &clock_type) ? b : a;
    if (op >= OPERATOR_EQ)
        refuse(c);
    return object_is_number(other) || object_is(other, &clock_type) ? measured(c) : NULL;
}

static object *itself(call *c, object *self) {
    (void)c;
    return self;
}

static bool truth(call *c, const object *self) {
    (void)self;
    refuse(c);
}

static object *number(call *c, const object *self, const char *asker) {
    (void)self;
    if (!asker)
        return NULL;
    refuse(c);
}

static object *formatted(call *c, object *self) {
    (void)self;
    return shown_as(c);
}

static void write(call *c, const object *self, buffer *out) {
    (void)self;
    note_float(c->script, "0.0", 3, object_estimate(shown_as(c)));
    buffer_text(out, "0.0");
}

static const struct type clock_type = {.name = "float",
                                       .binary = binary,
                                       .negative = itself,
                                       .positive = itself,
                                       .absolute = itself,
                                       .truth = truth,
                                       .number = number,
                                       .formatted = formatted,
                                       .write = write};

const native native_clock[] = {{.path = "time.time", .signature = "", .call = now},
                               {.path = "time.perf_counter", .signature = "", .call = now},
                               {.path = "time.monotonic", .signature = "", .call = now},
                               {.path = "time.process_time", .signature = "", .call = now},
                               {.path = "time.sleep", .signature = "secs, /", .call = sleep},
                               {0}};
