//! The state without a terminal: what keys make of it, as tables and for any keys at all.

mod large;
mod looking;
mod sent;
mod session;
mod sizes;

use std::sync::{Arc, LazyLock};

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::dataset::{Input as Text, embedded, read};
use crate::model::Timeline;
use crate::tui::draw::draw;
use crate::tui::key::Key;
use crate::tui::keymap::Keymap;
use crate::tui::overlay::Overlay;
use crate::tui::state::{Focus, Preferences, State};
use crate::tui::theme::{Colours, Theme};
use crate::tui::update::{Effect, Input, Loaded, Report, update};
use crate::view::label::Glyphs;

/// The dataset that comes with the program.
static CURATED: LazyLock<Arc<Timeline>> = LazyLock::new(|| Arc::new(read(&[embedded()]).timeline));

fn preferences() -> Preferences {
    let theme = Theme::built_in("dark", Colours::True).unwrap();
    let keymap = Arc::new(Keymap::built_in().unwrap());
    Preferences { theme, glyphs: Glyphs::Unicode, keymap }
}

fn open() -> State {
    State::new(Arc::clone(&CURATED), preferences(), (120, 40))
}

/// Presses keys such as `5j<enter>`; gives what they ask of the loop.
fn press(state: &mut State, keys: &str) -> Vec<Effect> {
    if keys.is_empty() {
        return Vec::new();
    }
    let keys = Key::sequence(keys).unwrap();
    keys.into_iter().flat_map(|key| update(state, Input::Key(key))).collect()
}

/// Types a text, whatever its letters are for elsewhere.
fn type_in(state: &mut State, text: &str) {
    update(state, Input::Paste(text.to_owned()));
}

fn here(state: &State) -> &str {
    state.selected().map_or("", |entry| state.timeline.id(entry))
}

fn chosen(state: &State) -> Vec<String> {
    state.chosen().into_iter().map(|entry| state.timeline.id(entry).to_owned()).collect()
}

fn go_to(state: &mut State, id: &str) {
    state.select_entry(state.timeline.find(id).unwrap());
    state.settle();
}

#[test]
fn a_range_grows_shrinks_turns_and_ends() {
    let number = |state: &State| state.chosen().len();
    for (keys, selected, position) in [
        ("v", 1, 1),
        ("v3j", 4, 4),
        ("v3jk", 3, 3),
        ("v3jv", 4, 4),
        ("v3jvj", 4, 5),
        ("v3j<esc>", 0, 4),
        ("5jv3k", 4, 3),
        ("5jv3ko", 4, 6),
        ("5jv3koj", 5, 7),
        ("v3jvGv", 5, 27),
        ("V", 27, 1),
        ("VV", 0, 1),
        ("V<esc>", 0, 1),
        ("V<space>", 26, 2),
        ("<space><space>", 2, 3),
        ("<space>j<space>", 2, 4),
        ("<space>k<space>", 0, 2),
        ("v<space>", 2, 2),
        ("j<esc><esc>", 0, 2),
    ] {
        let mut state = open();
        press(&mut state, keys);
        assert_eq!((number(&state), state.cursor + 1), (selected, position), "after {keys}");
    }
}

#[test]
fn a_selection_outlasts_the_filter() {
    let mut state = open();
    go_to(&mut state, "gates-putin");
    press(&mut state, "<space>S");
    assert_eq!(chosen(&state), ["gates-putin"]);
    press(&mut state, "S");
    go_to(&mut state, "kirby-may");
    press(&mut state, "S<space>");
    assert_eq!(chosen(&state), ["gates-putin", "kirby-may"], "hidden entries stay selected");
    press(&mut state, "V");
    assert_eq!(chosen(&state).len(), 7, "all that is shown, and no more");
}

