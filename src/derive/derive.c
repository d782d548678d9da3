/* A trace in, a derivation out. */
#include "mlpstep/derive.h"

#include "derivation.h"

bool mlp_derive_write(FILE *out, const mlp_trace *trace, const mlp_derive_options *options,
                      mlp_diagnostic *error) {
    static bool (*const writers[])(FILE *, const document *, const form_options *,
                                   mlp_diagnostic *) = {[MLP_DERIVE_TEXT] = write_text,
                                                        [MLP_DERIVE_MARKDOWN] = write_markdown,
                                                        [MLP_DERIVE_LATEX] = write_latex,
                                                        [MLP_DERIVE_HTML] = write_html};
    const form_options form = {.fragment = options->fragment};
    document d;
    return derivation_make(&d, trace, options, error) &&
           writers[options->format](out, &d, &form, error);
}
