//! Extended attributes, and what is kept in them: on Linux lists of access, too
//! (`system.posix_acl_access`). Not every system has them.

use std::fs::File;
use std::io;
use std::path::Path;

use rustix::fs::XattrFlags;
use rustix::io::Errno;

/// The largest value that Linux keeps, in bytes; so are all names of a file together.
const LARGEST: usize = 64 << 10;

/// Gives a new file the attributes of the one at a path, and no others.
pub(super) fn keep(new: &File, path: &Path) -> io::Result<()> {
    let (old, kept) = (names(path)?, names_of(new)?);
    for name in kept.iter().filter(|name| !old.contains(name)) {
        // What a folder gives all its files, such as a list of access, the old one did not have.
        let gone = rustix::fs::fremovexattr(new, name.as_str());
        gone.or_else(|error| if is_the_system_s(name) { Ok(()) } else { Err(error) })
            .map_err(|error| unkept(name, error))?;
    }
    for name in &old {
        let mut value = vec![0; LARGEST];
        let read = rustix::fs::getxattr(path, name.as_str(), &mut value[..]);
        let set = read.and_then(|length| {
            let value = value.get(..length).unwrap_or_default();
            rustix::fs::fsetxattr(new, name.as_str(), value, XattrFlags::empty())
        });
        match set {
            Ok(()) => {}
            Err(_) if is_the_system_s(name) => {}
            Err(error) => return Err(unkept(name, error)),
        }
    }
    Ok(())
}

/// Labels that the system gives by its own rules, and lets few change.
fn is_the_system_s(name: &str) -> bool {
    name.starts_with("security.") || name.starts_with("trusted.")
}

fn unkept(name: &str, error: Errno) -> io::Error {
    let what = match name {
        "system.posix_acl_access" => "its access control list".to_owned(),
        name => format!("its attribute `{name}`"),
    };
    io::Error::other(format!("{what} cannot be kept ({})", io::Error::from(error)))
}

fn names(path: &Path) -> io::Result<Vec<String>> {
    listed(|names| rustix::fs::listxattr(path, names))
}

fn names_of(file: &File) -> io::Result<Vec<String>> {
    listed(|names| rustix::fs::flistxattr(file, names))
}

fn listed(list: impl FnOnce(&mut [u8]) -> Result<usize, Errno>) -> io::Result<Vec<String>> {
    let mut names = vec![0; LARGEST];
    let length = match list(&mut names[..]) {
        Ok(length) => length,
        // A file system without attributes.
        Err(Errno::NOTSUP) => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let names = names.get(..length).unwrap_or_default().split(|byte| *byte == 0);
    let names = names.filter(|name| !name.is_empty());
    Ok(names.map(|name| String::from_utf8_lossy(name).into_owned()).collect())
}
