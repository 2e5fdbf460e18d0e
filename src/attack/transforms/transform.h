// Transforms: ways to say a request otherwise, by name, and chains of them ("past_tense+base64").
// They are templates and encodings of our own, for measuring how well a model keeps to its rules
// when the same request comes in another form; with benign stand-ins no harm is asked for.
//
// Legal call order: register_all_transforms(transforms) -> add_templates() (template_file.h), if
// the person has some -> find() / chain() -> apply(), as often as wanted. Thread-safety: filled by
// one thread, then const; apply() may run on many threads, one Rng each.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "attack/transforms/prompt.h"
#include "base/lang.h"
#include "base/random.h"
#include "base/result.h"

namespace assay::attack {

/// What is left of the request's words for a person who reads the prompt.
enum class Kept {
  verbatim,   ///< the request stands there letter by letter, in one of the user's turns
  rewritten,  ///< a person can read it, but not letter by letter (another tense, typing errors)
  encoded     ///< it must be decoded or put together first
};
const char* to_string(Kept kept);

struct TransformInfo {
  std::string name;    ///< snake_case, unique
  std::string family;  ///< one of families()
  Text title;          ///< a few words
  Text description;    ///< one sentence: what it does to the request
  std::string source;  ///< who described the idea, with year and arXiv number; "" = own
  std::vector<Lang> langs{Lang::en, Lang::zh};  ///< of requests for which it makes sense
  Kept kept = Kept::verbatim;
  bool random = false;       ///< the seed changes the prompt
  bool latin = false;        ///< its output is in Latin letters, whatever came in
  bool every_turn = false;   ///< changes each turn of the user, not only the request
  bool makes_turns = false;  ///< spreads the request over several turns; only such as change every
                             ///< turn may come after it
  Text argument{};           ///< what may stand after ':'; empty where there is none
  std::string example{};     ///< an argument that is valid, other than the default; "" = none
};

/// The families, in the order in which they are listed, with their names for people.
struct Family {
  std::string name;
  Text title;
};
const std::vector<Family>& families();

/// The circumstances of one application.
struct Call {
  Lang lang = Lang::en;  ///< language of the request and of the words put around it
  Rng* random = nullptr;
  std::string_view argument{};  ///< what stood after ':'
};

struct Transform {
  TransformInfo info;
  std::function<Result<Prompt>(const Prompt&, const Call&)> run;

  /// The prompt in its new form. Same arguments and same state of `random`: same prompt.
  /// Errors: usage (no request; an argument that is not understood), not_found (a translation that
  /// the prompt does not bring), format (not UTF-8), unsupported (it changes or leaves nothing of
  /// this text), limit (kMaxPrompt).
  [[nodiscard]] Result<Prompt> apply(const Prompt& prompt, Lang lang, Rng& random,
                                     std::string_view argument = {}) const;
  [[nodiscard]] bool suits(Lang lang) const;
};

/// Bytes that a prompt may have, before and after a transform.
inline constexpr std::size_t kMaxPrompt = std::size_t{1} << 20U;
/// Transforms in one chain.
inline constexpr std::size_t kMaxChain = 16;

/// Transforms one after the other, the first one first.
class Chain {
 public:
  struct Link {
    const Transform* transform = nullptr;
    std::string argument;
  };
  Chain(std::string spec, std::vector<Link> links)
      : spec_(std::move(spec)), links_(std::move(links)) {}

  [[nodiscard]] const std::string& spec() const { return spec_; }
  [[nodiscard]] const std::vector<Link>& links() const { return links_; }
  /// Does each of its transforms make sense for requests of this language? After one that writes
  /// Latin letters (pinyin), those for English do.
  [[nodiscard]] bool suits(Lang lang) const;
  [[nodiscard]] bool random() const;
  [[nodiscard]] Kept kept() const;  ///< the worst of its transforms
  /// Errors: those of Transform::apply, naming the transform.
  [[nodiscard]] Result<Prompt> apply(const Prompt& prompt, Lang lang, Rng& random) const;

 private:
  std::string spec_;
  std::vector<Link> links_;
};

class Transforms {
 public:
  /// Adds one; a second one of the same name is a defect and throws std::logic_error.
  void add(Transform transform);
  [[nodiscard]] bool has(std::string_view name) const;
  /// Sorted by family, then by name.
  [[nodiscard]] std::vector<const Transform*> all() const;
  /// The transform, or not_found with near names as the next step.
  [[nodiscard]] Result<const Transform*> find(std::string_view name) const;
  /// "name", "name:argument", "a+b:argument+c"; "" and "none" are the chain that changes nothing.
  /// The chain points into this object. Errors: usage (also: one after several turns that does not
  /// change them all), not_found, limit (kMaxChain).
  [[nodiscard]] Result<Chain> chain(std::string_view spec) const;

 private:
  std::vector<std::unique_ptr<Transform>> transforms_;  ///< sorted by name
};

/// Generated at configure time from the files in src/attack/transforms/list/.
void register_all_transforms(Transforms& registry);

}  // namespace assay::attack
