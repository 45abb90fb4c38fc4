// SPDX-License-Identifier: MIT
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
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
 *     as NAME         go on with this connection, which opens when first named
 *     window N        connections opened from here on receive into N bytes
 *     at ADDRESS      ... or go there instead of to 127.0.0.1
 *     refused         a connection that is tried now is refused
 *     bytewise MS     the next lines are sent one byte at a time, so far apart
 *     says TEXT       wait until OUTPUT, the program's, has a line TEXT
 *     # TEXT          nothing
 *
 * A TEXT that ends in \ has no CRLF; in it \r \n \t \\ \/ and \xHH are bytes.
 * Lines to be sent that follow each other are sent as one.  Whoever has nothing
 * to say for LIMIT is taken for dead.  At the end nothing may be left to be
 * received.
 */
enum {
    LIMIT = 20 * 1000, /* ms */
    CONNECTIONS = 100,
    TEXT = 1024 * 1024,
};

struct connection {
    char name[32];
    int fd;
    char *in; /* received, not asked for yet */
    size_t in_length;
};

static struct connection connections[CONNECTIONS];
static struct connection *current;
static const char *address = "127.0.0.1";
static unsigned short port;
static int window;
static long bytewise; /* ms between bytes; 0: all at once */
static bool flooding; /* nobody need receive what is sent */
static char *out; /* to be sent */
static size_t out_length;
static FILE *output;
static const char *file;
static int line_number;

static void fail(const char *format, ...)
    __attribute__((format(printf, 1, 2), noreturn));

static void fail(const char *format, ...)
{
    va_list args;
    fprintf(stderr, "%s:%d: ", file, line_number);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "\n");
    exit(1);
}

static void show(const char *label, const char *bytes, size_t length)
{
    fprintf(stderr, "    %s: \"", label);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (i == 2000) {
            fprintf(stderr, "... (%zu bytes)", length);
            break;
        }
        if (c == '\r')
            fprintf(stderr, "\\r");
        else if (c == '\n')
            fprintf(stderr, "\\n");
        else if (c == '\\' || c < 32 || c > 126)
            fprintf(stderr, "\\x%02x", c);
        else
            fputc(c, stderr);
    }
    fprintf(stderr, "\"\n");
}

/* ---- Sockets --------------------------------------------------------------- */

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void sleep_ms(long ms)
{
    struct timespec time = { ms / 1000, ms % 1000 * 1000000 };
    nanosleep(&time, NULL);
}

