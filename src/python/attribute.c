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
static value *find_name(script *s, const char *name, mlp_span where) {
    if (s->frame)
        for (const scope *in = &s->frame->locals; in; in = in->parent) {
            value *v = scope_find(in, name);
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
    value *v = scope_find(s->globals, name);
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

value *evaluate_name(script *s, const node *n) {
    value *v = find_name(s, n->name, n->where);
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

void name_tensor(const char *name, const value *v, mlp_name_rank rank) {
    if (v->kind == VALUE_TENSOR)
        mlp_value_name(v->as.tensor->value, name, rank);
}

/* --- attributes --- */

value *class_member(const user_class *class, const char *name) {
    value *v = NULL;
    for (; class && !v; class = class->base)
        v = scope_find(&class->members, name);
    return v;
}

static value *bind_method(script *s, const value *member, value *self) {
    value *bound = script_alloc(s, 1, sizeof *bound);
    *bound = *member;
    if (member->kind == VALUE_FUNCTION)
        bound->self = self;
    return bound;
}

/* A plain object's own attributes come before the methods of its class. */
static value *plain_attribute(script *s, value *object, const char *name) {
    value *own = scope_find(&object->as.instance->attributes, name);
    const value *member = own ? NULL : class_member(object->as.instance->class, name);
    return member ? bind_method(s, member, object) : own;
}

/* What super() finds: the base's methods, else those of nn.Module. */
static value *super_attribute(script *s, const value *super, const char *name) {
    value *member = class_member(super->as.class->base, name);
    if (member)
        return bind_method(s, member, super->self);
    const char *top = super->as.class->plain ? "object" : "Module";
    return native_value(s, script_printf(s, "%s.%s", top, name), super->self);
}

/* Of the class of torch.nn, such as ModuleList.append, or of every module. */
static value *native_method(script *s, value *object, const char *name) {
    const native *type = object->as.module->type;
    value *own =
        type
            ? native_value(s, script_printf(s, "%s.%s", strrchr(type->path, '.') + 1, name), object)
            : NULL;
    return own ? own : native_value(s, script_printf(s, "Module.%s", name), object);
}

/* Python looks into the class before nn.Module looks among parameters and submodules. */
static value *instance_attribute(script *s, value *object, const char *name) {
    value *own = module_attribute(s, object, name);
    value *member = class_member(object->as.module->class, name);
    if (member && (!own || own->kind == VALUE_MODULE || value_is_parameter(own)))
        return bind_method(s, member, object);
    if (own)
        return own;
    if (!object->as.module->class && strcmp(name, "forward") == 0)
        return object;
    return native_method(s, object, name);
}

/* The value of a path, remembered: a loop asks for the same ones again and again. */
value *path_value(script *s, const char *space, const char *name) {
    char short_path[128];
    const int length = snprintf(short_path, sizeof short_path, "%s.%s", space, name);
    value *v = length < (int)sizeof short_path ? map_find(&s->paths, short_path) : NULL;
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
static value *special_attribute(script *s, value *object, const char *name) {
    if (strcmp(name, "__class__") == 0)
        return python_type_of(s, object);
    if (strcmp(name, "__name__") != 0)
        return NULL;
    if (object->kind == VALUE_CLASS)
        return value_string(s, object->as.class->name);
    if (object->kind == VALUE_FUNCTION)
        return value_string(s, object->as.function.define->name);
    if (object->kind != VALUE_NATIVE)
        return NULL;
    const char *dot = strrchr(object->as.native->path, '.');
    return value_string(s, dot ? dot + 1 : object->as.native->path);
}

static value *method(script *s, value *object, const char *type, const char *name) {
    return native_value(s, script_printf(s, "%s.%s", type, name), object);
}

/* x.max(dim=0).values; NULL where the tuple's elements have no names, or others. */
static value *tuple_field(const value *tuple, const char *name) {
    for (size_t i = 0; tuple->as.sequence.keys && i < tuple->as.sequence.count; i++)
        if (strcmp(tuple->as.sequence.keys[i], name) == 0)
            return tuple->as.sequence.items[i];
    return NULL;
}

static value *find_attribute(script *s, value *object, const char *name) {
    value *special = special_attribute(s, object, name);
    if (special)
        return special;
    switch (object->kind) {
    case VALUE_NAMESPACE:
        return path_value(s, object->as.string, name);
    case VALUE_MODULE:
        return instance_attribute(s, object, name);
    case VALUE_INSTANCE:
        return plain_attribute(s, object, name);
    case VALUE_SUPER:
        return super_attribute(s, object, name);
    case VALUE_CLASS:
        return class_member(object->as.class, name);
    case VALUE_TENSOR:
        return tensor_attribute(s, object, name);
    case VALUE_OPTIMIZER:
        return optimizer_attribute(s, object, name);
    case VALUE_STRING:
        return method(s, object, "str", name);
    case VALUE_LIST:
        return method(s, object, "list", name);
    case VALUE_DICT:
        return method(s, object, "dict", name);
    case VALUE_NODE:
        return method(s, object, "Node", name);
    case VALUE_TUPLE:
        return tuple_field(object, name);
    case VALUE_SIZE:
        return method(s, object, "torch.Size", name);
    default:
        return NULL;
    }
}

static void consider_attributes(script *s, nearest *near, const value *object) {
    static const char *const types[VALUE_KINDS] = {
        [VALUE_TENSOR] = "Tensor", [VALUE_MODULE] = "Module",
        [VALUE_SUPER] = "Module",  [VALUE_OPTIMIZER] = "Optimizer",
        [VALUE_STRING] = "str",    [VALUE_LIST] = "list",
        [VALUE_DICT] = "dict"};
    const char *prefix = object->kind == VALUE_NAMESPACE ? object->as.string : types[object->kind];
    if (prefix)
        native_consider(s, near, prefix);
    if (object->kind == VALUE_TENSOR)
        tensor_consider(near);
    if (object->kind != VALUE_MODULE && object->kind != VALUE_INSTANCE)
        return;
    const bool plain = object->kind == VALUE_INSTANCE;
    const scope *own = plain ? &object->as.instance->attributes : &object->as.module->attributes;
    for (const binding *b = own->first; b; b = b->next)
        nearest_consider(near, b->name);
    const user_class *first = plain ? object->as.instance->class : object->as.module->class;
    for (const user_class *c = first; c; c = c->base)
        for (const binding *b = c->members.first; b; b = b->next)
            nearest_consider(near, b->name);
}

static const char *describe(script *s, const value *object) {
    switch (object->kind) {
    case VALUE_NAMESPACE:
        return object->as.string;
    case VALUE_NATIVE:
        return object->as.native->path;
    case VALUE_MODULE:
        return object->as.module->class ? object->as.module->class->name
                                        : object->as.module->type->path;
    default:
        return script_printf(s, "a value of type %s", value_type(object));
    }
}

bool is_module_class(const value *v) {
    return v->kind == VALUE_NATIVE && strcmp(v->as.native->path, "torch.nn.Module") == 0;
}

value *attribute_of(script *s, value *object, const char *name, mlp_span where) {
    value *v = find_attribute(s, object, name);
    if (v)
        return v;
    if (is_module_class(object))
        script_fail(s, where, "methods of nn.Module are called through super(): super().%s()",
                    name);
    nearest near = {.name = name};
    consider_attributes(s, &near, object);
    script_fail(s, where, "%s has no '%s', or it is not supported%s", describe(s, object), name,
                instead_of_attribute(s, object, name, &near));
}

value *evaluate_attribute(script *s, const node *n) {
    return attribute_of(s, evaluate(s, n->left), n->name, n->where);
}
