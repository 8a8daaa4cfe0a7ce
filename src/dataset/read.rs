//! Texts to a timeline, with every problem on the way.
//!
//! What stands around the entries is read first, then the entries, which is left to `runs`.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use memchr::memchr_iter;

use crate::dataset::cursor::{Cursor, Parsed};
use crate::dataset::definitions;
use crate::dataset::entries::List;
use crate::dataset::header::{self, Header};
use crate::dataset::load::{self, Input};
use crate::dataset::problem::{Code, Flaws, Problem, Severity};
use crate::dataset::references::{References, Usage};
use crate::dataset::runs::{RUN, Whole};
use crate::dataset::store::{Store, StoredFile};
use crate::dataset::values;
use crate::files::{Identity, stays_below};
use crate::model::{
    Built, Dangling, DatasetInfo, Duplicate, EntryIndex, Meant, Timeline, TimelineBuilder, Unread,
};

/// The format of datasets that this program reads.
pub const FORMAT: u32 = 1;

/// What came of reading.
#[derive(Debug)]
pub struct Reading {
    /// All entries without errors.
    pub timeline: Timeline,
    /// All problems, file by file and in the order of their text.
    pub problems: Vec<Problem>,
    /// How many more there are, beyond those kept.
    pub more: usize,
    /// By input, whether its text ends before the dataset does, or is none.
    pub cut: Vec<bool>,
}

impl Reading {
    /// Whether any problem is an error.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.flaw.code.severity() == Severity::Error)
    }
}

/// What is known of a file while all are read.
struct File {
    header: Header,
    flaws: Flaws,
    usage: Usage,
    /// Ids of entries that have errors of their own, each with its place.
    broken: HashMap<String, Range<usize>>,
    /// What such entries point to.
    loose: Vec<(String, Range<usize>)>,
    stored: Arc<StoredFile>,
    /// Whether no list of entries was found in it.
    without_entries: bool,
}

/// Reads the inputs as one timeline.
pub fn read(inputs: &[Input]) -> Reading {
    read_in_runs(inputs, RUN)
}

/// How much of the entries is enough to begin with, in bytes.
const FIRST: usize = 1 << 19;

/// Reads what the inputs begin with, as much as fills any screen, for something to be shown while
/// [`read`] reads all. The entries are those that stand first in the files, in order of time among
/// themselves; links to others are not there yet, and no problem is told. Empty where a file's
/// beginning does not say enough, for example because its speakers stand after its entries.
pub fn read_first(inputs: &[Input]) -> Reading {
    let mut builder = TimelineBuilder::new();
    let mut left = FIRST;
    let mut files = Vec::new();
    for input in inputs {
        let beginning = Beginning::of(input);
        let from = beginning.entries.as_ref().map_or(0, |entries| entries.start);
        let file = beginning.file(input, &mut builder, |whole, list, from| {
            whole.read_until(list, from, from.saturating_add(left));
        });
        let read = file.stored.starts.last().map_or(0, |last| *last as usize);
        left = left.saturating_sub(read.saturating_sub(from));
        files.push(file.stored);
    }
    let timeline = builder.build_with(Box::new(Store { files }), &Unread::new()).timeline;
    Reading { timeline, problems: Vec::new(), more: 0, cut: Vec::new() }
}

