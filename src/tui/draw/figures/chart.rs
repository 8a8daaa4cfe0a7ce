//! The chart over the table: each claim a bar over the period that it covers, at its value.
//!
//! ```text
//! ━━━  surely covered      ╌╌╌  perhaps covered
//! ≈≈≈  about so many       ↑ ↓  or more, or less
//! ▒▒▒  from so many to so many
//!  ●   no period is given: it stands where it was said
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::tui::draw::put;
use crate::tui::state::State;
use crate::view::figures::chart::{Bar, Chart, Shape};
use crate::view::label::Glyphs;
use crate::view::ruler::Ruler;

/// Draws the chart with its two scales.
pub fn draw(state: &State, area: Rect, buffer: &mut Buffer) {
    let theme = &state.preferences.theme;
    let view = &state.views.figures;
    let Some((chart, labels)) = view.chart() else {
        let text = "None of these figures has a place in time.";
        if area.height > 3 {
            put(buffer, (area.x, area.y + 1), area.right(), text, theme.dim);
        }
        return;
    };
    let canvas = Canvas { state, area, chart };
    canvas.scales(buffer);
    // The one at the cursor lies over the others.
    let others = chart.bars.iter().filter(|bar| view.row != Some(bar.row));
    for bar in others.chain(view.bar()) {
        canvas.bar(bar, buffer);
    }
    for label in labels {
        let Some(bar) = chart.bars.get(label.bar) else { continue };
        let style = canvas.colour(bar);
        let end = area.right();
        put(buffer, canvas.at(label.row, label.column), end, &label.text, style);
    }
}

struct Canvas<'a> {
    state: &'a State,
    area: Rect,
    chart: &'a Chart,
}

impl Canvas<'_> {
    /// The cell of a row and a column of the plot.
    fn at(&self, row: usize, column: usize) -> (u16, u16) {
        let x = u16::try_from(self.chart.left + column).unwrap_or(u16::MAX);
        let y = u16::try_from(row).unwrap_or(u16::MAX);
        (self.area.x.saturating_add(x), self.area.y.saturating_add(y))
    }

    fn scales(&self, buffer: &mut Buffer) {
        let theme = &self.state.preferences.theme;
        let ascii = self.state.preferences.glyphs == Glyphs::Ascii;
        let (line, tick) = if ascii { ("|", "+") } else { ("│", "┤") };
        let right = u16::try_from(self.chart.left).unwrap_or(0);
        let rule = self.area.x.saturating_add(right).saturating_sub(1);
        let height = self.chart.scale.height();
        for row in 0..height {
            let (_, y) = self.at(row, 0);
            buffer.set_string(rule, y, line, theme.rule);
        }
        for (row, text) in &self.chart.ticks {
            let (_, y) = self.at(*row, 0);
            let wide = u16::try_from(text.chars().count()).unwrap_or(0);
            put(buffer, (rule.saturating_sub(1 + wide), y), rule, text, theme.dim);
            buffer.set_string(rule, y, tick, theme.rule);
        }
        let ruler = Ruler::new(&self.chart.axis, None);
        for (row, labels, style) in [(0, &ruler.minor, theme.dim), (1, &ruler.major, theme.heading)]
        {
            for label in labels {
                let place = self.at(height + row, label.column);
                put(buffer, place, self.area.right(), &label.text, style);
            }
        }
    }

    fn colour(&self, bar: &Bar) -> Style {
        let theme = &self.state.preferences.theme;
        let view = &self.state.views.figures;
        let entry = view.rows().get(bar.row).map(|row| row.entry);
        let speaker = entry.and_then(|entry| self.state.timeline.speaker_of(entry));
        let style = speaker
            .map_or(theme.text, |speaker| theme.speaker(self.state.timeline.person(speaker)));
        if view.row == Some(bar.row) { theme.accent.add_modifier(Modifier::BOLD) } else { style }
    }

    fn bar(&self, bar: &Bar, buffer: &mut Buffer) {
        let style = self.colour(bar);
        let ascii = self.state.preferences.glyphs == Glyphs::Ascii;
        let pick = |unicode: &'static str, plain| if ascii { plain } else { unicode };
        let (from, to) = bar.columns;
        for row in bar.rows.0..=bar.rows.1 {
            for column in from..=to {
                let firm = bar.firm.is_some_and(|(first, last)| first <= column && column <= last);
                let glyph = match bar.shape {
                    _ if bar.dated_by_entry && bar.shape != Shape::Band => pick("●", "*"),
                    Shape::Band => pick("▒", "#"),
                    Shape::Soft if firm => pick("≈", "~"),
                    _ if firm => pick("━", "="),
                    _ => pick("╌", "-"),
                };
                let (x, y) = self.at(row, column);
                buffer.set_string(x, y, glyph, style);
            }
        }
        let edge = |column: usize, glyph: &str, buffer: &mut Buffer| {
            let (x, y) = self.at(bar.rows.0, column);
            buffer.set_string(x, y, glyph, style);
        };
        if bar.before {
            edge(from, pick("◀", "<"), buffer);
        }
        if bar.onwards {
            edge(to, pick("▶", ">"), buffer);
        }
        if let Some((row, column)) = bar.arrow(self.chart.scale.height()) {
            let up = bar.shape == Shape::Floor;
            let arrow = if up { pick("↑", "^") } else { pick("↓", "v") };
            let (x, y) = self.at(row, column);
            buffer.set_string(x, y, arrow, style);
        }
    }
}
