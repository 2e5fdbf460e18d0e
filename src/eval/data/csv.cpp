#include "eval/data/csv.h"

#include <algorithm>

#include "eval/data/text_file.h"

namespace assay::eval::data {
namespace {

class Reader {
 public:
  Reader(std::string_view text, std::string_view file, char separator)
      : text_(text), file_(file), separator_(separator) {}

  Result<std::vector<CsvRow>> rows() {
    std::vector<CsvRow> out;
    while (at_ < text_.size()) {
      CsvRow row;
      row.line = line_;
      ASSAY_CHECK(read_row(row));
      const bool blank = row.fields.size() == 1 && row.fields[0].empty() && !quoted_;
      if (!blank) out.push_back(std::move(row));
    }
    return out;
  }

 private:
  assay::Status read_row(CsvRow& row) {
    quoted_ = false;
    while (true) {
      std::string field;
      if (at_ < text_.size() && text_[at_] == '"') {
        ASSAY_CHECK(read_quoted(field));
      } else {
        read_plain(field);
      }
      row.fields.push_back(std::move(field));
      if (at_ >= text_.size()) return {};
      const char end = text_[at_];
      if (end == separator_) {
        ++at_;
        continue;
      }
      skip_line_end();
      return {};
    }
  }

  /// From the opening quote to behind the closing one.
  assay::Status read_quoted(std::string& field) {
    quoted_ = true;
    const std::int64_t opened = line_;
    ++at_;
    while (true) {
      const std::size_t quote = text_.find('"', at_);
      if (quote == std::string_view::npos) {
        return fail(ErrorKind::format, "a quote is never closed", at_line(file_, opened),
                    "The file may be cut off; get it again, or close the quote");
      }
      const std::string_view piece = text_.substr(at_, quote - at_);
      line_ += std::count(piece.begin(), piece.end(), '\n');
      field += piece;
      at_ = quote + 1;
      if (at_ >= text_.size() || text_[at_] != '"') break;
      field += '"';
      ++at_;
    }
    if (at_ >= text_.size() || text_[at_] == separator_ || at_line_end()) return {};
    return fail(ErrorKind::format, "text follows a closing quote", at_line(file_, line_),
                "Write a quote within a quoted field twice");
  }

  void read_plain(std::string& field) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && !at_line_end()) ++at_;
    field = text_.substr(begin, at_ - begin);
  }

  [[nodiscard]] bool at_line_end() const {
    if (text_[at_] == '\n') return true;
    return text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n');
  }

  void skip_line_end() {
    if (text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++line_;
  }

  std::string_view text_;
  std::string_view file_;
  char separator_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  bool quoted_ = false;  ///< the row has a quoted field, so it is no blank line
};

}  // namespace

Result<std::vector<CsvRow>> parse_csv_rows(std::string_view text, std::string_view file,
                                           char separator) {
  return Reader(text, file, separator).rows();
}

}  // namespace assay::eval::data
