// SPDX-License-Identifier: MIT
#include "tests/isolates/harness.h"

#include <math.h>

/* What extensions are offered beyond what the program itself needs: closures,
 * native objects, conversions, pinned bytes. */

static int released; /* how often */
static int freed;    /* what */

static void on_release(void *data)
{
    released++;
    *(int *)data += 1;
}

static void on_free(void *native)
{
    freed += *(int *)native;
    free(native);
}

static const struct js_class number_class = { "Number of C", on_free };
static const struct js_class other_class = { "Other", on_free };
static const struct js_class static_class = { "Static", NULL };

static int *number_new(int value)
{
    int *number = malloc(sizeof *number);
    CHECK_TRUE(number != NULL);
    *number = value;
    return number;
}

static js_value add_data(struct js *js, const struct js_args *args)
{
    const int *data = js_data(args);
    return js_integer(js, *data + js_to_integer(js_arg(args, 0)));
}

static int thousand = 1000;

/* closure() */
static js_value make_closure(struct js *js, const struct js_args *args)
{
    (void)args;
    return js_closure(js, "plus", add_data, &thousand, on_release);
}

static js_value construct(struct js *js, const struct js_args *args)
{
    if (!js_is_new(args))
        return js_throw_error(js, JS_TYPE_ERROR, "use new");
    int *number = number_new(js_to_integer(js_arg(args, 0)));
    if (!js_wrap(js, js_this(args), &number_class, number))
        free(number);
    return JS_NONE;
}

/* constructor() */
static js_value make_constructor(struct js *js, const struct js_args *args)
{
    (void)args;
    return js_constructor(js, "Number", construct, NULL, NULL);
}

/* wrap(object, value) */
static js_value wrap(struct js *js, const struct js_args *args)
{
    int *number = number_new(js_to_integer(js_arg(args, 1)));
    if (js_wrap(js, js_arg(args, 0), &number_class, number))
        return js_arg(args, 0);
    free(number);
    return JS_NONE;
}

/* number(object), other(object): what was wrapped */
static js_value unwrap(struct js *js, const struct js_args *args)
{
    int *number = js_unwrap(js, js_arg(args, 0), &number_class);
    return number == NULL ? JS_NONE : js_integer(js, *number);
}

static js_value unwrap_other(struct js *js, const struct js_args *args)
{
    int *number = js_unwrap(js, js_arg(args, 0), &other_class);
    return number == NULL ? JS_NONE : js_integer(js, *number);
}

static js_value call_new(struct js *js, const struct js_args *args)
{
    js_value argv[] = { js_arg(args, 1) };
    return js_new(js, js_arg(args, 0), 1, argv);
}

static js_value convert(struct js *js, const struct js_args *args)
{
    double number;
    if (!js_convert_number(js, js_arg(args, 0), &number))
        return JS_NONE;
    js_value string = js_convert_string(js, js_arg(args, 0));
    if (js_is_none(string))
        return JS_NONE;
    js_value object = js_convert_object(js, js_arg(args, 0));
    if (js_is_none(object))
        return JS_NONE;
    js_value all[] = { js_number(js, number), string, object };
    return js_array(js, all, 3);
}

static js_value objects(struct js *js, const struct js_args *args)
{
    js_value object = js_arg(args, 0);
    js_value a = js_symbol_string(js, "a");
    int has = js_has_key(js, object, a);
    int deleted = has < 0 ? -1 : js_delete_key(js, object, a);
    if (deleted < 0)
        return JS_NONE;
    js_value all[] = { js_boolean(js, has), js_boolean(js, deleted),
                       js_keys(js, object), js_prototype(js, object) };
    return js_is_none(all[2]) ? JS_NONE : js_array(js, all, 4);
}

static js_value inherit(struct js *js, const struct js_args *args)
{
    return js_set_prototype(js, js_arg(args, 0), js_arg(args, 1))
               ? js_arg(args, 0)
               : JS_NONE;
}

