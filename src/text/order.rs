//! The order in which the letters of a line stand, from left to right (UAX #9).
//!
//! A text is kept in the order in which it is read. Arabic, Hebrew and their like are read from
//! right to left, but for the numbers and foreign words in them; where such letters stand in a line
//! of the screen is worked out here, for each text within its own cells.

use std::borrow::Cow;
use std::ops::Range;

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};
use unicode_bidi_mirroring::get_mirrored;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Which way a paragraph is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// As Latin.
    #[default]
    LeftToRight,
    /// As Arabic and Hebrew.
    RightToLeft,
}

impl Direction {
    /// That of the first letter that has one (UAX #9, P2 and P3).
    pub fn of(text: &str) -> Direction {
        if !reads_from_the_right(text) {
            return Direction::LeftToRight;
        }
        for character in text.chars() {
            match bidi_class(character) {
                BidiClass::L => return Direction::LeftToRight,
                BidiClass::R | BidiClass::AL => return Direction::RightToLeft,
                _ => {}
            }
        }
        Direction::LeftToRight
    }
}

/// What a reader sees as one letter, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its bytes in the text.
    pub place: Range<usize>,
    /// Its first column.
    pub column: usize,
    /// How many columns it takes.
    pub wide: usize,
    /// What stands in its place, where that is its mirror image.
    mirror: Option<char>,
}

impl Letter {
    /// What it looks like in the text that it stands in.
    pub fn shown<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.mirror {
            Some(mirror) => Cow::Owned(mirror.to_string()),
            None => Cow::Borrowed(text.get(self.place.clone()).unwrap_or_default()),
        }
    }
}

/// The letters of a line from left to right; nothing where they stand as they are read.
pub fn order(text: &str, direction: Direction) -> Option<Vec<Letter>> {
    if direction == Direction::LeftToRight && !reads_from_the_right(text) {
        return None;
    }
    let letters: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
    let alone: Vec<&str> = letters.iter().map(|(_, letter)| *letter).collect();
    let mut column = 0;
    let mut ordered = Vec::with_capacity(letters.len());
    for (from, mirror) in arrange(&alone, direction) {
        let Some((at, letter)) = letters.get(from) else { continue };
        let wide = letter.width();
        ordered.push(Letter { place: *at..at + letter.len(), column, wide, mirror });
        column += wide;
    }
    Some(ordered)
}

/// In which order the letters of a line stand, each with its mirror image where that is shown.
pub fn arrange(letters: &[&str], direction: Direction) -> Vec<(usize, Option<char>)> {
    let level = match direction {
        Direction::LeftToRight => Level::ltr(),
        Direction::RightToLeft => Level::rtl(),
    };
    let line = letters.concat();
    let info = BidiInfo::new(&line, Some(level));
    // A line has no separators in it, so it is one paragraph.
    let levels = match info.paragraphs.first() {
        Some(paragraph) => info.reordered_levels(paragraph, paragraph.range.clone()),
        None => Vec::new(),
    };
    let mut at = 0;
    let level_of = |letter: &&str| {
        let level = levels.get(at).copied().unwrap_or(level);
        at += letter.len();
        level
    };
    let levels: Vec<Level> = letters.iter().map(level_of).collect();
    let arranged = BidiInfo::reorder_visual(&levels).into_iter();
    let mirrored = |from: usize| {
        let rtl = levels.get(from).is_some_and(Level::is_rtl);
        let first = letters.get(from).and_then(|letter| letter.chars().next());
        (from, first.filter(|_| rtl).and_then(get_mirrored))
    };
    arranged.map(mirrored).collect()
}

/// The line as it stands, from left to right. Spaces at its end, which fill a column, stay there.
pub fn ordered(text: &str, direction: Direction) -> Cow<'_, str> {
    let words = text.trim_end_matches(' ');
    let Some(letters) = order(words, direction) else { return Cow::Borrowed(text) };
    let mut shown = String::with_capacity(text.len());
    letters.iter().for_each(|letter| shown.push_str(&letter.shown(words)));
    shown.push_str(text.get(words.len()..).unwrap_or_default());
    Cow::Owned(shown)
}

