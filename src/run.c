#include "run.h"

#include "mlpstep/formats.h"

#include "option_table.h"
#include "system.h"
#include "tell.h"

enum {
    OTHERS = 1 /* the place of the first that is no report */
};

const char *const run_formats[] = {"text",
                                   [OTHERS + MLP_FORMAT_JSON] = "json",
                                   [OTHERS + MLP_FORMAT_CSV] = "csv",
                                   [OTHERS + MLP_FORMAT_NPZ] = "npz",
                                   [OTHERS + MLP_FORMAT_C] = "c",
                                   NULL};

bool check_run_options(const settings *s) {
    static const char *const of_numbers[] = {"precision", "digits", "hex"};
    const bool is_report = s->format < OTHERS;
    const bool is_exact =
        s->format == OTHERS + MLP_FORMAT_JSON || s->format == OTHERS + MLP_FORMAT_NPZ;
    const char *given = NULL;
    for (size_t i = 0; i < sizeof of_numbers / sizeof *of_numbers; i++) {
        if (!option_is_given(s, of_numbers[i]))
            continue;
        if (given)
            return trouble("--%s and --%s are two forms of a number: give one of them", given,
                           of_numbers[i]),
                   false;
        given = of_numbers[i];
    }
    if (given && is_exact)
        return trouble("--%s is not for --format=%s, whose numbers are exact", given,
                       run_formats[s->format]),
               false;
    if (!is_report && option_is_given(s, "precision"))
        return trouble("--precision is for --format=text; --format=%s takes --digits or --hex",
                       run_formats[s->format]),
               false;
    if (!is_report && s->report.bounds)
        return trouble("--bounds is for --format=text"), false;
    if (s->format == OTHERS + MLP_FORMAT_NPZ && system_is_terminal(stdout))
        return trouble("npz is not for a terminal: write it to a file, as in "
                       "mlpstep --format=npz net.py > net.npz"),
               false;
    return true;
}

int write_run(const finished_run *run) {
    const settings *s = run->s;
    mlp_diagnostic error = {0};
    const mlp_format_options options = {.format = (mlp_format)(s->format - OTHERS),
                                        .only = s->report.only,
                                        .digits = s->report.digits,
                                        .hex = s->report.hex};
    if (s->format < OTHERS ? mlp_report_write(stdout, run->trace, &s->report, &error)
                           : mlp_format_write(stdout, run->trace, &options, &error))
        return EXIT_FINE;
    diagnose(run->script, &error, "error");
    return EXIT_TROUBLE;
}
