//! Any text is a dataset with problems, each of which has a place in it.
#![no_main]

use dateline::dataset::{Input, read, render, render_json, summary};
use dateline::export::record;
use dateline::text::is_treacherous;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let inputs = [Input::new("a.ron", text)];
    let reading = read(&inputs);
    for problem in &reading.problems {
        let span = &problem.flaw.span;
        assert!(span.start <= span.end && span.start <= text.len(), "{problem:?}");
    }
    let shown = render(&reading.problems, &inputs) + &summary(&reading);
    assert!(!shown.chars().any(|letter| letter != '\n' && is_treacherous(letter)), "{shown:?}");
    let json = render_json(&reading.problems, &inputs);
    assert!(!json.chars().any(|letter| letter != '\n' && is_treacherous(letter)), "{json:?}");
    for index in reading.timeline.indexes() {
        assert!(!reading.timeline.id(index).is_empty());
        record::plain(&reading.timeline, index, 40);
    }
});
