// SPDX-License-Identifier: MIT
#include "net/listener.h"

#include "sched/crew.h"
#include "tests/net/stage.h"

#include <pthread.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* A listener that answers each connection with a byte and closes it, or keeps
 * its descriptors. */
struct server {
    struct listener listener;
    struct addr peer; /* of the last connection */
    atomic_uint accepted;
    atomic_uint closes;
    char answer;
    bool keeps;
    int kept[200];
    unsigned kept_count;
};

static void answer(const struct server *server, int fd)
{
    CHECK_EQ(send(fd, &server->answer, 1, MSG_NOSIGNAL), 1);
    close(fd);
}

static void on_accept(struct listener *listener, int fd,
                      const struct addr *peer)
{
    struct server *server = CONTAINER_OF(listener, struct server, listener);
    CHECK_EQ(server->closes, 0);
    CHECK_TRUE((fcntl(fd, F_GETFL) & O_NONBLOCK) != 0);
    CHECK_TRUE((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
    server->accepted++;
    server->peer = *peer;
    if (server->keeps)
        server->kept[server->kept_count++] = fd;
    else
        answer(server, fd);
}

static void on_closed(struct listener *listener)
{
    struct server *server = CONTAINER_OF(listener, struct server, listener);
    server->closes++;
    memset(listener, 0xEE, sizeof *listener); /* it is ours again */
}

static const struct listener_ops ops = {
    .accept = on_accept,
    .closed = on_closed,
};

static int open_on(struct stage *stage, struct server *server,
                   const char *host, uint16_t port)
{
    *server = (struct server){ .answer = '!' };
    return listener_open(&server->listener, &ops, &stage->shard, host, port,
                         128);
}

static uint16_t port_of(const struct server *server)
{
    struct addr addr;
    listener_addr(&server->listener, &addr);
    return addr_port(&addr);
}

static void close_it(struct stage *stage, struct server *server)
{
    listener_close(&server->listener);
    TURN_UNTIL(stage, server->closes > 0);
    stage_turns(stage, 3);
    CHECK_EQ(server->closes, 1);
}

/* Did this client get its byte, and then the end?  It waits for both. */
static bool is_answered(int fd)
{
    struct timeval patience = { .tv_sec = 20 };
    char bytes[2];
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ssize_t first = recv(fd, bytes, sizeof bytes, 0);
    ssize_t second = first == 1 ? recv(fd, bytes + 1, 1, 0) : -1;
    close(fd);
    return first == 1 && second == 0;
}

/* ---- One listener ---------------------------------------------------------------- */

TEST(a_listener_on_port_0_says_where_it_is_and_accepts)
{
    struct stage stage;
    struct server server;
    struct addr addr;
    char text[ADDR_TEXT];
    stage_open(&stage);
    CHECK_EQ(open_on(&stage, &server, "127.0.0.1", 0), 0);
    CHECK_EQ(stage.shard.holds, 1);
    listener_addr(&server.listener, &addr);
    CHECK_TRUE(addr_port(&addr) != 0);
    addr_text(&addr, text);
    CHECK_TEXT(text, "127.0.0.1");
    int fd = connect_to(addr_port(&addr));
    CHECK_TRUE(fd >= 0);
    TURN_UNTIL(&stage, server.accepted == 1);
    addr_text(&server.peer, text);
    CHECK_TEXT(text, "127.0.0.1");
    struct sockaddr_in own;
    socklen_t length = sizeof own;
    CHECK_EQ(getsockname(fd, (struct sockaddr *)&own, &length), 0);
    CHECK_EQ(addr_port(&server.peer), ntohs(own.sin_port));
    CHECK_TRUE(is_answered(fd));
    close_it(&stage, &server);
    stage_close(&stage);
}

TEST(without_a_host_it_listens_on_every_ipv4_address)
{
    struct stage stage;
    struct server server;
    struct addr addr;
    char text[ADDR_TEXT];
    stage_open(&stage);
    CHECK_EQ(open_on(&stage, &server, NULL, 0), 0);
    listener_addr(&server.listener, &addr);
    addr_text(&addr, text);
    CHECK_TEXT(text, "0.0.0.0");
    int fd = connect_to(addr_port(&addr));
    TURN_UNTIL(&stage, server.accepted == 1);
    addr_text(&server.peer, text);
    CHECK_TEXT(text, "127.0.0.1");
    CHECK_TRUE(is_answered(fd));
    close_it(&stage, &server);
    stage_close(&stage);
}

TEST(a_name_is_looked_up)
{
    struct stage stage;
    struct server server;
    stage_open(&stage);
    CHECK_EQ(open_on(&stage, &server, "localhost", 0), 0);
    int fd = connect_to(port_of(&server));
    TURN_UNTIL(&stage, server.accepted == 1);
    CHECK_TRUE(is_answered(fd));
    close_it(&stage, &server);
    stage_close(&stage);
}

TEST(what_cannot_be_listened_on_is_refused_and_leaves_nothing)
{
    struct stage stage;
    struct server server;
    stage_open(&stage);
    CHECK_EQ(open_on(&stage, &server, "a..b", 0), -ENOENT);
    unsigned before = open_descriptors();
    for (int i = 0; i < 10; i++) {
        CHECK_EQ(open_on(&stage, &server, "a..b", 0), -ENOENT);
        CHECK_EQ(open_on(&stage, &server, "192.0.2.1", 0), -EADDRNOTAVAIL);
    }
    CHECK_EQ(open_descriptors(), before);
    CHECK_EQ(stage.shard.holds, 0);
    CHECK_EQ(server.closes, 0);
    stage_close(&stage);
}

TEST(it_closes_later_and_once_and_the_port_is_free_at_once)
{
    struct stage stage;
    struct server server, again;
    stage_open(&stage);
    CHECK_EQ(open_on(&stage, &server, "127.0.0.1", 0), 0);
    uint16_t port = port_of(&server);
    listener_close(&server.listener);
    CHECK_EQ(server.closes, 0);
    listener_close(&server.listener);
    CHECK_EQ(connect_to(port), -ECONNREFUSED);
    CHECK_EQ(open_on(&stage, &again, "127.0.0.1", port), 0);
    CHECK_EQ(port_of(&again), port);
    TURN_UNTIL(&stage, server.closes == 1);
    CHECK_EQ(stage.shard.holds, 1);
    int fd = connect_to(port);
    TURN_UNTIL(&stage, again.accepted == 1);
    CHECK_TRUE(is_answered(fd));
    CHECK_EQ(server.accepted, 0);
    close_it(&stage, &again);
    CHECK_EQ(server.closes, 1);
    CHECK_EQ(stage.shard.holds, 0);
    stage_close(&stage);
}

/* behaviours.md 39: connections of the one before are still in TIME_WAIT. */
TEST(a_port_can_be_used_again_right_after_connections)
{
    struct stage stage;
    struct server server;
    uint16_t port = 0;
    stage_open(&stage);
    for (int i = 0; i < 10; i++) {
        CHECK_EQ(open_on(&stage, &server, "127.0.0.1", port), 0);
        port = port_of(&server);
        int fd = connect_to(port);
        TURN_UNTIL(&stage, server.accepted == 1);
        CHECK_TRUE(is_answered(fd));
        close_it(&stage, &server);
    }
    stage_close(&stage);
}

static bool has_ipv6(void)
{
    struct sockaddr_in6 addr = { .sin6_family = AF_INET6,
                                 .sin6_addr = IN6ADDR_LOOPBACK_INIT };
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    bool has = fd >= 0 &&
               bind(fd, (struct sockaddr *)&addr, sizeof addr) == 0;
    if (fd >= 0)
        close(fd);
    return has;
}

TEST(it_listens_on_ipv6_where_there_is_some)
{
    struct stage stage;
    struct server server;
    struct addr addr;
    char text[ADDR_TEXT];
    if (!has_ipv6())
        return;
    stage_open(&stage);
    CHECK_EQ(open_on(&stage, &server, "::1", 0), 0);
    listener_addr(&server.listener, &addr);
    int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK_EQ(connect(fd, &addr.any, addr_length(&addr)), 0);
    TURN_UNTIL(&stage, server.accepted == 1);
    addr_text(&server.peer, text);
    CHECK_TEXT(text, "::1");
    CHECK_TRUE(is_answered(fd));
    close_it(&stage, &server);
    stage_close(&stage);
}

TEST(a_crowd_is_accepted_whole)
{
    enum { CROWD = 120 }; /* more than one burst, less than the backlog */
    struct stage stage;
    struct server server;
    int fds[CROWD];
    stage_open(&stage);
    CHECK_EQ(open_on(&stage, &server, "127.0.0.1", 0), 0);
    for (int i = 0; i < CROWD; i++)
        CHECK_TRUE((fds[i] = connect_to(port_of(&server))) >= 0);
    TURN_UNTIL(&stage, server.accepted == CROWD);
    for (int i = 0; i < CROWD; i++)
        CHECK_TRUE(is_answered(fds[i]));
    close_it(&stage, &server);
    stage_close(&stage);
}

TEST(closing_the_last_listener_accepts_what_is_queued)
{
    enum { QUEUED = 100 };
    struct stage stage;
    struct server server;
    int fds[QUEUED];
    stage_open(&stage);
    CHECK_EQ(open_on(&stage, &server, "127.0.0.1", 0), 0);
    for (int i = 0; i < QUEUED; i++)
        CHECK_TRUE((fds[i] = connect_to(port_of(&server))) >= 0);
    close_it(&stage, &server);
    CHECK_EQ(server.accepted, QUEUED);
    for (int i = 0; i < QUEUED; i++)
        CHECK_TRUE(is_answered(fds[i]));
    stage_close(&stage);
}

static void close_inside(struct listener *listener, int fd,
                         const struct addr *peer)
{
    on_accept(listener, fd, peer);
    listener_close(listener);
}

TEST(it_may_be_closed_inside_accept)
{
    static const struct listener_ops closing = { .accept = close_inside,
                                                 .closed = on_closed };
    struct stage stage;
    struct server server = { .answer = '!' };
    int fds[3];
    stage_open(&stage);
    CHECK_EQ(listener_open(&server.listener, &closing, &stage.shard,
                           "127.0.0.1", 0, 128), 0);
    for (int i = 0; i < 3; i++)
        fds[i] = connect_to(port_of(&server));
    TURN_UNTIL(&stage, server.closes == 1);
    for (int i = 0; i < 3; i++)
        CHECK_TRUE(is_answered(fds[i]));
    CHECK_EQ(server.accepted, 3);
    stage_close(&stage);
}

/* Only three descriptors are left: the clients have theirs already. */
TEST(when_descriptors_run_out_nobody_is_lost)
{
    enum { CLIENTS = 30, LEFT = 3 };
    struct stage stage;
    struct server server;
    struct rlimit usual, few;
    int fds[CLIENTS];
    unsigned rounds = 0;
    stage_open(&stage);
    CHECK_EQ(open_on(&stage, &server, "127.0.0.1", 0), 0);
    server.keeps = true;
    for (int i = 0; i < CLIENTS; i++)
        CHECK_TRUE((fds[i] = connect_to(port_of(&server))) >= 0);
    CHECK_EQ(getrlimit(RLIMIT_NOFILE, &usual), 0);
    few = usual;
    few.rlim_cur = (rlim_t)lowest_descriptor() + LEFT;
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
    uint64_t end = uv_hrtime() + PATIENCE;
    while (server.accepted < CLIENTS && uv_hrtime() < end) {
        unsigned before = server.kept_count;
        TURN_UNTIL(&stage, server.kept_count > before);
        stage_turns(&stage, 5);
        CHECK_TRUE(server.kept_count - before <= LEFT);
        uint64_t turns = stage.shard.turns;
        stage_run(&stage, 50); /* it waits, and does not spin */
        CHECK_EQ(server.kept_count - before <= LEFT, 1);
        CHECK_TRUE(stage.shard.turns - turns < 500);
        for (; before < server.kept_count; before++)
            answer(&server, server.kept[before]);
        rounds++;
    }
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &usual), 0);
    CHECK_EQ(server.accepted, CLIENTS);
    CHECK_TRUE(rounds >= CLIENTS / LEFT);
    for (int i = 0; i < CLIENTS; i++)
        CHECK_TRUE(is_answered(fds[i]));
    close_it(&stage, &server);
    stage_close(&stage);
}

