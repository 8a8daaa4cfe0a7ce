// TimelineJS itself, in a browser: what each slide says, and where it stands on the axis.
// Usage: node timelinejs.js EXPORT.timeline.json RECORD.json [dates.json]
const fs = require('fs'), http = require('http'), path = require('path'), puppeteer = require('puppeteer-core');
const { Report, entries, plain, words } = require('./record.js');

const [, , file, record, dates] = process.argv;
const dist = path.join(path.dirname(require.resolve('@knight-lab/timelinejs/package.json')), 'dist');
const page = `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/dist/css/timeline.css">
<div id="here" style="width: 100%; height: 640px"></div><script src="/dist/js/timeline.js"></script><script>
fetch('/export.json').then(answer => answer.json()).then(json => {
  window.shown = new TL.Timeline('here', json, { hash_bookmark: false, script_path: location.origin + '/dist/js/' });
});</script>`;
const types = { '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json' };

const server = http.createServer((request, answer) => {
  const url = request.url.split('?')[0];
  answer.setHeader('content-type', types[path.extname(url)] || 'text/html; charset=utf-8');
  if (url === '/') return answer.end(page);
  if (url === '/export.json') return answer.end(fs.readFileSync(file));
  const asked = path.join(dist, path.normalize(url.replace(/^\/dist/, '')));
  if (asked.startsWith(dist) && fs.existsSync(asked)) return answer.end(fs.readFileSync(asked));
  answer.statusCode = 404;
  answer.end();
});

// What stands in the browser when every slide is there.
const read = () => ({
  errors: shown.config.getErrors(),
  scale: shown.config.scale,
  slides: shown.config.events.map(event => {
    const slide = document.getElementById(event.unique_id);
    const marker = document.getElementById(event.unique_id + '-marker');
    const at = event.start_date.data.date_obj;
    return {
      id: event.unique_id,
      headline: slide.querySelector('.tl-headline').textContent,
      text: slide.textContent,
      quotation: [...slide.querySelectorAll('blockquote p')].length,
      place: marker.getBoundingClientRect().left,
      start: at.getFullYear
        ? [at.getFullYear(), at.getMonth() + 1, at.getDate(), at.getHours(), at.getMinutes()] : [at.year],
      group: event.group,
    };
  }),
  groups: [...document.querySelectorAll('.tl-timegroup-message')].map(group => group.textContent),
  title: document.querySelector('.tl-slide-titleslide')?.textContent,
});

async function main() {
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
  const tab = await browser.newPage(), report = new Report(`TimelineJS ${path.basename(file)}`), errors = [];
  tab.on('pageerror', error => errors.push(error.message));
  await tab.setViewport({ width: 1200, height: 680 });
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  const told = JSON.parse(fs.readFileSync(file, 'utf8'));
  await tab.waitForFunction(
    count => window.shown?.config && document.querySelectorAll('.tl-timemarker').length === count
      && document.querySelectorAll('.tl-slide').length === count + 1,
    { timeout: 60000 }, told.events.length);
  const seen = await tab.evaluate(read);
  await browser.close();
  server.close();

  report.same([...errors, ...seen.errors], [], 'errors');
  const all = entries(record), byId = new Map(all.map(entry => [entry.id, entry]));
  const shown = all.filter(entry => entry.date.earliest);
  // Ids in the page are plain, and so slides are found by what stands over them.
  const slideOf = entry => seen.slides.find(slide => plain(slide.headline) === plain(entry.headline));
  report.same(seen.slides.length, shown.length, 'slides');
  report.contains(plain(seen.title || ''), `${seen.slides.length} entries, `, 'title slide');
  const byHand = dates ? JSON.parse(fs.readFileSync(dates, 'utf8')) : {};
  for (const entry of shown) {
    const slide = slideOf(entry);
    report.check(slide, `${entry.id}: no slide`);
    if (!slide) continue;
    const text = plain(slide.text);
    for (const part of words(entry, byId)) report.contains(text, part, entry.id);
    const paragraphs = entry.quotes.flatMap(quote => quote.text.trim().split(/\n\s*\n/)).length;
    report.check(slide.quotation >= paragraphs, `${entry.id}: ${slide.quotation} paragraphs quoted of ${paragraphs}`);
    const axis = byHand[entry.id]?.axis;
    if (axis) report.same(slide.start, seen.scale === 'cosmological' ? axis.slice(0, 1) : axis, `${entry.id} on the axis`);
    if (entry.speaker) report.check(seen.groups.map(plain).includes(plain(entry.speaker.name)), `${entry.id}: no lane for ${entry.speaker.name}`);
  }
  // The axis goes the way of the dates, and what begins later stands no further left.
  const places = seen.slides.map(slide => slide.place);
  report.check(places.every((place, at) => at === 0 || places[at - 1] <= place + 0.5), 'markers do not follow the axis');
  report.end();
}
main().catch(error => { console.error(error); process.exit(1); });
