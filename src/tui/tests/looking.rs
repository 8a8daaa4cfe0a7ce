//! What is looked for on another thread.

use ratatui::style::Modifier;

use super::*;

/// What has to be found on another thread is found there.
fn arrive(state: &mut State) {
    if let Some(found) = state.take_look().and_then(|look| look.answer()) {
        update(state, Input::Outside(Report::Found(found)));
    }
}

#[test]
fn what_is_found_on_another_thread_ends_as_if_found_at_once() {
    let ends = |state: &State| {
        let found = state.search.as_ref().and_then(|search| search.found.as_deref().cloned());
        let message = state.message.clone().map(|message| message.text);
        (here(state).to_owned(), state.shown.entries.clone(), found, message, state.detail.scroll)
    };
    for keys in [
        "9j/wagner",
        "9j/wagner<enter>",
        "9j/wagner<enter>n",
        "9j/wagner<enter>nNj",
        "9j/zzz<enter>",
        "9j/zzz<enter>j",
        "9j/wagner<bs><bs>",
        "9j/wagner<enter>/zz<esc>",
        "9j/wagner<enter>/<enter>",
        "5jfkirby",
        "5jfkirby<enter>j",
        "5jfkirby<enter>uj",
        "5jfkirby<esc>j",
        "5jfkirby<space>has:quote<enter>G/bakh<enter>c",
        "5jfzzz<enter>",
    ] {
        let (mut at_once, mut never, mut always) = (open(), open(), open());
        press(&mut at_once, keys);
        // Nothing arrives before the last key.
        never.patience = 0;
        press(&mut never, keys);
        arrive(&mut never);
        assert_eq!(ends(&never), ends(&at_once), "{keys}");
        // Everything does before the next.
        always.patience = 0;
        for key in Key::sequence(keys).unwrap() {
            update(&mut always, Input::Key(key));
            arrive(&mut always);
        }
        assert_eq!(ends(&always), ends(&at_once), "{keys}, one by one");
    }
}

#[test]
fn an_answer_that_nobody_waits_for_changes_nothing() {
    let mut state = open();
    state.patience = 0;
    press(&mut state, "fkirb");
    let old = state.take_look().unwrap();
    let early = old.answer().unwrap();
    press(&mut state, "y");
    assert!(old.answer().is_none(), "given up");
    update(&mut state, Input::Outside(Report::Found(early)));
    assert!(state.looking.is_some() && state.shown.len() == state.timeline.len());
    arrive(&mut state);
    assert!(state.looking.is_none() && state.shown.len() < state.timeline.len());
    assert!(state.take_look().is_none());
}

#[test]
fn words_are_marked_where_they_stand_however_they_are_written() {
    let text = "Dataset(format: 1, title: \"t\", speakers: { \"g\": Speaker(name: \"José García\") }, \
        sources: {}, entries: [\
        Statement(id: \"a\", speaker: \"g\", date: \"2023-01-01\", headline: \"Cafe\u{301}, Rus\u{ad}sia, ﬁrst, Łódź 日本 é end\"),\
    ])";
    let reading = read(&[Text::new("t.ron", text)]);
    let timeline = Arc::new(reading.timeline);
    for (words, marked) in [
        ("cafe", "Cafe\u{301}"),
        ("russia", "Rus⟨00AD⟩sia"),
        ("first", "ﬁrst"),
        ("lodz", "Łódź"),
        // A wide letter takes two cells.
        ("本 e", "本  é"),
        ("END", ""),
        ("end", "end"),
    ] {
        for keys in ["/", "f"] {
            // By the filter, cases are the same.
            let marked = if keys == "f" && words == "END" { "end" } else { marked };
            let mut state = State::new(Arc::clone(&timeline), preferences(), (120, 40));
            press(&mut state, keys);
            // In one piece, which words of a query are between quotation marks alone.
            let quoted = format!("\"{words}\"");
            type_in(&mut state, if keys == "f" { &quoted } else { words });
            press(&mut state, "<enter>");
            let theme = &state.preferences.theme;
            let grounds = [theme.found.bg, theme.found_here.bg];
            let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
            let frame = terminal.draw(|frame| draw(&state, frame)).unwrap();
            let row = frame.buffer.content.chunks(120).find(|row| {
                let shown: String = row.iter().map(|cell| cell.symbol()).collect();
                shown.contains("Rus")
            });
            let found = |cell: &&ratatui::buffer::Cell| {
                grounds.contains(&Some(cell.bg)) || cell.modifier.contains(Modifier::UNDERLINED)
            };
            let found: String =
                row.unwrap().iter().filter(found).map(|cell| cell.symbol()).collect();
            assert_eq!(found, marked, "{keys}{words}");
        }
    }
}

#[test]
fn a_panel_and_the_query_find_the_same_names() {
    let text = "Dataset(format: 1, title: \"t\", speakers: { \"g\": Speaker(name: \"José García\"), \
        \"o\": Speaker(name: \"Øyvind Łoś\"), \"p\": Speaker(name: \"Пётр\") }, sources: {}, entries: [\
        Statement(id: \"a\", speaker: \"g\", date: \"2023-01-01\", headline: \"x\"),\
        Statement(id: \"b\", speaker: \"o\", date: \"2023-01-02\", headline: \"x\"),\
        Statement(id: \"c\", speaker: \"p\", date: \"2023-01-03\", headline: \"x\"),\
    ])";
    let timeline = Arc::new(read(&[Text::new("t.ron", text)]).timeline);
    for (typed, found) in [
        ("garcia", "a"),
        ("Garci\u{301}a", "a"),
        ("oyvind", "b"),
        ("łos", "b"),
        ("петр", "c"),
        ("gärcia", ""),
    ] {
        let query = crate::query::Query::parse(&format!("speaker:{typed}")).unwrap();
        let ids: Vec<&str> =
            query.select(&timeline).into_iter().map(|entry| timeline.id(entry)).collect();
        assert_eq!(ids.join(" "), found, "{typed}");
        let names: Vec<&str> = timeline.speakers().iter().map(|who| who.name.as_str()).collect();
        let mut list = crate::tui::list::List {
            field: crate::tui::field::Field::new(typed),
            ..crate::tui::list::List::default()
        };
        list.narrow(names.into_iter());
        let shown: Vec<&str> = list.shown.iter().map(|at| ["a", "b", "c"][*at]).collect();
        assert_eq!(shown.join(" "), found, "{typed}");
        // What completes it, where it is typed from its beginning.
        let typed = format!("speaker:{typed}");
        let offers = crate::query::complete(&timeline, &typed, typed.len());
        assert_eq!(offers.len(), usize::from(!found.is_empty()), "{typed}");
    }
}
