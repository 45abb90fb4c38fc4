// SPDX-License-Identifier: MIT
#include "net/http_parse.h"

#include "net/http_head.h"
#include "sched/check.h"

#include <errno.h>
#include <llhttp.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

_Static_assert(sizeof(llhttp_t) <= sizeof(((struct http_parser *)0)->engine),
               "struct http_parser has no room for llhttp_t");

static llhttp_t *engine_of(struct http_parser *parser)
{
    return (llhttp_t *)parser->engine;
}

static struct http_parser *parser_of(llhttp_t *engine)
{
    return CONTAINER_OF(engine, struct http_parser, engine);
}

/* ---- llhttp's callbacks -------------------------------------------------- */

static int on_message_begin(llhttp_t *engine)
{
    parser_of(engine)->between = false;
    return 0;
}

/* Where the head begins: the target, or a response's version. */
static int on_target(llhttp_t *engine, const char *at, size_t length)
{
    struct http_parser *parser = parser_of(engine);
    if (!parser->in_head) {
        parser->in_head = true;
        parser->mark = at;
    }
    parser->end = parser->divided_length + (size_t)(at + length - parser->mark);
    return 0;
}

/* The version, status, a field name or a field value: the head reaches to here. */
static int on_head_span(llhttp_t *engine, const char *at, size_t length)
{
    struct http_parser *parser = parser_of(engine);
    if (parser->in_head) /* else it is a trailer */
        parser->end =
            parser->divided_length + (size_t)(at + length - parser->mark);
    return 0;
}

/* Add what the current piece holds of the head to what earlier ones held: maybe
 * some of the CRLFs behind it, too. */
static int keep_divided(struct http_parser *parser, size_t length)
{
    size_t total = parser->divided_length + length;
    if (total > HTTP_HEAD_LIMIT + 3)
        return -EMSGSIZE;
    if (length == 0)
        return 0;
    parser->divided = xrealloc(parser->divided, total);
    memcpy(parser->divided + parser->divided_length, parser->mark, length);
    parser->divided_length = total;
    return 0;
}

static void drop_divided(struct http_parser *parser)
{
    free(parser->divided);
    parser->divided = NULL;
    parser->divided_length = 0;
}

/* Is there a field line "Expect: 100-continue" (RFC 9110 10.1.1)? */
static bool expects_continue(const char *head, size_t length)
{
    static const char name[] = "\nexpect:";
    const char *end = head + length;
    const char *line = memchr(head, '\n', length);
    while (line != NULL && end - line > (ptrdiff_t)sizeof name) {
        if (strncasecmp(line, name, sizeof name - 1) == 0) {
            const char *value = line + sizeof name - 1;
            while (value < end && (*value == ' ' || *value == '\t'))
                value++;
            return end - value >= 12 &&
                   strncasecmp(value, "100-continue", 12) == 0;
        }
        line = memchr(line + 1, '\n', (size_t)(end - line - 1));
    }
    return false;
}

/* The head in one piece, or NULL when it is too long.  Of a last field without
 * a value llhttp says that it ends behind its CRLF. */
static const char *whole_head(struct http_parser *parser, size_t *length)
{
    const char *bytes = parser->mark;
    if (parser->divided_length > 0) {
        if (parser->end > parser->divided_length &&
            keep_divided(parser, parser->end - parser->divided_length) < 0)
            return NULL;
        bytes = parser->divided;
    }
    *length = parser->end - (bytes[parser->end - 1] == '\n' ? 2 : 0);
    return *length > HTTP_HEAD_LIMIT ? NULL : bytes;
}

static int on_response_complete(llhttp_t *engine)
{
    struct http_parser *parser = parser_of(engine);
    if (parser->interim)
        return HPE_OK;
    return parser->ops->complete(parser) ? HPE_OK : HPE_PAUSED;
}

static bool is_of_our_version(const llhttp_t *engine)
{
    return engine->http_major == 1 && engine->http_minor <= 1;
}

static int on_response_head(llhttp_t *engine)
{
    struct http_parser *parser = parser_of(engine);
    if (!is_of_our_version(engine))
        return -1;
    size_t length;
    const char *bytes = whole_head(parser, &length);
    if (bytes == NULL) {
        parser->too_long = true;
        return -1;
    }
    unsigned status = engine->status_code;
    engine->upgrade = 0;
    parser->in_head = false;
    parser->interim = status < 200 && status != 101;
    if (!parser->interim) {
        struct http_head head = {
            .bytes = bytes,
            .length = length,
            .in_piece = parser->divided_length == 0,
            .status = (uint16_t)status,
            .minor = engine->http_minor,
            .keep_alive = llhttp_should_keep_alive(engine) != 0,
        };
        parser->ops->head(parser, &head);
    }
    drop_divided(parser);
    return parser->is_head ? 1 : 0; /* 1: there is no content */
}

/* RFC 9112 6.3: a Transfer-Encoding that does not end in chunked leaves the
 * length of a request unclear.  llhttp refuses it too, but after this. */
static bool is_of_unclear_length(const llhttp_t *engine)
{
    return (engine->flags & (F_TRANSFER_ENCODING | F_CHUNKED)) ==
           F_TRANSFER_ENCODING;
}

