/* Functions that a class is given without a def of the script, as Python writes some for it: they
 * take their arguments as any def, and what they do is written in C. */
#ifndef MLPSTEP_PYTHON_MADE_H
#define MLPSTEP_PYTHON_MADE_H

#include "call.h"

#include "syntax/ast.h"

typedef struct made_parameter {
    const char *name;
    parameter_kind kind;
    object *fallback; /* NULL where it has none */
} made_parameter;

/* given: the arguments by the names of their parameters. */
typedef object *made_call(call *c, const user_function *self, const scope *given);

/* A method of the class, self not among the parameters. */
object *made_method(script *s, user_class *class, const char *name, made_parameter *parameters,
                    size_t count, made_call *does);
/* The names that the body of a class annotates, in order: calls visit with the name and the
 * annotation of each. */
typedef void annotated_visit(call *c, user_class *class, const char *name, const node *annotation,
                             void *context);
void class_annotated(call *c, user_class *class, annotated_visit *visit, void *context);

#endif
