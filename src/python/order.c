#include "order.h"

#include "iterate.h"
#include "native.h"
#include "run.h"

#include <string.h>

user_class *order_next(const user_class *class, const user_class *at) {
    size_t i = 0;
    if (!class->order)
        return at->base;
    while (class->order[i] != at)
        i++;
    return class->order[i + 1];
}

/* Classes in their order, of which the first have been taken. */
typedef struct {
    user_class **classes; /* ended by NULL */
} line;

/* From the class on, or from its base on. */
static line line_of(script *s, user_class *class) {
    size_t count = 0;
    for (user_class *in = class; in; in = order_next(class, in))
        count++;
    user_class **classes = script_alloc(s, count + 1, sizeof(user_class *));
    size_t i = 0;
    for (user_class *in = class; in; in = order_next(class, in))
        classes[i++] = in;
    return (line){classes};
}

static bool is_behind(const line *l, const user_class *class) {
    for (user_class *const *in = l->classes; *in; in++)
        if (in > l->classes && *in == class)
            return true;
    return false;
}

/* The first of a line that no line has behind its own first. */
static user_class *first_of(const line *lines, size_t count) {
    for (size_t i = 0; i < count; i++) {
        user_class *class = *lines[i].classes;
        bool is_free = class != NULL;
        for (size_t k = 0; k < count && is_free; k++)
            is_free = !is_behind(&lines[k], class);
        if (is_free)
            return class;
    }
    return NULL;
}

static bool is_over(const line *lines, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (*lines[i].classes)
            return false;
    return true;
}

/* In the words of CPython, which names the first of each line once. */
_Noreturn static void refuse(script *s, const line *lines, size_t count, mlp_span where) {
    const char *names = "";
    for (size_t i = 0; i < count; i++) {
        const char *name = *lines[i].classes ? (*lines[i].classes)->name
                           : i + 1 < count   ? "object"
                                             : NULL;
        bool is_new = name != NULL;
        for (size_t k = 0; k < i; k++)
            is_new = is_new && *lines[k].classes != *lines[i].classes;
        if (is_new)
            names = script_printf(s, "%s%s%s", names, *names ? ", " : "", name);
    }
    script_fail(script_raises(s, TYPE_ERROR,
                              "Cannot create a consistent method resolution\norder (MRO) for "
                              "bases %s",
                              names),
                where, "the bases %s have no order: write those that derive from others first",
                names);
}

/* The order C3 (Barrett and others, OOPSLA 1996), as Python has it: that of every base, and that of
 * the bases. */
void order_set(script *s, user_class *class, user_class **bases, size_t count, mlp_span where) {
    class->base = count ? bases[0] : NULL;
    if (count == 0 || (count == 1 && !bases[0]->order))
        return;
    line *lines = script_alloc(s, count + 1, sizeof *lines);
    size_t most = 2, taken = 1;
    for (size_t i = 0; i < count; i++) {
        lines[i] = line_of(s, bases[i]);
        for (user_class **in = lines[i].classes; *in; in++)
            most++;
    }
    lines[count] = (line){bases};
    user_class **order = script_alloc(s, most, sizeof(user_class *));
    order[0] = class;
    while (!is_over(lines, count + 1)) {
        user_class *next = first_of(lines, count + 1);
        if (!next)
            refuse(s, lines, count + 1, where);
        order[taken++] = next;
        for (size_t i = 0; i <= count; i++)
            lines[i].classes += *lines[i].classes == next;
    }
    class->order = order;
}

/* --- what a script sees of it --- */

static object *own_order(script *s, const user_class *class, object_kind kind) {
    object *all = object_sequence(s, OBJECT_LIST, 0);
    for (const user_class *in = class; in; in = order_next(class, in))
        list_append(s, all, in->object);
    list_append(s, all, native_object(s, "object", NULL));
    all->kind = kind;
    return all;
}

static object *mro(call *c) {
    return own_order(c->script, c->self->as.class, OBJECT_LIST);
}

static object *bases_of(script *s, const user_class *class) {
    if (class->bases && class->bases->as.sequence.count)
        return class->bases;
    object *alone = object_sequence(s, OBJECT_TUPLE, 1);
    alone->as.sequence.items[0] = native_object(s, "object", NULL);
    return alone;
}

/* Whether all that it derives from are classes of the script. */
static bool is_of_script(const user_class *class) {
    const user_class *in = class;
    do {
        for (size_t i = 0; in->bases && i < in->bases->as.sequence.count; i++)
            if (in->bases->as.sequence.items[i]->kind != OBJECT_CLASS)
                return false;
        in = order_next(class, in);
    } while (in);
    return !class->native;
}

object *class_lineage(script *s, const user_class *class, const char *name) {
    static const native row = {.path = "type.mro", .signature = "", .call = mro};
    if (strcmp(name, "__bases__") == 0)
        return bases_of(s, class);
    if (!is_of_script(class))
        return NULL;
    return strcmp(name, "__mro__") == 0 ? own_order(s, class, OBJECT_TUPLE)
           : strcmp(name, "mro") == 0   ? native_bound(s, &row, class->object)
                                        : NULL;
}
