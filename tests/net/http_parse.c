// SPDX-License-Identifier: MIT
#include "net/http_parse.h"

#include "tests/net/parse.h"

/* ---- Every division gives the same ------------------------------------------- */

static void check_same(const char *bytes, size_t length,
                       struct division division, const struct text *expected)
{
    struct text events = { 0 };
    int before = test_failures;
    parse(&events, bytes, length, division);
    text_compare(__FILE__, __LINE__, "a divided input", events.bytes,
                 events.length, expected->bytes, expected->length);
    if (test_failures != before) {
        fprintf(stderr, "  first piece %zu, others %zu%s\n", division.first,
                division.each, division.pauses ? ", with pauses" : "");
        text_show("input", bytes, length);
    }
    text_free(&events);
}

/* In two pieces, everywhere; in pieces of 1 to 9 bytes; each also with a pause
 * after each message. */
static void check_divided(const char *bytes, size_t length,
                          struct division division,
                          const struct text *expected)
{
    int before = test_failures;
    for (int pauses = 0; pauses < 2; pauses++) {
        division.pauses = pauses;
        for (size_t cut = 1; cut < length; cut++) {
            division.first = cut;
            check_same(bytes, length, division, expected);
        }
        division.first = 0;
        for (size_t each = 1; each < 10; each++) {
            division.each = each;
            check_same(bytes, length, division, expected);
        }
        division.each = 0;
        check_same(bytes, length, division, expected);
        if (test_failures - before > 3)
            return;
    }
}

/* A long input is divided where it is likely to matter. */
static void check_divided_long(const char *bytes, size_t length,
                               const struct text *expected)
{
    for (size_t cut = 1; cut < length; cut++)
        if (cut < 20 || length - cut < 20 || cut % 4099 == 0)
            check_same(bytes, length, (struct division){ .first = cut },
                       expected);
    for (size_t each = 23; each < length; each *= 7)
        check_same(bytes, length, (struct division){ .each = each }, expected);
}

static void check_input(const char *file, int line, const char *bytes,
                        size_t length, struct division division,
                        const char *expected)
{
    struct text events = { 0 };
    int before = test_failures;
    parse(&events, bytes, length, division);
    text_compare(file, line, "what was parsed", events.bytes, events.length,
                 expected, strlen(expected));
    if (test_failures == before)
        check_divided(bytes, length, division, &events);
    text_free(&events);
}

/* A literal; it may hold NUL. */
#define CHECK_PARSE(input, expected)                                       \
    check_input(__FILE__, __LINE__, input, sizeof(input) - 1,              \
                (struct division){ 0 }, expected)

/* What is refused, and nothing of it told. */
#define CHECK_REFUSED(input) CHECK_PARSE(input, "error EPROTO\n")

/* ---- Heads --------------------------------------------------------------------- */

TEST(a_request_has_a_head_and_completes)
{
    CHECK_PARSE("GET /a?b=c HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n",
                "GET 1.1 keep-alive\n"
                "/a?b=c HTTP/1.1\r\nHost: x\r\nAccept: */*\n"
                "complete\n");
}

TEST(a_request_may_have_no_fields)
{
    CHECK_PARSE("GET / HTTP/1.1\r\n\r\n",
                "GET 1.1 keep-alive\n"
                "/ HTTP/1.1\n"
                "complete\n");
    CHECK_PARSE("GET / HTTP/1.0\r\n\r\n",
                "GET 1.0 close\n"
                "/ HTTP/1.0\n"
                "complete\n");
}

TEST(fields_may_be_empty_and_the_last_too)
{
    CHECK_PARSE("GET / HTTP/1.1\r\nA:\r\nB: b\r\nC:\r\n\r\n",
                "GET 1.1 keep-alive\n"
                "/ HTTP/1.1\r\nA:\r\nB: b\r\nC:\n"
                "complete\n");
    CHECK_PARSE("GET / HTTP/1.1\r\nA:\r\n\r\nGET /b HTTP/1.1\r\nB:\r\n\r\n",
                "GET 1.1 keep-alive\n"
                "/ HTTP/1.1\r\nA:\n"
                "complete\n"
                "GET 1.1 keep-alive\n"
                "/b HTTP/1.1\r\nB:\n"
                "complete\n");
}

TEST(the_head_is_as_it_came_down_to_white_space_and_case)
{
    CHECK_PARSE("GET / HTTP/1.1\r\nfOo:bar\r\nB: \t b  c\r\n"
                "D:  d \t\r\nE: \xE4\xFF\r\n\r\n",
                "GET 1.1 keep-alive\n"
                "/ HTTP/1.1\r\nfOo:bar\r\nB: \t b  c\r\n"
                "D:  d \t\r\nE: \xE4\xFF\n"
                "complete\n");
}

/* A head that comes whole may do without llhttp (see net/http_head.h), one that
 * comes in pieces never does: both must judge alike. */
static void check_as_llhttp(const char *bytes, size_t length)
{
    struct text events = { 0 };
    parse(&events, bytes, length, (struct division){ .each = 1 });
    check_same(bytes, length, (struct division){ 0 }, &events);
    text_free(&events);
}

