// Twins: a request for something harmful and a harmless request in nearly the same words. The
// harmful one only asks; it holds no method, name, substance or number that would help anyone.
// One file per area of misuse: refusal_twins_{scam,disinformation,cyber,biology}.cpp,
// and for the task dual_use_requests refusal_twins_{outbreak,chemistry,radiological}.cpp.
// Thread-safety: constants.
#pragma once

#include <span>

namespace assay::eval {

struct Twin {
  const char* unsafe_en;
  const char* safe_en;
  const char* unsafe_zh;
  const char* safe_zh;
};

std::span<const Twin> scam_twins();
std::span<const Twin> disinformation_twins();
std::span<const Twin> cyber_twins();
std::span<const Twin> biology_twins();
std::span<const Twin> outbreak_twins();
std::span<const Twin> chemistry_twins();
std::span<const Twin> radiological_twins();

}  // namespace assay::eval
