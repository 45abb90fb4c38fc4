// SPDX-License-Identifier: MIT
#include "isolates/js.h"

#include "isolates/engine.hh"

#include <cstring>
#include <utility>

using engine::unwrap;
using engine::wrap;

namespace {

/* Objects only: V8 takes our word for what a Local<Object> is. */
bool object_of(struct js *js, js_value value, v8::Local<v8::Object> *object)
{
    if (!unwrap(value)->IsObject()) [[unlikely]] {
        js_throw_error(js, JS_TYPE_ERROR, "not an object");
        return false;
    }
    *object = unwrap<v8::Object>(value);
    return true;
}

/* The same of a name. */
bool name_of(struct js *js, js_value value, v8::Local<v8::Name> *name)
{
    if (!unwrap(value)->IsName()) [[unlikely]] {
        js_throw_error(js, JS_TYPE_ERROR, "not a name");
        return false;
    }
    *name = unwrap<v8::Name>(value);
    return true;
}

} // namespace

js_value js_object(struct js *js)
{
    return wrap(v8::Object::New(js->isolate));
}

js_value js_array(struct js *js, const js_value *values, size_t count)
{
    return wrap(
        v8::Array::New(js->isolate, engine::unwrap_all(values), count));
}

uint32_t js_array_length(js_value array)
{
    return unwrap<v8::Array>(array)->Length();
}

js_value js_get(struct js *js, js_value object, const char *name)
{
    v8::Local<v8::Object> target;
    v8::Local<v8::Value> value;
    if (!object_of(js, object, &target))
        return {};
    engine::guard guard(js);
    auto key = engine::name(js->isolate, name);
    if (!target->Get(js->context, key).ToLocal(&value))
        return {};
    return wrap(value);
}

js_value js_get_key(struct js *js, js_value object, js_value key)
{
    v8::Local<v8::Object> target;
    v8::Local<v8::Value> value;
    if (!object_of(js, object, &target))
        return {};
    engine::guard guard(js);
    if (!target->Get(js->context, unwrap(key)).ToLocal(&value))
        return {};
    return wrap(value);
}

js_value js_get_index(struct js *js, js_value object, uint32_t index)
{
    v8::Local<v8::Object> target;
    v8::Local<v8::Value> value;
    if (!object_of(js, object, &target))
        return {};
    engine::guard guard(js);
    if (!target->Get(js->context, index).ToLocal(&value))
        return {};
    return wrap(value);
}

bool js_set(struct js *js, js_value object, const char *name, js_value value)
{
    return js_set_key(js, object, js_symbol_string(js, name), value);
}

bool js_set_key(struct js *js, js_value object, js_value key, js_value value)
{
    v8::Local<v8::Object> target;
    if (!object_of(js, object, &target))
        return false;
    engine::guard guard(js);
    return target->Set(js->context, unwrap(key), unwrap(value)).IsJust();
}

bool js_set_index(struct js *js, js_value object, uint32_t index,
                  js_value value)
{
    v8::Local<v8::Object> target;
    if (!object_of(js, object, &target))
        return false;
    engine::guard guard(js);
    return target->Set(js->context, index, unwrap(value)).IsJust();
}

int js_has_key(struct js *js, js_value object, js_value key)
{
    v8::Local<v8::Object> target;
    bool has;
    if (!object_of(js, object, &target))
        return -1;
    engine::guard guard(js);
    return target->Has(js->context, unwrap(key)).To(&has) ? has : -1;
}

int js_delete_key(struct js *js, js_value object, js_value key)
{
    v8::Local<v8::Object> target;
    bool gone;
    if (!object_of(js, object, &target))
        return -1;
    engine::guard guard(js);
    return target->Delete(js->context, unwrap(key)).To(&gone) ? gone : -1;
}

js_value js_keys(struct js *js, js_value object)
{
    v8::Local<v8::Object> target;
    v8::Local<v8::Array> keys;
    if (!object_of(js, object, &target))
        return {};
    engine::guard guard(js);
    if (!target->GetPropertyNames(js->context).ToLocal(&keys))
        return {};
    return wrap(keys);
}