/// [`read`], the entries in runs of so many bytes.
pub(super) fn read_in_runs(inputs: &[Input], run: usize) -> Reading {
    let mut builder = TimelineBuilder::new();
    let mut files: Vec<File> =
        inputs.iter().map(|input| read_file(input, &mut builder, run)).collect();
    let store = Store { files: files.iter().map(|file| Arc::clone(&file.stored)).collect() };
    let mut unread = Unread::new();
    for (number, file) in (0u32..).zip(&files) {
        file.broken.keys().for_each(|id| unread.entry(id.clone()).or_default().push(number));
    }
    let Built { timeline, duplicates, dangling } = builder.build_with(Box::new(store), &unread);
    tell_duplicates(&mut files, &timeline, &duplicates);
    tell_dangling(&mut files, &timeline, dangling, &unread);
    let speakers = definitions::compare(files.iter().map(|file| &*file.header.speakers), inputs);
    let sources = definitions::compare(files.iter().map(|file| &*file.header.sources), inputs);
    for (number, flaw) in speakers.into_iter().chain(sources) {
        files.get_mut(number).into_iter().for_each(|file| file.flaws.push(flaw.clone()));
    }
    tell_own_archives(&mut files, inputs);
    let cut = files.iter().map(File::is_cut).collect();
    let mut problems = Vec::new();
    let mut more = 0;
    for (input, mut file) in files.into_iter().enumerate() {
        file.unused();
        more += file.flaws.left_out();
        problems.extend(file.flaws.into_sorted().into_iter().map(|flaw| Problem { input, flaw }));
    }
    Reading { timeline, problems, more, cut }
}

/// Tells of ids that stand twice in a file.
fn tell_duplicates(files: &mut [File], timeline: &Timeline, duplicates: &[Duplicate]) {
    let tell = |file: &mut File, id: &str, span: Range<usize>, first: usize| {
        // Nobody sees the line of what is not kept.
        let line = if file.flaws.is_full() { 0 } else { line_of(&file.stored.text, first) };
        let message = format!("the id `{id}` is taken by the entry on line {line}");
        let hint = Some("give each entry an id of its own".to_owned());
        file.flaws.add(Code::DuplicateId, span, message, hint);
    };
    for duplicate in duplicates {
        let Some(file) = files.get_mut(duplicate.dataset as usize) else { continue };
        let stored = Arc::clone(&file.stored);
        let first = stored.starts.get(duplicate.first as usize).copied().unwrap_or_default();
        let Some(id) = stored.raw(duplicate.record).and_then(|raw| raw.id) else { continue };
        tell(file, &id.value, id.span, first as usize);
    }
    for (number, file) in files.iter_mut().enumerate() {
        for (id, span) in std::mem::take(&mut file.broken) {
            let same =
                timeline.with_id(&id).find(|index| timeline.dataset_number(*index) == number);
            if let Some(same) = same {
                let first = file.stored.starts.get(timeline.record_number(same) as usize);
                let first = first.copied().unwrap_or_default() as usize;
                let (span, first) = if first < span.start {
                    (span.clone(), first)
                } else {
                    (first..first + 1, span.start)
                };
                tell(file, &id, span, first);
            }
            file.broken.insert(id, span);
        }
    }
}

/// Tells of datasets that are the archive of their own sources: every quote would be verified. A link
/// to one is one, too.
fn tell_own_archives(files: &mut [File], inputs: &[Input]) {
    if files.iter().all(|file| file.header.archives.is_empty()) {
        return;
    }
    let paths = inputs.iter().map(|input| input.path.as_deref());
    let own: Vec<Option<Identity>> = paths.map(|path| path.and_then(Identity::of)).collect();
    for ((number, file), input) in files.iter_mut().enumerate().zip(inputs) {
        let Some(folder) = input.path.as_deref().and_then(Path::parent) else { continue };
        for (named, span) in std::mem::take(&mut file.header.archives) {
            // What leads elsewhere is never read.
            if !stays_below(Path::new(&named)) {
                continue;
            }
            let Some(archive) = Identity::of(&folder.join(&named)) else { continue };
            let Some(which) = own.iter().position(|own| *own == Some(archive)) else { continue };
            let what = if which == number { "this dataset itself" } else { "a dataset" };
            let message = format!("the archive `{named}` is {what}, not the text of a source");
            file.flaws.add(Code::OwnArchive, span, message, None);
        }
    }
}

