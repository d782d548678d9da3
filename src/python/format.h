/* Values as Python writes them. The texts live in the script's arena. */
#ifndef MLPSTEP_PYTHON_FORMAT_H
#define MLPSTEP_PYTHON_FORMAT_H

#include "object.h"

/* str(v), as print() shows it, and repr(v), as it stands in a list. */
const char *format_str(script *s, const object *v);
const char *format_repr(script *s, const object *v);
/* format(v, spec): what {v:spec} in an f-string gives. */
const char *format_spec(script *s, const object *v, const char *spec, mlp_span where);
/* template % arguments: one value, or a tuple of them. */
const char *format_percent(script *s, const char *template, const object *arguments,
                           mlp_span where);

/* torch.set_printoptions(precision, threshold, edgeitems, linewidth, profile, sci_mode) */
object *torch_set_printoptions(script *s, const object *callee, object **arguments);

#endif
