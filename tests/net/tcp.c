// SPDX-License-Identifier: MIT
#include "net/tcp.h"

#include "tests/net/stage.h"

#include <sys/un.h>

/* A connection that writes down what happens to it. */
struct conn {
    struct tcp tcp;
    struct peer peer;
    struct text events; /* "data 5\n", "eof\n", "closed 0\n", ... */
    struct text data;
    uint64_t data_turn;
    uint64_t timeout_at;
    size_t largest; /* piece */
    unsigned pieces;
    unsigned drains;
    unsigned closes;
    int error;
    void (*on_data)(struct conn *conn);
    void (*on_eof)(struct conn *conn);
    void (*on_drained)(struct conn *conn);
};

static struct conn *conn_of(struct tcp *tcp)
{
    return CONTAINER_OF(tcp, struct conn, tcp);
}

static void on_connected(struct tcp *tcp)
{
    struct conn *conn = conn_of(tcp);
    CHECK_EQ(conn->closes, 0);
    text_print(&conn->events, "connected\n");
    tcp_read_start(tcp);
}

static void on_data(struct tcp *tcp, const char *bytes, size_t length)
{
    struct conn *conn = conn_of(tcp);
    CHECK_EQ(conn->closes, 0);
    CHECK_TRUE(length > 0);
    CHECK_TRUE(conn->pieces == 0 || conn->data_turn < tcp->shard->turns);
    conn->data_turn = tcp->shard->turns;
    conn->pieces++;
    if (length > conn->largest)
        conn->largest = length;
    text_add(&conn->data, bytes, length);
    text_print(&conn->events, "data %zu\n", length);
    tcp_touch(tcp);
    if (conn->on_data != NULL)
        conn->on_data(conn);
}

static void on_eof(struct tcp *tcp)
{
    struct conn *conn = conn_of(tcp);
    CHECK_EQ(conn->closes, 0);
    text_print(&conn->events, "eof\n");
    if (conn->on_eof != NULL)
        conn->on_eof(conn);
}

static void on_drained(struct tcp *tcp)
{
    struct conn *conn = conn_of(tcp);
    CHECK_EQ(conn->closes, 0);
    CHECK_EQ(tcp_pending(tcp), 0);
    conn->drains++;
    text_print(&conn->events, "drained\n");
    if (conn->on_drained != NULL)
        conn->on_drained(conn);
}

static void on_timeout(struct tcp *tcp)
{
    struct conn *conn = conn_of(tcp);
    CHECK_EQ(conn->closes, 0);
    conn->timeout_at = uv_hrtime();
    text_print(&conn->events, "timeout\n");
}

static void on_closed(struct tcp *tcp, int error)
{
    struct conn *conn = conn_of(tcp);
    conn->closes++;
    conn->error = error;
    text_print(&conn->events, "closed %d\n", error);
    /* The memory is ours again: nobody may still have it in a list. */
    CHECK_TRUE(!timeout_is_started(&tcp->idle));
    CHECK_TRUE(!list_is_linked(&tcp->idle.task.link));
    CHECK_TRUE(!list_is_linked(&tcp->flush.link));
    CHECK_TRUE(!list_is_linked(&tcp->input.link));
    CHECK_TRUE(!list_is_linked(&tcp->arrived.link));
    memset(tcp, 0xEE, sizeof *tcp);
}

static const struct tcp_ops ops = {
    .connected = on_connected,
    .data = on_data,
    .eof = on_eof,
    .drained = on_drained,
    .timeout = on_timeout,
    .closed = on_closed,
};

/* Two ends of a connection over loopback. */
static void pair_of_tcp(int ends[2])
{
    struct sockaddr_in addr;
    int listener = listen_here(&addr);
    ends[1] = connect_to(ntohs(addr.sin_port));
    ends[0] = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    CHECK(ends[0] >= 0 && ends[1] >= 0);
    close(listener);
}

static void conn_adopt(struct stage *stage, struct conn *conn, int ends[2],
                       size_t piece)
{
    *conn = (struct conn){ 0 };
    peer_init(&conn->peer, ends[1]);
    CHECK_EQ(tcp_adopt(&conn->tcp, &ops, &stage->shard, &stage->bytes, piece,
                       ends[0]), 0);
    tcp_read_start(&conn->tcp);
}

static void conn_open(struct stage *stage, struct conn *conn)
{
    int ends[2];
    pair_of_tcp(ends);
    conn_adopt(stage, conn, ends, BYTES_READ);
}

/* As conn_open(), but the peer receives in the pieces in which it was sent. */
static void conn_open_packets(struct stage *stage, struct conn *conn)
{
    int ends[2];
    CHECK(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0);
    set_non_blocking(ends[0]);
    conn_adopt(stage, conn, ends, BYTES_READ);
}

/* It must have closed, or closes now. */
static void conn_close(struct stage *stage, struct conn *conn)
{
    if (conn->closes == 0)
        tcp_close(&conn->tcp, 0);
    TURN_UNTIL(stage, conn->closes > 0);
    stage_turns(stage, 3);
    CHECK_EQ(conn->closes, 1);
    peer_close(&conn->peer);
    text_free(&conn->events);
    text_free(&conn->data);
}

static void conn_write(struct conn *conn, const char *bytes, size_t length)
{
    chain_append(conn->tcp.bytes, &conn->tcp.out, bytes, length);
    tcp_written(&conn->tcp);
}

