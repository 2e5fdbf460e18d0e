#include "model/remote/reply_cache.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <unistd.h>

#include "base/digest.h"
#include "base/files.h"

namespace assay::model::remote {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kLongest = std::int64_t{64} << 20U;

Error write_error(const fs::path& file) {
  return {ErrorKind::io, std::string("cannot keep a reply: ") + std::strerror(errno), file.string(),
          "Free some disk space, or leave out --model-arg cache"};
}

}  // namespace

std::string request_digest(const std::string& url, const std::string& body) {
  Sha256 hash;
  hash.update(url);
  hash.update(std::string_view("\0", 1));
  hash.update(body);
  return hash.hex();
}

fs::path ReplyCache::file_of(const std::string& digest) const {
  return folder_ / digest.substr(0, 2) / (digest + ".json");
}

std::optional<Json> ReplyCache::find(const std::string& digest) const {
  const auto bytes = read_file(file_of(digest), kLongest);
  if (!bytes) return std::nullopt;
  auto json = parse_json(*bytes, "cache");
  if (!json || !json->is_object()) return std::nullopt;
  return std::move(*json);
}

Status ReplyCache::put(const std::string& digest, const Json& reply) const {
  const fs::path file = file_of(digest);
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  fs::path work = file;
  work += std::string(".").append(std::to_string(::getpid())).append(".new");
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(std::fopen(work.c_str(), "wb"), &std::fclose);
  if (!out) return tl::unexpected(write_error(work));
  const std::string text = dump_json(reply);
  const bool written = std::fwrite(text.data(), 1, text.size(), out.get()) == text.size();
  const bool closed = std::fclose(out.release()) == 0;
  if (!written || !closed || std::rename(work.c_str(), file.c_str()) != 0) {
    Error problem = write_error(file);
    fs::remove(work, error);
    return tl::unexpected(std::move(problem));
  }
  return {};
}

}  // namespace assay::model::remote
