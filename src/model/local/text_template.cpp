#include "model/local/text_template.h"

#include <algorithm>
#include <jinja/lexer.h>
#include <jinja/parser.h>
#include <jinja/runtime.h>
#include <json.h>

#include "base/text.h"
#include "model/local/backend.h"

namespace assay::model::local {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 16U;
constexpr int kMostNesting = 64;

/// The deepest nesting of brackets; the engine's parser is recursive.
int nesting_of(std::string_view text) {
  int depth = 0;
  int deepest = 0;
  for (const char c : text) {
    if (c == '(' || c == '[' || c == '{') deepest = std::max(deepest, ++depth);
    if (c == ')' || c == ']' || c == '}') depth = std::max(0, depth - 1);
  }
  return deepest;
}

bool part_of_path(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '[' || c == ']';
}

/// "a.b.index(x)" becomes "index_of(a.b, x)".
std::string without_index_method(std::string source) {
  constexpr std::string_view method = ".index(";
  for (std::size_t at = source.find(method); at != std::string::npos;
       at = source.find(method, at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && part_of_path(source[begin - 1])) --begin;
    if (begin == at) continue;
    const std::string path = source.substr(begin, at - begin);
    source.replace(begin, at + method.size() - begin, "index_of(" + path + ", ");
  }
  return source;
}

/// The expression of a template that is nothing else; empty otherwise.
std::string_view single_expression(std::string_view source) {
  const std::string_view text = trim(source);
  if (!text.starts_with("{{") || !text.ends_with("}}") || text.size() < 5) return {};
  const std::string_view inner = text.substr(2, text.size() - 4);
  const bool more = inner.find("{{") != std::string_view::npos ||
                    inner.find("}}") != std::string_view::npos ||
                    inner.find("{%") != std::string_view::npos;
  return more ? std::string_view{} : trim(inner);
}

jinja::value index_of(const jinja::func_args& args) {
  args.ensure_count(2, 2);
  const auto wanted = args.get_pos(1);
  const auto list = args.get_pos(0);
  std::int64_t place = 0;
  for (const auto& item : list->as_array()) {
    if (item->as_string().str() == wanted->as_string().str()) {
      return jinja::mk_val<jinja::value_int>(place);
    }
    ++place;
  }
  throw std::runtime_error("index(): the value is not in the list");
}

/// The engine drops white space around blocks, as chat templates want it; an empty expression on
/// either side of a block keeps it. Blocks that ask for the trimming ("{%-") are left as they are.
std::string keeping_white_space(std::string_view source) {
  constexpr std::string_view nothing = "{{''}}";
  std::string out;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const std::string_view two = source.substr(i, 2);
    if (two == "{%" && source.substr(i, 3) != "{%-") out += nothing;
    out += source[i];
    const bool closed = i > 0 && source[i] == '}' && source[i - 1] == '%';
    if (closed && (i < 2 || source[i - 2] != '-')) out += nothing;
  }
  if (source.ends_with('\n')) out += nothing;
  return out;
}

jinja::program parse_program(const std::string& source) {
  jinja::lexer lexer;
  return jinja::parse_from_tokens(lexer.tokenize(source));
}

}  // namespace

struct TextTemplate::Impl {
  std::string source, where;
  jinja::program text;
  jinja::program json;  ///< of a single expression: its value as JSON
  bool single = false;

  [[nodiscard]] Result<std::string> run(const jinja::program& program,
                                        const Json& variables) const {
    const AbortGuard guard;
    try {
      jinja::context context(source);
      jinja::global_from_json(context, common_json::parse(dump_json(variables)), false);
      context.set_val("index_of", jinja::mk_val<jinja::value_func>("index_of", index_of));
      jinja::runtime runtime(context);
      const jinja::value results = runtime.execute(program);
      for (const auto& part : results->as_array()) {
        if (part->is_undefined() && part->type() != "Undefined") {  // a name stands in the type
          return fail(ErrorKind::format, "the template uses a field that is not there", where,
                      "Compare its names with the fields of the data");
        }
      }
      return jinja::runtime::gather_string_parts(results)->as_string().str();
    } catch (const std::exception& problem) {
      return fail(ErrorKind::format,
                  std::string("the template cannot be filled in: ") + problem.what(), where,
                  "Only a subset of Jinja is read; write the template more simply");
    }
  }
};

Result<TextTemplate> TextTemplate::parse(std::string source, std::string where) {
  if (source.size() > kMostBytes || nesting_of(source) > kMostNesting) {
    return fail(ErrorKind::limit, "the template is too long or nested too deeply", where,
                "Templates may have 64 KiB");
  }
  const AbortGuard guard;
  try {
    auto impl = std::make_shared<Impl>();
    impl->source = without_index_method(std::move(source));
    impl->where = where;
    impl->text = parse_program(keeping_white_space(impl->source));
    const std::string_view inner = single_expression(impl->source);
    impl->single = !inner.empty();
    if (impl->single) impl->json = parse_program("{{ (" + std::string(inner) + ") | tojson }}");
    return TextTemplate(std::move(impl));
  } catch (const std::exception& problem) {
    return fail(ErrorKind::format, std::string("the template cannot be read: ") + problem.what(),
                where, "Only a subset of Jinja is read; write the template more simply");
  }
}

Result<std::string> TextTemplate::render(const Json& variables) const {
  return impl_->run(impl_->text, variables);
}

Result<Json> TextTemplate::value(const Json& variables) const {
  if (!impl_->single) {
    ASSAY_TRY(std::string text, render(variables));
    return Json(std::move(text));
  }
  ASSAY_TRY(const std::string text, impl_->run(impl_->json, variables));
  return parse_json(text, impl_->where);
}

}  // namespace assay::model::local
