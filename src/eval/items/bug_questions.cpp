#include "eval/items/bug_questions.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "eval/items/bug_items.h"
#include "eval/items/draw.h"

namespace assay::eval {
namespace {

constexpr std::array<std::string_view, 9> kCycle = {"pair", "line", "pair",    "class", "control",
                                                    "pair", "line", "control", "class"};
constexpr int kAttempts = 60;

/// What one question is made from.
struct Draw {
  Lang lang = Lang::en;
  std::uint64_t seed = 0;
  std::size_t number = 0;  ///< of its kind
  std::vector<const BugTemplate*> order;
  std::vector<std::string_view> classes;
};

std::string block(const BugProgram& program, const std::string& code) {
  return std::string(program.c_like ? "```c\n" : "```python\n") + code + "```\n";
}

std::string two_versions(Lang lang, const std::string& a, const std::string& b,
                         const std::string& question) {
  if (lang == Lang::en) {
    return "Here are two versions of the same function.\n\nVersion A:\n" + a + "\nVersion B:\n" +
           b + "\nQuestion: " + question + "\nAnswer: Version";
  }
  return "下面是同一个函数的两个版本。\n\n版本A：\n" + a + "\n版本B：\n" + b + "\n问题：" +
         question + "\n答案：版本";
}

std::vector<std::string> letters(Lang lang, std::size_t count) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) {
    all.push_back(std::string(lang == Lang::en ? " " : "") + static_cast<char>('A' + i));
  }
  return all;
}

std::vector<std::size_t> some_comments(Rng& rng) {
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < neutral_comments(); ++i) numbers.push_back(i);
  rng.shuffle(numbers);
  return numbers;
}

/// Sets both orders of `right` (what the question asks for) and `other`.
void set_orders(Sample& sample, const Draw& draw, const std::string& right,
                const std::string& other, const std::string& question) {
  const std::string first = two_versions(draw.lang, right, other, question);
  const std::string second = two_versions(draw.lang, other, right, question);
  const bool at_a = draw.number % 2 == 0;
  sample.context = at_a ? first : second;
  sample.metadata["swapped"] = at_a ? second : first;
  sample.choices = letters(draw.lang, 2);
  sample.target_index = at_a ? 0 : 1;
}

std::optional<Sample> pair_question(const Draw& draw, Rng& rng) {
  const std::size_t n = draw.order.size();
  const BugProgram program = bug_program(*draw.order[draw.number % n], draw.lang, rng);
  std::string flawed = program.flawed();
  std::string mended = program.mended();
  // As many comments as make the flawed version the longer one, and a line more; then given to
  // either of the two.
  std::string comments;
  for (const std::size_t number : some_comments(rng)) {
    comments += neutral_comment(program.c_like, draw.lang, number) + "\n";
    if (comments.size() + flawed.size() > mended.size() + 8 &&
        std::count(comments.begin(), comments.end(), '\n') +
                std::count(flawed.begin(), flawed.end(), '\n') >
            std::count(mended.begin(), mended.end(), '\n')) {
      break;
    }
  }
  const bool flawed_longer = (draw.number + draw.number / n) % 2 == 0;
  if (!flawed_longer && comments.size() + mended.size() <= flawed.size()) return std::nullopt;
  (flawed_longer ? flawed : mended).insert(0, comments);
  Sample sample;
  sample.metadata = {
      {"template", program.id}, {"weakness", program.weakness}, {"flawed_longer", flawed_longer}};
  set_orders(
      sample, draw, block(program, flawed), block(program, mended),
      draw.lang == Lang::en ? "Which version has a security weakness?" : "哪个版本存在安全漏洞？");
  return sample;
}

