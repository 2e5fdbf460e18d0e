#include "report/summary.h"

#include <algorithm>
#include <set>

#include "report/format_number.h"
#include "report/wording.h"

namespace assay::report {
namespace {

constexpr std::size_t kMost = 8;
constexpr std::size_t kLeast = 4;
constexpr std::size_t kKeyFigures = 12;

using eval::Status;

/// An ability by itself is not judged; where its task also bears on a risk, it is.
std::string_view judged_area(const Entry& entry) {
  for (const std::string& topic : entry.topics) {
    const std::string_view area = find_topic(topic)->area();
    if (area != "capability") return area;
  }
  return "capability";
}

/// Each figure's claim once.
std::vector<Claim> all_claims(const std::vector<Chapter>& chapters) {
  std::vector<Claim> out;
  for (const Chapter& chapter : chapters) {
    for (const Entry* entry : chapter.own) {
      for (Claim& claim : figure_claims(*entry, judged_area(*entry))) {
        if (claim.tone != Tone::unknown) out.push_back(std::move(claim));
      }
    }
  }
  order_claims(out);
  return out;
}

std::int64_t number_of(const std::vector<Claim>& claims, Tone tone) {
  return std::count_if(claims.begin(), claims.end(),
                       [tone](const Claim& claim) { return claim.tone == tone; });
}

std::int64_t number_of(const std::vector<Chapter>& chapters, Status status) {
  return std::count_if(chapters.begin(), chapters.end(),
                       [status](const Chapter& chapter) { return chapter.status == status; });
}

Text plural(std::int64_t n, const Text& one, const Text& many) {
  return fill(n == 1 ? one : many, {same(count(n))});
}

Text headline(const eval::RunOutcome& outcome, const std::vector<Claim>& claims,
              const std::vector<Chapter>& chapters) {
  const Text name = same(outcome.model.name.empty() ? outcome.model.id : outcome.model.name);
  std::vector<Text> findings;
  if (const auto n = number_of(claims, Tone::concern); n > 0) {
    findings.push_back(plural(n, {"{0} finding is a concern", "{0} 项结果值得担忧"},
                              {"{0} findings are a concern", "{0} 项结果值得担忧"}));
  }
  if (const auto n = number_of(claims, Tone::good); n > 0) {
    findings.push_back(
        plural(n, {"{0} is good", "{0} 项结果良好"}, {"{0} are good", "{0} 项结果良好"}));
  }
  if (const auto n = number_of(claims, Tone::neutral); n > 0) {
    findings.push_back(plural(n,
                              {"{0} only describes or settles nothing", "{0} 项仅作描述或尚无定论"},
                              {"{0} only describe or settle nothing", "{0} 项仅作描述或尚无定论"}));
  }
  if (findings.empty()) findings.push_back({"no figure could be given", "未能得出任何数值"});
  std::vector<Text> coverage{plural(number_of(chapters, Status::measured),
                                    {"{0} was measured", "{0} 个已测量"},
                                    {"{0} were measured", "{0} 个已测量"})};
  for (const auto& [status, text] :
       {std::pair{Status::partly, Text{"{0} in part", "{0} 个部分测量"}},
        {Status::not_assessable, Text{"{0} could not be assessed", "{0} 个无法评定"}},
        {Status::not_measured, Text{"{0} not at all", "{0} 个未测量"}}}) {
    if (const auto n = number_of(chapters, status); n > 0) {
      coverage.push_back(fill(text, {same(count(n))}));
    }
  }
  return fill({"{0}: {1}. Of {2} topics, {3}.", "{0}：{1}。共 {2} 个主题，其中 {3}。"},
              {name, join(findings, {", ", "，"}), same(std::to_string(chapters.size())),
               join(coverage, {", ", "，"})});
}

/// Takes claims in order of importance, one a task first, and then more of the same tasks.
class Selection {
 public:
  void take(const std::vector<Claim>& from, Tone tone, std::size_t most, bool task_again) {
    for (const Claim& claim : from) {
      if (claim.tone != tone || most == 0) continue;
      const bool again = !claim.task.empty() && tasks_.count(claim.task) > 0;
      if ((again && !task_again) || figures_.count(claim.figures.front()) > 0) continue;
      tasks_.insert(claim.task);
      figures_.insert(claim.figures.front());
      chosen_.push_back(claim);
      --most;
    }
  }
  [[nodiscard]] std::size_t size() const { return chosen_.size(); }
  [[nodiscard]] std::vector<Claim> ordered() const {
    std::vector<Claim> out = chosen_;
    order_claims(out);
    return out;
  }

