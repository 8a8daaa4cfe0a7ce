//! Themes: what each role on the screen looks like, as data.
//!
//! Widgets name roles, never colours. A theme is a RON file; five are built in, and a user's own
//! lie in the config folder.

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use crate::export::record::Role;
use crate::model::SpeakerIndex;

/// What one role looks like. Colours are `#rrggbb`, a name such as `lightblue`, or 0 to 255.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Look {
    fg: Option<String>,
    bg: Option<String>,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
    reverse: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename = "Theme", deny_unknown_fields)]
struct ThemeFile {
    name: String,
    #[serde(default)]
    about: String,
    #[serde(default)]
    ground: Look,
    title: Look,
    accent: Look,
    text: Look,
    dim: Look,
    rule: Look,
    selected: Look,
    selected_away: Look,
    heading: Look,
    headline: Look,
    quote: Look,
    quote_rule: Look,
    attribution: Look,
    figure: Look,
    label: Look,
    note: Look,
    link: Look,
    dispute: Look,
    found: Look,
    found_here: Look,
    found_by_filter: Look,
    chip: Look,
    error: Look,
    warning: Look,
    good: Look,
    lit: Look,
    unlit: Look,
    key: Look,
    range: Look,
    speakers: Vec<String>,
}

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// None: only bold, underline and their like. What `NO_COLOR` asks for.
    None,
    /// The terminal's own sixteen, of which eight are sure.
    Sixteen,
    /// The 256 of an xterm.
    Indexed,
    /// All.
    #[default]
    True,
}

/// The style of every role.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "each field is the role that its name says")]
pub struct Theme {
    pub name: String,
    pub about: String,
    pub ground: Style,
    pub title: Style,
    pub accent: Style,
    pub text: Style,
    pub dim: Style,
    pub rule: Style,
    pub selected: Style,
    pub selected_away: Style,
    pub heading: Style,
    pub headline: Style,
    pub quote: Style,
    pub quote_rule: Style,
    pub attribution: Style,
    pub figure: Style,
    pub label: Style,
    pub note: Style,
    pub link: Style,
    pub dispute: Style,
    pub found: Style,
    pub found_here: Style,
    pub found_by_filter: Style,
    pub chip: Style,
    pub error: Style,
    pub warning: Style,
    pub good: Style,
    pub lit: Style,
    pub unlit: Style,
    pub key: Style,
    pub range: Style,
    pub speakers: Vec<Style>,
}

/// The built-in themes: name and text, the default first.
pub const BUILT_IN: [(&str, &str); 5] = [
    ("dark", include_str!("../../assets/themes/dark.ron")),
    ("light", include_str!("../../assets/themes/light.ron")),
    ("high-contrast", include_str!("../../assets/themes/high-contrast.ron")),
    ("colour-blind", include_str!("../../assets/themes/colour-blind.ron")),
    ("terminal", include_str!("../../assets/themes/terminal.ron")),
];

