// links: evidence
// The files of a bundle: the input is a file's name, a newline, and what stands in it, put into a
// bundle that is otherwise empty but for a manifest that lists it. Any bytes are verified without a
// crash, and nothing of the kind holds.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "evidence/verify.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string name = text.substr(0, end);
  const std::string content = text.substr(std::min(end + 1, text.size()));
  evidence::Files files;
  const Json list = Json::array(
      {Json{{"name", name}, {"bytes", content.size()}, {"digest", std::string("sha256:0")}}});
  files["bundle.json"] = dump_json(
      Json{{"schema", evidence::kBundleSchema}, {"run", "r"}, {"origin", "o"}, {"files", list}});
  const std::string root =
      "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\xE2\x80\x94 o AAAAAAA=\n";
  for (const char* log : {"log/", "run/"}) {
    files[std::string(log) + "checkpoint"] = root;
    files[std::string(log) + "entries"] = std::string("\0\x10{\"type\":\"begin\"}", 18);
  }
  files["run.json"] = "{}\n";
  files["outcomes.jsonl"] = "";
  files["report.json"] = "{}";
  if (!name.empty()) files[name] = content;
  static const eval::Registry registry;
  const auto found = evidence::verify_files(files, registry, {});
  if (found && found->holds()) std::abort();
  return 0;
}
