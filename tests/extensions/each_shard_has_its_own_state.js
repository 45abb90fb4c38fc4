// extension: state.c
// shards: 4
var state = require(ENV.EXTENSIONS + "/state.node");

var last;
for (var i = 0; i < 100000; i++) {
    if (state.next() !== i)
        throw new Error("someone else counts too");
    last = state.add();
}
console.log(last); // expect: 100000

// Until all have counted.
node.dlopen(ENV.EXTENSIONS + "/state.node", state = {});
console.log(state.next(), state.add()); // expect: 0 1
