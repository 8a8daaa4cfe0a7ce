use crate::model::{
    Amount, Bound, DatasetInfo, Entry, Figure, How, Kind, Related, Source, Speaker, Timeline,
    TimelineBuilder,
};
use crate::view::figures::{
    Column, FigureRecord, FigureRow, machine_table, measures, rows, sort, table,
};
use crate::when::When;

fn amount(value: f64) -> Amount {
    Amount::new(value).unwrap()
}

pub(crate) fn over(value: f64) -> Bound {
    Bound::MoreThan(amount(value))
}

pub(crate) fn figure(bound: Bound, measure: &str, of: &str, place: &str, period: &str) -> Figure {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Figure {
        bound,
        measure: measure.to_owned(),
        of: some(of),
        place: some(place),
        period: some(period).map(|text| When::parse(&text).unwrap()),
        lasting: None,
        part_of: None,
    }
}

pub(crate) fn statement(id: &str, date: &str, headline: &str) -> Entry {
    Entry::new(Kind::Statement, id, When::parse(date).unwrap(), headline)
}

fn related(to: &str, how: How) -> Related {
    Related { to: to.to_owned(), how }
}

/// The dispute about Bakhmut in small: two figures to compare, a clarification, and a dispute.
pub(crate) fn bakhmut() -> Timeline {
    let mut builder = TimelineBuilder::new();
    builder.dataset(DatasetInfo { title: "Bakhmut".to_owned(), ..DatasetInfo::default() });
    let speaker = |id: &str, name: &str| Speaker {
        id: id.to_owned(),
        name: name.to_owned(),
        short: None,
        title: None,
        role: None,
        organization: None,
    };
    let milley = builder.speaker(speaker("milley", "Mark Milley"));
    let kirby = builder.speaker(speaker("kirby", "John Kirby"));
    let joshi = builder.speaker(speaker("joshi", "Shashank Joshi"));
    let prigozhin = builder.speaker(speaker("prigozhin", "Yevgeny Prigozhin"));
    let hill = builder.source(Source {
        id: "hill".to_owned(),
        publisher: Some("The Hill".to_owned()),
        ..Source::default()
    });
    let forces = "Russian forces";
    builder.entry(
        Entry {
            speaker: Some(milley),
            figures: vec![Figure {
                lasting: Some("P8M".parse().unwrap()),
                ..figure(
                    Bound::About(amount(100_000.0)),
                    "casualties",
                    forces,
                    "Ukraine",
                    "2022-02/2022-10",
                )
            }],
            related: vec![related("kirby-may", How::ComparedWith)],
            tags: vec!["casualties".to_owned()],
            ..statement("milley-november", "2022-11", "Milley puts losses at 100,000")
        },
        10,
    );
    builder.entry(
        Entry {
            speaker: Some(prigozhin),
            figures: vec![figure(
                Bound::Exactly(amount(94.0)),
                "casualties",
                "Wagner Group",
                "",
                "",
            )],
            sources: vec![hill],
            ..statement("prigozhin-94", "2023-04-30", "Prigozhin: 94 casualties")
        },
        20,
    );
    let period = "2022-12/2023-05-01";
    builder.entry(
        Entry {
            speaker: Some(kirby),
            figures: vec![
                figure(over(100_000.0), "casualties", forces, "Bakhmut", period),
                Figure {
                    part_of: Some("casualties".to_owned()),
                    ..figure(over(20_000.0), "deaths", forces, "Bakhmut", period)
                },
            ],
            basis: Some("downgraded intelligence".to_owned()),
            sources: vec![hill],
            tags: vec!["casualties".to_owned(), "Bakhmut".to_owned()],
            ..statement("kirby-may", "2023-05-01", "Kirby: over 100,000 since December")
        },
        30,
    );
    builder.entry(
        Entry {
            speaker: Some(kirby),
            related: vec![related("kirby-may", How::Clarifies)],
            place: Some("Bakhmut".to_owned()),
            ..statement("kirby-clarification", "2023-05-01", "Kirby: only Bakhmut")
        },
        40,
    );
    builder.entry(
        Entry {
            speaker: Some(joshi),
            figures: vec![figure(
                Bound::About(amount(20_000.0)),
                "deaths",
                forces,
                "all fronts",
                period,
            )],
            related: vec![
                related("kirby-clarification", How::Disputes),
                related("kirby-may", How::Disputes),
            ],
            ..statement("joshi-all-fronts", "2023-05-01", "Joshi: not Bakhmut alone")
        },
        50,
    );
    builder.build()
}

