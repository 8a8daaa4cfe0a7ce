//! A row of named values to what an entry could be: for tables and plain JSON alike.

use std::collections::BTreeMap;

use crate::import::ImportError;
use crate::import::dates::{Rest, Rules};
use crate::import::draft::{Date, Draft, Who, Words};
use crate::import::fields::{Field, is_bare_name};
use crate::import::sink::Sink;
use crate::model::{Amount, Bound, Figure, Source, SourceKind};
use crate::when::When;

/// The values of a row by what they mean.
#[derive(Default)]
pub(super) struct Row {
    pub(super) line: u64,
    cells: BTreeMap<Field, Cell>,
}

struct Cell {
    rank: usize,
    column: String,
    values: Vec<String>,
}

impl Row {
    pub(super) fn new(line: u64) -> Row {
        Row { line, cells: BTreeMap::new() }
    }

    /// Adds a value. Of two columns for one thing, the one with the lower rank is taken; gives the
    /// name of the other.
    pub(super) fn push(
        &mut self,
        (field, rank): (Field, usize),
        column: &str,
        text: &str,
    ) -> Option<String> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let new = || Cell { rank, column: column.to_owned(), values: vec![text.to_owned()] };
        let Some(cell) = self.cells.get_mut(&field) else {
            self.cells.insert(field, new());
            return None;
        };
        if field.is_list() {
            cell.values.push(text.to_owned());
            return None;
        }
        if rank < cell.rank {
            return Some(std::mem::replace(cell, new()).column);
        }
        let same = cell.values.iter().any(|known| known == text);
        (!same).then(|| column.to_owned())
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.cells.contains_key(&field)
    }

    fn take(&mut self, field: Field) -> String {
        self.all(field).into_iter().next().unwrap_or_default()
    }

    fn all(&mut self, field: Field) -> Vec<String> {
        self.cells.remove(&field).map(|cell| cell.values).unwrap_or_default()
    }

    /// Takes what is only called a name for the headline, where nothing else is said.
    pub(super) fn name_the_event(&mut self) {
        let spoken = [Field::Headline, Field::Quote, Field::Paraphrase];
        let named = |cell: &Cell| {
            cell.rank > 0 && is_bare_name(cell.column.rsplit('.').next().unwrap_or(""))
        };
        let alone = !spoken.iter().any(|field| self.has(*field));
        if alone
            && self.cells.get(&Field::Speaker).is_some_and(named)
            && let Some(cell) = self.cells.remove(&Field::Speaker)
        {
            self.cells.insert(Field::Headline, cell);
        }
    }

    /// The date, with a time of day from a column of its own.
    fn date(&mut self, sink: &mut Sink) -> Result<Date, ImportError> {
        let rules = sink.rules();
        let [day, time, end] = [Field::Date, Field::Time, Field::End].map(|field| self.take(field));
        if day.is_empty() || time.is_empty() {
            return Ok(date(if day.is_empty() { &time } else { &day }, &end, rules));
        }
        let timed = date(&format!("{day} {time}"), &end, rules);
        if timed.read.is_ok() {
            return Ok(timed);
        }
        let day = date(&day, &end, rules);
        if day.read.is_ok() {
            sink.lose("times of day that cannot be read", self.line)?;
        }
        Ok(day)
    }

    /// What an entry could be made of.
    pub(super) fn draft(mut self, sink: &mut Sink) -> Result<Draft, ImportError> {
        let line = self.line;
        let date = self.date(sink)?;
        let via = Who::named(&self.take(Field::Via));
        let mut quotes: Vec<Words> = self
            .all(Field::Quote)
            .into_iter()
            .map(|text| Words::new(without_marks(&text)))
            .collect();
        match (quotes.first_mut(), via) {
            (Some(first), Some(via)) => first.via.push(via),
            (None, Some(_)) => sink.lose("relays without a quote", line)?,
            (_, None) => {}
        }
        let mut speaker = Who::named(&self.take(Field::Speaker));
        let (title, organization) =
            (self.take(Field::SpeakerTitle), self.take(Field::Organization));
        match &mut speaker {
            Some(who) => (who.title, who.organization) = (title, organization),
            None if title.is_empty() && organization.is_empty() => {}
            None => sink.lose("titles and organizations without a speaker", line)?,
        }
        Ok(Draft {
            line,
            id: self.take(Field::Id),
            date,
            headline: self.take(Field::Headline),
            speaker,
            role: self.take(Field::Role),
            venue: self.take(Field::Venue),
            paraphrase: self.take(Field::Paraphrase),
            text: self.take(Field::Text),
            quotes,
            figures: self.figure(sink)?.into_iter().collect(),
            basis: self.take(Field::Basis),
            note: self.take(Field::Note),
            place: self.take(Field::Place),
            tags: self.all(Field::Tags).iter().flat_map(|tags| listed(tags)).collect(),
            sources: self.sources(sink)?,
            related: Vec::new(),
        })
    }

    /// The sources of a row: titles, addresses and so on, one beside the other where there are as
    /// many of each, else each for itself.
    fn sources(&mut self, sink: &mut Sink) -> Result<Vec<Source>, ImportError> {
        let mut titles = self.all(Field::Source);
        let urls = self.all(Field::Url);
        let mut urls: Vec<String> =
            urls.iter().flat_map(|urls| urls.split_whitespace()).map(str::to_owned).collect();
        // An address may stand where a title is looked for.
        if urls.is_empty() && titles.iter().all(|title| is_address(title)) {
            urls = std::mem::take(&mut titles);
        }
        let rest = [Field::Publisher, Field::Author, Field::Published].map(|field| self.all(field));
        if rest.iter().all(Vec::is_empty) && titles.len() != urls.len() {
            return Ok(titles
                .iter()
                .map(|at| titled(at))
                .chain(urls.iter().map(|at| linked(at)))
                .collect());
        }
        let [publishers, authors, published] = rest;
        let count = titles.len().max(urls.len()).max(1);
        let fits = |list: &Vec<String>| list.is_empty() || list.len() == count;
        let all = [&titles, &urls, &publishers, &authors, &published];
        if all.iter().all(|list| list.is_empty()) {
            return Ok(Vec::new());
        }
        if !all.iter().all(|list| fits(list)) {
            sink.lose(
                "parts of sources of which it is not clear what belongs together",
                self.line,
            )?;
        }
        let at = |list: &Vec<String>, number: usize| {
            fits(list).then(|| list.get(number).cloned()).flatten()
        };
        let rules = sink.rules();
        Ok((0..count)
            .map(|number| {
                let mut source = Source {
                    title: at(&titles, number),
                    url: at(&urls, number),
                    publisher: at(&publishers, number),
                    author: at(&authors, number),
                    ..Source::default()
                };
                source.kind = kind_of(&source);
                publish(&mut source, at(&published, number), rules);
                source
            })
            .collect())
    }

    fn figure(&mut self, sink: &mut Sink) -> Result<Option<Figure>, ImportError> {
        let [value, bound, low, high, measure, of, place, period, lasting, part_of] = [
            Field::Value,
            Field::Bound,
            Field::Low,
            Field::High,
            Field::Measure,
            Field::Of,
            Field::FigurePlace,
            Field::Period,
            Field::Lasting,
            Field::PartOf,
        ]
        .map(|field| self.take(field));
        if [&value, &low, &high, &measure].iter().all(|text| text.is_empty()) {
            return Ok(None);
        }
        let claimed = bound_of(&bound, [&value, &low, &high]).filter(|_| !measure.is_empty());
        let Some(bound) = claimed else {
            sink.lose("figures without a number or a measure", self.line)?;
            return Ok(None);
        };
        let given = |text: String| (!text.is_empty()).then_some(text);
        let period = match sink.rules().read(&period) {
            Ok(read) if !period.is_empty() && read.rest == Rest::None => Some(read.when),
            _ if period.is_empty() => None,
            _ => {
                sink.lose("periods of figures that cannot be read", self.line)?;
                None
            }
        };
        let lasting = match lasting.parse() {
            _ if lasting.is_empty() => None,
            Ok(lasting) => Some(lasting),
            Err(_) => {
                sink.lose("durations of figures that cannot be read", self.line)?;
                None
            }
        };
        Ok(Some(Figure {
            bound,
            measure,
            of: given(of),
            place: given(place),
            period,
            lasting,
            part_of: given(part_of),
        }))
    }
}

