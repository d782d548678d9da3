/* repr() of modules: torch/nn/modules/module.py and the extra_repr of each class. */
#include "module.h"
#include "options.h"

#include "python/format.h"

#include <string.h>

/* --- what stands in the brackets --- */

/* None and False are not shown of what has a ? in front, nor is the usual norm of an embedding. */
static bool is_shown(call *c, const char *name, const object *v) {
    const bool is_usual = v && strcmp(name, "?norm_type") == 0 && option_exact(c, v) == 2;
    const bool is_off =
        v && (is_usual || v->kind == OBJECT_NONE || (v->kind == OBJECT_BOOL && !v->as.boolean));
    return v && (*name != '?' || !is_off);
}

/* The bias of a Linear is shown as whether there is one; before it is there, as the option is. */
static const char *option_text(call *c, const char *name, const object *o) {
    if (strcmp(name, "bias") == 0 && o->kind != OBJECT_BOOL)
        return o->kind == OBJECT_NONE ? "False" : "True";
    return o->kind == OBJECT_STRING ? format_repr(c, o) : format_str(c, o);
}

static const char *options_text(call *c, const nn_module *m) {
    const char *text = "";
    for (const char *const *shown = m->type->shown; *shown; shown++) {
        const bool alone = **shown == '=';
        const char *option = *shown + (**shown == '?' || alone);
        const object *o = module_option(m, option);
        if (is_shown(c, *shown, o))
            text = script_printf(c->script, "%s%s%s%s%s", text, *text ? ", " : "",
                                 alone ? "" : option, alone ? "" : "=", option_text(c, option, o));
    }
    return text;
}

object *module_extra_repr(call *c) {
    const nn_module *m = module_of(c->self);
    return object_string(c->script, m->type ? options_text(c, m) : "");
}

/* What the script's own extra_repr returns, else that of the class of torch.nn. */
static const char *extra_of(call *c, nn_module *m) {
    object *function = class_member(m->class, "extra_repr");
    if (!function && module_is_container(m))
        return contained_text(c, m);
    if (!function)
        return m->type ? options_text(c, m) : "";
    const object *bound = bind_method(c->script, function, module_object(c, m));
    const object *text = call_with(c, bound, NULL, 0);
    if (text->kind != OBJECT_STRING)
        call_fail(c, "extra_repr() must return a string, not a value of type %s",
                  object_type(text));
    return text->as.string;
}

/* --- the tree --- */

static void break_line(buffer *out, size_t indent) {
    buffer_text(out, "\n");
    buffer_fill(out, ' ', indent);
}

static void write_indented(const char *text, size_t indent, buffer *out) {
    for (size_t n; *text; text += n) {
        n = strcspn(text, "\n");
        buffer_add(out, text, n);
        if (text[n]) {
            break_line(out, indent);
            n++;
        }
    }
}

static void write_part(call *c, nn_module *m, size_t indent, buffer *out);

static bool has_children(const nn_module *m) {
    for (const binding *b = m->attributes.first; b; b = b->next)
        if (is_module(b->object))
            return true;
    return false;
}

static bool write_children(call *c, const nn_module *m, size_t indent, buffer *out) {
    bool any = false;
    for (const binding *b = m->attributes.first; b; b = b->next) {
        if (!is_module(b->object))
            continue;
        any = true;
        break_line(out, indent + 2);
        buffer_printf(out, "(%s): ", b->name);
        write_part(c, module_of(b->object), indent + 2, out);
    }
    return any;
}

/* Its lines stand each on its own where there are several, or parts. */
static bool write_extra(call *c, nn_module *m, size_t indent, buffer *out) {
    const char *extra = extra_of(c, m);
    const bool several = strchr(extra, '\n') || (*extra && has_children(m));
    if (several)
        break_line(out, indent + 2);
    write_indented(extra, indent + 2, out);
    return several;
}

/* (0): Linear(...), or for neighbours of the same text (0-2): 3 x Linear(...). */
static void write_neighbours(const char *text, size_t first, size_t count, size_t indent,
                             buffer *out) {
    break_line(out, indent);
    if (count == 1)
        buffer_printf(out, "(%zu): ", first);
    else
        buffer_printf(out, "(%zu-%zu): %zu x ", first, first + count - 1, count);
    write_indented(text, indent, out);
}

/* A ModuleList, whose text has none of extra_repr(). */
static void write_folded(call *c, const nn_module *m, size_t indent, buffer *out) {
    const char *last = NULL;
    size_t first = 0, count = 0;
    for (const binding *b = m->attributes.first; b; b = b->next) {
        if (!is_module(b->object))
            continue;
        const char *text = format_repr(c, b->object);
        if (last && strcmp(text, last) != 0) {
            write_neighbours(last, first, count, indent + 2, out);
            first += count;
            count = 0;
        }
        last = text;
        count++;
    }
    if (last) {
        write_neighbours(last, first, count, indent + 2, out);
        break_line(out, indent);
    }
}

static bool is_folded(const call *c, const nn_module *m) {
    return m->type && strcmp(m->type->name, "ModuleList") == 0 &&
           release_has(c, MLP_FOLDS_MODULE_LISTS);
}

static void write_parts(call *c, nn_module *m, size_t indent, buffer *out) {
    if (is_folded(c, m)) {
        write_folded(c, m, indent, out);
        return;
    }
    const bool several = write_extra(c, m, indent, out);
    if (write_children(c, m, indent, out) || several)
        break_line(out, indent);
}

static void write_part(call *c, nn_module *m, size_t indent, buffer *out) {
    script_enter(c->script, c->where, "modules");
    script_spend(c->script, c->where);
    if (!m->initialised)
        call_fail(c, "%s has no text yet: call super().__init__() in its __init__", m->class->name);
    buffer_printf(out, "%s(", m->class ? m->class->name : m->type->name);
    write_parts(c, m, indent, out);
    buffer_text(out, ")");
    script_leave(c->script);
}

void module_write(call *c, const object *self, buffer *out) {
    write_part(c, module_of(self), 0, out);
}
