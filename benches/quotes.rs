//! Pages and quotes to verify: some are in them, some nearly, some not at all.

/// A page of so many bytes, in words of which none is rare.
pub fn page(bytes: usize) -> String {
    let mut page = String::from(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>T</title></head><body>",
    );
    let mut number = 0;
    while page.len() < bytes {
        let words: Vec<String> = (number..number + 60).map(word).collect();
        page.push_str(&format!(
            "<div class=\"par\" id=\"p{number}\"><p>{} &amp; <b>bold</b> &ldquo;said&rdquo; caf&eacute;</p></div>\n",
            words.join(" "),
        ));
        number += 60;
    }
    page
}

/// The word at a place: one of 20,000, in an order that never comes twice.
fn word(at: usize) -> String {
    let mut number = (at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    number = (number ^ (number >> 7)) % 20_000;
    let mut word = String::from("w");
    for _ in 0..4 {
        word.push(char::from(b'a' + (number % 12) as u8));
        number /= 12;
    }
    word
}

/// Quotes of a page of that many bytes: of five, three stand in it (one of them with a gap), one nearly,
/// and one not at all.
pub fn quotes(count: usize, bytes: usize) -> Vec<String> {
    let paragraphs = bytes / 460;
    (0..count)
        .map(|at| {
            let from = (at * 7919 % paragraphs) * 60;
            let mut words: Vec<String> = (from + 5..from + 30).map(word).collect();
            match at % 5 {
                0 => words[12] = "...".to_owned(),
                1 => words[12] = "changed".to_owned(),
                2 => words.iter_mut().for_each(|word| word.push('x')),
                _ => {}
            }
            words.join(" ")
        })
        .collect()
}
