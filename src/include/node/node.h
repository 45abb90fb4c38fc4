// SPDX-License-Identifier: MIT
#ifndef NODE_H
#define NODE_H

#include "node_extension.h"

/*
 * node: extensions in C++, in the words of node's manual of 2009.
 *
 *     extern "C" void init (Handle<Object> target)
 *     {
 *       HandleScope scope;
 *       target->Set(String::New("hello"), String::New("World"));
 *     }
 *
 *     g++ `node --cflags` -shared -o hello.node hello.cc
 *
 * These are the classes of V8 as they were then, as inline functions over
 * node_js.h: a Handle is a js_value, a method is a call of C.  Nothing of V8 is
 * linked to, so neither its version nor its headers matter; the real v8.h must
 * not be included beside this.  `node --cflags` includes this header by itself
 * and the namespace v8 is open, as the manual's samples have it.
 *
 * Of node_extension.h all holds.  What was libev's and libeio's then is
 * node_port_post() and node_work_start() now: their callbacks may use all
 * that is here.  node::Js(), Handle<T>(js_value) and ToJs() lead from one to
 * the other.
 *
 * Not as it was:
 *   - a FunctionTemplate is its function, an ObjectTemplate an object, and an
 *     instance's template its prototype;
 *   - a weak Persistent is what ObjectWrap makes; there is no MakeWeak();
 *   - Unwrap<T>() of a wrong object throws a TypeError, as a C++ exception on
 *     the way out of init(), or of a function's or an accessor's callback.  So
 *     may any std::exception go: it becomes an Error.  Compiled without
 *     exceptions, Unwrap() returns NULL.
 */
#ifdef __cplusplus

#ifdef INCLUDE_V8_H_
#error "node.h takes the place of v8.h: do not include both"
#endif

#ifdef __cpp_exceptions
#include <exception>
#endif
#include <stdlib.h>
#include <string.h>

#pragma GCC visibility push(hidden)

/* This copy's shard: set when it is loaded. */
extern "C" {
extern struct js *node_cxx_js __attribute__((weak));
struct js *node_cxx_js;
}

