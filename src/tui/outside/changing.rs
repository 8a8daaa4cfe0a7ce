//! Changing the file of a dataset.
//!
//! A change is made for the text as it stands in the file now, not as it was when it was read.
//! What somebody else changed meanwhile stays; where that is the entry at hand, nothing is done.

use std::path::Path;
use std::sync::Arc;

use crate::dataset::{self, Input};
use crate::edit::{self, Definitions, Edit, NewEntry, SaveError, Saved};
use crate::files;
use crate::model::Timeline;
use crate::tui::change::{Change, Made, Put, What};
use crate::tui::update::{Direction, Report};

/// Changes a file, and tells what came of it.
pub fn change(change: Change) -> Report {
    let file = change.file;
    let done = match change.what {
        What::Put(put) => self::put(&file, *put),
        What::Remove(was) => remove(&file, &was),
        What::Back(made) => return turn(Direction::Back, made),
        What::Again(made) => return turn(Direction::Again, made),
    };
    match done {
        Ok(made) => Report::Changed(Direction::Done, Box::new(made)),
        Err(reason) => Report::Unchanged(reason, None),
    }
}

fn put(file: &Path, put: Put) -> Result<Made, String> {
    let text = read(file)?;
    let Put { entry, was, new, known } = put;
    let timeline = dataset::read(&[Input::new("dataset", text.as_str())]).timeline;
    let definitions = lacking(&timeline, new, known)?;
    let edit = match &was {
        Some(was) => {
            is_as_shown(&timeline, was)?;
            edit::replace(&text, &was.id, &entry, &definitions)
        }
        None => edit::insert(&text, &entry, &definitions),
    };
    let edit = edit.map_err(|error| error.to_string())?;
    let saved = save(file, &text, &edit)?;
    let what = match &was {
        Some(_) => format!("the change of `{}`", entry.id),
        None => format!("the new entry `{}`", entry.id),
    };
    Ok(made(file, saved, what, was.map(|was| was.id), Some(entry.id)))
}

fn remove(file: &Path, was: &NewEntry) -> Result<Made, String> {
    let text = read(file)?;
    let timeline = dataset::read(&[Input::new("dataset", text.as_str())]).timeline;
    is_as_shown(&timeline, was)?;
    let edit = edit::delete(&text, &was.id).map_err(|error| error.to_string())?;
    let saved = save(file, &text, &edit)?;
    Ok(made(file, saved, format!("the deletion of `{}`", was.id), Some(was.id.clone()), None))
}

/// Takes a change back, or makes one again that was taken back.
fn turn(direction: Direction, made: Made) -> Report {
    match edit::save(&made.file, &made.text, &made.back) {
        Ok(saved) => {
            let (text, back) = (Arc::new(saved.text), saved.edit.invert());
            let made = Made { text, back, rebased: saved.rebased, ..made };
            Report::Changed(direction, Box::new(made))
        }
        Err(error) => {
            // A disk that is full now need not be later. What somebody else changed stays so.
            let lasts = matches!(error, SaveError::Edit(_));
            let later = (!lasts).then(|| Box::new((direction, made)));
            Report::Unchanged(refusal(error), later)
        }
    }
}

fn made(
    file: &Path,
    saved: Saved,
    what: String,
    before: Option<String>,
    after: Option<String>,
) -> Made {
    Made {
        file: file.to_owned(),
        back: saved.edit.invert(),
        text: Arc::new(saved.text),
        what,
        before,
        after,
        rebased: saved.rebased,
    }
}

fn read(file: &Path) -> Result<String, String> {
    files::read_settled(file)
        .map_err(|error| format!("cannot read `{}`: {}", file.display(), files::plain(&error)))
}

fn save(file: &Path, text: &str, edit: &Edit) -> Result<Saved, String> {
    edit::save(file, text, edit).map_err(refusal)
}

/// Why nothing was changed; that it was not is said before it.
fn refusal(error: SaveError) -> String {
    let text = error.to_string();
    let known = ["; nothing was changed", "; nothing was written"];
    known.iter().find_map(|known| text.strip_suffix(known)).unwrap_or(&text).to_owned()
}

/// That an entry stands in the file as it was shown.
fn is_as_shown(timeline: &Timeline, was: &NewEntry) -> Result<(), String> {
    let id = &was.id;
    let Some(found) = timeline.with_id(id).next() else {
        return Err(format!("`{id}` is no longer in the file; it was changed meanwhile"));
    };
    if NewEntry::of(timeline, found) != *was {
        return Err(format!("`{id}` was changed in the file meanwhile; look at it again first"));
    }
    Ok(())
}

/// What of all that an entry refers to the file does not define.
fn lacking(
    timeline: &Timeline,
    new: Definitions,
    known: Definitions,
) -> Result<Definitions, String> {
    let mut lacking = Definitions::default();
    let other = |id: &str| Err(format!("`{id}` is somebody or something else in that file"));
    for speaker in new.speakers.into_iter().chain(known.speakers) {
        match timeline.speakers().iter().find(|one| one.id == speaker.id) {
            None => lacking.speakers.push(speaker),
            Some(one) if one.name == speaker.name => {}
            Some(_) => return other(&speaker.id),
        }
    }
    for source in known.sources {
        match timeline.sources().iter().find(|one| one.id == source.id) {
            None => lacking.sources.push(source),
            Some(one) if one.title == source.title && one.url == source.url => {}
            Some(_) => return other(&source.id),
        }
    }
    for source in new.sources {
        if timeline.sources().iter().any(|one| one.id == source.id) {
            return other(&source.id);
        }
        lacking.sources.push(source);
    }
    Ok(lacking)
}
