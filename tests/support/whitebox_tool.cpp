// whitebox_tool MODEL: the white box for scripts (tests/parity/whitebox.py, bench/). Reads a JSON
// request a line from stdin, writes tensors into the safetensors file that the request names as
// "out", and answers with a JSON line: {"seconds", "peak_rss_mb", ...}, or {"error"}.
#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>

#include "attack/optimised/gcg_search.h"
#include "base/json.h"
#include "model/whitebox.h"

namespace {

using assay::Json;
using assay::Result;
namespace model = assay::model;

void write_tensors(const std::string& file, const std::map<std::string, model::Tensor>& tensors) {
  Json header = Json::object();
  std::uint64_t at = 0;
  for (const auto& [name, tensor] : tensors) {
    const std::uint64_t end = at + tensor.data.size() * sizeof(float);
    header[name] = {{"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {at, end}}};
    at = end;
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');
  const std::uint64_t length = text.size();
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(&length), sizeof length);
  out << text;
  for (const auto& [name, tensor] : tensors) {
    out.write(reinterpret_cast<const char*>(tensor.data.data()),
              static_cast<std::streamsize>(tensor.data.size() * sizeof(float)));
  }
}

std::vector<model::Edit> edits_of(const Json& request) {
  std::vector<model::Edit> edits;
  for (const Json& json : request.value("edits", Json::array())) {
    model::Edit edit;
    edit.hook = json.at("hook");
    const std::string kind = json.at("kind");
    edit.kind = kind == "set"     ? model::Edit::Kind::set
                : kind == "scale" ? model::Edit::Kind::scale
                : kind == "add"   ? model::Edit::Kind::add
                                  : model::Edit::Kind::project_out;
    if (json.contains("value")) {
      auto values = json["value"].get<std::vector<float>>();
      const auto size = static_cast<std::int64_t>(values.size());
      edit.value = model::Tensor::of({size}, std::move(values));
    }
    edit.scale = json.value("scale", 1.0F);
    edit.begin = json.value("begin", std::int64_t{0});
    edit.end = json.value("end", model::all_positions);
    edit.head = json.value("head", model::every);
    edits.push_back(std::move(edit));
  }
  return edits;
}

Result<Json> run(model::WhiteBox& box, const Json& request) {
  model::RunRequest ask;
  ask.sequences = request.at("sequences").get<std::vector<model::Tokens>>();
  ask.cache = request.value("cache", std::vector<std::string>());
  if (ask.cache == std::vector<std::string>{"all"}) ask.cache = box.info().hooks;
  ask.edits = edits_of(request);
  ask.logits = request.value("logits", "all") == std::string("all") ? model::LogitsAt::all
                                                                    : model::LogitsAt::last;
  ASSAY_TRY(const auto result, box.run(ask));
  if (!request.contains("out")) return Json::object();
  std::map<std::string, model::Tensor> out;
  for (std::size_t i = 0; i < ask.sequences.size(); ++i) {
    const std::string prefix = std::to_string(i) + ":";
    for (const auto& [name, tensor] : result.cache[i]) out[prefix + name] = tensor;
    out[prefix + "result"] = result.logits[i];
  }
  write_tensors(request["out"], out);
  return Json::object();
}

Result<Json> gradient(model::WhiteBox& box, const Json& request) {
  model::GradientRequest ask;
  if (request.contains("prefix")) {
    ASSAY_TRY(ask.prefix, box.encode(request["prefix"].get<model::Tokens>()));
  }
  ask.tokens = request.at("tokens").get<model::Tokens>();
  const auto target = request.at("target").get<model::Tokens>();
  ask.metric = model::cross_entropy(target, request.at("position"));
  ask.hooks = request.value("hooks", std::vector<std::string>());
  ask.edits = edits_of(request);
  if (request.contains("one_hot")) {
    ask.one_hot_begin = request["one_hot"][0];
    ask.one_hot_end = request["one_hot"][1];
  }
  ASSAY_TRY(const auto result, box.gradient(ask));
  if (request.contains("out")) {
    auto out = result.gradients;
    if (result.one_hot.size() > 0) out["one_hot"] = result.one_hot;
    write_tensors(request["out"], out);
  }
  return Json{{"value", result.value}};
}

Result<Json> candidates(model::WhiteBox& box, const Json& request) {
  model::CandidateRequest ask;
  if (request.contains("prefix")) {
    ASSAY_TRY(ask.prefix, box.encode(request["prefix"].get<model::Tokens>()));
  }
  const auto list = request.at("candidates").get<std::vector<model::Tokens>>();
  ask.candidates = list;
  ask.reference = request.value("reference", model::Tokens());
  ask.tail = request.value("tail", model::Tokens());
  ask.target = request.at("target").get<model::Tokens>();
  ask.fast = request.value("fast", false);
  ASSAY_TRY(const auto losses, box.candidate_losses(ask));
  if (request.contains("out")) write_tensors(request["out"], {{"losses", losses}});
  return Json::object();
}

Result<Json> generate(model::WhiteBox& box, const Json& request) {
  model::WhiteBoxGenerate ask;
  ask.prompts = request.at("prompts").get<std::vector<model::Tokens>>();
  ask.max_tokens = request.value("max_tokens", 16);
  ask.edits = edits_of(request);
  ASSAY_TRY(const auto tokens, box.generate(ask));
  return Json{{"tokens", tokens}};
}

Result<Json> lora(model::WhiteBox& box, const Json& request) {
  ASSAY_CHECK(box.load_lora(request.at("adapter").get<std::string>()));
  model::TrainStep batch;
  batch.sequences = {request.at("tokens").get<model::Tokens>()};
  batch.loss_from = {request.at("loss_from").get<std::int64_t>()};
  std::map<std::string, model::Tensor> out;
  for (const std::string name : request.at("names")) {
    ASSAY_TRY(out[name], box.lora_gradient(batch, name));
  }
  write_tensors(request.at("out"), out);
  return Json::object();
}

/// Steps of GCG on one problem; answers with each step's suffix, loss and seconds.
Result<Json> gcg(model::WhiteBox& box, const Json& request) {
  assay::attack::GcgOptions options;
  options.candidates = request.value("candidates", 512);
  options.top_k = request.value("top_k", 256);
  options.seed = request.value("seed", std::uint64_t{0});
  options.exact = request.value("exact", false);
  for (const Json& token : request.value("forbidden", Json::array())) {
    options.forbidden.resize(static_cast<std::size_t>(box.info().vocabulary));
    options.forbidden.at(token.get<std::size_t>()) = true;
  }
  ASSAY_TRY(auto search,
            assay::attack::GcgSearch::create(box,
                                             {{request.at("before").get<model::Tokens>(),
                                               request.at("after").get<model::Tokens>(),
                                               request.at("target").get<model::Tokens>()}},
                                             request.at("suffix").get<model::Tokens>(), options));
  Json steps = Json::array();
  for (int i = 0; i < request.value("steps", 1); ++i) {
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t cpu = std::clock();
    ASSAY_TRY(const auto step, search.step());
    const double cpu_seconds = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    steps.push_back({{"suffix", step.suffix},
                     {"loss", step.loss},
                     {"drawn", step.drawn},
                     {"exact", step.exact},
                     {"largest_error", step.largest_error},
                     {"cpu_seconds", cpu_seconds},
                     {"seconds", took.count()}});
  }
  return Json{{"steps", steps}};
}

Result<Json> answer(model::WhiteBox& box, const Json& request) {
  const std::string op = request.at("op");
  if (op == "run") return run(box, request);
  if (op == "gradient") return gradient(box, request);
  if (op == "candidates") return candidates(box, request);
  if (op == "generate") return generate(box, request);
  if (op == "gcg") return gcg(box, request);
  if (op == "lora") return lora(box, request);
  return assay::fail(assay::ErrorKind::usage, "no such op", op, "");
}

/// Not getrusage's: that begins with what the process was forked from.
double peak_mb() {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024.0;
  }
  return 0.0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: whitebox_tool MODEL [THREADS]\n";
    return 2;
  }
  model::WhiteBoxOptions options;
  if (argc > 2) options.threads = std::stoi(argv[2]);
  auto box = model::open_whitebox(argv[1], options);
  if (!box) {
    std::cout << Json{{"error", box.error().message()}}.dump() << std::endl;
    return 3;
  }
  const auto& info = (*box)->info();
  std::cout << Json{{"family", info.family},         {"layers", info.layers},
                    {"parameters", info.parameters}, {"vocabulary", info.vocabulary},
                    {"engine", info.engine},         {"peak_rss_mb", peak_mb()}}
                   .dump()
            << std::endl;
  std::string line;
  while (std::getline(std::cin, line)) {
    Json reply;
    try {
      const Json request = Json::parse(line);
      const int repeat = request.value("repeat", 1);
      for (int i = 0; i < repeat; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        auto result = answer(**box, request);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        reply = result ? *result : Json{{"error", result.error().message()}};
        reply["seconds"] = took.count();
        reply["peak_rss_mb"] = peak_mb();
        if (i + 1 < repeat) std::cout << reply.dump() << std::endl;
      }
    } catch (const std::exception& error) {
      reply = Json{{"error", error.what()}};
    }
    std::cout << reply.dump() << std::endl;
  }
  return 0;
}