/// The columns in which a range of a text's bytes stands: one stretch, or more where letters are
/// read from the right.
pub fn columns(text: &str, direction: Direction, range: &Range<usize>) -> Vec<Range<usize>> {
    let Some(letters) = order(text, direction) else {
        let before = crate::text::width(text.get(..range.start).unwrap_or_default());
        let wide = crate::text::width(text.get(range.clone()).unwrap_or_default());
        return std::iter::once(before..before + wide).collect();
    };
    let mut stretches: Vec<Range<usize>> = Vec::new();
    let within =
        |letter: &&Letter| letter.place.start < range.end && range.start < letter.place.end;
    for letter in letters.iter().filter(within) {
        match stretches.last_mut().filter(|last| last.end == letter.column) {
            Some(last) => last.end += letter.wide,
            None => stretches.push(letter.column..letter.column + letter.wide),
        }
    }
    stretches
}

/// A line in which somebody types, as it stands, and the column of the cursor: on the letter that
/// begins at a byte, or where the next one will go. There a text that is read from the right leaves
/// room at its left.
pub fn with_cursor(text: &str, at: usize, direction: Direction) -> (Cow<'_, str>, usize) {
    let room = format!("{text} ");
    let Some(letters) = order(&room, direction) else {
        return (Cow::Borrowed(text), crate::text::width(text.get(..at).unwrap_or_default()));
    };
    let mut shown = String::with_capacity(room.len());
    letters.iter().for_each(|letter| shown.push_str(&letter.shown(&room)));
    let column = letters.iter().find(|letter| letter.place.contains(&at));
    (Cow::Owned(shown), column.map_or(0, |letter| letter.column))
}

