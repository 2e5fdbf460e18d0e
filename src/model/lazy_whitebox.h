// A white box of the model under test that is opened when it is first asked for: attacks and
// explanations that never look inside do not pay for it.
// Legal call order: set `file` -> open(), as often as wanted. Thread-safety: one thread at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <utility>

#include "model/whitebox.h"

namespace assay::model {

class LazyWhiteBox {
 public:
  std::filesystem::path file;  ///< weights of the model; empty = they are not here
  int threads = 0;             ///< 0: physical cores

  /// Are weights named, and is there an engine that looks inside? Errors: usage, unsupported.
  [[nodiscard]] Status available() const;
  /// Errors: those of available() and of opening.
  Result<WhiteBox*> open();
  /// This box instead of one that is opened.
  void use(std::unique_ptr<WhiteBox> box) { box_ = std::move(box); }

 private:
  std::unique_ptr<WhiteBox> box_;
};

}  // namespace assay::model
