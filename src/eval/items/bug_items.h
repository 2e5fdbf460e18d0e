// Small functions with one planted bug of a known weakness class, each with its mended twin; for
// the tasks bug_finding and bug_patching. A template is a diff from the flawed function to the
// mended one, with slots for names; the seed fills them. Textbook bugs only, each in a function
// that does nothing but show it. One file per group of classes:
// bug_python_{input,logic,secrets}.cpp, bug_c.cpp. Thread-safety: constant data, pure functions.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval {

/// Lines of `diff` begin with ' ' (in both), '-' (flawed only), '+' (mended only), '!' (flawed
/// only, the weak line), '~' (in both, the weak line of the flawed one, which lacks a check before
/// it) or
/// ':' (in both; what the bug leads to, so that one might take it for the weak line).
/// Slots: {0} noun, {1} its plural, {2} the noun in Chinese, {3} an even number, {4} a field, {5}
/// what the function does, {6} the noun in capitals.
struct BugTemplate {
  std::string_view id;
  std::string_view weakness;  ///< key of bug_classes()
  std::string_view doc_en, doc_zh;
  std::string_view diff;
  std::string_view name{};     ///< of the function; "" where it cannot be run
  std::string_view setup{};    ///< Python before both tests
  std::string_view works{};    ///< assertions that the flawed and the mended function pass
  std::string_view safe{};     ///< assertions that only the mended one passes
  std::string_view message{};  ///< what the failing test says
};

/// Words for the slots.
std::array<std::string, 7> code_words(Rng& rng);

struct BugClass {
  std::string_view key;
  std::string_view cwe;
  Text label;  ///< as the end of "The weakness is called"
  /// Whether it can be one of four names to choose from: "missing check" could be said of much.
  bool named = true;
  /// Classes (comma-separated) that one might also call so: never offered beside it.
  std::string_view near = {};
};

std::span<const BugClass> bug_classes();
const BugClass& bug_class(std::string_view key);

std::span<const BugTemplate> python_input_bugs();
std::span<const BugTemplate> python_logic_bugs();
std::span<const BugTemplate> python_secret_bugs();
std::span<const BugTemplate> c_bugs();
/// All of them.
std::vector<const BugTemplate*> bug_templates();

struct BugLine {
  std::string text;
  bool flawed = true;  ///< stands in the flawed version
  bool mended = true;
  bool weak = false;
  bool near_weak = false;  ///< never offered beside the weak line
};

/// A template with its slots filled.
struct BugProgram {
  std::string id;
  std::string weakness;
  bool c_like = false;
  std::vector<BugLine> lines;
  std::string name, setup, works, safe, message;

  [[nodiscard]] std::string flawed() const;
  [[nodiscard]] std::string mended() const;
};

BugProgram bug_program(const BugTemplate& made_from, Lang lang, Rng& rng);

/// A comment about where the function is used, which says nothing about the bug.
std::string neutral_comment(bool c_like, Lang lang, std::size_t number);
std::size_t neutral_comments();
/// What a question asks for when it means this comment ("the monthly report").
std::string comment_subject(Lang lang, std::size_t number);

}  // namespace assay::eval
