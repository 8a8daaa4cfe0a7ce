use proptest::prelude::*;

use super::*;
use crate::model::{Entry, Kind, Source, Speaker, TimelineBuilder};
use crate::view::label::Glyphs;
use crate::view::ruler::Ruler;
use crate::when::{Precision, When, day_number};

/// Entries as `date speaker tags`; `-` for an event, tags with commas between.
fn timeline(entries: &[&str]) -> Timeline {
    let mut builder = TimelineBuilder::new();
    let hill = builder.source(Source {
        id: "hill".to_owned(),
        publisher: Some("The Hill".to_owned()),
        ..Source::default()
    });
    for (number, entry) in entries.iter().enumerate() {
        let mut words = entry.split(' ');
        let date = When::parse(words.next().unwrap()).unwrap();
        let speaker = words.next().filter(|name| *name != "-").map(|name| {
            builder.speaker(Speaker {
                id: name.to_owned(),
                name: name.replace('_', " "),
                short: None,
                title: None,
                role: None,
                organization: None,
            })
        });
        let kind = if speaker.is_some() { Kind::Statement } else { Kind::Event };
        let tags =
            words.next().map_or(Vec::new(), |tags| tags.split(',').map(str::to_owned).collect());
        let sources = if number % 2 == 0 { vec![hill] } else { Vec::new() };
        let id = number.to_string();
        builder.entry(Entry { speaker, tags, sources, ..Entry::new(kind, id, date, "Words") }, 1);
    }
    builder.build()
}

fn lanes(timeline: &Timeline, by: LaneBy, order: LaneOrder) -> Lanes {
    Lanes::new(timeline, &timeline.indexes().collect::<Vec<_>>(), by, order)
}

fn day(year: i64, month: u8, day: u8) -> Day {
    day_number(year, month, day).unwrap()
}

/// Ruler and lanes as text.
fn picture(timeline: &Timeline, lanes: &Lanes, axis: &Axis, glyphs: Glyphs) -> String {
    let ruler = Ruler::new(axis, None);
    let row = |name: &str, line: &str| {
        format!("{name:<10}{}", line.trim_end()).trim_end().to_owned() + "\n"
    };
    let mut text = row("", &Ruler::line(&ruler.major, axis.columns()));
    text += &row("", &Ruler::line(&ruler.minor, axis.columns()));
    for (at, lane) in lanes.lanes().iter().enumerate() {
        text += &row(&lane.name, &draw(&lanes.cells(timeline, at, axis, None), glyphs));
    }
    text
}

const RECORD: [&str; 13] = [
    "2022-11 Milley",
    "2022-12/.. -",
    "2023-01-29 Gates",
    "2023-03-26 -",
    "2023-04-30 Prigozhin",
    "2023-05-01 Kirby",
    "2023-05-01 Kirby",
    "2023-05-01 Kirby",
    "2023-02-15~ Joshi",
    "2022-08/2022-10 Austin",
    "../2022-09 Shoigu",
    "2022-09-10/2022-10-20 Haines",
    "XXXX Haines",
];

#[test]
fn the_record_in_lanes() {
    let timeline = timeline(&RECORD);
    let lanes = lanes(&timeline, LaneBy::Speaker, LaneOrder::First);
    let axis = lanes.fit(80, false, 0);
    let shown = picture(&timeline, &lanes, &axis, Glyphs::Unicode)
        + &picture(&timeline, &lanes, &axis, Glyphs::Ascii);
    insta::assert_snapshot!(shown);
    let haines = lanes.lanes().iter().find(|lane| lane.name == "Haines").unwrap();
    assert_eq!((haines.undated(), haines.len()), (1, 2));
}

#[test]
fn dates_take_their_columns() {
    // One column a day, from 1 to 20 May 2023.
    let first = day(2023, 5, 1);
    let axis = Axis::fit((first, day(2023, 5, 20)), 22, Arc::from([])).panned(1).resized(20, first);
    assert_eq!(
        (axis.days_a_column(), axis.days()),
        (1.0, Some((day(2023, 5, 1), day(2023, 5, 20))))
    );
    for (date, drawn) in [
        ("2023-05-03", "  ●                 "),
        ("2023-05-03~", " ·●·                "),
        // The middle of May is the 16th.
        ("2023-05", "░░░░░░░░░░░░░░░◐░░░░"),
        ("2023-04", "                    "),
        // The middle of 2022 to 2023 is out of sight.
        ("202X", "░░░░░░░░░░░░░░░░░░░░"),
        ("2023-05-03/2023-05-06", "  ●───              "),
        ("2023-05-03/2023-05-06~", "  ●───·             "),
        ("2023-05-03~/2023-05-06", " ·●───              "),
        ("2023-05-03/..", "  ●────────────────▶"),
        ("../2023-05-03", "◀─●                 "),
        ("2023-05-03/", "  ●·                "),
        ("/2023-05-03", " ·●                 "),
        ("2023-04/2023-05-06", "──────              "),
        ("2023-05-06/2023-05", "     ◐░░░░░░░░░░░░░░"),
        ("XXXX", "                    "),
    ] {
        let timeline = timeline(&[&format!("{date} Kirby")]);
        let lanes = lanes(&timeline, LaneBy::Speaker, LaneOrder::First);
        assert_eq!(draw(&lanes.cells(&timeline, 0, &axis, None), Glyphs::Unicode), drawn, "{date}");
    }
}

