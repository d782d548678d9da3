/* A port of net.py, as somebody would write it who knows nothing of mlpstep; with a mistake where it
 * is asked for. */
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    BATCH = 2,
    IN = 2,
    HIDDEN = 3,
    CLASSES = 2
};

static const char *form; /* of a number */

static void print(const char *name, const float *a, int rows, int columns) {
    for (int i = 0; i < rows * columns; i++) {
        printf(rows == 1 ? "%s[%d] " : "%s[%d][%d] ", name, rows == 1 ? i : i / columns,
               i % columns);
        printf(form, (double)a[i]);
        putchar('\n');
    }
}

static void linear(float *y, const float *x, const float *w, const float *b, int in, int out) {
    for (int n = 0; n < BATCH; n++)
        for (int j = 0; j < out; j++) {
            float sum = b[j];
            for (int k = 0; k < in; k++)
                sum += x[n * in + k] * w[j * in + k];
            y[n * out + j] = sum;
        }
}

static void linear_backward(float *dw, float *db, const float *dy, const float *x, int in,
                            int out) {
    for (int j = 0; j < out; j++) {
        db[j] = 0;
        for (int n = BATCH - 1; n >= 0; n--)
            db[j] += dy[n * out + j];
        for (int k = 0; k < in; k++) {
            dw[j * in + k] = 0;
            for (int n = BATCH - 1; n >= 0; n--)
                dw[j * in + k] += dy[n * out + j] * x[n * in + k];
        }
    }
}

static void update(float *p, const float *dp, int n) {
    for (int i = 0; i < n; i++)
        p[i] -= 0.1F * dp[i];
}

int main(int count, char **words) {
    const int is_strided = count > 1 && strcmp(words[1], "stride") == 0;
    const float x[BATCH * IN] = {0.05F, 0.10F, 0.30F, -0.20F};
    const int y[BATCH] = {0, 1};
    float w1[HIDDEN * IN] = {0.15F, 0.20F, 0.25F, 0.30F, 0.35F, -0.40F};
    float b1[HIDDEN] = {0.04F, 0.08F, 0.12F};
    float w2[CLASSES * HIDDEN] = {0.40F, 0.45F, 0.50F, 0.50F, 0.55F, -0.60F};
    float b2[CLASSES] = {0.20F, 0.30F};
    float z[BATCH * HIDDEN], h[BATCH * HIDDEN], o[BATCH * CLASSES], d[BATCH * CLASSES];
    float dw1[HIDDEN * IN], db1[HIDDEN], dw2[CLASSES * HIDDEN], db2[CLASSES], dh[BATCH * HIDDEN];
    float l = 0;
    form = count > 2 ? words[2] : "%a";
    linear(z, x, w1, b1, IN, HIDDEN);
    for (int i = 0; i < BATCH * HIDDEN; i++)
        h[i] = z[i] > 0 ? z[i] : 0.1F * z[i];
    linear(o, h, w2, b2, HIDDEN, CLASSES);
    for (int n = 0; n < BATCH; n++) {
        const float e0 = expf(o[2 * n]), e1 = expf(o[2 * n + 1]), sum = e0 + e1;
        l -= logf((y[n] ? e1 : e0) / sum) / BATCH;
        d[2 * n] = (e0 / sum - (y[n] == 0)) / BATCH;
        d[2 * n + 1] = (e1 / sum - (y[n] == 1)) / BATCH;
    }
    linear_backward(dw2, db2, d, h, HIDDEN, CLASSES);
    for (int n = 0; n < BATCH; n++)
        for (int k = 0; k < HIDDEN; k++) {
            float sum = 0;
            for (int j = 0; j < CLASSES; j++)
                sum += d[n * CLASSES + j] * w2[is_strided ? k * CLASSES + j : j * HIDDEN + k];
            dh[n * HIDDEN + k] = z[n * HIDDEN + k] > 0 ? sum : 0.1F * sum;
        }
    linear_backward(dw1, db1, dh, x, IN, HIDDEN);
    update(w1, dw1, HIDDEN * IN);
    update(b1, db1, HIDDEN);
    update(w2, dw2, CLASSES * HIDDEN);
    update(b2, db2, CLASSES);
    print("hidden", h, BATCH, HIDDEN);
    print("o", o, BATCH, CLASSES);
    printf("l ");
    printf(form, (double)l);
    putchar('\n');
    print("W2.gradient", dw2, CLASSES, HIDDEN);
    print("out.bias.grad", db2, 1, CLASSES);
    print("fc(x).grad", dh, BATCH, HIDDEN);
    print("fc.weight.grad", dw1, HIDDEN, IN);
    print("fc.bias.grad", db1, 1, HIDDEN);
    print("fc.weight", w1, HIDDEN, IN);
    print("fc.bias", b1, 1, HIDDEN);
    print("out.weight", w2, CLASSES, HIDDEN);
    print("out.bias", b2, 1, CLASSES);
    return count > 1 && strcmp(words[1], "fail") == 0;
}
