// SPDX-License-Identifier: MIT
#include "isolates/js.h"

#include "isolates/engine.hh"

#include <cstdio>
#include <cstdlib>
#include <cstring>

using engine::settings;

namespace {

v8::Local<v8::Function> native(v8::Local<v8::Context> context,
                               const char *name, int number)
{
    auto isolate = context->GetIsolate();
    auto function =
        v8::Function::New(context, engine::on_native,
                          v8::Integer::New(isolate, number), 0,
                          v8::ConstructorBehavior::kThrow)
            .ToLocalChecked();
    function->SetName(engine::name(isolate, name));
    return function;
}

/* native.<module>.<function>, numbered as collect_natives() does. */
v8::Local<v8::Object> natives(v8::Local<v8::Context> context,
                              const js_module *modules)
{
    auto isolate = context->GetIsolate();
    auto all = v8::Object::New(isolate);
    int number = 0;
    for (auto module = modules; module->name; module++) {
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

bool run(v8::Local<v8::Context> context, const js_source *source,
         v8::ScriptCompiler::CompileOptions options,
         v8::Local<v8::Value> objects[3])
{
    auto isolate = context->GetIsolate();
    v8::Local<v8::String> names[] = { engine::name(isolate, "node"),
                                      engine::name(isolate, "native"),
                                      engine::name(isolate, "internal") };
    v8::ScriptOrigin origin(engine::name(isolate, source->name));
    v8::ScriptCompiler::Source code(
        v8::String::NewFromUtf8(isolate, source->text,
                                v8::NewStringType::kNormal,
                                static_cast<int>(source->length))
            .ToLocalChecked(),
        origin);
    v8::Local<v8::Function> body;
    return v8::ScriptCompiler::CompileFunction(context, &code, 3, names, 0,
                                               nullptr, options)
               .ToLocal(&body) &&
           !body->Call(isolate, context, v8::Undefined(isolate), 3, objects)
                .IsEmpty();
}

/* Run the sources in `creator`'s only context and make that the default. */
bool fill(v8::SnapshotCreator &creator)
{
    auto isolate = creator.GetIsolate();
    v8::HandleScope scope(isolate);
    auto context = v8::Context::New(isolate);
    v8::Context::Scope inside(context);
    v8::TryCatch caught(isolate);
    v8::Local<v8::Object> internal;
    if (!engine::boot(isolate, context, v8::ScriptCompiler::kEagerCompile,
                      &internal)) {
        auto text = engine::report(isolate, context, caught.Exception(),
                                   caught.Message());
        fwrite(text.data(), 1, text.size(), stderr);
        return false;
    }
    creator.AddData(context, internal);
    creator.SetDefaultContext(context);
    return true;
}

} // namespace

namespace engine {

/* The addresses that a snapshot holds by their place here. */
const intptr_t references[] = { reinterpret_cast<intptr_t>(on_native), 0 };

void collect_natives(const js_module *modules)
{
    settings.modules = modules;
    settings.natives.clear();
    for (auto module = modules; module->name; module++)
        for (auto entry = module->functions; entry->name; entry++)
            settings.natives.push_back(entry->call);
}

bool boot(v8::Isolate *isolate, v8::Local<v8::Context> context,
          v8::ScriptCompiler::CompileOptions options,
          v8::Local<v8::Object> *internal)
{
    *internal = v8::Object::New(isolate);
    v8::Local<v8::Value> objects[] = { v8::Object::New(isolate),
                                       natives(context, settings.modules),
                                       *internal };
    for (auto source = settings.sources; source->name; source++)
        if (!run(context, source, options, objects))
            return false;
    isolate->PerformMicrotaskCheckpoint();
    return true;
}

v8::Local<v8::Object> thaw(v8::Local<v8::Context> context)
{
    return context->GetDataFromSnapshotOnce<v8::Object>(0).ToLocalChecked();
}

} // namespace engine

bool js_snapshot_make(const struct js_module *modules,
                      const struct js_source *sources, struct js_snapshot *out)
{
    /* Code that was compiled ahead must still be there when we freeze. */
    js_flag("--no-flush-bytecode");
    js_start(1, modules, { nullptr, 0 }, sources);
    auto isolate = v8::Isolate::Allocate();
    auto runner = engine::platform_add(isolate);
    v8::Isolate::CreateParams params;
    params.array_buffer_allocator_shared = settings.allocator;
    params.external_references = engine::references;
    v8::StartupData blob = { nullptr, 0 };
    {
        v8::SnapshotCreator creator(isolate, params);
        isolate->SetMicrotasksPolicy(v8::MicrotasksPolicy::kExplicit);
        if (fill(creator))
            blob = creator.CreateBlob(
                v8::SnapshotCreator::FunctionCodeHandling::kKeep);
    }
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
