#include "written.h"

#include "evaluate.h"
#include "native.h"
#include "run.h"

#include <string.h>

static object *refuse(call *c) {
    c->where = c->script->reader.at;
    call_fail(c, "%s", c->arguments[0]->as.string);
}

static const written_module *find(const char *path) {
    const size_t length = strcspn(path, ".");
    for (const written_module *m = written_modules; m->name; m++)
        if (strlen(m->name) == length && strncmp(m->name, path, length) == 0)
            return m;
    return NULL;
}

/* What the module has for scripts. */
static void add(script *s, const char *module, const scope *names) {
    for (const binding *b = names->first; b; b = b->next)
        if (b->name[0] != '_' && b->object && b->object->kind != OBJECT_NAMESPACE &&
            strcmp(b->name, "refuse") != 0)
            native_constant(s, script_printf(s, "%s.%s", module, b->name), b->object);
}

static void run(script *s, const written_module *m) {
    static const native own[] = {
        {.path = "refuse", .signature = "message: str, /", .call = refuse}};
    static const map none = {0};
    frame *f = script_alloc(s, 1, sizeof *f);
    const char *around = s->module;
    f->locals = (scope){.assigned = &none,
                        .globals = &none,
                        .nonlocals = &none,
                        .is_module = true,
                        .is_kept = true};
    f->caller = s->frame;
    s->frame = f;
    s->module = m->name;
    scope_bind(s, &f->locals, own->path, native_bound(s, own, NULL));
    execute(s, parse_module(&s->reader, m->text, m->length));
    s->module = around;
    s->frame = f->caller;
    add(s, m->name, &f->locals);
}

void written_load(script *s, const char *path) {
    const written_module *m = find(path);
    if (!m || map_find(&s->written, m->name))
        return;
    if (!map_put(&s->written, script_arena(s), m->name, s))
        script_out_of_memory(s);
    run(s, m);
}
