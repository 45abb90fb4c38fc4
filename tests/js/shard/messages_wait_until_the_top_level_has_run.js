// SPDX-License-Identifier: MIT
// options: --cores 2
var shard = node.shard;
if (shard.id === 0) {
    shard.expose("sent", function () {
        for (var i = 0; i < 3; i++) {
            shard.send(1, i);
            shard.call(1, "called", i);
            shard.send(1, {i: i});
        }
        shard.send(1, "last");
        return "value";
    });
} else {
    shard.addListener("message", function (message) {
        console.log("message", typeof message === "object" ? "{" + message.i + "}"
                                                           : message);
    });
    shard.expose("called", function (i) { console.log("called", i); });
    // The value comes behind all of that.
    console.log(shard.call(0, "sent").wait());  // expect: value
    var until = new node.Promise();
    setTimeout(function () { until.emitSuccess(); }, 50);
    until.wait();
    console.log("top level has run");           // expect: top level has run
}
// expect: message 0
// expect: called 0
// expect: message {0}
// expect: message 1
// expect: called 1
// expect: message {1}
// expect: message 2
// expect: called 2
// expect: message {2}
// expect: message last
