//! Who speaks, and where a reader can check it.

use crate::when::When;

/// The number of a speaker within its timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SpeakerIndex(pub u32);

/// The number of a source within its timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceIndex(pub u32);

/// A person or body that makes statements or passes them on, as one file defines it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Speaker {
    /// The id by which a dataset refers to the speaker.
    pub id: String,
    /// The full name.
    pub name: String,
    /// What a row has room for, where it is not what [`Speaker::short_name`] finds in the name.
    pub short: Option<String>,
    /// What goes before the name: `General`.
    pub title: Option<String>,
    /// What the speaker does: `Chairman of the Joint Chiefs of Staff`.
    pub role: Option<String>,
    /// For whom.
    pub organization: Option<String>,
}

impl Speaker {
    /// What a row has room for: the short name, or the name's last word that is one: not `Jr.`, no
    /// number and no Roman one. Behind a single word numbers belong to it: `Benedict XVI`.
    pub fn short_name(&self) -> &str {
        self.short.as_deref().unwrap_or_else(|| last_word(&self.name))
    }

    /// The name with what goes before it: `General Mark Milley`.
    pub fn titled_name(&self) -> String {
        match &self.title {
            Some(title) => format!("{title} {}", self.name),
            None => self.name.clone(),
        }
    }

    /// Role and organization as one line; nothing where neither is known.
    /// `role` is the capacity at the time, where it differs from the speaker's own.
    pub fn capacity(&self, role: Option<&str>) -> Option<String> {
        match (role.or(self.role.as_deref()), self.organization.as_deref()) {
            (Some(role), Some(organization)) if !role.contains(organization) => {
                Some(format!("{role}, {organization}"))
            }
            (Some(role), _) => Some(role.to_owned()),
            (None, organization) => organization.map(str::to_owned),
        }
    }
}

/// What a source is. The names follow CSL 1.0.2 item types where it has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceKind {
    /// A news article or report.
    #[default]
    Article,
    /// A newsletter.
    Newsletter,
    /// A radio or television broadcast.
    Broadcast,
    /// A transcript of spoken words.
    Transcript,
    /// A video recording.
    Video,
    /// A post on a social network.
    Post,
    /// An official or scholarly report.
    Report,
    /// A book.
    Book,
    /// A photograph.
    Photograph,
    /// A web page of another kind.
    Webpage,
    /// Any other document.
    Document,
}

fn last_word(name: &str) -> &str {
    let (mut rest, mut numbered) = (name.trim(), false);
    loop {
        let last = rest.split_whitespace().next_back().unwrap_or(rest);
        let before = rest.strip_suffix(last).unwrap_or_default().trim_end();
        let number = is_number(last);
        if before.is_empty() || !number && !is_generation(last) {
            return if numbered && before.is_empty() {
                name.trim()
            } else {
                last.trim_end_matches(',')
            };
        }
        (rest, numbered) = (before, numbered || number);
    }
}

/// Digits, or capitals that can be a king's or a grandson's number.
fn is_number(word: &str) -> bool {
    let all = |of: fn(u8) -> bool| !word.is_empty() && word.bytes().all(of);
    all(|byte| byte.is_ascii_digit()) || all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

fn is_generation(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',']).to_ascii_lowercase();
    matches!(word.as_str(), "jr" | "sr" | "jnr" | "snr")
}

impl SourceKind {
    /// Every kind, in the order of the format's documentation.
    pub const ALL: [SourceKind; 11] = [
        SourceKind::Article,
        SourceKind::Newsletter,
        SourceKind::Broadcast,
        SourceKind::Transcript,
        SourceKind::Video,
        SourceKind::Post,
        SourceKind::Report,
        SourceKind::Book,
        SourceKind::Photograph,
        SourceKind::Webpage,
        SourceKind::Document,
    ];

