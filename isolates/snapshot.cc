// SPDX-License-Identifier: MIT
#include "isolates/js.h"

#include "isolates/engine.hh"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using engine::settings;

namespace {

/* Called without a js: there is none yet. */
js_value not_yet(struct js *, const struct js_args *)
{
    v8::Isolate::GetCurrent()->ThrowError(
        "natives cannot be called while the snapshot is made");
    return {};
}

v8::Local<v8::Function> native(v8::Local<v8::Context> context,
                               const char *name, size_t number)
{
    auto isolate = context->GetIsolate();
    auto function =
        v8::Function::New(context, engine::callbacks[number], {}, 0,
                          v8::ConstructorBehavior::kThrow)
            .ToLocalChecked();
    function->SetName(engine::name(isolate, name));
    return function;
}

/* native.<module>.<function>, numbered as collect_natives() does. */
v8::Local<v8::Object> natives_object(v8::Local<v8::Context> context)
{
    auto isolate = context->GetIsolate();
    auto all = v8::Object::New(isolate);
    size_t number = 0;
    for (auto module = settings.modules; module->name; module++) {
        auto table = v8::Object::New(isolate);
        for (auto entry = module->functions; entry->name; entry++)
            table
                ->Set(context, engine::name(isolate, entry->name),
                      native(context, entry->name, number++))
                .Check();
        all->Set(context, engine::name(isolate, module->name), table).Check();
    }
    return all;
}

/* The text as the body of function (node, native, internal). */
v8::MaybeLocal<v8::Function> compile(v8::Local<v8::Context> context,
                                     const js_source &source,
                                     v8::ScriptCompiler::CompileOptions options)
{
    auto isolate = context->GetIsolate();
    v8::Local<v8::String> names[] = { engine::name(isolate, "node"),
                                      engine::name(isolate, "native"),
                                      engine::name(isolate, "internal") };
    v8::ScriptOrigin origin(engine::name(isolate, source.name));
    v8::ScriptCompiler::Source code(
        v8::String::NewFromUtf8(isolate, source.text,
                                v8::NewStringType::kNormal,
                                static_cast<int>(source.length))
            .ToLocalChecked(),
        origin);
    return v8::ScriptCompiler::CompileFunction(context, &code, 3, names, 0,
                                               nullptr, options);
}

/* Run the sources in `creator`'s only context and make that the default. */
bool fill(v8::SnapshotCreator &creator)
{
    auto isolate = creator.GetIsolate();
    v8::HandleScope scope(isolate);
    auto context = v8::Context::New(isolate);
    v8::Context::Scope inside(context);
    v8::TryCatch caught(isolate);
    struct roots roots;
    if (!engine::boot(context, v8::ScriptCompiler::kEagerCompile, &roots)) {
        auto text = engine::report(isolate, context, caught.Exception(),
                                   caught.Message());
        fwrite(text.data(), 1, text.size(), stderr);
        return false;
    }
    creator.AddData(context, roots.internal); /* in the order of thaw() */
    creator.AddData(context, roots.nothing);
    creator.SetDefaultContext(context);
    return true;
}

} // namespace

namespace engine {

const intptr_t *references()
{
    static const auto list = [] {
        std::array<intptr_t, NATIVES_MAX + 1> addresses{}; /* ends in 0 */
        std::ranges::transform(callbacks, addresses.begin(), [](auto callback) {
            return reinterpret_cast<intptr_t>(callback);
        });
        return addresses;
    }();
    return list.data();
}

void collect_natives(const js_module *modules)
{
    size_t number = 0;
    settings.modules = modules;
    for (auto module = modules; module->name; module++) {
        for (auto entry = module->functions; entry->name; entry++) {
            if (number == NATIVES_MAX)
                fatal("too many natives: raise NATIVES_MAX", module->name);
            natives[number++] = entry->call;
        }
    }
}

bool boot(v8::Local<v8::Context> context,
          v8::ScriptCompiler::CompileOptions options, roots *roots)
{
    static const js_source nothing = { "nothing", "", 0 };
    auto isolate = context->GetIsolate();
    roots->internal = v8::Object::New(isolate);
    roots->nothing = compile(context, nothing, options).ToLocalChecked();
    v8::Local<v8::Value> objects[] = { v8::Object::New(isolate),
                                       natives_object(context),
                                       roots->internal };
    v8::Local<v8::Function> body;
    for (auto source = settings.sources; source->name; source++)
        if (!compile(context, *source, options).ToLocal(&body) ||
            body->Call(isolate, context, v8::Undefined(isolate), 3, objects)
                .IsEmpty())
            return false;
    isolate->PerformMicrotaskCheckpoint();
    return true;
}

roots thaw(v8::Local<v8::Context> context)
{
    return {
        context->GetDataFromSnapshotOnce<v8::Object>(0).ToLocalChecked(),
        context->GetDataFromSnapshotOnce<v8::Function>(1).ToLocalChecked(),
    };
}

} // namespace engine

bool js_snapshot_make(const struct js_module *modules,
                      const struct js_source *sources, struct js_snapshot *out)
{
    /* Code that was compiled ahead must still be there when we freeze. */
    js_flag("--no-flush-bytecode");
    js_start(1, modules, { nullptr, 0 }, sources);
    std::fill_n(engine::natives, engine::NATIVES_MAX, not_yet);
    auto isolate = v8::Isolate::Allocate();
    auto runner = engine::platform_add(isolate);
    v8::Isolate::CreateParams params;
    params.array_buffer_allocator_shared = settings.allocator;
    params.external_references = engine::references();
    v8::StartupData blob = { nullptr, 0 };
    {
        v8::SnapshotCreator creator(isolate, params);
        isolate->SetMicrotasksPolicy(v8::MicrotasksPolicy::kExplicit);
        if (fill(creator))
            blob = creator.CreateBlob(
                v8::SnapshotCreator::FunctionCodeHandling::kKeep);
    }
    isolate->Dispose();
    engine::platform_remove(isolate);
    if (!blob.data)
        return false;
    out->length = static_cast<size_t>(blob.raw_size);
    auto copy = static_cast<char *>(malloc(out->length));
    if (!copy)
        engine::fatal("out of memory", "js_snapshot_make");
    memcpy(copy, blob.data, out->length);
    delete[] blob.data;
    out->data = copy;
    js_stop();
    return true;
}
