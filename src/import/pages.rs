//! Text that waits until what goes before it is known.

use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

use crate::import::ImportError;

/// How much of a dataset may stay in memory before it goes to a file, in bytes.
const IN_MEMORY: usize = 16 << 20;

/// Text that waits, in memory or in a temporary file.
pub(super) struct Pages {
    file: BufWriter<SpooledTempFile>,
    /// How much has been written, in bytes.
    pub(super) length: u64,
}

impl Default for Pages {
    fn default() -> Self {
        Pages { file: BufWriter::new(SpooledTempFile::new(IN_MEMORY)), length: 0 }
    }
}

impl Pages {
    /// Adds to the end.
    pub(super) fn write(&mut self, text: &str) -> Result<(), ImportError> {
        self.length = self.length.saturating_add(text.len() as u64);
        self.file.write_all(text.as_bytes()).map_err(ImportError::Write)
    }

    /// From its beginning, and how many bytes there are.
    pub(super) fn read_again(&mut self) -> io::Result<(impl Read + use<>, u64)> {
        let fresh = BufWriter::new(SpooledTempFile::new(0));
        let mut file = std::mem::replace(&mut self.file, fresh)
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        Ok((io::BufReader::with_capacity(1 << 16, file), self.length))
    }
}
