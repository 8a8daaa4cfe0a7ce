//! A lane as columns, and as characters.

use crate::model::{EntryIndex, Kind, Timeline};
use crate::view::axis::{Axis, Stretch};
use crate::view::label::{Glyphs, mark};
use crate::view::lanes::{Lane, Lanes, Mark, Stab};
use crate::when::{Day, Precision};

/// What a column of a lane shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Class {
    /// Nothing.
    #[default]
    Empty,
    /// A break, which stands for a long time without entries.
    Fold,
    /// One entry, and how well its date is known.
    Mark(Kind, Precision),
    /// So many entries.
    Count(usize),
    /// An interval lasts.
    Firm,
    /// An entry may have been here, or an interval may have lasted.
    Loose,
    /// Beside the end of an approximate date.
    Faint,
    /// An interval has no beginning.
    Before,
    /// An interval has no end.
    Onwards,
}

impl Class {
    /// The character that stands for it. A count above nine is a `+`; [`draw`] finds room for
    /// more digits.
    pub fn glyph(self, glyphs: Glyphs) -> char {
        let ascii = glyphs == Glyphs::Ascii;
        match self {
            Class::Empty => ' ',
            Class::Fold => {
                if ascii {
                    '~'
                } else {
                    '⁞'
                }
            }
            Class::Mark(kind, precision) => mark(kind, precision, glyphs),
            Class::Count(count) => u32::try_from(count)
                .ok()
                .and_then(|count| char::from_digit(count, 10))
                .unwrap_or('+'),
            Class::Firm => {
                if ascii {
                    '-'
                } else {
                    '─'
                }
            }
            Class::Loose => {
                if ascii {
                    ':'
                } else {
                    '░'
                }
            }
            Class::Faint => {
                if ascii {
                    '\''
                } else {
                    '·'
                }
            }
            Class::Before => {
                if ascii {
                    '<'
                } else {
                    '◀'
                }
            }
            Class::Onwards => {
                if ascii {
                    '>'
                } else {
                    '▶'
                }
            }
        }
    }
}

/// One column of a lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it shows.
    pub class: Class,
    /// An entry that it shows: the cursor's if that is marked here, else the first marked here,
    /// else one whose bar passes.
    pub entry: Option<EntryIndex>,
}

/// The cells as characters, one a cell. A count of several digits takes the place of the cells to
/// its right, where those hold no marks, else it is a `+`.
pub fn draw(cells: &[Cell], glyphs: Glyphs) -> String {
    let mut line: Vec<char> = cells.iter().map(|cell| cell.class.glyph(glyphs)).collect();
    for (column, cell) in cells.iter().enumerate() {
        let Class::Count(count) = cell.class else { continue };
        let digits = count.to_string();
        let room = column + 1..column + digits.len();
        let free =
            |cell: &Cell| !matches!(cell.class, Class::Count(_) | Class::Mark(..) | Class::Fold);
        if cells.get(room.clone()).is_some_and(|cells| cells.iter().all(free))
            && let Some(place) = line.get_mut(column..room.end)
        {
            place.iter_mut().zip(digits.chars()).for_each(|(place, digit)| *place = digit);
        }
    }
    line.into_iter().collect()
}

/// A few binary searches a column.
pub(super) fn cells(
    timeline: &Timeline,
    lane: &Lane,
    axis: &Axis,
    cursor: Option<EntryIndex>,
) -> Vec<Cell> {
    let cursor = cursor.filter(|entry| lane.holds(*entry, Lanes::day(timeline, *entry)));
    let mut cells: Vec<Cell> = (0..axis.columns())
        .map(|column| {
            let Ok(at) = isize::try_from(column) else { return Cell::default() };
            let stretch = axis.stretch(at);
            marked(timeline, lane, axis, column, cursor)
                .or_else(|| stretch.folded.then_some(Cell { class: Class::Fold, entry: None }))
                .or_else(|| bar(lane, stretch))
                .or_else(|| beside(lane, axis.stretch(at - 1), axis.stretch(at + 1)))
                .unwrap_or_default()
        })
        .collect();
    arrows(lane, axis, &mut cells);
    cells
}

fn marked(
    timeline: &Timeline,
    lane: &Lane,
    axis: &Axis,
    column: usize,
    cursor: Option<EntryIndex>,
) -> Option<Cell> {
    let marks = lane.marked(axis, column);
    let first = marks.first()?;
    if marks.len() == 1 {
        let precision = timeline.precision(first.entry);
        let class = Class::Mark(timeline.kind(first.entry), precision);
        return Some(Cell { class, entry: Some(first.entry) });
    }
    let chosen = cursor.filter(|cursor| {
        Lanes::day(timeline, *cursor)
            .is_some_and(|day| marks.binary_search(&Mark::new(day, *cursor)).is_ok())
    });
    Some(Cell { class: Class::Count(marks.len()), entry: chosen.or(Some(first.entry)) })
}

fn bar(lane: &Lane, Stretch { first, last, .. }: Stretch) -> Option<Cell> {
    let firm = lane.firm.touching(first, last).map(|entry| (Class::Firm, entry));
    let loose = || lane.loose.touching(first, last).map(|entry| (Class::Loose, entry));
    let (class, entry) = firm.or_else(loose)?;
    Some(Cell { class, entry: Some(entry) })
}

/// A column to whose left or right an approximate date ends.
fn beside(lane: &Lane, before: Stretch, after: Stretch) -> Option<Cell> {
    let touching = |soft: &Stab, stretch: Stretch| {
        soft.touching(stretch.first, stretch.last).filter(|_| !stretch.folded)
    };
    let entry = touching(&lane.soft_end, before).or_else(|| touching(&lane.soft_start, after))?;
    Some(Cell { class: Class::Faint, entry: Some(entry) })
}

/// The arrows of intervals without an end or beginning, at the window's edges, where no mark is.
fn arrows(lane: &Lane, axis: &Axis, cells: &mut [Cell]) {
    let Some((first, last)) = axis.days() else { return };
    let point =
        |edge: Option<&mut Cell>, class: Class, open: Option<(Day, EntryIndex)>, in_sight: bool| {
            if let (Some(cell), Some((_, entry))) = (edge, open.filter(|_| in_sight))
                && !matches!(cell.class, Class::Mark(..) | Class::Count(_))
            {
                *cell = Cell { class, entry: Some(entry) };
            }
        };
    let runs_on = lane.onwards.is_some_and(|(day, _)| day <= last);
    let runs_in = lane.before.is_some_and(|(day, _)| day >= first);
    point(cells.last_mut(), Class::Onwards, lane.onwards, runs_on);
    point(cells.first_mut(), Class::Before, lane.before, runs_in);
}
