// SPDX-License-Identifier: MIT
#include "isolates/js.h"

#include "isolates/engine.hh"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <new>

using engine::unwrap;
using engine::wrap;

static_assert(sizeof(js_scope) >= sizeof(v8::HandleScope));
static_assert(alignof(js_scope) >= alignof(v8::HandleScope));

/* In a list of its isolate's, which empties what C has not freed when it
 * closes: C may do so later. */
struct js_ref {
    v8::Global<v8::Value> value;
    struct js_ref *next;
    struct js_ref **place;
};

namespace {

using internals = v8::internal::Internals;

/* What js.h says of small integers. */
static_assert(v8::internal::SmiValuesAre32Bits());
static_assert(v8::internal::kSmiTag == 0 && v8::internal::kSmiTagSize == 1);
static_assert(internals::IntegralToSmi(-7) ==
              static_cast<uintptr_t>(-7) << 32);

/* Close the scope and hand `value` out of it: V8's own way is for who knew
 * beforehand that something would leave. */
struct opened_scope : v8::HandleScope {
    static js_value escape(v8::HandleScope *scope, js_value value)
    {
        auto isolate =
            reinterpret_cast<v8::internal::Isolate *>(scope->GetIsolate());
        auto object = *reinterpret_cast<v8::internal::Address *>(value.slot);
        scope->~HandleScope();
        return { reinterpret_cast<uintptr_t>(CreateHandle(isolate, object)) };
    }
};

v8::HandleScope *scope_of(struct js_scope *scope)
{
    return std::launder(reinterpret_cast<v8::HandleScope *>(scope));
}

js_value made(struct js *js, v8::MaybeLocal<v8::String> string)
{
    v8::Local<v8::String> local;
    if (!string.ToLocal(&local)) [[unlikely]]
        return js_throw_error(js, JS_RANGE_ERROR, "Invalid string length");
    return wrap(local);
}

} // namespace

namespace engine {

std::string utf8(v8::Isolate *isolate, v8::Local<v8::String> string)
{
    std::string text(string->Utf8LengthV2(isolate), '\0');
    string->WriteUtf8V2(isolate, text.data(), text.size(),
                        v8::String::WriteFlags::kReplaceInvalidUtf8);
    return text;
}

v8::Local<v8::String> name(v8::Isolate *isolate, const char *text)
{
    return v8::String::NewFromUtf8(isolate, text,
                                   v8::NewStringType::kInternalized)
        .ToLocalChecked();
}

} // namespace engine

/* ---- Scopes and references ---------------------------------------------- */

void js_scope_open(struct js *js, struct js_scope *scope)
{
    ::new (scope) v8::HandleScope(js->isolate);
}

void js_scope_close(struct js_scope *scope)
{
    scope_of(scope)->~HandleScope();
}

js_value js_scope_return(struct js_scope *scope, js_value value)
{
    if (!js_is_none(value))
        return opened_scope::escape(scope_of(scope), value);
    js_scope_close(scope);
    return {};
}

struct js_ref *js_ref_new(struct js *js, js_value value)
{
    auto ref = new js_ref;
    ref->value.Reset(js->isolate, unwrap(value));
    ref->next = js->refs;
    ref->place = &js->refs;
    if (ref->next)
        ref->next->place = &ref->next;
    js->refs = ref;
    return ref;
}

js_value js_ref_get(struct js *js, const struct js_ref *ref)
{
    return wrap(ref->value.Get(js->isolate));
}

js_value js_ref_value(const struct js_ref *ref)
{
    /* A Global is the address of a slot, too. */
    static_assert(sizeof ref->value == sizeof(js_value));
    js_value value;
    memcpy(&value, &ref->value, sizeof value);
    return value;
}

void js_ref_weak(struct js_ref *ref, bool weak)
{
    if (weak)
        ref->value.SetWeak();
    else
        ref->value.ClearWeak();
}

static void unlink(struct js_ref *ref)
{
    if (ref->place)
        *ref->place = ref->next;
    if (ref->next)
        ref->next->place = ref->place;
    ref->next = nullptr;
    ref->place = nullptr;
}

void js_ref_free(struct js_ref *ref)
{
    if (ref)
        unlink(ref);
    delete ref;
}

namespace engine {

void refs_close(struct js *js)
{
    while (struct js_ref *ref = js->refs) {
        unlink(ref);
        ref->value.Reset();
    }
}

} // namespace engine

/* ---- Plain values ------------------------------------------------------- */

js_value js_undefined(struct js *js)
{
    return wrap(v8::Undefined(js->isolate));
}

js_value js_null(struct js *js)
{
    return wrap(v8::Null(js->isolate));
}

js_value js_boolean(struct js *js, bool value)
{
    return wrap(v8::Boolean::New(js->isolate, value));
}

js_value js_integer(struct js *js, int32_t value)
{
    return wrap(v8::Integer::New(js->isolate, value));
}

