#include "diff.h"

#include "sheets.h"
#include "tell.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    TEXTS = 2
};

/* False, told, where it cannot be read in full. */
static bool mark_one(const finished_run *run, const source *in, mlp_marks *marks) {
    mlp_diagnostic error;
    mlp_answers answers;
    mlp_check_options options = run->s->check;
    options.port = options.parts = true;
    const mlp_text text = {in->text, in->length, NULL, in->name, &options};
    const bool marked = mlp_check_text(run->arena, run->trace, &text, &answers, marks, &error);
    const bool ran_out = !marked && answers.fault_count < MLP_MOST_FAULTS;
    if (!ran_out)
        tell_faults(in, &answers);
    if (!marked)
        diagnose(in, &error, "error");
    return marked && !answers.faults;
}

static int diff_both(const finished_run *run) {
    source in[TEXTS] = {{0}};
    mlp_marks marks[TEXTS];
    mlp_marked texts[TEXTS];
    bool read = true;
    for (int i = 0; i < TEXTS && read; i++) {
        read = source_read(&in[i], run->sheets[i]);
        if (!read)
            trouble("cannot read %.800s: %s", run->sheets[i], strerror(errno));
        read = read && mark_one(run, &in[i], &marks[i]);
        texts[i] = (mlp_marked){in[i].name, &marks[i]};
    }
    const int status = !read                               ? EXIT_TROUBLE
                       : mlp_marked_compare(stdout, texts) ? EXIT_FINE
                                                           : EXIT_DIFFERS;
    for (int i = 0; i < TEXTS; i++)
        free(in[i].text);
    return status;
}

int diff_dumps(const finished_run *run) {
    return sheets_with_names(run, diff_both);
}
