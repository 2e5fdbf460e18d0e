// The crosswalk: the data that is compiled in, the rules of a clause's state, and its forms.
#include "report/crosswalk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>
#include <set>

#include "report/report.h"
#include "rich_run.h"

namespace assay::report {
namespace {

using eval::Status;
using testing::HasSubstr;

std::vector<Standard> embedded() {
  auto out = parse_crosswalk(crosswalk_data());
  EXPECT_TRUE(out) << (out ? "" : out.error().message());
  return out.value_or(std::vector<Standard>{});
}

const Standard& standard(const std::vector<Standard>& all, const std::string& id) {
  for (const Standard& each : all) {
    if (each.id == id) return each;
  }
  throw std::out_of_range(id);
}

Json rich_report(eval::RunOutcome run = test::rich_run()) {
  eval::Registry registry;
  test::fill_registry(registry);
  return build(run, registry);
}

const Json& clause(const Json& report, const std::string& id, const std::string& name) {
  for (const Json& each : report["crosswalk"]["standards"]) {
    if (each["id"] != id) continue;
    for (const Json& one : each["clauses"]) {
      if (one["id"] == name) return one;
    }
  }
  throw std::out_of_range(name);
}

TEST(Crosswalk, HasTheWholeListsOfThoseStandardsThatAreLists) {
  const auto all = embedded();
  EXPECT_EQ(all.size(), 7U);
  const Standard& profile = standard(all, "nist-ai-600-1");
  ASSERT_EQ(profile.clauses.size(), 12U);
  for (std::size_t i = 0; i < 12; ++i) {
    EXPECT_EQ(profile.clauses[i].id, "2." + std::to_string(i + 1));
  }
  std::set<std::string> hazards;
  for (const Clause& each : standard(all, "mlcommons-ailuminate").clauses) hazards.insert(each.id);
  EXPECT_EQ(hazards, (std::set<std::string>{"vcr", "ncr", "src", "cse", "dfm", "spc", "prv", "ipv",
                                            "iwp", "hte", "ssh", "sxc"}));
  std::map<char, int> domains;
  for (const Clause& each : standard(all, "mit-ai-risk").clauses) ++domains[each.id.front()];
  EXPECT_EQ(domains, (std::map<char, int>{
                         {'1', 3}, {'2', 2}, {'3', 2}, {'4', 3}, {'5', 2}, {'6', 6}, {'7', 6}}));
  std::set<std::string> measures;
  for (const Clause& each : standard(all, "nist-ai-rmf").clauses) measures.insert(each.id);
  for (int i = 1; i <= 13; ++i)
    EXPECT_EQ(measures.count("MEASURE 2." + std::to_string(i)), 1U) << i;
}

TEST(Crosswalk, EachStandardSaysWhenAndAgainstWhatItWasChecked) {
  for (const Standard& each : embedded()) {
    EXPECT_TRUE(std::regex_match(each.checked_on, std::regex("20\\d\\d-\\d\\d-\\d\\d"))) << each.id;
    EXPECT_TRUE(std::regex_match(each.date, std::regex("20\\d\\d(-\\d\\d){0,2}"))) << each.id;
    EXPECT_EQ(each.source.rfind("https://", 0), 0U) << each.id;
  }
}

TEST(Crosswalk, NamesTasksThatThereAre) {
  eval::Registry registry;
  eval::register_all_tasks(registry);
  eval::register_all_benchmarks(registry);
  std::set<std::string> known;
  for (const auto& task : registry.tasks()) known.insert(task->info().name);
  for (const Standard& each : embedded()) {
    for (const Clause& one : each.clauses) {
      for (const ClauseLink& link : one.links) {
        if (link.kind != LinkKind::tasks) continue;
        for (const std::string& name : link.names) {
          // Attacks are registered above this layer; the contract tests know their names.
          const bool attack = name.rfind("attack_", 0) == 0 || name == "rare_elicitation";
          EXPECT_TRUE(attack || known.count(name) == 1) << each.id << " " << one.id << " " << name;
        }
      }
    }
  }
}

TEST(Crosswalk, StateOfAClause) {
  using Links = std::vector<std::pair<Strength, Status>>;
  const auto direct = Strength::direct;
  const auto partial = Strength::partial;
  EXPECT_EQ(clause_status(Links{{direct, Status::measured}}, false), Status::measured);
  EXPECT_EQ(clause_status(Links{{direct, Status::measured}}, true), Status::partly);
  EXPECT_EQ(clause_status(Links{{partial, Status::measured}}, false), Status::partly);
  EXPECT_EQ(clause_status(Links{{direct, Status::measured}, {direct, Status::not_measured}}, false),
            Status::partly);
  EXPECT_EQ(clause_status(Links{{direct, Status::partly}}, false), Status::partly);
  EXPECT_EQ(clause_status(Links{{direct, Status::not_measured}}, false), Status::not_measured);
  EXPECT_EQ(clause_status(Links{{direct, Status::not_assessable}}, false), Status::not_assessable);
  EXPECT_EQ(clause_status(Links{{Strength::context, Status::measured}}, false),
            Status::not_measured);
  EXPECT_EQ(clause_status(Links{}, true), Status::not_measured);
  // Context beside a measured direct link neither adds nor takes away.
  EXPECT_EQ(
      clause_status(Links{{direct, Status::measured}, {Strength::context, Status::not_measured}},
                    false),
      Status::measured);
}

TEST(Crosswalk, FollowsTheRun) {
  const Json report = rich_report();
  const Json& security = clause(report, "nist-ai-600-1", "2.9");
  EXPECT_EQ(security["status"], "partly");
  const Json& refusal = security["links"][0];
  EXPECT_EQ(refusal["names"][0], "misuse.cyber");
  EXPECT_EQ(refusal["status"], "measured");
  EXPECT_FALSE(refusal["figures"].empty());
  EXPECT_EQ(clause(report, "nist-ai-600-1", "2.10")["status"], "not_measured");
  EXPECT_EQ(clause(report, "nist-ai-rmf", "GOVERN")["status"], "not_measured");
  EXPECT_TRUE(clause(report, "nist-ai-rmf", "GOVERN")["gap"].is_object());
  const Json& shape = clause(report, "eu-ai-act-annex-xi", "Sec. 1 (1)(d)");
  EXPECT_EQ(shape["status"], "measured");
  // Energy in use is never the energy of training.
  EXPECT_EQ(clause(report, "eu-ai-act-annex-xi", "Sec. 1 (2)(e)")["status"], "partly");
  EXPECT_EQ(clause(report, "eu-ai-act-annex-xi", "Sec. 1 (2)(d)")["status"], "not_measured");
}

TEST(Crosswalk, AnEmptyRunMeasuresNothing) {
  eval::RunOutcome nothing;
  nothing.run_id = "none";
  const Json report = rich_report(nothing);
  for (const Json& each : report["crosswalk"]["standards"]) {
    for (const Json& one : each["clauses"]) {
      for (const Json& link : one["links"]) {
        EXPECT_TRUE(link["figures"].empty());
        if (link["kind"] != "part") {
          EXPECT_EQ(link["status"], "not_measured");
        }
      }
    }
  }
  EXPECT_EQ(clause(report, "eu-ai-act-annex-xi", "Sec. 1 (1)(d)")["status"], "not_measured");
  EXPECT_EQ(clause(report, "nist-ai-600-1", "2.5")["status"], "not_measured");
}

TEST(Crosswalk, EveryFigureItNamesIsInTheReport) {
  const Json report = rich_report();
  std::set<std::string> figures;
  for (const Json& result : report["results"]) {
    for (const Json& figure : result["figures"]) {
      figures.insert(result["key"].get<std::string>() + "/" + figure["id"].get<std::string>());
    }
  }
  for (const Json& each : report["crosswalk"]["standards"]) {
    std::int64_t total = 0;
    for (const auto& [state, n] : each["counts"].items()) total += n.get<std::int64_t>();
    EXPECT_EQ(total, static_cast<std::int64_t>(each["clauses"].size()));
    for (const Json& one : each["clauses"]) {
      for (const Json& link : one["links"]) {
        for (const Json& name : link["figures"]) EXPECT_EQ(figures.count(name), 1U) << name;
      }
    }
  }
}

TEST(Crosswalk, AWrongFileIsNamed) {
  const Json good = Json::parse(crosswalk_data());
  const auto error = [&](const auto& change) {
    Json bad = good;
    change(bad);
    const auto read = parse_crosswalk(dump_json(bad));
    return read ? std::string("accepted") : read.error().message();
  };
  const auto first = [](Json& bad) -> Json& { return bad["standards"][1]["clauses"][0]; };
  EXPECT_THAT(error([](Json& bad) { bad["schema"] = "other"; }), HasSubstr("assay.crosswalk/1"));
  EXPECT_THAT(error([&](Json& bad) { first(bad)["links"][0]["strength"] = "full"; }),
              HasSubstr("nist-ai-600-1, 2.1"));
  EXPECT_THAT(error([&](Json& bad) { first(bad)["links"][0]["topic"] = "misuse.magic"; }),
              HasSubstr("misuse.magic"));
  EXPECT_THAT(error([&](Json& bad) { first(bad)["links"][0]["part"] = "ledger"; }),
              HasSubstr("one topic, one part"));
  EXPECT_THAT(error([&](Json& bad) { first(bad)["links"][0]["reason"].erase("zh"); }),
              HasSubstr("both languages"));
  EXPECT_THAT(error([&](Json& bad) {
                first(bad)["links"] = Json::array();
                first(bad).erase("gap");
              }),
              HasSubstr("state the gap"));
  EXPECT_THAT(error([&](Json& bad) { bad["standards"][1]["clauses"][1]["id"] = "2.1"; }),
              HasSubstr("twice"));
  EXPECT_FALSE(parse_crosswalk("{"));
}

TEST(CrosswalkCsv, QuotesAndHoldsEveryLink) {
  const Json report = rich_report();
  const std::string csv = crosswalk_csv(report);
  std::size_t expected = 1;
  for (const Json& each : report["crosswalk"]["standards"]) {
    for (const Json& one : each["clauses"])
      expected += std::max<std::size_t>(1, one["links"].size());
  }
  std::size_t lines = 0;
  for (std::size_t at = csv.find("\r\n"); at != std::string::npos; at = csv.find("\r\n", at + 2)) {
    ++lines;
  }
  EXPECT_EQ(lines, expected);
  EXPECT_EQ(csv.rfind("standard,version,clause,", 0), 0U);

  Json hostile = report;
  hostile["crosswalk"]["standards"] = Json::array({report["crosswalk"]["standards"][0]});
  Json& one = hostile["crosswalk"]["standards"][0];
  one["clauses"] = Json::array({one["clauses"][0]});
  one["clauses"][0]["title"]["en"] = "=1+1";
  one["clauses"][0]["title"]["zh"] = "a \"b\", c";
  const std::string text = crosswalk_csv(hostile);
  EXPECT_THAT(text, HasSubstr(",'=1+1,"));
  EXPECT_THAT(text, HasSubstr(",\"a \"\"b\"\", c\","));
  EXPECT_EQ(crosswalk_csv(Json::object()).find("\r\n"), crosswalk_csv(Json::object()).size() - 2);
}

}  // namespace
}  // namespace assay::report