static void conn_say(struct conn *conn, const char *text)
{
    conn_write(conn, text, strlen(text));
}

/* Bytes `at` and on of the stream of fill(). */
static void conn_fill(struct conn *conn, size_t length, uint64_t at)
{
    char *out = chain_reserve(conn->tcp.bytes, &conn->tcp.out, length);
    fill(out, length, at);
    chain_commit(&conn->tcp.out, length);
    tcp_written(&conn->tcp);
}

/* As much as the kernel takes, and more. */
enum { MUCH = 16 * 1024 * 1024 };

/* ---- Writing ------------------------------------------------------------------ */

TEST(what_is_written_leaves_with_the_next_flush_in_order)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    conn_say(&conn, "one ");
    conn_say(&conn, "two ");
    peer_read(&conn.peer, SIZE_MAX);
    CHECK_EQ(conn.peer.got.length, 0);
    CHECK_EQ(tcp_pending(&conn.tcp), 8);
    shard_flush(&stage.shard);
    CHECK_EQ(tcp_pending(&conn.tcp), 0);
    CHECK_GOT(&stage, &conn.peer, "one two ");
    conn_say(&conn, "three");
    CHECK_GOT(&stage, &conn.peer, "one two three");
    CHECK_EQ(conn.events.length, 0);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(what_is_written_in_a_turn_leaves_in_one_write)
{
    struct stage stage;
    struct conn conn;
    char piece[3000];
    stage_open(&stage);
    conn_open_packets(&stage, &conn);
    for (size_t i = 0; i < 10; i++) {
        memset(piece, (int)('a' + i), sizeof piece);
        conn_write(&conn, piece, sizeof piece);
    }
    shard_turn(&stage.shard);
    static char packet[100000];
    ssize_t length = recv(conn.peer.fd, packet, sizeof packet, MSG_DONTWAIT);
    CHECK_EQ(length, 10 * sizeof piece);
    for (ssize_t i = 0; i < length; i++)
        CHECK_EQ(packet[i], 'a' + i / (ssize_t)sizeof piece);
    CHECK_EQ(recv(conn.peer.fd, packet, sizeof packet, MSG_DONTWAIT), -1);
    stage_turns(&stage, 3);
    CHECK_EQ(recv(conn.peer.fd, packet, sizeof packet, MSG_DONTWAIT), -1);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(more_blocks_than_a_write_takes_leave_in_as_few_as_can_be)
{
    struct stage stage;
    struct conn conn;
    char packet[1000];
    stage_open(&stage);
    conn_open_packets(&stage, &conn);
    for (int i = 0; i < 2 * TCP_BUFFERS + 1; i++) {
        size_t room = BYTES_BLOCK - sizeof(struct block);
        chain_reserve(&stage.bytes, &conn.tcp.out, room)[0] = (char)i;
        chain_commit(&conn.tcp.out, 1);
    }
    tcp_written(&conn.tcp);
    shard_turn(&stage.shard);
    for (int i = 0; i < 2; i++) {
        CHECK_EQ(recv(conn.peer.fd, packet, sizeof packet, MSG_DONTWAIT),
                 TCP_BUFFERS);
        CHECK_EQ(packet[0], (char)(i * TCP_BUFFERS));
        CHECK_EQ(packet[TCP_BUFFERS - 1], (char)((i + 1) * TCP_BUFFERS - 1));
    }
    CHECK_EQ(recv(conn.peer.fd, packet, sizeof packet, MSG_DONTWAIT), 1);
    CHECK_EQ(packet[0], (char)(2 * TCP_BUFFERS));
    conn_close(&stage, &conn);
    stage_close(&stage);
}

static void say_in_drained(struct conn *conn)
{
    conn_say(conn, "drained");
}

TEST(what_is_written_while_the_kernel_is_full_follows)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    conn.on_drained = say_in_drained;
    conn_fill(&conn, MUCH, 0);
    stage_turns(&stage, 3);
    CHECK_TRUE(tcp_pending(&conn.tcp) > 0);
    CHECK_TRUE(tcp_is_crowded(&conn.tcp));
    uint64_t at = MUCH;
    for (int i = 0; i < 1000; i++) {
        conn_fill(&conn, 1000, at);
        at += 1000;
        if (i % 10 == 0)
            peer_read(&conn.peer, 1000);
        shard_turn(&stage.shard);
    }
    TURN_UNTIL(&stage, peer_has(&conn.peer, at + strlen("drained")));
    CHECK_EQ(conn.peer.got.length, at + strlen("drained"));
    char *expected = malloc(at);
    fill(expected, at, 0);
    CHECK_EQ(memcmp(conn.peer.got.bytes, expected, at), 0);
    CHECK_EQ(memcmp(conn.peer.got.bytes + at, "drained", 7), 0);
    free(expected);
    CHECK_EQ(conn.drains, 1);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

/* 50 MB, in which no two neighbourhoods are alike, to a peer that reads in
 * pieces of many lengths and sometimes not. */
TEST(fifty_megabytes_to_a_slow_reader_arrive_whole)
{
    enum { ALL = 50 * 1000 * 1000, PIECE = 123457 };
    struct stage stage;
    struct conn conn;
    static char expected[PIECE];
    uint64_t sum = 0;
    uint64_t got_sum = 0;
    size_t sent = 0;
    size_t got = 0;
    unsigned seed = 1;
    stage_open(&stage);
    conn_open(&stage, &conn);
    uint64_t end = uv_hrtime() + 3 * PATIENCE;
    while (got < ALL && uv_hrtime() < end) {
        if (sent < ALL && !tcp_is_crowded(&conn.tcp)) {
            size_t length = ALL - sent < PIECE ? ALL - sent : PIECE;
            conn_fill(&conn, length, sent);
            fill(expected, length, sent);
            sum = checksum(sum, expected, length);
            sent += length;
        }
        shard_turn(&stage.shard);
        if (rand_r(&seed) % 4 != 0)
            peer_read(&conn.peer, (size_t)rand_r(&seed) % 100000);
        got_sum = checksum(got_sum, conn.peer.got.bytes,
                           conn.peer.got.length);
        got += conn.peer.got.length;
        conn.peer.got.length = 0;
    }
    CHECK_EQ(got, ALL);
    CHECK_EQ(got_sum, sum);
    CHECK_TRUE(conn.drains > 10);
    CHECK_EQ(tcp_pending(&conn.tcp), 0);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(it_is_crowded_above_the_high_water_and_drained_once_after)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    CHECK_TRUE(!tcp_is_crowded(&conn.tcp));
    conn_fill(&conn, TCP_HIGH_WATER, 0);
    CHECK_EQ(tcp_pending(&conn.tcp), TCP_HIGH_WATER);
    CHECK_TRUE(!tcp_is_crowded(&conn.tcp));
    TURN_UNTIL(&stage, peer_has(&conn.peer, TCP_HIGH_WATER));
    CHECK_EQ(conn.drains, 0);
    conn_fill(&conn, TCP_HIGH_WATER + 1, 0);
    CHECK_TRUE(tcp_is_crowded(&conn.tcp));
    CHECK_TRUE(tcp_is_crowded(&conn.tcp));
    TURN_UNTIL(&stage, peer_has(&conn.peer, 2 * TCP_HIGH_WATER + 1));
    stage_turns(&stage, 3);
    CHECK_EQ(conn.drains, 1);
    CHECK_TRUE(!tcp_is_crowded(&conn.tcp));
    conn_say(&conn, "little");
    stage_turns(&stage, 3);
    CHECK_EQ(conn.drains, 1);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

/* Who did not ask need not be told. */
TEST(it_is_not_drained_without_having_been_crowded)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    conn_fill(&conn, MUCH, 0);
    TURN_UNTIL(&stage, peer_has(&conn.peer, MUCH));
    stage_turns(&stage, 3);
    CHECK_EQ(conn.peer.got.length, MUCH);
    CHECK_EQ(conn.drains, 0);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

/* ---- Half-close --------------------------------------------------------------- */

TEST(shutdown_sends_what_is_queued_then_fin_and_still_reads)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    conn_say(&conn, "bye");
    tcp_shutdown(&conn.tcp);
    tcp_shutdown(&conn.tcp);
    CHECK_GOT(&stage, &conn.peer, "bye");
    CHECK_TRUE(conn.peer.eof);
    CHECK_EQ(conn.closes, 0);
    peer_say(&stage, &conn.peer, "still here");
    TURN_UNTIL(&stage, conn.data.length > 0);
    CHECK_BYTES(&conn.data, "still here");
    stage_turns(&stage, 3);
    CHECK_EQ(conn.closes, 0);
    shutdown(conn.peer.fd, SHUT_WR);
    TURN_UNTIL(&stage, conn.closes > 0);
    CHECK_BYTES(&conn.events, "data 10\neof\nclosed 0\n");
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(after_the_peers_fin_it_still_writes)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    peer_say(&stage, &conn.peer, "question");
    shutdown(conn.peer.fd, SHUT_WR);
    TURN_UNTIL(&stage, conn.events.length > 8);
    CHECK_BYTES(&conn.events, "data 8\neof\n");
    stage_turns(&stage, 3);
    conn_say(&conn, "answer");
    CHECK_GOT(&stage, &conn.peer, "answer");
    CHECK_TRUE(!conn.peer.eof);
    conn_say(&conn, " and more");
    tcp_shutdown(&conn.tcp);
    CHECK_GOT(&stage, &conn.peer, "answer and more");
    TURN_UNTIL(&stage, conn.closes > 0);
    CHECK_TRUE(peer_is_at_end(&conn.peer));
    CHECK_EQ(conn.peer.error, 0);
    CHECK_BYTES(&conn.events, "data 8\neof\nclosed 0\n");
    conn_close(&stage, &conn);
    stage_close(&stage);
}

/* Both in one poll; a long message in several pieces. */
TEST(fin_is_told_after_all_data)
{
    struct stage stage;
    struct conn conn;
    static char bytes[200000];
    stage_open(&stage);
    conn_open(&stage, &conn);
    fill(bytes, sizeof bytes, 0);
    peer_send(&stage, &conn.peer, bytes, sizeof bytes);
    shutdown(conn.peer.fd, SHUT_WR);
    TURN_UNTIL(&stage, text_has(&conn.events, "eof"));
    CHECK_EQ(conn.data.length, sizeof bytes);
    CHECK_EQ(memcmp(conn.data.bytes, bytes, sizeof bytes), 0);
    stage_turns(&stage, 3);
    CHECK_TEXT(strstr(conn.events.bytes, "eof"), "eof\n");
    conn_close(&stage, &conn);
    stage_close(&stage);
}

static void answer_and_shut_down(struct conn *conn)
{
    conn_say(conn, "goodbye");
    tcp_shutdown(&conn->tcp);
}

/* behaviours.md TS6: send and close from within "eof". */
TEST(it_may_write_and_shut_down_inside_eof)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    conn.on_eof = answer_and_shut_down;
    shutdown(conn.peer.fd, SHUT_WR);
    TURN_UNTIL(&stage, peer_is_at_end(&conn.peer));
    CHECK_BYTES(&conn.peer.got, "goodbye");
    TURN_UNTIL(&stage, conn.closes > 0);
    CHECK_BYTES(&conn.events, "eof\nclosed 0\n");
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(shutdown_waits_for_a_full_kernel)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    conn_fill(&conn, MUCH, 0);
    stage_turns(&stage, 2);
    tcp_shutdown(&conn.tcp);
    stage_turns(&stage, 2);
    CHECK_TRUE(tcp_is_crowded(&conn.tcp)); /* closed before it could drain */
    shutdown(conn.peer.fd, SHUT_WR);
    stage_turns(&stage, 3);
    CHECK_EQ(conn.closes, 0);
    TURN_UNTIL(&stage, peer_is_at_end(&conn.peer));
    CHECK_EQ(conn.peer.got.length, MUCH);
    CHECK_EQ(conn.peer.error, 0);
    TURN_UNTIL(&stage, conn.closes > 0);
    CHECK_BYTES(&conn.events, "eof\nclosed 0\n");
    conn_close(&stage, &conn);
    stage_close(&stage);
}

