"""What sources name, taken down: once for each page, with everybody who named it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from syriatopics.collecting.addresses import day_in, fault_of, host_of, key_of, tidy
from syriatopics.collecting.ledger import Ledger
from syriatopics.collecting.plan import Plan, Site
from syriatopics.collecting.sources import commoncrawl, wayback
from syriatopics.collecting.sources.contract import Ask, Named, day_of
from syriatopics.collecting.sources.sections import is_no_page
from syriatopics.collecting.world import World
from syriatopics.errors import NotInstalledError

__all__ = ["Naming", "way_to"]

_LONGEST_TITLE = 500
_SAID = 200


def way_to(through: str, url: str) -> tuple[str, tuple[int, int] | None]:
    """Return where a page is had, of its own host or of an archive, and the range of bytes."""
    if through.startswith(wayback.NAME):
        return wayback.place(through, url), None
    return commoncrawl.span_of(through) if through else (url, None)


class Naming:
    """Takes down lists and addresses.

    Parameters
    ----------
    plan : Plan
    ledger : Ledger
    world : World
    """

    def __init__(self, plan: Plan, ledger: Ledger, world: World) -> None:
        self._plan, self._ledger, self._world = plan, ledger, world
        self.round = 1

    def begin(self, found: Iterable[Ask | Named], source: str, site: Site) -> None:
        """Take down where a source begins."""
        start = Ask("", source)
        for item in found:
            if isinstance(item, Ask):
                self._ask(item, item.url, site, new=True)
            else:
                self._named(item, start, "", site)

    def read(
        self, found: Iterable[Ask | Named], ask: Ask, chain: str, site: Site
    ) -> tuple[str, int]:
        """Take down what stands in a list; return what is wrong with it, and how many it names."""
        fault, n, new, outside = "", 0, 0, 0
        onward: list[Ask] = []
        try:
            for item in found:
                if isinstance(item, Ask):
                    onward.append(item)
                    continue
                n += 1
                new += self._named(item, ask, chain, site)
                outside += self._is_before(item)
        except NotInstalledError:
            raise
        except Exception as error:  # what somebody serves as a list can be anything
            fault = f"cannot be read: {error!s:.{_SAID}}" if str(error) else type(error).__name__
        if not (fault or n or onward or ask.onward):
            fault = "names nothing"
        for item in onward:
            # Lists of articles begin with the newest: behind what is known, or too old, is no more.
            if not item.onward or (new and outside < n):
                fault = self._ask(item, chain if item.onward else item.url, site, new > 0) or fault
        return " ".join(fault.split()), n

    # ---- one item ------------------------------------------------------------------------

    def _ask(self, ask: Ask, chain: str, site: Site, new: bool) -> str:
        """Take down a list that is to be asked for; return why not, if it is one too many."""
        if fault := fault_of(ask.url):
            return f"names a list that is none: {fault}"
        limits = self._plan.limits
        count = self._ledger.one(
            "SELECT COUNT(*) FROM list WHERE source = ? AND outlet = ? AND round = ?",
            ask.source, site.id, self.round,
        )  # fmt: skip
        if ask.step > limits.lists or (count is not None and count[0] >= limits.lists):
            return f"names more than {limits.lists:,} lists: the rest is left"
        row = {
            "url": ask.url, "source": ask.source, "outlet": site.id, "host": host_of(ask.url),
            "note": ask.note, "step": ask.step, "onward": int(ask.onward), "chain": chain,
            "round": self.round,
        }  # fmt: skip
        if not self._ledger.add("list", row) and (new or ask.source != "sections"):
            # Known from a run before: an update asks for it again.
            self._ledger.do(
                "UPDATE list SET state = 'waiting', tries = 0, round = ? "
                "WHERE url = ? AND source = ? AND outlet = ? AND round < ?",
                self.round, ask.url, ask.source, site.id, self.round,
            )  # fmt: skip
        return ""

    def _named(self, item: Named, ask: Ask, chain: str, site: Site) -> bool:
        """Take down an address; say whether this list names it for the first time."""
        fault = fault_of(item.url)
        url = item.url if fault else tidy(item.url)
        key = url[:2000] if fault else key_of(url)
        day = item.day or (None if fault else day_in(url))
        row = {
            "key": key, "source": ask.source, "chain": chain, "through": item.through,
            "day": item.day.isoformat() if item.day else None, "changed": item.changed[:40],
            "at": self._now(),
        }  # fmt: skip
        known = self._ledger.one(
            "SELECT changed FROM named WHERE key = ? AND source = ? AND chain = ?",
            key,
            ask.source,
            chain,
        )
        new = self._ledger.add("named", row)
        why = fault or self._why_left(url, day, item, site)
        added = self._ledger.add("address", {
            "key": key, "url": url, "outlet": site.id,
            "host": "" if fault else host_of(way_to(item.through, url)[0]),
            "through": item.through, "state": "left" if why else "waiting", "fault": why,
            "day": day.isoformat() if day else None, "title": item.title[:_LONGEST_TITLE],
        })  # fmt: skip
        if not added and not why:
            self._again(key, url, item, known["changed"] if known is not None else None)
        if known is not None and item.changed:
            self._ledger.do(
                "UPDATE named SET changed = ? WHERE key = ? AND source = ? AND chain = ?",
                item.changed[:40], key, ask.source, chain,
            )  # fmt: skip
        return new

    def _again(self, key: str, url: str, item: Named, changed: str | None) -> None:
        """Ask again for a page that was changed since, or that another way leads to."""
        if changed is not None and item.changed and changed != item.changed[:40]:
            self._ledger.do(
                "UPDATE address SET state = 'waiting', tries = 0 WHERE key = ? AND state = 'kept'",
                key,
            )
        ways = ("failed",) if item.through else ("waiting",)
        tried = self._ledger.one(
            "SELECT 1 FROM capture WHERE key = ? AND through = ?", key, item.through
        )
        row = self._ledger.one("SELECT state, through FROM address WHERE key = ?", key)
        # The outlet itself goes before an archive, and an archive has what the outlet has no more.
        if (
            row is not None
            and tried is None
            and row["state"] in ways
            and row["through"] != item.through
        ):
            self._ledger.do(
                "UPDATE address SET state = 'waiting', tries = 0, through = ?, host = ? WHERE key = ?",
                item.through, host_of(way_to(item.through, url)[0]), key,
            )  # fmt: skip

    def _why_left(self, url: str, day: date | None, item: Named, site: Site) -> str:
        """Say why an address is not asked for."""
        if not site.owns(url):
            return "a page of another host"
        if is_no_page(url):
            return "no page of an article"
        if why := self._plan.refusal(url):
            return why
        return (
            "published outside the period"
            if self._plan.is_outside(day) or self._is_before(item)
            else ""
        )

    def _is_before(self, item: Named) -> bool:
        """Say whether something was published, or changed for the last time, before the period."""
        last = item.day or day_of(item.changed)
        return last is not None and self._plan.since is not None and last < self._plan.since

    def _now(self) -> str:
        return self._world.now().isoformat(timespec="seconds")
