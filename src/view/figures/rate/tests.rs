use proptest::prelude::*;

use super::*;

fn amount(value: f64) -> Amount {
    Amount::new(value).unwrap()
}

fn length(lasting: &str) -> Length {
    Length::lasting(lasting.parse().unwrap())
}

#[test]
fn rates_worked_by_hand() {
    let hundred = amount(100_000.0);
    for (claim, lasting, text) in [
        (Bound::About(hundred), "P8M", "about 12,500"),
        (Bound::Exactly(hundred), "P8M", "12,500"),
        (Bound::MoreThan(hundred), "P5M", "over 20,000"),
        (Bound::AtLeast(hundred), "P8M", "at least 12,500"),
        (Bound::LessThan(hundred), "P8M", "under 12,500"),
        (Bound::AtMost(hundred), "P8M", "at most 12,500"),
        // 70,000 / 6 = 11,666.7 and 80,000 / 6 = 13,333.3.
        (Bound::Between(amount(70_000.0), amount(80_000.0)), "P6M", "11,600 to 13,400"),
        (Bound::Exactly(hundred), "P3M", "about 33,300"),
        (Bound::MoreThan(hundred), "P3M", "over 33,300"),
        (Bound::LessThan(hundred), "P3M", "under 33,400"),
        // 94 in a week: 94 / (7 / 30.436875) = 408.7.
        (Bound::Exactly(amount(94.0)), "P1W", "about 409"),
        (Bound::About(amount(-900.0)), "P8M", "about \u{2212}112"),
        (Bound::Exactly(amount(0.0)), "P8M", "0"),
        // Closer to a round number than floating point can tell, and yet not there.
        (
            Bound::AtLeast("99999999999999999999".parse().unwrap()),
            "P1M",
            "at least 99,900,000,000,000,000,000",
        ),
        (
            Bound::AtLeast("100000000000000000000".parse().unwrap()),
            "P1M",
            "at least 100,000,000,000,000,000,000",
        ),
    ] {
        assert_eq!(Span::of(claim).over(length(lasting)).text(), text, "{claim}");
    }
    let soft = Length::of_dates(&crate::when::When::parse("2022-01~/2022-05").unwrap()).unwrap();
    assert_eq!(Span::of(Bound::MoreThan(hundred)).over(soft).text(), "about 20,000 or more");
}

#[test]
fn ratios_say_no_more_than_the_claims() {
    let [two, three, six] = [2.0, 3.0, 6.0].map(amount);
    for (claim, to, expected) in [
        (Bound::Exactly(six), Bound::Exactly(three), Ok("2 times as much")),
        (Bound::Exactly(two), Bound::Exactly(three), Ok("about 0.667 times as much")),
        (Bound::Exactly(two), Bound::Exactly(two), Ok("the same")),
        (Bound::About(two), Bound::Exactly(two), Ok("about the same")),
        (Bound::MoreThan(two), Bound::About(two), Ok("about the same or more")),
        (Bound::MoreThan(two), Bound::Exactly(two), Ok("more")),
        (Bound::LessThan(two), Bound::Exactly(two), Ok("less")),
        (Bound::AtLeast(two), Bound::Exactly(two), Ok("the same or more")),
        (Bound::AtMost(two), Bound::Exactly(two), Ok("the same or less")),
        (Bound::AtMost(two), Bound::About(two), Ok("about the same or less")),
        (Bound::About(six), Bound::Exactly(three), Ok("about 2 times as much")),
        (Bound::MoreThan(six), Bound::About(three), Ok("about 2 times or more")),
        (Bound::AtLeast(six), Bound::Exactly(three), Ok("2 times or more")),
        (Bound::AtLeast(six), Bound::LessThan(three), Ok("more than 2 times as much")),
        (Bound::About(six), Bound::MoreThan(three), Ok("about 2 times or less")),
        (Bound::AtMost(six), Bound::AtLeast(three), Ok("2 times or less")),
        (Bound::Between(two, six), Bound::Exactly(two), Ok("1 to 3 times as much")),
        (Bound::Exactly(six), Bound::Between(two, three), Ok("2 to 3 times as much")),
        (Bound::About(six), Bound::Between(two, three), Ok("about 2 to 3 times as much")),
        (Bound::MoreThan(six), Bound::MoreThan(three), Err(NoRatio::Anything)),
        (Bound::AtMost(six), Bound::LessThan(three), Err(NoRatio::Anything)),
        (Bound::Exactly(six), Bound::Exactly(amount(0.0)), Err(NoRatio::NotPositive)),
        (Bound::Exactly(amount(-6.0)), Bound::Exactly(two), Err(NoRatio::NotPositive)),
        // Larger by one in 19 digits.
        (
            Bound::AtLeast("10000000000000000000".parse().unwrap()),
            Bound::Exactly("10000000000000000001".parse().unwrap()),
            Ok("0.999 times or more"),
        ),
    ] {
        let ratio = Span::of(claim).ratio(Span::of(to)).map(|ratio| ratio.times());
        assert_eq!(ratio.as_deref().map_err(|why| *why), expected, "{claim} to {to}");
    }
}

proptest! {
    #[test]
    fn digits_round_to_their_side(over in 1u32..9_999_999, under in 1u32..9_999, more in 0u32..3) {
        // Close to a round number on either side, or on it.
        let [over, under] = [over * 100 + more, under].map(|number| Quotient::of(number.into()));
        let number = over.by(under);
        let below = number.digits(3, Towards::Below);
        let above = number.digits(3, Towards::Above);
        prop_assert!(number.compared(below).is_some_and(std::cmp::Ordering::is_ge));
        prop_assert!(number.compared(above).is_some_and(std::cmp::Ordering::is_le));
        prop_assert!(above - below <= number.nearly * 0.0101);
    }
}
