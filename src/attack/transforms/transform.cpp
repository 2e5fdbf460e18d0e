#include "attack/transforms/transform.h"

#include <algorithm>
#include <stdexcept>

#include "base/suggestion.h"
#include "base/text.h"

namespace assay::attack {
namespace {

Error too_long(const std::string& name, std::size_t bytes) {
  return {ErrorKind::limit,
          std::string("a prompt of ").append(std::to_string(bytes)).append(" bytes is too long"),
          name,
          std::string("At most ")
              .append(std::to_string(kMaxPrompt))
              .append(" bytes; take a shorter request, or fewer encodings in one chain")};
}

Error after_turns(const std::string& name) {
  return {ErrorKind::usage, "it would change only the first of several turns", name,
          "Put it before the transform that makes several turns"};
}

bool same_words(const Prompt& a, const Prompt& b) {
  if (a.messages.size() != b.messages.size() || a.later_turns != b.later_turns ||
      a.assistant_prefill != b.assistant_prefill) {
    return false;
  }
  for (std::size_t i = 0; i < a.messages.size(); ++i) {
    if (a.messages[i].content != b.messages[i].content) return false;
  }
  return true;
}

std::size_t family_rank(const std::string& name) {
  const auto& all = families();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Family& f) { return f.name == name; });
  return static_cast<std::size_t>(found - all.begin());
}

}  // namespace

const char* to_string(Kept kept) {
  switch (kept) {
    case Kept::verbatim: return "verbatim";
    case Kept::rewritten: return "rewritten";
    case Kept::encoded: break;
  }
  return "encoded";
}

const std::vector<Family>& families() {
  static const std::vector<Family> all{
      {"role_play", {"role play", "角色扮演"}},
      {"fiction", {"fiction and hypothesis", "虚构与假设"}},
      {"authority", {"claims of authority", "冒称权威"}},
      {"research", {"research and education", "研究与教学"}},
      {"emotion", {"politeness and feeling", "礼貌与情感"}},
      {"refusal", {"refusal suppression and openings", "压制拒绝与规定开头"}},
      {"rewording", {"other wording", "换一种说法"}},
      {"distractor", {"distraction", "分散注意"}},
      {"completion", {"completion of a form", "补全文稿"}},
      {"shots", {"shown examples", "示例引导"}},
      {"turns", {"several turns", "多轮对话"}},
      {"language", {"other languages", "其他语言"}},
      {"splitting", {"splitting", "拆分"}},
      {"encoding", {"encodings", "编码"}},
      {"cipher", {"ciphers", "密码"}},
      {"unicode", {"look-alike and hidden characters", "形近与隐藏字符"}},
      {"chinese", {"forms of written Chinese", "中文的变体写法"}},
      {"typography", {"typography and noise", "排版与噪声"}},
      {"own", {"the person's own", "使用者自备"}},
  };
  return all;
}

bool Transform::suits(Lang lang) const {
  return std::find(info.langs.begin(), info.langs.end(), lang) != info.langs.end();
}

Result<Prompt> Transform::apply(const Prompt& prompt, Lang lang, Rng& random,
                                std::string_view argument) const {
  if (trim(request_of(prompt)).empty()) {
    return fail(ErrorKind::usage, "the prompt has no request", info.name,
                "Give it a user message that is not empty");
  }
  if (!is_utf8(user_text(prompt))) {
    return fail(ErrorKind::format, "the request is not UTF-8", info.name,
                "Convert it to UTF-8 first");
  }
  if (!prompt.later_turns.empty() && !info.every_turn) {
    return tl::unexpected(after_turns(info.name));
  }
  if (!argument.empty() && info.argument.en.empty()) {
    return fail(ErrorKind::usage, "this transform takes no argument", info.name,
                std::string("Leave out \":").append(argument).append("\""));
  }
  if (const std::size_t size = size_of(prompt); size > kMaxPrompt) {
    return tl::unexpected(too_long(info.name, size));
  }
  ASSAY_TRY(Prompt out, run(prompt, Call{lang, &random, argument}));
  if (const std::size_t size = size_of(out); size > kMaxPrompt) {
    return tl::unexpected(too_long(info.name, size));
  }
  if (trim(request_of(out)).empty()) {
    return fail(ErrorKind::unsupported, "it leaves nothing of this request", info.name,
                "Take a longer request or another transform");
  }
  // One that draws may draw "no change", and is then still what was asked for.
  if (!info.random && same_words(prompt, out)) {
    return fail(ErrorKind::unsupported, "it changes nothing of this request", info.name,
                "Take a transform for this language or script");
  }
  return out;
}

