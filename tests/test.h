// SPDX-License-Identifier: MIT
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * test: one file, one program, many tests.  Include it in one .c file, which
 * then has main():
 *
 *     TEST(full_ring_keeps_order)
 *     {
 *         CHECK_EQ(ring_size(&ring), 3);
 *     }
 *
 * The program runs its tests in the order of the file, or those named on its
 * command line.  The first check that fails says so and ends it with status 1.
 */
struct test {
    const char *name;
    void (*run)(void);
    struct test *next;
};

static struct test *test_first, **test_last = &test_first;

#define TEST(name)                                                         \
    static void name(void);                                                \
    __attribute__((constructor)) static void test_add_##name(void)         \
    {                                                                      \
        static struct test entry = { #name, name, NULL };                  \
        *test_last = &entry;                                               \
        test_last = &entry.next;                                           \
    }                                                                      \
    static void name(void)

#define CHECK(condition)                                                   \
    do {                                                                   \
        if (!(condition))                                                  \
            test_failed(__FILE__, __LINE__, #condition);                   \
    } while (0)

/* Integers. */
#define CHECK_EQ(actual, expected)                                         \
    test_equal(__FILE__, __LINE__, #actual, (intmax_t)(actual),            \
               (intmax_t)(expected))

#define CHECK_STR_EQ(actual, expected)                                     \
    test_equal_strings(__FILE__, __LINE__, #actual, actual, expected)

_Noreturn static inline void test_failed(const char *file, int line,
                                         const char *what)
{
    fprintf(stderr, "%s:%d: failed: %s\n", file, line, what);
    exit(1);
}

static inline void test_equal(const char *file, int line, const char *what,
                              intmax_t actual, intmax_t expected)
{
    if (actual == expected)
        return;
    fprintf(stderr, "%s:%d: %s\n  is       %" PRIdMAX "\n  expected %" PRIdMAX
            "\n", file, line, what, actual, expected);
    exit(1);
}

static inline void test_equal_strings(const char *file, int line,
                                      const char *what, const char *actual,
                                      const char *expected)
{
    if (actual && expected && strcmp(actual, expected) == 0)
        return;
    fprintf(stderr, "%s:%d: %s\n  is       \"%s\"\n  expected \"%s\"\n", file,
            line, what, actual ? actual : "NULL",
            expected ? expected : "NULL");
    exit(1);
}

static bool test_wanted(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return true;
    return argc == 1;
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (struct test *test = test_first; test; test = test->next) {
        if (!test_wanted(test->name, argc, argv))
            continue;
        printf("%s\n", test->name);
        test->run();
    }
    return 0;
}

#endif
