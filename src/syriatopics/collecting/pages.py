"""Pages that were had: told apart, set aside or kept, and taken down in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from syriatopics.collecting.addresses import fault_of, host_of, key_of
from syriatopics.collecting.answers import Fetched
from syriatopics.collecting.archive import Shelf, digest_of, group_of, records_in
from syriatopics.collecting.judging import Page, canonical_of, is_page, why_aside
from syriatopics.collecting.ledger import Ledger
from syriatopics.collecting.naming import way_to
from syriatopics.collecting.plan import Plan
from syriatopics.collecting.sources import commoncrawl
from syriatopics.collecting.sources.sections import is_no_page
from syriatopics.collecting.world import Headers
from syriatopics.corpus.parse.publishers import archived

__all__ = ["Pages", "conditions"]

_CAPTURE = (
    "key",
    "url",
    "through",
    "at",
    "status",
    "fault",
    "digest",
    "etag",
    "modified",
    "shelf",
    "bytes",
)


class Pages:
    """Keeps pages.

    Parameters
    ----------
    plan : Plan
    ledger : Ledger
    shelves : mapping of str to Shelf
    """

    def __init__(self, plan: Plan, ledger: Ledger, shelves: Mapping[str, Shelf]) -> None:
        self._plan, self._ledger, self._shelves = plan, ledger, shelves

    def known(self, row: Any) -> Headers:
        """Return the conditions under which a page that was had before is asked for again."""
        last = self._ledger.one(
            "SELECT etag, modified FROM capture WHERE key = ? AND through = ? AND digest != '' "
            "ORDER BY rowid DESC LIMIT 1",
            row["key"], row["through"],
        )  # fmt: skip
        return conditions(last) if last is not None and row["digest"] else ()

    def keep(self, row: Any, fetched: Fetched, now: datetime) -> None:
        """Keep what was had, on the shelf where it belongs."""
        page, own = self._page(row, fetched)
        known: dict[str, Any] = {
            "of": "page", "key": row["key"], "url": fetched.final, "through": row["through"],
            "at": now.isoformat(timespec="seconds"), "status": fetched.status,
            "etag": fetched.header("etag"), "modified": fetched.header("last-modified"),
            "day": row["day"], "digest": "", "bytes": len(page.content) if page else 0,
        }  # fmt: skip
        state, fault = (
            ("kept", "") if fetched.status == 304 else self._standing(row, fetched, page, known)
        )
        known |= {"state": state, "fault": fault, "shelf": ""}
        if (
            page is not None
            and fetched.status != 304
            and state in ("kept", "aside")
            and fault != _SAME
        ):
            known["shelf"] = "pages" if state == "kept" and not fault else "other"
            group = group_of(fetched.exchanges, known, own)
            place = self._shelves[known["shelf"]].add(group)
            with self._ledger.step():
                self.note(known, *place)
            return
        with self._ledger.step():
            self.note(known)
            if state == "failed":
                self._elsewhere(row)

    def note(
        self, known: Mapping[str, Any], file: str = "", start: int = 0, length: int = 0
    ) -> None:
        """Take down what became of a page: now, or in the next run where this one is killed."""
        capture = {name: known[name] for name in _CAPTURE}
        self._ledger.add("capture", {**capture, "file": file, "start": start, "length": length})
        self._ledger.do(
            "UPDATE address SET state = ?, fault = ?, at = ?, day = ?, "
            "digest = CASE WHEN ? = 'kept' AND ? != '' THEN ? ELSE digest END WHERE key = ?",
            known["state"], known["fault"], known["at"], known["day"], known["state"], known["digest"],
            known["digest"], known["key"],
        )  # fmt: skip
        if file:
            self.note_end(known["shelf"], file, start + length)

    def note_end(self, shelf: str, file: str, end: int) -> None:
        """Take down up to where an archive is whole."""
        self._ledger.do("INSERT OR REPLACE INTO shelf VALUES (?, ?, ?)", shelf, file, end)

    def note_failure(self, row: Any, fetched: Fetched, at: str, state: str) -> None:
        """Take down why there is no page; an archive may have it."""
        self._ledger.add("capture", {
            "key": row["key"], "url": fetched.final, "through": row["through"], "at": at,
            "status": fetched.status, "fault": fetched.fault,
        })  # fmt: skip
        self._ledger.do(
            "UPDATE address SET state = ?, fault = ?, at = ?, tries = tries + 1 WHERE key = ?",
            "kept" if row["digest"] and state == "failed" else state, fetched.fault, at, row["key"],
        )  # fmt: skip
        if state == "failed" and not row["digest"]:
            self._elsewhere(row)

    # ---- what a page is ------------------------------------------------------------------

    def _page(self, row: Any, fetched: Fetched) -> tuple[Page | None, bytes | None]:
        """Return the page in an answer, and the record of a foreign archive that holds it."""
        at = fetched.exchanges[-1].at.date()
        if not row["through"].startswith(commoncrawl.NAME):
            return Page(
                archived(fetched.final), fetched.content, fetched.header("content-type"), at
            ), None
        most = self._plan.limits.page_bytes
        try:
            record = next(iter(records_in(fetched.content)))
            content = record.content_stream().read(most + 1)
            headers, said = record.http_headers, record.rec_headers
            url = said.get_header("WARC-Target-URI") or ""
            day = date.fromisoformat((said.get_header("WARC-Date") or "")[:10])
        except Exception:  # whatever a damaged archive raises
            return None, None
        if (
            record.rec_type != "response"
            or headers is None
            or len(content) > most
            or key_of(url) != row["key"]
        ):
            return None, None
        return Page(url, content, headers.get_header("Content-Type") or "", day), fetched.content

    def _standing(
        self, row: Any, fetched: Fetched, page: Page | None, known: dict[str, Any]
    ) -> tuple[str, str]:
        """Say whether a page is kept, set aside or none, and why; note its digest and its day."""
        if page is None:
            return "failed", "the archive holds no such page"
        if not is_page(page):
            return "failed", f"no page but {page.kind.partition(';')[0]!r:.60}"
        if not self._plan.site(row["outlet"]).owns(page.url):
            return "failed", "leads to another host"
        if key_of(page.url) != row["key"] and is_no_page(page.url):
            return "failed", "leads to the home page"
        known["digest"] = digest_of(page.content)
        if row["digest"]:
            return "kept", _SAME if row["digest"] == known["digest"] else "another version"
        if other := self._other(row["key"], page, known["digest"]):
            return "aside", f"the same page as {other}"
        day = date.fromisoformat(row["day"]) if row["day"] else None
        why, day = why_aside(page, self._plan, day)
        known["day"] = day.isoformat() if day else None
        return ("aside", why) if why else ("kept", "")

    def _other(self, key: str, page: Page, digest: str) -> str:
        """Return the key under which a page is kept, or will be, if it is not this one."""
        for url, states in (
            (page.url, ("kept", "waiting")),
            (canonical_of(page), ("kept", "waiting")),
        ):
            other = key_of(url) if url and not fault_of(url) else key
            row = self._ledger.one("SELECT state FROM address WHERE key = ?", other)
            if other != key and row is not None and row["state"] in states:
                return other
        row = self._ledger.one("SELECT key FROM address WHERE digest = ? AND key != ?", digest, key)
        return str(row["key"]) if row is not None else ""

    def _elsewhere(self, row: Any) -> None:
        """Ask an archive for what its host does not give."""
        way = self._ledger.one(
            "SELECT through FROM named WHERE key = ?1 AND through != '' AND through NOT IN "
            "(SELECT through FROM capture WHERE key = ?1) ORDER BY through DESC LIMIT 1",
            row["key"],
        )
        if way is not None:
            self._ledger.do(
                "UPDATE address SET state = 'waiting', tries = 0, through = ?, host = ? WHERE key = ?",
                way["through"], host_of(way_to(way["through"], row["url"])[0]), row["key"],
            )  # fmt: skip


_SAME = "the same as before"


def conditions(row: Any) -> Headers:
    """Return the headers by which an answer is asked for only if it has changed."""
    pairs = (("If-None-Match", row["etag"]), ("If-Modified-Since", row["modified"]))
    return tuple((name, value) for name, value in pairs if value)
