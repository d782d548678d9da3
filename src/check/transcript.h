/* What somebody says that a script printed, held against what it prints, line by line. */
#ifndef MLPSTEP_CHECK_TRANSCRIPT_H
#define MLPSTEP_CHECK_TRANSCRIPT_H

#include "lines.h"

#include "mlpstep/check.h"

/* Two lines that differ in numbers at most. */
typedef struct line_pair {
    const printed_line *ours, *theirs;
} line_pair;

/* Lines that differ in text: some of ours stand where some of theirs should. */
typedef struct line_gap {
    const printed_line *ours, *theirs; /* the first ones, perhaps behind the last line */
    size_t our_count, their_count;
} line_gap;

typedef struct transcript {
    reader *in;
    const mlp_printed *printed;
    printed_lines ours, theirs;
    line_pair *pair;
    line_gap *gap;
    size_t pairs, gaps;
} transcript;

/* Aligns the text with what the script printed. Does not return without memory. */
void transcript_align(transcript *t, const char *text, size_t length);
/* Whether most of the text is what the script prints, but for numbers. */
bool transcript_is_alike(const transcript *t);
/* Whether it has as many lines, and tensors, as the script prints. */
bool transcript_is_as_long(const transcript *t);

/* The tensors of the text, as answers that know their values. */
void transcript_answers(const transcript *t, mlp_answers *answers);
/* Adds marks for the other numbers, one a line, and for text that differs, and sorts all marks by
 * their place in the text. */
void transcript_mark(const transcript *t, const mlp_tolerance *tolerance, mlp_marks *marks);

#endif