/// Whether there is a letter that is read from the right, or a digit of such a script: two of those
/// numbers stand in such an order, too. Asked of every text that is drawn.
pub fn reads_from_the_right(text: &str) -> bool {
    // In UTF-8 all begin with one of these, which say little else of Europe's or of East Asia's.
    let may_begin = |byte: u8| matches!(byte, 0xd6..=0xe0 | 0xef | 0xf0);
    if !text.bytes().fold(false, |any, byte| any | may_begin(byte)) {
        return false;
    }
    let right = |it| matches!(bidi_class(it), BidiClass::R | BidiClass::AL | BidiClass::AN);
    text.chars().any(right)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Capital letters stand for Hebrew ones, as in Unicode's examples.
    fn hebrew(text: &str) -> String {
        let letter = |it: char| match it {
            'A'..='Z' => char::from_u32(0x05d0 + u32::from(it) - u32::from('A')).unwrap(),
            it => it,
        };
        text.chars().map(letter).collect()
    }

    fn shown(text: &str) -> String {
        let text = hebrew(text);
        ordered(&text, Direction::of(&text)).into_owned()
    }

    #[test]
    fn letters_stand_where_they_are_read() {
        for (text, stands) in [
            ("plain (words)", "plain (words)"),
            ("ABC", "CBA"),
            ("ABC DEF", "FED CBA"),
            ("car MEANS CAR.", "car RAC SNAEM."),
            ("ABC car DEF", "FED car CBA"),
            ("ABC 123 DEF", "FED 123 CBA"),
            ("ABC 1,234.5 DEF.", ".FED 1,234.5 CBA"),
            ("ABC (DEF)", "(FED) CBA"),
            ("ABC [car] <D>", "<D> [car] CBA"),
            ("say (ABC) now", "say (CBA) now"),
            ("speaker:ABC", "speaker:CBA"),
            ("“ABC”", "”CBA“"),
            ("ABC   ", "CBA   "),
            ("12 ABC", "CBA 12"),
            ("٠١ ٢٣", "٢٣ ٠١"),
            ("", ""),
        ] {
            assert_eq!(shown(text), hebrew(stands), "{text:?}");
        }
        // A letter keeps its marks behind it, as a terminal takes them.
        assert_eq!(shown("שָׁלוֹם"), "םוֹלשָׁ");
        assert_eq!(shown("خسائر روسيا"), "ايسور رئاسخ");
    }

    #[test]
    fn a_line_is_read_as_its_paragraph_is() {
        let line = "(car) and car.";
        assert_eq!(ordered(line, Direction::LeftToRight), line);
        assert_eq!(ordered(line, Direction::RightToLeft), ".and car (car)");
    }

    #[test]
    #[expect(clippy::single_range_in_vec_init, reason = "a stretch is a range")]
    fn columns_are_those_of_the_letters() {
        for (text, words, stretches) in [
            ("one two", "two", vec![4..7]),
            ("one ABC two", "ABC", vec![4..7]),
            ("one ABC two", "BC", vec![4..6]),
            ("one ABC two", "C two", vec![4..5, 7..11]),
            ("ABC DEF", "ABC", vec![4..7]),
            ("ABC 12", "12", vec![0..2]),
            ("ABC 12", "C 1", vec![0..1, 2..4]),
            ("字 ABC", "字", vec![0..2]),
        ] {
            let (text, words) = (hebrew(text), hebrew(words));
            let at = text.find(&words).unwrap();
            let found = columns(&text, Direction::of(&text), &(at..at + words.len()));
            assert_eq!(found, stretches, "{words} in {text}");
        }
    }

    #[test]
    fn the_cursor_is_where_the_next_letter_goes() {
        for (text, before, stands, column) in [
            ("abc", 3, "abc", 3),
            ("abc", 1, "abc", 1),
            ("speaker:AB", 10, "speaker:BA ", 10),
            ("speaker:AB", 8, "speaker:BA ", 9),
            ("ABC", 3, " CBA", 0),
            ("ABC", 0, " CBA", 3),
            ("ABC ", 4, "  CBA", 0),
            ("ABC 12", 6, " 12 CBA", 0),
        ] {
            let text = hebrew(text);
            let at = text.char_indices().nth(before).map_or(text.len(), |(at, _)| at);
            let (shown, found) = with_cursor(&text, at, Direction::of(&text));
            assert_eq!((&*shown, found), (&*hebrew(stands), column), "{text:?} at {before}");
        }
    }

    fn line() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            3 => "[א-ת]{1,4}",
            2 => "[ابجدهوزحطي]{1,4}",
            3 => "[a-z]{1,4}",
            2 => "[0-9]{1,3}",
            1 => "[٠-٩]{1,2}",
            3 => " ",
            2 => "[-.,:/%$+«»()<>“”–字]",
        ];
        proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        /// As the crate lays a line out by runs, letter by letter, without marks.
        #[test]
        fn letters_stand_as_a_naive_layout_puts_them(text in line(), right in any::<bool>()) {
            let text = text.trim_end();
            let direction =
                if right { Direction::RightToLeft } else { Direction::LeftToRight };
            let level = if right { Level::rtl() } else { Level::ltr() };
            let info = BidiInfo::new(text, Some(level));
            let mut naive = String::new();
            if let Some(paragraph) = info.paragraphs.first() {
                let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
                for run in runs {
                    let letters = text[run.clone()].chars();
                    if levels[run.start].is_rtl() {
                        naive.extend(letters.rev().map(|it| get_mirrored(it).unwrap_or(it)));
                    } else {
                        naive.extend(letters);
                    }
                }
            }
            prop_assert_eq!(&*ordered(text, direction), &*naive);
        }

        /// No letter is lost, and none takes more room than before.
        #[test]
        fn a_line_keeps_its_letters_and_its_width(text in "[א-תa-z0-9\u{5b8}字 ().]{0,30}") {
            let Some(letters) = order(&text, Direction::of(&text)) else { return Ok(()) };
            let mut column = 0;
            for letter in &letters {
                prop_assert_eq!(letter.column, column);
                column += letter.wide;
            }
            prop_assert_eq!(column, crate::text::width(&text));
            let mut places: Vec<_> = letters.into_iter().map(|letter| letter.place).collect();
            places.sort_by_key(|place| place.start);
            let joined: String = places.into_iter().map(|place| &text[place]).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