namespace v8 {
inline namespace node_extension {

template <class T> class Handle;
template <class T> class Local;
template <class T> class Persistent;
class Value;
class Boolean;
class Number;
class Integer;
class Int32;
class Uint32;
class String;
class Object;
class Array;
class Function;
class FunctionTemplate;
class ObjectTemplate;
class Arguments;
class AccessorInfo;

typedef Handle<Value> (*InvocationCallback)(const Arguments &args);
typedef Handle<Value> (*AccessorGetter)(Local<String> property,
                                        const AccessorInfo &info);
typedef void (*AccessorSetter)(Local<String> property, Local<Value> value,
                               const AccessorInfo &info);

enum PropertyAttribute {
    None = 0,
    ReadOnly = JS_READ_ONLY,
    DontEnum = JS_DONT_ENUM,
    DontDelete = JS_DONT_DELETE
};

/* ---- Handles ------------------------------------------------------------ */

/* The address of a slot, and so is the `this` of what it leads to. */
template <class T> class Handle {
  public:
    Handle() : val_(0)
    {
    }
    explicit Handle(T *val) : val_(val)
    {
    }
    explicit Handle(js_value value) : val_(reinterpret_cast<T *>(value.slot))
    {
    }
    template <class S> Handle(Handle<S> that) : val_(*that)
    {
    }
    template <class S> static Handle<T> Cast(Handle<S> that)
    {
        return Handle<T>(that.ToJs());
    }
    template <class S> Handle<S> As() const
    {
        return Handle<S>(ToJs());
    }

    bool IsEmpty() const
    {
        return val_ == 0;
    }
    void Clear()
    {
        val_ = 0;
    }
    T *operator->() const
    {
        return val_;
    }
    T *operator*() const
    {
        return val_;
    }
    js_value ToJs() const
    {
        js_value value = { reinterpret_cast<uintptr_t>(val_) };
        return value;
    }
    /* The same value. */
    template <class S> bool operator==(Handle<S> that) const
    {
        if (IsEmpty() || that.IsEmpty())
            return IsEmpty() && that.IsEmpty();
        return js_is_same(ToJs(), that.ToJs());
    }
    template <class S> bool operator!=(Handle<S> that) const
    {
        return !(*this == that);
    }

  protected:
    T *val_;
};

/* In the innermost HandleScope, and gone with it. */
template <class T> class Local : public Handle<T> {
  public:
    Local()
    {
    }
    explicit Local(T *val) : Handle<T>(val)
    {
    }
    explicit Local(js_value value) : Handle<T>(value)
    {
    }
    template <class S> Local(Local<S> that) : Handle<T>(*that)
    {
    }
    template <class S> static Local<T> Cast(Local<S> that)
    {
        return Local<T>(that.ToJs());
    }
    static Local<T> New(Handle<T> that)
    {
        return Local<T>(that.ToJs());
    }
    static Local<T> New(const Persistent<T> &that);
};

/* Until Dispose().  Copies are the same one. */
template <class T> class Persistent : public Handle<T> {
  public:
    Persistent() : ref_(0)
    {
    }
    template <class S>
    Persistent(const Persistent<S> &that) : Handle<T>(*that), ref_(that.Ref())
    {
    }
    template <class S> static Persistent<T> Cast(const Persistent<S> &that)
    {
        return Persistent<T>(Handle<T>(that.ToJs()), that.Ref());
    }
    static Persistent<T> New(Handle<T> that)
    {
        return From(that.IsEmpty() ? 0 : js_ref_new(node_cxx_js, that.ToJs()));
    }
    static Persistent<T> From(struct js_ref *ref)
    {
        Handle<T> handle;
        if (ref)
            handle = Handle<T>(js_ref_value(ref));
        return Persistent<T>(handle, ref);
    }

    void Dispose()
    {
        js_ref_free(ref_);
        Clear();
    }
    void Clear()
    {
        Handle<T>::Clear();
        ref_ = 0;
    }
    struct js_ref *Ref() const
    {
        return ref_;
    }

  private:
    Persistent(Handle<T> handle, struct js_ref *ref)
        : Handle<T>(handle), ref_(ref)
    {
    }
    struct js_ref *ref_;
};

template <class T> Local<T> Local<T>::New(const Persistent<T> &that)
{
    return that.IsEmpty() ? Local<T>()
                          : Local<T>(js_ref_get(node_cxx_js, that.Ref()));
}

class HandleScope {
  public:
    HandleScope() : open_(true)
    {
        js_scope_open(node_cxx_js, &scope_);
    }
    ~HandleScope()
    {
        if (open_)
            js_scope_close(&scope_);
    }
    /* `value` goes on in the scope around this one. */
    template <class T> Local<T> Close(Handle<T> value)
    {
        open_ = false;
        return Local<T>(js_scope_return(&scope_, value.ToJs()));
    }

  private:
    HandleScope(const HandleScope &);
    void operator=(const HandleScope &);
    struct js_scope scope_;
    bool open_;
};

/* ---- Values ------------------------------------------------------------- */

/* None of these is ever made: `this` is a slot. */
class Data {
  public:
    js_value ToJs() const
    {
        js_value value = { reinterpret_cast<uintptr_t>(this) };
        return value;
    }

  private:
    Data();
};

class Value : public Data {
  public:
    bool IsUndefined() const
    {
        return js_is_undefined(ToJs());
    }
    bool IsNull() const
    {
        return js_is_null(ToJs());
    }
    bool IsBoolean() const
    {
        return js_is_boolean(ToJs());
    }
    bool IsTrue() const
    {
        return IsBoolean() && BooleanValue();
    }
    bool IsFalse() const
    {
        return IsBoolean() && !BooleanValue();
    }
    bool IsNumber() const
    {
        return js_is_number(ToJs());
    }
    bool IsInt32() const
    {
        return js_is_integer(ToJs());
    }
    bool IsString() const
    {
        return js_is_string(ToJs());
    }
    bool IsObject() const
    {
        return js_is_object(ToJs());
    }
    bool IsArray() const
    {
        return js_is_array(ToJs());
    }
    bool IsFunction() const
    {
        return js_is_function(ToJs());
    }
    bool StrictEquals(Handle<Value> that) const
    {
        return js_is_same(ToJs(), that.ToJs());
    }

    /* Converted as JavaScript does.  What throws there leaves NaN or 0, or an
     * empty handle, and the exception pending. */
    bool BooleanValue() const
    {
        return js_to_boolean(node_cxx_js, ToJs());
    }
    double NumberValue() const
    {
        double number;
        if (!js_convert_number(node_cxx_js, ToJs(), &number))
            number = __builtin_nan("");
        return number;
    }
    int64_t IntegerValue() const
    {
        double number = NumberValue();
        if (number != number)
            return 0;
        if (number >= 9223372036854775808.0)
            return INT64_MAX;
        if (number < -9223372036854775808.0)
            return INT64_MIN;
        return static_cast<int64_t>(number);
    }
    int32_t Int32Value() const
    {
        return static_cast<int32_t>(Uint32Value());
    }
    uint32_t Uint32Value() const /* modulo 2^32 */
    {
        if (IsInt32())
            return static_cast<uint32_t>(js_to_integer(ToJs()));
        double number = NumberValue();
        if (!(number > -9e15 && number < 9e15))
            return 0;
        return static_cast<uint32_t>(static_cast<int64_t>(number));
    }
    Local<Boolean> ToBoolean() const;
    Local<Number> ToNumber() const;
    Local<Integer> ToInteger() const;
    Local<Int32> ToInt32() const;
    Local<Uint32> ToUint32() const;
    Local<String> ToString() const;
    Local<Object> ToObject() const;
};

#define NODE_CAST(type)                                                    \
    static type *Cast(v8::Value *value)                                    \
    {                                                                      \
        return static_cast<type *>(value);                                 \
    }

class Primitive : public Value {};

class Boolean : public Primitive {
  public:
    NODE_CAST(Boolean)
    static Local<Boolean> New(bool value)
    {
        return Local<Boolean>(js_boolean(node_cxx_js, value));
    }
    bool Value() const
    {
        return BooleanValue();
    }
};

class Number : public Primitive {
  public:
    NODE_CAST(Number)
    static Local<Number> New(double value)
    {
        return Local<Number>(js_number(node_cxx_js, value));
    }
    double Value() const
    {
        return js_to_number(ToJs());
    }
};

class Integer : public Number {
  public:
    NODE_CAST(Integer)
    static Local<Integer> New(int32_t value)
    {
        return Local<Integer>(js_integer(node_cxx_js, value));
    }
    static Local<Integer> NewFromUnsigned(uint32_t value)
    {
        return Local<Integer>(js_number(node_cxx_js, value));
    }
    int64_t Value() const
    {
        return IntegerValue();
    }
};

class Int32 : public Integer {
  public:
    NODE_CAST(Int32)
    int32_t Value() const
    {
        return Int32Value();
    }
};

class Uint32 : public Integer {
  public:
    NODE_CAST(Uint32)
    uint32_t Value() const
    {
        return Uint32Value();
    }
};

class String : public Primitive {
  public:
    NODE_CAST(String)
    static Local<String> New(const char *utf8, int length = -1)
    {
        size_t size = length < 0 ? strlen(utf8) : static_cast<size_t>(length);
        return Local<String>(js_string(node_cxx_js, utf8, size));
    }
    static Local<String> NewSymbol(const char *utf8, int length = -1)
    {
        return New(utf8, length);
    }
    static Local<String> Empty()
    {
        return New("", 0);
    }
    int Length() const
    {
        return static_cast<int>(js_string_length(ToJs()));
    }
    int Utf8Length() const
    {
        return static_cast<int>(js_string_utf8_length(node_cxx_js, ToJs()));
    }
    /* Both return how many bytes they wrote; with the NUL, for which there must
     * be room, when no length is given. */
    int WriteUtf8(char *out, int length = -1) const
    {
        size_t room = length < 0 ? SIZE_MAX : static_cast<size_t>(length);
        size_t size = js_string_write_utf8(node_cxx_js, ToJs(), out, room);
        if (length < 0)
            out[size++] = '\0';
        return static_cast<int>(size);
    }
    int WriteAscii(char *out, int start = 0, int length = -1) const
    {
        int rest = start < Length() ? Length() - start : 0;
        int size = length < 0 || length > rest ? rest : length;
        js_string_write_latin1(node_cxx_js, ToJs(), static_cast<size_t>(start),
                               static_cast<size_t>(size), out);
        if (length < 0)
            out[size] = '\0';
        return size;
    }

    /* Any value as NUL-terminated bytes; *it is NULL if that threw. */
    class Utf8Value {
      public:
        explicit Utf8Value(Handle<v8::Value> value) : size_(0)
        {
            text_ = js_copy_utf8(node_cxx_js, value.ToJs(), &size_);
            if (!text_)
                js_take_exception(node_cxx_js);
        }
        ~Utf8Value()
        {
            free(text_);
        }
        char *operator*() const
        {
            return text_;
        }
        int length() const
        {
            return static_cast<int>(size_);
        }

      private:
        Utf8Value(const Utf8Value &);
        void operator=(const Utf8Value &);
        char *text_;
        size_t size_;
    };

    /* The low eight bits of each character. */
    class AsciiValue {
      public:
        explicit AsciiValue(Handle<v8::Value> value) : text_(0), length_(0)
        {
            HandleScope scope;
            Handle<String> string(
                js_convert_string(node_cxx_js, value.ToJs()));
            if (string.IsEmpty()) {
                js_take_exception(node_cxx_js);
                return;
            }
            length_ = string->Length();
            text_ = new char[static_cast<size_t>(length_) + 1];
            string->WriteAscii(text_);
        }
        ~AsciiValue()
        {
            delete[] text_;
        }
        char *operator*() const
        {
            return text_;
        }
        int length() const
        {
            return length_;
        }

      private:
        AsciiValue(const AsciiValue &);
        void operator=(const AsciiValue &);
        char *text_;
        int length_;
    };
};

class Object : public Value {
  public:
    NODE_CAST(Object)
    static Local<Object> New()
    {
        return Local<Object>(js_object(node_cxx_js));
    }
    bool Set(Handle<v8::Value> key, Handle<v8::Value> value,
             PropertyAttribute attributes = None)
    {
        if (attributes == None)
            return js_set_key(node_cxx_js, ToJs(), key.ToJs(), value.ToJs());
        return js_define(node_cxx_js, ToJs(), key.ToJs(), value.ToJs(),
                         attributes);
    }
    bool Set(uint32_t index, Handle<v8::Value> value)
    {
        return js_set_index(node_cxx_js, ToJs(), index, value.ToJs());
    }
    Local<v8::Value> Get(Handle<v8::Value> key) const
    {
        return Local<v8::Value>(js_get_key(node_cxx_js, ToJs(), key.ToJs()));
    }
    Local<v8::Value> Get(uint32_t index) const
    {
        return Local<v8::Value>(js_get_index(node_cxx_js, ToJs(), index));
    }
    bool Has(Handle<v8::Value> key) const
    {
        return js_has_key(node_cxx_js, ToJs(), key.ToJs()) == 1;
    }
    bool Delete(Handle<v8::Value> key)
    {
        return js_delete_key(node_cxx_js, ToJs(), key.ToJs()) == 1;
    }
    Local<Array> GetPropertyNames() const
    {
        return Local<Array>(js_keys(node_cxx_js, ToJs()));
    }
    Local<v8::Value> GetPrototype() const
    {
        return Local<v8::Value>(js_prototype(node_cxx_js, ToJs()));
    }
    bool SetPrototype(Handle<v8::Value> prototype)
    {
        return js_set_prototype(node_cxx_js, ToJs(), prototype.ToJs());
    }
    bool SetAccessor(Handle<String> name, AccessorGetter getter,
                     AccessorSetter setter = 0,
                     Handle<v8::Value> data = Handle<v8::Value>());
};

class Array : public Object {
  public:
    NODE_CAST(Array)
    static Local<Array> New(int length = 0)
    {
        Local<Array> array(js_array(node_cxx_js, 0, 0));
        if (length > 0)
            js_set(node_cxx_js, array.ToJs(), "length",
                   js_integer(node_cxx_js, length));
        return array;
    }
    uint32_t Length() const
    {
        return js_array_length(ToJs());
    }
};

/* An array of handles is an array of js_values. */
inline const js_value *node_values(Handle<Value> *handles)
{
    return reinterpret_cast<const js_value *>(handles);
}

class Function : public Object {
  public:
    NODE_CAST(Function)
    Local<v8::Value> Call(Handle<Object> self, int argc,
                          Handle<v8::Value> argv[])
    {
        return Local<v8::Value>(js_call(node_cxx_js, ToJs(), self.ToJs(), argc,
                                        node_values(argv)));
    }
    Local<Object> NewInstance(int argc = 0, Handle<v8::Value> argv[] = 0) const
    {
        return Local<Object>(
            js_new(node_cxx_js, ToJs(), argc, node_values(argv)));
    }
};

/* A pointer, as a value. */
class External : public Value {
  public:
    NODE_CAST(External)
    static Local<External> New(void *pointer)
    {
        Local<External> external(js_object(node_cxx_js));
        js_wrap(node_cxx_js, external.ToJs(), Class(), pointer);
        return external;
    }
    static Local<v8::Value> Wrap(void *pointer)
    {
        return New(pointer);
    }
    static void *Unwrap(Handle<v8::Value> value)
    {
        return js_unwrap(node_cxx_js, value.ToJs(), Class());
    }
    void *Value() const
    {
        return js_unwrap(node_cxx_js, ToJs(), Class());
    }

  private:
    static const struct js_class *Class()
    {
        static const struct js_class external = { "External", 0 };
        return &external;
    }
};

inline Handle<Primitive> Undefined()
{
    return Handle<Primitive>(js_undefined(node_cxx_js));
}
inline Handle<Primitive> Null()
{
    return Handle<Primitive>(js_null(node_cxx_js));
}
inline Handle<Boolean> True()
{
    return Handle<Boolean>(js_boolean(node_cxx_js, true));
}
inline Handle<Boolean> False()
{
    return Handle<Boolean>(js_boolean(node_cxx_js, false));
}

inline Local<Boolean> Value::ToBoolean() const
{
    return Boolean::New(BooleanValue());
}
inline Local<Number> Value::ToNumber() const
{
    return Number::New(NumberValue());
}
inline Local<Integer> Value::ToInteger() const
{
    return Local<Integer>(
        js_number(node_cxx_js, static_cast<double>(IntegerValue())));
}
inline Local<Int32> Value::ToInt32() const
{
    return Local<Int32>(js_integer(node_cxx_js, Int32Value()));
}
inline Local<Uint32> Value::ToUint32() const
{
    return Local<Uint32>(js_number(node_cxx_js, Uint32Value()));
}
inline Local<String> Value::ToString() const
{
    return Local<String>(js_convert_string(node_cxx_js, ToJs()));
}
inline Local<Object> Value::ToObject() const
{
    return Local<Object>(js_convert_object(node_cxx_js, ToJs()));
}

/* ---- Exceptions --------------------------------------------------------- */

/* For `return ThrowException(...)`. */
inline Handle<Value> ThrowException(Handle<Value> exception)
{
    return Handle<Value>(js_throw(node_cxx_js, exception.ToJs()));
}

class Exception {
  public:
    static Local<Value> Error(Handle<String> message)
    {
        return Make(JS_ERROR, message);
    }
    static Local<Value> TypeError(Handle<String> message)
    {
        return Make(JS_TYPE_ERROR, message);
    }
    static Local<Value> RangeError(Handle<String> message)
    {
        return Make(JS_RANGE_ERROR, message);
    }
    static Local<Value> ReferenceError(Handle<String> message)
    {
        return Make(JS_REFERENCE_ERROR, message);
    }
    static Local<Value> SyntaxError(Handle<String> message)
    {
        return Make(JS_SYNTAX_ERROR, message);
    }

  private:
    static Local<Value> Make(enum js_error kind, Handle<String> message)
    {
        return Local<Value>(js_make_error(node_cxx_js, kind, message.ToJs()));
    }
};

/* Catches what was thrown since it was made: when it is asked, or if it never
 * was, at its end.  What is thrown after it was asked goes on. */
class TryCatch {
  public:
    TryCatch() : asked_(false)
    {
    }
    ~TryCatch()
    {
        if (!asked_)
            Take();
    }
    bool HasCaught()
    {
        Take();
        return !exception_.IsEmpty();
    }
    Local<Value> Exception()
    {
        Take();
        return exception_;
    }
    void Reset()
    {
        Take();
        exception_.Clear();
    }
    Handle<Value> ReThrow()
    {
        Handle<Value> exception = Exception();
        exception_.Clear();
        return ThrowException(exception);
    }

  private:
    TryCatch(const TryCatch &);
    void operator=(const TryCatch &);
    void Take()
    {
        asked_ = true;
        js_value exception = js_take_exception(node_cxx_js);
        if (!js_is_none(exception))
            exception_ = Local<Value>(exception);
    }
    bool asked_;
    Local<Value> exception_;
};

/* Around all that C calls: C cannot be unwound. */
class Thrown {}; /* an exception of JavaScript is pending */
#ifdef __cpp_exceptions
#define NODE_TRY try {
#define NODE_CATCH                                                         \
    }                                                                      \
    catch (const v8::Thrown &)                                             \
    {                                                                      \
    }                                                                      \
    catch (const std::exception &exception)                                \
    {                                                                      \
        js_throw_error(node_cxx_js, JS_ERROR, "%s", exception.what());     \
    }                                                                      \
    catch (...)                                                            \
    {                                                                      \
        js_throw_error(node_cxx_js, JS_ERROR, "a C++ exception");          \
    }
#define NODE_UNWIND throw v8::Thrown()
#else
#define NODE_TRY
#define NODE_CATCH
#define NODE_UNWIND ((void)0)
#endif

/* ---- Functions ---------------------------------------------------------- */

/* What a function or an accessor was made from. */
struct Callback {
    InvocationCallback call;
    AccessorGetter get;
    AccessorSetter set;
    Persistent<String> name;
    Persistent<Value> data;