#[test]
fn a_line_being_typed_leaves_the_cursor_at_its_entry() {
    for (id, query, to) in [
        // On the way it hides every entry, or all but a few far away.
        ("kirby-may", "speaker:kirby", "kirby-may"),
        ("gates-putin", "has:quote tag:strategy", "gates-putin"),
        ("pentagon-august", "-tag:wagner", "pentagon-august"),
        ("kirby-may", "zzz", ""),
        // One that is hidden in the end gives way to its neighbour.
        ("ap-wagner", "speaker:joshi", "joshi-all-fronts"),
    ] {
        for (end, lands) in [("<enter>", to), ("<esc>", id)] {
            let mut state = open();
            go_to(&mut state, id);
            press(&mut state, "f");
            for letter in query.chars() {
                type_in(&mut state, &letter.to_string());
            }
            press(&mut state, end);
            assert_eq!(here(&state), lands, "{query} {end}");
        }
    }
}

#[test]
fn a_field_being_typed_hides_nothing() {
    // How many entries are shown as the letters come, and what Enter leaves.
    for (query, on_the_way, found) in [
        ("speaker:kirby", &[27, 14, 7][..], 7),
        ("has:quote", &[27, 10], 10),
        ("-speaker:kirby", &[27, 13, 20], 20),
        ("during:2023-05", &[27, 21, 17], 17),
        // A word is one as soon as it can be nothing else.
        ("spend", &[27, 1], 1),
        ("figure", &[27], 7),
    ] {
        let mut state = open();
        press(&mut state, "f");
        let mut counts = vec![27];
        for letter in query.chars() {
            type_in(&mut state, &letter.to_string());
            counts.push(state.shown.len());
        }
        counts.dedup();
        press(&mut state, "<enter>");
        assert_eq!((&*counts, state.shown.len()), (on_the_way, found), "{query}");
        assert_eq!(state.filter.text(), query);
        press(&mut state, "u");
        assert_eq!(state.shown.len(), 27, "{query} is one change");
    }
}

#[test]
fn the_line_says_what_is_not_in_force() {
    let waiting = |typed: &str, keys: &str| {
        let mut state = open();
        press(&mut state, "f");
        type_in(&mut state, typed);
        press(&mut state, keys);
        let Some(Overlay::Prompt(prompt)) = state.overlay.take() else { return None };
        let error = prompt.error.map(|error| error.message);
        Some((state.filter.text().to_owned(), prompt.waiting.or(error)))
    };
    for (typed, keys, in_force, said) in [
        ("kirby spe", "", "kirby", Some("“spe” is looked for on Space or Enter")),
        ("kirby spe", "<space>", "kirby spe", None),
        ("kirby spe", "<left>", "kirby spe", None),
        ("kirby has:", "", "kirby", Some("has: what the record holds")),
        ("kirby has:qu", "", "", Some("has: what the record holds")),
        ("kirby has:qu", "<enter>", "", Some("no record has a `qu`")),
        ("kirby has:zz", "", "", Some("no record has a `zz`")),
        ("kirby id:kir", "", "kirby id:kir", None),
    ] {
        let expected = Some((in_force.to_owned(), said.map(str::to_owned)));
        assert_eq!(waiting(typed, keys), expected, "{typed}{keys}");
    }
}

#[test]
fn a_message_is_read_to_its_end() {
    let mut state = open();
    for (width, text, shown) in [
        (120, "Written.", " Written."),
        (40, "Written.", "1 of 27 · 0 %"),
        (40, "Written to a folder far away.", " Written to a folder far away."),
    ] {
        state.say(text);
        update(&mut state, Input::Resize(width, 12));
        let mut terminal = Terminal::new(TestBackend::new(width, 12)).unwrap();
        terminal.draw(|frame| draw(&state, frame)).unwrap();
        let bar: String =
            (0..width).map(|x| terminal.backend().buffer()[(x, 11)].symbol()).collect();
        assert!(bar.contains(shown), "{bar}");
    }
}

