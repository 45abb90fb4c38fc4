// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "src/commons.h"

#include "sched/check.h"

#include <errno.h>
#include <pthread.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

struct name {
    size_t length;
    char *text;
};

struct memory {
    struct name name; /* first: see compare() */
    size_t length;
    void *bytes;
};

struct once_entry {
    struct name name;
    enum once state;
    struct js_clone *outcome;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *memories; /* trees of <search.h> */
static void *onces;

static int compare(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    if (x->length != y->length)
        return x->length < y->length ? -1 : 1;
    return memcmp(x->text, y->text, x->length);
}

/* The entry of that name, or a new one, zeroed but for the name. */
static void *entry(void **tree, const char *text, size_t length, size_t size)
{
    struct name *made = xcalloc(1, size);
    *made = (struct name){ length, xmalloc(length + 1) };
    memcpy(made->text, text, length);
    struct name **node = tsearch(made, tree, compare);
    CHECK(node != NULL);
    if (*node != made) {
        free(made->text);
        free(made);
    }
    return *node;
}

static int find_memory(const char *name, size_t name_length, size_t *length,
                       void **bytes)
{
    struct memory *m = entry(&memories, name, name_length, sizeof *m);
    if (m->bytes == NULL) {
        m->bytes = calloc(1, *length > 0 ? *length : 1);
        m->length = *length;
    }
    if (m->bytes == NULL)
        return -ENOMEM;
    *bytes = m->bytes;
    if (m->length == *length)
        return 0;
    *length = m->length;
    return -EEXIST;
}

int commons_memory(const char *name, size_t name_length, size_t *length,
                   void **bytes)
{
    pthread_mutex_lock(&lock);
    int err = find_memory(name, name_length, length, bytes);
    pthread_mutex_unlock(&lock);
    return err;
}

enum once commons_claim(const char *name, size_t name_length,
                        struct js_clone **outcome)
{
    pthread_mutex_lock(&lock);
    struct once_entry *e = entry(&onces, name, name_length, sizeof *e);
    enum once state = e->state; /* of a new one it is ONCE_MINE */
    if (state == ONCE_MINE)
        e->state = ONCE_RUNNING;
    *outcome = e->outcome;
    pthread_mutex_unlock(&lock);
    return state;
}

void commons_settle(const char *name, size_t name_length, bool failed,
                    struct js_clone *outcome)
{
    pthread_mutex_lock(&lock);
    struct once_entry *e = entry(&onces, name, name_length, sizeof *e);
    CHECK(e->state == ONCE_RUNNING);
    e->state = failed ? ONCE_FAILURE : ONCE_SUCCESS;
    e->outcome = outcome;
    pthread_mutex_unlock(&lock);
}

static void free_memory(void *arg)
{
    struct memory *m = arg;
    free(m->bytes);
    free(m->name.text);
    free(m);
}

static void free_once(void *arg)
{
    struct once_entry *e = arg;
    if (e->outcome != NULL)
        js_clone_unref(e->outcome);
    free(e->name.text);
    free(e);
}

void commons_close(void)
{
    tdestroy(memories, free_memory);
    tdestroy(onces, free_once);
    memories = NULL;
    onces = NULL;
}
