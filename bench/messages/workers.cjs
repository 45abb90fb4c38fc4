// SPDX-License-Identifier: MIT
//
// The scenario between a main thread and a worker of Node, Bun or Deno: by
// node:worker_threads, or with the argument "web" by the Worker of the web.  With
// PROCESSORS=A,B in the environment the threads stay on those.

var threads = require("node:worker_threads");
var scenario = require("./scenario.cjs").scenario;

function pin(processor) {
    var tid = require("node:fs").readlinkSync("/proc/thread-self")
        .split("/").pop();
    var result = require("node:child_process")
        .spawnSync("taskset", ["-pc", String(processor), tid]);
    if (result.status !== 0)
        throw new Error("taskset: " + result.stderr);
}

// At the worker: count messages, or send them back.
function serve(post) {
    var left = 0;
    return function (message) {
        if (message !== null && typeof message === "object" &&
            "count" in message) {
            left = message.count;
            post("ready");
        } else if (left === 0) {
            post(message, message instanceof ArrayBuffer ? [message] : []);
        } else if (--left === 0) {
            post("all");
        }
    };
}

function drive(post, listen, end) {
    var on;
    listen(function (message) { on(message); });
    scenario({
        oneWay: function (payload, count, done) {
            on = function () {
                on = done; // "all"
                for (var i = 0; i < count; i++)
                    post(payload);
            };
            post({count: count});
        },
        trip: function (payload, done) {
            on = done;
            post(payload);
        },
        move: function (buffer, done) {
            on = done;
            post(buffer, [buffer]);
        },
        print: function (line) { console.log(line); },
        end: end
    });
}

function exit() {
    process.exit(0);
}

function driveWeb() {
    var url = require("node:url").pathToFileURL(__filename);
    var worker = new Worker(url, {type: "module"});
    drive(function (message, moved) { worker.postMessage(message, moved); },
          function (f) { worker.onmessage = function (e) { f(e.data); }; },
          exit);
}

function driveThreads() {
    var worker = new threads.Worker(__filename);
    drive(function (message, moved) { worker.postMessage(message, moved); },
          function (f) { worker.on("message", f); }, exit);
}

function serveHere() {
    var port = threads.parentPort;
    if (process.env.PROCESSORS)
        pin(process.env.PROCESSORS.split(",")[1]);
    if (port) {
        var f = serve(function (message, moved) {
            port.postMessage(message, moved);
        });
        port.on("message", f);
        return;
    }
    var g = serve(function (message, moved) {
        self.postMessage(message, moved);
    });
    self.onmessage = function (event) { g(event.data); };
}

var isWorker = !threads.isMainThread ||
    typeof WorkerGlobalScope !== "undefined" &&
    globalThis instanceof WorkerGlobalScope;
if (!isWorker && process.env.PROCESSORS)
    pin(process.env.PROCESSORS.split(",")[0]);
if (isWorker)
    serveHere();
else if (process.argv.includes("web"))
    driveWeb();
else
    driveThreads();
