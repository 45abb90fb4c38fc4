// SPDX-License-Identifier: MIT
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/*
 * crowd PORT [NAME=VALUE...]: many clients at once for a server that answers
 * each request with "SHARD TARGET", like apps/who.js, and one with content with
 * "SHARD TARGET LENGTH", like apps/moody.js; spaces may follow.
 *
 *     connections=N   so many (1), all opened first
 *     requests=N      on each (1)
 *     depth=N         sent in one piece before an answer is awaited (1)
 *     lives=N         a connection that has had its answers closes and begins
 *                     anew, so often (1)
 *     ms=N            ... until so much time has passed
 *     content=1       every other request has some, by length or in chunks
 *     vanish=N        every N-th life ends by RST when the first is asked
 *     hold=1          keep the connections; each line of stdin asks for the
 *                     requests once more, its end is the end
 *     manner=NAME     instead of asking do this and close, one after the other:
 *                       silent   nothing
 *                       half     send half a head
 *                       reset    send a request, then RST
 *                       cut      send a head and half its body, then RST
 *                       leave    ask for /big and leave in the middle of it
 *                       rubbish  send no HTTP, wait for the end
 *
 * The k-th answer of a connection has to be the one to its k-th request: each
 * target is another.  Prints
 *
 *     answered N
 *     broken N        connections that ended before their answers had come
 *     refused N       connects that failed
 *     vanished N      lives that ended by RST
 *     shard S N       connections that S answered
 *
 * and fails when an answer is wrong or none comes for LIMIT.
 */
enum {
    LIMIT = 20 * 1000, /* ms */
    SHARDS = 1024,
    ROOM = 64 * 1024,
};

struct client {
    int fd;
    int id;
    long lives;
    long sent;
    long answered; /* in this life */
    int shard;     /* -1: not known yet */
    size_t length;
    char *in;
};

static unsigned short port;
static long connections = 1, requests = 1, depth = 1, lives = 1, ms, hold;
static long content, vanish;
static const char *manner = "ask";
static long answered, broken, refused, vanished;
static long shards[SHARDS]; /* connections */
static struct client *clients;
static long open_clients; /* that wait for answers */
static long start;
static int epoll;

static void die(const char *format, ...)
    __attribute__((format(printf, 1, 2), noreturn));

static void die(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "crowd: ");
    vfprintf(stderr, format, args);
    fprintf(stderr, "\n");
    va_end(args);
    exit(1);
}

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int open_socket(void)
{
    struct sockaddr_in to = { .sin_family = AF_INET,
                              .sin_port = htons(port),
                              .sin_addr = { htonl(INADDR_LOOPBACK) } };
    int on = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        die("socket: %s", strerror(errno));
    /* Those that have left hold their ports for a while: perhaps all. */
    long since = now_ms();
    while (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
        if (errno != EADDRNOTAVAIL || now_ms() - since > LIMIT) {
            close(fd);
            return -1;
        }
        usleep(1000);
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

static void close_by_reset(int fd)
{
    struct linger linger = { .l_onoff = 1, .l_linger = 0 };
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    close(fd);
}

/* ---- Asking -------------------------------------------------------------- */

static void send_all(struct client *c, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = send(c->fd, bytes, length, MSG_NOSIGNAL);
        if (n < 0)
            return; /* the reading side tells */
        bytes += n;
        length -= (size_t)n;
    }
}

/* The content of the k-th request, 0: it has none. */
static long content_length(long k)
{
    return content && k % 2 == 1 ? 1 + k * 37 % 3000 : 0;
}

static size_t put_request(char *out, const struct client *c, long k)
{
    static char dots[3000];
    long length = content_length(k);
    char *begin = out;
    memset(dots, '.', sizeof dots);
    out += sprintf(out, "%s /%d/%ld/%ld HTTP/1.1\r\n",
                   length > 0 ? "PUT" : "GET", c->id, c->lives, k);
    if (length > 0 && k % 4 == 1)
        out += sprintf(out, "Content-Length: %ld\r\n\r\n%.*s", length,
                       (int)length, dots);
    else if (length > 0)
        out += sprintf(out, "Transfer-Encoding: chunked\r\n\r\n"
                       "1\r\n.\r\n%lx\r\n%.*s\r\n%s0\r\n\r\n",
                       length, (int)length, dots, "1\r\n.\r\n");
    else
        out += sprintf(out, "Host: localhost\r\n\r\n");
    return (size_t)(out - begin);
}

static void ask(struct client *c)
{
    static char out[ROOM];
    size_t length = 0;
    for (long i = 0; i < depth && c->sent < requests; i++)
        length += put_request(out + length, c, c->sent++);
    send_all(c, out, length);
}

static void end_life(struct client *c);

static void begin_life(struct client *c)
{
    c->sent = 0;
    c->answered = 0;
    c->shard = -1;
    c->length = 0;
    c->fd = open_socket();
    if (c->fd < 0) {
        if (++refused == 1000)
            die("1000 connects failed: %s", strerror(errno));
        end_life(c);
        return;
    }
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = c };
    epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event);
    if (requests > 0)
        ask(c);
    if (vanish > 0 && (c->id + c->lives) % vanish == vanish - 1) {
        vanished++;
        close_by_reset(c->fd);
        c->fd = -1;
        end_life(c);
    }
}

