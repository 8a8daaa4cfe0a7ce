//! Who may read and write a file, and what else is attached to it: kept when it is replaced.
//!
//! A new file is never open to anybody to whom the old one was not, not even for a moment: it is
//! the user's alone until it has the old one's owner and group. What cannot be kept is told, and
//! the old file stays.

use std::fs::{File, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use rustix::fs::{Access, AtFlags, CWD, Gid, Uid};
use rustix::io::Errno;

/// Gives a new file all that the one has that it replaces, as far as we may: owner and group,
/// permissions, access control lists and extended attributes.
pub(super) fn keep(new: &File, path: &Path, old: &Metadata) -> io::Result<()> {
    let own = new.metadata()?;
    let (owner, group) = (Uid::from_raw(old.uid()), Gid::from_raw(old.gid()));
    // Only the system's administrator may give a file away; others keep it as theirs. They may
    // give it to a group that they are in.
    if own.uid() != old.uid() {
        let _ = rustix::fs::fchown(new, Some(owner), None);
    }
    let same_group = own.gid() == old.gid() || rustix::fs::fchown(new, None, Some(group)).is_ok();
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    crate::files::attributes::keep(new, path)?;
    let mode = old.mode() & 0o777;
    // Another group may do no more than anybody may.
    let mode = if same_group { mode } else { (mode & !0o070) | ((mode << 3) & mode & 0o070) };
    new.set_permissions(Permissions::from_mode(mode))
}

/// Why a file that is there is not to be changed, and how to go on; nothing where it may be. To
/// replace it the folder's permissions are enough, but whoever closed the file meant something.
pub(super) fn closed(path: &Path, found: &Metadata) -> Option<&'static str> {
    if found.mode() & 0o222 == 0 {
        return Some("it is read-only; `chmod u+w` opens it");
    }
    match rustix::fs::accessat(CWD, path, Access::WRITE_OK, AtFlags::EACCESS) {
        Ok(()) => None,
        Err(Errno::ROFS) => Some("its file system is read-only; copy it elsewhere"),
        Err(_) if found.uid() == rustix::process::geteuid().as_raw() => {
            Some("it is read-only; `chmod u+w` opens it")
        }
        Err(_) => {
            Some("it is somebody else's, and you may not write it; change a copy of your own")
        }
    }
}
