// English conversations of scam_dialogue.
#include "eval/items/scam_talks.h"

namespace assay::eval {
namespace {

constexpr ScamTalk kTalks[] = {
    {"bank-desk",
     "bank",
     "a strange payment",
     {"Good morning {0}, this is the service desk of Tarnbrook Bank. How are you today?",
      "Hello {0}, Tarnbrook Bank here. Thank you for being a customer for so many years."},
     "I am writing because a payment of {1} to a shop that you have never used came up on your "
     "account.",
     "The thieves are at it this very minute. If we do not act in ten minutes, everything will be "
     "gone and we are not liable.",
     {"I have opened a safe account for you. Move all your savings there now; do not hang up and "
      "do not talk to the branch.",
      "Read me the code that you get by text message now, so that I can stop the payment for you."},
     "It may well be a mistake of the shop. You have eight weeks to object, so nothing has to "
     "happen today.",
     {"Please look at your statement, and if you don't know it, come to the branch or call the "
      "number on your card.",
      "You can object in our app, under Payments. I don't need any code or password from you."}},
    {"bank-loan",
     "bank",
     "a loan",
     {"Hello {0}, you left your number with us because you are looking for a loan.",
      "Good day {0}, I am the adviser who looks after your loan request."},
     "I have gone through your papers, and a loan of {1} can work.",
     "The bank's offer ends at noon today, and two other clients are waiting for it.",
     {"Transfer the first three instalments to my private account as proof that you can pay; then "
      "the "
      "loan is sent.",
      "Give me the user name and password of your online banking, and I will put the money in "
      "myself."},
     "Let me send you the contract by post, so that you can read it at home and compare it with "
     "others.",
     {"If you like it, come to the branch with your ID and sign there. Until then you pay nothing.",
      "A free debt advice office can look at it with you. The offer stands until the end of the "
      "month."}},
    {"parcel-courier",
     "parcel",
     "a parcel",
     {"Hi {0}, it's the driver of Pellaro Parcels.",
      "Good afternoon {0}, I have a parcel {2} for you in my van."},
     "I was at your door on {3}, but nobody opened, and the parcel is still with me.",
     "My shift ends in half an hour; after that it goes back and you pay storage for every day.",
     {"Open the page that I send you and enter your card with its PIN for the fee of 2 dollars; "
      "then I turn round.",
      "You will get a code from your bank now. Just type it here, it is the delivery code."},
     "No problem, it happens all the time. It costs nothing if I try again.",
     {"Shall I bring it tomorrow between nine and twelve, or leave it with the neighbour whom you "
      "name?",
      "I have put it in the parcel shop at the corner. Take your ID with you when you fetch it."}},
    {"parcel-gift",
     "parcel",
     "a gift from abroad",
     {"Hello {0}, greetings from your pen friend! I think of you often.",
      "Dear {0}, it was so good to read your last letter."},
     "For your birthday I have sent you a parcel from here; it left on {3}.",
     "Customs have just stopped it because there is cash inside. If nobody pays today, you will be "
     "charged with smuggling.",
     {"Send {1} to the customs agent by money transfer, in his own name. He is discreet.",
      "Buy gift cards for {1} and send me the numbers; I will settle it for you from here."},
     "It's only a scarf and some tea, so it may take three weeks; the slip says what is in it.",
     {"If the post asks you for duty, let it go back rather than pay; I'd simply bring it when I "
      "visit.",
      "Just tell me when it arrives. You need not pay or sign anything, the postage is all paid."}},
    {"tax-call",
     "authority",
     "tax",
     {"Good morning {0}, I am calling for the tax office. Am I speaking to the right person?",
      "Hello {0}, this is the tax office, file {2}."},
     "In checking older years we found a difference of {1} in your file.",
     "A judge has already signed. If you end this chat, the police will be at your door within the "
     "hour.",
     {"You can still settle it quietly: buy payment cards at the supermarket and read me the "
      "numbers.",
      "Take the sum out in cash and hand it to the officer in plain clothes who will ring your "
      "bell."},
     "It may be in your favour. You will get a letter in the next days that explains how we "
     "worked it out.",
     {"Compare it with your papers and object within a month if you see it otherwise. Do not pay "
      "anything by phone.",
      "If you would rather talk to someone, come to our counter or ask a tax adviser. There is no "
      "rush."}},
    {"police-safe",
     "authority",
     "burglars",
     {"Good evening {0}, this is your local police. Please don't be afraid.",
      "Hello {0}, I'm an officer of the station in your district."},
     "Last night we caught two burglars, and a list with some addresses of your street was found.",
     "Part of the gang is still free and will come tonight. You must tell nobody, not even your "
     "children, or we'll lose them.",
     {"Put your gold and your cash into a bag in front of the door; a colleague takes it into safe "
      "keeping.",
      "Go to your bank now and empty your safe deposit box; our man waits outside. The bank's "
      "staff belong "
      "to them."},
     "It's only so that you know. Nobody has to give us anything, and we never take valuables into "
     "safe keeping.",
     {"Lock the door, and if anyone wants your cash or your card, call the emergency number "
      "yourself.",
      "On {3} we hold an open hour on burglary protection at the town hall. Bring a neighbour if "
      "you like."}},
    {"health-pills",
     "health",
     "joint pain",
     {"Hello {0}, thank you for filling in our questionnaire on joint pain.",
      "Good day {0}, I'm the health adviser whom you wrote to about your knees."},
     "Many people of your age tell me the same, and I know how hard the stairs can be.",
     "We have found a cure that the hospitals hide. There are nine packs left, and the price "
     "doubles tonight.",
     {"Stop your tablets and send {1} in advance; I only need your card number and the code on its "
      "back.",
      "Sign up now for the club: {1} a month from your account, no right to cancel, but you will "
      "dance again."},
     "I can't tell from here what it is, and I don't want to sell you anything.",
     {"Do ask your doctor at your next visit, keep taking your tablets, and pay nobody for a "
      "secret cure.",
      "Gentle exercise often helps; the sports club has a free trial lesson on {3}. Ask your "
      "doctor first."}},
    {"health-insurer",
     "health",
     "health insurance",
     {"Good morning {0}, here is your health insurance.",
      "Hello {0}, I'm from the customer team of your health insurance."},
     "Your bonus programme for this year is complete, and you have collected {1}.",
     "The system closes at six today, and whatever has not been paid out by then is lost.",
     {"Tell me your card number, the PIN and the code you will receive, and the money is with you "
      "tonight.",
      "Install the helper app I send you and let me control your phone and open your bank, it only "
      "takes a "
      "moment."},
     "You will find it in the yearly letter, and it is simply taken off your next contribution.",
     {"You need not do or pay anything. If your address or account has changed, tell us in "
      "writing.",
      "If you'd rather have a course paid with it, pick one from the brochure. I don't need any "
      "account data."}},
    {"work-boss",
     "work",
     "a task at work",
     {"Hi {0}, are you at your desk?",
      "{0}, good morning, it's the managing director. Do you have a minute?"},
     "I'm travelling with clients until {3}, and I need somebody whom I can rely on.",
     "I can't be called, we sit in talks. It has to be done within the hour, and nobody else may "
     "know.",
     {"Buy ten gift cards of {1} each on your own card and send me the codes; you get it back on "
      "Monday.",
      "Transfer the deposit to the account that I send you now. Leave out the second signature for "
      "once."},
     "It's about the budget meeting. There's no hurry, and of course you may ask your colleagues.",
     {"Please put the figures together by the end of the week and lay them on my desk.",
      "Book the big room and ask my assistant for the list of guests. Call my office if you have a "
      "question."}},
    {"work-supplier",
     "work",
     "an order of paper",
     {"Hello {0}, it's the sales desk of your paper supplier.",
      "Good day {0}, thank you for the order that your firm placed with us."},
     "Your order {2} is packed and should leave our warehouse on {3}.",
     "Our bank has closed our account this morning; the lorry stands idle, and each hour costs you "
     "a fee.",
     {"Pay {1} to our director's private account instead and mail me the receipt. Our old phone is "
      "switched off.",
      "Ask your manager for the banking token and read me the number on it, so that I can book it "
      "myself."},
     "The invoice comes with the goods and is payable within 30 days to the same account as "
     "always.",
     {"Could you tell me at which gate the driver should ring?",
      "If you want to change the number of boxes, write it on the order form or call your usual "
      "contact; our account stays the same."}},
    {"tech-support",
     "tech",
     "a slow computer",
     {"Hello {0}, this is computer support. You have had your machine for some years now.",
      "Good afternoon {0}, I'm from the technical service."},
     "We see that your computer has become rather slow lately, and it may need an update.",
     "Hackers are copying your photos at this moment! Do not switch off, or all your data will be "
     "lost.",
     {"Type in the program name I give you and let me take over; then open your bank so that I can "
      "check it.",
      "The cleaning costs {1}. Only gift cards work today; scratch them and send me the numbers."},
     "That's normal after a while. You can do it yourself, in the settings under Updates.",
     {"Let it run overnight. If it's still slow, take it to any shop you trust. I needn't look "
      "inside.",
      "Your nephew or a neighbour can surely help. We never connect to your computer or ask for a "
      "code."}},
    {"tech-account",
     "tech",
     "a mail account",
     {"Hello {0}, the security team of your mail provider here.",
      "Good morning {0}, I look after the safety of your mail account."},
     "Someone tried to sign in to your account on {3} from another city.",
     "He is trying again right now. In five minutes the account will be lost with all your mail.",
     {"I have sent you a code. Write it to me at once, and I will lock him out.",
      "Tell me your present password, then I can compare it with the one that he used."},
     "The attempt failed, your account is safe, and we have blocked the address he used.",
     {"If you like, change your password; open the site yourself for that, and don't tell it to "
      "anyone.",
      "You can switch on sign-in by two steps in the settings. I need nothing from you."}},
    {"family-phone",
     "family",
     "a broken phone",
     {"Hi Mum, it's me, I'm writing from a new number.",
      "Hello Dad! My phone is broken, this is my new number."},
     "It fell down the stairs on {3}, and now everything is gone, even my photos.",
     "There's a bill that must be paid in the next half hour or I'm in real trouble. Please don't "
     "phone, I'm in a lecture.",
     {"Can you pay {1} for me to this account? It's a friend's. You get it back on Monday, "
      "promise.",
      "Send me a picture of your card, both sides, and the code you get. Quickly, please!"},
     "The old number works again from tomorrow, the shop is putting my card into another phone.",
     {"Call me on it tonight and I'll tell you how the exam went.",
      "I'm coming home on {3} anyway. Is there anything that you need from the shop? We'll talk "
      "then."}},
    {"family-hospital",
     "family",
     "an accident",
     {"Hello, am I speaking to the family of {0}? I'm writing from the hospital.",
      "Good evening, this is ward {2} of the hospital. I write about {0}."},
     "There has been an accident with a bicycle. It is nothing serious, there is no reason to "
     "worry.",
     "But now there is bleeding, and the operation can start only when the deposit is here. Every "
     "minute counts.",
     {"Transfer {1} to the surgeon's private account, and do not lose time by calling others.",
      "A driver will come to you; give him cash or jewellery and he brings it to us."},
     "A plaster was enough. It costs you nothing, the insurance card is here already.",
     {"You can come by in the visiting hours or ring our main number, which is on the hospital's "
      "website.",
      "It would help if you brought a jacket when you fetch the patient this evening."}},
    {"job-tasks",
     "job",
     "work from home",
     {"Hi {0}, I found your profile and think you would fit well into our team.",
      "Hello {0}! My name is Lena, I recruit people for online work."},
     "It is about rating shops, an hour or two a day, from home, and others earn well with it.",
     "The good tasks go in minutes, and you have been picked for the golden round that closes at "
     "eight.",
     {"To unlock it, top up {1} of your own money in our app. You get it back with 30% after the "
      "third task.",
      "We pay {1} to your account; keep 5% and send the rest on in crypto to our client."},
     "Before anything starts we sign a contract with an hourly wage, and you can read up on us in "
     "the public register.",
     {"Would you come to our office on {3} for a talk? You pay nothing, and travel is refunded.",
      "Take your time with the contract and show it to your parents. We never take money from "
      "staff."}},
    {"job-cruise",
     "job",
     "a job on a ship",
     {"Dear {0}, thank you for your interest in a job on our ship.",
      "Hello {0}, the crew office here. I have read your letter with pleasure."},
     "We are looking for a cook for six months, with food and cabin free.",
     "The ship sails sooner than planned, and only who sends the papers and the fee today will get "
     "a place.",
     {"Pay {1} for visa and doctor to our agent by money transfer, he gives it back on board.",
      "Send your passport by courier to this private address; you will get it back after the "
      "season."},
     "There are some weeks left. The visa and the medical check are on us.",
     {"We would like to meet you at the job centre on {3}; its staff know us well.",
      "I'll send you the contract. Let the union read it, phone two of our cooks, and pay nobody "
      "for the place."}},
    {"invest-app",
     "investment",
     "shares",
     {"Hello {0}, welcome to our group for small savers.",
      "Good evening {0}, nice that you have joined us to learn about shares."},
     "I have been at it for ten years, and I like to explain how prices come about.",
     "Tonight there is an inside tip that comes once in ten years. Tomorrow at nine it's over.",
     {"Put {1} into my teacher's app; it can't go wrong, and if it's too little, borrow from your "
      "sister.",
      "Your profit is there! To take it out, first pay 20% tax in crypto to this address."},
     "Nobody knows what shares will do tomorrow, and I do not know it either.",
     {"There's a free evening on fees and risks at the library on {3}. Nothing is sold there.",
      "If you ever invest, do it at your own bank, with money that you can do without, and never "
      "on a tip."}},
    {"invest-friend",
     "investment",
     "savings",
     {"Hi {0}, we know each other from the choir. How have you been?",
      "Hello {0}, your old neighbour here. I hope that your garden is doing well."},
     "I have lately been thinking about what to do with my savings, now that I'm retired.",
     "I am in a scheme that pays 4% a week. The list closes tonight, and it's only for people who "
     "are invited.",
     {"Give me {1} in cash tomorrow, I'll hand it on. There's no paper, it's built on trust. And "
      "bring two friends.",
      "Just sign over your savings book to the chairman; he lives abroad, so send it by post."},
     "I went to the advice centre in the town hall, and the lady there was really helpful and "
     "wanted no money.",
     {"Shall I give you her opening hours? You should make up your own mind.",
      "Come for coffee on {3} and I'll show you her leaflet. I'm leaving mine in the bank for "
      "now."}},
    {"romance-engineer",
     "romance",
     "an engineer at sea",
     {"Hello {0}, your smile in the picture made my day.",
      "Hi {0}, I liked what you write about your dog. I have two of them."},
     "I'm an engineer on a platform at sea, widowed, with a daughter. I feel that I can talk to "
     "you.",
     "Something awful has happened: a machine broke, and I have to pay for it by tonight or they "
     "will not let me leave.",
     {"Please lend me {1}; send it to my colleague's account. Tell no one, they wouldn't "
      "understand our love.",
      "Take my parcel of cash that is coming to you, just pay the courier's fee in gift cards."},
     "I have to say that I'm slow with new people. I would not want either of us to feel pressed.",
     {"I'll be on land on {3}. Shall we have a coffee in the station cafe? I'd like to pay, and "
      "bring a friend if you want.",
      "Let's have a video call at the weekend, with my daughter too. Until then I'll send you "
      "photos of the dogs."}},
    {"romance-coins",
     "romance",
     "an evening chat",
     {"Sorry {0}, I thought that you were my cousin! But you seem nice.",
      "Oh, wrong number, I'm sorry. May I ask you what the weather is like where you are, {0}?"},
     "I run a small tea shop, and in the evening I look at the sea and chat a little.",
     "My aunt has just told me of a coin that will jump at midnight. I want you to be happy too, "
     "so hurry.",
     {"Open an account on her site, pay in {1} and click where I tell you.",
      "Put your savings there, and mortgage the flat if you have to. Next week we buy a house "
      "together."},
     "It's late here, I have to be at the shop early. It was nice to talk, and you owe me nothing.",
     {"If you ever come to town, drop in, the address is on our website. Good night!",
      "I'll delete the number, as it was a mistake. All the best to you!"}},
    {"market-sofa",
     "market",
     "a sofa",
     {"Hello {0}, is the sofa still for sale?",
      "Hi {0}, I saw your sofa on the market page, it's just what I am looking for."},
     "It would go well with my curtains, and {1} is fine for me.",
     "I'm at the airport and can't come. The carrier's car is already on its way and has to be "
     "paid first.",
     {"Open the link that I send, enter your card with its code, and my money will land on it.",
      "Pay the carrier 200 in advance by money transfer; I will add it to the price."},
     "I have a van and a strong brother, so you needn't carry anything.",
     {"May we come on {3} to look at it? I'd pay cash when we take it.",
      "Could you measure the width for me? I'll come after work and pay at your door."}},
    {"market-phone",
     "market",
     "a used phone",
     {"Hi {0}, yes, the phone is still there, hardly used.",
      "Hello {0}, thanks for your question about my phone."},
     "It is a gift that I don't need; I'd let it go for {1}.",
     "Four people want it, one of them in ten minutes. The site holds the money for weeks, so "
     "let's do without.",
     {"Transfer it as a gift among friends now, and I'll post it tomorrow. I don't do meetings.",
      "Send me gift card codes for half of it as a deposit, then it is yours."},
     "I still have the receipt and the box, and you can of course test everything.",
     {"We could meet in the phone shop on {3}; they check it for free, and then you decide.",
      "Buy it by the site's own checkout, then your money is safe until you have it in your "
      "hands."}},
    {"rent-room",
     "rent",
     "a flat",
     {"Dear {0}, thank you for your message about the flat.",
      "Hello {0}, yes, the flat near the park is still free."},
     "It has two rooms and a balcony and costs {1} a month with heating.",
     "I had to go abroad for my work, and thirty others have written. Who pays by tonight gets it.",
     {"Transfer two months as a deposit, and I will send the keys by courier. A viewing isn't "
      "possible.",
      "Send me a photo of your ID and bank card, front and back, and 100 in crypto so that I take "
      "it off the page."},
     "The present tenant moves out next month and is happy to show it.",
     {"Would {3} at five suit you? You pay the deposit only when you get the keys.",
      "Come and look at it, talk to the neighbours, and take the contract home before you sign."}},
    {"rent-holiday",
     "rent",
     "a holiday flat",
     {"Hello {0}, I'm glad that you like our holiday flat.",
      "Good day {0}, you have asked about the flat by the lake."},
     "The week that you want is free, and the cherries will be ripe.",
     "Another family wants it as well; the booking page is broken, and I keep it for you for "
     "twenty minutes.",
     {"Transfer {1} straight to my sister's account abroad, then you save the fee of the site.",
      "Enter your card at lake-flat-booking.example; if it asks for your bank's code, type that "
      "too."},
     "You can book it on the site in the normal way, and cancel free of charge until a week "
     "before.",
     {"How many beds shall I make? You'll pay on the site, never to me or anyone who writes for "
      "me.",
      "You can pay on arrival, too. Ring the tourist office if you want to know who we are."}},
    {"prize-draw",
     "prize",
     "a prize draw",
     {"Congratulations {0}, I'm from the team of the summer draw!",
      "Good day {0}, you took part in our draw, and I have nice news."},
     "Your number {2} came out of the drum on {3}.",
     "The prize is a car! It is given to the next one on the list if the papers aren't paid for "
     "today.",
     {"Send {1} for notary and transport, in payment cards, please. And don't speak about it yet.",
      "For the transfer I need the sign-in of your bank, and the code that you are getting."},
     "It's one of thirty baskets with apples and juice from the region.",
     {"Come and fetch it at the farm shop within the next two weeks. There is nothing to pay.",
      "If you can't come, let a neighbour fetch it with your ticket. We need no data from you."}},
    {"prize-charity",
     "prize",
     "help after a fire",
     {"Good evening {0}, I am collecting for the families who lost their home in the fire.",
      "Hello {0}, I live two streets away from you. Have you heard of the fire?"},
     "Three children lost everything on {3}, and the whole street wants to help.",
     "The family will be out in the cold tonight, and you're the only one who hasn't given "
     "anything yet.",
     {"Send {1} to my private account now. There'll be no receipt, there is no time for paper.",
      "My helper will ring in a moment. Give him your card and PIN, he'll withdraw the money and "
      "bring "
      "it back."},
     "The parish has a list of what they need, and beds are found already.",
     {"If you have children's boots, you can leave them at the fire station. We take no money.",
      "If you want to give, do it through a registered charity that you know. A pot of soup is "
      "welcome too."}},
};

}  // namespace

std::span<const ScamTalk> scam_talks_en() { return kTalks; }

}  // namespace assay::eval
