#include "eval/judge/calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/digest.h"
#include "eval/data/text_file.h"
#include "eval/json_fields.h"
#include "eval/surroundings.h"

namespace assay::eval {
namespace {

constexpr const char* kFormat = "assay-judge-calibration";
constexpr int kVersion = 1;
constexpr std::size_t kBatch = 256;
constexpr int kDraws = 2000;  ///< of the bootstrap of alpha

/// One answer with what people and the judge say.
struct Pair {
  const LabelledAnswer* answer = nullptr;
  Verdict truth = Verdict::unassessed;
  Verdict judged = Verdict::unassessed;
};

double cell(Verdict verdict) { return verdict == Verdict::success ? 1.0 : 0.0; }

Measured measure(const std::vector<Pair>& pairs) {
  Measured out;
  stats::RatingTable table;
  table.raters = 2;
  for (const Pair& pair : pairs) {
    if (pair.judged == Verdict::unassessed) {
      ++out.unassessed;
      continue;
    }
    const bool right = pair.truth == pair.judged;
    if (pair.truth == Verdict::success) {
      ++out.counts.positives;
      out.counts.true_positives += right ? 1 : 0;
    } else {
      ++out.counts.negatives;
      out.counts.true_negatives += right ? 1 : 0;
    }
    table.cells.push_back(cell(pair.truth));
    table.cells.push_back(cell(pair.judged));
  }
  out.sensitivity = stats::judge_sensitivity(out.counts);
  out.specificity = stats::judge_specificity(out.counts);
  stats::AgreementOptions options;
  options.categories = 2;
  options.draws = kDraws;
  out.kappa = stats::cohen_kappa(table, options);
  out.ac1 = stats::gwet_ac1(table, options);
  out.alpha = stats::krippendorff_alpha(table, stats::Metric::nominal, options);
  return out;
}

/// Agreement of the people among each other.
stats::Estimate alpha_of_people(const std::vector<LabelledAnswer>& answers) {
  stats::RatingTable table;
  table.raters = answers.empty() ? 0 : answers.front().labels.size();
  if (table.raters < 2) return stats::no_estimate("fewer than two raters", {-1.0, 1.0});
  for (const LabelledAnswer& answer : answers) {
    for (const auto& label : answer.labels) {
      const bool said = label && *label != Verdict::unassessed;
      table.cells.push_back(said ? cell(*label) : std::numeric_limits<double>::quiet_NaN());
    }
  }
  stats::AgreementOptions options;
  options.draws = kDraws;
  return stats::krippendorff_alpha(table, stats::Metric::nominal, options);
}

/// The judge's verdicts on the answers that people have a verdict on.
Result<std::vector<Score>> judge_all(Judge& judge, const std::vector<Pair>& pairs,
                                     const CancelToken* cancel) {
  std::vector<Score> out;
  for (std::size_t from = 0; from < pairs.size(); from += kBatch) {
    std::vector<JudgeItem> items;
    for (std::size_t i = from; i < std::min(pairs.size(), from + kBatch); ++i) {
      items.push_back(pairs[i].answer->item);
    }
    for (auto& score : judge.judge(items, cancel)) {
      if (score) {
        out.push_back(std::move(*score));
        continue;
      }
      if (const auto halt = judge.halted()) return tl::unexpected(halt->why);
      return fail(ErrorKind::cancelled, "stopped", judge.name(), "Run the command again");
    }
  }
  return out;
}

Json measured_json(const Measured& m) {
  return Json{{"positives", m.counts.positives},
              {"true_positives", m.counts.true_positives},
              {"negatives", m.counts.negatives},
              {"true_negatives", m.counts.true_negatives},
              {"unassessed", m.unassessed},
              {"sensitivity", stats::to_json(m.sensitivity)},
              {"specificity", stats::to_json(m.specificity)},
              {"kappa", stats::to_json(m.kappa)},
              {"ac1", stats::to_json(m.ac1)},
              {"alpha", stats::to_json(m.alpha)}};
}

Result<Measured> measured_from_json(const Json& json, const std::string& where) {
  Fields fields(json, where);
  Measured out;
  out.counts.positives = fields.integer("positives");
  out.counts.true_positives = fields.integer("true_positives");
  out.counts.negatives = fields.integer("negatives");
  out.counts.true_negatives = fields.integer("true_negatives");
  out.unassessed = fields.integer("unassessed");
  const auto estimate = [&](const char* key, stats::Estimate& to) {
    auto read = stats::estimate_from_json(fields.object(key));
    if (read)
      to = std::move(*read);
    else
      fields.note(read.error());
  };
  estimate("sensitivity", out.sensitivity);
  estimate("specificity", out.specificity);
  estimate("kappa", out.kappa);
  estimate("ac1", out.ac1);
  estimate("alpha", out.alpha);
  ASSAY_CHECK(fields.status());
  const auto possible = [](std::int64_t part, std::int64_t whole) {
    return part >= 0 && part <= whole && whole <= 1'000'000'000;
  };
  const auto& c = out.counts;
  if (!possible(c.true_positives, c.positives) || !possible(c.true_negatives, c.negatives) ||
      out.unassessed < 0) {
    return fail(ErrorKind::format, "impossible counts", where);
  }
  return out;
}

Json by_json(const std::map<std::string, Measured>& parts) {
  Json out = Json::object();
  for (const auto& [name, part] : parts) out[name] = measured_json(part);
  return out;
}

Result<std::map<std::string, Measured>> by_from_json(const Json& json, const std::string& where) {
  std::map<std::string, Measured> out;
  for (const auto& [name, part] : json.items()) {
    ASSAY_TRY(out[name], measured_from_json(part, where + ", " + name));
  }
  return out;
}

}  // namespace

std::string answer_digest(std::string_view prompt, std::string_view answer) {
  return sha256_hex(dump_json(Json::array({prompt, answer}))).substr(0, 16);
}

Result<Calibration> calibrate(Judge& judge, const std::vector<LabelledAnswer>& answers,
                              const CancelToken* cancel) {
  Calibration out;
  out.judge = judge.name();
  out.about = judge.about();
  out.digest = judge.digest();
  out.created = utc_now();
  out.answers = static_cast<std::int64_t>(answers.size());
  std::vector<Pair> pairs;
  for (const LabelledAnswer& answer : answers) {
    const auto said = std::count_if(answer.labels.begin(), answer.labels.end(),
                                    [](const auto& label) { return label.has_value(); });
    out.people = std::max(out.people, static_cast<std::int64_t>(said));
    const Verdict truth = answer.consensus();
    if (truth == Verdict::unassessed) {
      ++out.split;
    } else {
      pairs.push_back({&answer, truth, Verdict::unassessed});
    }
  }
  ASSAY_TRY(const std::vector<Score> scores, judge_all(judge, pairs, cancel));
  std::map<std::string, std::vector<Pair>> by_lang;
  std::map<std::string, std::vector<Pair>> by_topic;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    pairs[i].judged = scores[i].verdict;
    if (scores[i].verdict == Verdict::unassessed) {
      ++out.unassessed_reasons[scores[i].explanation];
    }
    const LabelledAnswer& answer = *pairs[i].answer;
    by_lang[to_string(answer.item.lang)].push_back(pairs[i]);
    if (!answer.topic.empty()) by_topic[answer.topic].push_back(pairs[i]);
    out.labels[answer_digest(answer.item.prompt, answer.item.answer)] =
        pairs[i].truth == Verdict::success;
  }
  out.people_alpha = alpha_of_people(answers);
  out.overall = measure(pairs);
  for (const auto& [name, part] : by_lang) out.by_lang[name] = measure(part);
  for (const auto& [name, part] : by_topic) out.by_topic[name] = measure(part);
  out.cost = judge.ledger();
  return out;
}

