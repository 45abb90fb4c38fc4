// SPDX-License-Identifier: MIT
#include "isolates/js.h"

#include "isolates/engine.hh"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <pthread.h>
#include <sys/random.h>
#include <unistd.h>

using engine::settings;
using engine::unwrap;
using engine::wrap;

struct engine::settings engine::settings;

namespace {

enum : size_t {
    KB = 1024,
    MB = 1024 * KB,
    SEMI_SPACE = 16 * MB,
    STACK_HEADROOM = 256 * KB, /* for natives, and for V8's own C++ */
    STACK_MAX = 64 * MB,       /* of a thread that claims to have more */
};

/* --stack-size, in bytes: SetStackLimit() would make V8 forget it. */
size_t stack_wanted = STACK_MAX;

/* Ours, before the user's, who can turn each of them. */
void set_default_flags()
{
    static bool done;
    if (done)
        return;
    done = true;
    /* One thread a core: a shard collects on its own core. */
    v8::V8::SetFlagsFromString("--single-threaded-gc");
    /* The snapshot is part of the program. */
    v8::V8::SetFlagsFromString("--no-verify-snapshot-checksum");
}

/* ---- An isolate's making ------------------------------------------------ */

uintptr_t stack_limit()
{
    pthread_attr_t attr;
    void *low;
    size_t size;
    if (pthread_getattr_np(pthread_self(), &attr) != 0)
        engine::fatal("this thread's stack cannot be found", nullptr);
    pthread_attr_getstack(&attr, &low, &size);
    pthread_attr_destroy(&attr);
    auto top = reinterpret_cast<uintptr_t>(low) + size;
    auto room = size - std::min<size_t>(STACK_HEADROOM, size / 4);
    return top - std::min(room, stack_wanted);
}

/* "--stack-size=500", in kilobytes, in any of the spellings that V8 takes. */
void note_stack_size(std::string flag)
{
    std::ranges::replace(flag, '_', '-');
    flag.erase(0, flag.find_first_not_of('-'));
    if (flag.starts_with("stack-size="))
        stack_wanted = strtoul(flag.c_str() + strlen("stack-size="), nullptr,
                               10) * KB;
}

void set_limits(v8::ResourceConstraints *limits)
{
    auto pages = static_cast<uint64_t>(sysconf(_SC_PHYS_PAGES));
    auto size = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
    limits->ConfigureDefaults(pages * size, 0);
    limits->set_max_young_generation_size_in_bytes(3 * SEMI_SPACE);
}

v8::MaybeLocal<v8::Promise> on_import(v8::Local<v8::Context> context,
                                      v8::Local<v8::Data>,
                                      v8::Local<v8::Value>,
                                      v8::Local<v8::String>,
                                      v8::Local<v8::FixedArray>)
{
    v8::Local<v8::Promise::Resolver> resolver;
    if (!v8::Promise::Resolver::New(context).ToLocal(&resolver))
        return {};
    auto text = engine::name(context->GetIsolate(),
                             "import is not supported yet: use require()");
    if (resolver->Reject(context, v8::Exception::Error(text)).IsNothing())
        return {};
    return resolver->GetPromise();
}

v8::Isolate *new_isolate(std::shared_ptr<task_runner> *runner)
{
    v8::Isolate::CreateParams params;
    params.array_buffer_allocator_shared = settings.allocator;
    params.external_references = engine::references();
    params.allow_atomics_wait = false;
    if (settings.snapshot.data)
        params.snapshot_blob = &settings.snapshot;
    set_limits(&params.constraints);
    auto isolate = v8::Isolate::Allocate();
    *runner = engine::platform_add(isolate);
    v8::Isolate::Initialize(isolate, params);
    isolate->SetStackLimit(stack_limit());
    isolate->SetMicrotasksPolicy(v8::MicrotasksPolicy::kExplicit);
    isolate->SetHostImportModuleDynamicallyCallback(on_import);
    engine::watch_errors(isolate);
    return isolate;
}

/* The context, thawed or made.  False: an exception, told on stderr. */
bool make_context(struct js *js)
{
    js->context = v8::Context::New(js->isolate);
    js->context->Enter();
    engine::natives_open(js);
    if (settings.snapshot.data) {
        js->roots = engine::thaw(js->context);
        return true;
    }
    v8::TryCatch caught(js->isolate);
    if (engine::boot(js->context, v8::ScriptCompiler::kNoCompileOptions,
                     &js->roots))
        return true;
    auto text = engine::report(js->isolate, js->context, caught.Exception(),
                               caught.Message());
    fwrite(text.data(), 1, text.size(), stderr);
    return false;
}

/* What was to follow a turn that was terminated is not to follow the next one.
 * V8 empties the queue when a microtask is terminated, which each is at its
 * first statement. */
void drop_microtasks(struct js *js)
{
    v8::HandleScope scope(js->isolate);
    v8::TryCatch ignored(js->isolate);
    js->isolate->TerminateExecution();
    js->isolate->PerformMicrotaskCheckpoint();
    js->rejections.clear();
}

} // namespace