#[test]
fn a_filter_is_taken_back_and_made_again() {
    let mut state = open();
    press(&mut state, "f");
    type_in(&mut state, "speaker:kirby");
    press(&mut state, "<enter>");
    press(&mut state, "f");
    type_in(&mut state, "-tag:wagner");
    press(&mut state, "<enter>");
    let texts = ["", "speaker:kirby", "speaker:kirby -tag:wagner"];
    for (keys, text) in [
        ("", texts[2]),
        ("u", texts[1]),
        ("u", texts[0]),
        ("u", texts[0]),
        ("<c-r>", texts[1]),
        ("<c-r>", texts[2]),
        ("<c-r>", texts[2]),
        ("<esc>", ""),
        ("<esc>", ""),
        ("u", texts[2]),
        // A line that is left changes nothing, and one that is the same is no change.
        ("fkirby<esc>", texts[2]),
        ("f<enter>", texts[2]),
        ("u", texts[1]),
    ] {
        press(&mut state, keys);
        assert_eq!(state.filter.text(), text, "after {keys}");
    }
}

#[test]
fn who_speaks_is_one_key_and_the_way_back_another() {
    let mut state = open();
    go_to(&mut state, "gates-time");
    press(&mut state, "S");
    assert_eq!((state.shown.len(), here(&state)), (2, "gates-time"));
    press(&mut state, "S");
    assert_eq!((state.shown.len(), here(&state)), (27, "gates-time"));
    // In an event nobody does.
    go_to(&mut state, "bakhmut-fight");
    press(&mut state, "S");
    assert_eq!(state.shown.len(), 27);
    assert_eq!(state.message.as_ref().unwrap().text, "Nobody speaks in an event.");
}

#[test]
fn words_of_somebody_who_says_nothing_else_change_nothing() {
    let mut state = open();
    press(&mut state, "ftag:fighting<enter>u");
    go_to(&mut state, "gates-putin");
    let speaker = |state: &State| {
        let links = state.detail.links();
        let brzezinski = links.iter().position(|(target, _)| match target {
            crate::export::record::Target::Speaker(at) => {
                state.timeline.speaker(*at).id == "brzezinski"
            }
            _ => false,
        });
        brzezinski.expect("a link to Brzezinski")
    };
    press(&mut state, "<enter>");
    state.detail.link = Some(speaker(&state));
    press(&mut state, "<enter>");
    let said = &state.message.as_ref().unwrap().text;
    assert_eq!(said, "Zbigniew Brzezinski says and passes on nothing else.");
    assert!(state.jumps.is_empty() && state.filter.is_empty());
    press(&mut state, "<c-r>");
    assert_eq!(state.filter.text(), "tag:fighting", "what was taken back can still be made again");
}

#[test]
fn a_panel_takes_one_at_once_or_those_that_are_ticked() {
    for (keys, text) in [
        // The panel begins with the speaker of the entry: the most words first.
        ("s/kirby<enter>", "speaker:=kirby"),
        ("s/kirby<esc><space>/milley<enter>", "speaker:=kirby,=milley"),
        ("s/kirby<esc><space>/milley<esc><space><enter>", "speaker:=kirby,=milley"),
        ("s/kirby<esc><space><enter>", "speaker:=kirby"),
        ("s/kirby<esc><space>j<enter>", "speaker:=kirby"),
        ("s/kirby<esc><space><space><esc>", ""),
        ("s/kirby<esc>o/milley<esc>o<esc>", "speaker:=milley"),
        ("s/kirby<esc>oa<esc>", ""),
        ("s/kirby<esc>oi<esc>", "-speaker:=kirby"),
        ("s/kirby<esc>oii<esc>", "speaker:=kirby"),
        ("s/kirby<esc>o<tab>/wagner<esc><space><enter>", "speaker:=kirby tag:=wagner"),
        ("slll/event<enter>", "kind:event"),
        ("sh/donbas<enter>", "place:=\"Donbas, Ukraine\""),
        ("s/qqq<enter>", ""),
        ("s/kirby<enter>u", ""),
    ] {
        let mut state = open();
        press(&mut state, keys);
        assert_eq!(state.filter.text(), text, "after {keys}");
        assert!(state.overlay.is_none(), "after {keys}");
    }
}

