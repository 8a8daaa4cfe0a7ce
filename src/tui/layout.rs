//! Where each part of the screen lies, computed before anything is drawn.
//!
//! ```text
//! title · query                                      n of m
//! the strip
//! its axis
//! ──────────────────────────────┬──────────────────────────
//! timeline                      │ detail
//! ─────────────────────────────────────────────────────────
//! hints                                            position
//! ```
//!
//! Below [`WIDE`] columns the detail lies under the timeline.

use ratatui::layout::{Constraint, Layout, Rect};

/// The width, in cells, from which timeline and detail stand side by side.
pub const WIDE: u16 = 96;

/// The smallest screen that can be worked with, in cells.
pub const SMALLEST: (u16, u16) = (40, 12);

/// The parts of the screen. A part for which there is no room is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    /// Title and what is filtered.
    pub title: Rect,
    /// The density strip.
    pub strip: Rect,
    /// The strip's axis.
    pub axis: Rect,
    /// The rule above the panes.
    pub rule: Rect,
    /// The timeline's rows.
    pub timeline: Rect,
    /// The rule between the panes.
    pub divider: Rect,
    /// The record's lines, without the margin around them.
    pub detail: Rect,
    /// The rule under the panes.
    pub lower_rule: Rect,
    /// Hints, messages and the position.
    pub bar: Rect,
    /// Whether timeline and detail stand side by side.
    pub wide: bool,
}

impl Areas {
    /// Timeline, divider and detail together.
    pub fn body(&self) -> Rect {
        let from = self.rule.bottom();
        Rect {
            x: self.rule.x,
            y: from,
            width: self.rule.width,
            height: self.lower_rule.y.saturating_sub(from),
        }
    }
}

/// Wider, a name and its number are hard to see together, in cells.
const WIDTH_OF_PANEL: u16 = 84;

/// Where a list of so many rows lies over a screen: its frame, and the rows within. Above the
/// rows is one for what narrows them, below them one for hints.
pub fn panel(size: (u16, u16), rows: usize) -> (Rect, Rect) {
    // Too little of what lies below it would be seen at its sides.
    let width = if size.0 < WIDTH_OF_PANEL + 12 { size.0 } else { WIDTH_OF_PANEL };
    let most = size.1.saturating_sub(8);
    let height = u16::try_from(rows).unwrap_or(u16::MAX).clamp(3, most.max(3));
    let frame = Rect {
        x: size.0.saturating_sub(width) / 2,
        y: size.1.saturating_sub(height.saturating_add(4)) / 3,
        width,
        height: height.saturating_add(4),
    }
    .intersection(Rect::new(0, 0, size.0, size.1));
    let rows = Rect {
        x: frame.x.saturating_add(2),
        y: frame.y.saturating_add(2),
        width: frame.width.saturating_sub(4),
        height: frame.height.saturating_sub(4),
    };
    (frame, rows)
}

/// Where a dialog lies over a screen: from side to side and down to the bar, so that nothing of what
/// lies below it looks like a part of it. On a low screen it takes the title too.
pub fn dialog(size: (u16, u16)) -> Rect {
    let above = u16::from(size.1 >= TALL);
    Rect { x: 0, y: above, width: size.0, height: size.1.saturating_sub(above + 1) }
}

/// The lines of the export dialog above its preview, where there is room.
const EXPORT_LINES: u16 = 8;

/// Where the export dialog lies, which has so many lines: its frame, and its preview with the rule
/// above it. On a low screen the lines matter more.
pub fn export(size: (u16, u16), lines: usize) -> (Rect, Rect) {
    let frame = dialog(size);
    let inside = frame.height.saturating_sub(2);
    let needed = u16::try_from(lines).unwrap_or(u16::MAX).min(inside);
    let spare = (inside - needed) / 3;
    let lines = needed.saturating_add(spare.min(EXPORT_LINES.saturating_sub(needed)));
    let preview = Rect {
        x: frame.x.saturating_add(1),
        y: frame.y.saturating_add(1).saturating_add(lines),
        width: frame.width.saturating_sub(2),
        height: inside.saturating_sub(lines),
    };
    (frame, preview)
}

/// Wider lines are hard to read, in cells.
pub const WIDEST_LINE: u16 = 112;