    Callback() : call(0), get(0), set(0)
    {
    }
    static void Free(void *callback)
    {
        Callback *self = static_cast<Callback *>(callback);
        self->name.Dispose();
        self->data.Dispose();
        delete self;
    }
    Local<Value> Data() const
    {
        return data.IsEmpty() ? Local<Value>(js_undefined(node_cxx_js))
                              : Local<Value>::New(data);
    }
};

class Arguments {
  public:
    explicit Arguments(const struct js_args *args) : args_(args)
    {
    }
    int Length() const
    {
        return js_argc(args_);
    }
    Local<Value> operator[](int index) const
    {
        return Local<Value>(js_arg(args_, index));
    }
    Local<Object> This() const
    {
        return Local<Object>(js_this(args_));
    }
    Local<Object> Holder() const
    {
        return This();
    }
    bool IsConstructCall() const
    {
        return js_is_new(args_);
    }
    Local<Value> Data() const
    {
        return static_cast<Callback *>(js_data(args_))->Data();
    }

  private:
    const struct js_args *args_;
};

class AccessorInfo {
  public:
    explicit AccessorInfo(const struct js_args *args) : args_(args)
    {
    }
    Local<Object> This() const
    {
        return Local<Object>(js_this(args_));
    }
    Local<Object> Holder() const
    {
        return This();
    }
    Local<Value> Data() const
    {
        return static_cast<Callback *>(js_data(args_))->Data();
    }