fn all(timeline: &Timeline) -> Vec<FigureRow> {
    rows(timeline, &timeline.indexes().collect::<Vec<_>>())
}

#[test]
fn the_table_says_what_each_figure_covers() {
    let timeline = bakhmut();
    insta::assert_snapshot!(table(&all(&timeline)).to_text(160));
}

#[test]
fn a_record_holds_the_numbers() {
    let timeline = bakhmut();
    let records: Vec<FigureRecord> =
        all(&timeline).iter().map(|row| FigureRecord::of(&timeline, row)).collect();
    insta::assert_snapshot!(serde_json::to_string_pretty(&records[2]).unwrap());
    let csv = machine_table(&records).to_csv();
    assert!(csv.contains("kirby-may,1,\"over 100,000\",MoreThan,100000,,casualties,,Russian forces,Bakhmut,2022-12/2023-05-01,,5.03"), "{csv}");
    let head = csv.lines().next().unwrap();
    assert_eq!(head.split(',').count(), machine_table(&records).rows[0].len());
    assert_eq!(records[1].no_rate, Some("no period is given"));
}

#[test]
fn rows_sort_by_every_column() {
    let timeline = bakhmut();
    let ids = |column, descending| -> Vec<String> {
        let mut rows = all(&timeline);
        sort(&mut rows, column, descending);
        rows.iter().map(|row| format!("{} {}", row.who, row.claimed())).collect()
    };
    let (milley, prigozhin) = ("Milley about 100,000", "Prigozhin 94");
    let (kirby, deaths, joshi) = ("Kirby over 100,000", "Kirby over 20,000", "Joshi about 20,000");
    for (column, descending, expected) in [
        (Column::Claimed, false, [prigozhin, joshi, deaths, milley, kirby]),
        (Column::Claimed, true, [kirby, milley, deaths, joshi, prigozhin]),
        (Column::Measure, false, [milley, prigozhin, kirby, deaths, joshi]),
        (Column::Of, true, [prigozhin, milley, kirby, deaths, joshi]),
        (Column::Place, false, [joshi, kirby, deaths, milley, prigozhin]),
        (Column::Place, true, [milley, kirby, deaths, joshi, prigozhin]),
        (Column::Period, true, [kirby, deaths, joshi, milley, prigozhin]),
        (Column::Rate, false, [joshi, deaths, milley, kirby, prigozhin]),
        (Column::Who, false, [joshi, kirby, deaths, milley, prigozhin]),
        (Column::When, false, [milley, prigozhin, kirby, deaths, joshi]),
        (Column::Source, false, [prigozhin, kirby, deaths, milley, joshi]),
    ] {
        assert_eq!(ids(column, descending), expected, "{column:?}, descending {descending}");
    }
}

#[test]
fn measures_are_counted() {
    let timeline = bakhmut();
    let expected = [("casualties".to_owned(), 3), ("deaths".to_owned(), 2)];
    assert_eq!(measures(&all(&timeline)), expected);
}

#[test]
fn short_and_open_periods_are_said() {
    let mut builder = TimelineBuilder::new();
    for (id, period) in [("week", "2023-05-01/2023-05-07"), ("open", "2022-12/.."), ("none", "")] {
        let entry = Entry {
            figures: vec![figure(Bound::Exactly(amount(94.0)), "deaths", "", "", period)],
            ..statement(id, "2023-05-08", "94 dead")
        };
        builder.entry(entry, 1);
    }
    let timeline = builder.build();
    let said: Vec<[String; 2]> =
        all(&timeline).iter().map(|row| [row.period(), row.a_month()]).collect();
    let words = |words: [&str; 2]| words.map(str::to_owned);
    assert_eq!(
        said,
        [
            // 94 in 7 of 30.436875 days.
            words(["7 days, 1 – 7 May 2023", "about 409, from 7 days"]),
            words(["since December 2022", "the period has no end"]),
            words(["", "no period is given"]),
        ],
    );
}
