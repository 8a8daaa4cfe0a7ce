//! Comma-separated values and the like, whatever the columns are called.

use std::io::BufRead;

use csv::StringRecord;

use crate::dataset::did_you_mean;
use crate::import::fields::{Field, Meaning, Meanings, is_bare_name};
use crate::import::flat::Row;
use crate::import::sink::Sink;
use crate::import::table::Table;
use crate::import::{Format, ImportError};
use crate::text::visible;

/// Any delimiter.
pub(super) static FORMAT: Format = Format {
    name: "csv",
    extensions: &["csv", "txt"],
    about: "a table with a head, of any delimiter",
    begins: |_| false,
    read: |from, sink| read(from, sink, None),
};

/// Tabs.
pub(super) static FORMAT_TABS: Format = Format {
    name: "tsv",
    extensions: &["tsv", "tab"],
    about: "a table with a head, parted by tabs",
    begins: |_| false,
    read: |from, sink| read(from, sink, Some(b'\t')),
};

fn read(from: &mut dyn BufRead, sink: &mut Sink, delimiter: Option<u8>) -> Result<(), ImportError> {
    let mut table = Table::new(from, "CSV", delimiter)?;
    let mut meanings = Meanings::new(&sink.options.map);
    let names = || table.head.iter().map(String::as_str);
    let mut columns: Vec<Meaning> = table.head.iter().map(|name| meanings.of(name)).collect();
    let spoken = [Field::Headline, Field::Quote, Field::Paraphrase];
    if !columns.iter().flatten().any(|(field, _)| spoken.contains(field)) {
        // A table of names and nothing said lists what happened, not who spoke.
        for (meaning, _) in columns.iter_mut().zip(names()).filter(|(_, name)| is_bare_name(name)) {
            *meaning = meaning.map(|(field, rank)| {
                (if field == Field::Speaker && rank > 0 { Field::Headline } else { field }, rank)
            });
        }
    }
    if let Some(column) = meanings.missing() {
        let hint = did_you_mean(column, names())
            .unwrap_or_else(|| format!("there are {}", shown(&table.head)));
        let hint = format!("; {hint}");
        return Err(ImportError::NoColumn { column: column.to_owned(), hint });
    }
    let dated = columns
        .iter()
        .flatten()
        .any(|(field, _)| matches!(field, Field::Date | Field::Time | Field::End));
    if !dated && !sink.options.undated {
        return Err(ImportError::NoDate { columns: shown(&table.head) });
    }
    let head = table.head.clone();
    let mut record = StringRecord::new();
    while let Some(line) = table.next(sink, &mut record)? {
        let mut row = Row::new(line);
        for ((cell, name), meaning) in record.iter().zip(&head).zip(&columns) {
            let unused = match meaning {
                Some(meaning) => row.push(*meaning, name, cell),
                None => (!cell.trim().is_empty()).then(|| name.clone()),
            };
            if let Some(column) = unused {
                sink.unused(&column, line)?;
            }
        }
        let draft = row.draft(sink)?;
        sink.add(draft)?;
    }
    Ok(())
}

/// The names of columns, as many as can be read at a glance.
pub(super) fn shown(columns: &[String]) -> String {
    const MOST: usize = 20;
    let mut names: Vec<String> =
        columns.iter().take(MOST).map(|name| format!("`{}`", visible(name))).collect();
    if columns.len() > MOST {
        names.push(format!("{} more", columns.len() - MOST));
    }
    names.join(", ")
}
