#include "attack/transforms/frame.h"

#include <stdexcept>

namespace assay::attack {

std::string fill_frame(std::string_view pattern, std::string_view request) {
  const std::size_t place = pattern.find(kRequestMark);
  std::string out;
  out.reserve(pattern.size() + request.size() + 2);
  if (place == std::string_view::npos) {
    return out.append(pattern).append("\n\n").append(request);
  }
  out.append(pattern.substr(0, place)).append(request);
  return out.append(pattern.substr(place + kRequestMark.size()));
}

std::string with_mark(std::string_view pattern, std::string_view mark, std::string_view value) {
  std::string out;
  for (;;) {
    const std::size_t place = pattern.find(mark);
    out.append(pattern.substr(0, place));
    if (place == std::string_view::npos) return out;
    out.append(value);
    pattern.remove_prefix(place + mark.size());
  }
}

void add_frame(Transforms& registry, TransformInfo info, Text pattern) {
  for (const std::string* text : {&pattern.en, &pattern.zh}) {
    if (text->find(kRequestMark) == std::string::npos) {
      throw std::logic_error(std::string("a frame without {request}: ").append(info.name));
    }
  }
  registry.add(
      {std::move(info),
       [pattern = std::move(pattern)](const Prompt& prompt, const Call& call) -> Result<Prompt> {
         return with_request(prompt, fill_frame(pattern.in(call.lang), request_of(prompt)));
       }});
}

}  // namespace assay::attack
