//! The same text, however it is written.
//!
//! Two texts are the same for a reader when they differ only in composition (UAX #15),
//! compatibility forms (`ﬁ`), case (full folding: `ß`, `ς`), what cannot be seen (soft hyphens,
//! joiners, directional marks), and kinds of blank, dash and quotation mark. That is the strict
//! [`Folding`]; an accent stays a difference.
//!
//! For a search and for names a plain letter stands for the one with its mark or stroke as well:
//! `garcia` for García, `lodz` for Łódź, `oyvind` for Øyvind, while a letter typed with its mark
//! asks for that mark. Then a mark is shown apart from its letter, as one that [falls away] where it
//! is not asked for. Marks fall away from Latin and Greek letters and from ё; й, ї, ў and the letters
//! of other scripts are letters of their own.
//!
//! [falls away]: Letter::falls

use std::ops::Range;

use unicode_normalization::char::compose;
use unicode_script::{Script, UnicodeScript};

mod expand;
mod pages;

use expand::{IOTA_BELOW, YO, is_own_mark};
use pages::{Part, Way};

/// What texts are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folding {
    /// Whether upper and lower case differ.
    pub cased: bool,
    /// Whether a plain letter stands for the one with its mark or stroke as well.
    pub plain: bool,
}

impl Folding {
    /// Nothing but the way of writing falls away; for `cased` upper and lower case differ.
    pub const fn strict(cased: bool) -> Self {
        Folding { cased, plain: false }
    }

    /// For a search and for names: marks are shown apart from their letters.
    pub const fn plain(cased: bool) -> Self {
        Folding { cased, plain: true }
    }
}

/// A character of a text that is folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The character; for a stroke, which has none of its own, one that stands for nothing else.
    pub value: char,
    /// What of the text it was made of, in bytes, which begins no earlier than for the one before.
    /// Several may come from one character, as `s` and `s`
    /// from `ß`, and one from several, as `é` from `e` and its mark.
    pub from: Range<usize>,
    /// Whether it is a mark of the letter before it, and no difference where it is not asked for;
    /// never in a strict folding.
    pub falls: bool,
}

/// Shows each character of a text as it is compared, from left to right. A run of blanks is one
/// space. Two texts are the same if the same is shown of them.
pub fn fold(text: &str, how: Folding, see: impl FnMut(Letter)) {
    let mut folder = Folder { cluster: Vec::new(), after_space: false, how, see };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let run = ascii_beginning(rest);
        if let Some((last, run)) = rest.get(..run).and_then(<[u8]>::split_last) {
            folder.end_cluster();
            for (place, byte) in run.iter().enumerate() {
                folder.show(ascii(*byte, how.cased), at + place..at + place + 1, false);
            }
            // What follows may be its mark.
            at += run.len();
            folder.add(Part::letter(ascii(*last, how.cased)), at..at + 1);
            at += 1;
            continue;
        }
        let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        let from = at..at + next.len_utf8();
        at = from.end;
        match pages::way(next, how) {
            Way::One(letter) => folder.add(Part::letter(letter), from),
            Way::Several(parts) => parts.iter().for_each(|part| folder.add(*part, from.clone())),
        }
    }
    folder.end_cluster();
}

/// The letters of a text as a plain folding shows them, without the marks that fall away, put
/// behind what is there.
pub fn letters(text: &str, cased: bool, into: &mut String) {
    let bytes = text.as_bytes();
    let from = into.len();
    // Most texts are of ASCII, without two blanks in a row.
    if text.is_ascii() && is_tidy(bytes) {
        into.push_str(text);
        if let Some(new) = into.get_mut(from..).filter(|_| !cased) {
            new.make_ascii_lowercase();
        }
        return;
    }
    fold(text, Folding::plain(cased), |letter| {
        if !letter.falls {
            into.push(letter.value);
        }
    });
}

/// Whether nothing of ASCII is compared as anything but itself, or its small letter.
fn is_tidy(ascii: &[u8]) -> bool {
    let plain = ascii.iter().fold(true, |all, byte| all & (*byte >= b' ') & (*byte != b'`'));
    let pairs = ascii.iter().zip(ascii.iter().skip(1));
    plain && pairs.fold(true, |all, (one, next)| all & !((*one == b' ') & (*next == b' ')))
}

/// The text as it is compared.
pub fn folded(text: &str, how: Folding) -> String {
    let mut folded = String::with_capacity(text.len());
    fold(text, how, |letter| folded.push(letter.value));
    folded
}

