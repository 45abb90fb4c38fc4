// extension: emitter.cc
// options: --expose-gc
// shards: 4
var extension = require(ENV.EXTENSIONS + "/emitter.node");
var Worker = extension.Worker;

(function () {
    var worker = new Worker();
    console.log(worker instanceof node.EventEmitter); // expect: true
    console.log(worker.shout(), Object.keys(worker)); // expect: false []
    worker.addListener("shout", function () {
        console.log(this === worker, Array.prototype.slice.call(arguments));
    });
    console.log(worker.shout(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    // expect: true [1,2,3,4,5,6,7,8,9,10]
    // expect: true
    worker.addListener("shout", function () { throw "heard"; });
    try {
        worker.shout();
    } catch (error) {
        console.log(error); // expect: true [null,null,null,null,null,null,null,null,null,null]
                            // expect: heard
    }
})();

console.log(extension.mute()); // expect: false

// Nobody but the work in flight has these, and so they stay.
for (var i = 0; i < 100; i++)
    new Worker().work(1);
var heard = false;
(function () {
    var worker = new Worker();
    worker.addListener("done", function (result) {
        console.log(result); // expect: 42
        heard = true;
    });
    worker.work(21);
})();
gc();

// The collector tells in a turn; what the stack may still hold is not counted.
var tries = 0;
setTimeout(function look() {
    gc();
    if ((!heard || extension.alive() > 3) && ++tries < 500)
        setTimeout(look, 10);
    else
        console.log(extension.alive() <= 3); // expect: true
}, 10);
