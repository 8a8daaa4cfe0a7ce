//! Text for people: wrapped, quotes set off, attributions and sources spelt out, dates read aloud.
//!
//! ```text
//! What U.S. officials said
//! ========================
//!
//! Dataset      What U.S. officials said (bakhmut.ron)
//! Entries      2 of 14; 12 left out
//!
//! ────────────────────────
//!
//! the record, as `dateline show` prints it
//! ```

use crate::export::{ExportError, Format, OptionKind, Output, Request, Thing, provenance, record};
use crate::text::{pad, width, wrap};

/// The format.
pub static FORMAT: Format = Format {
    name: "text",
    extensions: &["txt", "text"],
    about: "plain text, to be read or pasted into a message",
    options: &[OptionKind::Provenance, OptionKind::Width],
    write,
};

/// The width of the column of labels, with the space after it. A digest has room in 80 columns.
const LABEL: usize = 13;

fn write(request: &Request) -> Result<Output, ExportError> {
    let columns = request.options.width.max(24);
    let rule = format!("\n{}\n\n", "─".repeat(columns));
    let mut parts = Vec::new();
    if request.provenance.is_some() {
        parts.push(head(request, columns));
    }
    let records = request.entries.iter().map(|at| record::exported(request, *at, columns));
    parts.extend(records);
    Ok(Output::new(parts.join(&rule), Thing::Entry.times(request.entries.len())))
}

fn head(request: &Request, columns: usize) -> String {
    let mut head = String::new();
    let title = wrap(&request.timeline.title(), columns);
    let widest = title.iter().map(|line| width(line)).max().unwrap_or_default();
    for line in title {
        head.push_str(line.trim_end());
        head.push('\n');
    }
    head.push_str(&"=".repeat(widest));
    head.push_str("\n\n");
    for (label, value) in provenance::facts(request) {
        for (number, words) in wrap(&value, columns.saturating_sub(LABEL)).iter().enumerate() {
            let label = pad(if number == 0 { label } else { "" }, LABEL);
            head.push_str(format!("{label}{words}").trim_end());
            head.push('\n');
        }
    }
    head
}
