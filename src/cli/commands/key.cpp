// `assay key`: the keys that sign evidence and open what is sealed.
#include <cstdio>
#include <memory>

#include "audit/keys.h"
#include "base/encoding.h"
#include "base/files.h"
#include "cli/command.h"
#include "cli/evidence_options.h"

namespace assay::cli {

void register_key(Commands& registry);

namespace {

struct Arguments {
  std::string name;
  std::string passphrase_file;
  bool passphrase = false;
  std::string format = "vkey";
  std::string out;
  bool json = false;
};

Json describe(const audit::KeyFile& key) {
  return Json{{"name", key.name()},
              {"vkey", audit::to_vkey(key.verifier())},
              {"file", key.path().string()},
              {"passphrase", key.needs_passphrase()}};
}

Result<int> make(const Arguments& a) {
  std::optional<std::string> passphrase;
  if (a.passphrase || !a.passphrase_file.empty()) {
    ASSAY_TRY(passphrase, read_passphrase(a.passphrase_file));
    if (!passphrase || passphrase->empty()) {
      return fail(ErrorKind::usage, "there is no passphrase", a.passphrase_file,
                  "Give it by --passphrase-file or $ASSAY_KEY_PASSPHRASE");
    }
  }
  ASSAY_TRY(const audit::SigningKey key, audit::SigningKey::make(a.name));
  ASSAY_TRY(const auto file, key.save(audit::default_key_folder(), passphrase));
  const std::string vkey = audit::to_vkey(key.verifier());
  if (a.json) {
    const Json json{{"name", a.name}, {"vkey", vkey}, {"file", file.string()}};
    std::puts(dump_json(json, 2).c_str());
  } else {
    std::puts(vkey.c_str());
    std::fprintf(stderr,
                 "The secret half is in %s (only you can read it). Give the line above to those "
                 "who verify.\n",
                 file.c_str());
  }
  return exit_ok;
}

Result<int> show(const Arguments& a) {
  std::vector<audit::KeyFile> keys;
  if (a.name.empty()) {
    ASSAY_TRY(keys, audit::KeyFile::list(audit::default_key_folder()));
  } else {
    ASSAY_TRY(keys.emplace_back(), audit::KeyFile::find(audit::default_key_folder(), a.name));
  }
  if (a.json) {
    Json list = Json::array();
    for (const audit::KeyFile& key : keys) list.push_back(describe(key));
    std::puts(dump_json(list, 2).c_str());
    return exit_ok;
  }
  for (const audit::KeyFile& key : keys) std::puts(audit::to_vkey(key.verifier()).c_str());
  if (keys.empty()) {
    std::fprintf(stderr,
                 "There is no key yet; the first run makes one, or `assay key new NAME`.\n");
  }
  return exit_ok;
}

/// SubjectPublicKeyInfo of RFC 8410, as PEM: for OpenSSL and the like.
std::string to_pem(const audit::Verifier& verifier) {
  std::string der("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12);
  der.append(reinterpret_cast<const char*>(verifier.key.data()), verifier.key.size());
  return "-----BEGIN PUBLIC KEY-----\n" + base64(der) + "\n-----END PUBLIC KEY-----\n";
}

Result<int> give(const Arguments& a) {
  ASSAY_TRY(const audit::KeyFile key, audit::KeyFile::find(audit::default_key_folder(), a.name));
  audit::Verifier verifier = key.verifier();
  std::string text;
  if (a.format == "pem") {
    text = to_pem(verifier);
  } else {
    if (a.format == "cosigner") verifier.type = audit::SignatureType::cosignature;
    text = audit::to_vkey(verifier) + "\n";
  }
  if (a.out.empty()) {
    std::fputs(text.c_str(), stdout);
  } else {
    ASSAY_CHECK(write_file(a.out, text));
  }
  return exit_ok;
}

}  // namespace

void register_key(Commands& registry) {
  registry.add("key", "Make and show the keys that sign evidence", [](CLI::App& app) {
    const auto a = std::make_shared<Arguments>();
    CLI::App* made = app.add_subcommand("new", "Make a key");
    made->add_option("NAME", a->name, "As of a web page, e.g. safety.example.org/evidence")
        ->required();
    made->add_flag("--passphrase", a->passphrase, "Seal it by $ASSAY_KEY_PASSPHRASE");
    made->add_option("--passphrase-file", a->passphrase_file, "Seal it by the file's first line");
    CLI::App* shown = app.add_subcommand("show", "Verifier keys: what others need to verify");
    shown->add_option("NAME", a->name, "Only this one");
    CLI::App* given = app.add_subcommand("export", "The public half, for other tools");
    given->add_option("NAME", a->name, "Which")->required();
    given
        ->add_option("--format", a->format,
                     "vkey, cosigner (as a witness) or pem (SubjectPublicKeyInfo)")
        ->check(CLI::IsMember({"vkey", "cosigner", "pem"}));
    given->add_option("-o,--out", a->out, "A file (standard output)");
    for (CLI::App* command : {made, shown}) command->add_flag("--json", a->json, "Print JSON");
    app.require_subcommand(1);
    return [=]() -> int {
      const auto code = made->parsed() ? make(*a) : shown->parsed() ? show(*a) : give(*a);
      return code ? *code : report_error(code.error());
    };
  });
}

}  // namespace assay::cli
