// Method: one way to explain what happens inside a model; one file each in explain/methods, with
// `void register_<stem>(Methods&)`. A method explains an item and tests its own explanation: it
// changes inside the model what the explanation names, and as much at random, and both falls of the
// output stand in the record. So an explanation that explains nothing is seen to.
//
// Legal call order: samples() -> explain() a sample -> figures() of all records.
// Thread-safety: immutable; all methods const. The caller of explain() holds the lab's turn.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "eval/task.h"
#include "explain/lab.h"

namespace assay::explain {

struct MethodInfo {
  std::string name;  ///< "lens"; the task is explain_lens
  Text title, description, limits;
  std::string citation;
  int version = 1;
  eval::ItemCounts items;
  bool chat = false;  ///< needs a chat template
};

class Method {
 public:
  virtual ~Method() = default;
  [[nodiscard]] virtual const MethodInfo& info() const = 0;
  [[nodiscard]] virtual std::vector<eval::Sample> samples(
      const eval::TaskContext& context) const = 0;
  /// The record of a sample: an object. "named" and "control": what the output fell by when what
  /// the explanation names was changed, and when as much was changed at random. "unassessed": the
  /// reason instead. Errors: those of the box; cancelled.
  [[nodiscard]] virtual Result<Json> explain(const eval::Sample& sample, Lab& lab) const = 0;
  /// Figures of the records, which are the scores' metadata.
  [[nodiscard]] virtual eval::Summary figures(const std::vector<eval::Scored>& scored,
                                              const eval::SummaryContext& context) const = 0;
};

class Methods {
 public:
  /// A second one of the same name is a defect and throws std::logic_error.
  void add(std::shared_ptr<const Method> method);
  [[nodiscard]] const std::vector<std::shared_ptr<const Method>>& all() const { return methods_; }

 private:
  std::vector<std::shared_ptr<const Method>> methods_;  ///< sorted by name
};

/// Generated at configure time from the files in src/explain/methods/.
void register_all_methods(Methods& registry);

/// {"unassessed": reason}
Json unassessed(const std::string& reason);

}  // namespace assay::explain
