/* repr() of modules: torch/nn/modules/module.py and the extra_repr of each class. */
#include "python/format_write.h"

#include "python/evaluate.h"
#include "module.h"

#include <string.h>

enum {
    MOST_SHOWN = 3
};

/* The classes of torch.nn. A '?' marks what is only shown where it is True. */
static const struct {
    const char *name, *file;
    const char *shown[MOST_SHOWN + 1];
} classes[] = {{"Module", "module", {0}},
               {"Linear", "linear", {"in_features", "out_features", "bias"}},
               {"Identity", "linear", {0}},
               {"Sequential", "container", {0}},
               {"ModuleList", "container", {0}},
               {"Flatten", "flatten", {"start_dim", "end_dim"}},
               {"Dropout", "dropout", {"p", "inplace"}},
               {"ReLU", "activation", {"?inplace"}},
               {"LeakyReLU", "activation", {"negative_slope", "?inplace"}},
               {"Sigmoid", "activation", {0}},
               {"Tanh", "activation", {0}},
               {"Softmax", "activation", {"dim"}},
               {"LogSoftmax", "activation", {"dim"}},
               {"CrossEntropyLoss", "loss", {0}},
               {"NLLLoss", "loss", {0}},
               {"MSELoss", "loss", {0}},
               {"BCELoss", "loss", {0}},
               {"BCEWithLogitsLoss", "loss", {0}}};
enum {
    CLASSES = sizeof classes / sizeof *classes
};

static size_t find_class(const char *name) {
    size_t i = 0;
    while (i < CLASSES && strcmp(classes[i].name, name) != 0)
        i++;
    return i;
}

bool write_module_class(script *s, const char *path) {
    static const struct {
        const char *path, *class;
    } others[] = {{"torch.Tensor", "torch.Tensor"},
                  {"torch.Size", "torch.Size"},
                  {"torch.nn.Parameter", "torch.nn.parameter.Parameter"},
                  {"torch.optim.SGD", "torch.optim.sgd.SGD"}};
    static const char prefix[] = "torch.nn.";
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(others[i].path, path) == 0) {
            buffer_printf(&s->text, "<class '%s'>", others[i].class);
            return true;
        }
    if (strncmp(path, prefix, sizeof prefix - 1) != 0)
        return false;
    const size_t i = find_class(path + sizeof prefix - 1);
    if (i == CLASSES)
        return false;
    buffer_printf(&s->text, "<class 'torch.nn.modules.%s.%s'>", classes[i].file, classes[i].name);
    return true;
}

/* --- what stands in the brackets --- */

static bool is_shown(const char *name, const object *v) {
    return v && (*name != '?' || (v->kind == OBJECT_BOOL && v->as.boolean));
}

/* The bias of a Linear is shown as whether there is one. */
static void write_option(script *s, const char *name, const object *v) {
    buffer_printf(&s->text, "%s=", name);
    if (strcmp(name, "bias") == 0)
        buffer_text(&s->text, v->kind == OBJECT_NONE ? "False" : "True");
    else
        write_str(s, v);
}

static const char *native_extra(script *s, const nn_module *m) {
    const char *name = strrchr(m->type->path, '.') + 1;
    const size_t i = find_class(name), start = s->text.length;
    if (i == CLASSES)
        script_fail(s, s->here, "the text of a %s is not supported", name);
    for (const char *const *shown = classes[i].shown; *shown; shown++) {
        const char *option = *shown + (**shown == '?');
        const object *v = module_option(m, option);
        if (!is_shown(*shown, v))
            continue;
        if (s->text.length > start)
            buffer_text(&s->text, ", ");
        write_option(s, option, v);
    }
    return take_text(s, start);
}

/* What the script's own extra_repr returns; "" where there is none. */
static const char *own_extra(script *s, nn_module *m) {
    const object *function = NULL;
    for (const user_class *c = m->class; c && !function; c = c->base)
        function = scope_find(&c->members, "extra_repr");
    if (!function)
        return "";
    object *self = module_object(s, m);
    const object *text = call_function(s, function, self, NULL, 0, s->here);
    if (text->kind != OBJECT_STRING)
        script_fail(s, s->here, "extra_repr() must return a string, not a value of type %s",
                    object_type(text));
    return text->as.string;
}

/* --- the tree --- */

static void break_line(script *s, size_t indent) {
    buffer_text(&s->text, "\n");
    buffer_fill(&s->text, ' ', indent);
}

static void write_indented(script *s, const char *text, size_t indent) {
    for (size_t n; *text; text += n) {
        n = strcspn(text, "\n");
        buffer_add(&s->text, text, n);
        if (text[n]) {
            break_line(s, indent);
            n++;
        }
    }
}

static void write_part(script *s, nn_module *m, size_t indent);

static bool write_children(script *s, const nn_module *m, size_t indent) {
    bool any = false;
    for (const binding *b = m->attributes.first; b; b = b->next) {
        if (b->object->kind != OBJECT_MODULE)
            continue;
        any = true;
        break_line(s, indent + 2);
        buffer_printf(&s->text, "(%s): ", b->name);
        write_part(s, b->object->as.module, indent + 2);
    }
    return any;
}

static bool has_children(const nn_module *m) {
    for (const binding *b = m->attributes.first; b; b = b->next)
        if (b->object->kind == OBJECT_MODULE)
            return true;
    return false;
}

/* One line of its own is written between the brackets of a module that has no parts. */
static void write_part(script *s, nn_module *m, size_t indent) {
    script_enter(s, s->here, "modules");
    script_spend(s, s->here);
    const char *extra = m->class ? own_extra(s, m) : native_extra(s, m);
    buffer_printf(&s->text, "%s(", m->class ? m->class->name : strrchr(m->type->path, '.') + 1);
    const bool several = strchr(extra, '\n') || (*extra && has_children(m));
    if (several)
        break_line(s, indent + 2);
    write_indented(s, extra, indent + 2);
    if (write_children(s, m, indent) || several)
        break_line(s, indent);
    buffer_text(&s->text, ")");
    script_leave(s);
}

void write_module(script *s, nn_module *m) {
    write_part(s, m, 0);
}
