/* What names and attributes stand for. */
#include "evaluate.h"

#include "builtins.h"
#include "torch/instead.h"
#include "torch/module.h"
#include "torch/optim.h"
#include "torch/tensor.h"

#include <stdio.h>
#include <string.h>

/* --- names --- */

/* Fails where the name is assigned in a function that has not come to it yet. */
static object *find_name(script *s, const char *name, mlp_span where) {
    if (s->frame)
        for (const scope *in = &s->frame->locals; in; in = in->parent) {
            object *v = scope_find(in, name);
            if (v)
                return v;
            if (in->globals && map_find(in->globals, name))
                break;
            if (map_find(in->assigned, name))
                script_fail(s, where,
                            "'%s' is used before it is assigned: what a function assigns "
                            "anywhere is its own everywhere",
                            name);
        }
    object *v = scope_find(s->globals, name);
    if (v)
        return v;
    for (const native *row = native_python; row->path; row++)
        if (strcmp(row->path, name) == 0)
            return native_value(s, name, NULL);
    return NULL;
}

/* Python's own functions that are left out, by name. */
static void refuse_builtin(script *s, const node *n) {
    static const struct {
        const char *name, *instead;
    } outside[] = {{"map", "write a for loop that append()s to a list"},
                   {"filter", "write a for loop that append()s to a list"},
                   {"input", "write the value into the script"},
                   {"open", "write the numbers into the script"},
                   {"iter", "write a for loop"},
                   {"next", "write a for loop and leave it with break"},
                   {"set", "write a list"},
                   {"dict", "write {'key': value}"},
                   {"any", "write a for loop"},
                   {"all", "write a for loop"},
                   {"pow", "write a ** b"},
                   {"divmod", "write a // b and a % b"},
                   {"getattr", "write object.name"},
                   {"setattr", "write object.name = value"},
                   {"hasattr", "write the branch that runs"},
                   {"callable", "write the branch that runs"},
                   {"eval", "write the expression itself"},
                   {"exec", "write the statements themselves"},
                   {"id", "compare with 'is'"},
                   {"vars", "write the values out"},
                   {"dir", "write the names out"},
                   {"object", "derive from nn.Module"},
                   {"property", "write a method and call it"},
                   {"staticmethod", "write a def outside the class"},
                   {"classmethod", "write a def outside the class"},
                   {"exit", "let the script end"},
                   {"quit", "let the script end"}};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        if (strcmp(n->name, outside[i].name) == 0)
            script_fail(s, n->where, "'%s' is outside the subset: %s", n->name, outside[i].instead);
}

object *evaluate_name(script *s, const node *n) {
    object *v = find_name(s, n->name, n->where);
    if (v)
        return v;
    nearest near = {.name = n->name};
    for (const scope *in = s->frame ? &s->frame->locals : NULL; in; in = in->parent)
        for (const binding *b = in->first; b; b = b->next)
            nearest_consider(&near, b->name);
    for (const binding *b = s->globals->first; b; b = b->next)
        nearest_consider(&near, b->name);
    for (const native *row = native_python; row->path; row++)
        nearest_consider(&near, row->path);
    refuse_builtin(s, n);
    script_fail(s, n->where, "name '%s' is not defined%s", n->name, nearest_hint(s, &near));
}

void name_tensor(const char *name, const object *v, mlp_name_rank rank) {
    if (v->kind == OBJECT_TENSOR)
        mlp_value_name(v->as.tensor->value, name, rank);
}

/* --- attributes --- */

object *class_member(const user_class *class, const char *name) {
    object *v = NULL;
    for (; class && !v; class = class->base)
        v = scope_find(&class->members, name);
    return v;
}

static object *bind_method(script *s, const object *member, object *self) {
    object *bound = script_alloc(s, 1, sizeof *bound);
    *bound = *member;
    if (member->kind == OBJECT_FUNCTION)
        bound->self = self;
    return bound;
}

/* A plain object's own attributes come before the methods of its class. */
static object *plain_attribute(script *s, object *o, const char *name) {
    object *own = scope_find(&o->as.instance->attributes, name);
    const object *member = own ? NULL : class_member(o->as.instance->class, name);
    return member ? bind_method(s, member, o) : own;
}

/* What super() finds: the base's methods, else those of nn.Module. */
static object *super_attribute(script *s, const object *super, const char *name) {
    object *member = class_member(super->as.class->base, name);
    if (member)
        return bind_method(s, member, super->self);
    const char *top = super->as.class->plain ? "object" : "Module";
    return native_value(s, script_printf(s, "%s.%s", top, name), super->self);
}

/* Of the class of torch.nn, such as ModuleList.append, or of every module. */
static object *native_method(script *s, object *o, const char *name) {
    const native *type = o->as.module->type;
    object *own =
        type ? native_value(s, script_printf(s, "%s.%s", strrchr(type->path, '.') + 1, name), o)
             : NULL;
    return own ? own : native_value(s, script_printf(s, "Module.%s", name), o);
}

/* Python looks into the class before nn.Module looks among parameters and submodules. */
static object *instance_attribute(script *s, object *o, const char *name) {
    object *own = module_attribute(s, o, name);
    object *member = class_member(o->as.module->class, name);
    if (member && (!own || own->kind == OBJECT_MODULE || is_parameter(own)))
        return bind_method(s, member, o);
    if (own)
        return own;
    if (!o->as.module->class && strcmp(name, "forward") == 0)
        return o;
    return native_method(s, o, name);
}