/// Tells of pointers of which it cannot be told what they mean. One to an entry with errors of its
/// own is right.
fn tell_dangling(
    files: &mut [File],
    timeline: &Timeline,
    dangling: Vec<Dangling>,
    unread: &Unread,
) {
    let mut wrong: Vec<(usize, String, Range<usize>)> = Vec::new();
    let mut of_entries: HashMap<EntryIndex, HashSet<String>> = HashMap::new();
    for pointer in dangling {
        of_entries.entry(pointer.from).or_default().insert(pointer.to);
    }
    // Each entry is read again once, however many of its pointers lead nowhere.
    for (from, lost) in of_entries {
        let number = timeline.dataset_number(from);
        let Some(file) = files.get(number) else { continue };
        let Some(raw) = file.stored.raw(timeline.record_number(from)) else { continue };
        for to in raw.related.into_iter().filter_map(|related| related.to) {
            if lost.contains(&*to.value) {
                wrong.push((number, to.value.into_owned(), to.span));
            }
        }
    }
    for (number, file) in files.iter_mut().enumerate() {
        let loose = std::mem::take(&mut file.loose);
        wrong.extend(loose.into_iter().map(|(to, span)| (number, to, span)));
    }
    // In the order of the text, so that the first ones are kept and get the hints.
    wrong.sort_by_key(|(number, _, span)| (*number, span.start));
    for (number, to, span) in wrong {
        let Some(file) = files.get_mut(number) else { continue };
        match timeline.meant(number, &to, unread) {
            Meant::Entry(_) | Meant::Unread => {}
            Meant::Several(names) => {
                let quoted: Vec<String> = names.iter().map(|file| format!("`{file}`")).collect();
                let message =
                    format!("several other files have an entry `{to}`: {}", quoted.join(" and "));
                let ids: Vec<String> = names.iter().map(|at| format!("`{at}:{to}`")).collect();
                let hint = Some(format!("write {}", ids.join(" or ")));
                file.flaws.add(Code::AmbiguousEntry, span, message, hint);
            }
            Meant::Nothing => {
                let hint = as_typed(timeline, number, &to).or_else(|| {
                    let ids = timeline.indexes().map(|index| timeline.id(index));
                    file.flaws.did_you_mean(&to, ids)
                });
                let message = format!("no entry has the id `{to}`");
                file.flaws.add(Code::UnknownEntry, span, message, hint);
            }
        }
    }
}

/// What to write where a file is named in another way than from the file that refers to it.
fn as_typed(timeline: &Timeline, from: usize, to: &str) -> Option<String> {
    let found = timeline.named(to)?;
    let file = timeline.file_from(from, timeline.dataset_number(found));
    Some(format!("a file is named from the one that refers: `{file}:{}`", timeline.id(found)))
}

impl File {
    /// Whether the text ends before the dataset does, as that of a file that is being written, or
    /// has no list of entries at all. A slip in the middle of a dataset leaves its end alone.
    fn is_cut(&self) -> bool {
        let lines = self.stored.text.lines().rev();
        let code = lines.map(|line| line.split("//").next().unwrap_or_default().trim());
        let ends = { code }.find(|line| !line.is_empty());
        let ends = ends.is_some_and(|line| line.ends_with(')') || line.ends_with("*/"));
        self.flaws.has(Code::Syntax) && (!ends || self.without_entries)
    }

    /// Warns of what is defined and not used; not in a file whose entries could not be found.
    fn unused(&mut self) {
        if self.without_entries && self.flaws.errors() > 0 {
            return;
        }
        let used = |used: &[bool], place: usize| used.get(place).copied().unwrap_or(false);
        for (place, speaker) in self.header.speakers.iter().enumerate() {
            if !used(&self.usage.speakers, place) {
                let message = format!("the speaker `{}` says and passes on nothing", speaker.id);
                self.flaws.add(Code::SilentSpeaker, speaker.span.clone(), message, None);
            }
        }
        for (place, source) in self.header.sources.iter().enumerate() {
            if !used(&self.usage.sources, place) {
                let message = format!("no entry cites the source `{}`", source.id);
                self.flaws.add(Code::UncitedSource, source.span.clone(), message, None);
            }
        }
    }
}

