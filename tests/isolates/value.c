// SPDX-License-Identifier: MIT
#include "tests/isolates/harness.h"

#include <math.h>

/* Each native of this file is the C half of the test below it. */

static js_value numbers(struct js *js, const struct js_args *args)
{
    js_value value = js_arg(args, 0);
    char text[128];
    snprintf(text, sizeof text, "%d %d %d %.17g", js_is_integer(value),
             js_is_number(value), (int)js_to_integer(value),
             js_to_number(value));
    return js_string(js, text, strlen(text));
}

static js_value kinds(struct js *js, const struct js_args *args)
{
    static bool (*const is[])(js_value) = {
        js_is_undefined, js_is_null,     js_is_boolean, js_is_integer,
        js_is_number,    js_is_string,   js_is_function, js_is_object,
        js_is_array
    };
    char text[10] = "";
    for (size_t i = 0; i < sizeof is / sizeof *is; i++)
        text[i] = is[i](js_arg(args, 0)) ? "unbINSFOA"[i] : '-';
    return js_string(js, text, 9);
}

static js_value make(struct js *js, const struct js_args *args)
{
    switch (js_to_integer(js_arg(args, 0))) {
    case 0:
        return js_integer(js, INT32_MAX);
    case 1:
        return js_integer(js, INT32_MIN);
    case 2:
        return js_number(js, 5.0);
    case 3:
        return js_number(js, -0.0);
    case 4:
        return js_number(js, 1e300);
    case 5:
        return js_number(js, NAN);
    case 6:
        return js_boolean(js, true);
    case 7:
        return js_null(js);
    case 8:
        return js_undefined(js);
    default:
        return JS_NONE; /* nothing thrown: undefined */
    }
}

static js_value truth(struct js *js, const struct js_args *args)
{
    return js_boolean(js, js_to_boolean(js, js_arg(args, 0)));
}

/* utf8(string, capacity): the bytes as hexadecimal. */
static js_value utf8(struct js *js, const struct js_args *args)
{
    char out[64], text[160] = "";
    size_t capacity = (size_t)js_to_integer(js_arg(args, 1));
    memset(out, 0x5A, sizeof out);
    size_t length = js_string_write_utf8(js, js_arg(args, 0), out, capacity);
    CHECK_TRUE(length <= capacity);
    CHECK_EQ(out[length], 0x5A); /* no NUL, nothing past the end */
    for (size_t i = 0; i < length; i++)
        snprintf(text + 3 * i, 4, "%02x ", (unsigned char)out[i]);
    return js_string(js, text, strlen(text));
}

static js_value utf8_length(struct js *js, const struct js_args *args)
{
    size_t length = js_string_utf8_length(js, js_arg(args, 0));
    return js_integer(js, (int32_t)length);
}

/* from_utf8(array of bytes) */
static js_value from_utf8(struct js *js, const struct js_args *args)
{
    char *data;
    size_t length;
    CHECK_TRUE(js_bytes(js_arg(args, 0), &data, &length));
    return js_string(js, data, length);
}

static js_value from_latin1(struct js *js, const struct js_args *args)
{
    char *data;
    size_t length;
    CHECK_TRUE(js_bytes(js_arg(args, 0), &data, &length));
    return js_string_latin1(js, data, length);
}

/* latin1(string, start, length): a Uint8Array */
static js_value latin1(struct js *js, const struct js_args *args)
{
    char out[300];
    size_t start = (size_t)js_to_integer(js_arg(args, 1));
    size_t length = (size_t)js_to_integer(js_arg(args, 2));
    js_value string = js_arg(args, 0);
    CHECK_TRUE(start + length <= js_string_length(string));
    js_string_write_latin1(js, string, start, length, out);
    return js_uint8_array(js, out, length);
}

static js_value one_byte(struct js *js, const struct js_args *args)
{
    return js_boolean(js, js_string_is_one_byte(js_arg(args, 0)));
}

static js_value too_long(struct js *js, const struct js_args *args)
{
    size_t length = (size_t)1 << 31;
    switch (js_to_integer(js_arg(args, 0))) {
    case 0:
        return js_string(js, "", length);
    case 1:
        return js_string_latin1(js, "", length);
    default:
        return js_uint8_array(js, "", (size_t)1 << 62);
    }
}

static js_value copy(struct js *js, const struct js_args *args)
{
    size_t length;
    char *text = js_copy_utf8(js, js_arg(args, 0), &length);
    if (!text)
        return JS_NONE;
    CHECK_EQ(text[length], 0);
    js_value result = js_string(js, text, length);
    free(text);
    return result;
}

