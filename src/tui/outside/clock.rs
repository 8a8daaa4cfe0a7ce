//! What day it is where the user is.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Datelike, Local, NaiveDate, Utc};

use crate::when::{Day, day_number};

/// Where `TZ` and the system keep time zones (`tzset(3)`, `tzfile(5)`), as chrono looks for them.
const FOLDERS: [&str; 4] =
    ["/usr/share/zoneinfo", "/share/zoneinfo", "/etc/zoneinfo", "/usr/share/lib/zoneinfo"];

/// The zone of the machine.
const USUAL: &str = "/etc/localtime";

/// No time zone is described at such length, in bytes.
const LARGEST: u64 = 1 << 20;

/// The day, and what is to be said of how it was found out.
pub fn today() -> (Option<Day>, Option<String>) {
    let zone = std::env::var("TZ").ok();
    match no_zone(zone.as_deref()) {
        None => (number(Local::now().date_naive()), None),
        // It would be read without end.
        Some(path) => {
            let path = crate::text::visible(&path.display().to_string()).into_owned();
            let word =
                format!("the time zone `{path}` (TZ) is no file of one; days are those of UTC");
            (number(Utc::now().date_naive()), Some(word))
        }
    }
}

fn number(date: NaiveDate) -> Option<Day> {
    day_number(date.year().into(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?)
}

/// What the zone would be read from, if that is no file or one without end.
fn no_zone(named: Option<&str>) -> Option<PathBuf> {
    let named = match named {
        None | Some("localtime") => USUAL,
        // Universal time, without a file.
        Some("") => return None,
        Some(named) => named.strip_prefix(':').unwrap_or(named),
    };
    let path = Path::new(named);
    let places = if path.is_absolute() {
        vec![path.to_owned()]
    } else {
        FOLDERS.iter().map(|folder| Path::new(folder).join(path)).collect()
    };
    places.into_iter().find(|place| {
        fs::metadata(place).is_ok_and(|found| !found.is_file() || found.len() > LARGEST)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_time_zone_is_not_read() {
        for (named, expected) in [
            (Some("/dev/zero"), Some("/dev/zero")),
            (Some(":/dev/zero"), Some("/dev/zero")),
            (Some("/tmp"), Some("/tmp")),
            (Some("/dev/null/none"), None),
            (Some(""), None),
            (Some("CET-1CEST"), None),
            (Some("Europe/Kyiv"), None),
            (None, None),
        ] {
            assert_eq!(no_zone(named).as_deref(), expected.map(Path::new), "{named:?}");
        }
    }
}