/// The date of a row that may have a second for its end.
pub(super) fn date(start: &str, end: &str, rules: Rules) -> Date {
    let written = match end.trim() {
        "" => start.trim().to_owned(),
        end => format!("{} – {end}", start.trim()),
    };
    Date::new(&written, rules.read_span(start, end))
}

/// A source of which only the title is known.
pub(super) fn titled(title: &str) -> Source {
    Source { title: Some(title.to_owned()), kind: SourceKind::Document, ..Source::default() }
}

/// A source of which only the address is known.
pub(super) fn linked(url: &str) -> Source {
    Source { url: Some(url.to_owned()), kind: SourceKind::Webpage, ..Source::default() }
}

/// What a source is said to be where nobody says it: no more than is seen.
pub(super) fn kind_of(source: &Source) -> SourceKind {
    if source.url.is_some() { SourceKind::Webpage } else { SourceKind::Document }
}

/// Says when a source was published; in its note where that cannot be read.
pub(super) fn publish(source: &mut Source, published: Option<String>, rules: Rules) {
    let Some(text) = published.filter(|text| !text.trim().is_empty()) else { return };
    match rules.read(&text) {
        Ok(read) if read.rest != Rest::Words => source.published = Some(day_of(read.when)),
        _ => source.note = Some(format!("Published: {text}")),
    }
}

