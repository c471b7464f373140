"""Who says what in a headline: a name, a colon, and what they say."""

from __future__ import annotations

from syriatopics.framing.voices.contents import Content
from syriatopics.framing.voices.people import head_length, name_beside
from syriatopics.framing.voices.reading import Reading, Span

__all__ = ["headline"]

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
