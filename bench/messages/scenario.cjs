// SPDX-License-Identifier: MIT
//
// What is measured of two shards or workers, whoever runs them: messages.sh
// reads the lines, "NAME NANOSECONDS", and takes the medians of many runs.
//
//     api.oneWay(payload, count, done)   send so many; done() when all arrived
//     api.trip(payload, done)            there and back
//     api.move(buffer, done)             the same, moved; done(buffer)
//     api.print(line)

var object = {id: 42, name: "four fields", ratio: 0.5, ready: true};

exports.scenario = function (api) {
    var steps = [
        oneWay("int", 42, 400000),
        oneWay("string", "sixteen letters.", 400000),
        oneWay("object", object, 150000),
        trips("awake", 42, 20000, 0),
        trips("awake_object", object, 10000, 0),
        trips("asleep", 42, 1500, 3),
        moves("moved_1MB", 1 << 20, 2000)
    ];

    function next() {
        if (steps.length > 0)
            steps.shift()();
        else
            api.end();
    }

    function report(name, ms, count) {
        api.print(name + " " + Math.round(ms * 1e6 / count));
        next();
    }

    // A tenth of it first, for the machine code.
    function oneWay(name, payload, count) {
        return function () {
            api.oneWay(payload, count / 10, function () {
                var start = performance.now();
                api.oneWay(payload, count, function () {
                    report(name, performance.now() - start, count);
                });
            });
        };
    }

    // With a pause before each, in which both fall asleep; it is not counted.
    function trips(name, payload, count, pause) {
        return function () {
            var left = count + count / 10, sum = 0, start;
            function back() {
                var ms = performance.now() - start;
                if (left < count)
                    sum += ms;
                go();
            }
            function start_() {
                start = performance.now();
                api.trip(payload, back);
            }
            function go() {
                if (left-- === 0)
                    report(name, sum, count);
                else if (pause > 0)
                    setTimeout(start_, pause);
                else
                    start_();
            }
            go();
        };
    }

    function moves(name, length, count) {
        return function () {
            var left = count, start = performance.now();
            (function go(buffer) {
                if (buffer.byteLength !== length)
                    throw new Error("a buffer of " + buffer.byteLength);
                if (left-- === 0)
                    report(name, performance.now() - start, count);
                else
                    api.move(buffer, go);
            })(new ArrayBuffer(length));
        };
    }

    next();
};
