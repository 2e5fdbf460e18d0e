#include "store/postgres_session.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <poll.h>
#include <unicode/bytestream.h>
#include <unicode/unistr.h>
#include <unistd.h>
#include <utility>

#include "base/text.h"

namespace assay::store {
namespace {

using Clock = std::chrono::steady_clock;
// Types of values, as in the server's pg_type.
constexpr Oid kBigint = 20;
constexpr Oid kText = 25;
constexpr Oid kDouble = 701;
constexpr int kOldestServer = 120000;

std::string first_line(const std::string& text) {
  return std::string(trim(text.substr(0, text.find('\n'))));
}

/// The SQLSTATE in a message like "FATAL:  28P01: password authentication failed", in any language.
std::string state_in(const std::string& message) {
  constexpr std::size_t length = 5;
  for (std::size_t at = message.find(":  "); at != std::string::npos;
       at = message.find(":  ", at + 1)) {
    std::string state = message.substr(at + 3, length);
    const bool shaped =
        state.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
    if (shaped && message.compare(at + 3 + length, 2, ": ") == 0) return state;
  }
  return "";
}

constexpr const char* kResume = "then resume the run: what was finished is kept";

/// What both connecting and statements may meet; nothing if the state is none of these.
std::optional<Error> known_error(const std::string& state, const std::string& detail,
                                 const std::string& where) {
  const auto error = [&](ErrorKind kind, std::string what, std::string next) {
    return Error{kind, std::move(what), where, std::move(next)};
  };
  if (state == "53100") {
    return error(ErrorKind::io, "the disk of the store's server is full",
                 std::string("Free some space there, ") + kResume);
  }
  if (state == "53300") {
    return error(ErrorKind::io, "the store's server has no connection left: " + detail,
                 "Start fewer processes at once, or raise max_connections or the role's limit");
  }
  if (state == "3D000") {
    return error(ErrorKind::not_found, "the server has no such database",
                 "Make it with `createdb`, or name another one");
  }
  if (state == "28P01" || state == "28000") {
    return error(ErrorKind::usage, "the store's server refuses this user or password: " + detail,
                 "Check the user, and the password in ~/.pgpass, PGPASSWORD or the address");
  }
  if (state == "42501") {
    return error(ErrorKind::io, "the store's server does not allow it: " + detail,
                 "Let the owner of the database grant it; docs/store.md says what is needed");
  }
  if (state == "25006") {
    return error(ErrorKind::io, "the store's server may only be read: " + detail,
                 "Name the server that can be written, not its standby");
  }
  if (state == "55P03" || state == "40P01" || state == "40001" || state == "57014") {
    return error(ErrorKind::busy, "the store's server had others first: " + detail,
                 std::string("Try again later, ") + kResume);
  }
  if (state.starts_with("57P") || state.starts_with("0800")) {
    return error(ErrorKind::io, "the store's server ends the connection: " + detail,
                 std::string("Wait until it runs again, ") + kResume);
  }
  if (state == "42P01" || state == "42703" || state == "3F000" || state.starts_with("XX")) {
    return error(ErrorKind::format, "the store is damaged: " + detail,
                 "Restore the database from a copy, or name another one");
  }
  return std::nullopt;
}

/// "assay, process 12 on host", as short as the server keeps it.
std::string program_name() {
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  std::string name = "assay, process " + std::to_string(getpid()) + " on " + host.data();
  constexpr std::size_t longest = 63;
  return name.substr(0, longest);
}

PGconn* begin_connection(const std::string& url) {
  const std::string program = program_name();
  // What stands before dbname the address may say otherwise.
  const std::array<const char*, 11> names{"connect_timeout",
                                          "keepalives_idle",
                                          "keepalives_interval",
                                          "keepalives_count",
                                          "tcp_user_timeout",
                                          "application_name",
                                          "dbname",
                                          "client_encoding",
                                          "fallback_application_name",
                                          nullptr,
                                          nullptr};
  const std::array<const char*, 11> values{
      "10",        "30",   "10",    "3",     "60000", program.c_str(),
      url.c_str(), "UTF8", "assay", nullptr, nullptr};
  constexpr int expand_dbname = 1;
  return PQconnectStartParams(names.data(), values.data(), expand_dbname);
}

std::chrono::seconds patience(PGconn* connection) {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfo(connection),
                                                                             PQconninfoFree);
  long seconds = 0;
  for (const PQconninfoOption* one = options.get(); one != nullptr && one->keyword != nullptr;
       ++one) {
    if (std::string_view(one->keyword) == "connect_timeout" && one->val != nullptr) {
      seconds = std::strtol(one->val, nullptr, 10);
    }
  }
  return std::chrono::seconds(seconds > 0 ? seconds : 10);
}

}  // namespace

void PostgresValues::add(std::string&& text) {
  types_.push_back(kText);
  texts_.emplace_back(std::move(text));
}

void PostgresValues::add(std::int64_t number) {
  types_.push_back(kBigint);
  texts_.emplace_back(std::to_string(number));
}

