"""Each source reads what it is for, as others have met it; archives have what an outlet has no more."""

import csv
import gzip
import io
import json
from datetime import date
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
from web import MISSING, Sections, WordPress, World, article, day_of, page

from syriatopics import read_corpus
from syriatopics.collecting import Limits, collect
from syriatopics.collecting.addresses import tidy
from syriatopics.collecting.plan import read_plan
from syriatopics.collecting.sources import SOURCES
from syriatopics.collecting.sources.contract import Answer, Ask, Named

pytestmark = pytest.mark.needs("collect")
CONTACT = "me@example.org"
PLAN = read_plan("https://a.example/", contact=CONTACT)


def read(source, content, url="https://a.example/list", note="", headers=(), plan=PLAN):
    content = content.encode() if isinstance(content, str) else content
    answer = Answer(url, content, headers)
    return list(SOURCES[source].read(Ask(url, source, note), answer, plan.outlets[0], plan))


def urls(found, kind=Named):
    return [item.url for item in found if isinstance(item, kind)]


# ---- feeds -------------------------------------------------------------------------------


def test_feeds_of_both_kinds_with_relative_and_counted_links():
    rss = """<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel>
    <link>https://a.example/</link>
    <item><link>http://feeds.example/~r/1</link><feedburner:origLink>https://a.example/1</feedburner:origLink></item>
    <item><guid isPermaLink="true">https://a.example/2</guid><pubDate>Sun, 18 Feb 2018 23:30:00 +0300</pubDate></item>
    <item><link>/3</link></item><item><title>بلا رابط</title></item></channel></rss>"""
    found = read("feeds", rss)
    assert urls(found) == ["https://a.example/1", "https://a.example/2", "https://a.example/3"]
    assert found[1].day == date(2018, 2, 18)
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/feed?page=2"/>
    <entry><link rel="enclosure" href="/x.mp3"/><link href="/4"/><published>2018-02-18T09:30:00Z</published></entry>
    </feed>"""
    found = read("feeds", atom)
    assert urls(found) == ["https://a.example/4"] and urls(found, Ask) == [
        "https://a.example/feed?page=2"
    ]


def test_a_feed_that_ends_early_gives_what_is_whole():
    rss = "<rss><channel><item><link>https://a.example/1</link></item><item><link>https://a.exam"
    assert "https://a.example/1" in urls(read("feeds", rss))


# ---- sitemaps ----------------------------------------------------------------------------


def test_sitemaps_of_every_form():
    news = """<urlset xmlns:news="n" xmlns:image="i"><url><loc> https://a.example/1
    </loc><image:image><image:title>صورة</image:title></image:image><news:news><news:publication_date>2018-02-18
    </news:publication_date><news:title>عنوان</news:title></news:news><lastmod>2020-01-01</lastmod></url></urlset>"""
    (found,) = read("sitemaps", news)
    assert (found.url, found.day, found.title) == (
        "https://a.example/1",
        date(2018, 2, 18),
        "عنوان",
    )
    assert found.changed == "2020-01-01"
    assert urls(read("sitemaps", "\ufeffhttps://a.example/1\r\nhttps://a.example/2\r\n# x")) == [
        "https://a.example/1", "https://a.example/2",
    ]  # fmt: skip
    assert urls(read("sitemaps", gzip.compress(news.encode()))) == ["https://a.example/1"]


def test_a_last_change_is_no_day_of_publication():
    (found,) = read(
        "sitemaps", "<urlset><url><loc>/1</loc><lastmod>2018-02-18</lastmod></url></urlset>"
    )
    assert found.day is None and found.url == "https://a.example/1"


@pytest.mark.parametrize("bad", ['<!DOCTYPE x [<!ENTITY a "b">]><urlset/>', "\x1f\x8bnonsense"])
def test_a_sitemap_that_bursts_readers_is_refused(bad):
    with pytest.raises(Exception):  # noqa: B017 - what it raises is named in the ledger
        read("sitemaps", bad.encode("latin-1"))


# ---- WordPress ---------------------------------------------------------------------------


def test_posts_that_are_taken_away_meanwhile_lose_no_other(tmp_path):
    outlet = WordPress(230)
    asked = []

    def app(url, headers):
        if "wp-json" in url:
            asked.append(url)
            if len(asked) == 2:
                outlet.gone |= {228, 229, 230}  # the others move up
        return outlet(url, headers)

    found = collect("https://wp.example/", tmp_path / "out", contact=CONTACT, world=World({outlet.host: app}),
                    sources=("wordpress",))  # fmt: skip
    table = found.table
    assert set(table.loc[table["state"] == "kept", "url"]) == {
        tidy(outlet.url(k)) for k in outlet.numbers()
    }


def test_a_host_that_gives_fewer_posts_than_asked_for(tmp_path):
    outlet = WordPress(95, most=40)
    found = collect("https://wp.example/", tmp_path / "out", contact=CONTACT, world=World({outlet.host: outlet}),
                    sources=("wordpress",))  # fmt: skip
    assert (found.table["state"] == "kept").sum() == len(outlet.numbers())


@pytest.mark.parametrize("answer", ['{"code": "rest_no_route"}', "<html>", "", "[1, null, {}]"])
def test_an_interface_that_is_none(answer):
    try:
        assert urls(read("wordpress", answer)) == []
    except Exception as error:
        assert str(error)


# ---- sections ----------------------------------------------------------------------------


def test_a_calendar_without_end_is_left(tmp_path):
    outlet = Sections(30)
    path = tmp_path / "plan.toml"
    path.write_text(
        f'contact = "{CONTACT}"\n[[outlet]]\nid = "s"\nsections = ["http://sections.example/calendar.php?month=1"]'
    )
    world = World({outlet.host: outlet})
    collect(path, tmp_path / "out", world=world)
    assert len(world.asked) < 5  # nothing new stands there


def test_an_archive_that_always_has_something_new_is_bounded_and_named(tmp_path):
    def app(url, headers):
        if url.endswith("robots.txt"):
            return MISSING
        n = int(parse_qs(urlsplit(url).query).get("page", ["0"])[0])
        if "/list" in url:
            return page(f"<a href='/news/{n}77'>x</a>")
        return page(article(n, day_of(n)))

    path = tmp_path / "plan.toml"
    path.write_text(
        f'contact = "{CONTACT}"\n[[outlet]]\nid = "s"\nsections = ["http://a.example/list?page={{page}}"]'
    )
    found = collect(
        path, tmp_path / "out", world=World({"a.example": app}), limits=Limits(lists=20)
    )
    lists = found.ledger("list")
    assert len(lists) == 20 and "names more than 20 lists" in lists["fault"].iloc[-1]


def test_pages_by_day_go_back_to_the_first_day_of_the_period(tmp_path):
    def app(url, headers):
        path = urlsplit(url).path
        if path.startswith("/archive/"):
            day = path.removeprefix("/archive/")
            return page("" if day.endswith("3") else f"<a href='/{day}/خبر-من-سوريا'>x</a>")
        return (
            MISSING if "robots" in path else page(article(1, date(2018, 1, 1), f"<!-- {path} -->"))
        )

    path = tmp_path / "plan.toml"
    path.write_text(
        f'contact = "{CONTACT}"\nsince = 2018-01-01\nuntil = 2018-01-05\n[[outlet]]\nid = "s"\n'
        'sections = ["http://a.example/archive/{date:%Y/%m/%d}"]'
    )
    world = World({"a.example": app})
    found = collect(path, tmp_path / "out", world=world)
    assert sorted(found.table["day"]) == ["2018-01-01", "2018-01-02", "2018-01-04", "2018-01-05"]
    assert sum("/archive/" in url for url in world.urls()) == 5


# ---- a list of one's own -----------------------------------------------------------------


def test_an_export_of_addresses_is_collected_whoever_they_are_of(tmp_path):
    with (tmp_path / "stories.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [("id", "title", "publish_date", "url"), (1, "أ", "2018-02-18", "https://a.example/1?fbclid=x"),
                (2, "ب", "2018-02-19", "https://b.example/2"), (3, "ب", "2018-02-19", "https://b.example/2#top")]  # fmt: skip
        csv.writer(file).writerows(rows)
    path = tmp_path / "plan.toml"
    path.write_text(
        f'contact = "{CONTACT}"\n[[outlet]]\nid = "s"\naddresses = "{tmp_path / "stories.csv"}"'
    )

    def app(url, headers):
        return MISSING if "robots" in url else page(article(int(url[-1]), date(2018, 2, 18)))

    world = World({"a.example": app, "b.example": app})
    found = collect(path, tmp_path / "out", world=world)
    assert sorted(found.table["url"]) == ["https://a.example/1", "https://b.example/2"]
    assert sorted(found.table["day"]) == ["2018-02-18", "2018-02-19"]
    assert (found.table["state"] == "kept").all()


# ---- archives ----------------------------------------------------------------------------


def wayback(kept, each=3):
    """Return the Wayback Machine: an index with keys to go on, and the pages as they were got."""

    def app(url, headers):
        parts = urlsplit(url)
        asked = {k: v[0] for k, v in parse_qs(parts.query).items()}
        if parts.path == "/robots.txt":
            return 200, {}, b"User-agent: *\nDisallow: /nothing"
        if parts.path == "/cdx/search/cdx":
            assert asked["fl"].startswith("urlkey") and asked["showResumeKey"] == "true"
            start = int(asked.get("resumeKey", "0"))
            rows = [["urlkey", "timestamp", "original"]]
            rows += [["k", "20190107064625", url] for url in list(kept)[start : start + each]]
            if start + each < len(kept):
                rows += [[], [str(start + each)]]
            return 200, {"Content-Type": "application/json"}, json.dumps(rows).encode()
        stamp, _, url = parts.path.removeprefix("/web/").partition("id_/")
        assert stamp == "20190107064625"
        return page(
            kept[url + (f"?{parts.query}" if parts.query else "")],
            **{"X-Archive-Orig-Server": "nginx"},
        )

    return app


def test_the_wayback_machine_has_what_the_outlet_has_no_more(tmp_path):
    kept = {f"http://a.example:80/news/{k}": article(k, day_of(k)) for k in range(100, 110)}
    kept["http://a.example/tag/x"] = kept["http://a.example/style.css"] = ""
    stored = {tidy(url): text for url, text in kept.items()}
    archive = wayback(kept)

    def asked(url, headers):
        if "/web/" in url:
            _, _, page_ = url.partition("id_/")
            assert page_ in stored
            return page(stored[page_])
        return archive(url, headers)

    home = "<html><body>-</body></html>"
    there = {f"/news/{k}" for k in range(100, 104)}
    sitemap = "".join(f"<url><loc>http://a.example/news/{k}</loc></url>" for k in range(100, 107))

    def outlet(url, headers):
        path = urlsplit(url).path
        if path == "/sitemap.xml":
            return 200, {}, f"<urlset>{sitemap}</urlset>".encode()
        if path in there:
            return page(article(int(path[-3:]), day_of(int(path[-3:]))))
        return page(home) if path == "/" else MISSING

    world = World({"a.example": outlet, "web.archive.org": asked})
    found = collect("http://a.example/", tmp_path / "out", contact=CONTACT, world=world,
                    sources=("sitemaps", "wayback"))  # fmt: skip
    table = found.table.set_index("key")
    assert (table["state"] == "kept").sum() == 10
    # What the outlet has was had of it; what it lost, and what only the archive knows, of the archive.
    live = table["through"] == ""
    assert set(table.index[live & (table["state"] == "kept")]) == {
        f"a.example{path}" for path in there
    }
    times = [time for time, host, *_ in world.asked if host == "web.archive.org"]
    assert min(b - a for a, b in pairwise(times)) >= 4
    corpus = read_corpus(found.pages)
    assert len(corpus) == 10
    assert set(corpus.table["url"].str.extract(r"(news/\d+)")[0]) == {
        f"news/{k}" for k in range(100, 110)
    }


def crawl(pages):
    """Return an archive of a crawl, and where in it each page stands."""
    held, places = io.BytesIO(), {}
    writer = WARCWriter(held, gzip=True)
    for url, text in pages.items():
        start = held.tell()
        body = text.encode()
        headers = StatusAndHeaders(
            "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
        )
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), length=len(body), http_headers=headers,
                warc_headers_dict={"WARC-Date": "2019-01-07T06:46:25Z"},
            )
        )  # fmt: skip
        places[url] = (start, held.tell() - start)
    return held.getvalue(), places


def test_common_crawl_by_ranges(tmp_path):
    pages = {f"https://a.example/news/{k}": article(k, day_of(k)) for k in range(100, 106)}
    archive, places = crawl(pages)
    places["https://a.example/news/900"] = (10**6, 50)  # the index lies

    def index(url, headers):
        parts = urlsplit(url)
        asked = {k: v[0] for k, v in parse_qs(parts.query).items()}
        if parts.path == "/robots.txt":
            return MISSING
        if parts.path == "/collinfo.json":
            crawls = [
                ("2019-04", "2019-01-24"),
                ("2016-01", "2016-02-01"),
                ("2020-01", "2020-01-30"),
            ]
            return 200, {}, json.dumps([
                {"id": name, "cdx-api": f"https://index.commoncrawl.org/CC-MAIN-{name}-index", "to": to}
                for name, to in crawls
            ]).encode()  # fmt: skip
        assert "2016" not in parts.path, "that crawl ended before the period"
        if "2020" in parts.path:
            return MISSING  # nothing of this host
        if asked.get("showNumPages"):
            return 200, {}, b'{"pages": 2, "pageSize": 5, "blocks": 6}'
        rows = [
            json.dumps(
                {
                    "url": url,
                    "mime": "text/html",
                    "filename": "crawl/a.warc.gz",
                    "offset": str(at),
                    "length": str(n),
                }
            )
            for url, (at, n) in places.items()
        ]
        return 200, {}, "\n".join([*rows[int(asked["page"]) :: 2], '{"url": "cut', "[]"]).encode()

    def data(url, headers):
        if "robots" in url:
            return MISSING
        start, end = map(int, headers["Range"].removeprefix("bytes=").split("-"))
        return (206, {}, archive[start : end + 1]) if start < len(archive) else (416, {}, b"")

    world = World(
        {
            "index.commoncrawl.org": index,
            "data.commoncrawl.org": data,
            "a.example": lambda *_: MISSING,
        }
    )
    found = collect("https://a.example/", tmp_path / "out", contact=CONTACT, world=world,
                    since="2017-01-01", sources=("commoncrawl",))  # fmt: skip
    table = found.table.set_index("url")
    assert set(table.index[table["state"] == "kept"]) == set(pages)
    assert table.loc["https://a.example/news/900", "fault"] == "status 416"
    assert set(read_corpus(found.pages).table["url"]) == set(pages)


# ---- the home page -----------------------------------------------------------------------


def test_what_a_home_page_names():
    html = """<html><head><link rel="alternate" type="application/rss+xml" href="/feed">
    <link rel="alternate" hreflang="en" href="/en"><link href='https://a.example/wp-json/' rel='https://api.w.org/'>"""
    found = read("home", html, "https://a.example/")
    assert [(ask.source, ask.url.partition("?")[0]) for ask in found] == [
        ("sitemaps", "https://a.example/sitemap.xml"), ("feeds", "https://a.example/feed"),
        ("wordpress", "https://a.example/wp-json/wp/v2/posts"),
    ]  # fmt: skip


def test_every_source_says_its_terms():
    assert all(source.TERMS and name == source.NAME for name, source in SOURCES.items())
