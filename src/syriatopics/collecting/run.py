"""One run: lists are asked for addresses, addresses for pages, until nothing is left to ask for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from syriatopics.collecting.answers import Fetched
from syriatopics.collecting.archive import Shelf, group_of
from syriatopics.collecting.fetcher import Fetcher, SpentError
from syriatopics.collecting.ledger import Ledger
from syriatopics.collecting.naming import Naming, way_to
from syriatopics.collecting.pages import Pages, conditions
from syriatopics.collecting.plan import Plan
from syriatopics.collecting.sources import SOURCES, home
from syriatopics.collecting.sources.contract import Answer, Ask
from syriatopics.collecting.world import World
from syriatopics.errors import InputError

__all__ = ["LEDGER", "SHELVES", "Run"]

LEDGER = "ledger.sqlite"
# What is read as a corpus, and what is kept beside it: lists, other versions, what was not asked for.
SHELVES = ("pages", "other")
# After so many requests the user is told how far it is.
_TOLD = 100
_FILTERS = ("since", "until", "include", "exclude", "query")


class Run:
    """A run in a folder that it has for itself.

    Parameters
    ----------
    plan : Plan
    folder : Path
    world : World
    allow_private : bool
    tell : callable
    """

    def __init__(
        self,
        plan: Plan,
        folder: Path,
        world: World,
        allow_private: bool,
        tell: Callable[[str], None],
    ) -> None:
        paces = {
            h: p for source in SOURCES.values() for h, p in getattr(source, "PACES", {}).items()
        }
        self.plan, self.world, self.tell = plan, world, tell
        self.fetcher = Fetcher(world, plan.limits, plan.contact, allow_private, paces)
        self.ledger = Ledger(folder / LEDGER)
        self.naming = Naming(plan, self.ledger, world)
        self.shelves = {name: Shelf(folder / name, self._ends(name)) for name in SHELVES}
        self.pages = Pages(plan, self.ledger, self.shelves)
        self._left: set[str] = set()

    def go(self, update: bool = False) -> str:
        """Go on where the last run was, or begin; return why it ended."""
        self._same_filters()
        number = self._begin(update)
        why = "everything was asked for"
        try:
            while (job := self._next()) is not None:
                if job[0] == "list":
                    self._list(job[1])
                else:
                    self._page(job[1])
        except SpentError as spent:
            why = str(spent)
        except KeyboardInterrupt:
            why = "interrupted"
            raise
        finally:
            with self.ledger.step():
                self.ledger.do(
                    "UPDATE run SET ended = ?, why = ? WHERE number = ?", self._now(), why, number
                )
        if self._left:
            why += f"; left for another time: {', '.join(sorted(self._left)[:5])}"
        return why

    # ---- beginning -----------------------------------------------------------------------

    def _ends(self, shelf: str) -> dict[str, int]:
        return {
            row["file"]: row["end"]
            for row in self.ledger.ask("SELECT * FROM shelf WHERE shelf = ?", shelf)
        }

    def _same_filters(self) -> None:
        """Refuse a folder whose pages were chosen by another query."""
        row = self.ledger.one("SELECT plan FROM run ORDER BY number LIMIT 1")
        if row is None:
            return
        before, now = json.loads(row["plan"]), self.plan.model_dump(mode="json")
        for name in _FILTERS:
            if name != "until" and before.get(name) != now[name]:
                raise InputError(
                    f"{self.ledger.path.parent} holds what {name}={before.get(name)!r:.80} found: "
                    f"name a new folder for {name}={now[name]!r:.80}."
                )

    def _begin(self, update: bool) -> int:
        """Note the run, take up what the last one could not note, and ask the sources where to begin."""
        for name, shelf in self.shelves.items():
            for file, start, length, known in shelf.unknown():
                with self.ledger.step():
                    if known.get("of") == "page":
                        self.pages.note(known, file, start, length)
                    self.pages.note_end(name, file, start + length)
        with self.ledger.step():
            last = self.ledger.one("SELECT MAX(number), MAX(round) FROM run")
            self.naming.round = max(1, (last[1] or 1) + update) if last else 1
            self.ledger.do("UPDATE list SET state = 'waiting', tries = 0 WHERE state = 'later'")
            self.ledger.do("UPDATE address SET state = 'waiting', tries = 0 WHERE state = 'later'")
            plan = json.dumps(self.plan.model_dump(mode="json"), ensure_ascii=False)
            self.ledger.do(
                "INSERT INTO run (round, began, plan) VALUES (?, ?, ?)",
                self.naming.round,
                self._now(),
                plan,
            )
            if update:
                self.ledger.do(
                    "UPDATE list SET state = 'waiting', tries = 0, round = ? "
                    "WHERE step = 0 OR source = 'sitemaps'",
                    self.naming.round,
                )
            for site in self.plan.outlets:
                for source in SOURCES.values():
                    if source.NAME in self.plan.sources or source.NAME == "home":
                        self.naming.begin(source.begin(site, self.plan), source.NAME, site)
        return int(last[0] or 0) + 1 if last else 1

    # ---- what is next --------------------------------------------------------------------

    def _next(self) -> tuple[str, Any] | None:
        """Return what is to be asked next: of the host that may be asked first."""
        free: dict[str, float] = {}
        for host in self.ledger.waiting_hosts():
            wait = self.fetcher.free(host)
            if self.fetcher.gave_up(host) or wait > max(
                self.plan.limits.patience, self.fetcher.pace(host)
            ):
                self._left.add(host)
            else:
                free[host] = wait
        while free:
            host = min(free, key=lambda name: (free[name], name))
            job = self.ledger.next_of(host)
            if job is not None:
                return job
            del free[host]
        return None

    # ---- lists ---------------------------------------------------------------------------

    def _list(self, row: Any) -> None:
        """Ask for a list, keep it as it came, and take down what it names."""
        fetched = self.fetcher.get(row["url"], self.plan.limits.list_bytes, conditions(row))
        ask = Ask(row["url"], row["source"], row["note"], row["step"], bool(row["onward"]))
        site = self.plan.site(row["outlet"])
        if fetched.fault:
            state = self._after(row, fetched)
            with self.ledger.step():
                if state == "failed" and row["source"] == home.NAME and fetched.exchanges:
                    answer = Answer(fetched.final, b"", (), fetched.sitemaps)
                    self.naming.read(
                        home.read(ask, answer, site, self.plan), ask, row["chain"], site
                    )
                self.ledger.do(
                    "UPDATE list SET state = ?, fault = ?, at = ?, tries = tries + 1 WHERE rowid = ?",
                    state, fetched.fault, self._now(), row["rowid"],
                )  # fmt: skip
            return
        if fetched.status == 304:
            with self.ledger.step():
                self.ledger.do(
                    "UPDATE list SET state = 'read', fault = '', at = ? WHERE rowid = ?",
                    self._now(),
                    row["rowid"],
                )
            return
        known = {"of": "list", "source": row["source"], "outlet": row["outlet"]}
        file, start, length = self.shelves["other"].add(group_of(fetched.exchanges, known))
        answer = Answer(
            fetched.final, fetched.content, fetched.exchanges[-1].headers, fetched.sitemaps
        )
        with self.ledger.step():
            self.pages.note_end("other", file, start + length)
            found = SOURCES[row["source"]].read(ask, answer, site, self.plan)
            fault, n = self.naming.read(found, ask, row["chain"], site)
            self.ledger.do(
                "UPDATE list SET state = ?, fault = ?, at = ?, named = ?, etag = ?, modified = ? "
                "WHERE rowid = ?",
                "failed" if fault and not n else "read", fault, self._now(), n,
                fetched.header("etag"), fetched.header("last-modified"), row["rowid"],
            )  # fmt: skip

    # ---- pages ---------------------------------------------------------------------------

    def _page(self, row: Any) -> None:
        """Ask for a page, or for what an archive keeps of it."""
        if self.fetcher.asked % _TOLD == 0:
            kept = self.ledger.one("SELECT COUNT(*) FROM address WHERE digest != ''")
            self.tell(f"{self.fetcher.asked:,} requests, {kept[0] if kept else 0:,} pages kept")
        url, span = way_to(row["through"], row["url"])
        fetched = self.fetcher.get(url, self.plan.limits.page_bytes, self.pages.known(row), span)
        if fetched.fault:
            with self.ledger.step():
                self.pages.note_failure(row, fetched, self._now(), self._after(row, fetched))
        else:
            self.pages.keep(row, fetched, self.world.now())

    def _after(self, row: Any, fetched: Fetched) -> str:
        """Return the state of what was not had: asked again now, in another run, or no more."""
        if not fetched.later:
            return "failed"
        return "waiting" if row["tries"] + 1 < self.plan.limits.attempts else "later"

    def _now(self) -> str:
        return self.world.now().isoformat(timespec="seconds")
