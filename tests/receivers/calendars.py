"""The calendar as Python's icalendar reads it. Usage: calendars.py EXPORT.ics RECORD.json [dates.json]"""

import datetime
import json
import os
import sys

import icalendar


def told(value):
    """A date or a time, with its zone where it has one."""
    if isinstance(value, datetime.datetime):
        text = value.replace(tzinfo=None).isoformat()
        return text + ("Z" if value.tzinfo and value.utcoffset() == datetime.timedelta(0) else "")
    return value.isoformat()


def main(file, record, dates=None):
    failed = []
    with open(file, "rb") as text:
        calendar = icalendar.Calendar.from_ical(text.read())
    with open(record, encoding="utf-8") as text:
        entries = json.load(text)["entries"]
    by_hand = {}
    if dates:
        with open(dates, encoding="utf-8") as text:
            by_hand = json.load(text)
    shown = [entry for entry in entries if "0001" <= (entry["date"]["earliest"] or "") < "9999-99"]
    events = list(calendar.walk("VEVENT"))
    compared = 2
    if len({str(event["UID"]) for event in events}) != len(events):
        failed.append("UIDs clash")
    if len(events) != len(shown):
        failed.append(f"{len(events)} events of {len(shown)} entries")
    for entry, event in zip(shown, events):
        words = [words for quote in entry["quotes"] for words in quote["text"].split("\n")]
        for words in [*words, entry["date"]["reading"]]:
            compared += 1
            if words not in str(event["DESCRIPTION"]):
                failed.append(f"{entry['id']}: {words!r} is not in the description")
        wanted = by_hand.get(entry["id"], {}).get("calendar")
        if wanted:
            compared += 1
            start, end = event["DTSTART"].dt, event.get("DTEND")
            got = [told(start), told(end.dt) if end else None]
            if got != wanted:
                failed.append(f"{entry['id']}: shown {got}, recorded {wanted}")
    name = f"icalendar {os.path.basename(file)}"
    print(f"{'FAILED' if failed else 'ok'}  {name}: {compared} comparisons, {len(failed)} differ")
    for line in failed[:40]:
        print(f"    {line}")
    return 1 if failed else 0


sys.exit(main(*sys.argv[1:]))
