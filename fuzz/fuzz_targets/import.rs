//! Any bytes in any format: nothing breaks, and what is made of them is a dataset.
#![no_main]

use dateline::dataset::{Input, read, render};
use dateline::import::{Options, formats, to_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let all = formats();
    // One choice more: found out.
    let from = all.get(usize::from(*choice) % (all.len() + 1)).copied();
    let options = Options { from, undated: choice & 0x80 != 0, ..Options::default() };
    let Ok((text, _)) = to_text(bytes, "a", &options) else { return };
    let inputs = [Input::new("a.ron", text.as_str())];
    let reading = read(&inputs);
    assert!(!reading.has_errors(), "{}\n{text}", render(&reading.problems, &inputs));
});