/* ---- Closing -------------------------------------------------------------------- */

TEST(close_drops_what_is_queued_and_tells_its_error_once)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    conn_say(&conn, "never");
    tcp_close(&conn.tcp, -ETIMEDOUT);
    CHECK_EQ(conn.closes, 0); /* not inside the call */
    tcp_close(&conn.tcp, -EIO);
    tcp_shutdown(&conn.tcp);
    CHECK_TRUE(!tcp_is_crowded(&conn.tcp));
    tcp_read_start(&conn.tcp);
    tcp_read_stop(&conn.tcp);
    tcp_set_timeout(&conn.tcp, 1);
    TURN_UNTIL(&stage, conn.closes > 0);
    TURN_UNTIL(&stage, peer_is_at_end(&conn.peer));
    CHECK_EQ(conn.peer.got.length, 0);
    CHECK_EQ(conn.error, -ETIMEDOUT);
    stage_run(&stage, 300);
    CHECK_BYTES(&conn.events, "closed -110\n");
    conn_close(&stage, &conn);
    stage_close(&stage);
}

static void close_now(struct conn *conn)
{
    conn_say(conn, "never");
    tcp_close(&conn->tcp, 0);
}

TEST(it_may_be_closed_inside_any_of_its_calls)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);

    conn_open(&stage, &conn);
    conn.on_data = close_now;
    peer_say(&stage, &conn.peer, "hello");
    shutdown(conn.peer.fd, SHUT_WR);
    TURN_UNTIL(&stage, conn.closes > 0);
    CHECK_BYTES(&conn.events, "data 5\nclosed 0\n");
    conn_close(&stage, &conn);

    conn_open(&stage, &conn);
    conn.on_eof = close_now;
    shutdown(conn.peer.fd, SHUT_WR);
    TURN_UNTIL(&stage, conn.closes > 0);
    CHECK_BYTES(&conn.events, "eof\nclosed 0\n");
    conn_close(&stage, &conn);

    conn_open(&stage, &conn);
    conn.on_drained = close_now;
    conn_fill(&conn, TCP_HIGH_WATER + 1, 0);
    CHECK_TRUE(tcp_is_crowded(&conn.tcp));
    TURN_UNTIL(&stage, conn.closes > 0);
    CHECK_BYTES(&conn.events, "drained\nclosed 0\n");
    conn_close(&stage, &conn);
    stage_close(&stage);
}

