//! The archived text of a source from its file.
//!
//! A dataset may come from anybody, so a path that it names leads to a file below its own folder
//! and nowhere else. A path that the user gives leads wherever the user likes.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use crate::dataset::Input;
use crate::files;
use crate::html::charset;
use crate::model::Source;
use crate::verify::Archive;

/// The largest archive, in bytes.
pub const LARGEST_ARCHIVE: u64 = 64 << 20;

/// Why the archive of a source cannot be read.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each says what it is in its message")]
pub enum ArchiveError {
    #[error("`{path}` leads out of the dataset's folder; name the file with --source instead")]
    Outside { path: String },
    #[error("the dataset is no file, so `{path}` is in no folder; name the file with --source")]
    NoFolder { path: String },
    #[error("`{path}`: no such file")]
    Missing { path: String },
    #[error("`{path}` is not a file")]
    NoFile { path: String },
    #[error("`{path}` is larger than {LARGEST_ARCHIVE} bytes")]
    TooLarge { path: String },
    #[error("`{path}` is a PDF; save its text beside it and name that")]
    Pdf { path: String },
    #[error("`{path}` is not text")]
    NotText { path: String },
    #[error("cannot read `{path}`: {reason}")]
    Unreadable { path: String, reason: io::Error },
}

/// Finds the archives of sources.
#[derive(Clone, Debug, Default)]
pub struct Archives {
    /// The folder of each dataset; nothing for one that is no file.
    folders: Vec<Option<PathBuf>>,
    /// By the source's id.
    given: HashMap<String, PathBuf>,
}

impl Archives {
    /// Those of some datasets, in the order in which they were read.
    pub fn of(inputs: &[Input]) -> Archives {
        let folder = |input: &Input| {
            let folder = input.path.as_deref()?.parent()?;
            Some(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }.to_owned())
        };
        Archives { folders: inputs.iter().map(folder).collect(), given: HashMap::new() }
    }

    /// Takes a file for the archive of the source with this id, whatever the dataset names.
    pub fn give(&mut self, source: String, path: PathBuf) {
        self.given.insert(source, path);
    }

    /// The archive of a source of a dataset; nothing where none is named.
    ///
    /// # Errors
    ///
    /// The file is not where a dataset may have it, or is no text.
    pub fn open(&self, dataset: usize, source: &Source) -> Result<Option<Archive>, ArchiveError> {
        if let Some(path) = self.given.get(&source.id) {
            return open(path, &path.display().to_string()).map(Some);
        }
        let Some(named) = &source.archive else { return Ok(None) };
        let Some(folder) = self.folders.get(dataset).and_then(Option::as_deref) else {
            return Err(ArchiveError::NoFolder { path: named.clone() });
        };
        open(&below(folder, named)?, named).map(Some)
    }
}

/// The file of a relative path that does not leave a folder, also not by a link.
fn below(folder: &Path, named: &str) -> Result<PathBuf, ArchiveError> {
    let outside = || ArchiveError::Outside { path: named.to_owned() };
    let stays = |part: Component| matches!(part, Component::Normal(_) | Component::CurDir);
    if !Path::new(named).components().all(stays) {
        return Err(outside());
    }
    let real = |path: &Path| fs::canonicalize(path).map_err(|reason| unreadable(named, reason));
    let (folder, file) = (real(folder)?, real(&folder.join(named))?);
    if file.starts_with(&folder) { Ok(file) } else { Err(outside()) }
}

fn unreadable(path: &str, reason: io::Error) -> ArchiveError {
    let path = path.to_owned();
    match reason.kind() {
        io::ErrorKind::NotFound => ArchiveError::Missing { path },
        _ => ArchiveError::Unreadable { path, reason },
    }
}

