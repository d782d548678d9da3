/* torch in one run: its state, and how its files reach it. Everything here is asked for by way of
 * a call, which knows the script and the place that errors speak of. */
#ifndef MLPSTEP_TORCH_TORCH_H
#define MLPSTEP_TORCH_TORCH_H

#include "mlpstep/random.h"
#include "mlpstep/trace.h"

#include "python/library.h"
#include "python/written.h"
#include "tensor/array_text.h"

typedef struct nn_module nn_module;

enum {
    UNSEEDED = 0 /* the seed until the script sets one, so that reports do not vary */
};

/* A generator of a script. */
typedef struct stream {
    /* Builds draw the masks of dropout in two ways, which leave the generator in different states.
     * Whatever is drawn is therefore drawn from two generators, once the script has drawn a mask:
     * from that of the other way first. */
    mlp_generator generator[2];
    size_t generators;
    bool strayed;  /* releases have drawn differing amounts since the seed: what --torch=2.7 draws
                      is no longer what all later ones do */
    bool seeded;   /* by the script */
    uint64_t seed; /* initial_seed() */
} stream;

typedef struct torch {
    mlp_trace *trace;
    mlp_dtype dtype;         /* torch.get_default_dtype() */
    mlp_print_options print; /* torch.set_printoptions() */
    array_options array;     /* numpy.set_printoptions() */
    stream random;           /* of torch.manual_seed */
    bool warned;             /* of numbers that no seed decides */
    nn_module *modules;      /* all of them, the oldest first */
    nn_module **next_module;
    mlp_variable *numbering; /* the last tensor that numbers its elements, of whatever shape */
    size_t walk;             /* over parameters, by number: see mlp_variable */
} torch;

extern const library torch_library;

torch *torch_of(const call *c);
mlp_trace *trace_of(const call *c);
/* Whether the PyTorch that the run follows does so. */
bool release_has(const call *c, mlp_behaviour behaviour);
mlp_rng rng_of(const call *c); /* how it draws the masks of dropout */

/* The tables of functions and methods, each ended by a row without a path. */
extern const native native_module[];
extern const native native_dtype[];
extern const native native_embedding[];
extern const native native_norms[];
extern const native native_distances[];
extern const native native_keyed[];
extern const native native_module_parts[];
extern const native native_module_hooks[];
extern const native native_creation[];
extern const native native_random[];
extern const native native_generator[];
extern const native native_distributions[];
extern const native native_tensor[];
extern const native native_operators[];
extern const native native_functions[];
extern const native native_spectral[];
extern const native native_linalg[], native_probability[];
extern const native native_statistics[], native_counts[], native_number_info[],
    native_layout_queries[], native_clamp[];
extern const native native_logic[];
extern const native native_reduce[], native_missing[], native_vector_norm[];
extern const native native_cat[], native_pad[];
extern const native native_arrange[];
extern const native native_products[], native_contractions[], native_parts[], native_pairs[];
extern const native native_einsum[];
extern const native native_choose[];
extern const native native_masked[], native_put[];
extern const native native_queries[], native_testing[];
extern const native native_nn[];
extern const native native_containers[];
/* What is written in Python, in the folder modules: written_text.c. */
extern const written_module torch_written[];
extern const native native_init[];
extern const native native_init_shaped[];
extern const native native_optimizer[], native_optimizer_state[];
extern const native native_clip[];
extern const native native_schedulers[], native_plateau[];
extern const native native_grad_mode[];
extern const native native_settings[];
extern const native native_autograd[];
extern const native native_function[], native_derivatives[], native_vector_products[];
extern const native native_array[], native_array_computed[];
extern const native native_version[];
/* As library.misfit. */
bool torch_misfit(script *s, const native *row, const char *type, const object *given,
                  misfit *says);
/* The names of torch that a script may set. */
void add_settings(call *c);

/* Adds the class of torch.optim that updates with the operation. */
void add_optimizer(call *c, const mlp_operation *operation);
/* Its module torch.optim.optimizer, when the classes are there. */
void add_optimizer_file(call *c);
/* Adds the classes of torch.optim.lr_scheduler. */
void add_schedulers(call *c);

/* Adds the other names of functions. */
void add_aliases(call *c);
/* The modules of torch that scripts import, and of which nothing is supported. */
void add_empty_namespaces(call *c);
/* torch.__version__ */
void add_version(call *c);
/* What to write instead of a path that torch does not have here; NULL where nothing is known. */
const char *torch_instead(const char *path);
const char *torch_instead_of_import(const char *path);
/* Whether PyTorch has the path, of some release. */
bool torch_knows(const char *path);
/* Whether PyTorch has the path in the release that is followed. */
bool torch_has(script *s, const char *path);
/* Whether PyTorch has no such name there either, as far as is known. */
bool torch_lacks(call *c, const object *o, const char *name);

#endif
