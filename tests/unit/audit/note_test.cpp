// Signed notes, checkpoints, cosignatures, receipts and keys; the specification's own example.
#include "audit/note.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "audit/checkpoint.h"
#include "audit/keys.h"
#include "audit/log_writer.h"
#include "audit/receipt.h"
#include "audit/tiles.h"
#include "base/encoding.h"
#include "base/files.h"
#include "support/scratch_folder.h"

namespace assay::audit {
namespace {

constexpr const char* kSpecKey =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr const char* kSpecNote =
    "This is an example message.\n\n\xE2\x80\x94 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    "\n";

SigningKey seeded(const char* name, char byte) {
  auto key = SigningKey::from_seed(name, std::string(32, byte));
  if (!key) throw std::runtime_error(key.error().message());
  return std::move(*key);
}

TEST(Note, TheSpecificationsExampleHolds) {
  const auto key = parse_vkey(kSpecKey);
  ASSERT_TRUE(key) << key.error().message();
  EXPECT_EQ(to_vkey(*key), kSpecKey);
  const auto note = parse_note(kSpecNote);
  ASSERT_TRUE(note) << note.error().message();
  EXPECT_EQ(to_text(*note), kSpecNote);
  const Verifier known[] = {*key};
  const auto verified = verify_note(*note, known);
  ASSERT_TRUE(verified) << verified.error().message();
  EXPECT_EQ(verified->size(), 1U);
  Note changed = *note;
  changed.text = "This is an example message?\n";
  EXPECT_FALSE(verify_note(changed, known));
  EXPECT_FALSE(verify_note(*note, {}));
}

TEST(Note, MalformedNotesAndKeysAreRefused) {
  const std::string good = kSpecNote;
  for (std::size_t cut = 0; cut < good.size(); ++cut) EXPECT_FALSE(parse_note(good.substr(0, cut)));
  for (const char* bad :
       {"", "\n\n", "text\n\n", "text\n\n- name AAAA\n", "text\n\n\xE2\x80\x94 name\n",
        "text\n\n\xE2\x80\x94 na+me Uw2QOkn8\n", "te\txt\n\n\xE2\x80\x94 n Uw2QOkn8\n",
        "text\xFF\n\n\xE2\x80\x94 n Uw2QOkn8\n", "text\n\n\xE2\x80\x94 n Uw2QOg==\n",
        "text\n\n\xE2\x80\x94 n Uw2QOkn9sh==\n"}) {
    EXPECT_FALSE(parse_note(bad)) << bad;
  }
  const std::string vkey = kSpecKey;
  for (std::size_t cut = 0; cut < vkey.size(); ++cut) EXPECT_FALSE(parse_vkey(vkey.substr(0, cut)));
  EXPECT_FALSE(parse_vkey("example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"));
  EXPECT_FALSE(valid_key_name("a b"));
  EXPECT_FALSE(
      valid_key_name("a\xE2\x80\x83"
                     "b"));
  EXPECT_FALSE(valid_key_name("a\xC2\xA0"));
  EXPECT_TRUE(valid_key_name("安全.example/证据"));
}

TEST(Checkpoint, ItsTextIsStrict) {
  const Checkpoint checkpoint{"example.com/log", 20852163, sha256("root")};
  const std::string text = to_text(checkpoint);
  const auto parsed = parse_checkpoint(text);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(*parsed, checkpoint);
  const std::string root = base64(bytes_of(checkpoint.root));
  EXPECT_TRUE(parse_checkpoint("o\n0\n" + root + "\nextension\n"));
  for (const std::string& bad : std::vector<std::string>{
           std::string(), std::string("o\n1\n"), "\n1\n" + root + "\n", "o\n01\n" + root + "\n",
           "o\n-1\n" + root + "\n", "o\n18446744073709551616\n" + root + "\n", "o\n1\n" + root,
           "o\n1\nAAAA\n", "o\n1\n" + root + "\n\n"}) {
    EXPECT_FALSE(parse_checkpoint(bad)) << bad;
  }
}

TEST(Checkpoint, CosignaturesHoldForTheirTimeOnly) {
  const SigningKey log = seeded("example.com/log", '\x01');
  const SigningKey witness = seeded("witness.example/w", '\x02');
  const std::string note = sign_checkpoint({log.name(), 7, sha256("r")}, log);
  const auto cosigned = cosign(note, witness, 1'679'315'147);
  ASSERT_TRUE(cosigned);
  const std::vector<Verifier> known{log.verifier(), witness.verifier(SignatureType::cosignature)};
  const auto opened = open_checkpoint(*cosigned, known);
  ASSERT_TRUE(opened) << opened.error().message();
  ASSERT_EQ(opened->signatures.size(), 2U);
  EXPECT_EQ(opened->signatures[1].time, 1'679'315'147U);
  // Again: in place of the first.
  const auto again = cosign(*cosigned, witness, 1'679'315'148);
  ASSERT_TRUE(again);
  EXPECT_EQ(parse_note(*again)->signatures.size(), 2U);
  // A witness alone is not the log; the log's key under another name neither.
  const std::vector<Verifier> others{known[1], log.named("other").verifier()};
  EXPECT_FALSE(open_checkpoint(*cosigned, others));
  Note forged = *parse_note(*cosigned);
  forged.signatures[1].bytes[7] ^= 1;  // another time
  EXPECT_FALSE(open_checkpoint(to_text(forged), known));
}

TEST(Tiles, PathsOfTheSpecification) {
  EXPECT_EQ(tile_path(0, 1234067, 256), "tile/0/x001/x234/067");
  EXPECT_EQ(tile_path(1, 0, 17), "tile/1/000.p/17");
  EXPECT_EQ(bundle_path(273, 112), "tile/entries/273.p/112");
  for (const std::uint64_t index : {0ULL, 1ULL, 999ULL, 1000ULL, 1234067ULL, 1000000000ULL}) {
    for (const std::uint64_t width : {1ULL, 255ULL, 256ULL}) {
      const auto tile = parse_tile_path(tile_path(3, index, width));
      ASSERT_TRUE(tile);
      EXPECT_EQ(tile->index, index);
      EXPECT_EQ(tile->width, width);
      EXPECT_EQ(parse_tile_path(bundle_path(index, width))->level, -1);
    }
  }
  for (const char* bad :
       {"tile/0/1", "tile/00/001", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/x000/001",
        "tile/0/001/", "tile/entries/001x", "tile/0/x001/x234", "checkpoint"}) {
    EXPECT_FALSE(parse_tile_path(bad)) << bad;
  }
}

TEST(Receipts, HoldForTheirEntryOnly) {
  const test::ScratchFolder folder;
  const SigningKey key = seeded("example.com/log", '\x03');
  auto writer = LogWriter::open(folder.path() / "log", key);
  ASSERT_TRUE(writer);
  for (int i = 0; i < 700; ++i) ASSERT_TRUE(writer->append("entry " + std::to_string(i)));
  ASSERT_TRUE(writer->commit());
  auto reader = LogReader::open(open_disk(folder.path() / "log"), {key.verifier()});
  ASSERT_TRUE(reader);
  const Verifier known[] = {key.verifier()};
  for (const std::uint64_t index : {0ULL, 255ULL, 256ULL, 511ULL, 699ULL}) {
    const auto receipt = reader->receipt(index);
    ASSERT_TRUE(receipt);
    const std::string entry = "entry " + std::to_string(index);
    const auto verified = verify_receipt(*receipt, entry, known);
    ASSERT_TRUE(verified) << verified.error().message();
    EXPECT_EQ(verified->index, index);
    EXPECT_FALSE(verify_receipt(*receipt, "entry", known));
    EXPECT_FALSE(verify_receipt(*receipt, entry, {}));
    for (std::size_t cut = 0; cut < receipt->size(); ++cut) {
      EXPECT_FALSE(open_receipt(receipt->substr(0, cut), known));
    }
  }
}

TEST(Log, OneWriterManyReaders) {
  const test::ScratchFolder folder;
  const SigningKey key = seeded("example.com/log", '\x03');
  auto writer = LogWriter::open(folder.path() / "log", key);
  ASSERT_TRUE(writer);
  ASSERT_TRUE(writer->commit());
  const auto second = LogWriter::open(folder.path() / "log", key);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::busy);
  auto reader = LogReader::open(open_disk(folder.path() / "log"), {key.verifier()});
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->size(), 0U);
  for (int i = 0; i < 300; ++i) {
    ASSERT_TRUE(writer->append("entry " + std::to_string(i)));
    if (i % 7 == 0) {
      ASSERT_TRUE(writer->commit());
    }
    ASSERT_TRUE(reader->verify()) << i;  // the log as it was opened
  }
  ASSERT_TRUE(writer->commit());
  ASSERT_TRUE(reader->refresh());
  EXPECT_EQ(reader->size(), 300U);
  EXPECT_FALSE(writer->append(std::string(65'536, 'x')));
  ASSERT_TRUE(writer->append(std::string(65'535, 'x')));
  ASSERT_TRUE(writer->commit());
  ASSERT_TRUE(reader->refresh());
  EXPECT_TRUE(reader->verify());
}

TEST(Log, ALogThatWasBegunAnewIsNoContinuation) {
  const test::ScratchFolder folder;
  const SigningKey key = seeded("example.com/log", '\x03');
  const auto write = [&](const char* what, int n) {
    auto writer = LogWriter::open(folder.path() / "log", key);
    ASSERT_TRUE(writer);
    for (int i = 0; i < n; ++i) ASSERT_TRUE(writer->append(what + std::to_string(i)));
    ASSERT_TRUE(writer->commit());
  };
  write("a", 10);
  auto reader = LogReader::open(open_disk(folder.path() / "log"), {key.verifier()});
  ASSERT_TRUE(reader);
  std::filesystem::remove_all(folder.path() / "log");
  write("b", 20);
  EXPECT_FALSE(reader->refresh());
  EXPECT_EQ(reader->size(), 10U);
  const auto other = LogWriter::open(folder.path() / "log", seeded("example.com/log", '\x04'));
  EXPECT_FALSE(other);
}

TEST(Keys, AreKeptAsideOthersAndNeverReplaced) {
  const test::ScratchFolder folder;
  const auto keys = folder.path() / "keys";
  const auto key = SigningKey::make("example.com/k");
  ASSERT_TRUE(key);
  EXPECT_FALSE(SigningKey::make("two words"));
  const auto file = key->save(keys, std::nullopt);
  ASSERT_TRUE(file) << file.error().message();
  struct stat status {};
  ASSERT_EQ(::stat(file->c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  const auto again = key->save(keys, std::nullopt);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::usage);
  const auto found = KeyFile::find(keys, "example.com/k");
  ASSERT_TRUE(found);
  const auto opened = found->open(std::nullopt);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(verify_ed25519("text", opened->sign("text"), key->verifier().key));
  EXPECT_FALSE(verify_ed25519("texts", opened->sign("text"), key->verifier().key));
  EXPECT_FALSE(KeyFile::find(keys, "example.com/x"));
  ::chmod(file->c_str(), 0640);
  EXPECT_EQ(KeyFile::find(keys, "example.com/k").error().kind, ErrorKind::io);
}

TEST(Keys, APassphraseSealsTheSecret) {
  const test::ScratchFolder folder;
  const SigningKey key = seeded("example.com/k", '\x55');
  ASSERT_TRUE(key.save(folder.path(), "correct horse"));
  const auto found = KeyFile::find(folder.path(), "example.com/k");
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->needs_passphrase());
  EXPECT_FALSE(found->open(std::nullopt));
  EXPECT_FALSE(found->open("wrong horse"));
  EXPECT_TRUE(found->open("correct horse"));
  const auto text = read_file(found->path(), 1 << 16);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->find(base64(std::string(32, '\x55'))), std::string::npos);
}

TEST(Keys, HostileFilesAreRefused) {
  const test::ScratchFolder folder;
  const SigningKey key = seeded("example.com/k", '\x55');
  const auto file = key.save(folder.path(), "p");
  ASSERT_TRUE(file);
  const auto good = read_file(*file, 1 << 16);
  ASSERT_TRUE(good);
  const auto refused = [&](const std::string& text) {
    ASSERT_TRUE(write_file(*file, text));
    ::chmod(file->c_str(), 0600);
    const auto found = KeyFile::find(folder.path(), "example.com/k");
    EXPECT_FALSE(found && found->open("p")) << text;
  };
  refused("");
  refused("[]");
  refused("{}");
  for (const auto& [from, to] :
       {std::pair{"\"memory\": 268435456", "\"memory\": 1e18"},
        std::pair{"\"memory\": 268435456", "\"memory\": 999999999999"},
        std::pair{"\"operations\": 3", "\"operations\": 4000000000"}, std::pair{"argon2id", "none"},
        std::pair{"assay.key/1", "assay.key/9"}}) {
    std::string text = *good;
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from << text;
    refused(text.replace(at, std::string(from).size(), to));
  }
  for (std::size_t cut = 0; cut + 2 < good->size(); cut += 7) refused(good->substr(0, cut));
}

TEST(Keys, WhatIsSealedIsOnlyForItsReader) {
  const SigningKey one = seeded("a", '\x01');
  const SigningKey two = seeded("b", '\x02');
  const auto sealed = seal_to(one.verifier(), "secret");
  ASSERT_TRUE(sealed);
  EXPECT_EQ(one.open_sealed(*sealed).value_or(""), "secret");
  EXPECT_FALSE(two.open_sealed(*sealed));
  EXPECT_FALSE(one.open_sealed(sealed->substr(1)));
  EXPECT_FALSE(one.open_sealed(""));
}

}  // namespace
}  // namespace assay::audit
