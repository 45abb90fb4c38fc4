# SPDX-License-Identifier: MIT
#
# cmake --install build --prefix P, and cpack: see README.md, "Installing".
#
#     P/bin/node, node_g       the launcher (src/launcher.c), once for each
#     P/bin/node-repl
#     P/lib/node               the program, the loader, every library it needs
#     P/lib/node_libraries     what require("/x.js") finds
#     P/include/node           for extensions
#     P/share/man/man1
#     P/share/doc/shards-node  licences
#
# With -DSYSTEM_DEPS=ON P/bin/node is the program, its libraries are the host's,
# and so are their licences.

set(package shards-node)
set(doc share/doc/${package})

if(SYSTEM_DEPS)
    install(TARGETS node DESTINATION bin)
else()
    install(PROGRAMS $<TARGET_FILE:installed_node>
        DESTINATION lib/node RENAME ${program})
    install(PROGRAMS $<TARGET_FILE:launcher> DESTINATION bin RENAME ${program})
    if(tree STREQUAL "") # the debug build comes along, when it has been made
        set(node_g ${PROJECT_SOURCE_DIR}/build-debug/src/installed_node)
        install(PROGRAMS ${node_g}
            DESTINATION lib/node RENAME node_g OPTIONAL)
        install(CODE "
            if(EXISTS \"${node_g}\")
                file(INSTALL \"$<TARGET_FILE:launcher>\" TYPE PROGRAM
                    DESTINATION \"\${CMAKE_INSTALL_PREFIX}/bin\"
                    RENAME node_g)
            endif()")
    endif()
    install(CODE "
        set(program \"$<TARGET_FILE:node>\")
        set(deps \"${PROJECT_SOURCE_DIR}/.deps\")
        set(deps_lib \"${deps_lib}\")
        set(CMAKE_READELF \"${CMAKE_READELF}\")
        set(lib lib/node)
        set(doc ${doc})
        set(scratch \"${PROJECT_BINARY_DIR}\")")
    install(SCRIPT ${CMAKE_CURRENT_LIST_DIR}/install_runtime.cmake)
endif()

install(PROGRAMS cmake/node-repl DESTINATION bin)
install(FILES cmake/node_libraries.txt
    DESTINATION lib/node_libraries RENAME README)
install(DIRECTORY ${PROJECT_BINARY_DIR}/include/node/
    DESTINATION include/node OPTIONAL)
install(FILES cmake/node.1 DESTINATION share/man/man1)
install(FILES LICENSE DESTINATION ${doc} RENAME copyright)

# ---- Packages ---------------------------------------------------------------

set(CPACK_PACKAGE_NAME node)
set(CPACK_PACKAGE_VENDOR "the node authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
    "evented I/O for V8 JavaScript, on one thread per core")
set(CPACK_PACKAGE_FILE_NAME
    node-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_GENERATOR TXZ DEB)
set(CPACK_THREADS 0) # all
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/package_modes.cmake)

# Of Debian's names node-... are libraries for nodejs, and nodejs-... its own.
# We are none of these, nor is nodejs provided: what depends on it asks for
# another API.  But one host has one /usr/bin/node and one /usr/include/node.
# It brings its libraries along, and depends on none.
set(CPACK_DEBIAN_PACKAGE_NAME ${package})
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_CONFLICTS "nodejs, libnode-dev")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ${SYSTEM_DEPS})
set(CPACK_DEBIAN_PACKAGE_SUGGESTS libedit2)
set(CPACK_DEBIAN_PACKAGE_SECTION interpreters)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "the node authors <node@localhost>")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"A program is run by one shard or by several: threads with an isolate, an event
loop and sockets of their own.  The API is node's of 2009: HTTP, TCP, files,
names and child processes, with events and promises.  This is not nodejs.")
include(CPack)
