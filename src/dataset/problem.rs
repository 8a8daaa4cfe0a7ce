//! What can be wrong with a dataset, and where.

use std::borrow::Cow;
use std::ops::Range;

use crate::text::clip;

use crate::text::same::letters;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// What it stands in cannot be shown as it is meant.
    Error,
    /// It may be meant so.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $word:literal $severity:ident),* $(,)?) => {
        /// The kinds of problems.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name),* }

        impl Code {
            /// Every kind.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// The word by which `dateline check` tells it.
            pub fn word(self) -> &'static str {
                match self { $(Code::$name => $word),* }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity),* }
            }
        }
    };
}

codes! {
    /// It is not RON.
    Syntax "syntax" Error,
    /// A dataset of a format that this program does not know.
    Format "format" Error,
    /// A field that does not exist.
    UnknownField "unknown-field" Error,
    /// A field that stands twice.
    DuplicateField "duplicate-field" Error,
    /// A field that must be there is not.
    MissingField "missing-field" Error,
    /// A value of another kind than the field's.
    WrongType "wrong-type" Error,
    /// A word that is none of those to choose from.
    UnknownWord "unknown-word" Error,
    /// Not EDTF.
    BadDate "bad-date" Error,
    /// An id that another has.
    DuplicateId "duplicate-id" Error,
    /// A speaker that the dataset does not define.
    UnknownSpeaker "unknown-speaker" Error,
    /// A source that the dataset does not define.
    UnknownSource "unknown-source" Error,
    /// A related entry that is not there.
    UnknownEntry "unknown-entry" Error,
    /// A related entry that several other files have.
    AmbiguousEntry "ambiguous-entry" Error,
    /// The figure of which another is a part is not there.
    UnknownMeasure "unknown-measure" Error,
    /// A figure's low end above its high one.
    LowAboveHigh "low-above-high" Error,
    /// A number that cannot be held.
    BadNumber "bad-number" Error,
    /// A duration that is none, or not that of its period.
    BadDuration "bad-duration" Error,
    /// A text that must not be empty.
    Empty "empty" Error,
    /// A dataset as the text of its own source.
    OwnArchive "own-archive" Error,
    /// A source that no entry cites.
    UncitedSource "uncited-source" Warning,
    /// A speaker who says and passes on nothing.
    SilentSpeaker "silent-speaker" Warning,
    /// A statement without any source.
    NoSource "no-source" Warning,
    /// An entry dated after its own source was published.
    DatedAfterSource "dated-after-source" Warning,
    /// A speaker or source that another file defines otherwise.
    DefinedOtherwise "defined-otherwise" Warning,
    /// Words within a quote that the quote does not hold.
    NotWithin "not-within" Warning,
    /// A figure that is larger than the one it is said to be a part of.
    LargerThanWhole "larger-than-whole" Warning,
}

impl Code {
    /// What to do about it, where nothing more is known. What is no RON says itself what belongs
    /// there.
    fn advice(self) -> Option<&'static str> {
        Some(match self {
            Code::Format => "the README describes the format",
            Code::DuplicateField => "keep one of them",
            Code::MissingField => "add it",
            Code::BadNumber => "write it with fewer digits",
            Code::Empty => "write it, or take it out",
            Code::UnknownEntry => "write the id of an entry, or take it out",
            Code::DuplicateId => "give each an id of its own",
            Code::OwnArchive => "save the text of the source in a file of its own and name that",
            Code::UncitedSource => "cite it, or take it out",
            Code::SilentSpeaker => "take it out if nobody needs it",
            Code::WrongType => "the README describes what each field holds",
            Code::NotWithin => "quote the words as they stand in the quote around them",
            _ => return None,
        })
    }
}

/// A problem at its place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which of the inputs, from 0.
    pub input: usize,
    /// What it is and where.
    pub flaw: Flaw,
}

/// What is wrong in one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Its kind.
    pub code: Code,
    /// The bytes that it concerns.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

impl Flaw {
    pub(super) fn boxed(
        code: Code,
        span: Range<usize>,
        message: &str,
        hint: Option<String>,
    ) -> Box<Flaw> {
        Box::new(Flaw { code, span, message: message.to_owned(), hint })
    }
}

/// How many problems of one file are kept. A file with more is not a dataset with mistakes in it
/// but another kind of file, and nobody reads on.
pub const MOST_PROBLEMS: usize = 10_000;

