/* Statements. */
#include "arithmetic.h"
#include "builtins.h"
#include "evaluate.h"
#include "format.h"
#include "iterate.h"
#include "library.h"
#include "run.h"

#include <string.h>

/* How a statement ended. */
typedef enum flow {
    FLOW_ON,
    FLOW_BREAK,
    FLOW_CONTINUE,
    FLOW_RETURN
} flow;

static flow run(script *s, const node *statements, object **result);

/* --- assignment --- */

static void bind_name(script *s, const char *name, object *v) {
    const bool is_local = s->frame && !map_find(s->frame->locals.globals, name);
    scope_bind(s, is_local ? &s->frame->locals : s->globals, name, v);
}

/* How an object is named that is assigned here. */
static naming naming_here(const script *s) {
    return s->frame ? NAMED_IN_FUNCTION : NAMED_AT_TOP;
}

static void assign_name(script *s, const node *target, object *v, naming how) {
    bind_name(s, target->name, v);
    name_object(s, target->name, v, how, target->where);
}

static void assign(script *s, const node *target, object *v, naming how);

static void assign_items(script *s, const node *target, object *v, naming how) {
    if (!object_has_elements(v) && v->kind != OBJECT_ITERATOR && v->kind != OBJECT_DICT)
        script_fail(s, target->where, "a value of type %s cannot be unpacked into %zu names",
                    object_type(v), target->count);
    const object *all =
        object_is_sequence(v) ? v : iterate_all(s, v, OBJECT_TUPLE, node_span(target));
    if (all->as.sequence.count != target->count)
        script_fail(s, target->where, "%zu values cannot be unpacked into %zu names",
                    all->as.sequence.count, target->count);
    size_t i = 0;
    for (const node *item = target->items; item; item = item->next)
        assign(s, item, all->as.sequence.items[i++], how);
}

static void set_in_namespace(script *s, const object *space, const node *target, object *v) {
    const char *path = script_printf(s, "%s.%s", space->as.string, target->name);
    if (!native_is_setting(s, path))
        script_fail(s, target->where,
                    "'%s' cannot be assigned to: its functions and classes are used as they are",
                    path);
    const object *before = native_object(s, path, NULL);
    if (v->kind != before->kind)
        script_fail(s, target->where, "'%s' takes a value of type %s, not one of type %s", path,
                    object_type(before), object_type(v));
    native_set(s, path, v);
}

static void set_attribute(script *s, object *o, const node *target, object *v) {
    call c = {.script = s, .where = target->where};
    if (strcmp(target->name, "__class__") == 0 || strcmp(target->name, "__dict__") == 0)
        script_fail(s, target->where, "'%s' cannot be assigned to: make another object",
                    target->name);
    if (o->kind == OBJECT_NAMESPACE)
        set_in_namespace(s, o, target, v);
    else if (o->kind == OBJECT_INSTANCE)
        scope_bind(s, &o->as.instance->attributes, target->name, v);
    else if (o->type && o->type->set_attribute)
        o->type->set_attribute(&c, o, target->name, v);
    else
        script_fail(s, target->where, "attributes of a value of type %s cannot be assigned to",
                    object_type(o));
}

static void assign(script *s, const node *target, object *v, naming how) {
    switch (target->kind) {
    case NODE_NAME:
        assign_name(s, target, v, how);
        break;
    case NODE_ATTRIBUTE:
        set_attribute(s, evaluate(s, target->left), target, v);
        break;
    case NODE_SUBSCRIPT: {
        object *o = evaluate(s, target->left);
        subscript_assign(s, o, evaluate(s, target->right), v, node_span(target));
        break;
    }
    default:
        assign_items(s, target, v, how);
    }
}

static void run_assign(script *s, const node *n) {
    object *v = evaluate(s, n->left);
    for (const node *target = n->items; target; target = target->next)
        assign(s, target, v, naming_here(s));
}

/* Puts b behind a, in a's own buffer if there is room, or in one for more to come. */
static object *append_text(script *s, object *a, const object *b, char *own) {
    const size_t length = a->as.bytes + b->as.bytes;
    if (!own || a->as.room <= length) {
        const size_t room = 2 * length + 32;
        own = script_alloc(s, room, 1);
        memcpy(own, a->as.string, a->as.bytes);
        a = object_string(s, own);
        a->as.room = room;
    }
    memcpy(own + a->as.bytes, b->as.string, b->as.bytes + 1);
    a->as.bytes = length;
    a->as.characters += b->as.characters;
    a->as.buffer = own;
    return a;
}

