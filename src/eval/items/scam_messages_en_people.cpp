// English messages of relatives, employers-to-be, investors, new friends, sellers and landlords.
#include "eval/items/scam_messages.h"

namespace assay::eval {
namespace {

constexpr ScamMessage kMessages[] = {
    {"new-number",
     "family",
     "a new phone number",
     "Hi, it's me! My phone fell into the water, so this is my new number, ending in {2}.",
     {"I can't get into my banking. Can you pay a bill of {1} for me right now? I'll send you the "
      "man's account.",
      "Please don't call, the microphone is broken. Buy me two gift cards and send a photo of the "
      "codes, it's urgent."},
     {"Try my old number tonight, the shop is drying the phone. We'll talk when I'm home for "
      "dinner on {3}.",
      "Ring me first and hear that it's really me before you save it. See you on {3}!"}},
    {"accident",
     "family",
     "a car accident",
     "Grandma, I had a car accident on {3}. I'm fine, but my arm hurts and I'm a bit shaken.",
     {"They keep me at the station. I need {1} for bail today; a lawyer comes to fetch the cash. "
      "Don't tell Dad.",
      "The other driver wants cash or he'll ruin me. Go to the bank now; if they ask, say it is "
      "for a kitchen."},
     {"Dad is here with me, and the insurance takes care of the car. Call him any time, and I'll "
      "visit you soon.",
      "I'm at home again. You need not do or send anything, just give me a ring when you are "
      "awake."}},
    {"stolen-bag",
     "family",
     "a stolen bag",
     "Dear {0}, my bag with wallet and passport was stolen on my trip on {3}.",
     {"I'm too ashamed to phone. Send {1} by money transfer in the hotel owner's name, I'll pay "
      "you back next week.",
      "My bank needs a friend's card number and code to free my money; send me yours and tell "
      "nobody."},
     {"The embassy gives me new papers and my bank a new card. I need nothing, I just may answer "
      "late these days.",
      "My sister has paid the hotel already. Let's have a video call tonight and I'll tell you "
      "everything."}},
    {"class-trip",
     "family",
     "a class trip",
     "Dear parents, the class trip is on {3}; it costs {1} for each child.",
     {"Our account was changed overnight: pay to the new treasurer's private account today, or "
      "your child stays here.",
      "To register, send a photo of both sides of your credit card and the code that comes to your "
      "phone."},
     {"Your child may bring the money in an envelope, or you pay as for the last trip. Ask me at "
      "the parents' evening.",
      "It comes out of the class fund, so there is nothing to pay. Please only sign the paper form "
      "in the school bag."}},
    {"home-job",
     "job",
     "a part-time job",
     "Hi {0}! We saw your profile and offer a part-time job from home, a few hours a week from "
     "{3}.",
     {"You rate products in an app. To unlock the tasks you first top up {1} of your own; it "
      "returns with commission.",
      "You receive transfers on your own account, keep 5% and pass the rest on in crypto. No "
      "experience needed."},
     {"The interview is at our office. Pay is by contract, and you pay nothing: no kit, no fee, no "
      "deposit.",
      "If you like, apply on the careers page of our website; interview and written contract "
      "follow as usual."}},
    {"hotel-abroad",
     "job",
     "a job in a hotel",
     "Dear {0}, we can offer you the job in our hotel abroad from next month.",
     {"Send {1} for visa and medical papers to our agent by {3}; he refunds you on your first day.",
      "Give our driver your passport and your bank card with its PIN; we keep them for you during "
      "the contract."},
     {"We bear visa and travel. Read the contract at home, show it to a lawyer, and keep your "
      "passport yourself.",
      "Before you decide, please speak to two of our present staff. No payment is ever asked of "
      "you."}},
    {"interview",
     "job",
     "a job interview",
     "Thank you for your application, {0}. Your interview for the office post is on {3} at ten.",
     {"First pay {1} for the background check to our assistant's private account; no payment, no "
      "interview.",
      "Install the app that we send you and allow it to read your text messages and banking; it is "
      "our skills test."},
     {"Please bring your certificates. You will meet two colleagues; we refund the train ticket.",
      "If the time does not suit, ring reception; the number is on our website. There is nothing "
      "to pay or sign before."}},
    {"tutor",
     "job",
     "maths lessons",
     "Hello {0}, I saw your advert as a tutor. My son needs two maths lessons a week from {3}.",
     {"My cheque will be {1} too high by mistake; bank it, keep your fee and wire the rest to his "
      "driver today.",
      "My assistant will pay you; he only needs the sign-in of your online banking to set it up."},
     {"May we come for a trial lesson? I would pay you in cash after each lesson.",
      "Could you tell me your fee and when you are free? We live near the library and could meet "
      "you there first."}},
    {"saver-group",
     "investment",
     "shares",
     "{0}, welcome to our circle of savers. In this group we talk about shares every {3}.",
     {"Our professor's signals have never lost. Put {1} into his app tonight; it doubles within a "
      "week, guaranteed.",
      "Withdrawals are open again: first pay the 20% tax to our wallet, then your profit is "
      "released."},
     {"Nobody here gives tips or takes money. Shares can fall; if someone offers you sure profits "
      "privately, report him.",
      "Next time a speaker of the consumer office explains fees and risks. Entry is free and "
      "nothing is sold."}},
    {"wallet",
     "investment",
     "a crypto wallet",
     "Hello {0}, this is a note about the crypto wallet that you opened last year, number {2}.",
     {"For the migration enter your twelve recovery words at wallet-migrate.example, or your coins "
      "will be frozen.",
      "Send any sum to our address during the anniversary hour and get twice as much back."},
     {"Nobody will ever need your twelve recovery words, not even we. Never type them into a page "
      "that you were sent.",
      "Our fees for transfers change on {3}. There is nothing to do; you may also close the wallet "
      "and take all out."}},
    {"pension",
     "investment",
     "a pension",
     "{0}, it is time to look at your pension pot of {1}.",
     {"We know a loophole to take out all of it tax free; a courier comes for your signature "
      "today, our fee is 30%.",
      "Move it to our overseas scheme with 15% a year guaranteed; do not talk to your fund, they "
      "would hold you back."},
     {"Your yearly statement comes by post. If anybody phones you with an offer to free your "
      "pension early, hang up.",
      "You can get free and neutral guidance from the public pension service before you change "
      "anything. No deadline."}},
    {"gold",
     "investment",
     "gold",
     "Dear {0}, as a customer of our coin shop you asked about the price of gold.",
     {"Pay {1} by {3} and we store the bars for you; there are no papers, but the price is certain "
      "to double by summer.",
      "Our courier fetches your old gold for a test; put it in the box together with your door key "
      "and alarm code."},
     {"Today's price hangs in our window. It may fall as well as rise; we cannot tell you what it "
      "will do.",
      "Come in with your coins on {3}. We weigh them in front of you, and you can take them home "
      "again."}},
    {"ship-doctor",
     "romance",
     "a doctor on a ship",
     "Good morning, dear {0}, I thought of you all through my shift as doctor on the ship.",
     {"My pay is locked until I land. Could you lend me {1} for the flight? Send it to my agent, "
      "then we are together.",
      "I have posted you a chest of gold; the diplomat who brings it on {3} only needs the customs "
      "fee from you."},
     {"My leave begins on {3}. Shall we have a video call tonight, and then meet in the cafe with "
      "your sister?",
      "You offered me money for the flight: please keep it. I will pay it myself and see you a "
      "week later."}},
    {"match",
     "romance",
     "a match on a dating app",
     "Hi {0}, we matched on the dating app last week and I like how you write about the sea.",
     {"Let me show you the trading site that made my uncle rich; start with {1} and just follow my "
      "clicks.",
      "Before we meet, buy a safety pass with your credit card at date-safety-pass.example; "
      "everyone has to."},
     {"Would you like to go for a walk on {3} at noon, by the lake where many people are about?",
      "I'm careful here and you should be too: let's talk on the app first, and meet in a cafe "
      "when you feel like it."}},
    {"wrong-number",
     "romance",
     "a wrong number",
     "Sorry {0}, I had the wrong number last {3}. It was nice to chat with you all the same.",
     {"As a friend I'll let you in on it: my aunt knows which coin will rise. Open an account on "
      "her site with {1}.",
      "I do have one worry: my account is frozen. May I send money through yours? You would keep a "
      "share."},
     {"I'll delete the number now so that I don't bother you again. All the best!",
      "There is no need to answer. I was only trying to reach my hairdresser."}},
    {"video-chat",
     "romance",
     "a chat room",
     "Hi {0}, it's Alex. We talked in the chat room on {3}.",
     {"I have recorded our video call. Send {1} in crypto tonight, or all your contacts will get "
      "to see it.",
      "To go on, install the app that I send you, let it read your contacts, and pay {1} to show "
      "that you mean it."},
     {"I liked what you said about old films. One of them is on next week; take a friend along if "
      "you want to see it.",
      "I don't do video calls with people whom I hardly know. Shall we go on in the open film "
      "forum?"}},
    {"bicycle",
     "market",
     "a bicycle",
     "Hi {0}, I would like to buy the bicycle that you advertise for {1}.",
     {"I have paid a delivery service; to get the money, enter your card and its code at "
      "delivery-payout.example.",
      "I paid too much by mistake, see the screenshot. Send the difference back at once, the "
      "carrier is waiting."},
     {"Is it still there? I could look at it on {3} and pay in cash when I take it.",
      "May I come with a friend who knows bikes? If we like it, I pay on the spot in the way that "
      "you prefer."}},
    {"camera",
     "market",
     "a camera",
     "Thanks for asking, {0}. Yes, the camera is still for sale for {1}.",
     {"Others want it too. Transfer now as a gift between friends, and I post it on {3}; a meeting "
      "is not possible.",
      "Let us leave this site, they listen in. Write to my private chat and pay there with gift "
      "card codes."},
     {"You can try it at my place or in the cafe at the station before you decide. Cash when you "
      "take it is fine.",
      "Please pay through the site's own checkout, so that you are protected; I post it with a "
      "tracking number."}},
    {"concert",
     "market",
     "concert tickets",
     "Hello {0}, I have two seats for the concert on {3} to pass on for {1} each.",
     {"Pay first by money transfer; I mail the codes when it has arrived. No calls, no meeting, "
      "others are waiting.",
      "Give me your card data and the code on your phone, and I will rebook the tickets to your "
      "name."},
     {"I would pass them on through the organiser's official resale; you pay there and are covered "
      "if it goes wrong.",
      "We can meet at the box office; the staff check that they are real, and only then you pay "
      "me."}},
    {"roof",
     "market",
     "loose roof tiles",
     "Good day {0}, we are repairing a roof in your street and saw that some of your tiles are "
     "loose.",
     {"We start at once if you pay {1} in cash now; otherwise they will come down and kill "
      "somebody tonight.",
      "Sign here now, the price comes later; give us your bank card and its PIN and we settle it "
      "with the insurance."},
     {"You may want someone whom you trust to look at them. Get other offers as well, there is no "
      "hurry.",
      "If you like, we send a written offer by post. You have weeks to compare and pay when the "
      "work is done."}},
    {"flat",
     "rent",
     "a flat",
     "Dear {0}, thank you for asking about the two-room flat for {1} a month.",
     {"I am abroad and cannot show it. Transfer deposit and first rent by {3}, and the keys come "
      "by parcel.",
      "Many have applied; to be first, send photos of your ID and bank card and a reservation fee "
      "in crypto."},
     {"The viewing is on {3} at six; just bring your ID. The deposit is due only when you get the "
      "keys.",
      "Look at it first, then decide. We sign the contract in my office, and the caretaker can "
      "tell you about the house."}},
    {"cottage",
     "rent",
     "a cottage",
     "Hello {0}, the cottage by the sea is free in the week from {3}.",
     {"The booking site is too dear: send {1} to my account abroad tonight and it is yours at half "
      "the price.",
      "Something is wrong with your card. Enter it again at cottage-confirm.example within an hour "
      "or you lose it."},
     {"If you want it, book through the site as usual; please never pay outside of it, even if "
      "someone writes in my name.",
      "You pay when you arrive, in cash or by card. Ring us if you want to hear more; we live next "
      "door."}},
    {"flight",
     "rent",
     "a cancelled flight",
     "{0}, your flight on {3} (booking {2}) has been cancelled because of the weather.",
     {"Call this mobile number: our agent needs your card and the code on your phone to pay you "
      "{1}.",
      "Install the refund app from the next message and let it read your texts; your seat is lost "
      "in 20 minutes."},
     {"Use the airline's app or come to the counter: you may choose another flight or your money "
      "back, free of charge.",
      "You are already booked on the next day. If that does not suit, change it under My bookings; "
      "nothing is to be paid."}},
    {"electricity",
     "rent",
     "an electricity bill",
     "Dear {0}, your yearly electricity bill is ready: {1} is left to pay.",
     {"Your power is cut in 45 minutes unless you pay by voucher code; call the engineer's mobile "
      "number.",
      "You also get a rebate: a colleague comes to your door, give him your card and PIN so that "
      "he can credit it."},
     {"It will be taken from your account in two weeks as agreed. If it looks wrong, write to us "
      "and we read the meter.",
      "You can pay in instalments; call the number on your last bill. Nobody is cut off without "
      "several letters."}},
    {"raffle",
     "prize",
     "a raffle",
     "Congratulations, {0}! Your ticket {2} was drawn in our summer raffle.",
     {"To release the prize of {1}, pay the notary's fee first; his account is below. Tell nobody "
      "until then.",
      "Claim it within the hour with the name of your bank, your card number and your mother's "
      "maiden name."},
     {"The basket of fruit waits at the club house; bring your ticket any time. There is nothing "
      "to pay.",
      "It hangs on the list by the door. Pick up the book voucher at the counter when you next "
      "come by."}},
    {"survey",
     "prize",
     "a survey",
     "Dear {0}, thank you for shopping with us on {3}. Would you take part in a short survey?",
     {"You win a new phone at once; pay just 1.00 for postage with your credit card at "
      "your-gift-phone.example.",
      "As a thank-you we credit you {1}: type your banking user name and password at the end."},
     {"It has four questions about our opening hours. It is anonymous; we ask for no name, card or "
      "password.",
      "You find the paper form at the till. Whether you take part makes no difference to your "
      "points."}},
    {"flood",
     "prize",
     "a flood",
     "Dear {0}, the flood of last {3} has left many families in the valley without a home.",
     {"Our account is still being set up; send gift card codes or crypto to the organiser's "
      "private number tonight.",
      "A helper comes to your door; give him cash or your card with its PIN. He has no papers "
      "because of the flood."},
     {"If you want to help, choose any registered charity that you trust. This letter asks you for "
      "nothing.",
      "Blankets can be left at the fire station. Please give no money to people who claim to "
      "collect for us."}},
    {"estate",
     "prize",
     "an estate",
     "Dear {0}, I write about the estate of your great-uncle, who died in spring (file {2}).",
     {"He left millions. As his banker I can make you the heir; we share half each. First send {1} "
      "for the stamps.",
      "Keep this secret. For the transfer I need your passport, your bank sign-in and a fee in "
      "crypto."},
     {"The court has sent you a registered letter; read it and ask any lawyer of your choice. We "
      "charge you no fee.",
      "The will is read at the court on {3}. You can come, send a lawyer, or decline; our office "
      "is in the public register."}},
};

}  // namespace

std::span<const ScamMessage> scam_messages_en_people() { return kMessages; }

}  // namespace assay::eval
