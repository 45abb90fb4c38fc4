// SPDX-License-Identifier: MIT
#include "src/packet.h"
#include "tests/isolates/harness.h"

/* Programs write into one packet and look at it. */
static struct packet *packet;

enum { FROM = 7, MOST = 64 };

/* add(kind, number, moved, values...) */
static js_value add(struct js *js, const struct js_args *args)
{
    js_value values[MOST];
    struct packet_record record = {
        .kind = (uint16_t)js_to_integer(js_arg(args, 0)),
        .number = (uint32_t)js_to_integer(js_arg(args, 1)),
        .moved = js_arg(args, 2),
        .count = js_argc(args) - 3,
        .values = values,
    };
    for (int i = 0; i < record.count; i++)
        values[i] = js_arg(args, i + 3);
    return packet_add(&packet, FROM, js, &record) ? js_undefined(js) : JS_NONE;
}

/* read() returns all of it and throws it away. */
static js_value reads(struct js *js, const struct js_args *args)
{
    js_value values = packet_values(packet, js);
    packet_free(packet);
    packet = NULL;
    (void)args;
    return values;
}

/* small(most): the values, or []. */
static js_value small(struct js *js, const struct js_args *args)
{
    js_value values[MOST];
    int most = js_to_integer(js_arg(args, 0));
    int count = packet_small_values(packet, js, values, most);
    CHECK_TRUE(count <= most);
    return js_array(js, values, (size_t)count);
}

/* double(): the packet becomes one with all records twice. */
static js_value doubles(struct js *js, const struct js_args *args)
{
    struct packet *copy = NULL;
    packet_copy(&copy, packet);
    packet_copy(&copy, packet);
    packet_free(packet);
    packet = copy;
    (void)args;
    return js_undefined(js);
}

static js_value records(struct js *js, const struct js_args *args)
{
    (void)args;
    return js_integer(js, packet == NULL ? 0 : (int32_t)packet->records);
}

static js_value full(struct js *js, const struct js_args *args)
{
    (void)args;
    return js_boolean(js, packet_is_full(packet));
}

static const struct js_function table[] = {
    { "compile", compile }, { "add", add },         { "read", reads },
    { "small", small },     { "double", doubles },  { "records", records },
    { "full", full },       { NULL, NULL }
};

static struct harness *h;

TEST(engine_starts)
{
    harness_start(table, (struct js_snapshot){ NULL, 0 });
    h = harness_open();
    eval(h, "globalThis.p = native.t;"
            "globalThis.text = list => list.map(v =>"
            "    Object.is(v, -0) ? '-0' :"
            "    typeof v === 'object' || typeof v === 'string'"
            "        ? JSON.stringify(v) : String(v)).join(' ');"
            "internal.errorFields = e => e.code && [e.code];"
            "internal.restoreErrors = (e, f) => (e.code = f[0], e);");
}

TEST(small_values_come_back_as_they_were)
{
    CHECK_TEXT(eval(h, "p.add(3, 5, undefined, undefined, null, true, false,"
                       "      0, -1, 2147483647, -2147483648, 2147483648, 0.5,"
                       "      -0, NaN, -Infinity);"
                       "return text(p.read());"),
               "7 3 5 13 undefined null true false 0 -1 2147483647 -2147483648 "
               "2147483648 0.5 -0 NaN -Infinity");
    CHECK_TEXT(eval(h, "p.add(0, 0, undefined, '', 'a', '\\xff\\0b', '12345678',"
                       "      '\\u20ac');"
                       "return text(p.read());"),
               "7 0 0 5 \"\" \"a\" \"\303\277\\u0000b\" \"12345678\" "
               "\"\342\202\254\"");
}

TEST(a_record_may_have_no_values_and_the_largest_number)
{
    CHECK_TEXT(eval(h, "p.add(65535, 2147483647, undefined); p.add(1, 0,"
                       "undefined, 1);"
                       "return p.records() + ': ' + text(p.read());"),
               "2: 7 65535 2147483647 0 1 0 1 1");
}

TEST(it_grows_and_keeps_what_was_there)
{
    CHECK_TEXT(eval(h, "for (var i = 0; i < 100; i++)"
                       "    p.add(1, i, undefined, 'x'.repeat(i), {i}, i);"
                       "var all = p.read(), good = all[0] === 7;"
                       "for (i = 0; i < 100; i++) {"
                       "    var r = all.slice(1 + i * 6, 7 + i * 6);"
                       "    good &&= r[1] === i && r[2] === 3 &&"
                       "        r[3] === 'x'.repeat(i) && r[4].i === i &&"
                       "        r[5] === i;"
                       "}"
                       "return [good, all.length].join();"),
               "true,601");
}

