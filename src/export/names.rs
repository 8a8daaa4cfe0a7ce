//! Names that formats give to things: short, plain and each once, also for a reader to whom large
//! and small letters are one (labels of footnotes in CommonMark, keys in BibTeX).

use std::collections::HashSet;

/// Names given out so far.
#[derive(Default)]
pub(super) struct Given {
    given: HashSet<String>,
    reserved: HashSet<String>,
}

impl Given {
    /// A reserved name goes only to the one who asks for that very name first.
    pub(super) fn reserving(names: impl IntoIterator<Item = String>) -> Self {
        Given { given: HashSet::new(), reserved: names.into_iter().collect() }
    }

    /// The name itself for the first who asks for it; then `name-2`, `name-3`.
    pub(super) fn give(&mut self, name: &str) -> String {
        if self.given.insert(name.to_owned()) {
            return name.to_owned();
        }
        let mut number = 2u64;
        loop {
            let next = format!("{name}-{number}");
            if !self.reserved.contains(&next) && self.given.insert(next.clone()) {
                return next;
            }
            number = number.saturating_add(1);
        }
    }

    /// [`Given::give`] for a place where only ASCII letters, digits, `-` and `_` may stand, and where
    /// names have to differ in more than case. What the name becomes depends on nothing else, unless
    /// another has become the same.
    pub(super) fn give_plain(&mut self, name: &str) -> String {
        let plain = plain(name);
        let plain = if plain.is_empty() { "unnamed" } else { &plain };
        let folded = self.give(&plain.to_ascii_lowercase());
        // What was put behind it to tell it apart, behind the letters as they were.
        format!("{plain}{}", folded.get(plain.len()..).unwrap_or_default())
    }
}

/// Letters of the Latin script without their accents, all others by their numbers, and `-` between
/// words.
fn plain(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut parted = false;
    for letter in name.chars() {
        let ascii = letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        if !ascii && (letter.is_ascii() || !letter.is_alphanumeric()) {
            parted = true;
            continue;
        }
        if std::mem::take(&mut parted) && !out.is_empty() {
            out.push('-');
        }
        match latin(letter) {
            _ if ascii => out.push(letter),
            Some(letters) if letter.is_lowercase() => out.push_str(letters),
            Some(letters) => out.push_str(&letters.to_uppercase()),
            None => out.push_str(&format!("u{:04x}", u32::from(letter))),
        }
    }
    out
}

/// A letter of Latin-1 or Latin Extended-A as ASCII, in small letters.
fn latin(letter: char) -> Option<&'static str> {
    Some(match letter.to_lowercase().next().unwrap_or(letter) {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ª' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'i' | 'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĳ' => "ij",
        'ĵ' => "j",
        'ķ' | 'ĸ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŉ' | 'ŋ' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'º' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ſ' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_given_once() {
        let mut given = Given::reserving(["a", "a", "a-2", "b"].map(str::to_owned));
        let names = ["a", "a", "a-2", "b", "b"].map(|name| given.give(name));
        assert_eq!(names, ["a", "a-3", "a-2", "b", "b-2"]);
    }

    #[test]
    fn plain_names_are_ascii() {
        let mut given = Given::default();
        let names = ["A b", "a: b", "é", "", "x_1", "A-b"].map(|name| given.give_plain(name));
        assert_eq!(names, ["A-b", "a-b-2", "e", "unnamed", "x_1", "A-b-3"]);
    }

    #[test]
    fn a_plain_name_depends_on_the_name_alone() {
        for (name, plain) in [
            ("Łódź–Straße", "Lodz-Strasse"),
            ("İstanbul", "Istanbul"),
            ("日本", "u65e5u672c"),
            ("киев 1", "u043au0438u0435u0432-1"),
            ("« x »", "x"),
            ("…", "unnamed"),
        ] {
            assert_eq!(Given::default().give_plain(name), plain);
        }
    }
}
