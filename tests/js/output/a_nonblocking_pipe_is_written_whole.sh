# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"
program=$(dirname "$0")/../fixtures/lines.js

# Somebody else, who shares the pipe, made it non-blocking.
cat >"$scratch/nonblock.pl" <<'PL'
use Fcntl;
fcntl(STDOUT, F_SETFL, fcntl(STDOUT, F_GETFL, 0) | O_NONBLOCK) or die;
exec @ARGV or die;
PL
{ perl "$scratch/nonblock.pl" "$node" "$program" 4 1048576 puts
  echo $? >"$scratch/status"; } |
    { sleep 0.3; "$read_slowly" 4 1048576; } || fail "not whole"
[ "$(cat "$scratch/status")" -eq 0 ] || fail "status $(cat "$scratch/status")"

# And we never do: what shares our descriptors finds them as they were.
cat >"$scratch/flags.pl" <<'PL'
use Fcntl;
print STDERR fcntl(STDOUT, F_GETFL, 0) & O_NONBLOCK ? "nonblocking\n" : "";
PL
echo 'require("/utils.js").puts("x"); setTimeout(function () {}, 600)' \
    >"$scratch/x.js"
{ "$node" "$scratch/x.js" & sleep 0.3; perl "$scratch/flags.pl"; wait; } \
    2>"$scratch/err" | cat >/dev/null
matches "$scratch/err" '' "the pipe"

finish
