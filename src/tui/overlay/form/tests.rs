//! The form by what is typed into it.

use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::dataset::{Input, read};
use crate::edit::NewEntry;
use crate::model::Timeline;
use crate::tui::change::What;
use crate::tui::key::Key;
use crate::tui::keymap::Keymap;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::form::{Form, Part, Tone};
use crate::tui::state::{Preferences, State};
use crate::tui::theme::{Colours, Theme};
use crate::tui::update::{Effect, Input as Came, Loaded, Report, update};
use crate::view::label::Glyphs;

const TEXT: &str = r#"Dataset(format: 1, title: "t",
    speakers: {
        "kirby": Speaker(name: "John Kirby", role: "spokesman", organization: "White House"),
        "rozen": Speaker(name: "Laura Rozen"),
        "ames": Speaker(name: "Jane Ames"),
    },
    sources: {
        "hill": Source(title: "A report", publisher: "The Hill", published: "2023-05-01"),
    },
    entries: [
        Statement(id: "one", date: "2023-05-01", headline: "First", speaker: "kirby",
            quotes: [
                Quote(text: "words ", via: ["rozen"], within: Quoted(speaker: "ames", text: "w")),
                Quote(text: "more"),
            ],
            figures: [Figure(value: 100000, bound: MoreThan, measure: "casualties",
                of: "Russian forces", part_of: "losses"), Figure(value: 5, measure: "losses")],
            tags: ["war"], sources: ["hill"],
            related: [Related(to: "two", how: Disputes)]),
        Event(id: "two", date: "2022", headline: "Second", place: "Bakhmut"),
    ])"#;

fn timeline() -> Arc<Timeline> {
    let reading = read(&[Input::new("a.ron", TEXT)]);
    assert!(!reading.has_errors());
    Arc::new(reading.timeline)
}

fn state() -> State {
    let preferences = Preferences {
        theme: Theme::built_in("dark", Colours::True).unwrap(),
        glyphs: Glyphs::Unicode,
        keymap: Arc::new(Keymap::built_in().unwrap()),
    };
    State::new(timeline(), preferences, (100, 30))
}

fn press(state: &mut State, keys: &str) -> Vec<Effect> {
    let keys = Key::sequence(keys).unwrap();
    keys.into_iter().flat_map(|key| update(state, Came::Key(key))).collect()
}