/* s += text. A string that was made here, and that nobody has asked for since, is the variable's
 * alone: it grows, so that a loop of such additions takes time in proportion to the text. */
static object *add_in_place(script *s, const node *n, object *old) {
    char *own = old->kind == OBJECT_STRING ? old->as.buffer : NULL;
    if (own)
        old->as.buffer = NULL; /* it must not grow while the text behind it is computed */
    object *more = evaluate(s, n->right);
    if (n->op != OPERATOR_ADD || old->kind != OBJECT_STRING || more->kind != OBJECT_STRING)
        return python_in_place(s, n->op, old, more, node_span(n));
    s->reader.at = node_span(n);
    return append_text(s, old, more, old->as.room ? own : NULL);
}

/* The target is evaluated once: x.a += 1 looks x up a single time. */
static void run_augment(script *s, const node *n) {
    const node *target = n->left;
    const mlp_span where = node_span(n);
    if (target->kind == NODE_NAME) {
        object *old = evaluate_name(s, target);
        object *fresh = add_in_place(s, n, old);
        /* What changed in place has its name already, by which it is known elsewhere too. */
        assign_name(s, target, fresh, fresh == old ? NAMED_IN_PASSING : naming_here(s));
        return;
    }
    object *o = evaluate(s, target->left);
    if (target->kind == NODE_ATTRIBUTE) {
        object *old = attribute_of(s, o, target->name, target->where);
        object *fresh = python_in_place(s, n->op, old, evaluate(s, n->right), where);
        set_attribute(s, o, target, fresh);
        return;
    }
    object *index = evaluate(s, target->right);
    if (o->type && o->type->augment) {
        call c = {.script = s, .where = node_span(target)};
        o->type->augment(&c, n->op, o, index, evaluate(s, n->right));
        return;
    }
    object *old = subscript_of(s, o, index, node_span(target));
    object *fresh = python_in_place(s, n->op, old, evaluate(s, n->right), where);
    subscript_assign(s, o, index, fresh, node_span(target));
}

static void run_delete(script *s, const node *n) {
    for (const node *target = n->items; target; target = target->next) {
        evaluate_name(s, target); /* it must be there */
        const bool is_local = s->frame && !map_find(s->frame->locals.globals, target->name);
        if (!scope_find(is_local ? &s->frame->locals : s->globals, target->name))
            script_fail(s, target->where, "'%s' is Python's own: it cannot be deleted",
                        target->name);
        bind_name(s, target->name, NULL);
    }
}

/* --- definitions --- */

/* What can stand in `with`, and behind an @. */
static const object *context(script *s, const node *n, const char *refusal) {
    const object *o = evaluate(s, n);
    if (!o->type || !o->type->enter)
        script_fail(s, node_span(n), "%s", refusal);
    return o;
}

static const object *decorator(script *s, const node *n) {
    return context(
        s, n,
        script_printf(s, "decorators are outside the subset, %s", s->library->words.decorators));
}

static bool is_generic(const node *n) {
    return n->kind == NODE_SUBSCRIPT && n->left->kind == NODE_NAME &&
           (strcmp(n->left->name, "list") == 0 || strcmp(n->left->name, "tuple") == 0 ||
            strcmp(n->left->name, "dict") == 0 || strcmp(n->left->name, "type") == 0);
}

/* Python evaluates an annotation and forgets it. Of list[int] this looks at what is inside. */
static void check_annotation(script *s, const node *n) {
    if (!n)
        return;
    if (is_generic(n)) {
        check_annotation(s, n->right);
    } else if (n->kind == NODE_TUPLE || n->kind == NODE_LIST) {
        for (const node *item = n->items; item; item = item->next)
            check_annotation(s, item);
    } else {
        evaluate(s, n);
    }
}

static object *new_function(script *s, const node *define, user_class *class) {
    object *v = script_alloc(s, 1, sizeof *v);
    v->kind = OBJECT_FUNCTION;
    v->as.function.define = define;
    v->as.function.class = class;
    v->as.function.mode = define->left ? decorator(s, define->left) : NULL;
    v->as.function.scope = s->frame ? &s->frame->locals : NULL;
    v->as.function.defaults = script_alloc(s, define->count, sizeof(object *));
    size_t i = 0;
    for (const node *p = define->items; p; p = p->next, i++)
        v->as.function.defaults[i] = p->left ? evaluate(s, p->left) : NULL;
    for (const node *p = define->items; p; p = p->next)
        check_annotation(s, p->right);
    check_annotation(s, define->right);
    return v;
}

