#include "eval/judge/similarity.h"

#include <cstdio>

namespace assay::eval {
namespace {

class SimilarityJudge : public Judge {
 public:
  SimilarityJudge(std::unique_ptr<model::local::Embedder> embedder, double threshold)
      : embedder_(std::move(embedder)), threshold_(threshold) {}

  [[nodiscard]] std::string name() const override {
    char text[32];
    std::snprintf(text, sizeof text, "%g", threshold_);
    return "similarity by " + embedder_->name() + ", at least " + text;
  }
  [[nodiscard]] Json about() const override {
    return Json{{"kind", "similarity"},
                {"model", embedder_->name()},
                {"digest", embedder_->digest()},
                {"threshold", threshold_}};
  }
  [[nodiscard]] model::Ledger ledger() const override { return embedder_->ledger(); }
  [[nodiscard]] std::vector<std::optional<Score>> judge(std::span<const JudgeItem> items,
                                                        const CancelToken* cancel) override {
    std::vector<std::optional<Score>> out;
    for (const JudgeItem& item : items) out.push_back(one(item, cancel));
    return out;
  }

 private:
  std::optional<Score> one(const JudgeItem& item, const CancelToken* cancel) {
    if (item.lang != Lang::en) {
      return Score::unassessed("the rubric is not for this language", item.answer);
    }
    if (item.reference.empty()) {
      return Score::unassessed("the item has no reference answer", item.answer);
    }
    const std::vector<std::string> texts{item.answer, item.reference};
    const auto vectors = embedder_->embed(texts, cancel);
    for (const auto& vector : vectors) {
      if (vector) continue;
      if (vector.error().kind == ErrorKind::cancelled) return std::nullopt;
      Score failed = Score::unassessed("the judge's call failed", item.answer);
      failed.metadata = Json{{"error", vector.error().message()}};
      return failed;
    }
    double cosine = 0.0;
    for (std::size_t i = 0; i < vectors[0]->size(); ++i) {
      cosine += static_cast<double>((*vectors[0])[i]) * (*vectors[1])[i];
    }
    Score out = cosine >= threshold_ ? Score::pass(item.answer) : Score::miss(item.answer);
    out.metadata = Json{{"cosine", cosine}};
    return out;
  }

  std::unique_ptr<model::local::Embedder> embedder_;
  double threshold_;
};

}  // namespace

std::unique_ptr<Judge> make_similarity_judge(std::unique_ptr<model::local::Embedder> embedder,
                                             double threshold) {
  return std::make_unique<SimilarityJudge>(std::move(embedder), threshold);
}

}  // namespace assay::eval
