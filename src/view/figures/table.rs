//! A table as text, Markdown and CSV.

use crate::text::{pad, visible, width, wrap};

/// Between two columns, in cells.
const GAP: usize = 2;

/// No column that has to give way becomes narrower than this, in cells.
const LEAST: usize = 8;

/// Longer words than this are broken before other columns lose theirs, in cells.
const WORD: usize = 24;

/// Cells under headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What stands over each column.
    pub head: Vec<String>,
    /// The rows, each with as many cells as there are headings.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The width of each column in a table of at most `columns` cells: what the widest cell
    /// needs, and where that is too much, less for the widest columns; they wrap.
    pub fn widths(&self, columns: usize) -> Vec<usize> {
        let widest = |at: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(at));
            cells.chain(self.head.get(at)).map(|cell| width(&visible(cell))).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = (0..self.head.len()).map(widest).collect();
        let gaps = GAP * widths.iter().filter(|width| **width > 0).count().saturating_sub(1);
        let mut over = (widths.iter().sum::<usize>() + gaps).saturating_sub(columns);
        // Words are kept whole as long as that can be.
        let words: Vec<usize> = (0..self.head.len()).map(|at| self.longest_word(at)).collect();
        for least in [words, vec![LEAST; widths.len()]] {
            while over > 0 {
                let most = widths.iter().zip(&least).filter(|(width, least)| width > least);
                let most = most.map(|(width, _)| *width).max().unwrap_or(0);
                let tied = widths.iter().zip(&least);
                let tied = tied.filter(|(width, least)| **width == most && most > **least).count();
                let next = widths.iter().filter(|width| **width < most).max().copied();
                let mut can = widths.iter_mut().zip(&least).rev();
                let can = can.find(|(width, least)| **width == most && most > **least);
                let Some((width, least)) = can else { break };
                // Texts that are as wide as one another give way together; a word or two are rather
                // kept whole in one column.
                let share = if most > WORD { over.div_ceil(tied.max(1)) } else { over };
                let cut = most.saturating_sub(next.unwrap_or(0).max(*least)).clamp(1, share);
                *width -= cut;
                over -= cut;
            }
        }
        widths
    }

    /// The longest word in a column, within reason, in cells.
    fn longest_word(&self, at: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(at)).chain(self.head.get(at));
        let words = cells.flat_map(|cell| cell.split_whitespace());
        words.map(|word| width(&visible(word))).max().unwrap_or(0).clamp(LEAST, WORD)
    }

    /// As text, in at most `columns` cells where that can be; each line ended. Columns without
    /// any words are left out.
    pub fn to_text(&self, columns: usize) -> String {
        let widths = self.widths(columns);
        let used = widths.iter().filter(|width| **width > 0);
        let rule = used.clone().sum::<usize>() + GAP * used.count().saturating_sub(1);
        let mut out = lines(&self.head, &widths);
        if !self.rows.is_empty() {
            out.push_str(&"─".repeat(rule));
            out.push('\n');
        }
        out.extend(self.rows.iter().map(|row| lines(row, &widths)));
        out
    }

    /// As CSV (RFC 4180), with a line of headings. A cell that a spreadsheet would run as a formula
    /// begins with an apostrophe, which says that it is text.
    pub fn to_csv(&self) -> String {
        let field = |cell: &String| {
            let formula =
                cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
            let safe = if formula && cell.parse::<f64>().is_err() {
                format!("'{cell}")
            } else {
                cell.clone()
            };
            match safe.contains([',', '"', '\r', '\n']) {
                true => format!("\"{}\"", safe.replace('"', "\"\"")),
                false => safe,
            }
        };
        let line =
            |cells: &Vec<String>| cells.iter().map(field).collect::<Vec<_>>().join(",") + "\r\n";
        std::iter::once(&self.head).chain(&self.rows).map(line).collect()
    }

    /// As a table of GitHub Flavored Markdown, each line ended.
    pub fn to_markdown(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let cells = |row: &Vec<String>| row.iter().map(|cell| markdown(cell)).collect::<Vec<_>>();
        let rule = vec!["---".to_owned(); self.head.len()];
        let rows: String = self.rows.iter().map(|row| line(&cells(row))).collect();
        format!("{}{}{rows}", line(&cells(&self.head)), line(&rule))
    }
}

/// A row as the lines that it takes.
fn lines(cells: &[String], widths: &[usize]) -> String {
    let cells = cells.iter().zip(widths).filter(|(_, width)| **width > 0);
    let wrapped: Vec<(Vec<String>, usize)> =
        cells.map(|(cell, width)| (wrap(cell, *width), *width)).collect();
    let mut out = String::new();
    for at in 0..wrapped.iter().map(|(cell, _)| cell.len()).max().unwrap_or(0) {
        let mut line = String::new();
        for (cell, width) in &wrapped {
            line.push_str(&pad(cell.get(at).map_or("", String::as_str), *width));
            line.push_str(&" ".repeat(GAP));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Text that means in Markdown what it says.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in visible(text).chars() {
        if "\\`*_[]<>|#&~$".contains(character) {
            out.push('\\');
        }
        out.push(if character == '␊' { ' ' } else { character });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[[&str; 3]]) -> Table {
        let words = |cells: &[&str; 3]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        Table { head: words(&["claimed", "where", "who"]), rows: rows.iter().map(words).collect() }
    }

    #[test]
    fn columns_give_way_to_the_width() {
        let table = table(&[
            ["over 100,000", "", "Kirby"],
            ["about 100,000", "Ukraine, all fronts", "Milley"],
        ]);
        assert_eq!(
            table.to_text(80),
            "claimed        where                who\n\
             ──────────────────────────────────────────\n\
             over 100,000                        Kirby\n\
             about 100,000  Ukraine, all fronts  Milley\n",
        );
        assert_eq!(
            table.to_text(34),
            "claimed        where        who\n\
             ──────────────────────────────────\n\
             over 100,000                Kirby\n\
             about 100,000  Ukraine,     Milley\n\
             \u{20}              all fronts\n",
        );
    }

    #[test]
    fn wide_columns_share_the_room() {
        let words = "word ".repeat(40);
        let widths = table(&[[words.trim(), words.trim(), "x"]]).widths(80);
        assert_eq!(widths, [37, 36, 3]);
    }

    #[test]
    fn long_headings_wrap_above_the_rule() {
        let mut table = table(&[["1", "2", "3"]]);
        "claimed by somebody".clone_into(&mut table.head[0]);
        assert_eq!(
            table.to_text(24),
            "claimed by    where  who\n\
             somebody\n\
             ────────────────────────\n\
             1             2      3\n",
        );
    }

    #[test]
    fn special_characters_are_escaped() {
        let table = table(&[["a,b", "say \"no\"", "x|y\n*z*"]]);
        assert_eq!(
            table.to_csv(),
            "claimed,where,who\r\n\"a,b\",\"say \"\"no\"\"\",\"x|y\n*z*\"\r\n"
        );
        let numbers = self::table(&[["=1+1", "-5", "-a"]]);
        assert_eq!(numbers.to_csv(), "claimed,where,who\r\n'=1+1,-5,'-a\r\n");
        assert_eq!(
            table.to_markdown(),
            "| claimed | where | who |\n| --- | --- | --- |\n| a,b | say \"no\" | x\\|y \\*z\\* |\n",
        );
    }
}