static void end_life(struct client *c)
{
    if (hold && c->fd >= 0 && c->answered == requests) {
        open_clients--;
        return;
    }
    if (c->fd >= 0)
        close(c->fd);
    c->fd = -1;
    bool again = ms > 0 ? now_ms() - start < ms : c->lives + 1 < lives;
    if (!again) {
        open_clients--;
        return;
    }
    c->lives++;
    begin_life(c);
}

/* Take the chunks at `from` apart, to `body`.  Where they end, NULL: they are
 * not whole. */
static char *join_chunks(char *from, const char *end, char *body)
{
    for (;;) {
        char *line = strstr(from, "\r\n");
        if (line == NULL)
            return NULL;
        size_t length = strtoul(from, NULL, 16);
        from = line + 2;
        if ((size_t)(end - from) < length + 2)
            return NULL;
        memcpy(body, from, length);
        body += length;
        *body = '\0';
        from += length + 2;
        if (length == 0)
            return from;
    }
}

/* The length of the answer at the front of `c`, 0 when it is not whole, and its
 * content as text. */
static size_t whole_answer(struct client *c, char *body)
{
    c->in[c->length] = '\0';
    char *end = strstr(c->in, "\r\n\r\n");
    if (end == NULL)
        return 0;
    char *length = strstr(c->in, "\r\nContent-Length: ");
    char *chunked = strstr(c->in, "\r\nTransfer-Encoding: chunked\r\n");
    char *data = end + 4;
    if (strncmp(c->in, "HTTP/1.1 200 ", 13) == 0 && length != NULL &&
        length < end) {
        size_t size = strtoul(length + 18, NULL, 10);
        if (size > c->length - (size_t)(data - c->in))
            return 0;
        snprintf(body, ROOM, "%.*s", (int)size, data);
        return (size_t)(data - c->in) + size;
    }
    if (strncmp(c->in, "HTTP/1.1 200 ", 13) != 0 || chunked == NULL ||
        chunked > end)
        die("connection %d: what answer is this: %s", c->id, c->in);
    end = join_chunks(data, c->in + c->length, body);
    return end == NULL ? 0 : (size_t)(end - c->in);
}

static void check(struct client *c, char *text)
{
    char expected[100];
    int shard;
    size_t end = strlen(text);
    while (end > 0 && text[end - 1] == ' ')
        text[--end] = '\0';
    if (sscanf(text, "%d", &shard) != 1 || shard < 0 || shard >= SHARDS)
        die("connection %d: no shard in: %s", c->id, text);
    int used = sprintf(expected, "%d /%d/%ld/%ld", shard, c->id, c->lives,
                       c->answered);
    long length = content_length(c->answered);
    if (length > 0)
        sprintf(expected + used, " %ld",
                c->answered % 4 == 1 ? length : length + 2);
    if (strcmp(text, expected) != 0)
        die("connection %d: expected: %s, received: %s", c->id, expected, text);
    if (c->shard < 0)
        shards[shard]++;
    else if (c->shard != shard)
        die("connection %d: answered by shards %d and %d", c->id, c->shard,
            shard);
    c->shard = shard;
    c->answered++;
    answered++;
}

static void take_answers(struct client *c)
{
    static char body[ROOM];
    size_t used = 0, n;
    struct client rest = *c;
    while ((n = whole_answer(&rest, body)) > 0) {
        check(c, body);
        used += n;
        rest.in += n;
        rest.length -= n;
    }
    c->length -= used;
    memmove(c->in, c->in + used, c->length);
    if (c->answered == requests)
        end_life(c);
    else if (c->answered == c->sent)
        ask(c);
}

static void on_readable(struct client *c)
{
    ssize_t n = recv(c->fd, c->in + c->length, ROOM - c->length, MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN)
        return;
    if (n <= 0) {
        if (hold && c->answered == requests)
            die("connection %d: ended while it was held", c->id);
        broken++;
        c->answered = -1;
        end_life(c);
        return;
    }
    c->length += (size_t)n;
    if (c->answered == requests)
        die("connection %d: more than was asked for", c->id);
    take_answers(c);
}

