//! Pictures to take away: lanes and figures as SVG, one format each.
//!
//! A picture stands alone: real text in fonts that every system has, nothing fetched, nothing
//! that runs. It is light on a light page and dark on a dark one (`prefers-color-scheme`). Who
//! rests on a mark reads what it stands for.

mod figures;
mod lanes;
mod places;
mod ticks;

use std::fmt::Write as _;

use crate::export::record::capitalised;
use crate::export::relations::{Scope, withdrawals};
use crate::export::{ExportError, Format, Output, Request};
use crate::model::{EntryIndex, SpeakerIndex, Timeline};
use crate::text::visible;
use crate::when::short;

/// The lanes as a picture.
pub static LANES: Format = Format {
    name: "svg",
    extensions: &["svg", "lanes.svg"],
    about: "a picture: time from left to right, a lane for each speaker",
    options: &[],
    write: write_lanes,
};

/// The figures as a picture.
pub static FIGURES: Format = Format {
    name: "svg-figures",
    extensions: &["figures.svg"],
    about: "a picture: the figures claimed, each over the period that it covers",
    options: &[],
    write: write_figures,
};

/// Every format of this module.
pub static FORMATS: &[&Format] = &[&LANES, &FIGURES];

fn write_lanes(request: &Request) -> Result<Output, ExportError> {
    Ok(lanes::picture(request.timeline, request.entries))
}

fn write_figures(request: &Request) -> Result<Output, ExportError> {
    Ok(figures::picture(request.timeline, request.entries))
}

/// The width of a picture, in its own units.
const WIDTH: f64 = 1000.0;

/// At most so many entries that were retracted or superseded are named under a picture.
const MOST_WITHDRAWN: usize = 20;

/// The free space at the edges.
const MARGIN: f64 = 28.0;

/// Fonts that every system has one of.
const FONTS: &str = "system-ui,-apple-system,'Segoe UI','Helvetica Neue',Arial,sans-serif";

/// The colours of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Behind everything.
    pub ground: &'static str,
    /// Words.
    pub text: &'static str,
    /// What is secondary.
    pub dim: &'static str,
    /// Lines.
    pub rule: &'static str,
    /// The speakers'.
    pub speakers: [&'static str; 8],
}

impl Palette {
    /// For a light page.
    pub const LIGHT: Palette = Palette {
        ground: "#fbfaf7",
        text: "#24292f",
        dim: "#656d76",
        rule: "#ddd9d0",
        speakers: [
            "#0550ae", "#1a6b2d", "#7b3fb5", "#b0420f", "#0b7066", "#a3286a", "#6b6300", "#3d4fb0",
        ],
    };

    /// For a dark page.
    pub const DARK: Palette = Palette {
        ground: "#16161c",
        text: "#d5d8da",
        dim: "#868d9c",
        rule: "#33373f",
        speakers: [
            "#7fb4ca", "#aad94c", "#d2a6ff", "#ffa07a", "#6fdcc0", "#f5a9d0", "#c9c26b", "#9fb7ff",
        ],
    };

    /// As rules of a style sheet.
    fn rules(&self) -> String {
        let mut rules = format!(
            ".ground{{fill:{}}}text{{fill:{}}}text.dim{{fill:{}}}.rule{{stroke:{}}}\
             .halo{{stroke:{}}}.none{{color:{}}}",
            self.ground, self.text, self.dim, self.rule, self.ground, self.text
        );
        for (number, colour) in self.speakers.iter().enumerate() {
            let _ = write!(rules, ".s{number}{{color:{colour}}}");
        }
        rules
    }
}

/// The class that gives something a speaker's colour.
fn class(speaker: Option<SpeakerIndex>) -> String {
    let count = Palette::LIGHT.speakers.len();
    speaker.map_or_else(|| "none".to_owned(), |speaker| format!("s{}", speaker.0 as usize % count))
}

/// A picture as it grows.
struct Picture {
    body: String,
    /// How far down it reaches.
    height: f64,
}