TEST(it_may_be_closed_while_descriptors_have_run_out)
{
    struct stage stage;
    struct server server;
    struct rlimit usual, none;
    stage_open(&stage);
    CHECK_EQ(open_on(&stage, &server, "127.0.0.1", 0), 0);
    int fd = connect_to(port_of(&server));
    CHECK_EQ(getrlimit(RLIMIT_NOFILE, &usual), 0);
    none = usual;
    none.rlim_cur = (rlim_t)lowest_descriptor();
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
    stage_turns(&stage, 10);
    CHECK_EQ(server.accepted, 0);
    close_it(&stage, &server);
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &usual), 0);
    stage_run(&stage, 200);
    CHECK_EQ(stage.shard.holds, 0);
    close(fd);
    stage_close(&stage);
}

/* ---- Ports that are taken ----------------------------------------------------------- */

TEST(a_second_listener_of_the_shard_is_refused)
{
    struct stage stage;
    struct server first, second;
    stage_open(&stage);
    CHECK_EQ(open_on(&stage, &first, "127.0.0.1", 0), 0);
    uint16_t port = port_of(&first);
    CHECK_EQ(open_on(&stage, &second, "127.0.0.1", port), -EADDRINUSE);
    CHECK_EQ(open_on(&stage, &second, "localhost", port), -EADDRINUSE);
    CHECK_EQ(open_on(&stage, &second, NULL, port), -EADDRINUSE);
    CHECK_EQ(stage.shard.holds, 1);
    int fd = connect_to(port);
    TURN_UNTIL(&stage, first.accepted == 1);
    CHECK_TRUE(is_answered(fd));
    close_it(&stage, &first);
    CHECK_EQ(open_on(&stage, &second, NULL, port), 0);
    CHECK_EQ(open_on(&stage, &first, "127.0.0.1", port), -EADDRINUSE);
    close_it(&stage, &second);
    stage_close(&stage);
}

