// Chinese poems: facts and sketches, no text (see passages.h).
#include "eval/items/passages.h"

namespace assay::eval::items {

const std::vector<Passage>& chinese_verse_passages() {
  static const std::vector<Passage> all{
      {"t-jingyesi", Fame::famous, "静夜思", "李白", 0, "", 20,
       "50926bee8fab465ed7696f0a75c13066fdca0db7b5f9607fb0662d"},
      {"t-chunxiao", Fame::famous, "春晓", "孟浩然", 0, "", 20,
       "a047e2be38d979c2869986396d607734a2d94ca3143731aa928f7f"},
      {"t-guanque", Fame::famous, "登鹳雀楼", "王之涣", 0, "", 20,
       "7e9cddc315e5b44ec518872db167c4583a91ce556235bd71e69b99"},
      {"t-xiangsi", Fame::famous, "相思", "王维", 0, "", 20,
       "2dd708c962ffbc5eb5890ea4fffdf4429e1a75121e9e2f31e7b5f7"},
      {"t-luzhai", Fame::famous, "鹿柴", "王维", 0, "", 20,
       "b14fe24d60971ff6b167acd44064894421532de6d9ed6a437b4e5a"},
      {"t-zhuliguan", Fame::known, "竹里馆", "王维", 0, "", 20,
       "6bbd8a3dee2b2b58d00eaaaa0170b60a918df66dbe79764164b6c1"},
      {"t-jiangxue", Fame::famous, "江雪", "柳宗元", 0, "", 20,
       "7dfc113e01d72e7c84d7c5730087a2d758b2959d45ff1f569eefbf"},
      {"t-youziyin", Fame::famous, "游子吟", "孟郊", 0, "", 30,
       "71e7ceb3e92cda90e13f2b5fcb990131fd7844052e1dcb825e28e42019ffb98d2e6366d74fbd59b0a0bb"},
      {"t-xunyinzhe", Fame::known, "寻隐者不遇", "贾岛", 0, "", 20,
       "afb6934ab4f265d7bcf3f069653c8562879c401d5000d82d23468e"},
      {"t-leyouyuan", Fame::known, "乐游原", "李商隐", 0, "", 20,
       "927a772692a6f206540928c24f6dfa572f571a852915e47a380d3d"},
      {"t-bazhentu", Fame::known, "八阵图", "杜甫", 0, "", 20,
       "0957a3453d87809d64a14871b7bcfde8810473f46d5549e3761bfe"},
      {"t-chunwang", Fame::famous, "春望", "杜甫", 0, "", 40,
       "d3a58352c661870dc17bbf18c409d1c7f7bf7c27c619ee45cf4e9b32caf3d8624240db423032dc5e8079377b7c"
       "ba15f9603945e33c7afccc2e"},
      {"t-wangyue", Fame::famous, "望岳", "杜甫", 0, "", 40,
       "d5dc4185dc465aa07c387715536d5049c4950c2eecb58c21e3fe57561968fffdff5074015572fb04ac5ad5384c"
       "a6c908c055513b70c97d42cb"},
      {"t-lvye", Fame::known, "旅夜书怀", "杜甫", 0, "", 40,
       "985ec298a76d048358216487af66e050ccc9711011a5c0be94e8a6d6a04662b56eb41ea4033884a708660f93e9"
       "d1674168da0a738d6ef9a499"},
      {"t-yueyang", Fame::known, "登岳阳楼", "杜甫", 0, "", 40,
       "4e8e574d60c929e259cb57751652e8ac7651945bdefb5a08f3e426c25344ec6f8854c1535fda2678c690440b84"
       "1b21dd4dc074d41a637d9e94"},
      {"t-yueye", Fame::known, "月夜", "杜甫", 0, "", 40,
       "9e566cd76f9ab20e13e083429f61250508c330230d2290b48a2cbeda965b3e79af68315cee10b0f86bdab4b4ca"
       "f9002d49d02acd8ac003a7f9"},
      {"t-shuxiang", Fame::known, "蜀相", "杜甫", 0, "", 56,
       "a4895ac3d9cca23a1f365b5734da2d9bfc5d75dccfd2446b1e597850fa93514573e7670888e1365318ce435d27"
       "5c94aa817eb9eca0cdece4e215921ce1d67cde6a515f0168087f70d3b8e0e33b3a636ddb"},
      {"t-kezhi", Fame::known, "客至", "杜甫", 0, "", 56,
       "1560ac68ef4d171bf0c6b91bc904e5b535fa69685e5cb3023e2d4edd1b37e36acaf8d9720c32d4debbc5830028"
       "2316abf04ff856a7adf3ddc2d4b89ab8076d76b3eaaca5d7313f7dcd3be69c47f751838c"},
      {"t-weibashichushi", Fame::known, "赠卫八处士", "杜甫", 0, "", 100,
       "6c7f896e5e913376c70f3fe9c0328883cb9ad90a8a40756c97c7e334c760632fa32578b84594c9dc6e467a106a"
       "ab3897316801b35ad4ce53f9ddf5e8e2cf9c8515c12df607b711ecf546dfbc8872b7c63dc4dc639aee9651ddfa"
       "5847bd945f4ce10807561bf8e30fe35eb74ef05b4afb3f189d01cee9c215f3de469ba196d3c908369cad8ddc75"
       "2703597a2fb1b56b228b68af"},
      {"t-bingche", Fame::known, "兵车行", "杜甫", 0, "", 100,
       "230878595f81b61c540340b5d798e85a75c52a559e3e8d97f250bec821afd8281079f183c2a4c5a2177f3d8d14"
       "092a5645be1258c89d9606d3a7b26ac251c623fb3584f80b9485ac16e0135ca521182318baeb923c247ac4d404"
       "4e6d6055d8e8e260b078dc51593068f0e74a56615910aabd506b8f7b40c7f87de97dc955173ec14d9a48b09a75"
       "92a6f520f99e6a74310579f8"},
      {"t-wangyuehuaiyuan", Fame::famous, "望月怀远", "张九龄", 0, "", 40,
       "1514903b3524b85dbf3cf91fa318e44ad154683180f43fda1f3718a6404614a452116fd115c47ae2520bac02ab"
       "7274f84a05d072f7ae885330"},
      {"t-dushaofu", Fame::known, "送杜少府之任蜀州", "王勃", 0, "", 40,
       "327fb0b901587820d806b08abf102493b23f50fc4a42fd29e220495c788834051bbfe7ab7ea210b76c447f78a3"
       "0a978b5ac0bc75ad9f87ad7d"},
      {"t-shanju", Fame::famous, "山居秋暝", "王维", 0, "", 40,
       "40ee82c00bb968fe9734eabd41197e3306e15c884ccf5920e7b393903c7577fdb1ff3a6dfc8c91dacfa7e1ed76"
       "293ba68e8353a6bc95cef21e"},
      {"t-weicheng", Fame::known, "渭城曲", "王维", 0, "", 28,
       "827b0bab220fbccba2182b4d7eb6459fa07ab9e4ef63e2dd9342ec4e471928b23aa1f0c5c4e80a"},
      {"t-jiuyue", Fame::famous, "九月九日忆山东兄弟", "王维", 0, "", 28,
       "4732da1f2d960852722107bda46d28de3ff5e6a3d387b330d7e2749a60265ae734fe876bfd0ba6"},
      {"t-zhongnan", Fame::little, "终南山", "王维", 0, "", 40,
       "71968de6e35ca7a7edab89a773759b715aaade80664ae7b83677d255915a54478d64b6f2b23927e832e9226518"
       "4bb4c05c51e0c14a7e7632ff"},
      {"t-laojiang", Fame::little, "老将行", "王维", 0, "", 100,
       "c8a5e5d0f986799d3519bdd3b870fd119fa2f8946edc7d0f41a970d26110fda8c86fa1dd220c34156c99e95be3"
       "799c0cfabeec310a508727d508fe1e1d0439444be866a88842dc839f0b0fb2f6c07fe741a97157938f51c46c9b"
       "920ec76e1f5528487fdd2bb2c257d583a83fc101503e224fb0d9ac6f03bbba7428000c2420eb833b49da2c2b54"
       "99d68ed03ab5cfd583a9b28a"},
      {"t-guoguren", Fame::known, "过故人庄", "孟浩然", 0, "", 40,
       "60c9cd7abd37487786488298c89e525b48fda7f17b70857b33146541a2b0a9eb948f42940f35c92521e994cb88"
       "533dca97c5b176c294d64f10"},
      {"t-dongting", Fame::known, "望洞庭湖赠张丞相", "孟浩然", 0, "", 40,
       "aaff38f34772d8c6184767cf4945643e50cb8a80f1464f77f223020c0647fc5ed8ce59602174f003cd3302b37a"
       "0ea90bdcfa00088e0d9df5e5"},
      {"t-chusai", Fame::famous, "出塞（其一）", "王昌龄", 0, "", 28,
       "85792b4ca41dae5c9349291a21e93ae160b0af117ef78022c00bc9330b85411a7b8647d2a56866"},
      {"t-liangzhou", Fame::known, "凉州词", "王翰", 0, "", 28,
       "168777d0f7f8920a311d5223258eb9eab6f433ac51af58550a6e45f79993ef8b599b0170c99ac1"},
      {"t-jiangjinjiu", Fame::famous, "将进酒", "李白", 0, "", 100,
       "e4a9f886d776bec3ef93862dc12b52c7da1204cc9cb3062d6a9c3e2cd7715631ef29c680e3f56f1f82547998a2"
       "b28edd8a9387966aa71eb21880e75208283bf85ec64535af62516ec97348d34f814098f1d5bd17cba978a4ce34"
       "abb2b4589c1cc03c28f7215736394941b9e3591e3a4cae4d1915f26067713e0a81c1b153ef63d16a3ef0757c67"
       "d1988db2624a407815c40c92"},
      {"t-shudaonan", Fame::famous, "蜀道难", "李白", 0, "", 100,
       "b9b698184fca7c58f9df484d5af97b2cf380ba0af5083a030fd5351683b7cbbb6f0c9a786129c979fa98a1fb4d"
       "1af54c0cc9bfe6a12a84844411f3e25ba9f457101a5405cb4b2deaa33f0e80f43025ef41124730e7c53d16885d"
       "df3f96fae11a08e39ba7ba53e66591ab493dfc2d92582ba358f5cadfef615a89a1182deec936cc067dde924b7e"
       "e38f8432b05f7099d8ae3625"},
      {"t-xinglunan", Fame::known, "行路难（其一）", "李白", 0, "", 82,
       "98fb27aafc2e75e44fa082bd579166fb5606149a4116d66ce7ba325f7f776d85cf90f71c635264eabc80bb2082"
       "4b19800989ab53e894479874cf407190b528cc7e74c5225ef5621bb44b3b7e35f41b41bb1386cbc48b7202ff82"
       "a7e32a72dbf00b72dc85473426a68746142d802eeaad575beedbc3047572"},
      {"t-yuexia", Fame::famous, "月下独酌", "李白", 0, "", 70,
       "73e1233bed7175734808559150caf78b0fc5d991a92d3609faa51749c1a5c61bdeaeece5ceaf2739215c7018db"
       "213e70ef35d4c346c9a18727e479015e2efc9d7e6ff7aa1dd332a4f412b049a9f6af23d82547ae9efa93734c7c"
       "5a47d3e94230bea8abd6e07c"},
      {"t-tianmu", Fame::known, "梦游天姥吟留别", "李白", 0, "", 100,
       "9a3b32ef9bb1f44049605bb573dbf13ccb9ca00d15375a672b0d1b11e863b6173bcc730511a6cf59c1737d2b7a"
       "40e237bfd149602d72baf081a92473a1fb4dc00ad0f3d5f0c98773817ddb5f40ba61d8dcc1d7ad3a9073312b33"
       "e010083f61e2ebdb57841e62ec27e8d67be0c77201f9d299d374f4afc6e51608451e732a539a7250cd1e26844f"
       "7c8a33e829928e490848c8b5"},
      {"t-baidi", Fame::famous, "早发白帝城", "李白", 0, "", 28,
       "dd16c5bade2f6196d01ca711c70421ab8ed905456514024478bf77afa87c7277d11832254b486d"},
      {"t-guangling", Fame::known, "黄鹤楼送孟浩然之广陵", "李白", 0, "", 28,
       "242f5aae615ae8c7c64a8334b8a7ae306b9f99b8cefde5ab02be7fddea7a198ded9a4b864c0afa"},
      {"t-songyouren", Fame::known, "送友人", "李白", 0, "", 40,
       "aff241e06071691ae2122a765698499d42e35a23bfac29892b9f3edcb30d2256eddd908467c69c5ab578a8270e"
       "502a92c87e77e6c626e3e2f5"},
      {"t-fenghuang", Fame::known, "登金陵凤凰台", "李白", 0, "", 56,
       "e3c8ec6c2d373d551e96e0bf50141af1152a98520601a6fc0d51fc22dc2e2317ad0de7061232fa33ab0b49f619"
       "e04372d141fe583d90386aae60055676bffc5a39a5e622606ce40bf119a33beb7b6fdcd6"},
      {"t-fengqiao", Fame::famous, "枫桥夜泊", "张继", 0, "", 28,
       "3b9ed62e367041cceb7b7bc99c4dc2e1883451019c523b34e0a40f534b1fafa57d3db3adfff5e9"},
      {"t-hanshi", Fame::known, "寒食", "韩翃", 0, "", 28,
       "571389582ca611722c7cf786fe5549e7cdd16b1300f5e6e68682143ab4c7de88ae08cc22c816b1"},
      {"t-chuzhou", Fame::known, "滁州西涧", "韦应物", 0, "", 28,
       "be8f55f639d73efb90632cfb93ccee53a119b1c697e84363626eb3ede1152b6737f90996de6a31"},
      {"t-wuyixiang", Fame::known, "乌衣巷", "刘禹锡", 0, "", 28,
       "839690d9e57c39fec37573db58f8cd3d460fae69c09f836c2e3146f180a1cc520a5eac54b7a658"},
      {"t-bocenqinhuai", Fame::famous, "泊秦淮", "杜牧", 0, "", 28,
       "9d25f304f564c242c526b595bada90c12756f40b7047dd0eec297e6d21061b417d87dba1984221"},
      {"t-qiuxi", Fame::known, "秋夕", "杜牧", 0, "", 28,
       "da8f6641725a4c3bcd7108abc81b3d2136559d3a14827e2751887caf34cd6e6e876f03de893b31"},
      {"t-yeyujibei", Fame::famous, "夜雨寄北", "李商隐", 0, "", 28,
       "8c1b78a5da6449c0400b7ff496c365d9c63cce422d7792264960f608bf53db8468dd1718812e1e"},
      {"t-jinse", Fame::famous, "锦瑟", "李商隐", 0, "", 56,
       "d191a3be52dee1680b26409c5fa38da60830bfb510b0816822bb040b87247fa14cdbcb81b73bbef9892b17bf27"
       "e255427cd41a80777abede71a9a3ccc63a441a8a873da6660f8ac2284407a249d81a728e"},
      {"t-change", Fame::known, "嫦娥", "李商隐", 0, "", 28,
       "a38add1654ddf0a82c6c3fcdd83d49ab07f20edf26a210686ed8da34973a8db46a2fc48df44aab"},
      {"t-fudeguyuan", Fame::famous, "赋得古原草送别", "白居易", 0, "", 40,
       "ad9a1baf6c7685decc2b62e8ca447a79d1e1084d8a0ab5906fca3b70ec57cf0508b014735dd163e36ef63a090f"
       "7b59d5e9c283f61a4af6355d"},
      {"t-changhenge", Fame::famous, "长恨歌", "白居易", 0, "", 100,
       "ee98fcd868abf87099bd82b147e9a70f873a861d493413f3d51949cf461bea4f4dde76b66b9473377442bfdb6b"
       "f28b0414851e6c5d9a420f6ef15a468d54b7408b0f6cdd5deb50791482fd6b3af0d11ec12e516f5d40e7a3250e"
       "f3e4c816e203dda1c7e7b3a834b68960a4ee6bbd68d3ceedae935c4adcc110fcb904a713938c58e73a4aa8a341"
       "be4f2f784ce8286b6dcd9f9d"},
      {"t-pipaxing", Fame::famous, "琵琶行", "白居易", 0, "", 100,
       "5cd9c70bd2934dd2f9bc55df1bd6d4087aad817d2e2c21c670a89361e7eef60d1bf1032925d10f3eff155632fb"
       "964e061f9efc38c919ea2e6030358ab4353103067c763a5357467878da33cf5ba2e174c84ed80275436bce1468"
       "e6d9242a35531edfe2a3edb84786ab357df7e463b4f6dd02456e97d8c194d0df7e1896e670e386a9570ebc3b8b"
       "5d2f8dd42c421a64d551ee6b"},
      {"t-baixue", Fame::known, "白雪歌送武判官归京", "岑参", 0, "", 100,
       "e1dcfece6621549ef9c17800599535cf298a08001e712720422779381ef4446f837c2421351a4e6fef2f28b04d"
       "d2ae979067e19ed46310fb8262d6706a463ee60faf2fc6cd1b80ae79e9988605172f7c9a4dac391e3f4c1bc2c6"
       "0b49675c1e102a04d082611f8b0de9d77ae7911585332fd509e0cfb83cedcfb39eb75febd9aaf8490d046ba2aa"
       "3aa6309ab4c4cf7cae7eba12"},
      {"t-youzhoutai", Fame::famous, "登幽州台歌", "陈子昂", 0, "", 22,
       "9a46c3971104df4051aa3525812525025e5c80ac168056069b2dbbdcc37e"},
      {"t-duhanjiang", Fame::known, "渡汉江", "宋之问", 0, "", 20,
       "3ce05bbc3f48aa1e422bbd555eccfb136e684a2b9260d276a0fdf8"},
      {"t-yanhexing", Fame::known, "燕歌行", "高适", 0, "", 100,
       "68da06ccbc3f2b3809b06f701837d467018561269529741e44b4ba6a287dd82a7646f1f7288bc50ad1447941a6"
       "a44f6a0b823f91a23eefeb266c817e506646703f2effaa862c9542abb268cd38a1379d84987fef4744a6d0b340"
       "fc167ed5c0f73cfdeaeb5d3a5c343581e517581351f034415a096baeb9176398bf703901e2951fc6e1f2558eb6"
       "da2ea729f453e4fade39ddf7"},
      {"t-shigu", Fame::little, "石鼓歌", "韩愈", 0, "", 100,
       "3d9d937dcbf7e31975080a052d6fefdc4c5156f3cbf94d07e380f0cd8e3832374e740910612e8fc99339ef85c0"
       "bb416d15a6362283f27aced897eea961f50e7dbb032a4233300c1c32edace454e6eb992231a6b8b316b5f27f01"
       "2320945d9009adf0116fa0b01e3b1e53090066715030a40c94e41a3d22f7be52f18a259f9a6c67b1e31d7edd5c"
       "5493ae61f9094eaefb933143"},
      {"t-shanshi", Fame::little, "山石", "韩愈", 0, "", 100,
       "d3067eb976d3312ed6c8e7bc38652b7b4eb35fa69a9b429ebf65ff7b7a6f18bc3b57b60f84305c67a6605d1037"
       "01f74cc6a76613ae8ed702c1e55c862393d0d5c29fa279dca0103fb2d85655c9041038e21a0a12b3447e580ef8"
       "d1f63345fa99a15ff3e959c2f893e9cdc3cdf05ede9df71450a3b1fbfdde6b6c99da30777862d0d53d7d53d043"
       "07df9aa7f34bd68bd7fd6f90"},
      {"t-hanbei", Fame::little, "韩碑", "李商隐", 0, "", 100,
       "4e85fa1e5a224a5f8595db06552a15c2e2709bd2547c75d0940cdaf1dd590251360b63b2fffd313cb9844007a9"
       "033ad74925663af0e93be3b5d96c8f5771040b5f7e8906db5945090f4132e3857affabcf6568a6c080be5c6ae0"
       "75c58418b5d938759ddfb1c029ed7f82433e901fbca3b7b924fc6678e7009d674f7b5d808dfdcba396fc13e30f"
       "10a289d006b63c749a1cf4b2"},
      {"c-shuidiao", Fame::famous, "水调歌头·中秋", "苏轼", 0, "", 95,
       "4d95c038db76a9abaa640ce531442037b186195488189a8b6d930951093c0da7c60af6f55230c01a501339a68a"
       "ba4749b358bec8a26ae3c76b4a83c374ca4e4561b0911e9107c1c35d97a2abb5f95c5e39fbf73dd9265c49dfe6"
       "4e5718c0ab28b706818f05ea6f403c8f06c344c9bf5991dc051d10df6b56a8e77156e4e585f06adfeaab0dcd06"
       "9ac6c7"},
      {"c-jiangchengzi", Fame::known, "江城子·记梦", "苏轼", 0, "", 70,
       "272412f56ecb52f82346d1f92108b11ee7c687164895d2a484b1a3c6085a2d6830992bb9d5e5ff5ba7ce0c08f3"
       "e78bc751997cd0b3c73f0ddc3612d3305f9fb02900bc0ef4be46c626cdb7aeca6aa26b00aa0bc1cbcce9e7a873"
       "10c1f31e822c549ab204b90b"},
      {"c-dingfengbo", Fame::known, "定风波", "苏轼", 0, "", 62,
       "702364849c0a172b74126c4ce4ce86bdf0546507aae63cdc11e8379dc12541c8089a09112a62d18dde2c45794f"
       "794df926340ffdf57ca4ac9dcd3cfe09ade555715fd4b8694ac70e14753ade3bc806c072a1497623a1e9e261b"
       "0"},
      {"c-busuanzi", Fame::known, "卜算子", "苏轼", 0, "", 44,
       "f31793a2c7c1db3361919bdf64ea81df811358b5eaef414665687e4aeaad4f918df6348380ab3c7554fd1c94fc"
       "4ce8344eb987e2d1972f7346dc97d8069662"},
      {"c-yulinling", Fame::famous, "雨霖铃", "柳永", 0, "", 100,
       "d3fe309ed5f9302deb0205b0bea34c8c0148c2568df258f275d3ef03e416afea8304a1ce8fcb367d9948bc6986"
       "e3bcb679f6ab12a1c43cd110c8ed771f061aa752e52c121f5f065ad4a1c3e0bae2666d7f4ac333e5f44f81a8b4"
       "2ed90011d41fb86a1b6a792568365399c14778bf0c2324d9d67366c7cd1c283b143c7a5488361ee4b1652277b5"
       "9fd1eeb1982b28870bd2f5f9"},
      {"c-dielianhua", Fame::known, "蝶恋花", "柳永", 0, "", 60,
       "3b898338f725798bfec6e55287f70441027eb0f2ee5f337df2ab5d2c3a5c6944b43fe41c6ca3096da3dff7da87"
       "42e369b77850a5bd96f23ba5ebf0b3cdb1ea8925304f43ad1e51c05b5c48100aff204f67ddcc60dc949e"},
      {"c-shengshengman", Fame::famous, "声声慢", "李清照", 0, "", 96,
       "288dc1c79bf881db25e56263c77c45bbbe7774b2c0fbc1cf640e0c9438c70800330922b2679511af73c5b9d83a"
       "095886576ee90f20ba1e9ddbeb1c9c4410612304858d9635889ff0fcc149a45b16a59b8377a1ee4762e15b5911"
       "6e05a1483e2539e0f657275707819e41d9f76d2068b805eabe4d6f0249a55fa453c6657c1b828d4fe3c51c5dfd"
       "88ae652f1f6f"},
      {"c-zuihuayin", Fame::known, "醉花阴", "李清照", 0, "", 52,
       "8202bbebb7c99d5a0c3c0825e5a01addf724cc6adf15f35eac9fe1dde51d56d8c69b2930248aaae8fb74142b9c"
       "b0de20756dbcee7f582f0566d63c53dcaa8d785a93692d8015d16ab8a0c3"},
      {"c-qingyuan", Fame::known, "青玉案·元夕", "辛弃疾", 0, "", 67,
       "bd212caad82d31ab65e632b909c19a9c18a4070a5c2c50a042a535c230c2d014eb732b49206c96f15e2d42d558"
       "ae2fea12daf9d57084c7a871aebf85a0913ef9cc4a884ac963664e26b1aea6953117f05a139ced69bbcb30583a"
       "e89ba8d2f951"},
      {"c-yongyule", Fame::known, "永遇乐·京口北固亭怀古", "辛弃疾", 0, "", 100,
       "9bb59c5ccfbd3db189155a9ecaf5da24aef2000707cc1be817106ef568fa6cb9c1d2da62b0afe85b5de124777a"
       "9a291a91562d9435a0a044fcbd954950799f932b8b12fcbc4729367b778d340df27b262cc7c283ce52234b3669"
       "c632781ae5909803a8149dd11f32e731ba8eec47983220b25fc627d0e02309c7cd0029c7296ffae991e40c4258"
       "2444263529eca3265379d7c1"},
      {"c-manjianghong", Fame::famous, "满江红", "岳飞", 0, "", 93,
       "a7a0af39ece2bc74caa295cd212c2b4b0cb723cc39d05eac231ef15f6adbc693eb365d2f201ab4996b069e16f1"
       "bd54bf3dea6c0e4366f392d44186f2083c673d5a1f08c8148b3430ce169b3e7d011c35bf9131e89b31105947a5"
       "a2fdf586ea825fd1e7bc216eb4eb6c169a9de60092a8f9d0c7afd16aae610267545faee03e445ef1a668b71fd"
       "8"},
      {"c-huanxisha", Fame::known, "浣溪沙", "晏殊", 0, "", 42,
       "65ac82b9465be06de22c4576881debfc6782f56050c55e0bfbfba29f1d19bafb731243b0c8c14ece98222a67b9"
       "b171cd7ad89d903ce9f22d6ab75673"},
      {"c-sumuzhe", Fame::known, "苏幕遮", "范仲淹", 0, "", 62,
       "e8eba625462e9a233f81c4ed8b4ea02a8332162e71f94a16d499503b25d0fade7bdcf8aad0e7bf12eb1c0d5d90"
       "8d4cbc990ef4aaf8176e3ba9b55455e32aa1d61c9ec04422c45d31a983ba3bd1ab9bd4fac59a14dd769a40b9e"
       "9"},
      {"c-yangzhouman", Fame::known, "扬州慢", "姜夔", 0, "", 98,
       "b7a257a0ca1ee7897d15bdf3ae9f90cf9c3478c360b3a33da56303cb77ac776138d9293aaa8318a29f6242efc8"
       "fbd525cf8490913a1ab1db09862411788924cf02c4d4b2baa17341e9bd697ab2aa37ed71aac824cecced43498b"
       "d2fd7f5f0b6248195c6efff23f788d2baaa253a6d6c3cdb68ad3231a548c1859123c433e62fa85204227c7805d"
       "8cc9e2cd72982baec2"},
      {"c-guizhixiang", Fame::known, "桂枝香·金陵怀古", "王安石", 0, "", 100,
       "3b69ecc00a1b90233dcfb7c5cfb6d09f63057bfe9a5de130091ea85e4a3971759cd06bcb49030a74af57cd8ae7"
       "0c6cd3d62a2d7451ea2d3d0f0f8ecb484e1b0f3acbd2d85d9cef63985afc82b8e972928963da82cc357a7005af"
       "8ef1250342b11d523e3969982956e3d7cb1dcdd90b4a1cc1d8503bac5776fc48059d6569e1eca57653b14273d6"
       "262bdc9c6eaffa0050e6621c"},
      {"c-yingtixu", Fame::little, "莺啼序", "吴文英", 0, "", 100,
       "63e6420761ba2fc120aaa4de6cfe5b228088ba79706eb9ba8e81475f86e552d891c53165ec29075318e4d24fac"
       "ba46c7c21bb14ebf3f304c917e99215e684f4d693013eb93c08ad42f28d079f23d9b822e57655884883a5312f8"
       "de35778cbb71dd74a009c6de54722b07899e6320a28a494bbea7cc577743dfc12c2c6f49d0a3370bc56e42cd54"
       "a07479a18b35fbf76d6e0db2"},
      {"s-guanju", Fame::famous, "关雎", "《诗经》", 0, "", 80,
       "da8b9282fab36a993c965b674c87a5fdae9d7cef91b08e53ad15035d916098435a1bd4c64c87a5f8be6b3c930d"
       "22a2852132e96572ea871f1fe7bd3ac3b1b7b667f9d98ad5484715ad15035d9160620e161b2aa64c87a5027096"
       "188e7f53d780ad15035d9160e7fcd70dc8d14c87a52293237277df"},
      {"s-jianjia", Fame::famous, "蒹葭", "《诗经》", 0, "", 99,
       "e881d3166b87bcf46992db82b5617150bb9e484e12c8dd257a685415383fd1e5451c4e20d8bc590148cf72a5d4"
       "9b6df4e870a582f76d3c3947c34cbcfe3ff020e8f6eb86fc3a35c40fbb7d6505f34272d560c9cece2362a4cecc"
       "f3cb21433e8fad21dec2f74c2a0be32108ec193f8bb5617150bb9e8dad05364b8f7a685415383f879a46d228fa"
       "d8bc590148cf72a5d4"},
      {"s-taoyao", Fame::known, "桃夭", "《诗经》", 0, "", 48,
       "499b84f9d5df22d1db767aaf6e173b6ccf12eb3035cdabd3499b84ee1c7666f0cf7f35416e173b6ccf1242b623"
       "53e651499b8449e3302ef27fb2a7646e173b6ccf12a295dc"},
      {"s-zijin", Fame::known, "子衿", "《诗经》", 0, "", 49,
       "858f376b93c79ea0b19c8fb224f2bf454230d00aced14f3417afe531ebc82431e1dda8caa7797ec6c9d45f831e"
       "94dfe741adb506b0e6c2eadf267d1555c8c2b5190d085945"},
      {"s-shuoshu", Fame::known, "硕鼠", "《诗经》", 0, "", 96,
       "cce4c628bba31ba0327a3522cab97cc935820a3d9545053bc7c193267655439aa42779192779196f3eeafac912"
       "8cf34acce4c628bba3b2032ba21a4fcab97cc935826edfcfc42142c7c19326765551f20a5d9eb85d9eb800f6ea"
       "5ce95bd983a9cce4c628bba3fb188995c79fcab97cc93582cf2f3fa1377ac7c193267655b66ccab15238b15238"
       "81b76b6cd8ec"},
      {"s-caiwei", Fame::known, "采薇", "《诗经》", 0, "", 100,
       "4780358c48b82a73d08607f5b3f10820b4ce738d77bab582fa26f983c38be414020510d369691de31eede41402"
       "976e8c4780358c48b8469e2f3e7aa7b3f108fd3f3ef2a24fd828f3582ce427f52dacef2c56cd775485d20c9584"
       "05b4aceb42fe4780358c48b88537cd32223ab3f10820b4ce2cd3195e42adf523ba39938590ae5944b8d58842ec"
       "2eaa44441b859fed11785111"},
      {"s-shuli", Fame::known, "黍离", "《诗经》", 0, "", 100,
       "4a76a65108f757ecc10e15add2f81969a0745f64bed4bf13ecdbc8b37aa70c8ee1a389d0ecdbc8759404910354"
       "34b9cc7e40cf0cd89c77f6d8b7eeaac96aa4b7d8a845c752fb1aa38f3d2d9f72fa11076c33e302e0ea144640d5"
       "0a6cea21b2c7e0ea140073d6adee88c0d0fd33f9d3f3c294386c744a76a65108f7b075d0c4b6c4d2f81969a074"
       "37dc159b7341ecdbc8b37aa7"},
      {"s-qiyue", Fame::known, "七月", "《诗经》", 0, "", 100,
       "c7ef76e27fa4f605c8fe28fde1b67014a044e59fd20e6e0eaf90fecd2eed48881f818f47554d16dcb706587e51"
       "afcf5dfe201f696df139a19ac478e8ec2c7ecf2b5e1d3185de7637c7ef76e27fa4f605c8340121ac0aea1234cc"
       "d4a69925da21e2e00607a3381d4047a6d1374692043909c741b1ea37dd77338ef79076d046743125462334eeca"
       "3951695e02c6c7ef76a8cf32"},
      {"s-gongliu", Fame::little, "公刘", "《诗经》", 0, "", 100,
       "53c4a1918f877a79e4b5627b715a727ee19f811cbd5d2a9e2e657ddcfeff357fdb21fdc3d565b633fafae1c906"
       "f1ef11fb95ee1a1db0f5aa11c92f8a0bad7e2ef88e4968800d0eb6f37865b4f593e77254f85ac5e9a4aa5d9198"
       "255bd441ea0a0fdda6e1128aeeb2947d9e90872fd82b22d9ad54d7cf6e557d7a6d7423a0f4716817e471672634"
       "14aeea3d1baa55cb945d598b"},
      {"s-shengmin", Fame::little, "生民", "《诗经》", 0, "", 100,
       "7dc7fe3b0fb3588d93b340c1707f762cb1e0fa353d769781ab716129a39fbbeb526cffe99a2cee6c476832fed7"
       "a5234f763cce0acea42f62a54b6f50114b31e64810ff9a86c4521804a762a3b1dc833c8c37e8568b7a0bd44481"
       "3da9d962a86f36a8d7187b7c14db7b9f64c92fa8d17ce38d6ddcf27397a6e40125645436df8c9b53741706caf4"
       "c23d011de4f65a50c584aab9"},
      {"u-lisao", Fame::famous, "离骚", "屈原", 0, "", 100,
       "e44840777acc4383c324ccaca0dd87d1141668b56cadd4b1b3a4549ba4d7b33d3ed758c042aadd5e0895579728"
       "6e20948b8eb655d084bdc6a6568c16d9818617cd8ef6c0248671d5356478ebb9aa681fc0f6dd229324ff461966"
       "d904337f624d08e6fa3e744b315094ccf3d24a1bff8758d67866917fc2d93d42539f5aff58e23989b00763480c"
       "2a75db0f2a0b79dbe9ebc924"},
      {"u-xiangjun", Fame::known, "湘君", "屈原", 0, "", 100,
       "87cb2df24a51eee668bb6ab8b3be2ee9b9d9562a2512c8085a50372d38d844f18381828356e14933126c44c800"
       "dc0ed7210b255574f1aa06c245c7c558bd81e40caf336ecd789d79d210fd03079c526f7f0d80624e5fc7570b7d"
       "7a2485fe75ca35d5c9417c67442b5a915b451ba15a068d61f6ce1372276eee606a62fd755463639dc473d99494"
       "5e97df2af33f164510f166e6"},
      {"u-guoshang", Fame::known, "国殇", "屈原", 0, "", 100,
       "cb5b2d40625e7dfd881b98c775e74af0e38ae64276d084ac305dde098f3cd8dcfa49b803152dc2aeadea8c926f"
       "da1d2fc754c274a81e062f84dc1c4783d2b986befa750bd44c89dd7eeab9cf50d55c09c36fceba2760c1bc5497"
       "5d4e1b56eabfbbdc53e6c94a12d507b2fa8840a2fda69b4635cff7bb6968896b1a4cde742e89aae24b2485aca1"
       "90dd29f17ff275e06ce7b755"},
      {"u-yufu", Fame::known, "渔父", "屈原", 0, "", 100,
       "2e1eea099c1fee0940b2ccde145df3f8d98c18fe59e038f42ea18f2ec5020320a7a9ed1d3b56725e2815f89b13"
       "13fe7f3123bc3fef1ac327f151404d06b55f239a124ccbebb493176994459b3dfea2de9a09127e6ccadf3062de"
       "683e6f9f3979cf99a6a6fda4e1e715688b972f177c7ded2ff52793f420e6bfd7ccc38bdec82b62b02cb8243e2c"
       "2dea248cfad181446f340217"},
      {"duangexing", Fame::famous, "短歌行", "曹操", 0, "", 100,
       "5940fe641f49f94db95dc1aad9f14887f25b1565a3f7e6af4ab3a4c3f4addecae473a7b49975bb6a2e1494ae46"
       "ba244b858f376b93c79ea0b1a16d0ca2c5405231639f883cc67908473af89ba7bdbff648dc4dce22e101523b50"
       "c41a3091afa379246afa65bc7f274133d73c0bd9b5eaa98b085685f0a5e58bb348ad40395af75139a6215a8fab"
       "e2a3ed74a0e659f56bc74b88"},
      {"guancanghai", Fame::known, "观沧海", "曹操", 0, "", 56,
       "f5a7939d463595bdcf00caa14e1cc5183b10a81f56a92877b9caee49d370ffab0264f808eeb09fcdbc16737215"
       "cb383b7e4a3699d187752ec2e23b5f3771574ebc31576e22fcd7f6fe0869d092bd461eb9"},
      {"guisuishou", Fame::known, "龟虽寿", "曹操", 0, "", 56,
       "ab2a62db14b390de326eca8395f201ea02e9366610e53097ff31886b13e547f83caf131fc68855a3e63946b666"
       "3e834086de525320fe5236503cd8ca845a4254d2622851e9331ca3fe0869d092bd461eb9"},
      {"t-denggao", Fame::famous, "登高", "杜甫", 0, "", 56,
       "910311491c35b93f613641cb9ea160e839b4374304d4aa36b4b0510b2305380c86cc7041e8c6610345f3c2126f"
       "b2c985fff50f723feff99736b7e3116bdf336332ff6b6d3586d805a4cfbdeee891c484e0"},
      {"t-huanghelou", Fame::famous, "黄鹤楼", "崔颢", 0, "", 56,
       "ef49b9b0d600d465098e0b17e86e9af9e81ea00b66735b1361a36e167abf31d13a217624c66b042dc53278b18b"
       "2cc6369bad02f8f29dee4080d64f4b8730a2a71d428a34ac0024feb01db1f1ee3a88be0a"},
      {"t-chibi", Fame::known, "赤壁", "杜牧", 0, "", 28,
       "a3fde79f91afbbb69fec12c3b1b83a09a6a1f6f82e7adc30c06015c92f9fdd7d73cc5722abb962"},
      {"t-wenguanjun", Fame::known, "闻官军收河南河北", "杜甫", 0, "", 56,
       "b33ee28e03d82640bb502a6cb11f1eaa685bc2a5aa123a0c93eaf15c99ddc9d0f717367f590ade3078da28690b"
       "20349929702036b098897c3c9e0699d8702eaee965e1516a0f2b05b2f161501b67f0e2f6"},
      {"t-wenliu", Fame::known, "问刘十九", "白居易", 0, "", 20,
       "005ca5d9254f33f1acb333790f8ee74b5e459e494e665057c8f0b4"},
      {"t-furong", Fame::known, "芙蓉楼送辛渐", "王昌龄", 0, "", 28,
       "01dcc343fb49a2643ae5a5b593ca851a7870de0716c7924b97ac86a675e1a1ff307bab182dd539"},
      {"t-jiangnan", Fame::known, "江南逢李龟年", "杜甫", 0, "", 28,
       "2f333fce287799f0b55e2cac59f1d293def4a39310685c6d2e62b073f9afbe891b1f41fe3bfba7"},
  };
  return all;
}

}  // namespace assay::eval::items
