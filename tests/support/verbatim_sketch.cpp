// Makes the sketches of src/eval/items/passages_*.cpp: reads lines "id <tab> text" from standard
// input and prints "id <tab> letters <tab> sketch". With an argument, only that many letters of
// each text are taken. docs/suites/verbatim.md says which editions the texts are from.
#include <cstdio>
#include <iostream>
#include <string>

#include "eval/verbatim/letters.h"
#include "eval/verbatim/overlap.h"

int main(int argc, char** argv) {
  const std::size_t most = argc > 1 ? std::stoul(argv[1]) : std::string::npos;
  std::string line;
  while (std::getline(std::cin, line)) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) {
      std::fprintf(stderr, "no tab in: %s\n", line.c_str());
      return 2;
    }
    const std::u32string letters = assay::eval::letters_of(line.substr(tab + 1)).substr(0, most);
    const auto pieces = assay::eval::pieces_of(assay::eval::script_of(letters));
    const std::string hex = assay::eval::Sketch(letters, pieces).hex();
    std::printf("%s\t%zu\t%s\n", line.substr(0, tab).c_str(), letters.size(), hex.c_str());
  }
  return 0;
}
