//! Which entry a pointer means.
//!
//! An id means the entry of its own file. Where only other files have it, it means the one that
//! does; where several do, nobody can say which, and none is taken. `file:id` names the file as a
//! link on a page does: from the file that refers to it.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use crate::model::{DatasetInfo, EntryIndex, How, Link, Timeline};

/// Ids of entries that are in the files and not in the timeline because of errors, with the numbers
/// of the datasets that have them. What points to one is right.
pub type Unread = HashMap<String, Vec<u32>>;

/// A pointer to an entry that cannot be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// The entry that points.
    pub from: EntryIndex,
    /// The id, as written.
    pub to: String,
}

/// What an id in some file means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// This entry.
    Entry(EntryIndex),
    /// One that has errors.
    Unread,
    /// None.
    Nothing,
    /// An entry in each of several other files: what each is called in the file that refers.
    Several(Vec<String>),
}

impl Timeline {
    /// What an id means that stands in a dataset with this number.
    pub fn meant(&self, own: usize, id: &str, unread: &Unread) -> Meant {
        if let Some(meant) = self.in_dataset(own, id, unread) {
            return meant;
        }
        for (at, _) in id.match_indices(':') {
            let (Some(file), Some(bare)) = (id.get(..at), id.get(at + 1..)) else { continue };
            let named = self.files_meant(own, file);
            if let Some(meant) = named.into_iter().find_map(|at| self.in_dataset(at, bare, unread))
            {
                return meant;
            }
        }
        let mut found: Vec<usize> = self.with_id(id).map(|at| self.dataset_number(at)).collect();
        found.extend(unread.get(id).into_iter().flatten().map(|at| *at as usize));
        found.sort_unstable();
        found.dedup();
        match found.as_slice() {
            [] => Meant::Nothing,
            [only] => self.in_dataset(*only, id, unread).unwrap_or(Meant::Nothing),
            several => Meant::Several(several.iter().map(|at| self.file_from(own, *at)).collect()),
        }
    }

    fn in_dataset(&self, number: usize, id: &str, unread: &Unread) -> Option<Meant> {
        let entry = self.with_id(id).find(|at| self.dataset_number(*at) == number);
        let broken = || unread.get(id).is_some_and(|at| at.iter().any(|at| *at as usize == number));
        entry.map(Meant::Entry).or_else(|| broken().then_some(Meant::Unread))
    }

    /// The datasets that a file's name means in the dataset `own`.
    fn files_meant(&self, own: usize, file: &str) -> Vec<usize> {
        let places = self.datasets().get(own).map(DatasetInfo::places).unwrap_or_default();
        let meant: Vec<PathBuf> = places
            .iter()
            .map(|place| plain(&place.parent().unwrap_or(Path::new("")).join(file)))
            .collect();
        let is_meant =
            |dataset: &DatasetInfo| dataset.places().iter().any(|place| meant.contains(place));
        let numbered = self.datasets().iter().enumerate();
        numbered.filter(|(_, dataset)| is_meant(dataset)).map(|(number, _)| number).collect()
    }

    /// The name by which a dataset is meant in another.
    pub fn file_from(&self, own: usize, other: usize) -> String {
        let place = |number: usize| {
            let places = self.datasets().get(number).map(DatasetInfo::places).unwrap_or_default();
            places.into_iter().next().unwrap_or_default()
        };
        let (from, to) = (place(own), place(other));
        let from: Vec<Component<'_>> =
            from.parent().map_or(Vec::new(), |at| at.components().collect());
        let to: Vec<Component<'_>> = to.components().collect();
        let same = from.iter().zip(&to).take_while(|(from, to)| from == to).count();
        let up = from.iter().skip(same).map(|_| Component::ParentDir);
        let path: PathBuf = up.chain(to.into_iter().skip(same)).collect();
        path.display().to_string()
    }
}