#[test]
fn many_on_one_spot_are_a_number() {
    let mut dates = vec!["2023-05-01 Kirby"; 12];
    dates.push("2023-06-01 Kirby");
    let timeline = timeline(&dates);
    let lanes = lanes(&timeline, LaneBy::Speaker, LaneOrder::First);
    let axis = lanes.fit(40, false, 0);
    let at = axis.column(day(2023, 5, 1)).unwrap();
    let cells = lanes.cells(&timeline, 0, &axis, Some(EntryIndex(7)));
    assert_eq!(cells[at], Cell { class: Class::Count(12), entry: Some(EntryIndex(7)) });
    assert_eq!(
        draw(&cells, Glyphs::Unicode).trim_end().trim_start(),
        format!("12{}●", " ".repeat(29))
    );
    assert_eq!(lanes.marked(0, &axis, at).count(), 12);
    assert_eq!(Class::Count(12).glyph(Glyphs::Unicode), '+');
    // No room for a second digit.
    let narrow = lanes.fit(4, false, 0);
    let text = draw(&lanes.cells(&timeline, 0, &narrow, None), Glyphs::Unicode);
    assert!(text.contains("+●"), "{text:?}");
}

#[test]
fn lanes_are_named_and_ordered() {
    let timeline = timeline(&[
        "2022 John_Kirby war,losses",
        "2023 -",
        "2024 Zoe_Abel losses",
        "2025 Ann_Kirby war",
        "2026 Zoe_Abel losses,losses",
    ]);
    for (by, order, expected) in [
        (
            LaneBy::Speaker,
            LaneOrder::First,
            vec!["John Kirby 1", "Abel 2", "Ann Kirby 1", "events 1"],
        ),
        (
            LaneBy::Speaker,
            LaneOrder::Count,
            vec!["Abel 2", "John Kirby 1", "Ann Kirby 1", "events 1"],
        ),
        (
            LaneBy::Speaker,
            LaneOrder::Name,
            vec!["Abel 2", "Ann Kirby 1", "John Kirby 1", "events 1"],
        ),
        (LaneBy::Tag, LaneOrder::First, vec!["war 2", "losses 3", "no tag 1"]),
        (LaneBy::Tag, LaneOrder::Count, vec!["losses 3", "war 2", "no tag 1"]),
        (LaneBy::Source, LaneOrder::First, vec!["The Hill 3", "no source 2"]),
        (LaneBy::Place, LaneOrder::First, vec!["no place 5"]),
        (LaneBy::Kind, LaneOrder::Count, vec!["statements 4", "events 1"]),
    ] {
        let lanes = lanes(&timeline, by, order);
        let names: Vec<String> =
            lanes.lanes().iter().map(|lane| format!("{} {}", lane.name, lane.len())).collect();
        assert_eq!(names, expected, "{by:?} {order:?}");
    }
}

