#include "http/sse.h"

namespace assay::http {

/// Takes a whole line; false when the sink says stop.
bool SseParser::line(std::string_view text) {
  if (first_ && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  first_ = false;
  if (text.empty()) {
    if (!has_data_) return true;
    has_data_ = false;
    std::string data;
    data.swap(data_);
    return on_data_(data);
  }
  const std::size_t colon = text.find(':');
  if (text.substr(0, colon) != "data") return true;  // comments, event, id, retry
  std::string_view value =
      colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (has_data_) data_ += '\n';
  has_data_ = true;
  data_ += value;
  return true;
}

Result<bool> SseParser::feed(std::string_view bytes) {
  while (!bytes.empty() && !stopped_) {
    if (after_cr_ && bytes.front() == '\n') bytes.remove_prefix(1);
    after_cr_ = false;
    const std::size_t end = bytes.find_first_of("\r\n");
    line_ += bytes.substr(0, end);
    if (line_.size() + data_.size() > max_bytes_) {
      return fail(ErrorKind::limit,
                  "an event of the stream is longer than " + std::to_string(max_bytes_) + " bytes");
    }
    if (end == std::string_view::npos) break;
    after_cr_ = bytes[end] == '\r';
    bytes.remove_prefix(end + 1);
    stopped_ = !line(line_);
    line_.clear();
  }
  return !stopped_;
}

}  // namespace assay::http
