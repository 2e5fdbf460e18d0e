// Cells, genes, microbes and the causes of diseases, as a first course explains them; see
// knowledge_terms.h.
#include "eval/items/knowledge_terms.h"

namespace assay::eval {
namespace {

constexpr FactPair kCell[] = {
    {"the mitochondrion", "turns nutrients into usable energy", "线粒体",
     "把营养物质转化为可用的能量"},
    {"the ribosome", "builds proteins", "核糖体", "合成蛋白质"},
    {"the cell nucleus", "holds the chromosomes", "细胞核", "容纳染色体"},
    {"the cell membrane", "decides what enters and leaves the cell", "细胞膜", "控制物质进出细胞"},
    {"the chloroplast", "makes sugar with the energy of light", "叶绿体", "利用光能制造糖类"},
    {"the Golgi apparatus", "sorts and packs proteins", "高尔基体", "分选并包装蛋白质"},
    {"the lysosome", "breaks down the waste of the cell", "溶酶体", "分解细胞内的废物"},
    {"the cytoskeleton", "gives an animal cell its shape", "细胞骨架", "维持动物细胞的形状"},
    {"the central vacuole", "stores water and keeps a plant cell firm", "中央液泡",
     "储存水分，使植物细胞保持坚挺"},
    {"the cell wall", "forms a stiff coat around a plant cell", "细胞壁",
     "在植物细胞外形成坚硬的外壳"},
    {"the centrosome", "organises the spindle in a dividing animal cell", "中心体",
     "在分裂的动物细胞中组织纺锤体"},
    {"the flagellum", "makes a bacterium swim", "鞭毛", "使细菌游动"},
    {"the nucleolus", "makes the parts of ribosomes", "核仁", "制造核糖体的组成部分"},
    {"the plasmid", "carries a few extra genes on a small ring in bacteria", "质粒",
     "在细菌里以环状小分子携带少量额外基因"},
};

constexpr FactPair kGenetics[] = {
    {"an allele", "one of several forms of a gene", "等位基因", "同一基因的不同形式之一"},
    {"a mutation", "a change in the sequence of the DNA", "突变", "DNA 序列的改变"},
    {"the genome", "the whole genetic material of an organism", "基因组", "生物体的全部遗传物质"},
    {"transcription", "the copying of DNA into RNA", "转录", "把 DNA 抄写成 RNA"},
    {"translation", "the making of a protein from messenger RNA", "翻译",
     "以信使 RNA 为模板合成蛋白质"},
    {"replication", "the doubling of the DNA before a cell divides", "复制",
     "细胞分裂之前 DNA 的加倍"},
    {"mitosis", "a division into two cells with the same chromosomes", "有丝分裂",
     "产生两个染色体相同的细胞的过程"},
    {"meiosis", "a division that halves the number of chromosomes", "减数分裂",
     "使染色体减半的过程"},
    {"a codon", "a group of three bases that stands for one amino acid", "密码子",
     "代表一个氨基酸的三个碱基"},
    {"the phenotype", "the set of traits that can be observed", "表型", "可以观察到的性状"},
    {"the genotype", "the set of alleles that an individual carries", "基因型",
     "个体所携带的等位基因组合"},
    {"a recessive trait", "a trait that shows only when both copies carry it", "隐性性状",
     "两份拷贝都携带时才表现的性状"},
    {"a dominant trait", "a trait that shows even when one copy carries it", "显性性状",
     "只有一份拷贝携带也会表现的性状"},
    {"the polymerase chain reaction", "a method that makes many copies of a piece of DNA",
     "聚合酶链式反应", "大量扩增一段 DNA 的方法"},
    {"gel electrophoresis", "a method that separates pieces of DNA by their size", "凝胶电泳",
     "按大小分离 DNA 片段的方法"},
    {"sequencing", "a method that reads the order of the bases", "测序", "读出碱基排列顺序的方法"},
    {"a restriction enzyme", "a protein that cuts DNA at a certain sequence", "限制性内切酶",
     "在特定序列处切割 DNA 的蛋白质"},
    {"a ligase", "a protein that joins pieces of DNA", "连接酶", "把 DNA 片段接到一起的蛋白质"},
    {"a promoter", "the place on the DNA where the reading of a gene begins", "启动子",
     "DNA 上开始读取基因的位置"},
    {"natural selection", "the better survival of individuals that fit their surroundings",
     "自然选择", "适应环境的个体更容易存活"},
};

constexpr FactPair kMicrobiology[] = {
    {"the Gram stain", "a dye test that sorts bacteria by their cell wall", "革兰氏染色",
     "按细胞壁区分细菌的染色法"},
    {"a culture medium", "a mixture of nutrients on which microbes grow", "培养基",
     "供微生物生长的营养混合物"},
    {"a Petri dish", "a flat round vessel with a lid for growing microbes", "培养皿",
     "供微生物生长的带盖扁圆容器"},
    {"a colony", "a visible heap of cells that grew from one", "菌落",
     "由一个细胞长成的肉眼可见的群体"},
    {"a bacteriophage", "a virus that infects bacteria", "噬菌体", "感染细菌的病毒"},
    {"a biofilm", "a slimy layer of microbes on a surface", "生物膜", "微生物在表面形成的黏滑薄层"},
    {"an antibiotic", "a medicine against bacteria", "抗生素", "对付细菌的药物"},
    {"an antiviral", "a medicine against viruses", "抗病毒药", "对付病毒的药物"},
    {"antibiotic resistance", "the ability of bacteria to survive a medicine against them",
     "抗生素耐药性", "细菌在药物作用下存活的能力"},
    {"a pathogen", "a microbe that can cause a disease", "病原体", "会让人得病的微小生物"},
    {"virulence", "the degree of harm that a microbe does to its host", "毒力",
     "微生物对宿主的危害程度"},
    {"the normal flora", "the community of harmless microbes on a healthy body", "正常菌群",
     "健康人体上的无害微生物群落"},
    {"the capsid", "the coat of protein around the genes of a virus", "衣壳",
     "包裹病毒基因的蛋白质外壳"},
    {"pasteurisation", "the brief heating of milk to kill harmful germs", "巴氏消毒",
     "短时加热牛奶以杀灭有害菌"},
    {"fermentation", "the turning of sugar into acid or alcohol by microbes", "发酵",
     "微生物把糖变成酸或酒精"},
    {"an endospore", "a resting form of some bacteria that bears heat and drought", "芽孢",
     "某些细菌耐热耐旱的休眠体"},
    {"aseptic technique", "a way of working that keeps unwanted germs out of a culture", "无菌操作",
     "避免杂菌进入培养物的操作方法"},
};

// Four kinds of cause, five diseases each: no kind is right more often than another.
constexpr FactPair kCauses[] = {
    {"influenza", "a virus", "流感", "病毒"},
    {"measles", "a virus", "麻疹", "病毒"},
    {"polio", "a virus", "脊髓灰质炎", "病毒"},
    {"rabies", "a virus", "狂犬病", "病毒"},
    {"mumps", "a virus", "流行性腮腺炎", "病毒"},
    {"tetanus", "a bacterium", "破伤风", "细菌"},
    {"tuberculosis", "a bacterium", "结核病", "细菌"},
    {"cholera", "a bacterium", "霍乱", "细菌"},
    {"typhoid fever", "a bacterium", "伤寒", "细菌"},
    {"whooping cough", "a bacterium", "百日咳", "细菌"},
    {"malaria", "a parasite", "疟疾", "寄生虫"},
    {"sleeping sickness", "a parasite", "昏睡病", "寄生虫"},
    {"toxoplasmosis", "a parasite", "弓形虫病", "寄生虫"},
    {"giardiasis", "a parasite", "贾第虫病", "寄生虫"},
    {"schistosomiasis", "a parasite", "血吸虫病", "寄生虫"},
    {"athlete's foot", "a fungus", "脚气（足癣）", "真菌"},
    {"ringworm", "a fungus", "体癣", "真菌"},
    {"thrush", "a fungus", "鹅口疮", "真菌"},
    {"histoplasmosis", "a fungus", "组织胞浆菌病", "真菌"},
    {"aspergillosis", "a fungus", "曲霉病", "真菌"},
};

constexpr FactPair kWays[] = {
    {"malaria", "the bite of a mosquito", "疟疾", "蚊子叮咬"},
    {"dengue fever", "the bite of a mosquito", "登革热", "蚊子叮咬"},
    {"yellow fever", "the bite of a mosquito", "黄热病", "蚊子叮咬"},
    {"Zika fever", "the bite of a mosquito", "寨卡病毒病", "蚊子叮咬"},
    {"Lyme disease", "the bite of a tick", "莱姆病", "蜱虫叮咬"},
    {"Rocky Mountain spotted fever", "the bite of a tick", "落基山斑疹热", "蜱虫叮咬"},
    {"Crimean-Congo fever", "the bite of a tick", "克里米亚-刚果出血热", "蜱虫叮咬"},
    {"babesiosis", "the bite of a tick", "巴贝斯虫病", "蜱虫叮咬"},
    {"cholera", "dirty drinking water", "霍乱", "不洁的饮用水"},
    {"typhoid fever", "dirty drinking water", "伤寒", "不洁的饮用水"},
    {"hepatitis A", "dirty drinking water", "甲型肝炎", "不洁的饮用水"},
    {"giardiasis", "dirty drinking water", "贾第虫病", "不洁的饮用水"},
    {"measles", "the coughs of sick people", "麻疹", "患者的咳嗽"},
    {"tuberculosis", "the coughs of sick people", "结核病", "患者的咳嗽"},
    {"whooping cough", "the coughs of sick people", "百日咳", "患者的咳嗽"},
    {"influenza", "the coughs of sick people", "流感", "患者的咳嗽"},
};

}  // namespace

std::span<const FactPair> cell_terms() { return kCell; }
std::span<const FactPair> genetics_terms() { return kGenetics; }
std::span<const FactPair> microbiology_terms() { return kMicrobiology; }
std::span<const FactPair> causes_of_disease() { return kCauses; }
std::span<const FactPair> ways_of_infection() { return kWays; }

}  // namespace assay::eval
