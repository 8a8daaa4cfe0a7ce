use std::os::unix::fs::{OpenOptionsExt, symlink};
use std::process::Command;

use super::over::{Stamp, exchange, replace};
use rustix::fs::{Gid, Uid};

use super::*;

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|item| item.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_new_file_is_there_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.md");
    for overwrite in [Overwrite::Never, Overwrite::Allowed] {
        let written = write_whole(&path, b"words\n", overwrite).unwrap();
        assert_eq!(written, Written { bytes: 6 });
        assert_eq!(fs::read(&path).unwrap(), b"words\n");
        let umask = rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o022));
        rustix::process::umask(umask);
        let mode = fs::metadata(&path).unwrap().mode() & 0o777;
        assert_eq!(mode, 0o666 & !umask.as_raw_mode());
        assert_eq!(names_in(folder.path()), ["out.md"]);
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn an_old_file_is_replaced_only_with_a_yes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.md");
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
    let error = write_whole(&path, b"new", Overwrite::Never).unwrap_err();
    assert!(matches!(error, WriteError::Exists { .. }), "{error}");
    assert_eq!(fs::read(&path).unwrap(), b"old");
    write_whole(&path, b"new", Overwrite::Allowed).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o640);
    assert_eq!(names_in(folder.path()), ["out.md"]);
}

#[test]
fn a_link_stays_and_its_file_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("file"), folder.path().join("link"));
    fs::write(&file, "old").unwrap();
    symlink("file", &link).unwrap();
    let error = write_whole(&link, b"new", Overwrite::Never).unwrap_err();
    assert!(matches!(error, WriteError::Exists { .. }), "{error}");
    write_whole(&link, b"new", Overwrite::Allowed).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read(&file).unwrap(), b"new");
    fs::remove_file(&file).unwrap();
    for overwrite in [Overwrite::Never, Overwrite::Allowed] {
        write_whole(&link, b"new", overwrite).unwrap_err();
        assert_eq!(names_in(folder.path()), ["link"]);
    }
}

/// Only root can make a link that belongs to somebody else; elsewhere this shows nothing.
#[test]
fn a_link_of_somebody_else_in_a_shared_folder_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("file"), folder.path().join("link"));
    fs::write(&file, "old").unwrap();
    symlink("file", &link).unwrap();
    let somebody = Uid::from_raw(12_345);
    let given = rustix::fs::chownat(
        rustix::fs::CWD,
        &link,
        Some(somebody),
        None,
        rustix::fs::AtFlags::SYMLINK_NOFOLLOW,
    );
    if given.is_err() {
        return;
    }
    write_whole(&link, b"new", Overwrite::Allowed).unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o1777)).unwrap();
    let error = write_whole(&link, b"newer", Overwrite::Allowed).unwrap_err();
    assert!(matches!(error, WriteError::ForeignLink { .. }), "{error}");
    let error = write_over(&link, b"new", b"newer").unwrap_err();
    assert!(matches!(error, WriteError::ForeignLink { .. }), "{error}");
    assert_eq!(fs::read(&file).unwrap(), b"new");
}

#[test]
fn a_text_takes_the_place_of_its_own_old_one_only() {
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("file"), folder.path().join("link"));
    fs::write(&file, "old").unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
    // Only root can give a file away; elsewhere it stays whose it is.
    let somebody = Uid::from_raw(12_345);
    let given = rustix::fs::chown(&file, Some(somebody), Some(Gid::from_raw(54_321))).is_ok();
    symlink("file", &link).unwrap();
    assert_eq!(write_over(&link, b"old", b"newer").unwrap(), Written { bytes: 5 });
    assert_eq!(fs::read(&file).unwrap(), b"newer");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let metadata = fs::metadata(&file).unwrap();
    assert_eq!(metadata.mode() & 0o777, 0o640);
    assert!(!given || (metadata.uid(), metadata.gid()) == (12_345, 54_321));
    for old in ["old", "newe", "newer!", "other"] {
        let error = write_over(&file, old.as_bytes(), b"mine").unwrap_err();
        assert!(matches!(error, WriteError::Changed { .. }), "{error}");
    }
    assert_eq!(fs::read(&file).unwrap(), b"newer");
    fs::remove_file(&file).unwrap();
    let error = write_over(&file, b"newer", b"mine").unwrap_err();
    assert!(matches!(error, WriteError::Changed { .. }), "{error}");
    assert_eq!(names_in(folder.path()), ["link"]);
}

type Step = fn(NamedTempFile, &Path, Stamp) -> io::Result<bool>;

/// What another program saves after we looked, however late.
#[test]
fn what_comes_between_a_look_and_the_change_stays() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    let rename: fn(&Path) = |file| {
        let new = file.with_extension("new");
        fs::write(&new, "own").unwrap();
        fs::rename(new, file).unwrap();
    };
    let link: fn(&Path) = |file| {
        fs::rename(file, file.with_extension("old")).unwrap();
        symlink("file.old", file).unwrap();
    };
    let write: fn(&Path) = |file| fs::write(file, "longer").unwrap();
    let remove: fn(&Path) = |file| fs::remove_file(file).unwrap();
    // That the second looks again is known of Linux only.
    let steps: [Step; 2] = [replace, if cfg!(target_os = "linux") { exchange } else { replace }];
    for step in steps {
        for (meanwhile, left) in
            [(rename, Some("own")), (link, Some("old")), (write, Some("longer")), (remove, None)]
        {
            fs::write(&file, "old").unwrap();
            let stamp = Stamp::of_one_with(&file, b"old").unwrap().unwrap();
            let mut new = tempfile::Builder::new().tempfile_in(folder.path()).unwrap();
            new.write_all(b"new").unwrap();
            meanwhile(&file);
            assert!(!step(new, &file, stamp).unwrap(), "{left:?}");
            assert_eq!(fs::read_to_string(&file).ok().as_deref(), left);
            assert!(names_in(folder.path()).iter().all(|name| name.starts_with("file")));
            for name in names_in(folder.path()) {
                fs::remove_file(folder.path().join(name)).unwrap();
            }
        }
        fs::write(&file, "old").unwrap();
        let stamp = Stamp::of_one_with(&file, b"old").unwrap().unwrap();
        let mut new = tempfile::Builder::new().tempfile_in(folder.path()).unwrap();
        new.write_all(b"new").unwrap();
        assert!(step(new, &file, stamp).unwrap());
        assert_eq!((fs::read(&file).unwrap(), names_in(folder.path()).len()), (b"new".into(), 1));
    }
}