    /// The kind as a person writes it: `Web page`.
    pub fn words(self) -> &'static str {
        match self {
            SourceKind::Article => "Article",
            SourceKind::Newsletter => "Newsletter",
            SourceKind::Broadcast => "Broadcast",
            SourceKind::Transcript => "Transcript",
            SourceKind::Video => "Video",
            SourceKind::Post => "Post",
            SourceKind::Report => "Report",
            SourceKind::Book => "Book",
            SourceKind::Photograph => "Photograph",
            SourceKind::Webpage => "Web page",
            SourceKind::Document => "Document",
        }
    }

    /// The name in a dataset: `Article`.
    pub fn name(self) -> &'static str {
        match self {
            SourceKind::Article => "Article",
            SourceKind::Newsletter => "Newsletter",
            SourceKind::Broadcast => "Broadcast",
            SourceKind::Transcript => "Transcript",
            SourceKind::Video => "Video",
            SourceKind::Post => "Post",
            SourceKind::Report => "Report",
            SourceKind::Book => "Book",
            SourceKind::Photograph => "Photograph",
            SourceKind::Webpage => "Webpage",
            SourceKind::Document => "Document",
        }
    }
}

/// Where a reader can check an entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// The id by which a dataset refers to the source.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it, as printed.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<When>,
    /// What it is.
    pub kind: SourceKind,
    /// Where it is on the web.
    pub url: Option<String>,
    /// A copy kept beside the dataset, as a path relative to it.
    pub archive: Option<String>,
    /// The curator's own words about it.
    pub note: Option<String>,
}

impl Source {
    /// One line: author, title, publisher and date, as far as they are known. A source of which none
    /// but the date is known goes by what it is and where: `Article of 1 May 2023`.
    pub fn citation(&self) -> String {
        let title = self.title.as_ref().map(|title| format!("\u{201c}{title}\u{201d}"));
        let parts: Vec<String> =
            [self.author.clone(), title, self.publisher.clone()].into_iter().flatten().collect();
        let host = self.url.as_deref().and_then(host);
        let (mut line, named) = match (parts.is_empty(), host) {
            (false, _) => (parts.join(", "), true),
            (true, Some(host)) => (format!("{} at {host}", self.kind.words()), true),
            (true, None) => (self.kind.words().to_owned(), false),
        };
        match &self.published {
            Some(when) if named || when.is_interval() || when.is_undated() => {
                line.push_str(&format!(", {}", when.reading()));
            }
            Some(when) => line.push_str(&format!(" of {}", when.reading())),
            None if named => {}
            None => line.push_str(&format!(" \u{2018}{}\u{2019}", self.id)),
        }
        line
    }
}

/// The host of an address: `example.org` of `https://example.org/a`.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_without_a_title_is_cited_by_what_it_is() {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        for (author, title, publisher, url, published, cited) in [
            ("A. B.", "T", "P", "", "2023", "A. B., \u{201c}T\u{201d}, P, 2023"),
            ("", "T", "", "https://x.org", "", "\u{201c}T\u{201d}"),
            ("A. B.", "", "P", "", "2023", "A. B., P, 2023"),
            ("A. B.", "", "", "https://x.org/a", "", "A. B."),
            ("", "", "P", "https://x.org/a", "2023", "P, 2023"),
            ("", "", "", "https://jo@x.org:80/a?b", "2023", "Post at x.org:80, 2023"),
            ("", "", "", "https://x.org", "", "Post at x.org"),
            ("", "", "", "", "2023-05-01", "Post of 1 May 2023"),
            ("", "", "", "", "2023~", "Post of about 2023"),
            ("", "", "", "", "2022/2023", "Post, from 2022 to 2023"),
            ("", "", "", "", "XXXX", "Post, undated"),
            ("", "", "", "nowhere", "", "Post \u{2018}id\u{2019}"),
        ] {
            let source = Source {
                id: "id".to_owned(),
                author: some(author),
                title: some(title),
                publisher: some(publisher),
                published: some(published).map(|text| When::parse(&text).unwrap()),
                kind: SourceKind::Post,
                url: some(url),
                ..Source::default()
            };
            assert_eq!(source.citation(), cited);
        }
    }

    #[test]
    fn short_names_are_words_of_the_name() {
        for (name, short) in [
            ("John Kirby", "Kirby"),
            ("Martin Luther King Jr.", "King"),
            ("Martin Luther King, Jr", "King"),
            ("William Gates III", "Gates"),
            ("Maria Schmidt 22", "Schmidt"),
            ("Benedict XVI", "Benedict XVI"),
            ("Malcolm X", "Malcolm X"),
            ("Sammy Davis Sr. 2", "Davis"),
            ("Channel 4", "Channel 4"),
            ("Pentagon", "Pentagon"),
            ("22", "22"),
            ("Jr.", "Jr."),
            ("  ", ""),
            ("", ""),
        ] {
            assert_eq!(last_word(name), short, "{name:?}");
        }
    }
}