static js_value objects(struct js *js, const struct js_args *args)
{
    js_value object = js_object(js);
    js_value list[] = { js_integer(js, 1), js_symbol_string(js, "two") };
    js_value array = js_array(js, list, 2);
    CHECK_TRUE(js_set(js, object, "given", js_arg(args, 0)));
    CHECK_TRUE(js_set_key(js, object, list[1], array));
    CHECK_TRUE(js_set_index(js, array, 4, js_get(js, object, "given")));
    CHECK_EQ(js_array_length(array), 5);
    CHECK_EQ(js_to_integer(js_get_index(js, array, 0)), 1);
    CHECK_TRUE(js_is_undefined(js_get_index(js, array, 3)));
    CHECK_EQ(js_array_length(js_array(js, NULL, 0)), 0);
    return object;
}

static js_value get(struct js *js, const struct js_args *args)
{
    return js_get(js, js_arg(args, 0), "name");
}

static js_value set(struct js *js, const struct js_args *args)
{
    if (!js_set(js, js_arg(args, 0), "name", js_arg(args, 1)))
        return JS_NONE;
    return js_boolean(js, true);
}

/* bytes(value): "length:" and the bytes, or false; adds 1 to each byte. */
static js_value bytes(struct js *js, const struct js_args *args)
{
    char *data, text[200];
    size_t length;
    if (!js_bytes(js_arg(args, 0), &data, &length))
        return js_boolean(js, false);
    CHECK_TRUE(data != NULL);
    int used = snprintf(text, sizeof text, "%zu:", length);
    for (size_t i = 0; i < length && i < 16; i++)
        used += snprintf(text + used, sizeof text - (size_t)used, " %u",
                         (unsigned char)data[i]++);
    return js_string(js, text, strlen(text));
}

static int32_t memory[4];

static js_value window(struct js *js, const struct js_args *args)
{
    (void)args;
    return js_int32_window(js, memory, 4);
}

static const struct js_function table[] = {
    { "compile", compile },       { "numbers", numbers },
    { "kinds", kinds },           { "make", make },
    { "truth", truth },           { "utf8", utf8 },
    { "utf8Length", utf8_length }, { "fromUtf8", from_utf8 },
    { "fromLatin1", from_latin1 }, { "latin1", latin1 },
    { "oneByte", one_byte },      { "tooLong", too_long },
    { "copy", copy },             { "objects", objects },
    { "get", get },               { "set", set },
    { "bytes", bytes },           { "window", window },
    { NULL, NULL },
};

static struct harness *h;

static void is(const char *text, const char *expected)
{
    check_text(__FILE__, __LINE__, text, eval(h, text), expected);
    if (h->reports > 0)
        fprintf(stderr, "%s", h->report);
    CHECK_EQ(h->reports, 0);
    h->reports = 0;
}

TEST(engine_starts)
{
    harness_start(table, (struct js_snapshot){ NULL, 0 });
    h = harness_open();
    CHECK_TRUE(strncmp(js_version(), "13.", 3) == 0);
}

TEST(numbers_keep_their_value)
{
    is("return native.t.numbers(0)", "1 1 0 0");
    is("return native.t.numbers(-1)", "1 1 -1 -1");
    is("return native.t.numbers(2147483647)", "1 1 2147483647 2147483647");
    is("return native.t.numbers(-2147483648)", "1 1 -2147483648 -2147483648");
    is("return native.t.numbers(2147483648)", "0 1 0 2147483648");
    is("return native.t.numbers(0.5)", "0 1 0 0.5");
    is("return native.t.numbers(-0)", "0 1 0 -0");
    is("return native.t.numbers(NaN)", "0 1 0 nan");
    is("return native.t.numbers([7.5, 7.5, 14][2] / 2)", "1 1 7 7");
}

TEST(what_is_no_number_is_zero_and_nan)
{
    is("return native.t.numbers('7')", "0 0 0 nan");
    is("return native.t.numbers()", "0 0 0 nan");
    is("return native.t.numbers({valueOf() { throw 1 }})", "0 0 0 nan");
    is("return native.t.numbers(7n)", "0 0 0 nan");
}

TEST(numbers_made_are_what_was_given)
{
    is("return native.t.make(0)", "2147483647");
    is("return native.t.make(1)", "-2147483648");
    is("return native.t.make(2)", "5");
    is("return Object.is(native.t.make(3), -0)", "true");
    is("return native.t.make(4)", "1e+300");
    is("return native.t.make(5)", "NaN");
    is("return native.t.make(6)", "true");
    is("return native.t.make(7)", "null");
    is("return native.t.make(8)", "undefined");
    is("return native.t.make(9)", "undefined");
    is("return native.t.numbers(native.t.make(2))", "1 1 5 5");
}