fn open(path: &Path, named: &str) -> Result<Archive, ArchiveError> {
    // A pipe would be waited for without end.
    if !fs::metadata(path).map_err(|reason| unreadable(named, reason))?.is_file() {
        return Err(ArchiveError::NoFile { path: named.to_owned() });
    }
    let mut bytes = Vec::new();
    files::open(path)
        .and_then(|(file, _)| file.take(LARGEST_ARCHIVE + 1).read_to_end(&mut bytes))
        .map_err(|reason| unreadable(named, reason))?;
    if bytes.len() as u64 > LARGEST_ARCHIVE {
        return Err(ArchiveError::TooLarge { path: named.to_owned() });
    }
    if bytes.starts_with(b"%PDF-") {
        return Err(ArchiveError::Pdf { path: named.to_owned() });
    }
    let called_html = is_called_html(path);
    let decoded = charset::decode(bytes, called_html)
        .ok_or_else(|| ArchiveError::NotText { path: named.to_owned() })?;
    let text = decoded.text;
    let html = decoded.html.unwrap_or(called_html || charset::begins_as_page(text.as_bytes()));
    Ok(if html { Archive::from_html(&text) } else { Archive::from_text(text) })
}

fn is_called_html(path: &Path) -> bool {
    path.extension().and_then(|end| end.to_str()).is_some_and(|end| {
        ["html", "htm", "xhtml"].iter().any(|html| end.eq_ignore_ascii_case(html))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(archive: Option<&str>) -> Source {
        Source { id: "s".to_owned(), archive: archive.map(str::to_owned), ..Source::default() }
    }

    #[test]
    fn a_dataset_reads_below_its_own_folder_only() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("data");
        fs::create_dir_all(folder.join("sources")).unwrap();
        fs::write(root.path().join("secret.txt"), "secret").unwrap();
        fs::write(folder.join("sources/a.txt"), "inside").unwrap();
        fs::write(folder.join("page"), "<html><p>It&rsquo;s").unwrap();
        fs::write(folder.join("old.htm"), b"<p>\x93na\xefve\x94, he said, and left the caf\xe9")
            .unwrap();
        fs::write(
            folder.join("ru.html"),
            b"<meta charset=windows-1251><p>\xcf\xee\xf2\xe5\xf0\xe8",
        )
        .unwrap();
        fs::write(folder.join("kept"), b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>A&amp;B")
            .unwrap();
        fs::write(folder.join("wide.txt"), b"\xff\xfeh\0i\0").unwrap();
        fs::write(folder.join("bad.pdf"), "%PDF-1.7").unwrap();
        fs::write(folder.join("bad.bin"), b"a\0b").unwrap();
        std::os::unix::fs::symlink(root.path().join("secret.txt"), folder.join("link.txt"))
            .unwrap();
        let input = Input { path: Some(folder.join("d.ron")), ..Input::new("d.ron", "") };
        let archives = Archives::of(&[input]);
        let read = |path: &str| match archives.open(0, &source(Some(path))) {
            Ok(archive) => archive.unwrap().text().to_owned(),
            Err(error) => error.to_string(),
        };
        let absolute = root.path().join("secret.txt");
        for (path, text) in [
            ("sources/a.txt", "inside"),
            ("./sources/a.txt", "inside"),
            ("page", "It’s"),
            ("old.htm", "“naïve”, he said, and left the café"),
            ("ru.html", "Потери"),
            ("kept", "A&B"),
            ("wide.txt", "hi"),
            ("../secret.txt", "leads out of"),
            ("sources/../../secret.txt", "leads out of"),
            ("sources/../sources/a.txt", "leads out of"),
            (absolute.to_str().unwrap(), "leads out of"),
            ("link.txt", "leads out of"),
            ("none.txt", "no such file"),
            ("sources", "is not a file"),
            ("bad.pdf", "is a PDF"),
            ("bad.bin", "is not text"),
            ("", "is not a file"),
        ] {
            assert!(read(path).contains(text), "{path}: {}", read(path));
        }
        assert!(archives.open(0, &source(None)).unwrap().is_none());
        assert!(matches!(
            archives.open(1, &source(Some("sources/a.txt"))),
            Err(ArchiveError::NoFolder { .. })
        ));
        let mut archives = archives;
        archives.give("s".to_owned(), absolute);
        assert_eq!(archives.open(0, &source(Some("x"))).unwrap().unwrap().text(), "secret");
    }
}
