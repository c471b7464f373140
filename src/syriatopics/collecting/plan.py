"""What is to be collected: outlets, what of them, and within which bounds."""

from __future__ import annotations

import dataclasses
import fnmatch
import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from syriatopics.arabic.phrases import PhraseMatcher, running_keys
from syriatopics.collecting.addresses import bare, fault_of
from syriatopics.collecting.limits import Limits
from syriatopics.errors import InputError
from syriatopics.files import read_toml
from syriatopics.lexicons import load

__all__ = ["Plan", "Site", "read_plan"]

_CONTACT = re.compile(
    r"(?:mailto:)?[^\s@()<>]{1,100}@[^\s@()<>]{1,100}\.[^\s@()<>]{2,30}|https?://[^\s()<>]{4,200}"
)
_NAME = re.compile(r"[\w-]{1,60}")
_PATTERNS = 200
_FINDERS = ("feeds", "sitemaps", "wordpress", "sections")


class _Stated(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Site(_Stated):
    """An outlet, and where its addresses stand.

    Attributes
    ----------
    id : str
        As in the outlets lexicon, or a name of your own.
    home : str
        Its home page, from which feeds, sitemaps and WordPress are found where none is named.
    feeds, sitemaps : tuple of str
    wordpress : str
        Its address of posts, such as ``https://…/wp-json/wp/v2/posts``.
    sections : tuple of str
        Pages that list articles. ``{page}`` stands for a number from 1, ``{date}`` or
        ``{date:%Y/%m/%d}`` for a day of the period.
    addresses : str
        A file of addresses: csv, an export of Media Cloud, a sitemap that was kept.
    hosts : tuple of str
        Hosts whose pages are its own, with their subdomains; by default that of its home page.
    """

    id: str
    home: str = ""
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    wordpress: str = ""
    sections: tuple[str, ...] = ()
    addresses: str = ""
    hosts: tuple[str, ...] = ()

    @field_validator("id")
    @classmethod
    def _named(cls, name: str) -> str:
        if not _NAME.fullmatch(name):
            raise ValueError("a name is of letters, digits, - and _")
        return name

    @model_validator(mode="after")
    def _asked(self) -> Site:
        for url in (self.home, *self.feeds, *self.sitemaps, self.wordpress, *self.sections):
            if url and (fault := fault_of(re.sub(r"\{[^}]{0,40}\}", "1", url))):
                raise ValueError(f"{url!r:.200}: {fault}")
        if not any(
            (self.home, self.feeds, self.sitemaps, self.wordpress, self.sections, self.addresses)
        ):
            raise ValueError("name home, feeds, sitemaps, wordpress, sections or addresses")
        return self

    @cached_property
    def own_hosts(self) -> tuple[str, ...]:
        """The hosts whose pages are its own."""
        named = (self.home, *self.feeds, *self.sitemaps, self.wordpress, *self.sections)
        found = self.hosts or [urlsplit(url).hostname or "" for url in named[:1] if url]
        found = found or [urlsplit(url).hostname or "" for url in named if url]
        return tuple(dict.fromkeys(host.lower().removeprefix("www.") for host in found))

    def owns(self, url: str) -> bool:
        """Say whether a page is the outlet's own; of a list of addresses alone, all are."""
        host = (urlsplit(url).hostname or "").lower()
        return not self.own_hosts or any(
            host == own or host.endswith(f".{own}") for own in self.own_hosts
        )


class Plan(_Stated):
    """What is collected.

    Attributes
    ----------
    outlets : tuple of Site
    since, until : date or None
        Days of publication, both included.
    include, exclude : tuple of str
        Patterns of addresses, ``*`` standing for anything: ``*/syria/*``.
    query : tuple of str
        Words and phrases, in any spelling; an article with one of them in its headline or text is kept.
    sources : tuple of str
        Which sources are asked.
    contact : str
        A mail address or a page that says who collects.
    """

    outlets: tuple[Site, ...] = Field(min_length=1)
    since: date | None = None
    until: date | None = None
    include: tuple[str, ...] = Field((), max_length=_PATTERNS)
    exclude: tuple[str, ...] = Field((), max_length=_PATTERNS)
    query: tuple[str, ...] = ()
    sources: tuple[str, ...] = ("addresses", "feeds", "sitemaps", "wordpress", "sections")
    contact: str
    limits: Limits = Limits()

    @field_validator("query")
    @classmethod
    def _readable(cls, query: tuple[str, ...]) -> tuple[str, ...]:
        PhraseMatcher({0: query})
        return query

    @field_validator("contact")
    @classmethod
    def _reachable(cls, contact: str) -> str:
        if not _CONTACT.fullmatch(contact):
            raise ValueError("say how to reach you: a mail address, or a page")
        return contact

    @model_validator(mode="after")
    def _in_order(self) -> Plan:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"until {self.until} is before since {self.since}")
        if len({site.id for site in self.outlets}) < len(self.outlets):
            raise ValueError("two outlets have one id")
        return self

    def site(self, outlet: str) -> Site:
        """Return the outlet of a name."""
        return next(site for site in self.outlets if site.id == outlet)

    def refusal(self, url: str) -> str:
        """Say why an address is not asked for by its patterns; nothing if it is."""
        if self.include and not _matches(url, self.include):
            return "no pattern of addresses takes it"
        return "a pattern of addresses leaves it out" if _matches(url, self.exclude) else ""

    def is_outside(self, day: date | None) -> bool:
        """Say whether a day is known to lie outside the period."""
        if day is None:
            return False
        return bool((self.since and day < self.since) or (self.until and day > self.until))

    def asks_for(self, texts: Iterable[str]) -> bool:
        """Say whether a headline or paragraph holds what is asked for."""
        if not self.query:
            return True
        return any(self._matcher.find(running_keys(text)[1]) for text in texts)

    @cached_property
    def _matcher(self) -> PhraseMatcher[int]:
        return PhraseMatcher({0: self.query})

    def sentence(self) -> str:
        """Say what was asked for, as the query of a corpus statement."""
        said = [" OR ".join(self.query) or "every article"]
        if self.since or self.until:
            said.append(f"published {self.since or '…'} to {self.until or 'now'}")
        if self.include:
            said.append(f"addresses like {' or '.join(self.include)}")
        if self.exclude:
            said.append(f"but not like {' or '.join(self.exclude)}")
        return ", ".join(said)


