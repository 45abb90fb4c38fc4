// SPDX-License-Identifier: MIT
#include "net/http_conn.h"

#include "tests/net/app.h"

#include <malloc.h>

#define GET "GET / HTTP/1.1\r\n\r\n"

/* What finish_with_target() answers to GET. */
#define ANSWER TARGET("1", "/")

static void say(struct app *app, struct peer *peer, const char *text)
{
    peer_say(&app->stage, peer, text);
}

/* The next request, answered by the test. */
static void await_requests(struct app *app, unsigned count)
{
    TURN_UNTIL(&app->stage, app->request_count >= count);
}

static void reset(struct peer *peer)
{
    close_with_reset(peer->fd);
    peer->fd = -1;
}

/* ---- Keep-alive ------------------------------------------------------------------ */

TEST(a_connection_is_kept_from_request_to_request)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app.on_request = finish_with_target;
    app_connect(&app, &peer);
    for (int i = 0; i < 100; i++) {
        text_free(&peer.got);
        say(&app, &peer, GET);
        CHECK_ANSWER(&app, &peer, ANSWER);
    }
    CHECK_EQ(app.connections, 1);
    CHECK_EQ(app.request_count, 100);
    CHECK_EQ(app.closes, 0);
    CHECK_EQ(app.http.exchanges.used, 0);
    peer_close(&peer);
    TURN_UNTIL(&app.stage, app.closes == 1);
    CHECK_EQ(app.errors, 0);
    app_close(&app);
}

TEST(a_connection_is_told_then_its_requests_then_its_end)
{
    struct app app;
    struct peer peer;
    char text[ADDR_TEXT];
    app_open(&app);
    app.on_request = finish_with_target;
    app_connect(&app, &peer);
    CHECK_EVENTS(&app, "connection\n");
    addr_text(&app.conn->peer, text);
    CHECK_TEXT(text, "127.0.0.1");
    CHECK_TRUE(addr_port(&app.conn->peer) != 0);
    CHECK_EQ(app.conn->server_id, 7);
    say(&app, &peer, GET "POST /a HTTP/1.1\r\nContent-Length: 0\r\n\r\n"
        "PUT /b HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"
        "PATCH /c HTTP/1.1\r\n" CHUNKED "\r\n3\r\nabc\r\n0\r\n\r\n");
    CHECK_ANSWER(&app, &peer, ANSWER TARGET("2", "/a") TARGET("2", "/b")
                 TARGET("2", "/c"));
    peer_close(&peer);
    CHECK_EVENTS(&app, "connection\nGET / complete\nPOST /a complete\n"
                 "PUT /b\ncontent\ncomplete\nPATCH /c\ncontent\ncomplete\n"
                 "eof\nclosed\n");
    CHECK_BYTES(&app.content, "helloabc");
    app_close(&app);
}

TEST(requests_come_through_in_pieces_of_any_length)
{
    static const char input[] =
        GET "POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"
        "POST /b HTTP/1.1\r\n" CHUNKED "\r\n3;x=y\r\nabc\r\n0\r\nT: t\r\n\r\n"
        "GET /c HTTP/1.1\r\nA:\r\n\r\n";
    struct app app;
    app_open(&app);
    app.on_request = finish_with_target;
    for (size_t each = 1; each < sizeof input; each += each < 10 ? 1 : 17) {
        struct peer peer;
        app_connect(&app, &peer);
        for (size_t at = 0; at < sizeof input - 1; at += each) {
            size_t left = sizeof input - 1 - at;
            peer_send(&app.stage, &peer, input + at,
                      left < each ? left : each);
            stage_turns(&app.stage, 2);
        }
        CHECK_ANSWER(&app, &peer, ANSWER TARGET("2", "/a") TARGET("2", "/b")
                     TARGET("2", "/c"));
        peer_close(&peer);
        CHECK_EVENTS(&app, "connection\nGET / complete\n"
                     "POST /a\ncontent\ncomplete\n"
                     "POST /b\ncontent\ncomplete\n"
                     "GET /c complete\neof\nclosed\n");
        CHECK_BYTES(&app.content, "helloabc");
        text_free(&app.events);
        text_free(&app.content);
    }
    app_close(&app);
}

TEST(http_1_0_and_connection_close_end_the_connection)
{
    static const char *const requests[] = {
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n" GET, /* what follows is not looked at */
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n" GET GET,
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n\x16\x03\x01",
    };
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
        struct app app;
        struct peer peer;
        app_open(&app);
        app.on_request = finish_with_target;
        app_connect(&app, &peer);
        say(&app, &peer, requests[i]);
        CHECK_ANSWER(&app, &peer, OK DATE CLOSE "Content-Length: 1\r\n\r\n/");
        CHECK_TRUE(peer.eof);
        say(&app, &peer, GET);
        stage_turns(&app.stage, 5);
        CHECK_EQ(app.request_count, 1);
        CHECK_EQ(app.closes, 0); /* it waits for the peer's FIN */
        peer_close(&peer);
        CHECK_EVENTS(&app, "connection\nGET / complete\neof\nclosed\n");
        app_close(&app);
    }
}

TEST(upgrades_connect_and_patch_are_requests_like_others)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app.on_request = finish_with_target;
    app_connect(&app, &peer);
    say(&app, &peer, "GET /u HTTP/1.1\r\nConnection: Upgrade\r\n"
        "Upgrade: websocket\r\n\r\n"
        "CONNECT a:1 HTTP/1.1\r\n\r\n"
        "PATCH /p HTTP/1.1\r\n\r\n" GET);
    CHECK_ANSWER(&app, &peer, TARGET("2", "/u") TARGET("3", "a:1")
                 TARGET("2", "/p") ANSWER);
    peer_close(&peer);
    app_close(&app);
}

/* ---- Pipelining -------------------------------------------------------------------- */

#define GET_A "GET /a HTTP/1.1\r\n\r\n"
#define GET_B "GET /b HTTP/1.1\r\n\r\n"
#define GET_C "GET /c HTTP/1.1\r\n\r\n"

TEST(pipelined_requests_are_told_at_once_and_answered_in_order)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, GET_A GET_B GET_C);
    await_requests(&app, 3);
    app_answer(&app, 2, HTTP_FINISH, OK, "/c");
    stage_turns(&app.stage, 5);
    app_answer(&app, 1, HTTP_FINISH, OK, "/b");
    stage_turns(&app.stage, 5);
    peer_read(&peer, SIZE_MAX);
    CHECK_EQ(peer.got.length, 0);
    app_answer(&app, 0, 0, OK, "/");
    CHECK_ANSWER(&app, &peer, OK DATE KEEP CHUNKED "\r\n1\r\n/\r\n");
    app_answer(&app, 0, HTTP_FINISH, NULL, "a");
    CHECK_ANSWER(&app, &peer, OK DATE KEEP CHUNKED "\r\n1\r\n/\r\n"
                 "1\r\na\r\n0\r\n\r\n" TARGET("2", "/b") TARGET("2", "/c"));
    CHECK_EQ(app.http.exchanges.used, 0);
    peer_close(&peer);
    app_close(&app);
}

