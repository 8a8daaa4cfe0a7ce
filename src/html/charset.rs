//! The bytes of a file as text, in the character set that they are written in.
//!
//! As browsers do it (HTML, 13.2.3): a byte order mark says it, else the header that came with the
//! page where that was kept with it, else the page itself in `<meta>` or its XML declaration. What
//! says nothing is UTF-8 if it can be, else what `chardetng` takes it for, as Firefox does.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use html5gum::{Token, Tokenizer};
use memchr::memmem;

/// How far into a page it is looked for what the page says of itself, in bytes. Browsers look on
/// behind the first 1,024 and read the page again.
const HEAD: usize = 64 << 10;

/// How much of a text is looked at to tell its character set, in bytes.
const SAMPLE: usize = 1 << 20;

/// A file's text, and what was said of it on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark and without the header.
    pub text: String,
    /// Whether it is HTML; nothing where only its name or its beginning can tell.
    pub html: Option<bool>,
}

/// The text of a file; nothing for one that is none. `html` says what its name says of it.
pub fn decode(bytes: Vec<u8>, html: bool) -> Option<Decoded> {
    let header = Header::of(&bytes);
    let body = bytes.get(header.length..).unwrap_or_default();
    if let Some((encoding, mark)) = Encoding::for_bom(body) {
        let body = body.get(mark..).unwrap_or_default();
        return Some(Decoded { text: whole(encoding, body)?, html: header.html });
    }
    if let Some(encoding) = unmarked_utf16(body) {
        return Some(Decoded { text: whole(encoding, body)?, html: header.html });
    }
    if body.contains(&0) {
        return None;
    }
    let page = header.html.unwrap_or(html || begins_as_page(body));
    let said = header.encoding.or_else(|| page.then(|| said_within(body)).flatten());
    let html = header.html;
    if said.is_none_or(|said| said == UTF_8) && header.length == 0 {
        // By far the most files: nothing is copied.
        return match String::from_utf8(bytes) {
            Ok(text) if !text.contains('\u{1b}') => Some(Decoded { text, html }),
            Ok(text) => Some(Decoded { text: escaped(text), html }),
            Err(error) => {
                let bytes = error.into_bytes();
                let encoding = said.unwrap_or_else(|| guess(&bytes));
                Some(Decoded {
                    text: encoding.decode_without_bom_handling(&bytes).0.into_owned(),
                    html,
                })
            }
        };
    }
    let encoding =
        said.unwrap_or_else(|| if std::str::from_utf8(body).is_ok() { UTF_8 } else { guess(body) });
    Some(Decoded { text: encoding.decode_without_bom_handling(body).0.into_owned(), html })
}

/// Text in UTF-16 is none where half a character stands alone.
fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    if encoding == UTF_8 {
        return Some(String::from_utf8_lossy(bytes).into_owned());
    }
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    (!broken && !text.contains('\0')).then(|| text.into_owned())
}

/// UTF-16 without its mark: zeros in one half of its units and none in the other.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, some) if some > 0 => Some(UTF_16LE),
        (some, 0) if some > 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// ISO-2022-JP is written with the bytes of ASCII.
