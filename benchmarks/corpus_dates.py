"""Which dates of Arabic texts and pages are read, by us and by dateparser, htmldate, trafilatura?

Four sets. Sentences of Microsoft Recognizers-Text (Arabic) with gold values: days whose gold names
a month, by name or number; then all days and all stretches of days that a platform supports, counted
from the day of reference that the set gives ("tomorrow", "last month"; of a stretch its first day is
compared). Twelve articles on Syria whose dates a language model coded before any rule was seen, for
development: a date is right when it overlaps the coded words and its value is the coded one, with
the unknown ones of articles without a date. Days written in each form of the Arabic press, alone in a sentence; the
months are those of our own table, so this set says what the peers miss, not how good the table
is. And pages: saved ones with gold dates, and pages that print a day in one of these forms and
nowhere else. A date is right when year, month and day are those of the gold, as far as it gives
them; "wrong" is an answer, but not this one, which is worse than none.
"""

import json
import random
import re
import warnings
from datetime import date, datetime, timedelta

import syriatopics as st
from benchmarks._data import folder, table
from syriatopics.arabic import find_dates
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.read.pages import page_document
from syriatopics.lexicons import load

N_DAYS = 40
_TIMEX = re.compile(r"(XXXX|\d{4})-(\d\d)-(\d\d)")
_SENTENCE = "وقال المتحدث باسم الوزارة {} إن الاجتماع سيستمر."
_BODY = (
    "قالت مصادر محلية إن قافلة مساعدات وصلت إلى البلدة المحاصرة بعد مفاوضات طويلة بين الأطراف.",
    "وأضافت المصادر أن عدد المستفيدين من سكان البلدة بلغ مئات الأسر منذ بداية الشهر كما تقول.",
)
_PAGE = (
    "<html><head><title>موقع</title></head><body><h1>عنوان الخبر</h1>"
    "<p>{0}</p><p>{1}</p><p>{2}</p></body></html>"
)
_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


# ---- systems ---------------------------------------------------------------------------


def ours(text):
    return [(m.year, m.month, m.day) for m in find_dates(text)]


def dateparser_search(text):
    from dateparser.search import search_dates

    found = search_dates(text, languages=["ar"]) or []
    return [(when.year, when.month, when.day) for _, when in found]


def page_ours(html):
    article = parse_article(page_document(html.encode(), "a", "a"))
    return article.date_printed and article.date_printed.date()


def page_htmldate(html):
    import htmldate

    return _day(htmldate.find_date(html, original_date=True))


def page_trafilatura(html):
    import trafilatura

    found = trafilatura.extract_metadata(html)
    return _day(found.date if found else None)


SEARCHERS = {"syriatopics": ours, "dateparser": dateparser_search}
PAGE_READERS = {
    "syriatopics": page_ours,
    "htmldate": page_htmldate,
    "trafilatura": page_trafilatura,
}


def _day(text):
    return date.fromisoformat(text[:10]) if text else None


def _right(found, gold):
    """Say whether one of the dates found is the gold one; unknown years are not compared."""
    year, month, day = gold
    return any((y == year if year else True) and (m, d) == (month, day) for y, m, d in found)


# ---- gold ------------------------------------------------------------------------------


def recognizers():
    """Return sentences and gold dates of Recognizers-Text that name a month."""
    names = "|".join(
        sorted({n for month in load("months").month for n in month.names}, key=len)[::-1]
    )
    named = re.compile(rf"{names}|\d{{1,4}}\s?[-/.]\s?\d{{1,2}}")
    cases = []
    path = folder() / "dates" / "recognizers_text_arabic.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["spec"] != "DateParser":
            continue
        for result in json.loads(case["results"]):
            timex = _TIMEX.fullmatch(result.get("Value", {}).get("Timex", ""))
            if timex and named.search(result["Text"]):
                year = None if timex[1] == "XXXX" else int(timex[1])
                cases.append((case["input"], (year, int(timex[2]), int(timex[3]))))
    return cases


