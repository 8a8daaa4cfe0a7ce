//! Looking for words in records as they are written finds what reading every record finds.

use proptest::prelude::*;
use proptest::sample::select;

use crate::dataset::{Input, read};
use crate::model::{EntryIndex, Quoted, Timeline};
use crate::query::{Needle, Query, search, search_while};
use crate::text::same::{self, Folding, Marked};

/// Every text of an entry that is searched, found in the slow and simple way.
fn texts(timeline: &Timeline, index: EntryIndex) -> Vec<String> {
    let entry = timeline.entry(index);
    let mut texts = vec![entry.id, entry.headline];
    let single = [entry.role, entry.venue, entry.paraphrase, entry.text, entry.basis, entry.note];
    texts.extend(single.into_iter().flatten());
    texts.extend(entry.place);
    texts.extend(entry.tags);
    let mut speakers: Vec<_> = entry.speaker.into_iter().collect();
    let mut sources = entry.sources;
    for quote in entry.quotes {
        speakers.extend(quote.via);
        sources.extend(quote.sources);
        texts.push(quote.text);
        let within = |quoted: &Quoted| quoted.within.as_deref().cloned();
        for quoted in std::iter::successors(quote.within, within) {
            speakers.push(quoted.speaker);
            texts.push(quoted.text);
        }
    }
    for figure in entry.figures {
        texts.extend([figure.bound.to_string(), figure.measure]);
        texts.extend([figure.of, figure.place].into_iter().flatten());
    }
    for speaker in speakers {
        let who = timeline.speaker(speaker).clone();
        texts.extend([who.id, who.name]);
        texts.extend([who.short, who.title, who.role, who.organization].into_iter().flatten());
    }
    for source in sources {
        let source = timeline.source(source);
        texts.push(source.citation());
        texts.extend(source.url.clone());
    }
    texts
}

/// As a needle compares it: letters with the marks that they may be found without.
pub(super) fn fold(text: &str, cased: bool) -> Vec<Marked> {
    let mut letters: Vec<Marked> = Vec::new();
    same::fold(text, Folding::plain(cased), |letter| match letters.last_mut() {
        Some((_, marks)) if letter.falls => marks.push(letter.value),
        _ => letters.push((letter.value, Vec::new())),
    });
    letters
}

/// Whether a text holds words, looked for at each place in it.
pub(super) fn holds(text: &str, words: &str, cased: bool) -> bool {
    let (text, words) = (fold(text, cased), fold(words, cased));
    let fits = |(held, asked): (&Marked, &Marked)| {
        held.0 == asked.0 && asked.1.iter().all(|mark| held.1.contains(mark))
    };
    words.is_empty() || text.windows(words.len()).any(|here| here.iter().zip(&words).all(fits))
}

fn assert_finds(timeline: &Timeline, words: &str) {
    for (needle, cased) in [
        (Needle::any_case(words), false),
        (Needle::new(words), words.chars().any(char::is_uppercase)),
    ] {
        let holds = |text: &String| holds(text, words, cased);
        let expected: Vec<_> = timeline
            .indexes()
            .filter(|index| !needle.is_empty() && texts(timeline, *index).iter().any(holds))
            .collect();
        let all: Vec<_> = timeline.indexes().collect();
        assert_eq!(search(timeline, &all, &needle), expected, "{words:?}, cased: {cased}");
        // Typed letter by letter, each time among what was found before.
        let mut among = if needle.is_empty() { Vec::new() } else { all.clone() };
        let mut before: Option<Needle> = None;
        for (at, letter) in words.char_indices() {
            let typed = &words[..at + letter.len_utf8()];
            let typed = if cased { Needle::new(typed) } else { Needle::any_case(typed) };
            if before.is_some_and(|before| !typed.narrows(&before)) {
                among = all.clone();
            }
            among = search_while(timeline, &among, &typed, || true).unwrap();
            before = Some(typed);
        }
        assert_eq!(among, expected, "{words:?} by letters, cased: {cased}");
    }
}

