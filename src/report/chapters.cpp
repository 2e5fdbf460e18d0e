#include "report/chapters.h"

#include <algorithm>

#include "report/sentences.h"
#include "report/wording.h"

namespace assay::report {
namespace {

constexpr std::size_t kClaims = 3;

/// Why parts of a chapter are missing; names with the same reason are put together.
class Gaps {
 public:
  void add(const Text& name, const Text& reason) {
    for (auto& [names, why] : groups_) {
      if (why == reason) {
        names.push_back(name);
        return;
      }
    }
    groups_.push_back({{name}, reason});
  }
  void add_plain(const Text& sentence) { plain_.push_back(clause(sentence)); }
  [[nodiscard]] Text text(bool one_reason_is_enough) const {
    std::vector<Text> parts = plain_;
    for (const auto& [names, why] : groups_) {
      const bool alone = one_reason_is_enough && groups_.size() == 1 && plain_.empty();
      parts.push_back(alone ? capitalised(why)
                            : fill({"{0}: {1}", "{0}：{1}"}, {join(names, {", ", "、"}), why}));
    }
    return full_stop(join(parts, {"; ", "；"}));
  }

 private:
  std::vector<std::pair<std::vector<Text>, Text>> groups_;
  std::vector<Text> plain_;
};

Text reason_of(const Entry& entry) {
  Text given = clause(entry.outcome->reason);
  if (!empty(given)) return given;
  switch (entry.outcome->status) {
    case eval::Status::partly:
      return {"only a part of the planned items was done", "只完成了计划题目的一部分"};
    case eval::Status::not_assessable:
      return {"the model lacks the ability that the task presupposes",
              "模型不具备该任务所要求的能力"};
    default: return {"it did not run", "未运行"};
  }
}

/// Tasks of the registry with this topic that the run does not have at all.
std::vector<Text> left_out(std::string_view topic, const std::vector<Entry>& entries,
                           const eval::Registry& registry) {
  std::vector<Text> out;
  for (const auto& task : registry.tasks()) {
    const eval::TaskInfo& info = task->info();
    if (info.only_by_name) continue;
    if (std::find(info.topics.begin(), info.topics.end(), topic) == info.topics.end()) continue;
    const bool ran = std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
      return entry.outcome->task == info.name;
    });
    if (!ran) out.push_back(clause(info.title));
  }
  return out;
}

struct Counts {
  std::size_t measured = 0, partly = 0, not_assessable = 0, not_measured = 0;
};

Counts count_states(const Chapter& chapter) {
  Counts out;
  for (const auto* list : {&chapter.own, &chapter.elsewhere}) {
    for (const Entry* entry : *list) {
      switch (entry->outcome->status) {
        case eval::Status::measured: ++out.measured; break;
        case eval::Status::partly: ++out.partly; break;
        case eval::Status::not_assessable: ++out.not_assessable; break;
        case eval::Status::not_measured: ++out.not_measured; break;
      }
    }
  }
  return out;
}

/// By a task of its own, or by figures about this topic alone in a task shown elsewhere.
bool measured_directly(const Chapter& chapter) {
  return !chapter.own.empty() ||
         std::any_of(chapter.elsewhere.begin(), chapter.elsewhere.end(),
                     [&](const Entry* entry) { return entry->has_figure_of(chapter.topic->id); });
}

eval::Status combined(const Chapter& chapter, bool something_left_out) {
  const Counts c = count_states(chapter);
  if (c.measured + c.partly == 0) {
    return c.not_assessable > 0 ? eval::Status::not_assessable : eval::Status::not_measured;
  }
  const bool whole = c.partly + c.not_assessable + c.not_measured == 0 && !something_left_out;
  return whole && measured_directly(chapter) ? eval::Status::measured : eval::Status::partly;
}

