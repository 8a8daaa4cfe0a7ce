//! Times each stage once, as a person waits for it, for a file or for so many entries:
//! `cargo bench --bench stages -- 1000000`.

mod records;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use dateline::dataset;
use dateline::export::record;
use dateline::query::{Facet, Needle, Query, complete, rows, search};
use dateline::view::shown::Shown;

fn timed<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    println!("{name:<44} {:>10.2} ms", start.elapsed().as_secs_f64() * 1e3);
    done
}

/// `VmHWM` and `VmRSS` in MiB.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let find = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    let mib = |name| find(name).map_or(0, |kib| kib / 1024);
    format!("now {} MiB, most {} MiB", mib("VmRSS"), mib("VmHWM"))
}

/// A file of so many entries, made if it is not there yet.
fn written(entries: usize) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("records-{entries}.ron"));
    if !file.exists() {
        fs::write(&file, records::dataset(entries)).expect("room for the file");
        println!("{} made; run again for its memory to be right", file.display());
    }
    file
}

fn main() {
    let asked = std::env::args().skip(1).find(|name| !name.starts_with('-'));
    let asked = asked.unwrap_or_else(|| "100000".to_owned());
    let file = match asked.parse() {
        Ok(entries) => written(entries),
        Err(_) => PathBuf::from(asked),
    };
    let names = [file];
    timed("first entries loaded and read", || {
        dataset::load_first(&names).map(|inputs| dataset::read_first(&inputs).timeline.len())
    });
    let inputs = timed("load", || dataset::load(&names)).expect("readable");
    let size = inputs.iter().map(|input| input.text.len()).sum::<usize>() / (1 << 20);
    println!("{size} MiB; memory: {}", memory());
    let reading = timed("read", || dataset::read(&inputs));
    drop(inputs);
    let timeline = reading.timeline;
    println!("{} entries; memory: {}", timeline.len(), memory());
    let all: Vec<_> = timeline.indexes().collect();
    let shown = timed("shown, all", || Shown::new(&timeline, all.clone()));
    timed("shown, every other one", || {
        shown.narrowed(&timeline, &Query::default(), all.iter().copied().step_by(2).collect())
    });
    for facet in Facet::ALL {
        timed(&format!("facet rows {facet:?}"), || rows(&timeline, &Query::default(), facet));
    }
    for text in [
        "speaker:\"John Chen 1\"",
        "speaker:kirby",
        "-speaker:kirby",
        "during:2022",
        "certainly:2022",
        "speaker:s1 during:2022",
        "has:figure",
        "via:kirby",
        "figure:casualties>50k",
        "figure:deaths",
        "needlemark",
        "ceasefire",
        "the",
        "e",
        "\"the a\"",
        "\"line report\"",
        "zzz",
        "é",
        "-the",
        "the OR ceasefire",
        "tag:grain ceasefire",
        "\"it's\"",
        "10",
    ] {
        let query = Query::parse(text).expect("a query");
        let found = timed(&format!("select {text}"), || query.select(&timeline));
        println!("  {} entries", found.len());
    }
    for text in ["NEEDLEMARK", "ceasefire", "the", "kirby"] {
        let needle = Needle::new(text);
        let found = timed(&format!("search {text}"), || search(&timeline, &shown.entries, &needle));
        println!("  {} entries", found.len());
    }
    for text in [
        "",
        "sp",
        "ki",
        "speaker:",
        "speaker:kir",
        "tag:",
        "during:20",
        "id:e99",
        "id:zzz",
        "figure:",
    ] {
        timed(&format!("complete {text}"), || complete(&timeline, text, text.len()));
    }
    timed("record, 1000 of them", || {
        for index in timeline.indexes().step_by((timeline.len() / 1000).max(1)) {
            black_box(record::record(&timeline, index, 60));
        }
    });
    let longest =
        timeline.indexes().max_by_key(|index| timeline.written(*index).map_or(0, str::len));
    if let Some(longest) = longest {
        let lines = timed("the longest record", || record::record(&timeline, longest, 60));
        println!("  {} lines", lines.len());
    }
    println!("memory: {}", memory());
}
