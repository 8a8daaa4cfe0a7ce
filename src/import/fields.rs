//! What a column means, by its name or as the user says.

use std::collections::HashMap;

use crate::dataset::did_you_mean;
use crate::text::same::same as same_text;

macro_rules! fields {
    ($($(#[$doc:meta])* $field:ident $name:literal $about:literal [$($alias:literal)*]),* $(,)?) => {
        /// What a column can mean.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Field { $($(#[$doc])* $field),* }

        /// Every field with its name for `--map` and what goes into it.
        pub const FIELDS: &[(Field, &str, &str)] = &[$((Field::$field, $name, $about)),*];

        /// The names by which a column is known, of which an earlier one goes before a later.
        const NAMES: &[(Field, &[&str])] = &[$((Field::$field, &[$($alias),*])),*];
    };
}

fields! {
    /// The entry's id.
    Id "id" "the entry's id" ["id" "uid" "uuid" "identifier" "uniqueid"],
    /// When it was, or began.
    Date "date" "when it was said or happened" [
        "date" "datum" "fecha" "data" "when" "wann" "quand" "cuándo" "dateofevent" "eventdate"
        "datetime" "startdate" "start" "begin" "beginn" "début" "debut" "inicio" "fechainicio"
        "datedébut" "datededébut" "createdat" "postedat" "timestamp" "year" "jahr" "année" "año"
    ],
    /// At which time of that day.
    Time "time" "at which time of that day" ["time" "uhrzeit" "zeit" "heure" "hora"],
    /// When it ended.
    End "end" "when it ended" [
        "enddate" "end" "ende" "enddatum" "bis" "until" "fin" "datefin" "datedefin" "fechafin" "finish"
    ],
    /// One line.
    Headline "headline" "one line that says what it is about" [
        "headline" "heading" "title" "titel" "titre" "título" "titulo" "überschrift" "schlagzeile"
        "subject" "betreff" "event" "ereignis" "événement" "evento" "label"
    ],
    /// Who said it.
    Speaker "speaker" "who said it" [
        "speaker" "who" "wer" "qui" "quién" "sprecher" "sprecherin" "orateur" "locuteur" "hablante"
        "orador" "saidby" "attributedto" "claimant" "person" "personne" "persona" "name" "nom"
        "nombre" "author" "autor" "auteur" "username" "user"
    ],
    /// What goes before the speaker's name.
    SpeakerTitle "speaker_title" "what goes before the speaker's name" ["speakertitle" "honorific" "anrede"],
    /// In what capacity.
    Role "role" "in what capacity" [
        "role" "rolle" "rôle" "rol" "capacity" "jobtitle" "position" "funktion" "fonction" "cargo" "amt"
    ],
    /// For whom.
    Organization "organization" "for whom the speaker speaks" [
        "organization" "organisation" "organización" "affiliation" "institution" "employer" "party"
        "partei" "parti" "partido"
    ],
    /// Where it was said.
    Venue "venue" "where it was said: a programme, a hall" ["venue" "programme" "program" "show" "sendung"],
    /// Verbatim words.
    Quote "quote" "verbatim words" [
        "quote" "quotation" "zitat" "citation" "cita" "verbatim" "wortlaut" "quotes"
    ],
    /// Reported speech.
    Paraphrase "paraphrase" "reported speech, not verbatim" [
        "paraphrase" "statement" "claim" "aussage" "déclaration" "declaración" "behauptung"
    ],
    /// What happened.
    Text "text" "what happened; of a statement, a paraphrase" [
        "text" "texte" "texto" "description" "beschreibung" "descripción" "body" "content" "inhalt"
        "contenu" "contenido" "details" "message" "summary"
    ],
    /// What the speaker rests it on.
    Basis "basis" "what the speaker rests it on" ["basis" "evidence" "grundlage"],
    /// The curator's own words.
    Note "note" "your own words about it" [
        "note" "notes" "notiz" "notizen" "nota" "notas" "comment" "comments" "kommentar" "bemerkung"
        "remarque" "commentaire" "comentario"
    ],
    /// Which place.
    Place "place" "the place it is about" [
        "place" "location" "ort" "lieu" "lugar" "city" "stadt" "ville" "ciudad" "where"
    ],
    /// Subjects.
    Tags "tags" "subjects, with `;`, `|` or `,` between them" [
        "tags" "tag" "keywords" "topic" "topics" "thema" "themen" "thème" "category" "categories"
        "kategorie" "catégorie" "categoría" "schlagworte" "labels" "group" "type"
    ],
    /// The title of a source.
    Source "source" "where a reader can check it: a title or an address" [
        "source" "sources" "quelle" "quellen" "fuente" "fuentes" "sourcetitle" "reference"
    ],
    /// Its address.
    Url "url" "the source's address" [
        "url" "urls" "link" "links" "lien" "enlace" "sourceurl" "sourcelink" "permalink" "weblink" "href"
    ],
    /// Who published it.
    Publisher "publisher" "who published the source" [
        "publisher" "publication" "outlet" "newspaper" "medium" "zeitung" "journal" "verlag"
        "sourcepublisher"
    ],
    /// Who wrote it.
    Author "author" "who wrote the source" ["sourceauthor" "byline" "reporter" "journalist"],
    /// When it was published.
    Published "published" "when the source was published" [
        "published" "publishedon" "publishedat" "publicationdate" "datepublished" "pubdate"
        "veröffentlicht" "publié" "publicado" "sourcedate" "sourcepublished"
    ],
    /// Who passed the words on.
    Via "via" "who passed the words on" ["via" "relay" "relayedby"],
    /// How many.
    Value "value" "a number that is claimed" [],
    /// How sure.
    Bound "bound" "what the claim says of the number: About, MoreThan, …" [],
    /// The lower end.
    Low "low" "the least of a number between two" [],
    /// The upper end.
    High "high" "the most of a number between two" [],
    /// What is counted.
    Measure "measure" "what is counted" [],
    /// Of whom.
    Of "of" "of whom or what" [],
    /// Where.
    FigurePlace "figure_place" "the place that the number covers" [],
    /// Over which time.
    Period "period" "the time that the number covers" [],
    /// How long that is.
    Lasting "lasting" "how long that is, as a duration of ISO 8601: P8M" [],
    /// Of which figure it is a part.
    PartOf "part_of" "the measure of which it is a part" [],
}

impl Field {
    /// Whether an entry has several of it.
    pub(super) fn is_list(self) -> bool {
        matches!(
            self,
            Field::Tags
                | Field::Url
                | Field::Source
                | Field::Quote
                | Field::Publisher
                | Field::Author
                | Field::Published
        )
    }
}

/// What the user says about columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map(Vec<(Field, String)>);

/// Why a mapping is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct MapError(String);

impl Map {
    /// Adds `field=Column`.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn add(&mut self, pair: &str) -> Result<(), MapError> {
        let Some((field, column)) = pair.split_once('=') else {
            return Err(MapError(format!("`{pair}` is no `field=column`")));
        };
        let (field, column) = (field.trim(), column.trim());
        let names = || FIELDS.iter().map(|(_, name, _)| *name);
        let Some((found, ..)) = FIELDS.iter().find(|(_, name, _)| *name == field) else {
            let hint = did_you_mean(field, names())
                .unwrap_or_else(|| format!("there are {}", names().collect::<Vec<_>>().join(", ")));
            return Err(MapError(format!("no field is called `{field}`; {hint}")));
        };
        if column.is_empty() {
            return Err(MapError(format!("`{pair}` names no column")));
        }
        self.0.push((*found, column.to_owned()));
        Ok(())
    }

    /// The columns that it names.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, column)| column.as_str())
    }

    fn get(&self, column: &str) -> Option<Field> {
        let same = |named: &str| same_text(named, column);
        self.0.iter().find(|(_, named)| same(named)).map(|(field, _)| *field)
    }
}