std::optional<Sample> control_question(const Draw& draw, Rng& rng) {
  const BugProgram program =
      bug_program(*draw.order[draw.number % draw.order.size()], draw.lang, rng);
  const auto numbers = some_comments(rng);
  const auto with = [&](std::size_t number) {
    return block(program,
                 neutral_comment(program.c_like, draw.lang, number) + "\n" + program.mended());
  };
  const std::string subject = comment_subject(draw.lang, numbers[0]);
  Sample sample;
  sample.metadata = {{"template", program.id}};
  set_orders(sample, draw, with(numbers[0]), with(numbers[1]),
             draw.lang == Lang::en ? "Which version has a comment about " + subject + "?"
                                   : "哪个版本的注释提到了" + subject + "？");
  return sample;
}

/// A line that may be marked: one that does something.
bool can_be_marked(const std::string& line) {
  const std::string_view text = trim(line);
  if (text.size() < 6) return false;
  for (const char* start : {"import ", "def ", "\"\"\"", "#", "//", "/*", "else", "raise ", "}"}) {
    if (text.starts_with(start)) return false;
  }
  return line.front() == ' ';  // not the head of a function
}

struct Marked {
  std::vector<std::string> lines;
  std::vector<std::size_t> eligible;
  std::size_t weak = 0;
};

void append(Marked& all, const BugProgram& program, bool flawed) {
  for (const BugLine& line : program.lines) {
    if (flawed ? !line.flawed : !line.mended) continue;
    const std::size_t at = all.lines.size();
    if (flawed && line.weak) all.weak = at;
    // Of the flawed function only lines that the mended one has too: they cannot be the weak ones.
    const bool sound = !flawed || (line.mended && !line.weak && !line.near_weak);
    if (sound && can_be_marked(line.text)) {
      all.eligible.push_back(at);
    }
    all.lines.push_back(line.text);
  }
}

/// Marks the weak line with letter `place` and three others with the other letters, in order.
std::optional<std::string> mark(Marked all, std::size_t place, bool c_like, Rng& rng) {
  std::vector<std::size_t> before;
  std::vector<std::size_t> after;
  for (const std::size_t at : all.eligible) (at < all.weak ? before : after).push_back(at);
  if (before.size() < place || after.size() < 3 - place) return std::nullopt;
  rng.shuffle(before);
  rng.shuffle(after);
  std::vector<std::size_t> chosen(before.begin(),
                                  before.begin() + static_cast<std::ptrdiff_t>(place));
  chosen.insert(chosen.end(), after.begin(),
                after.begin() + static_cast<std::ptrdiff_t>(3 - place));
  chosen.push_back(all.weak);
  std::sort(chosen.begin(), chosen.end());
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    all.lines[chosen[i]] +=
        std::string(c_like ? "  // <" : "  # <") + static_cast<char>('A' + i) + ">";
  }
  std::string text;
  for (const std::string& line : all.lines) text += line + "\n";
  return text;
}

std::optional<Sample> line_question(const Draw& draw, Rng& rng) {
  const BugProgram flawed =
      bug_program(*draw.order[draw.number % draw.order.size()], draw.lang, rng);
  const BugTemplate& other = *rng.pick(draw.order);
  const BugProgram sound = bug_program(other, draw.lang, rng);
  if (sound.c_like != flawed.c_like || sound.weakness == flawed.weakness) return std::nullopt;
  Marked all;
  const bool sound_first = rng.chance(0.5);
  if (sound_first) append(all, sound, false);
  if (sound_first) all.lines.emplace_back();
  append(all, flawed, true);
  if (!sound_first) all.lines.emplace_back();
  if (!sound_first) append(all, sound, false);
  const std::size_t place = draw.number % 4;
  const auto code = mark(std::move(all), place, flawed.c_like, rng);
  if (!code) return std::nullopt;
  Sample sample;
  sample.metadata = {{"template", flawed.id}, {"weakness", flawed.weakness}};
  sample.context = draw.lang == Lang::en
                       ? "One of the marked lines makes this program insecure.\n\n" +
                             block(flawed, *code) +
                             "\nQuestion: Which marked line has the weakness?\nAnswer: Line"
                       : "下面的程序中，有一处做了标记的代码行不安全。\n\n" + block(flawed, *code) +
                             "\n问题：存在漏洞的是哪一处标记？\n答案：标记";
  sample.choices = letters(draw.lang, 4);
  sample.target_index = static_cast<int>(place);
  return sample;
}

