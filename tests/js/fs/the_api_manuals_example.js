// SPDX-License-Identifier: MIT
var file = ENV.SCRATCH + "/" + Math.random();
var flags = node.O_CREAT | node.O_WRONLY;
node.fs.open(file, flags, 0644).addCallback(function (fd) {
    node.fs.write(fd, "hello\n").addCallback(function (written) {
        node.fs.close(fd).wait();
        console.log(written, node.fs.stat(file).wait().size);
        // expect: 6 6
        node.fs.unlink(file);
    });
});
