// SPDX-License-Identifier: MIT
"use strict";

// uri: a request target or an address, in its parts.
//
//     http://user:password@host:port/directory/file?query#anchor
//
// A part that is not there is no property.  `params` is made when it is first
// looked at.

var params = Symbol("params");

function Uri(source) {
    this.source = source;
    var path = source;
    var at = path.indexOf("#");
    var anchor = "";
    if (at >= 0) {
        anchor = path.slice(at + 1);
        path = path.slice(0, at);
    }
    at = path.indexOf("?");
    var query = "";
    if (at >= 0) {
        query = path.slice(at + 1);
        path = path.slice(0, at);
    }
    if (path.charCodeAt(0) !== 47 /* / */)
        path = takeOrigin(this, path);
    var relative = source.length === path.length ? source :
        (path + (query && "?" + query) + (anchor && "#" + anchor));
    if (relative !== "")
        this.relative = relative;
    if (path !== "") {
        this.path = path;
        at = path.lastIndexOf("/") + 1;
        if (at > 0)
            this.directory = path.slice(0, at);
        if (at < path.length)
            this.file = path.slice(at);
    }
    if (query !== "")
        this.query = query;
    if (anchor !== "")
        this.anchor = anchor;
}

// The path after protocol and authority.
function takeOrigin(uri, text) {
    var match = /^([a-z][a-z0-9+.-]*):\/\/([^/]*)/i.exec(text);
    if (match === null)
        return text;
    uri.protocol = match[1].toLowerCase();
    if (match[2] !== "") {
        uri.authority = match[2];
        takeAuthority(uri, match[2]);
    }
    return text.slice(match[0].length);
}

function takeAuthority(uri, authority) {
    var at = authority.lastIndexOf("@");
    if (at >= 0) {
        var user = authority.slice(0, at);
        var colon = user.indexOf(":");
        uri.user = colon < 0 ? user : user.slice(0, colon);
        if (colon >= 0)
            uri.password = user.slice(colon + 1);
    }
    var match = /^(?:\[(.*)\]|([^:]*))(?::(.*))?$/.exec(
        authority.slice(at + 1));
    if (match === null)
        return;
    var host = match[1] || match[2];
    if (host)
        uri.host = host;
    if (match[3])
        uri.port = match[3];
}

function decode(text) {
    if (text.indexOf("+") >= 0)
        text = text.replaceAll("+", " ");
    return text.indexOf("%") < 0 ? text : decodeURIComponent(text);
}

function addParam(object, pair) {
    var equals = pair.indexOf("=");
    try {
        var key = decode(equals < 0 ? pair : pair.slice(0, equals));
        var value = equals < 0 ? "" : decode(pair.slice(equals + 1));
    } catch (error) {
        return; // a bad % sequence
    }
    if (key === "__proto__")
        Object.defineProperty(object, key, {
            value: value, writable: true, configurable: true, enumerable: true
        });
    else if (key !== "")
        object[key] = value;
}

function parseParams(query) {
    var object = {};
    var pairs = query === undefined ? [] : query.split("&");
    for (var i = 0; i < pairs.length; i++)
        addParam(object, pairs[i]);
    return object;
}

Object.defineProperty(Uri.prototype, "params", {
    enumerable: true,
    configurable: true,
    get: function () {
        if (this[params] === undefined)
            this[params] = parseParams(this.query);
        return this[params];
    },
    set: function (object) {
        this[params] = object;
    }
});

internal.define(Uri.prototype, "toString", function () {
    return this.source;
});

internal.define(Uri.prototype, "toJSON", function () {
    return Object.assign({ params: this.params }, this);
});

// node.http.parseUri() too.
internal.parseUri = function (source) {
    return new Uri(String(source));
};