def supported(spec):
    """Return sentences of Recognizers-Text, their day of reference, and the gold days."""
    cases = []
    path = folder() / "dates" / "recognizers_text_arabic.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["spec"] != spec or case["not_supported"]:
            continue
        for result in json.loads(case["results"]):
            value = result.get("Value", {})
            gold = {
                value[side].get("date") or value[side].get("startDate")
                for side in ("PastResolution", "FutureResolution")
                if value.get(side)
            }
            cases.append((case["input"], date.fromisoformat(case["ref_date"][:10]), gold - {None}))
    return cases


def coded():
    """Return the coded articles: text, day of writing, and (start, end, value) of each date."""
    path = folder() / "coded_articles_dev.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        gold = [
            (d["start"], d["end"], value)
            for d in case["dates"]
            for value in (d["value"].split("/") if d["value"] else [None])
        ]
        yield case["text"], _day(case["date"]), gold


def forms():
    """Yield the forms of the press: a name, and a function from a day to its text."""
    months = {m.number: m.names for m in load("months").month}
    levant = ["كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول"]
    levant += ["تشرين الأول", "تشرين الثاني", "كانون الأول"]
    egypt = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر"]
    egypt += ["أكتوبر", "نوفمبر", "ديسمبر"]
    maghreb = ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر"]
    maghreb += ["أكتوبر", "نوفمبر", "ديسمبر"]
    assert all(names[n - 1] in months[n] for names in (levant, egypt) for n in range(1, 13))
    yield "Egyptian", lambda d: f"{d.day} {egypt[d.month - 1]} {d.year}"
    yield "Levantine", lambda d: f"{d.day} {levant[d.month - 1]} {d.year}"
    yield "Maghrebi", lambda d: f"{d.day} {maghreb[d.month - 1]} {d.year}"
    yield "doubled", lambda d: f"{d.day} {levant[d.month - 1]}/ {egypt[d.month - 1]} {d.year}"
    yield (
        "doubled in brackets",
        lambda d: f"{d.day} {egypt[d.month - 1]} ({levant[d.month - 1]}) {d.year}",
    )
    yield (
        "Arabic-Indic digits",
        lambda d: f"{d.day} {levant[d.month - 1]} {d.year}".translate(_DIGITS),
    )
    yield "month first", lambda d: f"{egypt[d.month - 1]} {d.day}, {d.year}"
    yield "of the year", lambda d: f"{d.day} من {levant[d.month - 1]} عام {d.year}"
    yield "day/month/year", lambda d: f"{d.day:02}/{d.month:02}/{d.year}"
    yield "year-month-day", lambda d: d.isoformat()
    yield "Hijri", _hijri


def _hijri(day):
    from hijridate import Gregorian

    names = [month.names[0] for month in load("months").hijri]
    found = Gregorian(day.year, day.month, day.day).to_hijri()
    return f"{found.day} {names[found.month - 1]} {found.year} هـ"


def days():
    chooser = random.Random(11)
    return [date(2011, 3, 15) + timedelta(chooser.randrange(5000)) for _ in range(N_DAYS)]


# ---- measuring -------------------------------------------------------------------------


def shares(answers):
    """Return right and wrong answers as text; ``answers`` holds "right", "wrong" or "none"."""
    return (
        f"{answers.count('right') / len(answers):.2f} / {answers.count('wrong') / len(answers):.2f}"
    )


def search(function, text, gold):
    found = function(text)
    return "right" if _right(found, gold) else "wrong" if found else "none"


def read(function, html, gold):
    found = function(html)
    return "right" if found == gold else "wrong" if found else "none"


def form_rows():
    """Return a row per form: each system on sentences, then on pages."""
    rows = []
    for name, write in forms():
        texts = [(write(day), day) for day in days()]
        row = [name, texts[0][0]]
        for function in SEARCHERS.values():
            answers = [
                search(function, _SENTENCE.format(text), (d.year, d.month, d.day))
                for text, d in texts
            ]
            row.append(shares(answers))
        pages = [(_PAGE.format(text, *_BODY), day) for text, day in texts]
        row += [shares([read(f, page, day) for page, day in pages]) for f in PAGE_READERS.values()]
        rows.append(row)
    return rows


