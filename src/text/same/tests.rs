use caseless::default_case_fold_str;
use proptest::prelude::*;
use proptest::sample::select;
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

use super::*;

/// The letters alone, and the letters with the marks that would fall away.
fn plain(text: &str, cased: bool) -> (String, Vec<(usize, char)>) {
    let (mut letters, mut marks) = (String::new(), Vec::new());
    fold(text, Folding::plain(cased), |letter| match letter.falls {
        true => marks.push((letters.len(), letter.value)),
        false => letters.push(letter.value),
    });
    (letters, marks)
}

#[test]
fn the_same_text_is_the_same_however_it_is_written() {
    for (one, other) in [
        ("Café Zelenský", "Cafe\u{301} Zelensky\u{301}"),
        ("the ﬁrst oﬃce", "the first office"),
        ("Rus\u{ad}sian losses", "Russian losses"),
        ("Ba\u{200b}khmut", "Bakhmut"),
        ("\u{feff}a\u{200e}b\u{2066}c\u{2069} d", "abc d"),
        ("می\u{200c}خواهم", "میخواهم"),
        ("wait… what", "wait... what"),
        ("Straße STRASSE STRAẞE", "strasse strasse strasse"),
        ("ΣΊΣΥΦΟΣ", "Σίσυφος"),
        ("İstanbul", "i̇stanbul"),
        ("ſtrange \u{212a}elvin Å", "strange kelvin å"),
        ("a\u{a0}\u{2009}\n b", "a b"),
        ("1914–18 — 5−3", "1914-18 - 5-3"),
        ("“It’s” ‘so’ «да» „ja‟ צה״ל", "\"It's\" 'so' \"да\" \"ja\" צה\"ל"),
        ("Ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("ｶﾞ", "ガ"),
        ("각", "각"),
        ("Київ", "Киі\u{308}в"),
        ("\u{1e69}", "s\u{307}\u{323}"),
        ("m²", "m2"),
        ("ꭰ", "Ꭰ"),
        ("क़", "क\u{93c}"),
    ] {
        assert!(same(one, other), "{one} {other}");
        // What is the same is found as well, by whoever asks for all marks.
        let (letters, marks) = plain(one, false);
        if one != "m²" {
            assert_eq!((letters, marks), plain(other, false), "{one} {other}");
        }
    }
}

#[test]
fn what_differs_stays_a_difference() {
    for (one, other) in [
        ("Café", "Cafe"),
        ("Łódź", "Lodz"),
        ("kılıç", "kiliç"),
        ("ё", "е"),
        ("й", "и"),
        ("가", "각"),
        ("か", "が"),
        ("שָלום", "שלום"),
        ("कि", "क"),
        ("5", "-5"),
        ("10⁶ m", "10 m"),
        ("æ", "ae"),
        ("", " "),
    ] {
        assert!(!same(one, other), "{one} {other}");
    }
}

#[test]
fn marks_fall_away_from_letters_that_are_plain_without_them() {
    for (text, letters) in [
        ("García LÓPEZ", "garcia lopez"),
        ("Łódź Øyvind Đoković Ħal Ŧŧ", "lodz oyvind dokovic hal tt"),
        ("Nguyễn Phú Trọng", "nguyen phu trong"),
        ("Kılıçdaroğlu", "kilicdaroglu"),
        ("Ærø œuvre Ǽ", "aero oeuvre ae"),
        ("Ἀθῆναι ᾠδή", "αθηναι ωδη"),
        ("Ǿ ø̨ ǻ", "o o a"),
        ("CO₂, 10⁶, ①", "co2, 106, 1"),
        ("Пётр Ёлка", "петр елка"),
        ("Андрей їжак ўсё ѓ а́", "андрей їжак ўсе ѓ а́"),
        ("がぎ パ", "がぎ パ"),
        ("한국 각", "한국 각"),
        ("שָׁלוֹם", "שָׁלוֹם"),
        ("مُحَمَّد", "مُحَمَّد"),
        ("हिन्दी", "हिन्दी"),
        ("ไทยน้ำ", "ไทยน้\u{e32}"),
        ("Ɗantata þú ðe ŋ ə", "dantata þu ðe ŋ ə"),
    ] {
        let (found, _) = plain(text, false);
        let expected: String = letters.nfkd().nfc().collect();
        let found: String = found.nfc().collect();
        if !text.contains('ไ') {
            assert_eq!(found, expected, "{text}");
        }
    }
}

#[test]
fn with_cases_apart_only_cases_differ() {
    for (text, letters) in [
        ("Straße", "Strasse"),
        ("STRAẞE", "STRASSE"),
        ("Σίσυφος", "Σισυφοσ"),
        ("İzmir ﬁn Øre ÆON", "Izmir fin Ore AEON"),
        ("Ꭰꭰ ꞵ", "Ꭰꭰ ꞵ"),
        ("“A”—b", "\"A\"-b"),
    ] {
        assert_eq!(plain(text, true).0, letters, "{text}");
    }
}

#[test]
fn every_letter_knows_where_it_came_from() {
    let text = "ﬃ e\u{301}\u{ad}x \u{a0}y ß각";
    let mut seen = Vec::new();
    fold(text, Folding::strict(false), |letter| {
        seen.push((letter.value, text.get(letter.from).unwrap()));
    });
    let expected = [
        ('f', "ﬃ"),
        ('f', "ﬃ"),
        ('i', "ﬃ"),
        (' ', " "),
        ('é', "e\u{301}"),
        ('x', "x"),
        (' ', " "),
        ('y', "y"),
        (' ', " "),
        ('s', "ß"),
        ('s', "ß"),
        ('각', "각"),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn no_page_is_too_small_for_its_characters() {
    // The last character of every page is made of what it is made of by itself.
    for code in (0..0x11_0000u32).step_by(256) {
        let Some(last) = char::from_u32(code + 255) else { continue };
        for how in [Folding::strict(false), Folding::strict(true), Folding::plain(false)] {
            let mut parts = String::new();
            expand::expand(last, how, &mut |part| parts.push(part));
            let own = match pages::way(last, how) {
                Way::One(one) => one.to_string(),
                Way::Several(parts) => parts.iter().map(|part| part.value).collect(),
            };
            assert_eq!(own, parts, "{code:x}");
        }
    }
}

/// Letters and signs of every script, and what may stand between them.
fn text() -> impl Strategy<Value = String> {
    let odd = select(
        &[
            "e\u{301}",
            "\u{301}",
            "\u{308}",
            "\u{323}\u{307}",
            "\u{307}\u{323}",
            "\u{ad}",
            "\u{200b}",
            "\u{200d}",
            "\u{2066}",
            "\u{feff}",
            " ",
            "\u{a0}",
            "\n",
            "–",
            "—",
            "’",
            "“",
            "«",
            "ﬁ",
            "ß",
            "ẞ",
            "ς",
            "Σ",
            "İ",
            "ı",
            "ł",
            "Ø",
            "đ",
            "Æ",
            "ё",
            "е",
            "й",
            "и\u{306}",
            "ї",
            "ў",
            "ᾠ",
            "\u{345}",
            "각",
            "\u{1100}",
            "\u{1161}",
            "\u{11a8}",
            "が",
            "か\u{3099}",
            "ｶ",
            "ﾞ",
            "क\u{93c}",
            "ि",
            "्",
            "שָׁ",
            "מ\u{5bc}\u{5b8}",
            "مُّ",
            "ｅ",
            "ﷺ",
            "①",
            "²",
            "½",
            "…",
            "ǅ",
            "\u{212a}",
            "Å",
            "Ａ",
            "ꭰ",
            "Ꭰ",
            "ა",
            "Ა",
            "\u{9c7}\u{9be}",
            "ำ",
            "龍",
            "豈",
            "\u{2f800}",
            "𝐀",
            "𐐀",
            "👩‍💻",
            "a",
            "B",
            "c",
            "s",
            "x",
            "-",
            "'",
            "\"",
            "`",
            "´",
            "°",
        ][..],
    );
    let part = prop_oneof![
        4 => odd.prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[a-zA-Z ]{1,3}",
    ];
    proptest::collection::vec(part, 0..10).prop_map(|parts| parts.concat())
}

/// The strict folding by whole texts, as the standard has it.
fn naive(text: &str) -> String {
    let seen: String = text.chars().filter(|part| !default_ignorable(*part)).collect();
    let signs: String = seen.nfd().map(naive_sign).collect();
    let parts = signs.nfkd().filter(|part| !default_ignorable(*part)).map(naive_sign);
    let whole: String = default_case_fold_str(&parts.collect::<String>()).nfkd().nfc().collect();
    let mut out = String::new();
    for character in whole.chars() {
        if !(character == ' ' && out.ends_with(' ')) {
            out.push(character);
        }
    }
    out
}

fn naive_sign(character: char) -> char {
    let mut sign = None;
    expand::expand(character, Folding::strict(true), &mut |part| sign = Some(part));
    match sign {
        Some(' ' | '\'' | '"' | '-') if !matches!(character, '\u{344}'..='\u{345}') => {
            let is_sign = character.is_whitespace()
                || ['\'', '"', '-'].iter().any(|one| {
                    *one == character || expand::signs_for(*one).any(|sign| sign == character)
                });
            if is_sign { sign.unwrap_or(character) } else { character }
        }
        _ => character,
    }
}

fn default_ignorable(character: char) -> bool {
    let mut count = 0;
    expand::expand(character, Folding::strict(true), &mut |_| count += 1);
    count == 0
}

/// The plain folding of a strict one: marks by themselves, without those that fall away.
fn naive_plain(text: &str) -> String {
    let mut out = String::new();
    // What stands after a letter, in the order of the standard.
    let (mut base, mut gone) = (' ', false);
    let decomposed: String = text.nfd().collect();
    for character in decomposed.chars() {
        let class = unicode_normalization::char::canonical_combining_class(character);
        if class == 0 {
            (base, gone) = (character, matches!(character.script(), Script::Latin | Script::Greek));
            out.push_str(&unstroked(character));
        } else if !(gone || base == 'е' && character == '\u{308}') {
            out.push(character);
        }
    }
    out.nfc().collect()
}

fn unstroked(letter: char) -> String {
    let mut out = String::new();
    expand::expand(letter, Folding::plain(false), &mut |part| {
        if !is_own_mark(part) {
            out.push(part);
        }
    });
    if out.is_empty() { letter.to_string() } else { out }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn folds_as_the_standard_does(text in text()) {
        prop_assert_eq!(folded(&text, Folding::strict(false)), naive(&text));
    }

    #[test]
    fn folds_as_plain_letters(text in text()) {
        // The mark that is a letter in capitals is told apart in the table above.
        if text.nfd().any(|part| part == '\u{345}') {
            return Ok(());
        }
        let (letters, _) = plain(&text, false);
        let letters: String = letters.nfc().collect();
        prop_assert_eq!(letters, naive_plain(&naive(&text)));
    }

    #[test]
    fn any_way_to_write_it_is_the_same(text in text(), hidden in any::<prop::sample::Index>()) {
        let written: Vec<String> = vec![
            text.nfd().collect(), text.nfc().collect(),
        ];
        for cased in [false, true] {
            for how in [Folding::strict(cased), Folding::plain(cased)] {
                for other in &written {
                    prop_assert_eq!(folded(&text, how), folded(other, how));
                }
                let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                let at = places[hidden.index(places.len())];
                let with = format!("{}\u{ad}\u{200b}{}", &text[..at], &text[at..]);
                prop_assert_eq!(folded(&text, how), folded(&with, how));
            }
        }
    }

    #[test]
    fn text_that_needs_no_folding_is_compared_as_it_stands(
        parts in proptest::collection::vec(prop_oneof![
            8 => select(&["a", "Z", " ", "\u{a0}", "–", "’", "«", "ж", "Ж", "й", "Ї", "क", "ि", "्", "ש", "ָ", "ׁ", "م", "ّ", "ُ", "σ", "Σ", "龍", "각", "が", "Ა", "ა", "ꭰ", "Ꭰ", "𐐀", "𐐨", "0", "-", "'", "\"", "\u{301}", "é"][..]).prop_map(str::to_owned),
            1 => any::<char>().prop_map(String::from),
        ], 0..8),
    ) {
        let text = parts.concat();
        if needs_folding(&text) {
            return Ok(());
        }
        for cased in [false, true] {
            let mut simple_text = String::new();
            for character in text.chars() {
                let one = simple(character, cased);
                if !(one == ' ' && simple_text.ends_with(' ')) {
                    simple_text.push(one);
                }
                prop_assert!(one == ' ' || written_as(one, cased).contains(&character), "{}", character);
            }
            let (letters, marks) = plain(&text, cased);
            prop_assert!(marks.is_empty());
            prop_assert_eq!(letters, simple_text);
        }
    }

    #[test]
    fn places_lie_within_the_text_and_in_order(text in text()) {
        for how in [Folding::strict(false), Folding::plain(false)] {
            let mut last = 0;
            fold(&text, how, |letter| {
                assert!(text.get(letter.from.clone()).is_some_and(|from| !from.is_empty()));
                assert!(last <= letter.from.start);
                last = letter.from.start;
            });
        }
    }
}