  private:
    const struct js_args *args_;
};

inline js_value node_on_call(struct js *, const struct js_args *args)
{
    Callback *callback = static_cast<Callback *>(js_data(args));
    NODE_TRY
    if (callback->call)
        return callback->call(Arguments(args)).ToJs();
    NODE_CATCH
    return JS_NONE;
}

inline js_value node_on_get(struct js *, const struct js_args *args)
{
    Callback *callback = static_cast<Callback *>(js_data(args));
    NODE_TRY
    return callback
        ->get(Local<String>::New(callback->name), AccessorInfo(args))
        .ToJs();
    NODE_CATCH
    return JS_NONE;
}

inline js_value node_on_set(struct js *, const struct js_args *args)
{
    Callback *callback = static_cast<Callback *>(js_data(args));
    NODE_TRY
    callback->set(Local<String>::New(callback->name),
                  Local<Value>(js_arg(args, 0)), AccessorInfo(args));
    NODE_CATCH
    return JS_NONE;
}

inline js_value node_accessor(js_native *native, Handle<String> name,
                              AccessorGetter get, AccessorSetter set,
                              Handle<Value> data)
{
    Callback *callback = new Callback();
    callback->get = get;
    callback->set = set;
    callback->name = Persistent<String>::New(name);
    callback->data = Persistent<Value>::New(data);
    return js_closure(node_cxx_js, "", native, callback, Callback::Free);
}

inline bool Object::SetAccessor(Handle<String> name, AccessorGetter getter,
                                AccessorSetter setter, Handle<v8::Value> data)
{
    js_value get = JS_NONE;
    js_value set = JS_NONE;
    if (getter)
        get = node_accessor(node_on_get, name, getter, 0, data);
    if (setter)
        set = node_accessor(node_on_set, name, 0, setter, data);
    return js_set_accessor(node_cxx_js, ToJs(), name.ToJs(), get, set);
}

/* ---- Templates ---------------------------------------------------------- */

/* What stands in for a template is an object at once: what is set on the
 * template is set on it. */
class ObjectTemplate : public Object {
  public:
    NODE_CAST(ObjectTemplate)
    static Local<ObjectTemplate> New()
    {
        return Local<ObjectTemplate>(js_object(node_cxx_js));
    }
    /* An object that inherits. */
    Local<Object> NewInstance()
    {
        Local<Object> object = Object::New();
        js_set_prototype(node_cxx_js, object.ToJs(), ToJs());
        return object;
    }
    void SetInternalFieldCount(int) /* every object has room for a native */
    {
    }
};

class FunctionTemplate : public Object {
  public:
    NODE_CAST(FunctionTemplate)
    static Local<FunctionTemplate> New(
        InvocationCallback call = 0,
        Handle<v8::Value> data = Handle<v8::Value>())
    {
        Callback *callback = new Callback();
        callback->call = call;
        callback->data = Persistent<v8::Value>::New(data);
        return Local<FunctionTemplate>(js_constructor(
            node_cxx_js, "", node_on_call, callback, Callback::Free));
    }
    Local<Function> GetFunction()
    {
        return Local<Function>(ToJs());
    }
    Local<ObjectTemplate> PrototypeTemplate()
    {
        return Local<ObjectTemplate>(js_get(node_cxx_js, ToJs(), "prototype"));
    }
    Local<ObjectTemplate> InstanceTemplate()
    {
        return PrototypeTemplate();
    }
    void SetClassName(Handle<String> name)
    {
        js_define(node_cxx_js, ToJs(), String::New("name").ToJs(), name.ToJs(),
                  JS_READ_ONLY | JS_DONT_ENUM);
    }
    void Inherit(Handle<FunctionTemplate> parent)
    {
        PrototypeTemplate()->SetPrototype(parent->PrototypeTemplate());
    }
    bool HasInstance(Handle<v8::Value> object)
    {
        HandleScope scope;
        js_value prototype = PrototypeTemplate().ToJs();
        js_value next = object.ToJs();
        while (js_is_object(next)) {
            next = js_prototype(node_cxx_js, next);
            if (js_is_none(next))
                return false;
            if (js_is_same(next, prototype))
                return true;
        }
        return false;
    }
};

} // namespace node_extension
} // namespace v8