void PostgresValues::add(double number) {
  types_.push_back(kDouble);
  if (!std::isfinite(number)) {
    texts_.emplace_back();
    return;
  }
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  texts_.emplace_back(std::string(text.data(), end));
}

void PostgresValues::clear() {
  types_.clear();
  texts_.clear();
}

std::vector<const char*> PostgresValues::pointers() const {
  std::vector<const char*> out;
  out.reserve(texts_.size());
  for (const auto& text : texts_) out.push_back(text ? text->c_str() : nullptr);
  return out;
}

Result<PostgresSession> PostgresSession::connect(PostgresAddress address) {
  PGconn* const connection = begin_connection(address.url);
  PostgresSession session(std::move(address), connection);
  if (connection == nullptr) {
    return fail(ErrorKind::limit, "no memory for a connection", session.address_.name);
  }
  PQsetErrorVerbosity(connection, PQERRORS_VERBOSE);  // with SQLSTATE, which has no language
  PQsetNoticeProcessor(
      connection, [](void*, const char*) {}, nullptr);
  ASSAY_CHECK(session.await_connection());
  if (session.version_number() < kOldestServer) {
    return fail(ErrorKind::unsupported, "the store's server is " + session.version(),
                session.address_.name, "Use PostgreSQL 12 or newer");
  }
  return session;
}

Status PostgresSession::await_connection() const {
  PGconn* const connection = connection_.get();
  const Clock::time_point latest = Clock::now() + patience(connection);
  PostgresPollingStatusType state =
      PQstatus(connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
  while (state != PGRES_POLLING_OK) {
    if (state == PGRES_POLLING_FAILED) return tl::unexpected(connect_error());
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(latest - Clock::now()).count();
    const auto events = static_cast<short>(state == PGRES_POLLING_READING ? POLLIN : POLLOUT);
    pollfd socket{PQsocket(connection), events, 0};
    const int ready = left > 0 ? poll(&socket, 1, static_cast<int>(left)) : 0;
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) {
      return fail(ErrorKind::io, "the store's server does not answer", address_.name,
                  "Check the host and port, the network and its firewall");
    }
    state = PQconnectPoll(connection);
  }
  return {};
}

Error PostgresSession::connect_error() const {
  const std::string message = address_.safe(PQerrorMessage(connection_.get()));
  const std::string state = state_in(message);
  std::string detail = first_line(message);
  if (!state.empty()) detail = first_line(message.substr(message.find(state) + state.size() + 2));
  if (PQconnectionNeedsPassword(connection_.get()) != 0) {
    return {ErrorKind::usage, "the store's server wants a password", address_.name,
            "Put it into ~/.pgpass, or into the variable PGPASSWORD"};
  }
  if (auto known = known_error(state, detail, address_.name)) return std::move(*known);
  return {ErrorKind::io, "the store's server cannot be reached: " + detail, address_.name,
          "Check that it runs, and its host and port"};
}

Error PostgresSession::error_of(const PGresult* result) const {
  const char* const state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* const primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const std::string detail =
      address_.safe(first_line(primary != nullptr ? primary : PQerrorMessage(connection_.get())));
  if (state != nullptr) {
    if (auto known = known_error(state, detail, address_.name)) return std::move(*known);
  }
  if (PQstatus(connection_.get()) == CONNECTION_BAD) {
    return {ErrorKind::io, "the connection to the store's server was lost: " + detail,
            address_.name, std::string("Wait until it can be reached again, ") + kResume};
  }
  return {ErrorKind::io, "the store's server refuses: " + detail, address_.name,
          std::string("Look into the server's log, ") + kResume};
}

PostgresResult PostgresSession::run(const std::string& sql, const PostgresValues& values) {
  const std::vector<const char*> pointers = values.pointers();
  constexpr int as_text = 0;
  PostgresResult result(PQexecParams(connection_.get(), sql.c_str(), values.count(), values.types(),
                                     pointers.data(), nullptr, nullptr, as_text));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    throw PostgresProblem(error_of(result.get()));
  }
  return result;
}

void PostgresSession::script(const std::string& sql) {
  const PostgresResult result(PQexec(connection_.get(), sql.c_str()));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    throw PostgresProblem(error_of(result.get()));
  }
}

void PostgresSession::try_script(const char* sql) noexcept {
  PQclear(PQexec(connection_.get(), sql));
}

std::string PostgresSession::version() const {
  const char* const text = PQparameterStatus(connection_.get(), "server_version");
  std::string number = text == nullptr ? "?" : text;
  return "PostgreSQL " + number.substr(0, number.find(' '));
}

std::string storable(std::string text) {
  if (!is_utf8(text)) {
    std::string whole;
    icu::UnicodeString::fromUTF8(text).toUTF8String(whole);
    text = std::move(whole);
  }
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  for (std::size_t at = text.find('\0'); at != std::string::npos; at = text.find('\0', at)) {
    text.replace(at, 1, replacement);
  }
  return text;
}

}  // namespace assay::store
