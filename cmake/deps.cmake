# SPDX-License-Identifier: MIT
#
# deps::v8, deps::uv, deps::llhttp, deps::cares and deps::ck, from the private
# runtime that deps.sh makes or, with -DSYSTEM_DEPS=ON, from the host's own
# packages.  And house_executable() and installed_executable(), since what links
# to the private runtime must also be loaded by its loader.

option(SYSTEM_DEPS "Use the host's V8, libuv, llhttp, c-ares and ck" OFF)

if(SYSTEM_DEPS)
    set(deps_root "")
else()
    set(deps_root ${PROJECT_SOURCE_DIR}/.deps/root)
    if(NOT EXISTS ${deps_root}/.stamp)
        message(FATAL_ERROR "No private runtime: run sh cmake/deps.sh, "
            "or configure with -DSYSTEM_DEPS=ON on a host that has new enough "
            "libnode-dev, libuv1-dev, libllhttp-dev, libc-ares-dev, libck-dev")
    endif()
endif()

set(deps_include ${deps_root}/usr/include)
set(deps_lib ${deps_root}/usr/lib/${CMAKE_LIBRARY_ARCHITECTURE})
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "aarch64")
    set(deps_loader ld-linux-aarch64.so.1)
else()
    set(deps_loader ld-linux-x86-64.so.2)
endif()

# deps_add(name include_dir library): imported, so that its headers are system
# headers and warn about nothing.
function(deps_add name include_dir library)
    foreach(path ${include_dir} ${library})
        if(NOT EXISTS ${path})
            message(FATAL_ERROR "deps::${name} needs ${path}")
        endif()
    endforeach()
    add_library(deps::${name} INTERFACE IMPORTED GLOBAL)
    target_include_directories(deps::${name} INTERFACE ${include_dir})
    target_link_libraries(deps::${name} INTERFACE ${library})
endfunction()

# Shared where the archive wants symbols that an older host's libc has not.
deps_add(v8 ${deps_include}/nodejs/deps/v8/include ${deps_lib}/libnode.so)
deps_add(uv ${deps_include} ${deps_lib}/libuv.so)
deps_add(cares ${deps_include} ${deps_lib}/libcares.so)
deps_add(llhttp ${deps_include} ${deps_lib}/libllhttp.a)
deps_add(ck ${deps_include} ${deps_lib}/libck.a)

# libnode has a DT_RUNPATH, which keeps our DT_RPATH from what it needs: that
# would first be looked for in LD_LIBRARY_PATH.  So we need it too.  (Not what
# the compiler adds; nor llhttp, which is to come from its archive.)
if(NOT SYSTEM_DEPS)
    include(${CMAKE_CURRENT_LIST_DIR}/needs.cmake)
    needs(libraries ${deps_lib}/libnode.so)
    list(FILTER libraries EXCLUDE REGEX
        "^(ld-linux.*|libc|libm|libstdc..|libllhttp)\\.so")
    list(TRANSFORM libraries PREPEND ${deps_lib}/)
    target_link_libraries(deps::v8 INTERFACE ${libraries})
endif()

# house_executable(target): for every executable we build, tests included.
function(house_executable target)
    target_link_libraries(${target} PRIVATE house)
    if(NOT SYSTEM_DEPS)
        use_private_runtime(${target} ${deps_lib})
        set_target_properties(${target} PROPERTIES BUILD_RPATH ${deps_lib})
    endif()
endfunction()

# installed_executable(target): for one that has the libraries beside itself,
# wherever that is, and is started by src/launcher.c.
function(installed_executable target)
    target_link_libraries(${target} PRIVATE house)
    use_private_runtime(${target} /proc/self/fd/199)
    set_target_properties(${target} PROPERTIES
        BUILD_WITH_INSTALL_RPATH ON
        INSTALL_RPATH $ORIGIN)
endfunction()

# The interpreter is the private loader, for the private libc is newer than the
# host's.  DT_RPATH, unlike DT_RUNPATH, also serves what libnode itself loads.
# At link time the host's libc stands in for the private one: symbols that it
# has not are allowed to be missing.  Libraries that only the host has, the
# sanitizers' for one, are found where any loader looks.
function(use_private_runtime target directory)
    target_link_options(${target} PRIVATE
        -Wl,--dynamic-linker=${directory}/${deps_loader}
        -Wl,--disable-new-dtags
        -Wl,--no-as-needed
        -Wl,--allow-shlib-undefined
        -Wl,-rpath-link,${deps_lib})
endfunction()
