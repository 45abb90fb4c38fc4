// SPDX-License-Identifier: MIT
// shards: 4
// Every shard sends every shard, itself too, messages and calls of all sorts in
// one order, and each receiver checks the order by sender.
var shard = node.shard;
var COUNT = 3000;
var seen = [], wrong = [], sum = 0;

function arrive(from, number) {
    seen[from] = (seen[from] || 0) + 1;
    if (seen[from] !== number + 1)
        wrong.push(from + ": " + number + " came as " + (seen[from] - 1));
    if (++sum === COUNT * shard.count)
        console.log(wrong.length ? wrong.slice(0, 5).join("\n") : "in order");
}

function numberOf(message) {
    if (typeof message === "object")
        return message instanceof ArrayBuffer ? new Int32Array(message)[0]
                                              : message.number;
    return Math.floor(Number(message));
}

shard.addListener("message", function (message, from) {
    arrive(from, numberOf(message));
});
shard.expose("arrive", function (from, number) { arrive(from, number); });

function sendTo(id, number) {
    switch (number % 7) {
    case 0: return shard.send(id, number);
    case 1: return shard.send(id, number + 0.5);
    case 2: return shard.send(id, String(number));
    case 3: return shard.send(id, {number: number});
    case 4: return shard.call(id, "arrive", shard.id, number);
    case 5: return shard.call(id, "arrive", shard.id, number, {}, "more", []);
    case 6:
        var buffer = new Int32Array([number]).buffer;
        return shard.send(id, buffer, [buffer]);
    }
}

var number = 0;
setTimeout(function some() {
    for (var i = 0; i < 300; i++, number++)
        for (var id = 0; id < shard.count; id++)
            sendTo(id, number);
    if (number < COUNT)
        setTimeout(some, number % 2);
});
// expect: in order