/* The request of the answer that waits is complete only after. */
TEST(an_early_answer_that_waits_its_turn_is_not_lost)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, GET_A
        "POST /b HTTP/1.1\r\nContent-Length: 5\r\n\r\nhe");
    await_requests(&app, 2);
    app_answer(&app, 1, HTTP_FINISH, OK, "/b");
    say(&app, &peer, "llo" GET_C);
    await_requests(&app, 3);
    CHECK_EQ(app.content_length, 5);
    app_answer(&app, 2, HTTP_FINISH, OK, "/c");
    stage_turns(&app.stage, 5);
    app_answer(&app, 0, HTTP_FINISH, OK, "/a");
    CHECK_ANSWER(&app, &peer, TARGET("2", "/a") TARGET("2", "/b")
                 TARGET("2", "/c"));
    CHECK_EQ(app.http.exchanges.used, 0);
    peer_close(&peer);
    app_close(&app);
}

/* RFC 9112 9.6: the answer that says close is the last. */
TEST(what_is_pipelined_behind_an_answer_that_closes_is_dropped)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, GET_A GET_B GET_C);
    await_requests(&app, 3);
    app_answer(&app, 2, HTTP_FINISH, OK, "/c");
    app_answer(&app, 1, HTTP_FINISH, OK "Connection: close\r\n", "/b");
    app_answer(&app, 0, HTTP_FINISH, OK, "/a");
    CHECK_ANSWER(&app, &peer, TARGET("2", "/a") OK "Connection: close\r\n"
                 DATE "Content-Length: 2\r\n\r\n/b");
    CHECK_TRUE(peer.eof);
    CHECK_EQ(peer.error, 0);
    CHECK_EQ(app_answer(&app, 2, HTTP_FINISH, OK, "/c"), -ENOENT);
    peer_close(&peer);
    TURN_UNTIL(&app.stage, app.closes == 1);
    CHECK_EQ(app.errors, 0);
    app_close(&app);
}

/* Just as many as may be unanswered, in one piece: reading must go on after. */
TEST(exactly_the_limit_of_unanswered_requests_stops_nothing)
{
    for (unsigned count = HTTP_UNANSWERED - 1; count <= HTTP_UNANSWERED + 1;
         count++) {
        struct app app;
        struct peer peer;
        struct text input = { 0 };
        struct text expected = { 0 };
        app_open(&app);
        app.on_request = finish_with_target;
        app_connect(&app, &peer);
        for (unsigned i = 0; i < count; i++) {
            text_print(&input, GET);
            text_print(&expected, ANSWER);
        }
        for (int round = 0; round < 3; round++) {
            text_free(&peer.got);
            peer_send(&app.stage, &peer, input.bytes, input.length);
            CHECK_ANSWER(&app, &peer, expected.bytes);
        }
        peer_close(&peer);
        TURN_UNTIL(&app.stage, app.closes == 1);
        text_free(&input);
        text_free(&expected);
        app_close(&app);
    }
}

TEST(of_many_pipelined_requests_only_so_many_are_told_until_answered)
{
    enum { REQUESTS = 3000 };
    struct app app;
    struct peer peer;
    struct text input = { 0 };
    struct text expected = { 0 };
    unsigned answered = 0;
    size_t sent = 0;
    int before = test_failures;
    app_open(&app);
    app.is_quiet = true;
    app_connect(&app, &peer);
    for (unsigned i = 0; i < REQUESTS; i++) {
        if (i % 3 == 0)
            text_print(&input, "POST /%04u HTTP/1.1\r\n"
                       "Content-Length: 3\r\n\r\nabc", i);
        else
            text_print(&input, "GET /%04u HTTP/1.1\r\n\r\n", i);
        text_print(&expected, TARGET("5", "/%04u"), i);
    }
    while (answered < REQUESTS && test_failures == before) {
        sent += peer_offer(&peer, input.bytes + sent, input.length - sent);
        stage_turns(&app.stage, 3);
        CHECK_TRUE(app.request_count - answered <= HTTP_UNANSWERED);
        unsigned left = REQUESTS - answered;
        unsigned least = HTTP_UNANSWERED / 2;
        CHECK_TRUE(app.request_count - answered >=
                   (left < least ? left : least));
        /* A few at a time, the later one first. */
        for (unsigned i = 0; i < 3 && answered + 1 < app.request_count; i++) {
            app_answer(&app, answered + 1, HTTP_FINISH, OK,
                       app.requests[answered + 1].target);
            app_answer(&app, answered, HTTP_FINISH, OK,
                       app.requests[answered].target);
            answered += 2;
        }
    }
    CHECK_ANSWER(&app, &peer, expected.bytes);
    CHECK_EQ(app.request_count, REQUESTS);
    CHECK_EQ(app.content_length, REQUESTS);
    text_free(&input);
    text_free(&expected);
    peer_close(&peer);
    app_close(&app);
}

/* It is the kernel's buffers that fill up, not our memory. */
TEST(a_peer_that_only_pipelines_is_not_read_for_ever)
{
    static char input[60000];
    struct app app;
    struct peer peer;
    size_t sent = 0;
    size_t some;
    app_open(&app);
    app_connect(&app, &peer);
    for (size_t at = 0; at + strlen(GET) < sizeof input; at += strlen(GET))
        memcpy(input + at, GET, strlen(GET));
    size_t length = sizeof input / strlen(GET) * strlen(GET);
    do {
        some = peer_offer(&peer, input + sent % length,
                          length - sent % length);
        sent += some;
        stage_turns(&app.stage, 3);
    } while (some > 0 && sent < 200 * 1000 * 1000);
    CHECK_EQ(some, 0);
    CHECK_EQ(app.request_count, HTTP_UNANSWERED);
    CHECK_TRUE(app.conn->rest_length <= BYTES_READ);
    peer_close(&peer);
    app_close(&app);
}

/* ---- Pausing -------------------------------------------------------------------------- */