/// What a column means, and how well its name fits: of two for one field the lower is taken.
pub(super) type Meaning = Option<(Field, usize)>;

/// Finds what columns mean, and remembers it.
pub(super) struct Meanings<'m> {
    map: &'m Map,
    known: HashMap<String, Meaning>,
    aliases: HashMap<&'static str, (Field, usize)>,
}

/// How many names are remembered. A file with more has keys that are data.
const MOST_NAMES: usize = 10_000;

impl<'m> Meanings<'m> {
    pub(super) fn new(map: &'m Map) -> Self {
        let mut aliases = HashMap::new();
        for (field, names) in NAMES {
            for (rank, name) in (1..).zip(*names) {
                aliases.entry(*name).or_insert((*field, rank));
            }
        }
        Meanings { map, known: HashMap::new(), aliases }
    }

    /// The meaning of a column, or of a key with those above it, dots between.
    pub(super) fn of(&mut self, column: &str) -> Meaning {
        if let Some(known) = self.known.get(column) {
            return *known;
        }
        let meaning = self.map.get(column).map(|field| (field, 0)).or_else(|| self.by_name(column));
        if self.known.len() < MOST_NAMES {
            self.known.insert(column.to_owned(), meaning);
        }
        meaning
    }

    fn by_name(&self, column: &str) -> Meaning {
        let find = |name: &str| self.aliases.get(normal(name).as_str()).copied();
        let Some((above, last)) = column.rsplit_once('.') else { return find(column) };
        let above = above.rsplit('.').next().unwrap_or(above);
        // `speaker.name` is the speaker, `source.title` the source, `venue.url` a web address.
        let says_little =
            matches!(normal(last).as_str(), "name" | "title" | "text" | "value" | "label" | "id");
        let found = if says_little { find(above) } else { find(last) };
        find(column).or(found)
    }

