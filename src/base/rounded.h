/* Functions of C, rounded as well as elsewhere where its library does not: mingw-w64's fma() rounds
 * twice, and one in ten of its powers is the double beside the nearest. A file that is compiled with
 * fma=rounded_fma, fmaf=rounded_fmaf and pow=rounded_pow uses these. */
#ifndef MLPSTEP_BASE_ROUNDED_H
#define MLPSTEP_BASE_ROUNDED_H

/* a * b + c, rounded once. */
double rounded_fma(double a, double b, double c);
float rounded_fmaf(float a, float b, float c);
/* x to the power of y. */
double rounded_pow(double x, double y);

#endif
