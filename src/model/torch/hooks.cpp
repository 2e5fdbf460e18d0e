#include "model/torch/hooks.h"

#include <algorithm>
#include <array>
#include <optional>

namespace assay::model::torch_engine {
namespace {

constexpr std::array<const char*, HookPlan::points> names = {"hook_embed",
                                                             "hook_pos_embed",
                                                             "hook_resid_pre",
                                                             "ln1.hook_scale",
                                                             "ln1.hook_normalized",
                                                             "attn.hook_q",
                                                             "attn.hook_k",
                                                             "attn.hook_v",
                                                             "attn.hook_rot_q",
                                                             "attn.hook_rot_k",
                                                             "attn.hook_attn_scores",
                                                             "attn.hook_pattern",
                                                             "attn.hook_z",
                                                             "hook_attn_out",
                                                             "hook_resid_mid",
                                                             "ln2.hook_scale",
                                                             "ln2.hook_normalized",
                                                             "mlp.hook_pre",
                                                             "mlp.hook_pre_linear",
                                                             "mlp.hook_post",
                                                             "hook_mlp_out",
                                                             "hook_resid_post",
                                                             "ln_final.hook_scale",
                                                             "ln_final.hook_normalized",
                                                             "logits"};

bool of_network(Point point) {
  return point == Point::embed || point == Point::pos_embed || point >= Point::final_scale;
}

bool exists(const Spec& spec, Point point) {
  switch (point) {
    case Point::pos_embed:
    case Point::rot_q:
    case Point::rot_k: return (spec.rope_size == 0) == (point == Point::pos_embed);
    case Point::resid_mid: return !spec.parallel;
    case Point::mlp_pre_linear: return spec.gated;
    default: return true;
  }
}

/// Size of a value at one position (of one head, where heads are apart).
std::int64_t last_axis(const Spec& spec, Point point, bool one_head) {
  switch (point) {
    case Point::q:
    case Point::rot_q:
    case Point::z: return one_head ? spec.head_size : spec.heads * spec.head_size;
    case Point::k:
    case Point::rot_k:
    case Point::v: return one_head ? spec.head_size : spec.kv_heads * spec.head_size;
    case Point::mlp_pre:
    case Point::mlp_pre_linear:
    case Point::mlp_post: return spec.mlp;
    case Point::logits: return spec.vocabulary;
    case Point::ln1_scale:
    case Point::ln2_scale:
    case Point::final_scale: return 1;
    default: return spec.width;
  }
}

struct Place {
  Point point;
  std::int64_t layer;  ///< `every` for *
};

std::optional<Place> parse(const Spec& spec, const std::string& name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto point = static_cast<Point>(i);
    if (!exists(spec, point)) continue;
    if (of_network(point)) {
      if (name == names[i]) return Place{point, 0};
      continue;
    }
    const std::string tail = std::string(".") + names[i];
    if (!name.starts_with("blocks.") || !name.ends_with(tail)) continue;
    const std::size_t begin = 7;
    if (name.size() <= begin + tail.size()) continue;
    const std::string layer = name.substr(begin, name.size() - begin - tail.size());
    if (layer == "*") return Place{point, every};
    if (layer.size() > 3 ||
        !std::all_of(layer.begin(), layer.end(), [](char c) { return c >= '0' && c <= '9'; })) {
      continue;
    }
    if (std::stoll(layer) < spec.layers) return Place{point, std::stoll(layer)};
  }
  return std::nullopt;
}

tl::unexpected<Error> unknown(const Spec& spec, const std::string& name) {
  return fail(ErrorKind::usage, "this model has no hook point `" + name + "`", {},
              "Names are as blocks.0.hook_resid_pre (0 to " + std::to_string(spec.layers - 1) +
                  " or *); all are in src/model/whitebox.h");
}

Status check_edit(const Spec& spec, const Edit& edit, Point point) {
  const auto wrong = [&](const std::string& what) {
    return fail(ErrorKind::usage, "an edit of `" + edit.hook + "` " + what, {},
                "See Edit in src/model/whitebox.h");
  };
  if (point == Point::scores || point == Point::pattern) return wrong("is not possible");
  if (edit.head != every) {
    const std::int64_t heads = last_axis(spec, point, false) / spec.head_size;
    if (!is_head_point(point)) return wrong("names a head where there are none");
    if (edit.head < 0 || edit.head >= heads) return wrong("names a head that is not there");
  }
  if (edit.kind == Edit::Kind::scale) return {};
  const std::int64_t size = last_axis(spec, point, edit.head != every);
  const auto& shape = edit.value.shape;
  std::int64_t elements = 1;
  for (const auto extent : shape) elements *= extent;
  if (elements != edit.value.size() || elements == 0) return wrong("has a damaged value");
  if (shape.size() == 1 && shape[0] == size) return {};
  const bool rows = edit.kind != Edit::Kind::project_out && shape.size() == 2 && shape[1] == size;
  if (!rows) return wrong("has a value of the wrong shape; the size is " + std::to_string(size));
  if (shape[0] != edit.end - edit.begin) return wrong("has not a row for each of its positions");
  return {};
}

}  // namespace

