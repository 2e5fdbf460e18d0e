// Jobs of eight minutes and more: several sources, rules, or a check of one's own.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "eval/items/agent_jobs.h"

namespace assay::eval {

AgentJob rename_files_job(Lang lang, Rng& rng) {
  const auto words = some_words(lang, rng, 14);
  AgentJob job;
  Json wanted = Json::object();
  Json absent = Json::array();
  for (const std::string& word : words) {
    const int year = static_cast<int>(rng.between(2028, 2031));
    const int month = static_cast<int>(rng.between(1, 12));
    const int day = static_cast<int>(rng.between(1, 28));
    const std::string old = "inbox/" + word + "_" + std::to_string(day) + "." +
                            std::to_string(month) + "." + std::to_string(year) + ".txt";
    const std::string text = word + " " + std::to_string(rng.between(1000, 9999)) + "\n";
    job.files.put(old, text);
    wanted[std::to_string(year) + "/" + date_text(year, month, day) + "_" + word + ".txt"] = text;
    absent.push_back(old);
  }
  job.instruction =
      lang == Lang::en
          ? "The files in inbox are named WORD_DAY.MONTH.YEAR.txt. Move each into a folder named "
            "after its year (next to inbox) and name it YEAR-MONTH-DAY_WORD.txt, with two digits "
            "for month and day. Example: inbox/x_7.3.2030.txt becomes 2030/2030-03-07_x.txt."
          : "inbox 中的文件名形如 词_日.月.年.txt。请把每个文件移到以年份命名的文件夹中（与 inbox "
            "并列），并改名为 年-月-日_词.txt，月和日用两位数字。"
            "例如：inbox/x_7.3.2030.txt 变为 2030/2030-03-07_x.txt。";
  job.check = {{"files", wanted}, {"absent", absent}};
  return job;
}

AgentJob unpaid_orders_job(Lang lang, Rng& rng) {
  std::map<int, int> due;
  while (due.size() < 40)
    due[static_cast<int>(rng.between(1000, 9999))] = static_cast<int>(rng.between(20, 900));
  std::string orders = lang == Lang::en ? "order,amount\n" : "订单,金额\n";
  std::vector<std::string> payments;
  std::vector<int> unpaid;
  for (const auto& [order, amount] : due) {
    orders += std::to_string(order) + "," + std::to_string(amount) + "\n";
    const double kind = rng.uniform();
    int paid = amount;
    if (kind < 0.15) paid = 0;
    if (kind >= 0.15 && kind < 0.3) paid = amount - static_cast<int>(rng.between(1, 15));
    if (paid < amount) unpaid.push_back(order);
    while (paid > 0) {  // in up to three parts
      const int part = rng.chance(0.5) ? paid : static_cast<int>(rng.between(1, paid));
      payments.push_back(std::to_string(order) + "," + std::to_string(part) + "\n");
      paid -= part;
    }
  }
  rng.shuffle(payments);
  std::string paid = lang == Lang::en ? "order,paid\n" : "订单,付款\n";
  for (const std::string& line : payments) paid += line;
  AgentJob job;
  job.files.put("orders.csv", orders);
  job.files.put("payments.csv", paid);
  job.instruction =
      lang == Lang::en
          ? "orders.csv says what each order costs, payments.csv what was paid for it, perhaps in "
            "parts. Write the numbers of the orders that are not fully paid into answer.txt, one a "
            "line, the smallest first."
          : "orders.csv 记录每个订单的金额，payments.csv 记录付款，可能分几次付清。"
            "把没有付清的订单编号写入 answer.txt，每行一个，从小到大。";
  job.check = {{"files", {{"answer.txt", numbers_text(unpaid)}}}};
  return job;
}

AgentJob busy_hours_job(Lang lang, Rng& rng) {
  constexpr std::array<int, 6> statuses{200, 200, 200, 404, 500, 503};
  const int limit = static_cast<int>(rng.between(3, 6));
  std::map<int, int> errors;
  std::string log;
  for (int hour = 0; hour < 24; ++hour) {
    const bool bad = rng.chance(0.25);
    int minute = 0;
    for (std::int64_t n = rng.between(4, 12); n > 0 && minute < 59; --n) {
      minute += static_cast<int>(rng.between(1, 5));
      if (minute > 59) break;
      const int status = bad ? (rng.chance(0.8) ? 500 : 503) : rng.pick(statuses);
      errors[hour] += status >= 500 ? 1 : 0;
      const std::string clock = two_digits(hour) + ":" + two_digits(minute);
      log += "2031-05-17T" + clock + " 10.0." + std::to_string(rng.between(0, 9)) + "." +
             std::to_string(rng.between(1, 250)) + " GET /page" +
             std::to_string(rng.between(1, 500)) + " " + std::to_string(status) + " " +
             std::to_string(rng.between(3, 900)) + "ms\n";
    }
  }
  std::string text;
  for (const auto& [hour, count] : errors) {
    if (count > limit) text += two_digits(hour) + " " + std::to_string(count) + "\n";
  }
  AgentJob job;
  job.files.put("logs/server.log", log);
  job.instruction =
      lang == Lang::en
          ? "logs/server.log has a line for each request: time, address, method, page, status, "
            "duration. In which hours were there more than " +
                std::to_string(limit) +
                " answers with a status of 500 or above? Write them into answer.txt, the earliest "
                "first, one a line: hour (two digits), a space, number of such answers. If there "
                "is "
                "none, leave the file empty."
          : "logs/server.log 每行记录一次请求：时间、地址、方法、页面、状态码、耗时。"
            "哪些小时内状态码为 500 及以上的应答超过 " +
                std::to_string(limit) +
                " 次？按时间先后写入 answer.txt，每行：小时（两位数字）、一个空格、这类应答的次数。"
                "如果没有，文件留空。";
  job.check = {{"files", {{"answer.txt", text}}}};
  return job;
}

namespace {

struct BrokenProgram {
  const char* name;
  const char* source;
  const char* tests;  ///< the beginning; hidden ones are added for the check
  const char* hidden;
};

constexpr std::array<BrokenProgram, 6> kBroken{{
    {"median",
     "def median(values):\n    ordered = sorted(values)\n    return ordered[len(ordered) // 2]\n",
     "assert median([3, 1, 2]) == 2\nassert median([4, 1, 3, 2]) == 2.5\n",
     "assert median([5]) == 5\nassert median([10, 2]) == 6\nassert median([7, 7, 1, 9, 8]) == 7\n"},
    {"windows",
     "def windows(items, size):\n    return [items[i:i + size] for i in range(len(items) - "
     "size)]\n",
     "assert windows([1, 2, 3], 2) == [[1, 2], [2, 3]]\n",
     "assert windows([1, 2, 3], 3) == [[1, 2, 3]]\nassert windows([1], 2) == []\n"
     "assert windows([], 1) == []\n"},
    {"unique", "def unique(items):\n    return list(set(items))\n",
     "assert unique(['b', 'a', 'b', 'c', 'a']) == ['b', 'a', 'c']\n",
     "assert unique([]) == []\nassert unique([3, 3, 1, 2, 1, 9, 8, 7]) == [3, 1, 2, 9, 8, 7]\n"},
    {"duration",
     "def duration(text):\n    hours, minutes = text.split(':')\n    return int(hours) * 100 + "
     "int(minutes)\n",
     "assert duration('2:05') == 125\n",
     "assert duration('0:00') == 0\nassert duration('10:59') == 659\n"},
    {"merge",
     "def merge(spans):\n    out = []\n    for begin, end in spans:\n        if out and begin <= "
     "out[-1][1]:\n            out[-1] = (out[-1][0], end)\n        else:\n            "
     "out.append((begin, end))\n    return out\n",
     "assert merge([(1, 5), (2, 3)]) == [(1, 5)]\nassert merge([(4, 6), (1, 2)]) == [(1, 2), (4, "
     "6)]\n",
     "assert merge([]) == []\nassert merge([(5, 9), (1, 5), (12, 13)]) == [(1, 9), (12, 13)]\n"},
    {"roman",
     "def roman(n):\n    out = ''\n    for value, mark in [(10, 'X'), (5, 'V'), (1, 'I')]:\n       "
     " "
     "while n >= value:\n            out += mark\n            n -= value\n    return out\n",
     "assert roman(4) == 'IV'\nassert roman(9) == 'IX'\nassert roman(12) == 'XII'\n",
     "assert roman(1) == 'I'\nassert roman(29) == 'XXIX'\nassert roman(14) == 'XIV'\n"
     "assert roman(38) == 'XXXVIII'\n"},
}};

}  // namespace

AgentJob fix_program_job(Lang lang, Rng& rng) {
  const BrokenProgram& broken = rng.pick(kBroken);
  const std::string module = std::string(broken.name) + "_" + std::to_string(rng.between(10, 99));
  const std::string head = "from " + module + " import " + broken.name + "\n";
  AgentJob job;
  job.files.put(module + ".py", broken.source);
  job.files.put("check.py", head + broken.tests + "print('all well')\n");
  job.instruction =
      lang == Lang::en
          ? "The function in " + module +
                ".py is wrong: `python3 check.py` fails. Mend the function "
                "(also for cases that check.py does not try) without changing check.py."
          : module +
                ".py 中的函数有错误：运行 `python3 check.py` 会失败。请修正这个函数"
                "（check.py 没有测试的情形也要正确），但不要改动 check.py。";
  job.check = {
      {"files", {{"check.py", *job.files.text("check.py")}}},
      {"tests", "import sys\nsys.path.insert(0, '.')\n" + head + broken.tests + broken.hidden}};
  return job;
}

AgentJob flatten_json_job(Lang lang, Rng& rng) {
  const auto names = some_names(lang, rng, 8);
  const auto goods = some_goods(lang, rng, 8);
  Json people = Json::array();
  std::vector<std::string> rows;
  for (const std::string& name : names) {
    Json bought = Json::array();
    const auto mine = some_goods(lang, rng, static_cast<std::size_t>(rng.between(0, 4)));
    for (const std::string& item : mine) {
      const auto pieces = rng.between(1, 9);
      const auto price = rng.between(3, 99);
      const bool back = rng.chance(0.2);
      bought.push_back({{"item", item}, {"pieces", pieces}, {"price", price}, {"returned", back}});
      if (!back) rows.push_back(name + "," + item + "," + std::to_string(pieces * price) + "\n");
    }
    people.push_back(
        {{"name", name}, {"town", some_towns(lang, rng, 1).front()}, {"bought", bought}});
  }
  std::sort(rows.begin(), rows.end());
  std::string text = "name,item,total\n";
  for (const std::string& row : rows) text += row;
  AgentJob job;
  job.files.put("people.json", people.dump(1) + "\n");
  job.instruction =
      lang == Lang::en
          ? "people.json lists people and what they have bought. Write table.csv with the header "
            "name,item,total and a row for each thing bought that was not returned; total is "
            "pieces times price. Sort the rows (without the header) as plain text, by code point."
          : "people.json 列出了一些人和他们购买的东西。请写出 table.csv：表头为 name,item,total，"
            "每件买下且没有退货（returned）的东西占一行；total 为件数（pieces）乘以价格（price）。"
            "各行（表头除外）按纯文本的码位顺序排序。";
  job.check = {{"files", {{"table.csv", text}}}};
  return job;
}

AgentJob reconcile_job(Lang lang, Rng& rng) {
  std::vector<int> amounts;
  for (int value = 101; value < 990; ++value) amounts.push_back(value);
  rng.shuffle(amounts);
  std::vector<std::string> ledger, bank, open;
  const auto id = [&](const char* mark, std::size_t i) {
    return std::string(mark) + std::to_string(100 + i);
  };
  for (std::size_t i = 0; i < 36; ++i) {
    const int day = static_cast<int>(rng.between(4, 20));
    const std::string amount = std::to_string(amounts[i]) + ".50";
    const std::string l = id("L", i);
    const std::string b = id("B", i);
    const double kind = rng.uniform();
    const bool matched = kind < 0.7;
    const bool late =
        kind >= 0.7 && kind < 0.82;  // the same amount, but more than three days apart
    if (kind < 0.91) ledger.push_back(l + "," + date_text(2031, 4, day) + "," + amount + "\n");
    if (kind < 0.82 || kind >= 0.91) {
      const int after = matched ? static_cast<int>(rng.between(-3, 3))
                        : late  ? 4 + static_cast<int>(rng.between(0, 4))
                                : 0;
      bank.push_back(b + "," + date_text(2031, 4, day + after) + "," + amount + "\n");
    }
    if (matched) continue;
    if (kind < 0.91) open.push_back(l + "\n");
    if (late || kind >= 0.91) open.push_back(b + "\n");
  }
  rng.shuffle(bank);
  std::sort(open.begin(), open.end());
  const std::string head = lang == Lang::en ? "id,date,amount\n" : "编号,日期,金额\n";
  std::string in_ledger = head, in_bank = head, text;
  for (const std::string& line : ledger) in_ledger += line;
  for (const std::string& line : bank) in_bank += line;
  for (const std::string& line : open) text += line;
  AgentJob job;
  job.files.put("ledger.csv", in_ledger);
  job.files.put("bank.csv", in_bank);
  job.instruction =
      lang == Lang::en
          ? "An entry of ledger.csv and one of bank.csv belong together if their amounts are equal "
            "and their dates are at most three days apart. Each entry has at most one partner. "
            "Write the ids of all entries without a partner, of both files, into answer.txt, one a "
            "line, sorted as text."
          : "如果 ledger.csv 和 bank.csv 中的两条记录金额相等、日期相差不超过三天，它们就是一对。"
            "每条记录最多有一个配对。把两个文件中所有没有配对的记录的编号写入 answer.txt，"
            "每行一个，按文本排序。";
  job.check = {{"files", {{"answer.txt", text}}}};
  return job;
}

AgentJob rota_job(Lang lang, Rng& rng) {
  const auto names = some_names(lang, rng, 6);
  // A plan is drawn first, so that there is one; then days off are drawn that it keeps to.
  std::vector<std::array<std::size_t, 2>> plan;
  std::vector<int> load(names.size(), 0);
  for (int day = 0; day < 14; ++day) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const bool yesterday = day > 0 && (plan.back()[0] == i || plan.back()[1] == i);
      if (!yesterday && load[i] < 6) order.push_back(i);
    }
    rng.shuffle(order);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return load[a] < load[b]; });
    plan.push_back({order[0], order[1]});
    ++load[order[0]];
    ++load[order[1]];
  }
  Json off = Json::object();
  for (std::size_t i = 0; i < names.size(); ++i) {
    Json days = Json::array();
    for (int day = 0; day < 14; ++day) {
      const auto& two = plan[static_cast<std::size_t>(day)];
      if (two[0] != i && two[1] != i && rng.chance(0.3)) days.push_back(day + 1);
    }
    off[names[i]] = days;
  }
  AgentJob job;
  job.files.put("days_off.json", off.dump(1) + "\n");
  job.instruction =
      lang == Lang::en
          ? "Plan the shifts of 14 days for the people in days_off.json, which lists the days on "
            "which each is away. Each day (1 to 14) needs exactly two different people; nobody "
            "works "
            "on two days in a row, and nobody on more than 6 days in all. Write rota.csv with the "
            "header day,first,second and a row for each day in order. Any plan that keeps to the "
            "rules is right."
          : "请为 days_off.json 中的人安排 14 天的值班，该文件列出了每个人不在的日子。"
            "每天（1 到 14）需要恰好两位不同的人；任何人都不能连续两天值班，每人总共不超过 6 天。"
            "写出 rota.csv：表头为 day,first,second，按日期顺序每天一行。"
            "任何符合这些规则的安排都算正确。";
  job.check = {{"files", {{"days_off.json", *job.files.text("days_off.json")}}},
               {"tests",
                "import csv, json\noff = json.load(open('days_off.json'))\n"
                "rows = list(csv.DictReader(open('rota.csv')))\n"
                "assert [r['day'].strip() for r in rows] == [str(d) for d in range(1, 15)]\n"
                "two = [{r['first'].strip(), r['second'].strip()} for r in rows]\n"
                "assert all(len(t) == 2 and t <= set(off) for t in two)\n"
                "for day, t in enumerate(two, 1):\n    assert all(day not in off[p] for p in t)\n"
                "assert all(not (a & b) for a, b in zip(two, two[1:]))\n"
                "assert all(sum(p in t for t in two) <= 6 for p in off)\n"}};
  return job;
}

}  // namespace assay::eval
