// mmlu: Massive Multitask Language Understanding (Hendrycks et al. 2021, ICLR), from its CSV files
// without header (question, A, B, C, D, letter): test/SUBJECT_test.csv, and dev/SUBJECT_dev.csv for
// the examples. Any set in this form is read: other subjects too.
//
// Prompt as in the paper: a line that names the subject, the first five of dev with their answers,
// the question; the likeliest of the letters counts.
#include <algorithm>

#include "base/text.h"
#include "eval/benchmark.h"
#include "eval/data/choice_question.h"
#include "eval/data/records.h"

namespace assay::eval {

void register_mmlu(Registry& registry);

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kShots = 5;
constexpr const char* kSubjects[] = {"abstract_algebra",
                                     "anatomy",
                                     "astronomy",
                                     "business_ethics",
                                     "clinical_knowledge",
                                     "college_biology",
                                     "college_chemistry",
                                     "college_computer_science",
                                     "college_mathematics",
                                     "college_medicine",
                                     "college_physics",
                                     "computer_security",
                                     "conceptual_physics",
                                     "econometrics",
                                     "electrical_engineering",
                                     "elementary_mathematics",
                                     "formal_logic",
                                     "global_facts",
                                     "high_school_biology",
                                     "high_school_chemistry",
                                     "high_school_computer_science",
                                     "high_school_european_history",
                                     "high_school_geography",
                                     "high_school_government_and_politics",
                                     "high_school_macroeconomics",
                                     "high_school_mathematics",
                                     "high_school_microeconomics",
                                     "high_school_physics",
                                     "high_school_psychology",
                                     "high_school_statistics",
                                     "high_school_us_history",
                                     "high_school_world_history",
                                     "human_aging",
                                     "human_sexuality",
                                     "international_law",
                                     "jurisprudence",
                                     "logical_fallacies",
                                     "machine_learning",
                                     "management",
                                     "marketing",
                                     "medical_genetics",
                                     "miscellaneous",
                                     "moral_disputes",
                                     "moral_scenarios",
                                     "nutrition",
                                     "philosophy",
                                     "prehistory",
                                     "professional_accounting",
                                     "professional_law",
                                     "professional_medicine",
                                     "professional_psychology",
                                     "public_relations",
                                     "security_studies",
                                     "sociology",
                                     "us_foreign_policy",
                                     "virology",
                                     "world_religions"};

data::Dataset mmlu_dataset() {
  data::Dataset out;
  out.name = "mmlu";
  out.title = "MMLU: Massive Multitask Language Understanding";
  out.license = "MIT";
  out.citation =
      "Hendrycks et al. 2021, Measuring Massive Multitask Language Understanding, ICLR, "
      "arXiv:2009.03300";
  out.homepage = "https://github.com/hendrycks/test";
  out.rows = 14042;
  out.note = "unpack data.tar of the original and give its folder with --from";
  for (const char* subject : kSubjects) {
    for (const char* part : {"test", "dev"}) {
      const std::string file =
          std::string(part).append("/").append(subject).append("_").append(part).append(".csv");
      out.files.push_back({file, std::string("data/").append(file), "", 0});
    }
  }
  return out;
}

TaskInfo mmlu_info() {
  TaskInfo out;
  out.name = "mmlu";
  out.dataset = "mmlu";
  out.title = {"MMLU: knowledge in many subjects", "MMLU：多学科知识"};
  out.description = {
      "Multiple choice questions of 57 subjects, after five questions of the subject with their "
      "answers. The likeliest of the four letters counts.",
      "涵盖 57 个学科的选择题，题前给出该学科的五道例题及答案。以四个字母中概率最高者为作答。"};
  out.limits = {
      "A few per cent of the answers are known to be wrong (Gema et al. 2024, arXiv:2406.04127). "
      "Public since 2020: models may have seen it.",
      "已知有少量标准答案有误（Gema 等，2024，arXiv:2406.04127）。自 2020 "
      "年起公开，模型可能见过。"};
  out.topics = {"capability.knowledge"};
  out.items = {285, 1140, 14042};
  out.needs.logprobs = true;
  out.langs = {Lang::en};
  out.chance = 0.25;
  return out;
}

std::string spoken(std::string subject) {
  std::replace(subject.begin(), subject.end(), '_', ' ');
  return subject;
}

Result<data::ChoiceQuestion> question_of(const data::Record& record) {
  data::ChoiceQuestion out;
  ASSAY_TRY(out.question, record.text("question"));
  for (const char* key : {"A", "B", "C", "D"}) {
    ASSAY_TRY(out.options.emplace_back(), record.text(key));
  }
  ASSAY_TRY(const std::string answer, record.text("answer"));
  const auto right = out.labelled(answer);
  if (!right) {
    return tl::unexpected(record.error("the answer '" + answer + "' is not A, B, C or D",
                                       "Columns are question, A, B, C, D, answer; no header"));
  }
  out.right = *right;
  return out;
}

Result<std::vector<data::ChoiceQuestion>> read_questions(const fs::path& file) {
  ASSAY_TRY(const auto records,
            data::read_csv(file, ',', {"question", "A", "B", "C", "D", "answer"}));
  std::vector<data::ChoiceQuestion> out;
  for (const data::Record& record : records) {
    ASSAY_TRY(out.emplace_back(), question_of(record));
  }
  return out;
}

std::string introduction(const std::string& subject,
                         const std::vector<data::ChoiceQuestion>& shots) {
  std::string out = "The following are multiple choice questions (with answers) about ";
  out.append(spoken(subject)).append(".\n\n");
  for (std::size_t i = 0; i < std::min(kShots, shots.size()); ++i) {
    const auto right = static_cast<std::size_t>(shots[i].right);
    out.append(data::lettered_prompt(shots[i], "Answer:")).append(" ");
    out.append(shots[i].label(right)).append("\n\n");
  }
  return out;
}

/// The subjects that have a test file, sorted.
std::vector<std::string> subjects_in(const fs::path& folder) {
  constexpr std::string_view ending = "_test.csv";
  std::vector<std::string> out;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder / "test", ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(ending)) out.push_back(name.substr(0, name.size() - ending.size()));
  }
  std::sort(out.begin(), out.end());
  return out;
}

