use std::sync::Arc;

use super::*;
use crate::export::Options;
use crate::model::{EntryIndex, TimelineBuilder};
use crate::view::figures::tests::{bakhmut, statement};

fn written(format: &Format, timeline: &Timeline) -> String {
    let entries: Vec<EntryIndex> = timeline.indexes().collect();
    let request =
        Request { timeline, entries: &entries, provenance: None, options: Options::default() };
    String::from_utf8((format.write)(&request).unwrap().bytes).unwrap()
}

#[test]
fn pictures_of_the_dispute_about_bakhmut() {
    for format in FORMATS {
        insta::assert_snapshot!(format.name, written(format, &bakhmut()));
    }
}

#[test]
fn a_picture_says_how_much_is_in_it() {
    let mut builder = TimelineBuilder::new();
    for date in ["2023-05-01", "XXXX", "2022~"] {
        builder.entry(statement(date, date, "h"), 1);
    }
    let timeline = builder.build();
    let entries: Vec<EntryIndex> = timeline.indexes().collect();
    let request = Request {
        timeline: &timeline,
        entries: &entries,
        provenance: None,
        options: Options::default(),
    };
    let lanes = (LANES.write)(&request).unwrap();
    assert_eq!(lanes.wrote.to_string(), "2 entries");
    assert_eq!(lanes.notes, ["1 entry has no place in the picture"]);
    assert!(String::from_utf8(lanes.bytes).unwrap().contains(">2 entries, "));
    let figures = (FIGURES.write)(&request).unwrap();
    assert_eq!((figures.wrote.to_string(), figures.notes), ("0 figures".to_owned(), vec![]));
    let bakhmut = bakhmut();
    let entries: Vec<EntryIndex> = bakhmut.indexes().collect();
    let figures =
        (FIGURES.write)(&Request { timeline: &bakhmut, entries: &entries, ..request }).unwrap();
    let svg = String::from_utf8(figures.bytes).unwrap();
    assert!(svg.contains(&format!(">{} in ", figures.wrote)), "{svg}");
}

#[test]
fn the_documentation_is_of_this_version() {
    let manual = include_str!("../../../docs/export.md");
    for format in FORMATS {
        let files: Vec<String> = format.extensions.iter().map(|end| format!("`.{end}`")).collect();
        let row = format!("| `{}` | {} |", format.name, files.join(", "));
        assert!(manual.contains(&row), "{row}");
    }
}

#[test]
fn any_timeline_has_a_picture() {
    let empty = TimelineBuilder::new().build();
    for format in FORMATS {
        assert!(written(format, &empty).ends_with("</svg>\n"));
    }
    for dates in [
        &["2023-05-01"][..],
        &["XXXX"],
        &["-0044-03-15", "2023/..", "../1850", "Y-4600000000"],
        &["2022~", "2022-08?", "1560/1570"],
    ] {
        let mut builder = TimelineBuilder::new();
        dates.iter().for_each(|date| builder.entry(statement(date, date, "a <b> & \u{1b}[1m"), 1));
        let timeline = Arc::new(builder.build());
        for format in FORMATS {
            let svg = written(format, &timeline);
            assert!(!svg.contains("<b>") && !svg.contains('\u{1b}'), "{svg}");
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{dates:?}: {svg}");
        }
    }
}

#[test]
fn a_picture_does_not_grow_with_the_number_of_entries() {
    let mut builder = TimelineBuilder::new();
    for number in 0..5000 {
        let date =
            format!("{:04}-{:02}-{:02}", 1900 + number / 50, number % 12 + 1, number % 28 + 1);
        builder.entry(statement(&number.to_string(), &date, "Words"), 1);
    }
    let svg = written(&LANES, &builder.build());
    assert!(svg.len() < 100_000, "{} bytes", svg.len());
    assert!(svg.contains("<text class=\"middle small strong ground\""));
}

/// The heights at which the marks of a picture stand, with their words.
fn heights(svg: &str) -> Vec<(String, f64)> {
    let mark = |line: &str| {
        let words = line.split_once("<title>")?.1.split_once("</title>")?.0.to_owned();
        let path = line.split_once("<path d=\"M")?.1;
        let y = path.split_once(' ')?.1.split(['H', 'q']).next()?;
        Some((words, y.parse().ok()?))
    };
    svg.lines().filter_map(mark).collect()
}

#[test]
fn figures_are_drawn_to_scale() {
    let mut builder = TimelineBuilder::new();
    for (id, value) in [("a", 100), ("b", 100), ("c", 100), ("d", 133), ("e", 139), ("f", 50)] {
        let bound = crate::model::Bound::Exactly(crate::model::Amount::from(value));
        let figure =
            crate::view::figures::tests::figure(bound, "deaths", "", "", "2023-01/2023-04");
        let entry = statement(id, "2023-05-01", id);
        builder.entry(crate::model::Entry { figures: vec![figure], ..entry }, 1);
    }
    let svg = written(&FIGURES, &builder.build());
    let heights = heights(&svg);
    let of = |value: &str| -> Vec<f64> {
        let marks =
            heights.iter().filter(|(words, _)| words.contains(&format!(": {value} deaths")));
        marks.map(|(_, y)| *y).collect()
    };
    let (hundred, fifty) = (of("100"), of("50"));
    assert_eq!(hundred.len(), 3, "{heights:?}");
    assert!(hundred.iter().all(|y| *y == hundred[0]), "equal values at one height");
    // As far above 100 as its share of the way from 50 to 100.
    let unit = (fifty[0] - hundred[0]) / 50.0;
    for (value, above) in [("133", 33.0), ("139", 39.0)] {
        assert!((hundred[0] - of(value)[0] - above * unit).abs() < 0.2, "{heights:?}");
    }
    // Where the axis says.
    let axis = svg.lines().find(|line| line.contains("class=\"dim end\">100<")).unwrap();
    let y: f64 = axis.split("y=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
    assert!((y - 4.5 - hundred[0]).abs() < 0.2, "{axis}");
    assert_eq!(svg.matches("own halo").count(), 6, "none is without words");
}
