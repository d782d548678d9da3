/* What draws the random numbers of a call: its argument generator=, or else the generator of
 * torch.manual_seed. */
#ifndef MLPSTEP_TORCH_GENERATOR_H
#define MLPSTEP_TORCH_GENERATOR_H

#include "torch.h"

stream *stream_of(const call *c);
/* manual_seed() */
void stream_seed(stream *s, uint64_t seed);
/* torch.default_generator */
void add_default_generator(call *c);

/* Numbers of mean and standard deviation into a tensor that nobody has seen yet, without the
 * warning; returns their bounds. */
double *fill_normal(call *c, mlp_tensor *t, double mean, double std);
/* Whole numbers from low on, of so many; is_wide: by 64 bits each, however many they are. */
void fill_integers(call *c, mlp_tensor *t, int64_t low, uint64_t range, bool is_wide);

/* What the signature of a native that draws has for it. */
#define GENERATOR "generator: Optional[Generator] = None"

#endif
