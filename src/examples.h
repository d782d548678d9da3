/* The example scripts, embedded when the program was built. */
#ifndef MLPSTEP_EXAMPLES_H
#define MLPSTEP_EXAMPLES_H

#include <stddef.h>

typedef struct example {
    const char *name;  /* plain, of examples/plain.py */
    const char *title; /* the first line of its text, a comment */
    const char *text;
    size_t length;
} example;

/* In order of name, ended by one without a name. */
extern const example examples[];

#endif
