// SPDX-License-Identifier: MIT
// within: manual
node.fs.rename("/tmp/hello", "/tmp/world").wait();

node.fs.stat("/tmp/world").addCallback(function (stats) {
  puts("stats: " + JSON.stringify(stats));
});

function puts(text) { // its numbers are the machine's
    var stats = JSON.parse(text.slice("stats: ".length));
    console.log(text.slice(0, 7) + Object.keys(stats).slice(0, 7));
    console.log(Object.keys(stats).slice(7).join());
    console.log(stats.size + " " + /^\d{4}-.*Z$/.test(stats.mtime));
}
// expect: stats: dev,ino,mode,nlink,uid,gid,rdev
// expect: size,blksize,blocks,atime,mtime,ctime
// expect: 6 true