/* Two of one shard on port 0 are two ports. */
TEST(port_0_is_another_port_each_time)
{
    struct stage stage;
    struct server first, second;
    stage_open(&stage);
    CHECK_EQ(open_on(&stage, &first, "127.0.0.1", 0), 0);
    CHECK_EQ(open_on(&stage, &second, "127.0.0.1", 0), 0);
    CHECK_TRUE(port_of(&first) != port_of(&second));
    close_it(&stage, &first);
    close_it(&stage, &second);
    stage_close(&stage);
}

TEST(a_port_of_somebody_else_is_refused)
{
    struct sockaddr_in addr;
    struct stage stage;
    struct server server;
    int fd = listen_here(&addr);
    stage_open(&stage);
    CHECK_EQ(open_on(&stage, &server, "127.0.0.1", ntohs(addr.sin_port)),
             -EADDRINUSE);
    CHECK_EQ(open_on(&stage, &server, NULL, ntohs(addr.sin_port)),
             -EADDRINUSE);
    close(fd);
    CHECK_EQ(open_on(&stage, &server, "127.0.0.1", ntohs(addr.sin_port)), 0);
    close_it(&stage, &server);
    stage_close(&stage);
}

/* Another process that tries to listen where it is told to.  It is forked
 * before anything is opened here, so it shares nothing. */
