// SPDX-License-Identifier: MIT
// shards: 2
function thrown(name) {
    var values = Array.prototype.slice.call(arguments, 1);
    try {
        node.fs[name].apply(node.fs, values);
        console.log("nothing");
    } catch (error) {
        var parts = error.message.split("Bad argument: ");
        console.log(error instanceof TypeError && parts[0] === "", parts[1]);
    }
}
thrown("rename", "a");
// expect: true path2 of rename() must be a string without NUL
thrown("stat");
// expect: true path of stat() must be a string without NUL
thrown("unlink", {});
// expect: true path of unlink() must be a string without NUL
thrown("rmdir", "a\0b");
// expect: true path of rmdir() must be a string without NUL
thrown("mkdir", "a", "0777");
// expect: true mode of mkdir() must be an integer
thrown("readdir", null);
// expect: true path of readdir() must be a string without NUL
thrown("open", "a");
// expect: true flags of open() must be an integer
thrown("open", "a", "r");
// expect: true flags of open() must be an integer
thrown("open", "a", 0, 1.5);
// expect: true mode of open() must be an integer
thrown("close", "3");
// expect: true fd of close() must be an integer
thrown("close", 4294967297);
// expect: true fd of close() must be an integer
thrown("write", 1);
// expect: true data of write() must be a string, typed array or ArrayBuffer
thrown("write", 1, "x", -1);
// expect: true position of write() must be an integer from 0 on, or null
thrown("write", 1, "x", "binary");
// expect: true position of write() must be an integer from 0 on, or null
thrown("read", 1);
// expect: true length of read() must be an integer from 0 on
thrown("read", 1, -1);
// expect: true length of read() must be an integer from 0 on
thrown("read", 1, 1, NaN);
// expect: true position of read() must be an integer from 0 on, or null
thrown("read", 1, 1, 9007199254740992);
// expect: true position of read() must be an integer from 0 on, or null
thrown("cat");
// expect: true filename of cat() must be a string without NUL
thrown("exists", "a");
// expect: true callback of exists() must be a function
