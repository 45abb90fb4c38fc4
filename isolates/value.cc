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

struct js_ref {
    v8::Global<v8::Value> value;
};

namespace {

using internals = v8::internal::Internals;

/* What js.h says of small integers. */
static_assert(v8::internal::SmiValuesAre32Bits());
static_assert(v8::internal::kSmiTag == 0 && v8::internal::kSmiTagSize == 1);
static_assert(internals::IntegralToSmi(-7) ==
              static_cast<uintptr_t>(-7) << 32);

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
    std::launder(reinterpret_cast<v8::HandleScope *>(scope))->~HandleScope();
}

struct js_ref *js_ref_new(struct js *js, js_value value)
{
    auto ref = new js_ref;
    ref->value.Reset(js->isolate, unwrap(value));
    return ref;
}

js_value js_ref_get(struct js *js, const struct js_ref *ref)
{
    return wrap(ref->value.Get(js->isolate));
}

void js_ref_free(struct js_ref *ref)
{
    delete ref;
}

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

bool js_to_boolean(struct js *js, js_value value)
{
    return unwrap(value)->BooleanValue(js->isolate);
}

int32_t js_to_integer_slowly(js_value value)
{
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