struct other {
    pid_t pid;
    int ports[2];  /* what it is to try */
    int errors[2]; /* what came of it */
};

static void other_start(struct other *other)
{
    CHECK(pipe(other->ports) == 0 && pipe(other->errors) == 0);
    other->pid = fork();
    if (other->pid != 0)
        return;
    uint16_t port;
    close(other->ports[1]);
    while (read(other->ports[0], &port, sizeof port) == sizeof port) {
        struct stage stage;
        struct server server;
        stage_open(&stage);
        int error = open_on(&stage, &server, "127.0.0.1", port);
        if (error == 0)
            close_it(&stage, &server);
        stage_close(&stage);
        if (write(other->errors[1], &error, sizeof error) != sizeof error)
            break;
    }
    _exit(0);
}

static int other_tries(struct other *other, uint16_t port)
{
    int error;
    CHECK(write(other->ports[1], &port, sizeof port) == sizeof port);
    CHECK(read(other->errors[0], &error, sizeof error) == sizeof error);
    return error;
}

static void other_end(struct other *other)
{
    int status;
    close(other->ports[1]);
    CHECK_EQ(waitpid(other->pid, &status, 0), other->pid);
    CHECK_EQ(status, 0);
    close(other->ports[0]);
    close(other->errors[0]);
    close(other->errors[1]);
}