static int on_headers_complete(llhttp_t *engine)
{
    struct http_parser *parser = parser_of(engine);
    if (!is_of_our_version(engine) || is_of_unclear_length(engine))
        return -1;
    size_t length;
    const char *bytes = whole_head(parser, &length);
    if (bytes == NULL) {
        parser->too_long = true;
        return -1;
    }
    /* An upgrade and CONNECT are ordinary requests here. */
    engine->upgrade = 0;
    struct http_head head = {
        .bytes = bytes,
        .length = length,
        .in_piece = parser->divided_length == 0,
        .method = engine->method,
        .minor = engine->http_minor,
        .is_head = engine->method == HTTP_HEAD,
        .keep_alive = llhttp_should_keep_alive(engine) != 0,
        .has_content = (engine->flags & F_CHUNKED) != 0 ||
                       ((engine->flags & F_CONTENT_LENGTH) != 0 &&
                        engine->content_length > 0),
    };
    head.expects = head.has_content && head.minor > 0 &&
                   expects_continue(head.bytes, head.length);
    parser->in_head = false;
    parser->ops->head(parser, &head);
    drop_divided(parser);
    return 0;
}

static int on_body(llhttp_t *engine, const char *at, size_t length)
{
    struct http_parser *parser = parser_of(engine);
    parser->ops->content(parser, at, length);
    return 0;
}

static int on_message_complete(llhttp_t *engine)
{
    struct http_parser *parser = parser_of(engine);
    parser->between = llhttp_should_keep_alive(engine) != 0;
    return parser->ops->complete(parser) ? HPE_OK : HPE_PAUSED;
}

static const llhttp_settings_t settings = {
    .on_message_begin = on_message_begin,
    .on_url = on_target,
    .on_version = on_head_span,
    .on_header_field = on_head_span,
    .on_header_value = on_head_span,
    .on_headers_complete = on_headers_complete,
    .on_body = on_body,
    .on_message_complete = on_message_complete,
};

static const llhttp_settings_t response_settings = {
    .on_version = on_target,
    .on_status = on_head_span,
    .on_header_field = on_head_span,
    .on_header_value = on_head_span,
    .on_headers_complete = on_response_head,
    .on_body = on_body,
    .on_message_complete = on_response_complete,
};

/* ---- The parser ---------------------------------------------------------- */

void http_parse_init(struct http_parser *parser,
                     const struct http_parse_ops *ops)
{
    memset(parser, 0, sizeof *parser);
    parser->ops = ops;
    parser->between = true;
    llhttp_init(engine_of(parser), HTTP_REQUEST, &settings);
}

void http_parse_init_response(struct http_parser *parser,
                              const struct http_parse_ops *ops, void *owner)
{
    http_parse_init(parser, ops);
    parser->owner = owner;
    parser->between = false;
    llhttp_init(engine_of(parser), HTTP_RESPONSE, &response_settings);
}

void http_parse_expect(struct http_parser *parser, bool is_head)
{
    parser->is_head = is_head;
}

void http_parse_end(struct http_parser *parser)
{
    llhttp_finish(engine_of(parser));
}

void http_parse_fini(struct http_parser *parser)
{
    drop_divided(parser);
}

/* Take the heads at the front that need no llhttp.  Returns the bytes they
 * are; *goes_on tells whether complete() wants more. */
static size_t run_plain(struct http_parser *parser, const char *bytes,
                        size_t length, bool *goes_on)
{
    size_t used = 0;
    size_t head_length;
    struct http_head head;
    *goes_on = true;
    while (*goes_on && used < length &&
           (head_length = http_head_scan(bytes + used, length - used,
                                         &head)) > 0) {
        used += head_length;
        head.method = head.is_head ? HTTP_HEAD : HTTP_GET;
        parser->ops->head(parser, &head);
        *goes_on = parser->ops->complete(parser);
    }
    return used;
}

/* The rest of a piece. */
static int run_engine(struct http_parser *parser, const char *bytes,
                      size_t length, size_t *used)
{
    llhttp_t *engine = engine_of(parser);
    parser->mark = bytes; /* where a head begun earlier goes on */
    llhttp_errno_t error = llhttp_execute(engine, bytes, length);
    *used = length;
    if (error == HPE_OK) {
        if (!parser->in_head)
            return 0;
        return keep_divided(parser, (size_t)(bytes + length - parser->mark));
    }
    if (error == HPE_PAUSED) {
        *used = (size_t)(llhttp_get_error_pos(engine) - bytes);
        llhttp_resume(engine);
        return -EAGAIN;
    }
    if (error == HPE_CLOSED_CONNECTION)
        return -ESHUTDOWN;
    return parser->too_long ? -EMSGSIZE : -EPROTO;
}

int http_parse_run(struct http_parser *parser, const char *bytes,
                   size_t length, size_t *used)
{
    size_t plain = 0;
    if (parser->between) {
        bool goes_on;
        plain = run_plain(parser, bytes, length, &goes_on);
        *used = plain;
        if (!goes_on)
            return -EAGAIN;
        if (plain == length)
            return 0;
    }
    int error = run_engine(parser, bytes + plain, length - plain, used);
    *used += plain;
    return error;
}

const char *http_method_name(unsigned method)
{
    static const char *const names[] = {
#define METHOD(number, name, string) [number] = #string,
        HTTP_ALL_METHOD_MAP(METHOD)
#undef METHOD
    };
    return method < sizeof names / sizeof names[0] ? names[method] : NULL;
}