/* ---- The process -------------------------------------------------------- */

bool js_flag(const char *flag)
{
    set_default_flags();
    char program[] = "node";
    std::string copy(flag);
    char *argv[] = { program, copy.data(), nullptr };
    int argc = 2;
    v8::V8::SetFlagsFromCommandLine(&argc, argv, true);
    if (argc != 1)
        return false;
    note_stack_size(flag);
    return true;
}

void js_flags_print(void)
{
    set_default_flags();
    v8::V8::SetFlagsFromString("--help");
}

const char *js_version(void)
{
    return v8::V8::GetVersion();
}

/* V8 itself would open /dev/urandom for each isolate, without O_CLOEXEC: a
 * process that another shard starts meanwhile would inherit it. */
static bool give_entropy(unsigned char *buffer, size_t length)
{
    return getrandom(buffer, length, 0) == static_cast<ssize_t>(length);
}

void js_start(unsigned workers, const struct js_module *modules,
              struct js_snapshot snapshot, const struct js_source *sources)
{
    set_default_flags();
    v8::V8::SetEntropySource(give_entropy);
    engine::platform_start(workers);
    v8::V8::Initialize();
    engine::collect_natives(modules);
    settings.sources = sources;
    settings.snapshot.data = snapshot.data;
    settings.snapshot.raw_size = static_cast<int>(snapshot.length);
    settings.allocator.reset(v8::ArrayBuffer::Allocator::NewDefaultAllocator());
}

void js_stop(void)
{
    v8::V8::Dispose();
    engine::platform_stop();
    settings.allocator.reset();
}

/* ---- An isolate --------------------------------------------------------- */

int js_open(struct js **out, const struct js_host *host)
{
    struct js *js = new struct js();
    js->host = *host;
    js->isolate = new_isolate(&js->runner);
    js->isolate->SetData(0, js);
    js->isolate->Enter();
    ::new (js->scope) v8::HandleScope(js->isolate);
    if (!make_context(js)) {
        js_close(js);
        return -ENOEXEC;
    }
    engine::runner_open(*js->runner, js);
    *out = js;
    return 0;
}

void js_close(struct js *js)
{
    auto isolate = js->isolate;
    engine::runner_close(*js->runner);
    engine::natives_close(js);
    engine::refs_close(js);
    js->rejections.clear();
    js->thrown.Reset();
    js->forbidden.Reset();
    js->context->Exit();
    std::launder(reinterpret_cast<v8::HandleScope *>(js->scope))
        ->~HandleScope();
    isolate->Exit();
    isolate->Deinitialize();
    engine::platform_remove(isolate); /* before another gets its address */
    v8::Isolate::Free(isolate);
    delete js;
}

void *js_host_arg(const struct js *js)
{
    return js->host.arg;
}

js_value js_internal(struct js *js)
{
    return wrap(js->roots.internal);
}

js_value js_global(struct js *js)
{
    return wrap(js->context->Global());
}

void js_terminate(struct js *js)
{
    js->terminated.store(true);
    js->isolate->TerminateExecution();
}

void js_resume(struct js *js)
{
    if (js->depth == 0)
        drop_microtasks(js);
    js->isolate->CancelTerminateExecution();
    js->terminated.store(false);
}

js_value js_unwind(struct js *js)
{
    js_take_exception(js);
    js_terminate(js);
    /* The request is seen at the next call: make one, that the termination is
     * under way when the native returns. */
    v8::HandleScope scope(js->isolate);
    v8::MaybeLocal<v8::Value> none;
    if (!js->isolate->IsExecutionTerminating())
        none = js->roots.nothing->Call(js->isolate, js->context,
                                 v8::Undefined(js->isolate), 0, nullptr);
    return {};
}

void js_heap(struct js *js, size_t *used, size_t *committed)
{
    v8::HeapStatistics heap;
    js->isolate->GetHeapStatistics(&heap);
    *used = heap.used_heap_size();
    *committed = heap.total_heap_size();
}

void js_collect(struct js *js)
{
    js->isolate->LowMemoryNotification();
}
