//! What may stand before a dataset: `#![enable(implicit_some)]`.
//!
//! The reader takes values as the extensions of RON have them whether they are declared or not, so
//! that a declaration only has to be right.

use crate::dataset::cursor::{Cursor, Parsed};
use crate::dataset::problem::{Code, Flaws, did_you_mean};

/// The extensions of RON 0.12.
const EXTENSIONS: [&str; 4] =
    ["unwrap_newtypes", "implicit_some", "unwrap_variant_newtypes", "explicit_struct_names"];

/// Its attributes. Two of them are meant for other programs.
const ATTRIBUTES: [&str; 3] = ["enable", "type", "schema"];

impl Cursor<'_> {
    /// Passes over the attributes at the head of a file. What is wrong with one is told, and
    /// reading goes on in the next line.
    pub fn attributes(&mut self, flaws: &mut Flaws) -> Parsed<()> {
        while self.take(b'#')? {
            if let Err(flaw) = self.attribute(flaws) {
                flaws.push(*flaw);
                let rest = self.text().get(self.at()..).unwrap_or_default();
                let line = rest.find('\n').map_or(rest.len(), |end| end + 1);
                self.move_to(self.at() + line);
            }
        }
        Ok(())
    }

    /// `![…]`.
    fn attribute(&mut self, flaws: &mut Flaws) -> Parsed<()> {
        self.expect(b'!', "`!` after the `#`")?;
        self.expect(b'[', "`[` after `#!`")?;
        let Some((name, span)) = self.word()? else {
            return Err(self.unexpected("`enable`"));
        };
        match name {
            "enable" => self.extensions(flaws)?,
            "type" | "schema" => {
                self.expect(b'=', format_args!("`=` after `{name}`"))?;
                if self.string()?.is_none() {
                    return Err(self.unexpected("a string: \"…\""));
                }
            }
            _ => {
                let hint = did_you_mean(name, ATTRIBUTES.into_iter());
                let hint = hint.unwrap_or_else(|| "leave the line out".to_owned());
                let message = format!("RON has no attribute `{name}`");
                flaws.add(Code::UnknownWord, span, message, Some(hint));
                if self.take(b'=')? || self.peek()? == Some(b'(') {
                    self.skip_value()?;
                }
            }
        }
        self.expect(b']', "`]` at the end of the attribute")
    }

    /// `(implicit_some, …)`.
    fn extensions(&mut self, flaws: &mut Flaws) -> Parsed<()> {
        self.expect(b'(', "`(` after `enable`")?;
        while !self.take(b')')? {
            let Some((name, span)) = self.word()? else {
                return Err(self.unexpected("the name of an extension, or `)`"));
            };
            if !EXTENSIONS.contains(&name) {
                let hint = did_you_mean(name, EXTENSIONS.into_iter())
                    .unwrap_or_else(|| format!("it has {}", EXTENSIONS.join(", ")));
                let message = format!("RON has no extension `{name}`");
                flaws.add(Code::UnknownWord, span, message, Some(hint));
            }
            if !self.take(b',')? && self.peek()? != Some(b')') {
                return Err(self.unexpected("`,` or `)` after an extension"));
            }
        }
        Ok(())
    }
}
