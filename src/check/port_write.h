/* Marks of a port: where it first departs from the script. */
#ifndef MLPSTEP_CHECK_PORT_WRITE_H
#define MLPSTEP_CHECK_PORT_WRITE_H

#include "mlpstep/check.h"

/* All but the last line. */
void port_write(FILE *out, const mlp_marks *marks, const mlp_marks_options *options);

#endif