TEST(any_byte_anywhere_in_a_plain_head_is_judged_as_by_llhttp)
{
    static const char plain[] =
        "HEAD /a/b?c=%20d HTTP/1.1\r\nHost: www.example.com\r\n"
        "Connection: keep-alive\r\nUpgrades: no\r\nX-Long: 0123456789 "
        "\"0123456789\"\r\nY: z\r\n\r\nGET /e HTTP/1.1\r\n\r\n";
    char bytes[sizeof plain];
    for (size_t at = 0; at < sizeof plain - 1; at++) {
        memcpy(bytes, plain, sizeof plain);
        for (int byte = 0; byte < 256 && test_failures == 0; byte++) {
            bytes[at] = (char)byte;
            check_as_llhttp(bytes, sizeof plain - 1);
        }
    }
}

TEST(fields_that_decide_where_a_message_ends_are_judged_by_llhttp)
{
    static const char *const fields[] = {
        "Content-Length: 3", "content-length:0", "CONTENT-LENGTH: x",
        "Content-Length : 3", "Transfer-Encoding: chunked",
        "transfer-encoding: gzip", "Connection: close",
        "connection: keep-alive, close", "Connection:keep-alive",
        "Connection: close,abcd", "Connection:\tkeep-alive",
        "Connection: Keep-Alive", "Connection: upgrade",
        "Proxy-Connection: close", "Upgrade: h2c", "Expect: 100-continue",
        " folded: a", "\tfolded", ": a", "a", "", "A:", "A: ", "A:\t", "A: b ",
        "A:b\t", "A:  b", "A\x7f: b", "\xE4: b", "(: b", "A: \x7f",
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        for (size_t j = 0; j < sizeof fields / sizeof fields[0]; j++) {
            struct text input = { 0 };
            text_print(&input, "GET / HTTP/1.1\r\n%s\r\n%s\r\n\r\n"
                       "abcGET /b HTTP/1.1\r\n\r\n", fields[i], fields[j]);
            check_as_llhttp(input.bytes, input.length);
            text_free(&input);
        }
    }
}

/* Up to which of its blanks the last line is told, nobody needs to know. */
TEST(a_last_field_of_blanks_only_is_told)
{
    static const char input[] = "GET / HTTP/1.1\r\nA: b\r\nB: \t \r\n\r\n";
    static const char head[] = "GET 1.1 keep-alive\n"
                               "/ HTTP/1.1\r\nA: b\r\nB:";
    struct text events = { 0 };
    parse(&events, input, sizeof input - 1, (struct division){ 0 });
    CHECK_EQ(strncmp(events.bytes, head, sizeof head - 1), 0);
    check_divided(input, sizeof input - 1, (struct division){ 0 }, &events);
    text_free(&events);
}

TEST(targets_come_in_all_four_forms)
{
    CHECK_PARSE("GET http://user:pw@example.com:8080/a?b#c HTTP/1.1\r\n\r\n",
                "GET 1.1 keep-alive\n"
                "http://user:pw@example.com:8080/a?b#c HTTP/1.1\n"
                "complete\n");
    CHECK_PARSE("OPTIONS * HTTP/1.1\r\n\r\n",
                "OPTIONS 1.1 keep-alive\n* HTTP/1.1\ncomplete\n");
    CHECK_PARSE("CONNECT example.com:80 HTTP/1.1\r\n\r\n",
                "CONNECT 1.1 keep-alive\nexample.com:80 HTTP/1.1\n"
                "complete\n");
    CHECK_PARSE("GET /%zz%?%99=\"<>` HTTP/1.1\r\n\r\n",
                "GET 1.1 keep-alive\n/%zz%?%99=\"<>` HTTP/1.1\n"
                "complete\n");
}

TEST(empty_lines_before_a_request_are_skipped)
{
    CHECK_PARSE("\r\n\r\nGET / HTTP/1.1\r\n\r\n\r\n\r\nGET /b HTTP/1.1\r\n\r\n",
                "GET 1.1 keep-alive\n/ HTTP/1.1\ncomplete\n"
                "GET 1.1 keep-alive\n/b HTTP/1.1\ncomplete\n");
}

TEST(a_head_that_has_not_ended_is_not_told)
{
    CHECK_PARSE("G", "");
    CHECK_PARSE("GET /", "");
    CHECK_PARSE("GET / HTTP/1.1", "");
    CHECK_PARSE("GET / HTTP/1.1\r\nHost: x\r\n", "");
    CHECK_PARSE("GET / HTTP/1.1\r\nHost: x\r\n\r", "");
}

TEST(a_parser_knows_whether_it_is_in_a_head)
{
    static const char input[] = "POST /a HTTP/1.1\r\nContent-Length: 2\r\n"
                                "\r\nab";
    size_t used;
    struct text events = { 0 };
    struct reading reading = { .events = &events };
    http_parse_init(&reading.parser, &parse_ops);
    CHECK_TRUE(!http_parse_is_in_head(&reading.parser));
    for (size_t at = 0; at < sizeof input - 1; at++) {
        CHECK_EQ(http_parse_run(&reading.parser, input + at, 1, &used), 0);
        size_t target = strlen("POST /");
        size_t content = sizeof input - 1 - strlen("ab");
        CHECK_EQ(http_parse_is_in_head(&reading.parser),
                 at + 1 >= target && at + 1 < content);
    }
    http_parse_fini(&reading.parser);
    text_free(&reading.content);
    text_free(&events);
}