TEST(every_kind_is_told_apart)
{
    is("return native.t.kinds()", "u--------");
    is("return native.t.kinds(null)", "-n-------");
    is("return native.t.kinds(false)", "--b------");
    is("return native.t.kinds(-5)", "---IN----");
    is("return native.t.kinds(5e9)", "----N----");
    is("return native.t.kinds('')", "-----S---");
    is("return native.t.kinds(() => 1)", "------FO-");
    is("return native.t.kinds({})", "-------O-");
    is("return native.t.kinds([])", "-------OA");
    is("return native.t.kinds(new Proxy({}, {}))", "-------O-");
    is("return native.t.kinds(Symbol())", "---------");
    is("return native.t.kinds(1n)", "---------");
    is("return native.t.kinds(Object(''))", "-------O-");
}

TEST(truth_is_javascript_s)
{
    is("return [0, 1, '', '0', null, NaN, {}, 0n].map(native.t.truth)",
       "false,true,false,true,false,false,true,false");
}

TEST(utf8_of_every_width_is_written)
{
    is("return native.t.utf8('', 10)", "");
    is("return native.t.utf8('a\\0b', 10)", "61 00 62 ");
    is("return native.t.utf8('\\xe9', 10)", "c3 a9 ");
    is("return native.t.utf8('\\u6f22', 10)", "e6 bc a2 ");
    is("return native.t.utf8('\\u{1f600}', 10)", "f0 9f 98 80 ");
    is("return native.t.utf8('a'.repeat(3) + '\\xe9'.repeat(2), 10)",
       "61 61 61 c3 a9 c3 a9 ");
    is("return ['', 'a', '\\xe9', '\\u6f22', '\\u{1f600}', '\\ud800']"
       ".map(native.t.utf8Length)", "0,1,2,3,4,3");
}

TEST(a_lone_surrogate_becomes_u_fffd)
{
    is("return native.t.utf8('a\\ud83d', 10)", "61 ef bf bd ");
    is("return native.t.utf8('\\ude00a', 10)", "ef bf bd 61 ");
    is("return native.t.copy('\\ud83d') === '\\ufffd'", "true");
}

TEST(utf8_is_cut_between_characters)
{
    is("return native.t.utf8('\\xe9\\xe9', 3)", "c3 a9 ");
    is("return native.t.utf8('\\xe9\\xe9', 4)", "c3 a9 c3 a9 ");
    is("return native.t.utf8('\\u6f22', 2)", "");
    is("return native.t.utf8('a\\u{1f600}', 4)", "61 ");
    is("return native.t.utf8('a\\u{1f600}', 5)", "61 f0 9f 98 80 ");
    is("return native.t.utf8('abc', 0)", "");
}

TEST(utf8_is_read)
{
    is("return native.t.fromUtf8(new Uint8Array([])) === ''", "true");
    is("return native.t.fromUtf8(new Uint8Array([0x61, 0, 0xc3, 0xa9, 0xf0,"
       " 0x9f, 0x98, 0x80])) === 'a\\0\\xe9\\u{1f600}'", "true");
    is("return native.t.fromUtf8(new Uint8Array([0x61, 0xff, 0xc3, 0x62]))"
       " === 'a\\ufffd\\ufffdb'", "true");
}

TEST(latin1_keeps_all_256_bytes)
{
    is("const a = Uint8Array.from({length: 256}, (_, i) => i);\n"
       "const s = native.t.fromLatin1(a);\n"
       "return s.length + ' ' + native.t.oneByte(s) + ' ' +\n"
       "    native.t.latin1(s, 0, 256).every((b, i) => b === i)",
       "256 true true");
    is("return native.t.latin1('abcdef', 2, 3)", "99,100,101");
    is("return native.t.latin1('abcdef', 6, 0)", "");
    is("return native.t.latin1('\\u0161b', 0, 2)", "97,98");
    is("return native.t.latin1('ab' + 'c'.repeat(20), 1, 3)", "98,99,99");
}

TEST(one_byte_looks_at_the_contents)
{
    is("return native.t.oneByte('abc\\xff')", "true");
    is("return native.t.oneByte('abc\\u0100')", "false");
    is("return native.t.oneByte('\\u6f22' + 'b'.repeat(20))", "false");
    is("return native.t.oneByte(('\\u6f22' + 'b'.repeat(20)).slice(1))",
       "true");
}

TEST(what_is_too_long_is_a_range_error)
{
    for (int i = 0; i < 3; i++) {
        char text[128];
        snprintf(text, sizeof text, "try { native.t.tooLong(%d) }"
                 "catch (e) { return e instanceof RangeError }", i);
        is(text, "true");
    }
}

TEST(any_value_is_copied_as_a_string)
{
    is("return native.t.copy(1.5)", "1.5");
    is("return native.t.copy({toString: () => '\\u6f22'})", "\u6f22");
    is("return native.t.copy('a\\0b').length", "3");
    is("try { native.t.copy({toString() { throw 5 }}) }"
       "catch (e) { return 'caught ' + e }", "caught 5");
    is("try { native.t.copy(Symbol()) }"
       "catch (e) { return e.name }", "TypeError");
}