/* The descriptor may be somebody else's by then. */
TEST(what_is_written_after_close_goes_nowhere)
{
    struct stage stage;
    struct conn conn;
    int ends[2];
    char buffer[10];
    stage_open(&stage);
    conn_open(&stage, &conn);
    int fd = conn.tcp.fd;
    tcp_shutdown(&conn.tcp);
    tcp_close(&conn.tcp, 0);
    CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    if (ends[1] == fd) {
        ends[1] = ends[0];
        ends[0] = fd;
    }
    if (ends[0] != fd)
        CHECK(dup2(ends[0], fd) == fd);
    conn_say(&conn, "after");
    shard_flush(&stage.shard);
    CHECK_EQ(recv(ends[1], buffer, sizeof buffer, MSG_DONTWAIT), -1);
    conn_say(&conn, "and again");
    TURN_UNTIL(&stage, conn.closes > 0);
    stage_turns(&stage, 3);
    CHECK_EQ(recv(ends[1], buffer, sizeof buffer, MSG_DONTWAIT), -1);
    close(ends[0]);
    close(ends[1]);
    if (ends[0] != fd)
        close(fd);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(close_while_the_kernel_is_full_drops_the_rest)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    conn_fill(&conn, MUCH, 0);
    stage_turns(&stage, 3);
    CHECK_TRUE(tcp_is_crowded(&conn.tcp));
    tcp_close(&conn.tcp, 0);
    TURN_UNTIL(&stage, peer_is_at_end(&conn.peer));
    CHECK_TRUE(conn.peer.got.length < MUCH);
    TURN_UNTIL(&stage, conn.closes > 0);
    CHECK_BYTES(&conn.events, "closed 0\n");
    conn_close(&stage, &conn);
    stage_close(&stage);
}

