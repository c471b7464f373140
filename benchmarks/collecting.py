"""Is an outlet collected whole, politely, and within bounds? ``python -m benchmarks collecting``.

The outlets, their servers' log and the clock are those of the tests (tests/web.py); nothing is asked of the network.
Seeds: the tests draw kills with 3 and 0 to 9 and losses with 5 to 12; this page reports 2041.
20,000 pages are collected and then ingested, each in a process of its own: some ten minutes
(``SYRIATOPICS_COLLECT_PAGES`` names another number).
"""

import os
import sys
import tempfile
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from benchmarks._measure import measured

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "collecting")]
PAGES = int(os.environ.get("SYRIATOPICS_COLLECT_PAGES", "20000"))
SEED, KILLS, DRAWS = 2041, 100, 500
KINDS = {
    "independent": "two sources, each article by chance",
    "one is uneven": "one of them better in some months",
    "a part": "one names a part of the other",
    "months": "both better in the same months",
    "hidden": "both overlook the same articles, a third source does not",
}


def outlets(folder):
    """Collect three outlets; return a row for each: what it names, what was had, how it was asked."""
    from test_collection import kept, named_by, stated, three

    from syriatopics.collecting import collect

    apps, world = three(2)
    found = collect(stated(folder), folder / "out", world=world)
    named, had, at = named_by(apps), kept(found), defaultdict(list)
    for seconds, host, _, _ in world.asked:
        at[host].append(seconds)
    for app in apps:
        mine = {url for url in named if app.host in url}
        yield (
            app.host, len(mine), len(mine & had), sum(app.host in url for url in had - named),
            sum("/private/" in url for url in world.urls(app.host)),
            min(b - a for a, b in pairwise(at[app.host])),
        )  # fmt: skip


def killed(folder):
    """Kill collections at random moments; return how often, in how many runs, and how many came out alike."""
    from test_collection import digests, killed_again_and_again, stated, three

    from syriatopics.collecting import collect

    folder.mkdir()
    whole = collect(stated(folder / "whole"), folder / "whole" / "out", world=three()[1])
    kills = runs = alike = 0
    while kills < KILLS:
        found, _, done = killed_again_and_again(folder / str(runs), SEED + runs, kills=40)
        kills, runs, alike = kills + done, runs + 1, alike + (digests(found) == digests(whole))
    return kills, runs, alike


def many(folder):
    """Collect one outlet with packed sitemaps; return what is kept of it, and how it was asked."""
    from web import Maps, World

    from syriatopics.collecting import Limits, collect

    maps = Maps(PAGES, each=5000)
    world, limits = World({maps.host: maps}), Limits(hours=1000)
    found = collect(
        "https://maps.example/", folder, contact="a@example.org", world=world, limits=limits
    )
    times = [seconds for seconds, *_ in world.asked]
    return {
        "kept": int((found.table["state"] == "kept").sum()), "asked": len(times),
        "least": min(b - a for a, b in pairwise(times)), "hours": world.time / 3600,
    }  # fmt: skip


def ingested(folder):
    """Ingest what was collected; return how many articles that gives."""
    from syriatopics.corpus.ingest import ingest

    return {"articles": ingest(folder / "pages", folder.parent / "corpus.parquet").n_articles}


def fresh(function, folder):
    """Do a work in a process of its own; return what it gives, its seconds and its memory."""
    code = (
        "from pathlib import Path; from benchmarks._measure import step; "
        f"from benchmarks.collecting import {function.__name__} as work\n"
        f"with step('') as more: more.update(work(Path({str(folder)!r})))"
    )
    return measured(code)[0]


def main():
    from test_fetcher import HOSTILE, IPS, fetch, outlet
    from test_recapture import rates

    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        three = list(outlets(folder / "three"))
        kills, runs, alike = killed(folder / "kills")
        got = fresh(many, folder / "many")
        read = fresh(ingested, folder / "many")
        named = sum(
            fetch(outlet({name: answer}, ips=IPS), name).fault.startswith(says)
            for name, (answer, says) in HOSTILE.items()
        )
    lines = ["# Collecting", "", *__doc__.partition("\n")[2].strip().split("\n"), ""]
    lines += [
        "| outlet | articles named | kept | others kept | asked against robots.txt | least wait, s |",
        "|---|---|---|---|---|---|",
        *(f"| {h} | {a} | {b} | {c} | {d} | {w:.2f} |" for h, a, b, c, d, w in three),
        "",
        "No host is asked for two things at once: its server refuses that. wp.example asks for 3 s between two.",
        "",
        f"Killed {kills} times at random moments in {runs} collections: {alike} of {runs} end with the "
        "addresses, states and digests of one that nobody killed.",
        "",
        f"{PAGES:,} pages of one outlet: {got['kept']:,} kept, {got['asked']:,} requests, "
        f"{got['cpu']:.0f} processor seconds, least wait {got['least']:.2f} s (2 asked for; "
        f"{got['hours']:.1f} hours by the clock of the outlet), largest memory {got['largest']:.0f} MB. "
        f"`ingest` of them: {read['articles']:,} articles, {read['cpu']:.0f} processor seconds, largest "
        f"memory {read['largest']:.0f} MB.",
        "",
        f"Hostile answers: {named} of {len(HOSTILE)} bounded and named.",
        "",
        f"What two sources both miss, {DRAWS} draws of each kind:",
        "",
        "| losses | interval holds | doubt said |",
        "|---|---|---|",
    ]
    for kind, meant in KINDS.items():
        holds, doubted = rates(kind, DRAWS, SEED)
        lines.append(f"| {meant} | {holds:.3f} | {doubted:.3f} |")
    return "\n".join([*lines, "", "Made by `python -m benchmarks collecting`.", ""])