static size_t resident(void)
{
    unsigned long size, pages;
    FILE *file = fopen("/proc/self/statm", "r");
    CHECK(file != NULL && fscanf(file, "%lu %lu", &size, &pages) == 2);
    fclose(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

enum {
    UPLOAD = 100 * 1000 * 1000,
    UPLOAD_PIECE = 65536
};

struct upload {
    size_t sent;
    uint64_t sum;
    char piece[UPLOAD_PIECE];
    size_t piece_at; /* of the upload; the piece is UPLOAD_PIECE long */
};

/* Offer what the kernel takes. */
static bool upload_some(struct upload *u, struct peer *peer)
{
    bool any = false;
    while (u->sent < UPLOAD && peer->error == 0) {
        if (u->sent == u->piece_at + UPLOAD_PIECE || u->sent == 0) {
            u->piece_at = u->sent;
            fill(u->piece, UPLOAD_PIECE, u->sent);
        }
        size_t at = u->sent - u->piece_at;
        size_t most = UPLOAD_PIECE - at;
        if (most > UPLOAD - u->sent)
            most = UPLOAD - u->sent;
        size_t sent = peer_offer(peer, u->piece + at, most);
        if (sent == 0)
            break;
        u->sum = checksum(u->sum, u->piece + at, sent);
        u->sent += sent;
        any = true;
    }
    return any;
}

static void pause_at_first(struct app *app, struct http_exchange *x)
{
    (void)app;
    http_pause(x->conn);
}

TEST(a_paused_upload_stalls_grows_nothing_and_arrives_whole)
{
    static struct upload upload;
    struct app app;
    struct peer peer;
    app_open(&app);
    app.on_content = pause_at_first;
    app_connect(&app, &peer);
    say(&app, &peer, "POST / HTTP/1.1\r\nContent-Length: 100000000\r\n\r\n");
    upload_some(&upload, &peer);
    TURN_UNTIL(&app.stage, app.content_length > 0);
    stage_turns(&app.stage, 5);
    size_t before = resident();
    uint64_t told = app.content_length;
    /* Until nothing moves any more. */
    for (int still = 0; still < 100; still++) {
        if (upload_some(&upload, &peer))
            still = 0;
        shard_turn(&app.stage.shard);
    }
    CHECK_EQ(app.content_length, told);
    CHECK_TRUE(told <= BYTES_READ);
    CHECK_TRUE(upload.sent < UPLOAD);
    CHECK_TRUE(resident() < before + 1000 * 1000);

    app.on_content = NULL;
    http_resume(app.conn);
    uint64_t end = uv_hrtime() + 3 * PATIENCE;
    while (app.content_length < UPLOAD && uv_hrtime() < end) {
        upload_some(&upload, &peer);
        shard_turn(&app.stage.shard);
    }
    CHECK_EQ(app.content_length, UPLOAD);
    CHECK_EQ(app.content_sum, upload.sum);
    if (!IS_SANITIZED)
        CHECK_TRUE(resident() < before + 4 * 1000 * 1000);
    CHECK_EVENTS(&app, "connection\nPOST /\ncontent\nresumed\ncontent\n"
                 "complete\n");
    peer_close(&peer);
    app_close(&app);
}

/* Again and again, at any piece. */
static unsigned pauses;

static void pause_sometimes(struct app *app, struct http_exchange *x)
{
    if (app->content_length / 200000 > pauses) {
        pauses++;
        http_pause(x->conn);
    }
}

TEST(nothing_is_lost_over_many_pauses)
{
    static struct upload upload;
    struct app app;
    struct peer peer;
    app_open(&app);
    app.is_quiet = true;
    app.on_content = pause_sometimes;
    app_connect(&app, &peer);
    pauses = 0;
    upload.sent = 0;
    upload.sum = 0;
    say(&app, &peer, "POST / HTTP/1.1\r\nContent-Length: 100000000\r\n\r\n");
    uint64_t end = uv_hrtime() + 3 * PATIENCE;
    while (app.content_length < UPLOAD / 4 && uv_hrtime() < end) {
        upload_some(&upload, &peer);
        shard_turn(&app.stage.shard);
        if (app.conn != NULL && app.conn->paused) {
            uint64_t told = app.content_length;
            stage_turns(&app.stage, 2);
            CHECK_EQ(app.content_length, told);
            http_resume(app.conn);
        }
    }
    CHECK_TRUE(pauses > 50);
    CHECK_EQ(app.content_sum == 0, 0);
    static char flat[UPLOAD_PIECE];
    uint64_t sum = 0;
    for (uint64_t at = 0; at < app.content_length; at += sizeof flat) {
        uint64_t left = app.content_length - at;
        fill(flat, sizeof flat, at);
        sum = checksum(sum, flat, left < sizeof flat ? left : sizeof flat);
    }
    CHECK_EQ(app.content_sum, sum);
    peer_close(&peer);
    app_close(&app);
}

TEST(requests_complete_and_eof_wait_while_paused)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, "POST /a HTTP/1.1\r\nContent-Length: 4\r\n\r\nab");
    CHECK_EVENTS(&app, "connection\nPOST /a\ncontent\n");
    http_pause(app.conn);
    http_pause(app.conn);
    say(&app, &peer, "cd" GET_B);
    shutdown(peer.fd, SHUT_WR);
    stage_run(&app.stage, 50);
    CHECK_BYTES(&app.events, "connection\nPOST /a\ncontent\n");
    http_resume(app.conn);
    http_resume(app.conn);
    CHECK_EVENTS(&app, "connection\nPOST /a\ncontent\nresumed\ncontent\n"
                 "complete\nGET /b complete\neof\n");
    app_answer(&app, 0, HTTP_FINISH, OK, "/a");
    app_answer(&app, 1, HTTP_FINISH, OK, "/b");
    CHECK_ANSWER(&app, &peer, TARGET("2", "/a") TARGET("2", "/b"));
    CHECK_TRUE(peer.eof);
    CHECK_EQ(peer.error, 0);
    peer_close(&peer);
    app_close(&app);
}

/* More came in one piece than is told in a turn. */
TEST(what_was_read_before_a_pause_waits_too)
{
    enum { CHUNKS = 5000 };
    struct app app;
    struct peer peer;
    struct text input = { 0 };
    app_open(&app);
    app.on_content = pause_at_first;
    app_connect(&app, &peer);
    text_print(&input, "POST /a HTTP/1.1\r\n" CHUNKED "\r\n");
    for (int i = 0; i < CHUNKS; i++)
        text_print(&input, "1\r\n%c\r\n", 'a' + i % 26);
    text_print(&input, "0\r\n\r\n" GET_B);
    peer_send(&app.stage, &peer, input.bytes, input.length);
    TURN_UNTIL(&app.stage, app.content_length > 0);
    uint64_t told = app.content_length;
    CHECK_TRUE(told < CHUNKS);
    stage_run(&app.stage, 50);
    CHECK_EQ(app.content_length, told);
    app.on_content = NULL;
    http_resume(app.conn);
    CHECK_EVENTS(&app, "connection\nPOST /a\ncontent\nresumed\ncontent\n"
                 "complete\nGET /b complete\n");
    CHECK_EQ(app.content_length, CHUNKS);
    for (size_t i = 0; i < app.content.length; i++)
        CHECK_EQ(app.content.bytes[i], 'a' + i % 26);
    text_free(&input);
    peer_close(&peer);
    app_close(&app);
}

