/* IPython's lib/pretty.py: a line is broken where it would be longer than 79 characters, at the
 * blanks of the outermost brackets first. The rules are those of its groups: a group is the inside
 * of a pair of brackets; once a blank of it has to be a break, all that follow in it are breaks. */
#include "pretty.h"

#include "collections.h"
#include "exception.h"
#include "format.h"
#include "iterate.h"
#include "native.h"
#include "run.h"
#include "set.h"
#include "special.h"

#include "base/text.h"

#include <string.h>

enum {
    WIDEST = 79,
    MOST_ELEMENTS = 1000, /* of one list: "..." stands for the rest */
    MAX_TEXT = 1 << 24    /* bytes, as format.c has it */
};

typedef struct group group;
struct group {
    group *around;
    size_t depth;
    size_t blanks; /* of those that wait */
    bool breaks;   /* where it has another blank */
    group *next;   /* in the queue of its depth, from the first to the last */
};

/* A text, or a blank of a group, that waits for whether the line is long enough for it. */
typedef struct waiting waiting;
struct waiting {
    const char *text;
    size_t length, width;
    group *blank_of; /* NULL: a text */
    size_t indentation;
    waiting *next;
};

typedef struct {
    call *call;
    script *script;
    buffer out;
    size_t column; /* behind what was written */
    waiting *first, **last;
    size_t width; /* of what waits */
    size_t indentation;
    group *group;   /* the one around */
    group **queues; /* by depth: those that may have to break */
    size_t queue_count;
} printer;

/* --- the queue --- */

static void enqueue(printer *p, group *g) {
    if (g->depth >= p->queue_count) {
        const size_t count = 2 * (g->depth + 1);
        group **more = script_alloc(p->script, count, sizeof *more);
        memcpy(more, p->queues, p->queue_count * sizeof *more);
        p->queues = more;
        p->queue_count = count;
    }
    group **end = &p->queues[g->depth];
    while (*end)
        end = &(*end)->next;
    *end = g;
}

static void remove_group(printer *p, const group *g) {
    for (group **at = &p->queues[g->depth]; *at; at = &(*at)->next)
        if (*at == g) {
            *at = g->next;
            return;
        }
}

/* What IPython takes out of the queue is the group as far from its beginning as the one it found is
 * from its end. */
static void remove_mirrored(group **queue, size_t from_end) {
    while (from_end--)
        queue = &(*queue)->next;
    *queue = (*queue)->next;
}

/* The last group of the least depth that has a blank, which breaks from now on, as do all that were
 * looked at; NULL where none has. */
static group *dequeue(printer *p) {
    for (size_t depth = 0; depth < p->queue_count; depth++) {
        group *found = NULL;
        size_t from_end = 0;
        for (group *g = p->queues[depth]; g; g = g->next) {
            found = g->blanks ? g : found;
            from_end = g->blanks ? 0 : from_end + 1;
        }
        if (found) {
            remove_mirrored(&p->queues[depth], from_end);
            found->breaks = true;
            return found;
        }
        for (group *g = p->queues[depth]; g; g = g->next)
            g->breaks = true;
        p->queues[depth] = NULL;
    }
    return NULL;
}

/* --- what waits --- */

static void write(printer *p, const char *text, size_t length) {
    buffer_add(&p->out, text, length);
    if (p->out.failed)
        script_out_of_memory(p->script);
    if (p->out.length > MAX_TEXT)
        call_fail(p->call, "the text of this value has more than %d MiB", MAX_TEXT >> 20);
}

static void write_break(printer *p, size_t indentation) {
    write(p, "\n", 1);
    buffer_fill(&p->out, ' ', indentation);
    p->column = indentation;
}

static void write_first(printer *p) {
    const waiting *w = p->first;
    p->first = w->next;
    if (!p->first)
        p->last = &p->first;
    p->width -= w->width;
    if (w->blank_of) {
        w->blank_of->blanks--;
        if (w->blank_of->breaks) {
            write_break(p, w->indentation);
            return;
        }
        if (w->blank_of->blanks == 0)
            remove_group(p, w->blank_of);
    }
    write(p, w->text, w->length);
    p->column += w->width;
}

static void write_all(printer *p) {
    while (p->first)
        write_first(p);
}

static void break_group(printer *p, const group *g) {
    while (g->blanks)
        write_first(p);
    while (p->first && !p->first->blank_of)
        write_first(p);
}

static void wait(printer *p, waiting w) {
    waiting *held = script_alloc(p->script, 1, sizeof *held);
    *held = w;
    *p->last = held;
    p->last = &held->next;
    p->width += w.width;
    group *g = NULL;
    while (p->column + p->width > WIDEST && (g = dequeue(p)))
        break_group(p, g);
}

/* --- what a value consists of --- */

