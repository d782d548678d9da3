/* What a script printed, and what the numbers in it were before they became text. */
#ifndef MLPSTEP_PRINTED_H
#define MLPSTEP_PRINTED_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A text that was formed: of a float, or, with `of`, of something that has many numbers. It need
 * not have been printed, and may have been more than once. */
typedef struct mlp_note mlp_note;
struct mlp_note {
    const char *text; /* without a sign, zeros in front and what fills its field: 0.6931; of
                         12,345.6 what stands behind the last comma, with that number */
    size_t at;        /* so many bytes had been printed by then */
    double number;    /* without a sign; of 93.1% it is about 93.1 */
    double off;       /* another build of PyTorch is at most so far from it */
    void *of;         /* an mlp_value, whose text it is as print() shows it, or NULL */
    const mlp_note *next;
};

/* All in the arena of the run. */
typedef struct mlp_printed {
    const char *text; /* `length` bytes and a 0; NULL where something that was printed has a text
                         that differs from run to run, or none here, or where there is too much */
    size_t length;
    const mlp_note *first; /* in the order in which they were formed */
    size_t doubt; /* from this byte on the script took a way, after a comparison or the like, that
                     may be another under another build; SIZE_MAX: none */
} mlp_printed;

#ifdef __cplusplus
}
#endif

#endif
