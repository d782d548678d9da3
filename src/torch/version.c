/* torch.__version__: a str that is ordered by its numbers, so that 1.13 comes behind 1.9. */
#include "torch.h"

#include "python/format.h"
#include "python/native.h"

#include <string.h>

enum {
    FINAL = 3, /* behind the numbers */
    PARTS
};

/* "2.1" or "2.1.0": its numbers, 0 where there are no more; then whether it is no alpha, which comes
 * before what it leads to. */
static bool read_text(const char *text, int64_t parts[PARTS]) {
    const size_t length = strlen(text);
    parts[FINAL] = length < 2 || strcmp(text + length - 2, "a0") != 0;
    for (size_t i = 0; i < FINAL; i++) {
        const size_t digits = strspn(text, "0123456789");
        if (digits == 0 || digits > 9)
            return false;
        for (size_t k = 0; k < digits; k++)
            parts[i] = 10 * parts[i] + (*text++ - '0');
        if (!*text || (!parts[FINAL] && strcmp(text, "a0") == 0))
            return true;
        if (*text++ != '.')
            return false;
    }
    return false;
}

/* Likewise (2, 1). */
static bool read_sequence(const object *given, int64_t parts[PARTS]) {
    const size_t count = given->as.sequence.count;
    parts[FINAL] = 1;
    for (size_t i = 0; i < count && i < FINAL; i++) {
        const object *item = given->as.sequence.items[i];
        if (item->kind != OBJECT_INTEGER || item->as.integer < 0)
            return false;
        parts[i] = item->as.integer;
    }
    return count > 0 && count <= FINAL;
}

/* -1, 0 or 1; fails where PyTorch would need all the rules that versions of Python's packages have. */
static int compare(call *c, const object *a, const object *b) {
    const object *const sides[] = {a, b};
    int64_t parts[2][PARTS] = {{0}};
    for (size_t i = 0; i < 2; i++)
        if (sides[i]->kind == OBJECT_STRING ? !read_text(sides[i]->as.string, parts[i])
                                            : !read_sequence(sides[i], parts[i]))
            call_fail(c, "torch.__version__ is compared with numbers, such as '2.1' or (2, 1)");
    for (size_t i = 0; i < PARTS; i++)
        if (parts[0][i] != parts[1][i])
            return parts[0][i] < parts[1][i] ? -1 : 1;
    return 0;
}

/* What is no version, as a text without a digit, is compared as Python does. */
static bool is_comparable(const object *o) {
    return object_is_sequence(o) ||
           (o->kind == OBJECT_STRING && strpbrk(o->as.string, "0123456789"));
}

/* The orders and ==; != is that of str. */
static object *binary(call *c, operator op, object *a, object *b) {
    if (!is_comparable(a) || !is_comparable(b))
        return NULL;
    switch (op) {
    case OPERATOR_EQ:
        return object_bool(c->script, compare(c, a, b) == 0);
    case OPERATOR_LT:
        return object_bool(c->script, compare(c, a, b) < 0);
    case OPERATOR_LE:
        return object_bool(c->script, compare(c, a, b) <= 0);
    case OPERATOR_GT:
        return object_bool(c->script, compare(c, a, b) > 0);
    case OPERATOR_GE:
        return object_bool(c->script, compare(c, a, b) >= 0);
    default:
        return NULL;
    }
}

static object *class(call *c, const object *self) {
    (void)self;
    return native_member(c->script, "torch.torch_version", "TorchVersion", NULL);
}

static const struct type version_type = {.name = "str", .class = class, .binary = binary};

void add_version(call *c) {
    const mlp_release *release = &trace_of(c)->release;
    /* Debian's package of 1.13 calls itself so. */
    const bool is_alpha =
        release->build == MLP_NATIVE && release->major == 1 && release->minor == 13;
    const char *text = release->major ? script_printf(c->script, "%d.%d.0%s", release->major,
                                                      release->minor, is_alpha ? "a0" : "")
                                      : "2.6.0";
    object *version = object_string(c->script, text);
    version->type = &version_type;
    native_constant(c->script, "torch.__version__", version);
}

static object *make(call *c) {
    call_fail(c, "of the versions torch.__version__ alone is supported");
}

const native native_version[] = {{.path = "torch.torch_version.TorchVersion",
                                  .class_name = "torch.torch_version.TorchVersion",
                                  .is_type = true,
                                  .instances = &version_type,
                                  .signature = "version",
                                  .call = make},
                                 {0}};
