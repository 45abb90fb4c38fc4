// SPDX-License-Identifier: MIT
#include "isolates/js.h"

#include "isolates/engine.hh"

#include <algorithm>
#include <cstdlib>
#include <cstring>

using engine::unwrap;
using engine::wrap;

using stores = std::vector<std::shared_ptr<v8::BackingStore>>;

struct js_clone {
    std::atomic<unsigned> references{ 1 };
    uint8_t *bytes = nullptr; /* malloc()ed, by V8's serializer */
    size_t length = 0;
    stores moved;
    stores shared;

    ~js_clone()
    {
        free(bytes);
    }
};

namespace {

class writer : public v8::ValueSerializer::Delegate {
  public:
    writer(struct js *js, js_clone *clone) : js_(js), clone_(clone)
    {
    }

    void ThrowDataCloneError(v8::Local<v8::String> message) override
    {
        auto error = v8::Exception::TypeError(message).As<v8::Object>();
        error
            ->CreateDataProperty(js_->context,
                                 engine::name(js_->isolate, "name"),
                                 engine::name(js_->isolate, "DataCloneError"))
            .Check();
        js_->isolate->ThrowException(error);
    }

    bool HasCustomHostObject(v8::Isolate *) override
    {
        return !js_->forbidden.IsEmpty();
    }

    v8::Maybe<bool> IsHostObject(v8::Isolate *isolate,
                                 v8::Local<v8::Object> object) override
    {
        auto forbidden = js_->forbidden.Get(isolate);
        auto prototype = object->GetPrototypeV2();
        while (prototype->IsObject()) {
            if (prototype == forbidden)
                return v8::Just(true);
            prototype = prototype.As<v8::Object>()->GetPrototypeV2();
        }
        return v8::Just(false);
    }

    v8::Maybe<bool> WriteHostObject(v8::Isolate *isolate,
                                    v8::Local<v8::Object>) override
    {
        ThrowDataCloneError(engine::name(isolate, "cannot be cloned"));
        return v8::Nothing<bool>();
    }

    v8::Maybe<uint32_t>
    GetSharedArrayBufferId(v8::Isolate *,
                           v8::Local<v8::SharedArrayBuffer> buffer) override
    {
        auto store = buffer->GetBackingStore();
        auto &list = clone_->shared;
        auto at = std::ranges::find(list, store);
        auto id = static_cast<uint32_t>(at - list.begin());
        if (at == list.end())
            list.push_back(store);
        return v8::Just(id);
    }

    v8::Maybe<uint32_t>
    GetWasmModuleTransferId(v8::Isolate *isolate,
                            v8::Local<v8::WasmModuleObject>) override
    {
        ThrowDataCloneError(engine::name(isolate, "cannot be cloned"));
        return v8::Nothing<uint32_t>();
    }

  private:
    struct js *js_;
    js_clone *clone_;
};

class reader : public v8::ValueDeserializer::Delegate {
  public:
    explicit reader(const js_clone *clone) : clone_(clone)
    {
    }

    v8::MaybeLocal<v8::SharedArrayBuffer>
    GetSharedArrayBufferFromId(v8::Isolate *isolate, uint32_t id) override
    {
        return v8::SharedArrayBuffer::New(isolate, clone_->shared.at(id));
    }

