# `cmake --install` and the .deb: the program, its manual page, the licences of what is linked in.
include(GNUInstallDirs)
install(TARGETS assay RUNTIME)
install(FILES "${CMAKE_SOURCE_DIR}/docs/man/assay.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
install(FILES "${CMAKE_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME copyright)
install(FILES "${CMAKE_SOURCE_DIR}/README.md" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(DIRECTORY "${CMAKE_SOURCE_DIR}/docs/" DESTINATION "${CMAKE_INSTALL_DOCDIR}/docs"
  PATTERN man EXCLUDE)
set(third_party "${CMAKE_INSTALL_DOCDIR}/third-party")
install(FILES "${llama_src}/LICENSE" DESTINATION "${third_party}" RENAME llama.cpp)
foreach(package nlohmann-json3-dev libexpected-dev libcli11-dev libeigen3-dev
        libsqlitecpp-dev)  # header-only or static parts; Boost's licence asks for no notice
  if(EXISTS "/usr/share/doc/${package}/copyright")
    install(FILES "/usr/share/doc/${package}/copyright" DESTINATION "${third_party}" RENAME "${package}")
  endif()
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME assay)
set(CPACK_PACKAGE_VENDOR "Assay")
set(CPACK_PACKAGE_CONTACT "Assay maintainers <maintainers@assay.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "safety workbench for general-purpose AI models")
set(CPACK_PACKAGE_DESCRIPTION
"Assay measures a language model and writes a safety report in English and
Chinese, in which every figure carries its uncertainty and its evidence.
.
The inference engine inside is compiled for the kind of processor that built
this package; `assay doctor` says whether it fits this machine.")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "ca-certificates")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "bubblewrap, python3")
include(CPack)
