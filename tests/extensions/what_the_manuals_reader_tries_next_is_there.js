// extension: names.cc
// each: -O0
// each: -O2
// shards: 4
var names = require(ENV.EXTENSIONS + "/names.node");

function tried(f) {
    try {
        return f();
    } catch (error) {
        return String(error);
    }
}

[undefined, null, true, false, 1, 1.5, "s", [], function () {}, {}].forEach(
    function (value) { console.log(names.describe(value)); });
// expect: undefined 
// expect: null 
// expect: true boolean 
// expect: false boolean 
// expect: int32 number 
// expect: number 
// expect: string 
// expect: array object 
// expect: function object 
// expect: object 

console.log(names.convert("-1.5"));
// expect: ["-1.5",-1.5,-1,-1,4294967295,true,-1.5,-1,4294967295]
console.log(names.convert(Math.pow(2, 32) + 3));
// expect: ["4294967299",4294967299,4294967299,3,3,true,4294967299,3,3]
console.log(names.convert({}).slice(2));
// expect: [0,0,0,true,null,0,0]
console.log(names.texts("h\u00e9\u20ac"));
// expect: {"utf8":"hé€","length":3,"utf8Length":6,"written":7,"count":3,"same":true}
console.log(tried(function () {
    names.texts({ toString: function () { throw 1; } });
})); // expect: TypeError: no text

var copy = names.objects({ a: 1, b: [2], gone: 3 });
copy.fixed = 2;
console.log(copy, copy.fixed);
// expect: {"7":true,"a":1,"b":[2],"hasA":true,"nothing":null} 1

names.keep(function (count, symbol) { return [this === names, count, symbol]; });
console.log(names.callKept(0, 0, 0)); // expect: [true,3,"symbol"]
names.keep(function () { throw new RangeError("mine"); });
console.log(names.callKept()); // expect: caught: RangeError: mine
console.log(tried(function () { names.keep(1); }));
// expect: TypeError: a function, please
console.log(tried(function () {
    names.rethrow(function () { throw "again"; });
})); // expect: again
console.log(names.rethrow(function () { return 8; })); // expect: 8
function throwsOne() { throw "one"; }
console.log(tried(function () { names.wrapped(throwsOne); }));
// expect: another
console.log(tried(function () { return names.ignore(throwsOne); }));
// expect: undefined

for (var i = 0; i < 8; i++)
    console.log(tried(function () { names.throw(i); }));
// expect: Error: thrown
// expect: TypeError: thrown
// expect: RangeError: thrown
// expect: ReferenceError: thrown
// expect: SyntaxError: thrown
// expect: thrown
// expect: Error: of C++
// expect: Error: a C++ exception

names.ANSWER = 1;
console.log(names.ANSWER, names.withData()); // expect: 42 the data
console.log(names.pointer(names.pointer())); // expect: 42
console.log(tried(function () { names.pointer({}); }));
// expect: TypeError: not a External

var counter = new names.Counter(10);
console.log(counter.next(), counter.next(), counter.count); // expect: 10 11 12
counter.count = 3;
console.log(counter.next(), names.Counter.name); // expect: 3 Counter
console.log(names.made.next(), names.isInstance); // expect: 5 true
console.log(tried(function () { names.Counter(1); }));
// expect: TypeError: Counter needs new
console.log(tried(function () { counter.next.call({}); }));
// expect: TypeError: not a native object
console.log(tried(function () { counter.next.call(new names.Other()); }));
// expect: TypeError: not an object of this class
console.log(tried(function () { names.Other.call(counter); }));
// expect: TypeError: the object is a native one already

class Derived extends names.Counter {
    twice() { return this.next() + this.next(); }
}
console.log(new Derived(1).twice()); // expect: 3
