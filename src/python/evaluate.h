/* Running the tree: expressions in evaluate.c, names and attributes in attribute.c, subscripts in
 * subscript.c, calls in call.c, statements in execute.c. */
#ifndef MLPSTEP_PYTHON_EVALUATE_H
#define MLPSTEP_PYTHON_EVALUATE_H

#include "object.h"

value *evaluate(script *s, const node *expression);
/* Runs statements; what they return, None if they end without. */
value *execute(script *s, const node *statements);

value *evaluate_name(script *s, const node *n);
value *evaluate_attribute(script *s, const node *n);
/* object.name; `where` is that of the name. */
value *attribute_of(script *s, value *object, const char *name, mlp_span where);
value *evaluate_subscript(script *s, const node *n);
/* object[index] and object[index] = v. */
value *subscript_of(script *s, value *object, value *index, mlp_span where);
void subscript_assign(script *s, value *object, value *index, value *v, mlp_span where);

/* A tensor takes the name of a variable or parameter that it is bound to. */
void name_tensor(const char *name, const value *v, mlp_name_rank rank);

/* A method of the class or of its bases, NULL where there is none. */
value *class_member(const user_class *class, const char *name);
/* Whether v is nn.Module. */
bool is_module_class(const value *v);
/* The value that a path such as torch.nn.ReLU or math.pi names, NULL if there is none. */
value *path_value(script *s, const char *space, const char *name);

value *call_value(script *s, value *callee, const node *call);
/* Calls a bound method with the arguments of `call`. */
value *call_bound(script *s, const value *method, const node *call);
/* Calls a def with arguments that are values already. */
value *call_function(script *s, const value *function, value *self, value **arguments, size_t count,
                     mlp_span where);

#endif
