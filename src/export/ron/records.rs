//! Speakers, sources and entries as a dataset has them. What they go by is left to whoever writes
//! them.

use crate::export::ron::fields::{Fields, string};
use crate::model::{
    Bound, Entry, Figure, How, Kind, Quote, Quoted, Source, SourceIndex, Speaker, SpeakerIndex,
};

/// What closes an entry that [`entry`] has opened, without the comma that follows it.
pub(crate) const ENTRY_END: &str = "        )";

/// The ids that speakers and sources go by.
pub(crate) trait Names {
    /// A speaker's id.
    fn speaker(&self, at: SpeakerIndex) -> &str;
    /// A source's id.
    fn source(&self, at: SourceIndex) -> &str;
}

/// A speaker with the id that it goes by.
pub(crate) fn speaker(id: &str, who: &Speaker) -> String {
    let Speaker { id: _, name, short, title, role, organization } = who;
    let mut fields = Fields::new("Speaker");
    fields.add("name", string(name));
    fields.text("short", short);
    fields.text("title", title);
    fields.text("role", role);
    fields.text("organization", organization);
    format!("{}: {}", string(id), fields.laid_out(2))
}

/// A source with the id that it goes by.
pub(crate) fn source(id: &str, source: &Source) -> String {
    let Source { id: _, title, author, publisher, published, kind, url, archive, note } = source;
    let mut fields = Fields::new("Source");
    fields.text("title", title);
    fields.text("author", author);
    fields.text("publisher", publisher);
    fields.text("published", &published.as_ref().map(|when| when.text().to_owned()));
    fields.add("kind", kind.name().to_owned());
    fields.text("url", url);
    fields.text("archive", archive);
    fields.text("note", note);
    format!("{}: {}", string(id), fields.laid_out(2))
}

/// An entry without its relations, open for [`related`] and [`ENTRY_END`] to follow.
pub(crate) fn entry(id: &str, entry: &Entry, names: &impl Names) -> String {
    let mut fields = Fields::new(match entry.kind {
        Kind::Statement => "Statement",
        Kind::Event => "Event",
    });
    let source = |at: &SourceIndex| string(names.source(*at));
    fields.add("id", string(id));
    fields.add("date", string(entry.date.text()));
    fields.alone("headline", string(&entry.headline));
    if let Some(speaker) = entry.speaker {
        fields.add("speaker", string(names.speaker(speaker)));
    }
    fields.text("role", &entry.role);
    fields.text("venue", &entry.venue);
    fields.alone_text("text", &entry.text);
    fields.alone_text("paraphrase", &entry.paraphrase);
    fields.list("quotes", entry.quotes.iter().map(|words| quote(words, names)).collect());
    fields.list("figures", entry.figures.iter().map(figure).collect());
    fields.alone_text("basis", &entry.basis);
    fields.alone_text("note", &entry.note);
    fields.text("place", &entry.place);
    fields.short_list("tags", entry.tags.iter().map(|tag| string(tag)));
    fields.short_list("sources", entry.sources.iter().map(source));
    fields.opened(2)
}

/// The relations of an entry, to stand between [`entry`] and [`ENTRY_END`]; nothing where there
/// are none.
pub(crate) fn related<'a>(relations: impl Iterator<Item = (&'a str, How)>) -> String {
    let list = relations
        .map(|(to, how)| format!("Related(to: {}, how: {})", string(to), how.name()))
        .collect();
    let mut fields = Fields::new("");
    fields.list("related", list);
    fields.lines(2)
}

fn quote(quote: &Quote, names: &impl Names) -> String {
    let mut fields = Fields::new("Quote");
    fields.add("text", string(&quote.text));
    fields.short_list("via", quote.via.iter().map(|at| string(names.speaker(*at))));
    if let Some(inner) = &quote.within {
        fields.add("within", quoted(inner, names));
    }
    fields.short_list("sources", quote.sources.iter().map(|at| string(names.source(*at))));
    fields.laid_out(4)
}

fn quoted(inner: &Quoted, names: &impl Names) -> String {
    let mut fields = Fields::new("Quoted");
    fields.add("speaker", string(names.speaker(inner.speaker)));
    fields.add("text", string(&inner.text));
    if let Some(deeper) = &inner.within {
        fields.add("within", quoted(deeper, names));
    }
    fields.laid_out(5)
}

fn figure(claim: &Figure) -> String {
    let mut fields = Fields::new("Figure");
    match claim.bound {
        Bound::Between(low, high) => {
            fields.add("bound", format!("Between({}, {})", low.plain(), high.plain()));
        }
        other => {
            fields.add("value", other.amount().plain());
            fields.add("bound", other.name().to_owned());
        }
    }
    fields.add("measure", string(&claim.measure));
    fields.text("of", &claim.of);
    fields.text("place", &claim.place);
    fields.text("period", &claim.period.as_ref().map(|when| when.text().to_owned()));
    fields.text("lasting", &claim.lasting.map(|lasting| lasting.to_string()));
    fields.text("part_of", &claim.part_of);
    fields.laid_out(4)
}