static void run(void)
{
    struct epoll_event events[256];
    while (open_clients > 0) {
        int n = epoll_wait(epoll, events, 256, LIMIT);
        if (n <= 0)
            die("%ld connections get no answer, after %ld answers",
                open_clients, answered);
        for (int i = 0; i < n; i++)
            on_readable(events[i].data.ptr);
    }
}

static void summary(void)
{
    printf("answered %ld\nbroken %ld\nrefused %ld\nvanished %ld\n", answered,
           broken, refused, vanished);
    for (int i = 0; i < SHARDS; i++)
        if (shards[i] > 0)
            printf("shard %d %ld\n", i, shards[i]);
    fflush(stdout);
}

static void ask_once_more(void)
{
    open_clients = connections;
    for (long i = 0; i < connections; i++) {
        struct client *c = &clients[i];
        if (c->fd < 0)
            die("connection %d is gone", c->id);
        c->lives++;
        c->sent = 0;
        c->answered = 0;
        ask(c);
    }
    run();
}

static void crowd(void)
{
    char line[100];
    epoll = epoll_create1(EPOLL_CLOEXEC);
    clients = calloc((size_t)connections, sizeof *clients);
    open_clients = connections;
    start = now_ms();
    for (long i = 0; i < connections; i++) {
        clients[i].id = (int)i;
        clients[i].in = malloc(ROOM + 1);
        begin_life(&clients[i]);
    }
    if (requests > 0)
        run();
    summary();
    while (hold && fgets(line, sizeof line, stdin) != NULL) {
        ask_once_more();
        summary();
    }
}

/* ---- Misbehaving --------------------------------------------------------- */

static void say(int fd, const char *text)
{
    send(fd, text, strlen(text), MSG_NOSIGNAL);
}

static void hear(int fd, size_t most)
{
    char bytes[4096];
    struct pollfd wait = { .fd = fd, .events = POLLIN };
    size_t total = 0;
    while (total < most) {
        if (poll(&wait, 1, LIMIT) != 1)
            die("%s: nothing comes", manner);
        ssize_t n = recv(fd, bytes, sizeof bytes, 0);
        if (n <= 0)
            return;
        total += (size_t)n;
    }
}

static void misbehave(void)
{
    int fd = open_socket();
    if (fd < 0)
        die("%s: connect: %s", manner, strerror(errno));
    if (strcmp(manner, "silent") == 0) {
        close(fd);
    } else if (strcmp(manner, "half") == 0) {
        say(fd, "GET / HTTP/1.1\r\nHos");
        close(fd);
    } else if (strcmp(manner, "reset") == 0) {
        say(fd, "GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
        close_by_reset(fd);
    } else if (strcmp(manner, "cut") == 0) {
        say(fd, "PUT / HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf");
        close_by_reset(fd);
    } else if (strcmp(manner, "leave") == 0) {
        say(fd, "GET /big HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
        hear(fd, 10000);
        close_by_reset(fd);
    } else if (strcmp(manner, "rubbish") == 0) {
        say(fd, "rubbish\r\n\r\n");
        hear(fd, 1);
        close(fd);
    } else {
        die("no such manner: %s", manner);
    }
}

/* ---- The arguments ------------------------------------------------------- */

static void set(const char *argument)
{
    static const struct {
        const char *name;
        long *value;
    } names[] = { { "connections", &connections }, { "requests", &requests },
                  { "depth", &depth },             { "lives", &lives },
                  { "ms", &ms },                   { "hold", &hold },
                  { "content", &content },         { "vanish", &vanish } };
    const char *equals = strchr(argument, '=');
    size_t length = equals == NULL ? 0 : (size_t)(equals - argument);
    if (length == 6 && strncmp(argument, "manner", 6) == 0) {
        manner = equals + 1;
        return;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (length > 0 && strlen(names[i].name) == length &&
            strncmp(argument, names[i].name, length) == 0) {
            *names[i].value = atol(equals + 1);
            return;
        }
    }
    die("what is %s?", argument);
}

int main(int argc, char **argv)
{
    struct rlimit limit;
    if (argc < 2)
        die("usage: crowd PORT [NAME=VALUE...]");
    port = (unsigned short)atoi(argv[1]);
    for (int i = 2; i < argc; i++)
        set(argv[i]);
    if (depth * (content ? 3200 : 80) > ROOM)
        die("too deep");
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (strcmp(manner, "ask") == 0)
        crowd();
    else
        for (long i = 0; i < connections; i++)
            misbehave();
    return 0;
}
