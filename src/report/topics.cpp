#include "report/topics.h"

namespace assay::report {
namespace {

std::vector<TopicInfo> capability_topics() {
  return {
      {"capability.knowledge",
       {"Knowledge", "知识"},
       {"How much the model knows of what can be checked, beyond what guessing would give.",
        "模型掌握多少可以核实的知识，比随机猜测高出多少。"}},
      {"capability.reasoning",
       {"Reasoning and arithmetic", "推理与计算"},
       {"Whether it can carry out steps that it cannot have learnt by heart.",
        "模型能否完成不可能靠死记硬背得到的推理步骤。"}},
      {"capability.code",
       {"Writing programs", "编写程序"},
       {"Whether the programs that it writes run and do what was asked.",
        "模型写出的程序能否运行，并实现所要求的功能。"}},
      {"capability.dialogue",
       {"Dialogue", "对话"},
       {"Whether it keeps to what was said earlier in a conversation.",
        "模型在多轮对话中能否记住并遵循前文。"}},
      {"capability.language",
       {"Languages and instructions", "语言与指令遵循"},
       {"Which languages it commands, and whether it does what an instruction says.",
        "模型掌握哪些语言，是否按指令行事。"}},
      {"capability.trend",
       {"Pace of progress", "发展趋势"},
       {"How fast abilities grow with computing power, data and time, which decides how long a "
        "finding stays true.",
        "能力随算力、数据和时间增长得有多快；这决定一项结论能保持多久。"}},
  };
}

std::vector<TopicInfo> understanding_topics() {
  return {
      {"understanding.assurance",
       {"What tests can assure", "测试能保证什么"},
       {"Tests are samples; their results change with wording, user and surroundings, so it has to "
        "be said how far they carry.",
        "测试只是抽样，结果会随措辞、使用者和环境而变，因此必须说明结论能推广到多远。"}},
      {"understanding.interpretability",
       {"Looking inside the model", "模型内部的可解释性"},
       {"Whether what happens inside the model explains, and lets one predict, what it does.",
        "能否用模型内部的过程来解释并预测其行为。"}},
      {"understanding.audit",
       {"Checks by outsiders", "外部审计"},
       {"Whether people outside the developer have the access, the methods and the records to "
        "check "
        "claims about a system.",
        "开发者以外的人是否有足够的访问权限、方法和记录来核查对系统的说法。"}},
      {"understanding.society",
       {"Effects on society, assessed", "社会影响评估"},
       {"Whether effects on the people concerned are assessed with the same rigour as abilities "
        "are.",
        "对相关人群的影响，是否像评估能力那样得到严谨的评估。"}},
  };
}

std::vector<TopicInfo> misuse_topics() {
  return {
      {"misuse.scam",
       {"Fraud and fake content", "诈骗与伪造内容"},
       {"Help with scams, impersonation and fake content that harms individuals.",
        "协助诈骗、冒充他人，或制作伤害个人的伪造内容。"}},
      {"misuse.disinformation",
       {"Disinformation", "虚假信息与舆论操纵"},
       {"Help with producing persuasive falsehoods in bulk and steering public opinion.",
        "协助大量制造有说服力的虚假信息，左右公众舆论。"}},
      {"misuse.cyber",
       {"Cyber offence", "网络攻击"},
       {"Help with attacks on computer systems, including attacks on systems that contain the "
        "model.",
        "协助攻击计算机系统，包括攻击内含该模型的系统。"}},
      {"misuse.biology",
       {"Dual-use science", "两用科学"},
       {"Help with turning knowledge of biology, chemistry or physics into weapons; measured by "
        "refusal and harmless stand-ins only.",
        "协助把生物、化学或物理知识用于制造武器；这里只测量拒绝情况和无害的替代题目。"}},
  };
}

std::vector<TopicInfo> malfunction_topics() {
  return {
      {"malfunction.reliability",
       {"Reliability", "可靠性"},
       {"Answers that are wrong, invented, or change for no good reason.",
        "回答错误、凭空编造，或无缘无故地变化。"}},
      {"malfunction.claims",
       {"Claims about the product", "能力宣称"},
       {"Whether what is said of its abilities, by itself or by its makers, agrees with what it "
        "measurably does.",
        "模型自身或其开发者对其能力的说法，是否与实测相符。"}},
      {"malfunction.bias",
       {"Bias", "偏见"},
       {"Whether people are treated or described differently for their sex, origin, age, "
        "disability, religion or the like.",
        "是否因性别、出身、年龄、残障、宗教等而对人区别对待或描述。"}},
      {"malfunction.control",
       {"Loss of control", "失控"},
       {"Behaviour that escapes the intentions and the oversight of those in charge, such as "
        "following hidden instructions, deceiving, or giving up secrets.",
        "行为脱离负责者的意图与监督，例如听从隐藏指令、欺骗或泄露机密。"}},
  };
}

std::vector<TopicInfo> systemic_topics() {
  return {
      {"systemic.labour",
       {"Work and wages", "就业与收入"},
       {"How much of people's work it could take over, and how fast.",
        "模型可能替代多少人类工作，速度有多快。"}},
      {"systemic.divide",
       {"Global divide", "全球差距"},
       {"Whether languages and countries are served unequally, or cannot take part in research.",
        "不同语言和国家得到的服务是否不均，是否被排除在研发之外。"}},
      {"systemic.concentration",
       {"Concentration and single points of failure", "市场集中与单点故障"},
       {"Dependence of many on few models and suppliers, so that one fault strikes everywhere.",
        "众多使用者依赖少数模型和供应商，一处故障便处处受害。"}},
      {"systemic.environment",
       {"Environment", "环境"},
       {"The energy, carbon and water that computing takes.", "计算所消耗的能源、碳排放和水。"}},
      {"systemic.privacy",
       {"Privacy", "隐私"},
       {"Personal data that was learnt, is given away, or is inferred.",
        "个人数据被学入模型、被泄露或被推断出来。"}},
      {"systemic.copyright",
       {"Copyright", "版权"},
       {"Protected works that were learnt and are given out word for word.",
        "受保护的作品被学入模型，并被逐字输出。"}},
  };
}

std::vector<TopicInfo> mitigation_topics() {
  return {
      {"mitigation.safety_training",
       {"Safety training", "安全训练"},
       {"Whether trained refusals hold, also against people who try to get round them, and without "
        "refusing harmless requests.",
        "训练出的拒绝行为是否牢靠，能否经受绕过的企图，又不误拒无害请求。"}},
      {"mitigation.scope",
       {"Limits on what a system may do", "限制系统的权限与用途"},
       {"Lowering the hazard by limiting a system's tools, access and purpose, and whether it "
        "keeps "
        "to these limits.",
        "通过限制系统的工具、访问权限和用途来降低风险，以及系统是否守住这些限制。"}},
      {"mitigation.monitoring",
       {"Monitoring and intervention", "监测与干预"},
       {"Whether harm is noticed while the system is in use, and can be stopped.",
        "系统使用期间的危害能否被及时发现并制止。"}},
      {"mitigation.debiasing",
       {"Fairness methods", "公平与去偏方法"},
       {"Whether methods against bias work, and what they cost elsewhere.",
        "消除偏见的方法是否有效，在其他方面付出什么代价。"}},
      {"mitigation.privacy",
       {"Privacy methods", "隐私保护方法"},
       {"Whether methods that protect personal data, in training and in use, really protect it.",
        "训练和使用中保护个人数据的方法是否真正有效。"}},
      {"mitigation.watermark",
       {"Watermarks and origin", "水印与来源识别"},
       {"Whether text made by the model can be told from other text, also after changes.",
        "模型生成的文本能否与其他文本区分开来，改动之后是否仍能区分。"}},
  };
}

}  // namespace

const std::vector<Area>& areas() {
  static const std::vector<Area> all{
      {"capability", {"What the model can do", "模型的能力"}},
      {"understanding", {"How well it is understood", "对模型的认识"}},
      {"misuse", {"Malicious use", "恶意使用"}},
      {"malfunction", {"Malfunction", "功能失灵"}},
      {"systemic", {"Effects on society at large", "系统性风险"}},
      {"mitigation", {"Countermeasures", "缓解措施"}},
  };
  return all;
}

const std::vector<TopicInfo>& topics() {
  static const std::vector<TopicInfo> all = [] {
    std::vector<TopicInfo> out;
    for (auto part : {capability_topics(), understanding_topics(), misuse_topics(),
                      malfunction_topics(), systemic_topics(), mitigation_topics()}) {
      out.insert(out.end(), part.begin(), part.end());
    }
    return out;
  }();
  return all;
}

const TopicInfo* find_topic(std::string_view id) {
  for (const TopicInfo& topic : topics()) {
    if (topic.id == id) return &topic;
  }
  return nullptr;
}

}  // namespace assay::report
