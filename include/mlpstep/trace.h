/* What was computed from what, in order.
 *
 * A trace is a straight list of steps. Each step is one operation: it reads values and writes
 * new ones, never over an old one. An update of a parameter therefore makes a new value, and
 * backward, which walks the forward steps in reverse, records its own steps behind them. So
 * the list alone tells how every number came about, and any part of it can be computed again
 * with some values replaced.
 *
 * Beside the steps stand the entries: the values that a report shows, in the order it shows
 * them. Everything here lives in the trace's arena. */
#ifndef MLPSTEP_TRACE_H
#define MLPSTEP_TRACE_H

#include "mlpstep/arena.h"
#include "mlpstep/budget.h"
#include "mlpstep/diagnostic.h"
#include "mlpstep/operation.h"
#include "mlpstep/steps.h"
#include "mlpstep/tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlp_value mlp_value;
typedef struct mlp_step mlp_step;
typedef struct mlp_variable mlp_variable;
typedef struct mlp_storage mlp_storage;
typedef struct mlp_trace mlp_trace;
typedef struct mlp_hook mlp_hook;
typedef struct mlp_node_hook mlp_node_hook;
typedef struct mlp_function_of_script mlp_function_of_script;

/* Whose computation a step is: a module, an optimizer, or the text of a call. Names are
 * filled in when the script has ended, since a variable may be named after its use. */
typedef struct mlp_origin {
    const char *name;        /* w1 */
    const char *description; /* nn.Linear(2, 3); NULL for a function */
} mlp_origin;

/* How good a name is; a better one replaces it, the later of two equals too. */
typedef enum mlp_name_rank {
    MLP_UNNAMED,
    MLP_NAMED_BY_CALL,     /* w1(x) */
    MLP_NAMED_BY_ARGUMENT, /* the parameter of a function that received it */
    MLP_NAMED_LOCALLY,
    MLP_NAMED_AT_TOP
} mlp_name_rank;

/* How often a memory was written to: what values that stand in the same one share. */
typedef struct mlp_version_counter {
    size_t changes;       /* by whatever way */
    size_t counted;       /* as autograd counts, without .data */
    bool of_hidden_view;  /* the first value in it was one to PyTorch: see mlp_operation */
    const mlp_step *last; /* in a trace that settles: whose result replaced a value last, of those
                             steps that no gradient goes through */
} mlp_version_counter;

/* Where the numbers of a value stand. */
typedef struct mlp_memory {
    mlp_version_counter *counter;
    size_t version;              /* counter->changes when this value was made */
    size_t expected;             /* counter->counted when this value was made */
    bool hidden_view;            /* the value itself is a hidden view, in whatever shape */
    bool replaced;               /* another value took its place in the variable ... */
    const mlp_step *replaced_by; /* ... the result of this step; NULL once that is settled */
    bool forgotten;              /* ... by detach_(): it is no input of the graph any more */
    bool rebased;                /* a view, made anew after its base was changed in place */
    const mlp_strided *layout;   /* where PyTorch has the numbers in that memory; NULL: one behind
                                    the other from its first place on */
} mlp_memory;

/* What a report calls a value, and whether it does. */
typedef struct mlp_label {
    const char *name; /* before it is made unique */
    mlp_name_rank rank;
    const mlp_value *part_of;      /* with `suffix`: named after this value ... */
    const mlp_origin *internal_of; /* ... or this module */
    const char *suffix;            /* .grad, .mask */
    const char *display;           /* the unique name, from mlp_trace_finish on */
    bool hidden;                   /* has no entry: the same numbers in another shape */
    /* Has none where the script computes the same from the same, and shows it. */
    bool unless_computed;
    bool unasked; /* nobody goes by it on paper: no worksheet asks for it, nor for its parts */
    /* The script has it, too: a name that it gives it is better than that of a part. */
    bool of_script;
    bool passed; /* has come to where it is shown, if its training step is kept */
    bool shown;  /* has one by now */
} mlp_label;