#[test]
fn moves_go_through_time_and_between_lanes() {
    let timeline = timeline(&[
        "2023-01-01 A",
        "2023-01-10 B",
        "2023-01-20 A",
        "XXXX C",
        "2023-01-12 D",
        "2023-02-01 B",
    ]);
    let lanes = lanes(&timeline, LaneBy::Speaker, LaneOrder::Name);
    let id = |entry: EntryIndex| timeline.id(entry).to_owned();
    let at = |id: &str| timeline.find(id).unwrap();
    // Among all lanes, in time: 0, 1, 4, 2, 5.
    for (from, by, within, to) in [
        ("0", 1, None, "1"),
        ("1", 1, None, "4"),
        ("5", 1, None, "5"),
        ("0", -1, None, "0"),
        ("0", 3, None, "2"),
        ("2", -9, None, "0"),
        ("0", 1, Some(0), "2"),
        // From an entry of another lane, to the nearest in that direction.
        ("4", 1, Some(0), "2"),
        ("4", -1, Some(0), "0"),
    ] {
        assert_eq!(
            id(lanes.step(&timeline, at(from), by, within)),
            to,
            "{from} by {by} in {within:?}"
        );
    }
    assert_eq!(lanes.end(true, None).map(id).as_deref(), Some("5"));
    // A, B, C (undated alone, passed over), D.
    let goal = day(2023, 1, 12);
    let mut at = 3;
    let mut path = Vec::new();
    while let Some((lane, entry)) = lanes.lane_step(at, -1, goal) {
        path.push((lane, id(entry)));
        at = lane;
    }
    assert_eq!(path, [(1, "1".to_owned()), (0, "2".to_owned())]);
    assert_eq!(
        lanes.lane_step(0, 9, goal).map(|(lane, entry)| (lane, id(entry))),
        Some((3, "4".to_owned()))
    );
    assert_eq!(lanes.lane_step(3, 1, goal), None);
    assert_eq!(lanes.lane_of(&timeline, timeline.find("5").unwrap(), 0), Some(1));
}

#[test]
fn folds_bring_far_times_together() {
    let timeline = timeline(&["1917-11-07 A", "1917-11-09 B", "2022-02-24 A", "2022-03-01/.. -"]);
    let lanes = lanes(&timeline, LaneBy::Speaker, LaneOrder::First);
    let open = lanes.fit(60, false, 0);
    let folded = lanes.fit(60, true, 0);
    assert!(folded.days_a_column() < 1.0 && open.days_a_column() > 600.0);
    insta::assert_snapshot!(picture(&timeline, &lanes, &folded, Glyphs::Unicode));
    let around = day(2022, 2, 24);
    let unfolded = lanes.folded(&folded, false, around);
    assert_eq!(unfolded.column(around), folded.column(around));
    assert_eq!(lanes.folded(&unfolded, true, around), folded);
    assert_eq!(lanes.beyond(0, &folded), (0, 0));
    assert_eq!(lanes.beyond(0, &unfolded), (1, 0));
}

fn dates() -> impl Strategy<Value = String> {
    let date =
        (1990i64..2010, 1u8..=12, 1u8..=28, 0u8..7).prop_map(
            |(year, month, day, form)| match form {
                0 => format!("{year}"),
                1 => format!("{year}-{month:02}"),
                2 => format!("{year}-{month:02}~"),
                3 => format!("{year}-{month:02}-{day:02}~"),
                4 => format!("{}X", year / 10),
                _ => format!("{year}-{month:02}-{day:02}"),
            },
        );
    (date.clone(), date, 0u8..9).prop_map(|(from, to, form)| {
        let interval = format!("{from}/{to}");
        match form {
            0 => format!("{from}/.."),
            1 => format!("../{from}"),
            2 => format!("{from}/"),
            3 => "XXXX".to_owned(),
            4 | 5 if When::parse(&interval).is_ok() => interval,
            _ => from,
        }
    })
}

