"""Whose state, whose leadership: what a bare form means where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from syriatopics.framing.naming.labels import Labels
from syriatopics.framing.voices.reading import Reading
from syriatopics.lexicons import load

__all__ = ["Country", "capital_acts", "is_anothers"]

# Adjectives that leave open whose: النظام الحالي، الحكومة المركزية.
_OPEN = frozenset(
    ("الحالي", "الحاليه", "المركزي", "المركزيه", "السوري", "السوريه", "الشرعي", "الشرعيه")
)


def is_anothers(reading: Reading, end: int, anchors: dict[int, bool]) -> bool:
    """Say whether an adjective or a place behind a bare form makes it another's.

    النظام الاشتراكي, الحكومة اليمنية, الحكومة في بغداد; but قصف النظام الأحياء.

    Parameters
    ----------
    reading : Reading
    end : int
        The word behind the form.
    anchors : dict of int to bool
        The words that name a country, and whether it is Syria.
    """
    words = reading.words
    if end >= len(words) or reading.paused(end):
        return False
    word = words[end].key
    if word == "في" and anchors.get(end + 1, True) is False:
        return True
    # النظام البرية in خطوط إمداد النظام البرية: the adjective is not its own
    ending = "يه" if words[end - 1].key.endswith(("ه", "ات")) else "ي"
    nisba = word.startswith("ال") and len(word) > 5 and word.endswith(ending)
    return nisba and word not in _OPEN and not anchors.get(end, False)


def capital_acts(reading: Reading, place: int) -> bool:
    """Say whether a capital stands for its government: it speaks, answers, or is accused.

    دمشق ردت, قالت دمشق, دمشق التي ردت, اتهمت بغداد دمشق; but في دمشق, قصف دمشق.
    """
    words = reading.words
    following = words[place + 1].key if place + 1 < len(words) else ""
    if following == "التي" and place + 2 < len(words):
        verb = words[place + 2].key
        return place + 2 in reading.verbs or (verb.endswith("ت") and place + 1 < len(words))
    spoken = {n for n in (place - 1, place + 1) if n in reading.verbs}
    accused = {f.first for f in reading.cues if f.cue.addressed and f.first == place - 2}
    return bool(spoken) or bool(accused)


class Country:
    """Is Syria the country that an article speaks of, at a word of a passage?

    Parameters
    ----------
    readings : sequence of Reading
        The passages of one article.
    labels : Labels
    outlet : str
        Who published it.
    """

    def __init__(self, readings: Sequence[Reading], labels: Labels, outlet: str) -> None:
        self._anchors = {
            id(reading): labels.anchors([word.key for word in reading.words])
            for reading in readings
        }
        every = [syrian for found in self._anchors.values() for _, syrian in found]
        self._mostly = sum(every) > len(every) / 2 and sum(every) > 1
        self._at_home = _has_own_authority(outlet)

    def anchors(self, reading: Reading) -> dict[int, bool]:
        """Return which words of a passage name a country, and whether it is Syria."""
        return dict(self._anchors[id(reading)])

    def is_syria(self, reading: Reading, place: int) -> bool:
        """Say whether the country named last before a word is Syria.

        Where the passage names none before it, the first behind it counts, then what the article
        mostly speaks of; an outlet with a state of its own names Syria, or means its own.
        """
        found = self._anchors[id(reading)]
        before = [syrian for n, syrian in found if n < place]
        if before:
            return before[-1]
        if found:
            return found[0][1]
        return self._mostly and not self._at_home


@cache
def _has_own_authority(outlet: str) -> bool:
    """Say whether an outlet is Palestinian: السلطة and القيادة are those at home by default."""
    return any(
        known.id == outlet and known.country == "Palestine" for known in load("outlets").outlet
    )
