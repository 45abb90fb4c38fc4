// extension: statics.cc
// each: -O0
// each: -O2
// shards: 4
var statics = require(ENV.EXTENSIONS + "/statics.node");
statics.own = "mine " + node.shard.id;

for (var i = 0; i < 10000; i++) {
    var all = statics.count();
    if (String(all) !== [i, i, i, statics.own].join())
        throw new Error("someone else's: " + all);
}
console.log(i); // expect: 10000