TEST(objects_are_clones_small_and_large)
{
    CHECK_TEXT(eval(h, "var big = 'y'.repeat(3000);"
                       "p.add(0, 0, undefined, {a: [1, 'b']}, {big},"
                       "      new Map([[1, 2]]));"
                       "var v = p.read().slice(4);"
                       "return [text([v[0]]), v[1].big === big,"
                       "        v[2].get(1)].join();"),
               "{\"a\":[1,\"b\"]},true,2");
    CHECK_TEXT(eval(h, "var b = new ArrayBuffer(5000);"
                       "p.add(0, 0, [b], b);"
                       "return [b.byteLength, p.read()[4].byteLength].join();"),
               "0,5000");
    CHECK_TEXT(eval(h, "var e = Object.assign(new RangeError('far'),"
                       "                      {code: 'EFAR'});"
                       "p.add(0, 0, undefined, e);"
                       "e = p.read()[4];"
                       "return [e instanceof RangeError, e, e.code].join();"),
               "true,RangeError: far,EFAR");
}

TEST(what_cannot_be_cloned_adds_nothing)
{
    CHECK_TEXT(eval(h, "p.add(1, 1, undefined, 'kept');"
                       "try {"
                       "    p.add(2, 2, undefined, {}, 'x', () => 1);"
                       "} catch (e) { var thrown = true; }"
                       "return [thrown, text(p.read())].join();"),
               "true,7 1 1 1 \"kept\"");
    CHECK_TEXT(eval(h, "try { p.add(2, 2, undefined, () => 1); }"
                       "catch (e) { return p.records(); }"),
               "0");
}

/* A getter runs while the clone is made. */
TEST(a_getter_may_add_a_record_of_its_own)
{
    CHECK_TEXT(eval(h, "p.add(1, 1, undefined, 'a', {"
                       "    get x() { p.add(2, 2, undefined, 'b'); return 3; }"
                       "});"
                       "return text(p.read());"),
               "7 2 2 1 \"b\" 1 1 2 \"a\" {\"x\":3}");
}

TEST(a_few_small_values_need_no_array)
{
    CHECK_TEXT(eval(h, "p.add(4, 9, undefined, 1, 'two', 3.5, null);"
                       "var a = [8, 7, 0].map(n => text(p.small(n)));"
                       "a.push(text(p.read()));"
                       "return a.join('|');"),
               "7 4 9 4 1 \"two\" 3.5 null|||7 4 9 4 1 \"two\" 3.5 null");
    CHECK_TEXT(eval(h, "p.add(4, 9, undefined, 1); p.add(4, 8, undefined);"
                       "var some = text(p.small(8)), none = text(p.small(7));"
                       "p.read();"
                       "return some + '|' + none;"),
               "7 4 9 1 1 4 8 0|");
    CHECK_TEXT(eval(h, "return [{}, {big: 'x'.repeat(2000)}, '\\u20ac',"
                       "        Object.assign(Error('e'), {code: 'c'})]"
                       ".map(v => {"
                       "    p.add(4, 9, undefined, 1, v);"
                       "    var n = p.small(64).length;"
                       "    p.read();"
                       "    return n;"
                       "}).join();"),
               "0,0,0,0");
}

TEST(a_copy_has_references_of_its_own)
{
    CHECK_TEXT(eval(h, "p.add(1, 1, undefined, 'a', {big: 'x'.repeat(2000)});"
                       "p.double();"
                       "var n = p.records(), all = p.read();"
                       "return [n, all.length, all[5].big.length,"
                       "        all[10].big.length, all[9]].join();"),
               "2,11,2000,2000,a");
}

TEST(it_is_full_with_enough_records_or_bytes)
{
    CHECK_TEXT(eval(h, "for (var n = 1; p.add(0, 0, undefined), !p.full(); n++);"
                       "p.read();"
                       "for (var m = 1; p.add(0, 0, undefined, 'x'.repeat(1000)),"
                       "     !p.full(); m++);"
                       "p.read();"
                       "return n + ' ' + m;"),
               "256 17");
}

TEST(one_that_nobody_read_frees_its_clones)
{
    eval(h, "p.add(0, 0, undefined, {big: 'x'.repeat(2000)}, {});");
    packet_free(packet);
    packet = NULL;
}

TEST(engine_stops)
{
    harness_close(h);
    js_stop();
}
