// Runs that leave evidence, bundles of them, and bundles that were changed.
#include <fstream>
#include <gtest/gtest.h>

#include "audit/log_writer.h"
#include "base/files.h"
#include "evidence/bundle.h"
#include "evidence/plans.h"
#include "evidence/recorder.h"
#include "evidence/verify.h"
#include "evidence/verify_logs.h"
#include "report/report.h"
#include "support/scratch_folder.h"
#include "unit/eval/runner_fixture.h"

namespace assay::evidence {
namespace {

class EvidenceTest : public eval::RunnerFixture {
 protected:
  EvidenceTest() {
    eval::add_task(registry_, "a", 40);
    eval::add_task(registry_, "b", 30);
    plan_.langs = {Lang::en, Lang::zh};
    folder() = {folder_ / "evidence"};
    auto made = audit::SigningKey::make("test.example/evidence");
    if (!made) throw std::runtime_error(made.error().message());
    key_.emplace(std::move(*made));
  }

  Folder& folder() { return evidence_; }

  std::unique_ptr<Recorder> recorder(const std::string& plan = "") {
    auto out = Recorder::open(evidence_, *key_, plan);
    if (!out) throw std::runtime_error(out.error().message());
    return std::move(*out);
  }

  /// A finished run with its evidence; its id.
  std::string measure(const std::string& plan = "") {
    const auto keeper = recorder(plan);
    eval::RunHooks hooks;
    hooks.observer = keeper.get();
    const eval::RunOutcome outcome = run(hooks);
    store::Store store = open();
    const auto kept = keeper->end(store, outcome, report::build(outcome, registry_));
    EXPECT_TRUE(kept) << kept.error().message();
    return outcome.run_id;
  }

  Files bundle(const std::string& run, const BundleOptions& options = {}) {
    store::Store store = open();
    const auto file = folder_ / "x.assay";
    const auto made = make_bundle(store, registry_, evidence_, *key_, run, file, options);
    EXPECT_TRUE(made) << made.error().message();
    auto files = read_zip(file);
    EXPECT_TRUE(files) << files.error().message();
    return files.value_or(Files());
  }

  Verification verify(const Files& files, const audit::SigningKey* reader = nullptr) {
    VerifyOptions options;
    options.trusted = {key_->verifier()};
    options.reader = reader;
    auto out = verify_files(files, registry_, options);
    EXPECT_TRUE(out) << out.error().message();
    return out.value_or(Verification());
  }

  static std::string faults(const Verification& verification) {
    std::string out;
    for (const Finding& finding : verification.findings) {
      if (finding.kind != Finding::Kind::fault) continue;
      out += finding.check + " " + finding.where + ": " + finding.what + "\n";
    }
    return out;
  }
  static std::string remarks(const Verification& verification) {
    std::string out;
    for (const Finding& finding : verification.findings) {
      if (finding.kind == Finding::Kind::remark) out += finding.where + ": " + finding.what + "\n";
    }
    return out;
  }