bool js_define(struct js *js, js_value object, js_value key, js_value value,
               unsigned attributes)
{
    v8::Local<v8::Object> target;
    v8::Local<v8::Name> name;
    if (!object_of(js, object, &target) || !name_of(js, key, &name))
        return false;
    engine::guard guard(js);
    return target
        ->DefineOwnProperty(js->context, name, unwrap(value),
                            static_cast<v8::PropertyAttribute>(attributes))
        .FromMaybe(false);
}

bool js_set_accessor(struct js *js, js_value object, js_value key,
                     js_value getter, js_value setter)
{
    v8::Local<v8::Object> target;
    v8::Local<v8::Name> name;
    if (!object_of(js, object, &target) || !name_of(js, key, &name))
        return false;
    target->SetAccessorProperty(name, unwrap<v8::Function>(getter),
                                unwrap<v8::Function>(setter));
    return true;
}

js_value js_prototype(struct js *js, js_value object)
{
    v8::Local<v8::Object> target;
    if (!object_of(js, object, &target))
        return {};
    return wrap(target->GetPrototypeV2());
}

bool js_set_prototype(struct js *js, js_value object, js_value prototype)
{
    v8::Local<v8::Object> target;
    if (!object_of(js, object, &target))
        return false;
    engine::guard guard(js);
    return target->SetPrototypeV2(js->context, unwrap(prototype))
        .FromMaybe(false);
}

/* ---- Bytes -------------------------------------------------------------- */

bool js_bytes(js_value value, char **data, size_t *length)
{
    static char nothing[1];
    auto local = unwrap(value);
    void *bytes;
    if (local->IsArrayBufferView()) {
        /* A small view keeps its bytes on the heap, where they move: Buffer()
         * settles them. */
        auto view = local.As<v8::ArrayBufferView>();
        auto start = static_cast<char *>(view->Buffer()->Data());
        *length = view->ByteLength();
        bytes = *length ? start + view->ByteOffset() : nullptr;
    } else if (local->IsArrayBuffer()) {
        bytes = local.As<v8::ArrayBuffer>()->Data();
        *length = local.As<v8::ArrayBuffer>()->ByteLength();
    } else if (local->IsSharedArrayBuffer()) {
        bytes = local.As<v8::SharedArrayBuffer>()->Data();
        *length = local.As<v8::SharedArrayBuffer>()->ByteLength();
    } else {
        return false;
    }
    *data = bytes ? static_cast<char *>(bytes) : nothing;
    return true;
}

js_value js_uint8_array(struct js *js, const char *data, size_t length)
{
    v8::Local<v8::ArrayBuffer> buffer;
    auto mode = v8::BackingStoreInitializationMode::kUninitialized;
    if (length > v8::Uint8Array::kMaxLength ||
        !v8::ArrayBuffer::MaybeNew(js->isolate, length, mode)
             .ToLocal(&buffer))
        return js_throw_error(js, JS_RANGE_ERROR,
                              "Array buffer allocation failed");
    if (length > 0)
        memcpy(buffer->Data(), data, length);
    return wrap(v8::Uint8Array::New(buffer, 0, length));
}

js_value js_int32_window(struct js *js, int32_t *memory, size_t count)
{
    auto store = v8::ArrayBuffer::NewBackingStore(
        memory, count * sizeof *memory, v8::BackingStore::EmptyDeleter,
        nullptr);
    auto buffer = v8::ArrayBuffer::New(js->isolate, std::move(store));
    /* Nobody may take the memory away from under C. */
    buffer->SetDetachKey(v8::Symbol::New(js->isolate));
    return wrap(v8::Int32Array::New(buffer, 0, count));
}

js_value js_shared_window(struct js *js, void *memory, size_t length)
{
    auto store = v8::SharedArrayBuffer::NewBackingStore(
        memory, length, v8::BackingStore::EmptyDeleter, nullptr);
    return wrap(v8::SharedArrayBuffer::New(js->isolate, std::move(store)));
}
