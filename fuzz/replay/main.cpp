// Runs a fuzzer's function without libFuzzer, so that each `make test` tries it on the same
// compiler and build as the other tests: first every seed as it is, then seeds changed at random.
// It does not follow coverage as libFuzzer does (`make fuzz`), but needs no second build of
// everything.
//
//   NAME_replay RUNS SECONDS CRASH_FILE FOLDER...
//
// Ends at RUNS inputs or after SECONDS. An input that is fatal, or takes more than 10 s, is written
// to CRASH_FILE.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <unistd.h>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace {

constexpr std::size_t kMostBytes = 65536;
constexpr unsigned kMostSeconds = 10;

std::string& now() {
  static std::string input;
  return input;
}
std::string& crash_file() {
  static std::string path;
  return path;
}

void keep_input() {
  std::ofstream(crash_file(), std::ios::binary) << now();
  std::fprintf(stderr, "the input is in %s\n", crash_file().c_str());
}

void on_signal(int number) {
  keep_input();
  std::signal(number, SIG_DFL);
  std::raise(number);
}

void run(std::string input) {
  now() = std::move(input);
  alarm(kMostSeconds);
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(now().data()), now().size());
  alarm(0);
}

class Mutator {
 public:
  explicit Mutator(const std::vector<std::string>& seeds) : seeds_(seeds) {}

  std::string next() {
    std::string text = seeds_.empty() ? std::string() : seeds_[below(seeds_.size())];
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) change(text);
    text.resize(std::min(text.size(), kMostBytes));
    return text;
  }

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }

  void change(std::string& text) {
    static const std::vector<std::string> words{"{",
                                                "}",
                                                "[",
                                                "]",
                                                "\"",
                                                "\\u0000",
                                                "\n",
                                                "-1",
                                                "null",
                                                "1e999",
                                                "18446744073709551616",
                                                "\xff",
                                                "\0\0\0\0"};
    const std::size_t at = below(text.size() + 1);
    const std::size_t length = std::min(text.size() - at, 1 + below(16));
    switch (below(6)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
        break;
      case 1: text.erase(at, length); break;
      case 2: text.insert(at, words[below(words.size())]); break;
      case 3: text.insert(at, text.substr(at, length)); break;
      case 4: text.resize(at); break;
      default:
        if (!seeds_.empty()) {
          const std::string& other = seeds_[below(seeds_.size())];
          const std::size_t from = below(other.size() + 1);
          text.replace(at, length, other.substr(from, below(64)));
        }
    }
  }

  const std::vector<std::string>& seeds_;
  std::mt19937_64 random_{1};
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::fprintf(stderr, "usage: %s RUNS SECONDS CRASH_FILE FOLDER...\n", argv[0]);
    return 2;
  }
  const long runs = std::atol(argv[1]);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atol(argv[2]));
  crash_file() = argv[3];
  for (const int number : {SIGABRT, SIGALRM}) std::signal(number, on_signal);
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(keep_input);
  std::vector<std::string> seeds;
  for (int i = 4; i < argc; ++i) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(argv[i], error)) {
      std::ifstream file(entry.path(), std::ios::binary);
      seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
  }
  std::sort(seeds.begin(), seeds.end());
  for (const std::string& seed : seeds) run(seed);
  run({});
  Mutator mutator(seeds);
  long done = 0;
  while (done < runs && std::chrono::steady_clock::now() < end) {
    run(mutator.next());
    ++done;
  }
  std::printf("%zu seeds, %ld changed inputs\n", seeds.size(), done);
  return 0;
}
