//! What is wrong with queries that are wrong, and what is worth saying about others.

use crate::query::Query;
use crate::query::fixture::bakhmut;

#[test]
fn mistakes_are_named_where_they_are() {
    for (query, wrong, message) in [
        ("speker:kirby", "speker", "unknown field `speker`; did you mean `speaker`?"),
        ("a b pace:x", "pace", "unknown field `pace`; did you mean `place`?"),
        (
            "frobnicate:x",
            "frobnicate",
            "unknown field `frobnicate`; to look for the text, put it in quotation marks",
        ),
        (
            "x speaker:",
            "speaker:",
            "`speaker:` has no value; expected who said it: name, id, or part of either, as in \
             `speaker:kirby`",
        ),
        (
            "tag:a, b",
            ",",
            "a value of `tag:` is missing after the comma; expected a subject, or part of its \
             name, as in `tag:casualties,strategy`",
        ),
        ("speaker:=", "=", "nothing stands after `=`; expected a name"),
        ("kind:evnt", "evnt", "there is no kind `evnt`; did you mean `event`?"),
        ("kind:x", "x", "there is no kind `x`; expected `statement` or `event`"),
        ("has:quote,qoute", "qoute", "no record has a `qoute`; did you mean `quote`?"),
        (
            "has:xyzzy",
            "xyzzy",
            "no record has a `xyzzy`; expected one of quote, paraphrase, relay, figure, basis, \
             note, source, url, place, tag, speaker, related, dispute, \
             retracted, superseded",
        ),
        (
            "on:",
            "on:",
            "`on:` has no date; expected a date such as 2022-11, 2023-05-01 or 2022-12/2023-02",
        ),
        (
            "certainly:after:",
            "certainly:after:",
            "`certainly:after:` has no date; expected a date such as 2022-11, 2023-05-01 or \
             2022-12/2023-02",
        ),
        (
            "figure:>",
            ">",
            "no number stands after `>`; expected a number, as in `>50000`, `<=1.5m` or `50k..100k`",
        ),
        (
            "figure:>5x",
            "5x",
            "`5x` is not a number; expected a number, as in `>50000`, `<=1.5m` or `50k..100k`",
        ),
        (
            "figure:deaths>x",
            "x",
            "`x` is not a number; expected a number, as in `>50000`, `<=1.5m` or `50k..100k`",
        ),
        (
            "figure:9..5",
            "9..5",
            "the span ends below its start; expected a number, as in `>50000`, `<=1.5m` or `50k..100k`",
        ),
        (
            "figure:><5",
            "><5",
            "`><` does not fit here; expected a number, as in `>50000`, `<=1.5m` or `50k..100k`",
        ),
        ("a \"b c", "\"", "the quotation is not closed; expected `\"`"),
        ("“b c", "“", "the quotation is not closed; expected `”`"),
        ("\"\"", "\"\"", "nothing stands between the quotation marks; expected words"),
        ("(a OR b", "(", "the group is not closed; expected `)`"),
        ("é a)", ")", "nothing to close here"),
        ("a ()", "()", "nothing stands in the group; expected a term"),
        ("OR a", "OR", "nothing stands before `OR`; expected a term"),
        ("a OR", "OR", "nothing stands after `OR`; expected a term"),
        ("a OR OR b", "OR", "nothing stands after `OR`; expected a term"),
        ("AND a", "AND", "nothing stands before `AND`; expected a term"),
        ("a AND", "AND", "nothing stands after `AND`; expected a term"),
        (
            "a - b",
            "-",
            "`-` leaves out what follows it, and nothing does; expected a term or a group right \
             after it",
        ),
        (
            "a NOT",
            "NOT",
            "`NOT` leaves out what follows it, and nothing does; expected a term or a group right \
             after it",
        ),
    ] {
        let error = Query::parse(query).expect_err(query);
        assert_eq!(error.to_string(), message, "{query}");
        assert_eq!(query.get(error.span.clone()), Some(wrong), "{query}: {:?}", error.span);
    }
}

#[test]
fn a_wrong_date_is_underlined_from_where_it_goes_wrong() {
    for query in ["on:2022-13", "after:november", "x during:2022-12/2022-", "certainly:\"20 22\""] {
        let error = Query::parse(query).expect_err(query);
        let value = query.rfind(':').unwrap() + 1;
        assert!(error.span.start >= value && error.span.end == query.len(), "{query}: {error:?}");
        assert!(!error.span.is_empty() && error.hint.is_some(), "{query}: {error:?}");
    }
    // The date's own words and guess.
    let error = Query::parse("on:1/5/2023").expect_err("no EDTF");
    assert_eq!(error.message, crate::when::When::parse("1/5/2023").unwrap_err().message);
}

#[test]
fn nesting_has_an_end() {
    for deep in ["(".repeat(100_000), "-".repeat(100_000), "-(".repeat(100_000)] {
        let error = Query::parse(&format!("{deep}a")).expect_err("deep");
        assert_eq!(error.message, "too many groups within one another");
    }
}

#[test]
fn small_operators_between_terms_are_remarked_upon() {
    let or = "`or` is looked for as a word; `OR` joins";
    let and = "`and` is looked for as a word; terms are joined as they are";
    for (text, told) in [
        ("kirby or milley", &[(or, 6..8)][..]),
        ("kirby and milley", &[(and, 6..9)]),
        ("speaker:kirby or -milley", &[(or, 14..16)]),
        ("x (a or b and c) OR -(d or e)", &[(or, 5..7), (and, 10..13), (or, 24..26)]),
        ("kirby Or milley", &[("`Or` is looked for as a word; `OR` joins", 6..8)]),
        ("kirby OR milley", &[]),
        ("or milley", &[]),
        ("kirby or", &[]),
        ("a \"or\" b", &[]),
        ("this order", &[]),
    ] {
        let remarks = Query::parse(text).unwrap().small_operators();
        let found: Vec<_> = remarks.iter().map(|it| (&*it.message, it.span.clone())).collect();
        assert_eq!(found, told, "{text}");
    }
}

#[test]
fn names_that_stand_for_nothing_are_remarked_upon() {
    let timeline = bakhmut();
    let text = "speaker:kirby,zzz -tag:wagnr id:peskov-aire via:=Rozen place:Bakhmut";
    let remarks = Query::parse(text).unwrap().notes(&timeline);
    let told: Vec<(&str, &str, Option<&str>)> = remarks
        .iter()
        .map(|it| (&text[it.span.clone()], it.message.as_str(), it.hint.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("zzz", "no speaker matches `zzz`", None),
            ("wagnr", "no tag matches `wagnr`", Some("did you mean `Wagner`?")),
            ("peskov-aire", "no entry matches `peskov-aire`", Some("did you mean `peskov-air`?")),
            ("=Rozen", "no speaker is `Rozen`", Some("did you mean `rozen`?")),
        ]
    );
}
