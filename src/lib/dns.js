// SPDX-License-Identifier: MIT
"use strict";

// dns: node.dns, asking the name servers.  src/bind_dns.c keeps a promise until
// its answer is there.

var resolve = native.dns.resolve;
var reverse = native.dns.reverse;

function resolver(name, family) {
    return function (domain) {
        if (typeof domain !== "string")
            throw new TypeError(name + ": domain must be a string");
        var promise = new node.Promise();
        resolve(family, domain, promise);
        return promise;
    };
}

node.dns = {
    resolve4: resolver("resolve4", 4),
    resolve6: resolver("resolve6", 6),

    reverse: function (ip) {
        if (typeof ip !== "string")
            throw new TypeError("reverse: ip must be a string");
        var promise = new node.Promise();
        if (!reverse(ip, promise))
            throw new Error("Invalid IP address");
        return promise;
    },

    // The codes are those of enum dns_code.
    TEMPFAIL: -1,
    PROTOCOL: -2,
    NXDOMAIN: -3,
    NODATA: -4,
    NOMEM: -5,
    BADQUERY: -6
};

// From C: the answer.
internal.dnsSuccess = function (promise, values, ttl, cname) {
    promise.emitSuccess(values, ttl, cname);
};

internal.dnsError = function (promise, code, message) {
    promise.emitError(code, message);
};