/* Only the memory of a divided head is the parser's to give back. */
TEST(a_parser_may_end_anywhere)
{
    static const char input[] = "POST /a HTTP/1.1\r\nContent-Length: 9\r\n"
                                "\r\nab";
    for (size_t end = 0; end < sizeof input; end++) {
        struct text events = { 0 };
        parse(&events, input, end, (struct division){ .each = 1 });
        parse(&events, input, end, (struct division){ .each = 7 });
        text_free(&events);
    }
}

/* ---- Limits -------------------------------------------------------------------- */

enum {
    MEGABYTE = 1024 * 1024
};

/* A request whose head is of `length` bytes, counted as http_parse.h does. */
static void add_request(struct text *text, size_t length)
{
    static const char start[] = "/ HTTP/1.1\r\nA: ";
    text_add(text, "GET ", 4);
    text_add(text, start, sizeof start - 1);
    for (size_t i = sizeof start - 1; i < length; i++)
        text_add(text, "x", 1);
    text_add(text, "\r\n\r\n", 4);
}

static void check_head(size_t length, bool fits)
{
    struct text input = { 0 };
    struct text events = { 0 };
    struct text expected = { 0 };
    add_request(&input, length);
    parse(&events, input.bytes, input.length, (struct division){ 0 });
    if (fits) {
        text_print(&expected, "GET 1.1 keep-alive\n");
        text_add(&expected, input.bytes + 4, length);
        text_print(&expected, "\ncomplete\n");
    } else {
        text_print(&expected, "error EMSGSIZE\n");
    }
    CHECK_EQ(events.length, expected.length);
    CHECK_EQ(memcmp(events.bytes, expected.bytes, expected.length), 0);
    check_divided_long(input.bytes, input.length, &expected);
    text_free(&input);
    text_free(&events);
    text_free(&expected);
}

TEST(a_head_of_the_limit_is_taken_and_one_byte_more_is_refused)
{
    check_head(HTTP_HEAD_LIMIT - 1, true);
    check_head(HTTP_HEAD_LIMIT, true);
    check_head(HTTP_HEAD_LIMIT + 1, false);
}

TEST(the_limit_is_each_heads_own)
{
    struct text input = { 0 };
    struct text events = { 0 };
    add_request(&input, HTTP_HEAD_LIMIT);
    add_request(&input, HTTP_HEAD_LIMIT);
    add_request(&input, HTTP_HEAD_LIMIT + 1);
    for (size_t each = 32; each < 200000; each *= 8) {
        parse(&events, input.bytes, input.length,
              (struct division){ .each = each });
        CHECK_EQ(events.length, 2 * (strlen("GET 1.1 keep-alive\n\ncomplete\n")
                                     + HTTP_HEAD_LIMIT)
                                    + strlen("error EMSGSIZE\n"));
        text_free(&events);
    }
    text_free(&input);
}

/* It is refused long before its end. */
TEST(a_megabyte_of_head_is_refused_and_not_kept)
{
    static const char *const starts[] = {
        "GET /", "GET / HTTP/1.1\r\nA: ", "GET / HTTP/1.1\r\nA",
        "GET / HTTP/1.1\r\nA:", "GET / HTTP/1.1\r\nContent-Length: 0",
    };
    static const char with[] = "xxxx0";
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        for (size_t each = 32; each < 2 * MEGABYTE; each *= 16) {
            struct reading reading = { 0 };
            static char piece[2 * MEGABYTE];
            size_t used;
            size_t sent = 0;
            int error;
            memset(piece, with[i], sizeof piece);
            http_parse_init(&reading.parser, &parse_ops);
            error = http_parse_run(&reading.parser, starts[i],
                                   strlen(starts[i]), &used);
            for (; error == 0 && sent < 2 * MEGABYTE; sent += each)
                error = http_parse_run(&reading.parser, piece, each, &used);
            CHECK_EQ(error, -EMSGSIZE);
            CHECK_TRUE(sent <= HTTP_HEAD_LIMIT + 4 + each);
            CHECK_TRUE(reading.parser.divided_length <= HTTP_HEAD_LIMIT + 4);
            http_parse_fini(&reading.parser);
        }
    }
}

TEST(a_megabyte_of_fields_is_refused)
{
    struct text input = { 0 };
    struct text events = { 0 };
    text_print(&input, "GET / HTTP/1.1\r\n");
    while (input.length < MEGABYTE)
        text_print(&input, "A: b\r\n");
    text_print(&input, "\r\n");
    for (size_t each = 32; each < 2 * MEGABYTE; each *= 16) {
        parse(&events, input.bytes, input.length,
              (struct division){ .each = each });
        CHECK_BYTES(&events, "error EMSGSIZE\n");
        text_free(&events);
    }
    text_free(&input);
}

/* ---- Versions, methods --------------------------------------------------------- */