impl Theme {
    /// The built-in theme of a name.
    pub fn built_in(name: &str, colours: Colours) -> Option<Theme> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Theme::parse(text, colours).ok()
    }

    /// Reads a theme.
    ///
    /// # Errors
    ///
    /// What is wrong, and at which line and column.
    pub fn parse(text: &str, colours: Colours) -> Result<Theme, String> {
        let file: ThemeFile = crate::dataset::ron_options()
            .from_str(text)
            .map_err(|error| format!("line {}: {}", error.span.start.line, error.code))?;
        let ground = style(&file.ground, colours)?;
        let look = |look: &Look| style(look, colours).map(|style| legible(style, ground, colours));
        let apart =
            |own: &Look, modifier| Ok::<_, String>(apart(look(own)?, ground, colours, modifier));
        let (reversed, underlined) = (Modifier::REVERSED, Modifier::UNDERLINED);
        let mut speakers = Vec::new();
        for colour in &file.speakers {
            speakers.push(look(&Look { fg: Some(colour.clone()), ..Look::default() })?);
        }
        Ok(Theme {
            ground,
            title: look(&file.title)?,
            accent: look(&file.accent)?,
            text: look(&file.text)?,
            dim: look(&file.dim)?,
            rule: look(&file.rule)?,
            selected: apart(&file.selected, reversed)?,
            selected_away: look(&file.selected_away)?,
            heading: look(&file.heading)?,
            headline: look(&file.headline)?,
            quote: look(&file.quote)?,
            quote_rule: look(&file.quote_rule)?,
            attribution: look(&file.attribution)?,
            figure: look(&file.figure)?,
            label: look(&file.label)?,
            note: look(&file.note)?,
            link: look(&file.link)?,
            dispute: look(&file.dispute)?,
            found: apart(&file.found, underlined)?,
            // In a selected row all is reversed.
            found_here: apart(&file.found_here, reversed.union(underlined))?,
            found_by_filter: apart(&file.found_by_filter, underlined)?,
            chip: apart(&file.chip, reversed)?,
            error: look(&file.error)?,
            warning: look(&file.warning)?,
            good: look(&file.good)?,
            lit: look(&file.lit)?,
            unlit: look(&file.unlit)?,
            key: look(&file.key)?,
            range: look(&file.range)?,
            speakers,
            name: file.name,
            about: file.about,
        })
    }

    /// The colour that a speaker keeps everywhere.
    pub fn speaker(&self, speaker: SpeakerIndex) -> Style {
        let count = self.speakers.len().max(1);
        self.speakers.get(speaker.0 as usize % count).copied().unwrap_or(self.text)
    }

    /// What a part of a record looks like.
    pub fn record(&self, role: Role) -> Style {
        match role {
            Role::Headline => self.headline,
            Role::Date => self.accent,
            Role::Speaker(speaker) => self.speaker(speaker).add_modifier(Modifier::BOLD),
            Role::Quote => self.quote,
            Role::QuoteRule => self.quote_rule,
            Role::Attribution => self.attribution,
            Role::Plain => self.text,
            Role::Figure => self.figure,
            Role::Label => self.label,
            Role::Note => self.note,
            Role::Link => self.link,
            Role::Dim => self.dim,
            Role::Dispute => self.dispute,
        }
    }
}

/// Of sixteen colours two shades may be one; letters are not of the colour that they stand on.
fn legible(style: Style, ground: Style, colours: Colours) -> Style {
    let under = style.bg.or(ground.bg);
    if colours != Colours::Sixteen || style.fg.is_none() || style.fg != under {
        return style;
    }
    style.fg(if under == Some(Color::Black) { Color::Gray } else { Color::Black })
}

/// With few colours or none, what is selected or found must still be told apart.
fn apart(style: Style, ground: Style, colours: Colours, modifier: Modifier) -> Style {
    let plain = |bg: Option<Color>| bg.is_none_or(|bg| matches!(bg, Color::Black | Color::Reset));
    let lost = style.bg == ground.bg || (plain(style.bg) && plain(ground.bg));
    match colours {
        Colours::None => Style::new().add_modifier(modifier),
        // Its letters may be of a shade that only its ground made readable.
        Colours::Sixteen if lost => Style::new().add_modifier(style.add_modifier | modifier),
        _ => style,
    }
}

fn style(look: &Look, colours: Colours) -> Result<Style, String> {
    let mut style = Style::new();
    style.fg = colour(look.fg.as_deref(), colours)?;
    style.bg = colour(look.bg.as_deref(), colours)?;
    for (on, modifier) in [
        (look.bold, Modifier::BOLD),
        (look.dim, Modifier::DIM),
        (look.italic, Modifier::ITALIC),
        (look.underline, Modifier::UNDERLINED),
        (look.reverse, Modifier::REVERSED),
    ] {
        if on {
            style = style.add_modifier(modifier);
        }
    }
    Ok(style)
}

fn colour(name: Option<&str>, colours: Colours) -> Result<Option<Color>, String> {
    let Some(name) = name else { return Ok(None) };
    let colour: Color = name.parse().map_err(|_| {
        format!("`{name}` is no colour: write `#rrggbb`, a name such as `lightblue`, or 0 to 255")
    })?;
    Ok(match (colours, colour) {
        (Colours::None, _) => None,
        (Colours::Sixteen, Color::Rgb(red, green, blue)) => Some(plainest(red, green, blue)),
        (Colours::Sixteen, Color::Indexed(index)) if index >= 16 => {
            let (red, green, blue) = shade(index);
            Some(plainest(red, green, blue))
        }
        (Colours::Indexed, Color::Rgb(red, green, blue)) => {
            Some(Color::Indexed(nearest(red, green, blue)))
        }
        _ => Some(colour),
    })
}

