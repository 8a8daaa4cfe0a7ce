// The calendar as ical.js reads it. Usage: node calendars.js EXPORT.ics RECORD.json [dates.json]
const fs = require('fs'), path = require('path'), module_of = import('ical.js');
const { Report, entries, plain, words } = require('./record.js');

const [, , file, record, dates] = process.argv;

async function main() {
  const ICAL = (await module_of).default;
  const report = new Report(`ical.js ${path.basename(file)}`);
  const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(file, 'utf8')));
  const events = calendar.getAllSubcomponents('vevent').map(event => new ICAL.Event(event));
  report.same(new Set(events.map(event => event.uid)).size, events.length, 'different UIDs');
  const all = entries(record), byId = new Map(all.map(entry => [entry.id, entry]));
  // A calendar has the years 1 to 9999.
  const shown = all.filter(entry => /^\d{4}-/.test(entry.date.earliest || '') && entry.date.earliest >= '0001');
  report.same(events.length, shown.length, 'events');
  const byHand = dates ? JSON.parse(fs.readFileSync(dates, 'utf8')) : {};
  shown.forEach((entry, at) => {
    const event = events[at];
    report.contains(plain(event.summary), plain(entry.headline), entry.id);
    const text = plain(`${event.summary} ${event.description} ${event.location} ${event.component.getAllProperties('categories').flatMap(tags => tags.getValues()).join(' ')}`);
    const parts = words({ ...entry, related: [] }, byId);
    for (const part of parts) report.contains(text, part, entry.id);
    const wanted = byHand[entry.id]?.calendar;
    if (wanted) {
      const start = event.startDate;
      const zone = start.isDate ? '' : start.zone.tzid === 'UTC' ? 'Z' : '';
      const end = event.component.getFirstPropertyValue('dtend');
      const told = time => time.toString().replace(/Z$/, '').replace(/^\d+/, year => year.padStart(4, '0'));
      const [from, to] = [told(start) + zone, end ? told(end) : null];
      report.same([from, to], wanted, `${entry.id} in the calendar`);
    }
  });
  report.end();
}
main().catch(error => { console.error(error); process.exit(1); });
