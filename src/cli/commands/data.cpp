// `assay data list|get|verify`: the public data sets that benchmarks read.
#include <algorithm>
#include <cstdio>
#include <memory>

#include "cli/command.h"
#include "cli/data_fetch.h"
#include "cli/transfer_progress.h"
#include "eval/registry.h"

namespace assay::cli {

void register_data(Commands& registry);

namespace {

namespace fs = std::filesystem;
using eval::data::Dataset;
using eval::data::FileCheck;
using eval::data::FileState;

struct Arguments {
  std::string name;
  std::string from;
  std::vector<std::string> data;
  bool json = false;
};

std::vector<std::string> tasks_of(const eval::Registry& registry, const Dataset& dataset) {
  std::vector<std::string> out;
  for (const auto& task : registry.tasks()) {
    if (task->info().dataset == dataset.name) out.push_back(task->info().name);
  }
  return out;
}

std::size_t count(const std::vector<FileCheck>& checks, FileState state) {
  return static_cast<std::size_t>(std::count_if(
      checks.begin(), checks.end(), [&](const FileCheck& c) { return c.state == state; }));
}

/// "not given", "given", "not here", "verified", "6 of 8 files verified, 2 missing", ...
std::string state_text(const std::vector<FileCheck>& checks) {
  if (checks.empty() || count(checks, FileState::missing) == checks.size()) return "not here";
  if (count(checks, FileState::verified) == checks.size()) return "verified";
  std::string out;
  for (const FileState state :
       {FileState::verified, FileState::unpinned, FileState::different, FileState::missing}) {
    const std::size_t n = count(checks, state);
    if (n == 0) continue;
    out += (out.empty() ? "" : ", ") + std::to_string(n) + " " + to_string(state);
  }
  return out;
}

struct Found {
  const Dataset* dataset = nullptr;
  fs::path folder;  ///< empty = not here
  std::vector<FileCheck> checks;
  [[nodiscard]] std::string state() const {
    if (dataset->own()) return folder.empty() ? "not given" : "given";
    return state_text(checks);
  }
};

Result<Found> look(const eval::Registry& registry, const Dataset& dataset) {
  Found out;
  out.dataset = &dataset;
  const auto folder = registry.folders().find(dataset);
  if (!folder) return out;
  out.folder = *folder;
  ASSAY_TRY(out.checks, eval::data::verify(dataset, out.folder, &interrupt()));
  return out;
}

Json describe(const eval::Registry& registry, const Found& found) {
  const Dataset& set = *found.dataset;
  Json files = Json::array();
  for (std::size_t i = 0; i < set.files.size(); ++i) {
    const auto& file = set.files[i];
    Json one{{"path", file.path}, {"bytes", file.bytes}, {"sha256", file.sha256}};
    one["url"] = set.base_url.empty() ? Json(nullptr) : Json(url_of(set, file));
    if (!found.checks.empty()) one["state"] = to_string(found.checks[i].state);
    files.push_back(std::move(one));
  }
  return Json{{"name", set.name},
              {"title", set.title},
              {"license", set.license},
              {"citation", set.citation},
              {"homepage", set.homepage},
              {"rows", set.rows},
              {"note", set.note},
              {"tasks", tasks_of(registry, set)},
              {"downloadable", set.downloadable()},
              {"folder", found.folder.empty() ? Json(nullptr) : Json(found.folder.string())},
              {"state", found.state()},
              {"files", std::move(files)}};
}

int list(const eval::Registry& registry, const Arguments& arguments) {
  Json all = Json::array();
  if (!arguments.json) {
    std::printf("%-18s %7s  %-24s %-14s %s\n", "data set", "rows", "licence", "state",
                "comes from");
  }
  for (const auto& dataset : registry.datasets()) {
    const auto found = look(registry, *dataset);
    if (!found) return report_error(found.error());
    if (arguments.json) {
      all.push_back(describe(registry, *found));
      continue;
    }
    std::printf("%-18s %7lld  %-24s %-14s %s\n", dataset->name.c_str(),
                static_cast<long long>(dataset->rows), dataset->license.c_str(),
                found->state().c_str(), dataset->own() ? "your files" : dataset->homepage.c_str());
  }
  if (arguments.json) {
    std::puts(dump_json(Json{{"datasets", all}}, 2).c_str());
  } else {
    std::puts("Fetch one with `assay data get NAME`, or take it from a folder with --from DIR.");
  }
  return exit_ok;
}

int verify(const eval::Registry& registry, const Dataset& dataset, const Arguments& arguments) {
  const auto folder = registry.folders().find(dataset);
  if (!folder) return report_error(folder.error());
  const auto found = look(registry, dataset);
  if (!found) return report_error(found.error());
  if (arguments.json) {
    std::puts(dump_json(describe(registry, *found), 2).c_str());
  } else {
    std::printf("%s in %s\n", dataset.name.c_str(), found->folder.c_str());
    for (const FileCheck& check : found->checks) {
      std::printf("  %-14s %s\n", to_string(check.state), check.file->path.c_str());
    }
  }
  const bool sound = count(found->checks, FileState::different) == 0;
  if (sound) return exit_ok;
  return report_error({ErrorKind::format, "a file differs from the original",
                       found->folder.string(),
                       "`assay data get " + dataset.name + "` brings it anew"});
}

int get(const Dataset& dataset, const Arguments& arguments) {
  if (dataset.own()) {
    return report_error({ErrorKind::usage, dataset.name + " are files of your own", "",
                         "Name their folder where it is read: --data " + dataset.name + "=DIR"});
  }
  std::fprintf(stderr, "%s. Licence: %s. From %s\n", dataset.title.c_str(), dataset.license.c_str(),
               arguments.from.empty() ? dataset.homepage.c_str() : arguments.from.c_str());
  TransferProgress progress(dataset.name);
  http::Options options;
  options.cancel = &interrupt();
  options.on_progress = [&](const http::Progress& p) {
    progress.update(p.done_bytes, p.total_bytes);
  };
  const auto fetched = arguments.from.empty() ? download_data(dataset, options)
                                              : copy_data(dataset, arguments.from, options.cancel);
  progress.finish();
  if (!fetched) return report_error(fetched.error());
  if (arguments.json) {
    std::puts(dump_json(Json{{"name", dataset.name},
                             {"folder", fetched->folder.string()},
                             {"fetched", fetched->fetched},
                             {"unpinned", fetched->unpinned}},
                        2)
                  .c_str());
    return exit_ok;
  }
  std::printf("%s: %s\n", fetched->fetched > 0 ? "Fetched" : "Here already, SHA-256 checked",
              fetched->folder.c_str());
  if (fetched->unpinned > 0) {
    std::printf("%zu files have no known hash, and are taken as they are.\n", fetched->unpinned);
  }
  return exit_ok;
}

int run(const Arguments& arguments, const std::string& what) {
  auto folders = eval::data::DataFolders::standard();
  for (const std::string& folder : arguments.data) {
    if (const auto added = folders.add(folder); !added) return report_error(added.error());
  }
  eval::Registry registry(std::move(folders));
  eval::register_all_benchmarks(registry);
  if (what == "list") return list(registry, arguments);
  const auto dataset = registry.find_dataset(arguments.name);
  if (!dataset) {
    Error error = dataset.error();
    error.kind = ErrorKind::usage;
    return report_error(error);
  }
  return what == "get" ? get(**dataset, arguments) : verify(registry, **dataset, arguments);
}

}  // namespace

void register_data(Commands& registry) {
  registry.add("data", "List, fetch and verify public data sets", [](CLI::App& app) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* list = app.add_subcommand("list", "Data sets that benchmarks read");
    CLI::App* get = app.add_subcommand("get", "Fetch a data set (pinned, hash-checked)");
    get->add_option("NAME", arguments->name, "e.g. bbq; `assay data list` shows all")->required();
    get->add_option("--from", arguments->from, "Take it from this folder instead of the network");
    CLI::App* verify = app.add_subcommand("verify", "Compare files with their known hashes");
    verify->add_option("NAME", arguments->name, "e.g. bbq")->required();
    for (CLI::App* command : {list, verify}) {
      command->add_option("--data", arguments->data, "A folder of data sets, or NAME=DIR");
    }
    for (CLI::App* command : {list, get, verify}) {
      command->add_flag("--json", arguments->json, "Print JSON");
    }
    app.require_subcommand(1);
    return [=]() -> int {
      if (list->parsed()) return run(*arguments, "list");
      return run(*arguments, get->parsed() ? "get" : "verify");
    };
  });
}

}  // namespace assay::cli
