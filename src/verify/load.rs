//! The archived text of a source from its file.
//!
//! A dataset may come from anybody, so a path that it names leads to a file below its own folder
//! and nowhere else. A path that the user gives leads wherever the user likes.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::dataset::Input;
use crate::files::{self, Identity, stays_below};
use crate::html::charset;
use crate::model::Source;
use crate::verify::{Archive, Texts};

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
    #[error(
        "`{path}` is a dataset that is open here, not the text of a source; save that in a file of its own"
    )]
    Itself { path: String },
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
    /// The datasets themselves.
    own: Vec<Identity>,
}

/// Where a text lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, without links: two sources that name it have one place.
    pub path: PathBuf,
    /// Its length in bytes.
    pub length: u64,
}

impl Archives {
    /// Those of some datasets, in the order in which they were read.
    pub fn of(inputs: &[Input]) -> Archives {
        let folder = |input: &Input| {
            let folder = input.path.as_deref()?.parent()?;
            Some(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }.to_owned())
        };
        let own = inputs.iter().filter_map(|input| Identity::of(input.path.as_deref()?)).collect();
        Archives { folders: inputs.iter().map(folder).collect(), given: HashMap::new(), own }
    }

    /// Takes a file for the archive of the source with this id, whatever the dataset names.
    pub fn give(&mut self, source: String, path: PathBuf) {
        self.given.insert(source, path);
    }

    /// The place of a file that a dataset or the user calls by a name.
    fn place(&self, file: &Path, named: &str) -> Result<Place, ArchiveError> {
        let path = fs::canonicalize(file).map_err(|reason| unreadable(named, reason))?;
        let metadata = fs::metadata(&path).map_err(|reason| unreadable(named, reason))?;
        let named = || named.to_owned();
        // A pipe would be waited for without end.
        if !metadata.is_file() {
            return Err(ArchiveError::NoFile { path: named() });
        }
        if self.own.contains(&Identity::from(&metadata)) {
            return Err(ArchiveError::Itself { path: named() });
        }
        if metadata.len() > LARGEST_ARCHIVE {
            return Err(ArchiveError::TooLarge { path: named() });
        }
        Ok(Place { path, length: metadata.len() })
    }
}

impl Texts for Archives {
    fn locate(&self, dataset: usize, source: &Source) -> Result<Option<Place>, ArchiveError> {
        if let Some(path) = self.given.get(&source.id) {
            return self.place(path, &path.display().to_string()).map(Some);
        }
        let Some(named) = &source.archive else { return Ok(None) };
        let Some(folder) = self.folders.get(dataset).and_then(Option::as_deref) else {
            return Err(ArchiveError::NoFolder { path: named.clone() });
        };
        let outside = || ArchiveError::Outside { path: named.clone() };
        if !stays_below(Path::new(named)) {
            return Err(outside());
        }
        let place = self.place(&folder.join(named), named)?;
        let folder = fs::canonicalize(folder).map_err(|reason| unreadable(named, reason))?;
        // A link may lead elsewhere.
        if place.path.starts_with(&folder) { Ok(Some(place)) } else { Err(outside()) }
    }

    fn open(&self, place: &Place) -> Result<Archive, ArchiveError> {
        let named = self.name(&place.path);
        read(&place.path, &named)
    }
}

impl Archives {
    /// What a file is called in messages: as seen from the folder of a dataset.
    fn name(&self, path: &Path) -> String {
        let folders =
            self.folders.iter().flatten().filter_map(|folder| fs::canonicalize(folder).ok());
        let below = folders.filter_map(|folder| Some(path.strip_prefix(folder).ok()?.to_owned()));
        let shortest = below.min_by_key(|below| below.as_os_str().len());
        shortest.as_deref().unwrap_or(path).display().to_string()
    }
}

fn unreadable(path: &str, reason: io::Error) -> ArchiveError {
    let path = path.to_owned();
    match reason.kind() {
        io::ErrorKind::NotFound => ArchiveError::Missing { path },
        _ => ArchiveError::Unreadable { path, reason },
    }
}

fn read(path: &Path, named: &str) -> Result<Archive, ArchiveError> {
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
        fs::write(folder.join("d.ron"), "Dataset(").unwrap();
        std::os::unix::fs::symlink("d.ron", folder.join("d.txt")).unwrap();
        fs::hard_link(folder.join("d.ron"), folder.join("e.txt")).unwrap();
        fs::write(folder.join("bad.pdf"), "%PDF-1.7").unwrap();
        fs::write(folder.join("bad.bin"), b"a\0b").unwrap();
        std::os::unix::fs::symlink(root.path().join("secret.txt"), folder.join("link.txt"))
            .unwrap();
        let input = Input { path: Some(folder.join("d.ron")), ..Input::new("d.ron", "") };
        let archives = Archives::of(&[input]);
        let open = |archives: &Archives, dataset, source: &Source| {
            let place = archives.locate(dataset, source)?;
            place.map(|place| archives.open(&place)).transpose()
        };
        let read = |path: &str| match open(&archives, 0, &source(Some(path))) {
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
            ("d.ron", "is a dataset that is open here"),
            ("./sources/.././d.ron", "leads out of"),
            ("./d.ron", "is a dataset that is open here"),
            ("d.txt", "is a dataset that is open here"),
            ("e.txt", "is a dataset that is open here"),
            ("none.txt", "no such file"),
            ("sources", "is not a file"),
            ("bad.pdf", "is a PDF"),
            ("bad.bin", "is not text"),
            ("", "is not a file"),
        ] {
            assert!(read(path).contains(text), "{path}: {}", read(path));
        }
        assert!(open(&archives, 0, &source(None)).unwrap().is_none());
        assert!(matches!(
            open(&archives, 1, &source(Some("sources/a.txt"))),
            Err(ArchiveError::NoFolder { .. })
        ));
        let mut archives = archives;
        archives.give("s".to_owned(), absolute);
        assert_eq!(open(&archives, 0, &source(Some("x"))).unwrap().unwrap().text(), "secret");
    }
}
