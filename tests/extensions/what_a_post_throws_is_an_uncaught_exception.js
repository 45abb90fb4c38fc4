// extension: ticker.c
// status: 1
// stderr: a_post_throws_is_an_uncaught_exception.js:10$
// stderr: ^ +throw new Error\("number " \+ number\);
// stderr: ^ +\^
// stderr: ^Error: number 3
var ticker = require(ENV.EXTENSIONS + "/ticker.node");
ticker.start(function (number) {
    if (number === 3)
        throw new Error("number " + number);
    console.log(number);
    // expect: 0
    // expect: 1
    // expect: 2
}, -1, 0);