  Folder evidence_;
  std::optional<audit::SigningKey> key_;
};

TEST_F(EvidenceTest, AWholeRunHolds) {
  const std::string run = measure();
  const Verification found = verify(bundle(run));
  EXPECT_TRUE(found.holds()) << faults(found);
  EXPECT_EQ(found.run, run);
  EXPECT_EQ(found.samples, 140);
  EXPECT_EQ(found.recomputed, found.figures);
  EXPECT_GE(found.figures, 4);
  EXPECT_EQ(found.rescored, 140);
  EXPECT_EQ(found.regenerated, 140);
}

TEST_F(EvidenceTest, ABundleIsTheSameBytesAgain) {
  const std::string run = measure();
  bundle(run);
  const auto first = read_file(folder_ / "x.assay", 1 << 24);
  bundle(run);
  const auto second = read_file(folder_ / "x.assay", 1 << 24);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
}

TEST_F(EvidenceTest, ARunWhoseLogWasLostInBetweenIsCaughtUp) {
  // Stored by a process that was killed before it wrote its log: no recorder at all.
  const eval::RunOutcome outcome = run();
  const auto keeper = recorder();
  {
    store::Store store = open();
    ASSERT_TRUE(keeper->end(store, outcome, report::build(outcome, registry_)));
  }
  const Verification found = verify(bundle(outcome.run_id));
  EXPECT_TRUE(found.holds()) << faults(found);
  EXPECT_EQ(found.samples, 140);
}

TEST_F(EvidenceTest, AStoppedRunGoesOnInItsLog) {
  CancelToken stop;
  const auto keeper = recorder();
  eval::RunHooks hooks;
  hooks.observer = keeper.get();
  hooks.cancel = &stop;
  hooks.on_task_end = [&](const eval::TaskOutcome&) { stop.request(); };
  const eval::RunOutcome stopped = run(hooks);
  ASSERT_TRUE(stopped.finished.empty());
  {
    store::Store store = open();
    ASSERT_TRUE(keeper->end(store, stopped, report::build(stopped, registry_)));
  }
  eval::RunHooks again;
  const auto second = recorder();
  again.observer = second.get();
  {
    store::Store store = open();
    const auto outcome = eval::resume(model_, registry_, store, stopped.run_id, again);
    ASSERT_TRUE(outcome) << outcome.error().message();
    ASSERT_TRUE(second->end(store, *outcome, report::build(*outcome, registry_)));
  }
  const Verification found = verify(bundle(stopped.run_id));
  EXPECT_TRUE(found.holds()) << faults(found);
  EXPECT_EQ(found.samples, 140);
}

TEST_F(EvidenceTest, WhatIsSealedIsOnlyForItsReader) {
  const std::string run = measure();
  const auto auditor = audit::SigningKey::make("auditor.example/one");
  const auto other = audit::SigningKey::make("auditor.example/two");
  ASSERT_TRUE(auditor && other);
  BundleOptions options;
  options.seal_to = {auditor->verifier()};
  options.seal_tasks = {"a"};
  const Files files = bundle(run, options);
  EXPECT_TRUE(files.contains("records/a.en.jsonl.sealed"));
  EXPECT_FALSE(files.contains("records/a.en.jsonl"));
  const Verification without = verify(files);
  EXPECT_TRUE(without.holds()) << faults(without);
  EXPECT_EQ(without.sealed, 80);
  EXPECT_LT(without.recomputed, without.figures);
  EXPECT_EQ(verify(files, &*other).sealed, 80);
  const Verification with = verify(files, &*auditor);
  EXPECT_TRUE(with.holds()) << faults(with);
  EXPECT_EQ(with.sealed, 0);
  EXPECT_EQ(with.recomputed, with.figures);
}

TEST_F(EvidenceTest, ExamplesOfSealedTasksAreNotInTheReport) {
  const std::string run = measure();
  const auto auditor = audit::SigningKey::make("auditor.example/one");
  ASSERT_TRUE(auditor);
  EXPECT_NE(bundle(run).at("report.json").find("\"item "), std::string::npos);
  BundleOptions options;
  options.seal_to = {auditor->verifier()};
  options.seal_tasks = {"a", "b"};
  const Files files = bundle(run, options);
  for (const auto& [name, bytes] : files) {
    EXPECT_EQ(bytes.find("\"item "), std::string::npos) << name;
  }
  const Verification without = verify(files);
  EXPECT_TRUE(without.holds()) << faults(without);
  const Verification with = verify(files, &*auditor);
  EXPECT_TRUE(with.holds()) << faults(with);
}

TEST_F(EvidenceTest, AnotherKeyIsNotTrusted) {
  const Files files = bundle(measure());
  const auto other = audit::SigningKey::make("test.example/evidence");
  ASSERT_TRUE(other);
  VerifyOptions options;
  options.trusted = {other->verifier()};
  const auto found = verify_files(files, registry_, options);
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->holds());
  options.trusted.clear();
  const auto own_word = verify_files(files, registry_, options);
  ASSERT_TRUE(own_word);
  EXPECT_TRUE(own_word->holds()) << faults(*own_word);
  EXPECT_NE(remarks(*own_word).find("anybody may have signed it"), std::string::npos);
}

TEST_F(EvidenceTest, EachFileThatIsChangedOrMissingIsNamed) {
  const Files files = bundle(measure());
  for (const auto& [name, bytes] : files) {
    Files changed = files;
    changed[name][bytes.size() / 2] ^= 1;
    EXPECT_FALSE(verify(changed).holds()) << name << " changed";
    Files without = files;
    without.erase(name);
    EXPECT_FALSE(verify(without).holds()) << name << " removed";
  }
  Files more = files;
  more["more.txt"] = "text";
  EXPECT_NE(faults(verify(more)).find("more.txt"), std::string::npos);
}

TEST_F(EvidenceTest, RunsThatAreNotReportedAreRemarked) {
  const std::string hidden = measure();
  plan_.seed = 2;
  const std::string shown = measure();
  Verification found = verify(bundle(shown));
  EXPECT_TRUE(found.holds()) << faults(found);
  EXPECT_NE(remarks(found).find(hidden + ": of the same model"), std::string::npos);
  bundle(hidden);
  found = verify(bundle(shown));
  EXPECT_EQ(remarks(found).find(hidden + ": of the same model"), std::string::npos);
}

TEST_F(EvidenceTest, DeviationsFromThePlanAreRemarked) {
  Json versions = Json::object();
  for (const auto& task : registry_.tasks()) versions[task->info().name] = task->info().version;
  const Json content{{"model", nullptr},
                     {"config", eval::to_json(plan_)},
                     {"tasks", versions},
                     {"gate", nullptr},
                     {"note", ""}};
  const auto plan = commit_plan(evidence_, *key_, content, "2026-01-01T00:00:00Z");
  ASSERT_TRUE(plan) << plan.error().message();
  const auto again = find_plan(evidence_, key_->verifier(), plan->id.substr(0, 6));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->content, content);
  Verification found = verify(bundle(measure(plan->id)));
  EXPECT_TRUE(found.holds()) << faults(found);
  EXPECT_EQ(remarks(found), "");
  plan_.seed = 7;
  found = verify(bundle(measure(plan->id)));
  EXPECT_NE(remarks(found).find("the seed (planned 1, done 7)"), std::string::npos)
      << remarks(found);
}

