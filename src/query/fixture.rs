//! A small timeline for the tests of this module.

use crate::model::{
    Amount, Bound, Entry, Figure, How, Kind, Quote, Quoted, Related, Source, SourceIndex, Speaker,
    SpeakerIndex, Timeline, TimelineBuilder,
};
use crate::when::When;

pub(super) fn when(text: &str) -> When {
    When::parse(text).unwrap()
}

pub(super) fn amount(value: f64) -> Amount {
    Amount::new(value).unwrap()
}

fn figure(bound: Bound, measure: &str, of: &str) -> Figure {
    Figure {
        bound,
        measure: measure.to_owned(),
        of: Some(of.to_owned()),
        place: None,
        period: None,
        lasting: None,
        part_of: None,
    }
}

fn quote(text: &str) -> Quote {
    Quote { text: text.to_owned(), via: Vec::new(), within: None, sources: Vec::new() }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

struct People {
    milley: SpeakerIndex,
    kirby: SpeakerIndex,
    gates: SpeakerIndex,
    brzezinski: SpeakerIndex,
    rozen: SpeakerIndex,
    prigozhin: SpeakerIndex,
    joshi: SpeakerIndex,
    peskov: SpeakerIndex,
}

impl People {
    fn new(builder: &mut TimelineBuilder) -> Self {
        let mut add = |id: &str, name: &str, title: &str, role: &str, organization: &str| {
            builder.speaker(Speaker {
                id: id.to_owned(),
                name: name.to_owned(),
                short: None,
                title: some(title),
                role: some(role),
                organization: some(organization),
            })
        };
        People {
            milley: add(
                "milley",
                "Mark Milley",
                "General",
                "Chairman of the Joint Chiefs of Staff",
                "U.S. Department of Defense",
            ),
            kirby: add("kirby", "John Kirby", "", "Spokesman", "National Security Council"),
            gates: add("gates", "Robert Gates", "", "Former Secretary of Defense", ""),
            brzezinski: add("brzezinski", "Zbigniew Brzezinski", "", "", ""),
            rozen: add("rozen", "Laura Rozen", "", "Journalist", ""),
            prigozhin: add("prigozhin", "Yevgeny Prigozhin", "", "", "Wagner Group"),
            joshi: add("joshi", "Shashank Joshi", "", "Defence editor", "The Economist"),
            peskov: add("peskov", "Dmitry Peskov", "", "Spokesman", "Kremlin"),
        }
    }
}

struct Prints {
    article: SourceIndex,
    hill: SourceIndex,
    times: SourceIndex,
    nbc: SourceIndex,
}

impl Prints {
    fn new(builder: &mut TimelineBuilder) -> Self {
        let mut add = |id: &str, publisher: &str, author: &str, published: &str, url: &str| {
            builder.source(Source {
                id: id.to_owned(),
                publisher: some(publisher),
                author: some(author),
                published: some(published).map(|date| when(&date)),
                url: some(url),
                ..Source::default()
            })
        };
        Prints {
            article: add("article", "", "", "2023-05-01", ""),
            hill: add("hill", "The Hill", "", "2023-05-01", "https://thehill.com/3982521"),
            times: add("nyt", "The New York Times", "Helene Cooper", "2022-11-10", ""),
            nbc: add("nbc", "NBC News", "", "2023-01-29", "https://nbcnews.com/meet-the-press"),
        }
    }
}

/// Losses at Bakhmut, as told by several; in the order of their dates.
pub(super) fn bakhmut() -> Timeline {
    let mut builder = TimelineBuilder::new();
    let people = People::new(&mut builder);
    let prints = Prints::new(&mut builder);
    for (line, mut entry) in (1..).zip(entries(&people, &prints)) {
        entry.place = entry.place.or_else(|| some("Ukraine"));
        builder.entry(entry, line);
    }
    builder.build()
}

fn entries(people: &People, prints: &Prints) -> Vec<Entry> {
    let new = |kind, id: &str, date: &str, headline: &str, tags: &[&str], source| Entry {
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        sources: vec![source],
        ..Entry::new(kind, id, when(date), headline)
    };
    let statement = |id, date, headline, speaker, tags: &[&str], source| Entry {
        speaker: Some(speaker),
        ..new(Kind::Statement, id, date, headline, tags, source)
    };
    let event = |id, date, headline, source| new(Kind::Event, id, date, headline, &[], source);
    let related = |to: &str, how| vec![Related { to: to.to_owned(), how }];
    let hundred = amount(100_000.0);
    let twenty = amount(20_000.0);
    vec![
        Entry {
            figures: vec![figure(
                Bound::Between(amount(70_000.0), amount(80_000.0)),
                "killed or wounded",
                "Russian forces",
            )],
            text: some("Pentagon officials gave a range."),
            ..event(
                "pentagon-august",
                "2022-08",
                "The Pentagon estimates Russian losses",
                prints.times,
            )
        },
        Entry {
            role: some("Chairman"),
            venue: some("Economic Club of New York"),
            paraphrase: some("Russian forces lost 100,000 in eight months."),
            figures: vec![figure(Bound::About(hundred), "casualties", "Russian forces")],
            related: related("kirby-may", How::ComparedWith),
            sources: vec![prints.article, prints.times],
            ..statement(
                "milley-november",
                "2022-11",
                "Milley puts Russian losses at 100,000",
                people.milley,
                &["casualties"],
                prints.article,
            )
        },
        Entry {
            place: some("Bakhmut"),
            text: some("The fighting is at its most intense."),
            ..event("bakhmut", "2022-12/..", "Bakhmut: the fighting intensifies", prints.article)
        },
        Entry {
            venue: some("Meet the Press"),
            quotes: vec![Quote {
                within: Some(Quoted {
                    speaker: people.brzezinski,
                    text: "Without Ukraine, Russia ceases to be an empire".to_owned(),
                    within: None,
                }),
                ..quote("He believes it is his destiny")
            }],
            ..statement(
                "gates-putin",
                "2023-01~",
                "Gates: Putin believes it is his destiny",
                people.gates,
                &["Putin", "strategy"],
                prints.nbc,
            )
        },
        Entry {
            place: some("Bakhmut"),
            text: some("Photograph of a T-72."),
            ..event(
                "tank-march",
                "2023-03-26",
                "A Ukrainian tank fires near Bakhmut",
                prints.article,
            )
        },
        Entry {
            figures: vec![figure(Bound::Exactly(amount(94.0)), "casualties", "Wagner Group")],
            paraphrase: some("Wagner lost only 94."),
            ..statement(
                "prigozhin-april",
                "2023-04-30",
                "Prigozhin: only 94 casualties",
                people.prigozhin,
                &["casualties", "Wagner"],
                prints.hill,
            )
        },
        Entry {
            quotes: vec![quote(
                "Just since December, we estimate that Russia has suffered more than 100,000 \
                 casualties, including over 20,000 killed in action. . . . It’s really stunning",
            )],
            figures: vec![
                figure(Bound::MoreThan(hundred), "casualties", "Russian forces"),
                figure(Bound::MoreThan(twenty), "deaths", "Russian forces"),
            ],
            basis: some("downgraded intelligence; derivation not given"),
            sources: vec![prints.article, prints.hill],
            ..statement(
                "kirby-may",
                "2023-05-01",
                "Kirby: over 100,000 casualties since December",
                people.kirby,
                &["casualties"],
                prints.article,
            )
        },
        Entry {
            place: some("Bakhmut"),
            paraphrase: some("The figures are strictly from Bakhmut."),
            related: related("kirby-may", How::Clarifies),
            ..statement(
                "kirby-clarifies",
                "2023-05-01",
                "Kirby: strictly from Bakhmut",
                people.kirby,
                &["casualties"],
                prints.article,
            )
        },
        Entry {
            quotes: vec![Quote {
                via: vec![people.rozen],
                ..quote("thrown into combat and without sufficient combat or combat training")
            }],
            ..statement(
                "kirby-wagner",
                "2023-05-01",
                "Kirby on Wagner’s convicts",
                people.kirby,
                &["Wagner"],
                prints.article,
            )
        },
        Entry {
            paraphrase: some("The 20,000 is the figure for all fronts."),
            figures: vec![figure(Bound::AtLeast(twenty), "deaths", "Russian forces")],
            note: some("Reports disagree; both are kept."),
            related: related("kirby-clarifies", How::Disputes),
            sources: Vec::new(),
            ..statement(
                "joshi-fronts",
                "2023-05-01",
                "Joshi: not Bakhmut alone",
                people.joshi,
                &["casualties"],
                prints.article,
            )
        },
        Entry {
            quotes: vec![quote("plucked from thin air")],
            related: related("kirby-may", How::Disputes),
            ..statement(
                "peskov-air",
                "2023-05-02",
                "Peskov rejects the U.S. figure",
                people.peskov,
                &[],
                prints.hill,
            )
        },
        event("archive", "XXXX", "A document without a date", prints.article),
    ]
}