fn read_file(input: &Input, builder: &mut TimelineBuilder, run: usize) -> File {
    Beginning::of(input).file(input, builder, |whole, list, from| whole.read(list, from, run))
}

/// What stands around the entries of a file.
struct Beginning {
    header: Header,
    flaws: Flaws,
    /// The value of `entries`.
    entries: Option<Range<usize>>,
    /// From where on nothing could be read.
    stopped: Option<usize>,
}

impl Beginning {
    fn of(input: &Input) -> Self {
        let text = &input.text;
        let mut flaws = Flaws::default();
        let mut header = Header::default();
        // A byte order mark may stand before UTF-8.
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut entries: Option<Range<usize>> = None;
        let mut stopped = None;
        if let Err(flaw) =
            around(&mut Cursor::new(text, start), &mut flaws, &mut header, &mut entries)
        {
            stopped = Some(flaw.span.start);
            flaws.push(*flaw);
        }
        Beginning { header, flaws, entries, stopped }
    }

    /// The file, with its entries as `read` reads their list from behind its `[`.
    fn file(
        self,
        input: &Input,
        builder: &mut TimelineBuilder,
        read: impl FnOnce(&mut Whole<'_>, List<'_>, usize),
    ) -> File {
        let Beginning { header, flaws, entries, stopped: here } = self;
        let title = header.title.clone().unwrap_or_else(|| input.name.clone());
        let info = DatasetInfo {
            file: input.name.clone(),
            path: input.path.clone(),
            places: load::places(input),
            kept: input.kept,
            title,
            summary: header.summary.clone(),
        };
        builder.dataset_with_text(info, Arc::clone(&input.text));
        let references = References::new(builder, &header.speakers, &header.sources);
        let mut whole = Whole::new(builder, flaws);
        let without_entries = entries.is_none();
        if let Some(entries) = entries {
            let mut cursor = Cursor::new(&input.text, entries.start);
            match cursor.expect(b'[', "`[` of the entries") {
                Ok(()) => {
                    let list =
                        List { text: &input.text, end: entries.end, references: &references };
                    read(&mut whole, list, cursor.at());
                }
                Err(flaw) => whole.flaws.push(*flaw),
            }
        }
        let Whole { flaws, mut usage, broken, loose, starts, lines, left_out, stopped, .. } = whole;
        builder.leave_out(left_out.saturating_add(input.left_out));
        // What could not be read may be anybody's.
        for at in here.into_iter().chain(stopped) {
            references.mentioned(input.text.get(at..).unwrap_or_default(), &mut usage);
        }
        let text = Arc::clone(&input.text);
        let stored = Arc::new(StoredFile { text, starts, lines, references });
        File { header, flaws, usage, broken, loose, stored, without_entries }
    }
}

const FIELDS: [&str; 6] = ["format", "title", "summary", "speakers", "sources", "entries"];

