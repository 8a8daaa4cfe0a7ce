//! `dateline date`: what dates say.

use crate::cli::args::{Date, Format};
use crate::cli::{Failure, Outcome, print};
use crate::export::json::pretty;
use crate::when::explain;

/// Explains each text; findings if any is no date.
pub fn run(date: &Date) -> Result<Outcome, Failure> {
    let explanations: Vec<_> = date.texts.iter().map(|text| explain(text)).collect();
    match date.format {
        Format::Text => {
            let texts: Vec<String> =
                explanations.iter().map(|explanation| explanation.to_text()).collect();
            print(&texts.join("\n"))?;
        }
        Format::Json => {
            print(&pretty(&explanations))?;
        }
    }
    let valid = explanations.iter().all(|explanation| explanation.valid);
    Ok(if valid { Outcome::Done } else { Outcome::Findings })
}
