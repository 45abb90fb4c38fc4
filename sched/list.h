// SPDX-License-Identifier: MIT
#ifndef SCHED_LIST_H
#define SCHED_LIST_H

#include <stdbool.h>
#include <stddef.h>

/*
 * list: an intrusive, circular, doubly linked list.  A node embeds in what is
 * listed; CONTAINER_OF() finds the rest.  A node that is in no list has a NULL
 * `next`, so a zeroed node is one that is in no list.
 */
struct list_node {
    struct list_node *next;
    struct list_node *prev;
};

struct list {
    struct list_node head; /* its neighbours are the first and the last */
};

static inline void list_init(struct list *list)
{
    list->head.next = &list->head;
    list->head.prev = &list->head;
}

static inline bool list_is_empty(const struct list *list)
{
    return list->head.next == &list->head;
}

static inline bool list_is_linked(const struct list_node *node)
{
    return node->next != NULL;
}

static inline void list_push(struct list *list, struct list_node *node)
{
    node->next = &list->head;
    node->prev = list->head.prev;
    node->prev->next = node;
    list->head.prev = node;
}

static inline void list_remove(struct list_node *node)
{
    node->prev->next = node->next;
    node->next->prev = node->prev;
    node->next = NULL;
    node->prev = NULL;
}

/* NULL when the list is empty. */
static inline struct list_node *list_first(const struct list *list)
{
    return list_is_empty(list) ? NULL : list->head.next;
}

/* The node after `node`, or NULL when it is the last. */
static inline struct list_node *list_next(const struct list *list,
                                          const struct list_node *node)
{
    return node->next == &list->head ? NULL : node->next;
}

static inline struct list_node *list_pop(struct list *list)
{
    struct list_node *node = list_first(list);
    if (node != NULL)
        list_remove(node);
    return node;
}

/* Move all of `from` to the end of `to`. */
static inline void list_move(struct list *from, struct list *to)
{
    if (list_is_empty(from))
        return;
    from->head.next->prev = to->head.prev;
    to->head.prev->next = from->head.next;
    from->head.prev->next = &to->head;
    to->head.prev = from->head.prev;
    list_init(from);
}

#endif