const ODD: &str = r##"Dataset(format: 1, title: "t", speakers: {
    "ann": Speaker(name: "Ann Other", role: "clerk"),
    "bo": Speaker(name: "Bo"),
}, sources: { "src": Source(title: "The Paper", url: "https://paper.example/x") }, entries: [
    Statement(id: "date", date: "2022", headline: Some("headline: \"quoted\""), speaker: "bo", sources: ["src"]),
    Statement(id: "e2", date: "2022-02", headline: "plain words, headline: and more", speaker: "ann", sources: ["src"],
        quotes: [Quote(text: "it’s  a
            long — story", via: ["bo"])], tags: ["tag one", "tag two"], place: "Kyiv"),
    Event(id: "e3", date: "2022-03", headline: "STRAßE İSTANBUL Київ ΣΊΣΥΦΟΣ", note: "the ſtrange \u{212a}elvin \u{73}ign"),
    // Event(id: "no", date: "2022", headline: "commented away"),
    Event(id: "e4", date: "2022-04", headline: r#"raw "words" \n here"#, text: "joined \
        up, tab\there, c:\\dir"),
    Event(id: "e5", date: "2022-05", headline: "figures", figures: [
        Figure(value: 100000, bound: MoreThan, measure: "losses", of: "them", place: "Lviv"),
        Figure(value: -1.5, bound: About, measure: "change", part_of: "losses", period: "2021"),
        Figure(bound: Between(70, 80), measure: "m"),
    ]),
    Event(id: "e6", date: "2022-06", headline: "the\u{a0}last", note: "e6 e6"), /* note: "after" */
    Event(id: "e7", date: "2022-07", headline: "Пам’ять про Σίσυφος – Ångström, “sic” 戦争 MAẞSTAB ’ –",
        tags: ["Спогад"]),
    Event(id: "e8", date: "2022-08", headline: "Cafe<301> Zelenský", note: "Łódź, Øyvind"),
    Event(id: "e9", date: "2022-09", headline: "Café Zelensky<301>, the ﬁrst oﬃce", note: "Rus<ad>sia,
        Ba<200b>khmut; Пётр и<306> Київ"),
    Event(id: "e10", date: "2022-10", headline: "Kılıçdaroğlu wait… what", note: "がか \"é\"", place: "Μονή"),
])
"##;

/// What is hard to see in a source, as `<ad>` for U+00AD.
fn with_hidden(text: &str) -> String {
    let hidden = ["\u{301}", "\u{306}", "\u{ad}", "\u{200b}"];
    hidden.iter().fold(text.to_owned(), |text, hidden| {
        let code = format!("<{:x}>", u32::from(hidden.chars().next().unwrap()));
        text.replace(&code, hidden)
    })
}

#[test]
fn odd_ways_of_writing_hide_nothing() {
    let reading = read(&[Input::new("odd.ron", with_hidden(ODD))]);
    assert!(!reading.has_errors(), "{:?}", reading.problems);
    for words in [
        "date",
        "headline",
        "headline:",
        "quoted",
        "\"quoted\"",
        "it's",
        "it’s a long",
        "long - story",
        "kyiv",
        "київ",
        "КИЇВ",
        "straße",
        "strasse",
        "istanbul",
        "İstanbul",
        "σίσυφος",
        "strange",
        "kelvin",
        "Kelvin",
        "sign",
        "commented",
        "raw",
        "\"words\"",
        "\\n",
        "joined up",
        "joined",
        "tab here",
        "c:\\dir",
        "\\",
        "over",
        "over 1",
        "100,000",
        "100000",
        "0",
        "70 to 8",
        "-1.5",
        "about",
        "bou",
        "at least",
        "losses",
        "them",
        "lviv",
        "2021",
        "2022",
        "the last",
        "after",
        "e6",
        "e",
        "s",
        " ",
        "  ",
        "-",
        "\"",
        "'",
        "ann",
        "clerk",
        "bo",
        "paper.example",
        "src",
        "tag one",
        "g tw",
        ",",
        "more",
        "sources",
        "Statement",
        "",
        "ß",
        "Σ",
        "ï",
        "value",
        "plain words, h",
        "пам'ять",
        "ПАМ",
        "тьпро",
        "ять про",
        "ЯТЬ  про σ",
        "σίσ",
        "ςίς",
        "про Σ",
        "ångström",
        "\u{212b}",
        "ngströ",
        "“sic”",
        "\"sic\"",
        "sic\" 戦",
        "戦争",
        "争",
        "ς –",
        "maßs",
        "' -",
        "- '",
        "спогад",
        "\u{0}",
        "café",
        "cafe",
        "cafe\u{301}",
        "CAFÉ",
        "Café",
        "Cafe",
        "zelensky",
        "zelenský",
        "e\u{301} z",
        "é",
        "\u{301}",
        "first",
        "office",
        "ﬃ",
        "ffi",
        "i",
        "lodz",
        "łodz",
        "Łodz",
        "dź",
        "oyvind",
        "øyvind",
        "russia",
        "rus\u{ad}",
        "bakhmut",
        "петр",
        "пётр",
        "й",
        "и",
        "kilicdaroglu",
        "Kılıç",
        "wait...",
        "t…",
        "か",
        "が",
        "μονη",
        "sigma",
    ] {
        assert_finds(&reading.timeline, words);
    }
}

/// A text of a dataset in one of the ways to write it.
fn written(text: &str, way: u8) -> String {
    let number = |character: char| format!("\\u{{{:x}}}", u32::from(character));
    let escaped = |character: char| match character {
        '"' | '\\' => format!("\\{character}"),
        other => other.to_string(),
    };
    match way {
        0 => format!("r###\"{text}\"###"),
        1 => {
            let numbered = |(at, character)| {
                if at % 3 == 0 { number(character) } else { escaped(character) }
            };
            format!("\"{}\"", text.chars().enumerate().map(numbered).collect::<String>())
        }
        _ => format!("\"{}\"", text.chars().map(escaped).collect::<String>()),
    }
}

fn string() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        "[a-eA-Es-tS-Tkſ\u{212a} ]{1,8}",
        "[a-c \"'’“\\\\—éÉßİкКсСςσ,:/-]{1,8}",
        "[a-ce-il-oE-FàéÉłØøßﬁﬀıёеий\u{301}\u{306}\u{308}\u{323}\u{ad}\u{200b}\u{200d}\u{a0}がか\u{3099}각각शि्שָ ]{1,8}",
        "(the |over |headline: |text: |1|00|id)[a-c]{0,3}",
    ];
    (text.prop_map(|text| format!("x{text}")), 0u8..8).prop_map(|(text, way)| written(&text, way))
}

fn dataset() -> impl Strategy<Value = String> {
    let entry = (
        (string(), string(), string(), string(), string()),
        (string(), string(), string()),
        (0..3usize, 0..3usize, 0..2000i32, 0..6usize),
    );
    proptest::collection::vec(entry, 1..5).prop_map(|entries| {
        let mut text = "Dataset(format: 1, title: \"t\", speakers: {\n".to_owned();
        text.push_str("\"p\": Speaker(name: \"Cab\", role: \"the clerk\"), \"q\": Speaker(name: \"B\"), \"r\": Speaker(name: \"E\"),\n}, ");
        text.push_str("sources: {\"s\": Source(title: \"Abc\")}, entries: [\n");
        let speakers = ["p", "q", "r"];
        for (number, ((a, b, c, d, e), (f, g, h), (who, other, value, shape))) in
            entries.into_iter().enumerate()
        {
            let (who, other) = (speakers[who], speakers[other]);
            let bound = ["Exactly", "About", "MoreThan", "AtLeast", "AtMost", "LessThan"][shape];
            text.push_str(&match shape {
                0 => format!("Event(id: \"e{number}\", date: \"2022\", headline: {a}, text: {b}, note: {c}),\n"),
                1 => format!("// Event(id: {a}, headline: {b})\nEvent(id: \"e{number}\", date: \"2022\", headline: {d}, tags: [{e}, {f}], place: {g}),\n"),
                2 => format!("Statement(id: \"e{number}\", speaker: \"{who}\", headline: {a}, date: \"2022\", sources: [\"s\"], role: {b}, venue: Some({c}), basis: {d}),\n"),
                3 => format!("Statement(id: \"e{number}\", speaker: \"{who}\", headline: {a}, date: \"2022\", quotes: [Quote(text: {b}, via: [\"{other}\"], within: Quoted(speaker: \"{who}\", text: {c}))], paraphrase: {d}),\n"),
                _ => format!("Event(id: \"e{number}\", date: \"2022\", headline: {a}, figures: [Figure(value: {value}, bound: {bound}, measure: {h}, of: {b}, place: {c})]),\n"),
            });
        }
        text + "])"
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_part_of_any_text_is_found(
        text in dataset(),
        from in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        length in 1usize..8,
        other in select(vec!["the", "id", "text", "a", "1", "к", "\\", "over 1", "note", "s", "é", "e", "\"", "x", "ss", "i", "и", "fi"]),
    ) {
        let reading = read(&[Input::new("any.ron", text)]);
        let timeline = reading.timeline;
        prop_assume!(!timeline.is_empty());
        let whole: Vec<_> = timeline.indexes().collect();
        let texts = texts(&timeline, whole[from.index(whole.len())]);
        let text: Vec<char> = texts[at.index(texts.len())].chars().collect();
        let start = at.index(text.len() + 1);
        let words: String = text.iter().skip(start).take(length).collect();
        assert_finds(&timeline, &words);
        assert_finds(&timeline, other);
    }
}

const SAME: &str = r##"Dataset(format: 1, title: "t", speakers: {
    "garcia": Speaker(name: "José Garci<301>a"), "oy": Speaker(name: "Øyvind Łoś"),
    "pyotr": Speaker(name: "Пётр Порошенко"), "andrij": Speaker(name: "Андрій Яценюк"),
}, sources: { "ode": Source(title: "Ode à l’été", publisher: "Straße & Söhne") }, entries: [
    Event(id: "nfd", date: "2023-01-01", headline: "Cafe<301> Zelensky<301>", tags: ["Œuvre"]),
    Event(id: "nfc", date: "2023-01-02", headline: "Café Zelenský", place: "Chișinău"),
    Event(id: "lig", date: "2023-01-03", headline: "the ﬁrst oﬃce", place: "İzmir"),
    Event(id: "shy", date: "2023-01-04", headline: "Rus<ad>sian losses", sources: ["ode"]),
    Event(id: "zw", date: "2023-01-05", headline: "Ba<200b>khmut"),
    Event(id: "ell", date: "2023-01-06", headline: "wait… what"),
    Statement(id: "jose", date: "2023-01-07", headline: "x", speaker: "garcia",
        quotes: [Quote(text: "y", via: ["oy"])]),
    Statement(id: "petr", date: "2023-01-08", headline: "x", speaker: "pyotr"),
    Statement(id: "andr", date: "2023-01-09", headline: "“x” – й", speaker: "andrij"),
])"##;

#[test]
fn the_same_text_is_found_however_it_is_written() {
    let reading = read(&[Input::new("same.ron", with_hidden(SAME))]);
    assert!(!reading.has_errors(), "{:?}", reading.problems);
    let timeline = reading.timeline;
    for (query, found) in [
        ("café", "nfd nfc"),
        ("cafe", "nfd nfc"),
        ("CAFE\u{301}", "nfd nfc"),
        ("zelenský", "nfd nfc"),
        ("first", "lig"),
        ("office", "lig"),
        ("oﬃce", "lig"),
        ("russian", "shy"),
        ("rus\u{200b}sian", "shy"),
        ("bakhmut", "zw"),
        ("wait...", "ell"),
        ("jose", "jose"),
        ("speaker:garcia", "jose"),
        ("speaker:GARCÍA", "jose"),
        ("speaker:\"José Garcia\"", "jose"),
        ("speaker:gärcia", ""),
        ("via:oyvind", "jose"),
        ("via:Łos", "jose"),
        ("via:łoś", "jose"),
        ("via:loś", "jose"),
        ("via:lös", ""),
        ("speaker:петр", "petr"),
        ("speaker:пётр", "petr"),
        ("speaker:Андріи", ""),
        ("speaker:андрій", "andr"),
        ("tag:oeuvre", "nfd"),
        ("place:chisinau", "nfc"),
        ("place:izmir", "lig"),
        ("source:\"l'ete\"", "shy"),
        ("source:STRASSE", "shy"),
    ] {
        let query = Query::parse(query).unwrap();
        let ids: Vec<&str> =
            query.select(&timeline).into_iter().map(|index| timeline.id(index)).collect();
        assert_eq!(ids.join(" "), found, "{query}");
        let notes: Vec<String> = query.notes(&timeline).into_iter().map(|it| it.message).collect();
        assert_eq!(notes.is_empty(), !found.is_empty(), "{query}: {notes:?}");
    }
    // Only what is more than two cases of a letter has to be folded when it is searched.
    let folded: Vec<bool> = timeline.indexes().map(|index| timeline.needs_folding(index)).collect();
    assert_eq!(folded, [true, true, true, true, true, true, false, false, false]);
}

#[test]
fn what_is_found_is_marked_with_whole_characters() {
    for (words, text, places) in [
        ("cafe", "Cafe\u{301} café", &["Cafe\u{301}", "café"][..]),
        ("first", "the ﬁrst", &["ﬁrst"]),
        ("f", "oﬃce", &["ﬃ"]),
        ("russian", "Rus\u{ad}sian", &["Rus\u{ad}sian"]),
        ("rus", "Rus\u{ad}sian", &["Rus"]),
        ("s", "Maß", &["ß"]),
        ("strasse", "Straße", &["Straße"]),
        ("e\u{301}", "e é e\u{301}\u{323}", &["é", "e\u{301}\u{323}"]),
        ("a b", "a \u{a0}\n b", &["a \u{a0}\n b"]),
        ("...", "a… b", &["…"]),
        ("か", "がか", &["か"]),
        ("lodz", "Łódź", &["Łódź"]),
    ] {
        let found: Vec<&str> =
            Needle::new(words).find_all(text).into_iter().map(|place| &text[place]).collect();
        assert_eq!(found, places, "{words} in {text}");
    }
    // On the screen, what cannot be seen has a picture.
    for (words, text, places) in [
        ("russia", "« Rus\u{ad}sia »", &["Rus⟨00AD⟩sia"][..]),
        ("a", "\u{200b}a\u{ad}\u{ad}b a", &["a", "a"]),
        ("ab", "\u{200b}a\u{ad}\u{ad}b a", &["a⟨00AD⟩⟨00AD⟩b"]),
        ("00ad", "\u{ad}", &[]),
        ("c", "⟨xy⟩ ⟨⟩ c ⟨0041⟩ ⟨", &["c"]),
    ] {
        let shown = crate::text::visible(text);
        let found = Needle::new(words).find_all_shown(&shown).into_iter();
        let found: Vec<&str> = found.map(|place| &shown[place]).collect();
        assert_eq!(found, places, "{words} in {shown}");
    }
}
