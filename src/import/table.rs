//! Tables of delimited text: CSV, TSV and their kin.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use csv::{ReaderBuilder, StringRecord};

use crate::import::ImportError;
use crate::import::sink::Sink;

/// A table being read.
pub(super) struct Table<'a> {
    reader: csv::Reader<Marks<'a>>,
    /// Where what has been read of the file stands, which may be ahead of the rows.
    at: Rc<Cell<At>>,
    /// Lines before the table.
    before: u64,
    /// The names of its columns.
    pub(super) head: Vec<String>,
    format: &'static str,
}

impl<'a> Table<'a> {
    /// Reads the head; the delimiter is found out where it is nothing.
    pub(super) fn new(
        from: &'a mut dyn BufRead,
        format: &'static str,
        delimiter: Option<u8>,
    ) -> Result<Table<'a>, ImportError> {
        let (mut before, mut named) = (0, None);
        // Excel may name the delimiter on a line of its own.
        let begins = from.fill_buf()?;
        if let [b's', b'e', b'p', b'=', named_delimiter, b'\n', ..] = begins {
            named = Some(*named_delimiter);
            io::copy(&mut (&mut *from).take(6), &mut io::sink())?;
            before = 1;
        }
        let delimiter = match named.or(delimiter) {
            Some(delimiter) => delimiter,
            None => sniff(from.fill_buf()?),
        };
        let at = Rc::new(Cell::new(At { line: before + 1, ..At::default() }));
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(Marks { from, delimiter, at: Rc::clone(&at) });
        let mut first = StringRecord::new();
        reader.read_record(&mut first).map_err(|error| broken(format, error))?;
        let head = (1..).zip(&first).map(|(number, name)| match name.trim() {
            "" => format!("column {number}"),
            name => name.to_owned(),
        });
        let head: Vec<String> = head.collect();
        if first.iter().all(|name| name.trim().is_empty()) {
            let reason = "there is no row of names at its head".to_owned();
            return Err(ImportError::Broken { format, line: before + 1, reason });
        }
        let table = Table { head, reader, at, before, format };
        match table.unclosed() {
            Some(line) => Err(ImportError::Broken { format, line, reason: UNCLOSED.to_owned() }),
            None => Ok(table),
        }
    }

    /// The line of a quotation mark that never closes, once the row that it swallowed the rest of
    /// the file into was read.
    fn unclosed(&self) -> Option<u64> {
        let at = self.at.get();
        // What has been read ahead may be in quotation marks that close further on.
        let all = self.reader.position().byte() == at.bytes;
        (all && at.state == State::Quoted).then_some(at.opened)
    }

    /// The next row with anything in it, and its line. A short row is as if filled up; what stands
    /// beyond the last column is told as lost.
    pub(super) fn next(
        &mut self,
        sink: &mut Sink,
        row: &mut StringRecord,
    ) -> Result<Option<u64>, ImportError> {
        loop {
            let more = self.reader.read_record(row).map_err(|error| broken(self.format, error))?;
            if !more {
                return Ok(None);
            }
            // The reader counts blank lines before a row as its own.
            let breaks = memchr::memchr_iter(b'\n', row.as_slice().as_bytes()).count() as u64;
            let from = row.position().map_or(1, csv::Position::line);
            let end = self.reader.position().line();
            let line = from.max(end.saturating_sub(breaks + 1)).saturating_add(self.before);
            if row.iter().all(|cell| cell.trim().is_empty()) {
                sink.note("rows with nothing in them", line);
                continue;
            }
            sink.row();
            if let Some(line) = self.unclosed() {
                sink.leave_out(line, UNCLOSED.to_owned())?;
                return Ok(None);
            }
            if row.iter().skip(self.head.len()).any(|cell| !cell.trim().is_empty()) {
                sink.lose("cells beyond the last column", line)?;
            }
            return Ok(Some(line));
        }
    }
}

/// What is wrong with a row that has no end.
const UNCLOSED: &str =
    "a quotation mark opens on it and never closes; all that follows is within it";

/// What the reader of rows is in the middle of (RFC 4180, 2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// Before a cell.
    #[default]
    Begin,
    /// In a cell without quotation marks around it.
    Bare,
    /// Within quotation marks.
    Quoted,
    /// Behind a quotation mark within: the cell ends, or it is one of two that stand for one.
    Behind,
}

/// How far a table has been read, in its own bytes.
#[derive(Clone, Copy, Debug, Default)]
struct At {
    state: State,
    bytes: u64,
    /// From 1.
    line: u64,
    /// The line of the last quotation mark that opened a cell.
    opened: u64,
}

impl At {
    fn after(mut self, byte: u8, delimiter: u8) -> At {
        self.bytes += 1;
        self.line += u64::from(byte == b'\n');
        self.state = match (self.state, byte) {
            (State::Begin, b'"') => {
                self.opened = self.line;
                State::Quoted
            }
            (State::Quoted, b'"') => State::Behind,
            (State::Quoted, _) | (State::Behind, b'"') => State::Quoted,
            (_, b'\r' | b'\n') => State::Begin,
            (_, byte) if byte == delimiter => State::Begin,
            _ => State::Bare,
        };
        self
    }
}

/// Follows the quotation marks, since the reader of rows does not tell whether the last closed.
struct Marks<'a> {
    from: &'a mut dyn BufRead,
    delimiter: u8,
    at: Rc<Cell<At>>,
}

impl Read for Marks<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(into)?;
        let read = into.get(..count).unwrap_or_default();
        let at = self.at.get();
        self.at.set(read.iter().fold(at, |at, byte| at.after(*byte, self.delimiter)));
        Ok(count)
    }
}

fn broken(format: &'static str, error: csv::Error) -> ImportError {
    let line = error.position().map_or(1, csv::Position::line);
    match error.into_kind() {
        csv::ErrorKind::Io(error) => ImportError::Read(error),
        kind => ImportError::Broken { format, line, reason: format!("{kind:?}") },
    }
}

/// The delimiter that stands most often in the first row, outside quotation marks.
pub(super) fn sniff(head: &[u8]) -> u8 {
    const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
    let mut counts = [0usize; 4];
    let mut quoted = false;
    for byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (count, delimiter) in counts.iter_mut().zip(DELIMITERS) {
                    *count += usize::from(*byte == delimiter);
                }
            }
        }
    }
    // Of several that stand as often, the first is taken.
    let most = counts.iter().copied().max().unwrap_or_default();
    counts.iter().zip(DELIMITERS).find(|(count, _)| **count == most).map_or(b',', |(_, at)| at)
}

/// The names in the first row of a text, in small letters; nothing for what is no table.
pub(super) fn head_of(text: &str) -> Vec<String> {
    let delimiter = sniff(text.as_bytes());
    let line = text.lines().next().unwrap_or_default();
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(line.as_bytes());
    let mut first = StringRecord::new();
    match reader.read_record(&mut first) {
        Ok(true) => first.iter().map(|name| name.trim().to_lowercase()).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_found() {
        for (head, delimiter) in [
            ("a,b,c\n1;2;3;4;5", b','),
            ("a;b, or c;d", b';'),
            ("a\tb\n", b'\t'),
            ("a|b|c", b'|'),
            ("\"a;b;c;d\",e", b','),
            ("alone", b','),
        ] {
            assert_eq!(char::from(sniff(head.as_bytes())), char::from(delimiter), "{head}");
        }
    }
}
