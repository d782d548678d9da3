#include "made.h"

#include "evaluate.h"
#include "run.h"

static node *parameter(script *s, const made_parameter *p) {
    node *n = script_alloc(s, 1, sizeof *n);
    n->kind = NODE_PARAMETER;
    n->parameter = p->kind;
    n->name = p->name;
    return n;
}

object *made_method(script *s, user_class *class, const char *name, made_parameter *parameters,
                    size_t count, made_call *does) {
    node *define = script_alloc(s, 1, sizeof *define);
    user_function *f = script_alloc(s, 1, sizeof *f);
    object *o = script_alloc(s, 1, sizeof *o);
    define->kind = NODE_DEFINE;
    define->name = name;
    define->count = count + 1;
    define->items = parameter(s, &(made_parameter){.name = "self"});
    f->defaults = script_alloc(s, count + 1, sizeof *f->defaults);
    node **tail = &define->items->next;
    for (size_t i = 0; i < count; i++, tail = &(*tail)->next) {
        *tail = parameter(s, &parameters[i]);
        f->defaults[i + 1] = parameters[i].fallback;
    }
    f->define = define;
    f->class = class;
    f->made = does;
    o->kind = OBJECT_FUNCTION;
    o->as.function = f;
    return o;
}

void class_annotated(call *c, user_class *class, annotated_visit *visit, void *context) {
    for (const node *n = class->body; n; n = n->next)
        if (n->kind == NODE_ANNOTATED && n->left->kind == NODE_NAME)
            visit(c, class, n->left->name, n->right, context);
}
