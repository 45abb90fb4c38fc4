// SPDX-License-Identifier: MIT
#include "net/slab.h"

#include "tests/test.h"

#include <stdbool.h>
#include <stdlib.h>

struct thing {
    struct slab_item name;
    char zeroed[40];
    char kept[5];
};

enum {
    ZEROED = offsetof(struct thing, kept),
    MANY = 1000 /* things: several chunks */
};

static struct thing *take(struct slab *slab)
{
    return slab_take(slab, ZEROED);
}

static bool is_findable(const struct slab *slab, const struct thing *thing)
{
    return slab_find(slab, thing->name.place, thing->name.generation) == thing;
}

TEST(what_is_taken_is_found_by_its_name_until_it_is_given_back)
{
    struct slab slab;
    slab_init(&slab, sizeof(struct thing));
    struct thing *thing = take(&slab);
    uint32_t place = thing->name.place;
    uint32_t generation = thing->name.generation;
    CHECK_TRUE(slab_find(&slab, place, generation) == thing);
    slab_give(&slab, thing);
    CHECK_TRUE(slab_find(&slab, place, generation) == NULL);
    slab_fini(&slab);
}

TEST(a_name_finds_nothing_when_its_place_is_taken_again)
{
    struct slab slab;
    slab_init(&slab, sizeof(struct thing));
    struct thing *first = take(&slab);
    uint32_t place = first->name.place;
    uint32_t generation = first->name.generation;
    slab_give(&slab, first);
    struct thing *second = take(&slab);
    CHECK_TRUE(second == first); /* the one freed last */
    CHECK_EQ(second->name.place, place);
    CHECK_TRUE(second->name.generation != generation);
    CHECK_TRUE(slab_find(&slab, place, generation) == NULL);
    CHECK_TRUE(is_findable(&slab, second));
    slab_give(&slab, second);
    slab_fini(&slab);
}

TEST(names_that_never_were_find_nothing)
{
    struct slab slab;
    slab_init(&slab, sizeof(struct thing));
    CHECK_TRUE(slab_find(&slab, 0, 0) == NULL);
    CHECK_TRUE(slab_find(&slab, UINT32_MAX, UINT32_MAX) == NULL);
    struct thing *thing = take(&slab);
    uint32_t place = thing->name.place;
    uint32_t generation = thing->name.generation;
    CHECK_TRUE(slab_find(&slab, place, generation + 1) == NULL);
    for (uint32_t other = 0; other < MANY; other++)
        if (other != place)
            CHECK_TRUE(slab_find(&slab, other, 0) == NULL);
    CHECK_TRUE(slab_find(&slab, UINT32_MAX, generation) == NULL);
    slab_give(&slab, thing);
    slab_fini(&slab);
}

/* JavaScript holds the generation as a small integer: 30 bits without sign. */
TEST(generations_fit_in_30_bits_and_begin_again)
{
    struct slab slab;
    slab_init(&slab, sizeof(struct thing));
    struct thing *thing = take(&slab);
    thing->name.generation = (1U << 30) - 1; /* as if taken that often */
    CHECK_TRUE(is_findable(&slab, thing));
    slab_give(&slab, thing);
    CHECK_TRUE(slab_find(&slab, thing->name.place, (1U << 30) - 1) == NULL);
    CHECK_TRUE(slab_find(&slab, thing->name.place, 0) == NULL);
    thing = take(&slab);
    CHECK_EQ(thing->name.generation, 0);
    CHECK_TRUE(is_findable(&slab, thing));
    slab_give(&slab, thing);
    slab_fini(&slab);
}

TEST(an_item_is_zeroed_as_far_as_asked)
{
    struct slab slab;
    slab_init(&slab, sizeof(struct thing));
    struct thing *thing = take(&slab);
    memset(thing->zeroed, 'x', sizeof thing->zeroed);
    memset(thing->kept, 'x', sizeof thing->kept);
    slab_give(&slab, thing);
    thing = take(&slab);
    for (size_t i = 0; i < sizeof thing->zeroed; i++)
        CHECK_EQ(thing->zeroed[i], 0);
    for (size_t i = 0; i < sizeof thing->kept; i++)
        CHECK_EQ(thing->kept[i], 'x');
    slab_give(&slab, thing);
    slab_fini(&slab);
}

TEST(items_stay_where_they_are_while_the_slab_grows)
{
    static struct thing *things[MANY];
    struct slab slab;
    slab_init(&slab, sizeof(struct thing));
    for (unsigned i = 0; i < MANY; i++) {
        things[i] = take(&slab);
        memset(things[i]->zeroed, (int)i, sizeof things[i]->zeroed);
        memset(things[i]->kept, (int)i, sizeof things[i]->kept);
    }
    CHECK_EQ(slab.used, MANY);
    for (unsigned i = 0; i < MANY; i++) {
        CHECK_TRUE(is_findable(&slab, things[i]));
        CHECK_EQ(things[i]->zeroed[39], (char)i);
        CHECK_EQ(things[i]->kept[4], (char)i);
        CHECK_EQ((uintptr_t)things[i] % 16, 0);
    }
    for (unsigned i = 0; i < MANY; i++)
        slab_give(&slab, things[i]);
    CHECK_EQ(slab.used, 0);
    slab_fini(&slab);
}

static void give_even(void *item, void *arg)
{
    struct thing *thing = item;
    thing->zeroed[0]++;
    if (thing->name.place % 2 == 0)
        slab_give(arg, thing);
}

static void count(void *item, void *arg)
{
    (void)item;
    ++*(unsigned *)arg;
}

TEST(each_visits_what_is_in_use_once_and_may_give_it_back)
{
    static struct thing *things[MANY];
    struct slab slab;
    slab_init(&slab, sizeof(struct thing));
    for (unsigned i = 0; i < MANY; i++)
        things[i] = take(&slab);
    for (unsigned i = 0; i < MANY; i += 5)
        slab_give(&slab, things[i]);
    slab_each(&slab, give_even, &slab);
    unsigned left = 0;
    slab_each(&slab, count, &left);
    CHECK_EQ(left, slab.used);
    CHECK_EQ(left, MANY / 2 - MANY / 10);
    for (unsigned i = 0; i < MANY; i++) {
        bool visited = i % 5 != 0;
        CHECK_EQ(things[i]->zeroed[0], visited);
        if (visited && things[i]->name.place % 2 != 0)
            slab_give(&slab, things[i]);
    }
    slab_fini(&slab);
}

/* A model beside it: which name lives. */
TEST(random_taking_and_giving_keeps_every_name_right)
{
    static struct {
        struct thing *thing;
        uint32_t place;
        uint32_t generation;
    } held[200];
    struct slab slab;
    slab_init(&slab, sizeof(struct thing));
    unsigned seed = 1;
    unsigned in_use = 0;
    for (int i = 0; i < 100000; i++) {
        unsigned at = (unsigned)rand_r(&seed) % 200;
        if (held[at].thing == NULL) {
            held[at].thing = take(&slab);
            held[at].place = held[at].thing->name.place;
            held[at].generation = held[at].thing->name.generation;
            in_use++;
        } else {
            CHECK_TRUE(slab_find(&slab, held[at].place, held[at].generation)
                       == held[at].thing);
            slab_give(&slab, held[at].thing);
            CHECK_TRUE(slab_find(&slab, held[at].place, held[at].generation)
                       == NULL);
            held[at].thing = NULL;
            in_use--;
        }
        CHECK_EQ(slab.used, in_use);
    }
    for (unsigned at = 0; at < 200; at++)
        if (held[at].thing != NULL)
            slab_give(&slab, held[at].thing);
    slab_fini(&slab);
}
