/* Numbers as exact text. */
#ifndef MLPSTEP_BASE_HEXADECIMAL_H
#define MLPSTEP_BASE_HEXADECIMAL_H

enum {
    HEXADECIMAL_TEXT = 32 /* more than the longest, -0x1.fffffffffffffp+1023, takes */
};

/* 0x1.99999ap-5 of a finite number: printf's "%a", but with 1 before the point and as few digits
 * behind it as there can be, whichever C library there is. Returns the length. */
int hexadecimal_print(char text[HEXADECIMAL_TEXT], double value);

#endif
