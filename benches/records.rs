//! Datasets of any size for the benchmarks: the same for the same number.
//!
//! Some 580 bytes an entry: headlines of 5 to 12 words, quotes of 10 to 60, two tags, 2,000
//! speakers of whom few say most, a figure in every fifth entry; a date in twenty is a month, one
//! in thirty approximate, one in a hundred spans a week. One entry holds the word `needlemark`,
//! and one in a thousand `ceasefire`.

use std::fmt::Write as _;

const WORDS: &[&str] = &[
    "the",
    "a",
    "of",
    "to",
    "in",
    "on",
    "for",
    "with",
    "from",
    "over",
    "under",
    "after",
    "before",
    "against",
    "between",
    "forces",
    "city",
    "front",
    "river",
    "line",
    "report",
    "estimate",
    "losses",
    "general",
    "minister",
    "spokesman",
    "officials",
    "sources",
    "troops",
    "reserves",
    "winter",
    "spring",
    "offensive",
    "retreat",
    "supply",
    "bridge",
    "border",
    "capital",
    "region",
    "talks",
    "sanctions",
    "energy",
    "grain",
    "corridor",
    "harbour",
    "airport",
    "rail",
    "hospital",
    "school",
    "civilians",
    "soldiers",
    "drones",
    "artillery",
    "armour",
    "missile",
    "warning",
    "pledge",
    "budget",
    "vote",
    "parliament",
    "summit",
    "agreement",
    "meeting",
    "briefing",
    "statement",
    "figure",
    "casualties",
    "wounded",
    "killed",
    "missing",
    "prisoners",
    "exchange",
    "visit",
    "letter",
    "signal",
    "pressure",
    "advance",
    "defence",
    "counter",
    "attack",
    "night",
    "morning",
    "heavy",
    "limited",
    "new",
    "first",
    "second",
    "third",
    "major",
    "minor",
    "likely",
];

const TAGS: &[&str] = &[
    "bakhmut",
    "casualties",
    "talks",
    "energy",
    "sanctions",
    "grain",
    "prisoners",
    "drones",
    "winter",
    "budget",
];

const FIRST: &[&str] = &["John", "Mark", "Anna", "Olena", "José", "Zoë", "Łukasz", "Søren"];
const LAST: &[&str] = &["Kirby", "Milley", "Gates", "Rozen", "García", "Chen", "Okafor", "Weiss"];

/// Numbers that look random and are the same each time (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    fn words(&mut self, from: usize, to: usize) -> String {
        let count = from + self.below(to - from + 1);
        let words: Vec<&str> = (0..count).map(|_| self.of(WORDS)).collect();
        words.join(" ")
    }
}

/// A dataset of so many entries.
pub fn dataset(entries: usize) -> String {
    let mut dice = Dice(7);
    let mut text = String::with_capacity(entries * 600 + 200_000);
    text.push_str("Dataset(\n    format: 1,\n    title: \"Synthetic record\",\n    speakers: {\n");
    for number in 0..2000 {
        let (first, last) = (dice.of(FIRST), dice.of(LAST));
        let _ = writeln!(
            text,
            "        \"s{number}\": Speaker(name: \"{first} {last} {number}\", role: \"spokesman\"),"
        );
    }
    text.push_str("    },\n    sources: {\n");
    for number in 0..12 {
        let _ = writeln!(text, "        \"src{number}\": Source(title: \"Source {number}\"),");
    }
    text.push_str("    },\n    entries: [\n");
    for number in 0..entries {
        entry(&mut text, &mut dice, number, entries);
    }
    text.push_str("    ],\n)\n");
    text
}

fn entry(text: &mut String, dice: &mut Dice, number: usize, entries: usize) {
    let months = number * 408 / entries;
    let (year, month, day) = (1990 + months / 12, 1 + months % 12, 1 + number * 27 / entries % 27);
    let date = match dice.below(100) {
        0..5 => format!("{year}-{month:02}"),
        5..8 => format!("{year}-{month:02}-{day:02}~"),
        8 => format!("{year}-{month:02}-{day:02}/{year}-{month:02}-28"),
        _ => format!("{year}-{month:02}-{day:02}"),
    };
    let mark = match number {
        _ if number == entries * 199 / 200 => "Needlemark ",
        _ if number % 1000 == 500 => "Ceasefire ",
        _ => "",
    };
    // The first speakers say the most.
    let most = 1 + dice.below(2000);
    let speaker = dice.below(most);
    let (headline, quote) = (dice.words(5, 12), dice.words(10, 60));
    let figure = match dice.below(5) {
        0 => format!(
            "            figures: [Figure(value: {}, bound: About, measure: \"casualties\")],\n",
            dice.below(200_000)
        ),
        _ => String::new(),
    };
    let (one, other) = (dice.of(TAGS), dice.of(TAGS));
    let _ = write!(
        text,
        "        Statement(
            id: \"e{number}\",
            date: \"{date}\",
            headline: \"{mark}{headline}\",
            speaker: \"s{speaker}\",
            quotes: [Quote(text: \"{quote}.\")],
{figure}            sources: [\"src{}\"],
            tags: [\"{one}\", \"{other}\"],
        ),
",
        number % 12
    );
}
