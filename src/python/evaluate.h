/* Running the tree: expressions in evaluate.c, names and attributes in attribute.c, subscripts in
 * subscript.c, calls in call.c, comprehensions in comprehension.c, assignments in assign.c,
 * functions in define.c, classes in class.c, imports in import.c, other statements in execute.c. */
#ifndef MLPSTEP_PYTHON_EVALUATE_H
#define MLPSTEP_PYTHON_EVALUATE_H

#include "type.h"

#include "syntax/ast.h"

/* How a statement ended. */
typedef enum flow {
    FLOW_ON,
    FLOW_BREAK,
    FLOW_CONTINUE,
    FLOW_RETURN,
    FLOW_YIELD /* to be gone on with: see resumable.h */
} flow;

object *evaluate(script *s, const node *expression);
/* Runs statements; what they return, None if they end without. */
object *execute(script *s, const node *statements);

/* As evaluate, but it may be a module, or a part of one, that is outside the subset. */
object *evaluate_path(script *s, const node *expression);

/* (name := value) */
object *evaluate_named(script *s, const node *n);
object *evaluate_name(script *s, const node *n);
object *evaluate_attribute(script *s, const node *n);
/* o.name; `where` is that of the name. */
object *attribute_of(script *s, object *o, const char *name, mlp_span where);
/* The end of a message about a path that is not there: what to write instead, or which name is near
 * that may have been meant. */
const char *path_hint(script *s, const char *path, const nearest *near);
object *evaluate_subscript(script *s, const node *n);
/* o[index] = v. */
void subscript_assign(script *s, object *o, object *index, object *v, mlp_span where);
/* del o[index] */
void subscript_delete(script *s, object *o, object *index, mlp_span where);
/* Refuses a key that a dict does not have. */
_Noreturn void refuse_key(script *s, object *key, mlp_span where);
object *evaluate_call(script *s, const node *n);
/* A def, or a lambda. */
object *new_function(script *s, const node *define);
/* What such a one, or a comprehension, that begins here has around it. */
scope *scope_around_function(const script *s);
/* What decorators make of a function or class. */
object *decorated(script *s, const node *decorators, object *what);

/* --- statements --- */
/* Runs statements in a row; *result receives what they return. */
flow run_block(script *s, const node *statements, object **result);
flow run_match(script *s, const node *n, object **result);
flow run_try(script *s, const node *n, object **result);
/* A `with` of an object of a class of the script. */
flow run_with_special(script *s, const node *n, object *self, object **result);
void run_raise(script *s, const node *n);
void run_assert(script *s, const node *n);
void run_assign(script *s, const node *n);
void run_augment(script *s, const node *n);
void run_annotated(script *s, const node *n);
void run_delete(script *s, const node *n);
/* Looks whether what an annotation names is there. */
void check_annotation(script *s, const node *n);
void run_define(script *s, const node *n);
void run_class(script *s, const node *n);
void run_import(script *s, const node *n);
void run_import_from(script *s, const node *n);
/* Binds a name in the scope that it belongs to here; o is NULL to delete it. */
void bind_name(script *s, const char *name, object *o, mlp_span where);

/* Binds the names of a target, or sets what it says, to v. */
void assign_target(script *s, const node *target, object *v, naming how);
/* Tells an object of the name that it is bound to. */
void name_object(script *s, const char *name, object *o, naming how, mlp_span where);

#endif
