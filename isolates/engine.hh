// SPDX-License-Identifier: MIT
#ifndef ISOLATES_ENGINE_HH
#define ISOLATES_ENGINE_HH

#include "isolates/js.h"

#include <array>
#include <atomic>
#include <bit>
#include <memory>
#include <string>
#include <v8.h>
#include <vector>

/* What the files of this floor share, and nobody else sees. */

static_assert(sizeof(js_value) == sizeof(v8::Local<v8::Value>));
static_assert(alignof(js_value) == alignof(v8::Local<v8::Value>));

class task_runner; /* platform.cc */
struct box;        /* native.cc */

/* What C holds of what the sources made, in a snapshot or now. */
struct roots {
    v8::Local<v8::Object> internal;
    v8::Local<v8::Function> nothing; /* function () {}, for js_unwind() */
};

/* A promise rejected without a handler, until the checkpoint ends. */
struct rejection {
    v8::Global<v8::Promise> promise;
    v8::Global<v8::Message> message; /* where, when the value does not know */
};

struct js {
    v8::Isolate *isolate;
    std::shared_ptr<task_runner> runner;

    /* The outermost handle scope, open as long as the isolate: the Locals below
     * live in it, which makes them as good as roots and free to use. */
    alignas(v8::HandleScope) std::byte scope[sizeof(v8::HandleScope)];
    v8::Local<v8::Context> context;
    struct roots roots;

    unsigned depth; /* of js_enter() and js_pump() */
    std::atomic<bool> terminated;
    std::vector<rejection> rejections;
    struct js_ref *refs; /* all that there are */
    struct box *boxes;   /* what C gave to live objects, see native.cc */
    struct box *dead;    /* and to collected ones, until a turn */
    v8::Local<v8::Private> brand; /* of objects that have a native */
    v8::Global<v8::Value> thrown; /* for js_take_exception() */
    v8::Global<v8::Object> forbidden; /* see js_clone_forbid() */
    js_host host;
};

namespace engine {

/* What js_start() was given, read by every isolate. */
struct settings {
    const js_module *modules;
    const js_source *sources;
    v8::StartupData snapshot;
    std::shared_ptr<v8::ArrayBuffer::Allocator> allocator;
};
extern settings settings;

/* ---- Values and Locals, which are the same word ------------------------- */

template <class T>
inline js_value wrap(v8::Local<T> local)
{
    return std::bit_cast<js_value>(local);
}

template <class T = v8::Value>
inline v8::Local<T> unwrap(js_value value)
{
    return std::bit_cast<v8::Local<T>>(value);
}

/* Arrays of them, too. */
inline v8::Local<v8::Value> *unwrap_all(const js_value *values)
{
    return const_cast<v8::Local<v8::Value> *>(
        reinterpret_cast<const v8::Local<v8::Value> *>(values));
}

inline struct js *of(v8::Isolate *isolate)
{
    return static_cast<struct js *>(isolate->GetData(0));
}

std::string utf8(v8::Isolate *isolate, v8::Local<v8::String> string);
v8::Local<v8::String> name(v8::Isolate *isolate, const char *text);

/* ---- platform.cc -------------------------------------------------------- */

void platform_start(unsigned workers);
void platform_stop();
std::shared_ptr<task_runner> platform_add(v8::Isolate *isolate);
void platform_remove(v8::Isolate *isolate);
void runner_open(task_runner &runner, struct js *js);
void runner_post(task_runner &runner, std::unique_ptr<v8::Task> task);
void runner_close(task_runner &runner); /* drops what is queued */

/* ---- snapshot.cc -------------------------------------------------------- */

/* The addresses that a snapshot holds by their place here. */
const intptr_t *references();
void collect_natives(const js_module *modules);
/* Run the sources in the current context.  False: an exception is pending. */
bool boot(v8::Local<v8::Context> context,
          v8::ScriptCompiler::CompileOptions options, roots *roots);
roots thaw(v8::Local<v8::Context> context);

/* ---- call.cc ------------------------------------------------------------ */

enum { NATIVES_MAX = 512 };
extern js_native *natives[NATIVES_MAX]; /* the tables' functions, end to end */
extern const std::array<v8::FunctionCallback, NATIVES_MAX> callbacks;
void checkpoint(struct js *js);

/* ---- value.cc, native.cc ------------------------------------------------- */

void refs_close(struct js *js); /* they are empty from now on */
void natives_open(struct js *js);
void natives_close(struct js *js); /* C gets back what it gave */

/* ---- error.cc ----------------------------------------------------------- */

[[noreturn]] void fatal(const char *what, const char *detail);
std::string report(v8::Isolate *isolate, v8::Local<v8::Context> context,
                   v8::Local<v8::Value> exception,
                   v8::Local<v8::Message> message);
void uncaught(struct js *js, const v8::TryCatch &caught);
void watch_errors(v8::Isolate *isolate);
void report_rejections(struct js *js);

/* What may throw inside a native runs under a guard, which leaves the exception
 * pending with its position, and notes it for js_take_exception(). */
class guard {
  public:
    explicit guard(struct js *js) : js_(js), caught_(js->isolate)
    {
    }
    ~guard()
    {
        if (caught_.HasCaught()) [[unlikely]]
            note();
    }

  private:
    void note();
    struct js *js_;
    v8::TryCatch caught_;
};

/* A native may turn the loop on its way out of a failure: what it threw is set
 * aside for the turn.  At the bottom of the stack nobody waits for it. */
class aside {
  public:
    explicit aside(struct js *js) : js_(js), exception_(js_take_exception(js))
    {
    }
    ~aside()
    {
        if (!js_is_none(exception_) && js_->depth > 0) [[unlikely]]
            js_throw(js_, exception_);
    }

  private:
    struct js *js_;
    js_value exception_; /* in the scope open around this */
};

} // namespace engine

#endif
