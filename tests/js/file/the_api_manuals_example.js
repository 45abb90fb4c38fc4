// SPDX-License-Identifier: MIT
var File = require("/file.js").File;
var file = new File(ENV.SCRATCH + "/file-js-example", "w+");
file.write("hello world");
file.read(5, 6).addCallback(function (data, bytes) {
    console.log(data, bytes);                       // expect: world 5
});
file.close();