#[test]
fn what_cannot_be_written_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("file"), "old").unwrap();
    for (path, sentence) in [
        (folder.path().to_owned(), "is a folder; name a file in it"),
        (at("new/"), "is a folder; name a file in it"),
        (at("none/out.md"), "there is no folder `"),
        (at("file/out.md"), "is no folder; nothing was written"),
        (at(&"x".repeat(300)), "the name is too long; nothing was changed"),
        (PathBuf::from("/dev/full"), "cannot write to the device `/dev/full`: the disk is full"),
    ] {
        let error = write_whole(&path, b"new", Overwrite::Allowed).unwrap_err().to_string();
        assert!(error.contains(sentence), "{error}\nshould say\n{sentence}");
        assert_eq!(names_in(folder.path()), ["file"]);
    }
}

#[test]
fn private_files_are_the_owner_s_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.ron");
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
    write_private(&path, b"new").unwrap();
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
}

#[test]
fn what_a_kill_left_unfinished_is_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, age: Duration| {
        let file = File::create(folder.path().join(name)).unwrap();
        file.set_modified(std::time::SystemTime::now() - age).unwrap();
    };
    file(".dateline-killed", LEFT * 2);
    file(".dateline-going-on", LEFT / 2);
    file("dateline-notes", LEFT * 2);
    fs::create_dir(folder.path().join(".dateline-folder")).unwrap();
    write_whole(&folder.path().join("out.md"), b"new", Overwrite::Never).unwrap();
    assert_eq!(
        names_in(folder.path()),
        [".dateline-folder", ".dateline-going-on", "dateline-notes", "out.md"]
    );
}

/// Runs in a process of its own, which may write only small files.
#[test]
#[ignore = "run by the test below"]
fn in_a_process_with_a_limit() {
    let path = PathBuf::from(std::env::var_os("DATELINE_TEST_FILE").unwrap());
    let error = write_whole(&path, &[b'x'; 1 << 20], Overwrite::Allowed).unwrap_err().to_string();
    assert!(error.contains("larger than the system allows; nothing was changed"), "{error}");
}

#[test]
fn a_write_that_fails_halfway_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.md");
    fs::write(&path, "old").unwrap();
    let done = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "files::tests::in_a_process_with_a_limit", "--ignored", "--nocapture"])
        .env("DATELINE_TEST_FILE", &path)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(names_in(folder.path()), ["out.md"]);
}

/// What `command` prints; nothing where there is no such program here.
fn printed(command: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let output = std::process::Command::new(command).args(arguments).arg(file).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn lists_of_access_and_attributes_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "old").unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    let listed = printed("setfacl", &["-m", "u:12345:r,g:54321:rw"], &file).is_some();
    let _ = printed("setfattr", &["-n", "user.origin", "-v", "scan 12"], &file);
    let look = || {
        let access = printed("getfacl", &["-n", "-p", "-c"], &file);
        (access, printed("getfattr", &["-d", "-m", "-", "--absolute-names"], &file))
    };
    let before = look();
    if listed {
        assert!(before.0.as_deref().unwrap_or_default().contains("user:12345:r--"), "{before:?}");
    }
    // What the folder gives to all its files, the old one did not have.
    let _ = printed("setfacl", &["-d", "-m", "u:777:rwx"], folder.path());
    write_over(&file, b"old", b"new").unwrap();
    assert_eq!(look(), before);
    write_whole(&file, b"newer", Overwrite::Allowed).unwrap();
    assert_eq!(look(), before);
    assert_eq!(fs::read(&file).unwrap(), b"newer");
}

#[test]
fn a_new_file_is_closed_until_it_is_known_who_may_read_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    fs::write(&old, "old").unwrap();
    for mode in [0o600, 0o640, 0o666, 0o604] {
        fs::set_permissions(&old, Permissions::from_mode(mode)).unwrap();
        let made =
            File::options().write(true).create(true).truncate(true).mode(0o600).open(&new).unwrap();
        access::keep(&made, &old, &fs::metadata(&old).unwrap()).unwrap();
        assert_eq!(made.metadata().unwrap().mode() & 0o777, mode);
        let unfinished = Unfinished::begin(&old, Overwrite::Allowed).unwrap();
        let To::Beside(beside, _) = &unfinished.to else { panic!("a device") };
        assert_eq!(beside.file.as_file().metadata().unwrap().mode() & 0o777, mode);
    }
}

#[test]
fn a_file_that_was_closed_is_not_changed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "old").unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o444)).unwrap();
    let error = write_over(&file, b"old", b"new").unwrap_err().to_string();
    assert!(error.contains("it is read-only; `chmod u+w` opens it"), "{error}");
    assert_eq!(fs::read(&file).unwrap(), b"old");
    assert_eq!(names_in(folder.path()), ["file"]);
    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    write_over(&file, b"old", b"new").unwrap();
}