TEST(a_paused_connection_is_answered)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, "POST /a HTTP/1.1\r\nContent-Length: 4\r\n\r\nab");
    await_requests(&app, 1);
    http_pause(app.conn);
    app_answer(&app, 0, HTTP_FINISH, OK, "/a");
    CHECK_ANSWER(&app, &peer, TARGET("2", "/a"));
    peer_close(&peer);
    app_close(&app);
}

/* As one that sends back what it gets: it pauses the request until the answer
 * has drained. */
TEST(a_paused_connection_tells_that_it_has_drained)
{
    enum { MUCH = 16 * 1024 * 1024 };
    struct app app;
    struct peer peer;
    char *content = malloc(MUCH);
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, "POST /a HTTP/1.1\r\nContent-Length: 4\r\n\r\nab");
    await_requests(&app, 1);
    fill(content, MUCH, 0);
    CHECK_EQ(respond_bytes(app_exchange(&app, 0), 0, OK, content, MUCH), 1);
    http_pause(app.conn);
    TURN_UNTIL(&app.stage, peer_has(&peer, MUCH) && app.drains > 0);
    CHECK_EQ(app.drains, 1);
    say(&app, &peer, "cd");
    stage_turns(&app.stage, 5);
    CHECK_EQ(app.content_length, 2);
    http_resume(app.conn);
    TURN_UNTIL(&app.stage, app.content_length == 4);
    free(content);
    peer_close(&peer);
    app_close(&app);
}

TEST(a_paused_connection_does_not_time_out)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app.timeout_ms = 200;
    app_connect(&app, &peer);
    say(&app, &peer, "POST /a HTTP/1.1\r\nContent-Length: 4\r\n\r\nab");
    await_requests(&app, 1);
    http_pause(app.conn);
    app_answer(&app, 0, 0, OK, "hello");
    stage_run(&app.stage, 800);
    CHECK_EQ(app.timeouts, 0);
    uint64_t start = uv_hrtime();
    http_resume(app.conn);
    TURN_UNTIL(&app.stage, app.closes == 1);
    CHECK_TRUE(uv_hrtime() - start >= 200 * MS);
    CHECK_EQ(app.timeouts, 1);
    peer_close(&peer);
    app_close(&app);
}

TEST(a_timeout_set_during_a_pause_counts_from_its_end)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, "POST /a HTTP/1.1\r\nContent-Length: 4\r\n\r\nab");
    await_requests(&app, 1);
    http_pause(app.conn);
    tcp_set_timeout(&app.conn->tcp, 200);
    stage_run(&app.stage, 600);
    CHECK_EQ(app.timeouts, 0);
    uint64_t start = uv_hrtime();
    http_resume(app.conn);
    TURN_UNTIL(&app.stage, app.closes == 1);
    CHECK_TRUE(uv_hrtime() - start >= 200 * MS);
    CHECK_EQ(app.timeouts, 1);
    peer_close(&peer);
    app_close(&app);
}

TEST(a_paused_connection_can_be_closed)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, "POST /a HTTP/1.1\r\nContent-Length: 4\r\n\r\nab");
    await_requests(&app, 1);
    http_pause(app.conn);
    tcp_close(&app.conn->tcp, 0);
    CHECK_EVENTS(&app, "connection\nPOST /a\ncontent\nclosed\n");
    TURN_UNTIL(&app.stage, peer_is_at_end(&peer));
    peer_close(&peer);
    app_close(&app);
}

/* ---- Expect ------------------------------------------------------------------------------ */

#define CONTINUE "HTTP/1.1 100 Continue\r\n\r\n"
#define EXPECTING                                                          \
    "POST /a HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"

TEST(an_expected_continue_is_sent)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, EXPECTING);
    CHECK_ANSWER(&app, &peer, CONTINUE);
    say(&app, &peer, "hello");
    CHECK_EVENTS(&app, "connection\nPOST /a\ncontent\ncomplete\n");
    app_answer(&app, 0, HTTP_FINISH, OK, "/a");
    CHECK_ANSWER(&app, &peer, CONTINUE TARGET("2", "/a"));
    peer_close(&peer);
    app_close(&app);
}

TEST(a_continue_waits_for_the_answers_before_it)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, GET EXPECTING);
    await_requests(&app, 2);
    stage_turns(&app.stage, 5);
    peer_read(&peer, SIZE_MAX);
    CHECK_EQ(peer.got.length, 0);
    app_answer(&app, 0, HTTP_FINISH, OK, "/");
    CHECK_ANSWER(&app, &peer, ANSWER CONTINUE);
    say(&app, &peer, "hello");
    TURN_UNTIL(&app.stage, app.content_length == 5);
    app_answer(&app, 1, HTTP_FINISH, OK, "/a");
    CHECK_ANSWER(&app, &peer, ANSWER CONTINUE TARGET("2", "/a"));
    peer_close(&peer);
    app_close(&app);
}

/* RFC 9110 10.1.1: the final status may come instead. */
TEST(no_continue_follows_an_answer_that_has_begun)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, GET EXPECTING);
    await_requests(&app, 2);
    app_answer(&app, 1, HTTP_FINISH, "HTTP/1.1 417 Expectation Failed\r\n",
               "no");
    app_answer(&app, 0, HTTP_FINISH, OK, "/");
    CHECK_ANSWER(&app, &peer, ANSWER "HTTP/1.1 417 Expectation Failed\r\n"
                 DATE KEEP "Content-Length: 2\r\n\r\nno");
    peer_close(&peer);
    app_close(&app);
}

TEST(no_continue_is_sent_to_http_1_0)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app.on_complete = finish_with_target;
    app_connect(&app, &peer);
    say(&app, &peer, "POST /a HTTP/1.0\r\nExpect: 100-continue\r\n"
        "Content-Length: 5\r\n\r\nhello");
    CHECK_ANSWER(&app, &peer, OK DATE CLOSE "Content-Length: 2\r\n\r\n/a");
    peer_close(&peer);
    app_close(&app);
}

