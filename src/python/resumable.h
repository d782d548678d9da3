/* Calls of a def that yields. They run up to a yield, and on from there when the next element is
 * asked for. In between the tree is left: each statement that holds a yield notes in a position of
 * its own where it is, and begins there when it is run again. */
#ifndef MLPSTEP_PYTHON_RESUMABLE_H
#define MLPSTEP_PYTHON_RESUMABLE_H

#include "attempt.h"
#include "evaluate.h"

typedef struct resumable resumable;
typedef struct position position;

struct position {
    position *outer, *inner;
    const node *statement; /* NULL: none is being run here */
    const node *block;     /* of it, that is being run; NULL before it has come to one */
    object *over;     /* what a `for` or `yield from` goes through; what a `with` has entered */
    object *raised;   /* of a try: what its handler handles, or is raised behind its `finally` */
    object *returned; /* likewise what is returned there, */
    flow end;         /* and how else it ends */
    size_t made;      /* calls like this one, before what a `for` goes through was computed */
    context entered;  /* of a `with` */
};

/* Where the statement that is being run is; NULL where it holds no yield. */
position *position_of(const script *s, const node *statement);
/* Whether the statement is gone on with in that block of it. */
bool position_is_in(const position *p, const node *block);
/* The statement of the block that was left at a yield; the first where none was. */
const node *position_in_block(const script *s, const node *block);
/* What it was in the midst of has raised. */
void position_restore(script *s, position *p);
/* As run_block, of a block of the statement, which p notes unless it is NULL. */
flow run_part(script *s, position *p, const node *block, object **result);
/* Runs a statement that holds a yield with `run`; and one that is a yield. */
typedef flow run_one(script *s, const node *statement, object **result);
flow run_resumable(script *s, const node *statement, run_one *run, object **result);
flow run_yield(script *s, const node *n);

/* As run_block, of the body of a call in its frame. */
flow run_in_frame(call *c, frame *f, const node *body, object **result);
/* A call of the function, whose parameters are bound in the frame. */
object *resumable_call(call *c, frame *f, const node *define);
/* The next element; NULL at the end, */
object *resumable_next(call *c, resumable *r);
/* where next() raises a StopIteration of what it returned; r is NULL of other iterators. */
_Noreturn void resumable_refuse_next(call *c, const resumable *r);
/* The same where the yield that it stops at raises the exception. */
object *resumable_throw(call *c, resumable *r, object *thrown);
/* Ends it where it is. */
void resumable_close(call *c, resumable *r);
/* How many were made so far. */
size_t resumable_made(const script *s);
/* A `for` leaves what it went through, which nobody else has if it was made since so many were. */
void resumable_leave(call *c, const object *it, size_t made);
/* Fails where one was left in a `with`, or in a try that has something to do at its end: Python does
 * that when it drops it, and here nothing is dropped. */
void resumable_check_ended(script *s);

#endif
