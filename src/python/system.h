/* sys: its streams and its way out. */
#ifndef MLPSTEP_PYTHON_SYSTEM_H
#define MLPSTEP_PYTHON_SYSTEM_H

#include "native.h"

/* Whether print(file=o) goes to sys.stdout; to sys.stderr. */
bool system_is_output(const object *o);
bool system_is_errors(const object *o);
/* Writes to the output, which is noted; to the errors. */
void system_write(call *c, const char *text);
void system_write_error(call *c, const char *text);
/* Whether it ends the script as its end does: sys.exit(), sys.exit(0). */
bool system_exits_well(const object *exception);
void native_add_system(script *s);

#endif