/* ---- Reset ----------------------------------------------------------------------- */

static void peer_reset(struct conn *conn)
{
    close_with_reset(conn->peer.fd);
    conn->peer.fd = -1;
}

TEST(a_reset_closes_an_idle_connection_with_its_error)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    stage_turns(&stage, 2);
    peer_reset(&conn);
    TURN_UNTIL(&stage, conn.closes > 0);
    CHECK_TRUE(conn.error < 0);
    CHECK_EQ(conn.error, -ECONNRESET);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(a_reset_while_the_kernel_is_full_closes_once)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    conn_fill(&conn, MUCH, 0);
    stage_turns(&stage, 3);
    CHECK_TRUE(tcp_is_crowded(&conn.tcp));
    peer_reset(&conn);
    TURN_UNTIL(&stage, conn.closes > 0);
    CHECK_TRUE(conn.error == -ECONNRESET || conn.error == -EPIPE);
    CHECK_EQ(conn.drains, 0);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

/* The peer sends its FIN first, as a client does that half-closes. */
TEST(a_reset_after_fin_while_the_kernel_is_full_closes_once)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    shutdown(conn.peer.fd, SHUT_WR);
    TURN_UNTIL(&stage, conn.events.length > 0);
    conn_fill(&conn, MUCH, 0);
    stage_turns(&stage, 3);
    CHECK_TRUE(tcp_is_crowded(&conn.tcp));
    peer_reset(&conn);
    TURN_UNTIL(&stage, conn.closes > 0);
    CHECK_TRUE(conn.error == -ECONNRESET || conn.error == -EPIPE);
    CHECK_TRUE(strstr(conn.events.bytes + 1, "eof") == NULL);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(a_reset_while_reading_is_stopped_closes_when_it_writes)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    tcp_read_stop(&conn.tcp);
    peer_reset(&conn);
    stage_turns(&stage, 5);
    CHECK_EQ(conn.data.length, 0);
    if (conn.closes == 0)
        conn_say(&conn, "anybody there?");
    stage_turns(&stage, 2);
    if (conn.closes == 0)
        conn_say(&conn, "hello?");
    TURN_UNTIL(&stage, conn.closes > 0);
    CHECK_TRUE(conn.error == -ECONNRESET || conn.error == -EPIPE);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(a_peer_that_closed_resets_what_is_written_to_it)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    close(conn.peer.fd);
    conn.peer.fd = -1;
    TURN_UNTIL(&stage, conn.events.length > 0);
    CHECK_BYTES(&conn.events, "eof\n");
    for (int i = 0; i < 100 && conn.closes == 0; i++) {
        conn_say(&conn, "hello?");
        shard_turn(&stage.shard);
    }
    TURN_UNTIL(&stage, conn.closes > 0);
    CHECK_TRUE(conn.error == -ECONNRESET || conn.error == -EPIPE);
    CHECK_EQ(strncmp(conn.events.bytes, "eof\nclosed", 10), 0);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

/* ---- Reading ----------------------------------------------------------------------- */

