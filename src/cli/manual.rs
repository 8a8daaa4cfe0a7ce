//! `dateline man`: the manual page, with every command and its options on it.

use std::io;

use clap::Command;
use clap_mangen::Man;

/// The page, as `man -l -` reads it.
pub fn page(mut program: Command) -> io::Result<String> {
    program.build();
    let mut page = rendered(&program, |man, out| {
        man.render_title(out)?;
        man.render_name_section(out)?;
        man.render_synopsis_section(out)?;
        man.render_description_section(out)?;
        man.render_options_section(out)
    })?;
    // This page is the only one: there is none for a command.
    page = page.replace("[\\fIsubcommands\\fR]", "[\\fICOMMAND\\fR]");
    page.push_str(".SH COMMANDS\n");
    for command in program.get_subcommands().filter(|command| command.get_name() != "help") {
        page.push_str(&of_command(command)?);
    }
    let after = program.get_after_help().map(ToString::to_string).unwrap_or_default();
    let (examples, codes) = after.split_once("\n\nExit codes: ").unwrap_or((&after, ""));
    page.push_str(&listing("EXAMPLES", examples));
    page.push_str(&format!(".SH \"EXIT STATUS\"\n{}\n", escaped(codes)));
    page.push_str(&format!(".SH VERSION\n{}\n", escaped(env!("CARGO_PKG_VERSION"))));
    Ok(page)
}

/// A command under a heading of its own: what it does, how it is called, its options.
fn of_command(command: &Command) -> io::Result<String> {
    let synopsis = rendered(command, |man, out| man.render_synopsis_section(out))?;
    let options = rendered(command, |man, out| man.render_options_section(out))?;
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let mut text = format!(".SS {}\n{}.\n.PP\n", escaped(command.get_name()), escaped(&about));
    text.push_str(&without_heading(&synopsis));
    text.push_str(&without_heading(&options));
    if !after.is_empty() {
        text.push_str(&format!(".PP\n{}", lines(&after)));
    }
    Ok(text)
}

fn rendered(
    command: &Command,
    render: impl FnOnce(&Man, &mut Vec<u8>) -> io::Result<()>,
) -> io::Result<String> {
    let mut out = Vec::new();
    render(&Man::new(command.clone()), &mut out)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// The lines of a section but for its heading and what defines quotation marks above it.
fn without_heading(section: &str) -> String {
    let kept = section
        .lines()
        .filter(|line| ![".SH", ".ie", ".el"].iter().any(|begin| line.starts_with(begin)));
    kept.map(|line| format!("{line}\n")).collect()
}

/// Examples under a heading, without the line that calls them so.
fn listing(heading: &str, text: &str) -> String {
    let text = text.split_once(":\n").map_or(text, |(_, text)| text);
    format!(".SH {heading}\n{}", lines(text))
}

/// Lines that stay as they are.
fn lines(text: &str) -> String {
    let kept: String = text.lines().map(|line| format!("{}\n", escaped(line))).collect();
    format!(".nf\n{kept}.fi\n")
}

/// Text in which the formatter sees no request and no escape.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq");
    if text.starts_with('.') { format!("\\&{text}") } else { text }
}
