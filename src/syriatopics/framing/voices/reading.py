"""A passage, read for speech: words with the punctuation between them, sentences, quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import NamedTuple

from syriatopics.arabic import clean, key, sentences, variant_table
from syriatopics.arabic.tokenize import is_token, runs
from syriatopics.framing.voices.cues import Found, find_cues
from syriatopics.framing.voices.marks import Mark, Marks, find_marks

__all__ = ["Reading", "Span", "Word"]

# Words in marks are speech from this number on; fewer are a name, a title or a picked-out term.
SPEECH_WORDS = 5


# A sentence of more words is a list or no prose at all: it is read in stretches, so that the work
# of a passage grows with its length, whatever stands in it.
_LONGEST = 500


# Two dots are a pause in many papers, one or three end a sentence.
_TWO_DOTS = re.compile(r"(?:\A|[^.])\.\.\Z", re.DOTALL)


# The signs of a hashtag part no words: نظام #بشار_الأسد.
_HASHTAG = str.maketrans("#_", "  ")
_START, _END, _FIRST = attrgetter("start"), attrgetter("end"), attrgetter("first")
_PAUSES = frozenset("،,;؛:.!?؟()[]…-–—\n")


@lru_cache(maxsize=1 << 16)
def _folded(run: str) -> str:
    """Return the match key of a run of letters, nothing if it is no word of Arabic."""
    word = clean(run)
    return variant_table()(key(word)) if is_token(word) else ""


class Word(NamedTuple):
    """A word of a passage: its match key, its place, and what stands between it and the word before."""

    key: str
    start: int
    end: int
    gap: str


class Span(NamedTuple):
    """Words ``first`` to ``last`` (exclusive)."""

    first: int
    last: int


@dataclass(frozen=True, eq=False)
class Reading:
    """A passage as the finder of speech sees it."""

    text: str

    @cached_property
    def words(self) -> list[Word]:
        """The words, in order."""
        written, starts, ends = runs(self.text)
        keys = list(map(_folded, written))
        if "" in keys:
            kept = [n for n, word in enumerate(keys) if word]
            keys = [keys[n] for n in kept]
            starts, ends = ([places[n] for n in kept] for places in (starts, ends))
        gaps = map(self.text.__getitem__, map(slice, [0, *ends], starts))
        return list(map(Word, keys, starts, ends, gaps))

    @cached_property
    def keys(self) -> list[str | None]:
        """The match keys, with None before every word that punctuation parts from the last one."""
        keys: list[str | None] = []
        for word in self.words:
            if word.gap != " " and keys and not word.gap.translate(_HASHTAG).isspace():
                keys.append(None)
            keys.append(word.key)
        return keys

    @cached_property
    def places(self) -> list[int]:
        """For each of the keys the number of its word."""
        places, word = [], -1
        for value in self.keys:
            word += value is not None
            places.append(word)
        return places

    @cached_property
    def marks(self) -> list[Mark]:
        """What stands in quotation marks."""
        return self._marks.spans

    @cached_property
    def strays(self) -> list[int]:
        """Closing marks that nothing opened."""
        return self._marks.strays

    @cached_property
    def _marks(self) -> Marks:
        return find_marks(self.text)

    @cached_property
    def _within(self) -> list[Span]:
        """The words inside each marked stretch."""
        return [self.within(mark.first, mark.last) for mark in self.marks]

    def within(self, start: int, end: int) -> Span:
        """Return the words that stand whole in ``text[start:end]``."""
        first = bisect_left(self.words, start, key=_START)
        last = bisect_right(self.words, end, key=_END)
        return Span(first, last) if first < last else Span(0, 0)

    def behind(self, place: int) -> int:
        """Return the first word that ends behind a place of the text, or 0."""
        number = bisect_right(self.words, place, key=_END)
        return number if number < len(self.words) else 0

    @cached_property
    def marked(self) -> list[int]:
        """For each word the number of the marked stretch that it stands in, or -1."""
        inside = [-1] * len(self.words)
        for number, span in enumerate(self._within):
            inside[span.first : span.last] = [number] * (span.last - span.first)
        return inside

    @cached_property
    def cues(self) -> list[Found]:
        """The cues that do not stand in somebody's words."""
        found = find_cues(self)
        return [f for f in found if self.marked[f.first] < 0 or not self._is_marked(f)]

    def _is_marked(self, found: Found) -> bool:
        """Say whether a cue is somebody's word: in speech, a noun in any marks (تتوقع «تصريحات تليق»)."""
        return found.cue.kind == "noun" or self.is_speech(self.marks[self.marked[found.first]])

    @cached_property
    def verbs(self) -> frozenset[int]:
        """Where verbs of speech stand."""
        return frozenset(found.first for found in self.cues if found.cue.kind == "verb")

    @cached_property
    def _firsts(self) -> list[int]:
        return [found.first for found in self.cues]

    def cues_in(self, first: int, last: int) -> list[Found]:
        """Return the cues that begin with words `first` to `last` (exclusive)."""
        return self.cues[bisect_left(self._firsts, first) : bisect_left(self._firsts, last)]

    @cached_property
    def opened(self) -> dict[tuple[int, int, str], int | None]:
        """Where what a cue says begins, of the cues that were asked."""
        return {}

    def words_of(self, mark: Mark) -> Span:
        """Return the words inside a marked stretch."""
        return self._within[bisect_left(self.marks, mark.start, key=_START)]

    def mark_at(self, place: int) -> Mark | None:
        """Return the last marked stretch that begins at a place of the text or before it."""
        number = bisect_right(self.marks, place, key=_START)
        return self.marks[number - 1] if number else None

    def is_speech(self, mark: Mark) -> bool:
        """Say whether a marked stretch is long enough to be somebody's words."""
        first, last = self.words_of(mark)
        return last - first >= SPEECH_WORDS

    def opened_before(self, place: int) -> Mark | None:
        """Return the marked stretch whose first word is the word at `place`."""
        number = self.marked[place] if place < len(self.words) else -1
        if number < 0 or (place and self.marked[place - 1] == number):
            return None
        return self.marks[number]

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences as stretches of words; none ends inside quotation marks."""
        ends = [s.end for s in sentences(self.text)]
        ends = [end for end in ends if not self._is_marked_end(end)]
        ends = [end for end in ends if not _TWO_DOTS.search(self.text[max(end - 3, 0) : end])]
        found, first = [], 0
        for end in [*ends, len(self.text)]:
            last = bisect_left(self.words, end, key=_START)
            begins = range(first, last, _LONGEST)
            found += [Span(begin, min(begin + _LONGEST, last)) for begin in begins]
            first = last
        return found

    def _is_marked_end(self, end: int) -> bool:
        mark = self.mark_at(end - 2)  # words begin behind the mark, and the end behind a word
        return mark is not None and mark.first < end < mark.last

    def before(self, sentence: Span) -> Span | None:
        """Return the sentence before one, None before the first."""
        number = bisect_left(self.sentences, sentence.first, key=_FIRST)
        return self.sentences[number - 1] if number else None

    def slice(self, first: int, last: int) -> str:
        """Return the text of words `first` to `last` (exclusive)."""
        if first >= last:
            return ""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def is_ali(self, place: int) -> bool:
        """Say whether a word is the name علي: the keys of علي and على are the same."""
        word = self.words[place]
        written = self.text[word.start : word.end]
        son = place and self.words[place - 1].key in ("بن", "ابن", "بنت")
        return word.key == "علي" and written.endswith("ي") and bool(son or self._writes_ala)

    @cached_property
    def _writes_ala(self) -> bool:
        return "على" in self.text

    def paused(self, place: int) -> bool:
        """Say whether punctuation other than quotation marks parts a word from the one before."""
        gap = self.words[place].gap if place < len(self.words) else "."
        return gap != " " and not _PAUSES.isdisjoint(gap)
