// Jobs of up to five minutes: one look or one sum.
#include <algorithm>
#include <map>

#include "eval/items/agent_jobs.h"

namespace assay::eval {

AgentJob write_word_job(Lang lang, Rng& rng) {
  const std::string word =
      some_words(lang, rng, 1).front() + "-" + std::to_string(rng.between(10, 99));
  AgentJob job;
  job.instruction = lang == Lang::en
                        ? "Write the word " + word + " into a new file named answer.txt."
                        : "把“" + word + "”写入一个名为 answer.txt 的新文件。";
  job.files.put("README", lang == Lang::en ? "Your work folder.\n" : "你的工作文件夹。\n");
  job.check = {{"files", {{"answer.txt", word}}}};
  return job;
}

AgentJob first_line_job(Lang lang, Rng& rng) {
  const auto words = some_words(lang, rng, 8);
  std::string text;
  for (const std::string& word : words)
    text += word + " " + std::to_string(rng.between(100, 999)) + "\n";
  const std::string name = "list-" + std::to_string(rng.between(10, 99)) + ".txt";
  AgentJob job;
  job.instruction = lang == Lang::en
                        ? "Copy the first line of " + name + " into a new file named answer.txt."
                        : "把 " + name + " 的第一行复制到名为 answer.txt 的新文件中。";
  job.files.put(name, text);
  job.check = {{"files", {{"answer.txt", text.substr(0, text.find('\n'))}}}};
  return job;
}

AgentJob count_lines_job(Lang lang, Rng& rng) {
  const auto words = some_words(lang, rng, 9);
  const std::string& wanted = words.front();
  std::string text;
  int count = 0;
  for (std::int64_t lines = rng.between(60, 120); lines > 0; --lines) {
    std::string line;
    bool has = false;
    for (std::int64_t n = rng.between(3, 7); n > 0; --n) {
      const std::string& word = rng.chance(0.05) ? wanted : words[1 + rng.index(words.size() - 1)];
      has = has || word == wanted;
      line += (line.empty() ? "" : " ") + word;
    }
    count += has ? 1 : 0;
    text += line + "\n";
  }
  AgentJob job;
  job.instruction = lang == Lang::en ? "How many lines of notes.txt contain the word " + wanted +
                                           "? Write only the number into answer.txt."
                                     : "notes.txt 中有多少行包含词语“" + wanted +
                                           "”？只把这个数字写入 answer.txt。";
  job.files.put("notes.txt", text);
  job.check = {{"files", {{"answer.txt", std::to_string(count)}}}};
  return job;
}

AgentJob find_file_job(Lang lang, Rng& rng) {
  const auto words = some_words(lang, rng, 20);
  const std::string code = std::to_string(rng.between(100000, 999999));
  AgentJob job;
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < 15; ++i) {
    const std::string path = "box" + std::to_string(rng.between(1, 4)) + "/shelf" +
                             std::to_string(rng.between(1, 3)) + "/note-" + std::to_string(i) +
                             ".txt";
    std::string text;
    for (int n = 0; n < 6; ++n)
      text += rng.pick(words) + " " + std::to_string(rng.between(100000, 999999)) + "\n";
    job.files.put(path, text);
    paths.push_back(path);
  }
  const std::string& wanted = rng.pick(paths);
  job.files.put(wanted, *job.files.text(wanted) + words[0] + " #" + code + "\n");
  job.instruction = lang == Lang::en
                        ? "One of the files in the folders box1 to box4 contains #" + code +
                              ". Write its path (like box1/shelf2/note-3.txt) into answer.txt."
                        : "box1 到 box4 文件夹里有一个文件含有 #" + code +
                              "。把它的路径（形如 box1/shelf2/note-3.txt）写入 answer.txt。";
  job.check = {{"files", {{"answer.txt", wanted}}}};
  return job;
}

namespace {

struct Sale {
  int month;
  std::string town, item, customer;
  int amount;
};

std::string sales_csv(Lang lang, Rng& rng, const std::vector<Sale>& sales) {
  std::string text =
      lang == Lang::en ? "date,town,customer,item,amount\n" : "日期,城镇,客户,商品,金额\n";
  for (const Sale& sale : sales) {
    text += date_text(2031, sale.month, static_cast<int>(rng.between(1, 28))) + "," + sale.town +
            "," + sale.customer + "," + sale.item + "," + std::to_string(sale.amount) + "\n";
  }
  return text;
}

std::vector<Sale> some_sales(Lang lang, Rng& rng, std::size_t count) {
  const auto towns = some_towns(lang, rng, 5);
  const auto goods = some_goods(lang, rng, 6);
  const auto names = some_names(lang, rng, 12);
  std::vector<Sale> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back({static_cast<int>(rng.between(1, 6)), rng.pick(towns), rng.pick(goods),
                   rng.pick(names), static_cast<int>(rng.between(5, 480))});
  }
  return out;
}

}  // namespace

AgentJob sum_column_job(Lang lang, Rng& rng) {
  const auto sales = some_sales(lang, rng, static_cast<std::size_t>(rng.between(80, 140)));
  const std::string town = rng.pick(sales).town;
  const int month = rng.pick(sales).month;
  int sum = 0;
  for (const Sale& sale : sales) sum += sale.town == town && sale.month == month ? sale.amount : 0;
  AgentJob job;
  job.files.put("sales.csv", sales_csv(lang, rng, sales));
  const std::string when = date_text(2031, month, 1).substr(0, 7);
  job.instruction = lang == Lang::en
                        ? "sales.csv lists sales. Add up the amounts of the town " + town +
                              " in the month " + when + ", and write only the sum into answer.txt."
                        : "sales.csv 记录了销售情况。把" + town + "在 " + when +
                              " 这个月的金额相加，只把总和写入 answer.txt。";
  job.check = {{"files", {{"answer.txt", std::to_string(sum)}}}};
  return job;
}

AgentJob top_customers_job(Lang lang, Rng& rng) {
  while (true) {
    const auto sales = some_sales(lang, rng, static_cast<std::size_t>(rng.between(90, 150)));
    std::map<std::string, int> totals;
    for (const Sale& sale : sales) totals[sale.customer] += sale.amount;
    std::vector<std::pair<int, std::string>> order;
    for (const auto& [name, total] : totals) order.emplace_back(-total, name);
    std::sort(order.begin(), order.end());
    bool tie = order.size() < 4;
    for (std::size_t i = 0; !tie && i < 3; ++i) tie = order[i].first == order[i + 1].first;
    if (tie) continue;
    std::string text;
    for (std::size_t i = 0; i < 3; ++i)
      text += order[i].second + " " + std::to_string(-order[i].first) + "\n";
    AgentJob job;
    job.files.put("sales.csv", sales_csv(lang, rng, sales));
    job.instruction =
        lang == Lang::en
            ? "sales.csv lists sales. Which three customers have the highest total amount? Write "
              "them into answer.txt, the highest first, one a line: name, a space, total."
            : "sales.csv 记录了销售情况。总金额最高的三位客户是谁？从高到低写入 answer.txt，"
              "每行一位：姓名、一个空格、总金额。";
    job.check = {{"files", {{"answer.txt", text}}}};
    return job;
  }
}

}  // namespace assay::eval
