# Imports llama.cpp's static libraries as target `assay::llama` from the per-user cache that
# tools/build-llama.sh fills (ASSAY_LLAMA_ROOT overrides the place).
set(ASSAY_LLAMA_VERSION "0.3.36")
if(DEFINED ENV{ASSAY_LLAMA_ROOT})
  set(llama_root "$ENV{ASSAY_LLAMA_ROOT}")
elseif(NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
  set(llama_root "$ENV{XDG_CACHE_HOME}/assay/llama")
else()
  set(llama_root "$ENV{HOME}/.cache/assay/llama")
endif()
set(llama_src "${llama_root}/src-${ASSAY_LLAMA_VERSION}")
set(llama_build "${llama_root}/build-${ASSAY_LLAMA_VERSION}")
if(NOT EXISTS "${llama_build}/.assay-stamp")
  message(FATAL_ERROR "llama.cpp is not built in ${llama_root}. Run `make deps` first.")
endif()
file(STRINGS "${llama_build}/.assay-stamp" ASSAY_LLAMA_CPU REGEX "^cpu ")
string(REPLACE "cpu " "" ASSAY_LLAMA_CPU "${ASSAY_LLAMA_CPU}")
find_package(Threads REQUIRED)
add_library(assay_llama INTERFACE)
add_library(assay::llama ALIAS assay_llama)
target_include_directories(assay_llama SYSTEM INTERFACE
  "${llama_src}/include" "${llama_src}/ggml/include" "${llama_src}/common")
target_link_libraries(assay_llama INTERFACE
  "${llama_build}/common/libllama-common.a" "${llama_build}/common/libllama-common-base.a"
  "${llama_build}/src/libllama.a"
  "${llama_build}/vendor/cpp-httplib/libcpp-httplib.a"
  "${llama_build}/ggml/src/libggml.a" "${llama_build}/ggml/src/libggml-cpu.a"
  "${llama_build}/ggml/src/libggml-base.a"
  Threads::Threads ${CMAKE_DL_LIBS})
# The archives are built by the system's GCC, so they want GCC's OpenMP also under another compiler.
file(STRINGS "${llama_build}/CMakeCache.txt" llama_openmp REGEX "^OpenMP_gomp_LIBRARY:")
if(llama_openmp)
  string(REGEX REPLACE "^[^=]*=" "" llama_openmp "${llama_openmp}")
  target_link_libraries(assay_llama INTERFACE "${llama_openmp}")
endif()
