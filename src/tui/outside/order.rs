//! What is sent to a terminal that puts letters in order by itself (UAX #9) and cannot be told not
//! to: the letters of each line of the screen in such an order that it comes to the right one.
//!
//! The order of a line is its own inverse, as long as the line is read from the left: what would be
//! put the other way round is sent the other way round. (But for a number right behind such
//! letters: such a terminal puts it before them, whatever it is sent.) One terminal turns only words.

use ratatui::buffer::{Buffer, Cell};

use crate::text::order::{arrange, reads_from_the_right};
use crate::text::{Direction, width};

/// What a terminal does by itself to letters that are read from the right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Nothing, once it was told (BDSM) or anyway.
    #[default]
    AsSent,
    /// It puts whole lines in order.
    Lines,
    /// It turns words.
    Words,
}

impl Order {
    /// What this terminal does, as its environment says.
    pub fn of_the_terminal(value: impl Fn(&str) -> String) -> Order {
        let set = |name: &str| !value(name).is_empty();
        let named = |name: &str, begin: &str| value(name).starts_with(begin);
        // What tmux is told does not reach the terminal around it.
        let hidden = set("TMUX") && set("VTE_VERSION");
        let lines = set("MLTERM") || set("KONSOLE_VERSION") || named("TERM", "mlterm");
        if hidden || lines || named("TERM_PROGRAM", "Apple_Terminal") {
            Order::Lines
        } else if set("KITTY_WINDOW_ID") || named("TERM", "xterm-kitty") {
            Order::Words
        } else {
            Order::AsSent
        }
    }

    /// Puts the letters of a frame in the order in which the terminal is to have them.
    pub fn apply(self, buffer: &mut Buffer) {
        if self == Order::AsSent {
            return;
        }
        let columns = usize::from(buffer.area.width.max(1));
        for row in buffer.content.chunks_mut(columns) {
            for part in row.split_mut(is_line) {
                if part.iter().any(|cell| reads_from_the_right(cell.symbol())) {
                    self.turn(part);
                }
            }
        }
    }

    fn turn(self, row: &mut [Cell]) {
        let letters = letters(row);
        let before = row.to_vec();
        let texts: Vec<&str> =
            letters.iter().filter_map(|at| before.get(*at)).map(Cell::symbol).collect();
        let order = match self {
            Order::AsSent => return,
            Order::Lines => arrange(&texts, Direction::LeftToRight),
            Order::Words => words(&texts),
        };
        let mut column = 0;
        for (from, mirror) in order {
            let Some(at) = letters.get(from).copied() else { continue };
            let end = letters.get(from + 1).copied().unwrap_or(before.len());
            for (cell, was) in row.iter_mut().skip(column).zip(before.iter().take(end).skip(at)) {
                *cell = was.clone();
            }
            if let (Some(mirror), Some(cell)) = (mirror, row.get_mut(column)) {
                cell.set_symbol(mirror.encode_utf8(&mut [0; 4]));
            }
            column += end - at;
        }
    }
}

/// Whether a cell has a piece of a line or a block, which parts what stands beside it there, too:
/// such terminals put what is on either side in order on its own.
fn is_line(cell: &Cell) -> bool {
    cell.symbol().starts_with(|it| matches!(it, '\u{2500}'..='\u{259f}'))
}

/// The columns at which letters begin.
fn letters(row: &[Cell]) -> Vec<usize> {
    let mut letters = Vec::new();
    let mut at = 0;
    while let Some(cell) = row.get(at) {
        letters.push(at);
        at += if cell.symbol().len() > 1 { width(cell.symbol()).max(1) } else { 1 };
    }
    letters
}

/// Words that are read from the right, each the other way round; all else as it is.
fn words(letters: &[&str]) -> Vec<(usize, Option<char>)> {
    let mut order: Vec<(usize, Option<char>)> = Vec::with_capacity(letters.len());
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let rest = letters.get(at..).unwrap_or_default();
        let turned = |letter: &&&str| Direction::of(letter) == Direction::RightToLeft;
        let long = rest.iter().take_while(turned).count();
        if long == 0 || letter.is_empty() {
            order.push((at, None));
            at += 1;
        } else {
            order.extend((at..at + long).rev().map(|at| (at, None)));
            at += long;
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    #[test]
    fn terminals_that_order_by_themselves_are_known_by_their_names() {
        for (environment, order) in [
            (&[("TERM", "xterm-256color")][..], Order::AsSent),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "7006")], Order::AsSent),
            (
                &[("TERM", "tmux-256color"), ("TMUX", "/tmp/x"), ("VTE_VERSION", "7006")],
                Order::Lines,
            ),
            (&[("TERM", "xterm"), ("KONSOLE_VERSION", "230804")], Order::Lines),
            (&[("TERM", "xterm"), ("MLTERM", "3.9.3")], Order::Lines),
            (&[("TERM", "mlterm-256color")], Order::Lines),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal")], Order::Lines),
            (&[("TERM", "xterm-kitty"), ("KITTY_WINDOW_ID", "1")], Order::Words),
        ] {
            let value = |name: &str| {
                let found = environment.iter().find(|(known, _)| *known == name);
                found.map_or(String::new(), |(_, value)| (*value).to_owned())
            };
            assert_eq!(Order::of_the_terminal(value), order, "{environment:?}");
        }
    }

    fn shown(order: Order, line: &str) -> String {
        let mut buffer = Buffer::with_lines([line]);
        order.apply(&mut buffer);
        let mut shown = String::new();
        for at in letters(&buffer.content) {
            shown.push_str(buffer.content[at].symbol());
        }
        shown
    }

    #[test]
    fn words_are_turned_and_lines_are_ordered() {
        assert_eq!(shown(Order::AsSent, "1 בר םולש x"), "1 בר םולש x");
        assert_eq!(shown(Order::Lines, "1 בר םולש x"), "1 שלום רב x");
        assert_eq!(shown(Order::Words, "1 בר םולש x"), "1 רב שלום x");
        assert_eq!(shown(Order::Lines, "字 (בא) x"), "字 (אב) x");
        assert_eq!(shown(Order::Lines, "בא │ דג │ x"), "אב │ גד │ x");
    }

    proptest! {
        /// A terminal that puts what it is sent in order shows what is meant.
        #[test]
        fn what_is_sent_is_put_in_order(
            words in proptest::collection::vec("[a-z]{1,3}|[א-ת]{1,3}|字", 1..6)
        ) {
            let meant = format!("a {} a", words.join(" "));
            let sent = shown(Order::Lines, &meant);
            let sent: Vec<&str> = sent.graphemes(true).collect();
            let order = arrange(&sent, Direction::LeftToRight);
            let seen: String = order.into_iter().map(|(from, _)| sent[from]).collect();
            prop_assert_eq!(seen, meant);
        }
    }
}