/// Everything but the entries, of which it finds the beginning.
fn around(
    cursor: &mut Cursor<'_>,
    flaws: &mut Flaws,
    header: &mut Header,
    entries: &mut Option<Range<usize>>,
) -> Parsed<()> {
    cursor.attributes(flaws)?;
    if let Some((name, span)) = cursor.word()?
        && name != "Dataset"
    {
        let hint = Some("a dataset begins with `Dataset(`".to_owned());
        flaws.add(Code::UnknownWord, span, format!("`{name}` is no dataset"), hint);
    }
    let start = cursor.at();
    let mut format = false;
    let mut hidden = false;
    let read = cursor.fields(flaws, "a dataset", &FIELDS, |cursor, flaws, number| {
        cursor.peek()?;
        let from = cursor.at();
        let read = match number {
            0 => {
                format = true;
                self::format(cursor, flaws)
            }
            1 => values::string(cursor, flaws, "title")
                .map(|title| header.title = header::owned(title)),
            2 => values::string(cursor, flaws, "summary")
                .map(|text| header.summary = header::sound(text)),
            3 => header::map(cursor, flaws, "speakers", header::speaker)
                .map(|read| header.speakers = read),
            4 => {
                let archives = &mut header.archives;
                header::map(cursor, flaws, "sources", |cursor, flaws, id| {
                    header::source(cursor, flaws, id, archives)
                })
                .map(|read| header.sources = read)
            }
            _ => {
                let skipped = skip_entries(cursor, &mut hidden);
                *entries = Some(from..cursor.at());
                skipped
            }
        };
        if let Err(flaw) = read {
            flaws.push(*flaw);
            // On with the next field of the dataset, if one can be told.
            hidden = true;
            let next = next_field(cursor.text(), from);
            cursor.move_to(next);
        }
        Ok(())
    });
    // What follows entries that are broken may be lost with them; the entries tell why.
    if let Err(flaw) = read
        && !(hidden && entries.is_some())
    {
        return Err(flaw);
    }
    let at = start..start + 1;
    if !format {
        let hint = Some(format!("write `format: {FORMAT},`"));
        flaws.add(Code::MissingField, at.clone(), "this dataset has no `format`".to_owned(), hint);
    }
    if header.title.is_none() {
        flaws.add(Code::MissingField, at, "this dataset has no `title`".to_owned(), None);
    }
    if !hidden && cursor.peek()?.is_some() {
        return Err(cursor.unexpected("the end of the file"));
    }
    Ok(())
}

fn format(cursor: &mut Cursor<'_>, flaws: &mut Flaws) -> Parsed<()> {
    let Some((value, span)) = values::number_value(cursor, flaws, "format")? else { return Ok(()) };
    if value.number() != FORMAT.into() {
        let message =
            format!("this is a dataset of format {value}; this program reads format {FORMAT}");
        flaws.add(Code::Format, span, message, Some("a newer dateline may read it".to_owned()));
    }
    Ok(())
}

/// Passes over the entries to what stands after them, however broken they are.
fn skip_entries(cursor: &mut Cursor<'_>, hidden: &mut bool) -> Parsed<()> {
    // Nothing of the dataset follows its entries in most files: look at the file's end first.
    let text = cursor.text();
    let tail = text.trim_end();
    let closed =
        tail.strip_suffix(')').map(|tail| tail.trim_end().trim_end_matches(',').trim_end());
    if let Some(closed) = closed
        && closed.ends_with(']')
        && closed.len() > cursor.at()
        && last_line_is_a_bracket(closed)
    {
        cursor.move_to(closed.len());
        return Ok(());
    }
    let from = cursor.at();
    if cursor.skip_value().is_err() {
        *hidden = true;
        cursor.move_to(next_field(text, from));
    }
    Ok(())
}

/// Whether the `]` at the end stands on a line of its own, as the end of all entries does and
/// that of a list within an entry at the end of a broken file may.
fn last_line_is_a_bracket(text: &str) -> bool {
    let line = text.rsplit('\n').next().unwrap_or_default();
    line.trim() == "]" && line.len() <= 5
}

/// Where the next line begins with a field of the dataset, or the end.
fn next_field(text: &str, from: usize) -> usize {
    let mut at = from;
    for line in text.get(from..).unwrap_or_default().split_inclusive('\n') {
        let begins = line.trim_start();
        let name = begins.split(':').next().unwrap_or_default();
        // Sources, too, are a field of an entry, but there they are a list.
        let field = match name {
            "sources" => begins.contains('{'),
            "entries" => begins.contains('['),
            _ => FIELDS.contains(&name),
        };
        if at > from && field && line.len() - begins.len() <= 8 {
            return at;
        }
        at += line.len();
    }
    text.len()
}

/// The line, from 1, on which a byte of the text stands.
fn line_of(text: &str, at: usize) -> usize {
    memchr_iter(b'\n', text.as_bytes().get(..at).unwrap_or_default()).count() + 1
}