/// The steps of xterm's colour cube.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// Red, green and blue of one of xterm's 216 cube colours and 24 greys.
fn shade(index: u8) -> (u8, u8, u8) {
    if index >= 232 {
        let grey = 8 + (index - 232) * 10;
        return (grey, grey, grey);
    }
    let at = index.saturating_sub(16);
    let level = |part: u8| LEVELS.get(usize::from(part)).copied().unwrap_or(0);
    (level(at / 36), level(at / 6 % 6), level(at % 6))
}

/// The nearest of xterm's 216 cube colours and 24 greys.
fn nearest(red: u8, green: u8, blue: u8) -> u8 {
    let distance = |index: u8| {
        let square = |a: u8, b: u8| (i32::from(a) - i32::from(b)).pow(2);
        let (r, g, b) = shade(index);
        square(r, red) + square(g, green) + square(b, blue)
    };
    (16..=255).min_by_key(|index| distance(*index)).unwrap_or(7)
}

/// The one of the first eight that has the hue; of greys the darker or the lighter. The terminal
/// may show any shade of it, so its brightness says little.
fn plainest(red: u8, green: u8, blue: u8) -> Color {
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    if most - least < 40 {
        return if most < 96 { Color::Black } else { Color::Gray };
    }
    let middle = least + (most - least) / 2;
    match (red >= middle, green >= middle, blue >= middle) {
        (true, false, false) => Color::Red,
        (false, true, false) => Color::Green,
        (true, true, false) => Color::Yellow,
        (false, false, true) => Color::Blue,
        (true, false, true) => Color::Magenta,
        (false, true, true) => Color::Cyan,
        (true, true, true) | (false, false, false) => Color::Gray,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_themes_are_read_under_their_names() {
        for (name, text) in BUILT_IN {
            for colours in [Colours::None, Colours::Sixteen, Colours::Indexed, Colours::True] {
                let theme = Theme::parse(text, colours).unwrap();
                assert_eq!(theme.name, name);
                assert!(theme.speakers.len() >= 6);
            }
        }
    }

    #[test]
    fn no_colour_means_none() {
        for (_, text) in BUILT_IN {
            let theme = Theme::parse(text, Colours::None).unwrap();
            for style in [theme.ground, theme.selected, theme.quote, theme.found, theme.lit] {
                assert_eq!((style.fg, style.bg), (None, None));
            }
            assert_ne!(theme.selected.patch(theme.found_here), theme.selected);
        }
    }

    #[test]
    fn sixteen_colours_are_the_terminals_own() {
        for (name, text) in BUILT_IN {
            let theme = Theme::parse(text, Colours::Sixteen).unwrap();
            for role in [theme.selected, theme.found, theme.found_here, theme.chip] {
                let marks = Modifier::REVERSED | Modifier::UNDERLINED;
                let ground = theme.ground.bg.unwrap_or(Color::Black);
                let other = role.bg.is_some_and(|bg| bg != ground);
                assert!(other || role.add_modifier.intersects(marks), "{name}: {role:?}");
            }
            let roles = [theme.ground, theme.text, theme.dim, theme.quote, theme.found, theme.rule];
            for role in roles.iter().chain(&theme.speakers) {
                for colour in [role.fg, role.bg] {
                    assert!(!matches!(colour, Some(Color::Rgb(..) | Color::Indexed(_))), "{name}");
                }
                let under = role.bg.or(theme.ground.bg);
                assert!(under.is_none() || role.fg != under, "{name}: {role:?}");
            }
        }
        for ((red, green, blue), colour) in [
            ((0xe6, 0xb4, 0x50), Color::Yellow),
            ((0x7f, 0xb4, 0xca), Color::Cyan),
            ((0xd2, 0xa6, 0xff), Color::Magenta),
            ((0xf0, 0x71, 0x78), Color::Red),
            ((0x20, 0x20, 0x28), Color::Black),
            ((0xd5, 0xd8, 0xda), Color::Gray),
            ((0, 0, 255), Color::Blue),
            ((0, 255, 0), Color::Green),
        ] {
            assert_eq!(plainest(red, green, blue), colour);
        }
    }

    #[test]
    fn nearest_colours() {
        assert_eq!(nearest(0, 0, 0), 16);
        assert_eq!(nearest(255, 255, 255), 231);
        assert_eq!(nearest(255, 0, 0), 196);
        assert_eq!(nearest(128, 128, 128), 244);
    }

    #[test]
    fn a_colour_that_is_none_is_named() {
        let text = BUILT_IN[0].1.replace("\"#e6b450\"", "\"mauvish\"");
        assert!(Theme::parse(&text, Colours::True).unwrap_err().contains("`mauvish` is no colour"));
    }
}