    /// Columns that were mapped and never met.
    pub(super) fn missing(&self) -> Option<&str> {
        let met = |column: &&str| self.known.keys().any(|known| same_text(known, column));
        self.map.columns().find(|column| !met(column))
    }
}

/// Whether a column says only that its values are names, of whatever.
pub(super) fn is_bare_name(column: &str) -> bool {
    matches!(normal(column).as_str(), "name" | "nom" | "nombre")
}

/// A name in small letters and digits alone.
fn normal(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_names() {
        let mut map = Map::default();
        map.add("speaker=Wer genau").unwrap();
        map.add("quote=who.said").unwrap();
        let mut meanings = Meanings::new(&map);
        for (column, field) in [
            ("Date", Some(Field::Date)),
            ("DATUM", Some(Field::Date)),
            ("Start Date", Some(Field::Date)),
            ("End_Date", Some(Field::End)),
            ("Überschrift", Some(Field::Headline)),
            ("auteur", Some(Field::Speaker)),
            ("wer genau", Some(Field::Speaker)),
            ("who.said", Some(Field::Quote)),
            ("speaker.name", Some(Field::Speaker)),
            ("source.title", Some(Field::Source)),
            ("source.url", Some(Field::Url)),
            ("venue.name", Some(Field::Venue)),
            ("Anything", None),
            ("", None),
        ] {
            assert_eq!(meanings.of(column).map(|(field, _)| field), field, "{column}");
        }
    }

    #[test]
    fn no_name_means_two_things() {
        let mut known = HashMap::new();
        for (field, names) in NAMES {
            for name in *names {
                assert_eq!(normal(name), *name);
                assert_eq!(known.insert(*name, *field), None, "{name}");
            }
        }
    }

    #[test]
    fn mappings_are_checked() {
        for (pair, error) in [
            ("date", "`date` is no `field=column`"),
            ("dat=Tag", "no field is called `dat`; did you mean `date`?"),
            ("date=", "`date=` names no column"),
        ] {
            assert_eq!(Map::default().add(pair).unwrap_err().to_string(), error);
        }
    }
}
