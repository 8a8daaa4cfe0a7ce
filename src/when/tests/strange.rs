//! No text, however odd, breaks anything; what is found quickly is what is found slowly.

use proptest::prelude::*;

use crate::when::{Edge, Facts, When, explain, facts, from_words, quick};

fn exercise(text: &str) {
    let explanation = explain(text);
    let lines = explanation.to_text();
    assert!(
        lines.ends_with('\n') && !lines.trim_end_matches('\n').contains(['\u{1b}', '\u{202e}'])
    );
    let _ = from_words(text);
    match When::parse(text) {
        Ok(when) => {
            assert!(explanation.valid);
            assert!(!when.reading_with_weekday().is_empty());
            let _ = (when.start_span(), when.end_span(), when.order(), when.precision());
            for other in ["2004-06", "1984/..", "/1985", "XXXX", "Y17E100", "[..1984]", text] {
                let other = When::parse(other).unwrap();
                let _ = (when.during(&other), when.before(&other), when.after(&other));
                let _ = (when.since(&other), when.until(&other));
                let _ = (other.during(&when), other.before(&when), other.after(&when));
            }
        }
        Err(error) => {
            assert!(text.is_char_boundary(error.offset), "{text:?} at {}", error.offset);
            if let Some(suggestion) = error.suggestion {
                assert!(When::parse(&suggestion).is_ok(), "{text:?}: {suggestion}");
            }
        }
    }
}

/// Dates of all kinds, most of them valid.
pub(super) fn any_date() -> impl Strategy<Value = String> {
    let date = prop_oneof![
        4 => "(19[89]|200)[0-9]",
        4 => "(199|200)[0-9]-(0[1-9]|1[0-2])[~?%]?",
        8 => "(199|200)[0-9]-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[~?%]?",
        2 => "(199|200)[0-9]-(2[1-9]|3[0-9]|4[01])",
        2 => "(19|20|X)[0-9X]{2}",
        2 => "200[0-9X]-[01X][0-9X]",
        2 => "200[0-9X]-[01X][0-9X]-[0-3X][0-9X]",
        1 => "-?00[0-9]{2}",
        1 => "-[01X][0-9X]{3}(-[01X][0-9X](-[012X][0-9X])?)?",
        1 => "Y-?[1-9][0-9]{4,17}",
        1 => "Y-?[1-9]E[4-9][0-9]?(S[1-4])?",
        1 => "19[0-9]{2}S[1-4]",
    ];
    let date = date.prop_filter("valid", |text| When::parse(text).is_ok()).boxed();
    let side = prop_oneof![6 => date.clone(), 1 => Just(String::new()), 1 => Just("..".to_owned())];
    let element = prop_oneof![
        4 => date.clone(),
        1 => date.clone().prop_map(|date| format!("..{date}")),
        1 => date.clone().prop_map(|date| format!("{date}..")),
        1 => "19[0-4][0-9]\\.\\.19[5-9][0-9]",
    ];
    let elements = proptest::collection::vec(element, 1..4).prop_map(|all| all.join(","));
    prop_oneof![
        6 => date,
        1 => "200[0-9]-0[1-9]-[12][0-9]T[01][0-9]:[0-5][0-9]:00(Z|[+-](0[1-9]|1[0-3]):[03]0)?",
        3 => (side.clone(), side).prop_map(|(start, end)| format!("{start}/{end}")),
        1 => elements.clone().prop_map(|all| format!("[{all}]")),
        1 => elements.prop_map(|all| format!("{{{all}}}")),
    ]
    .prop_filter("valid", |text| When::parse(text).is_ok())
}

#[test]
fn long_texts_do_no_harm() {
    for part in
        ["1", "X", "-", "?", "/", "..", "[", "{1984,", " ", "日", "\u{202e}", "Y9", "T", "9 nov "]
    {
        exercise(&part.repeat(100_000 / part.len()));
    }
    exercise(&format!("{{1984{}}}", ",1XX6-02-29".repeat(9_000)));
    exercise(&format!("[{}1984..]", "Y17E99,".repeat(9_000)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_text_breaks_anything(text in "\\PC{0,60}") {
        exercise(&text);
    }

    #[test]
    fn no_control_character_breaks_anything(text in "[\\x00-\\x1f0-9é日 -]{0,20}") {
        exercise(&text);
    }

    #[test]
    fn no_string_of_signs_breaks_anything(text in "[0-9XYESTZ~?%/.,:+\\[\\]{}-]{0,60}") {
        exercise(&text);
    }

    #[test]
    fn no_words_break_anything(text in "(c\\.|about|since|until|nov|9|11|2022|44|bc|1850s|to|-|,|\\?| ){0,12}") {
        exercise(&text);
    }

    #[test]
    fn no_date_breaks_anything(text in any_date()) {
        exercise(&text);
    }

    #[test]
    fn quick_is_right(text in "[0-9]{3}[0-9X]((-[0-4][0-9])(-[0-3][0-9])?)?[~?%]?") {
        let slow = edtf_core::Edtf::parse(&text).map(|edtf| Facts::of(&edtf));
        if let Some(quick) = quick(&text) {
            prop_assert_eq!(Ok(quick), slow);
        } else if let Ok(slow) = slow {
            // What is left to the slow way: unknown digits and parts of a year.
            let month = text.get(5..7).and_then(|month| month.parse::<u8>().ok());
            prop_assert!(text.contains('X') || month > Some(12), "{} {:?}", text, slow);
        }
        prop_assert_eq!(facts(&text).ok(), When::parse(&text).ok().map(|when| when.facts()));
    }

    #[test]
    fn order_is_total_and_agrees_with_the_first_day(texts in proptest::collection::vec(any_date(), 3)) {
        let dates: Vec<When> = texts.iter().map(|text| When::parse(text).unwrap()).collect();
        let [a, b, c] = dates.as_slice() else { unreachable!() };
        prop_assert_eq!(a.order().cmp(&b.order()), b.order().cmp(&a.order()).reverse());
        if a.order() <= b.order() && b.order() <= c.order() {
            prop_assert!(a.order() <= c.order());
        }
        if let (Some(one), Some(other)) = (a.order().short(), b.order().short()) {
            prop_assert_eq!(one.cmp(&other), a.order().cmp(&b.order()));
        }
        if let (Edge::Day(one), Edge::Day(other)) = (a.earliest(), b.earliest()) {
            // By its instant a time may be of the day before, or the day after.
            let room = if a.has_time() || b.has_time() { 1 } else { 0 };
            prop_assert!(one.saturating_add(room) >= other || a.order() < b.order(), "{} {}", a.text(), b.text());
        }
        if let (Edge::Day(first), Edge::Day(last)) = (a.earliest(), a.latest()) {
            prop_assert!(first <= last);
        }
    }
}
