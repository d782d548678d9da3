/* What the command tells on stderr. */
#ifndef MLPSTEP_TELL_H
#define MLPSTEP_TELL_H

#include "source.h"

#include "mlpstep/answers.h"

enum {
    EXIT_FINE = 0,
    EXIT_DIFFERS = 1,
    EXIT_TROUBLE = 2
};

/* A message of one line, in which arguments and names of files may hold anything. */
__attribute__((format(printf, 1, 2))) int trouble(const char *format, ...);

void diagnose(const source *in, const mlp_diagnostic *d, const char *severity);
/* All of them. */
void tell_faults(const source *in, const mlp_answers *answers);
/* There may be thousands. */
void warn(const source *in, const mlp_warning *warnings, const char *severity);

/* Output that did not arrive must not look like success: the status, or EXIT_TROUBLE. */
int finish_output(int status);

#endif