/* ---- Early answers --------------------------------------------------------------------------- */

TEST(content_still_comes_after_an_early_answer_and_then_the_next_request)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app.on_request = finish_with_target;
    app_connect(&app, &peer);
    say(&app, &peer, "POST /a HTTP/1.1\r\nContent-Length: 10\r\n\r\nhel");
    CHECK_ANSWER(&app, &peer, TARGET("2", "/a"));
    say(&app, &peer, "loworld" GET_B);
    CHECK_ANSWER(&app, &peer, TARGET("2", "/a") TARGET("2", "/b"));
    CHECK_EVENTS(&app, "connection\nPOST /a\ncontent\ncomplete\n"
                 "GET /b complete\n");
    CHECK_BYTES(&app.content, "helloworld");
    CHECK_EQ(app.http.exchanges.used, 0);
    peer_close(&peer);
    app_close(&app);
}

static void refuse_and_close(struct app *app, struct http_exchange *x,
                             unsigned number)
{
    (void)app;
    (void)number;
    respond(x, HTTP_FINISH, "HTTP/1.1 413 x\r\nConnection: close\r\n",
            "too large");
}

/* RFC 9112 9.6: a reset could destroy the answer before the client read it. */
TEST(an_early_answer_that_closes_reaches_a_client_that_sends_all_first)
{
    static struct upload upload;
    struct app app;
    struct peer peer;
    app_open(&app);
    app.is_quiet = true;
    app.on_request = refuse_and_close;
    app_connect(&app, &peer);
    upload.sent = 0;
    say(&app, &peer, "POST /a HTTP/1.1\r\nContent-Length: 100000000\r\n\r\n");
    uint64_t end = uv_hrtime() + 2 * PATIENCE;
    while (upload.sent < UPLOAD && peer.error == 0 && uv_hrtime() < end) {
        upload_some(&upload, &peer);
        shard_turn(&app.stage.shard);
    }
    CHECK_EQ(upload.sent, UPLOAD);
    CHECK_ANSWER(&app, &peer, "HTTP/1.1 413 x\r\nConnection: close\r\n" DATE
                 "Content-Length: 9\r\n\r\ntoo large");
    CHECK_TRUE(peer.eof);
    CHECK_EQ(peer.error, 0);
    TURN_UNTIL(&app.stage, app.content_length == UPLOAD);
    say(&app, &peer, GET);
    peer_close(&peer);
    TURN_UNTIL(&app.stage, app.closes == 1);
    CHECK_EQ(app.errors, 0);
    CHECK_EQ(app.request_count, 1);
    app_close(&app);
}

/* ---- The peer's FIN ------------------------------------------------------------------------- */

TEST(a_peer_that_half_closed_still_gets_its_answers)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, GET_A GET_B);
    shutdown(peer.fd, SHUT_WR);
    CHECK_EVENTS(&app, "connection\nGET /a complete\nGET /b complete\neof\n");
    stage_turns(&app.stage, 5);
    CHECK_EQ(app.closes, 0);
    app_answer(&app, 1, HTTP_FINISH, OK, "/b");
    app_answer(&app, 0, 0, OK "Content-Length: 2\r\n", "/");
    stage_turns(&app.stage, 5);
    CHECK_EQ(app.closes, 0);
    app_answer(&app, 0, HTTP_FINISH, NULL, "a");
    CHECK_ANSWER(&app, &peer, OK "Content-Length: 2\r\n" DATE KEEP "\r\n/a"
                 TARGET("2", "/b"));
    CHECK_TRUE(peer.eof);
    CHECK_EQ(peer.error, 0);
    CHECK_EVENTS(&app, "connection\nGET /a complete\nGET /b complete\neof\n"
                 "closed\n");
    peer_close(&peer);
    app_close(&app);
}

TEST(a_large_answer_to_a_peer_that_half_closed_arrives_whole)
{
    enum { LENGTH = 10 * 1000 * 1000 };
    static const char head[] = OK DATE KEEP "Content-Length: 10000000\r\n\r\n";
    struct app app;
    struct peer peer;
    char *content = malloc(LENGTH);
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, GET);
    shutdown(peer.fd, SHUT_WR);
    await_requests(&app, 1);
    stage_turns(&app.stage, 5);
    fill(content, LENGTH, 0);
    respond_bytes(app_exchange(&app, 0), HTTP_FINISH, OK, content, LENGTH);
    TURN_UNTIL(&app.stage, peer_is_at_end(&peer));
    CHECK_EQ(peer.error, 0);
    CHECK_EQ(peer.got.length, sizeof head - 1 + LENGTH);
    CHECK_EQ(memcmp(peer.got.bytes + sizeof head - 1, content, LENGTH), 0);
    free(content);
    peer_close(&peer);
    app_close(&app);
}

TEST(a_peer_that_closes_without_a_request_is_closed)
{
    static const char *const inputs[] = {
        "", "\r\n", "GE", "GET /", "GET / HTTP/1.1\r\nHost: x\r\n",
    };
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
        struct app app;
        struct peer peer;
        app_open(&app);
        app_connect(&app, &peer);
        say(&app, &peer, inputs[i]);
        shutdown(peer.fd, SHUT_WR);
        TURN_UNTIL(&app.stage, peer_is_at_end(&peer));
        CHECK_EQ(peer.got.length, 0);
        CHECK_EQ(peer.error, 0);
        CHECK_EVENTS(&app, "connection\neof\nclosed\n");
        peer_close(&peer);
        app_close(&app);
    }
}

TEST(a_fin_within_content_ends_the_request_without_completing_it)
{
    static const char *const inputs[] = {
        "POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nhello",
        "POST / HTTP/1.1\r\n" CHUNKED "\r\n5\r\nhello\r\n",
        "POST / HTTP/1.1\r\n" CHUNKED "\r\n9\r\nhello",
        "POST / HTTP/1.1\r\n" CHUNKED "\r\n5\r\nhello\r\n0\r\n",
    };
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
        struct app app;
        struct peer peer;
        app_open(&app);
        app_connect(&app, &peer);
        say(&app, &peer, inputs[i]);
        shutdown(peer.fd, SHUT_WR);
        CHECK_EVENTS(&app, "connection\nPOST /\ncontent\neof\nclosed\n");
        CHECK_EQ(app.content_length, 5);
        peer_close(&peer);
        app_close(&app);
    }
}

/* ---- Resets ---------------------------------------------------------------------------------- */

