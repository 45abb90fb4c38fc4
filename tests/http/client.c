// SPDX-License-Identifier: MIT
#include "tests/http/peer.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * client PORT FILE OUTPUT: hold the conversation that a comment of FILE, from a
 * line that ends in "wire" to its end, writes down:
 *
 *     > TEXT          send TEXT and CRLF
 *     < TEXT          receive exactly TEXT and CRLF
 *     < Date: *       receive a Date field of about now
 *     send N TEXT     send TEXT N times
 *     flood N TEXT    the same, but the peer may end it all before
 *     stream N TEXT   the same, while what follows goes on
 *     receive N TEXT  receive TEXT N times
 *     fin             send FIN; receiving goes on
 *     reset           send RST, and leave
 *     close           leave
 *     eof             receive FIN, and nothing before it
 *     gone            receive FIN or RST, and nothing before it
 *     silence MS      receive nothing for so long
 *     sleep MS        wait so long; what was written above is sent before
 *     as NAME         go on with this connection, which opens when it is first
 *                     named; without any it is "first"
 *     window N        connections opened from here on receive into N bytes
 *     at ADDRESS      ... or go there instead of to 127.0.0.1
 *     refused         a connection that is tried now is refused
 *     bytewise MS     what is sent next goes one byte at a time, so far apart
 *     says TEXT       wait until OUTPUT, the program's, has a line TEXT
 *     # TEXT          nothing
 *
 * A TEXT that ends in \ has no CRLF; in it \r \n \t \\ \/ and \xHH are bytes.
 * Lines to be sent that follow each other are sent as one.  At the end nothing
 * may be left to be received.
 */
enum {
    CONNECTIONS = 100,
    TEXT = 1024 * 1024,
};

struct connection {
    char name[32]; /* empty: there are no more */
    struct peer peer;
};

static struct connection connections[CONNECTIONS + 1];
static struct connection *current;
static char address[64] = "127.0.0.1";
static unsigned short port;
static int window;
static long gap; /* of the lines that are collected */
static char *out; /* to be sent */
static size_t out_length;
static FILE *output;
static const char *file;
static int line_number;

void fail(const char *format, ...)
{
    va_list args;
    fprintf(stderr, "%s:%d: ", file, line_number);
    if (current != NULL && connections[1].name[0] != '\0')
        fprintf(stderr, "as %s: ", current->name);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "\n");
    exit(1);
}

/* ---- Connections --------------------------------------------------------- */

static void use(const char *name)
{
    struct connection *c = connections;
    while (c->name[0] != '\0' && strcmp(c->name, name) != 0)
        c++;
    if (c == connections + CONNECTIONS)
        fail("too many connections");
    current = c;
    if (c->name[0] != '\0')
        return;
    snprintf(c->name, sizeof c->name, "%s", name);
    int error = peer_open(&c->peer, address, port, window);
    if (error < 0)
        fail("connect: %s", strerror(-error));
}

static struct peer *the_peer(void)
{
    if (current == NULL)
        use("first");
    if (current->peer.fd < 0)
        fail("this connection was left already");
    return &current->peer;
}

static void receive_bytes(const char *bytes, size_t length)
{
    peer_expect(the_peer(), bytes, length);
}

static void expect_refusal(void)
{
    struct peer peer;
    int error = peer_open(&peer, address, port, window);
    if (error != -ECONNREFUSED)
        fail("the connection is not refused: %s",
             error < 0 ? strerror(-error) : "it is open");
}

static void expect_nothing_left(void)
{
    for (current = connections; current->name[0] != '\0'; current++) {
        struct peer *peer = &current->peer;
        char byte;
        if (peer->fd >= 0 &&
            (peer->length > 0 || recv(peer->fd, &byte, 1, MSG_DONTWAIT) > 0))
            fail("more came than was expected");
        free(peer->in);
    }
}

/* ---- The program's output ------------------------------------------------ */

static void expect_output(const char *expected)
{
    char line[4096];
    size_t length = 0;
    long start = now_ms();
    for (;;) {
        int c = fgetc(output);
        if (c == EOF) {
            clearerr(output);
            if (now_ms() - start > PEER_LIMIT)
                fail("the program does not say: %s", expected);
            sleep_ms(2);
        } else if (c == '\n') {
            line[length] = '\0';
            if (strcmp(line, expected) == 0)
                return;
            length = 0;
        } else if (length < sizeof line - 1) {
            line[length++] = (char)c;
        }
    }
}

/* ---- The script ---------------------------------------------------------- */

static void put(char *to, size_t *length, char c)
{
    if (*length == TEXT)
        fail("too long");
    to[(*length)++] = c;
}

static char escaped(const char **text)
{
    const char *at = *text;
    unsigned byte;
    *text += 1;
    switch (*at) {
    case 'r': return '\r';
    case 'n': return '\n';
    case 't': return '\t';
    case '\\': case '/': return *at;
    case 'x':
        if (isxdigit((unsigned char)at[1]) && isxdigit((unsigned char)at[2]) &&
            sscanf(at + 1, "%2x", &byte) == 1) {
            *text += 2;
            return (char)byte;
        }
    }
    fail("no such escape: \\%s", at);
}

/* Append what `text` stands for.  True: it ended in \. */
static bool unescape(const char *text, char *to, size_t *length)
{
    while (*text != '\0') {
        if (text[0] != '\\') {
            put(to, length, *text++);
            continue;
        }
        if (*++text == '\0')
            return true;
        put(to, length, escaped(&text));
    }
    return false;
}

