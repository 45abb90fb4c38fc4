// SPDX-License-Identifier: MIT
#include "isolates/js.h"

#include "isolates/engine.hh"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using engine::unwrap;
using engine::wrap;

namespace {

/* A line longer than this (minified code) is shown in part. */
enum { LINE_MAX_UNITS = 160 };

/* Most frames looked through for one of the program's. */
enum { STACK_FRAMES = 32 };

std::string format(const char *text, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(nullptr, 0, text, args);
    std::string out(length > 0 ? static_cast<size_t>(length) : 0, '\0');
    vsnprintf(out.data(), out.size() + 1, text, again);
    va_end(again);
    return out;
}

v8::Local<v8::String> to_string(v8::Isolate *isolate, const std::string &text)
{
    return v8::String::NewFromUtf8(isolate, text.data(),
                                   v8::NewStringType::kNormal,
                                   static_cast<int>(text.size()))
        .ToLocalChecked();
}

/* ---- The report --------------------------------------------------------- */

/* Blanks up to `column`, tabs where the line has them, then carets. */
std::string caret_line(const std::u16string &line, size_t start, size_t end)
{
    std::string out;
    for (size_t i = 0; i < start && i < line.size(); i++) {
        bool trail = line[i] >= 0xDC00 && line[i] <= 0xDFFF;
        if (!trail)
            out += line[i] == '\t' ? '\t' : ' ';
    }
    out.append(end > start ? end - start : 1, '^');
    return out;
}

std::string utf8_of(v8::Isolate *isolate, const std::u16string &line)
{
    auto units = reinterpret_cast<const uint16_t *>(line.data());
    v8::Local<v8::String> string;
    if (!v8::String::NewFromTwoByte(isolate, units,
                                    v8::NewStringType::kNormal,
                                    static_cast<int>(line.size()))
             .ToLocal(&string))
        return {};
    return engine::utf8(isolate, string);
}

/* A place in a source: which line, and what of it. */
struct spot {
    std::string file;
    int line;
    std::u16string text;
    int start; /* columns, from 0 */
    int end;
};

std::u16string units_of(v8::Isolate *isolate, v8::Local<v8::String> string)
{
    std::u16string units(static_cast<size_t>(string->Length()), u'\0');
    string->WriteV2(isolate, 0, static_cast<uint32_t>(units.size()),
                    reinterpret_cast<uint16_t *>(units.data()));
    return units;
}

bool is_built_in(const std::string &file)
{
    return file.starts_with("node:");
}

std::u16string line_of(const std::u16string &source, int number)
{
    size_t start = 0;
    while (--number > 0) {
        size_t end = source.find(u'\n', start);
        if (end == std::u16string::npos)
            return {};
        start = end + 1;
    }
    auto line = source.substr(start, source.find(u'\n', start) - start);
    if (!line.empty() && line.back() == u'\r')
        line.pop_back();
    return line;
}

/* What our own JavaScript throws is the fault of who called it: the nearest
 * frame of the program's. */
bool find_caller(v8::Isolate *isolate, v8::Local<v8::Message> message,
                 spot *out)
{
    auto stack = message->GetStackTrace();
    for (int i = 0; !stack.IsEmpty() && i < stack->GetFrameCount(); i++) {
        auto frame = stack->GetFrame(isolate, static_cast<uint32_t>(i));
        auto name = frame->GetScriptName();
        auto source = frame->GetScriptSource();
        if (name.IsEmpty() || source.IsEmpty())
            continue;
        auto file = engine::utf8(isolate, name);
        if (is_built_in(file))
            continue;
        int column = frame->GetColumn() - 1;
        *out = { file, frame->GetLineNumber(),
                 line_of(units_of(isolate, source), frame->GetLineNumber()),
                 column, column + 1 };
        return true;
    }
    return false;
}

bool find_spot(v8::Isolate *isolate, v8::Local<v8::Context> context,
               v8::Local<v8::Message> message, spot *out)
{
    auto file = message->GetScriptResourceName();
    int line = message->GetLineNumber(context).FromMaybe(0);
    if (!file->IsString() || line == v8::Message::kNoLineNumberInfo)
        return false;
    auto name = engine::utf8(isolate, file.As<v8::String>());
    if (is_built_in(name) && find_caller(isolate, message, out))
        return true;
    v8::Local<v8::String> source;
    std::u16string text;
    if (message->GetSourceLine(context).ToLocal(&source))
        text = units_of(isolate, source);
    *out = { name, line, text, message->GetStartColumn(),
             message->GetEndColumn() };
    return true;
}

/* The line and the caret line below it. */
std::string source_lines(v8::Isolate *isolate, const spot &spot)
{
    auto line = spot.text;
    auto at = [&line](int column) {
        size_t unit = column > 0 ? static_cast<size_t>(column) : 0;
        return std::min(unit, line.size());
    };
    size_t start = at(spot.start);
    size_t end = at(spot.end);
    size_t skip = start > LINE_MAX_UNITS / 2 && line.size() > LINE_MAX_UNITS
                      ? start - LINE_MAX_UNITS / 2
                      : 0;
    line = line.substr(skip, LINE_MAX_UNITS);
    start -= skip;
    end = std::min(end - std::min(end, skip), line.size());
    return utf8_of(isolate, line) + "\n" + caret_line(line, start, end) + "\n";
}

std::string position(v8::Isolate *isolate, v8::Local<v8::Context> context,
                     v8::Local<v8::Message> message)
{
    spot spot;
    if (!find_spot(isolate, context, message, &spot))
        return {};
    return spot.file + ":" + std::to_string(spot.line) + "\n" +
           source_lines(isolate, spot);
}

/* What an Error tells of itself, or the value as a string.  Either may run the
 * program's code; where that fails V8's own words are left. */
std::string account(v8::Isolate *isolate, v8::Local<v8::Context> context,
                    v8::Local<v8::Value> exception,
                    v8::Local<v8::Message> message)
{
    v8::Local<v8::Value> stack;
    v8::Local<v8::String> text;
    if (!exception->IsNativeError()) {
        if (exception->ToString(context).ToLocal(&text))
            return "Uncaught " + engine::utf8(isolate, text);
    } else if (exception.As<v8::Object>()
                   ->Get(context, engine::name(isolate, "stack"))
                   .ToLocal(&stack) &&
               stack->IsString() && stack.As<v8::String>()->Length() > 0) {
        return engine::utf8(isolate, stack.As<v8::String>());
    }
    return engine::utf8(isolate, message->Get());
}

/* ---- What V8 tells ------------------------------------------------------ */

void on_message(v8::Local<v8::Message> message, v8::Local<v8::Value> exception)
{
    auto isolate = message->GetIsolate();
    auto js = engine::of(isolate);
    if (!js)
        return;
    v8::HandleScope scope(isolate);
    auto text = engine::report(isolate, js->context, exception, message);
    js->host.uncaught(js, text.data(), text.size());
}

void on_rejection(v8::PromiseRejectMessage event)
{
    if (event.GetEvent() != v8::kPromiseRejectWithNoHandler)
        return;
    auto isolate = event.GetPromise()->GetIsolate();
    auto js = engine::of(isolate);
    if (!js)
        return;
    v8::HandleScope scope(isolate);
    rejection entry;
    entry.promise.Reset(isolate, event.GetPromise());
    /* An Error knows its place; of anything else this is the place. */
    if (!event.GetValue()->IsNativeError())
        entry.message.Reset(isolate, v8::Exception::CreateMessage(
                                         isolate, event.GetValue()));
    js->rejections.push_back(std::move(entry));
}

void on_fatal(const char *location, const char *message)
{
    engine::fatal(message ? message : "engine failure", location);
}

void on_out_of_memory(const char *location, const v8::OOMDetails &details)
{
    fprintf(stderr, "node: out of memory: %s%s%s\n",
            location ? location : "JavaScript heap",
            details.detail ? ": " : "", details.detail ? details.detail : "");
    abort();
}

} // namespace

