// SPDX-License-Identifier: MIT
#include "isolates/js.h"

#include "isolates/engine.hh"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <deque>
#include <libplatform/libplatform.h>
#include <mutex>
#include <unordered_map>

namespace {

class wrapped_platform;
wrapped_platform *platform;
double now();

struct queued {
    std::unique_ptr<v8::Task> task;
    bool nestable;
    bool settles; /* a promise, so the process has to wait for it */
    double due;   /* 0: at once */
};

/* Of what V8 posts, only Atomics.waitAsync has to be waited for here: V8 counts
 * its background compilations itself, and the rest is housekeeping.  A task
 * says where it comes from, if V8's build lets it. */
bool does_settle(const v8::SourceLocation &from)
{
    return !from.FileName() || strstr(from.FileName(), "futex");
}

/* The heap's order: the earliest on top. */
bool later(const queued &a, const queued &b)
{
    return a.due > b.due;
}

} // namespace

/* The tasks that V8 wants run on the isolate's own thread.  Any thread posts;
 * the isolate's runs them from js_pump(). */
class task_runner final : public v8::TaskRunner {
  public:
    bool IdleTasksEnabled() override
    {
        return false;
    }
    bool NonNestableTasksEnabled() const override
    {
        return true;
    }
    bool NonNestableDelayedTasksEnabled() const override
    {
        return true;
    }

    void open(struct js *js)
    {
        std::lock_guard<std::mutex> lock(mutex_);
        js_ = js;
        wake();
    }

    void close()
    {
        std::deque<queued> ready;
        std::vector<queued> delayed;
        std::lock_guard<std::mutex> lock(mutex_);
        js_ = nullptr;
        closed_ = true;
        ready.swap(ready_);
        delayed.swap(delayed_);
    }

    int64_t pump(struct js *js);
    bool is_busy();

  protected:
    void PostTaskImpl(std::unique_ptr<v8::Task> task,
                      const v8::SourceLocation &) override
    {
        post({ std::move(task), true, false, 0 });
    }
    void PostNonNestableTaskImpl(std::unique_ptr<v8::Task> task,
                                 const v8::SourceLocation &from) override
    {
        post({ std::move(task), false, does_settle(from), 0 });
    }
    void PostDelayedTaskImpl(std::unique_ptr<v8::Task> task, double delay,
                             const v8::SourceLocation &) override
    {
        post({ std::move(task), true, false, now() + delay });
    }
    void PostNonNestableDelayedTaskImpl(std::unique_ptr<v8::Task> task,
                                        double delay,
                                        const v8::SourceLocation &from) override
    {
        post({ std::move(task), false, does_settle(from), now() + delay });
    }

  private:
    void post(queued entry);
    void wake();
    void ripen();
    bool next(queued *entry);
    int64_t wait();

    std::mutex mutex_;
    std::deque<queued> ready_;
    std::vector<queued> delayed_;
    struct js *js_ = nullptr;
    bool woken_ = false;
    bool closed_ = false;
    unsigned depth_ = 0; /* of pump(); the owner's alone */
};

namespace {

/* V8's default platform, but for the foreground tasks. */
class wrapped_platform final : public v8::Platform {
  public:
    explicit wrapped_platform(int workers)
        : inner_(v8::platform::NewDefaultPlatform(workers))
    {
    }

    std::shared_ptr<task_runner> add(v8::Isolate *isolate)
    {
        auto runner = std::make_shared<task_runner>();
        std::lock_guard<std::mutex> lock(mutex_);
        runners_[isolate] = runner;
        return runner;
    }

    void remove(v8::Isolate *isolate)
    {
        std::lock_guard<std::mutex> lock(mutex_);
        runners_.erase(isolate);
    }

    std::shared_ptr<v8::TaskRunner> GetForegroundTaskRunner(
        v8::Isolate *isolate, v8::TaskPriority) override
    {
        std::lock_guard<std::mutex> lock(mutex_);
        auto found = runners_.find(isolate);
        return found == runners_.end() ? nullptr : found->second;
    }

    v8::PageAllocator *GetPageAllocator() override
    {
        return inner_->GetPageAllocator();
    }
    v8::ThreadIsolatedAllocator *GetThreadIsolatedAllocator() override
    {
        return inner_->GetThreadIsolatedAllocator();
    }
    void OnCriticalMemoryPressure() override
    {
        inner_->OnCriticalMemoryPressure();
    }
    int NumberOfWorkerThreads() override
    {
        return inner_->NumberOfWorkerThreads();
    }
    std::unique_ptr<v8::ScopedBlockingCall> CreateBlockingScope(
        v8::BlockingType type) override
    {
        return inner_->CreateBlockingScope(type);
    }
    double MonotonicallyIncreasingTime() override
    {
        return inner_->MonotonicallyIncreasingTime();
    }
    double CurrentClockTimeMillis() override
    {
        return inner_->CurrentClockTimeMillis();
    }
    StackTracePrinter GetStackTracePrinter() override
    {
        return inner_->GetStackTracePrinter();
    }
    v8::TracingController *GetTracingController() override
    {
        return inner_->GetTracingController();
    }

