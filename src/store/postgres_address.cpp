#include "store/postgres_address.h"

#include <libpq-fe.h>
#include <map>
#include <memory>

namespace assay::store {
namespace {

tl::unexpected<Error> no_address(const std::string& why) {
  return fail(ErrorKind::usage, "not an address of a PostgreSQL server: " + why, "--store",
              "Write it like postgresql://user@host:5432/database, special characters as %40 (@), "
              "%2F (/), %3A (:), %25 (%); the password is best in ~/.pgpass or PGPASSWORD");
}

using Parts = std::map<std::string, std::string>;

Result<Parts> parts_of(const std::string& url) {
  char* message = nullptr;  // not shown: it repeats the address
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(url.c_str(), &message), PQconninfoFree);
  PQfreemem(message);
  if (!options) return no_address("it cannot be read");
  Parts out;
  for (const PQconninfoOption* one = options.get(); one->keyword != nullptr; ++one) {
    if (one->val != nullptr) out[one->keyword] = one->val;
  }
  return out;
}

/// A password with an @ or / that was not escaped would be taken for a host or database, and be
/// shown as one. So an @ may stand only once, before the first / of what follows "postgresql://".
Status check_signs(const std::string& url) {
  const std::size_t begin = url.find("://") + 3;
  const std::size_t at = url.find('@', begin);
  if (at == std::string::npos) return {};
  if (at < url.find('/', begin) && url.find('@', at + 1) == std::string::npos) return {};
  return no_address("it has an @ too many");
}

Status check_port(Parts& parts) {
  if (parts["port"].find_first_not_of("0123456789,") == std::string::npos) return {};
  return no_address("its port is no number");
}

std::string name_of(Parts& parts) {
  const std::string& host = parts["host"].empty() ? parts["hostaddr"] : parts["host"];
  const bool local = host.empty() || host.front() == '/' || host.front() == '@';
  std::string name = "postgresql://";
  if (!parts["user"].empty()) name += parts["user"] + "@";
  if (!local) name += host.find(':') == std::string::npos ? host : std::string("[") + host + "]";
  if (!parts["port"].empty()) name += ":" + parts["port"];
  name += "/" + parts["dbname"];
  if (local && !host.empty()) name += "?host=" + host;
  return name;
}

}  // namespace

std::string PostgresAddress::safe(std::string text) const {
  if (password.empty()) return text;
  for (std::size_t at = text.find(password); at != std::string::npos;
       at = text.find(password, at)) {
    text.replace(at, password.size(), "***");
    at += 3;
  }
  return text;
}

Result<PostgresAddress> read_address(const std::string& url) {
  if (url.find('\0') != std::string::npos) return no_address("it cannot be read");
  ASSAY_CHECK(check_signs(url));
  ASSAY_TRY(Parts parts, parts_of(url));
  ASSAY_CHECK(check_port(parts));
  return PostgresAddress{url, name_of(parts), parts["password"]};
}

}  // namespace assay::store