/// Whether nothing of a character can be seen.
pub fn is_unseen(character: char) -> bool {
    matches!(pages::way(character, Folding::strict(true)), Way::Several([]))
}

/// Whether two texts are the same for a reader; upper and lower case are.
pub fn same(one: &str, other: &str) -> bool {
    let strict = Folding::strict(false);
    one == other || folded(one, strict) == folded(other, strict)
}

/// A letter, with its marks that may fall away.
pub type Marked = (char, Vec<char>);

/// Whether a name that is typed means one that is known: where they are the same, or differ in marks
/// that are not typed.
pub fn means(typed: &str, known: &str) -> bool {
    let (asked, held) = (with_marks(typed), with_marks(known));
    let held_by = |(asked, held): (&Marked, &Marked)| {
        asked.0 == held.0 && asked.1.iter().all(|mark| held.1.contains(mark))
    };
    asked.len() == held.len() && asked.iter().zip(&held).all(held_by)
}

/// Whether each letter that is typed with a mark is somewhere in a name, with that mark: for where
/// letters may lie apart.
pub fn has_marked(asked: &[Marked], name: &str) -> bool {
    asked.is_empty() || {
        let held = with_marks(name);
        let has = |asked: &Marked| {
            let all = |held: &Vec<char>| asked.1.iter().all(|mark| held.contains(mark));
            held.iter().any(|held| held.0 == asked.0 && all(&held.1))
        };
        asked.iter().all(has)
    }
}

/// The letters of a text that have marks that may fall away, with those.
pub fn marked(text: &str) -> Vec<Marked> {
    with_marks(text).into_iter().filter(|(_, marks)| !marks.is_empty()).collect()
}

/// The letters of a text, each with its marks that may fall away; cases are the same.
fn with_marks(text: &str) -> Vec<Marked> {
    let mut letters: Vec<Marked> = Vec::with_capacity(text.len());
    fold(text, Folding::plain(false), |letter| match letters.last_mut() {
        Some((_, marks)) if letter.falls => marks.push(letter.value),
        _ => letters.push((letter.value, Vec::new())),
    });
    letters
}

fn ascii(byte: u8, cased: bool) -> char {
    match byte {
        b' ' | b'\t'..=b'\r' => ' ',
        b'`' => '\'',
        _ if cased => char::from(byte),
        _ => char::from(byte.to_ascii_lowercase()),
    }
}

/// Puts together what belongs together.
struct Folder<F> {
    /// A letter with what may be its marks, or may be one with it.
    cluster: Vec<(Part, Range<usize>)>,
    after_space: bool,
    how: Folding,
    see: F,
}

impl<F: FnMut(Letter)> Folder<F> {
    fn add(&mut self, part: Part, from: Range<usize>) {
        if !part.joins {
            self.end_cluster();
        }
        self.cluster.push((part, from));
    }

    fn show(&mut self, value: char, from: Range<usize>, falls: bool) {
        let space = value == ' ';
        if !(space && self.after_space) {
            (self.see)(Letter { value, from, falls });
        }
        self.after_space = space;
    }

    fn end_cluster(&mut self) {
        let mut cluster = std::mem::take(&mut self.cluster);
        if cluster.len() > 1 {
            in_order(&mut cluster);
        }
        if !self.how.plain && !self.how.cased {
            for (part, _) in cluster.iter_mut().filter(|(part, _)| part.value == IOTA_BELOW) {
                *part = Part::letter('ι');
            }
        }
        match cluster.as_slice() {
            [] => {}
            [(only, from)] => self.show(only.value, from.clone(), false),
            several => self.show_cluster(several),
        }
        // Its room serves the next.
        cluster.clear();
        self.cluster = cluster;
    }

    fn show_cluster(&mut self, cluster: &[(Part, Range<usize>)]) {
        let Some(((base, from), rest)) = cluster.split_first() else { return };
        let marks = rest.iter().take_while(|(part, _)| part.class > 0).count();
        let (marks, others) = rest.split_at_checked(marks).unwrap_or((rest, &[]));
        let falls = |mark: char| {
            self.how.plain && (carries_marks(base.value) || falls_from(base.value, mark))
        };
        if base.class == 0 && marks.iter().any(|(part, _)| falls(part.value)) {
            let marks: Vec<_> = marks
                .iter()
                .map(|(part, from)| (part.value, from.clone(), falls(part.value)))
                .collect();
            self.show(base.value, from.clone(), false);
            for (mark, from, falls) in marks {
                self.show(mark, from, falls);
            }
            self.show_cluster(others);
            return;
        }
        for (part, from) in composed(cluster) {
            self.show(part.value, from, false);
        }
    }
}

