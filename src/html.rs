//! What a page of HTML shows to a reader.
//!
//! Both quotes that are looked for in a page and fields that other programs fill with HTML are read
//! here, so that both see the same. Text is what browsers show without the page's style sheets and
//! scripts: characters by name or number as they read them, nothing of what is hidden (`hidden`,
//! `display:none`, `<template>`, `<script>`, readings in `<rt>`, …); blocks stand on lines of their
//! own, and what formats within a line parts no word.
//!
//! The page is taken apart by `html5gum`, the tokenizer of the standard without a tree: a page of
//! 10 MB takes 30 ms where `html5ever` with its tree takes 120; it is one crate where that is 28,
//! and has no code of the kind that may go wrong in memory. `tl` reads no character by name and
//! knows no element that an end tag is left out of; `lol_html` reads no character by name either.
//! A tree would also cost more than the page's length: each block looks through all that are open
//! around it, and a page can be made to keep very many open. Which elements are open is kept by
//! [`open`] alone, at the same cost for each tag. A property holds what is shown to what a tree by
//! `html5ever` says.

mod attributes;
pub mod charset;
mod elements;
mod open;
#[cfg(test)]
mod tests;
mod walk;

pub use walk::{Element, Reader, read};

/// The text of a page, in lines.
pub fn to_text(page: &str) -> String {
    let mut out = Out::default();
    read(page, &mut out);
    out.text
}

#[derive(Default)]
struct Out {
    text: String,
    /// What is due before the next word.
    due: Option<char>,
}

impl Out {
    fn push(&mut self, text: &str) {
        if let Some(due) = self.due.take().filter(|_| !self.text.is_empty()) {
            self.text.push(due);
        }
        self.text.push_str(text);
    }

    fn line(&mut self) {
        self.due = Some('\n');
    }
}

impl Reader for Out {
    fn text(&mut self, text: &str, plain: bool) {
        let mut words =
            text.split(|next: char| next.is_ascii_whitespace() && !(plain && next == '\n'));
        let first = words.next().unwrap_or_default();
        self.lines(first);
        for word in words {
            self.due = self.due.or(Some(' '));
            self.lines(word);
        }
    }

    fn open(&mut self, element: Element<'_>) {
        if element.block {
            self.line();
        }
    }

    fn close(&mut self, element: Element<'_>) {
        if element.block {
            self.line();
        }
    }
}

impl Out {
    fn lines(&mut self, word: &str) {
        for (at, part) in word.split('\n').enumerate() {
            if at > 0 {
                self.line();
            }
            if !part.is_empty() {
                self.push(part);
            }
        }
    }
}
