#include "tuples.h"

#include "python/format.h"

#include <string.h>

/* --- torch.Size --- */

static void write_size(call *c, const object *self, buffer *out) {
    buffer_text(out, "torch.Size([");
    for (size_t i = 0; i < self->as.sequence.count; i++) {
        if (i)
            buffer_text(out, ", ");
        write_repr(c, self->as.sequence.items[i]);
    }
    buffer_text(out, "])");
}

static object *size_class(call *c, const object *self) {
    (void)self;
    return native_member(c->script, "torch", "Size", NULL);
}

static const struct type size_type = {.name = "torch.Size",
                                      .is_closed = true,
                                      .class = size_class,
                                      .write = write_size};

object *size_object(call *c, size_t ndim, const size_t *shape) {
    object *o = object_sequence(c->script, OBJECT_TUPLE, ndim);
    o->type = &size_type;
    for (size_t i = 0; i < ndim; i++)
        o->as.sequence.items[i] = object_integer(c->script, (int64_t)shape[i]);
    return o;
}

/* --- elements with names --- */

/* x.max(dim=0).values */
static object *field(call *c, object *self, const char *name) {
    (void)c;
    for (size_t i = 0; i < self->as.sequence.count; i++)
        if (strcmp(self->as.sequence.names[i], name) == 0)
            return self->as.sequence.items[i];
    return NULL;
}

static object *pair(call *c, const struct type *type, const char *const names[2], object *first,
                    object *second) {
    object *o = object_sequence(c->script, OBJECT_TUPLE, 2);
    o->type = type;
    o->as.sequence.names = script_alloc(c->script, 2, sizeof(char *));
    memcpy(o->as.sequence.names, names, 2 * sizeof *names);
    o->as.sequence.items[0] = first;
    o->as.sequence.items[1] = second;
    return o;
}

/* torch.return_types.max(values=..., indices=...) */
static void write_fields(call *c, const object *self, buffer *out) {
    buffer_printf(out, "torch.return_types.%s(", self->as.sequence.label);
    for (size_t i = 0; i < self->as.sequence.count; i++) {
        buffer_printf(out, "%s\n%s=", i ? "," : "", self->as.sequence.names[i]);
        write_repr(c, self->as.sequence.items[i]);
    }
    buffer_text(out, ")");
}

static const struct type fields_type = {.name = "tuple", .attribute = field, .write = write_fields};

object *return_type(call *c, const char *label, const char *const names[2], object *first,
                    object *second) {
    object *o = pair(c, &fields_type, names, first, second);
    o->as.sequence.label = label;
    return o;
}

object *return_type_of(call *c, const char *label, const char *const *names, object *const *items,
                       size_t count) {
    object *o = object_sequence(c->script, OBJECT_TUPLE, count);
    o->type = &fields_type;
    o->as.sequence.label = label;
    o->as.sequence.names = script_alloc(c->script, count, sizeof(char *));
    for (size_t i = 0; i < count; i++) {
        o->as.sequence.names[i] = names[i];
        o->as.sequence.items[i] = items[i];
    }
    return o;
}

static void write_keys(call *c, const object *self, buffer *out) {
    object *const *lists = self->as.sequence.items;
    if (lists[0]->as.sequence.count == 0 && lists[1]->as.sequence.count == 0) {
        buffer_text(out, "<All keys matched successfully>");
        return;
    }
    buffer_text(out, "_IncompatibleKeys(");
    for (size_t i = 0; i < 2; i++) {
        buffer_printf(out, "%s%s=", i ? ", " : "", self->as.sequence.names[i]);
        write_repr(c, lists[i]);
    }
    buffer_text(out, ")");
}

object *incompatible_keys(call *c, object *missing, object *unexpected) {
    static const struct type type = {.name = "tuple", .attribute = field, .write = write_keys};
    static const char *const names[] = {"missing_keys", "unexpected_keys"};
    return pair(c, &type, names, missing, unexpected);
}
