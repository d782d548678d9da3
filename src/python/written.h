/* Python's modules that are written in Python, in the folder modules: their text is part of the
 * program. Each runs when a script imports it first, in a scope of its own; what it binds, but for
 * names with _ in front, can be imported as if it were written in C, and a module can be written in
 * part here and in part there. In it, refuse("...") fails with a message at the place in the script
 * that called it, which nothing catches; what else it has beside Python's own functions stands at
 * `own` in written.c. */
#ifndef MLPSTEP_PYTHON_WRITTEN_H
#define MLPSTEP_PYTHON_WRITTEN_H

#include "native.h"

typedef struct written_module {
    const char *name;  /* heapq, of modules/heapq.py */
    const char *title; /* the first line of its text, a comment */
    const char *text;
    size_t length;
} written_module;

/* In order of name, ended by one without a name: written_text.c. */
extern const written_module python_written[];

/* A part of a library that is written so, too: its title is "MODULE in SPACE: NAMES". It runs when
 * SPACE.NAME is asked for first, of one of the names, which are separated by blanks; its classes are
 * those of MODULE. */
void written_defer(script *s, const written_module *m);
/* Runs the module, a written_module, unless it was run before: a native_make. */
native_make written_recall;

/* Runs what has not been run of those that are, or are in, the module that the path begins with. */
void written_load(script *s, const char *path);

#endif
