// SPDX-License-Identifier: MIT
#include "src/rows.h"

#include "sched/check.h"
#include "src/program.h"

#include <stdlib.h>

int32_t *rows_add(struct rows *rows, enum row_kind kind)
{
    int32_t *window = rows->window;
    CHECK(window[ROWS_END] < ROWS_FIRST + ROWS_MAX * ROWS_SIZE);
    int32_t *row = window + window[ROWS_END];
    window[ROWS_END] += ROWS_SIZE;
    row[0] = kind;
    ready_push(&rows->program->shard->batch, &rows->dispatch);
    return row;
}

int32_t *rows_add_named(struct rows *rows, enum row_kind kind, uint32_t place,
                        uint32_t generation)
{
    int32_t *row = rows_add(rows, kind);
    row[1] = (int32_t)place;
    row[2] = (int32_t)generation;
    return row;
}

/* One call for all rows.  While it runs the task stays in the queue: a listener
 * may wait, and the nested turns have to see the rows that are left. */
static void on_dispatch(struct task *task, struct shard *here)
{
    struct rows *rows = CONTAINER_OF(task, struct rows, dispatch);
    struct js *js = rows->program->js;
    struct js_scope scope;

    rows->before(rows->program);
    ready_push(&here->batch, task);
    js_scope_open(js, &scope);
    js_enter(js, js_ref_get(js, rows->dispatcher), js_undefined(js), 0, NULL);
    js_scope_close(&scope);
    rows->after(rows->program);
    if (rows_are_empty(rows))
        ready_remove(&here->batch, task);
    program_settle(rows->program);
}

int rows_open(struct program *program)
{
    struct rows *rows = &program->rows;
    struct js *js = program->js;
    struct js_scope scope;

    size_t integers = ROWS_ANSWERS + ROWS_ANSWERS_MAX * ROWS_ANSWER_SIZE;
    rows->window = xcalloc(integers, sizeof rows->window[0]);
    rows->program = program;
    rows->dispatch.run = on_dispatch;
    rows->window[ROWS_CURSOR] = ROWS_FIRST;
    rows->window[ROWS_END] = ROWS_FIRST;
    rows->window[ROWS_ANSWERS_END] = ROWS_ANSWERS;
    js_scope_open(js, &scope);
    js_value internal = js_internal(js);
    rows->dispatcher = js_ref_new(js, js_get(js, internal, "dispatch"));
    js_value window = js_int32_window(js, rows->window, integers);
    js_enter(js, js_get(js, internal, "startRows"), internal, 1, &window);
    js_scope_close(&scope);
    return 0;
}

void rows_close(struct program *program)
{
    struct rows *rows = &program->rows;

    ready_remove(&program->shard->batch, &rows->dispatch);
    js_ref_free(rows->dispatcher);
    rows->dispatcher = NULL;
}

/* After js_close(): until then JavaScript sees the window. */
void rows_fini(struct rows *rows)
{
    free(rows->window);
}
