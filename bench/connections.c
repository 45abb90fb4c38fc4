/* SPDX-License-Identifier: MIT */

/*
 * connections: open many keep-alive connections to a hello server, ask for a
 * bounded number of responses on each, and hold them.
 *
 *     connections PORT COUNT [REQUESTS [DEPTH]]     (default 1 and 1)
 *
 * All connections are opened first.  Then, REQUESTS / DEPTH times, each is sent
 * DEPTH requests in one piece before any answer is read, so that the server
 * finds many connections ready at once.  Then one line says how many responses
 * came, and the connections stay idle until stdin closes.
 *
 * Sockets block; a server that does not answer within 10 seconds, or answers
 * with anything that is not the hello program's body, is an error.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define REQUEST "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
#define BODY "Hello World\n"

enum {
    REQUEST_LENGTH = sizeof REQUEST - 1,
    BODY_LENGTH = sizeof BODY - 1,
    MAX_DEPTH = 1000,
    TIMEOUT = 10, /* seconds */
};

static char requests[MAX_DEPTH * REQUEST_LENGTH];

static void die(const char *what)
{
    fprintf(stderr, "connections: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int open_connection(unsigned short port)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port = htons(port),
                                   .sin_addr = { htonl(INADDR_LOOPBACK) } };
    struct timeval timeout = { .tv_sec = TIMEOUT };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        die("socket");
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0)
        die("connect");
    return fd;
}

static void ask(int fd, unsigned depth)
{
    size_t length = depth * REQUEST_LENGTH;

    if (send(fd, requests, length, MSG_NOSIGNAL) != (ssize_t)length)
        die("send");
}

/* Read until `depth` bodies have come.  A body may be cut anywhere, so what
 * might be the start of one is kept in front of the next receive. */
static void hear(int fd, unsigned depth)
{
    char bytes[65536];
    size_t kept = 0;

    while (depth > 0) {
        ssize_t n = recv(fd, bytes + kept, sizeof bytes - kept, 0);
        char *at = bytes, *end, *body;

        if (n == 0)
            errno = ECONNRESET;
        if (n <= 0)
            die("recv");
        end = bytes + kept + n;
        while ((body = memmem(at, end - at, BODY, BODY_LENGTH)) != NULL) {
            at = body + BODY_LENGTH;
            if (depth-- == 0) {
                fprintf(stderr, "connections: more answers than requests\n");
                exit(1);
            }
        }
        kept = end - at < BODY_LENGTH ? end - at : BODY_LENGTH - 1;
        memmove(bytes, end - kept, kept);
    }
}

static void usage(void)
{
    fprintf(stderr,
            "usage: connections PORT COUNT [REQUESTS [DEPTH]]\n"
            "       DEPTH is at most %d\n",
            MAX_DEPTH);
    exit(2);
}

static unsigned number(const char *text, long max)
{
    char *end;
    long n = strtol(text, &end, 10);

    if (*end != '\0' || n < 1 || n > max)
        usage();
    return (unsigned)n;
}

int main(int argc, char **argv)
{
    unsigned short port;
    unsigned count, requests_each, depth, rounds;
    struct rlimit limit;
    char ignored[256];
    int *fds;

    if (argc < 3 || argc > 5)
        usage();
    port = (unsigned short)number(argv[1], 65535);
    count = number(argv[2], 1000000);
    requests_each = argc > 3 ? number(argv[3], 1000000) : 1;
    depth = argc > 4 ? number(argv[4], MAX_DEPTH) : 1;
    rounds = (requests_each + depth - 1) / depth;

    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    fds = calloc(count, sizeof *fds);
    if (fds == NULL)
        die("calloc");
    for (unsigned i = 0; i < MAX_DEPTH; i++)
        memcpy(requests + i * REQUEST_LENGTH, REQUEST, REQUEST_LENGTH);

    for (unsigned i = 0; i < count; i++)
        fds[i] = open_connection(port);
    for (unsigned r = 0; r < rounds; r++) {
        for (unsigned i = 0; i < count; i++)
            ask(fds[i], depth);
        for (unsigned i = 0; i < count; i++)
            hear(fds[i], depth);
    }
    printf("%lu\n", (unsigned long)count * rounds * depth);
    fflush(stdout);
    while (read(STDIN_FILENO, ignored, sizeof ignored) > 0)
        ;
    free(fds); /* the sockets close with the process */
    return 0;
}
