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

/* What the signature of a native that draws has for it. */
#define GENERATOR "generator: Optional[Generator] = None"

#endif