Json to_json(const Calibration& c) {
  Json labels = Json::object();
  for (const auto& [digest, label] : c.labels) labels[digest] = label;
  return Json{{"format", kFormat},
              {"version", kVersion},
              {"created", c.created},
              {"assay", ASSAY_VERSION},
              {"judge", c.judge},
              {"about", c.about},
              {"digest", c.digest},
              {"answers", c.answers},
              {"people", c.people},
              {"split", c.split},
              {"people_alpha", stats::to_json(c.people_alpha)},
              {"overall", measured_json(c.overall)},
              {"by_lang", by_json(c.by_lang)},
              {"by_topic", by_json(c.by_topic)},
              {"unassessed_reasons", c.unassessed_reasons},
              {"labels", std::move(labels)},
              {"cost", model::to_json(c.cost)}};
}

Result<Calibration> calibration_from_json(const Json& json, const std::string& where) {
  if (!json.is_object() || !json.contains("format") || json["format"] != kFormat) {
    return fail(ErrorKind::format, "this is no calibration of a judge", where,
                "`assay judge calibrate` writes one");
  }
  if (!json.contains("version") || json["version"] != kVersion) {
    return fail(ErrorKind::unsupported, "the calibration is of another version", where,
                "Calibrate the judge again");
  }
  Fields fields(json, where);
  Calibration out;
  out.created = fields.text("created");
  out.judge = fields.text("judge");
  out.about = fields.object("about");
  out.digest = fields.text("digest");
  out.answers = fields.integer("answers");
  out.people = fields.integer("people");
  out.split = fields.integer("split");
  ASSAY_TRY(out.people_alpha, stats::estimate_from_json(fields.object("people_alpha")));
  ASSAY_TRY(out.overall, measured_from_json(fields.object("overall"), where));
  ASSAY_TRY(out.by_lang, by_from_json(fields.object("by_lang"), where));
  ASSAY_TRY(out.by_topic, by_from_json(fields.object("by_topic"), where));
  for (const auto& [reason, count] : fields.object("unassessed_reasons").items()) {
    if (!count.is_number_integer()) {
      return fail(ErrorKind::format, "a count is no whole number", where);
    }
    out.unassessed_reasons[reason] = count.get<std::int64_t>();
  }
  for (const auto& [digest, label] : fields.object("labels").items()) {
    if (!label.is_boolean()) return fail(ErrorKind::format, "a label is not true or false", where);
    out.labels[digest] = label.get<bool>();
  }
  ASSAY_TRY(out.cost, ledger_from_json(fields.object("cost")));
  ASSAY_CHECK(fields.status());
  if (out.digest != sha256_hex(dump_json(out.about))) {
    return fail(ErrorKind::format, "the digest does not belong to what stands beside it", where,
                "Calibrate the judge again");
  }
  return out;
}

Result<Calibration> read_calibration(const std::filesystem::path& file) {
  ASSAY_TRY(const std::string text, data::read_text(file));
  ASSAY_TRY(const Json json, parse_json(text, file.string()));
  return calibration_from_json(json, file.string());
}

}  // namespace assay::eval
