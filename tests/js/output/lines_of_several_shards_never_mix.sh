# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"
program=$(dirname "$0")/../fixtures/lines.js

lines() { # COUNT LENGTH HOW
    { "$node" --cores 4 "$program" "$1" "$2" "$3" 2>"$scratch/err"
      echo $? >"$scratch/status"; } | "$read_slowly" $((4 * $1)) "$2" ||
        fail "$*: lines are not what they were"
    [ "$(cat "$scratch/status")" -eq 0 ] || fail "$*: $(cat "$scratch/err")"
}

lines 8 1048576 puts
lines 8 1048576 print
lines 5000 50 puts
lines 5000 0 print

finish
