//! Any text is a date or no date, and a date is what it says.
#![no_main]

use dateline::when::{When, explain, from_words};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let explanation = explain(text);
    explanation.to_text();
    let _ = from_words(text);
    match When::parse(text) {
        Ok(when) => {
            assert!(explanation.valid);
            assert_eq!(when.text(), text);
            if let (Some(first), Some(last)) = (when.earliest().day(), when.latest().day()) {
                assert!(first <= last, "{text:?} ends before it begins");
            }
            assert_eq!(when.during(&when), When::parse(text).unwrap().during(&when));
            when.reading_with_weekday();
        }
        Err(error) => {
            assert!(text.is_char_boundary(error.offset), "{text:?}: {error:?}");
            if let Some(meant) = error.suggestion {
                assert!(When::parse(&meant).is_ok(), "{text:?}: {meant:?} is no date either");
            }
        }
    }
});
