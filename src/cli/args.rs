//! What can be said on the command line. Parsing does nothing else.

mod tables;
mod words;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use tables::{Compare, Figures, Screenshot, Stats, TableFormat, ViewName};
pub use words::arranged;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "dateline",
    version,
    about = "Browse the record of who said what, when, and according to whom",
    long_about = "Browse the record of who said what, when, and according to whom.\n\n\
        Without a command, opens the given datasets as one timeline; without a file, the dataset \
        that comes with the program. `-` is standard input. When standard output is no terminal, \
        lists the entries instead.",
    after_help = EXAMPLES,
    // Else CLICOLOR_FORCE colours the help in a pipe too.
    color = clap::ColorChoice::Never,
    args_conflicts_with_subcommands = true
)]
pub struct Arguments {
    /// What to do instead of opening the timeline.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What to open, and how.
    #[command(flatten)]
    pub open: Open,
}

const EXAMPLES: &str = "\
Examples:
  dateline                          browse the dataset that comes with the program
  dateline record.ron notes/        browse a file and a folder of files as one timeline
  dateline -q 'speaker:kirby'       only what John Kirby said
  dateline list -q 'after:2022-11 has:figure'
  dateline show kirby-may           the whole record of one entry
  dateline export -q tag:bakhmut -o bakhmut.md
  dateline compare milley-november kirby-may
                                    two figures side by side, and what is not like for like
  dateline check record.ron         find every mistake in a dataset
  dateline verify record.ron        look for every quote in the text of its sources
  dateline new record.ron           begin a dataset; `dateline add record.ron` adds to it
  dateline date '2022-12/..'        what a date says
  dateline import a.csv -o a.ron    make a dataset of a table

Exit codes: 0 done, 1 findings in a dataset, 2 wrong usage or unreadable input.";

/// Opening a timeline.
#[derive(Debug, Args)]
pub struct Open {
    /// Datasets or folders of datasets; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Begin with only the entries that match, as `f` filters them.
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,
    /// The look; `dateline themes` lists them.
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Draw with ASCII characters only; `--ascii=false` goes before the settings.
    #[arg(long, value_name = "YES", num_args = 0..=1, require_equals = true,
        default_missing_value = "true", hide_possible_values = true)]
    pub ascii: Option<bool>,
    /// Leave the mouse to the terminal.
    #[arg(long, value_name = "YES", num_args = 0..=1, require_equals = true,
        default_missing_value = "true", hide_possible_values = true)]
    pub no_mouse: Option<bool>,
    /// Keep nothing between runs, and start as in the first.
    #[arg(long, value_name = "YES", num_args = 0..=1, require_equals = true,
        default_missing_value = "true", hide_possible_values = true)]
    pub no_state: Option<bool>,
    /// Write a trace for a report of a bug: what was done and how long it took, nothing that a
    /// dataset says but ids.
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,
}

/// Everything but opening a timeline.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print a line for each entry.
    List(List),
    /// Print the whole record of an entry.
    Show(Show),
    /// Write entries as text, Markdown, HTML, CSV, JSON and more.
    Export(Export),
    /// Find every mistake in datasets.
    Check(Check),
    /// Write a new dataset that teaches the format.
    New(New),
    /// Open a dataset with the form for a new entry.
    Add(Open),
    /// Look for every quote in the archived text of its sources.
    Verify(Verify),
    /// Print every figure claimed, with how much that is a month.
    Figures(Figures),
    /// Lay figures side by side, and say what is not like for like.
    Compare(Compare),
    /// Print how many entries there are, by whom, about what and when.
    Stats(Stats),
    /// Draw the program's own screen as a picture (SVG).
    Screenshot(Screenshot),
    /// Explain dates: their reading, earliest and latest day, and EDTF level.
    Date(Date),
    /// Turn another format into a dataset.
    Import(Import),
    /// Print every key and what it does.
    Keys,
    /// Print every setting with its default, and where it is looked for.
    Config,
    /// List the themes.
    Themes,
    /// Print a script that makes a shell complete the program's words.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page, with every command and its options.
    Man,
}