static void put(printer *p, const char *text, size_t length) {
    const size_t width = text_count_characters(text, text + length);
    if (p->first) {
        wait(p, (waiting){.text = text, .length = length, .width = width});
        return;
    }
    write(p, text, length);
    p->column += width;
}

static void put_text(printer *p, const char *text) {
    put(p, text, strlen(text));
}

/* A blank where the line may break. */
static void put_blank(printer *p) {
    group *g = p->group;
    if (g->breaks) {
        write_all(p);
        write_break(p, p->indentation);
        return;
    }
    g->blanks++;
    wait(p,
         (waiting){
             .text = " ", .length = 1, .width = 1, .blank_of = g, .indentation = p->indentation});
}

static void put_break(printer *p) {
    const group *g = dequeue(p);
    if (g)
        break_group(p, g);
    write_all(p);
    write_break(p, p->indentation);
}

static void begin(printer *p, const char *open) {
    if (*open)
        put_text(p, open);
    group *g = script_alloc(p->script, 1, sizeof *g);
    *g = (group){.around = p->group, .depth = p->group->depth + 1};
    enqueue(p, g);
    p->group = g;
    p->indentation += strlen(open);
}

static void end(printer *p, const char *open, const char *close) {
    const group *g = p->group;
    p->indentation -= strlen(open);
    p->group = g->around;
    if (g->blanks == 0)
        remove_group(p, g);
    if (*close)
        put_text(p, close);
}

/* --- values --- */

static void put_value(printer *p, const object *v);

/* The lines of a repr, each at the indentation reached. */
static void put_lines(printer *p, const char *text) {
    begin(p, "");
    for (size_t length; *text; text += length + (text[length] == '\n')) {
        length = strcspn(text, "\n");
        put(p, text, length);
        if (text[length] && text[length + 1])
            put_break(p);
    }
    end(p, "", "");
}

/* <class 'decimal.Decimal'> without what is around it. */
static bool put_class(printer *p, const char *text) {
    static const char opening[] = "<class '";
    const size_t length = strlen(text), from = strlen(opening);
    if (strncmp(text, opening, from) != 0 || length < from + 2)
        return false;
    put(p, text + from, length - from - 2);
    return true;
}

/* Between elements; false behind as many as are shown. */
static bool put_comma(printer *p, size_t i) {
    if (i) {
        put_text(p, ",");
        put_blank(p);
    }
    if (i == MOST_ELEMENTS)
        put_text(p, "...");
    return i < MOST_ELEMENTS;
}

static void put_elements(printer *p, const object *v, const char *open, const char *close) {
    begin(p, open);
    for (size_t i = 0; i < v->as.sequence.count && put_comma(p, i); i++)
        put_value(p, v->as.sequence.items[i]);
    end(p, open, close);
}

static void put_key(printer *p, const object *v, size_t i) {
    put_value(p, v->as.sequence.keys[i]);
}

static void put_dict(printer *p, const object *v) {
    begin(p, "{");
    for (size_t i = 0; i < v->as.sequence.count && put_comma(p, i); i++) {
        put_key(p, v, i);
        put_text(p, ": ");
        put_value(p, v->as.sequence.items[i]);
    }
    end(p, "{", "}");
}

/* Of each item a tuple. */
static void put_item(printer *p, const object *v, size_t i) {
    begin(p, "");
    begin(p, "(");
    put_key(p, v, i);
    put_text(p, ",");
    put_blank(p);
    put_value(p, v->as.sequence.items[i]);
    end(p, "(", ")");
    end(p, "", "");
}

/* name(: what is shown as the call that makes it. */
static void begin_call(printer *p, const char *open) {
    begin(p, "");
    begin(p, open);
}

static void end_call(printer *p, const char *open) {
    end(p, open, ")");
    end(p, "", "");
}

static void put_ordered_dict(printer *p, const object *v) {
    begin_call(p, "OrderedDict(");
    if (v->as.sequence.count) {
        begin(p, "");
        begin(p, "[");
        for (size_t i = 0; i < v->as.sequence.count && put_comma(p, i); i++)
            put_item(p, v, i);
        end(p, "[", "]");
        end(p, "", "");
    }
    end_call(p, "OrderedDict(");
}

static void put_next(printer *p) {
    put_text(p, ",");
    put_blank(p);
}

static void put_plain_dict(printer *p, const object *v) {
    object plain = *v;
    plain.type = NULL;
    put_value(p, &plain);
}

static void put_default_dict(printer *p, const object *v) {
    begin_call(p, "defaultdict(");
    put_value(p, v->factory);
    put_next(p);
    put_plain_dict(p, v);
    end_call(p, "defaultdict(");
}

/* In the order in which the keys came, which its repr() has not. */
static void put_counter(printer *p, const object *v) {
    begin_call(p, "Counter(");
    if (v->as.sequence.count)
        put_plain_dict(p, v);
    end_call(p, "Counter(");
}