static void append_line(const char *text, char *to, size_t *length)
{
    if (!unescape(text, to, length)) {
        put(to, length, '\r');
        put(to, length, '\n');
    }
}

/* Send, with the gap that was asked for. */
static void send_spaced(const char *bytes, size_t length)
{
    the_peer()->gap = gap;
    peer_send(the_peer(), bytes, length);
    the_peer()->gap = 0;
}

static void flush(void)
{
    if (out_length == 0)
        return;
    send_spaced(out, out_length);
    out_length = 0;
    gap = 0;
}

/* "N TEXT": TEXT N times, at `into` */
static void repeat(const char *text, void (*each)(const char *, size_t))
{
    char *end, *all = malloc(TEXT);
    size_t length = 0, used = 0;
    unsigned long count = strtoul(text, &end, 10);
    static char one[TEXT];

    unescape(*end == ' ' ? end + 1 : end, one, &length);
    while (count > 0) {
        for (used = 0; count > 0 && used + length <= TEXT; count--) {
            memcpy(all + used, one, length);
            used += length;
        }
        each(all, used);
    }
    gap = 0;
    free(all);
}

/* By a child, which shares the socket. */
static void stream(const char *text)
{
    the_peer();
    pid_t child = fork();
    if (child < 0)
        fail("fork: %s", strerror(errno));
    if (child > 0)
        return;
    repeat(text, send_spaced);
    _exit(0);
}

static void wait_for_streams(void)
{
    int status;
    while (wait(&status) > 0)
        if (status != 0)
            fail("a stream failed");
}

static void flood(const char *text)
{
    the_peer()->careless = true;
    repeat(text, send_spaced);
    the_peer()->careless = false;
}

static bool is_word(const char *line, const char *word, const char **rest)
{
    size_t length = strlen(word);
    if (strncmp(line, word, length) != 0)
        return false;
    if (line[length] != '\0' && line[length] != ' ')
        return false;
    *rest = line + length + (line[length] == ' ');
    return true;
}

static void receive_line(const char *rest)
{
    static char expected[TEXT];
    size_t length = 0;
    if (strcmp(rest, "Date: *") == 0) {
        peer_expect_date(the_peer());
        return;
    }
    append_line(rest, expected, &length);
    receive_bytes(expected, length);
}

static void run_line(const char *line)
{
    const char *rest;

    if (is_word(line, ">", &rest)) {
        append_line(rest, out, &out_length);
        return;
    }
    flush();
    if (line[0] == '\0' || line[0] == '#')
        return;
    if (is_word(line, "<", &rest))
        receive_line(rest);
    else if (is_word(line, "send", &rest))
        repeat(rest, send_spaced);
    else if (is_word(line, "flood", &rest))
        flood(rest);
    else if (is_word(line, "stream", &rest))
        stream(rest);
    else if (is_word(line, "receive", &rest))
        repeat(rest, receive_bytes);
    else if (is_word(line, "fin", &rest))
        shutdown(the_peer()->fd, SHUT_WR);
    else if (is_word(line, "reset", &rest))
        peer_reset(the_peer());
    else if (is_word(line, "close", &rest))
        peer_close(the_peer());
    else if (is_word(line, "eof", &rest))
        peer_expect_end(the_peer(), false);
    else if (is_word(line, "gone", &rest))
        peer_expect_end(the_peer(), true);
    else if (is_word(line, "silence", &rest))
        peer_expect_silence(the_peer(), atol(rest));
    else if (is_word(line, "sleep", &rest))
        sleep_ms(atol(rest));
    else if (is_word(line, "as", &rest))
        use(rest);
    else if (is_word(line, "window", &rest))
        window = atoi(rest);
    else if (is_word(line, "at", &rest))
        snprintf(address, sizeof address, "%s", rest);
    else if (is_word(line, "refused", &rest))
        expect_refusal();
    else if (is_word(line, "bytewise", &rest))
        gap = atol(rest);
    else if (is_word(line, "says", &rest))
        expect_output(rest);
    else
        fail("no such word: %s", line);
}

static bool is_start(const char *line)
{
    size_t length = strlen(line);
    return strncmp(line, "/*", 2) == 0 && length >= 7 &&
           strcmp(line + length - 5, " wire") == 0;
}

static void run_file(FILE *script)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    bool inside = false, was = false;

    while ((length = getline(&line, &size, script)) > 0) {
        line_number++;
        if (line[length - 1] == '\n')
            line[length - 1] = '\0';
        if (inside && strcmp(line, "*/") == 0)
            inside = false;
        else if (inside)
            run_line(line);
        else if (is_start(line))
            inside = was = true;
    }
    flush();
    if (!was)
        fail("there is no conversation in it");
    free(line);
    wait_for_streams();
    expect_nothing_left();
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: client PORT FILE OUTPUT\n");
        return 2;
    }
    port = (unsigned short)atoi(argv[1]);
    file = argv[2];
    FILE *script = fopen(file, "r");
    if (script == NULL)
        fail("%s", strerror(errno));
    output = fopen(argv[3], "r");
    if (output == NULL)
        fail("%s: %s", argv[3], strerror(errno));
    out = malloc(TEXT);
    run_file(script);
    free(out);
    fclose(script);
    fclose(output);
    return 0;
}