/// How many names of a file are compared with those that nothing has, at most: hints are for
/// slips, not for files of nothing else.
const MOST_COMPARED: usize = 500_000;

/// The longest message or hint, in columns. What a file calls a name may be all of the file.
const LONGEST_MESSAGE: usize = 400;

/// The problems found so far.
#[derive(Clone, Debug, Default)]
pub struct Flaws {
    list: Vec<Flaw>,
    errors: usize,
    left_out: usize,
    compared: usize,
}

impl Flaws {
    pub(super) fn push(&mut self, flaw: Flaw) {
        if flaw.code.severity() == Severity::Error {
            self.errors += 1;
        }
        if !self.is_full() {
            let Flaw { code, span, message, hint } = flaw;
            let hint = hint.map(short).or_else(|| code.advice().map(str::to_owned));
            self.list.push(Flaw { code, span, message: short(message), hint });
        } else {
            self.left_out += 1;
        }
    }

    pub(super) fn add(
        &mut self,
        code: Code,
        span: Range<usize>,
        message: String,
        hint: Option<String>,
    ) {
        self.push(Flaw { code, span, message, hint });
    }

    /// Whether no more are kept.
    pub(super) fn is_full(&self) -> bool {
        self.list.len() >= MOST_PROBLEMS
    }

    /// Whether all those of a later part of the text could be kept as well.
    pub(super) fn have_room_for(&self, later: &Flaws) -> bool {
        later.left_out == 0 && self.list.len() + later.list.len() <= MOST_PROBLEMS
    }

    /// Adds those of a later part of the text.
    pub(super) fn append(&mut self, later: Flaws) {
        self.errors += later.errors;
        self.left_out += later.left_out;
        self.compared += later.compared;
        self.list.extend(later.list);
    }

    /// Whether one of this kind is kept.
    pub(super) fn has(&self, code: Code) -> bool {
        self.list.iter().any(|flaw| flaw.code == code)
    }

    /// How many errors there were, those left out too.
    pub(super) fn errors(&self) -> usize {
        self.errors
    }

    /// How many were left out of the list.
    pub(super) fn left_out(&self) -> usize {
        self.left_out
    }

    /// [`did_you_mean`], as long as it may take.
    pub(super) fn did_you_mean<'a>(
        &mut self,
        word: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> Option<String> {
        if self.is_full() || self.compared > MOST_COMPARED {
            return None;
        }
        let mut compared = 0;
        let meant = did_you_mean(word, known.inspect(|_| compared += 1));
        self.compared += compared;
        meant
    }

    /// Whether any lies within a span. Looks at the newest only, which are those of the entry at
    /// hand.
    pub(super) fn any_within(&self, span: &Range<usize>) -> bool {
        self.list
            .iter()
            .rev()
            .take(64)
            .any(|flaw| span.start <= flaw.span.start && flaw.span.end <= span.end)
    }

    /// Whether a field told as unknown within a span was taken for this one.
    pub(super) fn any_meant(&self, field: &str, from: usize) -> bool {
        let hint = format!("did you mean `{field}`?");
        self.list
            .iter()
            .rev()
            .take(64)
            .take_while(|flaw| flaw.span.start >= from)
            .any(|flaw| flaw.code == Code::UnknownField && flaw.hint.as_ref() == Some(&hint))
    }

    /// Those kept, in the order of the text.
    pub(super) fn into_sorted(mut self) -> Vec<Flaw> {
        self.list.sort_by_key(|flaw| (flaw.span.start, flaw.code.severity()));
        self.list
    }
}

fn short(text: String) -> String {
    match clip(&text, LONGEST_MESSAGE) {
        Cow::Owned(short) => short,
        Cow::Borrowed(_) => text,
    }
}

/// ``did you mean `kirby`?``, if one of those known is spelt almost so.
pub fn did_you_mean<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    nearest(word, known).map(|near| format!("did you mean `{near}`?"))
}

/// The nearest of those known, if it is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = (word.chars().count() / 3).max(1);
    let plain = |text: &str| {
        let mut plain = String::new();
        letters(text, false, &mut plain);
        plain
    };
    let word = plain(word);
    known
        .filter(|known| known.len().abs_diff(word.len()) <= most * 4)
        .map(|known| (crate::text::distance(&plain(known), &word), known))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, known)| known)
}
