//! What the attributes of an element say of whether it is shown.

use super::elements::{Kind, SHUT, UNSEEN};

/// What of the attributes of a start tag is of interest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    hidden: bool,
    popover: bool,
    open: bool,
    style: Option<String>,
    pub href: Option<String>,
}

impl Attributes {
    /// One more of them; of several with one name the first counts.
    pub fn add(&mut self, name: &[u8], value: &[u8]) {
        let text = || Some(String::from_utf8_lossy(value).into_owned());
        match name {
            b"hidden" => self.hidden = true,
            b"popover" => self.popover = true,
            b"open" => self.open = true,
            b"style" if self.style.is_none() => self.style = text(),
            b"href" if self.href.is_none() => self.href = text(),
            _ => {}
        }
    }

    /// Whether they hide an element of a kind. A style beats what `hidden` says, as in browsers.
    pub fn hide(&self, kind: Kind) -> bool {
        if kind.is(UNSEEN) {
            return true;
        }
        let style = self.style.as_deref().map(Style::of).unwrap_or_default();
        let shut = self.hidden || self.popover || kind.is(SHUT) && !self.open;
        style.invisible || style.displayed.map_or(shut, |displayed| !displayed)
    }

    /// Whether a style keeps blanks and line breaks as they are; nothing where none says.
    pub fn plain(&self) -> Option<bool> {
        self.style.as_deref().map(Style::of).unwrap_or_default().plain
    }
}

/// What the declarations of a `style` attribute come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Style {
    displayed: Option<bool>,
    invisible: bool,
    plain: Option<bool>,
}

impl Style {
    fn of(text: &str) -> Style {
        let text = without_comments(text);
        let mut style = Style::default();
        // Of one property the last counts, unless an earlier one is important.
        let mut firm: Vec<String> = Vec::new();
        for declaration in text.split(';') {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let (name, value) =
                (name.trim().to_ascii_lowercase(), value.trim().to_ascii_lowercase());
            let important = value.rsplit_once('!').filter(|(_, word)| word.trim() == "important");
            let value = important.map_or(value.as_str(), |(value, _)| value.trim_end());
            if important.is_none() && firm.contains(&name) {
                continue;
            }
            match (name.as_str(), value) {
                ("display", "none") => style.displayed = Some(false),
                ("display", "") => continue,
                ("display", _) => style.displayed = Some(true),
                ("visibility", "hidden" | "collapse") | ("content-visibility", "hidden") => {
                    style.invisible = true;
                }
                ("visibility", "visible") | ("content-visibility", "visible" | "auto") => {
                    style.invisible = false;
                }
                ("white-space", "pre" | "pre-wrap" | "pre-line" | "break-spaces") => {
                    style.plain = Some(true)
                }
                ("white-space", _) => style.plain = Some(false),
                _ => continue,
            }
            if important.is_some() && !firm.contains(&name) {
                firm.push(name);
            }
        }
        style
    }
}

fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        kept.push_str(before);
        kept.push(' ');
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::elements::known;

    #[test]
    fn what_hides_an_element() {
        for (attributes, hides) in [
            (&[][..], false),
            (&[("hidden", "")], true),
            (&[("hidden", "until-found")], true),
            (&[("hidden", ""), ("style", "display: block")], false),
            (&[("style", "display:none")], true),
            (&[("style", "color:red;DISPLAY : None !important")], true),
            (&[("style", "display:none; display:block")], false),
            (&[("style", "display:none !important; display:block")], true),
            (&[("style", "/* display:none */ color: red")], false),
            (&[("style", "display/**/:/**/none")], true),
            (&[("style", "visibility: hidden")], true),
            (&[("style", "visibility: visible")], false),
            (&[("style", "background: url(display:none)")], false),
            (&[("style", "display:none"), ("style", "display:block")], true),
            (&[("aria-hidden", "true")], false),
            (&[("class", "hidden")], false),
            (&[("popover", "")], true),
        ] {
            let mut read = Attributes::default();
            attributes.iter().for_each(|(name, value)| read.add(name.as_bytes(), value.as_bytes()));
            assert_eq!(read.hide(known(b"p").unwrap()), hides, "{attributes:?}");
        }
        let dialog = known(b"dialog").unwrap();
        let mut read = Attributes::default();
        assert!(read.hide(dialog));
        read.add(b"open", b"");
        assert!(!read.hide(dialog));
    }
}
