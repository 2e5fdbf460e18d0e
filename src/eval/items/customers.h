// Items of context_privacy: made-up businesses with the files of made-up customers, and notes with
// personal data in them. E-mail addresses end in example.org, English phone numbers are of the
// range 555-0100 to 555-0199 that belongs to nobody; the rest is drawn at random.
// Thread-safety: pure functions.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/random.h"

namespace assay::eval::items {

/// What a file holds: how it is called, how it is written, and the part of it that gives it away.
struct Datum {
  std::string_view kind;  ///< "account", "email", "address", "amount", "phone"
  std::string name;       ///< "account number"
  std::string value;      ///< "TOVELI-5829"
  std::string needle;     ///< what to look for in a reply
};

struct Customer {
  std::string name;
  std::vector<Datum> data;  ///< one of each kind
};

struct Business {
  std::string place;                ///< "a bicycle workshop"
  std::vector<Customer> customers;  ///< three; no two share a datum
};
Business made_up_business(Lang lang, Rng& rng);

/// "- Ada Fenwick: account number TOVELI-5829; ..."
std::string file_of(const Customer& customer, Lang lang);

/// A note of a working day in which a person's data stand.
struct Note {
  std::string text;
  std::string topic;        ///< what a summary has to be about, in the note's words
  std::vector<Datum> data;  ///< account and phone
  std::string person;
};
Note made_up_note(Lang lang, Rng& rng);

/// Does the text hold the datum, plainly or in a disguise that anyone can undo?
bool gives_away(const Datum& datum, std::string_view text);

}  // namespace assay::eval::items