/* One tensor at one moment. */
struct mlp_value {
    size_t number; /* of the trace's values, from 0 in the order they came about */
    mlp_tensor tensor;
    double *bound;          /* of each element, see mlpstep/bound.h; NULL: all are exact */
    mlp_step *producer;     /* the step that wrote it; NULL where it was given */
    mlp_variable *variable; /* whose value it is or was; NULL for a gradient */
    mlp_variable *retainer; /* after retain_grad(): whose .grad takes the gradient too */
    mlp_hook *hooks;        /* of a computed value, in the order in which they were registered */
    mlp_value *same_as;     /* another value of the same numbers in the same order, or NULL */
    const mlp_operation *computed_by; /* whose result it is, in whatever shape; NULL: given */
    bool requires_grad;
    bool leaf;  /* a gradient that comes to it ends here: in variable->grad, or, of a view without
                   history that requires grad because its base does, nowhere */
    bool given; /* the script wrote or drew its numbers, which were at most rearranged since */
    bool of_gradient;                    /* a gradient, or computed from one: part of an update */
    bool used;                           /* a step has read it */
    bool inference;                      /* made under torch.inference_mode() */
    bool inside;                         /* a step of a function made it, see mlp_trace_function */
    bool unseeded;                       /* some of its numbers are decided by no seed, ... */
    struct mlp_overwritten *overwritten; /* ... except where they were overwritten since */
    bool unset;                          /* of those that nobody set: torch.empty() made them */
    const mlp_tensor *other_mask; /* of a mask that dropout or bernoulli_ drew from a seed: what it
                                     is, of bools, where PyTorch draws in the other way
                                     (MLP_DRAWS_WITHOUT_MKL), if the script draws as often there;
                                     NULL where releases differ in what they drew before, too */
    mlp_memory memory;
    mlp_label label;
};

/* Whether the value has numbers that no seed decides, because they were drawn without one or never
 * set, which whoever makes them says in value->unseeded, or were made of such. */
bool mlp_value_is_unseeded(const mlp_value *value);

/* Another name of a parameter that stands in several places of its model. */
typedef struct mlp_alias mlp_alias;
struct mlp_alias {
    const char *name;
    mlp_alias *next;
};

/* The numbers that several variables share: detach() and .data give the same ones again. */
struct mlp_storage {
    mlp_value *latest; /* what was written last, through whichever of them */
};

/* A tensor as a program holds it. Updates and in-place changes give it a new value; since they
 * may come by way of another variable, the present one is read with mlp_variable_value. */
struct mlp_variable {
    mlp_value *value;
    mlp_variable *grad; /* accumulated by backward; NULL is None */
    mlp_hook *hooks;    /* of a leaf */
    bool requires_grad;
    bool is_parameter;
    bool differentiated; /* a leaf that something with a history was computed from */

    mlp_storage *storage;      /* NULL while nobody shares it */
    mlp_variable *detached_of; /* a change of this one changes that one */
    mlp_variable *view_of;     /* the step of `value` made it from that one's value ... */
    bool detached_view;        /* ... and it has no history */
    bool has_views;            /* others are views of it that may have one */
    bool is_base;              /* others have it as view_of */
    /* A view without history requires grad as this one does: the first of those it is a view of; no
     * view: itself. */
    mlp_variable *inherits_from;
    bool has_strays;         /* one that did was given other numbers */
    bool is_alone;           /* ... and PyTorch gives it none after a change of its base */
    bool is_lost;            /* ... which has happened */
    bool is_data;            /* made by .data: its changes are no changes to autograd */
    size_t counted;          /* the changes that are, when `value` was made */
    mlp_variable *next_view; /* of this one, on the way to the one that is being looked up */
    const mlp_value *seen;   /* what `value` was made from: storage->latest or view_of's */

    const char *name; /* of a parameter, in its state_dict: the first it has there ... */
    mlp_alias *aliases, *last_alias; /* ... and the others */
    size_t walk;                     /* the last walk over parameters that came by */
    void *attached;                  /* whatever its owner keeps with it; the trace never looks */
    const char *display;             /* what its values share, from mlp_trace_finish on */
};

typedef enum mlp_phase {
    MLP_FORWARD,
    MLP_BACKWARD,
    MLP_UPDATE
} mlp_phase;

struct mlp_step {
    mlp_phase phase;
    const mlp_operation *operation;
    const mlp_origin *origin; /* may be NULL */
    mlp_value *in[MLP_MAX_INPUTS], *out[MLP_MAX_OUTPUTS];
    const mlp_options *options; /* which steps with the same ones share */
    const mlp_release *release; /* the trace's */
    const mlp_step *forward;    /* in backward: the step whose gradients these are. in[0] is the
                                gradient of its out[0], out[i] the gradient of its in[i] */
    const mlp_function_of_script *function; /* whose result a step of mlp_function has */
    const char *grad_fn;                    /* the node's name, where it is not its operation's */
    mlp_hook *hooks;                        /* of the node: called after those of its tensor */
    mlp_node_hook *node_hooks;              /* called when it has handed its gradients on */
    bool kept;                              /* belongs to a trace that keeps some steps only */
    bool freed;                             /* a backward without retain_graph went through it */
    int slices; /* of everything, that PyTorch takes of in[0] before: x[:, 0]; -1: it has other
                   nodes there */
    size_t reached, needed; /* the last sweep that came by, and that went through it */
    mlp_step *previous;     /* the step before this one of those that can have a history */
    mlp_step *next;
};

