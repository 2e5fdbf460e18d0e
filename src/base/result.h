// Errors as values: every expected failure in Assay is a `Result<T>` that holds either a value or
// an `Error` that says what happened, where, and what the person can do next.
//
// Use: `Result<Foo> f(); auto r = f(); if (!r) return tl::unexpected(r.error()); use(*r);`
// or, inside a function that itself returns a Result: `ASSAY_TRY(auto foo, f());`.
// Thread-safety: plain values. Libraries never print, never exit; only src/cli does.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace assay {

/// What sort of failure this is; src/cli maps it to an exit code (usage -> 2, all else -> 3).
enum class ErrorKind {
  usage,        ///< the caller asked for something that makes no sense (flag, name, value)
  not_found,    ///< a file, run, task or model that does not exist
  io,           ///< reading or writing failed (permission, full disk, broken pipe)
  format,       ///< a file or message is malformed, truncated or of another kind
  unsupported,  ///< valid, but this build, model or machine can't do it
  limit,        ///< larger than a stated limit (context, memory, time)
  busy,         ///< another process holds it
  cancelled,    ///< the person stopped it
  internal      ///< a defect of Assay
};

const char* to_string(ErrorKind kind);

struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string what;   ///< what happened, one sentence without a full stop
  std::string where;  ///< the file, option, run or request concerned; may be empty
  std::string next;   ///< what the person can do; may be empty

  /// "what (where). next" as one line.
  [[nodiscard]] std::string message() const;
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = tl::expected<void, Error>;

inline tl::unexpected<Error> fail(ErrorKind kind, std::string what, std::string where = {},
                                  std::string next = {}) {
  return tl::unexpected<Error>(Error{kind, std::move(what), std::move(where), std::move(next)});
}

#define ASSAY_CONCAT_INNER(a, b) a##b
#define ASSAY_CONCAT(a, b) ASSAY_CONCAT_INNER(a, b)
#define ASSAY_TRY_IMPL(tmp, decl, expr)                    \
  auto tmp = (expr);                                       \
  if (!tmp) return tl::unexpected(std::move(tmp).error()); \
  decl = std::move(*tmp)
/// `ASSAY_TRY(auto x, f());` binds x to f()'s value or returns its error from this function.
#define ASSAY_TRY(decl, expr) ASSAY_TRY_IMPL(ASSAY_CONCAT(assay_try_, __LINE__), decl, expr)
/// `ASSAY_CHECK(f());` returns f()'s error from this function, if it has one.
#define ASSAY_CHECK(expr) \
  if (auto assay_check = (expr); !assay_check) return tl::unexpected(std::move(assay_check).error())

}  // namespace assay