def read_plan(what: str | Path, **options: Any) -> Plan:
    """Read what is to be collected: an outlet by its id, the address of a home page, or a TOML file.

    Raises
    ------
    InputError
        If a value cannot be; the message names it.

    Examples
    --------
    >>> read_plan("https://example.org", contact="me@example.org").outlets[0].id
    'example-org'
    """
    stated: dict[str, Any] = {}
    place = str(what)
    if place.endswith(".toml"):
        try:
            stated = read_toml(Path(what))[0]
        except FileNotFoundError:
            raise InputError(f"No file at {what}.") from None
        stated["outlets"] = stated.pop("outlet", stated.get("outlets", ()))
    elif "://" in place:
        if fault := fault_of(place):
            raise InputError(f"{bare(place)!r:.200} cannot be collected: {fault}.")
        host = (urlsplit(place).hostname or "").removeprefix("www.")
        stated["outlets"] = [{"id": host.replace(".", "-"), "home": place}]
    else:
        stated["outlets"] = [_listed(place)]
    stated |= {name: value for name, value in options.items() if value not in (None, ())}
    if isinstance(limits := stated.get("limits"), dict):
        known = {field.name for field in dataclasses.fields(Limits)}
        if unknown := sorted(set(limits) - known):
            raise InputError(
                f"{place}: limit {unknown[0]!r} is not known. Choices: {sorted(known)}."
            )
        stated["limits"] = Limits(**limits)
    try:
        plan = Plan.model_validate(stated)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "plan"
        given = "" if first["type"] == "missing" else f" (given: {first['input']!r:.60})"
        raise InputError(f"{place}: {key}: {first['msg']}{given}.") from None
    return plan


def _listed(name: str) -> dict[str, Any]:
    """Return what the lexicon knows of an outlet."""
    for entry in load("outlets").outlet:
        if entry.id == name:
            if not entry.hosts:
                raise InputError(f"Outlet {name!r} has no host in the lexicon: give its address.")
            known = {name: getattr(entry, name) for name in ("hosts", *_FINDERS)}
            return {"id": name, "home": f"https://{entry.hosts[0]}/", **known}
    raise InputError(
        f"Outlet {name!r} is not known: give an id of the lexicon, an address (https://…) or a .toml."
    )


def _matches(url: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(url, pattern) for pattern in patterns)