static bool is_special(const char *name) {
    const size_t n = strlen(name);
    return n > 4 && strncmp(name, "__", 2) == 0 && strcmp(name + n - 2, "__") == 0 &&
           strcmp(name, "__init__") != 0;
}

static bool is_string(const node *n) {
    return n->kind == NODE_CONSTANT && n->literal.kind == LITERAL_STRING;
}

/* A class of the script, one of a library's that allows it, or object, which is the same as
 * nothing. */
static void set_base(script *s, user_class *class, const node *n) {
    if (!n || (n->kind == NODE_NAME && strcmp(n->name, "object") == 0))
        return;
    const object *base = evaluate(s, n);
    if (base->kind == OBJECT_CLASS) {
        class->base = base->as.class;
        class->native = class->base->native;
    } else if (base->kind == OBJECT_NATIVE && base->as.native->root) {
        class->native = base->as.native;
    } else {
        script_fail(s, n->where,
                    "a class can only derive from %s, from a class that does, or from nothing",
                    s->library->base);
    }
    class->root = class->native ? class->native->root : NULL;
}

static void define_class(script *s, const node *n) {
    user_class *class = script_alloc(s, 1, sizeof *class);
    class->name = n->name;
    set_base(s, class, n->left);
    for (const node *member = n->body; member; member = member->next) {
        if (member->kind == NODE_DEFINE && is_special(member->name))
            script_fail(s, member->where,
                        "'%s' is outside the subset: of the methods that Python calls by "
                        "itself only __init__ is supported",
                        member->name);
        if (member->kind == NODE_DEFINE)
            scope_bind(s, &class->members, member->name, new_function(s, member, class));
        else if (member->kind != NODE_PASS &&
                 !(member->kind == NODE_EXPRESSION && is_string(member->left)))
            script_fail(s, member->where,
                        "only methods may stand in a class: assign attributes "
                        "in __init__");
    }
    object *v = script_alloc(s, 1, sizeof *v);
    v->kind = OBJECT_CLASS;
    v->as.class = class;
    bind_name(s, n->name, v);
}

/* --- imports --- */

static _Noreturn void refuse_import(script *s, const node *n, const char *path) {
    const char *instead = s->library->instead_of_import(path);
    script_fail(s, n->where, "'%s' is outside the subset: %s", path,
                instead ? instead : s->library->imports);
}

static bool is_one_of(const char *const *roots, const char *path) {
    const size_t length = strcspn(path, ".");
    for (; *roots; roots++)
        if (strlen(*roots) == length && strncmp(path, *roots, length) == 0)
            return true;
    return false;
}

static bool is_importable(const script *s, const char *path) {
    static const char *const own[] = {"math", "collections", NULL};
    return is_one_of(own, path) || is_one_of(s->library->roots, path);
}

static bool is_module(const script *s, const char *path, const object *v) {
    for (const char *const *other = s->library->instances; *other; other++)
        if (strcmp(*other, path) == 0)
            return false;
    return v && v->kind == OBJECT_NAMESPACE;
}

/* What comes before a dot must be a module: nothing is imported out of a class. */
static object *import_value(script *s, const char *path) {
    const char *dot = strrchr(path, '.');
    if (!dot)
        return native_object(s, path, NULL);
    const char *around = script_copy(s, path, (size_t)(dot - path));
    const object *space = native_object(s, around, NULL);
    return is_module(s, around, space) ? native_member(s, around, dot + 1, NULL) : NULL;
}

static object *import(script *s, const node *n, const char *path) {
    if (!is_importable(s, path))
        refuse_import(s, n, path);
    object *v = import_value(s, path);
    if (!v) {
        const char *dot = strrchr(path, '.');
        nearest near = {.name = dot ? dot + 1 : path};
        if (dot)
            native_consider(s, &near, script_copy(s, path, (size_t)(dot - path)));
        script_fail(s, n->where, "'%s' is not supported%s", path, path_hint(s, path, &near));
    }
    return v;
}

