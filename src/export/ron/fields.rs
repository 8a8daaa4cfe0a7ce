//! How values are laid out in a dataset: the fields of a structure, strings and numbers.

use crate::text::is_treacherous;

/// The widest line that is made of several fields.
const WIDTH: usize = 100;

/// How far fields stand to the right of what they belong to.
const INDENT: usize = 4;

/// A string literal. What a reader could not see is written by its number.
pub(crate) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            _ if is_treacherous(letter) => {
                out.push_str(&format!("\\u{{{:x}}}", u32::from(letter)));
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// The fields of a value, to be laid out as a person would.
pub(super) struct Fields {
    name: &'static str,
    /// A field, and whether it has a line to itself.
    fields: Vec<(String, bool)>,
}

impl Fields {
    pub(super) fn new(name: &'static str) -> Self {
        Fields { name, fields: Vec::new() }
    }

    /// A field that may share a line with others.
    pub(super) fn add(&mut self, name: &str, value: String) {
        self.fields.push((format!("{name}: {value}"), false));
    }

    /// A field with a line to itself.
    pub(super) fn alone(&mut self, name: &str, value: String) {
        self.fields.push((format!("{name}: {value}"), true));
    }

    pub(super) fn text(&mut self, name: &str, text: &Option<String>) {
        if let Some(text) = text {
            self.add(name, string(text));
        }
    }

    pub(super) fn alone_text(&mut self, name: &str, text: &Option<String>) {
        if let Some(text) = text {
            self.alone(name, string(text));
        }
    }

    pub(super) fn short_list(&mut self, name: &str, items: impl Iterator<Item = String>) {
        let items: Vec<String> = items.collect();
        if !items.is_empty() {
            self.add(name, format!("[{}]", items.join(", ")));
        }
    }

    /// A list in an entry, an item a line; one short item stays on the field's line.
    pub(super) fn list(&mut self, name: &str, items: Vec<String>) {
        let short =
            |item: &String| !item.contains('\n') && item.chars().count() + name.len() + 17 <= WIDTH;
        match items.as_slice() {
            [] => {}
            [only] if short(only) => self.alone(name, format!("[{only}]")),
            _ => {
                let lines = items.iter().map(|item| format!("{:16}{item},\n", ""));
                self.alone(name, format!("[\n{}{:12}]", lines.collect::<String>(), ""));
            }
        }
    }

    /// On one line where there is room, else spread; `depth` is how deep the value stands.
    pub(super) fn laid_out(self, depth: usize) -> String {
        let fields: Vec<&str> = self.fields.iter().map(|(field, _)| field.as_str()).collect();
        let line = format!("{}({})", self.name, fields.join(", "));
        // Something stands before the value: a key, or the name of a field.
        let room = WIDTH.saturating_sub(depth * INDENT + INDENT * 2);
        let short = !line.contains('\n') && line.chars().count() <= room;
        if short { line } else { self.spread(depth) }
    }

    /// Over several lines, as many fields on one as there is room for.
    fn spread(self, depth: usize) -> String {
        format!("{}{})", self.opened(depth), " ".repeat(depth * INDENT))
    }

    /// [`Fields::spread`], but for the bracket that closes it: more fields may follow.
    pub(super) fn opened(self, depth: usize) -> String {
        let name = self.name;
        format!("{name}(\n{}", self.lines(depth))
    }

    /// The lines between the brackets.
    pub(super) fn lines(self, depth: usize) -> String {
        let mut lines: Vec<(String, bool)> = Vec::new();
        for (field, alone) in self.fields {
            let fits = |line: &str| {
                let both = line.chars().count() + field.chars().count() + 2;
                !field.contains('\n') && both + (depth + 1) * INDENT < WIDTH
            };
            match lines.last_mut() {
                Some((line, false)) if !alone && fits(line) => {
                    line.push_str(", ");
                    line.push_str(&field);
                }
                _ => lines.push((field, alone)),
            }
        }
        let indent = " ".repeat((depth + 1) * INDENT);
        lines.iter().map(|(line, _)| format!("{indent}{line},\n")).collect()
    }
}