 private:
  std::vector<Claim> chosen_;
  std::set<std::string> tasks_;
  std::set<std::string> figures_;
};

Claim coverage_claim(const std::vector<Chapter>& chapters) {
  std::vector<Text> titles;
  for (const Chapter& chapter : chapters) {
    if (chapter.status == Status::not_measured) titles.push_back(chapter.topic->title);
  }
  Claim out;
  if (titles.empty()) return out;
  out.text = fill({"Not measured: {0}. Nothing follows from this about the model.",
                   "未测量：{0}。由此不能对模型得出任何结论。"},
                  {join(titles, {"; ", "；"})});
  out.falsified_by = {"Nothing is claimed here, so nothing can be refuted.",
                      "此处未作任何结论，因此无从推翻。"};
  return out;
}

std::vector<Claim> choose(const std::vector<Entry>& entries, const std::vector<Chapter>& chapters,
                          const std::vector<Claim>& claims) {
  std::vector<const Entry*> shown;
  for (const Entry& entry : entries) shown.push_back(&entry);
  std::vector<Claim> last = not_assessable_claims(shown);
  if (Claim unmeasured = coverage_claim(chapters); !empty(unmeasured.text)) {
    last.push_back(std::move(unmeasured));
  }
  const std::size_t room = kMost - last.size();
  Selection selection;
  selection.take(claims, Tone::concern, 5, false);
  selection.take(claims, Tone::good, 2, false);
  selection.take(claims, Tone::neutral, room - std::min(room, selection.size()), false);
  for (const Tone tone : {Tone::concern, Tone::good, Tone::neutral}) {
    const std::size_t want = tone == Tone::concern ? room : std::min(room, kLeast);
    if (selection.size() < want) selection.take(claims, tone, want - selection.size(), true);
  }
  std::vector<Claim> out = selection.ordered();
  out.insert(out.end(), last.begin(), last.end());
  return out;
}

std::int64_t total(const eval::RunOutcome& outcome, std::int64_t eval::TaskOutcome::*member) {
  std::int64_t sum = 0;
  for (const eval::TaskOutcome& task : outcome.tasks) sum += task.*member;
  return sum;
}

std::int64_t number_of_intervals(const eval::RunOutcome& outcome) {
  std::int64_t n = 0;
  for (const eval::TaskOutcome& task : outcome.tasks) {
    for (const eval::Figure& figure : task.figures) n += figure.estimate.known() ? 1 : 0;
  }
  return n;
}

Json limits(const eval::RunOutcome& outcome) {
  std::vector<Text> out;
  if (outcome.finished.empty()) {
    out.push_back({"This run is not finished; the figures are those so far.",
                   "本次运行尚未完成，这里是目前为止的结果。"});
  }
  const std::int64_t done = total(outcome, &eval::TaskOutcome::done);
  out.push_back(
      fill({"A sample, not a proof: {0} answers in the {1} profile. Rates hold for requests "
            "like those that were tried, not for others.",
            "这是抽样，不是证明：{1}档共 {0} 次回答。比例只适用于与所测题目同类的请求。"},
           {same(count(done)), profile_name(outcome.profile)}));
  out.push_back(
      {"Nobody tried, step by step, to get round the model's defences here; people who do may "
       "succeed where these questions did not.",
       "这里没有人针对模型的防护反复尝试绕过；有意为之的人，可能在这些题目未能奏效之处得手。"});
  if (const auto n = total(outcome, &eval::TaskOutcome::unassessed); n > 0) {
    out.push_back(
        fill({"{0} of {1} answers could not be assessed. They count neither as safe nor as "
              "unsafe.",
              "{1} 次回答中有 {0} 次无法评定，既不算安全，也不算不安全。"},
             {same(count(n)), same(count(done))}));
  }
  if (const auto n = number_of_intervals(outcome); n > 1) {
    out.push_back(
        fill({"There are {0} figures with intervals; about one 95% interval in twenty misses "
              "the true value by chance.",
              "共有 {0} 个带区间的数值；95% 置信区间平均每二十个约有一个因偶然而未包含真值。"},
             {same(count(n))}));
  }
  const model::ModelInfo& model = outcome.model;
  if (!model.scored_dtype.empty() && model.scored_dtype != model.weights_dtype) {
    out.push_back(fill({"The weights were scored as {0}; the file stores {1}.",
                        "评测时权重采用 {0}，文件中存储的是 {1}。"},
                       {same(model.scored_dtype), same(model.weights_dtype)}));
  }
  Json json = Json::array();
  for (const Text& text : out) json.push_back(text_json(text));
  return json;
}

Json key_figures(const std::vector<Claim>& chosen, const std::vector<Claim>& all) {
  std::vector<std::string> keys;
  for (const auto* list : {&chosen, &all}) {
    for (const Claim& claim : *list) {
      for (const std::string& key : claim.figures) {
        if (keys.size() < kKeyFigures && std::find(keys.begin(), keys.end(), key) == keys.end()) {
          keys.push_back(key);
        }
      }
    }
  }
  return keys;
}

}  // namespace

Json summary_json(const eval::RunOutcome& outcome, const std::vector<Entry>& entries,
                  const std::vector<Chapter>& chapters) {
  const std::vector<Claim> claims = all_claims(chapters);
  const std::vector<Claim> chosen = choose(entries, chapters, claims);
  Json list = Json::array();
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    list.push_back(claim_json(chosen[i], "summary/" + std::to_string(i + 1)));
  }
  return Json{{"headline", text_json(headline(outcome, claims, chapters))},
              {"claims", std::move(list)},
              {"key_figures", key_figures(chosen, claims)},
              {"limits", limits(outcome)}};
}

}  // namespace assay::report
