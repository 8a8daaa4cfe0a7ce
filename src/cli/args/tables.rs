//! The arguments of commands that print tables and pictures.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::args::Format;

/// What a table is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// For stories and reports.
    Markdown,
}

/// `dateline figures`.
#[derive(Debug, Args)]
pub struct Figures {
    /// Datasets or folders of datasets; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Only the figures of entries that a query selects, such as `speaker:kirby after:2022-11`.
    #[arg(short, long, value_name = "QUERY")]
    pub query: Option<String>,
    /// What the output is for.
    #[arg(long, value_enum, default_value_t)]
    pub format: TableFormat,
    /// In order of a column, by its title, such as `claimed` or `a month`; else of when.
    #[arg(long, value_name = "COLUMN")]
    pub sort: Option<String>,
    /// From high to low.
    #[arg(long)]
    pub reverse: bool,
    /// The width of the text, in columns; else that of the terminal.
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
}

/// `dateline compare`.
#[derive(Debug, Args)]
pub struct Compare {
    /// Figures by their entries' ids: the first one of `kirby-may`, its second as `kirby-may#2` or
    /// `kirby-may#deaths`.
    #[arg(value_name = "ID", required = true, num_args = 2..)]
    pub ids: Vec<String>,
    /// A dataset or a folder of datasets; `-` is standard input. May be given several times.
    #[arg(short, long = "file", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What the output is for.
    #[arg(long, value_enum, default_value_t)]
    pub format: TableFormat,
    /// The width of the text, in columns; else that of the terminal.
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
}

/// `dateline stats`.
#[derive(Debug, Args)]
pub struct Stats {
    /// Datasets or folders of datasets; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Only the entries that a query selects, such as `speaker:kirby after:2022-11`.
    #[arg(short, long, value_name = "QUERY")]
    pub query: Option<String>,
    /// What the output is for.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// The width of the text, in columns; else that of the terminal.
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
}

/// A view of a timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ViewName {
    /// A row an entry, with the record beside it.
    #[default]
    Timeline,
    /// Time from left to right, a lane for each speaker.
    Lanes,
    /// Every figure claimed, as a chart and a table.
    Figures,
}

/// `dateline screenshot`.
#[derive(Debug, Args)]
pub struct Screenshot {
    /// Datasets or folders of datasets; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Columns and rows of the screen.
    #[arg(long, value_name = "COLUMNSxROWS", default_value = "120x40")]
    pub size: String,
    /// The view on the screen.
    #[arg(long, value_enum, default_value_t)]
    pub view: ViewName,
    /// Keys pressed before the picture is taken, such as `jj<enter>`.
    #[arg(long, value_name = "KEYS", default_value = "", hide_default_value = true)]
    pub keys: String,
    /// The look; `dateline themes` lists them.
    #[arg(long, value_name = "NAME", default_value = "dark")]
    pub theme: String,
    /// Draw with ASCII characters only.
    #[arg(long)]
    pub ascii: bool,
    /// Where to write the picture; else standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write over a file that is there already.
    #[arg(long)]
    pub force: bool,
}
