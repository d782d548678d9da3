/* How PyTorch takes many normal numbers: in blocks, whose first half is the pairs' first numbers. */
#ifndef MLPSTEP_RANDOM_NORMAL_H
#define MLPSTEP_RANDOM_NORMAL_H

enum {
    PAIRS = 8,
    BLOCK = 2 * PAIRS /* so many numbers or more are drawn so, fewer one by one */
};

#endif
