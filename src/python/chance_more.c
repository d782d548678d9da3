/* The module random, continued: the distributions that scripts ask for less often, as Lib/random.py
 * of CPython 3.11 draws them. */
#include "chance.h"

#include "off.h"
#include "run.h"

#include <math.h>

/* Numbers that decide what is drawn. */
static double number(call *c, size_t i) {
    const estimate e = object_estimate(c->arguments[i]);
    if (e.off > 0)
        script_doubt(c->script);
    return e.number;
}

/* Of alpha above 1 by Cheng (Applied Statistics 26, 1977). */
static double gamma_above_1(call *c, struct chance *r, double alpha) {
    const double inverse = sqrt(2 * alpha - 1), b = alpha - log(4.0), sum = alpha + inverse;
    for (;; script_spend(c->script, c->where)) {
        const double u = chance_uniform(r);
        if (!(1e-7 < u && u < 0.9999999))
            continue;
        const double second = 1 - chance_uniform(r), v = log(u / (1 - u)) / inverse;
        const double x = alpha * exp(v), z = u * u * second, rest = b + sum * v - x;
        if (rest + (1 + log(4.5)) - 4.5 * z >= 0 || rest >= log(z))
            return x;
    }
}

/* Of alpha below 1 by Kennedy and Gentle (Statistical Computing, 1980). */
static double gamma_below_1(call *c, struct chance *r, double alpha) {
    const double e = 2.718281828459045, b = (e + alpha) / e;
    for (;; script_spend(c->script, c->where)) {
        const double p = b * chance_uniform(r);
        const double x = p <= 1 ? pow(p, 1 / alpha) : -log((b - p) / alpha);
        const double u = chance_uniform(r);
        if (u <= (p > 1 ? pow(x, alpha - 1) : exp(-x)))
            return x;
    }
}

static double standard_gamma(call *c, double alpha) {
    struct chance *r = chance_of(c);
    if (!(alpha > 0))
        script_raise(c->script, c->where, VALUE_ERROR,
                     "gammavariate: alpha and beta must be > 0.0");
    if (alpha == 1)
        return -log(1 - chance_uniform(r));
    return alpha > 1 ? gamma_above_1(c, r, alpha) : gamma_below_1(c, r, alpha);
}

static object *random_gammavariate(call *c) {
    const double alpha = number(c, 0), beta = number(c, 1);
    if (!(beta > 0))
        script_raise(c->script, c->where, VALUE_ERROR,
                     "gammavariate: alpha and beta must be > 0.0");
    return object_float(c->script, standard_gamma(c, alpha) * beta);
}

static object *random_betavariate(call *c) {
    const double y = standard_gamma(c, number(c, 0));
    return object_float(c->script, y != 0 ? y / (y + standard_gamma(c, number(c, 1))) : 0);
}

static object *random_triangular(call *c) {
    double low = number(c, 0), high = number(c, 1), u = chance_uniform(chance_of(c));
    double peak = 0.5;
    if (c->arguments[2]->kind != OBJECT_NONE) {
        if (high == low)
            return c->arguments[0];
        peak = (number(c, 2) - low) / (high - low);
    }
    if (u > peak) {
        const double end = low;
        u = 1 - u;
        peak = 1 - peak;
        low = high;
        high = end;
    }
    return object_float(c->script, low + (high - low) * sqrt(u * peak));
}

static object *random_lognormvariate(call *c) {
    const double z = chance_normal(c, chance_of(c));
    return object_float(c->script, exp(number(c, 0) + z * number(c, 1)));
}

static object *random_paretovariate(call *c) {
    const double u = 1 - chance_uniform(chance_of(c));
    return object_float(c->script, pow(u, -1 / number(c, 0)));
}

static object *random_weibullvariate(call *c) {
    const double u = 1 - chance_uniform(chance_of(c));
    return object_float(c->script, number(c, 0) * pow(-log(u), 1 / number(c, 1)));
}

const native native_distributions_of_python[] = {
    {.path = "random.gammavariate",
     .signature = "alpha: float, beta: float",
     .call = random_gammavariate},
    {.path = "random.betavariate",
     .signature = "alpha: float, beta: float",
     .call = random_betavariate},
    {.path = "random.triangular",
     .signature = "low: float = 0.0, high: float = 1.0, mode: Optional[float] = None",
     .call = random_triangular},
    {.path = "random.lognormvariate",
     .signature = "mu: float = 0.0, sigma: float = 1.0",
     .call = random_lognormvariate},
    {.path = "random.paretovariate", .signature = "alpha: float", .call = random_paretovariate},
    {.path = "random.weibullvariate",
     .signature = "alpha: float, beta: float",
     .call = random_weibullvariate},
    {0}};
