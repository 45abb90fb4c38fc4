// extension: pool.c
// shards: 4
var pool = require(ENV.EXTENSIONS + "/pool.node");

console.log(pool.sum(new Float64Array([1, 2, 3.5]), 0).wait()); // expect: 6.5

// Not copied: what script does with the array meanwhile does not matter.
var numbers = new Float64Array(100000).fill(1);
var promise = pool.sum(numbers, 10000);
numbers.buffer.transfer();
console.log(numbers.length, promise.wait()); // expect: 0 100000

try {
    pool.sum(new Float64Array([NaN]), 0).wait();
} catch (error) {
    console.log(error.message); // expect: not a sum
}
try {
    pool.sum("text", 0);
} catch (error) {
    console.log(error.name); // expect: TypeError
}

(async function () {
    console.log(await pool.sum(new Float64Array([1]), 0)); // expect: 1
    // Many at once, under way on all shards.
    var left = 1000, total = 0;
    for (var i = 0; i < 1000; i++) {
        pool.sum(new Float64Array([i]), 0).addCallback(function (sum) {
            total += sum;
            if (--left === 0)
                console.log(total); // expect: 499500
        });
    }
})();
