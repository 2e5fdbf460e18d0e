#include "model/lazy_whitebox.h"

namespace assay::model {

Status LazyWhiteBox::available() const {
  if (box_ != nullptr) return {};
  ASSAY_CHECK(whitebox_available());
  if (!file.empty()) return {};
  return fail(ErrorKind::usage, "this needs the weights of the model, and none are named", {},
              "Run `assay attack` or `assay explain` with a GGUF file or a fetched model");
}

Result<WhiteBox*> LazyWhiteBox::open() {
  if (box_ == nullptr) {
    ASSAY_CHECK(available());
    WhiteBoxOptions options;
    options.threads = threads;
    ASSAY_TRY(box_, open_whitebox(file, options));
  }
  return box_.get();
}

}  // namespace assay::model
