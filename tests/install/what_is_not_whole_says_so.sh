# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"

prefix=$scratch/prefix
echo 'console.log("runs");' >"$scratch/a.js"
install_to "$prefix"

# says MESSAGE [COMMAND]
says() {
    found=$(sh -c "${2:-:}; exec '$prefix/bin/node' '$scratch/a.js'" 2>&1)
    is "status of '$1'" $? "${3:-127}"
    is "${2:-as it is}" "$found" "$1"
}

says runs '' 0
says "node: cannot have 200 descriptors (ulimit -n) for $prefix/lib/node/node: \
Bad file descriptor" 'ulimit -n 199'
says runs 'ulimit -n 200' 0

mv "$prefix/lib/node/node" "$prefix/lib/node/away"
says "node: cannot run $prefix/lib/node/node: No such file or directory"
mv "$prefix/lib/node/away" "$prefix/lib/node/node"
rm "$prefix"/lib/node/ld-*
says "node: cannot run $prefix/lib/node/node: No such file or directory"
mv "$prefix/lib/node" "$prefix/lib/away"
says "node: cannot open $prefix/lib/node: No such file or directory"
touch "$prefix/lib/node"
says "node: cannot open $prefix/lib/node: Not a directory"

finish
