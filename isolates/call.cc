// SPDX-License-Identifier: MIT
#include "isolates/js.h"

#include "isolates/engine.hh"

#include <utility>
#include <vector>

using engine::unwrap;
using engine::wrap;

/* A js_args is V8's own record of the call, under another name. */
using call_info = v8::FunctionCallbackInfo<v8::Value>;

/* What js.h says of it. */
static_assert(sizeof(struct js_args) == sizeof(call_info));
static_assert(std::is_standard_layout_v<call_info>);

namespace {

const call_info &info_of(const struct js_args *args)
{
    return *reinterpret_cast<const call_info *>(args);
}

/* Native number `number`.  A callback of its own for each saves V8 the making
 * of a handle to the number, and us the reading of it. */
template <size_t number>
void on_native(const call_info &info)
{
    auto args = reinterpret_cast<const struct js_args *>(&info);
    js_value result =
        engine::natives[number](engine::of(info.GetIsolate()), args);
    if (!js_is_none(result)) [[likely]]
        info.GetReturnValue().Set(unwrap(result));
}

template <size_t... numbers>
constexpr std::array<v8::FunctionCallback, sizeof...(numbers)>
all_callbacks(std::index_sequence<numbers...>)
{
    return { on_native<numbers>... };
}

v8::MaybeLocal<v8::Value> call(struct js *js, js_value function, js_value self,
                               int argc, const js_value *argv)
{
    return unwrap<v8::Function>(function)->Call(
        js->isolate, js->context, unwrap(self), argc,
        engine::unwrap_all(argv));
}

} // namespace

namespace engine {

js_native *natives[NATIVES_MAX];
const std::array<v8::FunctionCallback, NATIVES_MAX> callbacks =
    all_callbacks(std::make_index_sequence<NATIVES_MAX>());

void checkpoint(struct js *js)
{
    if (js->terminated.load(std::memory_order_relaxed)) [[unlikely]]
        return;
    js->isolate->PerformMicrotaskCheckpoint();
    if (!js->rejections.empty() && js_may_wait(js)) [[unlikely]]
        report_rejections(js);
}

} // namespace engine

int (js_argc)(const struct js_args *args)
{
    return js_argc_inline(args);
}

js_value (js_arg)(const struct js_args *args, int index)
{
    if (index < args->count)
        return js_arg_inline(args, index);
    return wrap(v8::Undefined(info_of(args).GetIsolate()));
}

bool js_is_new(const struct js_args *args)
{
    return info_of(args).IsConstructCall();
}

js_value js_this(const struct js_args *args)
{
    return wrap(info_of(args).This());
}

/* ---- In ----------------------------------------------------------------- */

js_value js_enter(struct js *js, js_value function, js_value self, int argc,
                  const js_value *argv)
{
    if (js->terminated.load(std::memory_order_relaxed)) [[unlikely]]
        return {};
    v8::EscapableHandleScope scope(js->isolate);
    engine::aside aside(js);
    v8::Local<v8::Value> result;
    js->depth++;
    {
        v8::TryCatch caught(js->isolate);
        if (!call(js, function, self, argc, argv).ToLocal(&result)) [[unlikely]]
            engine::uncaught(js, caught);
        engine::checkpoint(js);
    }
    js->depth--;
    if (js->terminated.load(std::memory_order_relaxed)) [[unlikely]]
        return {};
    return result.IsEmpty() ? js_value{} : wrap(scope.Escape(result));
}

js_value js_call(struct js *js, js_value function, js_value self, int argc,
                 const js_value *argv)
{
    engine::guard guard(js);
    v8::Local<v8::Value> result;
    if (!call(js, function, self, argc, argv).ToLocal(&result)) [[unlikely]]
        return {};
    return wrap(result);
}

js_value js_new(struct js *js, js_value constructor, int argc,
                const js_value *argv)
{
    engine::guard guard(js);
    v8::Local<v8::Object> result;
    if (!js_is_function(constructor))
        return js_throw_error(js, JS_TYPE_ERROR, "not a constructor");
    if (!unwrap<v8::Function>(constructor)
             ->NewInstance(js->context, argc, engine::unwrap_all(argv))
             .ToLocal(&result))
        return {};
    return wrap(result);
}

bool js_may_wait(const struct js *js)
{
    return !v8::MicrotasksScope::IsRunningMicrotasks(js->isolate);
}

/* ---- Compiling ---------------------------------------------------------- */

js_value js_compile_function(struct js *js, js_value source,
                             const char *filename, int count,
                             const char *const *parameters)
{
    engine::guard guard(js);
    std::vector<v8::Local<v8::String>> names;
    for (int i = 0; i < count; i++)
        names.push_back(engine::name(js->isolate, parameters[i]));
    v8::ScriptOrigin origin(engine::name(js->isolate, filename));
    /* V8 skips "#!" by itself. */
    v8::ScriptCompiler::Source code(unwrap<v8::String>(source), origin);
    v8::Local<v8::Function> function;
    if (!v8::ScriptCompiler::CompileFunction(js->context, &code, names.size(),
                                             names.data())
             .ToLocal(&function))
        return {};
    return wrap(function);
}

js_value js_run_script(struct js *js, js_value source, const char *filename)
{
    engine::guard guard(js);
    v8::ScriptOrigin origin(engine::name(js->isolate, filename));
    v8::ScriptCompiler::Source code(unwrap<v8::String>(source), origin);
    v8::Local<v8::Script> script;
    v8::Local<v8::Value> result;
    if (!v8::ScriptCompiler::Compile(js->context, &code).ToLocal(&script) ||
        !script->Run(js->context).ToLocal(&result))
        return {};
    return wrap(result);
}
