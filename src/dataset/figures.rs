//! What can be wrong between the parts of a figure, and between the figures of an entry.

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::dataset::problem::{Code, Flaws};
use crate::dataset::raw::RawFigure;
use crate::dataset::references::claimed;
use crate::model::Bound;
use crate::when::{Edge, Lasting, facts};

/// The average length of a month, in days.
const MONTH: f64 = 30.44;

/// A duration that is none, or that its period contradicts by far: half as long again as from the
/// first to the last possible day, or less than a quarter of it. People count a month or two this
/// way or that, and a figure may be for a part of a year.
pub(super) fn lasting(flaws: &mut Flaws, figure: &RawFigure<'_>) {
    let Some(text) = &figure.lasting else { return };
    let lasting = match text.value.parse::<Lasting>() {
        Ok(lasting) => lasting,
        Err(hint) => {
            let message = format!("`lasting` cannot be `{}`", text.value);
            flaws.add(Code::BadDuration, text.span.clone(), message, Some(hint.to_string()));
            return;
        }
    };
    let Some(period) = figure.period.as_ref().and_then(|period| facts(&period.value).ok()) else {
        return;
    };
    let (Edge::Day(first), Edge::Day(last)) = (period.earliest, period.latest) else { return };
    if period.approximate || period.uncertain {
        return;
    }
    let days = last.saturating_sub(first).saturating_add(1).max(1) as f64;
    let said = lasting.months() as f64 * MONTH + lasting.days() as f64;
    let wrong = match said {
        said if said > days * 1.5 + 1.0 => "longer",
        said if said * 4.0 < days => "shorter",
        _ => return,
    };
    let message = format!("{} is far {wrong} than the period", lasting.reading());
    let hint = "the period is what the figure covers, `lasting` how long that is".to_owned();
    flaws.add(Code::BadDuration, text.span.clone(), message, Some(hint));
}

/// A part that is larger than every figure that it may be a part of.
pub(super) fn parts(flaws: &mut Flaws, figures: &[RawFigure<'_>]) {
    if figures.iter().all(|figure| figure.part_of.is_none()) {
        return;
    }
    // Of several figures of one measure the greatest is the last to be exceeded.
    let mut greatest: HashMap<&str, Bound> = HashMap::new();
    for figure in figures {
        let Some((measure, claim)) = figure.measure.as_ref().zip(claimed(figure)) else { continue };
        let most = greatest.entry(&measure.value).or_insert(claim);
        if top(claim) > top(*most) {
            *most = claim;
        }
    }
    for part in figures {
        let Some((whole, claim)) = part.part_of.as_ref().zip(claimed(part)) else { continue };
        let Some(most) = greatest.get(&*whole.value).filter(|most| claim.exceeds(**most)) else {
            continue;
        };
        let message = format!("{claim} is given as a part of {most}, which is less");
        let hint = Some("one of the numbers, or `part_of`, is not as it was claimed".to_owned());
        flaws.add(Code::LargerThanWhole, whole.span.clone(), message, hint);
    }
}

fn top(claim: Bound) -> Decimal {
    claim.high().unwrap_or(claim.amount()).number()
}
