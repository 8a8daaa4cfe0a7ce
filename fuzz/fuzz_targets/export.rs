//! Any dataset can be written in every format; as RON it is the same when read again.
#![no_main]

use dateline::dataset::{Input, read};
use dateline::export::{FORMATS, Options, Request, json};
use libfuzzer_sys::arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = dateline_fuzz::dataset(&mut Unstructured::new(bytes)) else { return };
    let timeline = read(&[Input::new("a.ron", text)]).timeline;
    let entries: Vec<_> = timeline.indexes().collect();
    let options = Options { width: bytes.len() % 200, ..Options::default() };
    let request = Request { timeline: &timeline, entries: &entries, provenance: None, options };
    for format in FORMATS {
        let Ok(output) = (format.write)(&request) else { continue };
        let Ok(written) = String::from_utf8(output.bytes) else { continue };
        if format.name == "ron" && !entries.is_empty() {
            let inputs = [Input::new("a.ron", written)];
            let reading = read(&inputs);
            assert!(!reading.has_errors(), "{}", dateline::dataset::render(&reading.problems, &inputs));
            let again: Vec<_> = reading.timeline.indexes().collect();
            assert_eq!(json::array(&reading.timeline, &again), json::array(&timeline, &entries));
        }
    }
});
