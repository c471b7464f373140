"""Who says what without a verb: a headline, a line that announces a speaker, a name behind a quotation."""

from __future__ import annotations

from syriatopics.framing.voices.contents import Content
from syriatopics.framing.voices.marks import Mark
from syriatopics.framing.voices.people import begins_with_name, head_length, name_beside
from syriatopics.framing.voices.reading import Reading, Span
from syriatopics.framing.voices.titles import titled

__all__ = ["announces", "headline", "signature"]

# A headline has no more words, and the name before its colon.
_HEADLINE, _NAMED = 24, 6


def headline(reading: Reading) -> tuple[Span, Content] | None:
    """Return who says what in a headline (لافروف: الحل سياسي), None where it is none.

    Before the only colon stands a person, an office or a body that is known, and nothing else.
    """
    words = reading.words
    colons = [n for n, word in enumerate(words) if ":" in word.gap]
    if len(colons) != 1 or len(words) > _HEADLINE or reading.text.rstrip().endswith((".", ":")):
        return None
    place = colons[0]
    keys: list[str | None] = [word.key for word in words[:place]]
    if not 0 < place <= _NAMED or len(words) - place < 3 or None in reading.keys[:place]:
        return None
    if head_length(keys) < place and name_beside(keys) is None:
        return None
    mark = reading.opened_before(place)
    if mark is not None and reading.words_of(mark).last == len(words):
        return Span(0, place), Content(mark.first, mark.last, place, direct=True)
    return Span(0, place), Content(words[place].start, words[-1].end, place, direct=False)


def announces(reading: Reading) -> Span | None:
    """Return who is named in a line of their own before they speak: ومن فلان:, None where nobody is."""
    words = reading.words
    if not reading.text.rstrip().endswith(":") or len(words) > _NAMED + 1:
        return None
    first = int(words[0].key.removeprefix("و") in ("من", "عن"))
    return _named(reading, first, len(words))


def signature(reading: Reading, mark: Mark) -> Span | None:
    """Return who is named behind a dash that follows a quotation: «…» - فلان."""
    inside = reading.words_of(mark)
    gap = reading.words[inside.last].gap if inside.last < len(reading.words) else ""
    dash = any(sign in gap for sign in "-–—")
    return _named(reading, inside.last, len(reading.words)) if dash else None


def _named(reading: Reading, first: int, last: int) -> Span | None:
    keys: list[str | None] = [word.key for word in reading.words[first:last]]
    known = bool(keys) and (begins_with_name(keys) is not None or titled(keys) != "")
    return Span(first, last) if known and last - first <= _NAMED else None
