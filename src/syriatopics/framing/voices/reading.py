"""A passage, read for speech: words with the punctuation between them, sentences, quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from syriatopics.arabic import key, scan, sentences, variant_table
from syriatopics.framing.voices.cues import Found, find_cues
from syriatopics.framing.voices.marks import Mark, Marks, find_marks

__all__ = ["Reading", "Span", "Word"]

# Words in marks are speech from this number on; fewer are a name, a title or a picked-out term.
SPEECH_WORDS = 5


# Two dots are a pause in many papers, one or three end a sentence. `\Z` stands at the end that is given.
_TWO_DOTS = re.compile(r"(?<!\.)\.\.\Z")


# The signs of a hashtag part no words: نظام #بشار_الأسد.
_HASHTAG = str.maketrans("#_", "  ")


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    return variant_table()(key(word))


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
        words, position = [], 0
        for token in scan(self.text):
            gap = self.text[position : token.start]
            words.append(Word(_folded(token.text), token.start, token.end, gap))
            position = token.end
        return words

    @cached_property
    def keys(self) -> list[str | None]:
        """The match keys, with None before every word that punctuation parts from the last one."""
        keys: list[str | None] = []
        for word in self.words:
            if keys and not word.gap.translate(_HASHTAG).isspace():
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
    def marked(self) -> list[int]:
        """For each word the number of the marked stretch that it stands in, or -1."""
        inside = [-1] * len(self.words)
        for number, mark in enumerate(self.marks):
            for place, word in enumerate(self.words):
                if mark.first <= word.start and word.end <= mark.last:
                    inside[place] = number
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

    def words_of(self, mark: Mark) -> Span:
        """Return the words inside a marked stretch."""
        number = self.marks.index(mark)
        places = [place for place, inside in enumerate(self.marked) if inside == number]
        return Span(places[0], places[-1] + 1) if places else Span(0, 0)

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
        ends = [end for end in ends if not any(m.first < end < m.last for m in self.marks)]
        ends = [end for end in ends if not _TWO_DOTS.search(self.text, 0, end)]
        found, first = [], 0
        for end in [*ends, len(self.text)]:
            last = first
            while last < len(self.words) and self.words[last].start < end:
                last += 1
            if last > first:
                found.append(Span(first, last))
            first = last
        return found

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
        return word.key == "علي" and written.endswith("ي") and bool(son or "على" in self.text)

    def paused(self, place: int) -> bool:
        """Say whether punctuation other than quotation marks parts a word from the one before."""
        gap = self.words[place].gap if place < len(self.words) else "."
        return any(sign in gap for sign in "،,;؛:.!?؟()[]…-–—\n")
