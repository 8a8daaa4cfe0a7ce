//! The text that a dataset was read from, and what it can be told by.

use std::fmt::Write as _;
use std::ops::Deref;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

/// A text, and its SHA-256 once somebody has asked for it.
#[derive(Debug, Default)]
pub struct Document {
    text: String,
    sha256: OnceLock<String>,
}

impl Document {
    /// The SHA-256 (FIPS 180-4) in lower-case hexadecimal. Takes time in proportion to the text
    /// when it is asked for first; whoever asks meanwhile waits.
    pub fn sha256(&self) -> &str {
        self.sha256.get_or_init(|| {
            let digest = Sha256::digest(&self.text);
            digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
                // Writing to a string does not fail.
                let _ = write!(hex, "{byte:02x}");
                hex
            })
        })
    }
}

impl From<String> for Document {
    fn from(text: String) -> Self {
        Document { text, sha256: OnceLock::new() }
    }
}

impl Deref for Document {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_told_by_its_digest() {
        let document = Document::from("abc".to_owned());
        assert_eq!(&*document, "abc");
        // FIPS 180-2, B.1.
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!([document.sha256(), document.sha256()], [digest; 2]);
    }
}