/// What output is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// `dateline list`.
#[derive(Debug, Args)]
pub struct List {
    /// Datasets or folders of datasets; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Only the entries that match.
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,
    /// What the output is for.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `dateline show`.
#[derive(Debug, Args)]
pub struct Show {
    /// The entry's id, or `file:id` where two files share it.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Datasets or folders of datasets; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What the output is for.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// The width of the text, in columns.
    #[arg(long, value_name = "COLUMNS", default_value_t = 80)]
    pub width: usize,
}

/// What a row of a table is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Per {
    /// An entry.
    #[default]
    Entry,
    /// A figure; entries without one are left out.
    Figure,
}

/// `dateline export`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline export -q speaker:kirby -o kirby.md       as Markdown, by the file's name
  dateline export --from 2022-11 --to 2023-05 --format csv --per figure
  dateline export record.ron -q 'has:quote' --format html -o quotes.html --force")]
pub struct Export {
    /// Datasets or folders of datasets; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Only the entries that match.
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,
    /// Only what was said, happened or was going on from this date on, as `during:` has it.
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Only what was said, happened or was going on up to this date, as `during:` has it.
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// The format; without it, what the name of the output file says, else text.
    #[arg(short, long, value_name = "NAME")]
    pub format: Option<String>,
    /// The file to write; `-`, or none, is standard output.
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Write over a file that is there already.
    #[arg(long)]
    pub force: bool,
    /// Leave out how the export came about.
    #[arg(long)]
    pub no_provenance: bool,
    /// The width of text, in columns.
    #[arg(long, value_name = "COLUMNS", default_value_t = 80)]
    pub width: usize,
    /// What a row of a table is.
    #[arg(long, value_enum, default_value_t)]
    pub per: Per,
    /// Begin a table with a byte order mark, by which Excel knows UTF-8.
    #[arg(long)]
    pub bom: bool,
    /// List the formats.
    #[arg(long)]
    pub list_formats: bool,
    /// Print what the format `json` is, as JSON Schema.
    #[arg(long)]
    pub schema: bool,
}

/// `dateline check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Datasets or folders of datasets; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What the output is for.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `dateline new`.
#[derive(Debug, Args)]
pub struct New {
    /// The file, which must not be there yet; `-` is standard output.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Without the example and the comments.
    #[arg(long)]
    pub minimal: bool,
}

/// `dateline verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// Datasets or folders of datasets; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The text or HTML of a source, whatever the dataset names.
    #[arg(long = "source", value_name = "ID=PATH", value_parser = crate::cli::verify::given)]
    pub sources: Vec<crate::cli::verify::Given>,
    /// What the output is for.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `dateline import`.
#[derive(Debug, Args)]
pub struct Import {
    /// What to import; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Where to write the dataset; standard output if not given.
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// The format, where the file does not tell; `--list-formats` names them.
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<String>,
    /// What columns mean: date=Datum,speaker=Who. Of nested JSON: speaker=by.name.
    #[arg(long, value_name = "FIELD=COLUMN", value_delimiter = ',')]
    pub map: Vec<String>,
    /// 11/9/2022 is 11 September.
    #[arg(long, conflicts_with = "month_first")]
    pub day_first: bool,
    /// 11/9/2022 is 9 November.
    #[arg(long)]
    pub month_first: bool,
    /// A bare number is a time since 1970-01-01.
    #[arg(long)]
    pub epoch: bool,
    /// Keep rows whose date cannot be read, as undated.
    #[arg(long)]
    pub undated: bool,
    /// Stop at the first thing that would be lost.
    #[arg(long)]
    pub strict: bool,
    /// The dataset's title; the file's own or its name if not given.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Write over a file that is there already.
    #[arg(long)]
    pub force: bool,
    /// List the formats, and the fields of `--map`.
    #[arg(long)]
    pub list_formats: bool,
}

/// `dateline date`.
#[derive(Debug, Args)]
pub struct Date {
    /// Dates in EDTF (ISO 8601-2), such as 2022-11, 2022-12/.. or 1984~.
    #[arg(value_name = "TEXT", required = true, value_parser = words::unmarked)]
    pub texts: Vec<String>,
    /// What the output is for.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}