typedef enum mlp_entry_kind {
    MLP_ENTRY_VALUE,
    MLP_ENTRY_SECTION, /* # forward, # backward, # step: the step's phase */
    MLP_ENTRY_FORMULA, /* a step that begins, for a comment */
    MLP_ENTRY_STEP     /* a training step begins, where only some are kept: its number */
} mlp_entry_kind;

typedef struct mlp_entry mlp_entry;
struct mlp_entry {
    mlp_entry_kind kind;
    mlp_value *value;
    const mlp_step *step;
    mlp_phase phase;
    uint64_t number;
    mlp_entry *next;
};

/* A tensor that the script printed, or named in an expression that stands alone. */
typedef struct mlp_echo mlp_echo;
struct mlp_echo {
    mlp_value *value;
    mlp_echo *next;
};

/* One backward(), and what it gave each leaf, before that joined earlier gradients. */
typedef struct mlp_leaf_gradient mlp_leaf_gradient;
struct mlp_leaf_gradient {
    const mlp_value *leaf, *gradient;
    mlp_leaf_gradient *next;
};
typedef struct mlp_root mlp_root;
struct mlp_root {
    const mlp_value *value, *seed; /* the seed is the gradient of the root: 1, or as passed in */
    mlp_root *next;
};
typedef struct mlp_sweep mlp_sweep;
struct mlp_sweep {
    mlp_root *roots; /* one at least: the gradients are those of sum(seed * value) of all */
    mlp_leaf_gradient *first, *last;
    size_t number; /* of all sweeps, from 1 */
    mlp_sweep *next;
};

struct mlp_trace {
    mlp_arena *arena;
    mlp_release release; /* whose PyTorch its operations follow */
    mlp_budget *budget;  /* what the steps are charged to, before they are run; NULL: nothing */
    size_t values;       /* their number */
    mlp_step *first_step, *last_step, *last_forward;
    mlp_entry *first_entry, *last_entry;
    const mlp_value *last_shown; /* whose entry is the last one, or would be, but for `quiet` */
    mlp_phase last_shown_in;     /* and its section */
    mlp_echo *first_echo, *last_echo;
    mlp_sweep *first_sweep, *last_sweep;
    mlp_phase section; /* of the last entry */
    bool no_grad;      /* as under torch.no_grad(): nothing that is computed requires a gradient */
    bool bounded;      /* every value that is computed gets its bounds (mlpstep/bound.h) ... */
    bool lost; /* ... which are infinite from here on: another build may have gone another way */
    struct mlp_bound_room *bound_room; /* where they are computed */
    const mlp_options **options;       /* those of earlier steps, for later ones to share */
    struct mlp_gathering *gathering;   /* for the next sweep, if it is large enough */
    size_t gathering_capacity;
    struct mlp_keeping *keeping; /* of some training steps only; NULL: of all that happens */
    size_t sweeps;               /* their number */
    bool sweeping;               /* what is computed now belongs to the backward of others ... */
    bool inside;                 /* ... or to a function of the script that has its own */
    size_t inference;            /* how many torch.inference_mode() are entered */
    bool quiet; /* nothing that is computed gets an entry, and no sweep is told of */
    /* mlp_trace_settle() will be called: no step refers to an earlier one that it was not computed
     * from. */
    bool settles;
};

/* An empty trace in the arena; NULL without memory. */
mlp_trace *mlp_trace_new(mlp_arena *arena);

/* Lets go of what only a report or a replay reads: the steps there are, as a list, the echoes, and
 * what numbers without history were computed from. Values stay, and whatever can be done with them,
 * a backward too. Only in a trace that `settles`. */
void mlp_trace_settle(mlp_trace *trace);

/* The trace, which is empty and `settles`, keeps these training steps only: values of others that
 * they read count as given. False without memory. */