TEST(only_http_1_0_and_1_1_are_spoken)
{
    CHECK_PARSE("GET / HTTP/1.1\r\n\r\n",
                "GET 1.1 keep-alive\n/ HTTP/1.1\ncomplete\n");
    CHECK_PARSE("GET / HTTP/1.0\r\n\r\n",
                "GET 1.0 close\n/ HTTP/1.0\ncomplete\n");
    CHECK_REFUSED("GET / HTTP/0.9\r\n\r\n");
    CHECK_REFUSED("GET /\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/2.0\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.2\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.9\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/3\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/11\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.10\r\n\r\n");
    CHECK_REFUSED("GET / http/1.1\r\n\r\n");
    CHECK_REFUSED("GET / HTTPS/1.1\r\n\r\n");
    CHECK_REFUSED("GET / ICE/1.0\r\n\r\n");
    CHECK_REFUSED("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
}

/* RFC 9112 9.3. */
TEST(the_connection_field_and_the_version_decide_on_keep_alive)
{
    CHECK_PARSE("GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET 1.1 close\n/ HTTP/1.1\r\nConnection: close\ncomplete\n");
    CHECK_PARSE("GET / HTTP/1.1\r\ncOnnection: Foo , CLOSE\r\n\r\n",
                "GET 1.1 close\n"
                "/ HTTP/1.1\r\ncOnnection: Foo , CLOSE\ncomplete\n");
    CHECK_PARSE("GET / HTTP/1.1\r\nConnection: closed\r\n\r\n",
                "GET 1.1 keep-alive\n"
                "/ HTTP/1.1\r\nConnection: closed\ncomplete\n");
    CHECK_PARSE("GET / HTTP/1.1\r\nConnection: keep-alive\r\n\r\n",
                "GET 1.1 keep-alive\n"
                "/ HTTP/1.1\r\nConnection: keep-alive\ncomplete\n");
    CHECK_PARSE("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
                "GET 1.0 keep-alive\n"
                "/ HTTP/1.0\r\nConnection: Keep-Alive\ncomplete\n");
    CHECK_PARSE("GET / HTTP/1.0\r\nConnection: close\r\n\r\n",
                "GET 1.0 close\n"
                "/ HTTP/1.0\r\nConnection: close\ncomplete\n");
}

TEST(every_method_has_a_name_and_is_a_request)
{
    static const char *const names[] = {
        "DELETE", "GET", "HEAD", "POST", "PUT", "CONNECT", "OPTIONS", "TRACE",
        "COPY", "LOCK", "MKCOL", "MOVE", "PROPFIND", "PROPPATCH", "SEARCH",
        "UNLOCK", "BIND", "REBIND", "UNBIND", "ACL", "REPORT", "MKACTIVITY",
        "CHECKOUT", "MERGE", "M-SEARCH", "NOTIFY", "SUBSCRIBE", "UNSUBSCRIBE",
        "PATCH", "PURGE", "MKCALENDAR", "LINK", "UNLINK", "SOURCE", "QUERY",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct text input = { 0 };
        struct text expected = { 0 };
        const char *target = strcmp(names[i], "CONNECT") == 0 ? "a:1" : "/";
        text_print(&input, "%s %s HTTP/1.1\r\n\r\n", names[i], target);
        text_print(&expected, "%s 1.1 keep-alive%s\n%s HTTP/1.1\ncomplete\n",
                   names[i], strcmp(names[i], "HEAD") == 0 ? " is_head" : "",
                   target);
        check_input(__FILE__, __LINE__, input.bytes, input.length,
                    (struct division){ 0 }, expected.bytes);
        text_free(&input);
        text_free(&expected);
    }
    for (unsigned method = 0; method < 300; method++) {
        const char *name = http_method_name(method);
        CHECK_TRUE(name == NULL || strlen(name) > 2);
        CHECK_TRUE(name == NULL || method < 100);
    }
    CHECK_TRUE(http_method_name(UINT32_MAX) == NULL);
}

TEST(what_is_no_method_is_refused)
{
    CHECK_REFUSED("FOO / HTTP/1.1\r\n\r\n");
    CHECK_REFUSED("get / HTTP/1.1\r\n\r\n");
    CHECK_REFUSED("GETT / HTTP/1.1\r\n\r\n");
    CHECK_REFUSED("DESCRIBE / HTTP/1.1\r\n\r\n");
}

/* ---- No HTTP ------------------------------------------------------------------- */

TEST(garbage_is_refused)
{
    CHECK_REFUSED("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03");
    CHECK_REFUSED("\0");
    CHECK_REFUSED("HTTP/1.1 200 OK\r\n\r\n");
    CHECK_REFUSED(" GET / HTTP/1.1\r\n\r\n");
    CHECK_REFUSED("GET  HTTP/1.1\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.1 x\r\n\r\n");
    CHECK_REFUSED("GET / a HTTP/1.1\r\n\r\n");
    CHECK_REFUSED("GET /\0 HTTP/1.1\r\n\r\n");
    CHECK_REFUSED("GET /\tb HTTP/1.1\r\n\r\n");
}

TEST(malformed_fields_are_refused)
{
    CHECK_REFUSED("GET / HTTP/1.1\r\n: x\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.1\r\nA\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.1\r\nA : x\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.1\r\nA b: x\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.1\r\nA\0: x\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.1\r\nA\xE4: x\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.1\r\nA: x\0\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.1\r\nA: x\x01\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.1\r\nA: x\rB: y\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.1\r\n A: x\r\n\r\n");
}

/* RFC 9112 5.2. */
TEST(folded_lines_are_refused)
{
    CHECK_REFUSED("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.1\r\nA: b\r\n\tc\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.1\r\nA:\r\n c\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.1\r\nA: b\r\n \r\n\r\n");
}

TEST(lines_that_end_in_a_bare_lf_are_refused)
{
    CHECK_REFUSED("GET / HTTP/1.1\n\n");
    CHECK_REFUSED("GET / HTTP/1.1\nA: b\r\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.1\r\nA: b\n\r\n");
    CHECK_REFUSED("GET / HTTP/1.1\r\nA: b\n\n");
    CHECK_REFUSED("GET / HTTP/1.1\r\nA: b\r\n\n");
    CHECK_REFUSED("GET / HTTP/1.1\r\n\n");
    CHECK_REFUSED("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\n\r\n");
}

/* What came before is told. */
TEST(a_bad_request_behind_a_good_one_is_refused_alone)
{
    CHECK_PARSE("GET /a HTTP/1.1\r\n\r\nFOO / HTTP/1.1\r\n\r\n",
                "GET 1.1 keep-alive\n/a HTTP/1.1\ncomplete\n"
                "error EPROTO\n");
    CHECK_PARSE("POST /a HTTP/1.1\r\nContent-Length: 2\r\n\r\nab!",
                "POST 1.1 keep-alive content\n"
                "/a HTTP/1.1\r\nContent-Length: 2\n"
                "content 2: ab\ncomplete\n"
                "error EPROTO\n");
}

/* ---- Content ------------------------------------------------------------------- */

TEST(content_is_as_long_as_its_length)
{
    CHECK_PARSE("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"
                "PUT / HTTP/1.1\r\nContent-Length: 0\r\n\r\n"
                "GET / HTTP/1.1\r\ncontent-length: 0003\r\n\r\na b",
                "POST 1.1 keep-alive content\n"
                "/ HTTP/1.1\r\nContent-Length: 5\n"
                "content 5: hello\ncomplete\n"
                "PUT 1.1 keep-alive\n/ HTTP/1.1\r\nContent-Length: 0\n"
                "complete\n"
                "GET 1.1 keep-alive content\n"
                "/ HTTP/1.1\r\ncontent-length: 0003\n"
                "content 3: a b\ncomplete\n");
}

TEST(content_may_hold_anything)
{
    CHECK_PARSE("POST / HTTP/1.1\r\nContent-Length: 18\r\n\r\n"
                "GET / HTTP/1.1\r\n\r\n",
                "POST 1.1 keep-alive content\n"
                "/ HTTP/1.1\r\nContent-Length: 18\n"
                "content 18: GET / HTTP/1.1\r\n\r\n\ncomplete\n");
}

TEST(without_a_length_there_is_no_content)
{
    CHECK_PARSE("POST / HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n",
                "POST 1.1 keep-alive\n/ HTTP/1.1\ncomplete\n"
                "GET 1.1 keep-alive\n/b HTTP/1.1\ncomplete\n");
}

TEST(chunks_are_put_together)
{
    CHECK_PARSE("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                "5\r\nhello\r\n1\r\n \r\n0005\r\nworld\r\n0\r\n\r\n"
                "GET /b HTTP/1.1\r\n\r\n",
                "POST 1.1 keep-alive content\n"
                "/ HTTP/1.1\r\nTransfer-Encoding: chunked\n"
                "content 11: hello world\ncomplete\n"
                "GET 1.1 keep-alive\n/b HTTP/1.1\ncomplete\n");
    CHECK_PARSE("POST / HTTP/1.1\r\ntransfer-encoding: Chunked\r\n\r\n"
                "0\r\n\r\n",
                "POST 1.1 keep-alive content\n"
                "/ HTTP/1.1\r\ntransfer-encoding: Chunked\n"
                "complete\n");
    CHECK_PARSE("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                "00a\r\n0123456789\r\nB\r\n0123456789a\r\n000\r\n\r\n",
                "POST 1.1 keep-alive content\n"
                "/ HTTP/1.1\r\nTransfer-Encoding: chunked\n"
                "content 21: 01234567890123456789a\ncomplete\n");
}

TEST(chunk_extensions_and_trailers_are_skipped)
{
    CHECK_PARSE("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                "5;a=b;c=\"d;e\"\r\nhello\r\n1;x\r\n!\r\n0;last\r\n"
                "Vary: *\r\nExpect: 100-continue\r\nContent-Type:\r\n\r\n"
                "GET /b HTTP/1.1\r\nA: b\r\n\r\n",
                "POST 1.1 keep-alive content\n"
                "/ HTTP/1.1\r\nTransfer-Encoding: chunked\n"
                "content 6: hello!\ncomplete\n"
                "GET 1.1 keep-alive\n/b HTTP/1.1\r\nA: b\ncomplete\n");
}

TEST(a_truncated_chunk_is_told_as_far_as_it_came)
{
    CHECK_PARSE("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                "5\r\nhel",
                "POST 1.1 keep-alive content\n"
                "/ HTTP/1.1\r\nTransfer-Encoding: chunked\n"
                "content 3: hel\n");
    CHECK_PARSE("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                "5\r\nhello\r\n0\r\n",
                "POST 1.1 keep-alive content\n"
                "/ HTTP/1.1\r\nTransfer-Encoding: chunked\n"
                "content 5: hello\n");
}

#define CHUNKED "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
#define CHUNKED_HEAD                                                       \
    "POST 1.1 keep-alive content\n"                                        \
    "/ HTTP/1.1\r\nTransfer-Encoding: chunked\n"

TEST(malformed_chunks_are_refused)
{
    CHECK_PARSE(CHUNKED "x\r\n", CHUNKED_HEAD "error EPROTO\n");
    CHECK_PARSE(CHUNKED "\r\n", CHUNKED_HEAD "error EPROTO\n");
    CHECK_PARSE(CHUNKED "-1\r\n", CHUNKED_HEAD "error EPROTO\n");
    CHECK_PARSE(CHUNKED "0x5\r\nhello\r\n", CHUNKED_HEAD "error EPROTO\n");
    CHECK_PARSE(CHUNKED " 5\r\nhello\r\n", CHUNKED_HEAD "error EPROTO\n");
    CHECK_PARSE(CHUNKED "5 \r\nhello\r\n", CHUNKED_HEAD "error EPROTO\n");
    CHECK_PARSE(CHUNKED "5\nhello\r\n", CHUNKED_HEAD "error EPROTO\n");
    CHECK_PARSE(CHUNKED "5;a\nhello\r\n", CHUNKED_HEAD "error EPROTO\n");
    CHECK_PARSE(CHUNKED "5\r\nhello!\r\n",
                CHUNKED_HEAD "content 5: hello\nerror EPROTO\n");
    CHECK_PARSE(CHUNKED "5\r\nhello\n0\r\n\r\n",
                CHUNKED_HEAD "content 5: hello\nerror EPROTO\n");
    CHECK_PARSE(CHUNKED "5\r\nhello0\r\n\r\n",
                CHUNKED_HEAD "content 5: hello\nerror EPROTO\n");
    CHECK_PARSE(CHUNKED "fffffffffffffffff\r\n", CHUNKED_HEAD "error EPROTO\n");
}

/* RFC 9112 6.1, 6.3 and 11.2: whoever is between us and the sender may have
 * seen another end of the message. */
TEST(content_of_unclear_length_is_refused)
{
    CHECK_REFUSED("POST / HTTP/1.1\r\nContent-Length: 5\r\n"
                  "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    CHECK_REFUSED("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
                  "Content-Length: 5\r\n\r\n0\r\n\r\n");
    CHECK_REFUSED("POST / HTTP/1.1\r\nContent-Length: 5\r\n"
                  "Content-Length: 6\r\n\r\nhello!");
    CHECK_REFUSED("POST / HTTP/1.1\r\nContent-Length: 5\r\n"
                  "Content-Length: 5\r\n\r\nhello");
    CHECK_REFUSED("POST / HTTP/1.1\r\nContent-Length: 5, 5\r\n\r\nhello");
    CHECK_REFUSED("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n");
    CHECK_REFUSED("POST / HTTP/1.1\r\nContent-Length: +5\r\n\r\nhello");
    CHECK_REFUSED("POST / HTTP/1.1\r\nContent-Length: 0x5\r\n\r\nhello");
    CHECK_REFUSED("POST / HTTP/1.1\r\nContent-Length: 5 5\r\n\r\nhello");
    CHECK_REFUSED("POST / HTTP/1.1\r\nContent-Length: \r\n\r\n");
    CHECK_REFUSED("POST / HTTP/1.1\r\nContent-Length: a\r\n\r\n");
    CHECK_REFUSED("POST / HTTP/1.1\r\n"
                  "Content-Length: 18446744073709551616\r\n\r\n");
    CHECK_REFUSED("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n");
    CHECK_REFUSED("POST / HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n\r\n");
    CHECK_REFUSED("POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n");
    CHECK_REFUSED("POST / HTTP/1.1\r\nTransfer-Encoding: chunkedx\r\n\r\n");
    CHECK_REFUSED("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
                  "Transfer-Encoding: identity\r\n\r\n");
    CHECK_REFUSED("POST / HTTP/1.1\r\nTransfer-Encoding:\r\n\r\n");
    CHECK_REFUSED("POST / HTTP/1.1\r\nTransfer-Encoding:\r\n"
                  "Content-Length: 5\r\n\r\nhello");
}

/* ---- Upgrade, Expect ----------------------------------------------------------- */

TEST(an_upgrade_is_an_ordinary_request)
{
    CHECK_PARSE("GET /a HTTP/1.1\r\nConnection: Upgrade\r\n"
                "Upgrade: websocket\r\n\r\nGET /b HTTP/1.1\r\n\r\n",
                "GET 1.1 keep-alive\n"
                "/a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\n"
                "complete\n"
                "GET 1.1 keep-alive\n/b HTTP/1.1\ncomplete\n");
    CHECK_PARSE("POST /a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n"
                "Content-Length: 2\r\n\r\nabGET /b HTTP/1.1\r\n\r\n",
                "POST 1.1 keep-alive content\n"
                "/a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n"
                "Content-Length: 2\n"
                "content 2: ab\ncomplete\n"
                "GET 1.1 keep-alive\n/b HTTP/1.1\ncomplete\n");
}

TEST(connect_is_an_ordinary_request)
{
    CHECK_PARSE("CONNECT a.example:443 HTTP/1.1\r\nHost: a\r\n\r\n"
                "GET /b HTTP/1.1\r\n\r\n",
                "CONNECT 1.1 keep-alive\na.example:443 HTTP/1.1\r\nHost: a\n"
                "complete\n"
                "GET 1.1 keep-alive\n/b HTTP/1.1\ncomplete\n");
    CHECK_PARSE("CONNECT a.example:443 HTTP/1.1\r\nContent-Length: 2\r\n\r\n"
                "abGET /b HTTP/1.1\r\n\r\n",
                "CONNECT 1.1 keep-alive content\n"
                "a.example:443 HTTP/1.1\r\nContent-Length: 2\n"
                "content 2: ab\ncomplete\n"
                "GET 1.1 keep-alive\n/b HTTP/1.1\ncomplete\n");
}

/* RFC 9110 10.1.1. */
TEST(a_continue_is_expected_where_content_follows)
{
    CHECK_PARSE("PUT / HTTP/1.1\r\nExpect: 100-continue\r\n"
                "Content-Length: 2\r\n\r\nab",
                "PUT 1.1 keep-alive content expects\n"
                "/ HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\n"
                "content 2: ab\ncomplete\n");
    CHECK_PARSE("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
                "eXPECT:\t 100-Continue\r\n\r\n0\r\n\r\n",
                "PUT 1.1 keep-alive content expects\n"
                "/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
                "eXPECT:\t 100-Continue\ncomplete\n");
}

TEST(other_expectations_are_none)
{
    CHECK_PARSE("GET / HTTP/1.1\r\nExpect: 100-continue\r\n\r\n",
                "GET 1.1 keep-alive\n/ HTTP/1.1\r\nExpect: 100-continue\n"
                "complete\n");
    CHECK_PARSE("PUT / HTTP/1.1\r\nExpect: 100-continue\r\n"
                "Content-Length: 0\r\n\r\n",
                "PUT 1.1 keep-alive\n/ HTTP/1.1\r\nExpect: 100-continue\r\n"
                "Content-Length: 0\ncomplete\n");
    CHECK_PARSE("PUT / HTTP/1.1\r\nExpect: 100-contin\r\n"
                "Content-Length: 1\r\n\r\na",
                "PUT 1.1 keep-alive content\n"
                "/ HTTP/1.1\r\nExpect: 100-contin\r\nContent-Length: 1\n"
                "content 1: a\ncomplete\n");
    CHECK_PARSE("PUT / HTTP/1.1\r\nContent-Length: 1\r\n"
                "Expect: 100-contin\r\n\r\na",
                "PUT 1.1 keep-alive content\n"
                "/ HTTP/1.1\r\nContent-Length: 1\r\nExpect: 100-contin\n"
                "content 1: a\ncomplete\n");
    CHECK_PARSE("PUT /Expect:100-continue HTTP/1.1\r\nX-Expect: 100-continue"
                "\r\nExpects: 100-continue\r\nContent-Length: 1\r\n\r\na",
                "PUT 1.1 keep-alive content\n"
                "/Expect:100-continue HTTP/1.1\r\nX-Expect: 100-continue\r\n"
                "Expects: 100-continue\r\nContent-Length: 1\n"
                "content 1: a\ncomplete\n");
    CHECK_PARSE("PUT / HTTP/1.1\r\nContent-Length: 1\r\nExpect:\r\n\r\na",
                "PUT 1.1 keep-alive content\n"
                "/ HTTP/1.1\r\nContent-Length: 1\r\nExpect:\n"
                "content 1: a\ncomplete\n");
}

/* RFC 9110 10.1.1: it must be ignored; 1.0 knows no 100. */
TEST(http_1_0_expects_nothing)
{
    CHECK_PARSE("PUT / HTTP/1.0\r\nExpect: 100-continue\r\n"
                "Content-Length: 1\r\n\r\na",
                "PUT 1.0 close content\n"
                "/ HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\n"
                "content 1: a\ncomplete\n");
}

/* ---- Pipelines ------------------------------------------------------------------ */

TEST(a_thousand_pipelined_requests_come_one_after_each_pause)
{
    struct text input = { 0 };
    struct text expected = { 0 };
    for (int i = 0; i < 1000; i++) {
        switch (i % 3) {
        case 0:
            text_print(&input, "GET /%d HTTP/1.1\r\n\r\n", i);
            text_print(&expected, "GET 1.1 keep-alive\n/%d HTTP/1.1\n", i);
            break;
        case 1:
            text_print(&input, "POST /%d HTTP/1.1\r\nContent-Length: 4\r\n\r\n"
                       "%04d", i, i);
            text_print(&expected, "POST 1.1 keep-alive content\n"
                       "/%d HTTP/1.1\r\nContent-Length: 4\n"
                       "content 4: %04d\n", i, i);
            break;
        case 2:
            text_print(&input, "POST /%d HTTP/1.1\r\n"
                       "Transfer-Encoding: chunked\r\n\r\n"
                       "4\r\n%04d\r\n0\r\n\r\n", i, i);
            text_print(&expected, "POST 1.1 keep-alive content\n"
                       "/%d HTTP/1.1\r\nTransfer-Encoding: chunked\n"
                       "content 4: %04d\n", i, i);
            break;
        }
        text_print(&expected, "complete\n");
    }
    for (int pauses = 0; pauses < 2; pauses++) {
        static const size_t lengths[] = { 0, 1, 7, 100, 4096, 65536 };
        for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++)
            check_same(input.bytes, input.length,
                       (struct division){ .each = lengths[i],
                                          .pauses = pauses },
                       &expected);
    }
    text_free(&input);
    text_free(&expected);
}

