//! No sentence on order, ratio or rate says more than the bounds of the claims do: true values are
//! taken from within them, and none contradicts what is printed.

use proptest::prelude::*;

use super::*;

/// "About" a number is up to a tenth less or more; that is what people mean by it who do not say.
const ABOUT: f64 = 0.1;

/// What two of them come to, and the rounding of what is about so many times.
const ABOUT_BOTH: f64 = 0.3;

fn claim() -> impl Strategy<Value = Bound> {
    // Whole numbers, close to one another often enough.
    (prop_oneof![1u32..40, 990u32..1010, 1u32..2_000_000], 0u32..50, 0usize..7).prop_map(
        |(number, more, which)| {
            let [low, high] = [number, number + more].map(crate::model::Amount::from);
            [
                Bound::Exactly(low),
                Bound::About(low),
                Bound::AtLeast(low),
                Bound::MoreThan(low),
                Bound::AtMost(low),
                Bound::LessThan(low),
                Bound::Between(low, high),
            ][which]
        },
    )
}

/// A true value that the claim allows, from its least (0) to its most (1).
fn truth(claim: Bound, share: f64) -> f64 {
    let number = claim.amount().nearly();
    match claim {
        Bound::Exactly(_) => number,
        Bound::About(_) => number * (1.0 - ABOUT + 2.0 * ABOUT * share),
        Bound::AtLeast(_) => number * (1.0 + 5.0 * share),
        Bound::MoreThan(_) => number * (1.0 + 5.0 * share) + 0.001,
        Bound::AtMost(_) => number * share,
        Bound::LessThan(_) => (number - 0.001) * share,
        Bound::Between(_, high) => number + (high.nearly() - number) * share,
    }
}

/// The least and the most times as much that words say; strict ends say so.
fn said(words: &str) -> (f64, f64, bool) {
    let soft = words.starts_with("about ");
    let bare = words.trim_start_matches("about ");
    let number = |text: &str| match text.trim() {
        "the same" => 1.0,
        text => text
            .trim_end_matches(" as much")
            .trim_end_matches(" times")
            .replace(',', "")
            .parse::<f64>()
            .unwrap_or_else(|_| panic!("{words}")),
    };
    let more = f64::INFINITY;
    let (low, high) = match bare {
        "more" => (1.0, more),
        "less" => (0.0, 1.0),
        _ => match (bare.strip_suffix(" or more"), bare.strip_suffix(" or less")) {
            (Some(least), _) => (number(least), more),
            (_, Some(most)) => (0.0, number(most)),
            _ => match (bare.strip_prefix("more than "), bare.strip_prefix("less than ")) {
                (Some(least), _) => (number(least), more),
                (_, Some(most)) => (0.0, number(most)),
                _ => match bare.split_once(" to ") {
                    Some((low, high)) => (number(low), number(high)),
                    None => (number(bare), number(bare)),
                },
            },
        },
    };
    (low, high, soft)
}

/// Whether so many times as much contradicts the words.
fn holds(words: &str, times: f64) -> bool {
    let (low, high, soft) = said(words);
    let room = if soft { ABOUT_BOTH } else { 1e-9 };
    low * (1.0 - room) <= times && times <= high * (1.0 + room)
        // More than the same, and not the same.
        && (words != "more" || times > 1.0)
        && (words != "less" || times < 1.0)
}

fn check(words: &str, start: &str, [first, second]: [f64; 2]) -> Result<(), TestCaseError> {
    let Some(rest) = words.split_once(start).map(|(_, rest)| rest) else { return Ok(()) };
    let end = rest.find(['.', ';']).map(|at| match rest[at..].starts_with('.') {
        // A decimal point ends nothing.
        true => rest
            .match_indices(['.', ';'])
            .find(|(at, _)| !rest[at + 1..].starts_with(|next: char| next.is_ascii_digit()))
            .map_or(rest.len(), |(at, _)| at),
        false => at,
    });
    let phrase = &rest[..end.unwrap_or(rest.len())];
    let (times, said) = match phrase.split_once(" is ") {
        Some(("the second", said)) => (second / first, said),
        Some(("the first", said)) => (first / second, said),
        _ => return Ok(()),
    };
    prop_assert!(times.is_nan() || holds(said, times), "{phrase}: in truth {times}; {words}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_sentence_is_contradicted_by_what_the_bounds_allow(
        one in claim(), other in claim(), shares in proptest::array::uniform2(0.0f64..=1.0),
        periods in proptest::array::uniform2(0usize..6),
    ) {
        // With their lengths in months of 30.436875 days.
        let day = 12.0 / 365.2425;
        let known = [
            ("2022", 12.0),
            ("2022-01/2022-12", 12.0),
            ("2022-02/2022-10", 9.0),
            ("2022-33", 3.0),
            ("2022-12/2023-05-01", 5.0 + day),
            ("2023-05-01/2023-05-07", 7.0 * day),
        ];
        let [(ours, short), (theirs, long)] = periods.map(|at| known[at]);
        let words = two(figure(one, "m", "", "", ours), figure(other, "m", "", "", theirs));
        let values = [truth(one, shares[0]), truth(other, shares[1])];
        check(&words, "by value, ", values)?;
        check(&words, "By the monthly rate, ", [values[0] / short, values[1] / long])?;
    }
}