fn escaped(text: String) -> String {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(text.as_bytes(), true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    match guess.name() {
        "ISO-2022-JP" => guess.decode_without_bom_handling(text.as_bytes()).0.into_owned(),
        _ => text,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // The first of them may be all ASCII.
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0).saturating_sub(1_000);
    let sample = bytes.get(first..bytes.len().min(first.saturating_add(SAMPLE))).unwrap_or(bytes);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether a file begins as a page does.
pub fn begins_as_page(bytes: &[u8]) -> bool {
    let begins = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins_with = |tag: &str| {
        begins.get(..tag.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(tag.as_bytes()))
    };
    begins_with("<!doctype html") || begins_with("<html")
}

/// What a page says of itself (HTML, 13.2.3.2 and 13.2.3.3).
fn said_within(page: &[u8]) -> Option<&'static Encoding> {
    let head = page.get(..HEAD).unwrap_or(page);
    let encoding = declared_as_xml(head).or_else(|| {
        let tags = Tokenizer::new(head).flatten();
        let until_body = tags
            .take_while(|token| !matches!(token, Token::StartTag(tag) if *tag.name == b"body"[..]));
        until_body
            .filter_map(|token| match token {
                Token::StartTag(tag) if *tag.name == b"meta"[..] => {
                    let attribute = |name: &[u8]| {
                        let all = tag.attributes.iter();
                        let mut named = all.filter(|(known, _)| ***known == *name);
                        named.next().map(|(_, value)| value.value.to_vec())
                    };
                    if let Some(label) = attribute(b"charset") {
                        return Encoding::for_label(&label);
                    }
                    let pragma = attribute(b"http-equiv")?;
                    let is_type = pragma.eq_ignore_ascii_case(b"content-type");
                    charset_in(&attribute(b"content")?).filter(|_| is_type)
                }
                _ => None,
            })
            .next()
    })?;
    // What says so in bytes of ASCII is not UTF-16; the last is a name without a table.
    Some(match encoding.name() {
        "UTF-16LE" | "UTF-16BE" => UTF_8,
        "x-user-defined" => WINDOWS_1252,
        _ => encoding,
    })
}

fn declared_as_xml(head: &[u8]) -> Option<&'static Encoding> {
    let rest = head.strip_prefix(b"<?xml")?;
    let declaration = rest.get(..memchr::memchr(b'>', rest)?)?;
    let at = memmem::find(declaration, b"encoding")?;
    let value = declaration.get(at + b"encoding".len()..)?.trim_ascii_start().strip_prefix(b"=")?;
    Encoding::for_label(quoted(value.trim_ascii_start())?)
}

/// What stands between two quotation marks.
fn quoted(text: &[u8]) -> Option<&[u8]> {
    let mark = text.first().copied().filter(|mark| matches!(mark, b'"' | b'\''))?;
    let inner = text.get(1..)?;
    inner.get(..memchr::memchr(mark, inner)?)
}

/// What `charset=` in the value of a content type names.
fn charset_in(value: &[u8]) -> Option<&'static Encoding> {
    let lower = value.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let at = from + memmem::find(lower.get(from..)?, b"charset")?;
        from = at + b"charset".len();
        let Some(label) = lower.get(from..)?.trim_ascii_start().strip_prefix(b"=") else {
            continue;
        };
        let label = label.trim_ascii_start();
        let end = |byte: &u8| byte.is_ascii_whitespace() || *byte == b';';
        let plain = || label.split(end).next().unwrap_or_default();
        return Encoding::for_label(quoted(label).unwrap_or_else(plain));
    }
}

/// The header that a server sent with a page, where it was kept before it (`curl -i`,
/// `wget --save-headers`); where it led on, that of each step.
#[derive(Debug, Default)]
struct Header {
    /// Bytes.
    length: usize,
    encoding: Option<&'static Encoding>,
    html: Option<bool>,
}

impl Header {
    fn of(bytes: &[u8]) -> Header {
        let mut all = Header::default();
        while let Some(next) = bytes.get(all.length..).and_then(Header::one) {
            all = Header { length: all.length + next.length, ..next };
        }
        all
    }

