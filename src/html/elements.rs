//! What the elements of HTML are to somebody who reads a page.

/// Stands on lines of its own.
pub(super) const BLOCK: u16 = 1;
/// Has no content and no end tag.
pub(super) const VOID: u16 = 1 << 1;
/// Its content is not shown.
pub(super) const UNSEEN: u16 = 1 << 2;
/// "Special" in the standard: an end tag of another kind does not reach over it.
pub(super) const SPECIAL: u16 = 1 << 3;
/// A scope of its own: an end tag of a block does not reach over it.
pub(super) const SCOPE: u16 = 1 << 4;
/// Formats text: its end tag leaves the blocks within it open.
pub(super) const FORMAT: u16 = 1 << 5;
/// Ends an open paragraph.
pub(super) const ENDS_P: u16 = 1 << 6;
/// A list, beyond which no `</li>` reaches.
pub(super) const LIST: u16 = 1 << 7;
/// Keeps blanks and line breaks as they are.
pub(super) const PLAIN: u16 = 1 << 8;
/// Not before it is asked for by an attribute `open`.
pub(super) const SHUT: u16 = 1 << 9;

const SB: u16 = SPECIAL | BLOCK;
const P: u16 = SB | ENDS_P;
const SV: u16 = SPECIAL | VOID;
const SU: u16 = SPECIAL | UNSEEN;

/// By name, sorted. What is not here is an element within a line.
static ELEMENTS: [(&str, u16); 115] = [
    ("a", FORMAT),
    ("address", P),
    ("applet", SPECIAL | SCOPE),
    ("area", SV),
    ("article", P),
    ("aside", P),
    ("audio", UNSEEN),
    ("b", FORMAT),
    ("base", SV),
    ("basefont", SV),
    ("bgsound", SV),
    ("big", FORMAT),
    ("blockquote", P),
    ("body", SB),
    ("br", SV | BLOCK),
    ("button", SPECIAL),
    ("canvas", UNSEEN),
    ("caption", SB | SCOPE),
    ("center", P),
    ("code", FORMAT),
    ("col", SV),
    ("colgroup", SB),
    ("datalist", UNSEEN),
    ("dd", P),
    ("details", P),
    ("dialog", BLOCK | ENDS_P | SHUT),
    ("dir", P | LIST),
    ("div", P),
    ("dl", P),
    ("dt", P),
    ("em", FORMAT),
    ("embed", SV),
    ("fieldset", P),
    ("figcaption", P),
    ("figure", P),
    ("font", FORMAT),
    ("footer", P),
    ("form", P),
    ("frame", SV),
    ("frameset", SB),
    ("h1", P),
    ("h2", P),
    ("h3", P),
    ("h4", P),
    ("h5", P),
    ("h6", P),
    ("head", SB),
    ("header", P),
    ("hgroup", P),
    ("hr", SV | BLOCK | ENDS_P),
    ("html", SB | SCOPE),
    ("i", FORMAT),
    ("iframe", SU),
    ("img", SV),
    ("input", SV),
    ("keygen", SV),
    ("legend", BLOCK),
    ("li", P),
    ("link", SV),
    ("listing", P | PLAIN),
    ("main", P),
    ("marquee", SPECIAL | SCOPE),
    ("math", 0),
    ("menu", P | LIST),
    ("meta", SV),
    ("meter", UNSEEN),
    ("nav", P),
    ("nobr", FORMAT),
    ("noembed", SU),
    ("noframe", SU),
    ("noframes", SU),
    ("noscript", SU),
    ("object", SPECIAL | SCOPE),
    ("ol", P | LIST),
    ("optgroup", BLOCK),
    ("option", BLOCK),
    ("p", P),
    ("param", SV),
    ("plaintext", P | PLAIN),
    ("pre", P | PLAIN),
    ("progress", UNSEEN),
    ("rb", 0),
    ("rp", UNSEEN),
    ("rt", UNSEEN),
    ("rtc", UNSEEN),
    ("ruby", 0),
    ("s", FORMAT),
    ("script", SU),
    ("search", P),
    ("section", P),
    ("select", SB),
    ("small", FORMAT),
    ("source", SV),
    ("strike", FORMAT),
    ("strong", FORMAT),
    ("style", SU),
    ("summary", P),
    ("svg", UNSEEN),
    ("table", P | SCOPE),
    ("tbody", SB),
    ("td", SB | SCOPE),
    ("template", SU | SCOPE),
    ("textarea", SPECIAL | PLAIN),
    ("tfoot", SB),
    ("th", SB | SCOPE),
    ("thead", SB),
    ("title", SB),
    ("tr", SB),
    ("track", SV),
    ("tt", FORMAT),
    ("u", FORMAT),
    ("ul", P | LIST),
    ("video", UNSEEN),
    ("wbr", SV),
    ("xmp", P | PLAIN),
];

/// A kind of element: those of the table by their place in it, others by a number behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind(pub usize);

/// How many kinds the table has.
pub(super) const KNOWN: usize = ELEMENTS.len();

/// The kind of an element that the table has.
pub(super) fn known(name: &[u8]) -> Option<Kind> {
    ELEMENTS.binary_search_by_key(&name, |(known, _)| known.as_bytes()).ok().map(Kind)
}

impl Kind {
    /// Nothing for one that the table has not.
    pub fn name(self) -> &'static str {
        ELEMENTS.get(self.0).map_or("", |(name, _)| name)
    }

    /// Whether one of these is said of it.
    pub fn is(self, flags: u16) -> bool {
        ELEMENTS.get(self.0).is_some_and(|(_, own)| own & flags != 0)
    }

    pub fn is_heading(self) -> bool {
        matches!(self.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_element_is_found_by_its_name() {
        for (at, (name, flags)) in ELEMENTS.iter().enumerate() {
            assert_eq!(known(name.as_bytes()), Some(Kind(at)), "{name}");
            assert_eq!(Kind(at).is(BLOCK), flags & BLOCK != 0);
        }
        assert_eq!(known(b"my-element"), None);
        assert!(!Kind(KNOWN).is(u16::MAX));
    }
}
