// Fields: reads the fields of one JSON object into native types, at the edge, once. The first field
// that is missing or of another type is kept as the error; later reads then give defaults, so that
// a reader can be written as a list and looks at status() at its end.
// Thread-safety: one thread per Fields.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/lang.h"

namespace assay::eval {

class Fields {
 public:
  /// `what` names the document in errors, e.g. "sample". `json` must outlive the Fields.
  Fields(const Json& json, std::string what);

  // Required fields.
  std::string text(const char* key);
  std::int64_t integer(const char* key);
  std::uint64_t natural(const char* key);  ///< 64 bits, not negative
  int small(const char* key);              ///< an int
  double number(const char* key, double if_null);
  bool flag(const char* key);
  Text both(const char* key);  ///< {"en", "zh"}
  Lang lang(const char* key);
  std::vector<std::string> texts(const char* key);
  const Json& array(const char* key);
  const Json& object(const char* key);
  const Json& any(const char* key);  ///< null where it is missing

  /// Is there such a field that is not null? For optional ones.
  [[nodiscard]] bool has(const char* key) const;
  /// Takes over an error of a part.
  void note(const Error& error);
  [[nodiscard]] const assay::Status& status() const { return status_; }

 private:
  const Json* find(const char* key);
  void bad(const char* key);

  const Json* json_;
  std::string what_;
  assay::Status status_;
};

/// Calls `read` on each element of an array field, and keeps the values or the first error.
template <class T, class Read>
std::vector<T> read_list(Fields& fields, const char* key, Read read) {
  std::vector<T> out;
  for (const Json& element : fields.array(key)) {
    Result<T> value = read(element);
    if (!value) {
      fields.note(value.error());
      return out;
    }
    out.push_back(std::move(*value));
  }
  return out;
}

Json to_json(const Text& text);
/// A finite number, or null.
Json number_json(double x);
Result<Lang> parse_lang(std::string_view name);

}  // namespace assay::eval
