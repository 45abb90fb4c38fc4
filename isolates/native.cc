// SPDX-License-Identifier: MIT
#include "isolates/js.h"

#include "isolates/engine.hh"

#include <cstring>
#include <memory>
#include <utility>

using engine::unwrap;
using engine::wrap;

using call_info = v8::FunctionCallbackInfo<v8::Value>;

/* What C gave to an object of JavaScript: a native to the one that js_wrap()
 * tied it to, a function's data to the External by which V8 keeps it.  When the
 * collector finds that holder dead, or the isolate closes, C gets it back. */
struct box {
    struct js *js;
    v8::Global<v8::Value> holder;
    const struct js_class *cls; /* of a wrapped native */
    js_native *call;            /* of a function */
    void *data;
    void (*release)(void *data);
    struct box *next;
    struct box **place; /* in js->boxes or js->dead */
};

struct js_pin {
    std::shared_ptr<v8::BackingStore> store;
};

namespace {

void link(struct box *box, struct box **list)
{
    box->next = *list;
    box->place = list;
    if (box->next)
        box->next->place = &box->next;
    *list = box;
}

void unlink(struct box *box)
{
    *box->place = box->next;
    if (box->next)
        box->next->place = box->place;
}

void drop_all(struct box **list)
{
    while (struct box *box = *list) {
        unlink(box);
        if (box->release)
            box->release(box->data);
        delete box;
    }
}

/* The collector runs wherever something is made, so C's part of the end waits
 * for a turn: it would be called from within any js_ call. */
class reaper final : public v8::Task {
  public:
    explicit reaper(struct js *js) : js_(js)
    {
    }
    void Run() override
    {
        drop_all(&js_->dead);
    }

  private:
    struct js *js_;
};

/* Within a collection: nothing of V8 but this may be called. */
void on_dead(const v8::WeakCallbackInfo<struct box> &info)
{
    auto box = info.GetParameter();
    auto js = box->js;
    box->holder.Reset();
    unlink(box);
    if (!js->dead)
        engine::runner_post(*js->runner, std::make_unique<reaper>(js));
    link(box, &js->dead);
}

struct box *box_new(struct js *js, void *data, void (*release)(void *data))
{
    auto made = new box{};
    made->js = js;
    made->data = data;
    made->release = release;
    return made;
}

void box_hold(struct box *box, v8::Local<v8::Value> holder)
{
    auto js = box->js;
    box->holder.Reset(js->isolate, holder);
    box->holder.SetWeak(box, on_dead, v8::WeakCallbackType::kParameter);
    link(box, &js->boxes);
}

struct box *box_of(v8::Local<v8::Value> external)
{
    return static_cast<struct box *>(external.As<v8::External>()->Value());
}

/* ---- Functions ---------------------------------------------------------- */

void on_call(const call_info &info)
{
    auto args = reinterpret_cast<const struct js_args *>(&info);
    js_value result =
        box_of(info.Data())->call(engine::of(info.GetIsolate()), args);
    if (!js_is_none(result)) [[likely]]
        info.GetReturnValue().Set(unwrap(result));
}

js_value function_new(struct js *js, const char *name, js_native *call,
                      struct box *box, v8::ConstructorBehavior behavior)
{
    auto external = v8::External::New(js->isolate, box);
    box->call = call;
    box_hold(box, external);
    auto function = v8::Function::New(js->context, on_call, external, 0,
                                      behavior)
                        .ToLocalChecked();
    function->SetName(engine::name(js->isolate, name));
    return wrap(function);
}

} // namespace

js_value js_closure(struct js *js, const char *name, js_native *call,
                    void *data, void (*release)(void *data))
{
    return function_new(js, name, call, box_new(js, data, release),
                        v8::ConstructorBehavior::kThrow);
}

js_value js_constructor(struct js *js, const char *name, js_native *call,
                        void *data, void (*release)(void *data))
{
    return function_new(js, name, call, box_new(js, data, release),
                        v8::ConstructorBehavior::kAllow);
}

