#include "evidence/entries.h"

#include <cmath>
#include <set>
#include <sodium/crypto_auth_hmacsha256.h>

#include "base/digest.h"
#include "base/encoding.h"
#include "report/report.h"

namespace assay::evidence {
namespace {

constexpr double kSame = 1e-12;  ///< of two ways to divide the same counts

Json entry(const char* type) { return Json{{"type", type}}; }

struct Counts {
  std::int64_t success = 0, failure = 0, unassessed = 0;
  std::set<std::string> clusters;  ///< of what was assessed
};

Counts count(const std::vector<eval::Scored>& scored, const std::string* group) {
  Counts out;
  for (const eval::Scored& each : scored) {
    if (group != nullptr && each.group != *group) continue;
    if (each.score.verdict != eval::Verdict::unassessed) out.clusters.insert(each.cluster);
    switch (each.score.verdict) {
      case eval::Verdict::success: ++out.success; break;
      case eval::Verdict::failure: ++out.failure; break;
      case eval::Verdict::unassessed: ++out.unassessed; break;
    }
  }
  return out;
}

/// The verdict whose share among the assessed the estimate is; nullptr if neither.
const char* share_of(const stats::Estimate& estimate, const Counts& counts) {
  const std::int64_t n = counts.success + counts.failure;
  if (n == 0 || estimate.n != n || estimate.unassessed != counts.unassessed) return nullptr;
  // Of another part of the samples with the same counts, perhaps: its clusters tell.
  const bool alone = estimate.method == "clopper-pearson" || estimate.method == "wilson";
  if (!alone && estimate.clusters != static_cast<std::int64_t>(counts.clusters.size())) {
    return nullptr;
  }
  const auto is = [&](std::int64_t k) {
    return std::abs(estimate.value - static_cast<double>(k) / static_cast<double>(n)) < kSame;
  };
  if (is(counts.success)) return "success";
  return is(counts.failure) ? "failure" : nullptr;
}

}  // namespace

std::string SampleName::text() const {
  return task + "/" + lang + "/" + sample + "/" + std::to_string(epoch);
}

std::string salt_of(std::string_view run_salt, const SampleName& name) {
  const std::string message = "assay.salt/1\n" + name.text();
  std::string out(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(run_salt.data()),
                              run_salt.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(message.data()),
                                message.size());
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(out.data()));
  return out;
}

std::string record_digest(std::string_view salt, std::string_view record) {
  Sha256 hash;
  hash.update(salt);
  hash.update(record);
  return "sha256:" + hash.hex();
}

std::string digest_of(std::string_view bytes) { return "sha256:" + sha256_hex(bytes); }

Json run_json(const store::RunRow& run) {
  return Json{{"run", run.id},
              {"created", run.begun.created},
              {"profile", run.begun.profile},
              {"model", run.begun.model},
              {"model_digest", run.begun.model_digest},
              {"template_digest", run.begun.template_digest},
              {"config_digest", run.begun.config_digest},
              {"config", run.begun.config},
              {"header", run.begun.header}};
}

Json begin_entry(const store::RunRow& run, const std::string& plan) {
  Json out = entry("begin");
  out["schema"] = kEntrySchema;
  out["run"] = run.id;
  out["created"] = run.begun.created;
  out["model"] = Json{{"name", run.begun.model},
                      {"digest", run.begun.model_digest},
                      {"template", run.begun.template_digest}};
  out["config"] = run.begun.config_digest;
  out["plan"] = plan.empty() ? Json(nullptr) : Json(plan);
  out["content"] = digest_of(dump_json(run_json(run)));
  return out;
}

Json sample_entry(const SampleName& name, const store::NewSample& sample, std::string_view salt) {
  Json out = entry("sample");
  out["task"] = name.task;
  out["lang"] = name.lang;
  out["sample"] = name.sample;
  out["epoch"] = name.epoch;
  out["record"] = record_digest(salt, sample.record);
  out["verdict"] = eval::to_string(static_cast<eval::Verdict>(sample.scored.verdict));
  out["value"] = sample.scored.value;
  out["group"] = sample.scored.group;
  out["cluster"] = sample.scored.cluster;
  return out;
}

