/* The text of a value as IPython lays it out, and so a notebook. */
#ifndef MLPSTEP_PYTHON_PRETTY_H
#define MLPSTEP_PYTHON_PRETTY_H

#include "call.h"

const char *format_pretty(call *c, const object *v);

#endif
