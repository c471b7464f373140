"""From an outlet's address to a corpus: the one verb, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from syriatopics.collecting.coverage import Coverage, cover, selected
from syriatopics.collecting.ledger import Ledger
from syriatopics.collecting.limits import Limits
from syriatopics.collecting.plan import Plan, read_plan
from syriatopics.collecting.run import LEDGER, Run
from syriatopics.collecting.world import Internet, World
from syriatopics.corpus import Corpus, read_corpus
from syriatopics.corpus.selection import Selection
from syriatopics.errors import InputError
from syriatopics.extras import require
from syriatopics.files import taken

__all__ = ["LEDGER", "Collection", "collect", "open_collection"]


def _silent(text: str) -> None:
    pass


@dataclass(frozen=True, eq=False)
class Collection:
    """A folder of pages and the ledger of how they came there.

    Attributes
    ----------
    folder : Path
    ended : str
        Why the last run ended.
    """

    folder: Path
    ended: str = ""

    @property
    def pages(self) -> Path:
        """The folder that is read as a corpus."""
        return self.folder / "pages"

    @property
    def table(self) -> pd.DataFrame:
        """A row for each address that was named, with what became of it."""
        return self.ledger("address")

    @property
    def coverage(self) -> Coverage:
        """What the sources name beside what was had; the pages that were kept are read for it."""
        return self._cover(None)

    def selection(self, corpus: Corpus | None = None) -> Selection:
        """Return how the articles were chosen, for the corpus statement: the query, and what there was.

        Parameters
        ----------
        corpus : Corpus, optional
            What was read of the pages, for their days; by default they are read.
        """
        plan = Plan.model_validate_json(self.ledger("run")["plan"].iloc[-1])
        return selected(self._cover(corpus), plan.sentence())

    def _cover(self, corpus: Corpus | None) -> Coverage:
        tables = {name: self.ledger(name) for name in ("address", "named", "list")}
        if corpus is None and (tables["address"]["digest"] != "").any():
            corpus = read_corpus(self.pages)
        return cover(tables, corpus)

    def ledger(self, name: str) -> pd.DataFrame:
        """Return a table of the ledger: list, address, named, capture or run."""
        held = Ledger(self.folder / LEDGER)
        try:
            return held.table(name)
        finally:
            held.close()


def collect(
    outlet: str | Path,
    to: str | Path,
    *,
    contact: str | None = None,
    since: date | str | None = None,
    until: date | str | None = None,
    include: tuple[str, ...] = (),
    exclude: tuple[str, ...] = (),
    query: tuple[str, ...] = (),
    sources: tuple[str, ...] = (),
    limits: Limits | None = None,
    update: bool = False,
    allow_private: bool = False,
    world: World | None = None,
    tell: Callable[[str], None] = _silent,
) -> Collection:
    """Collect the articles of an outlet, politely, into web archives and a ledger.

    Nothing else in this package asks the network for a page. What is killed goes on when it is
    called again; the same page is not asked for twice.

    Parameters
    ----------
    outlet : str or path
        An id of the outlets lexicon, the address of a home page, or a TOML file with ``[[outlet]]``.
    to : path
        A folder. ``pages/`` in it is a corpus for :func:`syriatopics.read_corpus`; lists, other
        versions and what was not asked for stand in ``other/``.
    contact : str
        A mail address or a page: who collects, for the outlet to see. It must be given, here or in the file.
    since, until : date, optional
        Days of publication, both included.
    include, exclude : tuple of str
        Patterns of addresses, such as ``*/syria/*``.
    query : tuple of str
        Words and phrases: an article with one of them, in any spelling, is kept.
    sources : tuple of str
        Of addresses, feeds, sitemaps, wordpress, sections, wayback, commoncrawl; the archives are
        asked only if they are named.
    limits : Limits, optional
    update : bool
        Ask also for what is new since.
    allow_private : bool
        For tests: ask also hosts of one's own network.
    world : World, optional
        For tests: another clock and network.
    tell : callable
        What it is told of the run.

    Returns
    -------
    Collection

    Raises
    ------
    InputError
        If a value cannot be, or the folder holds what another query found.

    Examples
    --------
    >>> collect("https://example.org", "collected", contact="me@example.org")  # doctest: +SKIP
    """
    stated: dict[str, Any] = {
        "contact": contact, "since": since, "until": until, "include": tuple(include),
        "exclude": tuple(exclude), "query": tuple(query), "sources": tuple(sources), "limits": limits,
    }  # fmt: skip
    plan = read_plan(outlet, **stated)
    require("collect", "Collecting")
    folder = Path(to)
    with taken(folder):
        run = Run(plan, folder, world or Internet(), allow_private, tell)
        try:
            ended = run.go(update)
        finally:
            run.ledger.close()
    return Collection(folder, ended)


def open_collection(folder: str | Path) -> Collection:
    """Open what was collected.

    Raises
    ------
    InputError
        If nothing was collected there.
    """
    path = Path(folder)
    if not (path / LEDGER).is_file():
        raise InputError(f"{path} holds no ledger: nothing was collected there.")
    runs = Collection(path).ledger("run")
    return Collection(path, str(runs["why"].iloc[-1] or "not ended") if len(runs) else "")