bool is_head_point(Point point) {
  return (point >= Point::q && point <= Point::rot_k) || point == Point::z;
}

std::string hook_name(Point point, std::int64_t layer) {
  const char* name = names[HookPlan::index(point)];
  if (of_network(point)) return name;
  return "blocks." + std::to_string(layer) + "." + name;
}

std::vector<std::string> hook_names(const Spec& spec) {
  std::vector<std::string> out;
  const auto add = [&](std::size_t first, std::size_t last, std::int64_t layer) {
    for (std::size_t i = first; i <= last; ++i) {
      const auto point = static_cast<Point>(i);
      if (exists(spec, point)) out.push_back(hook_name(point, layer));
    }
  };
  add(HookPlan::index(Point::embed), HookPlan::index(Point::pos_embed), 0);
  for (std::int64_t layer = 0; layer < spec.layers; ++layer) {
    add(HookPlan::index(Point::resid_pre), HookPlan::index(Point::resid_post), layer);
  }
  add(HookPlan::index(Point::final_scale), HookPlan::index(Point::logits), 0);
  return out;
}

Result<HookPlan> HookPlan::make(const Spec& spec, const std::vector<std::string>& keep,
                                const std::vector<std::string>& gradients,
                                const std::vector<Edit>& edits) {
  HookPlan plan;
  const auto slots = [&](const Place& place, const auto& act) {
    const std::int64_t first = place.layer == every ? 0 : place.layer;
    const std::int64_t last = place.layer == every ? spec.layers - 1 : place.layer;
    for (std::int64_t layer = first; layer <= last; ++layer) {
      act(plan.slots_[static_cast<std::size_t>(layer) * points + index(place.point)]);
    }
  };
  for (const auto& name : keep) {
    const auto place = parse(spec, name);
    if (!place) return unknown(spec, name);
    slots(*place, [](Slot& slot) { slot.keep = true; });
  }
  for (const auto& name : gradients) {
    const auto place = parse(spec, name);
    if (!place) return unknown(spec, name);
    slots(*place, [](Slot& slot) { slot.gradient = true; });
  }
  for (const Edit& edit : edits) {
    const auto place = parse(spec, edit.hook);
    if (!place) return unknown(spec, edit.hook);
    ASSAY_CHECK(check_edit(spec, edit, place->point));
    slots(*place, [&](Slot& slot) { slot.edits.push_back(&edit); });
  }
  plan.tabulate(spec);
  return plan;
}

void HookPlan::tabulate(const Spec& spec) {
  if (slots_.empty()) return;
  table_.assign(static_cast<std::size_t>(spec.layers) * points, nullptr);
  for (const auto& [at, slot] : slots_) table_[at] = &slot;
}

bool HookPlan::watches_end() const {
  return std::any_of(slots_.begin(), slots_.end(), [](const auto& item) {
    return item.first % points >= index(Point::final_scale);
  });
}

bool HookPlan::has_gradients() const {
  return std::any_of(slots_.begin(), slots_.end(),
                     [](const auto& item) { return item.second.gradient; });
}

