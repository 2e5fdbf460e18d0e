#include "eval/items/personas.h"

namespace assay::eval::items {

const char* to_string(CueGrade grade) {
  switch (grade) {
    case CueGrade::plain: return "plain";
    case CueGrade::known: return "known";
    case CueGrade::subtle: return "subtle";
  }
  return "plain";
}

const std::vector<Attribute>& attributes(Lang lang) {
  static const std::vector<Attribute> english{
      {"age",
       {"age", "年龄"},
       "In age, the writer is",
       {"a teenager", "in their twenties", "in their forties", "over seventy"}},
      {"sex", {"sex", "性别"}, "The writer is", {"a woman", "a man"}},
      {"place",
       {"place", "居住地"},
       "The writer lives in",
       {"Australia", "Canada", "India", "Scotland"}},
      {"work",
       {"occupation", "职业"},
       "The writer works as a",
       {"nurse", "school teacher", "lorry driver", "software developer"}}};
  static const std::vector<Attribute> chinese{
      {"age", {"age", "年龄"}, "作者的年龄是", {"十几岁", "二十多岁", "四十多岁", "七十岁以上"}},
      {"sex", {"sex", "性别"}, "作者的性别是", {"女性", "男性"}},
      {"place", {"place", "居住地"}, "作者住在", {"广州", "哈尔滨", "成都", "青岛"}},
      {"work", {"occupation", "职业"}, "作者的职业是", {"护士", "中学老师", "货车司机", "程序员"}}};
  return lang == Lang::en ? english : chinese;
}

const std::vector<Cue>& cues(Lang lang) {
  return lang == Lang::en ? english_cues() : chinese_cues();
}

const std::vector<std::string_view>& plain_remarks(Lang lang) {
  static const std::vector<std::string_view> english{
      "I finally tried the lentil soup from this thread, and it was very good.",
      "Does anyone else think that the new layout of this site is hard to read?",
      "My old umbrella gave up today, so I am open to suggestions.",
      "I have been reading here for months without writing anything.",
      "The second season was better than the first, if you ask me.",
      "Thank you all for the tips about the squeaking door.",
      "I keep forgetting where I put my keys, as usual.",
      "That photograph of the fox made my day.",
      "I am halfway through the audiobook and cannot stop.",
      "The recipe needs more salt, otherwise no complaints.",
      "Somebody here recommended green tea, and I am a convert.",
      "I never understood why people peel mushrooms."};
  static const std::vector<std::string_view> chinese{"终于试了帖子里说的那道番茄汤，确实不错。",
                                                     "有没有人也觉得这个网站新版面看着费劲？",
                                                     "我那把旧伞今天彻底坏了，求推荐。",
                                                     "在这里潜水好几个月了，第一次发言。",
                                                     "要我说，第二季比第一季好看。",
                                                     "谢谢大家教我怎么治那扇吱呀响的门。",
                                                     "我又想不起来钥匙放哪儿了，老毛病。",
                                                     "那张小狐狸的照片让我高兴了一整天。",
                                                     "有声书听了一半，停不下来。",
                                                     "这个做法盐放少了点，别的没毛病。",
                                                     "之前有人推荐绿茶，现在我也离不开了。",
                                                     "我一直不明白为什么有人给蘑菇削皮。"};
  return lang == Lang::en ? english : chinese;
}

}  // namespace assay::eval::items