/* RFC 9112 9.6: they are not looked at. */
TEST(bytes_behind_the_last_request_are_told_apart)
{
    CHECK_PARSE("GET /a HTTP/1.1\r\nConnection: close\r\n\r\n"
                "GET /b HTTP/1.1\r\n\r\n",
                "GET 1.1 close\n/a HTTP/1.1\r\nConnection: close\ncomplete\n"
                "error ESHUTDOWN\n");
    CHECK_PARSE("GET /a HTTP/1.0\r\n\r\nx",
                "GET 1.0 close\n/a HTTP/1.0\ncomplete\n"
                "error ESHUTDOWN\n");
    CHECK_PARSE("GET /a HTTP/1.0\r\n\r\n",
                "GET 1.0 close\n/a HTTP/1.0\ncomplete\n");
}

/* ---- Responses ------------------------------------------------------------------ */

#define CHECK_RESPONSE(input, expected)                                    \
    check_input(__FILE__, __LINE__, input, sizeof(input) - 1,              \
                (struct division){ .is_response = true }, expected)
#define CHECK_RESPONSE_TO_HEAD(input, expected)                            \
    check_input(__FILE__, __LINE__, input, sizeof(input) - 1,              \
                (struct division){ .is_response = true, .is_head = true }, \
                expected)

