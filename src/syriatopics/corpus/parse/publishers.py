"""Who publishes, and who delivers copy: outlets, agencies and papers by host and by name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from syriatopics.corpus.words import line_key
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Agency, Outlets, Paper

__all__ = ["Publisher", "Publishers", "archived", "load_publishers"]

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
# Words around a name in a column of outlets that are no part of it, folded.
_AROUND = frozenset((
    "the", "newspaper", "newspapers", "daily", "website", "site", "channel", "online", "agency", "magazine",
    *map(line_key, _KINDS),
    *(line_key(f"ال{kind}") for kind in _KINDS),
    *map(line_key, (
        "الإلكترونية", "الإلكتروني", "الكترونية", "اليومية", "الإخبارية", "الإخباري", "الفضائية",
        "أونلاين", "أون لاين",
    )),
))  # fmt: skip
_PARTS = re.compile(r"\s*[()\[\]|/]\s*|\s+[-–—]\s+|\s*[،;]\s*")
# The adjective of a country, folded (السورية).
# Copies of the Wayback Machine and of archives that run its program.
_ARCHIVED = re.compile(
    r"https?://[\w.-]{3,80}/(?:[\w-]{1,30}/){0,3}\d{8,14}(?:[a-z]{2}_)?/(https?:/{1,2}.{3,2000})\Z",
    re.IGNORECASE,
)
_NATIONAL = re.compile(r"ال\w+يه")
_SITE = re.compile(
    r"(?:https?:)?(?://)?(?:www\d?\.)?(?P<host>[\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:/.*)?", re.IGNORECASE
)


def _squeezable(name: str) -> list[str]:
    return line_key(name.replace("_", " ")).casefold().split()


class Publisher(NamedTuple):
    """An entry of outlets.toml and what it is there."""

    id: str
    role: Role


def archived(url: str) -> str:
    """Return the address of which a web archive keeps a copy; other addresses as they are.

    The day in an address of the Wayback Machine is the day of the copy, and no day of publication.

    Examples
    --------
    >>> archived("https://web.archive.org/web/20190107064625id_/https://www.enabbaladi.net/1")
    'https://www.enabbaladi.net/1'
    """
    found = _ARCHIVED.match(url.strip())
    return found[1] if found else url


class Publishers:
    """The outlets, agencies and papers that are known.

    Parameters
    ----------
    lexicon : Outlets
        The content of outlets.toml, with the user's own behind it. Where two entries share a host
        or a name, the later one has it.
    """

    def __init__(self, lexicon: Outlets) -> None:
        self.lexicon = lexicon
        self._outlets = {entry.id: entry for entry in lexicon.outlet}
        # The later entry goes first, and what it has is not taken from it.
        self._first = tuple(reversed(lexicon.outlet))

    def name_of(self, outlet: str, language: str = "en") -> str:
        """Return the readable name of an outlet, in "en" or "ar"; an unknown one as it stands."""
        entry = self._outlets.get(outlet)
        if entry is None:
            return outlet
        return entry.ar if language == "ar" else entry.en

    # ---- by host ---------------------------------------------------------------------

    @cached_property
    def _hosts(self) -> dict[str, str]:
        return {host: outlet.id for outlet in self.lexicon.outlet for host in outlet.hosts}

    def outlet_of_url(self, url: str) -> tuple[str, str] | None:
        """Return the outlet whose host a url has, and that host; the longest listed host wins.

        Examples
        --------
        >>> load_publishers().outlet_of_url("https://arabic.cnn.com/world/1")
        ('cnn_arabic', 'arabic.cnn.com')
        """
        url = archived(url)
        try:
            host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
        except ValueError:
            return None
        labels = host.lower().split(".")
        for start in range(len(labels) - 1):
            listed = ".".join(labels[start:])
            if listed in self._hosts:
                return self._hosts[listed], listed
        return None

    # ---- by what stands in a column of outlets ---------------------------------------

    def outlet_named(self, cell: str) -> str | None:
        """Return the id of whom a cell of a column of outlets names, or None.

        Names in Arabic or English, hosts, addresses and ids are known, with or without a word such as
        موقع or جريدة, whatever case, marks and blanks they are written with.

        Examples
        --------
        >>> known = load_publishers()
        >>> [known.outlet_named(c) for c in ("صحيفة عنب بلدي", "ENAB BALADI", "https://www.enabbaladi.net/")]
        ['enabbaladi', 'enabbaladi', 'enabbaladi']
        """
        cell = cell.strip()
        if cell in self._outlets:
            return cell
        if cell not in self._cells:
            self._cells[cell] = self._named(cell)
        return self._cells[cell]

    @cached_property
    def _cells(self) -> dict[str, str | None]:
        """What was asked already; a column of outlets says few things many times."""
        return {}

    def _named(self, cell: str) -> str | None:
        if (site := _SITE.fullmatch(cell)) is not None:
            found = self.outlet_of_url(site["host"])
            if found is not None:
                return found[0]
        whole = self._by_squeezed(cell)
        if whole is not None:
            return whole
        parts = [part for part in _PARTS.split(cell) if part.strip()]
        named = {self._by_squeezed(part) for part in parts} if len(parts) > 1 else {None}
        bracketed = "(" in cell or "[" in cell
        named = named - {None} if bracketed else named
        return named.pop() if len(named) == 1 else None

    def _by_squeezed(self, name: str) -> str | None:
        words = _squeezable(name)
        while words:
            found = self._squeezed.get("".join(words))
            if found is not None:
                return found
            if words[0] in _AROUND:
                words = words[1:]
            elif words[-1] in _AROUND:
                words = words[:-1]
            else:
                return None
        return None

    @cached_property
    def _squeezed(self) -> dict[str, str | None]:
        """Everybody by folded names without blanks; None where two outlets have the same name.

        An agency that is an outlet too is that outlet.
        """
        found: dict[str, str | None] = {}
        for outlet in self._first:
            for name in (outlet.id, outlet.ar, outlet.en, *outlet.also):
                key = "".join(_squeezable(name))
                found[key] = outlet.id if found.get(key, outlet.id) == outlet.id else None
        for name in self._of_many_countries():
            found[name] = None
        of_host = {host: outlet.id for outlet in self._first for host in outlet.hosts}
        others: list[Agency | Paper] = [*self.lexicon.agency, *self.lexicon.paper]
        for other in reversed(others):
            same = next((of_host[host] for host in other.hosts if host in of_host), other.id)
            for name in (other.id, other.en, *other.ar):
                found.setdefault("".join(_squeezable(name)), same)
        return found

    def _of_many_countries(self) -> set[str]:
        """Return the names that papers of several countries have (الوطن: السورية, المصرية, القطرية)."""
        countries: dict[str, set[str]] = defaultdict(set)
        for outlet in self.lexicon.outlet:
            words = line_key(outlet.ar).split()
            if len(words) > 1 and _NATIONAL.fullmatch(words[-1]):
                countries["".join(words[:-1])].add(outlet.id)
        return {name for name, outlets in countries.items() if len(outlets) > 2}

    def settled(self, cell: str) -> str:
        """Return how an outlet is called in the corpus: its id, the host of a site, or its name."""
        named = self.outlet_named(cell)
        if named is not None:
            return named
        site = _SITE.fullmatch(cell.strip())
        if site is not None and site["host"].rpartition(".")[2].isalpha():
            return site["host"].lower()
        return " ".join(cell.split())

    def alike(self, outlets: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """Yield the names that nobody knows and that differ in case, marks or blanks only."""
        groups: dict[str, set[str]] = defaultdict(set)
        for outlet in outlets:
            if outlet not in self._outlets:
                words = [word for word in _squeezable(outlet) if word not in _AROUND]
                groups["".join(words)].add(outlet)
        for key in sorted(groups):
            if key and len(groups[key]) > 1:
                yield tuple(sorted(groups[key]))

    # ---- by name ---------------------------------------------------------------------

    @cached_property
    def by_name(self) -> dict[str, str]:
        """The outlets by the keys of their names, names that are common words left out.

        Such a name counts with the word before it that makes it a name (صحيفة الشرق الأوسط);
        where brackets or quotation marks say that it is one, see :attr:`credit_names`.
        """
        names: dict[str, str] = {}
        for outlet in self._first:
            for name in (outlet.ar, *outlet.also):
                if not outlet.common_word or name.split()[0] in _KINDS:
                    names.setdefault(line_key(name), outlet.id)
                for kind in _KINDS[:4]:
                    names.setdefault(line_key(f"{kind} {name}"), outlet.id)
        return names

    @cached_property
    def credit_names(self) -> dict[str, Publisher]:
        """Everybody by the keys of all names: for credits, bylines, brackets and quotes.

        An agency goes before an outlet of the same name: a source line names the source.
        """
        found: dict[str, Publisher] = {}
        for agency in reversed(self.lexicon.agency):
            for name in agency.ar:
                found.setdefault(line_key(name), Publisher(agency.id, "agency"))
        for paper in reversed(self.lexicon.paper):
            for name in paper.ar:
                found.setdefault(line_key(name), Publisher(paper.id, "paper"))
        for outlet in self._first:
            for name in (outlet.ar, *outlet.also):
                found.setdefault(line_key(name), Publisher(outlet.id, "outlet"))
        return found

    @cached_property
    def dateline_names(self) -> dict[str, str]:
        """The outlets by the words that stand before their first paragraph."""
        return {line_key(word): o.id for o in self.lexicon.outlet for word in o.dateline}

    @cached_property
    def self_phrases(self) -> dict[str, list[tuple[str, str]]]:
        """The phrases by which pages call a text their own, by their first words."""
        phrases: dict[str, list[tuple[str, str]]] = {}
        for outlet in self.lexicon.outlet:
            for phrase in outlet.self:
                compared = line_key(phrase)
                phrases.setdefault(compared.split()[0], []).append((f"{compared} ", outlet.id))
        return {
            first: sorted(found, key=lambda pair: -len(pair[0])) for first, found in phrases.items()
        }

    # ---- what they are ---------------------------------------------------------------

    @cached_property
    def _roles(self) -> dict[str, Role]:
        """The role of every id; agencies go first."""
        roles: dict[str, Role] = {outlet.id: "outlet" for outlet in self.lexicon.outlet}
        roles |= {paper.id: "paper" for paper in self.lexicon.paper}
        roles |= {agency.id: "agency" for agency in self.lexicon.agency}
        return roles

    def role_of(self, publisher: str) -> Role | None:
        """Say whether an id is of an agency, a paper or an outlet."""
        return self._roles.get(publisher)

    def is_same_house(self, outlet: str, agency: str) -> bool:
        """Say whether an outlet is the agency itself (SANA's own site): its copy is its own."""
        if outlet == agency:
            return True
        hosts = {host for a in self.lexicon.agency if a.id == agency for host in a.hosts}
        known = self._outlets.get(outlet)
        return known is not None and not hosts.isdisjoint(known.hosts)


def load_publishers(extra: str | Path | None = None) -> Publishers:
    """Return everybody who is known, with the user's own outlets.toml on top where it is given."""
    return _shipped() if extra is None else Publishers(load("outlets", extra))


@cache
def _shipped() -> Publishers:
    return Publishers(load("outlets"))
