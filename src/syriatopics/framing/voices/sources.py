"""Sources: can the reader know who speaks?"""

from __future__ import annotations

from syriatopics.framing.voices.identity import phrase_of
from syriatopics.framing.voices.people import begins_with_name, named_in
from syriatopics.framing.voices.speakers import Speaker
from syriatopics.framing.voices.titles import titled
from syriatopics.framing.voices.wordlists import group

__all__ = ["NAMED", "NOBODY", "UNNAMED", "source_of"]

NAMED, UNNAMED, NOBODY = "named", "unnamed", "nobody"
# Roles (titles of cues.toml) of people who stay nameless where they are written without the
# article: مسؤول أمريكي، ناشطون. A minister or a spokesman is known by the office.
_NAMELESS = frozenset(
    (
        "official", "diplomat", "activist", "media activist", "aid worker", "resident", "fighter",
        "commander", "officer (captain, major)", "colonel", "general", "physician, medic", "expert",
        "analyst", "researcher", "refugee, displaced person", "survivor, relative", "politician",
        "opposition figure", "member", "cleric", "tribal leader", "journalist, correspondent",
        "adviser", "assistant, aide", "armed group as speaker",
    )
)  # fmt: skip
# And of people who stay nameless however they are written: المصادر، شهود العيان.
_ALWAYS = frozenset(("eyewitness", "observers"))


def source_of(speaker: Speaker | None) -> str:
    """Say whether a speaker is named, unnamed (مصدر مطلع، بعض المسؤولين) or nobody at all.

    Examples
    --------
    >>> source_of(Speaker("مصدر عسكري", "مصدر عسكري", "military source"))
    'unnamed'
    """
    if speaker is None or not speaker.resolved:
        return NOBODY
    keys = phrase_of(speaker.resolved).keys
    name = named_in(keys)
    if begins_with_name(keys) is not None or (name is not None and name.kind == "person"):
        return NAMED
    role = titled(keys) or speaker.role
    first = str(keys[0]).removeprefix("و")
    if role.endswith("source") or role in _ALWAYS or (first,) in group("quantifiers"):
        return UNNAMED
    return UNNAMED if role in _NAMELESS and not first.startswith("ال") else NAMED
