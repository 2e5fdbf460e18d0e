// arc_easy, arc_challenge: the AI2 Reasoning Challenge (Clark et al. 2018), from its JSONL files,
// in the form of the original archive or in that of the ai2_arc data set of the Hugging Face hub.
//
// Prompt "Question: Q\nAnswer:" and each answer as a continuation (lm-evaluation-harness): accuracy
// by total log-probability (acc) and by log-probability per character (acc_norm).
#include "eval/benchmark.h"
#include "eval/data/records.h"

namespace assay::eval {

void register_arc(Registry& registry);

namespace {

data::Dataset arc_dataset() {
  data::Dataset out;
  out.name = "arc";
  out.title = "ARC: AI2 Reasoning Challenge";
  out.license = "CC-BY-SA-4.0";
  out.citation = "Clark et al. 2018, Think you have Solved Question Answering?, arXiv:1803.05457";
  out.homepage = "https://allenai.org/data/arc";
  out.rows = 3548;
  out.note = "unpack the archive ARC-V1-Feb2018.zip and give its folder with --from";
  for (const char* set : {"ARC-Challenge", "ARC-Easy"}) {
    const std::string file = std::string(set).append("/").append(set).append("-Test.jsonl");
    out.files.push_back({file, std::string("ARC-V1-Feb2018-2/").append(file), "", 0});
  }
  return out;
}

TaskInfo arc_info(bool easy) {
  TaskInfo out;
  out.name = easy ? "arc_easy" : "arc_challenge";
  out.dataset = "arc";
  out.title = easy ? Text{"ARC Easy: grade-school science", "ARC 简单集：中小学科学题"}
                   : Text{"ARC Challenge: grade-school science", "ARC 挑战集：中小学科学题"};
  out.description = {
      "Multiple choice questions of American school examinations in science. The answer with the "
      "highest log-probability after the question counts; beside it, the one with the highest "
      "log-probability per character.",
      "美国中小学科学考试的选择题。以问题之后对数概率最高的答案为准；另给出按每字符对数概率最高者计"
      "的"
      "正确率。"};
  out.limits = {
      "Shows which answer the model finds likelier, not what it would write. Public since 2018: "
      "models "
      "may have seen it.",
      "反映模型认为哪个答案更可能，而不是它会写出什么。自 2018 年起公开，模型可能见过。"};
  out.topics = {"capability.knowledge", "capability.reasoning"};
  out.items = {200, 1000, easy ? 2376 : 1172};
  out.needs.logprobs = true;
  out.langs = {Lang::en};
  out.chance = 0.25;
  return out;
}

struct ArcChoices {
  std::string stem;
  std::vector<std::string> texts, labels;
};

/// {"question": {"stem": .., "choices": [{"text", "label"}]}} or
/// {"question": "..", "choices": {"text": [..], "label": [..]}}.
Result<ArcChoices> read_choices(const data::Record& record) {
  ArcChoices out;
  const Json* original = record.find("question/choices");
  if (original == nullptr) {
    ASSAY_TRY(out.stem, record.text("question"));
    ASSAY_TRY(out.texts, record.texts("choices/text"));
    ASSAY_TRY(out.labels, record.texts("choices/label"));
  } else {
    ASSAY_TRY(out.stem, record.text("question/stem"));
    if (!original->is_array()) return tl::unexpected(record.error("the choices are not a list"));
    for (const Json& choice : *original) {
      const data::Record one(choice, record.place());
      ASSAY_TRY(out.texts.emplace_back(), one.text("text"));
      ASSAY_TRY(out.labels.emplace_back(), one.text("label"));
    }
  }
  if (out.texts.size() < 2 || out.texts.size() != out.labels.size()) {
    return tl::unexpected(record.error("there must be two or more choices, each with a label"));
  }
  return out;
}

Result<Sample> sample_of(const data::Record& record) {
  Sample sample;
  ASSAY_TRY(sample.id, record.text("id"));
  ASSAY_TRY(const ArcChoices choices, read_choices(record));
  ASSAY_TRY(const std::string key, record.text("answerKey"));
  sample.context.append("Question: ").append(choices.stem).append("\nAnswer:");
  for (std::size_t i = 0; i < choices.texts.size(); ++i) {
    sample.choices.push_back(std::string(" ").append(choices.texts[i]));
    if (choices.labels[i] == key) sample.target_index = static_cast<int>(i);
  }
  if (sample.target_index < 0) {
    return tl::unexpected(record.error("no choice has the label of answerKey, '" + key + "'"));
  }
  return sample;
}

class Arc : public Benchmark {
 public:
  Arc(const Registry& registry, bool easy)
      : Benchmark(arc_info(easy), registry), set_(easy ? "ARC-Easy" : "ARC-Challenge") {}

  [[nodiscard]] Result<std::vector<Sample>> load(
      const std::filesystem::path& folder) const override {
    const std::string name = set_ + "-Test.jsonl";
    std::filesystem::path file = folder / set_ / name;
    if (!std::filesystem::exists(file)) file = folder / "ARC-V1-Feb2018-2" / set_ / name;
    ASSAY_TRY(const auto records, data::read_jsonl(file));
    std::vector<Sample> out;
    for (const data::Record& record : records) {
      ASSAY_TRY(Sample sample, sample_of(record));
      out.push_back(std::move(sample));
    }
    return out;
  }

  [[nodiscard]] std::vector<Example> examples() const override {
    const Json choices = Json::array({{{"text", "a spring balance"}, {"label", "A"}},
                                      {{"text", "a thermometer"}, {"label", "B"}}});
    const Json row{
        {"id", "example"},
        {"question",
         {{"stem", "Which tool shows how warm the water in a pond is?"}, {"choices", choices}}},
        {"answerKey", "B"}};
    const Sample sample = sample_of({row, "example"}).value();
    return {{sample, {}, {-9.0, -4.0}, {}, Verdict::success},
            {sample, {}, {-4.0, -9.0}, {}, Verdict::failure}};
  }

 private:
  std::string set_;
};

}  // namespace

void register_arc(Registry& registry) {
  registry.add_dataset(arc_dataset());
  for (const bool easy : {true, false}) registry.add(std::make_unique<Arc>(registry, easy));
}

}  // namespace assay::eval
