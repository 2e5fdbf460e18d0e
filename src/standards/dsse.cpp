#include "standards/dsse.h"

#include <algorithm>
#include <set>
#include <sodium/utils.h>

#include "base/text.h"

namespace assay::standards {
namespace {

constexpr std::string_view kWhere = "envelope";

tl::unexpected<Error> malformed(std::string what) {
  return fail(ErrorKind::format, std::move(what), std::string(kWhere),
              "Check that this is a whole DSSE envelope; if it was changed, fetch it again");
}

std::string to_base64(std::string_view bytes) {
  constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
  std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), variant);
  out.pop_back();  // the NUL that libsodium counts
  return out;
}

/// RFC 4648, section 4 or 5, with padding; nothing if it is neither.
std::optional<std::string> from_base64(const std::string& text) {
  for (const int variant : {sodium_base64_VARIANT_ORIGINAL, sodium_base64_VARIANT_URLSAFE}) {
    std::string out(text.size() / 4 * 3 + 3, '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(),
                          text.size(), nullptr, &size, &end, variant) == 0 &&
        end == text.data() + text.size()) {
      out.resize(size);
      return out;
    }
  }
  return {};
}

/// The string at `key`; nothing if there is none, or another kind of value.
const std::string* text_at(const Json& object, const char* key) {
  const auto place = object.find(key);
  return place == object.end() ? nullptr : place->get_ptr<const std::string*>();
}

Result<std::string> bytes_at(const Json& object, const char* key) {
  const std::string* text = text_at(object, key);
  if (text == nullptr) return malformed(std::string("the string \"") + key + "\" is missing");
  auto bytes = from_base64(*text);
  if (!bytes) return malformed(std::string("\"") + key + "\" is not base64");
  return std::move(*bytes);
}

Result<Signature> read_signature(const Json& json) {
  if (!json.is_object()) return malformed("a signature is not an object");
  Signature out;
  ASSAY_TRY(out.bytes, bytes_at(json, "sig"));
  if (out.bytes.empty()) return malformed("a signature is empty");
  if (json.contains("keyid")) {
    const std::string* keyid = text_at(json, "keyid");
    if (keyid == nullptr) return malformed("\"keyid\" is not a string");
    out.keyid = *keyid;
  }
  return out;
}

}  // namespace

Result<Json> parse_once(std::string_view bytes, std::string_view where) {
  ASSAY_CHECK(parse_json(bytes, where));  // says what is wrong, if it is no JSON
  std::vector<std::set<std::string>> open;
  std::optional<std::string> twice;
  const auto watch = [&](int /*depth*/, Json::parse_event_t event, Json& value) {
    if (event == Json::parse_event_t::object_start) open.emplace_back();
    if (event == Json::parse_event_t::object_end && !open.empty()) open.pop_back();
    if (event == Json::parse_event_t::key && !open.empty() &&
        !open.back().insert(value.get<std::string>()).second) {
      twice = value.get<std::string>();
    }
    return true;
  };
  Json parsed = Json::parse(bytes, watch, false);
  if (!twice) return parsed;
  return fail(ErrorKind::format, "a member occurs twice: \"" + *twice + "\"", std::string(where),
              "Readers would differ on what it says; fetch the file again from who made it");
}

std::string pre_authentication(std::string_view type, std::string_view body) {
  std::string out = "DSSEv1 " + std::to_string(type.size()) + " ";
  out.append(type).append(" ").append(std::to_string(body.size())).append(" ").append(body);
  return out;
}

Result<std::string> sign_envelope(std::string_view type, std::string_view body,
                                  const std::string& keyid, const SignBytes& sign) {
  if (type.empty() || !is_utf8(type) || !is_utf8(keyid)) {
    return fail(ErrorKind::usage, "an envelope needs a type, and type and key id in UTF-8",
                std::string(kWhere), "Use a media type, e.g. application/vnd.in-toto+json");
  }
  ASSAY_TRY(const std::string signature, sign(pre_authentication(type, body)));
  if (signature.empty()) {
    return fail(ErrorKind::usage, "the signature is empty", std::string(kWhere),
                "Check the key that signs");
  }
  Json one = Json::object();
  if (!keyid.empty()) one["keyid"] = keyid;
  one["sig"] = to_base64(signature);
  return dump_json(Json{{"payload", to_base64(body)},
                        {"payloadType", std::string(type)},
                        {"signatures", Json::array({std::move(one)})}});
}

Result<Envelope> read_envelope(std::string_view bytes) {
  if (bytes.size() > kLongestEnvelope) {
    return fail(ErrorKind::limit, "the envelope is longer than 64 MiB", std::string(kWhere),
                "Check that this is the file you meant");
  }
  ASSAY_TRY(const Json json, parse_once(bytes, kWhere));
  if (!json.is_object()) return malformed("not a JSON object");
  Envelope out;
  const std::string* type = text_at(json, "payloadType");
  if (type == nullptr) return malformed("the string \"payloadType\" is missing");
  out.type = *type;
  ASSAY_TRY(out.body, bytes_at(json, "payload"));
  const auto signatures = json.find("signatures");
  if (signatures == json.end() || !signatures->is_array() || signatures->empty()) {
    return malformed("no signature");
  }
  if (signatures->size() > kMostSignatures) {
    return fail(ErrorKind::limit, "more than 64 signatures", std::string(kWhere),
                "Ask who made it for an envelope with the signatures that matter");
  }
  for (const Json& each : *signatures) {
    ASSAY_TRY(Signature signature, read_signature(each));
    out.signatures.push_back(std::move(signature));
  }
  return out;
}

Result<Opened> open_envelope(std::string_view bytes, std::string_view type,
                             const VerifyBytes& verify) {
  ASSAY_TRY(Envelope envelope, read_envelope(bytes));
  const std::string signed_bytes = pre_authentication(envelope.type, envelope.body);
  Opened out;
  for (const Signature& signature : envelope.signatures) {
    ASSAY_TRY(const std::optional<std::string> key, verify(signed_bytes, signature));
    if (key && std::find(out.keys.begin(), out.keys.end(), *key) == out.keys.end()) {
      out.keys.push_back(*key);
    }
  }
  if (out.keys.empty()) {
    return fail(ErrorKind::format, "no signature is by a trusted key", std::string(kWhere),
                "Check that you have the signer's public key; else the envelope was changed, or "
                "somebody else has signed it");
  }
  if (envelope.type != type) {
    return fail(ErrorKind::format, "the envelope holds another kind of message: " + envelope.type,
                std::string(kWhere), "A message of the type " + std::string(type) + " is needed");
  }
  out.body = std::move(envelope.body);
  return out;
}

}  // namespace assay::standards
