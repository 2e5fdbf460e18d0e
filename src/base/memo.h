// Memo: results that are worked out once and asked for often, by name and type.
// Legal call order: any. Thread-safety: one thread at a time.
#pragma once

#include <any>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "base/result.h"

namespace assay {

class Memo {
 public:
  /// What `make` gave when this name was first asked for; an error is not kept. The same name must
  /// always come with the same type: another throws std::bad_any_cast.
  template <class T>
  Result<std::shared_ptr<const T>> once(const std::string& name,
                                        const std::function<Result<T>()>& make) {
    if (const auto found = kept_.find(name); found != kept_.end()) {
      return std::any_cast<std::shared_ptr<const T>>(found->second);
    }
    ASSAY_TRY(T made, make());
    auto out = std::make_shared<const T>(std::move(made));
    kept_[name] = out;
    return out;
  }

 private:
  std::map<std::string, std::any> kept_;
};

}  // namespace assay
