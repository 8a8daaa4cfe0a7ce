//! Files, folders and standard input to texts.

use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use crate::files;
use crate::model::Document;

/// The largest dataset, in bytes: places in a text are kept in 32 bits.
pub const LARGEST_FILE: u64 = u32::MAX as u64;

/// The most that is read from what has no end of its own, such as a pipe or a device, in bytes.
pub const LARGEST_STREAM: u64 = 1 << 30;

/// As much is looked at before the rest is read, in bytes.
const HEAD: usize = 1 << 16;

/// How often a file that is being written is looked at.
const LOOKS: usize = 6;

/// How deep folders are searched. Nobody files datasets deeper; a loop of mounts is no record.
const DEEPEST_FOLDER: usize = 32;

/// What is read of large inputs before all else, in bytes: room for a thousand entries and for what
/// stands before them.
const BEGINNING: u64 = 1 << 20;

/// The dataset that comes with the program.
const EMBEDDED: &str = include_str!("../../data/bakhmut.ron");

/// A text to read as a dataset.
#[derive(Clone, Debug)]
pub struct Input {
    /// What the user calls it.
    pub name: String,
    /// The file, where it is one that can be opened again.
    pub path: Option<PathBuf>,
    /// All of it.
    pub text: Arc<Document>,
    /// How many entries of the file are not in the text, because it is made of another format.
    pub left_out: usize,
    /// Whether the file cannot be read as it is now, and the text is what was read of it before.
    pub kept: bool,
}

impl Input {
    /// A text that is no file.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = Arc::new(text.into().into());
        Input { name: name.into(), path: None, text, left_out: 0, kept: false }
    }
}

/// Where the file of an input lies, as whole paths: as it was named, and where links lead. None for
/// what is no file.
pub(super) fn places(input: &Input) -> Vec<PathBuf> {
    let path = input.path.as_deref().unwrap_or(Path::new(&input.name));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = fs::canonicalize(folder.unwrap_or(Path::new("."))).ok();
    let Ok(meant) = fs::canonicalize(path) else { return Vec::new() };
    let named = folder.and_then(|folder| Some(folder.join(path.file_name()?)));
    let mut places: Vec<PathBuf> = named.into_iter().chain([meant]).collect();
    places.dedup();
    places
}

/// The dataset that comes with the program.
pub fn embedded() -> Input {
    Input::new("bakhmut.ron", EMBEDDED)
}

/// Why an input cannot be read.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each says what it is in its message")]
pub enum LoadError {
    #[error("`{name}`: no such file or folder; check the name")]
    Missing { name: String },
    #[error("cannot read `{name}`: {reason}; see what it is, and whether you may read it")]
    Unreadable { name: String, reason: io::Error },
    #[error("`{name}` is empty; a dataset begins with `Dataset(format: 1, title: …`")]
    Empty { name: String },
    #[error(
        "`{name}` is not UTF-8: byte {offset}, on line {line}, is no part of any character; save it as UTF-8"
    )]
    NotUtf8 { name: String, offset: usize, line: usize },
    #[error("`{name}` is no text: it begins with NUL; name a dataset, in UTF-8")]
    NoText { name: String },
    #[error("`{name}` is in UTF-16; save it as UTF-8")]
    Utf16 { name: String },
    #[error(
        "`{name}` is larger than {limit} bytes; split it into several datasets and open them together"
    )]
    TooLarge { name: String, limit: u64 },
    #[error("cannot read `{name}`: {}", files::BEING_WRITTEN)]
    BeingWritten { name: String },
    #[error("no `.ron` file in the folder `{name}`; name one that holds datasets")]
    NoDatasets { name: String },
    #[error("standard input can be read only once; name `-` once")]
    TwiceStandardInput,
}

/// Reads what the user named: files, folders with all `.ron` files in them and below, and `-` for
/// standard input.
///
/// # Errors
///
/// The first input that cannot be read, and why.
pub fn load(names: &[PathBuf]) -> Result<Vec<Input>, LoadError> {
    load_each(names)?.into_iter().map(|(_, input)| input).collect()
}

/// A file, and what came of reading it.
type Loaded = (PathBuf, Result<Input, LoadError>);

/// [`load`], each file by itself, with its name: one that cannot be read hides no other.
///
/// # Errors
///
/// A name that means no file, and why.
pub fn load_each(names: &[PathBuf]) -> Result<Vec<Loaded>, LoadError> {
    if names.iter().filter(|name| is_standard_input(name)).count() > 1 {
        return Err(LoadError::TwiceStandardInput);
    }
    let mut inputs = Vec::new();
    // A file that is named twice, or that lies in a folder named too, is read once.
    let mut known = HashSet::new();
    for name in names {
        if is_standard_input(name) {
            inputs.push((name.clone(), from_standard_input()));
            continue;
        }
        for (file, _) in files(name)? {
            if known.insert(fs::canonicalize(&file).unwrap_or_else(|_| file.clone())) {
                let input = from_file(&file);
                inputs.push((file, input));
            }
        }
    }
    Ok(inputs)
}

