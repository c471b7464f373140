"""Which lines of a page are the article, and what are the others?

A line is judged by rules that people can read (boilerplate.toml), by its place (a short
line without a full stop above the text is its title, inside the text a heading), and by
the corpus (lines that recur across many articles of an outlet).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from syriatopics.arabic import clean
from syriatopics.corpus.documents import KnownLine
from syriatopics.corpus.parse.credits import credits_of
from syriatopics.corpus.parse.inside import links_then_text
from syriatopics.corpus.parse.lines import Judged, Line
from syriatopics.corpus.parse.printed import is_date_line
from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.corpus.parse.pullquotes import find_pullquotes
from syriatopics.corpus.parse.rules import rule_of
from syriatopics.corpus.words import line_key

__all__ = ["judge_lines"]

_DEFINITE_END = re.compile(r"(?<!\w)ال\w+$")
_ADJECTIVE_START = re.compile(r"ال\w+(?:ية|ي|يين|يون)[،,. ]")
_HEADING_WORDS = 12
_TITLE_WORDS = 30
_TITLE_PART, _SITE_WORDS = 4, 4
_BODY_WORDS = 12
_CREDIT_WORDS = 8
_FOOTER_WORDS = 40
_LINKS, _LINK_WORDS = 3, 5
# How many words stand before the sign of a notice of rights.
_RIGHTS_WORDS = 12
# Credits stand above the text or below it.
_CREDIT_LINES = 3


def judge_lines(
    lines: Sequence[Line],
    publishers: Publishers,
    recurring: Collection[str] = (),
    title: str | None = None,
    main_text: Collection[str] | None = None,
    known: Sequence[KnownLine] = (),
    wrapped: Collection[int] = (),
) -> list[Judged]:
    """Judge every line of an article.

    Parameters
    ----------
    lines : sequence of Line
    publishers : Publishers
        Who is known by name.
    recurring : collection of str
        Keys of lines that recur across the articles of the outlet.
    title : str, optional
        The title where the source gives it apart from the text.
    main_text : collection of str, optional
        Keys of the lines in which a reader of web pages sees the main text; lines that are
        not among them are boilerplate.
    known : sequence of KnownLine
        Lines of which the source knows what they are.
    wrapped : collection of int
        Numbers of lines that were broken to a width and go on in the next one.

    Returns
    -------
    list of Judged
        One per line, in order; ``kind`` is "body" for what stays.
    """
    said = {line.number: line for line in known}
    goes_on = {below.number for line, below in pairwise(lines) if line.number in wrapped}
    judged = [
        Judged(line, said[line.number].kind, said[line.number].reason)
        if line.number in said
        else Judged(line, "body", "")
        if line.number in goes_on
        else _judge_alone(line, recurring)
        for line in lines
    ]
    judged = _name_sources(judged)
    if title or not (lines and lines[0].number in wrapped):
        judged = _name_titles(judged, title)
    if main_text is not None:
        judged = [_outside(item, main_text) for item in judged]
    judged = _name_credits(judged, publishers)
    judged = _name_pullquotes(judged)
    return _name_headings(judged, wrapped)


def _judge_alone(line: Line, recurring: Collection[str]) -> Judged:
    if not any(map(str.isalnum, line.text)):
        return Judged(line, "markup", "no letter and no digit")
    if is_date_line(line):
        return Judged(line, "date", "a date and nothing else")
    rule = rule_of(line)
    if rule is not None and not (rule.kind == "boilerplate" and links_then_text(line.text)):
        return Judged(line, rule.kind, rule.name)
    if _is_footer(line.text):
        return Judged(line, "boilerplate", "a menu or a notice of rights")
    if recurring and line.key in recurring:
        return Judged(line, "boilerplate", "recurs across articles of this outlet")
    return Judged(line, "body", "")


def _is_footer(text: str) -> bool:
    """Say whether a line is a row of links (``فيديو | رياضة | العالم``) or a notice of rights."""
    if "©" in text:
        # A paragraph that ends in the sign of its agency (© أ ف ب) is a paragraph.
        n, before = len(text.split()), len(text.partition("©")[0].split())
        return n <= _FOOTER_WORDS and before <= _RIGHTS_WORDS
    parts = text.split("|") if "|" in text else ()
    return len(parts) > _LINKS and all(len(part.split()) <= _LINK_WORDS for part in parts)


def _name_sources(judged: list[Judged]) -> list[Judged]:
    """A line that says only "sources:" hands its kind on to the short lines below it."""
    open_source = False
    named = []
    for item in judged:
        if item.kind == "source":
            open_source = item.line.text.rstrip().endswith(":")
        elif open_source and item.kind == "body" and len(item.line.words) <= 6:
            item = item._replace(kind="source", reason="below the word 'source'")
        else:
            open_source = False
        named.append(item)
    return named


def _name_titles(judged: list[Judged], title: str | None) -> list[Judged]:
    """The short first line above the text is its title, and so is every repetition of it."""
    body = [item for item in judged if item.kind == "body"]
    stated = line_key(title) if title else ""
    titles = {stated, *(item.line.key for item in body if _is_part_of(item.line, stated))}
    titles.discard("")
    if not titles and len(body) >= 2 and _looks_like_title(body[0].line, body[1:]):
        titles = {body[0].line.key}
    if not titles:
        return judged
    return [
        item._replace(kind="title", reason="title")
        if item.kind == "body" and item.line.key in titles
        else item
        for item in judged
    ]


def _is_part_of(line: Line, title: str) -> bool:
    """Say whether a line is a stated title but for the name of the site at one end."""
    words = title.count(" ") + 1
    if min(words, len(line.words)) < _TITLE_PART or line.ends_sentence:
        return False
    if len(line.words) <= words:
        return title.startswith(f"{line.key} ") or title.endswith(f" {line.key}")
    return line.key.startswith(f"{title} ") and len(line.words) <= words + _SITE_WORDS


def _looks_like_title(line: Line, rest: Sequence[Judged]) -> bool:
    n_words = len(line.text.split())
    longest = max(len(item.line.text.split()) for item in rest)
    ends = line.text.rstrip().endswith((".", "،", "؛"))
    return n_words <= _TITLE_WORDS and not ends and longest > max(n_words, _BODY_WORDS)


def _outside(item: Judged, main_text: Collection[str]) -> Judged:
    if item.kind != "body" or item.line.key in main_text:
        return item
    return item._replace(kind="boilerplate", reason="outside of the main text of the page")


def _name_credits(judged: list[Judged], publishers: Publishers) -> list[Judged]:
    """Name lines near the top or the end that say who delivered the text, and nothing else."""
    body = [n for n, item in enumerate(judged) if item.kind == "body"]
    for ordered in (body, body[::-1]) if len(body) > 1 else ():
        text = 0  # lines of text passed so far
        for n in ordered:
            line = judged[n].line
            if len(line.words) <= _CREDIT_WORDS and credits_of(line.text, publishers=publishers):
                judged[n] = judged[n]._replace(kind="source", reason="credit line")
                continue
            text += 1
            if text == _CREDIT_LINES:
                break
    return judged


def _name_pullquotes(judged: list[Judged]) -> list[Judged]:
    body = [n for n, item in enumerate(judged) if item.kind == "body"]
    quotes = find_pullquotes([judged[n].line.words for n in body])
    for quote, source in quotes.items():
        number = judged[body[source]].line.number
        judged[body[quote]] = judged[body[quote]]._replace(
            kind="pullquote", reason=f"repeats line {number}"
        )
    return judged


def _goes_on(text: str, following: str) -> bool:
    """Say whether a definite noun at the end of a line gets its adjective on the next one.

    ``… حول الأسلحة الكيميائية`` | ``السورية، لتصبح …`` is a paragraph cut in two, no heading.
    """
    return bool(_DEFINITE_END.search(clean(text)) and _ADJECTIVE_START.match(clean(following)))


def _name_headings(judged: list[Judged], wrapped: Collection[int] = ()) -> list[Judged]:
    """Name the headings: a short line without a full stop, with text below it.

    Pull quotes, which look the same, are out already. Several such lines in a row are a list
    or a poem, and stay.
    """
    body = [n for n, item in enumerate(judged) if item.kind == "body"]
    short = [_is_short(judged[n].line) and judged[n].line.number not in wrapped for n in body]
    named = list(judged)
    for place, (n, below) in enumerate(pairwise(body)):
        # Right below the title stands its second line, with or without a blank between them.
        subtitle = place == 0 and n and judged[n - 1].kind == "title"
        alone = _is_short(judged[n].line, bool(subtitle)) and not (place and short[place - 1])
        if alone and _heads(judged[n].line, judged[below].line):
            named[n] = judged[n]._replace(kind="heading", reason="a short line above a paragraph")
    return named


def _is_short(line: Line, below_title: bool = False) -> bool:
    return (
        (line.after_blank or below_title)
        and len(line.text.split()) <= _HEADING_WORDS
        and not line.text.rstrip().endswith(("؟", "?"))  # who asks is part of an interview
        and not line.text.rstrip("! ").endswith((".", "…", ":", ";", "؛", "»", "”", '"', ")", "]"))
    )


def _heads(line: Line, below: Line) -> bool:
    return len(below.text.split()) > _HEADING_WORDS and not _goes_on(line.text, below.text)
