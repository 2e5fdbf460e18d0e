// English messages of banks, carriers, offices, insurers, employers and support.
#include "eval/items/scam_messages.h"

namespace assay::eval {
namespace {

constexpr ScamMessage kMessages[] = {
    {"card-abroad",
     "bank",
     "a card payment",
     "Hello {0}, this is Tarnbrook Bank. Your card was used for {1} in a shop abroad today at "
     "14:05.",
     {"If it was not you, read the six-digit code that we have just texted you to our agent when "
      "he calls.",
      "To keep your savings safe, move them now to the secure account that our agent will give you "
      "by phone."},
     {"If it was not you, call the number on the back of your card. We will never ask you for your "
      "PIN or for a code.",
      "If it was you, there is nothing to do. If not, open our app as usual and tap Report a "
      "payment."}},
    {"new-phone",
     "bank",
     "online banking",
     "Tarnbrook Bank: {0}, we noticed a sign-in to your online banking from a new phone, number "
     "ending in {2}.",
     {"Confirm that it was you within 30 minutes at tarnbrook-secure-login.example or your access "
      "will be blocked.",
      "Reply with your user name and your present password so that we can lock the stranger out."},
     {"If this was you, ignore this message. If not, change your password in the app; we never "
      "send links for that.",
      "Urgent questions? Visit your branch with your passport, or ring the number printed on your "
      "statement."}},
    {"account-fee",
     "bank",
     "an account fee",
     "{0}, the yearly fee of {1} for your current account falls due on {3}.",
     {"To skip the fee, answer this mail with your card number, its expiry date and the security "
      "code.",
      "It can be waived today only: install RemoteDesk on your phone and let our adviser work in "
      "your banking app."},
     {"It will be taken from your account as in past years. You need not click, pay or confirm "
      "anything.",
      "If you think that the fee is wrong, talk to your adviser at the branch; bring your "
      "statement, never your PIN."}},
    {"loan-approved",
     "bank",
     "a loan",
     "Good news, {0}: your request for a loan of {1} has been looked at and can be approved.",
     {"First transfer an insurance deposit of 5% to our clerk's account; it comes back to you with "
      "the loan.",
      "Your credit score is too low, but for a fee in gift vouchers our specialist lifts it "
      "overnight."},
     {"There is no fee in advance. Come to the branch with your ID and read the contract before "
      "you sign.",
      "Take your time: the offer stands for 30 days, and you may compare it with those of other "
      "lenders."}},
    {"missed-delivery",
     "parcel",
     "a missed delivery",
     "Pellaro Parcels: we tried to deliver your parcel {2} on {3}, but nobody was at home.",
     {"Pay the fee of 1.99 with your card at pellaro-redelivery.example within 12 hours or it goes "
      "back.",
      "To choose a new time, answer with your date of birth and the user name of your online "
      "banking."},
     {"It now waits at the post counter named on the card in your letter box. Bring your ID. There "
      "is nothing to pay.",
      "Our driver will try again on the next working day. You do not need to answer or to pay "
      "anything."}},
    {"customs",
     "parcel",
     "customs duty",
     "Your parcel {2} from abroad has arrived at customs. Duty of {1} is due.",
     {"Buy payment vouchers for that sum at a kiosk and send us photos of the codes.",
      "Our officer will write to you privately; pay him by money transfer and he will let the "
      "parcel through."},
     {"You can pay at the door when the postman brings it, and he will hand you the customs "
      "receipt.",
      "Come to the customs counter with your ID and the invoice; you pay there and get an official "
      "receipt."}},
    {"flat-number",
     "parcel",
     "an incomplete address",
     "{0}, the address on your parcel {2} is incomplete: the number of the flat is missing.",
     {"Correct it at pellaro-address.example; for your safety the page also asks for your card "
      "number and PIN.",
      "Answer with the code from the next text message of your bank, then the address corrects "
      "itself."},
     {"Please tell the shop where you ordered. Do not send us card data; we never need any.",
      "Ask the shop to pass us the number. Until {3} the parcel is kept here free of charge."}},
    {"damaged-parcel",
     "parcel",
     "a damaged parcel",
     "We are sorry, {0}: your parcel {2} was damaged in our warehouse, and you will be "
     "compensated.",
     {"Share your screen in a video meeting, open your banking app, and we will guide you to the "
      "refund.",
      "By mistake we have already paid you ten times too much; send the difference to this private "
      "account at once."},
     {"The shop refunds you to the card with which you paid. You need not give your account data "
      "to anybody.",
      "Hand in the claim form at any of our counters together with your receipt; the decision "
      "comes by post."}},
    {"tax-refund",
     "authority",
     "a tax refund",
     "Tax office: {0}, the check of last year's return is complete. You are owed a refund of {1}.",
     {"Choose your bank at tax-refund-now.example and sign in with your banking password to "
      "receive it today.",
      "The refund lapses tonight. Reply with your full card details so that we can pay it to "
      "you."},
     {"It goes to the account named in your return. There is nothing to click; the letter follows "
      "by post.",
      "If your account has changed, tell us in your usual online tax account or at the counter, "
      "not by e-mail."}},
    {"tax-debt",
     "authority",
     "unpaid tax",
     "This is the tax office about case {2}. According to our files {1} is still unpaid.",
     {"A warrant for your arrest is out. Stay on the line, tell nobody, and pay in gift cards "
      "within the hour.",
      "Officers are on their way. Withdraw the sum in cash and hand it to the courier who knows "
      "the password."},
     {"Our letter of last week explains it and your right to appeal. Ask for instalments if you "
      "need them.",
      "If you have paid already, ignore this. Questions? Call the number that you find on our "
      "public website."}},
    {"burglary",
     "authority",
     "a burglary",
     "{0}, this is the police station of your district. There was a burglary in your street on "
     "{3}.",
     {"The thieves hold a list with your name. Put jewellery and cash in a bag; a colleague in "
      "plain clothes collects it.",
      "Your bank's clerk belongs to the gang. Take out your savings, say nothing at the bank, and "
      "we keep them safe."},
     {"If you saw something, call the station; look the number up yourself to be sure. We collect "
      "no money or valuables.",
      "Please keep doors and windows locked. A patrol in uniform is in the street; you need not "
      "hand anything over."}},
    {"parking",
     "authority",
     "a parking ticket",
     "Town council: notice {2} about a parking ticket of $60, issued on {3}.",
     {"Scan the picture and enter your card data within two hours, or the fine becomes ten times "
      "as high.",
      "Pay this officer privately from your phone and the ticket will vanish from the system."},
     {"The ticket on your windscreen says how to pay. You have 28 days, and the letter explains "
      "how to object.",
      "You can pay at the counter of the town hall or object in writing; this notice itself asks "
      "for no payment."}},
    {"insurance-card",
     "health",
     "a health insurance card",
     "{0}, your health insurance card runs out at the end of the month.",
     {"The new one is sent as soon as you have entered your bank card and its PIN at "
      "health-card-renew.example.",
      "Unless you send {1} by instant transfer to our clerk you will be without insurance from "
      "tomorrow."},
     {"The new card comes by post, free and by itself. Please only check that your address with us "
      "is right.",
      "If it has not come by {3}, phone the number on your old card. Give no card data to people "
      "who ring you."}},
    {"test-result",
     "health",
     "a test result",
     "Dear {0}, your doctor's practice writes to say that your test result is ready.",
     {"To see it, sign in with your online banking and pay {1} by gift card at "
      "lab-results.example.",
      "It is serious, but drops that doctors must not tell you of cure it in a week: {1} in "
      "advance, cash by letter."},
     {"You can pick it up during opening hours; please bring your insurance card. There is nothing "
      "to pay.",
      "The doctor explains it at your visit on {3}. We give no results and ask for no data by "
      "message."}},
    {"car-claim",
     "health",
     "a damaged car",
     "{0}, this is about the insurance claim for your car, which was damaged on {3}.",
     {"You are due thousands. Pay our handling charge of {1} by voucher first and tell us your "
      "bank sign-in.",
      "Our agent will call: tell him the code that your bank texts you so that he can pay you "
      "out."},
     {"Your claim has the number {2}. The garage sends its bill straight to us; you need not pay "
      "or enter anything.",
      "Please choose a garage that you trust, and post us the photos with the form that you have "
      "at home."}},
    {"vaccination",
     "health",
     "a vaccination",
     "Clinic: {0}, your appointment for the vaccination is on {3} at 9:40.",
     {"Secure it with a deposit of {1} at clinic-deposit.example: card, security code and bank "
      "password.",
      "The vaccine is scarce: who pays the nurse privately from the phone today will go first."},
     {"Please bring your vaccination card. If you cannot come, call the front desk. It is free of "
      "charge.",
      "Reply NO if you cannot come. We need no other details, and no payment is due."}},
    {"director",
     "work",
     "a task from the director",
     "{0}, this is the managing director. I am in a meeting until six and have a task for you.",
     {"Buy gift cards for {1}, scratch them and mail me the codes. It is a surprise for clients, "
      "so keep it between us.",
      "We are buying a firm in secret. Wire the deposit to the lawyer today without the second "
      "signature."},
     {"Please prepare the payment list. As always, nothing leaves the house without a second "
      "signature and a call back.",
      "Please book the room for {3} and ask accounts whether the gift card budget for the party is "
      "fixed. No hurry."}},
    {"supplier",
     "work",
     "an invoice",
     "Dear {0}, attached is our invoice {2} of {1} for the goods that we delivered to your firm "
     "in spring.",
     {"Our bank account has changed as of today; pay to the new one, and please do not ring our "
      "old number.",
      "It is overdue. Pay within the hour to our director's personal account abroad and send us a "
      "picture of it."},
     {"The account is the same as ever. Should you hear that it changed, ring your contact person "
      "here before you pay.",
      "It is payable within 30 days. If something looks wrong, hold the payment and call the "
      "number in your contract."}},
    {"payroll",
     "work",
     "wages",
     "Hello {0}, this is the wages office. The pay run for this month closes on {3}.",
     {"We have a new portal: sign in with your work password at staff-pay-portal.example today or "
      "you will not be paid.",
      "To release your wages, reply with your banking password and the code that is now on your "
      "phone."},
     {"If your bank account has changed, bring the signed form in person; we take no changes by "
      "e-mail.",
      "You need not do anything. Your payslip will be in the usual folder, with the same password "
      "as always."}},
    {"mailbox",
     "work",
     "a full mailbox",
     "IT help desk: {0}, your mailbox at work is 95% full.",
     {"Confirm your user name and password at mail-quota-plus.example today, or all your mail will "
      "be deleted.",
      "An engineer will ring you; read him the sign-in code that appears on your phone so that he "
      "can enlarge it."},
     {"Please delete or archive old mail when you find the time. We will not ask for your "
      "password, today or ever.",
      "If you need more space, fill in the request on the intranet or drop in at our desk in room "
      "{2}."}},
    {"old-scanner",
     "tech",
     "a virus scanner",
     "Message from your computer shop: {0}, the virus scanner on your computer is out of date.",
     {"Criminals are inside it now. Do not switch it off; call us and let our engineer in by "
      "remote control.",
      "A new licence costs {1}, payable in gift cards only; scratch them and read us the numbers."},
     {"Start the update from the settings menu when you have time. We do not phone customers and "
      "need no access.",
      "If you are not sure how, bring it to any repair shop that you trust. This notice asks for "
      "no payment."}},
    {"password-reset",
     "tech",
     "a new password",
     "{0}, someone asked for a new password for your mail account on {3}.",
     {"If it was not you, send us the code that you have just received so that we can stop it.",
      "To keep your account, sign in with your present password at keep-my-mail.example within ten "
      "minutes."},
     {"If it was not you, do nothing: without the code nobody gets in. Never give the code to "
      "anyone, nor to us.",
      "If you did not ask, ignore this message. To be safe, open the site yourself and look at "
      "Recent activity."}},
    {"film-club",
     "tech",
     "a film subscription",
     "{0}, the payment for your film subscription on {3} did not go through.",
     {"Renew your card at film-billing.example with number, security code and PIN, or you lose the "
      "account tonight.",
      "Call our agent and let him into your tablet; he will fix it inside your banking app."},
     {"We will try again next week. If your card has changed, open the app as usual and look under "
      "Payments.",
      "If you no longer want it, you need do nothing; it ends by itself and nothing more is "
      "charged."}},
    {"renewed-plan",
     "tech",
     "a renewed order",
     "Thank you, {0}. Your protection plan for the computer was renewed for {1} (order {2}).",
     {"To cancel, phone within 24 hours and let our agent into your computer; he types the refund "
      "into your account.",
      "If you did not order it, send a photo of your card, front and back, so that we can cancel "
      "the charge."},
     {"If you did not want it, cancel in your account within 14 days; the money goes back to the "
      "card by itself.",
      "Renewals can be switched off in the settings. If you do not know this order, ask your bank, "
      "not a caller."}},
};

}  // namespace

std::span<const ScamMessage> scam_messages_en_offices() { return kMessages; }

}  // namespace assay::eval
