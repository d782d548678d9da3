#include "mlpstep/variant.h"

#include "draw.h"
#include "judge.h"

#include <string.h>

typedef struct {
    reader r;
    const char *source;
    size_t length;
    const mlp_script_options *options;
    const mlp_trace *given;
    const data_literal *literals;
    mlp_generator generator;
} search;

static const char *judge_text(mlp_arena *arena, const search *s, const char *text) {
    mlp_diagnostic error;
    const mlp_trace *trace = mlp_script_run(arena, text, s->length, s->options, NULL, &error);
    return trace ? judge_variant(arena, s->given, trace) : "fails";
}

/* NULL: the variant, which is then in the text. Else what is wrong with it. Where the system has no
 * memory, another seed's variant must not come of it. */
static const char *try_variant(search *s, char *text) {
    memcpy(text, s->source, s->length);
    if (!draw_digits(&s->r, &s->generator, s->literals, text))
        return "has too few digits for different numbers";
    mlp_arena *arena = mlp_arena_new_beside(s->r.arena);
    const char *flaw = arena ? judge_text(arena, s, text) : NULL;
    const bool starved = !arena || (flaw && mlp_arena_starved(arena));
    mlp_arena_free(arena);
    if (starved)
        reader_fail(&s->r, (mlp_span){0}, "the variant needs more memory than the system gives");
    return flaw;
}

static const char *find_variant(search *s, uint64_t seed) {
    const uint32_t words[] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    const char *flaw = NULL;
    s->literals = literals_find(&s->r);
    if (!s->literals)
        reader_fail(&s->r, (mlp_span){0},
                    "the script has no numbers that a variant could change: decimal ones, as in "
                    "torch.tensor([0.5, -1.5])");
    mlp_generator_seed_by_words(&s->generator, words, 2);
    char *text = reader_alloc(&s->r, s->length + 1, 1);
    for (int i = 0; i < MLP_VARIANT_TRIES; i++) {
        flaw = try_variant(s, text);
        if (!flaw)
            return text;
    }
    reader_fail(&s->r, (mlp_span){0},
                "of %d variants none is as good an exercise as the script: the last one %s",
                MLP_VARIANT_TRIES, flaw);
}

const char *mlp_variant_new(mlp_arena *arena, const char *source, size_t length,
                            const mlp_script_options *options, const mlp_trace *trace,
                            uint64_t seed, mlp_diagnostic *error) {
    search s = {.r = {.arena = arena,
                      .source = source,
                      .length = length,
                      .needs = "the variant needs",
                      .error = error},
                .source = source,
                .length = length,
                .options = options,
                .given = trace};
    *error = (mlp_diagnostic){0};
    reader_limit_stack(&s.r, options->stack ? options->stack : MLP_SCRIPT_STACK);
    return setjmp(s.r.failed) == 0 ? find_variant(&s, seed) : NULL;
}
