/* What a subcommand gets. */
#ifndef MLPSTEP_COMMAND_H
#define MLPSTEP_COMMAND_H

#include "mlpstep/check.h"
#include "mlpstep/derive.h"
#include "mlpstep/graph.h"
#include "mlpstep/report.h"
#include "mlpstep/script.h"

#include "source.h"

typedef enum {
    FORMAT_TEXT,
    FORMAT_TAP,
    FORMAT_CSV,
    FORMAT_JSON
} marks_format;

enum {
    MOST_NAMED = 64 /* tolerances for names */
};

typedef struct {
    mlp_script_options script;
    mlp_report_options report;
    mlp_check_options check;
    mlp_marks_options marks;
    mlp_derive_options derive; /* but for what other commands have, too */
    int format;                /* of the subcommand: marks_format, mlp_graph_format ... */
    const char *format_name;   /* as given; NULL: the first one */
    mlp_steps steps;           /* where script.steps is not NULL */
    uint64_t seed;             /* of a variant */
    size_t memory;             /* bytes that a run may use */
    bool min_digits;           /* were asked for */
    mlp_name_tolerance named[MOST_NAMED]; /* of check */
    const char *names;                    /* the path of a file of names; NULL: none */
    const char *raw;    /* the path of a list of files of raw numbers; NULL: none */
    uint64_t used;      /* the options that were given: bits, in the order of the rows */
    bool help, version; /* are all that was asked for */
    char **only;        /* owns report.only and the text it points into */
} settings;

/* A script that was run, and what is asked of it. */
typedef struct {
    mlp_arena *arena;
    const mlp_trace *trace;
    const mlp_printed *printed;
    const source *script;
    char *const *sheets; /* the files of answers, ended by NULL; NULL: it takes none */
    const settings *s;
} finished_run;

#endif
