"""Which lines of a page are the article, and what are the others?

A line is judged by rules that people can read (boilerplate.toml), by its place (a short
line without a full stop above the text is its title, inside the text a heading), and by
the corpus (lines that recur across many articles of an outlet).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

from syriatopics.arabic import clean, find_dates, key, tokenize
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import LineRule
from syriatopics.records import RemovedKind

__all__ = [
    "Judged",
    "Line",
    "ends_sentence",
    "judge_lines",
    "line_key",
    "name_headings",
    "split_lines",
]

_LINE = re.compile(r"[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029]|\Z)")
_SENTENCE_END = re.compile(r"[.!?؟…:;؛»”\")\]]\s*$")
_DEFINITE_END = re.compile(r"(?<!\w)ال\w+$")
_ADJECTIVE_START = re.compile(r"ال\w+(?:ية|ي|يين|يون)[،,. ]")
_PUNCTUATION = re.compile(r"[^\w\s]+|_+")
_TIME = re.compile(r"\d{1,2}\s*:\s*\d{2}(?:\s*:\s*\d{2})?")
_HEADING_WORDS = 12
_TITLE_WORDS = 30
_BODY_WORDS = 12


class Line(NamedTuple):
    """A visible line of the raw text: start and end without the white space around it."""

    number: int
    start: int
    end: int
    text: str
    after_blank: bool


class Judged(NamedTuple):
    """A line with its kind ("body" or a kind of removed text) and the reason in words."""

    line: Line
    kind: RemovedKind | str
    reason: str


def split_lines(raw: str) -> list[Line]:
    """Return the lines of `raw` that hold something, with their offsets."""
    lines = []
    blank = True
    for number, match in enumerate(_LINE.finditer(raw)):
        text = match.group()
        stripped = text.strip()
        if stripped:
            start = match.start() + text.index(stripped[0])
            lines.append(Line(number, start, start + len(stripped), stripped, blank))
        blank = not stripped
    return lines


def line_key(text: str) -> str:
    """Return the form in which lines are compared: keys of words, no punctuation."""
    return " ".join(_PUNCTUATION.sub(" ", key(text)).split())


def ends_sentence(text: str) -> bool:
    """Say whether a line ends as a sentence does."""
    return _SENTENCE_END.search(text) is not None


@cache
def _rules() -> list[tuple[LineRule, tuple[str, ...], frozenset[str], tuple[str, ...]]]:
    return [
        (
            rule,
            tuple(map(line_key, rule.starts)),
            frozenset(map(line_key, rule.whole)),
            tuple(map(line_key, rule.contains)),
        )
        for rule in load("boilerplate").rule
    ]


def _by_rule(text: str, n_words: int) -> tuple[RemovedKind, str] | None:
    compared = line_key(text)
    padded = f" {compared} "
    for rule, starts, whole, contains in _rules():
        if n_words > rule.max_words:
            continue
        if (
            compared in whole
            or any(padded.startswith(f" {start} ") for start in starts)
            or any(f" {part} " in padded for part in contains)
        ):
            return rule.kind, rule.name
    return None


@cache
def _date_words() -> frozenset[str]:
    return frozenset(map(key, load("boilerplate").date_words.words))


def _is_date_line(text: str) -> bool:
    mentions = find_dates(text)
    if not any(mention.month for mention in mentions):
        return False
    rest = text
    for mention in reversed(mentions):
        rest = rest[: mention.start] + " " + rest[mention.end :]
    words = tokenize(_TIME.sub(" ", clean(rest)))
    return all(key(word) in _date_words() for word in words)


def judge_lines(
    lines: Sequence[Line], recurring: Collection[str] = (), title: str | None = None
) -> list[Judged]:
    """Judge every line of an article.

    Parameters
    ----------
    lines : sequence of Line
    recurring : collection of str
        Keys of lines that recur across the articles of the outlet.
    title : str, optional
        The title where the source gives it apart from the text.

    Returns
    -------
    list of Judged
        One per line, in order; ``kind`` is "body" for what stays.
    """
    judged = [_judge_alone(line, recurring) for line in lines]
    judged = _name_sources(judged)
    return _name_titles(judged, title)


def _judge_alone(line: Line, recurring: Collection[str]) -> Judged:
    n_words = len(line.text.split())
    rule = _by_rule(line.text, n_words) if n_words <= 40 else None
    if n_words <= 14 and _is_date_line(line.text):
        return Judged(line, "date", "a date and nothing else")
    if rule is not None:
        return Judged(line, rule[0], rule[1])
    if recurring and line_key(line.text) in recurring:
        return Judged(line, "boilerplate", "recurs across articles of this outlet")
    if not any(character.isalnum() for character in line.text):
        return Judged(line, "markup", "no letter and no digit")
    return Judged(line, "body", "")


def _name_sources(judged: list[Judged]) -> list[Judged]:
    """A line that says only "sources:" hands its kind on to the short lines below it."""
    open_source = False
    named = []
    for item in judged:
        if item.kind == "source":
            open_source = item.line.text.rstrip().endswith(":")
        elif open_source and item.kind == "body" and len(item.line.text.split()) <= 6:
            item = item._replace(kind="source", reason="below the word 'source'")
        else:
            open_source = False
        named.append(item)
    return named


def _name_titles(judged: list[Judged], title: str | None) -> list[Judged]:
    """The short first line above the text is its title, and so is every repetition of it."""
    titles = {line_key(title)} if title else set()
    body = [item for item in judged if item.kind == "body"]
    if not titles and len(body) >= 2 and _looks_like_title(body[0].line, body[1:]):
        titles = {line_key(body[0].line.text)}
    titles.discard("")
    return [
        item._replace(kind="title", reason="title" if titles else "")
        if item.kind == "body" and line_key(item.line.text) in titles
        else item
        for item in judged
    ]


def _looks_like_title(line: Line, rest: Sequence[Judged]) -> bool:
    n_words = len(line.text.split())
    longest = max(len(item.line.text.split()) for item in rest)
    ends = line.text.rstrip().endswith((".", "،", "؛"))
    return n_words <= _TITLE_WORDS and not ends and longest > max(n_words, _BODY_WORDS)


def _goes_on(text: str, following: str) -> bool:
    """Say whether a definite noun at the end of a line gets its adjective on the next one.

    ``… حول الأسلحة الكيميائية`` | ``السورية، لتصبح …`` is a paragraph cut in two, no heading.
    """
    return bool(_DEFINITE_END.search(clean(text)) and _ADJECTIVE_START.match(clean(following)))


def name_headings(judged: list[Judged]) -> list[Judged]:
    """Name the headings: short lines without a full stop, with text below them.

    Call it when pull quotes are out, which look the same.
    """
    named = []
    for position, item in enumerate(judged):
        if item.kind == "body" and len(item.line.text.split()) <= _HEADING_WORDS:
            below = next((j for j in judged[position + 1 :] if j.kind == "body"), None)
            if (
                below is not None
                and not ends_sentence(item.line.text.rstrip("؟?!"))
                and len(below.line.text.split()) > _HEADING_WORDS
                and not _goes_on(item.line.text, below.line.text)
                and item.line.after_blank
            ):
                item = item._replace(kind="heading", reason="a short line above a paragraph")
        named.append(item)
    return named