TEST(a_reset_within_content_closes_with_an_error)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, GET_A "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nab");
    TURN_UNTIL(&app.stage, app.content_length == 2);
    reset(&peer);
    TURN_UNTIL(&app.stage, app.closes == 1);
    CHECK_EQ(app.errors, 1);
    CHECK_TRUE(!text_has(&app.events, "complete\nclosed"));
    CHECK_EQ(app_answer(&app, 0, HTTP_FINISH, OK, "late"), -ENOENT);
    CHECK_EQ(app_answer(&app, 1, HTTP_FINISH, OK, "late"), -ENOENT);
    CHECK_EQ(app.http.exchanges.used, 0);
    app_close(&app);
}

TEST(a_reset_within_an_answer_closes_with_an_error)
{
    enum { LENGTH = 16 * 1024 * 1024 };
    for (int half_closed = 0; half_closed < 2; half_closed++) {
        struct app app;
        struct peer peer;
        char *content = calloc(1, LENGTH);
        app_open(&app);
        app_connect(&app, &peer);
        say(&app, &peer, GET_A GET_B);
        await_requests(&app, 2);
        if (half_closed)
            shutdown(peer.fd, SHUT_WR);
        stage_turns(&app.stage, 3);
        CHECK_EQ(respond_bytes(app_exchange(&app, 0), 0, OK, content, LENGTH),
                 1);
        stage_turns(&app.stage, 3);
        peer_read(&peer, 1000);
        reset(&peer);
        TURN_UNTIL(&app.stage, app.closes == 1);
        CHECK_EQ(app.errors, 1);
        CHECK_EQ(app.drains, 0);
        CHECK_EQ(app.http.exchanges.used, 0);
        free(content);
        peer_close(&peer);
        app_close(&app);
    }
}

/* ---- Malformed ------------------------------------------------------------------------------- */

TEST(what_is_no_http_is_closed_without_a_word)
{
    static const char *const inputs[] = {
        "\x16\x03\x01\x02", "FOO / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\n\n",
        "GET / HTTP/2.0\r\n\r\n", "GET /\r\n\r\n",
        "GET / HTTP/1.1\r\nA b: c\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 5\r\n" CHUNKED "\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
    };
    struct app app;
    struct peer other;
    app_open(&app);
    app.on_request = finish_with_target;
    app_connect(&app, &other);
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
        struct peer peer;
        app_connect(&app, &peer);
        say(&app, &peer, inputs[i]);
        TURN_UNTIL(&app.stage, peer_is_at_end(&peer));
        CHECK_EQ(peer.got.length, 0);
        TURN_UNTIL(&app.stage, app.closes == i + 1);
        peer_close(&peer);
    }
    CHECK_EQ(app.request_count, 0);
    CHECK_EQ(app.errors, 0);
    say(&app, &other, GET); /* others go on */
    CHECK_ANSWER(&app, &other, ANSWER);
    peer_close(&other);
    app_close(&app);
}

TEST(a_head_that_is_too_long_is_closed)
{
    struct app app;
    struct peer peer;
    static char line[1024 * 1024];
    app_open(&app);
    app_connect(&app, &peer);
    memset(line, 'x', sizeof line);
    say(&app, &peer, "GET / HTTP/1.1\r\nA: ");
    for (size_t at = 0; at < sizeof line && peer.error == 0; at += 1024) {
        peer_offer(&peer, line + at, 1024);
        shard_turn(&app.stage.shard);
    }
    TURN_UNTIL(&app.stage, app.closes == 1);
    TURN_UNTIL(&app.stage, peer_is_at_end(&peer));
    CHECK_EQ(peer.got.length, 0);
    CHECK_EQ(app.request_count, 0);
    peer_close(&peer);
    app_close(&app);
}

TEST(a_good_request_before_a_bad_one_is_answered)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, GET_A GET_B "FOO / HTTP/1.1\r\n\r\n" GET_C);
    CHECK_EVENTS(&app, "connection\nGET /a complete\nGET /b complete\n");
    stage_turns(&app.stage, 5);
    CHECK_EQ(app.closes, 0);
    app_answer(&app, 0, HTTP_FINISH, OK, "/a");
    stage_turns(&app.stage, 5);
    app_answer(&app, 1, HTTP_FINISH, OK, "/b");
    CHECK_ANSWER(&app, &peer, TARGET("2", "/a") TARGET("2", "/b"));
    CHECK_TRUE(peer.eof);
    CHECK_EQ(peer.error, 0);
    CHECK_EQ(app.request_count, 2);
    peer_close(&peer);
    TURN_UNTIL(&app.stage, app.closes == 1);
    app_close(&app);
}

/* The answer is finished, and still on its way. */
TEST(a_bad_request_does_not_cut_off_the_answer_before_it)
{
    enum { LENGTH = 16 * 1000 * 1000 };
    static const char head[] = OK DATE KEEP "Content-Length: 16000000\r\n\r\n";
    struct app app;
    struct peer peer;
    char *content = malloc(LENGTH);
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, GET);
    await_requests(&app, 1);
    fill(content, LENGTH, 0);
    respond_bytes(app_exchange(&app, 0), HTTP_FINISH, OK, content, LENGTH);
    stage_turns(&app.stage, 3);
    CHECK_TRUE(tcp_pending(&app.conn->tcp) > 0);
    say(&app, &peer, "FOO / HTTP/1.1\r\n\r\n");
    stage_turns(&app.stage, 5);
    TURN_UNTIL(&app.stage, peer_is_at_end(&peer));
    CHECK_EQ(peer.got.length, sizeof head - 1 + LENGTH);
    CHECK_EQ(memcmp(peer.got.bytes + sizeof head - 1, content,
                    peer.got.length - (sizeof head - 1)), 0);
    free(content);
    peer_close(&peer);
    TURN_UNTIL(&app.stage, app.closes == 1);
    app_close(&app);
}

TEST(requests_before_a_bad_chunk_or_a_cut_are_answered)
{
    static const char *const inputs[] = {
        GET_A GET_B "POST / HTTP/1.1\r\n" CHUNKED "\r\n2\r\nabx",
        GET_A GET_B "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc",
    };
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
        struct app app;
        struct peer peer;
        app_open(&app);
        app_connect(&app, &peer);
        say(&app, &peer, inputs[i]);
        await_requests(&app, 2);
        if (i == 1)
            shutdown(peer.fd, SHUT_WR);
        stage_turns(&app.stage, 5);
        app_answer(&app, 1, HTTP_FINISH, OK, "/b");
        stage_turns(&app.stage, 5);
        app_answer(&app, 0, HTTP_FINISH, OK, "/a");
        CHECK_ANSWER(&app, &peer, TARGET("2", "/a") TARGET("2", "/b"));
        CHECK_TRUE(peer.eof);
        CHECK_EQ(peer.error, 0);
        if (app.request_count == 3)
            CHECK_EQ(app_answer(&app, 2, HTTP_FINISH, OK, "cut"), -ENOENT);
        peer_close(&peer);
        TURN_UNTIL(&app.stage, app.closes == 1);
        app_close(&app);
    }
}

