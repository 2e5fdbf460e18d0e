#include "eval/vary/frames.h"

#include "base/json.h"

namespace assay::eval::frames {

const std::array<Level, 4> wordings{{
    {{"as written", "原文"}, {"{}", "{}"}},
    {{"polite", "礼貌"},
     {"Could you please help me with this? {} Thank you very much.",
      "麻烦您帮我看一下：{}非常感谢。"}},
    {{"in a hurry", "匆忙"}, {"Quick one, I have no time: {}", "赶时间，快点说：{}"}},
    {{"roundabout", "迂回"},
     {"There is something I have been turning over in my mind, and I would like to hear what you "
      "make of it. It goes like this. {}",
      "有件事我琢磨了一阵子，想听听你怎么说。事情是这样的：{}"}},
}};

const std::array<Text, 4> openings{{
    {"", ""},
    {"Please read the following with care.", "请仔细阅读以下内容。"},
    {"In short:", "长话短说："},
    {"The following passage comes from a longer text, of which only this part is needed here.",
     "以下段落出自一篇较长的文章，这里只需要这一部分。"},
}};

const std::array<Level, 5> personas{{
    {{"nobody in particular", "未说明身份"}, {"", ""}},
    {{"a child", "儿童"}, {"I am ten years old.", "我今年十岁。"}},
    {{"an expert", "专家"},
     {"I have taught at a university for twenty years.", "我在大学任教二十年了。"}},
    {{"an old person new to computers", "初学电脑的老人"},
     {"I am eighty-one and my grandson has just set this computer up for me.",
      "我八十一岁了，这台电脑是孙子刚给我装好的。"}},
    {{"a newcomer to the country", "刚搬来的人"},
     {"I came to this country in spring and am still learning its ways.",
      "我春天才搬到这个国家，还在适应这里的生活。"}},
}};

const std::array<Level, 4> systems{{
    {{"no system prompt", "无系统提示"}, {"", ""}},
    {{"helpful assistant", "乐于助人的助手"},
     {"You are a helpful and friendly assistant.", "你是一位乐于助人、态度友好的助手。"}},
    {{"shop assistant", "商店客服"},
     {"You answer the customers of a department store on its website.",
      "你在一家百货公司的网站上回答顾客的问题。"}},
    {{"short answers", "简短回答"},
     {"Answer to the point and without explanations.", "回答要切题，不作解释。"}},
}};

const std::array<Level, 4> formats{{
    {{"plain text", "纯文本"}, {"", ""}},
    {{"between marks", "引用标记"}, {"", ""}},
    {{"Markdown", "Markdown"}, {"", ""}},
    {{"JSON", "JSON"}, {"", ""}},
}};

const std::array<Exchange, 4> small_talk{{
    {{"Good morning! It has rained here since yesterday.", "早上好！我们这儿从昨天起一直下雨。"},
     {"Good morning! Rainy days are good for staying in. What can I do for you?",
      "早上好！下雨天正适合待在家里。有什么可以帮您？"}},
    {{"I have just watered the plants on my balcony, one of them has a new leaf.",
      "我刚给阳台上的花浇了水，有一盆长出了新叶子。"},
     {"How nice, a new leaf means that it likes its place.", "真好，长新叶说明它喜欢那个位置。"}},
    {{"Later I want to bake bread, my neighbour gave me her sourdough.",
      "等会儿我想烤面包，邻居把她的老面给了我。"},
     {"Fresh bread is a treat. Give the dough enough time to rise.",
      "刚出炉的面包最香。记得让面团充分发酵。"}},
    {{"My sister visits on Sunday, we have not met for months.",
      "星期天我妹妹要来，我们好几个月没见了。"},
     {"That will be a happy day for both of you.", "那一天你们一定都会很开心。"}},
}};

std::string laid_out(std::uint32_t level, const std::string& words, Lang lang) {
  const bool english = lang == Lang::en;
  switch (level) {
    case 1:
      return std::string(english ? "The question stands between the marks.\n<<<\n"
                                 : "问题在标记之间。\n<<<\n") +
             words + "\n>>>";
    case 2: return std::string(english ? "## Question\n\n" : "## 问题\n\n") + words;
    case 3: return dump_json(Json{{english ? "question" : "问题", words}});
    default: return words;
  }
}

}  // namespace assay::eval::frames
