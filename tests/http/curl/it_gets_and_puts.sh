#!/bin/sh
# SPDX-License-Identifier: MIT
#
# What curl asks for it gets, by both versions, with every framing, on one
# connection and on many; files come back byte by byte.
. "$(dirname "$0")/../common.sh"

same() { # WHAT EXPECTED FOUND
    [ "$2" = "$3" ] || fail "$1: expected: $2, found: $3"
}
ask() { curl -sS --max-time 60 "$@"; }

start echo.js
url=http://127.0.0.1:$port

# Versions, methods, statuses.
same 1.1 "GET /a 1.1" "$(ask "$url/a" | head -n 1)"
same 1.0 "GET /a 1.0" "$(ask -0 "$url/a" | head -n 1)"
same head "200 0" "$(ask -I -o "$scratch/head" \
    -w '%{http_code} %{size_download}' "$url/")"
grep -qi '^content-length: [1-9]' "$scratch/head" || fail "HEAD has no length"
same status 404 "$(ask -o "$scratch/null" -w '%{http_code}' "$url/?status=404")"
same 304 304 "$(ask -o "$scratch/null" -w '%{http_code}' "$url/?status=304")"
same 204 204 "$(ask -o "$scratch/null" -w '%{http_code}' "$url/?status=204")"
ask -H 'X-Custom: Some Value' -A agent "$url/" >"$scratch/text"
has_line "$scratch/text" "X-Custom: Some Value" || fail "no X-Custom"
has_line "$scratch/text" "User-Agent: agent" || fail "no User-Agent"
has_line "$scratch/text" "Host: 127.0.0.1:$port" || fail "no Host"

# Bodies: form, chunks, length, Expect (curl asks for it above 1 MB).
same post "a=b&c=d" "$(ask -d 'a=b&c=d' "$url/")"
same empty "" "$(ask -X POST -d '' "$url/")"
head -c 5000000 /dev/urandom >"$scratch/file"
for how in "" "-0" "-H Transfer-Encoding:chunked" "-H Expect:" \
    "-H Expect:100-continue"; do
    # shellcheck disable=SC2086 # words
    ask $how -T "$scratch/file" "$url/" >"$scratch/back" ||
        fail "upload ($how) failed"
    cmp "$scratch/file" "$scratch/back" || fail "upload ($how) differs"
done
ask -T - "$url/" <"$scratch/file" | cmp - "$scratch/file" ||
    fail "upload from a pipe differs"
ask -F text=hello -F "file=@$scratch/file" "$url/" >"$scratch/back"
[ "$(wc -c <"$scratch/back")" -gt 5000000 ] || fail "a form is cut"

# One connection for many, unless a side says no.
connects() { ask -o "$scratch/null" -o "$scratch/null" -o "$scratch/null" \
    -w '%{num_connects} ' "$@" "$url/1" "$url/2" "$url/3"; }
same reuse "1 0 0 " "$(connects)"
same close "1 1 1 " "$(connects -H 'Connection: close')"
same 1.0 "1 1 1 " "$(connects -0)"
same put "1 0 0 " "$(connects -X PUT -d x)"
stop