static void put_deque(printer *p, const object *v) {
    int64_t longest;
    const object *elements = deque_elements(v, &longest);
    begin_call(p, "deque(");
    put_value(p, elements);
    if (longest >= 0) {
        put_next(p);
        begin(p, "maxlen=");
        put_value(p, object_integer(p->script, longest));
        end(p, "maxlen=", "");
    }
    end_call(p, "deque(");
}

static object *ask_sorted(call *c, object *list, const char *name, object *key) {
    (void)name;
    list_sort(c, list, key, false);
    return list;
}

/* Sorted, where there are not too many: by their texts where they cannot be compared. */
static void put_set(printer *p, const object *v) {
    const bool is_frozen = v->kind == OBJECT_FROZEN_SET;
    object *all = set_elements(p->script, v);
    if (all->as.sequence.count == 0) {
        put_text(p, is_frozen ? "frozenset()" : "set()");
        return;
    }
    call *c = p->call;
    if (all->as.sequence.count < MOST_ELEMENTS &&
        !special_unless(c, TYPE_ERROR, ask_sorted, all, NULL, object_none(c->script)))
        list_sort(c, all, native_object(c->script, "str", NULL), false);
    put_elements(p, all, is_frozen ? "frozenset({" : "{", is_frozen ? "})" : "}");
}

/* A class of the script stands with its module; false where one says itself what it is. */
static bool put_exception(printer *p, const object *v) {
    const exception *e = exception_of(v);
    if (e->user && class_member(e->user, "__repr__"))
        return false;
    const char *open =
        script_printf(p->script, "%s%s(", e->user ? "__main__." : "", exception_class_name(e));
    begin(p, "");
    put_elements(p, e->arguments, open, ")");
    end(p, "", "");
    return true;
}

/* What stands for one that is inside itself; NULL of what is not taken apart. */
static const char *inner_text(const object *v) {
    if (v->type == &default_dict_type)
        return "defaultdict(...)";
    if (v->type == &counter_type)
        return "Counter(...)";
    if (v->type == &deque_type)
        return "deque(...)";
    if ((v->type && v->type->write) || special_member(v, "__repr__"))
        return NULL;
    switch (v->kind) {
    case OBJECT_LIST:
        return "[...]";
    case OBJECT_TUPLE:
        return "(...)";
    case OBJECT_DICT:
        return v->is_ordered ? "OrderedDict(...)" : "{...}";
    case OBJECT_SET:
        return "{...}";
    case OBJECT_FROZEN_SET:
        return "frozenset({...})";
    default:
        return NULL;
    }
}

static void put_parts(printer *p, const object *v) {
    if (v->type == &default_dict_type)
        put_default_dict(p, v);
    else if (v->type == &counter_type)
        put_counter(p, v);
    else if (v->type == &deque_type)
        put_deque(p, v);
    else if (v->kind == OBJECT_LIST)
        put_elements(p, v, "[", "]");
    else if (v->kind == OBJECT_TUPLE)
        put_elements(p, v, "(", v->as.sequence.count == 1 ? ",)" : ")");
    else if (object_is_set(v))
        put_set(p, v);
    else if (v->is_ordered)
        put_ordered_dict(p, v);
    else
        put_dict(p, v);
}

/* What has no parts: its repr, but for what IPython has a text of its own. */
static void put_whole(printer *p, const object *v) {
    if (v->type == &exception_type && put_exception(p, v))
        return;
    if (v->kind == OBJECT_NATIVE && !v->as.native->class_name)
        call_fail(p->call, "a notebook shows of %s what it takes: print its name in quotes",
                  v->as.native->path);
    const char *text = format_repr(p->call, v);
    if ((v->kind != OBJECT_CLASS && v->kind != OBJECT_NATIVE) || !put_class(p, text))
        put_lines(p, text);
}

static void put_value(printer *p, const object *v) {
    script_enter(p->script, p->call->where, "values");
    script_work(p->script, p->call->where, BUDGET_CALL);
    begin(p, "");
    const char *inner = inner_text(v);
    descent here;
    if (!inner) {
        put_whole(p, v);
    } else if (descent_begin(p->script, &here, v)) {
        put_parts(p, v);
        descent_end(p->script);
    } else {
        put_text(p, inner);
    }
    end(p, "", "");
    script_leave(p->script);
}

const char *format_pretty(call *c, const object *v) {
    group root = {0}, *queue = &root;
    printer p = {.call = c,
                 .script = c->script,
                 .out = {.arena = script_arena(c->script)},
                 .group = &root,
                 .queues = &queue,
                 .queue_count = 1};
    p.last = &p.first;
    put_value(&p, v);
    write_all(&p);
    return p.out.bytes ? p.out.bytes : "";
}
