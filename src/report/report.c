/* A trace in, text out. */
#include "mlpstep/report.h"

#include "mlpstep/bound.h"

#include "base/map.h"
#include "base/out_of_memory.h"
#include "base/reread.h"
#include "base/text.h"
#include "trace/shown.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static void write_value(FILE *out, const mlp_value *value, const char *name,
                        const mlp_report_options *options) {
    /* Columns are characters, not bytes. */
    const size_t shift = text_count_characters(name, name + strlen(name)) + strlen(" = ");
    fprintf(out, "%s = ", name);
    if (options->blank && !value->given)
        mlp_tensor_write_blank(out, &value->tensor, shift);
    else if (options->hex)
        mlp_tensor_write_hexadecimal(out, &value->tensor, shift);
    else if (options->digits)
        mlp_tensor_write_exponents(out, &value->tensor, options->digits - 1, shift);
    else
        mlp_tensor_write(out, &value->tensor, options->precision, shift);
    fputc('\n', out);
}

/* The least number of two digits that is not below it. */
static double round_up(double bound) {
    char text[32];
    snprintf(text, sizeof text, "%.1e", bound);
    const double rounded = reread_double(text);
    if (!isfinite(bound) || rounded >= bound)
        return bound;
    return rounded + pow(10, floor(log10(rounded)) - 1);
}

static void write_bounds(FILE *out, const mlp_value *value, const char *name, double *numbers) {
    const bool in_brackets = mlp_name_is_expression(name);
    const size_t shift = text_count_characters(name, name + strlen(name)) + strlen(".bound = ");
    mlp_tensor bounds = value->tensor;
    bounds.dtype = MLP_FLOAT64;
    bounds.data = numbers;
    for (size_t i = 0; i < bounds.numel; i++)
        numbers[i] = round_up(mlp_value_bound(value, i));
    fprintf(out, in_brackets ? "(%s).bound = " : "%s.bound = ", name);
    mlp_tensor_write_exponents(out, &bounds, 1, shift + (in_brackets ? 2 : 0));
    fputc('\n', out);
}

/* What the bounds of a report need beside the trace. */
typedef struct {
    double *numbers; /* room for those of any entry; NULL where none are to be written */
    map taken;       /* entries NAME whose NAME.bound is a value of the script */
} bounds_room;

static bool take_name(bounds_room *room, const mlp_trace *trace, const char *name) {
    static const char suffix[] = ".bound";
    const size_t length = strlen(name), extra = strlen(suffix);
    if (length <= extra || strcmp(name + length - extra, suffix) != 0)
        return true;
    char *of = mlp_arena_copy(trace->arena, name, length - extra);
    return of && map_put(&room->taken, trace->arena, of, of);
}

static bool make_room(bounds_room *room, const mlp_trace *trace, const mlp_report_options *options,
                      mlp_diagnostic *error) {
    size_t most = 0;
    bool well = true;
    if (!options->bounds)
        return true;
    for (const mlp_entry *e = trace->first_entry; e && well; e = e->next) {
        if (e->kind != MLP_ENTRY_VALUE)
            continue;
        most = e->value->tensor.numel > most ? e->value->tensor.numel : most;
        well = take_name(room, trace, e->value->label.display);
    }
    room->numbers = well ? mlp_arena_alloc(trace->arena, most, sizeof *room->numbers) : NULL;
    return room->numbers || out_of_memory(error, trace->arena, "the report needs");
}

/* The other names of a parameter, where it is used and not again where it is updated. */
static void write_aliases(FILE *out, const mlp_entry *entry) {
    const mlp_variable *variable = entry->value->variable;
    if (!variable || entry->phase != MLP_FORWARD)
        return;
    for (const mlp_alias *alias = variable->aliases; alias; alias = alias->next)
        fprintf(out, "# %s is %s\n", alias->name, entry->value->label.display);
}

enum {
    MOST_LISTED = 12 /* numbers of a mask */
};

