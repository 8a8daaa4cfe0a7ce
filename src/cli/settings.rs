//! Keys and themes: those that come with the program, and the user's own in the config folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::colours::Terminal;
use crate::cli::{Failure, complain};
use crate::files::{plain, read_small};
use crate::folders::Folders;
use crate::tui::keymap::Keymap;
use crate::tui::theme::{AUTO, BUILT_IN, Colours, Looks, Theme};

/// Nobody writes longer settings, in bytes.
const LARGEST: u64 = 1 << 20;

/// The keys, with the user's `keys.ron` over them.
///
/// # Errors
///
/// What is wrong with the user's, and on which line.
pub fn keymap(folders: &Folders) -> Result<Keymap, Failure> {
    let keymap = Keymap::built_in().map_err(Failure::Usage)?;
    let Some((path, text)) = file(folders, "keys.ron")? else { return Ok(keymap) };
    keymap.with_user(&text).map_err(|error| Failure::Usage(format!("{}, {error}", path.display())))
}

/// The look to begin with, and those to choose from once the terminal has told its ground; none
/// where that makes no difference.
///
/// # Errors
///
/// As those of [`theme`].
pub fn look(
    folders: &Folders,
    name: &str,
    terminal: &Terminal,
) -> Result<(Theme, Option<Box<Looks>>), Failure> {
    let of = |name: &str| {
        let theme = theme(folders, name, terminal.colours)?;
        Ok::<_, Failure>(if terminal.italics { theme } else { theme.upright() })
    };
    if name != AUTO {
        return Ok((of(name)?, None));
    }
    match terminal.colours {
        // Fine shades come to the same there; this one needs none.
        Colours::None | Colours::Sixteen => Ok((of("terminal")?, None)),
        Colours::Indexed | Colours::True => {
            let (dark, light, unknown) = (of("dark")?, of("light")?, of("terminal")?);
            let looks = Looks { dark, light, unknown };
            let look = looks.on(terminal.ground);
            Ok((look, (!terminal.is_screen).then(|| Box::new(looks))))
        }
    }
}

/// The theme of a name: the user's own before one that comes with the program.
///
/// # Errors
///
/// That there is none, and which there are; or what is wrong with the user's.
pub fn theme(folders: &Folders, name: &str, colours: Colours) -> Result<Theme, Failure> {
    // Where there is no terminal to follow, as in a picture.
    let name = if name == AUTO { "dark" } else { name };
    // A name is no way to a file elsewhere.
    let plain = name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'));
    if plain && let Some((path, text)) = file(folders, &format!("themes/{name}.ron"))? {
        return Theme::parse(&text, colours)
            .map_err(|error| Failure::Usage(format!("{}, {error}", path.display())));
    }
    Theme::built_in(name, colours).ok_or_else(|| {
        let built_in = BUILT_IN.iter().map(|(name, _)| *name);
        let mut known: Vec<String> =
            std::iter::once(AUTO).chain(built_in).map(str::to_owned).collect();
        known.extend(own_themes(folders));
        Failure::Usage(format!("no theme `{name}`; there are {}", known.join(", ")))
    })
}

/// The names of the user's own themes.
pub fn own_themes(folders: &Folders) -> Vec<String> {
    let Some(folder) = themes_folder(folders) else { return Vec::new() };
    let Ok(found) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = found
        .filter_map(|item| {
            let path = item.ok()?.path();
            let ron = path.extension().is_some_and(|extension| extension == "ron");
            ron.then(|| path.file_stem()?.to_str().map(str::to_owned)).flatten()
        })
        .collect();
    names.sort();
    names
}

/// Where the user's own themes lie.
pub fn themes_folder(folders: &Folders) -> Option<PathBuf> {
    Some(folders.config.as_ref()?.join("themes"))
}

/// A file of the user's in the config folder, if there is one.
pub(super) fn file(folders: &Folders, name: &str) -> Result<Option<(PathBuf, String)>, Failure> {
    let Some(path) = folders.config.as_ref().map(|folder| folder.join(name)) else {
        return Ok(None);
    };
    read(&path).map(|text| text.map(|text| (path, text)))
}

/// What cannot be read at all is told, and the program goes on without: what is wrong there has
/// nothing to do with what the user wants to see. What is wrong in a file is to be mended.
fn read(path: &Path) -> Result<Option<String>, Failure> {
    let told = |error| format!("cannot read `{}`: {}", path.display(), plain(&error));
    match read_small(path, LARGEST) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            Err(Failure::Usage(told(error)))
        }
        Err(error) => {
            if !is_absent(&error) {
                complain(&format!("{}; going on without it", told(error)));
            }
            Ok(None)
        }
    }
}

/// Whether an error says that there is no such file; below what is no folder there is none.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Which of the user's settings cannot be read at all, to be said where standard error is not seen.
pub fn unread(folders: &Folders) -> Option<String> {
    ["config.ron", "keys.ron"].into_iter().find_map(|name| {
        let path = folders.config.as_ref()?.join(name);
        let error = read_small(&path, LARGEST).err().filter(|error| !is_absent(error))?;
        Some(format!("{} is not heeded: {}", path.display(), plain(&error)))
    })
}
