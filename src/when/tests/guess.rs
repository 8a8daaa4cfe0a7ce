//! What was meant by texts that are no EDTF, and where they are wrong.

use crate::when::{When, explain, from_words};

/// What people write, and the EDTF for it; empty where there is none to be sure of.
#[rustfmt::skip]
const MEANT: &[(&str, &str)] = &[
    ("9 Nov 2022", "2022-11-09"),
    ("November 9, 2022", "2022-11-09"),
    ("Nov 2022", "2022-11"),
    ("Nov. 2022", "2022-11"),
    ("2022/11/09", "2022-11-09"),
    ("2022-1-5", "2022-01-05"),
    ("11/9/2022", ""),
    ("12/31/2017", "2017-12-31"),
    ("31/12/2017", "2017-12-31"),
    ("5/5/2022", "2022-05-05"),
    ("09.11.2022", "2022-11-09"),
    ("circa 1850", "1850~"),
    ("c. 1850", "1850~"),
    ("c.1850", "1850~"),
    ("ca 1850", "1850~"),
    ("ca. 1850", "1850~"),
    ("c1850", "1850~"),
    ("1850 ?", "1850?"),
    ("1850s", "185X"),
    ("the 1850s", "185X"),
    ("1800s", "18XX"),
    ("spring 2001", "2001-21"),
    ("spring of 2001", "2001-21"),
    ("2022-11-31", "2022-11"),
    ("2023-02-29", "2023-02"),
    ("44 BC", "-0043"),
    ("15 March 44 BC", "-0043-03-15"),
    ("1 BC", "0000"),
    ("AD 44", "0044"),
    ("since 2022", "2022/.."),
    ("since December 2022", "2022-12/.."),
    ("until 2020", "../2020"),
    ("from 1964 to 2008", "1964/2008"),
    ("1990-2000", "1990/2000"),
    ("1990–2000", "1990/2000"),
    ("1990-91", "1990/1991"),
    ("1964 - 2008", "1964/2008"),
    ("9 to 12 November 2022", "2022-11-09/2022-11-12"),
    ("March to May 2022", "2022-03/2022-05"),
    ("between 1984 and 1986", "[1984..1986]"),
    ("today", ""),
    ("unknown", "XXXX"),
    ("n.d.", "XXXX"),
    ("198x", "198X"),
    ("2022-11-xx", "2022-11-XX"),
    ("2022‑11‑09", "2022-11-09"),
    ("2022–11–09", "2022-11-09"),
    ("20221109", "2022-11-09"),
    ("198", "0198"),
    ("476", "0476"),
    ("20000", "Y20000"),
    ("Y2022", "2022"),
    ("2000s", "200X"),
    ("the 1000s", ""),
    ("-199x", "-199X"),
    ("2022-31-12", "2022-12-31"),
    ("2022-13", ""),
    ("2014-12-08T11:46", "2014-12-08T11:46:00"),
    ("2014-12-08T11:46Z", "2014-12-08T11:46:00Z"),
    ("2014-12-08 11:46", "2014-12-08T11:46:00"),
    ("2016-05-02T16:54:59.042+0230", "2016-05-02T16:54:59+02:30"),
    ("2016-05-02T12:00:00-0000", "2016-05-02T12:00:00Z"),
    ("2022-11-09t10:00:00z", "2022-11-09T10:00:00Z"),
    ("Monday, 9 November 2022", "2022-11-09"),
    ("9th of November 2022", "2022-11-09"),
    ("Q3 2022", "2022-35"),
    ("2022 Q3", "2022-35"),
    ("2022-Q3", "2022-35"),
    ("19th century", "18XX"),
    ("{1960 ,  1961-12}", "{1960,1961-12}"),
    ("2022 / 2023", "2022/2023"),
    ("2022/23", "2022/2023"),
    ("2022–23", "2022/2023"),
    ("circa 2022/23", "2022~/2023~"),
    ("1999/00", "1999/2000"),
    ("1939/45", "1939/1945"),
    ("2010/11", ""),
    ("2010/41", ""),
    ("2022/11", "2022-11"),
    ("23/2022", ""),
    ("2022.23", ""),
    (" 2022-11 ", "2022-11"),
    ("/", "XXXX"),
    ("../..", "XXXX"),
    ("", ""),
    ("2022-11-09T24:00:00", ""),
    ("hello world", ""),
    ("about June 2004", "2004-06~"),
    ("possibly 1984", "1984?"),
    ("possibly about June 2004", "2004-06%"),
    ("1985/1984", "1984/1985"),
    ("march 2023", "2023-03"),
    ("early 2022", ""),
    ("9-Nov-2022", "2022-11-09"),
    ("日本2022", ""),
    ("2022年", ""),
    ("\"2022-11\"", "2022-11"),
    ("(2022-11)", "2022-11"),
    ("2004-13-05", "2004-05-13"),
    ("1/2017", "2017-01"),
    ("[1667, 1672-12]", "[1667,1672-12]"),
    ("2022-11-09.", "2022-11-09"),
    ("1850's", "185X"),
    ("2022-1", "2022-01"),
    ("-Y17E7", "Y-17E7"),
];