TEST(a_second_process_is_refused)
{
    struct other other;
    struct stage stage;
    struct server server;
    other_start(&other);
    stage_open(&stage);
    CHECK_EQ(open_on(&stage, &server, "127.0.0.1", 0), 0);
    uint16_t port = port_of(&server);
    CHECK_EQ(other_tries(&other, port), -EADDRINUSE);
    close_it(&stage, &server);
    CHECK_EQ(other_tries(&other, port), 0);
    other_end(&other);
    stage_close(&stage);
}

/* ---- Crews ----------------------------------------------------------------------------- */

enum { MOST = 4 };

/* A shard of a crew: it listens, and closes when it is told to. */
static struct place {
    struct server server;
    struct signal stop;
    int error;
    int second_error; /* of a second listener on the port */
    atomic_uint port;
} places[MOST];

static unsigned count;
static atomic_uint asked_port;
static atomic_uint opened;
static pthread_t clients;

static void on_stop(struct task *task, struct shard *here)
{
    (void)task;
    if (places[here->id].server.closes == 0)
        listener_close(&places[here->id].server.listener);
}

static int place_open(struct shard *here, void *arg)
{
    struct place *place = &places[here->id];
    struct server second;
    (void)arg;
    place->server = (struct server){ .answer = (char)('0' + here->id) };
    signal_init(&place->stop, here, on_stop);
    place->error = listener_open(&place->server.listener, &ops, here,
                                 "127.0.0.1", (uint16_t)asked_port, 1024);
    if (place->error == 0)
        place->port = port_of(&place->server);
    place->second_error =
        listener_open(&second.listener, &ops, here, "127.0.0.1",
                      (uint16_t)place->port, 128);
    opened++;
    return place->error;
}

static void place_ignore(struct shard *here, void *arg)
{
    (void)here;
    (void)arg;
}

/* Run a crew until its listeners are closed, with `play` on a thread of its
 * own, which begins when all listen and closes them all in the end. */
static void *(*play)(void *arg);
static atomic_bool told; /* all of them */

/* Nobody ends while another is still to be told. */
static void place_close(struct shard *here, void *arg)
{
    (void)here;
    (void)arg;
    while (!told)
        usleep(100);
}

static void *run_clients(void *arg)
{
    uint64_t end = uv_hrtime() + PATIENCE;
    while (opened < count && uv_hrtime() < end)
        usleep(1000);
    CHECK_EQ(opened, count);
    play(arg);
    for (unsigned i = 0; i < count; i++)
        signal_raise(&places[i].stop);
    told = true;
    return NULL;
}

static void run_crew(unsigned shards, uint16_t port,
                     void *(*clients_play)(void *))
{
    struct crew_options options = { .count = shards };
    struct crew_program program = { place_open, place_ignore, place_ignore,
                                    place_close, NULL };
    bool joined;
    memset(places, 0, sizeof places);
    told = false;
    count = shards;
    asked_port = port;
    opened = 0;
    play = clients_play;
    CHECK(pthread_create(&clients, NULL, run_clients, NULL) == 0);
    CHECK_EQ(crew_run(&options, &program, &joined), 0);
    CHECK_TRUE(joined);
    CHECK(pthread_join(clients, NULL) == 0);
    for (unsigned i = 0; i < shards; i++) {
        CHECK_EQ(places[i].error, 0);
        CHECK_EQ(places[i].second_error, -EADDRINUSE);
        CHECK_EQ(places[i].port, places[0].port);
        CHECK_EQ(places[i].server.closes, 1);
    }
}

static uint16_t crew_port(void)
{
    return (uint16_t)places[0].port;
}

