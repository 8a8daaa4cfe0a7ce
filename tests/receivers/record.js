// What the record says, for the receivers to be held to: the JSON export, read as it is documented, and
// a table of dates made by hand (dates.json), which this program has had no hand in.
const fs = require('fs');

exports.entries = file => JSON.parse(fs.readFileSync(file, 'utf8')).entries;

// Receivers set text anew: blanks, line breaks and soft marks of direction are no difference.
exports.plain = text => text.replace(/[\u200e\u200f\u2066-\u2069\u202a-\u202e]/g, '').replace(/\s+/g, ' ').trim();

const lines = text => (text || '').split(/\n+/).map(exports.plain).filter(Boolean);

const within = quoted => quoted ? [quoted.speaker.name, ...lines(quoted.text), ...within(quoted.within)] : [];

// Everything of an entry that a reader has to find wherever the entry is shown in full.
exports.words = (entry, byId) => [
  entry.headline, entry.date.reading, entry.venue, entry.place, ...entry.tags,
  ...(entry.speaker ? [entry.speaker.name, entry.role || entry.speaker.role, entry.speaker.organization] : []),
  ...lines(entry.text), ...lines(entry.paraphrase), ...lines(entry.basis), ...lines(entry.note),
  ...entry.quotes.flatMap(quote => [...lines(quote.text), ...quote.via.map(who => who.name), ...within(quote.within)]),
  ...entry.figures.flatMap(figure => [figure.reading, figure.of, figure.place, figure.part_of]),
  ...entry.sources.flatMap(source => [source.title, source.author, source.publisher]),
  ...entry.related.map(link => byId.get(link.to).headline),
].filter(Boolean).map(exports.plain);

// Every difference is told, then the test fails.
exports.Report = class {
  constructor(name) { this.name = name; this.count = 0; this.failed = []; }
  check(good, what) { this.count++; if (!good) this.failed.push(what); }
  same(got, wanted, what) {
    const [a, b] = [JSON.stringify(got), JSON.stringify(wanted)];
    this.check(a === b, `${what}: shown ${a}, recorded ${b}`);
  }
  contains(text, part, what) { this.check(text.includes(part), `${what}: “${part}” is not shown`); }
  end() {
    console.log(`${this.failed.length ? 'FAILED' : 'ok'}  ${this.name}: ${this.count} comparisons, ${this.failed.length} differ`);
    for (const failed of this.failed.slice(0, 40)) console.log(`    ${failed}`);
    if (this.failed.length) process.exitCode = 1;
  }
};