def counted_rows():
    """Return a row per set of Recognizers-Text: days counted from a day of reference."""
    from dateparser.search import search_dates

    rows = []
    for spec in ("DateParser", "DatePeriodParser"):
        cases = supported(spec)
        ours_said = [
            ({_iso(m) for m in find_dates(text, written)}, gold) for text, written, gold in cases
        ]
        peer = [
            (
                {
                    when.date().isoformat()
                    for _, when in search_dates(
                        text,
                        languages=["ar"],
                        settings={"RELATIVE_BASE": datetime.combine(written, datetime.min.time())},
                    )
                    or ()
                },
                gold,
            )
            for text, written, gold in cases
        ]
        said = [
            shares(["right" if f & g else "wrong" if f else "none" for f, g in found])
            for found in (ours_said, peer)
        ]
        rows.append((spec, len(cases), *said))
    return rows


def _iso(mention):
    year, month, day = mention[3:6]
    return f"{year}-{month or 1:02}-{day or 1:02}" if year else None


def _value(mention):
    year, month, day = mention[3:6]
    parts = [f"{year}" if year else "-" if month else ""]
    parts += [f"{part:02}" for part in (month, day if month else None) if part]
    return "-".join(parts) or None


def coded_rows():
    """Return precision, recall and F1 on the coded articles: all dates, and those without a year."""
    counts = {"all": [0, 0, 0], "counted from the day of writing": [0, 0, 0]}
    for text, written, gold in coded():
        free = find_dates(text, written, relative=True)
        for start, end, value in gold:
            hit = next(
                (m for m in free if m.start < end and start < m.end and _value(m) == value), None
            )
            free = [m for m in free if m is not hit]
            _count(counts, text[start:end], 0 if hit else 2)
        for mention in free:
            _count(counts, mention.text, 1)
    rows = []
    for name, (right, false, missed) in counts.items():
        precision, recall = right / (right + false), right / (right + missed)
        f1 = 2 * right / (2 * right + false + missed)
        rows.append((name, right + missed, f"{precision:.2f}", f"{recall:.2f}", f"{f1:.2f}"))
    return rows


def _count(counts, words, place):
    counts["all"][place] += 1
    if not re.search(r"\d{4}", words):
        counts["counted from the day of writing"][place] += 1


def saved_pages():
    """Return a row per saved page with a gold date: what each reader says."""
    rows = []
    for case in json.loads((folder() / "html" / "gold.json").read_text(encoding="utf-8")):
        if "date" not in case:
            continue
        html = (folder() / "html" / case["file"]).read_bytes().decode("utf-8", "replace")
        said = [str(function(html) or "–") for function in PAGE_READERS.values()]
        rows.append((case["file"], case["date"], *said))
    return rows


def main():
    warnings.simplefilter("ignore")
    report = f"# Reading dates\n\n{__doc__}\nsyriatopics {st.__version__}; all numbers right / wrong.\n\n"
    if folder() is not None:
        cases = recognizers()
        rows = [
            (name, shares([search(function, text, gold) for text, gold in cases]))
            for name, function in SEARCHERS.items()
        ]
        report += f"Recognizers-Text, {len(cases)} dates:\n\n{table(('reader', 'right / wrong'), rows)}\n\n"
        header = ("set", "cases", "syriatopics", "dateparser")
        report += f"Counted from a day of reference:\n\n{table(header, counted_rows())}\n\n"
        header = ("coded dates", "n", "precision", "recall", "F1")
        report += f"Twelve coded articles:\n\n{table(header, coded_rows())}\n\n"
        header = ("saved page", "gold", *PAGE_READERS)
        report += f"{table(header, saved_pages())}\n\n"
    header = (
        "form",
        "for example",
        *(f"{name}, sentences" for name in SEARCHERS),
        *(f"{name}, pages" for name in PAGE_READERS),
    )
    report += f"{N_DAYS} days in each form:\n\n{table(header, form_rows())}\n\n"
    return report + "Made by `python -m benchmarks --data FOLDER corpus_dates`.\n"