fn form(state: &State) -> &Form {
    match &state.overlay {
        Some(Overlay::Form(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

fn message(state: &State) -> &str {
    state.message.as_ref().map_or("", |message| &message.text)
}

/// The entry that is to be written, and the ids that are new.
fn put(effects: &[Effect]) -> (NewEntry, Vec<String>) {
    let [Effect::Change(change)] = effects else { panic!("{effects:?}") };
    let What::Put(put) = &change.what else { panic!("{change:?}") };
    let new = &put.new;
    let ids = new.speakers.iter().map(|one| &one.id).chain(new.sources.iter().map(|one| &one.id));
    (put.entry.clone(), ids.cloned().collect())
}

#[test]
fn what_is_typed_becomes_an_entry() {
    let mut state = state();
    press(&mut state, "ajune 2023<tab>kir<tab>It goes on, he says<tab>\"Some words\"<tab>roz<tab>");
    press(&mut state, "<tab>over 2.5 million<tab>dea<tab><tab>Bakh<down><enter><tab><tab><tab>");
    assert_eq!(form(&state).part, Part::Source, "{:?}", form(&state).parts());
    press(&mut state, "hil<tab>");
    let effects = press(&mut state, "<c-s>");
    // `dea` is nothing that is counted so far: it stays as typed.
    let (entry, new) = put(&effects);
    assert_eq!(new, Vec::<String>::new());
    assert_eq!(entry.id, "kirby-it-goes-on-he-says");
    assert_eq!((entry.date.text(), entry.speaker.as_deref()), ("2023-06", Some("kirby")));
    assert_eq!(entry.quotes[0].text, "Some words");
    assert_eq!(entry.quotes[0].via, ["rozen"]);
    assert_eq!(entry.figures[0].bound.to_string(), "over 2,500,000");
    assert_eq!(entry.figures[0].measure, "dea");
    assert_eq!(entry.figures[0].place.as_deref(), Some("Bakhmut"));
    assert_eq!(entry.sources, ["hill"]);
}

#[test]
fn somebody_and_something_new_are_defined() {
    let mut state = state();
    press(&mut state, "a2023<tab>Ada Kirby<tab>a mayor<tab>Lund<tab>The bridge<tab>");
    press(&mut state, "<tab><tab><tab>A bridge closes<tab>The Gazette<tab>2 march 2024<tab>");
    press(&mut state, "https://example.org/x");
    let (entry, new) = put(&press(&mut state, "<c-s>"));
    assert_eq!(new, ["ada-kirby", "the-gazette"], "`kirby` is taken");
    assert_eq!(entry.speaker.as_deref(), Some("ada-kirby"));
    assert_eq!(
        (entry.id.as_str(), entry.sources[0].as_str()),
        ("ada-kirby-the-bridge", "the-gazette")
    );
}

#[test]
fn what_is_missing_or_wrong_is_said_and_nothing_saved() {
    let mut state = state();
    for (keys, part, words) in [
        ("a", Part::Date, "needed"),
        ("11/9/2022", Part::Date, ""),
        ("<c-u>9 Nov 2022", Part::Headline, "needed"),
        ("<tab><tab>Words", Part::Speaker, "needed: who said it"),
        ("<s-tab><s-tab>", Part::Speaker, "needed"),
    ] {
        press(&mut state, keys);
        let remark = form(&state).remarks.get(&part).unwrap_or_else(|| panic!("{keys}"));
        assert_ne!(remark.tone, Tone::Reads, "{keys}: {remark:?}");
        assert!(remark.text.contains(words), "{keys}: {remark:?}");
    }
    assert_eq!(form(&state).remarks[&Part::Date].text, "2022-11-09: 9 November 2022, Wednesday");
    assert_eq!(press(&mut state, "<c-s>"), []);
    assert_eq!(message(&state), "Not saved: look at speaker.");
    assert_eq!(form(&state).part, Part::Speaker);
    press(&mut state, "kirb<tab><tab><tab><tab>many");
    press(&mut state, "<c-s>");
    assert_eq!(message(&state), "Not saved: look at figure, of what.");
    let wrong = &form(&state).remarks[&Part::Claim];
    assert!(wrong.text.starts_with("`many` is no number"), "{wrong:?}");
}

#[test]
fn an_id_is_not_given_twice() {
    let mut state = state();
    press(&mut state, "a2023<tab><s-tab><s-tab><space><tab><tab>Two");
    assert_eq!(form(&state).text(Part::Id), "two-2");
    press(&mut state, "<s-tab><s-tab><s-tab><c-u>two");
    assert_eq!(form(&state).part, Part::Id);
    assert_eq!(form(&state).remarks[&Part::Id].text, "another entry has this id");
    press(&mut state, "<c-u>");
    assert!(form(&state).made_id);
}

#[test]
fn a_form_keeps_to_its_file_when_others_come_and_go() {
    let dataset = |name: &str, id: &str| {
        let event = format!("Event(id: \"{id}\", date: \"2020\", headline: \"h\")");
        Input::new(name, format!("Dataset(format: 1, title: \"t\", entries: [{event}])"))
    };
    let (a, b, c) = (dataset("a.ron", "in-a"), dataset("b.ron", "in-b"), dataset("c.ron", "in-c"));
    let mut state = state();
    let reload = |state: &mut State, inputs: &[Input]| {
        let timeline = Some(Arc::new(read(inputs).timeline));
        let loaded = Loaded { timeline, all: None, trouble: None };
        update(state, Came::Outside(Report::Loaded(Box::new(loaded))));
    };
    reload(&mut state, &[b.clone(), c.clone()]);
    press(&mut state, "a<s-tab><s-tab>in-b");
    assert_eq!((form(&state).file.as_str(), form(&state).part), ("b.ron", Part::Id));
    let is_taken = |state: &State| {
        let remark = form(state).remarks.get(&Part::Id);
        remark.is_some_and(|remark| remark.text == "another entry has this id")
    };
    assert!(is_taken(&state));
    reload(&mut state, &[a.clone(), b.clone(), c.clone()]);
    assert!(is_taken(&state), "it is the second file now");
    reload(&mut state, &[a, c.clone()]);
    assert!(!is_taken(&state), "it is gone");
    press(&mut state, "<c-u>in-c");
    assert!(!is_taken(&state));
    reload(&mut state, &[b, c]);
    assert!(!is_taken(&state));
    press(&mut state, "<c-u>in-b");
    assert!(is_taken(&state));
}

#[test]
fn what_any_figure_counts_is_offered() {
    let mut entries = String::new();
    for number in 0..2_500 {
        let (measure, of) = match number {
            2_499 => ("sorties", ", of: \"Volunteers\""),
            _ => ("losses", ""),
        };
        entries.push_str(&format!(
            "Event(id: \"{number}\", date: \"2022\", headline: \"h\",
                figures: [Figure(value: 1, measure: \"{measure}\"{of})]),"
        ));
    }
    let text = format!("Dataset(format: 1, title: \"t\", entries: [{entries}])");
    let timeline = read(&[Input::new("a.ron", text)]).timeline;
    let mut form = Form::new(&timeline, 0);
    for (part, all) in [(Part::Measure, &["losses", "sorties"][..]), (Part::Of, &["Volunteers"])] {
        form.part = part;
        form.offer_all(&timeline);
        assert!(form.offers.iter().map(|offer| &offer.text).eq(all), "{:?}", form.offers);
    }
}

#[test]
fn an_edit_keeps_what_the_form_does_not_show() {
    let mut state = state();
    press(&mut state, "GE");
    let was = form(&state).was.clone().unwrap();
    assert_eq!(
        form(&state).kept(),
        ["the words within the quote", "1 more quote", "1 more figure", "1 connection"]
    );
    assert_eq!(press(&mut state, "<c-s>"), []);
    assert_eq!(message(&state), "Nothing was changed.");
    press(&mut state, "E<tab><tab>Another<tab>new ");
    let (entry, _) = put(&press(&mut state, "<c-s>"));
    let mut expected = was.clone();
    "FirstAnother".clone_into(&mut expected.headline);
    "words new".clone_into(&mut expected.quotes[0].text);
    assert_eq!(entry, expected);
    // Emptied, the quote goes and the next comes in its place.
    press(&mut state, "<c-u><tab><tab><c-u>");
    let (entry, _) = put(&press(&mut state, "<c-s>"));
    assert_eq!(entry.quotes, was.quotes[1..]);
    assert_eq!(entry.figures, was.figures[1..]);
}

#[test]
fn typed_text_is_not_thrown_away_unasked() {
    let mut state = state();
    press(&mut state, "a<esc>");
    assert!(state.overlay.is_none(), "nothing was typed");
    press(&mut state, "a2023<esc>");
    assert!(message(&state).starts_with("Throw away"));
    press(&mut state, "n");
    assert_eq!(form(&state).text(Part::Date), "2023");
    press(&mut state, "<esc>y");
    assert!(state.overlay.is_none());
    // Nor by leaving the program.
    press(&mut state, "a");
    assert_eq!(press(&mut state, "<c-c>"), [Effect::Quit], "nothing was typed");
    press(&mut state, "2023");
    for (answer, left) in [("n", "2023"), ("<tab>", "2023"), ("x", "2023")] {
        assert_eq!(press(&mut state, "<c-c>"), []);
        assert_eq!(
            message(&state),
            "Throw away what was typed? y does, Ctrl-c also quits; any other key goes on."
        );
        assert_eq!(press(&mut state, answer), []);
        assert_eq!(form(&state).text(Part::Date), left);
    }
    for first in ["<c-c>", "<esc>"] {
        press(&mut state, first);
        assert_eq!(press(&mut state, "<c-c>"), [Effect::Quit]);
        press(&mut state, "n");
    }
    press(&mut state, "<c-c>y");
    assert!(state.overlay.is_none());
}

#[test]
fn offers_are_closed_before_the_form() {
    let mut state = state();
    press(&mut state, "a<tab><right>");
    assert_eq!(form(&state).offers.len(), 3);
    press(&mut state, "<down><down><up><esc>");
    assert!(form(&state).offers.is_empty());
    // What does not begin a name is nobody's until one chooses.
    press(&mut state, "ohn");
    assert_eq!((form(&state).offers.len(), form(&state).taken), (1, None));
    press(&mut state, "<down><enter>");
    assert_eq!(form(&state).text(Part::Speaker), "John Kirby");
    assert_eq!(form(&state).remarks[&Part::Speaker].text, "spokesman, White House");
    press(&mut state, "<tab><tab><tab><tab><tab>");
}

#[test]
fn a_deletion_is_asked_for_and_one_pointed_to_stays() {
    let mut state = state();
    press(&mut state, "D");
    assert_eq!(message(&state), "`one` points to this entry; change that first.");
    press(&mut state, "GD");
    assert!(matches!(state.overlay, Some(Overlay::Ask(_))));
    assert_eq!(press(&mut state, "n"), []);
    assert!(state.overlay.is_none());
    for no in ["<esc>", "<enter>", "x"] {
        press(&mut state, "D");
        assert_eq!(press(&mut state, no), [], "{no}");
        assert!(state.overlay.is_none(), "{no}");
    }
    press(&mut state, "D");
    let effects = press(&mut state, "y");
    assert!(
        matches!(&effects[..], [Effect::Change(change)] if matches!(change.what, What::Remove(_)))
    );
}

#[test]
fn what_is_no_file_is_not_changed() {
    let mut state = state();
    state.fixed.push("a.ron".to_owned());
    for keys in ["a", "E", "D"] {
        press(&mut state, keys);
        assert!(state.overlay.is_none());
        assert!(message(&state).contains("dateline new FILE"), "{keys}: {}", message(&state));
    }
}

#[test]
fn every_entry_comes_out_of_the_form_as_it_went_in() {
    for text in [TEXT, crate::edit::SKELETON, include_str!("../../../../data/bakhmut.ron")] {
        let timeline = read(&[Input::new("a.ron", text)]).timeline;
        for index in timeline.indexes() {
            let entry = NewEntry::of(&timeline, index);
            let mut form = Form::of(&timeline, 0, entry.clone());
            form.refresh(&timeline);
            assert_eq!(form.read(&timeline).entry, Some(entry), "{:?}", form.remarks);
        }
    }
}

#[test]
fn pasted_words_stay_what_they_are() {
    let mut state = state();
    let paste = |state: &mut State, text: &str| update(state, Came::Paste(text.to_owned()));
    press(&mut state, "a2023<tab>kirby<tab>");
    paste(&mut state, "  A headline\n\n  of two lines\n");
    assert_eq!(form(&state).text(Part::Headline), "A headline of two lines");
    press(&mut state, "<tab>");
    paste(&mut state, "\u{201c}First para.\n\nSecond\u{a0}para.\u{201d}");
    let mut terminal = Terminal::new(TestBackend::new(100, 30)).unwrap();
    terminal.draw(|frame| crate::tui::draw::draw(&state, frame)).unwrap();
    let screen = terminal.backend().to_string();
    assert!(screen.contains("\u{201c}First para.\u{21b5}"), "{screen}");
    let (entry, _) = put(&press(&mut state, "<c-s>"));
    assert_eq!(entry.headline, "A headline of two lines");
    assert_eq!(entry.quotes[0].text, "First para.\n\nSecond\u{a0}para.");
    // As it comes out of the file again.
    let text = crate::edit::insert(TEXT, &entry, &Default::default()).unwrap().apply(TEXT).unwrap();
    let timeline = read(&[Input::new("a.ron", text)]).timeline;
    let found = timeline.with_id(&entry.id).next().unwrap();
    assert_eq!(NewEntry::of(&timeline, found), entry);
}