static void read_in_pieces(size_t piece, size_t all, unsigned least)
{
    struct stage stage;
    struct conn conn;
    int ends[2];
    char *bytes = malloc(all);
    stage_open(&stage);
    pair_of_tcp(ends);
    conn_adopt(&stage, &conn, ends, piece);
    fill(bytes, all, 0);
    peer_send(&stage, &conn.peer, bytes, all);
    TURN_UNTIL(&stage, conn.data.length >= all);
    CHECK_EQ(conn.data.length, all);
    CHECK_EQ(memcmp(conn.data.bytes, bytes, all), 0);
    CHECK_TRUE(conn.largest <= piece);
    CHECK_TRUE(conn.pieces >= least);
    free(bytes);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

/* One a turn: on_data() checks. */
TEST(a_piece_is_no_longer_than_asked_and_comes_once_a_turn)
{
    read_in_pieces(8192, 30000, 4);
    read_in_pieces(8192, 1000000, 123);
    read_in_pieces(BYTES_READ, 1000000, 16);
    read_in_pieces(1, 20, 20);
}

static void stop_reading(struct conn *conn)
{
    tcp_read_stop(&conn->tcp);
}

TEST(a_stop_inside_data_holds_the_rest_back)
{
    struct stage stage;
    struct conn conn;
    int ends[2];
    char bytes[30000];
    stage_open(&stage);
    pair_of_tcp(ends);
    conn_adopt(&stage, &conn, ends, 8192);
    conn.on_data = stop_reading;
    fill(bytes, sizeof bytes, 0);
    peer_send(&stage, &conn.peer, bytes, sizeof bytes);
    shutdown(conn.peer.fd, SHUT_WR);
    for (unsigned pieces = 1; pieces <= 3; pieces++) {
        TURN_UNTIL(&stage, conn.pieces >= pieces);
        stage_turns(&stage, 5);
        CHECK_EQ(conn.pieces, pieces);
        tcp_read_start(&conn.tcp);
    }
    TURN_UNTIL(&stage, conn.pieces >= 4);
    CHECK_EQ(conn.data.length, sizeof bytes);
    CHECK_EQ(memcmp(conn.data.bytes, bytes, sizeof bytes), 0);
    stage_turns(&stage, 5);
    CHECK_TRUE(!text_has(&conn.events, "eof")); /* held back, too */
    tcp_read_start(&conn.tcp);
    TURN_UNTIL(&stage, text_has(&conn.events, "eof"));
    conn_close(&stage, &conn);
    stage_close(&stage);
}

static struct conn *to_stop;

static void run_stop(struct task *task, struct shard *here)
{
    (void)task;
    (void)here;
    tcp_read_stop(&to_stop->tcp);
}

/* The task runs in the turn whose poll finds the data, and before it is read. */
TEST(a_stop_holds_back_what_the_poll_has_found)
{
    struct stage stage;
    struct conn conn;
    struct task stop = { .run = run_stop };
    stage_open(&stage);
    conn_open(&stage, &conn);
    stage_turns(&stage, 2);
    to_stop = &conn;
    peer_say(&stage, &conn.peer, "hello");
    ready_push(&stage.shard.ready, &stop);
    stage_turns(&stage, 5);
    CHECK_EQ(conn.events.length, 0);
    tcp_read_start(&conn.tcp);
    TURN_UNTIL(&stage, conn.data.length > 0);
    CHECK_BYTES(&conn.data, "hello");
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(reading_may_stop_and_start_at_any_time)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    tcp_read_start(&conn.tcp);
    tcp_read_stop(&conn.tcp);
    tcp_read_stop(&conn.tcp);
    peer_say(&stage, &conn.peer, "one");
    stage_turns(&stage, 5);
    CHECK_EQ(conn.data.length, 0);
    tcp_read_start(&conn.tcp);
    TURN_UNTIL(&stage, conn.data.length > 0);
    CHECK_BYTES(&conn.data, "one");
    shutdown(conn.peer.fd, SHUT_WR);
    TURN_UNTIL(&stage, text_has(&conn.events, "eof"));
    tcp_read_stop(&conn.tcp);
    tcp_read_start(&conn.tcp); /* nothing more comes: eof once */
    stage_turns(&stage, 5);
    CHECK_BYTES(&conn.events, "data 3\neof\n");
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(stopped_reading_does_not_stop_writing)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    tcp_read_stop(&conn.tcp);
    peer_say(&stage, &conn.peer, "unread");
    conn_fill(&conn, MUCH, 0);
    stage_turns(&stage, 3);
    CHECK_TRUE(tcp_pending(&conn.tcp) > 0);
    tcp_read_start(&conn.tcp);
    tcp_read_stop(&conn.tcp);
    TURN_UNTIL(&stage, peer_has(&conn.peer, MUCH));
    CHECK_EQ(conn.peer.got.length, MUCH);
    CHECK_EQ(conn.data.length, 0);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

/* The kernel's buffers fill up on both sides. */
TEST(both_directions_flow_at_once)
{
    struct stage stage;
    struct conn conn;
    char *bytes = malloc(MUCH);
    size_t sent = 0;
    stage_open(&stage);
    conn_open(&stage, &conn);
    fill(bytes, MUCH, 1);
    conn_fill(&conn, MUCH, 0);
    uint64_t end = uv_hrtime() + PATIENCE;
    while ((conn.data.length < MUCH || conn.peer.got.length < MUCH) &&
           uv_hrtime() < end) {
        sent += peer_offer(&conn.peer, bytes + sent, MUCH - sent);
        peer_read(&conn.peer, 200000);
        shard_turn(&stage.shard);
    }
    CHECK_EQ(conn.data.length, MUCH);
    CHECK_EQ(memcmp(conn.data.bytes, bytes, MUCH), 0);
    fill(bytes, MUCH, 0);
    CHECK_EQ(conn.peer.got.length, MUCH);
    CHECK_EQ(memcmp(conn.peer.got.bytes, bytes, MUCH), 0);
    free(bytes);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

/* ---- Idle ---------------------------------------------------------------------------- */

/* The wheel is late by less than two of its ticks; the rest is for a busy
 * machine. */
enum { LATE = 2000 };

TEST(an_idle_connection_times_out_and_never_early)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    for (uint64_t ms = 1; ms <= 400; ms += 133) {
        conn.timeout_at = 0;
        uint64_t start = uv_hrtime();
        tcp_set_timeout(&conn.tcp, ms);
        TURN_UNTIL(&stage, conn.timeout_at > 0);
        CHECK_TRUE(conn.timeout_at - start >= ms * MS);
        CHECK_TRUE(conn.timeout_at - start < (ms + LATE) * MS);
    }
    stage_run(&stage, 300);
    CHECK_BYTES(&conn.events, "timeout\ntimeout\ntimeout\ntimeout\n");
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(without_a_timeout_there_is_none)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    stage_run(&stage, 200);
    tcp_set_timeout(&conn.tcp, 100);
    tcp_set_timeout(&conn.tcp, 0);
    stage_run(&stage, 500);
    tcp_touch(&conn.tcp);
    stage_run(&stage, 200);
    CHECK_EQ(conn.events.length, 0);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

/* The peer speaks, we speak, and both come later than the clock alone. */
TEST(reading_and_writing_start_the_clock_again)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    tcp_set_timeout(&conn.tcp, 1500);
    for (int i = 0; i < 4; i++) {
        stage_run(&stage, 300);
        peer_say(&stage, &conn.peer, "?");
        stage_run(&stage, 300);
        conn_say(&conn, "!");
    }
    CHECK_EQ(conn.timeout_at, 0);
    uint64_t last = uv_hrtime();
    TURN_UNTIL(&stage, conn.timeout_at > 0);
    CHECK_TRUE(conn.timeout_at - last >= 1500 * MS);
    CHECK_BYTES(&conn.events, "data 1\ndata 1\ndata 1\ndata 1\ntimeout\n");
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(a_suspended_clock_stands_still)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    tcp_set_timeout(&conn.tcp, 200);
    tcp_suspend_timeout(&conn.tcp);
    tcp_touch(&conn.tcp);
    conn_say(&conn, "writing does not start it");
    stage_run(&stage, 800);
    CHECK_EQ(conn.timeout_at, 0);
    uint64_t start = uv_hrtime();
    tcp_set_timeout(&conn.tcp, 200);
    TURN_UNTIL(&stage, conn.timeout_at > 0);
    CHECK_TRUE(conn.timeout_at - start >= 200 * MS);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

/* The kernel takes some now and then, for much longer than the timeout. */
TEST(a_long_write_that_goes_on_is_activity)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    conn_fill(&conn, 2 * MUCH, 0);
    tcp_set_timeout(&conn.tcp, 1500);
    uint64_t start = uv_hrtime();
    while (uv_hrtime() - start < 4000 * MS) {
        peer_read(&conn.peer, 250000);
        stage_run(&stage, 100);
    }
    CHECK_TRUE(tcp_pending(&conn.tcp) > 0); /* else it was not that long */
    CHECK_EQ(conn.timeout_at, 0);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(a_peer_that_reads_nothing_times_out)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    conn_fill(&conn, MUCH, 0);
    stage_turns(&stage, 5);
    uint64_t start = uv_hrtime();
    tcp_set_timeout(&conn.tcp, 200);
    TURN_UNTIL(&stage, conn.timeout_at > 0);
    CHECK_TRUE(conn.timeout_at - start >= 200 * MS);
    CHECK_TRUE(tcp_pending(&conn.tcp) > 0);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

/* The shard was busy elsewhere for longer than the timeout. */
TEST(data_that_waits_to_be_read_is_no_idleness)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    tcp_set_timeout(&conn.tcp, 100);
    shard_turn(&stage.shard);
    peer_say(&stage, &conn.peer, "hello");
    usleep(500 * 1000);
    uint64_t start = uv_hrtime();
    TURN_UNTIL(&stage, conn.data.length > 0);
    TURN_UNTIL(&stage, conn.timeout_at > 0);
    CHECK_TRUE(conn.timeout_at - start >= 100 * MS);
    CHECK_BYTES(&conn.events, "data 5\ntimeout\n");
    conn_close(&stage, &conn);
    stage_close(&stage);
}

/* The clock is looked at when it starts, not when the turn began. */
TEST(a_clock_that_starts_after_a_long_task_is_not_early)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    shard_turn(&stage.shard);
    usleep(400 * 1000);
    uint64_t start = uv_hrtime();
    tcp_set_timeout(&conn.tcp, 300);
    TURN_UNTIL(&stage, conn.timeout_at > 0);
    CHECK_TRUE(conn.timeout_at - start >= 300 * MS);
    tcp_set_timeout(&conn.tcp, 300);
    conn.timeout_at = 0;
    shard_turn(&stage.shard);
    usleep(200 * 1000);
    conn_say(&conn, "written after 200 ms");
    start = uv_hrtime();
    TURN_UNTIL(&stage, conn.timeout_at > 0);
    CHECK_TRUE(conn.timeout_at - start >= 300 * MS);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(a_closed_connection_does_not_time_out)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    tcp_set_timeout(&conn.tcp, 100);
    tcp_close(&conn.tcp, 0);
    stage_run(&stage, 400);
    CHECK_BYTES(&conn.events, "closed 0\n");
    conn_close(&stage, &conn);
    stage_close(&stage);
}

/* ---- Adopting -------------------------------------------------------------------------- */

TEST(a_descriptor_that_cannot_be_polled_is_refused)
{
    struct stage stage;
    struct tcp tcp;
    stage_open(&stage);
    int fd = lowest_descriptor(); /* not open */
    CHECK_TRUE(tcp_adopt(&tcp, &ops, &stage.shard, &stage.bytes, 8192, fd)
               < 0);
    CHECK_EQ(stage.shard.holds, 0);
    stage_turns(&stage, 3);
    stage_close(&stage);
}

TEST(a_connection_holds_its_shard_until_it_has_closed)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    conn_open(&stage, &conn);
    CHECK_EQ(stage.shard.holds, 1);
    tcp_close(&conn.tcp, 0);
    TURN_UNTIL(&stage, conn.closes > 0);
    CHECK_EQ(stage.shard.holds, 0);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(many_connections_leave_no_descriptor_and_no_memory)
{
    struct stage stage;
    struct conn conn;
    stage_open(&stage);
    unsigned before = open_descriptors();
    for (int i = 0; i < 500; i++) {
        conn_open(&stage, &conn);
        peer_say(&stage, &conn.peer, "hello");
        conn_fill(&conn, i % 100 == 0 ? MUCH : 5000, 0);
        if (i % 3 == 0)
            TURN_UNTIL(&stage, conn.data.length > 0);
        if (i % 5 == 0)
            shutdown(conn.peer.fd, SHUT_WR);
        if (i % 7 == 0)
            tcp_shutdown(&conn.tcp);
        shard_turn(&stage.shard);
        conn_close(&stage, &conn);
    }
    CHECK_EQ(open_descriptors(), before);
    stage_close(&stage);
}

/* ---- Connecting ------------------------------------------------------------------------ */

/* Where connections are accepted, or were: `fd` may be closed. */
static int connect_from(struct stage *stage, struct conn *conn,
                        const struct sockaddr_in *where)
{
    struct addr addr = { .in = *where };
    *conn = (struct conn){ .peer.fd = -1 };
    return tcp_connect(&conn->tcp, &ops, &stage->shard, &stage->bytes,
                       BYTES_READ, &addr);
}

TEST(it_connects_and_what_was_written_before_follows)
{
    struct sockaddr_in where;
    struct stage stage;
    struct conn conn;
    int listener = listen_here(&where);
    stage_open(&stage);
    CHECK_EQ(connect_from(&stage, &conn, &where), 0);
    CHECK_EQ(stage.shard.holds, 1);
    conn_say(&conn, "early");
    CHECK_EQ(conn.events.length, 0);
    TURN_UNTIL(&stage, conn.events.length > 0);
    CHECK_BYTES(&conn.events, "connected\n");
    peer_init(&conn.peer, accept4(listener, NULL, NULL, SOCK_CLOEXEC));
    CHECK_GOT(&stage, &conn.peer, "early");
    conn_say(&conn, " and late");
    CHECK_GOT(&stage, &conn.peer, "early and late");
    peer_say(&stage, &conn.peer, "hello");
    TURN_UNTIL(&stage, conn.data.length > 0);
    tcp_shutdown(&conn.tcp);
    shutdown(conn.peer.fd, SHUT_WR);
    TURN_UNTIL(&stage, conn.closes > 0);
    CHECK_BYTES(&conn.events, "connected\ndata 5\neof\nclosed 0\n");
    close(listener);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(what_was_written_and_shut_down_before_it_connects_arrives)
{
    struct sockaddr_in where;
    struct stage stage;
    struct conn conn;
    int listener = listen_here(&where);
    stage_open(&stage);
    CHECK_EQ(connect_from(&stage, &conn, &where), 0);
    conn_fill(&conn, 1000000, 0);
    CHECK_TRUE(tcp_is_crowded(&conn.tcp));
    tcp_shutdown(&conn.tcp);
    TURN_UNTIL(&stage, conn.events.length > 0);
    peer_init(&conn.peer, accept4(listener, NULL, NULL, SOCK_CLOEXEC));
    TURN_UNTIL(&stage, peer_is_at_end(&conn.peer));
    CHECK_EQ(conn.peer.got.length, 1000000);
    char *expected = malloc(1000000);
    fill(expected, 1000000, 0);
    CHECK_EQ(memcmp(conn.peer.got.bytes, expected, 1000000), 0);
    free(expected);
    CHECK_EQ(conn.drains, 1);
    close(listener);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(a_refused_connection_closes_with_its_error)
{
    struct sockaddr_in where;
    struct stage stage;
    struct conn conn;
    close(listen_here(&where));
    stage_open(&stage);
    int error = connect_from(&stage, &conn, &where);
    if (error == 0) {
        conn_say(&conn, "never");
        TURN_UNTIL(&stage, conn.closes > 0);
        CHECK_BYTES(&conn.events, "closed -111\n");
        conn_close(&stage, &conn);
    } else {
        CHECK_EQ(error, -ECONNREFUSED);
    }
    CHECK_EQ(stage.shard.holds, 0);
    stage_close(&stage);
}

TEST(a_connection_can_be_closed_while_it_connects)
{
    struct sockaddr_in where;
    struct stage stage;
    struct conn conn;
    int listener = listen_here(&where);
    stage_open(&stage);
    CHECK_EQ(connect_from(&stage, &conn, &where), 0);
    conn_say(&conn, "never");
    tcp_close(&conn.tcp, 0);
    TURN_UNTIL(&stage, conn.closes > 0);
    stage_turns(&stage, 5);
    CHECK_BYTES(&conn.events, "closed 0\n");
    close(listener);
    conn_close(&stage, &conn);
    stage_close(&stage);
}

TEST(no_delay_is_set_and_unset)
{
    struct stage stage;
    struct conn conn;
    int value;
    socklen_t length = sizeof value;
    stage_open(&stage);
    conn_open(&stage, &conn);
    for (int on = 1; on >= 0; on--) {
        tcp_set_no_delay(&conn.tcp, on);
        CHECK_EQ(getsockopt(conn.tcp.fd, IPPROTO_TCP, TCP_NODELAY, &value,
                            &length), 0);
        CHECK_EQ(value != 0, on);
    }
    conn_close(&stage, &conn);
    stage_close(&stage);
}
