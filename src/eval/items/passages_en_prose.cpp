// English novels and stories: facts and sketches, no text (see passages.h).
#include "eval/items/passages.h"

namespace assay::eval::items {

const std::vector<Passage>& english_prose_passages() {
  static const std::vector<Passage> all{
      {"alice-1", Fame::famous, "Alice's Adventures in Wonderland", "Lewis Carroll", 1865, "", 300,
       "407f6de893f00c606070f1e62ec3fd5249de5150b76856f4cbb4f205804798ab9628959580a2dfb833a5819ba7"
       "6e4e048534d3cfa5ea56bb9e0c3a0d3c54d4f30c7b0b1abc1717c924922e5255d006c2c32a9b085f9bb346cd56"
       "ecb1da8052536aa84a8f185bfa85970e27392fbdc8e39b3199793335d1a1dcc33481c6492a5b6c8e3e57e5f188"
       "82caba86c013d96b44652cd4"},
      {"alice-2", Fame::known, "Alice's Adventures in Wonderland", "Lewis Carroll", 1865,
       "Chapter 2, The Pool of Tears", 300,
       "186106f77a3d8b429d23ebd7731bc3d3e847ca31b5d633364dcc56f0d9f9c3afae76d0307827ef3120260fc246"
       "bb7902e70f93f386ea0e06d12d0cc76f6f54bba4c101a69a716cf18a51f4769ed76143d8ab772f462c3b8975ab"
       "1e294c6ada9fb17f4e927379a389d435223518e61d3bb8358441c1b19fc590574ddd099b752d35ae0bfc22ae4c"
       "471838dbeedefaa70d1ece95"},
      {"alice-3", Fame::known, "Alice's Adventures in Wonderland", "Lewis Carroll", 1865,
       "Chapter 3, A Caucus-Race and a Long Tale", 300,
       "98c1d59ef464ab7aa59dcdedd4eb59351ead8f12c4db7c15656d7af25815911edc87a1b47c99574a8f45ff7d26"
       "7a6b6d88d6476a1944eb2f9e4e603c78a60950f119008514d78009313ee5b74678b339a687759bc136eef74c2d"
       "efdcd76545ce7b6915ab972a5a0786a1d6e5b0202574c34ee617e4690bc1167a5b55128dc2fc9ae9f94d7f5b0a"
       "75bd485d2f40290379e3527b"},
      {"alice-5", Fame::known, "Alice's Adventures in Wonderland", "Lewis Carroll", 1865,
       "Chapter 5, Advice from a Caterpillar", 300,
       "976b169a34e66d6e9b41f6fccc2ede143584e003ed73a0f424fd0154f210d4af118fc84341560ce4230cc2419d"
       "89df52d0645dc107b4cc3fe898c087bae08b00010ab3fe6e35e559c3d7344fb2c16eaccdaebae9f596b2230a1d"
       "bb2cfbc8ab99511a7795fcbb3f38999089ac5b71ca95093e51de7902469358c58f5264149888fd0940e9a6d959"
       "d00f0ae1438f602fbb1d489f"},
      {"alice-7", Fame::known, "Alice's Adventures in Wonderland", "Lewis Carroll", 1865,
       "Chapter 7, A Mad Tea-Party", 300,
       "06b9bc75754a81a960a3d0bf0af53eade3c57c7b4278022e314e8286709fb08b369f7151872516475eabf1546a"
       "e9aecc996fc900f5a1da1d2711a01a1d05fee75b2e27f3e68ca1b0d569de309833ccf095dcabdf2e864438385f"
       "2ce722dc9bb777037a4f562d801a623b242e41376a3d89ed52d30a60e24eb379f67929d71970b80f706f1532a4"
       "2e5f113f6050cefe7d1c940a"},
      {"alice-8", Fame::known, "Alice's Adventures in Wonderland", "Lewis Carroll", 1865,
       "Chapter 8, The Queen's Croquet-Ground", 300,
       "48fdf32c33ca6bee6b133612e6580da888898c7d5ed3daa4eec17207322e62b8f187c72b36c12820a082f2b9de"
       "7e90fd0cc50809b3375005268b44c6e34fe5e54eb7a7973af4157c2222f4ddfb65ea7e67385f565844c205e135"
       "9f5a442c6b30f8f30c3b19fed5e49371a0e628582deff4261b03a490bcaa43f42e6ddd29c618021296626769b1"
       "9087089cbad666681447c667"},
      {"alice-11", Fame::known, "Alice's Adventures in Wonderland", "Lewis Carroll", 1865,
       "Chapter 11, Who Stole the Tarts?", 300,
       "9e7a845905363fdd7c6315cefd120d756132e5273b920d974dcb63e113ca0d28159985ab828c098bff232bf475"
       "dc09e6c048dbd81f216f1a8531c44699354069f072c0df308386c05b6f8d4acff02647787568e37d1e7f0e712b"
       "3da25e8bda3bc342872d1342437313098a7998f89afcc5fe72343aae8edf165d55ca6d48db0397c0806547a0e6"
       "5a308015d1b0073e46318c8e"},
      {"pride-1", Fame::famous, "Pride and Prejudice", "Jane Austen", 1813, "", 300,
       "468ba3f4643fae065883890807d4e782fb77a2807aa1df6960e65ac0b5f48e8f03999812232a97fa3fc7c3d1f8"
       "94f4804ff637f208e6049512166618d53c3b9129ba43fcfaee3893eaffe29ab5f450347bf83b83e9bfd90be44f"
       "a2452987c406fee3621a92ce9d020b4a78676da1b3994febc0d472d47cc3fcc22fafe637d8bd743822b69768d0"
       "6184ec834207522eb5b91424"},
      {"pride-2", Fame::known, "Pride and Prejudice", "Jane Austen", 1813, "Chapter 2", 300,
       "0aa562620e5dd890017ea30d6a191a12b4aded814af5a6cf154bc9a081c717b0de9b4f7b4352e9c66d9e42e98d"
       "fe5d1fa5d46ca3b24b11c8954fc63953bfd213313e11b27ee54c9e8fd3463949a7b9ec425116c8917df888904f"
       "ad6364eb502b34ee323c6025690d3ca8e5e6890cb5dc1b12a70c8d668d403bc3cf66ce67dbfce1b27f6f43107a"
       "0ba9967b8d1a8b2207452ce3"},
      {"pride-3", Fame::known, "Pride and Prejudice", "Jane Austen", 1813, "Chapter 3", 300,
       "8df62178569510f2e638e045e71397cb58fd90b7738749157ec0b22ad4e341146198b57b72986b37a0f7eb8813"
       "223e0b78c0241e9a4fe41f46628ab108d07179c1f59e1393c373afa4f287bdd8607905b51e02cd237bfcf4d7df"
       "5ee2d7e43457deed06c1fa3113f6075a5ab7a95db5f6472837b6f759633ad214771b2b25e018dd0b8312ebbe7a"
       "de494223e3b8223ad44d82e5"},
      {"pride-5", Fame::known, "Pride and Prejudice", "Jane Austen", 1813, "Chapter 5", 300,
       "88e9b54855e4653198562ac56aed1a7734c485adc140ef8db1da26693e21336002362cd646d24b1c6995bc59a2"
       "5855ed83aae016946ef872983c009e71f854a3d309bc629323b41f1951fdee948dfd4bd50f95a109ba62033c78"
       "0fe645a3201521e61402e9f0d3fa3efa27def9f3de0cf46c7d23c359d5aa6cd5bbdb1a7c24e7ce6855c1967544"
       "0d5d83b48fd42fd14a604d3d"},
      {"pride-7", Fame::known, "Pride and Prejudice", "Jane Austen", 1813, "Chapter 7", 300,
       "0c76f4f0d3174fc0e492dbec7ac40bf0d9dfbfd50eda506bec64faa319aafa19da98c75bedc58d1310291f20fc"
       "0e1dba69e58cc94551901934864e95410ef9c4970f1d8a2f4eb37a3a0fe80d549045459f3a9508d6994d7f2b05"
       "2e135687bf560b97ceba01fdd29ba2cd9c224db806c3b745ed769802106aa9c224219287611555b2962ca26d5c"
       "f0635570f16110dbcdcd7f00"},
      {"pride-15", Fame::known, "Pride and Prejudice", "Jane Austen", 1813, "Chapter 15", 300,
       "5a9379cd7622121d1071d40dfdd474d618a34713d25611c6fd3d89c6c5bb8a1e81dc509e5117b3ddf8eca4f7ad"
       "c5478e1259b7f9fe4dd62d9e37c6061b82574addc1198d6818f34f3fab6d39b45aabc178f034c22f806d179dde"
       "452a8ce9c9eaac6c6d52a06f45bc083a4ddffea9325eef7ff8fc7f116005e5a4e788e31441ca1caef89956235b"
       "b88d1a85ca94e7251e1da511"},
      {"pride-43", Fame::known, "Pride and Prejudice", "Jane Austen", 1813, "Chapter 43", 300,
       "73bc9e14bf0f024768c2aba31ca77e2e4e057c2d9530174af56b2a752ce89eb26605864322e8356325cf8eac59"
       "2823ff9cac4179bbcfb0229a35682e0bb53217e718b912f411c64058243f644b29abe102c478fee6da7da536d6"
       "cbc9c7bfae0defc8171cf979e9ad93c8a8ae7a22fd2a879cb04cd185ea97dcd22d26d0a24ca9271a2b5a80ebb4"
       "19c9ef502c59873894b48624"},
      {"pride-61", Fame::known, "Pride and Prejudice", "Jane Austen", 1813, "Chapter 61", 300,
       "54464d06b2d484895ef5fbd790ea37d58644c297d301b3af2f4a23239c20911c8c863fdbbb40c0abde6d957683"
       "12a7788eb1943243221afb381c092c4cc9ddb20f005d4aaddd96e11a99f31ca45d24f3ae9e9b154855484aa369"
       "30776105add3eb82f5062995d83e94f7042d073d74b6f7c76c20a1d43da3fe4639d43acb7f9ab22ef18da2aa34"
       "780af941947eaa01304262fa"},
      {"cities-1", Fame::famous, "A Tale of Two Cities", "Charles Dickens", 1859, "", 300,
       "874ccf4fbe01a6a532bc060dd00d895a539610173dc454b01d731637ffadad0d00b92ce7af58dea20269fa585a"
       "bf5bb90aa7a475d4287b31c1e07bcf6e201ded1ed46209f7aa0752a7e0f1a972b46c5844be872303983a3570ad"
       "514c8b441c5a299cf07c87087ce60f32bb7a24f379df2943c48a0c544836e287f7af5e6bd82162f76f1c9b61d0"
       "040a64a9c38d569fe1186d59"},
      {"cities-2", Fame::known, "A Tale of Two Cities", "Charles Dickens", 1859,
       "Book 1, Chapter 2, The Mail", 300,
       "439f31cb93dcf13161693452414126319ff8379fd4347c9ff2f2e4e11e7bd689f482743eee40a994babda504b4"
       "0d752aee1adc68336303f0a1bb362a2ee97774a3a6eaf8be489fe75d6ae2d862b157efd7848f79cedde111a418"
       "ec6dae6afcc835386645f45d042c802bdc3f515e1077bd565b5099ac9893c039a24177fe3d589ffee2c09f618c"
       "27d8db8cb66427baeda299d6"},
      {"cities-3", Fame::known, "A Tale of Two Cities", "Charles Dickens", 1859,
       "Book 1, Chapter 3, The Night Shadows", 300,
       "2d2897049f413f4650cd5835d5855cedb3500fc7381023fd7e508818b114c4099d07f012fedbd5d51f58fd3f52"
       "515e109b19595e31e76773db25242c5fe40f11e672255a26a3448f42b28fe7439d5cf4aea523e8c24212572f03"
       "1685d7c0679ea7d68123ee42dd17219bca46046bd3b8fcb1ab39e4c0f8500de5fe0327b5c1d4810633b6ab5852"
       "521b136343bc9029bd5a6013"},
      {"cities-5", Fame::known, "A Tale of Two Cities", "Charles Dickens", 1859,
       "Book 1, Chapter 5, The Wine-shop", 300,
       "c0c520189694cf5bca1b1e2dd7ff78bf33d1105457ae970862b1eda0313e4a87b0dd87bf43147bf3ffea5b28f9"
       "1819f0e8b54e04b7b917e01a425f6ac915c6b010866579af88b8149e5f87931c2325e54e27e53a92c6b8db8ee2"
       "380be4d7d9974fb8de309154bf94835d0c498de7ce004ad9ee329c9c28e9e3d24f57f51c21062084158eb3f5be"
       "852d27b2a6e680b59cdf4fcf"},
      {"cities-21", Fame::known, "A Tale of Two Cities", "Charles Dickens", 1859,
       "Book 2, Chapter 1, Five Years Later", 300,
       "c87a1868c334bfbf4a6708f03a7286e7047ee6f11440229283742740a0670d7203ce708bd95999f889780db280"
       "6c3c632f58610086996a4d2e9a1ee2d254d7cf9142cb871c020acae1c9a010a12ec8626e65b28a752360fbb225"
       "80535bb3cbbf6ee84bdcc2efb98632869d6eff3cec664f238b51451bb4093d726775d3b7c4e48c7a417485517c"
       "c10148fa78c89df1d3dd5084"},
      {"cities-315", Fame::known, "A Tale of Two Cities", "Charles Dickens", 1859,
       "Book 3, Chapter 15, The Footsteps Die Out For Ever", 300,
       "d808459e1eb6df9565aad28cd2ee4f548bd1df4425d2cd110fd3e0302ff329eeb2879edc1e94a7781163814175"
       "d7eae568b7aa9f0e2cb6cebd5e45a699203284fdae55b010add24d1def39871e5bab71cb0f75a280a3243072ee"
       "11d01f2ee931c5569ea215d95bcff00ed3f4df7e241db0be590be14ab455722f90c00c56fd2d7854d991f3fc97"
       "898652ae3ef748bb274610c9"},
      {"moby-1", Fame::famous, "Moby-Dick", "Herman Melville", 1851, "Chapter 1, Loomings", 300,
       "ce64d01342ec962c697c0c9cf1eefe9c2c88b3c43af89b82b48cfbd5ceb5704850c5609b892a840af653df07ea"
       "ef5fb5b3f4c1a96f71d0a0f5f48fa9e0fd713fe227427c2a6a13c40e40600476fb1274cbba0fc3c77eba61bfff"
       "62978572048af2ac1abac1919076da6586f44ebde338cf58c0561c9d17660d5e8cac6fb2fc9518542f7f713415"
       "f635552a5a7179c05fad976e"},
      {"moby-2", Fame::known, "Moby-Dick", "Herman Melville", 1851, "Chapter 2, The Carpet-Bag",
       300,
       "574093b9c28eac619214da59a1561f715d7a973a54c4a8e1df4f117d84f4e305466e4e82ea0d399cff2be108e3"
       "235c61dfb1bb960a74fe6a502dbbe136b4ec491689509361e79ba203e10f06e170abd0b4462cf996107c860797"
       "27cf1d4a9200c3167226b667d442e34f14ddb6291793e280198a740cba2905f85e9c4b6077c08cd69e473b357b"
       "de8cde980c2ae11e01c7e42c"},
      {"moby-7", Fame::known, "Moby-Dick", "Herman Melville", 1851, "Chapter 7, The Chapel", 300,
       "51a19aa6706a3db794c5dbe16074f201023a20d3baa40856aa00a41e5ec9f07895cb516ba8c879c432e5804add"
       "95ce52ac29c631d1a4c91438bdc6930b37f4fec01bc982352eb9e0221319213bc7f428bc707de10d642654d30e"
       "ad07b93935819dde35a74287f5b8a9c5460914af2a2a66a2267a4408ab0530ad493ce5fb0812a779d26bfc047d"
       "b0f619d90d139905d9d3eed4"},
      {"moby-41", Fame::known, "Moby-Dick", "Herman Melville", 1851, "Chapter 41, Moby Dick", 300,
       "35715c5c4a0a29b76ae4dd0a8ebbaf796e4e379a95ccaa5a5744b6a415750e1aa02f61a57b0c2e63531038d211"
       "35a67d59effb21c35b1a8b269cc2310a3dfe4e0503b5942e25a7c205e6b18e1ac1d1aed6c14952784f4d22a30b"
       "9a0411547d4ab8b331cfd301498c013683761e2e21796a3b3c1a85459b54ebfd1a42116c504553ec2cff5d58dd"
       "037ae88f6c41746220a7c7fb"},
      {"moby-42", Fame::known, "Moby-Dick", "Herman Melville", 1851,
       "Chapter 42, The Whiteness of the Whale", 300,
       "31a83c7cf13adecc3a60978fcb0d2135e801ae08926efd5caaf4fc65f213489f17c9d2dbd254bda1309ca177a4"
       "c2fb1b297f922a4849ca348ba3e9d86180d79a1697ec21c8ad811eb4a5697285a4660853a8a137e537941fc315"
       "94d4d72851ab19f4a3497bf006e6620abd22c5f98ab33d2364825ce7603dcd78682d6b75c93f6f6e2f7711f907"
       "66801d23cf86da7fe0b51245"},
      {"moby-94", Fame::known, "Moby-Dick", "Herman Melville", 1851,
       "Chapter 94, A Squeeze of the Hand", 300,
       "97bc272da8c7e275f431f03e43101434a859376b4e443a7d9398ffe000c73c4b35cfcfb0a1125e530df473073e"
       "20166bfd47e1abedc1ec5fe0f8d95f47e8dfbd06f36366fe4689c40db212a0410b892e29e3a030641e1bddbd85"
       "ab07734c3f4a4c30b7d1ba23536b1fdb763fc48c5fd763f5b6c2f39fe67fa8559b0ac1a8ae0f0aa12a4495cca8"
       "f8d3a25e2713412a3773b58d"},
      {"frank-0", Fame::known, "Frankenstein", "Mary Shelley", 1818, "Letter 1", 300,
       "3ba1b109e7e567cd7dcbb5695d575f8b8d413e51279e74dc66d6cbeb838c154ceed0ecde59088fd10672da4163"
       "d044a6a4f3ada6dfeff27dc141f79bc576099c4c03060ce41e07ed93f9a1f145ac8dbad3373099f3f64c517729"
       "efdaea359043eb144e1da5a1b54cf703c33cc061b5060cbd4eee6c292f8619e044f29953feb8e8c21e2de25f36"
       "d8291ba174ade87313654585"},
      {"frank-1", Fame::known, "Frankenstein", "Mary Shelley", 1818, "Chapter 1", 300,
       "4597df08404d7aa85dbf45695dc76b7b71bfaf4f7e7882f1b30b0c8cca032e65da6e7a24849447f65589e4fbd4"
       "bcd866c971155c9264753a3f1889dcd1b23ad515c450195e53c54bf9eb5c5deee197578bb03fa5cccff63bae7b"
       "75532661bf7b7fd76a3c99817a54dca203ac792c10c5a65aecd46dbee3dab618399721c5c0b207d4473c457e8e"
       "dc4638c32d2084e9326e296d"},
      {"frank-3", Fame::known, "Frankenstein", "Mary Shelley", 1818, "Chapter 3", 300,
       "9f609be6e41747ecfce7d287b79e652cc137df00dc60f991c3407a957d51a9ecf4ee20bbf809bcf8917d47aafe"
       "c6f86fe211c8a68122cc99df83c242447a5dbe3ec2aa034cb3863b1cfeeb22ca351db910a7059a1fd6ad919b98"
       "a5cb2293874c90af3dff0b7fe8bfca223d197862c44a182a04516fb0d7039a4361e909d664061883569dbfcbcc"
       "5da727fc25371d020310469e"},
      {"frank-5", Fame::famous, "Frankenstein", "Mary Shelley", 1818, "Chapter 5", 300,
       "72b1d2a64bf2d195be5ce18757d3327bb0757514ffb2d1f868ba239022876ff8ae120aefe8fb5e3e194a96635c"
       "57b9d93c56cda38874f14779a1e36db347d0e0681b3dfd0bbe87ebebe99154dd12e40b06452c8fd9b748cbc5ef"
       "577670cedea909548bb279acb635936573511f5ad968a85c91a9d4999a99026df072363e35b90fd3812c3f4b1c"
       "29ddaab447e57a7979c1b130"},
      {"frank-16", Fame::known, "Frankenstein", "Mary Shelley", 1818, "Chapter 16", 300,
       "43973ad211f8bf8fe8fd7185b400897d911c042e725a11cbe556f8a755eec2cbfdb20473bb9f63ab96ed6a7792"
       "5b125202b0a577f4684357e0e54b2473f737bb4e92af8831b10e45fa79a3ffde8eb244e02f96a3c405b38a7dd9"
       "cbc8b95bc8ab3545be70ab637b3d02e12d013ce3e2de38a1086d3f2f19313cb8f10df24c35cab4c648357d4046"
       "d2d7919f3393bab63c46d1a5"},
      {"huck-1", Fame::famous, "Adventures of Huckleberry Finn", "Mark Twain", 1884, "", 300,
       "dbb4d925475f8186a6b3b6d4fb9576a12de70c5fafb45f6dfef6d4adbd935fcf35246cc2e849db583f4e343542"
       "d54940791b72aca653f2d512a1951e6258fdf47c1666b45392393091ff44c9f35943253524678a33b17ccff4df"
       "f2fe8a5a6bc4ff1df8bbb85ef0cbce77093dda16dc94c5c2f450fef662e739ade13c25d97d680a1e3774f8908b"
       "d09828a6c88887877e063315"},
      {"huck-2", Fame::known, "Adventures of Huckleberry Finn", "Mark Twain", 1884, "Chapter 2",
       300,
       "03e2e1da3472de78cc020d3f822cddbd6b400fa2d719bce49ee3814af6e5fa089b990b629f0516c47380dfb38e"
       "4cdee6fa9fcdfe070f87c69776d889e89ff9e67bed7d6f246ead43f814046b1c5a61469e2855cd93bdc7e46075"
       "ae0719095adb69223eb74737aeacbea0f7b64ca5fa40f6b1238ec5633f07be25ee064640432cf2602f883883d5"
       "0928c14393c3997f64fff0e4"},
      {"huck-18", Fame::known, "Adventures of Huckleberry Finn", "Mark Twain", 1884, "Chapter 18",
       300,
       "b069b2352e69397f5d5dcb8d53356aca45e4d33b6f04062f08b77caba0afb581fc2120a4a490a1b9b2babd3e3d"
       "3925718e81ea12053faa45af8dc864673f8451fc9361a52ac9f4d9f273fe86993721003555b783da4cb22244a2"
       "b088e9ac96837c9e28122691babce49b9fa3077cc97830e63e786fcc15e064b2509761599bd7f84275b279ca65"
       "de22895722973b2a3406b9a6"},
      {"huck-19", Fame::known, "Adventures of Huckleberry Finn", "Mark Twain", 1884, "Chapter 19",
       300,
       "5753f0331d8c39a45c4728fbb3e4604974d1d2a8c68f28f47e177a05a24744db7b9dc532f67d22564f9504dccc"
       "e915bcde34459daefc02d84704233848e6a0fe0475d3a8f1fcb8a38f0a93e693cb006ef59c756306747275db16"
       "9d74a2ee1ab929e6e2f5b22815d10fa114fe5d653875d7d84571dbe6fd23aed6110409fa3eee4d5155746be648"
       "32bc9e753db61dbe5253886f"},
      {"holmes-1", Fame::famous, "The Adventures of Sherlock Holmes", "Arthur Conan Doyle", 1892,
       "A Scandal in Bohemia", 300,
       "c15be2bfe3ee3c3eba66a4f56daafb37e072e9e4cc26f12ab1a4f1e18e066a2d2f0dc86d3938d573926ac72e8d"
       "6221cb7ccfc1247919ab40dc38df2d58b6725f4fe5e8640bd42b9e10c7e06e64430bfb4fb4d899ca3fda505c03"
       "1ea5e2a4994dc8768e8e4c6dce8798b644e4d920fc126f2fd7ef81d01f68e04f31c83485ebefb88142f27f5ed1"
       "5dd36a347d144c7c490a1742"},
      {"holmes-2", Fame::known, "The Adventures of Sherlock Holmes", "Arthur Conan Doyle", 1892,
       "The Red-Headed League", 300,
       "ffe7ff6e40fc3ad032511582554ce918417db82b9cba0810406e95b85480876ccecbc868d7c7fad5155c76ef0f"
       "25cc3773c479c9344768503fa2dce95909e891ef1235745a8b030263875fd2636686f0956dac0d53b75b6c47b1"
       "4ba1e5c8aace9c73f7029796b9c212994b84b5faaa9e1b6816365981a78315c6cc8cd73526201c69a27c3e995c"
       "ec48539c12aa4bb7c626e6ff"},
      {"holmes-3", Fame::known, "The Adventures of Sherlock Holmes", "Arthur Conan Doyle", 1892,
       "A Case of Identity", 300,
       "5b10fe39729e925f635588fe0b9aaa049748d51c16d641e58829869c66a24c6af491b8429e9ac146bff439e52f"
       "c955295f550fa6df77f6f815fbb99f1012323ef77a5039b5ec6c1970900881b9239f1d1ab02455c0946d0a0e59"
       "5ed71023d0e9c450e57b1efc2740f8373a04d8f067492aef9ead7f2dd0d5f31be8ab2ad9c11f172defca290e10"
       "eda0e117923875ae1f99fab0"},
      {"holmes-4", Fame::known, "The Adventures of Sherlock Holmes", "Arthur Conan Doyle", 1892,
       "The Boscombe Valley Mystery", 300,
       "8a1690ce9421d860a75c761437caa9f03cca166f7a0979a4c9ab379fa193064209789a402df31acf8b36e0d95e"
       "d602e18e5b0faf241fb16f9046f1f97cb93829b3a4f97cb48dda70058f10937edfa2978817299d278a599cafdb"
       "69e48a2e2cfcea7f70f53ef351fd9778be5d93daa4e319b173df44ead026263db386ba4ae49e3d13f1195b1376"
       "bc2ef85453834a977922d53f"},
      {"holmes-6", Fame::known, "The Adventures of Sherlock Holmes", "Arthur Conan Doyle", 1892,
       "The Man with the Twisted Lip", 300,
       "360fd74a73f33eb04f4ae0da81e4670f87351fac89d868ec936f4f44308af8de62b6588571c0c3fb581a0865fd"
       "4815cdbbefeedaeccb2997e5b1800b8b49c12ac0ea9e1f352121b4da806860804b42654f9d3710a4dda262265c"
       "a7581ac3eabc2f609b3ff2a105590d5f876fe472f770b035cc61429bb36e788229dbf6e3ec1ed51b6b5936e1e0"
       "21e199eb126120a727d6b4a2"},
      {"holmes-8", Fame::known, "The Adventures of Sherlock Holmes", "Arthur Conan Doyle", 1892,
       "The Adventure of the Speckled Band", 300,
       "e889b64c50c15a58d11bd3e030579d7fbc459f3daac41f06d7bd5c21d176958a3c07e9d24866028aa0d14b6262"
       "db0dfe7ed6e4ebfda3d0eccc3f9517e061ac17dce272ba94e1535f22a566868fda32f356b707f57d3765d3b0c0"
       "901041e724ad8ba7d5af5127b3c7cdf69e18c8e4f36de6cfbe65d3e367017d974dabec4e4ac687427877dc7ec7"
       "5de78acaa585efcff5191bb9"},
      {"holmes-9", Fame::known, "The Adventures of Sherlock Holmes", "Arthur Conan Doyle", 1892,
       "The Adventure of the Engineer's Thumb", 300,
       "823467dc5694c638b73f72dfbb8e6c6321957ef07ba9e1129eded66639d2152ec0c238b79391db6a8b8683f3b4"
       "fa24a360c01c5aba44fa9f36253e286e3c751d859301ee9d80c7c4047292a73a54db5d486a4e3b29e895655677"
       "17e3a6e5c9e42351d833572de7a2f9a811b9611e366566f37716ff91dd0b4b680008f3272605097b53567025ce"
       "a6cf5cb5ffbf6e35dc054f5b"},
      {"holmes-10", Fame::known, "The Adventures of Sherlock Holmes", "Arthur Conan Doyle", 1892,
       "The Adventure of the Noble Bachelor", 300,
       "72d05ff654795ed398a3af9fdaec723e806d691e7aaf3e5aa74b808be9f08d9e8b67f2e40fae27a1c8f12eaa19"
       "5ae29a003e9c194df0c711b17bb91fbc287203ff19ec9dc3ceded8cceb97f4178e36e537f2dd06a046f8128900"
       "190cb09d4354a81e2a89d06a2cf7ed1417a5e00ac9cc7a5846895c43536cf3fa11e7397b93c0def6d873919d66"
       "01cc5ca60cc1884a54932869"},
      {"wallpaper-1", Fame::known, "The Yellow Wallpaper", "Charlotte Perkins Gilman", 1892, "",
       300,
       "2aae0a10e331ce49fdf23526e0d64583f40fb6cb949a66c3e71301aedc7a67af3fa90eb93cd00d7a878396ea53"
       "1c0e6b800c3bd5a2845bbcc96aaa7293baacde06557653da89730a33df073d39b6246978649689752f6ee1afe5"
       "6d24d3d738242b40807494eca3b73cd8446d109e7df1dd7b86cdb0732c29e5090c01060064d524bed3b91eab59"
       "328f9b247464cc4de824ce24"},
      {"war-1", Fame::known, "War and Peace",
       "Leo Tolstoy, in the translation of Louise and Aylmer Maude", 1922, "", 300,
       "61ba6875479be61c7212455d3fa88abef530825d6057212699d69710e072022a77196e6d1ad83daaad3081e1b9"
       "81f37b9f9f367724b15d6f2c73432eb943cf43ed53f010d135ac20b4bc276731f057e4b9efe41a773cbe66ed47"
       "99dbb2b22993fd4da022a70f2ab000b0414f58f71786217911db2952290e587f2f08186bead6704891615ddc03"
       "bf21b1781910c072314e010c"},
      {"war-2", Fame::known, "War and Peace",
       "Leo Tolstoy, in the translation of Louise and Aylmer Maude", 1922, "Book 1, Chapter 2", 300,
       "539c9608327a21270ba72a9b71949174aeda4a0c1978721a84adadef019e54922edf86efc9bee699dc5e1456cc"
       "dedf76b3d8e3e72afcd9fe1a4cef3b644d6f5c8b37d112440a7f25a266bc84c91d34aa8cf00a95eba2dcd626bb"
       "27a4a113230ad0ca93dce78f73be222a54ca5a81108729421011786e86d4fa1aa88dd7b856fe9686183ebc00ce"
       "87f868cde9f29aa9e0581e43"},
      {"emma-1", Fame::famous, "Emma", "Jane Austen", 1815, "", 300,
       "a3e6a8ef0ebd76d0f95820ec90c393f6006b07b3be11685a841c1bcc4a49f142e1749c7d0955e839f1aa9bacc4"
       "f6b5120438244303556b9fff7f54b6c610775e4e22e133fa33e5227979b20b7246894f4cf344decdcd07c2e5bb"
       "f258f833e7162718d5d05fd6c27336f29310aa1c885c647ec6e70af10c63c7a755db641dba6d4521a93a335088"
       "f9145006c4f6bf9b7c1f0742"},
      {"emma-2", Fame::known, "Emma", "Jane Austen", 1815, "Chapter 2", 300,
       "7c841e2283d293bfb898ad21c78566c4166ab5bf9fa077b0f669a9bcb29de43dfbab97eedb130e2cc9dc52f984"
       "df007227c6df312971d703c5cc93b9560ed5dc1846562655b75f3165beccb46d6dcaaf6cbf5abd781e6f78d95d"
       "2a3b00d5c81f9fdea13232d9d8e658d84e8cff8d3f0a4426c61055bb39cd7b9b976be4d3850017be5c265cb5a4"
       "5481132f5052f1e7658f9224"},
      {"emma-3", Fame::known, "Emma", "Jane Austen", 1815, "Chapter 3", 300,
       "be9e056d4af5200a340c6471db4ecce42fdaa2033b9f3f1c949d0961ce037d42095359b785f5a741965ccbe2fd"
       "e8f1d21344868a3482b46503cb757bebd4a4a46cc45923cbc179f895add137a9d1701f92af64439b64a4f913b3"
       "d74574554138a59b3186a93d57972713a06efa0d4dbd817f0b3238df8babf9d7dc59743330b38ed49e0f67f7ea"
       "e335679dcdddea501c688a34"},
      {"persuasion-1", Fame::known, "Persuasion", "Jane Austen", 1817, "", 300,
       "4a7e8f4f1fcb79347d14f6a418c91f3077f8b93048965f9f48496d7336d919c8b19ba009bf909c48897c4fd0ea"
       "d214700390cf0e856cb2178b813c6b1bb8da93fb041b05b28dae8300177b5892847369c89519df4653ded3a94b"
       "0f1f117fb853201895699e580b6bb8d43b0101bbcac430a651eb96b8fde4239e8da01dfafbc59483d62ef2526e"
       "079405e1b58cd0cd7a642c4b"},
      {"persuasion-2", Fame::known, "Persuasion", "Jane Austen", 1817, "Chapter 2", 300,
       "f2bd912f5e7413cb887c3e615b98751eee1708de11172ac13598c498abae313c0fc3fb67a16cde168b42e59431"
       "0c61d5e0fdcce5a15d28ca8ff48827cb6656eca0834a56d2dacd65e9a7afd8d7c422c23846a99a76c85c78e348"
       "23376df7b20ed90fbc3e2d3ac003c235c72f662d3bdaf324b06c9fd0b785d40176a2c75c2baba7a821ebad119e"
       "56c885e0641c4568e8d54bae"},
      {"sense-1", Fame::known, "Sense and Sensibility", "Jane Austen", 1811, "", 300,
       "ec9335b975362cf91079932de7b6c760462e418067d77e8d5e0cb27b1626e6bc669b81a188a39a37bdb2007805"
       "0623c4e2704640f3d6e9f62d1c24ff3b3d2a2fce1c4e49aeba136b0107c11696bb13aa9f8f179341d87670a315"
       "f1e884c11cf1dec2836ac973cae4dd95fe1832c999b5f76e31f1c98bf7e45e3a5125a98833357f32487e0374e5"
       "daf3a41e6d95200f0f5d3044"},
      {"sense-2", Fame::known, "Sense and Sensibility", "Jane Austen", 1811, "Chapter 2", 300,
       "52b90aef89a4f1e73c66910b82ee828adbbe60f6c14cef597c992bf655e96bb120528bc94854ac40defe993e42"
       "7a97e8744a007d838995e36100a83d61e984f19b7faf0289d2d37ba063fa5a26e5a6432016c7dcca8c996566ef"
       "7c7387d550187ce3a6f8644f421b19f31ed0cf9ed5b242e4814ae4ea4a64c211e3c0fc84b460bb20fe86e40551"
       "8749f9ea71c01aeab4e68251"},
      {"thursday-1", Fame::little, "The Man Who Was Thursday", "G. K. Chesterton", 1908, "", 300,
       "b2114c13bf34ae6e6e41443093b75aeabc4c6ab4d96ed891e0147ec153878f6e7d87701d027bd528cb71ba097c"
       "045c7bcc9c1e780cc1a53e886727cf4bbd808f7beace2ecc9f092801dae671591d55d57925792fd13618dcceac"
       "c7d1035807c3990a8ebf0380ad70b8571ec803fa3001e822e9a195ac3b0cb7a2bd12a3f05e2fbc75a949b2058b"
       "ed1457090938406bc41f2c74"},
      {"thursday-4", Fame::little, "The Man Who Was Thursday", "G. K. Chesterton", 1908,
       "Chapter 4, The Tale of a Detective", 300,
       "db0db91b518c7648bc1798e31d5684659759a2ada9e12fad0a7148526708b826db2e115f46538bb27c9638de15"
       "606ad1ae8017262150d8acfa1b54c7b3f5b4ac628d6c02345665916a95009cec97214caf9391530cedce49ff0e"
       "4962a7f93a589181f5eb018ace269325d9a8aa8733e60c6fba78c4f6b9ffd3c641b9db0b17e84c365426c4ec0e"
       "f5038ffdcb8a875b73623619"},
      {"brown-1", Fame::little, "The Wisdom of Father Brown", "G. K. Chesterton", 1914,
       "The Absence of Mr Glass", 300,
       "3d30db034428cf9fa23f666ff7ed0598e737ae2d6a0ea8771d0769ae5b380982328d1937a67b84cf4bf44b4384"
       "85f92a63c864837c61c201bb4a90d250c6c1dba026c26e8ae0c8d9e934598c132340114509cd3bed1dd06c6305"
       "689dc4922428291cc590fa773ef039b2f5b1f92e38404661afec78fd1c7a87b218e853556fef25d24d676f1e1e"
       "eb55cce484f14c4df89186d3"},
      {"parent-1", Fame::little, "The Parent's Assistant", "Maria Edgeworth", 1796, "The Mimic",
       300,
       "afa6f9b697fb7be410baf52a32677059c9d9a217e5cd47d27522ed1e6c9677e258f473cd983d77fe3a54e26a1d"
       "fe3a198ae02e46bb1a61b2ab2967d27c242435a178fe1e2795e3ea8d2ebfe0d4569773a5ac34ac7238ed68a593"
       "6b6cef6ac84e20acd1237e4b553dcbcc318b2f1d2ecd754e81bfc7fcdc70f97fda96ba1bdbfb5f898c726490fd"
       "a974ea44be9e77165601a9e1"},
  };
  return all;
}

}  // namespace assay::eval::items
