"""The texts of the model goldens, all written for this purpose."""

# (context, continuation): token boundaries are where implementations differ, so most of these put
# one there: trailing spaces, no space at all, digits, joined letters, other scripts, line ends.
PAIRS = [
    ("The capital of France is", " Paris"),
    ("The capital of France is ", "Paris"),
    ("The capital of France is  ", "Paris"),
    ("The capital of France is", "Paris"),
    ("The cap", "ital of France is Paris."),
    ("", "Once upon a time there was a lighthouse keeper."),
    ("", " A leading space"),
    ("Two plus two is", " 4"),
    ("In 20", "24 the bridge was 1.5 km long"),
    ("Room 12", "345"),
    ("Her mother said she could", "n't go, and she'd better stay."),
    ("Question: Is water wet?\nAnswer:", " yes"),
    ("Question: Is water wet?\nAnswer:\n", "yes"),
    ("Question: Is water wet?\nAnswer: ", "no"),
    ("Line one\n\n", "Line two\n"),
    ("Tab\there", "\tand there"),
    ("中国的首都是", "北京"),
    ("中国的首都是 ", "北京。"),
    ("今天天气很好，我们去", "公园散步吧。"),
    ("The Chinese word for tea is ", "茶, pronounced chá."),
    ("def add(a, b):\n    ", "return a + b\n"),
    ("def add(a, b):\n    return", " a + b"),
    ("for (int i = 0; i < n; ", "++i) { sum += x[i]; }"),
    ("{\"name\": \"Ada\", \"born\": ", "1815}"),
    ("Der Zug fährt um acht Uhr nach", " Zürich, außer sonntags."),
    ("Привет, как", " дела?"),
    ("Smile ", "😀 and wave 👋🏽"),
    ("e\u0301tude", " versus étude"),
    ("AAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAA"),
    ("What?!", "?!... (really) -- [yes]"),
    ("A list of three fruits: apples, pears,", " and plums"),
    ("The nurse spoke to the surgeon because", " he was worried about the patient"),
    ("The nurse spoke to the surgeon because", " she was worried about the patient"),
]

# A story of several hundred tokens, for long contexts.
STORY = (
    "The lighthouse at Cape Mallow had been dark for eleven years when Irene Osei came to repair it. "
    "She carried two crates of tools, a stove, and a letter from the harbour office that nobody had "
    "asked to read. On the first evening she climbed the hundred and forty steps and found the lamp "
    "room full of feathers. A pair of gulls had built their nest between the prisms of the great lens, "
    "and they watched her without fear. She swept around them. In the village below, people said that "
    "the light would never turn again, because the bearings had been cut from a metal that no one made "
    "any more. Irene measured them anyway: 312 millimetres across, worn by less than half a millimetre. "
    "She wrote the figures on the wall with chalk, next to the figures of the keepers before her. On "
    "the fourth day a boy named Tomas brought her bread and stayed to hold the lantern. He asked why "
    "she did not simply buy a new lamp, one that turned by itself. She told him that a thing which can "
    "be repaired belongs to everybody who learns how, while a thing which can only be replaced belongs "
    "to the shop. He thought about that on the way down. By the end of the month they had taken the "
    "clockwork apart, cleaned each wheel with oil and sand, and put it together three times, because "
    "the first two times a small spring was left over. When the light finally swept across the water, "
    "the gulls rose and circled it until morning, and the fishing boats, far out, sounded their horns "
    "one after the other, as if someone had called their names."
)
STORY_ZH = (
    "老周在河边修了三十年的船。每年春天，村里的孩子都会跑来看他给木船刷桐油。他说，船和人一样，"
    "怕的不是风浪，而是没有人照看。那一年大水冲垮了石桥，镇上的人才想起他的船。"
)

PAIRS_LONG = [
    (STORY + "\n\nThe woman who repaired the lighthouse was called", " Irene Osei"),
    (STORY + "\n\nThe woman who repaired the lighthouse was called", " Maria Lopez"),
    (STORY[:700], STORY[700:]),
    (STORY_ZH, "大家都说，多亏了老周。"),
]

