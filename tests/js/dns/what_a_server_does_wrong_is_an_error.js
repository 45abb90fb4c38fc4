// SPDX-License-Identifier: MIT
// within: name_server
// shards: 4
// What each name does: name_server.h.
var names = {};
for (var name in node.dns)
    names[node.dns[name]] = name;

function ask(name) {
    try {
        var answer = node.dns.resolve4(name + ".test").wait();
        console.log(name, answer[0].length, answer[1], answer[2]);
    } catch (code) {
        console.log(name, names[code]);
    }
}

ask("servfail"); // expect: servfail TEMPFAIL
ask("refused"); // expect: refused TEMPFAIL
ask("hangup"); // expect: hangup TEMPFAIL
ask("garbled"); // expect: garbled PROTOCOL
ask("cut"); // expect: cut PROTOCOL
ask("loop"); // expect: loop PROTOCOL
ask("formerr"); // expect: formerr BADQUERY
ask("nxdomain"); // expect: nxdomain NXDOMAIN
ask("nodata"); // expect: nodata NODATA
ask("stranger"); // expect: stranger 1 300 stranger.test
ask("wrongid"); // expect: wrongid 1 300 wrongid.test
ask("wrongname"); // expect: wrongname 1 300 wrongname.test
ask("truncated"); // expect: truncated 1 300 truncated.test
ask("huge"); // expect: huge 3000 300 huge.test
ask("chain"); // expect: chain 1 20 THIRD.example