#[test]
fn what_was_meant() {
    for (text, meant) in MEANT {
        let error = When::parse(text).unwrap_err();
        assert_eq!(error.suggestion.as_deref().unwrap_or_default(), *meant, "{text}");
    }
}

#[test]
fn words_are_read_as_dates() {
    for (text, meant) in [
        ("march 2023", Some("2023-03")),
        ("9 nov 2022", Some("2022-11-09")),
        ("2023", Some("2023")),
        (" 2023-05 ", Some("2023-05")),
        ("the 1560s", Some("156X")),
        ("2022-11-31", None),
        ("2022-31-12", None),
        ("nonsense", None),
        ("", None),
    ] {
        assert_eq!(from_words(text).as_ref().map(When::text), meant, "{text}");
    }
}

#[test]
fn plain_readings_are_read_back() {
    for text in [
        "2022-11-09",
        "2022-11",
        "1984~",
        "2004-06?",
        "2004-06-11%",
        "2022-12/..",
        "../1985",
        "1964/2008",
        "2004-06-01/2005-02",
        "-0043-03-15",
        "156X",
        "18XX",
        "200X",
        "2001-23",
    ] {
        let when = When::parse(text).unwrap();
        assert_eq!(from_words(&when.reading()), Some(when.clone()), "{}", when.reading());
    }
}

#[test]
fn errors_point_at_the_character() {
    for (text, lines) in [
        ("9 Nov 2022", "9 Nov 2022\n ^ a date has no spaces in it\n  write `2022-11-09`\n"),
        ("2022-11-31", "2022-11-31\n        ^ November 2022 has 30 days\n  write `2022-11`\n"),
        ("2010/11", "2010/11\n^ this may be years or a part of one; write both years in full\n"),
        (
            "11/9/2022",
            "11/9/2022\n^ this may be 11 September, `2022-09-11`, or 9 November, `2022-11-09`\n",
        ),
        (
            "198",
            "198\n   ^ a year has four digits, or an X for one that is not known\n  write `0198`\n",
        ),
        ("", "\n^ there is no date\n"),
        ("1984\u{1b}[2J", "1984␛[2J\n    ^ a date has no spaces in it\n"),
        ("日本", "日本\n^ a date has only ASCII characters\n"),
    ] {
        assert_eq!(explain(text).to_text(), lines, "{text}");
    }
    let long = explain(&"1984/".repeat(1000)).to_text();
    assert!(long.lines().all(|line| crate::text::width(line) <= 160), "{long}");
}

#[test]
fn dates_are_explained() {
    for (text, lines) in [
        (
            "2022-12/..",
            "2022-12/..\n  reading   since December 2022\n  earliest  2022-12-01\n  latest    open\n  level     1\n",
        ),
        (
            "/1985",
            "/1985\n  reading   from an unknown date to 1985\n  earliest  unknown\n  latest    1985-12-31\n  level     1\n",
        ),
        (
            "XXXX",
            "XXXX\n  reading   undated\n  earliest  none: undated\n  latest    none: undated\n  level     2\n",
        ),
    ] {
        assert_eq!(explain(text).to_text(), lines);
    }
}

#[test]
fn explanations_as_json() {
    for (text, json) in [
        (
            "2022-11",
            r#"{"edtf":"2022-11","valid":true,"level":0,"reading":"November 2022","earliest":"2022-11-01","latest":"2022-11-30","error":null}"#,
        ),
        (
            "9 Nov 2022",
            r#"{"edtf":"9 Nov 2022","valid":false,"level":null,"reading":null,"earliest":null,"latest":null,"error":"a date has no spaces in it, at character 2; write `2022-11-09`"}"#,
        ),
    ] {
        assert_eq!(serde_json::to_string(&explain(text)).unwrap(), json);
    }
}
