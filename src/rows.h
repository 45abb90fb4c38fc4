// SPDX-License-Identifier: MIT
#ifndef SRC_ROWS_H
#define SRC_ROWS_H

#include "isolates/js.h"
#include "sched/ready.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct program;

/*
 * rows: what happened on all connections in a turn, for JavaScript, and what it
 * answers.
 *
 * Each event is a row of integers in one Int32Array, and one call takes them
 * all: internal.dispatch() of src/lib/http.js.  window[CURSOR] is the next row,
 * window[END] where they end; JavaScript moves the cursor on before it calls a
 * listener, so that a nested turn goes on where the outer one stood, and sets
 * both back when nothing is left.
 *
 * Answers are rows too, behind those: JavaScript notes there which exchange gets
 * which kept response (src/bind_http.c), and C takes them all when dispatch()
 * returns, however it does.  A listener that waits nests a dispatch(), if only
 * one without rows, so what it had answered leaves.
 *
 * Threads: all of it on the shard's own.
 */
enum row_kind { /* src/lib/http.js and tcp.js have the same list */
    ROW_CONNECTION, /* place, generation, server */
    ROW_REQUEST,    /* place, generation, connection's place, method and flags,
                       text, start, end */
    ROW_CONTENT,    /* place, generation of an exchange */
    ROW_COMPLETE,
    ROW_DRAIN,
    ROW_RESUME, /* place, generation of a connection */
    ROW_EOF,
    ROW_TIMEOUT,
    ROW_CLOSE,        /* ..., had an error */
    ROW_SERVER_CLOSE, /* server */
    ROW_TCP_CONNECTION, /* place, generation, server */
    ROW_TCP_CONNECT,    /* place, generation; from here on too */
    ROW_TCP_PIECE,      /* ..., enum piece_kind and more */
    ROW_TCP_DRAIN,
    ROW_TCP_RESUME,
    ROW_TCP_EOF,
    ROW_TCP_TIMEOUT,
    ROW_TCP_CLOSE, /* ..., had an error */
};

enum {
    ROWS_CURSOR = 0,
    ROWS_END = 1,
    ROWS_ANSWERS_END = 2,
    ROWS_FIRST = 8,
    ROWS_SIZE = 8, /* integers a row */
    ROWS_MAX = 4096,
    ROWS_ROOM = 4, /* rows that rows_have_room() promises */
    ROWS_ANSWERS = ROWS_FIRST + ROWS_MAX * ROWS_SIZE,
    ROWS_ANSWER_SIZE = 4, /* place, generation, number of the response */
    ROWS_ANSWERS_MAX = 512,
};

struct rows {
    struct program *program;
    struct task dispatch; /* in shard->batch while there are rows */
    struct js_ref *dispatcher;
    /* Called before the rows go to JavaScript, and when it has returned. */
    void (*before)(struct program *program);
    void (*after)(struct program *program);
    int32_t *window;
};

/* Those of the program.  close comes before js_close(), fini after it. */
int rows_open(struct program *program);
void rows_close(struct program *program);
void rows_fini(struct rows *rows);

/* A new row; there must be room.  The caller fills in what follows the kind,
 * or the name. */
int32_t *rows_add(struct rows *rows, enum row_kind kind);
int32_t *rows_add_named(struct rows *rows, enum row_kind kind, uint32_t place,
                        uint32_t generation);

static inline bool rows_have_room(const struct rows *rows)
{
    return rows->window[ROWS_END] <=
           ROWS_FIRST + (ROWS_MAX - ROWS_ROOM) * ROWS_SIZE;
}

static inline bool rows_are_empty(const struct rows *rows)
{
    return rows->window[ROWS_END] == ROWS_FIRST;
}

/* Rows that JavaScript did not take yet. */
static inline int rows_count(const struct rows *rows)
{
    return (rows->window[ROWS_END] - rows->window[ROWS_CURSOR]) / ROWS_SIZE;
}

#endif