js_value js_number(struct js *js, double value)
{
    return wrap(v8::Number::New(js->isolate, value));
}

bool js_is_undefined(js_value value)
{
    return unwrap(value)->IsUndefined();
}

bool js_is_null(js_value value)
{
    return unwrap(value)->IsNull();
}

bool js_is_boolean(js_value value)
{
    return unwrap(value)->IsBoolean();
}

bool js_is_integer(js_value value)
{
    return js_is_small(value) || unwrap(value)->IsInt32();
}

bool js_is_number(js_value value)
{
    return js_is_small(value) || unwrap(value)->IsNumber();
}

bool js_is_string(js_value value)
{
    return unwrap(value)->IsString();
}

bool js_is_function(js_value value)
{
    return unwrap(value)->IsFunction();
}

bool js_is_object(js_value value)
{
    return unwrap(value)->IsObject();
}

bool js_is_array(js_value value)
{
    return unwrap(value)->IsArray();
}

bool js_is_same(js_value left, js_value right)
{
    return unwrap(left)->StrictEquals(unwrap(right));
}

bool js_convert_number(struct js *js, js_value value, double *number)
{
    engine::guard guard(js);
    return unwrap(value)->NumberValue(js->context).To(number);
}

js_value js_convert_string(struct js *js, js_value value)
{
    engine::guard guard(js);
    v8::Local<v8::String> string;
    if (!unwrap(value)->ToString(js->context).ToLocal(&string))
        return {};
    return wrap(string);
}

js_value js_convert_object(struct js *js, js_value value)
{
    engine::guard guard(js);
    v8::Local<v8::Object> object;
    if (!unwrap(value)->ToObject(js->context).ToLocal(&object))
        return {};
    return wrap(object);
}

bool js_to_boolean(struct js *js, js_value value)
{
    return unwrap(value)->BooleanValue(js->isolate);
}

int32_t (js_to_integer)(js_value value)
{
    if (js_is_small(value))
        return js_to_integer_inline(value);
    auto local = unwrap(value);
    return local->IsInt32() ? local.As<v8::Int32>()->Value() : 0;
}

double js_to_number(js_value value)
{
    if (js_is_small(value))
        return js_to_integer(value);
    auto local = unwrap(value);
    return local->IsNumber() ? local.As<v8::Number>()->Value() : NAN;
}

/* ---- Strings ------------------------------------------------------------ */

js_value js_string(struct js *js, const char *utf8, size_t length)
{
    if (length > v8::String::kMaxLength) [[unlikely]]
        return made(js, {});
    return made(js, v8::String::NewFromUtf8(js->isolate, utf8,
                                            v8::NewStringType::kNormal,
                                            static_cast<int>(length)));
}

js_value js_string_latin1(struct js *js, const char *bytes, size_t length)
{
    if (length > v8::String::kMaxLength) [[unlikely]]
        return made(js, {});
    return made(js, v8::String::NewFromOneByte(
                        js->isolate, reinterpret_cast<const uint8_t *>(bytes),
                        v8::NewStringType::kNormal, static_cast<int>(length)));
}

js_value js_symbol_string(struct js *js, const char *ascii)
{
    return wrap(engine::name(js->isolate, ascii));
}

size_t js_string_length(js_value string)
{
    return static_cast<size_t>(unwrap<v8::String>(string)->Length());
}

bool js_string_is_one_byte(js_value string)
{
    auto local = unwrap<v8::String>(string);
    return local->IsOneByte() || local->ContainsOnlyOneByte();
}

size_t js_string_utf8_length(struct js *js, js_value string)
{
    return unwrap<v8::String>(string)->Utf8LengthV2(js->isolate);
}

void js_string_write_latin1(struct js *js, js_value string, size_t start,
                            size_t length, char *out)
{
    unwrap<v8::String>(string)->WriteOneByteV2(
        js->isolate, static_cast<uint32_t>(start),
        static_cast<uint32_t>(length), reinterpret_cast<uint8_t *>(out));
}

size_t js_string_write_utf8(struct js *js, js_value string, char *out,
                            size_t capacity)
{
    return unwrap<v8::String>(string)->WriteUtf8V2(
        js->isolate, out, capacity,
        v8::String::WriteFlags::kReplaceInvalidUtf8);
}

char *js_copy_utf8(struct js *js, js_value value, size_t *length)
{
    v8::HandleScope scope(js->isolate);
    v8::Local<v8::String> string;
    if (js_is_string(value)) {
        string = unwrap<v8::String>(value);
    } else {
        engine::guard guard(js);
        if (!unwrap(value)->ToString(js->context).ToLocal(&string))
            return nullptr;
    }
    size_t size = string->Utf8LengthV2(js->isolate);
    auto copy = static_cast<char *>(malloc(size + 1));
    if (!copy)
        engine::fatal("out of memory", "js_copy_utf8");
    js_string_write_utf8(js, wrap(string), copy, size);
    copy[size] = '\0';
    if (length)
        *length = size;
    return copy;
}