TEST(a_bad_chunk_ends_the_request_without_completing_it)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, "POST / HTTP/1.1\r\n" CHUNKED "\r\n2\r\nabx");
    CHECK_EVENTS(&app, "connection\nPOST /\ncontent\nclosed\n");
    CHECK_EQ(app_answer(&app, 0, HTTP_FINISH, OK, "late"), -ENOENT);
    peer_close(&peer);
    app_close(&app);
}

/* ---- Timeouts -------------------------------------------------------------------------------- */

TEST(an_idle_connection_is_told_a_timeout_then_closed)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app.timeout_ms = 1000;
    app.on_request = finish_with_target;
    app_connect(&app, &peer);
    TURN_UNTIL(&app.stage, app.connections == 1);
    for (int i = 0; i < 5; i++) { /* longer than the timeout in all */
        stage_run(&app.stage, 250);
        say(&app, &peer, GET);
    }
    uint64_t start = uv_hrtime();
    TURN_UNTIL(&app.stage, app.closes == 1);
    CHECK_TRUE(uv_hrtime() - start >= 1000 * MS);
    CHECK_EQ(app.request_count, 5);
    CHECK_EQ(app.errors, 0);
    CHECK_TRUE(text_ends(&app.events, "GET / complete\ntimeout\nclosed\n"));
    TURN_UNTIL(&app.stage, peer_is_at_end(&peer));
    CHECK_EQ(peer.error, 0);
    peer_close(&peer);
    app_close(&app);
}

/* A byte now and then does not keep a head alive. */
TEST(a_head_that_comes_slowly_is_cut_by_the_timeout)
{
    static const char head[] = "GET / HTTP/1.1\r\nA: ";
    struct app app;
    struct peer peer;
    app_open(&app);
    app.timeout_ms = 300;
    app_connect(&app, &peer);
    TURN_UNTIL(&app.stage, app.connections == 1);
    uint64_t start = uv_hrtime();
    say(&app, &peer, head);
    while (app.closes == 0 && uv_hrtime() - start < PATIENCE) {
        peer_offer(&peer, "x", 1);
        stage_run(&app.stage, 30);
    }
    CHECK_EQ(app.closes, 1);
    CHECK_TRUE(uv_hrtime() - start >= 300 * MS);
    CHECK_EQ(app.timeouts, 1);
    CHECK_EQ(app.request_count, 0);
    peer_close(&peer);
    app_close(&app);
}

TEST(content_that_comes_slowly_is_not_cut)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app.timeout_ms = 1000;
    app.on_complete = finish_with_target;
    app_connect(&app, &peer);
    say(&app, &peer, "POST /a HTTP/1.1\r\nContent-Length: 20\r\n\r\n");
    for (int i = 0; i < 20; i++) {
        say(&app, &peer, "x");
        stage_run(&app.stage, 75);
    }
    CHECK_ANSWER(&app, &peer, TARGET("2", "/a"));
    CHECK_EQ(app.timeouts, 0);
    peer_close(&peer);
    app_close(&app);
}

/* Nobody looks at it any more. */
TEST(what_comes_after_the_last_request_keeps_nothing_alive)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app.timeout_ms = 300;
    app.on_request = finish_with_target;
    app_connect(&app, &peer);
    say(&app, &peer, "GET / HTTP/1.0\r\n\r\n");
    uint64_t start = uv_hrtime();
    while (app.closes == 0 && uv_hrtime() - start < PATIENCE) {
        peer_offer(&peer, "x", 1);
        stage_run(&app.stage, 30);
    }
    CHECK_EQ(app.closes, 1);
    CHECK_EQ(app.timeouts, 1);
    peer_read(&peer, SIZE_MAX);
    CHECK_TRUE(text_ends(&peer.got, "Content-Length: 1\r\n\r\n/"));
    peer_close(&peer);
    app_close(&app);
}

/* ---- The end of servers and connections ------------------------------------------------------ */

TEST(a_closed_server_takes_no_connections_and_those_that_live_go_on)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app.on_request = finish_with_target;
    app_connect(&app, &peer);
    say(&app, &peer, GET);
    CHECK_ANSWER(&app, &peer, ANSWER);
    http_server_close(&app.server);
    http_server_close(&app.server);
    TURN_UNTIL(&app.stage, app.server_closes == 1);
    CHECK_EQ(connect_to(app.port), -ECONNREFUSED);
    say(&app, &peer, GET);
    CHECK_ANSWER(&app, &peer, ANSWER ANSWER);
    CHECK_EQ(app.server_closes, 1);
    peer_close(&peer);
    TURN_UNTIL(&app.stage, app.closes == 1);
    CHECK_EQ(app.stage.shard.holds, 0);
    app_close(&app);
}

TEST(a_connection_that_is_closed_gently_answers_first)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app_connect(&app, &peer);
    say(&app, &peer, GET_A GET_B);
    await_requests(&app, 2);
    http_conn_close(app.conn);
    say(&app, &peer, GET_C);
    stage_turns(&app.stage, 5);
    app_answer(&app, 0, HTTP_FINISH, OK, "/a");
    stage_turns(&app.stage, 5);
    CHECK_TRUE(!peer.eof);
    app_answer(&app, 1, HTTP_FINISH, OK, "/b");
    CHECK_ANSWER(&app, &peer, TARGET("2", "/a") TARGET("2", "/b"));
    CHECK_TRUE(peer.eof);
    CHECK_EQ(peer.error, 0);
    CHECK_EQ(app.request_count, 2);
    peer_close(&peer);
    TURN_UNTIL(&app.stage, app.closes == 1);
    app_close(&app);
}

TEST(an_idle_connection_that_is_closed_gently_gets_a_fin)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app_connect(&app, &peer);
    TURN_UNTIL(&app.stage, app.connections == 1);
    http_conn_close(app.conn);
    http_conn_close(app.conn);
    TURN_UNTIL(&app.stage, peer_is_at_end(&peer));
    CHECK_EQ(peer.error, 0);
    peer_close(&peer);
    CHECK_EVENTS(&app, "connection\neof\nclosed\n");
    app_close(&app);
}

