//! Datasets of any size for the benchmarks: the same for the same number.
//!
//! Some 580 bytes an entry: headlines of 5 to 12 words, quotes of 10 to 60, two tags, 2,000
//! speakers of whom few say most, a figure in every fifth entry; a date in twenty is a month, one
//! in thirty approximate, one in a hundred spans a week. One entry holds the word `needlemark`,
//! and one in a thousand `ceasefire`. [`Odd`] has the shapes that nobody plans for.

#![allow(dead_code, reason = "each benchmark uses a part")]

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

    /// Words of so many bytes, or a few more.
    fn bytes(&mut self, bytes: usize) -> String {
        let mut text = String::with_capacity(bytes + 16);
        while text.len() < bytes {
            text.push_str(self.of(WORDS));
            text.push(' ');
        }
        text.pop();
        text
    }
}

/// A dataset of so many entries.
pub fn dataset(entries: usize) -> String {
    shaped(entries, 2000, |_, _, _| ())
}

/// A shape that nobody plans for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// The last entry has a quote of 1 MB.
    LongQuote,
    /// The last entry has a headline of 100 kB.
    LongHeadline,
    /// The last entry has 10,000 quotes.
    ManyQuotes,
    /// 100,000 different tags.
    ManyTags,
    /// 20,000 speakers, of whom each says something.
    ManySpeakers,
    /// All on one day.
    OneDay,
    /// An interval across everything, and one in ten a year long.
    LongIntervals,
}

impl Odd {
    /// All of them.
    pub const ALL: [Odd; 7] = [
        Odd::LongQuote,
        Odd::LongHeadline,
        Odd::ManyQuotes,
        Odd::ManyTags,
        Odd::ManySpeakers,
        Odd::OneDay,
        Odd::LongIntervals,
    ];

    /// What to call it.
    pub fn name(self) -> &'static str {
        match self {
            Odd::LongQuote => "long quote",
            Odd::LongHeadline => "long headline",
            Odd::ManyQuotes => "many quotes",
            Odd::ManyTags => "many tags",
            Odd::ManySpeakers => "many speakers",
            Odd::OneDay => "one day",
            Odd::LongIntervals => "long intervals",
        }
    }

    /// How many entries it takes to show.
    pub fn entries(self) -> usize {
        match self {
            Odd::LongQuote | Odd::LongHeadline | Odd::ManyQuotes => 1_000,
            Odd::ManySpeakers => 20_000,
            Odd::OneDay => 50_000,
            Odd::ManyTags | Odd::LongIntervals => 100_000,
        }
    }

    /// A dataset of this shape, of so many entries.
    pub fn dataset(self, entries: usize) -> String {
        let speakers = if self == Odd::ManySpeakers { 20_000 } else { 2000 };
        shaped(entries, speakers, |entry, dice, number| {
            let last = number + 1 == entries;
            if last {
                "2024-01-01".clone_into(&mut entry.date);
            }
            match self {
                Odd::LongQuote if last => entry.quotes = vec![dice.bytes(1_000_000)],
                Odd::LongHeadline if last => entry.headline = dice.bytes(100_000),
                Odd::ManyQuotes if last => {
                    entry.quotes = (0..10_000).map(|_| dice.words(10, 60)).collect();
                }
                Odd::LongQuote | Odd::LongHeadline | Odd::ManyQuotes => {}
                Odd::ManyTags => {
                    let tag = number % 100_000;
                    entry.tags[1] = format!("{} {tag}", TAGS[tag % TAGS.len()]);
                }
                Odd::ManySpeakers => entry.speaker = number % 20_000,
                Odd::OneDay => "2022-05-05".clone_into(&mut entry.date),
                Odd::LongIntervals if number == 0 => {
                    "1980-01-01/2030-12-31".clone_into(&mut entry.date);
                }
                Odd::LongIntervals if number % 10 == 0 => {
                    let year: usize = entry.date[..4].parse().expect("a year");
                    entry.date = format!("{year}-03-01/{}-02-28", year + 1);
                }
                Odd::LongIntervals => {}
            }
        })
    }
}

/// A dataset of so many entries and speakers, each entry changed before it is written.
fn shaped(
    entries: usize,
    speakers: usize,
    change: impl Fn(&mut Entry, &mut Dice, usize),
) -> String {
    let mut dice = Dice(7);
    let mut text = String::with_capacity(entries * 600 + 200_000);
    text.push_str("Dataset(\n    format: 1,\n    title: \"Synthetic record\",\n    speakers: {\n");
    for number in 0..speakers {
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
        let mut entry = Entry::usual(&mut dice, number, entries);
        change(&mut entry, &mut dice, number);
        entry.write(&mut text, number);
    }
    text.push_str("    ],\n)\n");
    text
}

struct Entry {
    date: String,
    headline: String,
    speaker: usize,
    quotes: Vec<String>,
    figure: Option<usize>,
    tags: [String; 2],
}

impl Entry {
    fn usual(dice: &mut Dice, number: usize, entries: usize) -> Entry {
        let months = number * 408 / entries;
        let (year, month) = (1990 + months / 12, 1 + months % 12);
        let day = 1 + number * 27 / entries % 27;
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
        let figure = (dice.below(5) == 0).then(|| dice.below(200_000));
        let tags = [dice.of(TAGS).to_owned(), dice.of(TAGS).to_owned()];
        let headline = format!("{mark}{headline}");
        Entry { date, headline, speaker, quotes: vec![quote], figure, tags }
    }

    fn write(&self, text: &mut String, number: usize) {
        let Entry { date, headline, speaker, quotes, figure, tags: [one, other] } = self;
        let figure = figure.map_or_else(String::new, |value| {
            format!(
                "            figures: [Figure(value: {value}, bound: About, measure: \"casualties\")],\n"
            )
        });
        let quotes: Vec<String> =
            quotes.iter().map(|quote| format!("Quote(text: \"{quote}.\")")).collect();
        let _ = write!(
            text,
            "        Statement(
            id: \"e{number}\",
            date: \"{date}\",
            headline: \"{headline}\",
            speaker: \"s{speaker}\",
            quotes: [{}],
{figure}            sources: [\"src{}\"],
            tags: [\"{one}\", \"{other}\"],
        ),
",
            quotes.join(", "),
            number % 12
        );
    }
}
