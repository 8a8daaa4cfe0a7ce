// The HTML export on a phone of 375 px, light and dark: nothing sticks out, axe-core finds nothing, no
// address is asked for, and every entry shows what its record says. Usage: node page.js EXPORT.html RECORD.json
const fs = require('fs'), path = require('path'), puppeteer = require('puppeteer-core');
const { Report, entries, plain, words } = require('./record.js');

const [, , file, record] = process.argv;
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// What is wider than the phone and does not scroll in a box of its own.
const sticksOut = () => {
  const scrolls = element => element && element !== document.documentElement
    && (['auto', 'scroll'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const wide = [...document.querySelectorAll('body *')].filter(element =>
    element.getBoundingClientRect().right > innerWidth + 0.5 && !scrolls(element.parentElement));
  return { page: document.documentElement.scrollWidth, wide: wide.map(element => `${element.tagName} ${element.textContent.slice(0, 40)}`) };
};

async function main() {
  const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
  const report = new Report(`page ${path.basename(file)}`);
  for (const scheme of ['light', 'dark']) {
    const tab = await browser.newPage(), asked = [];
    tab.on('request', request => { if (!request.url().startsWith('file:')) asked.push(request.url()); });
    await tab.setViewport({ width: 375, height: 800 });
    await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await tab.goto('file://' + path.resolve(file));
    const { page, wide } = await tab.evaluate(sticksOut);
    report.check(page <= 375, `${scheme}: the page is ${page} px wide`);
    report.same(wide, [], `${scheme}: sticks out`);
    await tab.evaluate(axe);
    const found = await tab.evaluate(async () => (await axe.run()).violations.map(violation =>
      `${violation.id} (${violation.impact}): ${violation.nodes.length}, first ${violation.nodes[0].html.slice(0, 120)}`));
    report.same(found, [], `${scheme}: axe-core`);
    report.same(asked, [], `${scheme}: asked for`);
    if (scheme === 'light') {
      const shown = await tab.evaluate(() => [...document.querySelectorAll('article')].map(article => article.textContent));
      const all = entries(record), byId = new Map(all.map(entry => [entry.id, entry]));
      report.same(shown.length, all.length, 'articles');
      all.forEach((entry, at) => {
        const text = plain(shown[at] || '');
        // A table has the parts of a figure in cells of their own; a day has its weekday before the time.
        const figures = entry.figures.map(figure => ({ ...figure, reading: figure.measure }));
        const [day, time = ''] = entry.date.reading.split(', ');
        const parts = words({ ...entry, figures, date: { reading: day } }, byId);
        for (const part of [...parts, time]) report.contains(text, part, entry.id);
      });
    }
    await tab.close();
  }
  await browser.close();
  report.end();
}
main().catch(error => { console.error(error); process.exit(1); });