#[test]
fn the_count_of_a_value_is_that_of_its_entries() {
    use crate::query::{Choice, Facet, Query, rows};
    for query in ["", "has:quote", "speaker:kirby", "tag:wagner -speaker:kirby", "zzz"] {
        let query = Query::parse(query).unwrap();
        for facet in Facet::ALL {
            for row in rows(&CURATED, &query, facet) {
                let one = query.with_choice(facet, &Choice::only(row.key.clone()));
                assert_eq!(row.count, one.select(&CURATED).len(), "{query} {facet:?} {}", row.key);
            }
        }
    }
}

#[test]
fn links_lead_there_and_back() {
    let mut state = open();
    go_to(&mut state, "peskov-thin-air");
    press(&mut state, "<enter><tab><enter>");
    assert_eq!((here(&state), state.focus), ("kirby-may", Focus::Detail));
    for keys in ["<c-o>", "<bs>"] {
        press(&mut state, keys);
        assert_eq!(here(&state), "peskov-thin-air");
        press(&mut state, "<tab><enter>");
        assert_eq!(here(&state), "kirby-may");
    }
    // A filter that hides the other end is lifted, and can be had back.
    let mut state = open();
    press(&mut state, "f");
    type_in(&mut state, "speaker:peskov");
    press(&mut state, "<enter><enter><tab><enter>");
    assert_eq!((here(&state), state.filter.text()), ("kirby-may", ""));
    press(&mut state, "<c-o>u");
    assert_eq!((here(&state), state.filter.text()), ("peskov-thin-air", "speaker:peskov"));
}

#[test]
fn time_is_walked_by_years_months_and_dates() {
    let mut state = open();
    for (keys, id) in [
        ("]", "gates-putin"),
        ("]", "peskov-thin-air"),
        ("[", "gates-putin"),
        ("[", "pentagon-august"),
        ("}", "milley-november"),
        ("}}", "gates-putin"),
        ("{", "bakhmut-fight"),
        ("dmarch 2023<enter>", "t72-near-bakhmut"),
        ("d2022-11<enter>", "milley-november"),
        ("d2030<enter>", "peskov-thin-air"),
        ("dnonsense<enter><esc>", "peskov-thin-air"),
        ("<c-o>", "milley-november"),
    ] {
        press(&mut state, keys);
        assert_eq!(here(&state), id, "after {keys}");
    }
}

#[test]
fn a_capital_makes_a_search_tell_cases_apart() {
    let count = |words: &str| {
        let mut state = open();
        press(&mut state, "/");
        type_in(&mut state, words);
        press(&mut state, "<enter>");
        let found = state.search.and_then(|search| search.found);
        found.map_or(0, |found| found.len())
    };
    assert!(count("wagner") > count("Wagner") && count("Wagner") > 0);
    assert_eq!(count("WAGNER"), 0);
}

/// Gives the state another reading of its files.
fn reload(state: &mut State, text: &str) {
    let timeline = Some(Arc::new(read(&[Text::new("bakhmut.ron", text)]).timeline));
    let loaded = Loaded { timeline, all: None, trouble: None };
    update(state, Input::Outside(Report::Loaded(Box::new(loaded))));
}