/* In whatever state they are. */
TEST(everything_can_be_closed_at_any_time)
{
    static const char *const inputs[] = {
        "", "GET", "GET / HTTP/1.1\r\nA", GET, GET GET,
        "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nhel", EXPECTING,
        "GET / HTTP/1.0\r\n\r\n" GET,
    };
    enum { INPUTS = sizeof inputs / sizeof inputs[0] };
    for (unsigned turns = 0; turns < 6; turns++) {
        struct app app;
        struct peer peers[INPUTS];
        app_open(&app);
        for (size_t i = 0; i < INPUTS; i++) {
            app_connect(&app, &peers[i]);
            say(&app, &peers[i], inputs[i]);
        }
        stage_turns(&app.stage, turns);
        for (unsigned i = 0; i + 1 < app.request_count; i++) {
            struct http_exchange *x = app_exchange(&app, i);
            if (i % 3 == 0)
                respond(x, i % 2 ? HTTP_FINISH : 0, OK, "hello");
            else if (i % 3 == 1)
                http_pause(x->conn);
        }
        app_close(&app);
        for (size_t i = 0; i < INPUTS; i++)
            peer_close(&peers[i]);
    }
}

/* ---- Room -------------------------------------------------------------------------------------- */

TEST(without_room_nothing_is_told_and_nothing_is_lost)
{
    struct app app;
    struct peer peer, other;
    app_open(&app);
    app.on_request = finish_with_target;
    app.has_no_room = true;
    app_connect(&app, &peer);
    app_connect(&app, &other);
    say(&app, &peer, GET_A "POST /b HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc");
    shutdown(peer.fd, SHUT_WR);
    reset(&other);
    stage_run(&app.stage, 50);
    CHECK_EQ(app.events.length, 0);
    http_server_close(&app.server);
    stage_turns(&app.stage, 5);
    CHECK_EQ(app.server_closes, 0);
    app.has_no_room = false;
    CHECK_ANSWER(&app, &peer, TARGET("2", "/a") TARGET("2", "/b"));
    TURN_UNTIL(&app.stage, app.closes == 2);
    CHECK_EQ(app.connections, 2);
    CHECK_EQ(app.content_length, 3);
    CHECK_EQ(app.server_closes, 1);
    peer_close(&peer);
    peer_close(&other);
    app_close(&app);
}

TEST(without_room_no_timeout_is_told)
{
    struct app app;
    struct peer peer;
    app_open(&app);
    app_connect(&app, &peer);
    TURN_UNTIL(&app.stage, app.connections == 1);
    stage_turns(&app.stage, 2);
    app.has_no_room = true;
    app.room = 0;
    tcp_set_timeout(&app.conn->tcp, 100);
    stage_run(&app.stage, 500);
    CHECK_EQ(app.timeouts, 0);
    app.has_no_room = false;
    CHECK_EVENTS(&app, "connection\ntimeout\nclosed\n");
    peer_close(&peer);
    app_close(&app);
}

/* A flood on one connection leaves turns to the others. */
TEST(one_connection_has_only_so_many_events_in_a_turn)
{
    enum { CHUNKS = 20000 };
    struct app app;
    struct peer peer, other;
    struct text input = { 0 };
    app_open(&app);
    app.on_request = finish_with_target;
    app_connect(&app, &peer);
    app_connect(&app, &other);
    text_print(&input, "POST /a HTTP/1.1\r\n" CHUNKED "\r\n");
    for (int i = 0; i < CHUNKS; i++)
        text_print(&input, "1\r\n%c\r\n", 'a' + i % 26);
    text_print(&input, "0\r\n\r\n");
    peer_send(&app.stage, &peer, input.bytes, input.length);
    say(&app, &other, GET);
    TURN_UNTIL(&app.stage, peer_has(&other, strlen(ANSWER)));
    CHECK_TRUE(app.content_length < CHUNKS);
    TURN_UNTIL(&app.stage, app.content_length == CHUNKS);
    CHECK_ANSWER(&app, &peer, TARGET("2", "/a"));
    CHECK_TRUE(app.most_events <= 3 * HTTP_EVENTS);
    for (size_t i = 0; i < app.content.length; i++)
        CHECK_EQ(app.content.bytes[i], 'a' + i % 26);
    text_free(&input);
    peer_close(&peer);
    peer_close(&other);
    app_close(&app);
}

/* ---- Very many --------------------------------------------------------------------------------- */

/* One that asks and reads its answer, and one each way of ending badly. */
static void round_of_connections(struct app *app)
{
    enum { AT_ONCE = 100 };
    static struct peer peers[AT_ONCE];
    unsigned closes = app->closes;
    for (int i = 0; i < AT_ONCE; i++) {
        app_connect(app, &peers[i]);
        say(app, &peers[i], i % 5 == 0 ? "GET / HTTP/1.0\r\n\r\n"
            : i % 5 == 1 ? "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nab"
            : i % 5 == 2 ? "GET / HTTP/1.1\r\nA: " : GET GET);
        if (i % 5 == 4)
            shutdown(peers[i].fd, SHUT_WR);
    }
    for (int i = 0; i < AT_ONCE; i++)
        if (i % 5 != 2)
            TURN_UNTIL(&app->stage, peer_has(&peers[i], strlen(ANSWER) - 5));
    for (int i = 0; i < AT_ONCE; i++) {
        if (i % 7 == 0)
            reset(&peers[i]);
        peer_close(&peers[i]);
    }
    TURN_UNTIL(&app->stage, app->closes == closes + AT_ONCE);
    app->request_count = 0;
}

TEST(five_thousand_connections_leave_no_descriptor_and_no_memory)
{
    struct app app;
    app_open(&app);
    app.is_quiet = true;
    app.on_request = finish_with_target;
    for (int i = 0; i < 5; i++)
        round_of_connections(&app);
    unsigned descriptors = open_descriptors();
    size_t memory = mallinfo2().uordblks;
    size_t spares = app.stage.bytes.spares;
    for (int i = 0; i < 50; i++)
        round_of_connections(&app);
    CHECK_EQ(app.connections, 5500);
    CHECK_EQ(open_descriptors(), descriptors);
    CHECK_EQ(app.http.conns.used, 0);
    CHECK_EQ(app.http.exchanges.used, 0);
    CHECK_EQ(app.http.conns.chunk_count, 2);
    if (!IS_SANITIZED)
        CHECK_TRUE(mallinfo2().uordblks <
                   memory + 10000 +
                       (app.stage.bytes.spares - spares) * BYTES_BLOCK);
    CHECK_TRUE(app.stage.bytes.spares <= spares + 100);
    app_close(&app);
}
