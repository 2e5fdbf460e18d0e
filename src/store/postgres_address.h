// The address of a PostgreSQL server as a person writes it, and its name without what must stay
// secret. Thread-safety: pure functions.
#pragma once

#include <string>

#include "base/result.h"

namespace assay::store {

struct PostgresAddress {
  std::string url;   ///< for libpq only
  std::string name;  ///< for people: user, host, port and database
  std::string password;

  /// The text with the password struck out, should a library or server ever repeat it.
  [[nodiscard]] std::string safe(std::string text) const;
};

/// Error: usage, in which nothing of the address is repeated.
Result<PostgresAddress> read_address(const std::string& url);

}  // namespace assay::store