TEST(objects_hold_what_is_set)
{
    is("const g = {}; const o = native.t.objects(g);"
       "return (o.given === g) + ' ' + JSON.stringify(o.two)",
       "true [1,\"two\",null,null,{}]");
    is("return native.t.get({name: 5})", "5");
    is("return native.t.get(Object.create({get name() { return 6 }}))", "6");
    is("const o = {}; native.t.set(o, 7); return o.name", "7");
}

TEST(what_is_no_object_throws)
{
    is("try { native.t.get(5) } catch (e) { return e.name }", "TypeError");
    is("try { native.t.set(null) } catch (e) { return e.name }", "TypeError");
}

TEST(accessors_and_proxies_throw_through)
{
    is("try { native.t.get({get name() { throw 5 }}) }"
       "catch (e) { return e }", "5");
    is("try { native.t.set({set name(v) { throw v }}, 6) }"
       "catch (e) { return e }", "6");
    is("try { native.t.get(new Proxy({}, {get() { throw 7 }})) }"
       "catch (e) { return e }", "7");
}

TEST(bytes_of_views_start_at_their_offset)
{
    is("const b = Uint8Array.from({length: 80}, (_, i) => i).buffer;\n"
       "return [new Uint8Array(b, 70, 3), new DataView(b, 3, 2),\n"
       "        new Uint16Array(b, 8, 1), new Uint8Array(b, 80)]\n"
       "    .map(native.t.bytes).join('; ')",
       "3: 70 71 72; 2: 3 4; 2: 8 9; 0:");
}

TEST(bytes_are_the_object_s_own)
{
    is("const a = new Uint8Array([1, 2]); native.t.bytes(a); return a", "2,3");
    is("const a = new Uint8Array([1, 2, 3]).subarray(1);"
       "native.t.bytes(a); return a", "3,4");
    is("const s = new SharedArrayBuffer(2); native.t.bytes(s);"
       "return new Uint8Array(s)", "1,1");
    is("const s = new Uint8Array(new SharedArrayBuffer(3), 1);"
       "native.t.bytes(s); return s", "1,1");
    is("const b = new ArrayBuffer(2); native.t.bytes(b);"
       "native.t.bytes(b); return new Uint8Array(b)", "2,2");
}

TEST(bytes_of_nothing_are_none)
{
    is("return native.t.bytes(new ArrayBuffer(0))", "0:");
    is("const a = new Uint8Array(100); a.buffer.transfer();"
       "return native.t.bytes(a)", "0:");
    is("const b = new ArrayBuffer(8, {maxByteLength: 16});"
       "const a = new Uint8Array(b, 4); b.resize(6);"
       "const t = native.t.bytes(a); b.resize(2);"
       "return t + '; ' + native.t.bytes(a)", "2: 0 0; 0:");
    is("return [null, 'abc', [1], {length: 1}, 5].map(native.t.bytes)",
       "false,false,false,false,false");
}

TEST(a_window_shows_c_s_memory)
{
    memory[1] = 7;
    is("globalThis.w = native.t.window(); w[0] = -5; return w", "-5,7,0,0");
    CHECK_EQ(memory[0], -5);
    memory[3] = 9;
    js_collect(h->js);
    is("return w", "-5,7,0,9");
}

TEST(a_window_cannot_be_taken_away)
{
    is("try { w.buffer.transfer(); return 'taken' }"
       "catch (e) { return e.name + ' ' + w.length }", "TypeError 4");
}

TEST(a_ref_outlives_its_scope)
{
    struct js_scope scope;
    js_scope_open(h->js, &scope);
    js_value object = js_object(h->js);
    js_set(h->js, object, "x", js_integer(h->js, 5));
    struct js_ref *ref = js_ref_new(h->js, object);
    js_scope_close(&scope);
    js_collect(h->js);
    js_scope_open(h->js, &scope);
    object = js_ref_get(h->js, ref);
    CHECK_EQ(js_to_integer(js_get(h->js, object, "x")), 5);
    js_ref_free(ref);
    js_scope_close(&scope);
}

TEST(what_nobody_holds_is_collected)
{
    size_t before, after, committed;
    js_collect(h->js);
    js_heap(h->js, &before, &committed);
    CHECK_TRUE(committed >= before && before > 0);
    for (int i = 0; i < 100000; i++) {
        struct js_scope scope;
        js_scope_open(h->js, &scope);
        js_ref_free(js_ref_new(h->js, js_array(h->js, NULL, 0)));
        js_scope_close(&scope);
    }
    js_collect(h->js);
    js_heap(h->js, &after, &committed);
    CHECK_TRUE(after < before + 200000);
}

TEST(engine_stops)
{
    harness_close(h);
    js_stop();
}
