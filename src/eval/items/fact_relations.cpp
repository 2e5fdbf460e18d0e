// Facts that are pairs of one relation; see facts.h.
#include "eval/items/facts.h"

namespace assay::eval {
namespace {

constexpr FactPair kCapitals[] = {
    {"France", "Paris", "法国", "巴黎"},
    {"Japan", "Tokyo", "日本", "东京"},
    {"Egypt", "Cairo", "埃及", "开罗"},
    {"Canada", "Ottawa", "加拿大", "渥太华"},
    {"Australia", "Canberra", "澳大利亚", "堪培拉"},
    {"Germany", "Berlin", "德国", "柏林"},
    {"Italy", "Rome", "意大利", "罗马"},
    {"Spain", "Madrid", "西班牙", "马德里"},
    {"Russia", "Moscow", "俄罗斯", "莫斯科"},
    {"Greece", "Athens", "希腊", "雅典"},
    {"Thailand", "Bangkok", "泰国", "曼谷"},
    {"Vietnam", "Hanoi", "越南", "河内"},
    {"Cuba", "Havana", "古巴", "哈瓦那"},
    {"Peru", "Lima", "秘鲁", "利马"},
    {"Kenya", "Nairobi", "肯尼亚", "内罗毕"},
    {"Norway", "Oslo", "挪威", "奥斯陆"},
    {"Sweden", "Stockholm", "瑞典", "斯德哥尔摩"},
    {"Finland", "Helsinki", "芬兰", "赫尔辛基"},
    {"Portugal", "Lisbon", "葡萄牙", "里斯本"},
    {"Poland", "Warsaw", "波兰", "华沙"},
    {"Austria", "Vienna", "奥地利", "维也纳"},
    {"Hungary", "Budapest", "匈牙利", "布达佩斯"},
    {"Turkey", "Ankara", "土耳其", "安卡拉"},
    {"Iran", "Tehran", "伊朗", "德黑兰"},
    {"Iraq", "Baghdad", "伊拉克", "巴格达"},
    {"Argentina", "Buenos Aires", "阿根廷", "布宜诺斯艾利斯"},
    {"Ireland", "Dublin", "爱尔兰", "都柏林"},
    {"Denmark", "Copenhagen", "丹麦", "哥本哈根"},
    {"Mongolia", "Ulaanbaatar", "蒙古国", "乌兰巴托"},
    {"New Zealand", "Wellington", "新西兰", "惠灵顿"},
    {"Nepal", "Kathmandu", "尼泊尔", "加德满都"},
    {"South Korea", "Seoul", "韩国", "首尔"},
};

constexpr FactPair kContinents[] = {
    {"Kenya", "Africa", "肯尼亚", "非洲"},
    {"Nigeria", "Africa", "尼日利亚", "非洲"},
    {"Ghana", "Africa", "加纳", "非洲"},
    {"Ethiopia", "Africa", "埃塞俄比亚", "非洲"},
    {"Brazil", "South America", "巴西", "南美洲"},
    {"Peru", "South America", "秘鲁", "南美洲"},
    {"Chile", "South America", "智利", "南美洲"},
    {"Canada", "North America", "加拿大", "北美洲"},
    {"Mexico", "North America", "墨西哥", "北美洲"},
    {"Cuba", "North America", "古巴", "北美洲"},
    {"Germany", "Europe", "德国", "欧洲"},
    {"Italy", "Europe", "意大利", "欧洲"},
    {"Poland", "Europe", "波兰", "欧洲"},
    {"Japan", "Asia", "日本", "亚洲"},
    {"India", "Asia", "印度", "亚洲"},
    {"Vietnam", "Asia", "越南", "亚洲"},
};

constexpr FactPair kSymbols[] = {
    {"gold", "Au", "金", "Au"},      {"silver", "Ag", "银", "Ag"},   {"iron", "Fe", "铁", "Fe"},
    {"copper", "Cu", "铜", "Cu"},    {"sodium", "Na", "钠", "Na"},   {"potassium", "K", "钾", "K"},
    {"lead", "Pb", "铅", "Pb"},      {"tin", "Sn", "锡", "Sn"},      {"mercury", "Hg", "汞", "Hg"},
    {"oxygen", "O", "氧", "O"},      {"hydrogen", "H", "氢", "H"},   {"carbon", "C", "碳", "C"},
    {"nitrogen", "N", "氮", "N"},    {"helium", "He", "氦", "He"},   {"calcium", "Ca", "钙", "Ca"},
    {"zinc", "Zn", "锌", "Zn"},      {"chlorine", "Cl", "氯", "Cl"}, {"sulfur", "S", "硫", "S"},
    {"magnesium", "Mg", "镁", "Mg"}, {"tungsten", "W", "钨", "W"},
};

constexpr FactPair kCurrencies[] = {
    {"Japan", "yen", "", ""},
    {"India", "rupee", "印度", "卢比"},
    {"the United Kingdom", "pound", "", ""},
    {"Russia", "rouble", "俄罗斯", "卢布"},
    {"Mexico", "peso", "墨西哥", "比索"},
    {"Poland", "zloty", "波兰", "兹罗提"},
    {"Thailand", "baht", "", ""},
    {"Vietnam", "dong", "", ""},
    {"South Korea", "won", "", ""},
    {"Israel", "shekel", "以色列", "谢克尔"},
    {"South Africa", "rand", "南非", "兰特"},
    {"Sweden", "krona", "瑞典", "克朗"},
    {"China", "yuan", "中国", "人民币"},
    {"Switzerland", "franc", "瑞士", "法郎"},
    {"Turkey", "lira", "土耳其", "里拉"},
    {"Hungary", "forint", "匈牙利", "福林"},
};

constexpr FactPair kLanguages[] = {
    {"Brazil", "Portuguese", "巴西", "葡萄牙语"}, {"Angola", "Portuguese", "安哥拉", "葡萄牙语"},
    {"Egypt", "Arabic", "埃及", "阿拉伯语"},      {"Jordan", "Arabic", "约旦", "阿拉伯语"},
    {"Austria", "German", "奥地利", "德语"},      {"Liechtenstein", "German", "列支敦士登", "德语"},
    {"Mexico", "Spanish", "墨西哥", "西班牙语"},  {"Argentina", "Spanish", "阿根廷", "西班牙语"},
    {"Cuba", "Spanish", "古巴", "西班牙语"},      {"Iran", "Persian", "伊朗", "波斯语"},
    {"Suriname", "Dutch", "苏里南", "荷兰语"},    {"Jamaica", "English", "牙买加", "英语"},
    {"Monaco", "French", "摩纳哥", "法语"},
};

constexpr FactPair kAuthors[] = {
    {"Hamlet", "William Shakespeare", "《哈姆雷特》", "莎士比亚"},
    {"Dream of the Red Chamber", "Cao Xueqin", "《红楼梦》", "曹雪芹"},
    {"Journey to the West", "Wu Cheng'en", "《西游记》", "吴承恩"},
    {"The True Story of Ah Q", "Lu Xun", "《阿Q正传》", "鲁迅"},
    {"Rickshaw Boy", "Lao She", "《骆驼祥子》", "老舍"},
    {"War and Peace", "Leo Tolstoy", "《战争与和平》", "托尔斯泰"},
    {"Les Misérables", "Victor Hugo", "《悲惨世界》", "雨果"},
    {"The Old Man and the Sea", "Ernest Hemingway", "《老人与海》", "海明威"},
    {"Don Quixote", "Miguel de Cervantes", "《堂吉诃德》", "塞万提斯"},
    {"the Divine Comedy", "Dante Alighieri", "《神曲》", "但丁"},
    {"the drama Faust, Part One", "Johann Wolfgang von Goethe", "《浮士德》", "歌德"},
    {"Animal Farm", "George Orwell", "《动物农场》", "奥威尔"},
    {"Pride and Prejudice", "Jane Austen", "《傲慢与偏见》", "简·奥斯汀"},
    {"A Tale of Two Cities", "Charles Dickens", "《双城记》", "狄更斯"},
    {"Crime and Punishment", "Fyodor Dostoevsky", "《罪与罚》", "陀思妥耶夫斯基"},
    {"The Metamorphosis", "Franz Kafka", "《变形记》", "卡夫卡"},
};

constexpr FactPair kDiscoveries[] = {
    {"The general theory of relativity comes from", "Albert Einstein", "提出广义相对论的科学家是",
     "爱因斯坦"},
    {"The law of universal gravitation comes from", "Isaac Newton", "提出万有引力定律的科学家是",
     "牛顿"},
    {"The theory of evolution by natural selection comes from", "Charles Darwin",
     "提出自然选择学说的科学家是", "达尔文"},
    {"Penicillin was discovered in 1928 by", "Alexander Fleming", "1928年发现青霉素的科学家是",
     "弗莱明"},
    {"The first widely recognised periodic table came from", "Dmitri Mendeleev",
     "发现元素周期律的科学家是", "门捷列夫"},
    {"A Nobel Prize for the discovery of radium and polonium went to", "Marie Curie",
     "因发现镭和钋而获得诺贝尔奖的科学家是", "居里夫人"},
    {"Dynamite was invented by", "Alfred Nobel", "发明达纳炸药的瑞典化学家是", "诺贝尔"},
    {"X-rays were discovered in 1895 by", "Wilhelm Röntgen", "1895年发现X射线的科学家是", "伦琴"},
    {"The book of 1543 that put the Sun in the centre was written by", "Nicolaus Copernicus",
     "1543年出版《天体运行论》的天文学家是", "哥白尼"},
    {"The laws of heredity in pea plants were found by", "Gregor Mendel",
     "通过豌豆实验发现遗传规律的人是", "孟德尔"},
    {"The vaccine against rabies was developed by", "Louis Pasteur", "研制出狂犬病疫苗的科学家是",
     "巴斯德"},
    {"The three laws of planetary motion were found by", "Johannes Kepler",
     "发现行星运动三大定律的天文学家是", "开普勒"},
    {"The World Wide Web was invented by", "Tim Berners-Lee", "发明万维网的人是", "蒂姆·伯纳斯-李"},
};

constexpr FactPair kLandmarks[] = {
    {"The Eiffel Tower", "France", "埃菲尔铁塔", "法国"},
    {"The Taj Mahal", "India", "泰姬陵", "印度"},
    {"The Colosseum", "Italy", "古罗马斗兽场", "意大利"},
    {"Machu Picchu", "Peru", "马丘比丘古城", "秘鲁"},
    {"The ancient city of Petra", "Jordan", "佩特拉古城", "约旦"},
    {"Angkor Wat", "Cambodia", "吴哥窟", "柬埔寨"},
    {"The Acropolis", "Greece", "雅典卫城", "希腊"},
    {"Big Ben", "England", "大本钟", "英国"},
    {"Mount Fuji", "Japan", "富士山", "日本"},
    {"The Kremlin", "Russia", "克里姆林宫", "俄罗斯"},
    {"The Sydney Opera House", "Australia", "悉尼歌剧院", "澳大利亚"},
    {"The Great Pyramid of Giza", "Egypt", "吉萨大金字塔", "埃及"},
    {"Chichen Itza", "Mexico", "奇琴伊察", "墨西哥"},
    {"The Brandenburg Gate", "Germany", "勃兰登堡门", "德国"},
    {"The Sagrada Família", "Spain", "圣家族大教堂", "西班牙"},
};

constexpr FactPair kClasses[] = {
    {"whales", "mammals", "鲸", "哺乳动物"},
    {"bats", "mammals", "蝙蝠", "哺乳动物"},
    {"dolphins", "mammals", "海豚", "哺乳动物"},
    {"horses", "mammals", "马", "哺乳动物"},
    {"penguins", "birds", "企鹅", "鸟类"},
    {"ostriches", "birds", "鸵鸟", "鸟类"},
    {"eagles", "birds", "鹰", "鸟类"},
    {"frogs", "amphibians", "青蛙", "两栖动物"},
    {"toads", "amphibians", "蟾蜍", "两栖动物"},
    {"salamanders", "amphibians", "蝾螈", "两栖动物"},
    {"snakes", "reptiles", "蛇", "爬行动物"},
    {"lizards", "reptiles", "蜥蜴", "爬行动物"},
    {"turtles", "reptiles", "乌龟", "爬行动物"},
    {"crocodiles", "reptiles", "鳄鱼", "爬行动物"},
    {"sharks", "fish", "", ""},
    {"salmon", "fish", "", ""},
    {"ants", "insects", "蚂蚁", "昆虫"},
    {"butterflies", "insects", "蝴蝶", "昆虫"},
    {"beetles", "insects", "甲虫", "昆虫"},
    {"mosquitoes", "insects", "蚊子", "昆虫"},
};

constexpr FactPair kInstruments[] = {
    {"A thermometer", "temperature", "", ""},
    {"A barometer", "air pressure", "", ""},
    {"A clock", "time", "", ""},
    {"A pair of scales", "weight", "", ""},
    {"A ruler", "length", "", ""},
    {"A hygrometer", "humidity", "", ""},
    {"A protractor", "angles", "", ""},
    {"A seismograph", "earthquakes", "", ""},
};

constexpr FactPair kOpposites[] = {
    {"hot", "cold", "热", "冷"},      {"big", "small", "大", "小"},
    {"rich", "poor", "贫穷", "富裕"}, {"early", "late", "早", "晚"},
    {"full", "empty", "满", "空"},    {"heavy", "light", "重", "轻"},
    {"strong", "weak", "强", "弱"},   {"wet", "dry", "湿", "干"},
    {"happy", "sad", "高兴", "难过"}, {"fast", "slow", "快", "慢"},
    {"hard", "soft", "硬", "软"},     {"true", "false", "真", "假"},
    {"above", "below", "上", "下"},   {"buy", "sell", "买", "卖"},
    {"arrive", "leave", "来", "去"},  {"begin", "end", "开始", "结束"},
    {"win", "lose", "赢", "输"},      {"inside", "outside", "里", "外"},
};

constexpr FactPair kPastTense[] = {
    {"go", "went", "", ""},      {"eat", "ate", "", ""},     {"see", "saw", "", ""},
    {"write", "wrote", "", ""},  {"buy", "bought", "", ""},  {"take", "took", "", ""},
    {"drink", "drank", "", ""},  {"fly", "flew", "", ""},    {"swim", "swam", "", ""},
    {"teach", "taught", "", ""}, {"break", "broke", "", ""}, {"sleep", "slept", "", ""},
    {"give", "gave", "", ""},    {"run", "ran", "", ""},     {"speak", "spoke", "", ""},
    {"know", "knew", "", ""},
};

constexpr FactPair kIdioms[] = {
    {"", "", "画蛇添", "足"}, {"", "", "守株待", "兔"}, {"", "", "亡羊补", "牢"},
    {"", "", "对牛弹", "琴"}, {"", "", "井底之", "蛙"}, {"", "", "狐假虎", "威"},
    {"", "", "掩耳盗", "铃"}, {"", "", "刻舟求", "剑"}, {"", "", "杯弓蛇", "影"},
    {"", "", "愚公移", "山"}, {"", "", "一箭双", "雕"}, {"", "", "胸有成", "竹"},
    {"", "", "雪中送", "炭"}, {"", "", "锦上添", "花"}, {"", "", "水落石", "出"},
    {"", "", "画龙点", "睛"}, {"", "", "破釜沉", "舟"}, {"", "", "闻鸡起", "舞"},
};

constexpr FactRelation kRelations[] = {
    {"geography", "The capital of {0} is", "{0}的首都是", kCapitals},
    {"geography", "{0} is a country in", "{0}这个国家位于", kContinents},
    {"science", "The chemical symbol for {0} is", "{0}的化学元素符号是", kSymbols},
    {"geography", "The currency of {0} is the", "{0}的货币是", kCurrencies},
    {"geography", "The official language of {0} is", "{0}的官方语言是", kLanguages},
    {"culture", "The author of {0} is", "{0}的作者是", kAuthors},
    {"science", "{0}", "{0}", kDiscoveries},
    {"geography", "{0} is in", "{0}位于", kLandmarks},
    {"science", "In biology, {0} are classified as", "在生物学分类中，{0}属于", kClasses},
    {"everyday", "{0} is used to measure", "", kInstruments},
    {"language", "The opposite of the word \"{0}\" is", "“{0}”的反义词是", kOpposites},
    {"language", "The past tense of the verb \"{0}\" is", "", kPastTense},
    {"language", "", "成语“{0}（　）”缺的最后一个字是", kIdioms},
};

}  // namespace

std::span<const FactRelation> fact_relations() { return kRelations; }

}  // namespace assay::eval