static js_value define(struct js *js, const struct js_args *args)
{
    js_value object = js_arg(args, 0);
    js_value getter = js_closure(js, "get", add_data, &thousand, NULL);
    js_value number = js_integer(js, 1);
    CHECK_TRUE(!js_define(js, object, number, number, 0));
    js_take_exception(js);
    CHECK_TRUE(!js_set_accessor(js, object, number, getter, getter));
    js_take_exception(js);
    js_value fixed = js_symbol_string(js, "fixed");
    js_value read = js_symbol_string(js, "read");
    if (!js_define(js, object, fixed, js_integer(js, 1),
                   JS_READ_ONLY | JS_DONT_ENUM | JS_DONT_DELETE)
        || !js_set_accessor(js, object, read, getter, JS_NONE))
        return JS_NONE;
    return object;
}

/* same(left, right) */
static js_value same(struct js *js, const struct js_args *args)
{
    return js_boolean(js, js_is_same(js_arg(args, 0), js_arg(args, 1)));
}

/* scoped(): a value that leaves the scope it was made in */
static js_value scoped(struct js *js, const struct js_args *args)
{
    struct js_scope scope;
    (void)args;
    js_scope_open(js, &scope);
    js_value text = js_string(js, "out of it", 9);
    for (int i = 0; i < 2000; i++)
        js_object(js);
    text = js_scope_return(&scope, text);
    for (int i = 0; i < 2000; i++)
        js_number(js, i + 0.5);
    struct js_scope empty;
    js_scope_open(js, &empty);
    CHECK_TRUE(js_is_none(js_scope_return(&empty, JS_NONE)));
    return text;
}

static struct js_pin *pinned;
static char *pinned_data;
static size_t pinned_length;

static js_value pin(struct js *js, const struct js_args *args)
{
    pinned = js_pin_new(js, js_arg(args, 0), &pinned_data, &pinned_length);
    return pinned == NULL ? JS_NONE : js_number(js, (double)pinned_length);
}

static char outside[4] = "abc";
static int returned;

static void on_return(void *data, size_t length, void *arg)
{
    CHECK_TRUE(data == outside && length == 4 && arg == &thousand);
    returned++;
}

static js_value adopt(struct js *js, const struct js_args *args)
{
    (void)args;
    return js_array_buffer(js, outside, 4, on_return, &thousand);
}

static js_value make_error(struct js *js, const struct js_args *args)
{
    return js_make_error(js, (enum js_error)js_to_integer(js_arg(args, 0)),
                         js_arg(args, 1));
}

static js_value out_of_line(struct js *js, const struct js_args *args)
{
    js_value all[] = { js_integer(js, (js_argc)(args)), (js_arg)(args, 1),
                       (js_arg)(args, 9),
                       js_integer(js, (js_to_integer)((js_arg)(args, 0))) };
    return js_array(js, all, 4);
}

static const struct js_function table[] = {
    { "compile", compile },
    { "closure", make_closure },
    { "constructor", make_constructor },
    { "wrap", wrap },
    { "number", unwrap },
    { "other", unwrap_other },
    { "make", call_new },
    { "convert", convert },
    { "objects", objects },
    { "inherit", inherit },
    { "define", define },
    { "same", same },
    { "scoped", scoped },
    { "pin", pin },
    { "adopt", adopt },
    { "error", make_error },
    { "outOfLine", out_of_line },
    { NULL, NULL },
};

static struct harness *h;

/* What died is told in a turn. */
static void collect(void)
{
    js_collect(h->js);
    js_pump(h->js);
}

TEST(engine_starts)
{
    struct js_snapshot none = { NULL, 0 };
    harness_start(table, none);
    h = harness_open();
}

TEST(a_closure_knows_its_data)
{
    CHECK_TEXT(eval(h, "var f = native.t.closure(); return f.name + f(2)"),
               "plus1002");
    CHECK_TEXT(eval(h, "try { new (native.t.closure()) }"
                       "catch (e) { return e.name }"), "TypeError");
    CHECK_TEXT(eval(h, "kept = native.t.closure(); return kept(1)"), "1001");
}

TEST(its_data_comes_back_when_it_is_collected)
{
    collect();
    CHECK_EQ(released, 2);
    CHECK_EQ(thousand, 1002);
    CHECK_TEXT(eval(h, "return kept(1)"), "1003");
    eval(h, "for (var i = 0; i < 10000; i++) native.t.closure()");
    collect();
    CHECK_EQ(released, 10002);
}

