// SPDX-License-Identifier: MIT
include("/utils.js");
function later(event) {
    var promise = new node.Promise();
    var values = Array.prototype.slice.call(arguments, 1);
    setTimeout(function () {
        promise[event].apply(promise, values);
    }, 1);
    return promise;
}
(async function () {
    puts(await later("emitSuccess") === undefined); // expect: true
    puts(await later("emitSuccess", 5));            // expect: 5
    puts(JSON.stringify(await later("emitSuccess", 5, 6))); // expect: [5,6]
    try {
        await later("emitError", 404, "more");
    } catch (error) {
        puts(error instanceof Error);               // expect: true
        puts(error.message);
        // expect: Promise completed with error (404, more)
        puts(JSON.stringify(error.values));         // expect: [404,"more"]
    }
    var mine = new RangeError("mine");
    try { await later("emitError", mine); } catch (e) { puts(e === mine); }
    // expect: true
    var done = new node.Promise();
    done.emitSuccess("done");
    puts(await done);                               // expect: done
})();