Json outcome_json(const eval::TaskOutcome& outcome) {
  Json out = eval::to_json(outcome);
  out.erase("examples");
  return out;
}

Result<eval::TaskOutcome> outcome_from_json(Json json) {
  if (json.is_object()) json["examples"] = Json::array();
  return eval::task_outcome_from_json(json);
}

Json outcome_entry(const eval::TaskOutcome& outcome) {
  Json out = entry("outcome");
  out["task"] = outcome.task;
  out["lang"] = to_string(outcome.lang);
  out["status"] = eval::to_string(outcome.status);
  out["success"] = outcome.success;
  out["failure"] = outcome.failure;
  out["unassessed"] = outcome.unassessed;
  out["planned"] = outcome.planned;
  out["content"] = digest_of(dump_json(outcome_json(outcome)));
  return out;
}

Json basis_of(const eval::Figure& figure, const std::vector<eval::Scored>& scored) {
  if (figure.estimate.unit != "proportion" || !figure.estimate.known()) return nullptr;
  for (const eval::Scored& each : scored) {
    if (each.epoch > 0) return nullptr;  // several answers to an item are reduced to one first
  }
  const auto basis = [](const char* verdict, Json group) {
    return Json{{"verdict", verdict}, {"group", std::move(group)}};
  };
  if (const char* verdict = share_of(figure.estimate, count(scored, nullptr))) {
    return basis(verdict, nullptr);
  }
  std::set<std::string> groups;
  for (const eval::Scored& each : scored) groups.insert(each.group);
  for (const std::string& group : groups) {
    if (const char* verdict = share_of(figure.estimate, count(scored, &group))) {
      return basis(verdict, group);
    }
  }
  return nullptr;
}

Json estimate_entry(const eval::TaskOutcome& outcome, const eval::Figure& figure, Json basis,
                    const std::string& inputs) {
  Json out = entry("estimate");
  out["task"] = outcome.task;
  out["lang"] = to_string(outcome.lang);
  out["figure"] = figure.id;
  out["function"] = figure.estimate.method;
  out["inputs"] = inputs;
  out["basis"] = std::move(basis);
  out["estimate"] = stats::to_json(figure.estimate);
  return out;
}

Json claim_entry(const Json& claim) {
  Json out = entry("claim");
  for (const auto& [key, value] : claim.items()) out[key] = value;
  return out;
}

Json report_entry(const Json& report, const std::string& document) {
  Json out = entry("report");
  out["schema"] = report.value("schema", "");
  out["versions"] = report.value("versions", Json::object());
  out["content"] = digest_of(document);
  return out;
}

Json end_entry(const store::RunRow& run) {
  Json out = entry("end");
  out["finished"] = run.finished;
  out["samples"] = run.samples;
  return out;
}

Json run_begun_entry(const store::RunRow& run, const std::string& plan, const std::string& origin) {
  Json out = begin_entry(run, plan);
  out["profile"] = run.begun.profile;
  out["log"] = origin;
  return out;
}

Json run_state_entry(const std::string& run, const std::string& state,
                     const audit::Checkpoint& checkpoint) {
  Json out = entry("state");
  out["run"] = run;
  out["state"] = state;
  out["size"] = checkpoint.size;
  out["root"] = base64(audit::bytes_of(checkpoint.root));
  return out;
}

Json plan_entry(const Json& plan, const std::string& created) {
  Json out = entry("plan");
  out["schema"] = kEntrySchema;
  out["created"] = created;
  out["plan"] = sha256_hex(dump_json(plan)).substr(0, 16);
  out["content"] = plan;
  return out;
}

Json bundle_entry(const std::string& run, const std::string& created) {
  Json out = entry("bundle");
  out["run"] = run;
  out["created"] = created;
  return out;
}

Result<Entry> parse_entry(std::string_view bytes, std::uint64_t index) {
  const std::string where = "entry " + std::to_string(index);
  ASSAY_TRY(Json json, parse_json(bytes, where));
  const auto type = json.is_object() ? json.find("type") : json.end();
  if (!json.is_object() || type == json.end() || !type->is_string()) {
    return fail(ErrorKind::format, "this is no entry of Assay's", where);
  }
  std::string name = type->get<std::string>();
  return Entry{std::move(name), std::move(json)};
}

}  // namespace assay::evidence