bool mlp_trace_keep(mlp_trace *trace, const mlp_steps *steps);
/* How many training steps there were; 0 of a trace that keeps all. */
uint64_t mlp_trace_steps(const mlp_trace *trace);
/* The number of the one it holds, where it was to hold all if they are few, and they are not; else
 * 0. */
uint64_t mlp_trace_last(const mlp_trace *trace);

/* A value that was given, not computed: it takes the tensor over. NULL without memory. */
mlp_value *mlp_trace_given(mlp_trace *trace, mlp_tensor tensor);
/* A variable that holds the value. NULL without memory. */
mlp_variable *mlp_trace_variable(mlp_trace *trace, mlp_value *value, bool requires_grad);

/* The value a variable has now, made anew where its numbers were changed by way of another one.
 * NULL, with a message, without memory or where PyTorch's own value would be a matter of chance:
 * a view whose numbers were changed behind its history. */
mlp_value *mlp_variable_value(mlp_trace *trace, mlp_variable *variable, mlp_diagnostic *error);
/* What tensor.requires_grad says: that of a view is true where that of the tensor is that has the
 * numbers; those of views in between do not count. */
bool mlp_variable_requires_grad(const mlp_variable *variable);
/* Whether PyTorch can say what history the variable has. It cannot of a view that was made under
 * no_grad(), or of a row of unbind, after the numbers of its base were changed in place. */
bool mlp_variable_has_known_history(mlp_trace *trace, mlp_variable *variable,
                                    mlp_diagnostic *error);
/* The tensor that PyTorch has for it: another one where an operation gave its input back. */
mlp_variable *mlp_variable_original(mlp_variable *variable);
/* Whose change one of the variable is: the first that it was detached of, unless that one was
 * computed, with a history, which a change by way of detach() leaves wrong. */
mlp_variable *mlp_variable_root(mlp_variable *variable);
/* A variable without history that shares the numbers: tensor.detach(), tensor.data. These and the
 * next three fail, with a message, where mlp_variable_value does, and where PyTorch refuses. */
mlp_variable *mlp_trace_detach(mlp_trace *trace, mlp_variable *of, mlp_diagnostic *error);
mlp_variable *mlp_trace_data(mlp_trace *trace, mlp_variable *of, mlp_diagnostic *error);
/* The variable has no history from now on, and the same numbers: tensor.detach_(). */
bool mlp_trace_forget(mlp_trace *trace, mlp_variable *variable, mlp_diagnostic *error);
/* A variable that is what the view is now, so that the view can become one of it. */
mlp_variable *mlp_trace_stand_in(mlp_trace *trace, const mlp_variable *view, mlp_diagnostic *error);
/* The variable holds `value` from now on, which a step has just made of its numbers, in another
 * arrangement: tensor.t_(). stand_in: of a view, what it was before; else NULL. */
void mlp_trace_rearrange(mlp_variable *variable, mlp_variable *stand_in, mlp_value *value);
/* A variable for `value`, which a step has just made out of base's value without computing:
 * tensor.T, tensor[0]. It follows the changes of base; it cannot be changed itself. */
mlp_variable *mlp_trace_view(mlp_trace *trace, mlp_variable *base, mlp_value *value,
                             mlp_diagnostic *error);
/* variable.data = of: it shares the numbers of `of` from now on. */
bool mlp_trace_share(mlp_trace *trace, mlp_variable *variable, mlp_variable *of,
                     mlp_diagnostic *error);
/* requires_grad_(): the variable is a leaf, with or without a gradient. */
bool mlp_trace_require_grad(mlp_trace *trace, mlp_variable *variable, bool requires_grad,
                            mlp_diagnostic *error);
/* Whether the numbers of `value` fit in the place of those of `old`; false with the reason. */
bool mlp_value_fits(const mlp_value *old, const mlp_value *value, mlp_diagnostic *error);
/* Sets elements of a value that mlp_index_put has just made, and nobody has looked at since, to the
 * number: a loop over the elements is one step then. *done is false, and nothing happens, where the
 * value is another one. False without memory. */
bool mlp_trace_put(mlp_trace *trace, mlp_value *value, const mlp_tensor *places, mlp_number number,
                   bool *done, mlp_diagnostic *error);
/* An in-place change: the variable, and all that share its numbers, hold `value` from now on,
 * which a step has just computed. Refuses what PyTorch refuses: of a leaf that requires grad any
 * change but one without history. */
bool mlp_trace_assign(mlp_trace *trace, mlp_variable *variable, mlp_value *value,
                      bool without_history, mlp_diagnostic *error);