bool Chain::suits(Lang lang) const {
  bool latin = false;
  for (const Link& link : links_) {
    if (!link.transform->suits(lang) && !(latin && link.transform->suits(Lang::en))) return false;
    latin = latin || link.transform->info.latin;
  }
  return true;
}

bool Chain::random() const {
  return std::any_of(links_.begin(), links_.end(),
                     [](const Link& link) { return link.transform->info.random; });
}

Kept Chain::kept() const {
  Kept out = Kept::verbatim;
  for (const Link& link : links_) out = std::max(out, link.transform->info.kept);
  return out;
}

Result<Prompt> Chain::apply(const Prompt& prompt, Lang lang, Rng& random) const {
  Prompt out = prompt;
  for (const Link& link : links_) {
    ASSAY_TRY(out, link.transform->apply(out, lang, random, link.argument));
  }
  return out;
}

void Transforms::add(Transform transform) {
  const std::string& name = transform.info.name;
  const auto place =
      std::lower_bound(transforms_.begin(), transforms_.end(), name,
                       [](const auto& a, const std::string& b) { return a->info.name < b; });
  if (place != transforms_.end() && (*place)->info.name == name) {
    throw std::logic_error(std::string("two transforms are called ").append(name));
  }
  if (family_rank(transform.info.family) == families().size()) {
    throw std::logic_error(std::string("no such family: ").append(transform.info.family));
  }
  transforms_.insert(place, std::make_unique<Transform>(std::move(transform)));
}

bool Transforms::has(std::string_view name) const {
  return std::any_of(transforms_.begin(), transforms_.end(),
                     [&](const auto& t) { return t->info.name == name; });
}

std::vector<const Transform*> Transforms::all() const {
  std::vector<const Transform*> out;
  for (const auto& transform : transforms_) out.push_back(transform.get());
  std::stable_sort(out.begin(), out.end(), [](const Transform* a, const Transform* b) {
    return family_rank(a->info.family) < family_rank(b->info.family);
  });
  return out;
}

Result<const Transform*> Transforms::find(std::string_view name) const {
  std::vector<std::string> names;
  for (const auto& transform : transforms_) {
    if (transform->info.name == name) return transform.get();
    names.push_back(transform->info.name);
  }
  return fail(ErrorKind::not_found, "no such transform", std::string(name),
              suggestion(name, names, "docs/transforms.md lists them"));
}

Result<Chain> Transforms::chain(std::string_view spec) const {
  std::vector<Chain::Link> links;
  if (trim(spec).empty() || trim(spec) == "none") return Chain("none", std::move(links));
  const auto parts = split(spec, '+');
  bool turns = false;
  if (parts.size() > kMaxChain) {
    return fail(ErrorKind::limit, "the chain is too long", std::string(spec.substr(0, 200)),
                std::string("At most ").append(std::to_string(kMaxChain)).append(" transforms"));
  }
  for (const std::string& part : parts) {
    const std::string_view link = trim(part);
    const std::size_t colon = link.find(':');
    const std::string_view name = link.substr(0, colon);
    if (name.empty()) {
      return fail(ErrorKind::usage, "a name is missing in the chain", std::string(spec),
                  "Write it as past_tense+base64, with arguments as caesar:7");
    }
    ASSAY_TRY(const Transform* found, find(name));
    if (turns && !found->info.every_turn) return tl::unexpected(after_turns(found->info.name));
    turns = turns || found->info.makes_turns;
    links.push_back(
        {found, colon == std::string_view::npos ? "" : std::string(link.substr(colon + 1))});
  }
  return Chain(std::string(trim(spec)), std::move(links));
}

}  // namespace assay::attack