/* A connected socket or a negative errno. */
static int try_connect(void)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(port) };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6,
                               .sin6_port = htons(port) };
    struct sockaddr *to = (struct sockaddr *)&v4;
    socklen_t length = sizeof v4;
    int on = 1;

    if (inet_pton(AF_INET6, address, &v6.sin6_addr) == 1) {
        to = (struct sockaddr *)&v6;
        length = sizeof v6;
    } else if (inet_pton(AF_INET, address, &v4.sin_addr) != 1) {
        fail("%s is no address", address);
    }
    int fd = socket(to->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        fail("socket: %s", strerror(errno));
    if (window > 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &window, sizeof window);
    if (connect(fd, to, length) != 0) {
        int error = -errno;
        close(fd);
        return error;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

static void use(const char *name)
{
    struct connection *c = connections;
    while (c->name[0] != '\0' && strcmp(c->name, name) != 0)
        if (++c == connections + CONNECTIONS - 1)
            fail("too many connections");
    if (c->name[0] == '\0') {
        snprintf(c->name, sizeof c->name, "%s", name);
        c->fd = try_connect();
        if (c->fd < 0)
            fail("connect: %s", strerror(-c->fd));
    }
    current = c;
}

static struct connection *the_current(void)
{
    if (current == NULL)
        use("first");
    if (current->fd < 0)
        fail("this connection was left already");
    return current;
}

static bool is_ready(int fd, short event, long ms)
{
    struct pollfd wait = { .fd = fd, .events = event };
    int ready;
    do
        ready = poll(&wait, 1, (int)ms);
    while (ready < 0 && errno == EINTR);
    return ready > 0;
}

static void send_bytes(const char *bytes, size_t length)
{
    int fd = the_current()->fd;
    while (length > 0) {
        if (!is_ready(fd, POLLOUT, LIMIT))
            fail("nobody receives what is sent: %zu bytes are left", length);
        ssize_t n = send(fd, bytes, bytewise > 0 ? 1 : length,
                         MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EAGAIN)
            continue;
        if (n < 0 && flooding)
            return;
        if (n < 0)
            fail("send: %s", strerror(errno));
        bytes += n;
        length -= (size_t)n;
        if (bytewise > 0)
            sleep_ms(bytewise);
    }
}

/* Receive once: > 0 bytes were added, 0: FIN, or a negative errno. */
static ssize_t receive_some(struct connection *c, long limit)
{
    char bytes[65536];
    if (!is_ready(c->fd, POLLIN, limit))
        return -ETIMEDOUT;
    ssize_t n = recv(c->fd, bytes, sizeof bytes, 0);
    if (n < 0)
        return -errno;
    c->in = realloc(c->in, c->in_length + (size_t)n + 1);
    memcpy(c->in + c->in_length, bytes, (size_t)n);
    c->in_length += (size_t)n;
    return n;
}

static void drop(struct connection *c, size_t length)
{
    c->in_length -= length;
    memmove(c->in, c->in + length, c->in_length);
}

static void say_why(ssize_t result)
{
    if (result == 0)
        fprintf(stderr, "    then FIN\n");
    else if (result < 0)
        fprintf(stderr, "    then %s\n", strerror((int)-result));
}

/* Not what was expected: show it with what follows, as far as it comes. */
static void disagree(struct connection *c, const char *expected, size_t length,
                     ssize_t result)
{
    while (result > 0)
        result = receive_some(c, 300);
    show("expected", expected, length);
    show("received", c->in, c->in_length);
    say_why(result == -ETIMEDOUT ? 1 : result);
    fail("the answer differs");
}

static size_t common(const char *a, const char *b, size_t length)
{
    size_t i = 0;
    while (i < length && a[i] == b[i])
        i++;
    return i;
}

static void receive_bytes(const char *expected, size_t length)
{
    struct connection *c = the_current();
    while (length > 0) {
        size_t n = c->in_length < length ? c->in_length : length;
        if (common(c->in, expected, n) < n)
            disagree(c, expected, length, 1);
        drop(c, n);
        expected += n;
        length -= n;
        if (length == 0)
            break;
        ssize_t result = receive_some(c, LIMIT);
        if (result <= 0)
            disagree(c, expected, length, result);
    }
}

/* "Date: " and an IMF-fixdate (RFC 9110 5.6.7) of the last half minute. */
static void receive_date(void)
{
    struct connection *c = the_current();
    char text[64], again[64];
    size_t length = sizeof "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n" - 1;

    while (c->in_length < length) {
        ssize_t result = receive_some(c, LIMIT);
        if (result <= 0)
            disagree(c, "Date: ", 6, result);
    }
    memcpy(text, c->in, length);
    text[length] = '\0';
    struct tm tm = { 0 };
    strptime(text, "Date: %a, %d %b %Y %H:%M:%S GMT", &tm);
    time_t then = timegm(&tm);
    strftime(again, sizeof again, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &tm);
    if (strcmp(text, again) != 0 || labs(time(NULL) - then) > 30)
        disagree(c, "Date: ", 6, 1);
    drop(c, length);
}

static void expect_end(bool also_reset)
{
    struct connection *c = the_current();
    ssize_t result = c->in_length > 0 ? 1 : receive_some(c, LIMIT);
    if (result == 0 || (result == -ECONNRESET && also_reset))
        return;
    show("received", c->in, c->in_length);
    say_why(result);
    fail("the connection does not end here");
}

static void expect_silence(long ms)
{
    struct connection *c = the_current();
    ssize_t result = c->in_length > 0 ? 1 : receive_some(c, ms);
    if (result == -ETIMEDOUT)
        return;
    show("received", c->in, c->in_length);
    say_why(result);
    fail("silence is broken");
}

static void leave(bool by_reset)
{
    struct connection *c = the_current();
    struct linger linger = { .l_onoff = 1, .l_linger = 0 };
    if (by_reset)
        setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    close(c->fd);
    c->fd = -1;
}

/* ---- The program's output ------------------------------------------------------ */

static void expect_output(const char *expected)
{
    char line[4096];
    size_t length = 0;
    long start = now_ms();
    for (;;) {
        int c = fgetc(output);
        if (c == EOF) {
            clearerr(output);
            if (now_ms() - start > LIMIT)
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

/* ---- The script -------------------------------------------------------------------- */

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

static void flush(void)
{
    if (out_length == 0)
        return;
    send_bytes(out, out_length);
    out_length = 0;
    bytewise = 0;
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
    free(all);
}

/* By a child, which shares the socket. */
static void stream(const char *text)
{
    the_current();
    pid_t child = fork();
    if (child < 0)
        fail("fork: %s", strerror(errno));
    if (child > 0)
        return;
    repeat(text, send_bytes);
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
    flooding = true;
    repeat(text, send_bytes);
    flooding = false;
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
        receive_date();
        return;
    }
    append_line(rest, expected, &length);
    receive_bytes(expected, length);
}

static void expect_refusal(void)
{
    int fd = try_connect();
    if (fd != -ECONNREFUSED)
        fail("the connection is not refused: %s",
             fd < 0 ? strerror(-fd) : "it is open");
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
        repeat(rest, send_bytes);
    else if (is_word(line, "flood", &rest))
        flood(rest);
    else if (is_word(line, "stream", &rest))
        stream(rest);
    else if (is_word(line, "receive", &rest))
        repeat(rest, receive_bytes);
    else if (is_word(line, "fin", &rest))
        shutdown(the_current()->fd, SHUT_WR);
    else if (is_word(line, "reset", &rest))
        leave(true);
    else if (is_word(line, "close", &rest))
        leave(false);
    else if (is_word(line, "eof", &rest))
        expect_end(false);
    else if (is_word(line, "gone", &rest))
        expect_end(true);
    else if (is_word(line, "silence", &rest))
        expect_silence(atol(rest));
    else if (is_word(line, "sleep", &rest))
        sleep_ms(atol(rest));
    else if (is_word(line, "as", &rest))
        use(rest);
    else if (is_word(line, "window", &rest))
        window = atoi(rest);
    else if (is_word(line, "at", &rest))
        address = strdup(rest);
    else if (is_word(line, "refused", &rest))
        expect_refusal();
    else if (is_word(line, "bytewise", &rest))
        bytewise = atol(rest);
    else if (is_word(line, "says", &rest))
        expect_output(rest);
    else
        fail("no such word: %s", line);
}

static void expect_nothing_left(void)
{
    for (struct connection *c = connections; c->name[0] != '\0'; c++) {
        if (c->fd < 0)
            continue;
        current = c;
        if (c->in_length > 0 || is_ready(c->fd, POLLIN, 0)) {
            receive_some(c, 0);
            if (c->in_length > 0) {
                show("received", c->in, c->in_length);
                fail("connection %s received more than was expected", c->name);
            }
        }
    }
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
    return 0;
}
