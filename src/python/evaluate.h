/* Running the tree: expressions in evaluate.c, names and attributes in attribute.c, subscripts in
 * subscript.c, calls in call.c, statements in execute.c. */
#ifndef MLPSTEP_PYTHON_EVALUATE_H
#define MLPSTEP_PYTHON_EVALUATE_H

#include "object.h"

object *evaluate(script *s, const node *expression);
/* Runs statements; what they return, None if they end without. */
object *execute(script *s, const node *statements);

object *evaluate_name(script *s, const node *n);
object *evaluate_attribute(script *s, const node *n);
/* object.name; `where` is that of the name. */
object *attribute_of(script *s, object *o, const char *name, mlp_span where);
object *evaluate_subscript(script *s, const node *n);
/* object[index] and object[index] = v. */
object *subscript_of(script *s, object *o, object *index, mlp_span where);
void subscript_assign(script *s, object *o, object *index, object *v, mlp_span where);

/* A tensor takes the name of a variable or parameter that it is bound to. */
void name_tensor(const char *name, const object *v, mlp_name_rank rank);

/* A method of the class or of its bases, NULL where there is none. */
object *class_member(const user_class *class, const char *name);
/* Whether v is nn.Module. */
bool is_module_class(const object *v);
/* The value that a path such as torch.nn.ReLU or math.pi names, NULL if there is none. */
object *path_value(script *s, const char *space, const char *name);

object *call_value(script *s, object *callee, const node *call);
/* Calls a bound method with the arguments of `call`. */
object *call_bound(script *s, const object *method, const node *call);
/* Calls a def with arguments that are values already. */
object *call_function(script *s, const object *function, object *self, object **arguments,
                      size_t count, mlp_span where);

#endif