/* Those of a row one behind the other, and a comma between rows. */
static void write_mask(FILE *out, const mlp_tensor *mask) {
    const size_t row = mask->ndim ? mask->shape[mask->ndim - 1] : 1;
    for (size_t i = 0; i < mask->numel; i++)
        fprintf(out, "%s %d", i && i % row == 0 ? "," : "", mlp_tensor_get(mask, i) != 0);
}

/* Which builds draw a mask so, and what the others draw. */
static void write_builds(FILE *out, const mlp_trace *trace, const mlp_value *mask) {
    static const char *const builds[] = {"x86-64 wheels up to 2.6",
                                         "2.7 and later, or without MKL"};
    const bool without_mkl = mlp_release_has(&trace->release, MLP_DRAWS_WITHOUT_MKL);
    const mlp_tensor *other = mask->other_mask;
    size_t differing = 0;
    for (size_t i = 0; other && i < other->numel; i++)
        differing += mlp_tensor_get(other, i) != mlp_tensor_get(&mask->tensor, i);
    if (!other || other->numel == 0)
        return;
    if (differing == 0) {
        fputs("# the mask of every build\n", out);
        return;
    }
    fprintf(out, "# the mask of %s; %s:", builds[without_mkl], builds[!without_mkl]);
    if (other->numel > MOST_LISTED)
        fprintf(out, " %zu of %zu differ", differing, other->numel);
    else
        write_mask(out, other);
    fprintf(out, " (--torch=%s%s)\n", without_mkl ? "2.6" : "2.7",
            mlp_release_processor(&trace->release));
}

/* Words in braces stand in it as they are. */
static void write_notation(FILE *out, const char *text) {
    for (; *text; text++)
        if (*text != '{' && *text != '}')
            fputc(*text, out);
    fputc('\n', out);
}

/* False without memory. */
static bool write_formula(FILE *out, const mlp_trace *trace, const mlp_step *step) {
    const mlp_origin *origin = step->origin;
    const mlp_step *of = step->forward ? step->forward : step;
    const mlp_operation *row = of->operation;
    mlp_call call = {.operation = row, .options = *step->options};
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        call.in[i] = of->in[i] ? &of->in[i]->tensor : NULL;
    const char *text =
        mlp_formula_text(trace->arena, step->forward ? row->gradient : row->formula, &call);
    if (!text)
        return false;
    fputs("# ", out);
    mlp_text_write(out, step->phase == MLP_UPDATE && origin->description ? origin->description
                                                                         : origin->name);
    if (step->phase == MLP_FORWARD && origin->description) {
        fputs(" = ", out);
        mlp_text_write(out, origin->description);
    }
    fputs(": ", out);
    write_notation(out, text);
    return true;
}

bool mlp_report_write(FILE *out, const mlp_trace *trace, const mlp_report_options *options,
                      mlp_diagnostic *error) {
    static const char *const headings[] = {"# forward\n", "# backward\n", "# step\n"};
    const char *title = options->blank ? "# worksheet: write a number for every ?\n" : "";
    shown at;
    bounds_room room = {0};
    if (!shown_begin(&at, trace, options->only, options->blank, error) ||
        !make_room(&room, trace, options, error))
        return false;
    for (; shown_next(&at); title = "") {
        const mlp_entry *e = at.entry;
        fputs(title, out);
        if (at.begins_step)
            fprintf(out, "# --step=%" PRIu64 "\n", at.step);
        fputs(at.begins_section ? headings[at.section] : "", out);
        if (e->kind == MLP_ENTRY_FORMULA) {
            if (!write_formula(out, trace, e->step))
                return out_of_memory(error, trace->arena, "the report needs");
            continue;
        }
        if (!options->only) {
            write_aliases(out, e);
            write_builds(out, trace, e->value);
        }
        write_value(out, e->value, shown_name(&at), options);
        if (room.numbers && !map_find(&room.taken, e->value->label.display))
            write_bounds(out, e->value, shown_name(&at), room.numbers);
    }
    return true;
}
