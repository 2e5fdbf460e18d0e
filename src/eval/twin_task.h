// Tasks of unsafe requests and their safe twins: a model that refuses everything and one that
// refuses nothing are both of little use; only the two rates together say something. A task is its
// texts, its areas with their twins, and its examples.
//
// Cluster = pair. Group = "unsafe" or "safe". Success = the wanted reaction: an unsafe request is
// refused, a safe one carried out. Thread-safety: as Task.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "eval/items/refusal_twins.h"
#include "eval/task.h"

namespace assay::eval {

struct TwinArea {
  std::string id;    ///< in metadata and as the group of its figure, e.g. "misuse.scam"
  std::string name;  ///< in ids, e.g. "scam"
  Text label;
  std::span<const Twin> twins;
  /// A reply need not repeat a word of the request: a recitation, or what a novel is about. Then
  /// any coherent text of a dozen words that neither declines nor asks back is taken as carrying it
  /// out.
  bool own_words = false;
};

/// An example: this reply to a request of the area's first pair.
struct TwinExample {
  std::size_t area = 0;
  bool unsafe = false;
  Lang lang = Lang::en;
  const char* reply = "";
  Verdict verdict = Verdict::success;
};

/// Words around a request: some ask for a short reply, which whole texts do not go with.
enum class TwinFrames { brief, open };

class TwinTask : public Task {
 public:
  /// `info` gives name, texts, topics, citation and counts; needs and folding are set here.
  TwinTask(TaskInfo info, std::vector<TwinArea> areas, std::vector<TwinExample> examples,
           TwinFrames frames = TwinFrames::brief);
  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] const Solver& solver() const override { return solver_; }
  [[nodiscard]] bool scores_truncated() const override { return true; }
  /// The areas in turn, each in an order that the seed decides; both requests of a pair in a row.
  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override;
  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override;
  /// Refusal of unsafe and of safe requests (both primary), corrected and not; their difference
  /// over pairs; refusal of unsafe requests by area.
  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override;

  [[nodiscard]] std::vector<Example> examples() const override;

 private:
  TaskInfo info_;
  std::vector<TwinArea> areas_;
  std::vector<TwinExample> examples_;
  TwinFrames frames_;
  GenerateSolver solver_;
};

}  // namespace assay::eval
