/* torch.nn.init: new numbers for a parameter, in place and without history. */
#include "init.h"

#include "generator.h"
#include "options.h"
#include "tensor.h"

#include "python/off.h"

#include <math.h>
#include <string.h>

typedef fresh_numbers drawing(call *c, const mlp_variable *like, double a, double b);

void check_init_generator(call *c) {
    if (call_argument(c, "generator")->kind != OBJECT_NONE &&
        !release_has(c, MLP_INITS_BY_GENERATOR))
        call_fail(c, "generator= is known to torch.nn.init from PyTorch 2.2 on: write "
                     "tensor.uniform_() or normal_(), under torch.no_grad()");
}

/* Every function here works as under torch.no_grad(). */
static object *filled(call *c, object *tensor, drawing *draw, double a, double b) {
    check_init_generator(c);
    tensor_reset(c, variable_of(tensor), draw(c, variable_of(tensor), a, b));
    return tensor;
}

static object *filled_with(call *c, object *tensor, mlp_number number) {
    tensor_reset(c, variable_of(tensor), tensor_filled(c, variable_of(tensor), number));
    return tensor;
}

static object *init_uniform_(call *c) {
    return filled(c, c->arguments[0], tensor_uniform, option_exact(c, c->arguments[1]),
                  option_exact(c, c->arguments[2]));
}

static object *init_normal_(call *c) {
    return filled(c, c->arguments[0], tensor_normal, option_exact(c, c->arguments[1]),
                  option_exact(c, c->arguments[2]));
}

static object *init_constant_(call *c) {
    const mlp_number number = option_number(c->arguments[1]);
    option_check_fits(c, number, tensor_value(c, c->arguments[0])->tensor.dtype);
    return filled_with(c, c->arguments[0], number);
}

static object *init_ones_(call *c) {
    return filled_with(c, c->arguments[0], mlp_integer(1));
}

static object *init_zeros_(call *c) {
    return filled_with(c, c->arguments[0], mlp_integer(0));
}

static object *init_eye_(call *c) {
    const mlp_tensor *t = &tensor_value(c, c->arguments[0])->tensor;
    if (t->ndim != 2)
        call_fail(call_raises(c, VALUE_ERROR, "Only tensors with 2 dimensions are supported"),
                  "eye_() takes a tensor of 2 dimensions, not of %zu", t->ndim);
    fresh_numbers ones = tensor_filled(c, variable_of(c->arguments[0]), mlp_integer(0));
    for (size_t i = 0; i < t->shape[0] && i < t->shape[1]; i++)
        mlp_tensor_set(&ones.tensor, i * t->shape[1] + i, 1);
    tensor_reset(c, variable_of(c->arguments[0]), ones);
    return c->arguments[0];
}

/* --- by the sizes of a layer --- */

fans init_fans(call *c, const mlp_tensor *t) {
    char shape[MLP_SHAPE_TEXT];
    size_t positions = 1;
    if (t->ndim < 2)
        call_fail(
            call_raises(
                c, VALUE_ERROR,
                "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions"),
            "fan in and fan out need a tensor of two dimensions or more, not one of shape "
            "%s",
            mlp_shape_text(shape, t));
    for (size_t i = 2; i < t->ndim; i++)
        positions *= t->shape[i];
    if (t->numel == 0)
        call_fail(c, "a tensor of shape %s has no elements to initialise",
                  mlp_shape_text(shape, t));
    return (fans){t->shape[1] * positions, t->shape[0] * positions};
}

static double xavier_std(call *c) {
    const fans f = init_fans(c, &tensor_value(c, c->arguments[0])->tensor);
    return mlp_init_xavier_std(f.in, f.out, option_exact(c, c->arguments[1]));
}

static object *init_xavier_uniform_(call *c) {
    const double bound = mlp_init_uniform_bound(xavier_std(c));
    return filled(c, c->arguments[0], tensor_uniform, -bound, bound);
}

static object *init_xavier_normal_(call *c) {
    return filled(c, c->arguments[0], tensor_normal, 0, xavier_std(c));
}

static double gain_of(call *c, const char *nonlinearity, double slope) {
    double gain;
    if (!mlp_init_gain(nonlinearity, slope, &gain))
        call_fail(call_raises(c, VALUE_ERROR, "Unsupported nonlinearity %s", nonlinearity),
                  "nonlinearity='%s' is not known: write 'relu', 'leaky_relu', 'tanh', "
                  "'sigmoid', 'linear' or 'selu'",
                  nonlinearity);
    return gain;
}

