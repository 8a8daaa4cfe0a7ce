//! The text of a little HTML, as other programs keep in their fields: paragraphs and links.

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
pub(super) fn blocks(html: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        reader.text(before);
        rest = if from.starts_with('<') { reader.tag(from) } else { reader.entity(from) };
    }
    reader.text(rest);
    reader.flush();
    reader.done
}

/// All text, with blank lines between paragraphs.
pub(super) fn text(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.to_owned();
    }
    let blocks = blocks(html);
    blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

#[derive(Default)]
struct Reader {
    done: Vec<Block>,
    block: Block,
    quotation: bool,
    /// The address of the link that is open, and where its text begins.
    link: Option<(String, usize)>,
}

impl Reader {
    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.block.text.push_str(text);
            self.block.italic_end &= text.trim().is_empty();
        }
    }

    fn flush(&mut self) {
        self.close_link();
        let mut block = std::mem::take(&mut self.block);
        block.quotation = self.quotation;
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

    /// What follows the tag at the beginning of a text.
    fn tag<'t>(&mut self, from: &'t str) -> &'t str {
        let inner = from.get(1..).unwrap_or_default();
        let begins =
            inner.trim_start_matches('/').starts_with(|first: char| first.is_ascii_alphabetic());
        let Some(end) = inner.find('>').filter(|_| begins || inner.starts_with('!')) else {
            self.text("<");
            return inner;
        };
        let tag = inner.get(..end).unwrap_or_default();
        let rest = inner.get(end + 1..).unwrap_or_default();
        let name =
            tag.trim_start_matches('/').split(|letter: char| !letter.is_ascii_alphanumeric());
        let name = name.into_iter().next().unwrap_or_default().to_ascii_lowercase();
        let closes = tag.starts_with('/');
        match name.as_str() {
            "script" | "style" if !closes => {
                let end = format!("</{name}");
                return rest.find(&end).and_then(|at| rest.get(at..)).unwrap_or_default();
            }
            "br" => self.text("\n"),
            "p" | "div" | "li" | "ul" | "ol" | "tr" | "table" | "h1" | "h2" | "h3" | "h4" => {
                self.flush();
            }
            "blockquote" => {
                self.flush();
                self.quotation = !closes;
            }
            "small" => self.block.small = true,
            "i" | "em" if closes => self.block.italic_end = true,
            "a" if closes => self.close_link(),
            "a" => {
                self.close_link();
                if let Some(url) = attribute(tag, "href") {
                    self.link = Some((url, self.block.text.len()));
                }
            }
            _ => {}
        }
        rest
    }

    /// What follows the character reference at the beginning of a text.
    fn entity<'t>(&mut self, from: &'t str) -> &'t str {
        let (letter, length) = entity(from).unwrap_or(('&', 1));
        self.text(letter.encode_utf8(&mut [0; 4]));
        from.get(length..).unwrap_or_default()
    }
}

/// The character that a reference at the beginning of a text stands for, and its length.
fn entity(from: &str) -> Option<(char, usize)> {
    let end = from.bytes().take(12).position(|byte| byte == b';')?;
    let name = from.get(1..end)?;
    let letter = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((letter, end + 1))
}

/// The value of an attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = tag.to_ascii_lowercase().find(&format!("{name}="))?;
    let rest = tag.get(at + name.len() + 1..)?;
    let value = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest.get(1..)?.split(quote).next()?,
        _ => rest.split(|letter: char| letter.is_whitespace()).next()?,
    };
    let mut plain = Reader::default();
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at_checked(at)?;
        plain.text(before);
        rest = plain.entity(from);
    }
    plain.text(rest);
    Some(plain.block.text)
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
