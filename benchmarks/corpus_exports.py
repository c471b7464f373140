"""What is found in real exports, and on real pages?

Exports of databases, whose own marks say how many articles they hold, and how many words most of them
have. *Gold* was read off the files' own structure (the codes of Factiva, the lines of Nexis, the classes
of Europresse, the cells of Integrum) by other code than the readers', looked through by eye, and is kept as
hashes (benchmarks/data/corpus_exports.tsv): title, outlet and day of each article, and its body to the letter,
white space aside; of what the marks of a file leave open (a document under a damaged number) the eye decided. *Words as
stated* are bodies that have the words which the export states, within a tenth (databases count headlines and
captions in, by rules of their own). In nexis_sample.docx whoever published the file put filler in the place of the texts, under the
counts of the old ones: there the words between the lines "Body" and the next label are counted instead. Most
exports are not Arabic: the structure is what is tried. The
readers were written with these files in view. Pages with gold: the date, the title and the body beside
those of htmldate and trafilatura, in the same run; the body by the characters of words that stand in
both in the same order: how much of the gold is found, and how much of what is given is gold, where
the gold is a whole text and not its beginning. Datelines ("دمشق (CNN) --") are taken out here, and kept as removed.
"""

import csv
import hashlib
import json
import re
from collections import defaultdict
from difflib import SequenceMatcher
from html import unescape
from pathlib import Path

import syriatopics as st
from benchmarks._data import folder, table
from syriatopics.corpus.read.source import Source

# File, articles by its own marks, and how it states the words of an article.
EXPORTS = (
    ("factiva_44.html", 44, r"([\d,]+) words</div>"),
    ("factiva_test.xml", 3, None),
    ("nexis_sample.txt", 10, r"^LENGTH: +(\d+) words"),
    ("nexis_sample.docx", 10, "bodies"),
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
    lines = xml.split("</w:p>")
    return "\n".join(
        unescape("".join(re.findall(r"<w:t(?: [^<>]*)?>([^<]*)</w:t>", line))) for line in lines
    )


def bodies_of(text):
    """Return how many words stand in each article between the line "Body" and the next label."""
    counts = []
    for part in text.split("End of Document")[:-1]:
        body = part.partition("\nBody\n")[2]
        ends = re.search(r"^(?:Load-Date:|Classification$|Graphic$|Notes$|Language:)", body, re.M)
        counts.append(len(body[: ends.start() if ends else None].split()))
    return counts


def lbc_gold(path):
    """Return the gold of fundus in the form of the others."""
    gold = json.loads(path.read_text(encoding="utf-8"))["V1"]
    text = "\n".join(p for s in gold["body"]["sections"] for p in s["paragraphs"])
    return {"date": gold["publishing_date"][:10], "title": gold["title"], "text": text}


def hashed(text):
    return hashlib.sha256(" ".join(text.split()).casefold().encode()).hexdigest()[:12]


def gold_of_exports():
    """Return what each article of an export should be: day, outlet, title, characters and body."""
    found = defaultdict(list)
    path = Path(__file__).with_name("data") / "corpus_exports.tsv"
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found[row["file"]].append(row)
    return found


def right(path, documents, gold):
    """Return how many titles, outlets, days and bodies are those of the gold, and the characters."""
    read = {a.article_id: a for a in st.read_corpus(path)} if gold else {}
    counts = dict.fromkeys(("title", "outlet", "date", "body"), 0)
    for document, row in zip(documents, gold, strict=False):
        given = {field: str(held.value) for field, held in document.given.items()}
        body = "".join(document.raw.split())
        day = str(read[document.article_id].date_printed)[:10]
        counts["title"] += hashed(given.get("title", "")) == row["title"]
        counts["outlet"] += hashed(given.get("outlet", "")) == row["outlet"]
        counts["date"] += day == row["date"]
        counts["body"] += hashed(body) == row["body"]
    letters = (
        sum(len("".join(d.raw.split())) for d in documents),
        sum(int(row["characters"]) for row in gold),
    )
    return [*counts.values(), "{:,} of {:,}".format(*letters)] if gold else ["no gold"] * 5


def exports(place):
    rows = []
    gold = gold_of_exports()
    for name, n, stated in EXPORTS:
        path = place / name
        if not path.is_file():
            continue
        try:
            documents = list(Source(path).documents())
        except st.errors.SyriaTopicsError as error:
            rows.append((name, n, 0, *[""] * 5, f"{error!s:.60}"))
            continue
        shares = right(path, documents, gold[name])
        words = "not stated"
        if stated:
            said = (
                bodies_of(text_of(path))
                if stated == "bodies"
                else [int(w.replace(",", "")) for w in re.findall(stated, text_of(path), re.M)]
            )
            have = [len(d.raw.split()) for d in documents]
            near = sum(abs(a - b) <= 0.1 * b for a, b in zip(have, said, strict=False))
            words = f"{near} of {len(said)}"
        rows.append((name, n, len(documents), *shares, words))
    return rows


def characters(found, gold):
    """Return which share of the characters of the gold is found, and which share of what is given is gold."""
    a, b = found.split(), gold.split()
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    both = sum(len(w) for block in blocks for w in a[block.a : block.a + block.size])
    return tuple(f"{both / max(sum(map(len, side)), 1):.3f}" for side in (b, a))


def of_gold(body, item):
    """Return how much of the gold is in a body, and how much of the body is gold; of segments, how many."""
    if item.get("with_"):
        flat = " ".join(body.split())
        wanted, unwanted = item["with_"], item["without"]
        return (
            f"{sum(' '.join(part.split()) in flat for part in wanted)} of {len(wanted)} segments",
            f"{sum(' '.join(part.split()) in flat for part in unwanted)} of {len(unwanted)} unwanted",
        )
    if not item.get("text"):
        return "", ""
    found, precise = characters(body, item["text"])
    # A gold that is the beginning of a text says nothing of what follows.
    return found, precise if len(item["text"].split()) > 100 else ""


def pages(items):
    import htmldate
    import trafilatura

    rows = []
    for path, item in items:
        html = path.read_bytes()
        (article,) = st.read_corpus(path)
        text = html.decode("utf-8", "replace")
        theirs = trafilatura.bare_extraction(text, with_metadata=True)
        row = [path.name]
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
        row += of_gold("\n".join(article.paragraphs), item)
        row += of_gold(getattr(theirs, "text", "") or "", item)
        rows.append(["yes" if v is True else "no" if v is False else v for v in row])
    return rows


def main():
    if folder() is None:
        return f"# Exports and pages\n\n{__doc__}\nNo folder of real data was given.\n"
    header = (
        "export",
        "articles",
        "found",
        "titles",
        "outlets",
        "days",
        "bodies",
        "characters",
        "words as stated",
    )
    report = (
        f"# Exports and pages\n\n{__doc__}\nsyriatopics {st.__version__}.\n\n"
        f"{table(header, exports(Path(folder(), 'exports')))}\n"
    )
    header = (
        "page",
        "date",
        "htmldate",
        "title",
        "trafilatura",
        "gold found",
        "of it gold",
        "trafilatura found",
        "of it gold",
    )
    items = json.loads(Path(folder(), "html", "gold.json").read_text(encoding="utf-8"))
    items = [(Path(folder(), "html", item["file"]), item) for item in items]
    lbc = Path(folder(), "exports", "lbcgroup_2026_gold.json")
    if lbc.is_file():
        items.append((lbc.with_name("lbcgroup_2026.html"), lbc_gold(lbc)))
    report += f"\n{table(header, pages(items))}\n"
    return report + "\nMade by `python -m benchmarks --data FOLDER corpus_exports`.\n"
