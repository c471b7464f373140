"""What a sentence says that can be held against its telling: names, numbers, dates, speakers, cues, doubt."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from syriatopics.arabic import PhraseMatcher, find_dates, key, variant_table
from syriatopics.arabic.names import short_names
from syriatopics.corpus import Passages
from syriatopics.corpus.parse.printed.latin import ENGLISH_MONTHS
from syriatopics.framing.naming.labels import Labels
from syriatopics.framing.naming.mentions import mention_table
from syriatopics.framing.tellings.numbers import numbers
from syriatopics.framing.tellings.texts import Sentences
from syriatopics.framing.voices import quotations
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Name

__all__ = ["ASPECTS", "Mark", "across", "within"]

ASPECTS = ("name", "number", "date", "speaker", "cue", "speech", "hedge", "theme")
# Who acts. Places are none: what is French in one language is of France in another.
_ACTORS = ("person", "organisation")
_MONTH = "|".join(name for name in ENGLISH_MONTHS if name != "may")
_TH = "(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"\b(?:(\d{{1,2}}){_TH} (?:of )?)?({_MONTH}|may)\b(?: (\d{{1,2}}){_TH}\b)?(?:,? (\d{{4}})\b)?"
)
# An English label as it stands in a text: without its article and what explains it.
_AROUND = re.compile(r"^[Tt]he |\(.*?\)")


# Of two letters most are those of something else (US).
_TWO = ("UN", "EU")
_INITIALS = re.compile(r"\b(?:[A-Z]\.?){2,5}")


class Mark(NamedTuple):
    """A thing that a sentence holds: of what aspect, of whom or what, how, in which words, and where."""

    aspect: str
    of: str
    how: str
    said: str
    place: int = 0


Marks = dict[int, set[Mark]]


@cache
def _labels() -> Labels:
    return Labels(load("naming"))


@cache
def _names(short: bool) -> PhraseMatcher[str]:
    """Return a matcher of actors; with the short forms that one of them alone has, or without."""
    fold = variant_table()
    entries = {n.ar: [n.ar, *n.also] for n in load("names").name if n.kind in _ACTORS}
    for name in short_names().values() if short else ():
        entries.get(name.ar, []).extend(name.short)
    return PhraseMatcher(entries, fold=fold)


@cache
def _hedges() -> PhraseMatcher[str]:
    cues = load("cues")
    words = {"doubt": cues.doubt.words, "distance": cues.scare.words}
    return PhraseMatcher(words, fold=variant_table())


@cache
def _referents() -> dict[str, tuple[str, str]]:
    """Return referent and label of the names that naming.toml knows in all their words."""
    fold = variant_table()
    found: dict[str, tuple[str, str]] = {}
    for name in load("names").name:
        keys = [fold(key(word)) for word in name.ar.split()]
        for matcher in _labels().on(None).matchers:
            for match in matcher.find(keys):
                if match.end - match.start == len(keys):
                    found.setdefault(name.ar, (match.id.referent, match.id.label))
    return found


def _of(name: str) -> tuple[str, str]:
    referent, label = _referents().get(name, (name, name))
    return (name, name) if label == "undecided" else (referent, label)


def _plain(text: str) -> str:
    """Return a text without marks on its letters: Erdogan is Erdoğan."""
    letters = unicodedata.normalize("NFKD", text).replace("’", "'")
    return "".join(c for c in letters if not unicodedata.combining(c))


@cache
def _latin() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of the English labels of actors, and the name behind each.

    What two names share stands for neither. Initials (UN) are labels too; capitals tell Power from power.
    """
    forms: dict[str, set[str]] = defaultdict(set)
    for name in load("names").name:
        if name.kind in _ACTORS:
            for form in _spellings(name):
                forms[form].add(name.ar)
    known = {form: names.pop() for form, names in forms.items() if len(names) == 1}
    longest = sorted(known, key=lambda form: (-len(form), form))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b"), known


def _spellings(name: Name) -> Iterator[str]:
    whole = _AROUND.sub("", _plain(name.en)).strip()
    yield whole
    words = [
        word for word in whole.replace("-", " ").split() if word not in ("of", "and", "for", "the")
    ]
    initials = "".join(word[0] for word in words).upper()
    if name.kind != "person" and (len(words) > 2 or initials in _TWO):
        yield initials
    # May is a month, and so might others be.
    if name.kind == "person" and name.short and whole.split()[-1].casefold() not in ENGLISH_MONTHS:
        yield whole.split()[-1].removeprefix("al-")


