//! The inner steps, each many times: `cargo bench --bench steps`, or with `-- select` for some.
//!
//! With 1,000 and 100,000 entries; with 1,000,000 as well where `DATELINE_BENCH_MILLION` is set.

mod records;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dateline::dataset::{self, Input};
use dateline::export::record;
use dateline::model::{EntryIndex, Timeline};
use dateline::query::{Facet, Needle, Query, complete, rows, search};
use dateline::tui::draw::draw;
use dateline::tui::key::Key;
use dateline::tui::keymap::Keymap;
use dateline::tui::state::{Preferences, State};
use dateline::tui::theme::{Colours, Theme};
use dateline::tui::update::{Input as Pressed, update};
use dateline::view::label::Glyphs;
use dateline::view::shown::Shown;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

fn sizes() -> Vec<usize> {
    let mut sizes = vec![1_000, 100_000];
    if std::env::var_os("DATELINE_BENCH_MILLION").is_some() {
        sizes.push(1_000_000);
    }
    sizes
}

fn input(entries: usize) -> Input {
    Input::new("records.ron", records::dataset(entries))
}

fn timeline(entries: usize) -> Timeline {
    dataset::read(&[input(entries)]).timeline
}

fn reading(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("read");
    for entries in sizes() {
        let inputs = [input(entries)];
        group.throughput(Throughput::Bytes(inputs[0].text.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(entries), |bench| {
            bench.iter_with_large_drop(|| dataset::read(&inputs));
        });
    }
    group.finish();
    let inputs = [input(100_000)];
    bench.bench_function("read_first", |bench| {
        bench.iter_with_large_drop(|| dataset::read_first(&inputs));
    });
}

fn queries(bench: &mut Criterion) {
    for entries in sizes() {
        let timeline = timeline(entries);
        let mut group = bench.benchmark_group(format!("select/{entries}"));
        for (name, text) in [
            ("speaker", "speaker:kirby"),
            ("date", "during:2022"),
            ("figure", "figure:casualties>50k"),
            ("a rare word", "needlemark"),
            ("a frequent word", "the"),
            ("two words", "\"the line\""),
            ("no such word", "zzz"),
            ("speaker and word", "speaker:s1 ceasefire"),
        ] {
            let query = Query::parse(text).expect("a query");
            group.bench_function(name, |bench| bench.iter(|| query.select(&timeline)));
        }
        group.finish();
        let all: Vec<EntryIndex> = timeline.indexes().collect();
        let mut group = bench.benchmark_group(format!("rest/{entries}"));
        let needle = Needle::new("ceasefire");
        group.bench_function("search", |bench| {
            bench.iter(|| search(&timeline, &all, &needle));
        });
        let one = Query::parse("speaker:=s1").expect("a query");
        for facet in Facet::ALL {
            group.bench_function(format!("facet rows/{facet:?}"), |bench| {
                bench.iter(|| rows(&timeline, &one, facet));
            });
        }
        for text in ["ki", "speaker:kir", "id:e99"] {
            group.bench_function(format!("complete/{text}"), |bench| {
                bench.iter(|| complete(&timeline, text, text.len()));
            });
        }
        let shown = Shown::new(&timeline, all.clone());
        group.bench_function("shown/all", |bench| {
            bench.iter_batched(
                || all.clone(),
                |all| Shown::new(&timeline, all),
                BatchSize::LargeInput,
            );
        });
        let some: Vec<EntryIndex> = all.iter().copied().step_by(3).collect();
        group.bench_function("shown/narrowed", |bench| {
            bench.iter_batched(
                || some.clone(),
                |some| shown.narrowed(&timeline, &one, some),
                BatchSize::LargeInput,
            );
        });
        let middle = all[all.len() / 2];
        group.bench_function("record", |bench| {
            bench.iter(|| record::record(&timeline, black_box(middle), 60));
        });
        group.finish();
    }
}

fn keys(bench: &mut Criterion) {
    for entries in sizes() {
        let preferences = Preferences {
            theme: Theme::built_in("dark", Colours::True).expect("a theme"),
            glyphs: Glyphs::Unicode,
            keymap: Arc::new(Keymap::built_in().expect("sound keys")),
        };
        let mut state = State::new(Arc::new(timeline(entries)), preferences, (120, 40));
        let mut terminal = Terminal::new(TestBackend::new(120, 40)).expect("a test's screen");
        let mut group = bench.benchmark_group(format!("key to cells/{entries}"));
        for (name, code) in
            [("j", KeyCode::Char('j')), ("page down", KeyCode::PageDown), ("G", KeyCode::Char('G'))]
        {
            let key = Key::from(KeyEvent::new(code, KeyModifiers::NONE));
            group.bench_function(name, |bench| {
                bench.iter(|| {
                    update(&mut state, Pressed::Key(key));
                    terminal.draw(|frame| draw(&state, frame)).map(|_| ())
                });
            });
        }
        group.finish();
    }
}

criterion_group! {
    name = steps;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = reading, queries, keys
}
criterion_main!(steps);