#[test]
fn a_dialog_writes_what_is_there_after_a_reload() {
    // Another entry in front: every number is another's now.
    let more = embedded().text.replace(
        "    entries: [\n",
        "    entries: [\n        Event(id: \"new\", date: \"2001\", headline: \"New\"),\n",
    );
    for (keys, selected) in [("Gvkkx", 3), ("fspeaker:gates<enter>x", 2)] {
        let mut state = open();
        press(&mut state, keys);
        let ids = |state: &State| -> Vec<String> {
            let Some(Overlay::Export(dialog)) = &state.overlay else { panic!("no dialog") };
            dialog.entries.iter().map(|entry| state.timeline.id(*entry).to_owned()).collect()
        };
        let before = ids(&state);
        assert_eq!(before.len(), selected);
        reload(&mut state, &more);
        assert_eq!(ids(&state), before, "after {keys}");
        let effects = press(&mut state, "<enter>");
        let [Effect::Write(request)] = effects.as_slice() else { panic!("{effects:?}") };
        let text = String::from_utf8(request.bytes.clone()).unwrap();
        assert!(text.contains("26 left out") || text.contains("25 left out"), "{text}");
        assert!(!text.contains("2001"), "{text}");
        // Nothing is left to export.
        reload(&mut state, "Dataset(format: 1, title: \"Empty\", entries: [])");
        assert!(state.overlay.is_none());
    }
}

#[test]
fn the_last_choice_of_an_export_is_offered_again() {
    let mut state = open();
    // Markdown without provenance, and then a path.
    press(&mut state, "x<right>");
    let Some(Overlay::Export(dialog)) = &state.overlay else { panic!("no dialog") };
    assert_eq!(dialog.format().name, "markdown");
    press(&mut state, "<tab><tab>");
    press(&mut state, "<c-u>");
    type_in(&mut state, "mine.md");
    press(&mut state, "<down><right><enter><esc>");
    let place = state.place();
    let mut later = open();
    later.go_back_to(&place);
    press(&mut later, "x");
    let Some(Overlay::Export(dialog)) = &later.overlay else { panic!("no dialog") };
    assert_eq!((dialog.format().name, dialog.path.text()), ("markdown", "mine.md"));
    assert!(!dialog.provenance);
}

#[test]
fn a_match_in_the_record_is_brought_into_sight() {
    let in_sight = |state: &State, words: &str| {
        let height = usize::from(state.areas().detail.height);
        let lines = state.detail.lines.iter().skip(state.detail.scroll).take(height);
        lines.into_iter().any(|line| line.spans.iter().any(|span| span.text.contains(words)))
    };
    let mut state = State::new(Arc::clone(&CURATED), preferences(), (80, 24));
    // Only a tag, far down.
    press(&mut state, "/");
    type_in(&mut state, "intelligence");
    assert_eq!(here(&state), "kirby-may");
    assert!(in_sight(&state, "intelligence"), "while it is typed");
    press(&mut state, "<enter>ggn");
    assert!(in_sight(&state, "intelligence"), "and gone to");
    // Where it is in sight nothing moves.
    press(&mut state, "<esc>/");
    type_in(&mut state, "over 100,000 russian");
    assert_eq!((here(&state), state.detail.scroll), ("kirby-may", 0));
}

#[test]
fn esc_goes_back_one_step_at_a_time_and_never_out() {
    let mut state = open();
    press(&mut state, "fspeaker:kirby<enter>/bakhmut<enter><space>vj<enter><tab>?/x");
    let steps = |state: &State| {
        let mut steps = Vec::new();
        steps.extend(state.overlay.as_ref().map(|_| "overlay"));
        steps.extend(state.detail.link.map(|_| "link"));
        steps.extend((state.focus == Focus::Detail).then_some("record"));
        steps.extend(state.selection.anchor.map(|_| "range"));
        steps.extend((!state.selection.entries.is_empty()).then_some("selection"));
        steps.extend(state.search.as_ref().map(|_| "search"));
        steps.extend((!state.filter.is_empty()).then_some("filter"));
        steps
    };
    let all = ["overlay", "link", "record", "range", "selection", "search", "filter"];
    assert_eq!(steps(&state), all);
    press(&mut state, "<esc>");
    assert_eq!(steps(&state), all, "first out of the words that narrow the help");
    for left in 1..=all.len() {
        assert_eq!(press(&mut state, "<esc>"), []);
        assert_eq!(steps(&state), all[left..]);
    }
    assert_eq!(press(&mut state, "<esc><esc>"), []);
    assert_eq!(press(&mut state, "q"), [Effect::Quit]);
}