namespace engine {

void fatal(const char *what, const char *detail)
{
    fprintf(stderr, "node: %s%s%s\n", what, detail ? ": " : "",
            detail ? detail : "");
    abort();
}

std::string report(v8::Isolate *isolate, v8::Local<v8::Context> context,
                   v8::Local<v8::Value> exception,
                   v8::Local<v8::Message> message)
{
    v8::TryCatch ignored(isolate);
    if (message.IsEmpty())
        message = v8::Exception::CreateMessage(isolate, exception);
    auto text = position(isolate, context, message) +
                account(isolate, context, exception, message);
    if (text.back() != '\n')
        text += '\n';
    return text;
}

void uncaught(struct js *js, const v8::TryCatch &caught)
{
    if (caught.HasTerminated() || !caught.HasCaught())
        return;
    v8::HandleScope scope(js->isolate);
    auto text =
        report(js->isolate, js->context, caught.Exception(), caught.Message());
    js->host.uncaught(js, text.data(), text.size());
}

void report_rejections(struct js *js)
{
    v8::HandleScope scope(js->isolate);
    std::vector<rejection> list;
    list.swap(js->rejections);
    for (auto &entry : list) {
        auto promise = entry.promise.Get(js->isolate);
        if (promise->HasHandler())
            continue;
        auto text = report(js->isolate, js->context, promise->Result(),
                           entry.message.Get(js->isolate));
        js->host.uncaught(js, text.data(), text.size());
        if (js->terminated)
            return;
    }
}

void watch_errors(v8::Isolate *isolate)
{
    isolate->AddMessageListener(on_message);
    isolate->SetPromiseRejectCallback(on_rejection);
    isolate->SetCaptureStackTraceForUncaughtExceptions(true, STACK_FRAMES);
    isolate->SetFatalErrorHandler(on_fatal);
    isolate->SetOOMErrorHandler(on_out_of_memory);
}

void guard::note()
{
    if (!caught_.HasTerminated())
        js_->thrown.Reset(js_->isolate, caught_.Exception());
    caught_.ReThrow();
}

} // namespace engine