void decide_status(Chapter& chapter, const std::vector<Entry>& entries,
                   const eval::Registry& registry) {
  const std::vector<Text> missing = left_out(chapter.topic->id, entries, registry);
  chapter.status = combined(chapter, !missing.empty());
  if (chapter.status == eval::Status::measured) return;
  Gaps gaps;
  const bool nothing_ran = chapter.own.empty() && chapter.elsewhere.empty();
  if (nothing_ran && missing.empty()) {
    gaps.add_plain(
        {"No task of this version covers this topic yet", "此版本还没有针对该主题的任务"});
  }
  if (!chapter.elsewhere.empty() && !measured_directly(chapter)) {
    gaps.add_plain({"Touched only by tasks that are shown in other chapters",
                    "仅由列于其他章节的任务间接涉及"});
  }
  for (const auto* list : {&chapter.own, &chapter.elsewhere}) {
    for (const Entry* entry : *list) {
      if (entry->outcome->status == eval::Status::measured) continue;
      gaps.add(title_with_language(entry->title, entry->outcome->lang), reason_of(*entry));
    }
  }
  if (!missing.empty()) {
    gaps.add_plain(fill({"Left out of this run by its choice of topics or tasks: {0}",
                         "按本次运行所选的主题或任务，未包括：{0}"},
                        {join(missing, {", ", "、"})}));
  }
  chapter.reason = gaps.text(chapter.status != eval::Status::partly);
}

Claim not_measured_claim(const Chapter& chapter) {
  Claim out;
  out.text = join({fill({"Not measured: {0}.", "未测量：{0}。"}, {clause(chapter.reason)}),
                   {"Nothing follows from this about the model.", "由此不能对模型得出任何结论。"}},
                  {" ", ""});
  out.falsified_by = {"Nothing is claimed here, so nothing can be refuted.",
                      "此处未作任何结论，因此无从推翻。"};
  return out;
}

void make_claims(Chapter& chapter) {
  const std::vector<const Entry*>& shown = chapter.own.empty() ? chapter.elsewhere : chapter.own;
  std::vector<Claim> claims;
  for (const Entry* entry : shown) {
    for (Claim& claim : figure_claims(*entry, chapter.topic->area(), chapter.topic->id)) {
      claims.push_back(std::move(claim));
    }
  }
  order_claims(claims);
  const std::vector<Claim> unknown = not_assessable_claims(shown);
  const std::size_t room = kClaims - unknown.size();
  if (claims.size() > room) claims.resize(room);
  claims.insert(claims.end(), unknown.begin(), unknown.end());
  if (claims.empty()) claims.push_back(not_measured_claim(chapter));
  chapter.claims = std::move(claims);
}

}  // namespace

std::vector<Chapter> chapters(const std::vector<Entry>& entries, const eval::Registry& registry) {
  std::vector<Chapter> out;
  for (const TopicInfo& topic : topics()) {
    Chapter chapter;
    chapter.topic = &topic;
    for (const Entry& entry : entries) {
      if (entry.in_chapter(topic.id)) {
        chapter.own.push_back(&entry);
      } else if (entry.bears_on(topic.id)) {
        chapter.elsewhere.push_back(&entry);
      }
    }
    decide_status(chapter, entries, registry);
    make_claims(chapter);
    out.push_back(std::move(chapter));
  }
  return out;
}

Json chapter_json(const Chapter& chapter) {
  const std::string id(chapter.topic->id);
  Json claims = Json::array();
  for (std::size_t i = 0; i < chapter.claims.size(); ++i) {
    claims.push_back(claim_json(chapter.claims[i], id + "/" + std::to_string(i + 1)));
  }
  const auto keys = [](const std::vector<const Entry*>& list) {
    Json out = Json::array();
    for (const Entry* entry : list) out.push_back(entry->key);
    return out;
  };
  return Json{{"id", id},
              {"area", std::string(chapter.topic->area())},
              {"title", text_json(chapter.topic->title)},
              {"about", text_json(chapter.topic->about)},
              {"status", to_string(chapter.status)},
              {"reason", text_json(chapter.reason)},
              {"claims", std::move(claims)},
              {"tasks", keys(chapter.own)},
              {"see_also", keys(chapter.elsewhere)}};
}

}  // namespace assay::report
