#include "model/variants.h"

#include <algorithm>

namespace assay::model {
namespace {

template <typename Request>
std::vector<std::vector<std::size_t>> by_form(std::span<const Request> requests,
                                              std::size_t forms) {
  std::vector<std::vector<std::size_t>> out(forms + 1);  // the last: of a form that is not here
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const int form = requests[i].variant;
    const bool known = form >= 0 && static_cast<std::size_t>(form) < forms;
    out[known ? static_cast<std::size_t>(form) : forms].push_back(i);
  }
  return out;
}

Error unknown_form(std::size_t forms) {
  return {ErrorKind::usage, "the request is for a form of the model that was not opened", "",
          "There are " + std::to_string(forms)};
}

/// Asks each form for its part; results come back in their places.
template <typename Answer, typename Request, typename Ask>
std::vector<Result<Answer>> split(
    std::span<const Request> requests, std::size_t forms,
    const std::function<void(std::size_t, const Result<Answer>&)>& sink, const CallOptions& options,
    const Ask& ask) {
  std::vector<Result<Answer>> out(requests.size(),
                                  Result<Answer>(tl::unexpected(unknown_form(forms))));
  const auto parts = by_form(requests, forms);
  for (std::size_t form = 0; form < forms; ++form) {
    const std::vector<std::size_t>& places = parts[form];
    if (places.empty()) continue;
    std::vector<Request> own;
    own.reserve(places.size());
    for (const std::size_t place : places) own.push_back(requests[place]);
    CallOptions own_options = options;
    if (options.on_piece) {
      own_options.on_piece = [&](std::size_t i, std::string_view piece) {
        options.on_piece(places[i], piece);
      };
    }
    std::function<void(std::size_t, const Result<Answer>&)> own_sink;
    if (sink) {
      own_sink = [&](std::size_t i, const Result<Answer>& result) { sink(places[i], result); };
    }
    std::vector<Result<Answer>> answers = ask(form, own, own_sink, own_options);
    for (std::size_t i = 0; i < places.size() && i < answers.size(); ++i) {
      out[places[i]] = std::move(answers[i]);
    }
  }
  for (const std::size_t place : parts[forms]) {
    if (sink) sink(place, out[place]);
  }
  return out;
}

}  // namespace

Variants::Variants(std::vector<Variant> forms)
    : forms_(std::move(forms)), info_(forms_.front().model->info()) {
  std::string names;
  for (const Variant& form : forms_) names += (names.empty() ? "" : ",") + form.name;
  info_.arguments.push_back("variants=" + names);
}

Result<std::unique_ptr<Model>> Variants::open(std::vector<Variant> forms) {
  if (forms.empty()) {
    return fail(ErrorKind::usage, "there is no form of the model", "", "Name at least one");
  }
  for (const Variant& form : forms) {
    if (form.model->info().vocabulary == forms.front().model->info().vocabulary) continue;
    return fail(ErrorKind::usage, "the forms of a model must share a vocabulary", form.name,
                "Compare different models by `assay compare`");
  }
  return std::unique_ptr<Model>(new Variants(std::move(forms)));
}

std::vector<Result<LoglikelihoodResult>> Variants::loglikelihood(
    std::span<const LoglikelihoodRequest> requests, const LoglikelihoodSink& sink,
    const CallOptions& options) {
  return split<LoglikelihoodResult>(
      requests, forms_.size(), sink, options,
      [&](std::size_t form, std::span<const LoglikelihoodRequest> own,
          const LoglikelihoodSink& own_sink, const CallOptions& own_options) {
        return forms_[form].model->loglikelihood(own, own_sink, own_options);
      });
}

std::vector<Result<GenerateResult>> Variants::generate(std::span<const GenerateRequest> requests,
                                                       const GenerateSink& sink,
                                                       const CallOptions& options) {
  return split<GenerateResult>(requests, forms_.size(), sink, options,
                               [&](std::size_t form, std::span<const GenerateRequest> own,
                                   const GenerateSink& own_sink, const CallOptions& own_options) {
                                 return forms_[form].model->generate(own, own_sink, own_options);
                               });
}

std::optional<Halt> Variants::halted() const {
  for (const Variant& form : forms_) {
    if (auto halt = form.model->halted()) return halt;
  }
  return std::nullopt;
}

std::size_t Variants::preferred_batch() const {
  std::size_t most = 0;
  for (const Variant& form : forms_) most = std::max(most, form.model->preferred_batch());
  return most * forms_.size();
}

Ledger Variants::ledger() const {
  Ledger all;
  for (const Variant& form : forms_) all += form.model->ledger();
  return all;
}

}  // namespace assay::model
