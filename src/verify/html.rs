//! What a reader sees of an HTML page, as plain text.
//!
//! No tree is built: tags fall away, those of blocks end a paragraph, characters written by name or
//! number are read, scripts and styles are passed over. Any text is read in one way or another.

use memchr::{memchr, memchr2, memmem};

/// Tags between which text belongs to another line.
const BLOCKS: [&str; 50] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

/// Elements whose content nobody reads. Those marked are raw text: no tag begins within them.
const UNSEEN: [(&str, bool); 6] = [
    ("script", true),
    ("style", true),
    ("iframe", true),
    ("noscript", false),
    ("template", false),
    ("svg", false),
];

/// The text of a page.
pub(super) fn to_text(page: &str) -> String {
    let mut out = Out::default();
    let mut unseen = Unseen::default();
    let mut at = 0;
    while let Some(rest) = page.get(at..).filter(|rest| !rest.is_empty()) {
        let stop = memchr2(b'<', b'&', rest.as_bytes()).unwrap_or(rest.len());
        out.text(rest.get(..stop).unwrap_or_default());
        at += stop;
        let Some(rest) = page.get(at..).filter(|rest| !rest.is_empty()) else { break };
        if rest.starts_with('&') {
            let (character, length) = entity(rest).unwrap_or(('&', 1));
            out.text(character.encode_utf8(&mut [0; 4]));
            at += length;
        } else if let Some(length) = not_text(rest) {
            at += length;
        } else if let Some(tag) = tag(rest) {
            if BLOCKS.contains(&tag.name.as_str()) {
                out.line();
            }
            at += tag.length;
            if tag.opens {
                at += unseen.length(page, at, &tag.name);
            }
        } else {
            out.text("<");
            at += 1;
        }
    }
    out.text
}

#[derive(Default)]
struct Out {
    text: String,
    /// What is due before the next word.
    due: Option<char>,
}

impl Out {
    /// Runs of spaces, tabs and line breaks are one space.
    fn text(&mut self, text: &str) {
        for next in text.chars() {
            if next.is_ascii_whitespace() {
                self.due = self.due.or(Some(' '));
                continue;
            }
            if let Some(due) = self.due.take().filter(|_| !self.text.is_empty()) {
                self.text.push(due);
            }
            self.text.push(next);
        }
    }

    fn line(&mut self) {
        self.due = Some('\n');
    }
}

/// The length of a comment, a declaration or an instruction.
fn not_text(rest: &str) -> Option<usize> {
    let until = |end: &str, from: usize| {
        let body = rest.as_bytes().get(from..).unwrap_or_default();
        memmem::find(body, end.as_bytes()).map_or(rest.len(), |at| from + at + end.len())
    };
    if rest.starts_with("<!--") {
        // `<!-->` is a whole comment.
        return Some(until("-->", 2));
    }
    if rest.starts_with("<![CDATA[") {
        return Some("<![CDATA[".len());
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        return Some(until(">", 2));
    }
    None
}

struct Tag {
    /// In lower case.
    name: String,
    length: usize,
    /// Whether it begins an element that has content.
    opens: bool,
}

fn tag(rest: &str) -> Option<Tag> {
    let bytes = rest.as_bytes();
    let closes = bytes.get(1) == Some(&b'/');
    let start = if closes { 2 } else { 1 };
    let named = bytes.get(start..)?;
    if !named.first()?.is_ascii_alphabetic() {
        return None;
    }
    let length = named
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
        .unwrap_or(named.len());
    // Names of elements are short; the rest of a long one does not matter.
    let name = String::from_utf8_lossy(named.get(..length.min(16))?).to_ascii_lowercase();
    let mut at = start + length;
    let mut value = false;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'>' => {
                let opens = !closes && bytes.get(at.saturating_sub(2)) != Some(&b'/');
                return Some(Tag { name, length: at, opens });
            }
            b'"' | b'\'' if value => {
                let Some(close) = memchr(*byte, bytes.get(at..).unwrap_or_default()) else { break };
                at += close + 1;
                value = false;
            }
            b'=' => value = true,
            _ if byte.is_ascii_whitespace() => {}
            _ => value = false,
        }
    }
    // A page that ends within a tag.
    Some(Tag { name, length: rest.len(), opens: false })
}

/// What nobody reads, and is passed over.
#[derive(Default)]
struct Unseen {
    /// Names of elements that no tag closes any more.
    open: Vec<&'static str>,
}

impl Unseen {
    /// How much to pass over after the tag that begins an element.
    fn length(&mut self, page: &str, from: usize, name: &str) -> usize {
        let Some((name, raw)) = UNSEEN.iter().find(|(unseen, _)| *unseen == name) else { return 0 };
        if self.open.contains(name) {
            return 0;
        }
        let rest = page.as_bytes().get(from..).unwrap_or_default();
        let closes = |at: &usize| {
            let end = at + 2 + name.len();
            rest.get(at + 2..end).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()))
                && rest
                    .get(end)
                    .is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'))
        };
        if let Some(at) = memmem::find_iter(rest, b"</").find(closes) {
            return at;
        }
        self.open.push(name);
        if *raw { rest.len() } else { 0 }
    }
}

