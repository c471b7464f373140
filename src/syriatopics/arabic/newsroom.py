"""Words of the newsroom: which terms say how something is reported, and not what.

A masthead, a source or a statement is one by its neighbours: قناة الجزيرة is a channel and
محافظة الجزيرة is none, مصدر أمني speaks and مصدر تهديد does not. So these are phrases, found
as names are, each one term; single words are only those that mean nothing else in news.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from syriatopics.arabic.normalize import clean
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Agency, Newsroom, Outlet, Paper

__all__ = ["content_phrases", "newsroom_phrases", "newsroom_words"]

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\\d]")
_OPTIONAL_ARTICLE = "(ال)"
_REPORTING = "reporting"
_WHEN = ("الماضي", "المقبل", "الجاري", "الحالي", "القادم")


@cache
def newsroom_words(source: Path | str | None = "default") -> frozenset[str]:
    """Return single words of the newsroom, clean, also with و and ف before them.

    Parameters
    ----------
    source : path, "default" or None
        A TOML file on top of newsroom.toml; the shipped one alone; or no words at all.

    Examples
    --------
    >>> words = newsroom_words()
    >>> "وقال" in words, "الثلاثاء" in words, "الجزيرة" in words, "فهم" in words
    (True, True, False, False)
    """
    if source is None:
        return frozenset()
    words = [word for group in _lexicon(source).group for word in group.words]
    stops = load("stopwords")
    words += [word for group in stops.group if group.name == _REPORTING for word in group.words]
    for month in load("months").month:
        words += [name for name in month.names if " " not in name and name not in month.ambiguous]
    kept = set(map(clean, stops.protected.words)) - set(map(clean, words))
    joined = {c + clean(word) for word in words for c in ("", "و", "ف")}
    return frozenset(joined - kept)


@cache
def newsroom_phrases(source: Path | str | None = "default") -> dict[str, tuple[str, ...]]:
    """Return phrases of the newsroom: term → forms, as the matcher of names takes them.

    Parameters
    ----------
    source : path, "default" or None
        As for the words.

    Examples
    --------
    >>> newsroom_phrases()["قناة_الجزيرة"]
    ('قناة الجزيرة',)
    """
    if source is None:
        return {}
    lexicon = _lexicon(source)
    phrases = [*lexicon.phrases.words, *_months(), *_times(lexicon), *_mastheads(lexicon)]
    found = _by_term(phrases)
    for month, forms in _dated_months():
        found.setdefault(f"شهر_{month}", []).extend(forms)
    return {term: tuple(dict.fromkeys(forms)) for term, forms in found.items()}


@cache
def content_phrases(source: Path | str | None = "default") -> dict[str, tuple[str, ...]]:
    """Return what is content although it begins with a word of the newsroom: بيان جنيف."""
    if source is None:
        return {}
    found = _by_term(_lexicon(source).content.words)
    return {term: tuple(forms) for term, forms in found.items()}


def _by_term(phrases: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        term = "_".join(clean(phrase.replace(_OPTIONAL_ARTICLE, "")).split())
        found.setdefault(term, []).append(phrase)
    return found


def _lexicon(source: Path | str) -> Newsroom:
    return load("newsroom", source if isinstance(source, Path) else None)


def _months() -> Iterator[str]:
    for month in load("months").month:
        yield from (name for name in month.names if " " in name)


def _times(lexicon: Newsroom) -> Iterator[str]:
    """Yield what says when: الأسبوع الماضي, السبت المقبل, يناير الجاري."""
    days = (word for group in lexicon.group if group.name == "days" for word in group.words)
    months = (m for month in load("months").month for m in month.names if m not in month.ambiguous)
    heads = (*lexicon.times.words, *(day for day in days if day.startswith("ال")), *months)
    yield from (
        f"{head} {when}{ending}" for head in heads for when in _WHEN for ending in ("", "ة")
    )


def _dated_months() -> Iterator[tuple[str, list[str]]]:
    """Yield months that are words as well (مارس, آب), where their neighbours make them months."""
    for month in load("months").month:
        others = [name for name in month.names if name not in month.ambiguous]
        for name in month.ambiguous:
            days = [f"{day} {joined}{name}" for day in range(1, 32) for joined in ("", "من ")]
            beside = [pair for other in others for pair in (f"{other}/{name}", f"{name}/{other}")]
            told = [f"{name} {word}" for word in _WHEN]
            yield name, [f"شهر {name}", f"في {name}", f"منذ {name}", *days, *beside, *told]


def _mastheads(lexicon: Newsroom) -> Iterator[str]:
    """Yield the names of outlets, agencies and foreign papers, as they stand in running text."""
    heads, headed = lexicon.heads.words, lexicon.headed.words
    yield from lexicon.alone.words
    for entry, names in _publishers(lexicon):
        for name in names:
            # "الحل السوري" and "السياسة الكويتية" are papers, and seldom mean them.
            foreign = " " in name and not isinstance(entry, Outlet) and name not in headed
            if name.split()[0] in heads or foreign:
                yield name
            if name.split()[0] not in heads:
                yield from (f"{head} {name}" for head in heads)


def _publishers(lexicon: Newsroom) -> Iterator[tuple[Outlet | Agency | Paper, list[str]]]:
    """Yield those who publish news, with their Arabic names; bodies that act are content."""
    outlets = load("outlets")
    bodies = tuple(f"{word} " for word in lexicon.bodies.words)
    everyone: tuple[Outlet | Agency | Paper, ...] = (
        *outlets.outlet,
        *outlets.agency,
        *outlets.paper,
    )
    for entry in everyone:
        names = _arabic_names(entry)
        acts = isinstance(entry, Outlet) and entry.kind in ("ngo", "government")
        if names and not acts and not any(name.startswith(bodies) for name in names):
            yield entry, names


def _arabic_names(entry: Outlet | Agency | Paper) -> list[str]:
    names = (entry.ar, *entry.also) if isinstance(entry, Outlet) else entry.ar
    plain = (" ".join(_WORD.findall(name)) for name in names if not _LATIN.search(name))
    return [name for name in dict.fromkeys(plain) if name]
