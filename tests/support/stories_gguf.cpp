// stories_gguf FOLDER FILE: writes stories260K, read from llama2.c's format, as a GGUF file.
#include <cstdio>

#include "unit/model/gguf_writer.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto bytes = assay::test::stories_gguf(argv[1]);
  if (!bytes) {
    std::fprintf(stderr, "stories_gguf: %s has no stories260K\n", argv[1]);
    return 1;
  }
  assay::test::write_file(argv[2], *bytes);
  return 0;
}