/// A character written by its name or number, and how long that is.
fn entity(rest: &str) -> Option<(char, usize)> {
    let semicolon = rest.bytes().take(LONGEST_NAME + 2).position(|byte| byte == b';')?;
    let name = rest.get(1..semicolon)?;
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            numbered(code)
        }
        None => named(name)?,
    };
    Some((character, semicolon + 1))
}

/// HTML, 13.2.5.80: numbers from 128 to 159 mean what Windows-1252 has there.
fn numbered(code: u32) -> char {
    match code {
        0 => '\u{fffd}',
        0x80..=0x9f => windows_1252(u8::try_from(code).unwrap_or_default()),
        _ => char::from_u32(code).unwrap_or('\u{fffd}'),
    }
}

/// The character of a byte in Windows-1252; bytes that have none are C1 controls, as in browsers.
pub(super) fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let high = byte.checked_sub(0x80).and_then(|at| HIGH.get(usize::from(at)));
    high.copied().unwrap_or(char::from(byte))
}

const LONGEST_NAME: usize = 10;

/// The names of HTML 4, from U+00A0 to U+00FF in order.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg \
    macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 \
    iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave \
    Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc \
    Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc \
    euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave \
    uacute ucirc uuml yacute thorn yuml";

/// Other names that occur in running text.
const OTHERS: [(&str, char); 54] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("AMP", '&'),
    ("LT", '<'),
    ("GT", '>'),
    ("QUOT", '"'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("rsquor", '’'),
    ("rdquor", '”'),
    ("prime", '′'),
    ("Prime", '″'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("horbar", '―'),
    ("hyphen", '‐'),
    ("dash", '‐'),
    ("minus", '−'),
    ("hellip", '…'),
    ("mldr", '…'),
    ("bull", '•'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("permil", '‰'),
    ("euro", '€'),
    ("trade", '™'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("hairsp", '\u{200a}'),
    ("ZeroWidthSpace", '\u{200b}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("fnof", 'ƒ'),
    ("larr", '←'),
    ("rarr", '→'),
    ("NewLine", '\n'),
    ("Tab", '\t'),
];

fn named(name: &str) -> Option<char> {
    if let Some((_, character)) = OTHERS.iter().find(|(known, _)| *known == name) {
        return Some(*character);
    }
    let latin = LATIN.split_whitespace().zip(0xa0u32..).find(|(known, _)| *known == name);
    latin.and_then(|(_, code)| char::from_u32(code))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pages_read_as_a_reader_sees_them() {
        for (page, text) in [
            ("<p>One <b>bold</b>\n word</p><p>Two</p>", "One bold word\nTwo"),
            (
                "a&amp;b &lt;c&gt; &#8217;&#x2019;&#146; &eacute;&yuml;&nbsp;!",
                "a&b <c> ’’’ éÿ\u{a0}!",
            ),
            ("&unknown; & &; &#xd800; &#0;", "&unknown; & &; \u{fffd} \u{fffd}"),
            ("x<script>if (a</b) \"<p>\"</script >y<style>p{}</style>z", "xyz"),
            ("<!DOCTYPE html><html><head><title>T</title></head><body>B", "T\nB"),
            ("<!-- <p>no</p> -->yes<!-->and<!-- never closed", "yesand"),
            ("<a title='>' href=\"x>y\" data-x=it's>link</a>", "link"),
            ("1 < 2 and 3 <4", "1 < 2 and 3 <4"),
            ("line<br>break<br/>again", "line\nbreak\nagain"),
            ("<td>a</td><td>b</td>", "a\nb"),
            ("a<noscript>b</noscript>c<svg><text>d</text></svg>e<svg/>f", "acef"),
            ("cut <a href=\"", "cut"),
            ("in <b", "in"),
            ("<script>never closed", ""),
            ("", ""),
        ] {
            assert_eq!(to_text(page), text, "{page}");
        }
    }

    proptest! {
        #[test]
        fn no_page_is_too_broken(page in "(<[/!?]?[a-z]{0,3}[ =\"'>]?|&#?[a-z0-9]{0,4};?|script|-->|[\\PC\n]){0,30}") {
            to_text(&page);
        }

        #[test]
        fn a_reader_of_html_sees_the_same_words(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "<p>", "</p>", "<div class='a>b'>", "</div>", "<b>", "</b>", "<br>", "<i a=1>",
                    "</i>", "word ", "two words", "&amp;", "&mdash;", "&#8220;", "&eacute;t&eacute;",
                    "<script>var a = '<p>';</script>", "<style>p { }</style>", "<!-- a > b -->", " \n ",
                ]),
                0..30,
            ),
        ) {
            let page = parts.concat();
            let root = scraper::Html::parse_fragment(&page);
            let unseen = ["script", "style"];
            let seen = root.tree.nodes().filter(|node| {
                !node.ancestors().any(|up| up.value().as_element().is_some_and(|e| unseen.contains(&e.name())))
            });
            let theirs: String = seen.filter_map(|node| node.value().as_text().map(|text| text.to_string())).collect();
            let squeeze = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(squeeze(&to_text(&page)), squeeze(&theirs));
        }
    }
}