/// Where the lines of a form lie over a screen, within its frame.
pub fn form(size: (u16, u16)) -> Rect {
    let frame = dialog(size);
    Rect {
        x: frame.x.saturating_add(1),
        y: frame.y.saturating_add(1),
        width: frame.width.saturating_sub(2).min(WIDEST_LINE),
        height: frame.height.saturating_sub(2),
    }
}

/// From so many rows on there is room for more than what is needed.
const TALL: u16 = 20;

/// Whether the screen is too small to be worked with.
pub fn too_small(size: (u16, u16)) -> bool {
    size.0 < SMALLEST.0 || size.1 < SMALLEST.1
}

/// Lays out a screen of `size` cells of which the timeline takes `split` percent.
pub fn areas(size: (u16, u16), split: u16) -> Areas {
    let whole = Rect::new(0, 0, size.0, size.1);
    if too_small(size) {
        return Areas::default();
    }
    let tall = size.1 >= TALL;
    let [title, strip, axis, rule, body, lower_rule, bar] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(u16::from(tall)),
        Constraint::Length(u16::from(tall)),
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(whole);
    let split = split.clamp(20, 80);
    let wide = size.0 >= WIDE;
    let (timeline, divider, detail) = if wide {
        let [timeline, divider, detail] = Layout::horizontal([
            Constraint::Percentage(split),
            Constraint::Length(1),
            Constraint::Fill(1),
        ])
        .areas(body);
        (timeline, divider, inset(detail, 2, 2))
    } else {
        let [timeline, divider, detail] = Layout::vertical([
            Constraint::Percentage(split),
            Constraint::Length(1),
            Constraint::Fill(1),
        ])
        .areas(body);
        (timeline, divider, inset(detail, 2, 1))
    };
    Areas {
        title,
        strip: inset(strip, 1, 1),
        axis: inset(axis, 1, 1),
        rule,
        timeline,
        divider,
        detail,
        lower_rule,
        bar,
        wide,
    }
}

/// Lays out a screen with a view across its whole width: so many rows of the body for it, then a
/// rule and what lies below. Where the body has no room for both, the view has all of it, or with
/// no rows none.
pub fn stacked(size: (u16, u16), upper: u16) -> Areas {
    let areas = areas(size, 50);
    if too_small(size) { areas } else { stack(areas, upper) }
}

/// The same without the strip, whose place the view takes.
pub fn stacked_high(size: (u16, u16), upper: impl Fn(u16) -> u16) -> Areas {
    let areas = areas(size, 50);
    if too_small(size) {
        return areas;
    }
    let none = Rect { height: 0, ..areas.strip };
    let rule = Rect { y: areas.title.bottom(), ..areas.rule };
    let areas = Areas { strip: none, axis: none, rule, ..areas };
    stack(areas, upper(areas.body().height))
}

fn stack(areas: Areas, upper: u16) -> Areas {
    let body = areas.body();
    let upper = if upper.saturating_add(1) < body.height { upper } else { body.height };
    let rule = u16::from(upper > 0 && upper < body.height);
    let timeline = Rect { height: upper, ..body };
    let divider = Rect { y: timeline.bottom(), height: rule, ..body };
    let below = divider.bottom();
    let detail = Rect { y: below, height: body.bottom().saturating_sub(below), ..body };
    Areas { timeline, divider, detail: inset(detail, 2, 1), wide: false, ..areas }
}

fn inset(area: Rect, left: u16, right: u16) -> Rect {
    Rect {
        x: area.x.saturating_add(left),
        width: area.width.saturating_sub(left.saturating_add(right)),
        ..area
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_shows_something_of_itself_on_the_smallest_screen() {
        for (height, lines, shown) in [
            // The rule above it tells how much it is.
            (12, 6, 2),
            (12, 5, 3),
            (16, 5, 6),
            (24, 6, 12),
            (24, 3, 12),
            (60, 5, 48),
        ] {
            let (frame, preview) = export((40, height), lines);
            assert_eq!(preview.height, shown, "{height} rows, {lines} lines");
            assert_eq!(preview.bottom() + 1, frame.bottom());
            assert!(usize::from(preview.y - frame.y - 1) >= lines);
        }
        // Nothing overflows on screens that are too small for anything.
        for height in 0..12 {
            export((3, height), 9);
        }
    }
}
