#include "eval/vary/varied_task.h"

#include <algorithm>
#include <map>
#include <utility>

#include "eval/item_order.h"
#include "eval/vary/vary_summary.h"

namespace assay::eval {
namespace {

bool has(const std::vector<Factor>& factors, Factor factor) {
  return std::find(factors.begin(), factors.end(), factor) != factors.end();
}

/// "en-capital-France" -> "capital-France". Items with a mere number are drawn apart in each
/// language, and are not the same item.
std::string shared_key(const std::string& id, Lang lang) {
  const std::string prefix = std::string(to_string(lang)) + "-";
  if (!id.starts_with(prefix)) return id;
  const std::string key = id.substr(prefix.size());
  const bool number = key.find_first_not_of("0123456789") == std::string::npos;
  return number ? id : key;
}

std::string list_of(const std::vector<Factor>& factors) {
  std::string out;
  for (const Factor factor : factors) out.append(out.empty() ? "" : ", ").append(to_string(factor));
  return out;
}

assay::Status cannot(const Task& task, const Variation& variation,
                     const std::vector<Factor>& usable) {
  std::vector<Factor> missing;
  for (const Factor factor : variation.factors) {
    if (!has(usable, factor)) missing.push_back(factor);
  }
  return fail(ErrorKind::usage, task.info().name + " cannot be varied in " + list_of(missing),
              "--vary",
              usable.empty() ? "Leave the task out" : "It can be varied in " + list_of(usable));
}

}  // namespace

Text Design::name_of(std::size_t context) const {
  Text out;
  for (std::size_t f = 0; f < factors.size(); ++f) {
    const std::uint32_t level = contexts.at(context)[f];
    if (level == 0) continue;
    out.en += (out.en.empty() ? "" : ", ") + levels[f][level].en;
    out.zh += (out.zh.empty() ? "" : "、") + levels[f][level].zh;
  }
  if (out.en.empty()) return {"the reference", "参照情境"};
  return out;
}

std::vector<Factor> usable_factors(const Task& task, const Variation& variation,
                                   const std::vector<Lang>& langs) {
  const TaskInfo& info = task.info();
  const Result<std::vector<Sample>> some = task.samples({1, info.langs.front(), 1});
  if (!some || some->empty() || info.run_first > 0) return {};
  const bool chat = !some->front().messages.empty();
  const bool generated = some->front().choices.empty();
  const auto both = [](const std::vector<Lang>& list) { return list.size() == 2; };
  std::vector<Factor> out;
  for (const Factor factor : variation.factors) {
    if (factor == Factor::format && !chat) continue;
    if (factor == Factor::temperature && !generated) continue;
    if (factor == Factor::language && !(both(info.langs) && both(langs))) continue;
    if (factor == Factor::quantisation && variation.forms.size() < 2) continue;
    out.push_back(factor);
  }
  return out;
}

VariedTask::VariedTask(const Task& task, std::vector<Factor> factors, const Variation& variation,
                       std::uint64_t seed)
    : task_(&task), info_(task.info()), solver_(*this) {
  design_.factors = std::move(factors);
  if (has(design_.factors, Factor::language)) info_.langs = {Lang::en};
  std::vector<std::size_t> levels;
  for (const Factor factor : design_.factors) {
    design_.levels.push_back(level_names(factor, variation.forms));
    levels.push_back(design_.levels.back().size());
  }
  const int wanted = variation.contexts > 0 ? variation.contexts : kContexts;
  design_.contexts = choose_contexts(levels, static_cast<std::size_t>(wanted), seed);
}

std::optional<std::uint32_t> VariedTask::level_of(Factor factor, std::size_t context) const {
  for (std::size_t f = 0; f < design_.factors.size(); ++f) {
    if (design_.factors[f] == factor && context < design_.contexts.size()) {
      return design_.contexts[context][f];
    }
  }
  return std::nullopt;
}

Sample VariedTask::in_context(const Sample& item, std::size_t context) const {
  Sample sample = item;
  for (std::size_t f = 0; f < design_.factors.size(); ++f) {
    apply(design_.factors[f], design_.contexts[context][f], sample);
  }
  sample.id = item.id + "~" + std::to_string(context);
  const bool languages = has(design_.factors, Factor::language);
  sample.cluster = languages ? shared_key(cluster_of(item), item.lang) : cluster_of(item);
  if (!sample.metadata.is_object()) sample.metadata = Json::object();
  sample.metadata["context"] = context;
  sample.metadata["item"] = languages ? shared_key(item.id, item.lang) : item.id;
  return sample;
}

/// With the language among the factors, each item is asked in the contexts of its language.
Result<std::vector<Sample>> VariedTask::samples(const TaskContext& context) const {
  const bool languages = has(design_.factors, Factor::language);
  std::map<Lang, std::vector<Sample>> items;
  for (const Lang lang : {Lang::en, Lang::zh}) {
    if (lang != context.lang && !languages) continue;
    ASSAY_TRY(items[lang], task_->samples({context.seed, lang, context.count}));
    items[lang] = balanced_order(std::move(items[lang]), context.seed);
    keep_first(items[lang], static_cast<std::size_t>(std::max(1, context.count)));
  }
  std::vector<Sample> out;
  for (const auto& [lang, list] : items) {
    for (const Sample& item : list) {
      for (std::size_t c = 0; c < design_.contexts.size(); ++c) {
        const std::uint32_t language = level_of(Factor::language, c).value_or(0);
        if (languages && (lang == Lang::en) != (language == 0)) continue;
        out.push_back(in_context(item, c));
      }
    }
  }
  return out;
}

Step VariedTask::ContextSolver::next(const Sample& sample, Trace& trace) const {
  Step step = task_->task_->solver().next(sample, trace);
  const std::size_t context =
      sample.metadata.is_object() ? sample.metadata.value("context", std::size_t{0}) : 0;
  const auto form = task_->level_of(Factor::quantisation, context);
  for (model::LoglikelihoodRequest& request : step.choices) {
    request.variant = static_cast<int>(form.value_or(0));
  }
  if (!step.generate) return step;
  step.generate->variant = static_cast<int>(form.value_or(0));
  if (const auto level = task_->level_of(Factor::temperature, context); level && *level > 0) {
    step.generate->sampling.temperature = kTemperatures[*level];
  }
  return step;
}

Summary VariedTask::summarise(const std::vector<Scored>& scored,
                              const SummaryContext& context) const {
  std::vector<Scored> reference;
  for (const Scored& s : scored) {
    if (context_number(s) == 0) reference.push_back(s);
  }
  Summary summary = task_->summarise(reference, context);
  add_context_figures(summary, scored, design_, context);
  return summary;
}

assay::Status VariedTasks::replace(std::vector<const Task*>& tasks, const Variation& variation,
                                   const std::vector<Lang>& langs,
                                   const std::vector<std::string>& named, std::uint64_t seed) {
  for (const Task*& task : tasks) {
    if (task->info().run_first > 0) continue;
    std::vector<Factor> usable = usable_factors(*task, variation, langs);
    const bool by_name = std::find(named.begin(), named.end(), task->info().name) != named.end();
    if (by_name && usable.size() < variation.factors.size()) {
      return cannot(*task, variation, usable);
    }
    if (usable.empty()) continue;
    owned_.push_back(std::make_unique<VariedTask>(*task, std::move(usable), variation, seed));
    task = owned_.back().get();
  }
  if (!owned_.empty()) return {};
  return fail(ErrorKind::usage, "none of the tasks can be varied in this", "--vary",
              "Choose other factors, or other tasks");
}

std::size_t contexts_of(const Task& task) {
  const auto* varied = dynamic_cast<const VariedTask*>(&task);
  return varied == nullptr ? 1 : varied->design().contexts.size();
}

}  // namespace assay::eval
