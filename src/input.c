// SPDX-License-Identifier: MIT
#include "src/input.h"

#include "sched/check.h"
#include "sched/topology.h"
#include "src/edit.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
    PIECE = 64 << 10,
    STACK = 256 << 10
};

/* stdin belongs to the process, and so does this.  Under `mutex`, but for
 * `data` and `buffer`, which are the thread's until `full`. */
static struct {
    pthread_mutex_t mutex;
    pthread_cond_t proceed; /* for the thread: not full, closed, a prompt */
    struct signal *arrived; /* NULL: nobody is to be told */
    const char *data;
    size_t length;
    char *prompt; /* of the line that is asked for */
    int wake;     /* an eventfd: closed */
    bool edit;
    bool full;
    bool closed;
    char buffer[PIECE];
} in = {
    .mutex = PTHREAD_MUTEX_INITIALIZER,
    .proceed = PTHREAD_COND_INITIALIZER,
    .wake = -1,
};

/* ---- The thread ---------------------------------------------------------- */

static bool is_closed(void)
{
    pthread_mutex_lock(&in.mutex);
    bool closed = in.closed;
    pthread_mutex_unlock(&in.mutex);
    return closed;
}

/* A piece of stdin, 0 at its end or when it is closed meanwhile.  What cannot
 * be read has ended. */
static size_t read_piece(void)
{
    struct pollfd fds[] = {
        { .fd = STDIN_FILENO, .events = POLLIN },
        { .fd = in.wake, .events = POLLIN },
    };

    in.data = in.buffer;
    for (;;) {
        poll(fds, 2, -1);
        if (is_closed())
            return 0;
        ssize_t n = read(STDIN_FILENO, in.buffer, sizeof in.buffer);
        if (n >= 0)
            return (size_t)n;
        if (errno != EAGAIN && errno != EINTR)
            return 0;
    }
}

static size_t read_line(void)
{
    size_t length = 0;

    pthread_mutex_lock(&in.mutex);
    while (in.prompt == NULL && !in.closed)
        pthread_cond_wait(&in.proceed, &in.mutex);
    char *prompt = in.prompt;
    in.prompt = NULL;
    bool closed = in.closed;
    pthread_mutex_unlock(&in.mutex);

    if (!closed)
        in.data = edit_line(prompt, &length);
    free(prompt);
    return length;
}

/* Returns when it is taken. */
static void hand_over(size_t length)
{
    pthread_mutex_lock(&in.mutex);
    in.length = length;
    in.full = true;
    if (in.arrived != NULL)
        signal_raise(in.arrived);
    while (in.full && !in.closed)
        pthread_cond_wait(&in.proceed, &in.mutex);
    pthread_mutex_unlock(&in.mutex);
}

static void *run_reader(void *arg)
{
    size_t length;

    (void)arg;
    pthread_setname_np(pthread_self(), "stdin");
    do {
        length = in.edit ? read_line() : read_piece();
        hand_over(length);
    } while (length > 0 && !is_closed());
    return NULL;
}

/* No signal handler runs on it.  But who reads a terminal in the background is
 * stopped only if it does not block SIGTTIN. */
static int start_reader(void)
{
    pthread_t thread;
    pthread_attr_t attr;
    sigset_t most, old;

    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, STACK);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    sigfillset(&most);
    sigdelset(&most, SIGTTIN);
    pthread_sigmask(SIG_SETMASK, &most, &old);
    int core = topology_unpin();
    int err = pthread_create(&thread, &attr, run_reader, NULL);
    topology_repin(core);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    pthread_attr_destroy(&attr);
    return -err;
}

/* ---- The shard ----------------------------------------------------------- */

int input_open(struct signal *arrived)
{
    CHECK(in.wake < 0);
    in.wake = eventfd(0, EFD_CLOEXEC);
    if (in.wake < 0)
        return -errno;
    in.arrived = arrived;
    int err = start_reader();
    if (err != 0) {
        close(in.wake);
        in.wake = -1;
    }
    return err;
}

bool input_piece(const char **data, size_t *length)
{
    pthread_mutex_lock(&in.mutex);
    bool full = in.full;
    *data = in.data;
    *length = in.length;
    pthread_mutex_unlock(&in.mutex);
    return full;
}

void input_next(void)
{
    pthread_mutex_lock(&in.mutex);
    in.full = false;
    pthread_cond_signal(&in.proceed);
    pthread_mutex_unlock(&in.mutex);
}

static void close_stdin(void)
{
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

    if (null < 0)
        return;
    dup3(null, STDIN_FILENO, O_CLOEXEC);
    close(null);
}

void input_close(void)
{
    pthread_mutex_lock(&in.mutex);
    bool open = in.wake >= 0 && !in.closed;
    in.closed = true;
    in.arrived = NULL;
    pthread_cond_signal(&in.proceed);
    pthread_mutex_unlock(&in.mutex);
    if (!open)
        return;
    eventfd_write(in.wake, 1);
    if (in.edit)
        edit_restore();
    close_stdin();
}

bool input_edit(void)
{
    in.edit = edit_open();
    return in.edit;
}

void input_ask(char *prompt)
{
    pthread_mutex_lock(&in.mutex);
    free(in.prompt);
    in.prompt = prompt;
    pthread_cond_signal(&in.proceed);
    pthread_mutex_unlock(&in.mutex);
}
