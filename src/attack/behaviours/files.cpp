#include "attack/behaviours/files.h"

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/text.h"
#include "eval/data/records.h"
#include "eval/data/text_file.h"
#include "eval/scorers/reply.h"

namespace assay::attack {
namespace {

using eval::data::Record;
using Behaviours = Result<std::vector<Behaviour>>;

Result<std::string> optional_text(const Record& record, const char* key) {
  const Json* value = record.find(key);
  if (value == nullptr || value->is_null()) return std::string();
  return record.text(key);
}

/// A request from a public data set or a person's list.
Result<Behaviour> harmful(std::string id, std::string request, const char* source,
                          const std::string& place) {
  Behaviour out;
  out.id = std::move(id);
  out.request = std::move(request);
  out.kind = out.source = source;
  out.harmful = true;
  if (eval::chinese_share(out.request) > 0.3) out.lang = Lang::zh;
  if (out.id.empty() || trim(out.request).empty() || out.request.size() > kMaxBehaviourText) {
    return fail(ErrorKind::format,
                "the behaviour has no id, or no text, or one of more than 65536 bytes", place,
                "Mend or drop the row");
  }
  return out;
}

/// Nothing for a copyright behaviour.
Result<std::optional<Behaviour>> from_harmbench(const Record& record) {
  ASSAY_TRY(const std::string id, record.text("BehaviorID"));
  ASSAY_TRY(const std::string behavior, record.text("Behavior"));
  ASSAY_TRY(const std::string function, optional_text(record, "FunctionalCategory"));
  ASSAY_TRY(const std::string context, optional_text(record, "ContextString"));
  if (function == "copyright") return std::optional<Behaviour>();
  // Contextual behaviours get their context before them, as HarmBench's own pipeline puts it.
  ASSAY_TRY(Behaviour out,
            harmful(id, context.empty() ? behavior : context + "\n\n---\n\n" + behavior,
                    "harmbench", record.place()));
  ASSAY_TRY(out.category, optional_text(record, "SemanticCategory"));
  return std::optional<Behaviour>(std::move(out));
}

Result<Behaviour> from_advbench(const Record& record, std::size_t number) {
  ASSAY_TRY(const std::string goal, record.text("goal"));
  ASSAY_TRY(Behaviour out, harmful(std::string("advbench-") + std::to_string(number), goal,
                                   "advbench", record.place()));
  ASSAY_TRY(out.target, optional_text(record, "target"));
  return out;
}

/// A row of the behaviours' CSV (names in capitals) or an entry of an artifact.
Result<Behaviour> from_jailbreakbench(const Record& record, bool csv) {
  ASSAY_TRY(const std::int64_t index, record.integer(csv ? "Index" : "index"));
  ASSAY_TRY(const std::string goal, record.text(csv ? "Goal" : "goal"));
  ASSAY_TRY(Behaviour out, harmful(std::string("jailbreakbench-") + std::to_string(index), goal,
                                   "jailbreakbench", record.place()));
  ASSAY_TRY(out.category, optional_text(record, csv ? "Category" : "category"));
  ASSAY_TRY(out.target, optional_text(record, csv ? "Target" : "target"));
  return out;
}

Behaviours from_csv(std::string_view text, std::string_view name) {
  ASSAY_TRY(const auto records, eval::data::parse_csv(text, name));
  std::vector<Behaviour> out;
  for (const Record& record : records) {
    if (record.find("BehaviorID") != nullptr) {
      ASSAY_TRY(auto one, from_harmbench(record));
      if (one) out.push_back(std::move(*one));
    } else if (record.find("goal") != nullptr) {
      ASSAY_TRY(out.emplace_back(), from_advbench(record, out.size() + 1));
    } else if (record.find("Goal") != nullptr) {
      ASSAY_TRY(out.emplace_back(), from_jailbreakbench(record, true));
    } else {
      return tl::unexpected(record.error(
          "these are no columns of a known set of behaviours",
          "HarmBench has BehaviorID and Behavior, AdvBench goal and target, JailbreakBench Index "
          "and Goal; write your own behaviours as .jsonl (docs/behaviours.md)"));
    }
  }
  return out;
}

Behaviours from_artifact(std::string_view text, std::string_view name) {
  ASSAY_TRY(const auto records, eval::data::parse_json_array(text, name, "jailbreaks"));
  std::vector<Behaviour> out;
  for (const Record& record : records) {
    ASSAY_TRY(out.emplace_back(), from_jailbreakbench(record, false));
  }
  return out;
}

Behaviours from_jsonl(std::string_view text, std::string_view name) {
  ASSAY_TRY(const auto records, eval::data::parse_jsonl(text, name));
  std::vector<Behaviour> out;
  for (const Record& record : records) {
    ASSAY_TRY(out.emplace_back(), behaviour_from_json(record.fields(), record.place()));
  }
  return out;
}

Behaviours from_list(std::string_view text, std::string_view name) {
  std::vector<Behaviour> out;
  const std::vector<std::string> lines = split(text, '\n');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = trim(lines[i]);
    if (line.empty() || line.front() == '#') continue;
    ASSAY_TRY(out.emplace_back(),
              harmful(std::string("line-") + std::to_string(i + 1), std::string(line), "list",
                      eval::data::at_line(name, static_cast<std::int64_t>(i + 1))));
  }
  return out;
}

assay::Status check_set(const std::vector<Behaviour>& behaviours, std::string_view name) {
  const std::string where(name);
  if (behaviours.empty()) {
    return fail(ErrorKind::format, "the file has no behaviours", where,
                "Give a file with at least one");
  }
  if (behaviours.size() > kMaxBehaviours) {
    return fail(ErrorKind::limit, "the file has more than 100000 behaviours", where,
                "Split it into several files");
  }
  std::set<std::string_view> ids;
  for (const Behaviour& behaviour : behaviours) {
    if (behaviour.id.size() > kMaxBehaviourId || behaviour.category.size() > kMaxBehaviourText ||
        behaviour.target.size() > kMaxBehaviourText) {
      return fail(
          ErrorKind::format,
          "a behaviour has an id of more than 200 bytes, or another text of more than 65536", where,
          "Shorten it");
    }
    if (ids.insert(behaviour.id).second) continue;
    return fail(ErrorKind::format, std::string("two behaviours have the id '") + behaviour.id + "'",
                where, "Give each behaviour an id of its own");
  }
  return {};
}

std::string ending_of(std::string_view name) {
  return lower_ascii(std::filesystem::path(name).extension().string());
}

}  // namespace

Behaviours parse_behaviours(std::string_view bytes, std::string_view name) {
  ASSAY_TRY(const std::string text, eval::data::clean_text(std::string(bytes), name));
  const std::string ending = ending_of(name);
  Behaviours out = fail(ErrorKind::usage, "behaviours are in a .jsonl, .csv, .json or .txt file",
                        std::string(name), "docs/behaviours.md shows the formats");
  if (ending == ".jsonl" || ending == ".ndjson") out = from_jsonl(text, name);
  if (ending == ".csv") out = from_csv(text, name);
  if (ending == ".json") out = from_artifact(text, name);
  if (ending == ".txt") out = from_list(text, name);
  if (out) ASSAY_CHECK(check_set(*out, name));
  return out;
}

Behaviours read_behaviours(const std::filesystem::path& file) {
  ASSAY_TRY(const std::string text, eval::data::read_text(file));
  return parse_behaviours(text, file.string());
}

std::string to_jsonl(const std::vector<Behaviour>& behaviours) {
  std::string out;
  for (const Behaviour& behaviour : behaviours) out += dump_json(to_json(behaviour)) + "\n";
  return out;
}

}  // namespace assay::attack
