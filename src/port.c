// SPDX-License-Identifier: MIT
#define NODE_EXTENSION_HOST
#include "src/port.h"

#include "sched/check.h"
#include "src/bindings.h"
#include "src/include/node/node_extension.h"

#include <pthread.h>
#include <stdlib.h>

enum {
    POSTS_A_TURN = 256 /* then others have theirs */
};

struct node_port {
    pthread_mutex_t lock;
    struct program *program; /* NULL: the shard has closed */
    struct list posts;
    size_t count;
    size_t users; /* the shard, and those who opened it */
};

/* Without run(), one user's last: he closes. */
struct post {
    struct list_node link;
    void (*run)(struct js *js, void *arg);
    void (*discard)(void *arg);
    void *arg;
};

static void leave(struct node_port *port)
{
    pthread_mutex_lock(&port->lock);
    bool last = --port->users == 0;
    pthread_mutex_unlock(&port->lock);
    if (!last)
        return;
    pthread_mutex_destroy(&port->lock);
    free(port);
}

/* ---- On the shard -------------------------------------------------------- */

static struct post *take(struct node_port *port, size_t *left)
{
    pthread_mutex_lock(&port->lock);
    struct list_node *node = list_pop(&port->posts);
    if (node != NULL)
        port->count--;
    *left = port->count;
    pthread_mutex_unlock(&port->lock);
    return node == NULL ? NULL : CONTAINER_OF(node, struct post, link);
}

static void discard(struct node_port *port, struct post *post)
{
    if (post->run == NULL)
        leave(port);
    else if (post->discard != NULL)
        post->discard(post->arg);
}

static void deliver(struct node_port *port, struct post *post)
{
    struct program *p = port->program;

    if (post->run == NULL)
        shard_release(p->shard);
    if (post->run == NULL || !bind_extension_enter(p, post->run, post->arg))
        discard(port, post);
    free(post);
}

/* What the rest waits for may be a turn within one of them: the task is pushed
 * before, for that turn or the next. */
static void on_posts(struct task *task, struct shard *here)
{
    struct program *p = here->program;
    struct post *post;
    size_t left;

    for (int i = 0; i < POSTS_A_TURN; i++) {
        if ((post = take(p->port, &left)) == NULL)
            return;
        if (left > 0)
            ready_push(&here->ready, task);
        deliver(p->port, post);
    }
}

void port_open(struct program *p)
{
    struct node_port *port = xcalloc(1, sizeof *port);

    pthread_mutex_init(&port->lock, NULL);
    port->program = p;
    port->users = 1;
    list_init(&port->posts);
    p->port = port;
    signal_init(&p->posts, p->shard, on_posts);
}

void port_close(struct program *p)
{
    struct node_port *port = p->port;
    struct post *post;
    size_t left;

    pthread_mutex_lock(&port->lock);
    port->program = NULL;
    pthread_mutex_unlock(&port->lock);
    while ((post = take(port, &left)) != NULL) {
        discard(port, post);
        free(post);
    }
    leave(port);
}

/* ---- From any thread ----------------------------------------------------- */

struct node_port *node_port_open(struct js *js)
{
    struct program *p = program_of(js);
    struct node_port *port = p->port;

    pthread_mutex_lock(&port->lock);
    port->users++;
    pthread_mutex_unlock(&port->lock);
    shard_hold(p->shard);
    return port;
}

/* The signal under the lock: the shard does not close meanwhile. */
static bool push(struct node_port *port, struct post *post)
{
    pthread_mutex_lock(&port->lock);
    bool open = port->program != NULL;
    if (open) {
        list_push(&port->posts, &post->link);
        if (port->count++ == 0)
            signal_raise(&port->program->posts);
    }
    pthread_mutex_unlock(&port->lock);
    return open;
}

bool node_port_post(struct node_port *port,
                    void (*run)(struct js *js, void *arg),
                    void (*discard_it)(void *arg), void *arg)
{
    struct post *post = xmalloc(sizeof *post);

    CHECK(run != NULL);
    *post = (struct post){ .run = run, .discard = discard_it, .arg = arg };
    bool open = push(port, post);
    if (!open)
        free(post);
    return open;
}

void node_port_close(struct node_port *port)
{
    struct post *post = xcalloc(1, sizeof *post);

    if (push(port, post))
        return;
    free(post);
    leave(port);
}
