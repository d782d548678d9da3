/* What messages say of constructs that only some things of a library may stand in. */
#ifndef MLPSTEP_SYNTAX_DIALECT_H
#define MLPSTEP_SYNTAX_DIALECT_H

typedef struct dialect {
    const char *with_as; /* why `with x as y` is refused */
    const char *bases;   /* what to derive from where a class names several */
} dialect;

#endif
