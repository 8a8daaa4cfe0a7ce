//! What there is, in numbers: how many entries and when, by whom, about what, and how well they
//! are known.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use serde::Serialize;

use crate::model::{EntryIndex, Kind, NameIndex, SourceIndex, SpeakerIndex, Timeline};
use crate::text::{pad, visible, width};
use crate::view::label::Glyphs;
use crate::when::{Day, Edge, Precision, civil};
use crate::when::{short, year};

/// At most so many bars; above that a bar is ten years, a hundred, and so on.
const BARS: i64 = 40;

/// At most so many lines of a list of names in the text.
const NAMES: usize = 12;

/// How often something occurs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Its name.
    pub name: String,
    /// How many entries.
    pub entries: usize,
}

/// How many of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// So many…
    pub count: usize,
    /// … of so many.
    pub of: usize,
}

impl Share {
    /// In full per cent; 100 only for all of them, 0 only for none.
    pub fn percent(self) -> usize {
        match self.of {
            0 => 0,
            of if self.count == of => 100,
            _ if self.count == 0 => 0,
            of => ((self.count * 200 + of) / (of * 2)).clamp(1, 99),
        }
    }

    fn text(self) -> String {
        match self.of {
            0 => "there are none".to_owned(),
            of => format!("{} of {of}, {} %", self.count, self.percent()),
        }
    }
}

/// A timeline, or what a filter leaves of it, in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// The timeline's title.
    pub title: String,
    /// How many entries.
    pub entries: usize,
    /// How many of them are statements.
    pub statements: usize,
    /// How many of them are events.
    pub events: usize,
    /// The first date that is neither open nor vague, in EDTF.
    pub first: Option<String>,
    /// Of these the date that reaches furthest, in EDTF.
    pub last: Option<String>,
    /// The two read aloud.
    pub span: String,
    /// How many have no date at all.
    pub undated: usize,
    /// How many have a date that is open, or of which a side is not known; no part of the span.
    pub open: usize,
    /// How many have a date that is known to a decade or worse; no part of the span.
    pub vague: usize,
    /// How many years a bar is.
    pub years_a_bar: i64,
    /// Entries of the span by the year at which they stand, from the first year to the last with
    /// those that have none; by more years where there would be too many bars.
    pub years: Vec<Count>,
    /// Speakers, those with the most entries first.
    pub speakers: Vec<Count>,
    /// Tags, likewise.
    pub tags: Vec<Count>,
    /// Sources, likewise.
    pub sources: Vec<Count>,
    /// Statements with a source.
    pub with_source: Share,
    /// Entries whose date is one day.
    pub to_the_day: Share,
}

impl Stats {
    /// Counts the entries on show. Takes time in proportion to their number.
    pub fn new(timeline: &Timeline, shown: &[EntryIndex]) -> Stats {
        let mut speakers: HashMap<SpeakerIndex, usize> = HashMap::new();
        let mut tags: HashMap<NameIndex, usize> = HashMap::new();
        let mut sources: HashMap<SourceIndex, usize> = HashMap::new();
        let mut years: BTreeMap<i64, usize> = BTreeMap::new();
        let (mut statements, mut sourced, mut exact) = (0, 0, 0);
        let mut first: Option<(Day, EntryIndex)> = None;
        let mut last: Option<(Day, EntryIndex)> = None;
        let (mut undated, mut open, mut vague) = (0, 0, 0);
        for entry in shown.iter().copied() {
            let statement = timeline.kind(entry) == Kind::Statement;
            statements += usize::from(statement);
            sourced += usize::from(statement && !timeline.sources_of(entry).is_empty());
            let one_day =
                !timeline.is_interval(entry) && timeline.precision(entry) == Precision::Day;
            let latest = timeline.latest(entry);
            exact += usize::from(one_day && timeline.earliest(entry) == latest);
            timeline
                .speaker_of(entry)
                .into_iter()
                .for_each(|at| *speakers.entry(timeline.person(at)).or_default() += 1);
            timeline.tags_of(entry).iter().for_each(|at| *tags.entry(*at).or_default() += 1);
            let works = timeline.sources_of(entry).iter().map(|at| timeline.work(*at));
            works.for_each(|at| *sources.entry(at).or_default() += 1);
            let (day, end) = match (timeline.earliest(entry), latest) {
                _ if timeline.is_undated(entry) => {
                    undated += 1;
                    continue;
                }
                (Edge::Day(_), Edge::Day(_)) if timeline.precision(entry) >= Precision::Vague => {
                    vague += 1;
                    continue;
                }
                (Edge::Day(first), Edge::Day(last)) => (first, last),
                _ => {
                    open += 1;
                    continue;
                }
            };
            *years.entry(civil(day).year).or_default() += 1;
            if first.is_none_or(|(before, _)| day < before) {
                first = Some((day, entry));
            }
            if last.is_none_or(|(before, _)| end > before) {
                last = Some((end, entry));
            }
        }
        let date = |at: Option<(Day, EntryIndex)>| at.map(|(_, entry)| timeline.date(entry));
        let (first, last) = (date(first), date(last));
        let span = match (&first, &last) {
            (Some(first), Some(last)) if first != last => {
                format!("{} to {}", short(first), short(last))
            }
            (Some(only), _) => short(only),
            (None, _) => match shown {
                [] => "no entries".to_owned(),
                [only] => short(&timeline.date(*only)),
                _ if undated == shown.len() => "undated".to_owned(),
                _ => "no date with a beginning and an end".to_owned(),
            },
        };
        let (years_a_bar, years) = bars(&years);
        Stats {
            title: timeline.title(),
            entries: shown.len(),
            statements,
            events: shown.len() - statements,
            first: first.map(|date| date.text().to_owned()),
            last: last.map(|date| date.text().to_owned()),
            span,
            undated,
            open,
            vague,
            years_a_bar,
            years,
            speakers: counts(speakers, |at| timeline.speaker(at).name.clone()),
            tags: counts(tags, |at| timeline.tags().name(at).to_owned()),
            sources: counts(sources, |at| timeline.source(at).citation()),
            with_source: Share { count: sourced, of: statements },
            to_the_day: Share { count: exact, of: shown.len() },
        }
    }

