"""Markdown as cmark-gfm and pandoc show it, bibliographies as pandoc's citeproc and its reader of
biblatex do, and the spreadsheet as Python's csv does.

Usage: prose.py FOLDER NAME, where FOLDER has NAME.md, NAME.csl.json, NAME.bib, NAME.csv and NAME.json"""

import csv
import html
import json
import re
import subprocess
import sys
import unicodedata
from html.parser import HTMLParser


class Page(HTMLParser):
    """The words of a page, and where its links lead."""

    def __init__(self, text):
        super().__init__()
        self.words, self.links = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            self.links.append(dict(attributes).get("href"))
        if tag in ("p", "br", "li", "td", "th", "h2", "blockquote", "tr"):
            self.words.append(" ")

    def handle_data(self, data):
        self.words.append(data)


def plain(text):
    return " ".join(text.split())


def folded(text):
    """Styles change case and marks of quotation, and put full stops into them."""
    letters = unicodedata.normalize("NFC", text).casefold()
    return " ".join(re.sub(r"[^\w]+", " ", letters).split())


def address(url):
    """With each byte outside of ASCII, and each sign that is none of an address, in one form."""
    return re.sub(r"[^!-~]|[|]", lambda sign: "".join(f"%{byte:02X}" for byte in sign.group().encode()), url)


class Report:
    def __init__(self):
        self.compared, self.failed = 0, []

    def check(self, good, what):
        self.compared += 1
        if not good:
            self.failed.append(what)

    def end(self, name):
        print(f"{'FAILED' if self.failed else 'ok'}  {name}: {self.compared} comparisons, {len(self.failed)} differ")
        for line in self.failed[:40]:
            print(f"    {line}")
        return bool(self.failed)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def in_prose(entry):
    """The addresses that stand in an entry's own words."""
    texts = [entry["text"], entry["paraphrase"], entry["basis"], entry["note"], *[quote["text"] for quote in entry["quotes"]]]
    found = [url for text in texts if text for url in re.findall(r"(?:https?://|www\.)[^\s<>]+", text)]
    found = [url.rstrip(".,;:") for url in found]
    return ["http://" + url if url.startswith("www.") else url for url in found]


def markdown(stem, entries, sources):
    failed = False
    for name, command in {
        "cmark-gfm": ["cmark-gfm", "-e", "footnotes", "-e", "table", "-e", "autolink", "-e", "strikethrough", stem + ".md"],
        "pandoc": ["pandoc", "-f", "gfm+footnotes", "-t", "html", "--wrap=none", stem + ".md"],
    }.items():
        report, page = Report(), Page(run(*command))
        words = plain("".join(page.words))
        links = {address(html.unescape(link)) for link in page.links if link}
        for entry in entries:
            for line in [line for quote in entry["quotes"] for line in quote["text"].split("\n")]:
                report.check(plain(line) in words, f"{entry['id']}: {plain(line)!r} is not shown")
            for url in in_prose(entry):
                report.check(address(url) in links, f"{entry['id']}: {url} is no link")
            report.check(plain(entry["headline"]) in words, f"{entry['id']}: no headline")
        for source in sources.values():
            if source["url"]:
                report.check(address(source["url"]) in links, f"{source['id']}: {source['url']} is no link")
            if source["title"]:
                report.check(plain(source["title"]) in words, f"{source['id']}: {source['title']!r} is not shown")
        text = open(stem + ".md", encoding="utf-8").read()
        labels = re.findall(r"^\[\^([^\]]+)\]: ", text, re.MULTILINE)
        report.check(len(labels) == len(sources), f"{len(labels)} footnotes of {len(sources)} sources")
        report.check(len({label.casefold() for label in labels}) == len(labels), "footnotes differ in case alone")
        failed |= report.end(f"{name} {stem}.md")
    return failed


def bibliography(stem, sources, bce):
    failed = False
    for ending in ["csl.json", "bib"]:
        report, file = Report(), f"{stem}.{ending}"
        note = "---\nnocite: '@*'\n---\n"
        shown = subprocess.run(
            ["pandoc", "--citeproc", "--bibliography", file, "-t", "plain", "--wrap=none"],
            input=note, check=True, capture_output=True, encoding="utf-8",
        )
        report.check(not shown.stderr, f"pandoc says: {shown.stderr.strip()[:200]}")
        works = folded(shown.stdout)
        for source in sources.values():
            for part in ["title", "author", "publisher"]:
                if source[part] and not (ending == "bib" and re.search(r"[{}$%_#]", source[part])):
                    report.check(folded(source[part]) in works, f"{source['id']}: {source[part]!r} is not in it")
        # pandoc's reader of biblatex knows no year nought; biber does.
        for year in bce if ending == "csl.json" else []:
            report.check(folded(year) in works, f"{year} is not in it")
        failed |= report.end(f"pandoc {file}")
    report = Report()
    items = json.loads(run("pandoc", "-f", "biblatex", "-t", "csljson", stem + ".bib"))
    report.check(len(items) == len(sources), f"{len(items)} works of {len(sources)} sources")
    report.check(len({item["id"].casefold() for item in items}) == len(items), "keys differ in case alone")
    for source in sources.values():
        if source["publisher"]:
            # Of several, pandoc writes one after the other with semicolons.
            whole = [folded(item.get(key, "")) for item in items for key in ("publisher", "container-title") if ";" not in item.get(key, "")]
            report.check(folded(source["publisher"]) in whole, f"{source['publisher']!r} is not one publisher")
    return report.end(f"pandoc's biblatex {stem}.bib") or failed


def spreadsheet(stem, entries):
    report = Report()
    with open(stem + ".csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    report.check(len(rows) == len(entries), f"{len(rows)} rows of {len(entries)} entries")
    for row, entry in zip(rows, entries):
        wanted = {"id": entry["id"], "date": entry["date"]["edtf"], "headline": entry["headline"], "note": entry["note"] or ""}
        for column, value in wanted.items():
            got = row[column].removeprefix("'") if value[:1] in "=+-@'" and value else row[column]
            report.check(got == value, f"{entry['id']}: {column} is {got!r}, recorded {value!r}")
        words = "\n\n".join(quote["text"] for quote in entry["quotes"])
        report.check(row["quotes"].removeprefix("'") == words, f"{entry['id']}: quotes are {row['quotes']!r}")
    return report.end(f"csv {stem}.csv")


def main(folder, name):
    stem = f"{folder}/{name}"
    entries = json.load(open(stem + ".json", encoding="utf-8"))["entries"]
    sources = {source["id"]: source for entry in entries for source in entry["sources"]}
    bce = ["44BC", "1BC"] if name.startswith("hard") else []
    failed = [markdown(stem, entries, sources), bibliography(stem, sources, bce), spreadsheet(stem, entries)]
    return 1 if any(failed) else 0


sys.exit(main(*sys.argv[1:]))
