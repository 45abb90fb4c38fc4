// SPDX-License-Identifier: MIT
// shards: 2
var scratch = require("../fixtures/scratch.js");
var name = scratch.file("file", "text");
(async function () {
    console.log(await node.fs.cat(name));           // expect: text
    var fd = await node.fs.open(name, node.O_RDONLY);
    console.log(await node.fs.read(fd, 2, 1));      // expect: ["ex",2]
    try {
        await node.fs.unlink("/none/such");
    } catch (error) {
        console.log(error.message);
        // expect: No such file or directory
    }
})();
