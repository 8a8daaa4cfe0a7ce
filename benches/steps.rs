//! The inner steps, each many times: `cargo bench --bench steps`, or with `-- select` for some.
//!
//! With 1,000 and 100,000 entries, and in shapes that nobody plans for (`-- odd`); with 1,000,000 as well where `DATELINE_BENCH_MILLION` is set.

mod quotes;
mod records;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dateline::dataset::{self, Input};
use dateline::export::record;
use dateline::html;
use dateline::model::{EntryIndex, Timeline};
use dateline::query::{Facet, Needle, Query, complete, rows, search};
use dateline::tui::draw::draw;
use dateline::tui::key::Key;
use dateline::tui::keymap::Keymap;
use dateline::tui::state::{Preferences, State};
use dateline::tui::theme::{Colours, Theme};
use dateline::tui::update::{Input as Pressed, update};
use dateline::verify::Archive;
use dateline::view::label::Glyphs;
use dateline::view::shown::Shown;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use records::Odd;

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

/// Words in texts with accents in most records, which have to be folded.
fn folded(bench: &mut Criterion) {
    for entries in sizes() {
        let text = records::dataset(entries).replace(" the ", " thé ");
        let timeline = dataset::read(&[Input::new("records.ron", text)]).timeline;
        let mut group = bench.benchmark_group(format!("folded/{entries}"));
        for (name, text) in [
            ("a rare word", "needlemark"),
            ("a letter", "c"),
            ("a seldom letter", "x"),
            ("a letter with a mark", "é"),
            ("a frequent word", "the"),
            ("no such word", "zzz"),
        ] {
            let query = Query::parse(text).expect("a query");
            group.bench_function(name, |bench| bench.iter(|| query.select(&timeline)));
        }
        group.finish();
    }
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
            ("a letter", "c"),
            ("a seldom letter", "x"),
            ("two letters", "ea"),
            ("two digits", "20"),
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

/// A screen with a timeline on it.
struct Session {
    state: State,
    terminal: Terminal<TestBackend>,
}

impl Session {
    fn new(timeline: Arc<Timeline>) -> Self {
        let preferences = Preferences {
            theme: Theme::built_in("dark", Colours::True).expect("a theme"),
            glyphs: Glyphs::Unicode,
            keymap: Arc::new(Keymap::built_in().expect("sound keys")),
        };
        let state = State::new(timeline, preferences, (120, 40));
        let terminal = Terminal::new(TestBackend::new(120, 40)).expect("a test's screen");
        Session { state, terminal }
    }

    fn draw(&mut self) {
        let Session { state, terminal } = self;
        terminal.draw(|frame| draw(state, frame)).map(|_| ()).expect("a test's screen");
    }

    /// Keys as in `assets/keys.ron`, each drawn.
    fn press(&mut self, keys: &str) {
        for key in Key::sequence(keys).expect("keys") {
            update(&mut self.state, Pressed::Key(key));
            self.draw();
        }
    }
}

/// What is pressed, and what brings back where it can be pressed again.
const TIMELINE_KEYS: &[(&str, &str)] =
    &[("j", "j"), ("page down", "<pgdn>"), ("G", "G"), ("gg and G", "ggG"), ("s", "s<esc>")];

const LANES_KEYS: &[(&str, &str)] = &[
    ("h", "h"),
    ("l", "l"),
    ("j and k", "jk"),
    (") and (", ")("),
    ("page down and up", "<pgdn><pgup>"),
    ("gg and G", "ggG"),
    ("+", "+"),
    ("- and 0", "-0"),
    ("<s-left>", "<s-left>"),
    ("z", "z"),
    ("L", "L"),
    ("O", "O"),
    ("+ and -, far in", "++++++++--------"),
];

const FIGURES_KEYS: &[(&str, &str)] = &[
    ("j", "j"),
    ("page down and up", "<pgdn><pgup>"),
    ("gg and G", "ggG"),
    ("h and l", "hl"),
    ("O", "O"),
    ("r", "r"),
    ("space", "<space>"),
];

fn keys(bench: &mut Criterion) {
    for entries in sizes() {
        let timeline = Arc::new(timeline(entries));
        let all = [
            ("key to cells", "gt", TIMELINE_KEYS),
            ("lanes", "gl", LANES_KEYS),
            ("figures", "gf", FIGURES_KEYS),
        ];
        for (view, enter, keys) in all {
            let mut group = bench.benchmark_group(format!("{view}/{entries}"));
            group.bench_function("entered", |bench| {
                let mut session = Session::new(Arc::clone(&timeline));
                bench.iter(|| {
                    session.state.views.renew();
                    session.press(enter);
                    session.press("gt");
                });
            });
            for (name, pressed) in keys.iter().copied() {
                let mut session = Session::new(Arc::clone(&timeline));
                // In the middle, where there is something on both sides.
                session.press(&format!("{}G{enter}", entries / 2));
                group.bench_function(name, |bench| bench.iter(|| session.press(pressed)));
            }
            group.finish();
        }
    }
}

fn odd(bench: &mut Criterion) {
    for shape in Odd::ALL {
        let mut sizes = vec![shape.entries()];
        if shape == Odd::ManyTags && std::env::var_os("DATELINE_BENCH_MILLION").is_some() {
            sizes.push(1_000_000);
        }
        for entries in sizes {
            odd_shape(bench, shape, entries);
        }
    }
}

fn odd_shape(bench: &mut Criterion, shape: Odd, entries: usize) {
    let inputs = [Input::new("odd.ron", shape.dataset(entries))];
    let timeline = Arc::new(dataset::read(&inputs).timeline);
    let mut group = bench.benchmark_group(format!("odd/{}/{entries}", shape.name()));
    group.bench_function("read", |bench| {
        bench.iter_with_large_drop(|| dataset::read(&inputs));
    });
    group.bench_function("first draw", |bench| {
        bench.iter_with_large_drop(|| {
            let mut session = Session::new(Arc::clone(&timeline));
            session.draw();
            session
        });
    });
    let others = [("a search on it", "/line<enter>"), ("export opened", "G<space>x<esc><space>")];
    for (name, pressed) in TIMELINE_KEYS.iter().chain(&others).copied() {
        let mut session = Session::new(Arc::clone(&timeline));
        group.bench_function(name, |bench| bench.iter(|| session.press(pressed)));
    }
    let mut session = Session::new(Arc::clone(&timeline));
    session.press("/line<enter>ggG");
    group.bench_function("J and K, words marked", |bench| bench.iter(|| session.press("JK")));
    for (view, enter) in [("lanes", "gl"), ("figures", "gf")] {
        let mut session = Session::new(Arc::clone(&timeline));
        session.press(enter);
        group.bench_function(format!("{view}/gg and G"), |bench| {
            bench.iter(|| session.press("ggG"));
        });
        group.bench_function(format!("{view}/entered"), |bench| {
            bench.iter(|| {
                session.press("gt");
                session.state.views.renew();
                session.press(enter);
            });
        });
    }
    for text in ["ki", "tag:", "tag:gr", "tag:zzz", "speaker:kir"] {
        group.bench_function(format!("complete/{text}"), |bench| {
            bench.iter(|| complete(&timeline, text, text.len()));
        });
    }
    group.finish();
}

/// A thousand quotes in one page of 10 MB: the page as it is read and made ready, then each quote.
fn verifying(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("verify");
    let bytes = 10_000_000;
    let page = quotes::page(bytes);
    let quotes = quotes::quotes(1_000, bytes);
    group.throughput(Throughput::Bytes(page.len() as u64));
    group.bench_function("html", |bench| bench.iter(|| html::to_text(&page)));
    group.bench_function("ready", |bench| bench.iter(|| Archive::from_html(&page)));
    let archive = Archive::from_html(&page);
    group.bench_function("quotes", |bench| {
        bench.iter(|| quotes.iter().filter(|quote| archive.find(quote).is_verified()).count());
    });
    group.bench_function("all", |bench| {
        bench.iter(|| {
            let archive = Archive::from_html(&page);
            quotes.iter().filter(|quote| archive.find(quote).is_verified()).count()
        });
    });
    for part in ["<div>", "<b><p>", "<p><b id=x>", "<table><tr><td>", "<div hidden>"] {
        for times in [100_000, 200_000] {
            let page = part.repeat(times);
            group.throughput(Throughput::Bytes(page.len() as u64));
            let name = format!("deep/{part}/{times}");
            group.bench_function(name, |bench| bench.iter(|| html::to_text(&page)));
        }
    }
    group.finish();
}

criterion_group! {
    name = steps;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = reading, queries, folded, keys, odd, verifying
}
criterion_main!(steps);