/* Without a name it is the first part of the path that is bound. */
static void run_import(script *s, const node *n) {
    const char *root = script_copy(s, n->path, strcspn(n->path, "."));
    const char *dot = strrchr(n->path, '.');
    object *v = import(s, n, n->path);
    if (!is_module(s, n->path, v))
        script_fail(s, n->where, "'%s' is no module: write from %s import %s", n->path,
                    script_copy(s, n->path, (size_t)(dot - n->path)), dot + 1);
    bind_name(s, n->name ? n->name : root, n->name ? v : import(s, n, root));
}

/* --- blocks --- */

static flow run_if(script *s, const node *n, object **result) {
    for (const node *branch = n->items; branch; branch = branch->next)
        if (!branch->test || python_truth(s, evaluate(s, branch->test), node_span(branch->test)))
            return run(s, branch->body, result);
    return FLOW_ON;
}

static flow run_for(script *s, const node *n, object **result) {
    const mlp_span where = node_span(n->right);
    object *it = iterate(s, evaluate(s, n->right), where);
    for (object *item; (item = iterate_next(s, it, where));) {
        assign(s, n->left, item, NAMED_IN_PASSING); /* a passing name for what has another */
        const flow end = run(s, n->body, result);
        if (end == FLOW_BREAK)
            return FLOW_ON;
        if (end == FLOW_RETURN)
            return end;
    }
    return run(s, n->otherwise, result);
}

static flow run_with(script *s, const node *n, object **result) {
    call c = {.script = s, .where = node_span(n->left)};
    const object *o = context(s, n->left, s->library->with);
    const bool before = o->type->enter(&c, o);
    const flow end = run(s, n->body, result);
    o->type->leave(&c, o, before);
    return end;
}

static void run_assert(script *s, const node *n) {
    if (python_truth(s, evaluate(s, n->test), node_span(n->test)))
        return;
    if (!n->right)
        script_fail(s, node_span(n), "AssertionError");
    call c = {.script = s, .where = node_span(n)};
    script_fail(s, c.where, "AssertionError: %s", format_str(&c, evaluate(s, n->right)));
}

/* --- */

static flow run_compound(script *s, const node *n, object **result) {
    script_enter(s, n->where, "blocks");
    const flow end = n->kind == NODE_IF    ? run_if(s, n, result)
                     : n->kind == NODE_FOR ? run_for(s, n, result)
                                           : run_with(s, n, result);
    script_leave(s);
    return end;
}

static void run_simple(script *s, const node *n) {
    switch (n->kind) {
    case NODE_EXPRESSION: {
        const object *o = evaluate(s, n->left);
        call c = {.script = s, .where = node_span(n->left)};
        if (n->left->kind == NODE_NAME || n->left->kind == NODE_ATTRIBUTE)
            python_show(&c, o); /* as a notebook does */
        break;
    }
    case NODE_ASSIGN:
        run_assign(s, n);
        break;
    case NODE_AUGMENT:
        run_augment(s, n);
        break;
    case NODE_ASSERT:
        run_assert(s, n);
        break;
    case NODE_DELETE:
        run_delete(s, n);
        break;
    case NODE_DEFINE:
        bind_name(s, n->name, new_function(s, n, NULL));
        break;
    case NODE_CLASS:
        define_class(s, n);
        break;
    case NODE_IMPORT:
        run_import(s, n);
        break;
    case NODE_FROM:
        for (const node *item = n->items; item; item = item->next)
            bind_name(s, item->name, import(s, item, item->path));
        break;
    default: /* pass */
        break;
    }
}

static flow run_statement(script *s, const node *n, object **result) {
    s->reader.at = n->where;
    switch (n->kind) {
    case NODE_RETURN:
        *result = n->left ? evaluate(s, n->left) : object_none(s);
        return FLOW_RETURN;
    case NODE_BREAK:
        return FLOW_BREAK;
    case NODE_CONTINUE:
        return FLOW_CONTINUE;
    case NODE_IF:
    case NODE_FOR:
    case NODE_WITH:
        return run_compound(s, n, result);
    default:
        run_simple(s, n);
        return FLOW_ON;
    }
}

static flow run(script *s, const node *statements, object **result) {
    for (const node *n = statements; n; n = n->next) {
        const flow end = run_statement(s, n, result);
        if (end != FLOW_ON)
            return end;
    }
    return FLOW_ON;
}

object *execute(script *s, const node *statements) {
    object *result = object_none(s);
    run(s, statements, &result);
    return result;
}