# Only for tokenisation: each must give the same tokens.
TOKENISE = [
    "", " ", "  ", "a", " a", "a ", "\n", "\n\n\n", " \n ", "Hello, world!", "hello  world   again",
    "1234567890", "3.14159", "1,000,000", "x = y**2 + 1  # comment", "don't can't I'll we've O'Brien's",
    "ALLCAPS and MixedCase and snake_case_name", "https://example.org/a?b=c&d=%20e",
    "你好，世界！", "試金石", "日本語のテキスト", "한국어 문장", "العربية", "Ελληνικά", "naïve café",
    "👩‍👩‍👧‍👦 family", "\u00a0non-breaking\u00a0space", "tab\tand\r\nCRLF", "½ and ² and Ⅷ", "٣٤٥",
    "\u200bzero width", "__init__(self, *args)", "<b>bold</b> &amp; more", "…“quoted”—dash",
    STORY, STORY_ZH,
]

# Chats: system, user, assistant and tool turns; unusual content must reach the template unchanged.
CHATS = [
    [{"role": "user", "content": "What is the capital of Norway?"}],
    [{"role": "system", "content": "Answer in one word."},
     {"role": "user", "content": "What colour is the sky on a clear day?"}],
    [{"role": "user", "content": "My name is Ada."},
     {"role": "assistant", "content": "Hello, Ada."},
     {"role": "user", "content": "What is my name?"}],
    [{"role": "system", "content": ""},
     {"role": "user", "content": "  spaces before and after  "}],
    [{"role": "user", "content": "你是谁？请用中文回答。"}],
    [{"role": "system", "content": "You call tools."},
     {"role": "user", "content": "Weather in Oslo?"},
     {"role": "assistant", "content": "{\"tool\": \"weather\", \"city\": \"Oslo\"}"},
     {"role": "tool", "content": "{\"celsius\": -3}"},
     {"role": "user", "content": "So is it freezing?"}],
    [{"role": "user", "content": "Write {{ braces }} and {% tags %}\nand \"quotes\" & 'more'."}],
]

# Log-likelihood after a chat prompt: (index into CHATS, context after the template, continuation).
CHAT_PAIRS = [
    (0, "", "Oslo"),
    (0, "", "The capital of Norway is Oslo."),
    (0, "The capital is", " Oslo"),
    (1, "", "Blue"),
    (2, "", "Your name is Ada."),
    (4, "", "我是一个人工智能助手。"),
    (5, "", "Yes, it is below zero."),
]

# Greedy generation: raw prompts and chats, each with the number of new tokens.
GENERATE_RAW = [
    ("The three primary colours are", 48),
    ("Once upon a time, in a village by the sea,", 64),
    ("def fibonacci(n):\n", 64),
    ("Q: What is 7 times 8?\nA:", 24),
    ("北京是", 32),
    (STORY[:900], 32),
]
GENERATE_CHAT = [(0, 48), (1, 32), (2, 48), (4, 48), (5, 48), (6, 48)]

# stories260K knows only small children's stories.
STORIES_GENERATE = [("Zoo", 100), ("One day, Tim and his mom", 80), ("The cat", 60)]
STORIES_PAIRS = [
    ("Once upon a time, there was a little", " girl named Lily."),
    ("Once upon a time, there was a little ", "girl named Lily."),
    ("Lily and Tom went to the park. They saw a big", " dog."),
    ("Lily and Tom went to the park. They saw a big", " house."),
    ("", "The sun was hot."),
    ("He said: \"I am", " sorry!\""),
    ("Zoé has 3", "5 cats 中"),
]
STORIES_LONG = " ".join([
    "One day, a little boy named Tim went to the park with his mom. He saw a big red ball and a small dog. "
    "The dog wanted to play with the ball. Tim was happy and said, \"Hello, dog!\" The dog ran and ran. "
    "Then it was late and they went home.",
    "The next day, Lily and her cat sat by the big tree. The cat saw a bird. \"Do not eat the bird,\" said "
    "Lily. The bird was so scared that it could not fly. Lily gave it some bread and water. The bird sang a "
    "nice song and the cat went to sleep.",
    "At night, the moon was very bright. Tim and Lily looked at the stars from the window. They made a wish. "
    "They wished for a garden with many flowers, and a pond with little fish in it. In the morning they saw "
    "a box at the door.",
] * 3)