    fn one(bytes: &[u8]) -> Option<Header> {
        if !bytes.starts_with(b"HTTP/") {
            return None;
        }
        let mut header = Header::default();
        for line in bytes.get(..HEAD).unwrap_or(bytes).split_inclusive(|byte| *byte == b'\n') {
            header.length += line.len();
            let line = line.trim_ascii();
            if line.is_empty() {
                return Some(header);
            }
            let colon = memchr::memchr(b':', line).unwrap_or(line.len());
            let (name, value) = line.split_at_checked(colon).unwrap_or((line, b""));
            if name.eq_ignore_ascii_case(b"content-type") {
                header.encoding = charset_in(value);
                let value = value.to_ascii_lowercase();
                let kind = value.strip_prefix(b":").unwrap_or(&value).trim_ascii_start();
                let kind = kind.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
                header.html = Some(matches!(kind, b"text/html" | b"application/xhtml+xml"));
            }
        }
        // It never ends: a text that begins so.
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], html: bool) -> String {
        decode(bytes.to_vec(), html).map_or_else(|| "no text".to_owned(), |decoded| decoded.text)
    }

    fn encoded(label: &str, text: &str) -> Vec<u8> {
        Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned()
    }

    #[test]
    fn a_page_is_read_in_its_own_character_set() {
        let words = "Потери составили сто тысяч";
        for head in [
            "<meta charset=windows-1251>",
            "<META CharSet = 'Windows-1251' />",
            "<!-- <meta charset=koi8-r> --><meta charset=cp1251>",
            "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">",
            "<meta content='text/html;charset = \"windows-1251\"' http-equiv=content-type>",
            "<?xml version='1.0' encoding='windows-1251'?>",
            "<meta name=charset content=utf-8><meta charset=nonsense><meta charset=windows-1251>",
            // Nothing is said.
            "",
        ] {
            let page = format!("{head}<p>{words}");
            assert_eq!(read(&encoded("windows-1251", &page), true), page, "{head}");
        }
        let far =
            format!("<html><head>{}<meta charset=koi8-r></head>{words}", "<link>".repeat(2_000));
        assert_eq!(read(&encoded("koi8-r", &far), false), far);
        let late = format!("<meta charset=utf-8><body><meta charset=koi8-r>{words}");
        assert_eq!(read(late.as_bytes(), true), late);
        let page = format!("<meta charset=shift_jis>{}", "損失は十万人");
        assert_eq!(read(&encoded("shift_jis", &page), true), page);
        // It cannot be what it says.
        let page = format!("<meta charset=utf-16>{words}");
        assert_eq!(read(page.as_bytes(), true), page);
    }

    #[test]
    fn what_comes_before_a_page_counts_for_more() {
        let words = "<meta charset=koi8-r>Потери";
        let mut bytes = b"HTTP/1.1 301 Moved\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
            HTTP/2 200\r\nserver: x\r\ncontent-type: text/html;charset=\"windows-1251\"\r\n\r\n"
            .to_vec();
        bytes.extend(encoded("windows-1251", words));
        let decoded = decode(bytes.clone(), false).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.html), (words, Some(true)));
        assert_eq!(read(format!("\u{feff}{words}").as_bytes(), true), words);
        let mut wide = vec![0xff, 0xfe];
        wide.extend(words.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(read(&wide, true), words);
        wide.pop();
        assert_eq!(read(&wide, true), "no text");
        let plain = b"HTTP/1.1 is a protocol\nof 1997";
        assert_eq!(read(plain, false), "HTTP/1.1 is a protocol\nof 1997");
    }

    #[test]
    fn a_text_that_says_nothing_is_told_by_its_bytes() {
        let russian = "Потери российских войск составили более ста тысяч человек, сказал генерал.";
        let japanese = "ロシア軍の損失は十万人を超えたと将軍は述べた。";
        for (label, text) in [
            ("utf-8", russian),
            ("windows-1251", russian),
            ("koi8-r", russian),
            ("shift_jis", japanese),
            ("euc-jp", japanese),
            ("iso-2022-jp", japanese),
            ("windows-1252", "“naïve”, he said — a café"),
            ("windows-1250", "Straty przekroczyły sto tysięcy żołnierzy, powiedział generał."),
            ("gbk", "将军说俄军损失超过十万人。"),
        ] {
            assert_eq!(read(&encoded(label, text), false), text, "{label}");
        }
        let wide: Vec<u8> = "hi there".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&wide, false), "hi there");
        assert_eq!(read(b"a\0\0b", false), "no text");
        assert_eq!(read(b"\x1b[1mbold\x1b[0m", false), "\x1b[1mbold\x1b[0m");
        assert_eq!(read(b"", false), "");
    }
}