TEST_F(EvidenceTest, APlanThatWasNotCommittedIsRefused) {
  const auto none = Recorder::open(evidence_, *key_, "0123456789abcdef");
  ASSERT_FALSE(none);
  const auto also_none = (recorder(), Recorder::open(evidence_, *key_, "0123456789abcdef"));
  ASSERT_FALSE(also_none);
  EXPECT_EQ(also_none.error().kind, ErrorKind::not_found);
}

TEST(Entries, ADigestTellsNothingWithoutItsSalt) {
  const std::string salt(32, '\x01');
  const SampleName one{"task", "en", "en-0001", 0};
  const SampleName two{"task", "en", "en-0002", 0};
  EXPECT_EQ(one.text(), "task/en/en-0001/0");
  EXPECT_EQ(salt_of(salt, one).size(), 32U);
  EXPECT_NE(salt_of(salt, one), salt_of(salt, two));
  EXPECT_NE(record_digest(salt_of(salt, one), "{}"), record_digest(salt_of(salt, two), "{}"));
  EXPECT_EQ(digest_of(""),
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Zip, HostileArchivesAreRefused) {
  const test::ScratchFolder folder;
  EXPECT_EQ(read_zip(folder / "none").error().kind, ErrorKind::not_found);
  EXPECT_EQ(read_zip(folder.write("text", "no zip")).error().kind, ErrorKind::format);
  EXPECT_FALSE(read_zip(folder.write("empty", "")));
  ASSERT_TRUE(write_zip(folder / "up.zip", {{"../up", "x"}}));
  EXPECT_EQ(read_zip(folder / "up.zip").error().kind, ErrorKind::format);
  ASSERT_TRUE(write_zip(folder / "good.zip", {{"a/b", "bytes"}, {"c", ""}}));
  const auto good = read_zip(folder / "good.zip");
  ASSERT_TRUE(good) << good.error().message();
  EXPECT_EQ(*good, (Files{{"a/b", "bytes"}, {"c", ""}}));
  auto bytes = read_file(folder / "good.zip", 1 << 20);
  ASSERT_TRUE(bytes);
  for (std::size_t length = 0; length < bytes->size(); ++length) {
    EXPECT_FALSE(read_zip(folder.write("cut.zip", bytes->substr(0, length)))) << length;
  }
}

}  // namespace
}  // namespace assay::evidence
