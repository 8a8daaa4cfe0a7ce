//! The pictures in the README are the program's own screens, as it draws them now.
//!
//! `UPDATE_PICTURES=1 cargo test --test pictures` draws them anew.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use dateline::dataset::{embedded, read};
use dateline::export::{Options, Request};
use dateline::tui::keymap::Keymap;
use dateline::tui::screenshot::{Shot, take};
use dateline::tui::state::Preferences;
use dateline::tui::theme::{Colours, Theme};
use dateline::tui::views::View;
use dateline::view::label::Glyphs;
use dateline::view::svg;

/// Name, theme, view, and the keys pressed before.
const SCREENS: [(&str, &str, View, &str); 9] = [
    ("timeline", "dark", View::Timeline, "11j"),
    ("link", "dark", View::Timeline, "11j<enter><tab><tab>"),
    ("speakers", "dark", View::Timeline, "11js"),
    ("filter", "dark", View::Timeline, "11jfspeaker:k"),
    ("export", "dark", View::Timeline, "9jv4jx"),
    ("lanes", "dark", View::Lanes, "11j"),
    ("figures", "dark", View::Figures, "11j"),
    ("compare", "dark", View::Timeline, "11jc"),
    ("light", "light", View::Timeline, "11j"),
];

/// Columns and rows of each.
const SIZE: (u16, u16) = (110, 32);

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets")
}

/// Every picture: its file's name and what it should hold.
fn pictures() -> Vec<(String, String)> {
    let timeline = Arc::new(read(&[embedded()]).timeline);
    let mut pictures: Vec<(String, String)> = SCREENS
        .iter()
        .map(|(name, theme, view, keys)| {
            let theme = Theme::built_in(theme, Colours::True).unwrap();
            let keymap = Arc::new(Keymap::built_in().unwrap());
            let preferences = Preferences { theme, glyphs: Glyphs::Unicode, keymap };
            let shot = Shot { size: SIZE, view: *view, keys: (*keys).to_owned() };
            let svg = take(Arc::clone(&timeline), preferences, &shot).unwrap();
            (format!("{name}.svg"), svg)
        })
        .collect();
    let entries: Vec<_> = timeline.indexes().collect();
    for format in svg::FORMATS {
        let request = Request {
            timeline: &timeline,
            entries: &entries,
            provenance: None,
            options: Options::default(),
        };
        let bytes = (format.write)(&request).unwrap().bytes;
        pictures.push((format!("exported-{}.svg", format.name), String::from_utf8(bytes).unwrap()));
    }
    pictures
}

#[test]
fn pictures_are_in_step_with_the_program() {
    let update = std::env::var_os("UPDATE_PICTURES").is_some_and(|value| !value.is_empty());
    let mut stale = Vec::new();
    for (name, expected) in pictures() {
        let path = folder().join(&name);
        if update {
            fs::write(&path, &expected).unwrap();
        } else if fs::read_to_string(&path).ok().as_ref() != Some(&expected) {
            stale.push(name);
        }
    }
    assert!(
        stale.is_empty(),
        "{} no longer show the program: UPDATE_PICTURES=1 cargo test --test pictures",
        stale.join(", ")
    );
}

#[test]
fn no_picture_is_left_over() {
    let expected: Vec<String> = pictures().into_iter().map(|(name, _)| name).collect();
    for file in fs::read_dir(folder()).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let drawn = name.ends_with(".svg");
        assert!(!drawn || expected.contains(&name), "assets/{name} is drawn by nothing");
    }
}

#[test]
fn a_picture_is_sound_and_holds_its_words_as_text() {
    let (_, svg) = pictures().into_iter().find(|(name, _)| name == "timeline.svg").unwrap();
    assert!(svg.contains(">John Kirby</text>"), "the speaker's name in one piece");
    assert!(!svg.contains("<script") && !svg.contains("href"), "nothing that runs or is fetched");
    for (open, close) in [("<text", "</text>"), ("<g ", "</g>"), ("<svg", "</svg>")] {
        assert_eq!(svg.matches(open).count(), svg.matches(close).count(), "{open}");
    }
}
