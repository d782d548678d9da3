#include "fixture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    MAX_TENSORS = 24,
    MAX_OPTIONS = 16,
    MAX_DIMS = 6,
    MAX_OWNED = 96
};

typedef struct {
    char name[32];
    size_t shape[MAX_DIMS], ndim, numel;
    double *values;
    int64_t *integers; /* the same, to the last digit, where they are written as integers */
} fixture_tensor;

struct fixture {
    FILE *file;
    char *line;
    size_t capacity;
    bool pending; /* line holds the next `case` already */
    size_t cases;
    char name[64];
    char options[MAX_OPTIONS][2][64];
    size_t option_count;
    fixture_tensor tensors[MAX_TENSORS];
    size_t tensor_count;
    void *owned[MAX_OWNED];
    size_t owned_count;
};

static void *own(fixture *f, size_t count, size_t size) {
    assert_true(f->owned_count < MAX_OWNED);
    void *p = calloc(count ? count : 1, size);
    assert_non_null(p);
    return f->owned[f->owned_count++] = p;
}

static void forget_case(fixture *f) {
    while (f->owned_count)
        free(f->owned[--f->owned_count]);
    f->tensor_count = f->option_count = 0;
}

/* One line without its newline; false at the end of the file. */
static bool read_line(fixture *f) {
    size_t n = 0;
    int c;
    while ((c = fgetc(f->file)) != EOF && c != '\n') {
        if (n + 2 > f->capacity) {
            f->capacity = f->capacity * 2 + 256;
            f->line = realloc(f->line, f->capacity);
            assert_non_null(f->line);
        }
        f->line[n++] = (char)c;
    }
    if (f->line)
        f->line[n] = '\0';
    return c != EOF || n > 0;
}

static void read_case(fixture *f) {
    char *word = strtok(f->line + strlen("case "), " ");
    snprintf(f->name, sizeof f->name, "%s", word);
    while ((word = strtok(NULL, " "))) {
        char *value = strchr(word, '=');
        assert_non_null(value);
        assert_true(f->option_count < MAX_OPTIONS);
        *value++ = '\0';
        snprintf(f->options[f->option_count][0], 64, "%s", word);
        snprintf(f->options[f->option_count++][1], 64, "%s", value);
    }
}

static void read_tensor(fixture *f) {
    assert_true(f->tensor_count < MAX_TENSORS);
    fixture_tensor *t = &f->tensors[f->tensor_count++];
    *t = (fixture_tensor){.numel = 1};
    snprintf(t->name, sizeof t->name, "%s", strtok(f->line + strlen("tensor "), " "));
    char *shape = strtok(NULL, " ");
    assert_non_null(shape);
    while (strcmp(shape, "scalar") != 0 && *shape) {
        assert_true(t->ndim < MAX_DIMS);
        t->shape[t->ndim] = (size_t)strtoul(shape, &shape, 10);
        t->numel *= t->shape[t->ndim++];
        shape += *shape == 'x';
    }
    t->values = own(f, t->numel, sizeof *t->values);
    t->integers = own(f, t->numel, sizeof *t->integers);
    for (size_t i = 0; i < t->numel; i++) {
        char *word = strtok(NULL, " "), *end = word;
        assert_non_null(word);
        t->integers[i] = strtoll(word, NULL, 10);
        t->values[i] = strtod(word, &end);
        assert_true(end != word && *end == '\0');
    }
    assert_null(strtok(NULL, " "));
}

fixture *fixture_open(const char *name) {
    char path[1024];
    snprintf(path, sizeof path, FIXTURES "/%s", name);
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->file = fopen(path, "r");
    if (!f->file)
        fail_msg("cannot open %s", path);
    return f;
}

bool fixture_next(fixture *f) {
    forget_case(f);
    bool in_case = false;
    while (f->pending || read_line(f)) {
        f->pending = false;
        if (f->line[0] == '#' || f->line[0] == '\0')
            continue;
        if (strncmp(f->line, "case ", 5) == 0) {
            if (in_case) {
                f->pending = true;
                return true;
            }
            in_case = true;
            f->cases++;
            read_case(f);
        } else {
            assert_true(in_case && strncmp(f->line, "tensor ", 7) == 0);
            read_tensor(f);
        }
    }
    assert_true(f->cases > 0);
    return in_case;
}

