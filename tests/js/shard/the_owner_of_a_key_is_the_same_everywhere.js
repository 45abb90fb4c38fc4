// SPDX-License-Identifier: MIT
// options: --cores 3
// src/owner.c has more of them.
var shard = node.shard;
var keys = ["", "a", "apple", "user:2", "\u00fc", "\u20ac", "\u{1f600}", 7, null];
shard.expose("owners", function () { return keys.map(shard.owner, shard); });
if (shard.id === 0)
    shard.callAll("owners").addCallback(function (all) {
        console.log(all[0].slice(0, 7).join());     // expect: 1,1,0,2,1,1,0
        console.log(all[1].join() === all[0].join(),
                    all[2].join() === all[0].join());   // expect: true true
        console.log(shard.owner(7) === shard.owner("7"),
                    shard.owner("\ud800") === shard.owner("\ufffd"));
        // expect: true true
    });
