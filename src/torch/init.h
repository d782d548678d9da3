/* What the functions of torch.nn.init share. */
#ifndef MLPSTEP_TORCH_INIT_H
#define MLPSTEP_TORCH_INIT_H

#include "torch.h"

/* What a weight of [out, in, positions...] takes in and gives out. */
typedef struct {
    size_t in, out;
} fans;

fans init_fans(call *c, const mlp_tensor *t);
/* Refuses the argument generator of a release that does not have it. */
void check_init_generator(call *c);

#endif
