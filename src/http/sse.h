// Server-sent events (WHATWG HTML, section 9.2.6 "Interpreting an event stream"): the `data` of
// each event, from bytes that come in any pieces. Lines end in LF, CR or CRLF; an event that was
// not closed by an empty line is not handed on.
// Legal call order: any number of feed(). Thread-safety: one thread.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay::http {

class SseParser {
 public:
  /// Gets the joined data lines of one event; false = stop.
  using OnData = std::function<bool(std::string_view data)>;

  /// An event longer than `max_bytes` is an error.
  explicit SseParser(OnData on_data, std::size_t max_bytes = std::size_t{16} << 20U)
      : on_data_(std::move(on_data)), max_bytes_(max_bytes) {}

  /// False when the sink said stop; what follows is ignored. Errors: limit.
  Result<bool> feed(std::string_view bytes);

 private:
  bool line(std::string_view text);

  OnData on_data_;
  std::size_t max_bytes_;
  std::string line_;  ///< begun
  std::string data_;  ///< of the event that is under way
  bool has_data_ = false;
  bool after_cr_ = false;
  bool first_ = true;  ///< a byte order mark may stand before the first line
  bool stopped_ = false;
};

}  // namespace assay::http
