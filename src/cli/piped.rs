//! Standard input that a command does not read, because no file is named.
//!
//! Nothing is read unasked: under a runner or over SSH standard input may be a pipe that nobody ever
//! writes to or closes, and in a loop of a shell it is what the loop reads. But whoever wrote
//! `cat x.ron | dateline list` is to know that it was not `x.ron` that was listed.

use std::io;
use std::os::fd::AsFd;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{FileType, SeekFrom, fstat, seek};

/// How long the writer of a pipe may take to begin: both are started at once.
const BEGINS: Timespec = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };

/// What to say where something stands on standard input, which nobody asked for.
pub fn unread() -> Option<&'static str> {
    holds_something(io::stdin()).then_some(
        "standard input is not read unless a file is named `-`; \
         this is the dataset that comes with the program",
    )
}

/// Whether a pipe has something in it, or a file more to read.
fn holds_something(input: impl AsFd) -> bool {
    let Ok(stat) = fstat(&input) else { return false };
    match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => {
            let here = seek(&input, SeekFrom::Current(0)).unwrap_or_default();
            u64::try_from(stat.st_size).is_ok_and(|size| here < size)
        }
        FileType::Fifo => {
            let mut pipe = [PollFd::new(&input, PollFlags::IN)];
            let ready = poll(&mut pipe, Some(&BEGINS)).is_ok_and(|ready| ready > 0);
            ready && pipe.iter().any(|pipe| pipe.revents().contains(PollFlags::IN))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::{Read, Write};

    use super::*;

    #[test]
    fn pipes_and_files_hold_something_or_not() {
        let (reader, mut writer) = io::pipe().unwrap();
        assert!(!holds_something(&reader), "nobody has written yet");
        writer.write_all(b"x").unwrap();
        assert!(holds_something(&reader));
        drop(writer);
        (&reader).read_exact(&mut [0]).unwrap();
        assert!(!holds_something(&reader), "closed");
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"x").unwrap();
        assert!(!holds_something(&file), "at its end");
        seek(&file, SeekFrom::Start(0)).unwrap();
        assert!(holds_something(&file));
        assert!(!holds_something(File::open("/dev/null").unwrap()));
    }
}