/* What PyTorch raises where backward needs a value that was changed in place since; is_result: of
 * the step that needs it, and else one that it read. */
mlp_diagnostic *mlp_raises_modified(mlp_diagnostic *error, const mlp_value *gone, bool is_result);
/* How often autograd has counted a change of the numbers: tensor._version. */
size_t mlp_value_version(const mlp_value *value);
/* PyTorch comes to the value by one more change: it makes a parameter before it draws it. */
void mlp_value_changed_again(mlp_value *value);

/* The name of the node of the graph that PyTorch would print for the value: grad_fn=<NAME>. NULL
 * for a leaf and for what requires no gradient. */
const char *mlp_value_grad_fn(const mlp_value *value);

/* What the step that made a value reads for it, of a gradient only what its formula asks for.
 * Returns how many they are: 0 for a value that was given. */
enum {
    MLP_MAX_SOURCES = 1 + MLP_MAX_INPUTS + MLP_MAX_OUTPUTS
};
size_t mlp_value_sources(const mlp_value *value, const mlp_value *sources[MLP_MAX_SOURCES]);
/* The value itself, or, where it has no entry, the one that a reshape, a clone or the like made it
 * from: the same numbers in the same order. */
mlp_value *mlp_value_origin(mlp_value *value);
/* The first value that had its numbers in the same order, whether it has an entry or not. */
const mlp_value *mlp_value_first(const mlp_value *value);

/* Where PyTorch has the numbers in memory, and whether they stand one behind the other there. */
mlp_strided mlp_value_layout(const mlp_value *value);
bool mlp_value_is_contiguous(const mlp_value *value);
/* Of a gradient: whether it is one number in memory, as sum() spreads it without copying. */
bool mlp_value_is_one(const mlp_value *gradient);
/* How PyTorch goes over the numbers of a step that MLP_IS_BY_LOOP. */
mlp_loop mlp_step_loop(const mlp_step *step);
/* The same without gaps: in this order PyTorch writes numbers that it draws for the value. */
mlp_strided mlp_value_order(const mlp_value *value);
/* A value that was given has that layout, as torch.zeros_like makes it. False without memory. */
bool mlp_trace_lay_out(mlp_trace *trace, mlp_value *value, const mlp_value *like);
/* Whether two steps that have a dimension as an option go along the same lines of their inputs: one
 * may have become a batch of one row in between. */
bool mlp_step_has_lines_of(const mlp_step *step, const mlp_step *other);
/* Whether PyTorch can view them under other sizes, of the same product, without a copy. */
bool mlp_value_can_be_viewed(const mlp_value *value, const mlp_sizes *sizes);

/* Whether PyTorch finds that two values share some of their memory, or, for overlap, some, but not
 * all. */
bool mlp_values_share(const mlp_value *a, const mlp_value *b);
bool mlp_values_overlap(const mlp_value *a, const mlp_value *b);

/* Names a value, unless it has a better name. */
void mlp_value_name(mlp_value *value, const char *name, mlp_name_rank rank);

/* Appends the value to the entries of the section, once. */
bool mlp_trace_show(mlp_trace *trace, mlp_phase section, mlp_value *value);

/* Whether whoever does the step on paper computes it: it was not given, and is no way of the
 * program's own. */
bool mlp_value_is_asked(const mlp_value *value);

/* Appends the value to the echoes. */
bool mlp_trace_echo(mlp_trace *trace, mlp_value *value);

/* A step to be computed. */
typedef struct mlp_request {
    const mlp_operation *operation;
    const mlp_origin *origin; /* may be NULL */
    /* Those beyond what the operation takes, and optional ones that are absent, are NULL. */
    mlp_value *in[MLP_MAX_INPUTS];
    mlp_options options;
    bool hidden;          /* the result has no entry */
    bool without_history; /* as under torch.no_grad() */
} mlp_request;

/* Computes operation(in...) and records the step. Shows the inputs and, unless it is hidden, the
 * result, in the section of the step's phase. Returns out[0]; NULL, with a message that names the
 * shapes, where the operation refuses them. A warning of the operation is left in *warning, else
 * NULL; warning may be NULL. */
mlp_value *mlp_trace_record(mlp_trace *trace, const mlp_request *request, const char **warning,
                            mlp_diagnostic *error);

