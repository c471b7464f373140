"""The quotations of one passage, cue by cue."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from syriatopics.framing.voices.according import content_of_source, source_name, speaker_of_source
from syriatopics.framing.voices.attribution import is_passive, speaker_of_verb
from syriatopics.framing.voices.contents import (
    Content,
    content_of_noun,
    content_of_verb,
    marked_before,
    reported,
)
from syriatopics.framing.voices.cues import Found, as_verb
from syriatopics.framing.voices.headlines import announces, headline, signature
from syriatopics.framing.voices.identity import is_person, phrase_of
from syriatopics.framing.voices.openings import PLAIN
from syriatopics.framing.voices.phrases import is_particle, name_after
from syriatopics.framing.voices.reading import Reading, Span
from syriatopics.framing.voices.speakers import Speaker, Speakers
from syriatopics.framing.voices.subjects import main_subject
from syriatopics.framing.voices.titles import personal, titled

__all__ = ["Piece", "find_pieces"]


# A verb so many characters behind the beginning of a source's words says the same as the source.
_SAME = 60


# A passage that ends so leaves nobody about to speak.
_ENDED = (".", "!", "؟", "?", "»", '"', "”")


class Piece(NamedTuple):
    """A quotation: ``text[start:end]`` is what is said, the cue stands at ``cue_start``."""

    start: int
    end: int
    direct: bool
    speaker: Speaker | None
    cue: str
    lemma: str
    stance: str
    nested: bool
    source: bool = False
    act: str = "assertion"


def find_pieces(reading: Reading, speakers: Speakers) -> list[Piece]:
    """Return the quotations of a passage in the order of their cues.

    Parameters
    ----------
    reading : Reading
    speakers : Speakers
        Who has spoken in the article before; it goes on listening.
    """
    return _Finder(reading, speakers).run() if reading.words else []


def _is_topic(reading: Reading, found: Found, content: Content, speaker: Speaker | None) -> bool:
    """Say whether a person only touched on something (تحدث الوزير عن المأساة); papers report it so."""
    word = reading.words[content.place].key if content.place < len(reading.words) else ""
    if found.cue.lemma != "تحدث" or word != "عن" or speaker is None:
        return False
    said = content.place + 1 < len(reading.words) and is_particle(reading, content.place + 1)
    return not said and (is_person(speaker.resolved) or personal(phrase_of(speaker.written).keys))


class _Finder:
    def __init__(self, reading: Reading, speakers: Speakers) -> None:
        self.reading = reading
        self.speakers = speakers
        self.pieces: list[Piece] = []
        self.settled: list[Piece] = []  # those that end before what is said next can begin
        self.subject: Speaker | None = None
        self.expected, speakers.expected = speakers.expected, None

    def run(self) -> list[Piece]:
        for sentence in self.reading.sentences:
            self.subject = None
            taken = sentence.first
            mine = self.reading.cues_in(*sentence)
            self._settle(sentence)
            for number, found in enumerate(mine):
                if found.first < taken and found.cue.kind in ("noun", "source"):
                    continue  # part of a speaker's name: أشارت تصريحات الرئيس
                taken = max(taken, self._follow(found, sentence, mine[number + 1 :]))
            self._prefer_verbs()
        self.pieces = self.settled + self.pieces
        if self.reading.text.rstrip().endswith(_ENDED):
            self.speakers.expected = None
        announced = announces(self.reading) if not self.pieces else None
        if announced is not None:
            self.speakers.expected = self.speakers.identify(self.reading.slice(*announced))
        self._opens_with_speech()
        self._stand_alone()
        self._headline()
        self._up_to_strays()
        return self.pieces

    def _settle(self, sentence: Span) -> None:
        """Put aside the pieces that neither this sentence nor the one before it can touch."""
        earlier = self.reading.before(sentence) or sentence
        begin = self.reading.words[earlier.first].start
        done = next((n for n, p in enumerate(self.pieces) if p.end > begin), len(self.pieces))
        self.settled += self.pieces[:done]
        self.pieces = self.pieces[done:]

    def _follow(self, found: Found, sentence: Span, later: Sequence[Found]) -> int:
        """Take in one cue; return the place behind what it has used up."""
        if found.cue.kind == "tail":
            self._colour(found, sentence)
            return found.last
        if found.cue.kind == "verb":
            return self._verb(found, sentence, later)
        return self._source(found, sentence, later)

    def _verb(self, found: Found, sentence: Span, later: Sequence[Found]) -> int:
        content = content_of_verb(self.reading, found, sentence, later)
        stop = content.place if content and content.place > found.first else sentence.last
        inside = " " in found.form and titled([self.reading.words[found.last - 1].key]) != ""
        name = name_after(self.reading, found.last - inside, stop, found)  # رد الوزير is one cue
        speaker = speaker_of_verb(
            self.reading, found, name, stop, sentence, self.subject, self.speakers
        )
        if content is None:
            start = self.reading.words[found.first].start
            inside = any(piece.start <= start < piece.end for piece in self.pieces)
            self.subject = self.subject if inside else speaker or self.subject
            if speaker is not None and found.cue.lemma in PLAIN:
                self.speakers.expected = speaker
        elif _is_topic(self.reading, found, content, speaker):
            self.subject = speaker
        elif speaker is not None or content.direct or self._is_told(found, content):
            self._add(found, content, speaker)
            split = marked_before(self.reading, found)
            if split is not None and split.start < content.start:
                self._add(found, split, speaker)  # «لن نتراجع»، قال فلان، «ولن نقبل»
        return name.last

    def _is_told(self, found: Found, content: Content) -> bool:
        """Say whether somebody speaks whom nobody names: وأضافا أن."""
        opened = content.place < len(self.reading.words) and is_particle(
            self.reading, content.place
        )
        named = found.cue.lemma in PLAIN or (found.proclitic and opened and found.gender == "p")
        clause = found.bound or found.cue.lemma != "قيل"  # ما قيل إنهم مقاتلون tells of them
        return named or (opened and clause and is_passive(self.reading, found))

    def _source(self, found: Found, sentence: Span, later: Sequence[Found]) -> int:
        verb = as_verb(found)
        if verb is not None and content_of_verb(self.reading, verb, sentence, later) is not None:
            return self._verb(verb, sentence, later)
        name = source_name(self.reading, found, sentence)
        if name is None:
            return found.last
        find = content_of_noun if found.cue.kind == "noun" else content_of_source
        content = find(self.reading, found, name, sentence, later)
        if content is not None:
            behind = content.place > name.last
            stop = content.place if behind else self._clause_end(name.last, sentence, later)
            speaker = speaker_of_source(self.reading, name, stop, self.speakers)
            self._add(found, content, speaker)
        return name.last

    def _clause_end(self, place: int, sentence: Span, later: Sequence[Found]) -> int:
        """Return where an apposition has ended at the latest: before the next cue."""
        return min([f.first for f in later if f.first >= place] + [sentence.last])

    def _prefer_verbs(self) -> None:
        """Where وبحسب فلان، قال … tells the same twice, keep what the verb says."""
        again = [
            source
            for source in self.pieces
            if source.source
            for piece in self.pieces
            if not piece.source and piece.end <= source.end
            and (0 <= piece.start - source.start < _SAME or source.lemma == "على لسان")
            and piece.start >= source.start
        ]  # fmt: skip
        if not again:
            return
        self.pieces = [
            p._replace(nested=p.nested and not any(a.start <= p.start < a.end for a in again))
            for p in self.pieces
            if p not in again
        ]

    def _add(self, found: Found, content: Content, speaker: Speaker | None) -> None:
        around = next(
            (p for p in self.pieces if p.start <= content.start and content.end <= p.end), None
        )
        if around is not None and (around.direct or not self._is_other(around, speaker)):
            return
        if around is not None and around.start == content.start and not around.source:
            return  # قال رئيس حزب، الذي يعتبر الأكبر، إن: the outer verb's words
        relayed = any(content.start <= p.start and p.end <= content.end for p in self.pieces)
        text = self.reading.slice(found.first, found.last)
        piece = Piece(
            content.start, content.end, content.direct, speaker, text, found.cue.lemma,
            found.cue.stance, around is not None or relayed, found.cue.kind == "source", found.cue.act,
        )  # fmt: skip
        self.pieces.append(piece)
        if speaker is not None and not piece.nested:
            self.subject = speaker
            self.speakers.hear(speaker)

    @staticmethod
    def _is_other(around: Piece, speaker: Speaker | None) -> bool:
        """Say whether somebody else speaks inside reported speech (قال إن واشنطن حثت)."""
        return (
            speaker is not None
            and around.speaker is not None
            and speaker.resolved != around.speaker.resolved
        )

    def _colour(self, found: Found, sentence: Span) -> None:
        """Let على حد زعمه colour what was said before it in the sentence."""
        reading = self.reading
        if found.first - sentence.first <= 1 and found.last < sentence.last - 2:
            content = reported(reading, found.last, found, sentence, ())
            if content is not None:
                self._add(found, content, self.speakers.again(""))
            return
        begin, here = reading.words[sentence.first].start, reading.words[found.first].start
        for number in range(len(self.pieces) - 1, -1, -1):
            piece = self.pieces[number]
            if begin <= piece.start < here:
                if found.cue.stance != "neutral":
                    self.pieces[number] = piece._replace(stance=found.cue.stance)
                return
        if found.first - sentence.first > 3:
            end = reading.words[found.first - 1].end
            content = Content(begin, end, sentence.first, direct=False)
            self._add(found, content, self.speakers.again(""))

    def _opens_with_speech(self) -> None:
        """A passage that opens with marked speech goes on with the last speaker's words."""
        first = self.reading.opened_before(0)
        if first is None or not self.reading.is_speech(first):
            return
        if not any(p.start < first.last and first.first < p.end for p in self.pieces):
            signed = signature(self.reading, first)
            named = None if signed is None else self.speakers.identify(self.reading.slice(*signed))
            speaker = named or self.expected or self.speakers.again("")
            piece = Piece(first.first, first.last, True, speaker, "", "", "neutral", False)
            self.pieces.insert(0, piece)

    def _stand_alone(self) -> None:
        """Words in marks that are a sentence of their own are whose the sentence before speaks of."""
        reading = self.reading
        spans = sorted((p.start, p.end) for p in self.pieces)
        reach = list(accumulate((end for _, end in spans), max))
        for before, sentence in pairwise(reading.sentences):
            mark = reading.opened_before(sentence.first)
            if mark is None or not reading.is_speech(mark) or reading.words_of(mark) != sentence:
                continue
            begun = bisect_left(spans, (mark.last, 0))
            if begun and reach[begun - 1] > mark.first:
                continue
            spoken = (p.speaker for p in reversed(self.pieces) if p.end <= mark.start and p.speaker)
            speaker = main_subject(reading, before, before.last, self.speakers, 1) or next(
                spoken, self.speakers.again("")
            )
            piece = Piece(mark.first, mark.last, True, speaker, "", "", "neutral", False)
            self.pieces.append(piece)

    def _headline(self) -> None:
        """Take in what a headline says behind a name and a colon (لافروف: الحل سياسي)."""
        found = None if self.pieces else headline(self.reading)
        if found is not None:
            name, content = found
            speaker = self.speakers.identify(self.reading.slice(*name))
            self.pieces.append(
                Piece(
                    content.start, content.end, content.direct, speaker, ":", ":", "neutral", False
                )
            )

    def _up_to_strays(self) -> None:
        """Reported speech that ends in a closing mark reaches up to it."""
        places = [self.reading.words[f.first].start for f in self.reading.cues]
        outer = [n for n, p in enumerate(self.pieces) if not p.nested]
        for stray in self.reading.strays if outer else ():
            before = next((n for n in reversed(outer) if self.pieces[n].end < stray), -1)
            if before < 0 or self.pieces[before].direct:
                continue
            last = self.pieces[before]
            behind = bisect_right(places, last.end)
            if behind == len(places) or places[behind] >= stray:
                self.pieces[before] = last._replace(end=stray)