/* ---- Node's own --------------------------------------------------------- */

namespace node {
inline namespace node_extension {

/* What functions of C are given. */
inline struct js *Js()
{
    return node_cxx_js;
}

/* A C++ object and the object of JavaScript that it is there: derive from this,
 * Wrap(args.This()) in the constructor's callback, Unwrap<T>(args.This()) in
 * methods.  It is deleted when the other is collected.  Between Ref() and
 * Unref(), counted, that does not happen: for as long as work is under way. */
class ObjectWrap {
  public:
    ObjectWrap() : refs_(0)
    {
    }
    virtual ~ObjectWrap()
    {
        handle_.Dispose();
    }
    template <class T> static T *Unwrap(v8::Handle<v8::Object> object)
    {
        void *native = js_unwrap(node_cxx_js, object.ToJs(), Class());
        if (!native)
            NODE_UNWIND;
        T *self = Cast<T>(static_cast<ObjectWrap *>(native));
        if (native && !self) {
            js_throw_error(node_cxx_js, JS_TYPE_ERROR,
                           "not an object of this class");
            NODE_UNWIND;
        }
        return self;
    }
    void Ref()
    {
        if (refs_++ == 0)
            js_ref_weak(handle_.Ref(), false);
    }
    void Unref()
    {
        if (--refs_ == 0)
            js_ref_weak(handle_.Ref(), true);
    }

    v8::Persistent<v8::Object> handle_;

  protected:
    /* From here on `this` is the object's.  If that is another's already, it
     * is deleted, and a TypeError thrown. */
    void Wrap(v8::Handle<v8::Object> object)
    {
        if (!js_wrap(node_cxx_js, object.ToJs(), Class(), this)) {
            delete this;
            NODE_UNWIND;
            return;
        }
        handle_ = v8::Persistent<v8::Object>::New(object);
        js_ref_weak(handle_.Ref(), true);
    }

  private:
    ObjectWrap(const ObjectWrap &);
    void operator=(const ObjectWrap &);
    template <class T> static T *Cast(ObjectWrap *self)
    {
#ifdef __cpp_rtti
        return dynamic_cast<T *>(self);
#else
        return static_cast<T *>(self);
#endif
    }
    static void Free(void *self)
    {
        delete static_cast<ObjectWrap *>(self);
    }
    static const struct js_class *Class()
    {
        static const struct js_class wrapped = { "native object", Free };
        return &wrapped;
    }
    int refs_;
};

/* The base of what emits: have its template Inherit(constructor_template). */
class EventEmitter : public ObjectWrap {
  public:
    static v8::Persistent<v8::FunctionTemplate> constructor_template;

    /* False: nobody listens, or a listener threw, which then is pending. */
    bool Emit(const char *event, int argc, v8::Handle<v8::Value> argv[])
    {
        v8::HandleScope scope;
        return Emit(v8::String::New(event), argc, argv);
    }
    bool Emit(v8::Handle<v8::String> event, int argc,
              v8::Handle<v8::Value> argv[])
    {
        v8::HandleScope scope;
        v8::Local<v8::Object> self = v8::Local<v8::Object>::New(handle_);
        if (self.IsEmpty()) /* not wrapped yet, or collected */
            return false;
        v8::Handle<v8::Value> few[8];
        v8::Handle<v8::Value> *all =
            argc < 8 ? few : new v8::Handle<v8::Value>[argc + 1];
        all[0] = event;
        for (int i = 0; i < argc; i++)
            all[i + 1] = argv[i];
        js_value emit = js_get(node_cxx_js, self.ToJs(), "emit");
        js_value any = JS_NONE;
        if (!js_is_none(emit))
            any = js_call(node_cxx_js, emit, self.ToJs(), argc + 1,
                          v8::node_values(all));
        if (all != few)
            delete[] all;
        return !js_is_none(any) && js_to_boolean(node_cxx_js, any);
    }
};

__attribute__((weak)) v8::Persistent<v8::FunctionTemplate>
    EventEmitter::constructor_template;

/* What a callback of node_work_start() or node_port_post() caught and cannot
 * handle ends the process, as an uncaught exception. */
inline void FatalException(v8::TryCatch &caught)
{
    caught.ReThrow();
}

} // namespace node_extension
} // namespace node