/// The path without `.` and `..`, as far as that can be told from its words.
pub(super) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => drop(plain.pop()),
            other => plain.push(other),
        }
    }
    plain
}

/// What each dataset is called in an id where several have it: its path from the folder that all
/// lie in, so that it is the same wherever that folder is opened from.
pub(super) fn labels(datasets: &[DatasetInfo]) -> Vec<String> {
    let paths: Vec<&Path> = datasets
        .iter()
        .filter_map(|dataset| dataset.places.first().map(PathBuf::as_path))
        .collect();
    let as_shown = || datasets.iter().map(|dataset| dataset.file.clone()).collect();
    let Some(folder) = paths.first().and_then(|path| path.parent()) else { return as_shown() };
    if paths.len() != datasets.len() {
        return as_shown();
    }
    let Some(folder) = folder.ancestors().find(|at| paths.iter().all(|path| path.starts_with(at)))
    else {
        return as_shown();
    };
    let label = |path: &&Path| path.strip_prefix(folder).unwrap_or(path).display().to_string();
    paths.iter().map(label).collect()
}

/// Ties pointers to the entries that they mean, both ways; gives those of which it cannot be told.
pub(super) fn tie(timeline: &mut Timeline, unread: &Unread) -> Vec<Dangling> {
    let pointers = std::mem::take(&mut timeline.columns.pointers);
    let mut links: HashMap<EntryIndex, Vec<Link>> = HashMap::new();
    let mut backs: Vec<(EntryIndex, Link)> = Vec::new();
    let mut dangling = Vec::new();
    for (row, pointer) in pointers.iter() {
        let from = EntryIndex(row);
        let id = timeline.piece(from, pointer.to);
        let to = match timeline.meant(timeline.dataset_number(from), id, unread) {
            Meant::Entry(to) => to,
            Meant::Unread => continue,
            Meant::Nothing | Meant::Several(_) => {
                dangling.push(Dangling { from, to: id.to_owned() });
                continue;
            }
        };
        let how = pointer.how;
        links.entry(from).or_default().push(Link { to, how, back: false });
        backs.push((to, Link { to: from, how, back: true }));
    }
    for (at, link) in backs {
        let known = links.entry(at).or_default();
        // Two entries compared with one another from both sides are one connection.
        let mutual = link.how == How::ComparedWith
            && known.iter().any(|other| other.to == link.to && other.how == link.how);
        if !mutual {
            known.push(link);
        }
    }
    timeline.links = links;
    dangling
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(places: &[&str]) -> DatasetInfo {
        let places: Vec<PathBuf> = places.iter().map(PathBuf::from).collect();
        DatasetInfo { file: "typed".to_owned(), places, ..DatasetInfo::default() }
    }

    #[test]
    fn files_are_called_from_the_folder_that_all_lie_in() {
        for (paths, called) in [
            (&["/x/a.ron", "/x/b.ron"][..], &["a.ron", "b.ron"][..]),
            (&["/x/y/a.ron", "/x/a.ron"], &["y/a.ron", "a.ron"]),
            (&["/x/y/a.ron", "/x/z/a.ron"], &["y/a.ron", "z/a.ron"]),
            (&["/x/a.ron"], &["a.ron"]),
            (&[], &[]),
        ] {
            let datasets: Vec<DatasetInfo> = paths.iter().map(|path| at(&[path])).collect();
            assert_eq!(labels(&datasets), called);
        }
        assert_eq!(labels(&[at(&["/x/a.ron"]), at(&[])]), ["typed", "typed"]);
    }

    #[test]
    fn paths_are_made_plain() {
        for (path, made) in [
            ("/x/./y/../b.ron", "/x/b.ron"),
            ("./b.ron", "b.ron"),
            ("../b.ron", "../b.ron"),
            ("x/../../b.ron", "../b.ron"),
        ] {
            assert_eq!(plain(Path::new(path)), Path::new(made));
        }
    }
}
