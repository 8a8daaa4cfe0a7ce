//! Themes: what each role on the screen looks like, as data.
//!
//! Widgets name roles, never colours. A theme is a RON file; five are built in, and a user's own
//! lie in the config folder. What is read stands out from what lies behind it by 4.5 to 1, a mark
//! or a rule by 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11), on the selected row too.

mod auto;
mod contrast;
mod few;
mod shades;

#[cfg(test)]
mod tests;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

pub use auto::{AUTO, Looks};
pub use contrast::Rgb;

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

/// What a role is to the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// Words, to be read.
    Words,
    /// A mark, to be seen.
    Mark,
    /// A rule between parts of the screen, which no row crosses.
    Rule,
    /// A row, under words of any role.
    Row,
    /// What lies over words of any role, such as what was searched for.
    Over,
}

/// Declares the roles, each with its sort, as fields of the file and of the theme.
macro_rules! roles {
    ($($role:ident: $sort:ident,)+) => {
        #[derive(Clone, Debug, Deserialize)]
        #[serde(rename = "Theme", deny_unknown_fields)]
        struct ThemeFile {
            name: String,
            #[serde(default)]
            about: String,
            #[serde(default)]
            ground: Look,
            $($role: Look,)+
            speakers: Vec<String>,
        }

        /// The style of every role.
        #[derive(Clone, Debug, Default)]
        #[allow(missing_docs, reason = "each field is the role that its name says")]
        pub struct Theme {
            pub name: String,
            pub about: String,
            pub ground: Style,
            $(pub $role: Style,)+
            pub speakers: Vec<Style>,
        }

        impl Theme {
            fn of(
                file: ThemeFile,
                ground: Style,
                style: impl Fn(&Look, Sort) -> Result<Style, String>,
            ) -> Result<Theme, String> {
                let speaker = |colour: &String| {
                    let fg = (!colour.is_empty()).then(|| colour.clone());
                    style(&Look { fg, ..Look::default() }, Sort::Words)
                };
                Ok(Theme {
                    ground,
                    $($role: style(&file.$role, Sort::$sort)?,)+
                    speakers: file.speakers.iter().map(speaker).collect::<Result<_, _>>()?,
                    name: file.name,
                    about: file.about,
                })
            }

            /// All roles by their names.
            fn roles(&self) -> Vec<(&'static str, Sort, Style)> {
                let roles = [$((stringify!($role), Sort::$sort, self.$role),)+];
                let speakers = self.speakers.iter().map(|style| ("speakers", Sort::Words, *style));
                roles.into_iter().chain(speakers).collect()
            }

            /// Changes every style.
            fn change(&mut self, change: impl Fn(Style) -> Style) {
                self.ground = change(self.ground);
                $(self.$role = change(self.$role);)+
                self.speakers.iter_mut().for_each(|style| *style = change(*style));
            }
        }
    };
}

roles! {
    title: Words,
    accent: Words,
    text: Words,
    dim: Words,
    rule: Rule,
    selected: Row,
    selected_away: Row,
    heading: Words,
    headline: Words,
    quote: Words,
    quote_rule: Mark,
    attribution: Words,
    figure: Words,
    label: Words,
    note: Words,
    link: Words,
    dispute: Words,
    found: Over,
    found_here: Over,
    found_by_filter: Over,
    chip: Over,
    error: Words,
    warning: Words,
    good: Words,
    lit: Mark,
    unlit: Mark,
    key: Words,
    range: Words,
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

/// The built-in themes: name and text.
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
        let mut theme = Theme::of(file, ground, |look, sort| {
            let mut style = style(look, colours)?;
            if sort == Sort::Words && !look.dim {
                // Where they stand in a rule they are not as faint as it.
                style = style.remove_modifier(Modifier::DIM);
            }
            Ok(match colours {
                Colours::None | Colours::Sixteen => few::style(style, sort, ground.bg),
                Colours::Indexed | Colours::True => style,
            })
        })?;
        if matches!(colours, Colours::None | Colours::Sixteen) {
            theme.found_here = theme.found_here.add_modifier(Modifier::UNDERLINED);
            theme.selected = Style::new().add_modifier(Modifier::REVERSED);
            theme.selected_away = Style::new().add_modifier(Modifier::UNDERLINED);
        }
        Ok(theme)
    }

    /// Without italics, for terminals that show something else instead.
    #[must_use]
    pub fn upright(mut self) -> Theme {
        self.change(|mut style| {
            style.add_modifier.remove(Modifier::ITALIC);
            style
        });
        self
    }

    /// What a role looks like on a row of another style, such as the selected one. A row that is
    /// turned round looks the same from end to end: colours made for its ground are lost on it.
    pub fn over(style: Style, row: Style) -> Style {
        if row.add_modifier.contains(Modifier::REVERSED) { row } else { style.patch(row) }
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
        (Colours::Sixteen, Color::Rgb(red, green, blue)) => Some(few::plainest(red, green, blue)),
        (Colours::Sixteen, Color::Indexed(index)) if index >= 16 => {
            let (red, green, blue) = shades::shade(index);
            Some(few::plainest(red, green, blue))
        }
        (Colours::Indexed, Color::Rgb(red, green, blue)) => {
            Some(Color::Indexed(shades::nearest(red, green, blue)))
        }
        _ => Some(colour),
    })
}
