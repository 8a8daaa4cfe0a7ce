//! `dateline figures`: every figure claimed, with how much that is a month.

use crate::cli::args::{Figures, TableFormat};
use crate::cli::narrow::select;
use crate::cli::{Failure, Outcome, inputs, print, read, width};
use crate::model::Timeline;
use crate::view::compare::FigureRef;
use crate::view::figures::table::Table;
use crate::view::figures::{Column, FigureRecord, FigureRow, machine_table, rows, sort, table};

/// Prints the figures as a table, or for a machine.
pub fn run(figures: &Figures) -> Result<Outcome, Failure> {
    let column = figures.sort.as_deref().map(column).transpose()?;
    let (reading, outcome) = read(&inputs(&figures.files)?);
    let timeline = reading.timeline;
    let shown = select(&timeline, figures.query.as_deref())?;
    let mut rows = rows(&timeline, &shown);
    if column.is_some() || figures.reverse {
        sort(&mut rows, column.unwrap_or_default(), figures.reverse);
    }
    let records = || rows.iter().map(|row| FigureRecord::of(&timeline, row)).collect::<Vec<_>>();
    let text = match figures.format {
        TableFormat::Text if rows.is_empty() => "No entry claims a figure.\n".to_owned(),
        TableFormat::Text => {
            let width = width(figures.width, WIDTH);
            named(&timeline, &rows, width).to_text(width)
        }
        TableFormat::Markdown => table(&rows).to_markdown(),
        TableFormat::Csv => machine_table(&records()).to_csv(),
        TableFormat::Json => json(&records())?,
    };
    print(&text)?;
    Ok(outcome)
}

/// Wide enough for a table that nothing wraps in, in columns; where no terminal says otherwise.
const WIDTH: usize = 160;

/// What a person reads at a terminal, with the names by which `dateline compare` takes figures.
/// Where there is no room for all of it, columns give way before those names are broken.
fn named(timeline: &Timeline, rows: &[FigureRow], width: usize) -> Table {
    const GIVING_WAY: [Column; 5] =
        [Column::Of, Column::Place, Column::Period, Column::Rate, Column::When];
    let mut columns = vec![
        Column::Claimed,
        Column::Measure,
        Column::Of,
        Column::Place,
        Column::Period,
        Column::Rate,
        Column::Who,
        Column::When,
    ];
    let mut giving_way = GIVING_WAY.into_iter();
    loop {
        let table = of_columns(timeline, rows, &columns);
        let (whole, narrow) = (table.widths(usize::MAX), table.widths(width));
        if whole.last() <= narrow.last() {
            return table;
        }
        let Some(column) = giving_way.next() else { return table };
        columns.retain(|other| *other != column);
    }
}

fn of_columns(timeline: &Timeline, rows: &[FigureRow], columns: &[Column]) -> Table {
    let titles = columns.iter().map(|column| column.title().to_owned());
    let row = |row: &FigureRow| {
        let name = FigureRef { entry: row.entry, number: row.number }.name(timeline);
        columns.iter().map(|column| row.cell(*column)).chain([name]).collect()
    };
    Table { head: titles.chain(["id".to_owned()]).collect(), rows: rows.iter().map(row).collect() }
}

/// As JSON, with a line end.
pub fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    Ok(crate::export::json::pretty(value))
}

/// The column of a title, with or without its article: `a month` or `month`.
fn column(name: &str) -> Result<Column, Failure> {
    let title = |column: &Column| column.title().trim_start_matches("a ");
    let wanted = name.to_lowercase();
    let wanted = wanted.trim_start_matches("a ");
    Column::ALL.into_iter().find(|column| title(column) == wanted).ok_or_else(|| {
        let known: Vec<&str> = Column::ALL.iter().map(title).collect();
        Failure::Usage(format!("no column `{name}`; there are {}", known.join(", ")))
    })
}
