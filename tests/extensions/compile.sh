# SPDX-License-Identifier: MIT
#
# For the scripts here, whose arguments begin NODE CFLAGS.

node=$1 sanitizer=$2

# compile SOURCE OUT [FLAGS...]
compile() {
    source=$1 out=$2
    shift 2
    case $source in
    *.cc) compiler=c++ ;;
    *) compiler=cc ;;
    esac
    # shellcheck disable=SC2046,SC2086 # words
    $compiler $("$node" --cflags) -Wall -Wextra -Werror $sanitizer "$@" \
        -shared -o "$out" "$source"
}