TEST(a_constructor_makes_objects_that_inherit_from_its_prototype)
{
    eval(h, "Num = native.t.constructor();"
            "Num.prototype.get = function () { return native.t.number(this) };"
            "Derived = class extends Num { get() { return -super.get() } }");
    CHECK_TEXT(eval(h, "return new Num(7).get()"), "7");
    CHECK_TEXT(eval(h, "return new Derived(7).get()"), "-7");
    CHECK_TEXT(eval(h, "return native.t.make(Num, 8).get()"), "8");
    CHECK_TEXT(eval(h, "try { Num(1) } catch (e) { return e }"),
               "TypeError: use new");
    CHECK_TEXT(eval(h, "try { native.t.make(Math.max) } catch (e) {"
                       "return e.name }"), "TypeError");
    CHECK_TEXT(eval(h, "try { native.t.make({}) } catch (e) { return e }"),
               "TypeError: not a constructor");
}

TEST(a_native_is_freed_when_its_object_is_collected)
{
    collect();
    freed = 0;
    eval(h, "for (var i = 0; i < 1000; i++) native.t.wrap({}, 1);"
            "kept = native.t.wrap(kept, 5)");
    collect();
    CHECK_EQ(freed, 1000);
    CHECK_TEXT(eval(h, "return native.t.number(kept)"), "5");
}

TEST(nothing_is_freed_within_a_call)
{
    freed = 0;
    eval(h, "for (var i = 0; i < 1000; i++) native.t.wrap({}, 1)");
    js_collect(h->js);
    CHECK_EQ(freed, 0);
    js_pump(h->js);
    CHECK_EQ(freed, 1000);
}

TEST(the_class_is_a_brand)
{
    CHECK_TEXT(eval(h, "try { native.t.other(kept) } catch (e) { return e }"),
               "TypeError: not a Other");
    CHECK_TEXT(eval(h, "return [1, undefined, {}, Num, Object.create(kept),"
                       "new Proxy(kept, {})].map(function (v) {"
                       "try { return native.t.number(v) }"
                       "catch (e) { return e.message } }).join()"),
               "not a Number of C,not a Number of C,not a Number of C,"
               "not a Number of C,not a Number of C,not a Number of C");
    CHECK_TEXT(eval(h, "try { native.t.wrap(kept, 1) } catch (e) { return e }"),
               "TypeError: the object is a native one already");
    CHECK_TEXT(eval(h, "try { native.t.wrap(1, 1) } catch (e) { return e }"),
               "TypeError: not an object");
    CHECK_TEXT(eval(h, "return native.t.number(native.t.wrap("
                       "Object.freeze({}), 3))"), "3");
}

TEST(conversions_are_those_of_the_language)
{
    CHECK_TEXT(eval(h, "return native.t.convert('0x10').join()"),
               "16,0x10,0x10");
    CHECK_TEXT(eval(h, "try { native.t.convert(null) } catch (e) {"
                       "return e.name }"), "TypeError");
    CHECK_TEXT(eval(h, "try { native.t.convert({ valueOf() { throw 'no' } }) }"
                       "catch (e) { return e }"), "no");
    CHECK_TEXT(eval(h, "return native.t.same(NaN, NaN) + ' ' +"
                       "native.t.same('ab', 'a' + 'b') + ' ' +"
                       "native.t.same(1, '1')"), "false true false");
}

TEST(properties_can_be_asked_for_and_deleted)
{
    CHECK_TEXT(eval(h, "var r = native.t.objects({ a: 1, b: 2 });"
                       "return [r[0], r[1], r[2], r[3] === Object.prototype]"),
               "true,true,b,true");
    CHECK_TEXT(eval(h, "try { native.t.objects(1) } catch (e) { return e }"),
               "TypeError: not an object");
    CHECK_TEXT(eval(h, "try { native.t.objects(new Proxy({}, {"
                       "has() { throw 'trap' } })) } catch (e) { return e }"),
               "trap");
    CHECK_TEXT(eval(h, "return native.t.inherit({}, { a: 3 }).a"), "3");
    CHECK_TEXT(eval(h, "var o = native.t.define({}); o.fixed = 2; o.read = 1;"
                       "delete o.fixed; return o.fixed + ' ' +"
                       "(o.read > 1000) + ' ' + JSON.stringify(o).length"),
               "1 true 14");
}

TEST(a_value_can_leave_its_scope)
{
    CHECK_TEXT(eval(h, "return native.t.scoped()"), "out of it");
}

