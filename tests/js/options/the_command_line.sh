# SPDX-License-Identifier: MIT
. "$(dirname "$0")/../expect.sh"

echo 'console.log(node.shard.count + " " + ARGV.slice(2).join());' \
    >"$scratch/count.js"
: >"$scratch/empty.js"
cd "$scratch" || exit 1

# What is asked for and printed.
case $node in
*/node_g) version='^[0-9]+\.[0-9]+\.[0-9]+ \(debug\)$' ;;
*) version='^[0-9]+\.[0-9]+\.[0-9]+$' ;;
esac
runs 0 "$version" '' "$node" --version
[ "$(wc -l <"$scratch/out")" -eq 1 ] || fail "--version: more than a line"
runs 0 "$version" '' "$node" -v
runs 0 '^usage: node \[options\] program.js \[arguments\]$' '' "$node" --help
runs 0 '^usage: ' '' "$node" -h
for word in --cores auto --pin --no-pin --cflags --v8-options --version --help -- \
    NODE_CORES NODE_LIBRARY_PATHS; do
    grep -q -e "$word" "$scratch/out" || fail "--help does not tell of $word"
done
runs 0 '--stack-size' '' "$node" --v8-options

# A program.
runs 0 '' '' "$node" empty.js
runs 0 '^1 $' '' "$node" count.js
runs 0 '^1 -v,--help,--cores,7$' '' "$node" count.js -v --help --cores 7
runs 0 '^1 --help$' '' "$node" -- count.js --help
runs 0 '^1 $' '' "$node" --pin -- count.js
runs 0 '^1 --,a$' '' "$node" count.js -- a
cp count.js -- --odd.js
runs 0 '^1 b$' '' "$node" -- --odd.js b

# Shards.
runs 0 '^1 $' '' "$node" --cores 1 count.js
runs 0 '^2 $' '' "$node" --no-pin --cores=2 count.js
[ "$(wc -l <"$scratch/out")" -eq 2 ] || fail "two shards, but not two lines"
runs 0 '^2 x$' '' "$node" --pin --cores 2 count.js x
runs 0 '^[0-9]+ $' '' "$node" --cores auto count.js
runs 0 '^2 $' '' env NODE_CORES=2 "$node" count.js
runs 0 '^1 $' '' env NODE_CORES=2 "$node" --cores 1 count.js
runs 0 '^1 $' '' env NODE_CORES= "$node" count.js
runs 0 '^[0-9]+ $' '' env NODE_CORES=auto "$node" count.js

# More than the machine has: said once.
runs 0 '^1 $' '' taskset -c 0 "$node" --cores auto count.js
runs 0 '^3 $' '^node: 3 shards share 1 core$' \
    taskset -c 0 "$node" --cores 3 count.js
one_line

# Flags of V8.
runs 0 '^1 $' '' "$node" --max-old-space-size=100 count.js
echo 'require("/utils.js").puts(typeof gc);' >gc.js
runs 0 '^function$' '' "$node" --expose-gc gc.js
runs 0 '^undefined$' '' "$node" gc.js

# What is wrong: one line, nothing started.
wrong() {
    runs 9 '' "$@"
    one_line
}
for n in 0 -1 2x x '' 1025 99999999999999999999 1.5 ' 1' +1; do
    wrong "^node: --cores takes .*'" "$node" --cores "$n" count.js
    wrong "^node: --cores takes .*'" "$node" "--cores=$n" count.js
done
wrong '^node: --cores needs' "$node" --cores
wrong '^node: NODE_CORES takes ' env NODE_CORES=none "$node" count.js
wrong '^node: unknown option --no-such-option' "$node" --no-such-option count.js
wrong '^node: unknown option -x' "$node" -x count.js
wrong '^node: unknown option --coresx' "$node" --coresx 2 count.js
# (V8 has words of its own about it.)
runs 9 '' '^node: unknown option --max-old-space-size=much' \
    "$node" --max-old-space-size=much count.js

runs 1 '^usage: ' '^No script was specified\.$' "$node"
runs 1 '^usage: ' '^No script was specified\.$' "$node" --cores 2
runs 1 '^usage: ' '^No script was specified\.$' "$node" --
runs 1 '' '^node: cannot read none.js: No such file' "$node" none.js
one_line
runs 1 '' '^node: cannot read none.js: No such file' "$node" --cores 2 none.js
one_line
runs 1 '' '^node: cannot read \.: Is a directory$' "$node" .
runs 1 '' '^node: cannot read -: ' "$node" -

# Without the snapshot (for the bench) all is the same.
runs 0 '^1 a$' '' env NODE_SNAPSHOT=0 "$node" count.js a

finish