/// What a column shows, found by looking at every entry.
fn naive(extents: &[(EntryIndex, Extent)], axis: &Axis, column: usize, kinds: &Timeline) -> Class {
    let at = column as isize;
    let here = axis.stretch(at);
    let touches = |first: Day, last: Day, stretch: crate::view::axis::Stretch| {
        first <= stretch.last && last >= stretch.first
    };
    let begins = column == 0 || axis.stretch(at - 1).last < here.first;
    let marks: Vec<&(EntryIndex, Extent)> = extents
        .iter()
        .filter(|(_, extent)| begins && touches(extent.mark, extent.mark, here))
        .collect();
    match marks[..] {
        [(entry, _)] => return Class::Mark(kinds.kind(*entry), kinds.date(*entry).precision()),
        [] => {}
        _ => return Class::Count(marks.len()),
    }
    let (first, last) = axis.days().unwrap();
    let any = |test: &dyn Fn(&Extent) -> bool| extents.iter().any(|(_, extent)| test(extent));
    if column == 0 && any(&|extent| extent.before && extent.mark >= first) {
        return Class::Before;
    }
    if column + 1 == axis.columns() && any(&|extent| extent.onwards && extent.mark <= last) {
        return Class::Onwards;
    }
    if here.folded {
        return Class::Fold;
    }
    if any(&|extent| extent.firm.is_some_and(|(from, to)| touches(from, to, here))) {
        return Class::Firm;
    }
    if any(&|extent| extent.first < extent.last && touches(extent.first, extent.last, here)) {
        return Class::Loose;
    }
    let beside = [axis.stretch(at - 1), axis.stretch(at + 1)];
    let faint = |extent: &Extent| {
        [extent.soft_end, extent.soft_start]
            .into_iter()
            .zip(beside)
            .any(|(soft, at)| soft && !at.folded && touches(extent.first, extent.last, at))
    };
    if any(&faint) { Class::Faint } else { Class::Empty }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn columns_show_what_a_look_at_every_entry_shows(
        list in proptest::collection::vec((dates(), 0u8..3), 1..25),
        columns in 1usize..90, zooms in 0usize..12, pans in -60isize..60, folded: bool,
    ) {
        let entries: Vec<String> = list.iter().map(|(date, who)| format!("{date} {}", ["A", "B", "-"][usize::from(*who)])).collect();
        let timeline = timeline(&entries.iter().map(String::as_str).collect::<Vec<_>>());
        let lanes = lanes(&timeline, LaneBy::Speaker, LaneOrder::First);
        let axis = lanes.fit(columns, folded, 0);
        let middle = axis.stretch(columns as isize / 2).first;
        let axis = (0..zooms).fold(axis, |axis, _| axis.zoomed(true, middle)).panned(pans);
        for (at, lane) in lanes.lanes().iter().enumerate() {
            let extents: Vec<(EntryIndex, Extent)> = lane
                .dated()
                .filter_map(|entry| Some((entry, Extent::of(&timeline.date(entry))?)))
                .collect();
            let cells = lanes.cells(&timeline, at, &axis, None);
            prop_assert_eq!(cells.len(), columns, "never leaves its lane");
            for (column, cell) in cells.iter().enumerate() {
                prop_assert_eq!(cell.class, naive(&extents, &axis, column, &timeline), "column {}", column);
                prop_assert_eq!(cell.entry.is_some(), !matches!(cell.class, Class::Empty | Class::Fold));
            }
            for (entry, extent) in &extents {
                // Every column of a day on which it may have been shows something.
                if let Some((from, to)) = Lanes::columns(&timeline, *entry, &axis)
                    && extent.first < extent.last
                {
                    for cell in &cells[from..=to] {
                        prop_assert!(cell.class != Class::Empty);
                    }
                }
            }
            let (before, after) = lanes.beyond(at, &axis);
            let seen: usize = cells.iter().map(|cell| match cell.class {
                Class::Mark(..) => 1,
                Class::Count(count) => count,
                _ => 0,
            }).sum();
            prop_assert_eq!(before + seen + after + lane.undated(), lane.len());
        }
    }

    #[test]
    fn steps_keep_the_order_of_time_and_reach_all(
        list in proptest::collection::vec(dates(), 1..25),
    ) {
        let entries: Vec<String> = list.iter().map(|date| format!("{date} A")).collect();
        let timeline = timeline(&entries.iter().map(String::as_str).collect::<Vec<_>>());
        let lanes = lanes(&timeline, LaneBy::Speaker, LaneOrder::First);
        let Some(first) = lanes.end(false, None) else { return Ok(()) };
        let mut path = vec![first];
        loop {
            let here = path[path.len() - 1];
            let next = lanes.step(&timeline, here, 1, Some(0));
            prop_assert!(Lanes::day(&timeline, here) <= Lanes::day(&timeline, next));
            if next == here {
                break;
            }
            prop_assert_eq!(lanes.step(&timeline, next, -1, None), here);
            path.push(next);
        }
        let undated = lanes.lanes()[0].undated();
        prop_assert_eq!(path.len() + undated, timeline.len());
    }
}

#[test]
fn precision_is_kept_in_the_mark() {
    let timeline = timeline(&["1984 A", "1990-05 -", "2000-01-01 B"]);
    let lanes = lanes(&timeline, LaneBy::Kind, LaneOrder::First);
    let axis = lanes.fit(60, false, 0);
    let marks = |lane| -> Vec<Class> {
        let cells = lanes.cells(&timeline, lane, &axis, None);
        cells
            .iter()
            .map(|cell| cell.class)
            .filter(|class| matches!(class, Class::Mark(..)))
            .collect()
    };
    let mark = |kind, precision| Class::Mark(kind, precision);
    assert_eq!(
        marks(0),
        [mark(Kind::Statement, Precision::Year), mark(Kind::Statement, Precision::Day)]
    );
    assert_eq!(marks(1), [mark(Kind::Event, Precision::Month)]);
}
