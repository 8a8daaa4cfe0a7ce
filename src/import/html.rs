//! The text of a little HTML, as other programs keep in their fields: paragraphs and links.

use crate::html::{self, Element};

/// A paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    pub text: String,
    /// Whether it is a quotation.
    pub quotation: bool,
    /// Whether it ends in italics.
    pub italic_end: bool,
    /// Whether it is in small print.
    pub small: bool,
    /// Links as address and text.
    pub links: Vec<(String, String)>,
}

/// The paragraphs that say anything.
pub(super) fn blocks(page: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    html::read(page, &mut reader);
    reader.flush();
    reader.done
}

/// All text, with blank lines between paragraphs.
pub(super) fn text(page: &str) -> String {
    if !page.contains(['<', '&']) {
        return page.to_owned();
    }
    let blocks = blocks(page);
    blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

#[derive(Default)]
struct Reader {
    done: Vec<Block>,
    block: Block,
    /// How many quotations are open.
    quotations: usize,
    /// The address of the link that is open, and where its text begins.
    link: Option<(String, usize)>,
}

impl Reader {
    fn flush(&mut self) {
        self.close_link();
        let mut block = std::mem::take(&mut self.block);
        block.quotation = self.quotations > 0;
        block.text = block.text.trim().to_owned();
        if !block.text.is_empty() {
            self.done.push(block);
        }
    }

    fn close_link(&mut self) {
        if let Some((url, from)) = self.link.take() {
            let text = self.block.text.get(from..).unwrap_or_default().trim().to_owned();
            self.block.links.push((url, text));
        }
    }
}

impl html::Reader for Reader {
    fn text(&mut self, text: &str, _: bool) {
        if !text.is_empty() {
            // A blank of HTML's own, where it only keeps words on one line.
            self.block.text.push_str(&text.replace('\u{a0}', " "));
            self.block.italic_end &= text.trim().is_empty();
        }
    }

    fn open(&mut self, element: Element<'_>) {
        match element.name {
            "br" => self.text("\n", false),
            _ if element.block => self.flush(),
            "small" => self.block.small = true,
            "a" => {
                self.close_link();
                self.link = element.href.map(|url| (url.to_owned(), self.block.text.len()));
            }
            _ => {}
        }
        self.quotations += usize::from(element.name == "blockquote");
    }

    fn close(&mut self, element: Element<'_>) {
        match element.name {
            "br" => {}
            _ if element.block => self.flush(),
            "i" | "em" => self.block.italic_end = true,
            "a" => self.close_link(),
            _ => {}
        }
        self.quotations -= usize::from(element.name == "blockquote");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tags_go_and_text_stays() {
        for (html, plain) in [
            ("plain < text & more", "plain < text & more"),
            ("<p>One</p><p>Two<br>lines</p>", "One\n\nTwo\nlines"),
            ("a &amp; b &lt;c&gt; &#39;d&#x27; &nope;", "a & b <c> 'd' &nope;"),
            ("x<script>alert('<p>')</script>y", "xy"),
            ("<b>bold</b> <i>words", "bold words"),
            ("<!-- no -->yes", "yes"),
        ] {
            assert_eq!(text(html), plain, "{html}");
        }
        let found = blocks("See <A HREF='https://example.org/?a=1&amp;b'>this page</a>.");
        let link = ("https://example.org/?a=1&b".to_owned(), "this page".to_owned());
        assert_eq!(found[0].links, [link]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(html in "[<>&;#/a-z\"'= é👩]{0,60}") {
            blocks(&html);
        }
    }
}
