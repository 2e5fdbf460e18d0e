// Receipts (c2sp.org/tlog-proof): that an entry is in a log, for one who has the entry and the
// log's key and nothing else. Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/checkpoint.h"
#include "audit/merkle.h"

namespace assay::audit {

struct Receipt {
  std::uint64_t index = 0;
  std::vector<Hash> proof;  ///< from the leaf's sibling up
  SignedCheckpoint checkpoint;
};

std::string receipt_text(std::uint64_t index, std::span<const Hash> proof,
                         std::string_view checkpoint);
/// Reads it and checks its checkpoint's signatures; "extra" data are left aside. Errors: format,
/// limit.
Result<Receipt> open_receipt(std::string_view bytes, std::span<const Verifier> known);
/// And that this entry is the one. Errors: also format, if it is not.
Result<Receipt> verify_receipt(std::string_view bytes, std::string_view entry,
                               std::span<const Verifier> known);

}  // namespace assay::audit