TEST(a_response_has_a_head_content_and_an_end)
{
    CHECK_RESPONSE("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nA:\r\n\r\nhello"
                   "HTTP/1.1 404 \r\nTransfer-Encoding: chunked\r\n\r\n"
                   "3\r\nabc\r\n0\r\nT: t\r\n\r\n"
                   "HTTP/1.0 500 So sorry\r\nContent-Length: 0\r\n\r\n",
                   "200 1.1 keep-alive\n"
                   "1.1 200 OK\r\nContent-Length: 5\r\nA:\n"
                   "content 5: hello\ncomplete\n"
                   "404 1.1 keep-alive\n"
                   "1.1 404 \r\nTransfer-Encoding: chunked\n"
                   "content 3: abc\ncomplete\n"
                   "500 1.0 close\n1.0 500 So sorry\r\nContent-Length: 0\n"
                   "complete\n");
}

/* RFC 9112 6.3, 8. */
TEST(a_response_without_a_length_ends_with_the_connection)
{
    CHECK_RESPONSE("HTTP/1.1 200 OK\r\n\r\nhello",
                   "200 1.1 close\n1.1 200 OK\ncontent 5: hello\ncomplete\n");
    CHECK_RESPONSE("HTTP/1.0 200 OK\r\nA: b\r\n\r\n",
                   "200 1.0 close\n1.0 200 OK\r\nA: b\ncomplete\n");
    CHECK_RESPONSE("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
                   "200 1.1 keep-alive\n1.1 200 OK\r\nContent-Length: 9\n"
                   "content 5: hello\n");
    CHECK_RESPONSE("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                   "5\r\nhello\r\n",
                   "200 1.1 keep-alive\n"
                   "1.1 200 OK\r\nTransfer-Encoding: chunked\n"
                   "content 5: hello\n");
}