    /// How many dates the span leaves out: `, 1 of open and 2 of vague date apart`.
    fn apart(&self) -> String {
        let counts = [(self.open, "open"), (self.vague, "vague")];
        let told = counts.into_iter().filter(|(count, _)| *count > 0);
        let told: Vec<String> = told.map(|(count, what)| format!("{count} of {what}")).collect();
        // Of a single entry the span is its own date.
        if told.is_empty() || self.entries == 1 {
            return String::new();
        }
        format!(", {} date apart", told.join(" and "))
    }

    /// As text in so many columns, each line ended.
    pub fn to_text(&self, columns: usize, glyphs: Glyphs) -> String {
        let plural = |count: usize, one: &str, many: &str| {
            format!("{count} {}", if count == 1 { one } else { many })
        };
        let mut out = String::new();
        if !self.title.is_empty() {
            let _ = writeln!(out, "{}", visible(&self.title));
        }
        if self.entries == 0 {
            out.push_str("no entries\n");
            return out;
        }
        let undated =
            if self.undated > 0 { format!(", {} undated", self.undated) } else { String::new() };
        let _ = writeln!(
            out,
            "{}: {}, {}{undated}",
            plural(self.entries, "entry", "entries"),
            plural(self.statements, "statement", "statements"),
            plural(self.events, "event", "events"),
        );
        let _ = writeln!(out, "{}{}", self.span, self.apart());
        let every = match self.years_a_bar {
            1 => "Entries a year".to_owned(),
            years => format!("Entries in {years} years, from"),
        };
        list(&mut out, &every, &self.years, self.years.len(), columns, glyphs);
        for (title, names) in
            [("Speakers", &self.speakers), ("Tags", &self.tags), ("Sources", &self.sources)]
        {
            list(&mut out, title, names, NAMES, columns, glyphs);
        }
        let _ = writeln!(out, "\nStatements with a source  {}", self.with_source.text());
        let _ = writeln!(out, "Dates known to the day    {}", self.to_the_day.text());
        out
    }
}

/// The years as bars: how many years each is, and how many entries it has.
fn bars(years: &BTreeMap<i64, usize>) -> (i64, Vec<Count>) {
    let (Some((first, _)), Some((last, _))) = (years.first_key_value(), years.last_key_value())
    else {
        return (1, Vec::new());
    };
    let powers = (0..19).map(|power| 10i64.saturating_pow(power));
    let bars = |step: i64| last.div_euclid(step).saturating_sub(first.div_euclid(step));
    let step = powers.into_iter().find(|step| bars(*step) < BARS).unwrap_or(i64::MAX);
    let mut counts: BTreeMap<i64, usize> =
        (first.div_euclid(step)..=last.div_euclid(step)).map(|bar| (bar, 0)).collect();
    for (year, count) in years {
        *counts.entry(year.div_euclid(step)).or_default() += count;
    }
    let name = |bar: i64| year(bar.saturating_mul(step));
    (step, counts.into_iter().map(|(bar, entries)| Count { name: name(bar), entries }).collect())
}

/// The names with the most entries first; those with as many in the order of the alphabet.
fn counts<T>(counts: HashMap<T, usize>, name: impl Fn(T) -> String) -> Vec<Count> {
    let mut counts: Vec<Count> =
        counts.into_iter().map(|(at, entries)| Count { name: name(at), entries }).collect();
    counts.sort_by(|a, b| b.entries.cmp(&a.entries).then_with(|| a.name.cmp(&b.name)));
    counts
}

