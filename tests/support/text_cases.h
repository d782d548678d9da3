/* Texts that are to be printed byte for byte, as Python or PyTorch printed them.
 *
 * A file under tests/fixtures is cases with a blank line after each:
 *
 *   # comment
 *   any lines: what is printed
 *   > the text, each of its lines behind "> "
 *   !                                           instead of a text: Python raises an error */
#ifndef MLPSTEP_TESTS_TEXT_CASES_H
#define MLPSTEP_TESTS_TEXT_CASES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct text_cases text_cases;

/* Opens tests/fixtures/NAME. */
text_cases *text_cases_open(const char *name);
/* Goes to the next case; false after the last, having checked that there was one. */
bool text_cases_next(text_cases *cases);
void text_cases_close(text_cases *cases);

/* Of this case: the lines before the text, and the text; NULL where there is an error instead. */
const char *text_case_input(const text_cases *cases);
const char *text_case_expected(const text_cases *cases);
/* Fails, showing the case, unless got is what is expected; NULL stands for an error. */
void text_case_expect(const text_cases *cases, const char *got);

#endif
