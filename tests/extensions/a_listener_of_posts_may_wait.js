// extension: ticker.c
// extension: pool.c
var ticker = require(ENV.EXTENSIONS + "/ticker.node");
var pool = require(ENV.EXTENSIONS + "/pool.node");

// The first waits for the last: a turn within it has to take the others.
var promise = new node.Promise();
var order = [];
ticker.start(function (number) {
    if (number === 0)
        promise.wait();
    if (number === 9)
        promise.emitSuccess();
    order.push(number);
    if (order.length === 10)
        console.log(order); // expect: [1,2,3,4,5,6,7,8,9,0]
    if (order.length === 10)
        work();
}, 10, 0);

// And so may one of work.
function work() {
    pool.sum(new Float64Array([1]), 0).addCallback(function () {
        console.log(pool.sum(new Float64Array([2]), 0).wait()); // expect: 2
    });
}