Watch::Watch(const Spec& spec, const HookPlan& plan, const std::vector<Segment>& segments,
             std::vector<std::int64_t> order, std::vector<std::int64_t> lengths)
    : spec_(spec),
      plan_(plan),
      segments_(segments),
      order_(std::move(order)),
      lengths_(std::move(lengths)) {}

void Watch::see_attention(Point point, std::int64_t layer, std::size_t segment,
                          const at::Tensor& x) {
  const Slot* slot = plan_.at(point, layer);
  if (slot == nullptr) return;
  if (slot->keep) kept_.push_back({point, layer, segment, x.detach()});
  if (slot->gradient) nodes_.push_back({point, layer, segment, x});
}

at::Tensor Watch::visit(const Slot& slot, Point point, std::int64_t layer, at::Tensor x) {
  for (const Edit* edit : slot.edits) x = change(*edit, x);
  if (slot.gradient) {
    if (!x.requires_grad()) x = x.detach().set_requires_grad(true);
    nodes_.push_back({point, layer, 0, x});
  }
  if (slot.keep) kept_.push_back({point, layer, 0, x.detach()});
  return x;
}

Watch::Rows Watch::rows_of(const Edit& edit, std::int64_t rows) const {
  Rows out;
  std::int64_t covered = 0;
  for (const Segment& segment : segments_) {
    for (std::int64_t i = 0; i < segment.count; ++i) {
      const auto at = static_cast<std::size_t>(segment.sequence + i);
      if (edit.sequence != every && order_[at] != edit.sequence) continue;
      const auto from_end = [&](std::int64_t position) {
        return position < 0 ? position + lengths_[at] : position;
      };
      const std::int64_t begin = from_end(edit.begin);
      // A negative begin with an end of 0 would be empty: [-k, 0) means the last k.
      const std::int64_t end = edit.begin < 0 && edit.end == 0 ? lengths_[at] : from_end(edit.end);
      const std::int64_t first = std::max(begin, segment.start);
      const std::int64_t last = std::min(end, segment.start + segment.length);
      for (std::int64_t position = first; position < last; ++position) {
        out.packed.push_back(segment.row + i * segment.length + position - segment.start);
        out.relative.push_back(position - begin);
        ++covered;
      }
    }
  }
  out.all = covered == rows;
  return out;
}

at::Tensor Watch::change(const Edit& edit, const at::Tensor& x) const {
  const Rows rows = rows_of(edit, x.size(0));
  if (rows.packed.empty()) return x;
  const auto index = at::tensor(at::ArrayRef<std::int64_t>(rows.packed), at::kLong).to(x.device());
  at::Tensor part = rows.all ? x : x.index_select(0, index);
  const bool one_head = edit.head != every;
  at::Tensor touched = one_head ? part.select(1, edit.head) : part.flatten(1);
  at::Tensor value;
  if (edit.kind != Edit::Kind::scale) {
    value = at::from_blob(const_cast<float*>(edit.value.data.data()), edit.value.shape, at::kFloat)
                .to(x.device(), x.scalar_type());
    if (edit.value.shape.size() == 2) {
      const auto relative =
          at::tensor(at::ArrayRef<std::int64_t>(rows.relative), at::kLong).to(x.device());
      value = value.index_select(0, relative);
    }
  }
  switch (edit.kind) {
    case Edit::Kind::add: touched = touched + value * edit.scale; break;
    case Edit::Kind::set: touched = value.expand_as(touched).clone(); break;
    case Edit::Kind::scale: touched = touched * edit.scale; break;
    case Edit::Kind::project_out: {
      const auto direction = value / value.norm().clamp_min(1e-30);
      const auto along = at::matmul(touched, direction).unsqueeze(-1);
      touched = touched - along * direction * edit.scale;
      break;
    }
  }
  if (one_head) {
    const auto before = part.narrow(1, 0, edit.head);
    const auto after = part.narrow(1, edit.head + 1, part.size(1) - edit.head - 1);
    part = at::cat({before, touched.unsqueeze(1), after}, 1);
  } else {
    part = touched.reshape(part.sizes());
  }
  return rows.all && rows.packed.size() == static_cast<std::size_t>(x.size(0))
             ? part
             : x.index_copy(0, index, part);
}

}  // namespace assay::model::torch_engine
