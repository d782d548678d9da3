/* Expected values, as real PyTorch computed them (tests/reference writes the files).
 *
 * A fixture file under tests/fixtures is lines of text:
 *
 *   # comment
 *   case leaky_relu dtype=float32 negative_slope=0.1
 *   tensor x 2x3 0x1.8p-1 -0x1p+0 ...       one number a value, C hexadecimal floats
 *   tensor target 2 0 1                     integers for classes and masks
 *
 * A tensor belongs to the case above it; its shape is sizes joined by x, or
 * "scalar". Anything malformed fails the test that reads it. */
#ifndef MLPSTEP_TESTS_FIXTURE_H
#define MLPSTEP_TESTS_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct fixture fixture;

/* Opens tests/fixtures/NAME. */
fixture *fixture_open(const char *name);
/* Goes to the next case; false after the last, having checked that there was one. */
bool fixture_next(fixture *f);
void fixture_close(fixture *f);

/* The word after `case`. */
const char *fixture_name(const fixture *f);
bool fixture_is_float64(const fixture *f);
/* The option's value; the test fails where the case has none of that name. */
double fixture_number(const fixture *f, const char *key);
const char *fixture_text(const fixture *f, const char *key);
bool fixture_has(const fixture *f, const char *tensor);

/* Values of a tensor of this case, owned by f until the next case; NULL where there is none. */
const double *fixture_f64(fixture *f, const char *tensor);
const float *fixture_f32(fixture *f, const char *tensor);
const int64_t *fixture_i64(fixture *f, const char *tensor);
/* Number of dimensions, of elements, and size of dimension `dim`. */
size_t fixture_ndim(const fixture *f, const char *tensor);
size_t fixture_numel(const fixture *f, const char *tensor);
size_t fixture_size(const fixture *f, const char *tensor, size_t dim);

/* A zeroed array of the named tensor's length, owned by f until the next case. */
float *fixture_out_f32(fixture *f, const char *tensor);
double *fixture_out_f64(fixture *f, const char *tensor);

/* Fails, naming case and element, unless got equals the tensor: every bit of a float32 (a nan
 * equals a nan); within 1e-12, relative or absolute, of a float64. */
void fixture_expect_f32(fixture *f, const char *tensor, const float *got);
void fixture_expect_f64(fixture *f, const char *tensor, const double *got);

#endif
