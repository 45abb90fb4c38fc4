# SPDX-License-Identifier: MIT
#
# Run by cmake --install, for install.cmake, which sets:
#
#     program   node, as built
#     deps      where deps.sh put the private runtime
#     deps_lib  its libraries
#     CMAKE_READELF
#     lib, doc  where in the installation they and their licences go
#     scratch   a folder for what is made here
#
# Copies all that the program needs, what that needs, and so on, the loader too,
# under the names by which they are asked for; with the licences of the packages
# they came in, and a list.

cmake_policy(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/needs.cmake)

file(STRINGS ${deps}/owners owners)
file(STRINGS ${deps}/lock lock)
set(list "The libraries in ${lib} are those of Debian packages, unchanged:\n\n")

# look_up(variable table key): what the table has in the column after the key.
function(look_up variable table key)
    foreach(line ${table})
        string(REPLACE "\t" ";" line "${line}")
        list(GET line 0 name)
        list(GET line 1 value)
        if(name STREQUAL key)
            set(${variable} ${value} PARENT_SCOPE)
            return()
        endif()
    endforeach()
    message(FATAL_ERROR "${key} is in no package of ${deps}")
endfunction()

# add(name package): the package's licence, and a line of the list.
macro(add name package)
    look_up(version "${lock}" ${package})
    string(APPEND list "${name}\t${package}\t${version}\n")
    file(REAL_PATH ${deps}/root/usr/share/doc/${package}/copyright copyright)
    file(INSTALL ${copyright}
        DESTINATION ${CMAKE_INSTALL_PREFIX}/${doc}/${package})
endmacro()

# The list grows while it is walked.  libthread_db is gdb's.  Extensions that
# were built where libc had more parts ask for these: the host's would not fit.
needs(libraries ${program})
list(APPEND libraries libthread_db.so.1
    libdl.so.2 libpthread.so.0 librt.so.1 libutil.so.1)
set(seen "")
while(libraries)
    list(POP_FRONT libraries name)
    if(name IN_LIST seen)
        continue()
    endif()
    list(APPEND seen ${name})
    needs(more ${deps_lib}/${name})
    list(APPEND libraries ${more})
endwhile()

list(SORT seen)
foreach(name ${seen})
    file(REAL_PATH ${deps_lib}/${name} file)
    file(INSTALL ${file} DESTINATION ${CMAKE_INSTALL_PREFIX}/${lib}
        TYPE PROGRAM RENAME ${name})
    look_up(package "${owners}" ${name})
    add(${name} ${package})
endforeach()

string(APPEND list "\nLinked into the programs:\n\n")
add(libck.a libck-dev)
add(libllhttp.a libllhttp-dev)
string(APPEND list "parts of libc.a, of whatever host built them: see libc6\n")
string(APPEND list "\nEach package's licence is in the folder of its name.\n")

file(WRITE ${scratch}/libraries "${list}")
file(INSTALL ${scratch}/libraries DESTINATION ${CMAKE_INSTALL_PREFIX}/${doc})
