"""What is found in real exports, and on real pages?

Exports of databases, whose own marks say how many articles they hold and, for most, how many words
each has: articles found; shares with a title, an outlet and a date; and articles whose body has the
words that the export states, within a tenth (databases count headlines and captions in, by rules
of their own; why nexis_sample.docx states other numbers in seven of ten is not known). Most
exports are not Arabic: the structure is what is tried. The readers were written with these files in
view. Pages with gold: the date, the title and the body beside those of htmldate and trafilatura; the
body as F1 of its words, where the gold is a whole text and not its beginning.
"""

import json
import re
from collections import Counter
from pathlib import Path

import syriatopics as st
from benchmarks._data import folder, table
from syriatopics.corpus.read.source import Source

# File, articles by its own marks, and how it states the words of an article.
EXPORTS = (
    ("factiva_44.html", 44, r"([\d,]+) words</div>"),
    ("factiva_test.xml", 3, None),
    ("nexis_sample.txt", 10, r"^LENGTH: +(\d+) words"),
    ("nexis_sample.docx", 10, r"Length:\s+(\d+) words"),
    ("nexis_usa_today.docx", 7, r"Length:\s+(\d+) words"),
    ("nexis_irish_times.html", 166, r"LENGTH: </SPAN><SPAN CLASS=\"c2\">(\d+) words"),
    ("europresse_1.html", 3, None),
    ("integrum_100.xlsx", 100, None),
    ("fignews_iaa_1.xlsx", 1200, None),
    ("fignews_text_iaa.tsv", 1500, None),
    ("example_1.wacz", 1, None),
    ("example_signed.wacz", 1, None),
    ("lbcgroup_2026.html", 1, None),
)


def text_of(path):
    """Return an export as text, for its own marks."""
    if path.suffix != ".docx":
        return path.read_text(encoding="utf-8", errors="replace")
    import zipfile

    xml = zipfile.ZipFile(path).read("word/document.xml").decode("utf-8")
    return re.sub(r"<[^<>]*>", "", xml.replace("</w:p>", "\n"))


def exports(place):
    rows = []
    for name, n, stated in EXPORTS:
        path = place / name
        if not path.is_file():
            continue
        try:
            documents = list(Source(path).documents())
        except st.errors.SyriaTopicsError as error:
            rows.append((name, n, 0, "", "", "", f"{error!s:.60}"))
            continue
        shares = [
            f"{sum(field in d.given for d in documents)}"
            for field in ("title", "outlet", "date_printed")
        ]
        words = "not stated"
        if stated:
            said = [int(w.replace(",", "")) for w in re.findall(stated, text_of(path), re.M)]
            have = [len(d.raw.split()) for d in documents]
            near = sum(abs(a - b) <= 0.1 * b for a, b in zip(have, said, strict=False))
            words = f"{near} of {len(said)}"
        rows.append((name, n, len(documents), *shares, words))
    return rows


def f1(found, gold):
    a, b = Counter(found.split()), Counter(gold.split())
    both = (a & b).total()
    return 2 * both / max(a.total() + b.total(), 1)


def gold_text(item):
    text = item.get("text") or ""
    return text if len(text.split()) > 100 else None


def pages(place):
    import htmldate
    import trafilatura

    rows = []
    for item in json.loads((place / "gold.json").read_text(encoding="utf-8")):
        path = place / item["file"]
        html = path.read_bytes()
        (article,) = st.read_corpus(path)
        text = html.decode("utf-8", "replace")
        theirs = trafilatura.bare_extraction(text, with_metadata=True)
        row = [item["file"]]
        if item.get("date"):
            day = str(article.date_printed)[:10]
            row += [day == item["date"], htmldate.find_date(text) == item["date"]]
        else:
            row += ["", ""]
        if item.get("title"):
            gold = " ".join(item["title"].split())
            row += [article.title == gold, getattr(theirs, "title", None) == gold]
        else:
            row += ["", ""]
        if gold := gold_text(item):
            body = "\n".join(article.paragraphs)
            row += [f"{f1(body, gold):.3f}", f"{f1(getattr(theirs, 'text', '') or '', gold):.3f}"]
        else:
            row += ["", ""]
        rows.append(["yes" if v is True else "no" if v is False else v for v in row])
    return rows


def main():
    if folder() is None:
        return f"# Exports and pages\n\n{__doc__}\nNo folder of real data was given.\n"
    header = ("export", "articles", "found", "title", "outlet", "date", "words as stated")
    report = (
        f"# Exports and pages\n\n{__doc__}\nsyriatopics {st.__version__}.\n\n"
        f"{table(header, exports(Path(folder(), 'exports')))}\n"
    )
    header = ("page", "date", "htmldate", "title", "trafilatura", "body F1", "trafilatura")
    report += f"\n{table(header, pages(Path(folder(), 'html')))}\n"
    return report + "\nMade by `python -m benchmarks --data FOLDER corpus_exports`.\n"
