// links: attack
// Files of behaviours in each format on any bytes: behaviours that keep their promises, or an error
// that says what and where; and the checks of what was read, on any reply.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "attack/behaviours/files.h"
#include "attack/check.h"
#include "attack/said.h"

namespace {

using namespace assay::attack;

void check_all(const std::vector<Behaviour>& behaviours, std::string_view reply) {
  int checked = 0;
  for (const Behaviour& behaviour : behaviours) {
    if (behaviour.id.empty() || behaviour.request.empty()) std::abort();
    if (behaviour.check.needed < 1) std::abort();
    if (attack_messages(behaviour).back().content != behaviour.request) std::abort();
    if (++checked > 8) continue;
    if (check_reply(behaviour, reply).reason.empty()) std::abort();
    if (check_control(behaviour, reply).reason.empty()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const char* name : {"f.jsonl", "f.csv", "f.json", "f.txt"}) {
    const auto behaviours = parse_behaviours(bytes, name);
    if (!behaviours) {
      if (behaviours.error().what.empty() || behaviours.error().where.empty()) std::abort();
      continue;
    }
    if (behaviours->empty()) std::abort();
    check_all(*behaviours, bytes.substr(0, 2000));
    const std::string written = to_jsonl(*behaviours);
    const auto again = parse_behaviours(written, "again.jsonl");
    if (!again || to_jsonl(*again) != written) std::abort();
  }
  (void)find_said(bytes.substr(0, size / 4), bytes.substr(0, 4000));
  return 0;
}
