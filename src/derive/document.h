/* A derivation as a list of blocks, which the writers of all forms read. */
#ifndef MLPSTEP_DERIVE_DOCUMENT_H
#define MLPSTEP_DERIVE_DOCUMENT_H

#include "math.h"

#include "mlpstep/diagnostic.h"
#include "mlpstep/trace.h"

#include <stdio.h>

typedef enum {
    BLOCK_TITLE,
    BLOCK_HEADING, /* of a section: the network, forward, backward, step */
    BLOCK_TOPIC,   /* of what one module or optimizer does: smaller */
    BLOCK_WORDS,   /* a paragraph: a row of words and mathematics */
    BLOCK_EQUATION,
    BLOCK_ELEMENT, /* an equation of one number, which belongs to the equation above it */
    BLOCK_TABLE,
    BLOCK_PICTURE /* of the graph: only a page of HTML has it */
} block_kind;

typedef struct block block;
struct block {
    block_kind kind;
    /* Of an equation: left = right = ...: side 0 is the left one. Of words, titles and headings:
     * side 0 alone. Of a table: count cells, `columns` a row, the first row its heading. */
    const math **sides;
    size_t count, columns;
    bool becomes;       /* an arrow in place of the first = */
    const math *remark; /* behind an equation: why, or which shape; NULL: none */
    block *next;
};

typedef struct {
    mlp_arena *arena;
    block *first, *last;
    const mlp_trace *trace; /* for the picture */
    int precision;
    bool failed; /* there was no memory for a block */
} document;

/* Appends a block; its sides are copied. A NULL among them sets `failed`. */
block *document_add(document *d, block_kind kind, size_t count, const math *const *sides);

/* The forms. False with a message without memory; whether `out` took it is for the caller to ask. */
typedef struct {
    bool fragment; /* LaTeX without preamble, HTML without <html> */
} form_options;
bool write_text(FILE *out, const document *d, const form_options *options, mlp_diagnostic *error);
bool write_markdown(FILE *out, const document *d, const form_options *options,
                    mlp_diagnostic *error);
bool write_latex(FILE *out, const document *d, const form_options *options, mlp_diagnostic *error);
bool write_html(FILE *out, const document *d, const form_options *options, mlp_diagnostic *error);

#endif