void fixture_close(fixture *f) {
    forget_case(f);
    fclose(f->file);
    free(f->line);
    free(f);
}

const char *fixture_name(const fixture *f) {
    return f->name;
}

const char *fixture_text(const fixture *f, const char *key) {
    for (size_t i = 0; i < f->option_count; i++)
        if (strcmp(f->options[i][0], key) == 0)
            return f->options[i][1];
    fail_msg("case %s has no option %s", f->name, key);
    return NULL;
}

double fixture_number(const fixture *f, const char *key) {
    const char *text = fixture_text(f, key);
    char *end;
    double value = strtod(text, &end);
    assert_true(end != text && *end == '\0');
    return value;
}

bool fixture_is_float64(const fixture *f) {
    return strcmp(fixture_text(f, "dtype"), "float64") == 0;
}

static const fixture_tensor *find(const fixture *f, const char *name) {
    for (size_t i = 0; i < f->tensor_count; i++)
        if (strcmp(f->tensors[i].name, name) == 0)
            return &f->tensors[i];
    return NULL;
}

static const fixture_tensor *need(const fixture *f, const char *name) {
    const fixture_tensor *t = find(f, name);
    if (!t)
        fail_msg("case %s has no tensor %s", f->name, name);
    return t;
}

bool fixture_has(const fixture *f, const char *name) {
    return find(f, name) != NULL;
}

const double *fixture_f64(fixture *f, const char *name) {
    const fixture_tensor *t = find(f, name);
    return t ? t->values : NULL;
}

const float *fixture_f32(fixture *f, const char *name) {
    const fixture_tensor *t = find(f, name);
    if (!t)
        return NULL;
    float *values = own(f, t->numel, sizeof *values);
    for (size_t i = 0; i < t->numel; i++)
        values[i] = (float)t->values[i];
    return values;
}

const int64_t *fixture_i64(fixture *f, const char *name) {
    const fixture_tensor *t = find(f, name);
    if (!t)
        return NULL;
    int64_t *values = own(f, t->numel, sizeof *values);
    for (size_t i = 0; i < t->numel; i++)
        values[i] = fabs(t->values[i]) < 0x1p53 ? (int64_t)t->values[i] : t->integers[i];
    return values;
}

size_t fixture_ndim(const fixture *f, const char *name) {
    return need(f, name)->ndim;
}

size_t fixture_numel(const fixture *f, const char *name) {
    return need(f, name)->numel;
}

size_t fixture_size(const fixture *f, const char *name, size_t dim) {
    const fixture_tensor *t = need(f, name);
    assert_true(dim < t->ndim);
    return t->shape[dim];
}

float *fixture_out_f32(fixture *f, const char *name) {
    return own(f, need(f, name)->numel, sizeof(float));
}

double *fixture_out_f64(fixture *f, const char *name) {
    return own(f, need(f, name)->numel, sizeof(double));
}

static void differ(const fixture *f, const char *tensor, size_t i, double got, double want) {
    fail_msg("case %zu (%s): %s[%zu] is %a (%.9g), PyTorch has %a (%.9g)", f->cases, f->name,
             tensor, i, got, got, want, want);
}

void fixture_expect_f32(fixture *f, const char *name, const float *got) {
    const fixture_tensor *t = need(f, name);
    for (size_t i = 0; i < t->numel; i++) {
        const float want = (float)t->values[i];
        const bool same = isnan(want) ? isnan(got[i]) : memcmp(&got[i], &want, sizeof want) == 0;
        if (!same)
            differ(f, name, i, (double)got[i], t->values[i]);
    }
}

void fixture_expect_f64(fixture *f, const char *name, const double *got) {
    const fixture_tensor *t = need(f, name);
    for (size_t i = 0; i < t->numel; i++) {
        const double want = t->values[i];
        const bool same = isfinite(want) && isfinite(got[i])
                              ? fabs(got[i] - want) <= 1e-12 * fmax(1, fabs(want))
                              : (isnan(want) && isnan(got[i])) || got[i] == want;
        if (!same)
            differ(f, name, i, got[i], want);
    }
}
