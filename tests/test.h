// SPDX-License-Identifier: MIT
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

/*
 * test: a test program is one .c file.
 *
 *     TEST(a_sentence_that_is_true)
 *     {
 *         CHECK_EQ(1 + 1, 2);
 *     }
 *
 * All tests of the file run, in order; with arguments, only those whose names
 * contain one of them.  Each prints its name.  A check that fails prints both
 * sides and goes on; it may come from any thread.
 */
struct test {
    const char *name;
    void (*run)(void);
    struct test *next;
};

static struct test *test_first;
static struct test **test_last = &test_first;
static atomic_int test_failures;

#define TEST(name)                                                         \
    static void name(void);                                                \
    __attribute__((constructor)) static void name##_add(void)              \
    {                                                                      \
        static struct test test = { #name, name, NULL };                   \
        *test_last = &test;                                                \
        test_last = &test.next;                                            \
    }                                                                      \
    static void name(void)

/* Integers. */
#define CHECK_EQ(left, right)                                              \
    test_compare(__FILE__, __LINE__, #left " == " #right,                  \
                 (long long)(left), (long long)(right))

#define CHECK_TRUE(condition) CHECK_EQ(!!(condition), 1)

static inline void test_compare(const char *file, int line, const char *what,
                                long long left, long long right)
{
    if (left == right)
        return;
    atomic_fetch_add(&test_failures, 1);
    fprintf(stderr, "%s:%d: %s: %lld, %lld\n", file, line, what, left, right);
}

static inline int test_is_chosen(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strstr(name, argv[i]) != NULL)
            return 1;
    return argc < 2;
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (struct test *test = test_first; test != NULL; test = test->next) {
        if (!test_is_chosen(test->name, argc, argv))
            continue;
        int before = atomic_load(&test_failures);
        printf("%s\n", test->name);
        test->run();
        if (atomic_load(&test_failures) != before)
            printf("    FAILED\n");
    }
    return atomic_load(&test_failures) != 0;
}

#endif