  protected:
    std::unique_ptr<v8::JobHandle> CreateJobImpl(
        v8::TaskPriority priority, std::unique_ptr<v8::JobTask> task,
        const v8::SourceLocation &location) override
    {
        return inner_->CreateJob(priority, std::move(task), location);
    }
    void PostTaskOnWorkerThreadImpl(v8::TaskPriority priority,
                                    std::unique_ptr<v8::Task> task,
                                    const v8::SourceLocation &location) override
    {
        inner_->PostTaskOnWorkerThread(priority, std::move(task), location);
    }
    void PostDelayedTaskOnWorkerThreadImpl(
        v8::TaskPriority priority, std::unique_ptr<v8::Task> task,
        double delay, const v8::SourceLocation &location) override
    {
        inner_->PostDelayedTaskOnWorkerThread(priority, std::move(task), delay,
                                              location);
    }

  private:
    std::unique_ptr<v8::Platform> inner_;
    std::mutex mutex_;
    std::unordered_map<v8::Isolate *, std::shared_ptr<task_runner>> runners_;
};

double now()
{
    return platform->MonotonicallyIncreasingTime();
}

} // namespace

/* The lock is held while the host is woken: a host that closes waits for it. */
void task_runner::post(queued entry)
{
    std::lock_guard<std::mutex> lock(mutex_);
    if (closed_)
        return;
    if (entry.due > 0) {
        delayed_.push_back(std::move(entry));
        std::push_heap(delayed_.begin(), delayed_.end(), later);
    } else {
        ready_.push_back(std::move(entry));
    }
    wake();
}

/* Once for all that is posted before the next pump. */
void task_runner::wake()
{
    if (!js_ || woken_ || (ready_.empty() && delayed_.empty()))
        return;
    woken_ = true;
    js_->host.wake(js_);
}

/* Move what is due from the heap to the queue. */
void task_runner::ripen()
{
    double time = delayed_.empty() ? 0 : now();
    while (!delayed_.empty() && delayed_.front().due <= time) {
        std::pop_heap(delayed_.begin(), delayed_.end(), later);
        ready_.push_back(std::move(delayed_.back()));
        delayed_.pop_back();
    }
}

/* Inside another task only nestable tasks may run. */
bool task_runner::next(queued *entry)
{
    std::lock_guard<std::mutex> lock(mutex_);
    auto found = std::find_if(
        ready_.begin(), ready_.end(),
        [this](const queued &e) { return depth_ == 1 || e.nestable; });
    if (found == ready_.end())
        return false;
    *entry = std::move(*found);
    ready_.erase(found);
    return true;
}

/* Milliseconds to the next pump, rounded up: early would be in vain. */
int64_t task_runner::wait()
{
    std::lock_guard<std::mutex> lock(mutex_);
    if (!ready_.empty() && depth_ == 0)
        return 0;
    if (delayed_.empty())
        return -1;
    double left = std::ceil((delayed_.front().due - now()) * 1000);
    return static_cast<int64_t>(std::clamp(left, 0.0, 2147483647.0));
}

int64_t task_runner::pump(struct js *js)
{
    size_t count;
    v8::HandleScope outer(js->isolate);
    engine::aside aside(js);
    {
        std::lock_guard<std::mutex> lock(mutex_);
        woken_ = false;
        ripen();
        count = ready_.size(); /* what these post is for the next turn */
    }
    depth_++;
    js->depth++;
    queued entry;
    for (; count > 0 && !js->terminated && next(&entry); count--) {
        v8::HandleScope scope(js->isolate);
        v8::TryCatch caught(js->isolate);
        entry.task->Run();
        entry.task.reset();
        engine::uncaught(js, caught);
        caught.Reset();
        engine::checkpoint(js);
    }
    js->depth--;
    depth_--;
    return js->terminated ? -1 : wait();
}

bool task_runner::is_busy()
{
    auto settles = [](const queued &entry) { return entry.settles; };
    std::lock_guard<std::mutex> lock(mutex_);
    return std::ranges::any_of(ready_, settles) ||
           std::ranges::any_of(delayed_, settles);
}

namespace engine {

void platform_start(unsigned workers)
{
    int threads = static_cast<int>(std::clamp(workers, 1u, 16u));
    platform = new wrapped_platform(threads);
    v8::V8::InitializePlatform(platform);
}

void platform_stop()
{
    v8::V8::DisposePlatform();
    delete platform;
    platform = nullptr;
}

std::shared_ptr<task_runner> platform_add(v8::Isolate *isolate)
{
    return platform->add(isolate);
}

void platform_remove(v8::Isolate *isolate)
{
    platform->remove(isolate);
}

void runner_open(task_runner &runner, struct js *js)
{
    runner.open(js);
}

void runner_post(task_runner &runner, std::unique_ptr<v8::Task> task)
{
    runner.PostTask(std::move(task));
}

void runner_close(task_runner &runner)
{
    runner.close();
}

} // namespace engine

int64_t js_pump(struct js *js)
{
    return js->runner->pump(js);
}

bool js_is_busy(struct js *js)
{
    return js->isolate->HasPendingBackgroundTasks() || js->runner->is_busy();
}
