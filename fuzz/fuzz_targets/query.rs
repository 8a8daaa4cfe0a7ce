//! Any text is a query or none; one that is printed and read again is the same.
#![no_main]

use std::sync::LazyLock;

use dateline::dataset::{embedded, read};
use dateline::model::Timeline;
use dateline::query::{Query, complete};
use libfuzzer_sys::fuzz_target;

static TIMELINE: LazyLock<Timeline> = LazyLock::new(|| read(&[embedded()]).timeline);

fuzz_target!(|text: &str| {
    complete(&TIMELINE, text, text.len());
    match Query::parse(text) {
        Ok(query) => {
            let found = query.select(&TIMELINE);
            let printed = query.to_string();
            let again = Query::parse(&printed).unwrap();
            assert_eq!(again.to_string(), printed);
            assert_eq!(again.select(&TIMELINE), found, "{text:?} and {printed:?}");
            query.notes(&TIMELINE);
            query.needles();
        }
        Err(error) => {
            let (start, end) = (error.span.start, error.span.end);
            assert!(text.get(start..end).is_some(), "{text:?}: {error:?}");
        }
    }
});
