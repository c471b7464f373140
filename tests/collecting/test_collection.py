"""Three outlets are collected whole: what they name, what is asked of them, and how."""

import random
import subprocess
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from web import Killed, Maps, Sections, WordPress, World, page

from syriatopics import read_corpus
from syriatopics.collecting import Limits, collect, open_collection
from syriatopics.collecting.addresses import key_of, tidy
from syriatopics.errors import InputError

pytestmark = pytest.mark.needs("collect")
ROOT = Path(__file__).resolve().parents[2]
CONTACT = "me@example.org"


def three(n=1):
    apps = [WordPress(60 * n), Maps(50 * n, 20 * n), Sections(30 * n)]
    return apps, World({app.host: app for app in apps})


def stated(folder, **more):
    lines = [f'contact = "{CONTACT}"', *(f"{name} = {value}" for name, value in more.items())]
    lines += [
        '[[outlet]]\nid = "wp"\nhome = "https://wp.example/"',
        '[[outlet]]\nid = "maps"\nhome = "https://maps.example/"',
        '[[outlet]]\nid = "sections"\nsections = ["http://sections.example/list.php?page={page}"]',
    ]
    folder.mkdir(exist_ok=True)
    path = folder / "collect.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def named_by(apps):
    wp, maps, sections = apps
    return (
        {tidy(wp.url(k)) for k in wp.numbers()}
        | {maps.url(k) for k in range(1, maps.n + 1)}
        | {sections.url(k) for k in range(1, sections.n + 1)}
    )


def kept(found):
    table = found.table
    return set(table.loc[table["state"] == "kept", "url"])


def digests(found):
    table = found.table
    return set(zip(table["key"], table["state"], table["digest"], strict=True))


def test_three_outlets_are_collected_whole(tmp_path):
    apps, world = three()
    found = collect(stated(tmp_path), tmp_path / "out", world=world)
    assert found.ended == "everything was asked for"
    assert kept(found) == named_by(apps)
    corpus = read_corpus(found.pages)
    assert set(map(key_of, corpus.table["url"])) == set(map(key_of, named_by(apps)))
    assert not len(corpus.skipped)
    why = found.table.set_index("key")["fault"]
    assert why["wp.example/private/9999"] == "robots.txt forbids it"
    assert why["wp.example/2018/01/خبر-7"] == "status 404"
    assert "http://other.example" not in " ".join(world.urls())


def test_manners_are_read_from_the_log_of_the_servers(tmp_path):
    _, world = three()
    collect(stated(tmp_path), tmp_path / "out", world=world, limits=Limits(delay=2))
    at = defaultdict(list)
    for time, host, url, headers in world.asked:
        at[host].append(time)
        assert headers["User-Agent"].startswith("syriatopics/") and CONTACT in headers["User-Agent"]
        assert not {"Cookie", "Authorization"} & set(headers)
        assert "/private/" not in url and "PHPSESSID" not in url and "utm_" not in url
    for host, times in at.items():
        waits = [b - a for a, b in pairwise(times)]
        least = 3 if host == "wp.example" else 2  # what its robots.txt asks for
        assert min(waits) >= least, host
    for host in at:
        assert world.urls(host)[0].endswith("/robots.txt")
        assert sum(url.endswith("/robots.txt") for url in world.urls(host)) == 1


def test_a_busy_server_is_left_in_peace_for_as_long_as_it_says(tmp_path):
    maps = Maps(120, 120)
    world = World({maps.host: maps})
    found = collect("https://maps.example/", tmp_path / "out", contact=CONTACT, world=world)
    assert len(kept(found)) == 120
    busy = [i for i, (_, _, url, _) in enumerate(world.asked) if world.urls()[i] == url][96]
    assert world.asked[busy + 1][0] - world.asked[busy][0] >= 120


def test_nothing_is_asked_twice_when_all_is_there(tmp_path):
    _, world = three()
    first = collect(stated(tmp_path), tmp_path / "out", world=world)
    before, n = digests(first), len(world.asked)
    again = collect(stated(tmp_path), tmp_path / "out", world=world)
    assert len(world.asked) == n and digests(again) == before