class Mmlu : public Benchmark {
 public:
  explicit Mmlu(const Registry& registry) : Benchmark(mmlu_info(), registry) {}

  [[nodiscard]] Result<std::vector<Sample>> load(const fs::path& folder) const override {
    const fs::path data = fs::is_directory(folder / "test") ? folder : folder / "data";
    std::vector<Sample> out;
    for (const std::string& subject : subjects_in(data)) {
      ASSAY_TRY(const auto questions, read_questions(data / "test" / (subject + "_test.csv")));
      ASSAY_TRY(const auto shots, read_questions(data / "dev" / (subject + "_dev.csv")));
      const std::string before = introduction(subject, shots);
      for (std::size_t i = 0; i < questions.size(); ++i) {
        Sample sample;
        sample.id = subject + "-" + std::to_string(i);
        sample.group = subject;
        data::ask_by_letter(questions[i], "Answer:", sample);
        sample.context.insert(0, before);
        out.push_back(std::move(sample));
      }
    }
    return out;
  }

  [[nodiscard]] std::vector<Example> examples() const override {
    Sample sample;
    sample.id = "example";
    sample.group = "astronomy";
    data::ask_by_letter({"Which of these is a moon?", {"Mars", "Sirius", "Europa", "Halley"}, 2},
                        "Answer:", sample);
    return {{sample, {}, {-3.0, -3.5, -1.0, -4.0}, {}, Verdict::success},
            {sample, {}, {-1.0, -3.5, -3.0, -4.0}, {}, Verdict::failure}};
  }

 protected:
  [[nodiscard]] Summary figures(const std::vector<Scored>& scored,
                                const SummaryContext& context) const override {
    return accuracy_by_group(scored, context, 0.25);
  }
};

}  // namespace

void register_mmlu(Registry& registry) {
  registry.add_dataset(mmlu_dataset());
  registry.add(std::make_unique<Mmlu>(registry));
}

}  // namespace assay::eval
