#include "base/suggestion.h"

#include "base/text.h"

namespace assay {

std::string suggestion(std::string_view name, const std::vector<std::string>& known,
                       std::string_view otherwise) {
  std::string text;
  for (const std::string& near : near_names(name, known)) {
    text.append(text.empty() ? "Did you mean " : ", ").append(near);
  }
  if (!text.empty()) text.append("? ");
  return text.append(otherwise);
}

}  // namespace assay