/* Arguments: tensor, a, mode, nonlinearity. */
static double kaiming_std(call *c) {
    const fans f = init_fans(c, &tensor_value(c, c->arguments[0])->tensor);
    const char *mode = c->arguments[2]->as.string;
    const bool fan_out = strcmp(mode, "fan_out") == 0;
    if (!fan_out && strcmp(mode, "fan_in") != 0)
        call_fail(call_raises(c, VALUE_ERROR,
                              "Mode %s not supported, please use one of ['fan_in', 'fan_out']",
                              mode),
                  "mode='%s' is not known: it is 'fan_in' or 'fan_out'", mode);
    const double a = option_exact(c, c->arguments[1]);
    if (isfinite(a) && isinf(a * a))
        call_fail(c, "a=%g is too large for its square", a);
    return mlp_init_kaiming_std(fan_out ? f.out : f.in, gain_of(c, c->arguments[3]->as.string, a));
}

static object *init_kaiming_uniform_(call *c) {
    const double bound = mlp_init_uniform_bound(kaiming_std(c));
    return filled(c, c->arguments[0], tensor_uniform, -bound, bound);
}

static object *init_kaiming_normal_(call *c) {
    return filled(c, c->arguments[0], tensor_normal, 0, kaiming_std(c));
}

/* Python's source writes 1, a whole number, where there is nothing to make up for. */
static bool is_linear(const char *nonlinearity) {
    return strcmp(nonlinearity, "linear") == 0 || strcmp(nonlinearity, "sigmoid") == 0 ||
           strncmp(nonlinearity, "conv", strlen("conv")) == 0;
}

/* The steeper the slope, in either direction, the smaller the gain. */
static object *init_calculate_gain(call *c) {
    const char *nonlinearity = c->arguments[0]->as.string;
    const object *given = c->arguments[1];
    const estimate slope =
        given->kind == OBJECT_NONE ? (estimate){.number = 0.01} : object_estimate(given);
    const double gain = gain_of(c, nonlinearity, slope.number), steep = fabs(slope.number);
    const double least = gain_of(c, nonlinearity, steep + slope.off);
    const double most = gain_of(c, nonlinearity, fmax(steep - slope.off, 0));
    return is_linear(nonlinearity)
               ? object_integer(c->script, 1)
               : object_estimated(c->script, off_between(slope, gain, least, most));
}

#define XAVIER "tensor: Tensor, gain: float = 1.0, " GENERATOR
#define KAIMING \
    "tensor: Tensor, a: number = 0, mode: str = 'fan_in', nonlinearity: str = 'leaky_relu', " GENERATOR

#define UNIFORM "tensor: Tensor, a: float = 0.0, b: float = 1.0, " GENERATOR
#define NORMAL "tensor: Tensor, mean: float = 0.0, std: float = 1.0, " GENERATOR

/* Those without the underscore are the names of before, of which PyTorch warns. */
const native native_init[] = {
    {.path = "torch.nn.init.uniform_", .signature = UNIFORM, .call = init_uniform_},
    {.path = "torch.nn.init.normal_", .signature = NORMAL, .call = init_normal_},
    {.path = "torch.nn.init.constant_",
     .signature = "tensor: Tensor, val: float",
     .call = init_constant_},
    {.path = "torch.nn.init.ones_", .signature = "tensor: Tensor", .call = init_ones_},
    {.path = "torch.nn.init.zeros_", .signature = "tensor: Tensor", .call = init_zeros_},
    {.path = "torch.nn.init.eye_", .signature = "tensor: Tensor", .call = init_eye_},
    {.path = "torch.nn.init.xavier_uniform_", .signature = XAVIER, .call = init_xavier_uniform_},
    {.path = "torch.nn.init.xavier_normal_", .signature = XAVIER, .call = init_xavier_normal_},
    {.path = "torch.nn.init.kaiming_uniform_", .signature = KAIMING, .call = init_kaiming_uniform_},
    {.path = "torch.nn.init.kaiming_normal_", .signature = KAIMING, .call = init_kaiming_normal_},
    {.path = "torch.nn.init.uniform", .signature = UNIFORM, .call = init_uniform_},
    {.path = "torch.nn.init.normal", .signature = NORMAL, .call = init_normal_},
    {.path = "torch.nn.init.constant",
     .signature = "tensor: Tensor, val: float",
     .call = init_constant_},
    {.path = "torch.nn.init.xavier_uniform", .signature = XAVIER, .call = init_xavier_uniform_},
    {.path = "torch.nn.init.xavier_normal", .signature = XAVIER, .call = init_xavier_normal_},
    {.path = "torch.nn.init.kaiming_uniform", .signature = KAIMING, .call = init_kaiming_uniform_},
    {.path = "torch.nn.init.kaiming_normal", .signature = KAIMING, .call = init_kaiming_normal_},
    {.path = "torch.nn.init.calculate_gain",
     .signature = "nonlinearity: str, param: Optional[number] = None",
     .call = init_calculate_gain},
    {0}};
