/* The lines that gradcheck prints. */
#include "mlpstep/gradcheck.h"

#include "write_index.h"

#include "base/text.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* Where a difference is; nothing where there is but one place. */
static void write_place(FILE *out, const mlp_gradcheck_result *result, const mlp_difference *d,
                        bool several) {
    if (result->shape->ndim > 0) {
        fputs(" at ", out);
        write_index(out, result->shape, d->at);
    }
    if (several)
        fprintf(out, " in backward() %zu", d->backward);
}

static void write_size(FILE *out, double size) {
    fprintf(out, size == 0 ? "%.0f" : "%.1e", size);
}

/* A nan has no sign here. */
static void write_gradient(FILE *out, double gradient) {
    fprintf(out, "%.12g", isnan(gradient) ? fabs(gradient) : gradient);
}

static bool same_place(const mlp_difference *a, const mlp_difference *b) {
    return a->at == b->at && a->backward == b->backward;
}

static void write_differences(FILE *out, const mlp_gradcheck_result *result, bool several) {
    const mlp_difference *absolute = &result->absolute, *relative = &result->relative;
    fputs("absolute ", out);
    write_size(out, absolute->size);
    if (!same_place(absolute, relative))
        write_place(out, result, absolute, several);
    fputs(", relative ", out);
    write_size(out, relative->size);
    write_place(out, result, relative, several);
}

/* The characters, not the bytes, of its name. */
static int name_columns(const mlp_gradcheck_result *result) {
    return (int)text_count_characters(result->name, result->name + strlen(result->name));
}

/* What the lines have in common. */
typedef struct {
    int width;    /* columns of the names */
    bool several; /* there is more than one backward() */
    bool sampled; /* not all elements of every leaf were checked */
} style;

/* How many elements were checked, where that is not plain, and how many are at a kink. */
static void write_counts(FILE *out, const mlp_gradcheck_result *result, const style *s) {
    if (!s->sampled) {
        fprintf(out, "(%zu of %zu elements at a kink)", result->kinks, result->elements);
        return;
    }
    fprintf(out, "(%zu of %zu elements checked", result->elements, result->all);
    if (result->kinks > 0)
        fprintf(out, ", %zu of them at a kink", result->kinks);
    fputc(')', out);
}

static void write_worst(FILE *out, const mlp_gradcheck_result *result, const style *s) {
    fprintf(out, "\n         %zu of %zu elements, the worst", result->differ, result->elements);
    write_place(out, result, &result->relative, s->several);
    fputs(": analytic ", out);
    write_gradient(out, result->relative.analytic);
    fputs(", numerical ", out);
    write_gradient(out, result->relative.numerical);
}

static void write_result(FILE *out, const mlp_gradcheck_result *result, const style *s) {
    static const char *const verdicts[] = {"agrees", "differs", "kink"};
    const bool compared = result->kinks < result->elements;
    const int columns = name_columns(result);
    fprintf(out, "%-7s  %s%*s  ", verdicts[mlp_gradcheck_agreement(result)], result->name,
            columns < s->width ? s->width - columns : 0, "");
    if (compared)
        write_differences(out, result, s->several);
    else if (result->elements == 0)
        fputs("no elements", out);
    if (result->kinks > 0 || (s->sampled && result->all > 0)) {
        fputs(compared ? " " : "", out);
        write_counts(out, result, s);
    }
    if (result->differ > 0)
        write_worst(out, result, s);
    fputc('\n', out);
}

/* Columns that the longest name takes, within reason. */
static int name_width(const mlp_gradcheck_result *first) {
    enum {
        MOST = 32
    };
    int width = 0;
    for (const mlp_gradcheck_result *r = first; r; r = r->next) {
        const int columns = name_columns(r);
        if (columns > width && columns <= MOST)
            width = columns;
    }
    return width;
}

static bool is_sampled(const mlp_gradcheck_result *first) {
    for (const mlp_gradcheck_result *r = first; r; r = r->next)
        if (r->elements < r->all)
            return true;
    return false;
}

/* A line for each reason, once. */
static void write_bends(FILE *out, const mlp_trace *trace) {
    const char *said = NULL;
    for (const mlp_step *step = trace->first_step; step; step = step->next) {
        const char *says = NULL;
        if (!step->forward && step->operation->bends)
            says = step->operation->bends(step->options);
        if (says && says != said)
            fprintf(out, "%s\n", says);
        said = says ? says : said;
    }
}

/* Which step of the training that was, where nobody chose one. */
static void write_steps(FILE *out, const mlp_trace *trace) {
    const uint64_t last = mlp_trace_last(trace);
    if (last > 0)
        fprintf(out,
                "these are the gradients of step %" PRIu64
                ", the last that has any: --step takes others\n",
                last);
}

bool mlp_gradcheck_write(FILE *out, const mlp_trace *trace, const mlp_gradcheck_result *first) {
    const style s = {.width = name_width(first),
                     .several = trace->first_sweep != trace->last_sweep,
                     .sampled = is_sampled(first)};
    size_t counts[] = {0, 0, 0};
    for (const mlp_gradcheck_result *r = first; r; r = r->next) {
        write_result(out, r, &s);
        counts[mlp_gradcheck_agreement(r)]++;
    }
    write_bends(out, trace);
    write_steps(out, trace);
    fprintf(out, "%zu agree, %zu differ, %zu at a kink\n", counts[MLP_AGREES], counts[MLP_DIFFERS],
            counts[MLP_KINK]);
    return counts[MLP_DIFFERS] == 0;
}