TEST(errors_can_be_made_of_every_kind)
{
    CHECK_TEXT(eval(h, "return [0, 1, 2, 3, 4].map(function (kind) {"
                       "return native.t.error(kind, 'm').name }).join()"),
               "Error,TypeError,RangeError,ReferenceError,SyntaxError");
}

TEST(what_is_inline_for_us_is_the_same_for_others)
{
    CHECK_TEXT(eval(h, "return native.t.outOfLine(-5, 'x') + ';' +"
                       "native.t.outOfLine(-2147483648)"),
               "2,x,,-5;1,,,-2147483648");
}

TEST(pinned_bytes_stay_whatever_script_does)
{
    CHECK_TEXT(eval(h, "a = new Uint8Array([1, 2, 3]).subarray(1);"
                       "return native.t.pin(a)"), "2");
    eval(h, "a.buffer.transfer(); a = null");
    collect();
    CHECK_EQ(pinned_length, 2);
    CHECK_EQ(pinned_data[0], 2);
    pinned_data[1] = 9;
    js_pin_free(pinned);
    CHECK_TEXT(eval(h, "b = new SharedArrayBuffer(3); return native.t.pin(b)"),
               "3");
    pinned_data[2] = 9;
    CHECK_TEXT(eval(h, "return new Uint8Array(b)[2]"), "9");
    js_pin_free(pinned);
    js_pin_free(NULL);
}

TEST(what_may_shrink_cannot_be_pinned)
{
    CHECK_TEXT(eval(h, "return [1, {}, new ArrayBuffer(1, { maxByteLength: 2 })"
                       ", new Uint8Array(new ArrayBuffer(1, { maxByteLength: "
                       "2 }))].map(function (v) { try { native.t.pin(v) }"
                       "catch (e) { return e.name } }).join()"),
               "TypeError,TypeError,TypeError,TypeError");
}

TEST(memory_of_c_is_returned_when_the_buffer_dies)
{
    CHECK_TEXT(eval(h, "var b = native.t.adopt(); new Uint8Array(b)[0] = 65;"
                       "return b.byteLength"), "4");
    CHECK_EQ(outside[0], 'A');
    collect();
    collect();
    CHECK_EQ(returned, 1);
}

TEST(a_weak_reference_keeps_nothing)
{
    struct js_scope scope;
    js_scope_open(h->js, &scope);
    struct js_ref *ref = js_ref_new(h->js, js_object(h->js));
    js_scope_close(&scope);
    collect();
    js_scope_open(h->js, &scope);
    CHECK_TRUE(js_is_object(js_ref_value(ref)));
    CHECK_TRUE(js_is_same(js_ref_value(ref), js_ref_get(h->js, ref)));
    js_scope_close(&scope);
    js_ref_weak(ref, true);
    js_ref_weak(ref, false);
    collect();
    js_scope_open(h->js, &scope);
    CHECK_TRUE(!js_is_none(js_ref_get(h->js, ref)));
    js_scope_close(&scope);
    js_ref_weak(ref, true);
    collect();
    js_scope_open(h->js, &scope);
    CHECK_TRUE(js_is_none(js_ref_get(h->js, ref)));
    js_scope_close(&scope);
    js_ref_free(ref);
    js_ref_free(NULL);
}

TEST(all_comes_back_when_the_isolate_closes)
{
    struct js_scope scope;
    struct js_ref *refs[3];

    js_scope_open(h->js, &scope);
    for (int i = 0; i < 3; i++)
        refs[i] = js_ref_new(h->js, js_object(h->js));
    js_value object = js_object(h->js);
    CHECK_TRUE(js_wrap(h->js, object, &static_class, &thousand));
    CHECK_TRUE(js_unwrap(h->js, object, &static_class) == &thousand);
    js_scope_close(&scope);
    js_ref_free(refs[1]);
    freed = 0;
    released = 0;
    eval(h, "native.t.wrap({}, 2); kept = [native.t.closure(), "
            "native.t.wrap({}, 3)]");
    js_collect(h->js); /* dead, and not told yet */
    harness_close(h);
    CHECK_EQ(released, 2); /* and the one that was kept above */
    CHECK_EQ(freed, 2 + 3 + 5);
    js_ref_free(refs[0]); /* after the isolate */
    js_ref_free(refs[2]);
    js_stop();
}