TEST(interim_responses_are_not_told)
{
    CHECK_RESPONSE("HTTP/1.1 100 Continue\r\n\r\n"
                   "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                   "HTTP/1.1 204 No Content\r\n\r\n"
                   "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"
                   "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab",
                   "204 1.1 keep-alive\n1.1 204 No Content\ncomplete\n"
                   "304 1.1 keep-alive\n"
                   "1.1 304 Not Modified\r\nContent-Length: 5\ncomplete\n"
                   "200 1.1 keep-alive\n"
                   "1.1 200 OK\r\nContent-Length: 2\n"
                   "content 2: ab\ncomplete\n");
}

TEST(a_response_to_head_has_no_content_whatever_it_says)
{
    CHECK_RESPONSE_TO_HEAD(
        "HTTP/1.1 100 Continue\r\n\r\n"
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
        "200 1.1 keep-alive\n1.1 200 OK\r\nContent-Length: 5\ncomplete\n"
        "200 1.1 keep-alive\n"
        "1.1 200 OK\r\nTransfer-Encoding: chunked\ncomplete\n"
        "200 1.1 close\n1.1 200 OK\r\nConnection: close\ncomplete\n");
}

TEST(what_is_no_response_is_refused)
{
    CHECK_RESPONSE("GET / HTTP/1.1\r\n\r\n", "error EPROTO\n");
    CHECK_RESPONSE("HTTP/1.1 20 OK\r\n\r\n", "error EPROTO\n");
    CHECK_RESPONSE("HTTP/1.1 2000 OK\r\n\r\n", "error EPROTO\n");
    CHECK_RESPONSE("HTTP/1.1 abc OK\r\n\r\n", "error EPROTO\n");
    CHECK_RESPONSE("HTTP/2.0 200 OK\r\n\r\n", "error EPROTO\n");
    CHECK_RESPONSE("HTTP/1.1 200 OK\r\nA b: c\r\n\r\n", "error EPROTO\n");
    CHECK_RESPONSE("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"
                   "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                   "error EPROTO\n");
    CHECK_RESPONSE("", "");
}
