# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"

# says_where COMMAND PREFIX [NAME]
says_where() {
    cat >"$scratch/expected" <<EOF
$2/bin/${3:-node}
$2
$2/lib/node_libraries
yes
EOF
    env -i HOME=/nowhere PATH="$PATH" sh -c "$1 '$here/where.js'" \
        >"$scratch/found" 2>&1 </dev/null || fail "'$1': status $?"
    diff -u "$scratch/expected" "$scratch/found" || fail "'$1'"
}

# At first, moved, and moved to where the path is long.
first="$scratch/at first"
install_to "$first"
echo 'exports.installed = "yes";' >"$first/lib/node_libraries/installed.js"
mkdir "$scratch/and  then"
last=$scratch/and\ \ then/$(printf '%0200d/%0200d' 1 2)
mkdir "$(dirname "$last")"

for prefix in "$first" "$scratch/second" "$last"; do
    [ "$prefix" = "$first" ] || mv "$previous" "$prefix"
    previous=$prefix
    for name in $(programs "$prefix"); do
        says_where "'$prefix/bin/$name'" "$prefix" "$name"
    done
done

# By other names.
ln -s "$last/bin/node" "$scratch/link"
says_where "'$scratch/link'" "$last"
ln -s "$last" "$scratch/linked"
says_where "'$scratch/linked/bin/node'" "$last"
says_where "PATH='$last/bin:$PATH' node" "$last"
cd "$last/bin" || exit 1
says_where ./node "$last"
for triplet in x86_64-linux-gnu aarch64-linux-gnu; do
    says_where "LD_LIBRARY_PATH=/usr/lib/$triplet ./node" "$last"
done

# It is what it seems to be, and the launcher's descriptor is gone.
cat >"$scratch/ps.js" <<'EOF'
require("/utils.js").exec("readlink /proc/$PPID/exe; cat /proc/$PPID/comm;" +
    "tr '\\0' ' ' </proc/$PPID/cmdline; echo;" +
    "test -L /proc/$PPID/fd/0 && ! test -L /proc/$PPID/fd/199 && echo gone")
    .addCallback(function (stdout) { console.log(stdout.trim()); });
EOF
./node "$scratch/ps.js" a >"$scratch/found"
cat >"$scratch/expected" <<EOF
$last/lib/node/node
node
./node $scratch/ps.js a 
gone
EOF
diff -u "$scratch/expected" "$scratch/found" || fail "what it seems to be"

# A program that runs itself.
cat >"$scratch/again.js" <<'EOF'
if (ARGV[2])
    console.log("again");
else
    require("/utils.js").exec("'" + ARGV[0] + "' '" + ARGV[1] + "' again")
        .addCallback(function (stdout) { console.log(stdout.trim()); });
EOF
is again "$(./node "$scratch/again.js")" again
printf '#!%s\n%s\n' "$scratch/link" 'console.log(ARGV.slice(2).join());' \
    >"$scratch/script"
chmod +x "$scratch/script"
is script "$("$scratch/script" a b)" a,b
is version "$(./node --version)" "$("$build/node" --version)"
is status "$(./node nowhere.js 2>/dev/null; echo $?)" 1

# The prompt.
(cd / && printf '6 * 7\n' | "$scratch/linked/bin/node-repl") \
    >"$scratch/found" 2>&1
grep -q 42 "$scratch/found" || fail "node-repl: $(cat "$scratch/found")"

finish