def across(side: Sentences, rows: Iterable[int]) -> Marks:
    """Return the numbers, dates and names of sentences in any language, names by their known spellings."""
    found: Marks = defaultdict(set)
    texts, ids = side.table["text"].to_numpy(), side.table["article_id"].to_numpy()
    for row in rows:
        if row >= 0:
            text = texts[row]
            arabic = bool(side.arabic[ids[row]])
            found[row] = set(_dated(text) if arabic else _dated_latin(_plain(text).casefold()))
            found[row] |= set(_named(text) if arabic else _named_latin(text))
    return found


def _named_latin(text: str) -> Iterator[Mark]:
    pattern, known = _latin()
    text = _plain(text)
    said = [match.group() for match in pattern.finditer(text)]
    said += [
        initials
        for m in _INITIALS.finditer(text)
        if (initials := m.group().replace(".", "")) in known
    ]
    for words in said:
        yield Mark("name", *_of(known[words]), words)


def _named(text: str) -> Iterator[Mark]:
    for match in _names(short=True).find_in(text):
        yield Mark("name", *_of(match.id), text[match.start : match.end])


def _dated_latin(text: str) -> Iterator[Mark]:
    # "may" is a month beside a number only.
    dates = [m for m in _DATE.finditer(text) if m[2] != "may" or m[1] or m[3] or m[4]]
    for m in dates:
        yield from _date(m[4], ENGLISH_MONTHS.index(m[2]) + 1, m[1] or m[3], m.group())
    yield from _counted(text, [m.span() for m in dates])


def _dated(text: str) -> Iterator[Mark]:
    dates = [date for date in find_dates(text) if date.month is not None]
    for date in dates:
        yield from _date(date.year, date.month, date.day, date.text)
    yield from _counted(text, [(date.start, date.end) for date in dates])


def _date(year: Any, month: Any, day: Any, said: str) -> Iterator[Mark]:
    # A month alone may be a name (Augustus) or another word (آب), and says little.
    if year or day:
        parts = (
            f"{int(year):04d}" if year else "····",
            f"{int(month):02d}",
            f"{int(day):02d}" if day else "··",
        )
        yield Mark("date", "", "-".join(parts), said)


def _counted(text: str, dates: list[tuple[int, int]]) -> Iterator[Mark]:
    for start, end in dates:
        text = text[:start] + " " * (end - start) + text[end:]
    for value in numbers(text):
        yield Mark("number", "", value, "")


def within(side: Sentences, rows: Iterable[int]) -> Marks:
    """Return all that Arabic sentences hold: names in their context, and who speaks in what words."""
    chosen = {row for row in rows if row >= 0}
    found: Marks = defaultdict(set)
    texts = side.table["text"].to_numpy()
    for row in chosen:
        text = texts[row]
        found[row] = set(_dated(text)) | {
            Mark("hedge", match.id, match.form, text[match.start : match.end])
            for match in _hedges().find_in(text)
        }
    articles = set(side.table["article_id"].iloc[sorted(chosen)])
    number, passages = side.paragraphs_of(articles)
    if len(passages):
        _mentioned(side, number, passages, found)
        _heard(side, number, passages, found)
    return {row: marks for row, marks in found.items() if row in chosen}


def _mentioned(side: Sentences, number: Any, passages: Passages, found: Marks) -> None:
    names = mention_table(passages)
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    at = side.at(number[names["row"]], names["start"])
    inside = side.table["inside"].to_numpy()
    for row, mention in zip(at, names.itertuples(), strict=True):
        # Whether a capital acts is read from what stands beside it: another reading is no other name.
        if mention.referent != "damascus_metonym":
            said = mention.referent, mention.label, mention.surface, mention.start
            found[row].add(Mark("name", *said))
        taken[row].append((mention.start - inside[row], mention.end - inside[row]))
        if mention.voice == "scare":
            found[row].add(Mark("hedge", "distance", f"«{mention.label}»", ""))
    texts = side.table["text"].to_numpy()
    for row in list(found):
        for match in _names(short=False).find_in(texts[row]):
            if not any(start < match.end and match.start < end for start, end in taken[row]):
                found[row].add(
                    Mark("name", match.id, match.id, texts[row][match.start : match.end])
                )


def _heard(side: Sentences, number: Any, passages: Passages, found: Marks) -> None:
    said = quotations(passages).table
    paragraph = number[pd.Index(passages.table["passage_id"]).get_indexer(said["passage_id"])]
    for row, quote in zip(side.at(paragraph, said["start"]), said.itertuples(), strict=True):
        who = quote.speaker_resolved or quote.speaker
        found[row] |= {
            Mark("cue", "", quote.stance, quote.cue or ""),
            Mark("speech", "", "direct" if quote.direct else "reported", ""),
        }
        if who:
            found[row].add(Mark("speaker", "", who, ""))