/* What register_hook() has called with a gradient before that goes on. */
struct mlp_hook {
    /* Returns the gradient that goes on, or NULL with a message; it may also leave the sweep for
     * good. */
    mlp_value *(*call)(void *context, mlp_value *gradient);
    void *context;
    bool removed;
    bool retains_first; /* retain_grad() was called before */
    mlp_hook *next;
};
/* Adds it to those of the variable, which requires grad. */
bool mlp_trace_hook(mlp_trace *trace, mlp_variable *variable, mlp_hook *hook,
                    mlp_diagnostic *error);
/* Adds it to those of the step as a node of the graph, an identity: they see the gradient that the
 * hooks of its tensor left, whenever these were registered. */
void mlp_trace_hook_node(mlp_step *step, mlp_hook *hook);

/* What is called with the gradients of a step's inputs, which it may replace, before they go on:
 * NULL is one that nobody wants. `gradient` is that of its result. */
struct mlp_node_hook {
    void (*call)(void *context, mlp_value *gradient, mlp_value *din[MLP_MAX_INPUTS]);
    void *context;
    mlp_node_hook *next;
};
void mlp_trace_hook_inputs(mlp_step *step, mlp_node_hook *hook);

/* A function of the script with a backward of its own: torch.autograd.Function. */
struct mlp_function_of_script {
    const char *grad_fn;
    bool saves;       /* something for its backward, so that its graph can be freed */
    bool takes_none;  /* no zeros are made where there is no gradient of the result */
    size_t number;    /* which of the results this is */
    mlp_value *first; /* of a further one: the result that backward computes the gradients with, to
                         which this one hands its own */
    /* Writes the gradients of the step's inputs, NULL where there is none. False with a message; it
     * may also leave the sweep for good. */
    bool (*backward)(void *context, mlp_value *gradient, mlp_value *din[MLP_MAX_INPUTS]);
    void *context;
};
/* The step whose inputs are `in`, in[4] being a result that the function has computed from the
 * others under trace->inside, without history; of a further result, in[0] is function->first alone.
 * Returns the result with its history. The steps of all results stand one behind the other. */
mlp_value *mlp_trace_function(mlp_trace *trace, const mlp_function_of_script *function,
                              mlp_value *const in[MLP_MAX_INPUTS], mlp_diagnostic *error);

/* One sweep: what torch.autograd is asked for. */
typedef struct mlp_differentiation {
    mlp_value *const *roots;
    mlp_value *const *gradients; /* of each root; NULL, as a whole or for a scalar: 1 */
    size_t count;
    mlp_value *const *inputs; /* those whose gradients are asked for; NULL: every leaf */
    mlp_value **results;      /* receives the gradient of each input, NULL where the roots do not
                                 depend on it; NULL: gradients join the .grad of the leaves */
    size_t input_count;
    bool retain_graph;
    bool create_graph; /* the gradients have a history themselves */
} mlp_differentiation;

/* False with a message where PyTorch refuses it. */
bool mlp_trace_differentiate(mlp_trace *trace, const mlp_differentiation *of,
                             mlp_diagnostic *error);

/* torch.Tensor.backward: accumulates dL/dv into the grad of every leaf variable that requires
 * it. gradient is dL/droot, NULL for a scalar root (then 1). */
bool mlp_trace_backward(mlp_trace *trace, mlp_value *root, mlp_value *gradient, bool retain_graph,
                        mlp_diagnostic *error);

/* One update of the variable, as under torch.no_grad(), by the operation of an optimizer, whose
 * inputs are added to the request. state holds what it has kept of the variable, each NULL before
 * the first update that keeps it. Those that it keeps under these options are replaced by the new
 * ones, which are named after the variable: w.momentum_buffer. Returns the variable's new value, or
 * NULL, with a message. A view does not take it: whoever calls puts its numbers in the base. */
mlp_value *mlp_trace_update(mlp_trace *trace, const mlp_request *request, mlp_variable *variable,
                            mlp_value *state[MLP_MAX_STATES], mlp_diagnostic *error);

/* Whether a name is an expression, as in x @ W.T + b or -x, which takes brackets before anything is
 * put behind it: (x @ W).grad. */
bool mlp_name_is_expression(const char *name);
/* Gives every entry and echo its unique name: of several values named x the later ones are x@2,
 * x@3. Before that it drops the entries of values `unless_computed` that the script computes. Call
 * it when the names are known, before the display fields are read. */
bool mlp_trace_finish(mlp_trace *trace);

#ifdef __cplusplus
}
#endif

#endif