#define NODE_PSYMBOL(name)                                                 \
    v8::Persistent<v8::String>::New(v8::String::NewSymbol(name))
#define NODE_SET_METHOD(object, name, callback)                            \
    (object)->Set(v8::String::NewSymbol(name),                             \
                  v8::FunctionTemplate::New(callback)->GetFunction())
#define NODE_SET_PROTOTYPE_METHOD(templ, name, callback)                   \
    NODE_SET_METHOD((templ)->PrototypeTemplate(), name, callback)
#define NODE_DEFINE_CONSTANT(target, constant)                             \
    (target)->Set(v8::String::NewSymbol(#constant),                        \
                  v8::Integer::New(constant),                              \
                  static_cast<v8::PropertyAttribute>(v8::ReadOnly |        \
                                                     v8::DontDelete))

/* ---- The entrance ------------------------------------------------------- */

extern "C" {

/* Yours, if this is how you begin. */
void init(v8::Handle<v8::Object> target) __attribute__((weak));

/* Node's. */
int node_extension_cxx_init(struct js *js, js_value target)
    __attribute__((weak, visibility("default")));

int node_extension_cxx_init(struct js *js, js_value target)
{
    node_cxx_js = js;
    if (!init)
        return NODE_EXTENSION_NO_INIT;
    v8::HandleScope scope;
    v8::Handle<v8::Object> global(js_global(js));
    v8::Handle<v8::Object> own(js_get(js, global.ToJs(), "node"));
    node::EventEmitter::constructor_template =
        v8::Persistent<v8::FunctionTemplate>::New(
            v8::Handle<v8::FunctionTemplate>(
                js_get(js, own.ToJs(), "EventEmitter")));
    NODE_TRY
    init(v8::Handle<v8::Object>(target));
    NODE_CATCH
    return 0;
}

} /* extern "C" */

#pragma GCC visibility pop

#undef NODE_CAST
using namespace v8;

#endif /* __cplusplus */
#endif
