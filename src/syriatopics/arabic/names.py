"""Names and fixed terms of several words, found as one term before anything else is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from syriatopics.arabic.newsroom import content_phrases, newsroom_phrases
from syriatopics.arabic.normalize import clean, key, keys_of_clean
from syriatopics.arabic.phrases import PhraseMatcher
from syriatopics.arabic.variants import variant_table
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Name

__all__ = ["name_index", "name_matcher", "name_term", "name_words", "short_names", "term_text"]


def name_term(name: str) -> str:
    """Return the term under which a name is counted: بشار_الأسد."""
    return "_".join(clean(name).split())


def term_text(term: str) -> str:
    """Return a name term as people read it: بشار الأسد."""
    return term.replace("_", " ")


@cache
def name_index() -> dict[str, Name]:
    """Return the lexicon entry behind every spelling, by the match key of the spelling."""
    fold = variant_table()
    index: dict[str, Name] = {}
    for name in load("names").name:
        for form in (name.ar, *name.also):
            index.setdefault(" ".join(fold(key(word)) for word in form.split()), name)
    return index


@cache
def short_names() -> dict[str, Name]:
    """Return the entry behind each short form (بايدن) that only one name has."""
    fold = variant_table()
    found: dict[str, Name | None] = {}
    for name in load("names").name:
        for form in name.short:
            short = " ".join(fold(key(word)) for word in form.split())
            found[short] = None if found.get(short, name) is not name else name
    return {short: name for short, name in found.items() if name is not None}


@lru_cache(maxsize=8)
def _matcher(
    extra: Path | None,
    fold: Callable[[str], str],
    newsroom: Path | str | None,
    learned: tuple[str, ...],
) -> PhraseMatcher[str]:
    entries: dict[str, list[str]] = {}
    for name in load("names", extra).name:
        # A short form of several words (دي ميستورا) is the same name; one of a single word
        # (الأسد) may be another's too, and stays a word.
        forms = [form for form in (name.ar, *name.also, *name.short) if " " in form]
        if forms:
            entries.setdefault(name_term(name.ar), []).extend(forms)
    known = {
        " ".join(fold(key(word)) for word in form.split())
        for forms in entries.values()
        for form in forms
    }
    spelled: dict[str, str] = {}  # the term of a learned name is its first spelling
    keys = [" ".join(map(fold, name.split())) for name in keys_of_clean(learned)]
    for new, new_key in zip(learned, keys, strict=True):
        if new_key not in known:
            entries.setdefault(spelled.setdefault(new_key, name_term(new)), []).append(new)
    return PhraseMatcher(_with_phrases(entries, newsroom), fold=fold)


def _with_phrases(
    entries: Mapping[str, Sequence[str]], newsroom: Path | str | None
) -> dict[str, list[str]]:
    """Add the phrases of the newsroom; a name that is known already keeps its term."""
    joined = {term: list(forms) for term, forms in entries.items()}
    known = {form for forms in entries.values() for form in forms}
    for term, forms in (newsroom_phrases(newsroom) | content_phrases(newsroom)).items():
        if new := [form for form in forms if form not in known]:
            joined.setdefault(term, []).extend(new)
    return joined


@cache
def name_words() -> frozenset[str]:
    """Return single words that name a place, and those of which names of persons consist.

    Of a place of several words none is a name by itself: الولايات المتحدة الأمريكية.
    """
    return frozenset(
        word.removeprefix("ال")
        for name in load("names").name
        if name.kind in ("person", "place")
        for form in (name.ar, *name.also, *name.short)
        if name.kind == "person" or " " not in form
        for word in clean(form).split()
    )


def name_matcher(
    names: Path | Iterable[str] | None = None,
    fold: Callable[[str], str] | None = None,
    newsroom: Path | str | None = None,
    learned: tuple[str, ...] = (),
) -> PhraseMatcher[str]:
    """Return a matcher of multiword names whose ids are terms.

    Parameters
    ----------
    names : path or iterable of str, optional
        Names to find; by default those of names.toml in all their spellings, with the
        file at a path on top of them.
    fold : callable, optional
        Spelling variants, ``key → key``; by default the shipped ones.
    newsroom : path, "default" or None
        Which phrases of the newsroom (مصدر أمني, قناة الجزيرة) are found beside them.
    learned : tuple of str
        Names that a corpus taught, beside those of the file.
    """
    fold = variant_table() if fold is None else fold
    if names is None or isinstance(names, Path):
        return _matcher(names, fold, newsroom, learned)
    entries = {name_term(n): [n] for n in names if " " in n}
    return PhraseMatcher(_with_phrases(entries, newsroom), fold=fold)