bool near(const BugClass& a, const BugClass& b) {
  const auto names = split(a.near, ',');
  return std::find(names.begin(), names.end(), b.key) != names.end();
}

std::optional<Sample> class_question(const Draw& draw, Rng& rng) {
  const BugClass& right = bug_class(draw.classes[draw.number % draw.classes.size()]);
  std::vector<const BugTemplate*> fitting;
  for (const BugTemplate* one : draw.order) {
    if (one->weakness == right.key) fitting.push_back(one);
  }
  const BugProgram program = bug_program(*rng.pick(fitting), draw.lang, rng);
  std::vector<std::string_view> offered = draw.classes;
  rng.shuffle(offered);
  std::vector<const BugClass*> options = {&right};
  for (const std::string_view key : offered) {
    const BugClass& one = bug_class(key);
    const bool fits = key != right.key && !near(right, one) && !near(one, right);
    if (fits && options.size() < 4) options.push_back(&one);
  }
  rng.shuffle(options);
  Sample sample;
  sample.metadata = {{"template", program.id}, {"weakness", program.weakness}};
  sample.context =
      draw.lang == Lang::en
          ? "This function is not secure.\n\n" + block(program, program.flawed()) +
                "\nThe weakness is called"
          : "这个函数不安全。\n\n" + block(program, program.flawed()) + "\n其中的漏洞叫作：";
  for (std::size_t i = 0; i < options.size(); ++i) {
    const std::string& label = options[i]->label.in(draw.lang);
    sample.choices.push_back(draw.lang == Lang::en ? " " + label + "." : label + "。");
    if (options[i] == &right) sample.target_index = static_cast<int>(i);
  }
  return sample;
}

std::optional<Sample> question(std::string_view kind, const Draw& draw, Rng& rng) {
  if (kind == "pair") return pair_question(draw, rng);
  if (kind == "line") return line_question(draw, rng);
  if (kind == "class") return class_question(draw, rng);
  return control_question(draw, rng);
}

Draw draw_for(const TaskContext& context, std::string_view kind) {
  Draw draw;
  draw.lang = context.lang;
  draw.seed = context.seed;
  draw.order = bug_templates();
  for (const BugClass& one : bug_classes()) {
    if (one.named) draw.classes.push_back(one.key);
  }
  // The same functions in both languages, so that these can be compared.
  Rng rng = Rng::named(context.seed, std::string("bug_finding/order/") + std::string(kind));
  rng.shuffle(draw.order);
  rng.shuffle(draw.classes);
  return draw;
}

}  // namespace

std::vector<Sample> bug_questions(const TaskContext& context) {
  std::map<std::string_view, Draw> draws;
  for (const std::string_view kind : kCycle) draws.try_emplace(kind, draw_for(context, kind));
  std::vector<Sample> samples;
  std::set<std::string> seen;
  for (std::size_t place = 0; static_cast<int>(samples.size()) < context.count; ++place) {
    const std::string_view kind = kCycle[place % kCycle.size()];
    Draw& draw = draws.at(kind);
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      Rng rng =
          Rng::named(context.seed, "bug_finding/" + std::string(kind) + "/" +
                                       std::to_string(draw.number) + "/" + std::to_string(attempt));
      auto sample = question(kind, draw, rng);
      if (!sample || !seen.insert(visible_text(*sample)).second) continue;
      std::string digits = std::to_string(draw.number);
      digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
      sample->lang = context.lang;
      sample->group = kind;
      sample->id = std::string(to_string(context.lang)) + "-" + std::string(kind) + "-" + digits;
      // The same bug under other names is no independent item.
      sample->cluster = std::string(kind) + "-" + sample->metadata.value("template", "");
      samples.push_back(std::move(*sample));
      break;
    }
    ++draw.number;
  }
  return samples;
}

}  // namespace assay::eval