/// The beginnings of what [`load`] would read, for [`read_first`](crate::dataset::read_first),
/// where it is so much that loading it takes longer than a person notices. Nothing for anything
/// smaller, for standard input, and where `load` will say what is wrong.
pub fn load_first(names: &[PathBuf]) -> Option<Vec<Input>> {
    if names.iter().any(|name| is_standard_input(name)) {
        return None;
    }
    let mut files: Vec<(PathBuf, Metadata)> = Vec::new();
    for name in names {
        files.extend(self::files(name).ok()?);
    }
    let mut known = HashSet::new();
    files.retain(|(file, _)| known.insert(fs::canonicalize(file).unwrap_or_else(|_| file.clone())));
    if !files.iter().all(|(_, metadata)| metadata.is_file())
        || files.iter().map(|(_, metadata)| metadata.len()).sum::<u64>() <= 2 * BEGINNING
    {
        return None;
    }
    let mut left = BEGINNING;
    let mut inputs = Vec::new();
    for (file, metadata) in files {
        if left == 0 {
            break;
        }
        let mut bytes = Vec::with_capacity(usize::try_from(left.min(metadata.len())).ok()?);
        files::open(&file).ok()?.0.take(left).read_to_end(&mut bytes).ok()?;
        left = left.saturating_sub(bytes.len() as u64);
        let whole = std::str::from_utf8(&bytes).map_or_else(|error| error.valid_up_to(), str::len);
        // The cut may go through a character; anything more is not UTF-8.
        if bytes.len() - whole > 3 {
            return None;
        }
        bytes.truncate(whole);
        let text = text(bytes, &shown(&file)).ok()?;
        let name = shown(&file);
        inputs.push(Input { path: Some(file), ..Input::new(name, text) });
    }
    Some(inputs)
}

/// The files that a name means: itself, or the datasets in a folder.
///
/// # Errors
///
/// What cannot be looked at, and why.
pub fn files(name: &Path) -> Result<Vec<(PathBuf, Metadata)>, LoadError> {
    let metadata = fs::metadata(name).map_err(|error| unreadable(name, error))?;
    if !metadata.is_dir() {
        return Ok(vec![(name.to_owned(), metadata)]);
    }
    let mut files = Vec::new();
    datasets_in(name, &mut files, 0).map_err(|error| unreadable(name, error))?;
    if files.is_empty() {
        return Err(LoadError::NoDatasets { name: shown(name) });
    }
    let with_metadata = |file: PathBuf| match fs::metadata(&file) {
        Ok(metadata) => Ok((file, metadata)),
        Err(error) => Err(unreadable(&file, error)),
    };
    files.into_iter().map(with_metadata).collect()
}

