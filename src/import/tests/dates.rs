//! Dates as written, and the EDTF that they become.

use proptest::prelude::*;

use crate::import::dates::{DayOrder, Parts, Rest, Rules, Unit, from_epoch, from_parts};
use crate::when::When;

fn read(rules: Rules, text: &str) -> String {
    match rules.read(text) {
        Ok(read) if read.rest == Rest::Words => format!("{} …", read.when.text()),
        Ok(read) if read.rest == Rest::Fraction => format!("{} .", read.when.text()),
        Ok(read) => read.when.text().to_owned(),
        Err(why) => format!("! {why}"),
    }
}

#[test]
fn dates_are_read_as_people_write_them() {
    let table = [
        // EDTF stays.
        ("2022-11-09", "2022-11-09"),
        (" 2022-11 ", "2022-11"),
        ("2022-12/..", "2022-12/.."),
        ("1984~", "1984~"),
        ("-0043-03-15", "-0043-03-15"),
        ("", "XXXX"),
        ("unknown", "XXXX"),
        ("n.d.", "XXXX"),
        // Words.
        ("9 November 2022", "2022-11-09"),
        ("9th of November, 2022", "2022-11-09"),
        ("November 9, 2022", "2022-11-09"),
        ("Nov. 9, 2022", "2022-11-09"),
        ("Wednesday, 9 Nov 2022", "2022-11-09"),
        ("Nov 2022", "2022-11"),
        ("November 2022", "2022-11"),
        ("9-Nov-2022", "2022-11-09"),
        ("2022 Nov 9", "2022-11-09"),
        ("spring 2022", "2022-21"),
        ("Q3 2022", "2022-35"),
        ("1850", "1850"),
        ("476", "0476"),
        ("AD 33", "0033"),
        ("44 BC", "-0043"),
        ("15 March 44 BC", "-0043-03-15"),
        // Other languages.
        ("9. November 2022", "2022-11-09"),
        ("1. März 2022", "2022-03-01"),
        ("den 3. Okt. 2022", "2022-10-03"),
        ("9 novembre 2022", "2022-11-09"),
        ("1er août 2022", "2022-08-01"),
        ("9 de noviembre de 2022", "2022-11-09"),
        ("um 1850", "1850~"),
        ("vers 1850", "1850~"),
        ("seit März 2021", "2021-03/.."),
        ("44 v. Chr.", "-0043"),
        // Less than certain.
        ("circa 1850", "1850~"),
        ("c. 1850", "1850~"),
        ("ca. March 1850", "1850-03~"),
        ("about 1850", "1850~"),
        ("1850?", "1850?"),
        ("possibly 1850", "1850?"),
        // Decades and centuries.
        ("1850s", "185X"),
        ("the 1850s", "185X"),
        ("19th century", "18XX"),
        ("19th c.", "18XX"),
        ("the nineteenth century", "! `the nineteenth century` cannot be read as a date"),
        ("first century AD", "00XX"),
        ("1st century BC", "[-0099..0000]"),
        ("5th century BCE", "[-0499..-0400]"),
        ("2nd millennium BC", "[-1999..-1000]"),
        ("circa 1st century BC", "[-0099..0000] …"),
        ("c. 14th century", "13XX~"),
        ("14th-17th century", "13XX/16XX"),
        ("14th to 17th centuries", "13XX/16XX"),
        ("5th to 4th century BC", "-0499/-0300"),
        // What EDTF has no word for.
        ("early 1850s", "185X …"),
        ("mid-1850s", "185X …"),
        ("late 2022", "2022 …"),
        ("the end of March 2022", "2022-03 …"),
        ("early 19th century", "18XX …"),
        ("Anfang 2022", "2022 …"),
        // From one side.
        ("before 1850", "[..1849]"),
        ("before March 1850", "[..1850-02]"),
        ("before 1 March 1852", "[..1852-02-29]"),
        ("by 1850", "[..1850]"),
        ("after 1850", "[1851..]"),
        ("since March 2021", "2021-03/.."),
        ("until 1850", "../1850"),
        ("between 1850 and 1855", "[1850..1855]"),
        // Ranges.
        ("1990–1995", "1990/1995"),
        ("1990 - 1995", "1990/1995"),
        ("1990-95", "1990/1995"),
        ("from 1990 to 1995", "1990/1995"),
        ("9–12 November 2022", "2022-11-09/2022-11-12"),
        ("November 9-12, 2022", "2022-11-09/2022-11-12"),
        ("March to May 2022", "2022-03/2022-05"),
        ("9 November 2022 - 3 January 2023", "2022-11-09/2023-01-03"),
        ("1990 - present", "1990/.."),
        ("circa 1850 to 1860", "1850~/1860"),
        // Numbers.
        ("2022/11/09", "2022-11-09"),
        ("2022.11.09", "2022-11-09"),
        ("20221109", "2022-11-09"),
        ("13/9/2022", "2022-09-13"),
        ("9/13/2022", "2022-09-13"),
        ("9/9/2022", "2022-09-09"),
        ("09.11.2022", "2022-11-09"),
        ("9/2022", "2022-09"),
        ("23/2022", "! `23/2022` cannot be read as a date"),
        ("2022/11", "2022-11"),
        ("2022/5", "2022-05"),
        // Two years, of which the second is in short.
        ("2022/23", "2022/2023"),
        ("2021/22", "2021/2022"),
        ("2022–23", "2022/2023"),
        ("1999/00", "1999/2000"),
        ("1939/45", "1939/1945"),
        ("2010/41", "! `2010/41` may be years or a part of one; write both years in full"),
        ("2010/11", "! `2010/11` may be years or a part of one; write both years in full"),
        ("2010–24", "! `2010–24` may be years or a part of one; write both years in full"),
        ("1945/39", "! `1945/39` may be years or a part of one; write both years in full"),
        // Year, day, month is nobody's order.
        (
            "2022-31-12",
            "! `2022-31-12` is no date: a month is 01 to 12; a season or another part of the year \
             has no day; perhaps `2022-12-31` is meant",
        ),
        (
            "2022-13-01",
            "! `2022-13-01` is no date: a month is 01 to 12, or 21 to 41 for a season or another \
             part of the year; perhaps `2022-01-13` is meant",
        ),
        (
            "11/9/2022",
            "! `11/9/2022` is 11 September with `--day-first` and 9 November with `--month-first`",
        ),
        (
            "11-9-2022",
            "! `11-9-2022` is 11 September with `--day-first` and 9 November with `--month-first`",
        ),
        ("11/9/22", "! `11/9/22` has a year of two digits"),
        ("30/2/2022", "! `30/2/2022` is no date: February 2022 has 28 days"),
        // Times of day.
        ("2022-11-09T10:30:00Z", "2022-11-09T10:30:00Z"),
        ("2022-11-09T10:30:00+01:00", "2022-11-09T10:30:00+01:00"),
        ("2022-11-09T10:30:00.250Z", "2022-11-09T10:30:00Z ."),
        ("2022-11-09T10:30:00.000+00:00", "2022-11-09T10:30:00Z"),
        ("2022-11-09T10:30Z", "2022-11-09T10:30:00Z"),
        ("2022-11-09 10:30", "2022-11-09T10:30:00"),
        ("2022-11-09 10:30:05 UTC", "2022-11-09T10:30:05Z"),
        ("9 November 2022, 10:30 pm", "2022-11-09T22:30:00"),
        ("Nov 9, 2022 at 12:05am", "2022-11-09T00:05:00"),
        ("9. November 2022 um 10:30", "2022-11-09T10:30:00"),
        ("13/9/2022 10:30", "2022-09-13T10:30:00"),
        ("Wed, 09 Nov 2022 10:30:00 +0100", "2022-11-09T10:30:00+01:00"),
        ("Wed Nov 09 2022 10:30:00 GMT+0000 (UTC)", "2022-11-09T10:30:00Z"),
        ("Wed Nov 09 10:30:00 +0000 2022", "2022-11-09T10:30:00Z"),
        ("2022-11-09 10:30 EST", "2022-11-09 …"),
        ("2022 10:30", "! it has a time of day but no day"),
        ("2022-11-09 25:00", "2022-11-09 …"),
        // No dates.
        ("soon", "! `soon` cannot be read as a date"),
        ("now", "! `now` is no date: it depends on the day it is read"),
        ("2020 - now", "! `2020 - now` is no date: it depends on the day it is read"),
        ("last week", "! `last week` is no date: it depends on the day it is read"),
        ("2023-02-30", "! `2023-02-30` is no date: February 2023 has 28 days"),
        ("2023/2022", "! the end is before the beginning"),
        ("1995 - 1990", "! the end is before the beginning"),
        ("44874", "! `44874` is a bare number; `--epoch` reads such as a time since 1970-01-01"),
        (
            "1667988000",
            "! `1667988000` is a bare number; `--epoch` reads such as a time since 1970-01-01",
        ),
        ("12", "! `12` is a bare number; `--epoch` reads such as a time since 1970-01-01"),
        ("10:30", "! `10:30` cannot be read as a date"),
    ];
    let wrong: Vec<_> = table
        .iter()
        .map(|(text, edtf)| (text, edtf, read(Rules::default(), text)))
        .filter(|(_, edtf, read)| edtf != &read)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_order_of_day_and_month_can_be_told() {
    let day = Rules { order: Some(DayOrder::DayFirst), ..Rules::default() };
    let month = Rules { order: Some(DayOrder::MonthFirst), ..Rules::default() };
    for (text, day_first, month_first) in [
        ("11/9/2022", "2022-09-11", "2022-11-09"),
        ("11-09-2022", "2022-09-11", "2022-11-09"),
        ("11/9/2022 10:30", "2022-09-11T10:30:00", "2022-11-09T10:30:00"),
        ("11/9/2022 - 12/9/2022", "2022-09-11/2022-09-12", "2022-11-09/2022-12-09"),
        ("11/9/2022-12/9/2022", "2022-09-11/2022-09-12", "2022-11-09/2022-12-09"),
        ("before 11/9/2022", "[..2022-09-10]", "[..2022-11-08]"),
        ("13/9/2022", "2022-09-13", "2022-09-13"),
        // Full stops go with the day first everywhere.
        ("11.9.2022", "2022-09-11", "2022-09-11"),
    ] {
        assert_eq!(read(day, text), day_first, "{text}");
        assert_eq!(read(month, text), month_first, "{text}");
    }
}

#[test]
fn times_since_1970_are_read_where_they_are_known_to_be() {
    let epoch = Rules { epoch: true, ..Rules::default() };
    for (text, edtf) in [
        ("0", "1970-01-01T00:00:00Z"),
        ("-1", "1969-12-31T23:59:59Z"),
        ("1667988000", "2022-11-09T10:00:00Z"),
        ("1667988000.5", "2022-11-09T10:00:00Z ."),
        ("-0.5", "1969-12-31T23:59:59Z ."),
        ("1667988000000", "2022-11-09T10:00:00Z"),
        ("1667988000250", "2022-11-09T10:00:00Z ."),
        ("1667988000000000", "2022-11-09T10:00:00Z"),
        ("1667988000000000000", "2022-11-09T10:00:00Z"),
        ("99999999999999999999999", "! a time since 1970 that is in no year of four digits"),
        ("2022-11-09", "2022-11-09"),
    ] {
        assert_eq!(read(epoch, text), edtf, "{text}");
    }
    let micros = from_epoch("1667988000", Unit::Microseconds).unwrap();
    assert_eq!(micros.when.text(), "1970-01-01T00:27:47Z");
    assert!(from_epoch("x", Unit::Microseconds).is_err());
}

#[test]
fn ends_may_stand_in_a_column_of_their_own() {
    let rules = Rules::default();
    for (start, end, edtf) in [
        ("2022-11-09", "", "2022-11-09"),
        ("2022-11-09", "2022-11-12", "2022-11-09/2022-11-12"),
        ("9 Nov 2022", "Dec 2022", "2022-11-09/2022-12"),
        ("2022-11-09 10:00", "2022-11-12 12:00", "2022-11-09/2022-11-12"),
        ("2022-11-09 10:00", "2022-11-09 12:00", "2022-11-09T10:00:00"),
        ("2022", "2022", "2022"),
        ("2022", "ongoing", "2022/.."),
        ("", "2022", "/2022"),
        ("circa 1850", "1860", "1850~/1860"),
        ("2023", "2022", "! the end is before the beginning"),
        ("2022/2023", "2024", "! a range from or to something that is itself a range"),
    ] {
        let read = rules.read_span(start, end);
        let read = read.map_or_else(|why| format!("! {why}"), |read| read.when.text().to_owned());
        assert_eq!(read, edtf, "{start} to {end}");
    }
}

#[test]
fn parts_make_dates_as_far_as_they_go() {
    let parts = |year, month, day, clock| Parts { year, month, day, clock };
    for (parts, edtf) in [
        (parts(2022, None, None, None), Ok("2022")),
        (parts(-43, Some(3), None, None), Ok("-0043-03")),
        (parts(2022, Some(11), Some(9), None), Ok("2022-11-09")),
        (parts(2022, Some(11), Some(9), Some("10:30")), Ok("2022-11-09T10:30:00")),
        (parts(2022, Some(11), Some(9), Some("10:30:00 PM")), Ok("2022-11-09T22:30:00")),
        (parts(12_345, Some(1), Some(1), None), Ok("Y12345")),
        (parts(2022, Some(13), None, None), Err("there is no such day")),
        (parts(2022, Some(2), Some(29), None), Err("there is no such day")),
        (parts(2022, None, Some(9), None), Err("it has a day but no month")),
    ] {
        let read = from_parts(parts);
        assert_eq!(read.as_ref().map(|read| read.when.text()).map_err(String::as_str), edtf);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,30}", other in "[0-9 /.:apmcenturyb-]{0,20}") {
        for order in [None, Some(DayOrder::DayFirst)] {
            for epoch in [false, true] {
                let rules = Rules { order, epoch };
                for text in [&text, &other] {
                    if let Ok(read) = rules.read(text) {
                        prop_assert!(When::parse(read.when.text()).is_ok());
                    }
                }
                let _ = rules.read_span(&text, &other);
            }
        }
    }

    /// A day written in any way is that day, and a month is no day.
    #[test]
    fn days_are_the_same_however_written(year in 1000i64..3000, month in 1u8..=12, day in 1u8..=28) {
        let name = crate::when::month_name(month);
        let edtf = format!("{year}-{month:02}-{day:02}");
        for text in [
            format!("{day} {name} {year}"),
            format!("{name} {day}, {year}"),
            format!("{day}.{month}.{year}"),
            format!("{year}/{month}/{day}"),
            format!("{edtf}T00:00:00").replace("T00:00:00", ""),
        ] {
            prop_assert_eq!(read(Rules::default(), &text), edtf.clone(), "{}", text);
        }
        prop_assert_eq!(read(Rules::default(), &format!("{name} {year}")), format!("{year}-{month:02}"));
    }
}
