// SPDX-License-Identifier: MIT
include("/utils.js");
class Counter {
    #count = 0;
    static { Counter.ready = true; }
    up() { return ++this.#count; }
}
const counter = new Counter();
puts(counter.up() + counter.up());                  // expect: 3
puts(Counter.ready);                                // expect: true
const { a, ...rest } = { a: 1, b: 2, c: 3 };
puts(JSON.stringify(rest));                         // expect: {"b":2,"c":3}
puts([1, 2, 3].at(-1) + (undefined ?? 4));          // expect: 7
puts(`${[3, 1, 2].toSorted()}`);                    // expect: 1,2,3
puts(2n ** 64n);                                    // expect: 18446744073709551616
puts(/(?<year>\d{4})/.exec("in 2009").groups.year); // expect: 2009
(async () => {
    for await (const x of [Promise.resolve("async")])
        puts(x);                                    // expect: async
})();