def killed_again_and_again(folder, seed, kills):
    """Kill a collection at random moments until it ends; return it, the log of the servers, the kills."""
    random_ = random.Random(seed)
    _, world = three()
    plan = stated(folder)
    for done in range(kills):  # noqa: B007
        world.operations, world.kill_at = 0, random_.randint(1, 120)
        try:
            found = collect(plan, folder / "out", world=world)
            break
        except Killed:
            world.busy.clear()
    else:
        done = kills
        world.kill_at = None
        found = collect(plan, folder / "out", world=world)
    return found, world, done


def test_a_run_that_is_killed_goes_on(tmp_path):
    _, quiet = three()
    whole = collect(stated(tmp_path / "whole"), tmp_path / "whole" / "out", world=quiet)
    found, world, _ = killed_again_and_again(tmp_path / "killed", seed=3, kills=10)
    assert digests(found) == digests(whole)
    # What was under way when it was killed is asked again, and nothing else.
    twice = len(world.asked) - len(quiet.asked)
    robots = sum(url.endswith("/robots.txt") for url in world.urls())
    assert twice <= 10 + robots
    corpus = read_corpus(found.pages)
    assert sorted(map(key_of, corpus.table["url"])) == sorted(map(key_of, kept(whole)))
    assert not len(corpus.skipped)


@pytest.mark.slow
def test_a_hundred_kills_change_nothing(tmp_path):
    _, quiet = three()
    whole = collect(stated(tmp_path / "whole"), tmp_path / "whole" / "out", world=quiet)
    kills = seed = 0
    while kills < 100:  # each again from the beginning, until it ends
        found, _, done = killed_again_and_again(tmp_path / str(seed), seed, kills=40)
        kills, seed = kills + done, seed + 1
        assert digests(found) == digests(whole)
        assert sorted(read_corpus(found.pages).table["url"]) == sorted(
            read_corpus(whole.pages).table["url"]
        )


def test_a_process_that_is_killed_goes_on(tmp_path):
    _, quiet = three()
    whole = collect(stated(tmp_path / "whole"), tmp_path / "whole" / "out", world=quiet)
    stated(tmp_path / "killed")
    command = [sys.executable, ROOT / "tests" / "drivers" / "collecting.py", tmp_path / "killed"]
    asked = []
    for after in (25, 60, None):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            for n, line in enumerate(process.stdout):
                asked.append(line.strip())
                if n == after:
                    process.kill()
                    break
        assert process.returncode == (0 if after is None else -9)
    assert digests(open_collection(tmp_path / "killed" / "out")) == digests(whole)
    pages = [url for url in asked if "/news/" in url or "show.php" in url]
    assert len(pages) - len(set(pages)) <= 2 + 2  # of each kill what was under way; what was busy


def test_records_that_were_whole_stay_whole_and_half_ones_go(tmp_path):
    _, world = three()
    found = collect(stated(tmp_path), tmp_path / "out", world=world)
    last = sorted(found.pages.glob("*.gz"))[-1]
    whole = last.read_bytes()
    last.write_bytes(whole + whole[:500])
    collect(stated(tmp_path), tmp_path / "out", world=world)
    assert last.read_bytes() == whole


def test_archives_without_their_ledger_are_not_touched(tmp_path):
    _, world = three()
    found = collect(stated(tmp_path), tmp_path / "out", world=world)
    (found.pages / "mine.warc.gz").write_bytes(b"of somebody else")
    held = {path: path.read_bytes() for path in found.folder.glob("*/*.gz")}
    for path in found.folder.glob("ledger.sqlite*"):
        path.unlink()
    with pytest.raises(InputError, match="the ledger knows nothing"):
        collect(stated(tmp_path), tmp_path / "out", world=world)
    assert {path: path.read_bytes() for path in held} == held


def test_a_long_run_says_how_far_it_is(tmp_path):
    _, world = three()
    said = []
    collect(stated(tmp_path), tmp_path / "out", world=world, tell=said.append)
    assert said and said[0].startswith("100 requests, ")