fn is_standard_input(name: &Path) -> bool {
    name.as_os_str() == "-"
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn unreadable(path: &Path, reason: io::Error) -> LoadError {
    let name = shown(path);
    match reason.kind() {
        io::ErrorKind::NotFound => LoadError::Missing { name },
        _ => LoadError::Unreadable { name, reason },
    }
}

/// The datasets in a folder and those below it, by name. Hidden ones and links to folders are
/// passed over.
fn datasets_in(folder: &Path, files: &mut Vec<PathBuf>, depth: usize) -> io::Result<()> {
    let mut found: Vec<_> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    found.sort_by_key(fs::DirEntry::file_name);
    for item in found {
        if item.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let (kind, path) = (item.file_type()?, item.path());
        if kind.is_dir() {
            if depth < DEEPEST_FOLDER {
                datasets_in(&path, files, depth + 1)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "ron") {
            // What only stands in a file's place is told when it is opened; a link that leads
            // nowhere, as some editors put beside a file, is none.
            if fs::metadata(&path).is_ok_and(|found| !found.is_dir()) {
                files.push(path);
            }
        }
    }
    Ok(())
}

fn from_standard_input() -> Result<Input, LoadError> {
    let name = "standard input".to_owned();
    let bytes = read_whole(io::stdin().lock(), &name, LARGEST_STREAM, 0)?;
    let text = text(bytes, &name)?;
    Ok(Input::new(name, text))
}

fn from_file(path: &Path) -> Result<Input, LoadError> {
    for _ in 0..LOOKS {
        let (file, found) = files::open_given(path).map_err(|error| unreadable(path, error))?;
        let read = read_file(path, &file, &found);
        // What ends too early may be on its way still.
        let whole = !found.is_file() || read.as_ref().is_ok_and(|input| ends(&input.text));
        if !whole {
            thread::sleep(files::until_quiet(&found));
        }
        if !found.is_file() || files::is_unchanged(&file, &found).is_ok_and(|same| same) {
            return read;
        }
    }
    Err(LoadError::BeingWritten { name: shown(path) })
}

/// Whether a text ends as a dataset does, comments and blanks aside.
fn ends(text: &str) -> bool {
    let last = text.lines().rev().map(str::trim).find(|line| !line.is_empty());
    last.is_some_and(|line| line.ends_with([')', '/']) || line.contains("//"))
}

fn read_file(path: &Path, file: &File, metadata: &Metadata) -> Result<Input, LoadError> {
    let name = shown(path);
    if metadata.is_file() && metadata.len() > LARGEST_FILE {
        return Err(LoadError::TooLarge { name, limit: LARGEST_FILE });
    }
    let bytes = if let Some(bytes) = read_in_parts(file, metadata) {
        bytes
    } else if metadata.is_file() {
        // One byte more than it has: reading ends without growing.
        let room = usize::try_from(metadata.len()).unwrap_or(0) + 1;
        read_whole(file, &name, LARGEST_FILE, room)?
    } else {
        read_whole(file, &name, LARGEST_STREAM, 0)?
    };
    let text = text(bytes, &name)?;
    Ok(Input { path: metadata.is_file().then(|| path.to_owned()), ..Input::new(name, text) })
}

/// From which size on a file is read in several parts at once, in bytes.
const PARTS_FROM: u64 = 16 << 20;

/// Reads a large file on all cores. Nothing where that does not pay, cannot be done, or the file
/// changes meanwhile.
fn read_in_parts(file: &File, metadata: &Metadata) -> Option<Vec<u8>> {
    let length = metadata.len();
    if !metadata.is_file() || !(PARTS_FROM..=LARGEST_FILE).contains(&length) {
        return None;
    }
    let length_here = usize::try_from(length).ok()?;
    let mut head = vec![0; HEAD];
    file.read_exact_at(&mut head, 0).ok()?;
    // What cannot be read, or held, is told by what reads it in one piece.
    if !may_be_text(&head) || Vec::<u8>::new().try_reserve_exact(length_here).is_err() {
        return None;
    }
    let mut bytes = vec![0; length_here];
    let parts = thread::available_parallelism().map_or(1, usize::from);
    let part = bytes.len().div_ceil(parts);
    thread::scope(|scope| {
        let readers: Vec<_> = bytes
            .chunks_mut(part)
            .zip((0u64..).step_by(part))
            .map(|(bytes, from)| scope.spawn(move || file.read_exact_at(bytes, from)))
            .collect();
        readers.into_iter().all(|reader| reader.join().is_ok_and(|read| read.is_ok()))
    })
    .then_some(())?;
    (file.metadata().ok()?.len() == length).then_some(bytes)
}

/// Reads all there is, in room for so many bytes to begin with. What begins as no text ever does is
/// not read on, be it as long as `/dev/zero`.
fn read_whole(
    mut stream: impl Read,
    name: &str,
    limit: u64,
    room: usize,
) -> Result<Vec<u8>, LoadError> {
    let failed = |reason| LoadError::Unreadable { name: name.to_owned(), reason };
    let mut bytes = Vec::new();
    (&mut stream).take(HEAD as u64).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.first() == Some(&0) {
        return Err(LoadError::NoText { name: name.to_owned() });
    }
    if !may_be_text(&bytes) {
        return Ok(bytes);
    }
    let more = room.saturating_sub(bytes.len());
    bytes.try_reserve_exact(more).map_err(|_| failed(io::ErrorKind::OutOfMemory.into()))?;
    let rest = (limit + 1).saturating_sub(bytes.len() as u64);
    stream.take(rest).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(LoadError::TooLarge { name: name.to_owned(), limit });
    }
    Ok(bytes)
}

/// Whether the bytes at the beginning of something may be those of a dataset.
fn may_be_text(head: &[u8]) -> bool {
    // The last character may be cut.
    head.first() != Some(&0)
        && std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true)
}

fn text(bytes: Vec<u8>, name: &str) -> Result<String, LoadError> {
    let name = name.to_owned();
    if matches!(bytes.as_slice(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        return Err(LoadError::Utf16 { name });
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..offset).unwrap_or_default();
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        LoadError::NotUtf8 { name: name.clone(), offset, line }
    })?;
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(LoadError::Empty { name });
    }
    Ok(text)
}
