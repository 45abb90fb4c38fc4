// SPDX-License-Identifier: MIT
var scratch = require("../fixtures/scratch.js");
var name = scratch.file("old", "");
var child = node.createChildProcess(
    "TZ=UTC touch -a -d '2001-02-03 04:05:06.789' " + name + ";" +
    "TZ=UTC touch -m -d '1965-02-03 04:05:06' " + name);
child.addListener("exit", function () {
    var stats = node.fs.stat(name).wait();
    console.log(JSON.stringify([stats.atime, stats.mtime]));
    // expect: ["2001-02-03T04:05:06.789Z","1965-02-03T04:05:06.000Z"]
    console.log(stats.ctime > stats.atime);         // expect: true
});