/// Marks of different kinds may be written in any order (UAX #15, 1.1).
fn in_order(cluster: &mut [(Part, Range<usize>)]) {
    for marks in cluster.split_mut(|(part, _)| part.class == 0) {
        if !marks.is_sorted_by_key(|(part, _)| part.class) {
            marks.sort_by_key(|(part, _)| part.class);
            let (start, end) = (
                marks.iter().map(|(_, from)| from.start).min(),
                marks.iter().map(|(_, from)| from.end).max(),
            );
            for (_, from) in marks {
                *from = start.unwrap_or(from.start)..end.unwrap_or(from.end);
            }
        }
    }
}

/// Whether all marks fall away from a letter.
fn carries_marks(letter: char) -> bool {
    letter.is_ascii_alphabetic()
        || (!letter.is_ascii() && matches!(letter.script(), Script::Latin | Script::Greek))
}

/// Whether one mark falls away from a character that keeps others.
fn falls_from(base: char, mark: char) -> bool {
    is_own_mark(mark) || YO.contains(&(base, mark))
}

/// What a letter and its marks are together (UAX #15, the canonical composition algorithm).
fn composed(cluster: &[(Part, Range<usize>)]) -> Vec<(Part, Range<usize>)> {
    let mut made: Vec<(Part, Range<usize>)> = Vec::with_capacity(cluster.len());
    // Where the letter is to which marks belong.
    let mut base: Option<usize> = None;
    for (part, from) in cluster {
        let last = made.len().checked_sub(1);
        let apart = last != base && made.last().is_some_and(|(last, _)| last.class >= part.class);
        let letter = base.filter(|_| !apart).and_then(|base| made.get_mut(base));
        if let Some((letter, whole)) = letter
            && let Some(one) = compose(letter.value, part.value)
        {
            letter.value = one;
            whole.end = whole.end.max(from.end);
            continue;
        }
        if part.class == 0 {
            base = Some(made.len());
        }
        made.push((*part, from.clone()));
    }
    made
}

/// Whether a search has to fold a text: it holds a character that is more than a letter in one of
/// two cases, a blank, a dash or a quotation mark. All other text is compared as it stands,
/// character by character, with [`simple`].
pub fn needs_folding(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    // What a mark would belong to, and the kind of the mark before it.
    let mut before = (' ', 0);
    let mut around = pages::Around::default();
    loop {
        let run = ascii_beginning(bytes.get(at..).unwrap_or_default());
        at += run;
        if let Some(last) = bytes.get(..at).and_then(<[u8]>::last).filter(|_| run > 0) {
            before = (char::from(*last), 0);
        }
        let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) else { return false };
        at += next.len_utf8();
        match around.simple(next).map(|simple| simple.class) {
            None => return true,
            Some(0) => before = (next, 0),
            Some(class) if class < before.1 || carries_marks(before.0) => return true,
            Some(class) => before.1 = class,
        }
    }
}

/// How many bytes of ASCII a text begins with.
fn ascii_beginning(text: &[u8]) -> usize {
    const CHUNK: usize = 32;
    let whole = text.chunks_exact(CHUNK).take_while(|chunk| chunk.is_ascii()).count() * CHUNK;
    let rest = text.get(whole..).unwrap_or_default();
    whole + rest.iter().take_while(|byte| byte.is_ascii()).count()
}

/// A character of a text that [needs no folding](needs_folding) as it is compared; blanks are left
/// to whoever counts them.
pub fn simple(character: char, cased: bool) -> char {
    if character.is_ascii() {
        return ascii(character as u8, cased);
    }
    match pages::simple(character) {
        Some(simple) => {
            if cased {
                simple.cased
            } else {
                simple.letter
            }
        }
        None => character,
    }
}

/// All characters of texts that need no folding that are compared as this one, which is folded;
/// itself the first.
pub fn written_as(folded: char, cased: bool) -> Vec<char> {
    let cases = folded.to_uppercase().chain(folded.to_lowercase());
    let others = cases.chain(expand::signs_for(folded)).filter(|other| {
        *other != folded
            && simple(*other, cased) == folded
            && (other.is_ascii() || pages::simple(*other).is_some())
    });
    let mut all = vec![folded];
    for other in others {
        if !all.contains(&other) {
            all.push(other);
        }
    }
    all
}

#[cfg(test)]
mod tests;
