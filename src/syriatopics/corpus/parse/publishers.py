"""Who publishes, and who delivers copy: outlets, agencies and papers by host and by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from syriatopics.corpus.words import line_key
from syriatopics.lexicons import load

__all__ = [
    "Publisher",
    "by_name",
    "credit_names",
    "dateline_names",
    "is_same_house",
    "outlet_name",
    "outlet_of_url",
    "role_of",
    "self_phrases",
]

Role = Literal["outlet", "agency", "paper"]
# Words before a name that make it the name of somebody who publishes.
_KINDS = (
    "صحيفة",
    "جريدة",
    "موقع",
    "قناة",
    "شبكة",
    "مجلة",
    "وكالة",
    "إذاعة",
    "راديو",
    "تلفزيون",
    "منصة",
    "بوابة",
)


class Publisher(NamedTuple):
    """An entry of outlets.toml and what it is there."""

    id: str
    role: Role


@cache
def outlet_name(outlet: str, language: str = "en") -> str:
    """Return the readable name of an outlet, in "en" or "ar"; an unknown one as it stands."""
    for entry in load("outlets").outlet:
        if entry.id == outlet:
            return entry.ar if language == "ar" else entry.en
    return outlet


# ---- by host -------------------------------------------------------------------------


@cache
def _hosts() -> dict[str, str]:
    return {host: outlet.id for outlet in load("outlets").outlet for host in outlet.hosts}


def outlet_of_url(url: str) -> tuple[str, str] | None:
    """Return the outlet whose host a url has, and that host; the longest listed host wins.

    Examples
    --------
    >>> outlet_of_url("https://arabic.cnn.com/world/1"), outlet_of_url("https://example.org")
    (('cnn_arabic', 'arabic.cnn.com'), None)
    """
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return None
    labels = host.lower().split(".")
    for start in range(len(labels) - 1):
        listed = ".".join(labels[start:])
        if listed in _hosts():
            return _hosts()[listed], listed
    return None


# ---- by name -------------------------------------------------------------------------


@cache
def by_name() -> dict[str, str]:
    """Return the outlets by the keys of their names, names that are common words left out.

    Such a name counts with the word before it that makes it a name (صحيفة الشرق الأوسط);
    where brackets or quotation marks say that it is one, see :func:`credit_names`.
    """
    names: dict[str, str] = {}
    for outlet in load("outlets").outlet:
        for name in (outlet.ar, *outlet.also):
            if not outlet.common_word or name.split()[0] in _KINDS:
                names.setdefault(line_key(name), outlet.id)
            names |= {line_key(f"{kind} {name}"): outlet.id for kind in _KINDS[:4]}
    return names


@cache
def credit_names() -> dict[str, Publisher]:
    """Return everybody by the keys of all names: for credits, bylines, brackets and quotes.

    An agency goes before an outlet of the same name: a source line names the source.
    """
    lexicon = load("outlets")
    found: dict[str, Publisher] = {}
    for agency in lexicon.agency:
        for name in agency.ar:
            found.setdefault(line_key(name), Publisher(agency.id, "agency"))
    for paper in lexicon.paper:
        for name in paper.ar:
            found.setdefault(line_key(name), Publisher(paper.id, "paper"))
    for outlet in lexicon.outlet:
        for name in (outlet.ar, *outlet.also):
            found.setdefault(line_key(name), Publisher(outlet.id, "outlet"))
    found.pop("", None)
    return found


@cache
def dateline_names() -> dict[str, str]:
    """Return the outlets by the words that stand before their first paragraph."""
    return {line_key(word): o.id for o in load("outlets").outlet for word in o.dateline}


@cache
def self_phrases() -> dict[str, list[tuple[str, str]]]:
    """Return the phrases by which pages call a text their own, by their first words."""
    phrases: dict[str, list[tuple[str, str]]] = {}
    for outlet in load("outlets").outlet:
        for phrase in outlet.self:
            compared = line_key(phrase)
            phrases.setdefault(compared.split()[0], []).append((f"{compared} ", outlet.id))
    return {
        first: sorted(found, key=lambda pair: -len(pair[0])) for first, found in phrases.items()
    }


@cache
def role_of(publisher: str) -> Role | None:
    """Say whether an id is of an agency, a paper or an outlet; agencies go first."""
    lexicon = load("outlets")
    groups: tuple[tuple[Role, Iterator[str]], ...] = (
        ("agency", (a.id for a in lexicon.agency)),
        ("paper", (p.id for p in lexicon.paper)),
        ("outlet", (o.id for o in lexicon.outlet)),
    )
    return next((role for role, ids in groups if publisher in ids), None)


@cache
def is_same_house(outlet: str, agency: str) -> bool:
    """Say whether an outlet is the agency itself (SANA's own site), so that its copy is its own."""
    lexicon = load("outlets")
    hosts = {host for a in lexicon.agency if a.id == agency for host in a.hosts}
    return any(o.id == outlet and hosts & set(o.hosts) for o in lexicon.outlet)