/* The value of a path, remembered: a loop asks for the same ones again and again. */
object *path_value(script *s, const char *space, const char *name) {
    char short_path[128];
    const int length = snprintf(short_path, sizeof short_path, "%s.%s", space, name);
    object *v = length < (int)sizeof short_path ? map_find(&s->paths, short_path) : NULL;
    if (v)
        return v;
    const char *path = script_printf(s, "%s.%s", space, name);
    v = math_constant(s, path);
    v = v ? v : native_value(s, path, NULL);
    if (v && !map_put(&s->paths, s->arena, path, v))
        script_out_of_memory(s);
    return v;
}

/* What every object has. */
static object *special_attribute(script *s, object *o, const char *name) {
    if (strcmp(name, "__class__") == 0)
        return python_type_of(s, o);
    if (strcmp(name, "__name__") != 0)
        return NULL;
    if (o->kind == OBJECT_CLASS)
        return object_string(s, o->as.class->name);
    if (o->kind == OBJECT_FUNCTION)
        return object_string(s, o->as.function.define->name);
    if (o->kind != OBJECT_NATIVE)
        return NULL;
    const char *dot = strrchr(o->as.native->path, '.');
    return object_string(s, dot ? dot + 1 : o->as.native->path);
}

static object *method(script *s, object *o, const char *type, const char *name) {
    return native_value(s, script_printf(s, "%s.%s", type, name), o);
}

/* x.max(dim=0).values; NULL where the tuple's elements have no names, or others. */
static object *tuple_field(const object *tuple, const char *name) {
    for (size_t i = 0; tuple->as.sequence.keys && i < tuple->as.sequence.count; i++)
        if (strcmp(tuple->as.sequence.keys[i], name) == 0)
            return tuple->as.sequence.items[i];
    return NULL;
}

static object *find_attribute(script *s, object *o, const char *name) {
    object *special = special_attribute(s, o, name);
    if (special)
        return special;
    switch (o->kind) {
    case OBJECT_NAMESPACE:
        return path_value(s, o->as.string, name);
    case OBJECT_MODULE:
        return instance_attribute(s, o, name);
    case OBJECT_INSTANCE:
        return plain_attribute(s, o, name);
    case OBJECT_SUPER:
        return super_attribute(s, o, name);
    case OBJECT_CLASS:
        return class_member(o->as.class, name);
    case OBJECT_TENSOR:
        return tensor_attribute(s, o, name);
    case OBJECT_OPTIMIZER:
        return optimizer_attribute(s, o, name);
    case OBJECT_STRING:
        return method(s, o, "str", name);
    case OBJECT_LIST:
        return method(s, o, "list", name);
    case OBJECT_DICT:
        return method(s, o, "dict", name);
    case OBJECT_NODE:
        return method(s, o, "Node", name);
    case OBJECT_TUPLE:
        return tuple_field(o, name);
    case OBJECT_SIZE:
        return method(s, o, "torch.Size", name);
    default:
        return NULL;
    }
}

static void consider_attributes(script *s, nearest *near, const object *o) {
    static const char *const types[OBJECT_KINDS] = {
        [OBJECT_TENSOR] = "Tensor", [OBJECT_MODULE] = "Module",
        [OBJECT_SUPER] = "Module",  [OBJECT_OPTIMIZER] = "Optimizer",
        [OBJECT_STRING] = "str",    [OBJECT_LIST] = "list",
        [OBJECT_DICT] = "dict"};
    const char *prefix = o->kind == OBJECT_NAMESPACE ? o->as.string : types[o->kind];
    if (prefix)
        native_consider(s, near, prefix);
    if (o->kind == OBJECT_TENSOR)
        tensor_consider(near);
    if (o->kind != OBJECT_MODULE && o->kind != OBJECT_INSTANCE)
        return;
    const bool plain = o->kind == OBJECT_INSTANCE;
    const scope *own = plain ? &o->as.instance->attributes : &o->as.module->attributes;
    for (const binding *b = own->first; b; b = b->next)
        nearest_consider(near, b->name);
    const user_class *first = plain ? o->as.instance->class : o->as.module->class;
    for (const user_class *c = first; c; c = c->base)
        for (const binding *b = c->members.first; b; b = b->next)
            nearest_consider(near, b->name);
}

static const char *describe(script *s, const object *o) {
    switch (o->kind) {
    case OBJECT_NAMESPACE:
        return o->as.string;
    case OBJECT_NATIVE:
        return o->as.native->path;
    case OBJECT_MODULE:
        return o->as.module->class ? o->as.module->class->name : o->as.module->type->path;
    default:
        return script_printf(s, "a value of type %s", object_type(o));
    }
}

bool is_module_class(const object *v) {
    return v->kind == OBJECT_NATIVE && strcmp(v->as.native->path, "torch.nn.Module") == 0;
}

object *attribute_of(script *s, object *o, const char *name, mlp_span where) {
    object *v = find_attribute(s, o, name);
    if (v)
        return v;
    if (is_module_class(o))
        script_fail(s, where, "methods of nn.Module are called through super(): super().%s()",
                    name);
    nearest near = {.name = name};
    consider_attributes(s, &near, o);
    script_fail(s, where, "%s has no '%s', or it is not supported%s", describe(s, o), name,
                instead_of_attribute(s, o, name, &near));
}

object *evaluate_attribute(script *s, const node *n) {
    return attribute_of(s, evaluate(s, n->left), n->name, n->where);
}
