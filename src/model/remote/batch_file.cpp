#include "model/remote/batch_file.h"

#include <cerrno>
#include <cstring>

#include "base/files.h"
#include "base/text.h"
#include "model/remote/wire.h"

namespace assay::model::remote {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "assay-";
constexpr std::int64_t kLongest = std::int64_t{4} << 30U;

Error write_error(const fs::path& file) {
  return {ErrorKind::io, std::string("cannot write the batch: ") + std::strerror(errno),
          file.string(), "Check that the folder exists, may be written and has room"};
}

Result<Json> reply_of(const Json& line) {
  const auto response = line.find("response");
  if (response == line.end() || !response->is_object()) {
    const std::string told = error_text(dump_json(line));
    return fail(ErrorKind::io, "the batch has no reply to this request" +
                                   std::string(told.empty() ? "" : ": ") + told);
  }
  const auto body = response->find("body");
  const auto status = response->find("status_code");
  if (status != response->end() && *status != 200) {
    const std::string told = body == response->end() ? "" : error_text(dump_json(*body));
    return fail(ErrorKind::io, "the batch's server answered with status " + dump_json(*status) +
                                   (told.empty() ? "" : ": ") + told);
  }
  if (body == response->end() || !body->is_object()) {
    return fail(ErrorKind::format, "the batch's reply has no body");
  }
  return *body;
}

}  // namespace

Result<BatchWriter> BatchWriter::open(const fs::path& file) {
  BatchWriter writer;
  writer.file_ = file;
  writer.out_.reset(std::fopen(file.c_str(), "wbx"));
  if (writer.out_) return writer;
  if (errno == EEXIST) {
    return fail(ErrorKind::usage, "the file for the batch is there already", file.string(),
                "Name another file, so that requests that were sent are not lost");
  }
  return tl::unexpected(write_error(file));
}

Status BatchWriter::add(const std::string& digest, const std::string& path,
                        const std::string& body) {
  if (!written_.insert(digest).second) return {};
  std::string line = dump_json(
      Json{{"custom_id", std::string(kPrefix) + digest}, {"method", "POST"}, {"url", path}});
  line.pop_back();
  line += ",\"body\":" + body + "}\n";
  if (std::fwrite(line.data(), 1, line.size(), out_.get()) == line.size()) return {};
  return tl::unexpected(write_error(file_));
}

Status BatchWriter::flush() {
  if (std::fflush(out_.get()) == 0) return {};
  return tl::unexpected(write_error(file_));
}

Result<BatchResults> parse_batch_results(std::string_view text, const std::string& where) {
  BatchResults out;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const std::string place = where + ":" + std::to_string(++number);
    if (line.empty()) continue;
    ASSAY_TRY(const Json json, parse_json(line, place));
    const auto id = json.is_object() ? json.find("custom_id") : json.end();
    if (id == json.end() || !id->is_string()) {
      return fail(ErrorKind::format, "a result without a custom_id", place,
                  "Give the results file as the batch interface returned it");
    }
    const auto& name = id->get_ref<const std::string&>();
    if (!name.starts_with(kPrefix)) continue;  // somebody else's request
    out.insert_or_assign(name.substr(kPrefix.size()), reply_of(json));
  }
  return out;
}

Result<BatchResults> read_batch_results(const fs::path& file) {
  ASSAY_TRY(const std::string text, read_file(file, kLongest));
  return parse_batch_results(text, file.string());
}

}  // namespace assay::model::remote