/// A list of names with a bar each, under a heading; nothing for an empty list.
fn list(
    out: &mut String,
    title: &str,
    counts: &[Count],
    most: usize,
    columns: usize,
    glyphs: Glyphs,
) {
    let Some(highest) = counts.iter().map(|count| count.entries).max() else { return };
    let _ = writeln!(out, "\n{title}");
    let shown = counts.get(..counts.len().min(most)).unwrap_or_default();
    let names: Vec<String> = shown.iter().map(|count| visible(&count.name).into_owned()).collect();
    let digits = highest.to_string().len();
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(0);
    let left = widest.min(columns.saturating_sub(digits + 8).max(8));
    let room = columns.saturating_sub(left + digits + 5).clamp(1, 40);
    let block = if glyphs == Glyphs::Ascii { "#" } else { "█" };
    for (name, count) in names.iter().zip(shown) {
        // Any entry shows.
        let bar = block.repeat((count.entries * room).div_ceil(highest.max(1)));
        let line = format!("  {}  {:>digits$} {bar}", pad(name, left), count.entries);
        let _ = writeln!(out, "{}", line.trim_end());
    }
    if counts.len() > shown.len() {
        let _ = writeln!(out, "  and {} more", counts.len() - shown.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::figures::tests::{bakhmut, statement};

    #[test]
    fn a_timeline_in_numbers() {
        let timeline = bakhmut();
        let stats = Stats::new(&timeline, &timeline.indexes().collect::<Vec<_>>());
        insta::assert_snapshot!(stats.to_text(60, Glyphs::Unicode));
        assert_eq!(stats.with_source, Share { count: 2, of: 5 });
        assert_eq!(stats.to_the_day, Share { count: 4, of: 5 });
        let json = serde_json::to_value(&stats).unwrap();
        assert_eq!(json["years"][1], serde_json::json!({ "name": "2023", "entries": 4 }));
        let none = Stats::new(&timeline, &[]).to_text(60, Glyphs::Unicode);
        assert_eq!(none, "Bakhmut\nno entries\n");
        let only = Stats::new(&timeline, &[EntryIndex(0)]);
        assert_eq!((only.entries, only.span.as_str()), (1, "Nov 2022"));
    }

    #[test]
    fn silence_has_a_bar_too_and_bars_are_few() {
        for (dates, step, expected) in [
            (&["2019", "2021-05"][..], 1, &["2019 1", "2020 0", "2021 1"][..]),
            (&["1875", "1901", "1903"], 1, &[]),
            (&["1815", "1901", "1903"], 10, &["1810 1", "1820 0"]),
            (&["-0050", "0050", "2020"], 100, &["101 BCE 1", "1 BCE 1"]),
            (&["Y-4600000000", "2020"], 1_000_000_000, &["5000000001 BCE 1"]),
            (&["XXXX"], 1, &[]),
        ] {
            let mut builder = crate::model::TimelineBuilder::new();
            dates.iter().for_each(|date| builder.entry(statement(date, date, "x"), 1));
            let timeline = builder.build();
            let stats = Stats::new(&timeline, &timeline.indexes().collect::<Vec<_>>());
            assert_eq!(stats.years_a_bar, step, "{dates:?}");
            let bars: Vec<String> =
                stats.years.iter().map(|bar| format!("{} {}", bar.name, bar.entries)).collect();
            assert_eq!(bars[..expected.len()], *expected, "{dates:?}");
            assert!(bars.len() <= 40);
        }
    }

    #[test]
    fn what_is_vague_or_open_sets_no_span() {
        for (dates, span, apart, bars) in [
            (
                &["2022-03-01", "2023-05-02", "20XX-12-25"][..],
                "1 Mar 2022 to 2 May 2023",
                ", 1 of vague date apart",
                2,
            ),
            (
                &["2022", "2022-12/..", "../1950", "/1900", "18XX", "[1984..]", "XXXX"],
                "2022",
                ", 4 of open and 1 of vague date apart",
                1,
            ),
            (&["2022-03/2022-05", "202X"], "Mar – May 2022", ", 1 of vague date apart", 1),
            (&["2022-12/.."], "since December 2022", "", 0),
            (
                &["2022-12/..", "18XX"],
                "no date with a beginning and an end",
                ", 1 of open and 1 of vague date apart",
                0,
            ),
            (
                &["XXXX", "XXXX-12"],
                "no date with a beginning and an end",
                ", 1 of vague date apart",
                0,
            ),
            (&["XXXX", "XXXX"], "undated", "", 0),
        ] {
            let mut builder = crate::model::TimelineBuilder::new();
            for (number, date) in dates.iter().enumerate() {
                builder.entry(statement(&number.to_string(), date, "x"), 1);
            }
            let timeline = builder.build();
            let stats = Stats::new(&timeline, &timeline.indexes().collect::<Vec<_>>());
            assert_eq!((&*stats.span, &*stats.apart()), (span, apart), "{dates:?}");
            assert_eq!(stats.years.len(), bars, "{dates:?}");
            let counted: usize = stats.years.iter().map(|year| year.entries).sum();
            assert_eq!(counted + stats.open + stats.vague + stats.undated, dates.len());
            assert!(stats.to_text(60, Glyphs::Unicode).contains(&format!("{span}{apart}\n")));
        }
    }

    #[test]
    fn shares_are_whole_only_when_they_are() {
        for (count, of, percent) in [
            (0, 0, 0),
            (0, 9, 0),
            (1, 1000, 1),
            (999, 1000, 99),
            (1000, 1000, 100),
            (1, 3, 33),
            (2, 3, 67),
        ] {
            assert_eq!(Share { count, of }.percent(), percent, "{count} of {of}");
        }
    }
}
