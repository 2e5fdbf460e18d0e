#include "eval/items/bug_items.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "eval/items/draw.h"

namespace assay::eval {
namespace {

struct Domain {
  std::string_view noun, plural, zh;
};

constexpr Domain kDomains[] = {
    {"license", "licenses", "许可证"},
    {"ticket", "tickets", "工单"},
    {"recipe", "recipes", "菜谱"},
    {"report", "reports", "报告"},
    {"photo", "photos", "照片"},
    {"course", "courses", "课程"},
    {"booking", "bookings", "预订"},
    {"parcel", "parcels", "包裹"},
    {"bulletin", "bulletins", "公告"},
    {"device", "devices", "设备"},
    {"movie", "movies", "电影"},
    {"song", "songs", "歌曲"},
    {"painting", "paintings", "画作"},
    {"garden", "gardens", "园地"},
    {"team", "teams", "球队"},
    {"vehicle", "vehicles", "车辆"},
    {"loan", "loans", "借阅记录"},
    {"donation", "donations", "捐款"},
    {"survey", "surveys", "问卷"},
    {"contract", "contracts", "合同"},
    {"voucher", "vouchers", "优惠券"},
    {"lesson", "lessons", "课时"},
    {"sample", "samples", "样品"},
    {"letter", "letters", "信件"},
    {"reservation", "reservations", "订座"},
    {"poster", "posters", "海报"},
};

constexpr std::string_view kFields[] = {"title", "city", "label", "topic", "color", "street"};
constexpr std::string_view kNumbers[] = {"8", "12", "16", "20", "24", "32", "40"};

const std::array<BugClass, 19>& classes() {
  static const std::array<BugClass, 19> all{{
      {"sql", "CWE-89", {"SQL injection", "SQL 注入"}, true, "command,escape,format"},
      {"path", "CWE-22", {"path traversal", "路径穿越"}, true, "race,command"},
      {"command",
       "CWE-78",
       {"shell command injection", "命令注入"},
       true,
       "path,format,escape,eval"},
      {"escape",
       "CWE-79/116",
       {"output that is not escaped", "输出未转义"},
       true,
       "log,sql,command,redirect,format"},
      {"redirect", "CWE-601", {"an open redirect", "开放重定向"}},
      {"eval", "CWE-95/502", {"evaluation of untrusted data", "对不可信数据求值或反序列化"}},
      {"bounds",
       "CWE-125/787",
       {"an out-of-bounds access", "越界访问"},
       true,
       "integer,freed,format"},
      {"integer",
       "CWE-190/197",
       {"an integer overflow or sign error", "整数溢出或符号错误"},
       true,
       "bounds"},
      {"freed", "CWE-416", {"use of freed memory", "使用已释放的内存"}, true, "bounds,race"},
      {"format",
       "CWE-134",
       {"a format string controlled by input", "格式化字符串可被输入控制"},
       true,
       "command,bounds,log,eval"},
      {"random", "CWE-338", {"predictable random numbers", "可预测的随机数"}, true, "secret,hash"},
      {"race",
       "CWE-367",
       {"a race between check and use", "检查与使用之间的竞态"},
       true,
       "path,freed"},
      {"secret",
       "CWE-798",
       {"a hard-coded secret", "硬编码的密钥"},
       true,
       "random,hash,timing,log"},
      {"hash",
       "CWE-759/916",
       {"weak password hashing", "口令散列太弱"},
       true,
       "secret,random,timing"},
      {"timing",
       "CWE-208",
       {"a comparison that leaks timing", "会泄露时间信息的比较"},
       true,
       "secret,hash"},
      {"tls", "CWE-295", {"a disabled certificate check", "关闭了证书校验"}},
      {"log", "CWE-532", {"a secret written to output", "把机密写进输出"}, true, "secret,escape"},
      {"check", "CWE-862", {"a missing permission check", "缺少权限检查"}, false},
      {"validation", "CWE-20", {"an incomplete input check", "输入检查不完整"}, false},
  }};
  return all;
}

struct Comment {
  Text text, subject;
};

const std::array<Comment, 8>& comments() {
  static const std::array<Comment, 8> all{{
      {{"Called from the overview page.", "由总览页面调用。"}, {"the overview page", "总览页面"}},
      {{"Also used for the monthly report.", "月度报表也会用到。"},
       {"the monthly report", "月度报表"}},
      {{"Moved here from the old shop module.", "从旧的商店模块移过来。"},
       {"the old shop module", "旧的商店模块"}},
      {{"The mobile app uses it as well.", "手机应用也会用到。"}, {"the mobile app", "手机应用"}},
      {{"See the team's handbook for the names.", "命名见团队手册。"},
       {"the team's handbook", "团队手册"}},
      {{"The search page needs it once per query.", "搜索页面每次查询用一次。"},
       {"the search page", "搜索页面"}},
      {{"Kept short for the training course.", "为培训课程而写得简短。"},
       {"the training course", "培训课程"}},
      {{"Part of the spring release.", "属于春季发布的内容。"}, {"the spring release", "春季发布"}},
  }};
  return all;
}

std::string version(const std::vector<BugLine>& lines, bool flawed) {
  std::string text;
  for (const BugLine& line : lines) {
    if (flawed ? line.flawed : line.mended) text += line.text + "\n";
  }
  return text;
}

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

}  // namespace

std::span<const BugClass> bug_classes() { return classes(); }

const BugClass& bug_class(std::string_view key) {
  for (const BugClass& one : classes()) {
    if (one.key == key) return one;
  }
  return classes().front();
}

std::vector<const BugTemplate*> bug_templates() {
  std::vector<const BugTemplate*> all;
  for (const auto bank :
       {python_input_bugs(), python_logic_bugs(), python_secret_bugs(), c_bugs()}) {
    for (const BugTemplate& one : bank) all.push_back(&one);
  }
  return all;
}

std::string BugProgram::flawed() const { return version(lines, true); }
std::string BugProgram::mended() const { return version(lines, false); }

std::array<std::string, 7> code_words(Rng& rng) {
  const Domain& domain = rng.pick(kDomains);
  return {std::string(domain.noun),        std::string(domain.plural),     std::string(domain.zh),
          std::string(rng.pick(kNumbers)), std::string(rng.pick(kFields)), "",
          upper(std::string(domain.noun))};
}

BugProgram bug_program(const BugTemplate& made_from, Lang lang, Rng& rng) {
  std::array<std::string, 7> words = code_words(rng);
  words[5] = fill(lang == Lang::en ? made_from.doc_en : made_from.doc_zh, words);
  BugProgram program;
  program.id = made_from.id;
  program.weakness = made_from.weakness;
  program.c_like = made_from.id.starts_with("c_");
  for (const std::string& line : split(made_from.diff, '\n')) {
    if (line.empty()) continue;
    const char kind = line.front();
    program.lines.push_back({fill(std::string_view(line).substr(1), words), kind != '+',
                             kind != '-' && kind != '!', kind == '!' || kind == '~', kind == ':'});
  }
  program.name = fill(made_from.name, words);
  program.setup = fill(made_from.setup, words);
  program.works = fill(made_from.works, words);
  program.safe = fill(made_from.safe, words);
  program.message = fill(made_from.message, words);
  return program;
}

std::string neutral_comment(bool c_like, Lang lang, std::size_t number) {
  return std::string(c_like ? "// " : "# ") + comments().at(number).text.in(lang);
}

std::size_t neutral_comments() { return comments().size(); }

std::string comment_subject(Lang lang, std::size_t number) {
  return comments().at(number).subject.in(lang);
}

}  // namespace assay::eval