void *js_data(const struct js_args *args)
{
    return box_of(reinterpret_cast<const call_info *>(args)->Data())->data;
}

bool js_install(struct js *js, js_value object,
                const struct js_function *table, void *data)
{
    for (; table->name; table++)
        if (!js_set(js, object, table->name,
                    js_closure(js, table->name, table->call, data, nullptr)))
            return false;
    return true;
}

/* ---- Native objects ----------------------------------------------------- */

/* Tied by a symbol that script can neither see nor copy.  Not with an object of
 * V8's own making (internal fields): the objects that constructors of script
 * derive from ours have to hold natives too. */
bool js_wrap(struct js *js, js_value object, const struct js_class *cls,
             void *native)
{
    v8::HandleScope scope(js->isolate);
    if (!js_is_object(object)) {
        js_throw_error(js, JS_TYPE_ERROR, "not an object");
        return false;
    }
    auto holder = unwrap<v8::Object>(object);
    if (holder->HasPrivate(js->context, js->brand).FromMaybe(true)) {
        js_throw_error(js, JS_TYPE_ERROR, "the object is a native one already");
        return false;
    }
    auto box = box_new(js, native, cls->free);
    box->cls = cls;
    box_hold(box, holder);
    holder
        ->SetPrivate(js->context, js->brand,
                     v8::External::New(js->isolate, box))
        .Check();
    return true;
}

void *js_unwrap(struct js *js, js_value object, const struct js_class *cls)
{
    v8::HandleScope scope(js->isolate);
    v8::Local<v8::Value> external;
    if (js_is_object(object) &&
        unwrap<v8::Object>(object)
            ->GetPrivate(js->context, js->brand)
            .ToLocal(&external) &&
        external->IsExternal() && box_of(external)->cls == cls)
        return box_of(external)->data;
    js_throw_error(js, JS_TYPE_ERROR, "not a %s", cls->name);
    return nullptr;
}

void js_leave_natives(struct js *js)
{
    js->boxes = nullptr;
    js->dead = nullptr;
}

namespace engine {

void natives_open(struct js *js)
{
    js->brand = v8::Private::New(js->isolate);
}

void natives_close(struct js *js)
{
    drop_all(&js->dead);
    drop_all(&js->boxes);
}

} // namespace engine

/* ---- Bytes that C and script share --------------------------------------- */

struct js_pin *js_pin_new(struct js *js, js_value value, char **data,
                          size_t *length)
{
    v8::HandleScope scope(js->isolate);
    auto local = unwrap(value);
    auto buffer = local;
    if (local->IsArrayBufferView())
        buffer = local.As<v8::ArrayBufferView>()->Buffer();
    std::shared_ptr<v8::BackingStore> store;
    if (buffer->IsArrayBuffer())
        store = buffer.As<v8::ArrayBuffer>()->GetBackingStore();
    else if (buffer->IsSharedArrayBuffer())
        store = buffer.As<v8::SharedArrayBuffer>()->GetBackingStore();
    /* What shrinks takes its pages away. */
    if (!store || store->IsResizableByUserJavaScript() ||
        !js_bytes(value, data, length)) {
        js_throw_error(js, JS_TYPE_ERROR,
                       "not a typed array or an ArrayBuffer of fixed length");
        return nullptr;
    }
    return new js_pin{ std::move(store) };
}

void js_pin_free(struct js_pin *pin)
{
    delete pin;
}

/* What V8 calls back has V8's arguments in V8's order. */
js_value js_array_buffer(struct js *js, void *data, size_t length,
                         void (*release)(void *data, size_t length, void *arg),
                         void *arg)
{
    auto store =
        v8::ArrayBuffer::NewBackingStore(data, length, release, arg);
    return wrap(v8::ArrayBuffer::New(js->isolate, std::move(store)));
}
