# The white box (src/model/torch) is a plug-in, libassay-whitebox.so, on libtorch. ASSAY_WHITEBOX:
#   AUTO  built where find_package(Torch) succeeds (the default)
#   ON    required      OFF   left out
# Debian's libtorch-dev is found by itself; another (pytorch.org's, or the one of a Python's torch:
# `python -c "import torch; print(torch.utils.cmake_prefix_path)"`) by CMAKE_PREFIX_PATH.
set(ASSAY_WHITEBOX AUTO CACHE STRING "Build the white box on libtorch: AUTO, ON or OFF")
set_property(CACHE ASSAY_WHITEBOX PROPERTY STRINGS AUTO ON OFF)
set(Torch_FOUND FALSE)
if(NOT ASSAY_WHITEBOX STREQUAL "OFF")
  set(flags_before "${CMAKE_CXX_FLAGS}")
  if(ASSAY_WHITEBOX STREQUAL "AUTO")
    find_package(Torch QUIET)
  else()
    find_package(Torch REQUIRED)
  endif()
  set(CMAKE_CXX_FLAGS "${flags_before}")  # some libtorch set flags for everything
endif()
if(Torch_FOUND)
  # Clang 14 takes the headers of libtorch 1.13 in C++17 only.
  include(CheckCXXSourceCompiles)
  set(CMAKE_REQUIRED_INCLUDES ${TORCH_INCLUDE_DIRS})
  set(CMAKE_REQUIRED_FLAGS "${TORCH_CXX_FLAGS}")
  set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
  check_cxx_source_compiles("#include <ATen/ATen.h>
at::Tensor made() { return at::zeros({1}); }" ASSAY_TORCH_COMPILES)
  unset(CMAKE_REQUIRED_INCLUDES)
  unset(CMAKE_REQUIRED_FLAGS)
  unset(CMAKE_TRY_COMPILE_TARGET_TYPE)
  if(NOT ASSAY_TORCH_COMPILES AND ASSAY_WHITEBOX STREQUAL "AUTO")
    set(Torch_FOUND FALSE)
    message(STATUS "White box: not built; this compiler refuses the headers of libtorch ${Torch_VERSION}")
  else()
    message(STATUS "White box: libtorch ${Torch_VERSION} (${Torch_DIR})")
  endif()
else()
  message(STATUS "White box: not built (ASSAY_WHITEBOX=${ASSAY_WHITEBOX}, no libtorch)")
endif()

# assay_whitebox_library(<folder>): the target assay_whitebox from <folder>, if libtorch is there.
function(assay_whitebox_library folder)
  if(NOT Torch_FOUND)
    return()
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp")
  add_library(assay_whitebox MODULE ${sources})
  set_target_properties(assay_whitebox PROPERTIES OUTPUT_NAME assay-whitebox
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON INSTALL_RPATH_USE_LINK_PATH ON)
  target_include_directories(assay_whitebox SYSTEM PRIVATE ${TORCH_INCLUDE_DIRS})
  target_link_libraries(assay_whitebox PRIVATE assay_model assay::llama assay_flags
    ${TORCH_LIBRARIES})
  if(TORCH_CXX_FLAGS)
    separate_arguments(torch_flags UNIX_COMMAND "${TORCH_CXX_FLAGS}")
    target_compile_options(assay_whitebox PRIVATE ${torch_flags})
  endif()
  # Loops with comparisons and roots are vectorised only where they need not trap or set errno.
  set_source_files_properties("${CMAKE_CURRENT_SOURCE_DIR}/${folder}/kernels.cpp" PROPERTIES
    COMPILE_OPTIONS "-fno-math-errno;-fno-trapping-math;-fno-signed-zeros")
  # Only the plug-in's one symbol leaves it, so that its copies of our code and of llama.cpp do not
  # meet those of the program.
  target_link_options(assay_whitebox PRIVATE -Wl,--exclude-libs,ALL)
  include(GNUInstallDirs)
  install(TARGETS assay_whitebox LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}/assay"
    COMPONENT whitebox EXCLUDE_FROM_ALL)  # libtorch would be a large dependency of the package
endfunction()
