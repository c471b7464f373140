"""Trying an entry of a lexicon: what it would find in a corpus, and what it would take away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pydantic import ValidationError

from syriatopics.arabic import PhraseMatcher, variant_table
from syriatopics.corpus import Passages
from syriatopics.errors import InputError, choices
from syriatopics.framing.themes import compiled
from syriatopics.lexicons import NAMES, load
from syriatopics.lexicons.schema import Themes
from syriatopics.lexicons.schema.base import Entry
from syriatopics.results import Result

__all__ = ["Trial", "try_entry"]

COLUMNS = ("change", "entry", "form", "passage_id", "article_id", "outlet", "start", "end", "text")
# What holds forms to be found in texts, and by what an entry is named.
_FORMS = ("words", "terms", "weak", "forms", "bare", "ar", "also", "short", "names", "in_text")
_Hits = set[tuple[int, str, str, int, int]]
_NAMED = ("id", "lemma", "ar", "name", "form", "number")


@dataclass(frozen=True, eq=False, kw_only=True)
class Trial(Result):
    """A row per hit that comes or goes.

    Columns ``change`` (gained, lost), ``entry`` (of the lexicon), ``form``, ``passage_id,
    article_id, outlet, start, end, text``; offsets count in the passage. Lost are hits of
    other entries whose words the new one takes, or that no longer count.

    Attributes
    ----------
    assigned : DataFrame
        For the themes: ``passage_id, theme, change``, a row per assignment that comes or goes.
    """

    assigned: pd.DataFrame


def try_entry(
    word: str,
    passages: Passages,
    lexicon: str = "themes",
    into: str | None = None,
    *,
    weak: bool = False,
) -> Trial:
    """Compare the hits of a lexicon with an entry and without it.

    Parameters
    ----------
    word : str
        An entry as the lexicons write it: ``نازح*``, ``حل (ال)سياسي``. One that is in the
        lexicon already is compared with the lexicon without it.
    passages : Passages
    lexicon : str
        One of ``syriatopics.lexicons.NAMES``.
    into : str, optional
        The theme, label (``syrian_state/regime``), verb or name that it is to stand for;
        needed for themes unless the word is there already, else by default itself.
    weak : bool
        In a theme: whether it counts beside another entry only.

    Returns
    -------
    Trial

    Raises
    ------
    InputError
        If the lexicon or the entry is not known, or the word cannot be an entry.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> trial = try_entry("الموازنة", load_seeds().passages(), into="sanctions_economy", weak=True)
    >>> set(trial.table["change"]) <= {"gained", "lost"}
    True
    """
    if lexicon not in NAMES:
        raise InputError(f"No lexicon {lexicon!r}. Lexicons: {choices(NAMES)}.")
    if lexicon == "themes":
        before, after = _themes(load("themes"), word, into, weak)
        old, new = (_theme_hits(passages, themes) for themes in (before, after))
        assigned = _assigned(passages, before, after)
    else:
        old, new = _plain(lexicon, word, into, passages)
        assigned = pd.DataFrame(columns=["passage_id", "theme", "change"])
    table = _changes(old, new, passages)
    said = [f"{what}: {_counted(table[table['change'] == what])}." for what in ("gained", "lost")]
    for change, part in assigned.groupby("change"):
        counts = ", ".join(f"{theme} {n:,}" for theme, n in part["theme"].value_counts().items())
        said.append(f"assigned, {change}: {counts} passages.")
    return Trial(table=table, notes=tuple(said), assigned=assigned)


def _counted(table: pd.DataFrame) -> str:
    places = (table["passage_id"].nunique(), table["article_id"].nunique())
    return f"{len(table):,} hits in {places[0]:,} passages of {places[1]:,} articles"


# ---- themes ------------------------------------------------------------------------------


def _themes(themes: Themes, word: str, into: str | None, weak: bool) -> tuple[Themes, Themes]:
    """Return the themes without the entry and with it."""
    plain = themes.model_dump(by_alias=True)
    without = _without(plain, word)
    if without != plain and into is None:
        return Themes.model_validate(without), themes
    if into not in themes.ids:
        said = f"No theme {into!r}" if into else f"{word!r} is no entry yet: say for which theme"
        raise InputError(f"{said}. Themes: {choices(themes.ids)}.")
    added = _without(plain, word)
    for theme in added["theme"]:
        if theme["id"] == into:
            field = "weak" if weak else "terms" if " " in word else "words"
            theme[field] = (*theme[field], word)
    try:
        return Themes.model_validate(without), Themes.model_validate(added)
    except ValidationError as error:
        raise InputError(f"{word!r} cannot be an entry: {error.errors()[0]['msg']}.") from None


def _without(data: Any, word: str) -> Any:
    if isinstance(data, dict):
        return {name: _without(value, word) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return tuple(_without(value, word) for value in data if value != word)
    return data


def _theme_hits(passages: Passages, themes: Themes) -> _Hits:
    lexicon = compiled(themes)
    return {
        (row, hit.theme, hit.entry, hit.start, hit.end)
        for row, text in enumerate(passages.texts)
        for hit in lexicon.hits(text)
    }


def _assigned(passages: Passages, before: Themes, after: Themes) -> pd.DataFrame:
    old, new = (compiled(themes).scores(passages.texts) >= 0.5 for themes in (before, after))
    names = passages.table["passage_id"].to_numpy()
    rows = [
        (names[row], before.ids[theme], "gained" if new[row, theme] else "lost")
        for row, theme in zip(*(old != new).nonzero(), strict=True)
    ]
    return pd.DataFrame(rows, columns=["passage_id", "theme", "change"])


# ---- every other lexicon -----------------------------------------------------------------


def _plain(name: str, word: str, into: str | None, passages: Passages) -> tuple[_Hits, _Hits]:
    entries: dict[str, list[str]] = {}
    for entry, form in _forms(load(name)):  # type: ignore[call-overload]
        if _unread(form) is None:
            entries.setdefault(entry, []).append(form)
    if said := _unread(word):
        raise InputError(f"{word!r} cannot be an entry: {said.rstrip('.')}.")
    holder = next((entry for entry, forms in entries.items() if word in forms), None)
    if into is not None and into not in entries:
        raise InputError(f"No entry {into!r} in {name}. Entries: {choices(entries)}.")
    without = {entry: [form for form in f if form != word] for entry, f in entries.items()}
    chosen = into or holder or word
    both = {**without, chosen: [*without.get(chosen, []), word]}
    return _matches(passages, without), _matches(passages, both)


def _unread(form: str) -> str | None:
    """Say why a form cannot be looked for in Arabic text: it is Latin, or a host."""
    try:
        PhraseMatcher({"": [form]})
    except ValueError as error:
        return str(error)
    return None


def _forms(entry: Entry, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the name of each entry of a lexicon and its forms."""
    for field in type(entry).model_fields:
        value = getattr(entry, field)
        if field in _FORMS:
            forms = (value,) if isinstance(value, str) else value or ()
            # A field may name a table of entries in one lexicon and a form in another (ending).
            yield from ((path, form) for form in forms if isinstance(form, str))
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Entry):
                name = next((str(getattr(item, n)) for n in _NAMED if hasattr(item, n)), field)
                yield from _forms(item, f"{path}/{name}".lstrip("/"))


def _matches(passages: Passages, entries: Mapping[str, list[str]]) -> _Hits:
    matcher = PhraseMatcher(entries, fold=variant_table())
    return {
        (row, match.id, match.form, match.start, match.end)
        for row, text in enumerate(passages.texts)
        for match in matcher.find_in(text)
    }


def _changes(
    before: _Hits,
    after: _Hits,
    passages: Passages,
) -> pd.DataFrame:
    table = passages.table
    about = table[["passage_id", "article_id", "outlet"]].to_numpy(dtype=object)
    changed = [("gained", hit) for hit in after - before] + [("lost", h) for h in before - after]
    rows = [
        (change, entry, form, *about[row], start, end, passages.texts[row])
        for change, (row, entry, form, start, end) in sorted(changed)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))
