#include "tell.h"

#include "system.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int trouble(const char *format, ...) {
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    fputs("mlpstep: ", stderr);
    mlp_text_write(stderr, message);
    fputs("\n", stderr);
    return EXIT_TROUBLE;
}

/* A write that failed has left its reason in errno. A reader who closed the pipe has seen enough,
 * and where SIGPIPE is ignored, so that we are still there, there is nothing to tell. That stdout is
 * closed matters only to what was written. */
int finish_output(int status) {
    fflush(stderr); /* on a terminal, warnings stand before the end of the output everywhere */
    if (!ferror(stdout) && fflush(stdout) == 0 && (fclose(stdout) == 0 || errno == EBADF))
        return status;
    return system_is_closed_pipe(errno) ? EXIT_TROUBLE
                                        : trouble("cannot write the output: %s", strerror(errno));
}

/* A notebook's are counted by cells: net.ipynb:cell 3:2:5. */
static void diagnose_near(const source *in, const mlp_diagnostic *d, const char *severity,
                          mlp_place *near) {
    mlp_diagnostic moved = *d;
    const mlp_cell *cell = mlp_cells_find(&in->cells, &moved.where);
    char name[4200]; /* a path has 4096 bytes at most */
    if (!cell || cell->number == 0) {
        mlp_diagnostic_write(stderr, &moved, severity, in->name, in->text, in->length, near);
        return;
    }
    snprintf(name, sizeof name, "%.4100s:cell %zu", in->name, cell->number);
    mlp_diagnostic_write(stderr, &moved, severity, name, cell->source, cell->source_length, NULL);
}

void diagnose(const source *in, const mlp_diagnostic *d, const char *severity) {
    diagnose_near(in, d, severity, NULL);
}

void warn(const source *in, const mlp_warning *warnings, const char *severity) {
    mlp_place near = {0};
    for (const mlp_warning *w = warnings; w; w = w->next)
        diagnose_near(in, &w->diagnostic, severity, &near);
}

void tell_faults(const source *in, const mlp_answers *answers) {
    mlp_place near = {0};
    for (const mlp_fault *f = answers->faults; f; f = f->next) {
        mlp_diagnostic_write(stderr, &f->diagnostic, "error", in->name, in->text, in->length,
                             &near);
        if (!f->more)
            continue;
        mlp_text_write(stderr, in->name);
        fprintf(stderr, ": note: and %zu more like this\n", f->more);
    }
}