impl Picture {
    /// With the timeline's title, and what of it is shown: `12 entries, 2022`.
    fn new(timeline: &Timeline, shown: &str) -> Self {
        let mut picture = Picture { body: String::new(), height: MARGIN };
        let title = timeline.title();
        if !title.is_empty() {
            picture.height += 18.0;
            picture.text((MARGIN, picture.height), "title", &title);
        }
        picture.height += 20.0;
        picture.text((MARGIN, picture.height), "dim", shown);
        picture.height += 18.0;
        picture
    }

    fn text(&mut self, (x, y): (f64, f64), class: &str, text: &str) {
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let (x, y) = (number(x), number(y));
        let _ = writeln!(self.body, "<text x=\"{x}\" y=\"{y}\"{class}>{}</text>", escaped(text));
    }

    fn line(&mut self, (x, y): (f64, f64), (to_x, to_y): (f64, f64)) {
        let points = [x, y, to_x, to_y].map(number);
        let [x, y, to_x, to_y] = points;
        let _ = writeln!(
            self.body,
            "<line class=\"rule\" x1=\"{x}\" y1=\"{y}\" x2=\"{to_x}\" y2=\"{to_y}\"/>"
        );
    }

    /// Which of the entries were retracted or superseded, by whom and when, a line each: a picture
    /// that is printed shows no words to who rests on a mark.
    fn withdrawals(&mut self, timeline: &Timeline, entries: &[EntryIndex], drawn: &[EntryIndex]) {
        let withdrawn: Vec<EntryIndex> =
            drawn.iter().copied().filter(|at| timeline.withdrawn(*at).is_some()).collect();
        for entry in withdrawn.iter().take(MOST_WITHDRAWN) {
            let words = format!(
                "{}: {}. {}",
                short(&timeline.date(*entry)),
                timeline.headline(*entry),
                undone(timeline, entries, *entry),
            );
            for line in crate::text::wrap(&words, 150) {
                self.height += 16.0;
                self.text((MARGIN, self.height), "small", &line);
            }
        }
        let more = withdrawn.len().saturating_sub(MOST_WITHDRAWN);
        if more > 0 {
            self.height += 16.0;
            let words = format!("And {more} more were retracted or superseded.");
            self.text((MARGIN, self.height), "small", &words);
        }
    }

    /// A shape, with words for who rests on it.
    fn shape(&mut self, shape: &str, words: &str) {
        if words.is_empty() {
            let _ = writeln!(self.body, "{shape}");
        } else {
            let _ = writeln!(self.body, "<g>{shape}<title>{}</title></g>", escaped(words));
        }
    }

    /// The whole file.
    fn finish(mut self, timeline: &Timeline) -> String {
        self.height += MARGIN;
        let height = number(self.height);
        let title = timeline.title();
        let title = if title.is_empty() { "A timeline".to_owned() } else { title };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
             role=\"img\" font-family=\"{FONTS}\" font-size=\"13\">\n\
             <title>{}</title>\n<style>.title{{font-size:18px;font-weight:700}}\
             .strong{{font-weight:700}}.end{{text-anchor:end}}.middle{{text-anchor:middle}}\
             .small{{font-size:11px}}.own{{fill:currentColor}}\
             .halo{{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}}{}@media(prefers-color-scheme:dark){{{}}}</style>\n\
             <rect class=\"ground\" width=\"{WIDTH}\" height=\"{height}\"/>\n{}</svg>\n",
            escaped(&title),
            Palette::LIGHT.rules(),
            Palette::DARK.rules(),
            self.body,
        )
    }
}

/// By whom and when an entry was retracted or superseded, as sentences; nothing where it was not.
fn undone(timeline: &Timeline, entries: &[EntryIndex], entry: EntryIndex) -> String {
    let by = withdrawals(timeline, Scope::Only(entries), entry);
    let sentences: Vec<String> =
        by.iter().map(|by| format!("{}.", capitalised(&by.words(timeline)))).collect();
    sentences.join(" ")
}

/// A number with at most one decimal.
fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// Text within an element, harmless.
fn escaped(text: &str) -> String {
    let text: Vec<String> = text.lines().map(|line| visible(line).into_owned()).collect();
    text.join("\n").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// About how wide a text is, in units, in a font of 13.
fn extent(text: &str) -> f64 {
    crate::text::width(text) as f64 * 7.0
}

#[cfg(test)]
mod tests;
