// Entry point: parses the command line, runs one command, maps its outcome to an exit code.
#include <csignal>
#include <cstdio>
#include <exception>

#include "cli/command.h"
#include "cli/thread_waits.h"

namespace assay::cli {

CLI::App* Commands::add(const std::string& name, const std::string& description,
                        const std::function<Run(CLI::App&)>& setup) {
  CLI::App* command = app_.add_subcommand(name, description);
  commands_.emplace_back(command, setup(*command));
  return command;
}

int Commands::run() const {
  for (const auto& [command, action] : commands_) {
    if (command->parsed()) return action();
  }
  return exit_usage;
}

int report_error(const Error& error) {
  std::fprintf(stderr, "assay: %s\n", error.message().c_str());
  return error.kind == ErrorKind::usage ? exit_usage : exit_runtime;
}

CancelToken& interrupt() {
  static CancelToken token;
  return token;
}

namespace {

extern "C" void on_interrupt(int signal) {
  interrupt().request();
  std::signal(signal, SIG_DFL);
}

int run_main(int argc, char** argv) {
  CLI::App app{"Assay (试金): a safety workbench for general-purpose AI models", "assay"};
  app.set_version_flag("--version", ASSAY_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  Commands commands(app);
  register_all_commands(commands);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? exit_ok : exit_usage;
  }
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  std::signal(SIGPIPE, SIG_IGN);
  return commands.run();
}

}  // namespace
}  // namespace assay::cli

int main(int argc, char** argv) {
  assay::cli::bound_thread_waits(argv);
  try {
    return assay::cli::run_main(argc, argv);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "assay: internal error: %s. Please report this\n", e.what());
    return assay::cli::exit_runtime;
  }
}
