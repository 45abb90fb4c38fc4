#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Without a setTimeout() the idle timeout is 60 s, from the last byte on (75).
. "$(dirname "$0")/../common.sh"

[ -z "$sanitizer" ] || skip "it takes a minute, and the other tree has it"
start end.js
cat >"$scratch/talk" <<'X'
/* wire
as silent
as used
sleep 5000
> GET / HTTP/1.1
>
< HTTP/1.1 200 OK
< Date: *
< Connection: keep-alive
< Content-Length: 3
<
< 0 /\
as silent
silence 17500
silence 17500
silence 17500
gone
as used
silence 500
gone
*/
X
"$client" "$port" "$scratch/talk" "$scratch/stdout" || fail "the conversation"
stop