def test_an_update_asks_for_what_is_new_and_keeps_every_version(tmp_path):
    apps, world = three()
    wp, maps, sections = apps
    plan = stated(tmp_path)
    collect(plan, tmp_path / "out", world=world)
    n = len(world.asked)
    wp.n, maps.n, sections.n = wp.n + 3, maps.n + 3, sections.n + 3
    wp.edited[wp.n - 5] = "<!-- edited -->"
    found = collect(plan, tmp_path / "out", world=world, update=True)
    assert kept(found) == named_by(apps)
    assert len(world.asked) - n < 40
    captures = found.ledger("capture")
    versions = captures[captures["key"] == f"wp.example/2018/01/خبر-{wp.n - 5}"]
    assert versions["digest"].nunique() == 2 and list(versions["shelf"]) == ["pages", "other"]
    asked = [headers for _, _, url, headers in world.asked[n:] if url.endswith("/map.xml")]
    assert asked and all("If-None-Match" in headers for headers in asked)
    assert len(read_corpus(found.pages)) == len(named_by(apps))


def test_filters_before_and_after_asking(tmp_path):
    apps, world = three()
    plan = stated(
        tmp_path, since="2018-01-03", until="2018-01-09", query='["حلب*", "الامم المتحده"]'
    )
    found = collect(plan, tmp_path / "out", world=world)
    corpus = read_corpus(found.pages)
    days = corpus.table["date_printed"].dt.date.astype(str)
    assert len(corpus) and days.min() >= "2018-01-03" and days.max() <= "2018-01-09"
    assert all("حلب" in article.title for article in corpus.articles)
    table = found.table
    assert {"published outside the period", "not what is asked for"} <= set(table["fault"])
    # WordPress says the days of its posts: pages outside the period are not even asked for.
    late = tidy(apps[0].url(apps[0].n))
    assert late not in world.urls()
    with pytest.raises(InputError, match="name a new folder"):
        collect(stated(tmp_path, since="2018-01-02"), tmp_path / "out", world=world)


def test_a_bound_ends_a_run_and_the_next_one_goes_on(tmp_path):
    apps, world = three()
    plan = stated(tmp_path)
    found = collect(plan, tmp_path / "out", world=world, limits=Limits(pages=40))
    assert found.ended == "40 pages were asked for" and len(world.asked) == 40
    found = collect(plan, tmp_path / "out", world=world, limits=Limits(hours=0.05))
    assert found.ended.endswith("hours are over")
    found = collect(plan, tmp_path / "out", world=world)
    assert kept(found) == named_by(apps)


def test_nothing_secret_is_kept(tmp_path):
    import gzip

    _, world = three()
    found = collect(stated(tmp_path), tmp_path / "out", world=world)
    for path in found.folder.glob("*/*.warc.gz"):
        held = gzip.decompress(path.read_bytes()).lower()
        assert b"hush" not in held and b"cookie" not in held
        assert b"warc-type: request" in held and b"warc-type: metadata" in held


@pytest.mark.parametrize(
    ("outlet", "options", "says"),
    [
        ("https://maps.example/", {}, "contact"),
        ("https://maps.example/", {"contact": "nobody"}, "how to reach you"),
        ("no_such_outlet", {"contact": CONTACT}, "is not known"),
        ("missing.toml", {"contact": CONTACT}, "No file"),
        ("ftp://a.example/x", {"contact": CONTACT}, "neither http nor https"),
        (
            "https://maps.example/",
            {"contact": CONTACT, "since": "2019-01-01", "until": "2018-01-01"},
            "is before",
        ),
    ],
)
def test_what_cannot_be_is_named(tmp_path, outlet, options, says):
    with pytest.raises(InputError, match=says):
        collect(outlet, tmp_path / "out", world=World({}), **options)


def test_a_ledger_that_is_none_is_named(tmp_path):
    with pytest.raises(InputError, match="nothing was collected"):
        open_collection(tmp_path)
    (tmp_path / "ledger.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(InputError, match="no ledger"):
        open_collection(tmp_path)


def test_an_outlet_of_the_lexicon_is_known_by_its_id(tmp_path):
    world = World(
        {
            "www.enabbaladi.net": lambda *_: page("<p>-</p>"),
            "enabbaladi.net": lambda *_: page("<p>-</p>"),
        }
    )
    collect("enabbaladi", tmp_path / "out", contact=CONTACT, world=world)
    assert world.asked