/* ---- Throwing ----------------------------------------------------------- */

js_value js_throw(struct js *js, js_value exception)
{
    js->thrown.Reset(js->isolate, unwrap(exception));
    js->isolate->ThrowException(unwrap(exception));
    return {};
}

js_value js_make_error(struct js *js, enum js_error kind, js_value message)
{
    (void)js;
    auto text = unwrap<v8::String>(message);
    switch (kind) {
    case JS_TYPE_ERROR:
        return wrap(v8::Exception::TypeError(text));
    case JS_RANGE_ERROR:
        return wrap(v8::Exception::RangeError(text));
    case JS_REFERENCE_ERROR:
        return wrap(v8::Exception::ReferenceError(text));
    case JS_SYNTAX_ERROR:
        return wrap(v8::Exception::SyntaxError(text));
    case JS_ERROR:
        break;
    }
    return wrap(v8::Exception::Error(text));
}

js_value js_throw_error(struct js *js, enum js_error kind, const char *text,
                        ...)
{
    va_list args;
    va_start(args, text);
    auto message = to_string(js->isolate, format(text, args));
    va_end(args);
    return js_throw(js, js_make_error(js, kind, wrap(message)));
}

js_value js_throw_errno(struct js *js, int error, const char *text, ...)
{
    va_list args;
    va_start(args, text);
    auto what = format(text, args);
    va_end(args);
    return js_throw(js, js_error_errno(js, error, what.c_str()));
}

js_value js_error_errno(struct js *js, int error, const char *what)
{
    const char *said = strerrordesc_np(-error);
    const char *code = strerrorname_np(-error);
    std::string text = std::string(what) + ": ";
    text += said ? said : "unknown error " + std::to_string(-error);
    auto exception = v8::Exception::Error(to_string(js->isolate, text));
    auto object = exception.As<v8::Object>();
    auto set = [&](const char *key, v8::Local<v8::Value> value) {
        object
            ->CreateDataProperty(js->context, engine::name(js->isolate, key),
                                 value)
            .Check();
    };
    set("code", engine::name(js->isolate, code ? code : "UNKNOWN"));
    set("errno", v8::Integer::New(js->isolate, -error));
    return wrap(exception);
}

js_value js_take_exception(struct js *js)
{
    if (!js->isolate->HasPendingException() ||
        js->isolate->IsExecutionTerminating())
        return {};
    {
        /* V8 lets nobody pick up what was thrown before a TryCatch began: throw
         * over it, and have that caught. */
        v8::TryCatch caught(js->isolate);
        js->isolate->ThrowException(v8::Undefined(js->isolate));
    }
    auto exception = js->thrown.Get(js->isolate);
    js->thrown.Reset();
    return wrap(exception);
}
