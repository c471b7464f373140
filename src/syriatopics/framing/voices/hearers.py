"""To whom somebody speaks: no part of who speaks."""

from __future__ import annotations

from syriatopics.framing.voices.people import begins_with_agency, begins_with_name
from syriatopics.framing.voices.reading import Reading
from syriatopics.framing.voices.titles import titled
from syriatopics.framing.voices.wordlists import single

__all__ = ["is_hearer", "opens_with_hearer"]


def opens_with_hearer(reading: Reading, place: int) -> bool:
    """Say whether a verb is followed by whom it is said to: قال للصحيفة، قال لأعضاء اللجنة."""
    word = reading.words[place].key
    many = (
        word == "ل"
        or word.startswith("لل")
        or (word[0] == "ل" and word[1:] in single("quantifiers"))
    )
    return many or is_hearer(reading, place)


def is_hearer(reading: Reading, place: int) -> bool:
    """Say whether a word with ل names to whom somebody speaks: an agency, a channel, one of many."""
    keys = [word.key for word in reading.words[place : place + 3]]
    head = keys[0][1:] if keys[0].startswith("ل") else ""
    heard = head in single("venues") or head in single("one_of")
    own = begins_with_name(keys) is not None or titled(keys) != ""  # لافروف
    person = begins_with_name([head, *keys[1:]])
    heard = heard or (
        not own and (head == "ابو" or (person is not None and person.kind == "person"))
    )
    return bool(head) and (heard or begins_with_agency([head, *keys[1:]]))
