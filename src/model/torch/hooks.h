// Hook points: which are watched in a forward pass, what is changed there, and what was seen.
// A pass over packed sequences asks at each point; where nothing is set that is one comparison.
// Legal call order: HookPlan::make(), then a Watch for each pass. Thread-safety: one thread a
// Watch.
#pragma once

#include <ATen/ATen.h>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model/torch/net.h"
#include "model/whitebox.h"

namespace assay::model::torch_engine {

enum class Point : std::uint8_t {
  embed,
  pos_embed,
  resid_pre,
  ln1_scale,
  ln1_normalized,
  q,
  k,
  v,
  rot_q,
  rot_k,
  scores,
  pattern,
  z,
  attn_out,
  resid_mid,
  ln2_scale,
  ln2_normalized,
  mlp_pre,
  mlp_pre_linear,
  mlp_post,
  mlp_out,
  resid_post,
  final_scale,
  final_normalized,
  logits,
  count
};

/// Every hook point of this network, in order of computation.
std::vector<std::string> hook_names(const Spec& spec);

/// Sequences of one length that lie one after the other in the packed rows.
struct Segment {
  std::int64_t row = 0;       ///< of the first token
  std::int64_t count = 1;     ///< sequences
  std::int64_t length = 1;    ///< tokens each
  std::int64_t start = 0;     ///< position of their first token: what lies before is cached
  std::int64_t sequence = 0;  ///< index of the first in `order`
};

/// What to do at a point.
struct Slot {
  bool keep = false;      ///< return the values
  bool gradient = false;  ///< keep the node of the graph
  std::vector<const Edit*> edits;
};

class HookPlan {
 public:
  /// The hooks of a request, resolved. `edits` must outlive the plan. Errors: usage (a name that is
  /// not there, an edit that does not fit its point).
  static Result<HookPlan> make(const Spec& spec, const std::vector<std::string>& keep,
                               const std::vector<std::string>& gradients,
                               const std::vector<Edit>& edits);
  [[nodiscard]] bool empty() const { return slots_.empty(); }
  [[nodiscard]] const Slot* at(Point point, std::int64_t layer) const {
    if (slots_.empty()) return nullptr;
    const Slot* slot = table_[static_cast<std::size_t>(layer) * points + index(point)];
    return slot;
  }
  /// Does any hook look at or change the final norm or the logits?
  [[nodiscard]] bool watches_end() const;
  [[nodiscard]] bool has_gradients() const;

  static constexpr std::size_t points = static_cast<std::size_t>(Point::count);
  static std::size_t index(Point point) { return static_cast<std::size_t>(point); }

 private:
  std::map<std::size_t, Slot> slots_;
  std::vector<const Slot*> table_;
  void tabulate(const Spec& spec);
};

/// One pass' look through the plan.
class Watch {
 public:
  struct Seen {
    Point point;
    std::int64_t layer;
    std::size_t segment;  ///< of scores and patterns; else 0
    at::Tensor value;     ///< packed rows; of a segment [count, h, length, length + start]
  };
  /// `order[i]` is the request's index of the i-th packed sequence; `lengths[i]` its positions as
  /// given (edits count back from there).
  Watch(const Spec& spec, const HookPlan& plan, const std::vector<Segment>& segments,
        std::vector<std::int64_t> order, std::vector<std::int64_t> lengths);

  [[nodiscard]] bool wants(Point point, std::int64_t layer) const {
    return plan_.at(point, layer) != nullptr;
  }
  /// The value that goes on: `x` changed by the point's edits.
  at::Tensor visit(Point point, std::int64_t layer, at::Tensor x) {
    const Slot* slot = plan_.at(point, layer);
    return slot == nullptr ? x : visit(*slot, point, layer, std::move(x));
  }
  void see_attention(Point point, std::int64_t layer, std::size_t segment, const at::Tensor& x);

  [[nodiscard]] const std::vector<Seen>& kept() const { return kept_; }
  [[nodiscard]] std::vector<Seen>& nodes() { return nodes_; }

 private:
  at::Tensor visit(const Slot& slot, Point point, std::int64_t layer, at::Tensor x);
  [[nodiscard]] at::Tensor change(const Edit& edit, const at::Tensor& x) const;
  struct Rows {
    std::vector<std::int64_t> packed, relative;  ///< relative: to the edit's first position
    bool all = false;
  };
  [[nodiscard]] Rows rows_of(const Edit& edit, std::int64_t rows) const;

  const Spec& spec_;
  const HookPlan& plan_;
  const std::vector<Segment>& segments_;
  std::vector<std::int64_t> order_, lengths_;
  std::vector<Seen> kept_, nodes_;
};

std::string hook_name(Point point, std::int64_t layer);
bool is_head_point(Point point);

}  // namespace assay::model::torch_engine