  private:
    const js_clone *clone_;
};

struct moving {
    v8::Local<v8::ArrayBuffer> buffer;
    size_t length; /* before the value was written */
};

using buffers = std::vector<moving>;

bool stands_in(const buffers &list, v8::Local<v8::ArrayBuffer> buffer)
{
    return std::ranges::any_of(
        list, [&](const moving &m) { return m.buffer == buffer; });
}

/* Everything that could go wrong with moving, before anything is moved. */
bool list_moved(struct js *js, js_value value, buffers *out)
{
    if (js_is_none(value) || js_is_undefined(value))
        return true;
    if (!js_is_array(value)) {
        js_throw_error(js, JS_TYPE_ERROR,
                       "what is to be moved must be an array of ArrayBuffers");
        return false;
    }
    for (uint32_t i = 0; i < js_array_length(value); i++) {
        js_value item = js_get_index(js, value, i);
        if (js_is_none(item))
            return false;
        auto buffer = unwrap<v8::ArrayBuffer>(item);
        const char *why =
            !buffer->IsArrayBuffer()      ? "is no ArrayBuffer"
            : buffer->WasDetached()       ? "was moved already"
            : !buffer->IsDetachable()     ? "cannot be moved"
            : stands_in(*out, buffer)     ? "stands there twice"
                                          : nullptr;
        if (why) {
            js_throw_error(js, JS_TYPE_ERROR, "what is to be moved: [%u] %s", i,
                           why);
            return false;
        }
        out->push_back({ buffer, buffer->ByteLength() });
    }
    return true;
}

bool write(struct js *js, js_value value, const buffers &moved,
           js_clone *clone)
{
    writer delegate(js, clone);
    v8::ValueSerializer serializer(js->isolate, &delegate);
    serializer.WriteHeader();
    for (size_t i = 0; i < moved.size(); i++)
        serializer.TransferArrayBuffer(static_cast<uint32_t>(i),
                                       moved[i].buffer);
    if (serializer.WriteValue(js->context, unwrap(value)).IsNothing())
        return false;
    auto [bytes, length] = serializer.Release();
    clone->bytes = bytes;
    clone->length = length;
    return true;
}

/* A getter that ran meanwhile may have detached one, or made it smaller than a
 * view of it that was written. */
bool is_unchanged(struct js *js, const buffers &moved)
{
    for (auto &m : moved) {
        if (m.buffer->ByteLength() == m.length && !m.buffer->WasDetached())
            continue;
        js_throw_error(js, JS_TYPE_ERROR,
                       "what is to be moved was changed by a getter");
        return false;
    }
    return true;
}

bool move(const buffers &moved, js_clone *clone)
{
    for (auto &m : moved) {
        clone->moved.push_back(m.buffer->GetBackingStore());
        if (m.buffer->Detach(v8::Local<v8::Value>()).IsNothing())
            return false;
    }
    return true;
}

js_value read(struct js *js, v8::ValueDeserializer &deserializer)
{
    v8::Local<v8::Value> value;
    if (deserializer.ReadHeader(js->context).IsNothing() ||
        !deserializer.ReadValue(js->context).ToLocal(&value))
        return {};
    return wrap(value);
}

} // namespace

struct js_clone *js_clone_new(struct js *js, js_value value, js_value moved)
{
    engine::guard guard(js);
    v8::HandleScope scope(js->isolate);
    buffers list;
    if (!list_moved(js, moved, &list))
        return nullptr;
    auto clone = new js_clone;
    if (write(js, value, list, clone) && is_unchanged(js, list) &&
        move(list, clone))
        return clone;
    delete clone;
    return nullptr;
}

struct js_clone *js_clone_ref(struct js_clone *clone)
{
    /* Relaxed: the caller has a reference, so it cannot go meanwhile. */
    clone->references.fetch_add(1, std::memory_order_relaxed);
    return clone;
}

void js_clone_unref(struct js_clone *clone)
{
    /* Release: what each holder read, before the last one frees it; acquire:
     * the last one, after all of them. */
    if (clone->references.fetch_sub(1, std::memory_order_acq_rel) == 1)
        delete clone;
}

js_value js_clone_read(struct js *js, const struct js_clone *clone)
{
    engine::guard guard(js);
    reader delegate(clone);
    v8::ValueDeserializer deserializer(js->isolate, clone->bytes,
                                       clone->length, &delegate);
    for (size_t i = 0; i < clone->moved.size(); i++)
        deserializer.TransferArrayBuffer(
            static_cast<uint32_t>(i),
            v8::ArrayBuffer::New(js->isolate, clone->moved[i]));
    return read(js, deserializer);
}

bool js_clone_bytes(const struct js_clone *clone, const char **bytes,
                    size_t *length)
{
    *bytes = reinterpret_cast<const char *>(clone->bytes);
    *length = clone->length;
    return clone->moved.empty() && clone->shared.empty();
}

js_value js_clone_read_bytes(struct js *js, const char *bytes, size_t length)
{
    engine::guard guard(js);
    v8::ValueDeserializer deserializer(
        js->isolate, reinterpret_cast<const uint8_t *>(bytes), length);
    return read(js, deserializer);
}

/* V8 writes an Error as 'r' and a tag for its prototype or its first part. */
bool js_clone_may_hold_error(const struct js_clone *clone)
{
    auto at = clone->bytes;
    auto end = clone->bytes + clone->length;
    while ((at = std::find(at, end, 'r')) != end) {
        if (++at < end && *at && strchr("ERFSTUmcs.", *at))
            return true;
    }
    return false;
}

void js_clone_forbid(struct js *js, js_value prototype)
{
    js->forbidden.Reset(js->isolate, unwrap<v8::Object>(prototype));
}
