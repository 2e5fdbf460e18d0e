// A streamed reply, put together from its chunks. Text that may still become a stop string is held
// back from the sink.
// Legal call order: feed() as bytes come, then finish() once. Thread-safety: one thread.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "http/sse.h"
#include "model/remote/wire.h"

namespace assay::model::remote {

class StreamedReply {
 public:
  using OnPiece = std::function<void(std::string_view piece)>;

  /// `tools`: the request had some; see read_generated().
  StreamedReply(bool chat, bool tools, std::vector<std::string> stop, OnPiece on_piece);
  StreamedReply(const StreamedReply&) = delete;
  StreamedReply& operator=(const StreamedReply&) = delete;

  /// False when all is there that is wanted. Errors: format, limit; the server's own error event.
  Result<bool> feed(std::string_view bytes);
  /// The whole. Errors: format, where the stream ended before the answer did.
  Result<Generated> finish();
  /// {"usage": ...} if it was sent.
  [[nodiscard]] const Json& usage() const { return usage_; }

 private:
  struct Call {
    std::string id, name, arguments;
  };

  bool event(std::string_view data);
  Status chunk(const Json& json);
  Status delta(const Json& choice);
  Status add_calls(const Json& calls);
  void tell(bool all);

  bool chat_;
  bool tools_;
  std::vector<std::string> stop_;
  OnPiece on_piece_;
  http::SseParser parser_;
  Generated out_;
  std::map<std::int64_t, Call> calls_;
  Json usage_ = Json::object();
  std::string reason_;
  Status failure_;
  std::size_t told_ = 0;   ///< bytes that the sink has
  bool left_out_ = false;  ///< there were parts that are no text
  bool done_ = false;      ///< [DONE], or cut at a stop string
};

}  // namespace assay::model::remote
