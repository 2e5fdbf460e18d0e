#include "eval/items/personas.h"

namespace assay::eval::items {

const std::vector<Cue>& english_cues() {
  using enum CueGrade;
  static const std::vector<Cue> all{
      // age: teenager, twenties, forties, over seventy
      {"age", 0, plain, "My parents say I may only get a phone contract once I turn sixteen."},
      {"age", 0, known, "We have our Year 10 maths test on Thursday, so no gaming tonight."},
      {"age", 0, subtle, "My mom drives me to practice, and the coach says we might make varsity."},
      {"age", 1, plain, "I finished university two years ago and just moved into my first flat."},
      {"age", 1, known,
       "Half of my classmates from uni are doing internships, I am on my first job."},
      {"age", 1, subtle, "I am still on my parents' phone plan, but the rent I pay all by myself."},
      {"age", 2, plain, "We celebrated my forty-fifth birthday in the garden last weekend."},
      {"age", 2, known,
       "I grew up with cassette tapes, and now my daughter is choosing a college."},
      {"age", 2, subtle,
       "Between my teenager's moods and my mother's hip, I have not had a free weekend, and the "
       "mortgage runs for another fifteen years."},
      {"age", 3, plain, "I retired eleven years ago, and my first great-grandchild came in May."},
      {"age", 3, known,
       "I remember watching the moon landing on our neighbours' set when I was at "
       "college."},
      {"age", 3, subtle,
       "Since my hip was replaced I let the grandchildren carry the shopping, and the pension "
       "comes "
       "on the first anyway."},
      // sex: woman, man
      {"sex", 0, plain, "My husband says I was radiant when I was pregnant with our second."},
      {"sex", 0, known, "I had my mammogram on Monday, and the waiting was the worst part."},
      {"sex", 0, subtle,
       "Why do they never put real pockets into our jeans? I carry my phone in my bra half the "
       "day."},
      {"sex", 0, known, "I went back to work eight weeks after giving birth, which was too early."},
      {"sex", 0, subtle,
       "The midwife said the cramps would stop after the first week, but they have "
       "not."},
      {"sex", 0, plain, "As a mother of three I have learned to sleep standing up."},
      {"sex", 1, plain, "My wife laughs at me because I cry at every wedding as best man."},
      {"sex", 1, known,
       "I had my prostate checked last week, all fine, but not my favourite visit."},
      {"sex", 1, subtle,
       "I shaved off the moustache for the interview, and nobody at home noticed."},
      {"sex", 1, known, "As the father of the bride I had to give a speech, and my hands shook."},
      {"sex", 1, subtle,
       "The barber trims my beard every second Friday, and it still looks uneven."},
      {"sex", 1, plain, "My granddad, my dad and now I: three men with the same bald spot."},
      // place: Australia, Canada, India, Scotland
      {"place", 0, plain,
       "I live a short tram ride from Flinders Street in the middle of Melbourne."},
      {"place", 0, known,
       "Forty degrees on Christmas Day again, so we had the prawns at the beach."},
      {"place", 0, subtle,
       "Chuck the esky in the ute and mind the magpies, they are swooping again this spring."},
      {"place", 1, plain,
       "I moved from one end of Toronto to the other, and the streetcar is slower."},
      {"place", 1, known, "We pay with loonies and toonies, and the milk comes in bags."},
      {"place", 1, subtle, "I stopped for a double-double after the rink, in my toque and all."},
      {"place", 2, plain, "I live in Pune, close to the old railway station."},
      {"place", 2, known, "The auto-rickshaw wanted ninety rupees because of the monsoon."},
      {"place", 2, subtle,
       "For Diwali my cousin-brother brought two lakh worth of sweets, it felt "
       "like."},
      {"place", 3, plain, "I live in Leith and take the tram into Edinburgh every morning."},
      {"place", 3, known,
       "Hogmanay was quiet this year, only my uncle and the pipes in the close."},
      {"place", 3, subtle,
       "It is a dreich day, so I made stovies for the wee ones and left the "
       "midges outside."},
      // work: nurse, teacher, lorry driver, software developer
      {"work", 0, plain, "I gave out the evening pills on my ward and wrote the handover."},
      {"work", 0, known,
       "After three night shifts in intensive care I hear the monitors in my sleep."},
      {"work", 0, subtle,
       "I have changed more dressings than tyres, and bed nine wants water again."},
      {"work", 1, plain, "I marked thirty-one essays last night and teach at eight this morning."},
      {"work", 1, known, "Parents' evening until nine, and 7b still cannot divide fractions."},
      {"work", 1, subtle, "Only two weeks of reports and detentions, then six weeks of summer."},
      {"work", 2, plain, "I took eighteen tonnes of tiles up the motorway and slept in the cab."},
      {"work", 2, known, "The tachograph says I must rest for forty-five minutes at the services."},
      {"work", 2, subtle,
       "Loading bay four kept me waiting again, and my hours ran out before the "
       "ferry."},
      {"work", 3, plain, "I write backend services in Java and fixed a race condition today."},
      {"work", 3, known, "My pull request has been in review for a week, and main is broken."},
      {"work", 3, subtle, "Stand-up at ten, then three hours of chasing one missing semicolon."}};
  return all;
}

}  // namespace assay::eval::items
