// English verse, drama, speeches and the Bible: facts and sketches, no text (see passages.h).
#include "eval/items/passages.h"

namespace assay::eval::items {

const std::vector<Passage>& english_verse_passages() {
  static const std::vector<Passage> all{
      {"paradise-1", Fame::famous, "Paradise Lost", "John Milton", 1667, "", 300,
       "89d2f8591a199541271f7375df7e1b6b7244215d533f57233f5d9952c24b7088990050695a6f67e23399e750e4"
       "8f5e18ed5b59150d2d01df1b54b93601127b14e8965d82e19b080e7fd6677b7992c6f98861bedeb5a010030f22"
       "5fc698a914900125c50bfb237488dbfa13e69b4f69a33c011293e22bf6be865d9459af5b47d8264e7bf3246128"
       "7b5a02c0acfabc3cd81087d4"},
      {"paradise-2", Fame::known, "Paradise Lost", "John Milton", 1667, "Book 2", 300,
       "254690bd1491a4c72cab3b5aec612b3b974f4640cb38e5987d7a01a00d5c6a1bf2bec0c4a3a446b327e4bbfe6d"
       "6a9e8c61449d6966d89d02b7538495700c55f5a02b9b9701bffff4562958ee4f27826cdc2be4fa3deb7f54eadc"
       "bfd8af062ddeabf5ef1fb545af5103a4823606d30d09a6a229304793caa83c3d7ad3a4da8b3ecf9aad6bc5a411"
       "8182783576746458acc329a2"},
      {"paradise-3", Fame::known, "Paradise Lost", "John Milton", 1667, "Book 3", 300,
       "39d077e5c66ea7fa932fa8699f7cd2a79eb25a27d410719a3488e2f057af944c4cf8bc6460e4d6e6176b66c417"
       "0ebc5fe24ff77903f8fc5e1ab96c75d4818175bb5cdefe8a0c44477d01309c8dc6bb85fd39897d6dfeb6276449"
       "b6aab99a6476b61ffed3754f126b9daec2387d1ff100a33efde28eff7925c51475e8041f720f827580d028c6b6"
       "9c3a1c77de8817cac37701c3"},
      {"paradise-7", Fame::known, "Paradise Lost", "John Milton", 1667, "Book 7", 300,
       "2b8b492fe5ec47e94759068365609aa0591bf6b1effe33af1740bd5e54a416e24a6fb47dbb42d8ca2780ad7493"
       "5075c40a21209f174e56cee576b61be9998c37e5c42f978c380a3b0bea934226917f31b96c4bad59b5a6dd853e"
       "38edc1e6971fef46b5126851393caf7f2fef0221e9bb6240007e4c01414371b99d495d6808214294c06274c231"
       "beb58426218a4d0df5db5a7f"},
      {"paradise-9", Fame::known, "Paradise Lost", "John Milton", 1667, "Book 9", 300,
       "5fde34c1c060b482505b440e3aec609253123a26283420eb7ef442d4219685a4c51cc244db3a3f839ddfb82fa5"
       "0d2a7129b23e460cae969f35738667c4625efd00e215d868cda46d2e5ea0c25f4080479cbd93d1382885432f3b"
       "b0be9c83bb9710441dc231f1909ba7688effb2d538875ba8b8c6dd79bc59941a0cedba9824523754912253ff49"
       "61fdac6b12846f788322bb1c"},
      {"paradise-12", Fame::little, "Paradise Lost", "John Milton", 1667, "Book 12", 300,
       "cd9c0ac8d7dd6bb5a0f651761122b765a162820d68d2a0bb8c92b406d1821caaec067c779630a5d35b5041b89d"
       "54309eba805c6047cf4d3941cc6db1813c7bc6e66d3a4099146580a1e2c579f1c316c21788d2c7ee79c08c707c"
       "b346019aa472bd4634d9b2c6adcb94deca99e2117ca688ece25a7b9d54ddc7e481ed395cbd716cb80476be2d6c"
       "ddd4f29e3834d2bdbecc3a5e"},
      {"song-1", Fame::famous, "Leaves of Grass", "Walt Whitman", 1855, "Song of Myself", 300,
       "8fb7549dd2f07038006639afbdf54c420e86951aaa5970aaccbd137d856f11c0c5e5297033ea30e40b681e0e0d"
       "a99008e1b301adb70fe45b024fd85793af03181766f24e5d2ede5e5845331de4480ec1585caccbc83e31541eb8"
       "deeba6523be2bc3361137d9378cd69dc3ced042599e8d3c2e5948cbfe4c0a4020701d81d2c1422f56523becccf"
       "02b58c467213682609bf90ce"},
      {"america-1", Fame::known, "Leaves of Grass", "Walt Whitman", 1860, "I Hear America Singing",
       300,
       "1897ec3b7bbf5a5bbf77883891e0e55b82fd769a10ba956ed3c575458498fd64e33097caae02d5f8f425f82b1c"
       "23956ddeb55af391b714676cbe461e5a58b846fce4c983ba84bb71374d954ab40a9aeb655b048d6cafeebb447b"
       "20152cd700711e2f525150e406b55496059b106f8c49ed1a434debce1597a902b155bc9c24f85f359999764838"
       "3a220bcb0657b674718707e1"},
      {"captain-1", Fame::famous, "Leaves of Grass", "Walt Whitman", 1865, "O Captain! My Captain!",
       300,
       "b85af9bfbde560d4683eaca3d5dc9336c881180a1441de1fb53fa1e78ca9e18cae891ae1127cba774d8a7c5ea7"
       "49c81c7f2088e9a41bcc48af5094095b61127f1fd6d8276b13516ae5c880cecb9652916b427afd38c23b415175"
       "2b807a5bcde0bef6e13ad89aecf21ed4d058aba3c1113605154fed783335fe8c6389bde056f5a6b8e8b35866fd"
       "f2ed87cb4d9204880b1b8f90"},
      {"lilacs-1", Fame::known, "Leaves of Grass", "Walt Whitman", 1865,
       "When Lilacs Last in the Dooryard Bloom'd", 300,
       "435706d554b63314e55ea7598d7c680e3116a527667cc82792c03214f9ec42a0d05e5f3f86d7fce57ba05ece7d"
       "42d7c56a3d92fa5c396f664d0b7683e9833e75056f14c2b58bc0bd59b57d5c2aa5e6d790a1fb96f47dc6de3c2a"
       "2a53eccf464749c700ffdf8c0a28068e8fb234a495611a858c2a4c23ec8c0216138b2bf3b0339c2ae352450b9f"
       "251a8f151e399e5f6998824e"},
      {"brooklyn-1", Fame::known, "Leaves of Grass", "Walt Whitman", 1856,
       "Crossing Brooklyn Ferry", 300,
       "d960feb38f299c50302a57b32eef449714eaf668f1e2fcb52dac2990f1802c5ff31ad43befb7609ef026b530c0"
       "7bc65eea7cd283f9b1d9d621568f730adab7a9014e44bb38d9723a93de843eb3f256866e3d4acb898a6905e2db"
       "6f75458c1a9db8d447ea0ff3562996eafc2f0f6781d685e8571e5349f151bcb6b4b9f094206324f4d9e0120682"
       "4b443058f4652dadf4388912"},
      {"cradle-1", Fame::known, "Leaves of Grass", "Walt Whitman", 1859,
       "Out of the Cradle Endlessly Rocking", 300,
       "ca2c1c3f0203c3d59c27e71877c5755d37d2032488dd3886c09af9b42210d897fd5abd9afc55cdbe45eb998a61"
       "52a27cfe6fe29e3dd8b2b63cd724edd5cb8afb01ddcc585be45f98a50ace7c6044b141a401c9a557b6f3ab4d88"
       "7dedec96de7047acb8b434a31ee8f49d10b6d9ac0d82cd8011213d111148114ded16f6909f655e09936e7c905e"
       "bf590e88b97543294978edb4"},
      {"lamb-1", Fame::famous, "Songs of Innocence", "William Blake", 1789, "The Lamb", 300,
       "5877c43fe4b69d2720ae02ee55abd44a8ad1a3845e2621ede0ac99d091e89117b6e45205f36d7140b2bc196726"
       "26809ba97bd4a89c103e57f2bedac337b0d8163bea455788170ecb153b10bdd107fa56acebe759fc38b31fd4be"
       "fdfbfe72f7624862b9218bd10b077d4f61be23ff1c45f5468c9ab445be6c282ca7be1c13e31e1b31bf61e1953f"
       "408df8eb082671b42fcd39ab"},
      {"joy-1", Fame::known, "Songs of Innocence", "William Blake", 1789, "Infant Joy", 173,
       "980ef571dea3a9a981aacabca7b15a15dd5b469d3e9876f214bcb17f7b8d653c61c0dfbbcb3af285b6a7e9521b"
       "d4a4b8fc0d91e8108e851ad486632920858643eb28fcf14b1deb7a479ebba23be5583f96"},
      {"rose-1", Fame::famous, "Songs of Experience", "William Blake", 1794, "The Sick Rose", 135,
       "e70da2ed3ddd6ddd4ad4f9294d51d8c0a58fb7f4d9e780117cf6524ad1865616e0a4944a4c3e16a3679141015d"
       "d8eb82484cc264b116c65789a8d3ee7e3df4"},
      {"tyger-1", Fame::famous, "Songs of Experience", "William Blake", 1794, "The Tyger", 300,
       "be37fc1d8ab55f67dc79366726b3aee15f62b6cbb86468b4899e9f13cace8cde00055938377b0c06e308018c31"
       "bc7b4f22ee0ee76c4068d71ba650d413a80c9eafe753cb37a805d9bcfbd70b20b001687cc3d26b39b8b406a3ef"
       "02a26909ee7e187e00b005af00415eca68c672d5250e1a5f79af51c32dce0d077d15fa3d9b5b8e67f5d8a7e3f8"
       "d2bf8ab36429ed06fcde087b"},
      {"london-1", Fame::known, "Songs of Experience", "William Blake", 1794, "London", 300,
       "8eb578cd8db067ff9cfb9a1b0e0b04d4a51788061f3ee39ea3ea65cf979be8544ce63150951d74cb50836a2e81"
       "26bc8b089c67bcad793f670ce74294714b1113baac4b4f9012ccf75f0be7e53e0f3598e80d098bbdaf9fec81b3"
       "467f179a3d978a401d816f54fdc8f12c277ccf98f9e99b430c5c79bf30c62a91b7e224ef43b9b022d690a05b00"
       "d9f734998f9f8905cd602297"},
      {"poison-1", Fame::famous, "Songs of Experience", "William Blake", 1794, "A Poison Tree", 300,
       "479fb4e9d1298d24e9b0c43b19d1555fae448ba1f4800dd8833cef5b5356240e03943c07a9c94e73f69223f654"
       "25dc63df20d1ebf7fa711c1e21745a29887bcce2ef43b5010764bbaf5c2cd38a91e82e1ab1da927960342873c5"
       "b714e47c4f9fff7d7f32d146a22edde893818f4bc47972510a100b4730a5b2537109d7ebb1da1d7f4eff124ad4"
       "2b07bcbaa5b0923660968289"},
      {"hamlet-1", Fame::famous, "Hamlet", "William Shakespeare", 1603,
       "Hamlet's soliloquy in Act 3, Scene 1", 300,
       "d82f20ff0c253ad9c26cc219eb6ea65c5c859942dde5d8f936be62578c0e2304e7e6812a33e3d0406a98793e3e"
       "727684bf549d694cb8dd3037257351361d15099d0d3ac09244c8d4dde32672bd755f3f79eece2d36418347ab24"
       "7d04e3c8d3911cdd24e1173eb491fb8238684ba9987deee954b0fd531cf81ed9c678ad83326dc958e6620450c3"
       "2ac15d06788f14866529fe4a"},
      {"hamlet-2", Fame::known, "Hamlet", "William Shakespeare", 1603,
       "Hamlet's soliloquy in Act 1, Scene 2", 300,
       "158613d9816544877dbeb9f3eee069953407e562ea116e87e5e55b6ff9cc96568d1e509e9b717142d299f6b25d"
       "95ca306a7cd564c2531d8e721e1330014dd50f588c270527ab929f4a0c7412413f648da4456035eb9615d440f0"
       "2d9177e07c7d1001744b5a246beec43bf1cc2a69976b6355a8a45e01bb036b79fd8fe596f92d9f7640a37ef279"
       "5723c2f307090b3e65068cf5"},
      {"hamlet-3", Fame::known, "Hamlet", "William Shakespeare", 1603,
       "Hamlet's advice to the players in Act 3, Scene 2", 300,
       "93511fd07d4d2e1c0ba055e60b67843606999a62dd9f9017cd0b6ebac89983e84b6215ad508507f6ccbd6c6275"
       "c30634a22f7f57b8bcd2f562ad57d07c18b8e161b3d87ae7e23fb03bddc92a176e4a09831b6905fc75dd5a081f"
       "39b80ad1e068fa3093133b83085e1fc163df004812274fd3275ab53ae12d6958a263c99d9e9de4461d171bf503"
       "e555ba5f813e948305cecbfd"},
      {"macbeth-1", Fame::famous, "Macbeth", "William Shakespeare", 1606,
       "Macbeth's speech on hearing of the queen's death in Act 5, Scene 5", 300,
       "cdb4f98b119ece8b2874a2b358f70e6b3f7d581c048667905169ed6cda10feaf8b9b66af2861c5b34de56fc8ea"
       "d1091ff633ec94298b7e77d4a0a3786345cf525f6ddd8b9b7a4e49857176551e949da9ed39d5bad06930ec1624"
       "27da591f4221364d02b693cd1a8791fdd7e8432847263c0880cb3eceeb89e86af17f9a03b3be3c441f9cf3060a"
       "6e36457d181396f9af055f87"},
      {"macbeth-2", Fame::known, "Macbeth", "William Shakespeare", 1606,
       "Macbeth's soliloquy in Act 2, Scene 1", 300,
       "b183ead70e6b41a7c8e234804b6d92e5658f36d1db254275393569678ac2cb57f3993912fa7d76235791866937"
       "5807fc37ab93c2b71ab6fea9e9a5f132ec52508bb43fe217e5693f97d73113979e26fc7f3bfe47f24e44b1dccb"
       "28620391b8f5b4283ebb988b73b476c217a194911f74c953cac987a2ca39e523c3e3377478331d7c7dfb8cb79f"
       "537e3178c1f1125c7f4992ca"},
      {"caesar-1", Fame::famous, "Julius Caesar", "William Shakespeare", 1599,
       "Antony's speech in Act 3, Scene 2", 300,
       "3baa339d9df559ff2f53e9b66fdd0ad64d62c0d60fd9dec4392418c67e4550fb5743696f10230f74ba56a798c0"
       "8c128c29d27a0a44999906f265031cf106fef44134113262301b9c78767b4d95976410ec3c697e70e4e6793d60"
       "b0e1329477bd16d59d034f84156887a4743f2082c07dfbf3adc36a58c43b92f2e24e1c48349a1afc496c53f7ba"
       "d8f8ebf623f3805ebd03468d"},
      {"romeo-0", Fame::famous, "Romeo and Juliet", "William Shakespeare", 1597, "the Prologue",
       300,
       "66205140a492efaaf18bc51d68551ddc4feb8c309d714e3ce865ffdba9f4b4b5a7bdecb527262cabc257342471"
       "d0b6a7c30c52c27622b0ad039b87bac855bafea3eb7f718013280678ee5398bec252ab1f153c7c1e9c060bc19d"
       "8f1137bc956c37cf9241ea21e8613786e2c18df68e3d83a34cb57aaed216b5cb28d44c61bc49b22efcc3da89cc"
       "cfcb2791027fd51ffcf97b4b"},
      {"romeo-2", Fame::known, "Romeo and Juliet", "William Shakespeare", 1597,
       "Romeo's speech in Act 2, Scene 2", 300,
       "d203293f3f13f29de64def0daee679e794095a9c72c297eedbb5f1fd8811aa26c9fc842706d733f65796a9017a"
       "85c7e0576f2a8a18c451fbdbde6b7d227f2820820a736224312800ba46e850b1c8e663ae31cb8bf4128e54435b"
       "89b13164d124c1e5b6b03e35b57fca1dd3214eb75bb852f219f4e4b39e31fd7b2f74f5c73d36958fdbb945664a"
       "397509a7ee0401bc0fe0825b"},
      {"dream-1", Fame::known, "A Midsummer Night's Dream", "William Shakespeare", 1600,
       "Puck's closing speech", 300,
       "9ece0bbc417665a2d32eeb2248295ae43d98d820d102df651b38bed14559bb35f3f6281c8122a12ca956bc1d39"
       "edb240557fa7255114c84e704f852df1e08be5be3e4f44725c4b20651d5fd8dc9ae8ae549e650b03b359f0ae7c"
       "4b028f6aefb5ca9d5737011b146f858f7caa0bbcad332c5ecf2bd6f5d9f3b4193704aa2b9df9b6cf9f85712a82"
       "244aef616e14982058eb0f00"},
      {"merchant-1", Fame::famous, "The Merchant of Venice", "William Shakespeare", 1600,
       "Portia's speech in Act 4, Scene 1", 300,
       "9f3cf4fb8d1aac36e74feff16b81d89b8ac20d68a65205c651dbf9d87322c2a2314567c9cb7fc9c789bf635b12"
       "c6c673805f9594944a4ae94f93db80f5a05bfab8a724fd42e7ca2e1998bf5a96ba8a18765d5b03c07e4903a684"
       "09b07951a0e8c2fa4425863923a5d7d5e1732aa92185ea2ba7be53280749c22f721960e9aeb42093fb3db06278"
       "04c2ec30a369ef1a36957fee"},
      {"merchant-2", Fame::known, "The Merchant of Venice", "William Shakespeare", 1600,
       "Act 1, Scene 1", 300,
       "5c10781e46a6b6d3f19630a24de9a1000b35f8acf068c61ac5972ddb97951be622c53a785e6d9f4dba7bc792e8"
       "7bd4f010538a54b8295764a8a64a73cb27922f20cbefe205b52f076a1428ab0eabcae75666e92460c801c11986"
       "9d77a0a60a9fda49ab06de15f6fc9cf48b9ad6a82056e8aaf42363f67fa67a3abdc51bf91c9ae82875238c4687"
       "a6505c7f574910e35d5cfe5c"},
      {"antony-1", Fame::known, "Antony and Cleopatra", "William Shakespeare", 1607,
       "Enobarbus's description of the barge in Act 2, Scene 2", 300,
       "c5e9235888e56cdb57871c18a25725a2b9f1e46e41349aaab443a07cd437aa7d995ec819228f6b32d7fc395bfc"
       "76f3390ced74e023003fa14c9685ce29040d8b315884e96940c359f523e30c8056443d98cd23548634b70a97c4"
       "cb759809799c6aa9ce3298e78494106332589e8b19966b9e814343e34b707e370ca5167a20ca15969706d3144b"
       "3ddabe7a9427c9e59490d8de"},
      {"genesis-1", Fame::famous, "The King James Bible", "", 1611, "Genesis, Chapter 1", 300,
       "6005b2268949cdd8cb6d7957a68d74079c199b76e499e004e35499fc240b8550bd79116054ef6b48294f3255c2"
       "529ba395aee7990bfe35be0f1fce2a5df9e5823e0b529ba3c11dfa159bf8d783f3bc75cb4ece5805c1ec74ddc7"
       "b13a99a502d44fdf1b8bd388a7cb720bb5c6b3a83c9cb4f4b64490d702e1ec3a36d02a86a0960082925a8587e5"
       "52b7c4a67c12aab050ef729d"},
      {"genesis-2", Fame::known, "The King James Bible", "", 1611, "Genesis, Chapter 2", 300,
       "75d9fa5e9ecaae6c90e686fbfdc8527938469d12020070dfe3bb91e6a0251fc5b43648cee6ffcbcce8db46166b"
       "e09890fdb7377b50aee7092f8168beafa8da111211ad37aa46166be098905b30b4f76dd9405f4dabae37a3f79a"
       "1aeb30f5d9e63ced914142f9c30b24c55af1ed8f18f4f3d5ef1a26ebb9d2690aa68e860995e997c1c32f48f7ef"
       "c23741375415c9d4628f7270"},
      {"genesis-3", Fame::known, "The King James Bible", "", 1611, "Genesis, Chapter 3", 300,
       "4e886abaf931c1d47c2d03d2ef89fa906dc61699b8fd30ea50e3172c89a4f22d1a20962d960c41a3f2f956efe4"
       "3e1e346e2c86441795ab3849e38ab303a085931503f5b7d6168f597cc0262637c7a0beb7a6660750c715486636"
       "f75180846eaf6827b9889ac32e641c5eeac2d853f511ba6192e597406a5e93d33d6f7d47cd1e66589a7c441795"
       "ab3849bdd76654156edcb906"},
      {"genesis-11", Fame::known, "The King James Bible", "", 1611, "Genesis, Chapter 11", 300,
       "3f7e47688343d6f56715353f799b907f78ce1e98cedef376a8afb0de5cf4b933886c0f6fc50e408bd2b9b042e1"
       "fe09d3e95a413979ad565869385d8d52e1eb0e2cc72a784c74833a6aa352bdacaf80da34a56aca716f19f2ef4c"
       "54248bd8212637cba35e99453b25c9ea6a6412b8f326b0c6f21187cef2f5436f657daec70aece0a100eb6a62b4"
       "e7e68df3e36b26731c0fb4a7"},
      {"genesis-36", Fame::little, "The King James Bible", "", 1611, "Genesis, Chapter 36", 300,
       "75b6cf0c2895c4fbf59367b0432111af7c8e4a0fb661842681e4a2fd57e84fc7c22b17a22aa44df6ce74b1867f"
       "19300ad024119f0c425ab563dea77c833bc14960f7beba021eec18d1b1bbcae06e6a9d5fe035a1eff643f8d33c"
       "d8cd34b38da356185c1a74b32efc1bed1bdd4cf283ca6d92db01e1628144ef75b143ccea1c08e1dc27d6058655"
       "bc34f83b41fca9f88c2e5a80"},
      {"washington-1", Fame::known, "First Inaugural Address", "George Washington", 1789, "", 300,
       "32c2041bba9b1fe54fde37ae49d65c69823072a0205cf12f1f63a58dd0cd0fe9c9911495b6c0e40d5e5c70a53a"
       "df5f4d16624c537b2437e8513216d6cc8f33d7cf1742e2009bccd00e56e0205d71a6a6cd58c5cbd530acb11e48"
       "1080e51d7a6cd52bfba5afe1975ec12882b23cc1393a56985d56e041e397ea0075f5409888e3f4d80eec569a9c"
       "78691ba548fd5f04e25e1a26"},
      {"jefferson-1", Fame::known, "First Inaugural Address", "Thomas Jefferson", 1801, "", 300,
       "deeeb2aa812677c157d4c42b68bc0028ed0e70ca5fc6d712c2d3551ea647b58771f45342df94a70d3b690f79af"
       "73dcc27777de24b055254e9013782c279598fd2e86960da35b63a0452dcde2fa0afb88b61ac785e2e08ef4526c"
       "66d45a4fa1e8c70c36dbe1817540096cf91fc7f72a8d46fdfd8839f720b2e9556d344e9bcd768870637619152f"
       "a5792328ef6e811e1a7709fd"},
      {"lincoln-1", Fame::known, "First Inaugural Address", "Abraham Lincoln", 1861, "", 300,
       "32c2041bba9b4d2c55b67c65b182d6169914f80e33881d435eb00295f3bbb3bb1ba35f8f20715207e3c45d4758"
       "ad75c318ac5f805604dfe45af863eb6992280a467324ada1de79dce253b23e33c3a42074230b5ce23bdcda32a8"
       "d92c17dd4870c094f0ec50e8e31778a9f06d91b2bb6e02309cb88f157633248e2fdd7bd1f29ebec7189360c195"
       "23055f5155102e0e96eea5ba"},
      {"lincoln-2", Fame::famous, "Second Inaugural Address", "Abraham Lincoln", 1865, "", 300,
       "a1d3cd97c332497909f5ac718a6ab5821ac18fd95dcb144e9508c39424e09507389c31abc73f7153235814b9dc"
       "12482cf992c9746da012da8456d86d5d07a352ab2f7070d4a1b1c2707215930c85c03eb2a9c7c2f872453fcb48"
       "1d924ca7cfdd7244875ec8c34493be10fffae85de3171a1a2debe4a23458e3e4673af732b1c02ffb5e4ccad6ba"
       "b45c0b1e82898ea66fe6b2d3"},
      {"polk-1", Fame::little, "Inaugural Address", "James K. Polk", 1845, "", 300,
       "98029f572de90478260759ccbf34ebd035ba556085549de27d81058f1bee9fae4373270c59667acfe2fecdbd9a"
       "9cbb469bd57b1832b7ff35d1de917cd30b91049777e8bb4073e6ebf901198d2dbd1cdf6f906d7cf4b6a507a806"
       "54b85bdd677032a9278c9480af300b3f94b2fd72c325242c4f47a4982343ea1a6a37ceee0cdba19ee740df1284"
       "23e1bbc8b71cb65b73f0c40b"},
      {"hayes-1", Fame::little, "Inaugural Address", "Rutherford B. Hayes", 1877, "", 300,
       "990d63c494c488f86d23ff75525a6dde832ded2087b429338825e14b429502e6b324157de06875e55f2ab50def"
       "854dd9ff1cd668b334d33996f6be8766d6cbeb838cb0976f1e115af51122517db44c06eb1f98a1d67c7f71c510"
       "95135a8cea81c38652fd2adfe0929053cb3820cf6dbf2a21b9c9a36c0647189ff75edffdefe10c4f47a24941ea"
       "62e966fae309c0dfec3d61bb"},
      {"cleveland-1", Fame::little, "First Inaugural Address", "Grover Cleveland", 1885, "", 300,
       "0753a3b86c74ff90361115b3a9fecb62d861b44ad38106a691576ae22f8a9259a8eee0cfd6d9181908c7372c36"
       "50583af19ac0de31a659e1234111a209d5f5ef90f0e85941c235ac7e7274456bc48b3e8d7842807998f311e8c7"
       "ad76c0a2e96603d714ca402b35dd3dd4e1c71aaf4c32c2047b4526a299ea7da178504f17717d6cceeda17f1e00"
       "61315ab5090479df0bb0c506"},
  };
  return all;
}

}  // namespace assay::eval::items
