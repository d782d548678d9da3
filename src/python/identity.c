#include "identity.h"

#include "dict.h"
#include "evaluate.h"
#include "native.h"
#include "run.h"
#include "special.h"

static const struct type identity_type;

bool identity_bits(const object *o, uint64_t *bits) {
    if (!object_is(o, &identity_type))
        return false;
    *bits = *(const uint64_t *)o->as.data;
    return true;
}

/* Equal ones are one object, so that they are one key of a dict. */
object *identity_number(call *c, uint64_t bits) {
    script *s = c->script;
    const char *key = script_printf(s, "%llx", (unsigned long long)bits);
    object *o = map_find(&s->identities, key);
    if (o)
        return o;
    uint64_t *kept = script_alloc(s, 1, sizeof *kept);
    *kept = bits;
    o = object_extension(s, &identity_type, kept);
    if (!map_put(&s->identities, script_arena(s), key, o))
        script_out_of_memory(s);
    return o;
}

/* --- what may be done with them --- */

_Noreturn static void refuse(call *c) {
    call_fail(c, "such a number differs from run to run: compare it with ==, or leave "
                 "it out");
}

static uint64_t mixed(call *c, operator op, const object *o) {
    uint64_t bits = 0;
    if (o->kind == OBJECT_INTEGER)
        return (uint64_t)o->as.integer;
    if (!identity_bits(o, &bits) || op != OPERATOR_XOR)
        refuse(c);
    return bits;
}

/* A hash is often put together of others by ^. */
static object *binary(call *c, operator op, object *a, object *b) {
    if (op == OPERATOR_EQ || op == OPERATOR_NE)
        return object_bool(c->script, (a == b) == (op == OPERATOR_EQ));
    const uint64_t x = mixed(c, op, a), y = mixed(c, op, b);
    return identity_number(c, x ^ y);
}

static object *number(call *c, const object *self, const char *asker) {
    (void)self;
    if (!asker)
        return NULL;
    refuse(c);
}

static object *formatted(call *c, object *self) {
    (void)self;
    refuse(c);
}

static void write(call *c, const object *self, buffer *out) {
    (void)self;
    (void)out;
    refuse(c);
}

static const struct type identity_type = {.name = "int",
                                          .binary = binary,
                                          .number = number,
                                          .formatted = formatted,
                                          .write = write};

/* --- id and hash --- */

/* CPython gives a new object the place of one that nothing refers to any more: id() of what is made
 * for it alone may equal any other. What has a name is found again. */
static bool is_kept(call *c) {
    const node *n = c->expression, *given = n && n->kind == NODE_CALL ? n->items : NULL;
    if (!given || given->kind == NODE_NAME || given->kind == NODE_CONSTANT ||
        given->kind == NODE_STAR)
        return true;
    if (given->kind != NODE_ATTRIBUTE && given->kind != NODE_SUBSCRIPT)
        return false;
    return object_identity(c->arguments[0]) == object_identity(evaluate(c->script, given));
}

static object *python_id(call *c) {
    const object *o = c->arguments[0];
    if (o->kind == OBJECT_INTEGER || o->kind == OBJECT_FLOAT || o->kind == OBJECT_STRING ||
        o->kind == OBJECT_TUPLE)
        call_fail(c, "id() of a value of type %s depends on how Python stores it: compare with ==",
                  object_type(o));
    if (!is_kept(c))
        call_fail(c, "id() of an object that is made for it alone may equal any other: give the "
                     "object a name first");
    return identity_number(c, object_identity(o));
}

static object *python_hash(call *c) {
    object *o = c->arguments[0];
    object *own = object_class(o) && !special_is_unhashable(o)
                      ? special_call(c, o, "__hash__", NULL, 0)
                      : NULL;
    if (own && own->kind == OBJECT_INTEGER)
        return own->as.integer == -1 ? object_integer(c->script, -2) : own;
    const uint64_t hash = object_hash(c->script, o, c->where);
    return object_hash_is_known(o) ? object_integer(c->script, (int64_t)hash)
                                   : identity_number(c, hash);
}

const native native_identity[] = {{.path = "id", .signature = "obj, /", .call = python_id},
                                  {.path = "hash", .signature = "obj, /", .call = python_hash},
                                  {0}};
