"""Does a text look like Arabic prose? What does not is flagged, and left as it is.

Each sign is one that real articles hardly ever bear. The tests are cheap; most look for one character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from syriatopics.records import Flag, Layout

__all__ = ["ARTICLE_FLAGS", "CUT", "LENGTH", "PARTS", "VISUAL", "doubts_about", "small_words"]

DAMAGED, MOJIBAKE, VISUAL = "damaged character", "mojibake", "visual order"
FORMS, APART, LOST = "presentation forms", "letters set apart", "letters lost"
SWAPPED = "letters of لا swapped"
FOREIGN, NO_PROSE = "not Arabic", "no Arabic prose"
# What only a source knows, by what it states of its articles.
LENGTH, PARTS, CUT = (
    "length not as stated",
    "may hold several articles",
    "cut where a cell of a spreadsheet is full",
)
#: What is said of a whole article: its words are not to be trusted.
ARTICLE_FLAGS = (
    MOJIBAKE,
    VISUAL,
    FORMS,
    APART,
    SWAPPED,
    LOST,
    FOREIGN,
    NO_PROSE,
    LENGTH,
    PARTS,
    CUT,
)

_SHOWN = 60
_MOST_DAMAGED = 100
_ARABIC = re.compile(r"[\u0621-\u064a\u0671-\u06d3]")
_LETTER = re.compile(r"[^\W\d_]")
_FORM = re.compile(r"[\ufb50-\ufdef\ufe70-\ufefc]")
# ة and ى end a word.
_INITIAL = re.compile(r"[ةى](?=[^\W\d_])(?<![^\W\d_].)[^\W\d_]{1,30}")
_ONE_APART = re.compile(r" [\u0621-\u064a] {1,2}[\u0621-\u064a] ")  # a quick look
_APART = re.compile(r"(?<!\S)(?:[\u0621-\u064a] {1,2}){6,200}[\u0621-\u064a](?!\S)")
_MOJIBAKE = re.compile(
    r"(?:[طظ][^\w\s،؛؟«».:()\"'!?-]{1,2}){3,}|(?:[ØÙÃÂ][^\s]){4,}|[À-ÿ]{5,}|(?:[╪┘].){4,}"
)
# Signs without which no text is mojibake: a quick look.
_ODD = re.compile(r"[À-ÿ╪┘طظ](?:(?<=[^طظ])|[^\w\s،؛؟«».:()\"'!?-])")
# A font's لا that was taken apart the wrong way round, as PDF often gives it: األمم, االتحاد.
_SWAPPED = re.compile(r"(?<![\u0621-\u064a])[وفبك]?ا[أإا]ل[\u0621-\u064a]{2,30}")
_STOPS = (".", "؟", "!", "،")
_ENDS = (".", "؟", "!", "…", "»", "”", '"', ":", "؛", ")", "]", "،", "*")
_LONG_LINE = 45
# A sign that ends sentences, right before the first word of a line.
_LED = re.compile(r"[.؟!،][\u0621-\u064a]{2,}\s")
_PROSE = (
    " ال",
    " في ",
    " من ",
    " على ",
    " وال",
    " أن ",
    " إلى ",
    "\nال",
    " التي ",
    " إن ",
    " بال",
    " لل",
)
_FEWEST_LETTERS, _FEWEST_WORDS = 20, 30
_LEAST_ARABIC, _LEAST_PROSE = 0.5, 0.06
# Arabic letters have two bytes in UTF-8, so this many more bytes than characters is Arabic for sure.
_SURELY = 0.6
_MOST_LOST = 0.3
_MOST_FORMS = 0.1
_OFTEN = 0.02


def doubts_about(raw: str, layout: Sequence[Layout]) -> list[Flag]:
    """Return what makes a text doubtful.

    Parameters
    ----------
    raw : str
    layout : sequence of Layout
        Where the paragraphs of the body stand in it.

    Returns
    -------
    list of Flag
        A flag for each damaged character, and one for each sign that speaks of the whole article, at the
        first place where it shows.
    """
    flags = [
        Flag(place, place + 1, DAMAGED, raw[max(0, place - 10) : place + 11])
        for place in _places(raw, "\N{REPLACEMENT CHARACTER}")
    ]
    first, last = (layout[0][0][0][0], layout[-1][-1][-1][1]) if layout else (0, len(raw))
    return [*flags, *_of_article(raw[first:last], first)]


def _places(raw: str, sign: str) -> Iterator[int]:
    place = raw.find(sign)
    found = 0
    while place >= 0 and found < _MOST_DAMAGED:
        yield place
        found += 1
        place = raw.find(sign, place + 1)


def _of_article(text: str, start: int) -> Iterator[Flag]:
    if (text.count("?") + text.count("\N{REPLACEMENT CHARACTER}")) > _MOST_LOST * len(text):
        yield _whole(text, start, LOST)
        return
    if _ODD.search(text) and (match := _MOJIBAKE.search(text)) and _is_mojibake(text):
        yield _at(match, start, MOJIBAKE)
        return
    plain = text
    if (match := _FORM.search(text)) and len(_FORM.findall(text)) > _MOST_FORMS * len(
        _LETTER.findall(text)
    ):
        yield _at(match, start, FORMS)
        plain = unicodedata.normalize("NFKC", text)
    n_words = plain.count(" ") + plain.count("\n") + 1
    if match := _INITIAL.search(plain):
        n = len(_INITIAL.findall(plain))
        if n > 1 and n > _OFTEN * n_words:
            yield Flag(*_span(match, text, plain, start), VISUAL, match.group())
            return
    if "األ" in plain or "اإل" in plain or "اال" in plain:
        found = [*_SWAPPED.finditer(plain)]
        if len(found) > max(2, _OFTEN * n_words):
            yield Flag(*_span(found[0], text, plain, start), SWAPPED, found[0].group())
            return
    if shown := _backwards(plain):
        place = start + max(0, text.find(shown))
        yield Flag(place, place + (len(shown) if plain == text else 1), VISUAL, shown)
        return
    if _ONE_APART.search(plain) and (match := _APART.search(plain)):
        apart = sum(len(found.group()) for found in _APART.finditer(plain))
        if apart > _MOST_LOST * len(plain):
            yield Flag(*_span(match, text, plain, start), APART, match.group()[:_SHOWN])
            return
    yield from _of_words(plain, n_words, text, start)


def _backwards(text: str) -> str | None:
    """Return the beginning of a line that begins with the end of a sentence, if no line ends with one."""
    found = None
    for line in text.split("\n"):
        line = line.strip()
        if len(line) < _LONG_LINE and not _LED.match(line):
            continue
        if line.endswith(_ENDS):
            return None
        first = line.split(maxsplit=1)[0]
        if found is None and len(first) > 2 and (first.endswith(_STOPS[:3]) or first[0] in _STOPS):
            found = line[:_SHOWN]
    return found


def _of_words(plain: str, n_words: int, text: str, start: int) -> Iterator[Flag]:
    more_bytes = len(plain.encode("utf-8", "replace")) - len(plain)
    if more_bytes < _SURELY * len(plain) or _ARABIC.search(plain) is None:
        letters = len(_LETTER.findall(plain))
        if letters >= _FEWEST_LETTERS and len(_ARABIC.findall(plain)) < _LEAST_ARABIC * letters:
            yield _whole(text, start, FOREIGN)
            return
    if n_words >= _FEWEST_WORDS and not _is_prose(plain, _LEAST_PROSE * n_words):
        yield _whole(text, start, NO_PROSE)


def small_words(text: str) -> int:
    """Count the small words of Arabic prose in a text."""
    return sum(map(text.count, _PROSE))


def _is_prose(text: str, enough: float) -> bool:
    """Say whether the small words of prose stand in a text so often; the first ones mostly do."""
    found = 0
    return any((found := found + text.count(word)) >= enough for word in _PROSE)


def _is_mojibake(text: str) -> bool:
    """Say whether such characters are many: a quoted line of another script is no damage."""
    found = sum(len(match.group()) for match in _MOJIBAKE.finditer(text))
    return found > _MOST_FORMS * len(text)


def _whole(text: str, start: int, kind: str) -> Flag:
    shown = text.strip()[:_SHOWN].split("\n")[0]
    begin = start + max(0, text.find(shown))
    return Flag(begin, begin + len(shown), kind, shown)


def _at(match: re.Match[str], start: int, kind: str) -> Flag:
    shown = match.group()[:_SHOWN]
    return Flag(start + match.start(), start + match.start() + len(shown), kind, shown)


def _span(match: re.Match[str], text: str, plain: str, start: int) -> tuple[int, int]:
    """Return where a match stands; where forms were folded before, the first line stands for it."""
    if plain is text or plain == text:
        return start + match.start(), start + min(match.end(), match.start() + _SHOWN)
    first = len(text) - len(text.lstrip())
    return start + first, start + min(len(text), first + _SHOWN)