/// A date without its time of day, which says nothing of a publication.
fn day_of(when: When) -> When {
    let day = when.text().split('T').next().unwrap_or_default();
    When::parse(day).unwrap_or(when)
}

/// What is claimed, by the names and numbers of the dataset's format.
pub(super) fn bound_of(name: &str, [value, low, high]: [&str; 3]) -> Option<Bound> {
    let number = |text: &str| {
        let plain: String = text
            .chars()
            .filter(|letter| !matches!(letter, ',' | '_') && !letter.is_whitespace())
            .collect();
        plain.parse::<Amount>().ok()
    };
    Some(match name {
        "" | "Exactly" => Bound::Exactly(number(value)?),
        "About" => Bound::About(number(value)?),
        "AtLeast" => Bound::AtLeast(number(value)?),
        "MoreThan" => Bound::MoreThan(number(value)?),
        "AtMost" => Bound::AtMost(number(value)?),
        "LessThan" => Bound::LessThan(number(value)?),
        "Between" => {
            let (low, high) = (number(low)?, number(high)?);
            (low.number() <= high.number()).then_some(Bound::Between(low, high))?
        }
        _ => return None,
    })
}

/// The items of a list in one cell.
pub(super) fn listed(cell: &str) -> Vec<String> {
    let sign = [';', '|', ','].into_iter().find(|sign| cell.contains(*sign)).unwrap_or(';');
    cell.split(sign).map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
}

pub(super) fn is_address(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://"))
        && !text.contains(char::is_whitespace)
}

/// Words without the quotation marks around all of them, which say what the field says.
pub(super) fn without_marks(text: &str) -> &str {
    for (open, close) in [('“', '”'), ('„', '“'), ('„', '”'), ('«', '»'), ('"', '"')]
    {
        let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.contains([open, close])) {
            return inner.trim();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_around_all_words_go() {
        for (text, words) in [
            ("“We lost.”", "We lost."),
            ("\"We lost.\"", "We lost."),
            ("„Wir haben verloren.“", "Wir haben verloren."),
            ("“One” and “two”", "“One” and “two”"),
            ("We “lost”", "We “lost”"),
            ("\"", "\""),
            ("", ""),
        ] {
            assert_eq!(without_marks(text), words);
        }
    }

    #[test]
    fn lists_are_parted_at_their_strongest_sign() {
        for (cell, items) in [
            ("a; b, c", vec!["a", "b, c"]),
            ("a, b", vec!["a", "b"]),
            ("a|b", vec!["a", "b"]),
            (" ; ", vec![]),
            ("one", vec!["one"]),
        ] {
            assert_eq!(listed(cell), items);
        }
    }
}