static void *connect_200(void *arg)
{
    for (int i = 0; i < 200; i++)
        CHECK_TRUE(is_answered(connect_to(crew_port())));
    return arg;
}

TEST(the_shards_of_a_crew_share_a_port_and_all_get_connections)
{
    for (unsigned shards = 2; shards <= MOST; shards++) {
        unsigned sum = 0;
        run_crew(shards, 0, connect_200);
        for (unsigned i = 0; i < shards; i++) {
            CHECK_TRUE(places[i].server.accepted >= 200 / shards / 3);
            sum += places[i].server.accepted;
        }
        CHECK_EQ(sum, 200);
    }
}

TEST(a_port_that_is_named_is_shared_too)
{
    struct sockaddr_in addr;
    int fd = listen_here(&addr); /* a port that is free right after */
    close(fd);
    run_crew(2, ntohs(addr.sin_port), connect_200);
    CHECK_EQ(crew_port(), ntohs(addr.sin_port));
    CHECK_TRUE(places[0].server.accepted >= 30);
    CHECK_TRUE(places[1].server.accepted >= 30);
}

static struct other other;
static int other_error;

static void *let_other_try(void *arg)
{
    other_error = other_tries(&other, crew_port());
    return arg;
}

TEST(a_second_process_is_refused_the_port_of_a_crew)
{
    other_start(&other);
    run_crew(3, 0, let_other_try);
    CHECK_EQ(other_error, -EADDRINUSE);
    CHECK_EQ(other_tries(&other, crew_port()), 0);
    other_end(&other);
}

/* ---- Closing under load ------------------------------------------------------------------ */

enum { LOADERS = 3 };

static atomic_bool load_ends;
static atomic_uint load_answered;
static atomic_uint load_lost;

static void *run_load(void *arg)
{
    while (!load_ends) {
        int fd = connect_to(crew_port());
        if (fd >= 0 && is_answered(fd))
            load_answered++;
        else
            load_lost++;
    }
    return arg;
}

static void await_answers(unsigned more)
{
    unsigned before = load_answered;
    uint64_t end = uv_hrtime() + PATIENCE;
    while (load_answered - before < more && uv_hrtime() < end)
        usleep(100);
}

/* All shards but one close under load, one after the other, from `from` on. */
static unsigned close_from;

static void *close_all_but_one(void *arg)
{
    pthread_t loaders[LOADERS];
    load_ends = false;
    load_answered = 0;
    load_lost = 0;
    for (int i = 0; i < LOADERS; i++)
        CHECK(pthread_create(&loaders[i], NULL, run_load, NULL) == 0);
    for (unsigned i = 0; i + 1 < count; i++) {
        await_answers(30);
        signal_raise(&places[(close_from + i) % count].stop);
    }
    await_answers(100);
    load_ends = true;
    for (int i = 0; i < LOADERS; i++)
        pthread_join(loaders[i], NULL);
    return arg;
}

TEST(closing_one_of_two_listeners_under_load_resets_no_client)
{
    for (unsigned round = 0; round < 20; round++) {
        close_from = round;
        run_crew(2, 0, close_all_but_one);
        CHECK_EQ(load_lost, 0);
        CHECK_TRUE(load_answered >= 130);
        CHECK_EQ(places[0].server.accepted + places[1].server.accepted,
                 load_answered);
    }
}

TEST(closing_all_but_one_of_four_listeners_under_load_resets_no_client)
{
    for (unsigned round = 0; round < 10; round++) {
        close_from = round;
        run_crew(4, 0, close_all_but_one);
        CHECK_EQ(load_lost, 0);
        CHECK_TRUE(load_answered >= 190);
    }
}

/* With both shards asleep in a task, connections queue on both; then one
 * closes: the other has to take them. */
static pthread_barrier_t barrier;
static struct task hold_tasks[2];
static int held[100];

static void run_hold(struct task *task, struct shard *here)
{
    (void)task;
    pthread_barrier_wait(&barrier);
    pthread_barrier_wait(&barrier); /* meanwhile, clients connect */
    if (here->id == 0)
        listener_close(&places[0].server.listener);
}

