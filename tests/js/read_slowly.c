// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * read_slowly COUNT LENGTH: read stdin 1 KB at a time; it must be COUNT lines
 *
 *     <checksum> <text>
 *
 * each of LENGTH bytes of text, whose sum (each byte times its place, modulo
 * 2^32) is the checksum in decimal.
 */
static int check(const char *line, size_t size, size_t length)
{
    char *text;
    unsigned long expected = strtoul(line, &text, 10);
    unsigned sum = 0;

    if (*text != ' ' || size - (size_t)(text + 1 - line) != length)
        return 0;
    text++;
    for (size_t i = 0; i < length; i++)
        sum += (unsigned)(unsigned char)text[i] * (unsigned)(i + 1);
    return sum == expected;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    size_t length = strtoul(argv[2], NULL, 10);
    size_t size = 0, capacity = length + 100 + 1024;
    char *line = malloc(capacity);
    long good = 0, bad = 0;
    ssize_t n;

    while (line != NULL && (n = read(STDIN_FILENO, line + size, 1024)) > 0) {
        size += (size_t)n;
        char *end;
        while ((end = memchr(line, '\n', size)) != NULL) {
            *end++ = '\0';
            if (check(line, (size_t)(end - 1 - line), length))
                good++;
            else
                bad++;
            size -= (size_t)(end - line);
            memmove(line, end, size);
        }
        if (size > capacity - 1024) {
            bad++; /* longer than any line */
            break;
        }
    }
    if (bad > 0 || size > 0 || good != strtol(argv[1], NULL, 10)) {
        printf("%ld good lines of %s, %ld bad, %zu bytes left\n", good,
               argv[1], bad, size);
        return 1;
    }
    return 0;
}