static int hold_open(struct shard *here, void *arg)
{
    int error = place_open(here, arg);
    hold_tasks[here->id].run = run_hold;
    ready_push(&here->ready, &hold_tasks[here->id]);
    return error;
}

static void *connect_while_held(void *arg)
{
    pthread_barrier_wait(&barrier);
    for (int i = 0; i < 100; i++)
        CHECK_TRUE((held[i] = connect_to(crew_port())) >= 0);
    pthread_barrier_wait(&barrier);
    for (int i = 0; i < 100; i++)
        CHECK_TRUE(is_answered(held[i]));
    signal_raise(&places[1].stop);
    return arg;
}

TEST(connections_queued_on_a_listener_that_closes_go_to_its_sibling)
{
    struct crew_options options = { .count = 2 };
    struct crew_program program = { hold_open, place_ignore, place_ignore,
                                    place_ignore, NULL };
    bool joined;
    memset(places, 0, sizeof places);
    memset(hold_tasks, 0, sizeof hold_tasks);
    count = 2;
    asked_port = 0;
    pthread_barrier_init(&barrier, NULL, 3);
    CHECK(pthread_create(&clients, NULL, connect_while_held, NULL) == 0);
    CHECK_EQ(crew_run(&options, &program, &joined), 0);
    CHECK(pthread_join(clients, NULL) == 0);
    pthread_barrier_destroy(&barrier);
    CHECK_EQ(places[0].server.accepted, 0);
    CHECK_EQ(places[1].server.accepted, 100);
    CHECK_EQ(places[0].server.closes, 1);
    CHECK_EQ(places[1].server.closes, 1);
}

/* A listener that closed may listen again beside the one that has its socket. */
static atomic_uint reopened;
static struct server again;
static struct task again_task;
static struct shard *again_shard;

static void run_again(struct task *task, struct shard *here)
{
    if (places[0].server.closes == 0) {
        ready_push(&here->ready, task);
        return;
    }
    again = (struct server){ .answer = 'x' };
    CHECK_EQ(listener_open(&again.listener, &ops, here, "127.0.0.1",
                           crew_port(), 128), 0);
    reopened++;
}

static void on_reopen(struct task *task, struct shard *here)
{
    (void)task;
    listener_close(&places[0].server.listener);
    again_task.run = run_again;
    ready_push(&here->ready, &again_task);
}

static void on_stop_again(struct task *task, struct shard *here)
{
    (void)task;
    (void)here;
    listener_close(&again.listener);
}

static struct signal reopen, stop_again;

static int reopen_open(struct shard *here, void *arg)
{
    if (here->id == 0) {
        signal_init(&reopen, here, on_reopen);
        signal_init(&stop_again, here, on_stop_again);
        again_shard = here;
    }
    return place_open(here, arg);
}

static void *play_reopen(void *arg)
{
    uint64_t end = uv_hrtime() + PATIENCE;
    while (opened < 2 && uv_hrtime() < end)
        usleep(1000);
    signal_raise(&reopen);
    while (reopened == 0 && uv_hrtime() < end)
        usleep(1000);
    connect_200(NULL);
    signal_raise(&places[1].stop);
    usleep(20000);
    connect_200(NULL);
    signal_raise(&stop_again);
    return arg;
}

TEST(a_shard_may_listen_again_on_a_port_its_sibling_keeps)
{
    struct crew_options options = { .count = 2 };
    struct crew_program program = { reopen_open, place_ignore, place_ignore,
                                    place_ignore, NULL };
    bool joined;
    memset(places, 0, sizeof places);
    count = 2;
    asked_port = 0;
    opened = 0;
    reopened = 0;
    again_task = (struct task){ 0 };
    CHECK(pthread_create(&clients, NULL, play_reopen, NULL) == 0);
    CHECK_EQ(crew_run(&options, &program, &joined), 0);
    CHECK(pthread_join(clients, NULL) == 0);
    CHECK_EQ(again.closes, 1);
    CHECK_EQ(places[1].server.closes, 1);
    CHECK_EQ(again.accepted + places[1].server.accepted, 400);
    CHECK_TRUE(again.accepted >= 200);
}
