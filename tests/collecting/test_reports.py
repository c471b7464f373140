"""What people met with finders of feeds and sitemaps, as they told it in public; each was tried here."""

import gzip
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from web import MISSING, World, article, day_of, page

from syriatopics.collecting import collect

pytestmark = pytest.mark.needs("collect")
HOME = "https://a.example"


def outlet(lists, robots=None, home=None):
    """Return an outlet of lists by path; its articles are `/news/101` and so on."""

    def app(url, headers):
        path = urlsplit(url).path
        if path in lists:
            return lists[path](url) if callable(lists[path]) else lists[path]
        if path == "/robots.txt" and robots is not None:
            return 200, {}, robots.encode()
        if path == "/":
            return home or page("<p>-</p>")
        return (
            page(article(int(path[6:9]), day_of(int(path[6:9]))))
            if path[:6] == "/news/"
            else MISSING
        )

    return app


def urls(*numbers, host=HOME):
    rows = "".join(f"<url><loc>{host}/news/{k}</loc></url>" for k in numbers)
    return 200, {"Content-Type": "application/xml"}, f"<urlset>{rows}</urlset>".encode()


def index(*places):
    rows = "".join(f"<sitemap><loc>{place}</loc></sitemap>" for place in places)
    return 200, {}, f"<sitemapindex>{rows}</sitemapindex>".encode()


def collected(tmp_path, app, **apps):
    world = World({"a.example": app, **{name.replace("_", "."): a for name, a in apps.items()}})
    found = collect(f"{HOME}/", tmp_path / "out", contact="a@example.org", world=world)
    table = found.table
    faults = found.ledger("list").set_index("url")["fault"]
    kept = table.loc[table["state"] == "kept", "url"]
    return sorted(int(url.rstrip("/")[-3:]) for url in kept), faults, world


def test_robots_that_name_themselves_and_places_without_a_host(tmp_path):
    """ultimate-sitemap-parser, 29."""
    robots = f"Sitemap: {HOME}/robots.txt\nSitemap: /one.xml\nsitemap:{HOME}/two.xml"
    app = outlet({"/one.xml": urls(101, 102), "/two.xml": urls(103)}, robots)
    assert collected(tmp_path, app)[0] == [101, 102, 103]


def test_lists_of_lists_without_end_are_bounded(tmp_path):
    """crawlee-python, 2012: each names another one."""

    def app(url, headers):
        path = urlsplit(url).path
        if path.startswith("/map"):
            return index(f"{HOME}/map{int(path[4:-4]) + 1}.xml")
        return outlet({}, f"Sitemap: {HOME}/map1.xml")(url, headers)

    kept, _, world = collected(tmp_path, app)
    assert kept == [] and len(world.asked) < 12


def test_a_sitemap_that_bursts_takes_no_other_with_it(tmp_path):
    """crawlee-python, 2012, and canonry, 358."""
    bomb = 200, {}, gzip.compress(b"<urlset>" + b" " * (60 << 20) + b"</urlset>")
    robots = f"Sitemap: {HOME}/a.xml.gz\nSitemap: {HOME}/b.xml\nSitemap: {HOME}/c.xml"
    kept, faults, _ = collected(tmp_path, outlet({"/a.xml.gz": bomb, "/b.xml": urls(101)}, robots))
    assert kept == [101]
    assert faults[f"{HOME}/a.xml.gz"] and faults[f"{HOME}/c.xml"] == "status 404"


def test_sitemaps_at_another_host_name_pages_of_this_one(tmp_path):
    """ultimate-sitemap-parser, 11."""
    app = outlet({"/i.xml": index("https://cdn.example/s.xml")}, f"Sitemap: {HOME}/i.xml")
    cdn = outlet({"/s.xml": urls(101, 102)})
    assert collected(tmp_path, app, cdn_example=cdn)[0] == [101, 102]


def test_a_sitemap_that_leads_back_to_its_list(tmp_path):
    """ultimate-sitemap-parser, 73."""
    back = 301, {"Location": "/i.xml"}, b""
    lists = {
        "/i.xml": index(f"{HOME}/a.xml", f"{HOME}/b.xml"),
        "/a.xml": back,
        "/b.xml": urls(101),
    }
    kept, _, world = collected(tmp_path, outlet(lists, f"Sitemap: {HOME}/i.xml"))
    assert kept == [101] and len(world.asked) < 12


def test_plain_lists_that_are_packed(tmp_path):
    """crawler-commons, 143."""
    packed = 200, {}, gzip.compress(f"\ufeff{HOME}/news/101\r\n{HOME}/news/102\r\n".encode())
    app = outlet({"/urllist.txt.gz": packed}, f"Sitemap: {HOME}/urllist.txt.gz")
    assert collected(tmp_path, app)[0] == [101, 102]


def test_a_page_in_the_place_of_a_sitemap_is_named(tmp_path):
    """trafilatura, 64: a host that answers everything with a page."""
    app = outlet({"/sitemap.xml": page("<h1>404</h1><a href='/news/101'>-</a>")})
    kept, faults, _ = collected(tmp_path, app)
    assert kept == [] and faults[f"{HOME}/sitemap.xml"] == "names nothing"


def test_what_robots_name_is_asked_for_though_the_home_page_is_not_given(tmp_path):
    app = outlet({"/s.xml": urls(101, 102)}, f"Sitemap: {HOME}/s.xml", (403, {}, b"no"))
    kept, faults, _ = collected(tmp_path, app)
    assert kept == [101, 102] and faults[f"{HOME}/"] == "status 403"


def test_a_feed_of_comments_names_no_second_page(tmp_path):
    """remove-comments-absolutely, 5."""
    links = "".join(
        f"<link rel='alternate' type='application/rss+xml' href='{path}'>" for path in ("/f", "/c")
    )
    item = "<item><link>https://a.example/news/101{}</link></item>"
    lists = {
        path: (200, {}, f"<rss><channel>{item.format(mark)}</channel></rss>".encode())
        for path, mark in (("/f", ""), ("/c", "#comment-9"))
    }
    assert collected(tmp_path, outlet(lists, home=page(links)))[0] == [101]


@pytest.mark.parametrize("above", [b"", b"\xef\xbb\xbf", b"<br />\n<b>Notice</b>: x in y.php\n"])
def test_a_wordpress_that_counts_nothing_and_gives_ten(tmp_path, above):
    """WP-API, 2580 and 2942; what PHP has to say stands above the list."""

    def posts(url):
        at = int(parse_qs(urlsplit(url).query)["offset"][0])
        found = [
            {"date": "2018-03-01T10:00:00", "link": f"{HOME}/news/{k}", "title": {"rendered": "-"}}
            for k in range(101, 126)[at : at + 10]
        ]
        said = {"Content-Type": "application/json"}
        return (200, said, above + json.dumps(found).encode()) if found else (400, said, b"{}")

    api = page('<link rel="https://api.w.org/" href="/wp-json/">')
    kept, _, _ = collected(tmp_path, outlet({"/wp-json/wp/v2/posts": posts}, home=api))
    assert kept == list(range(101, 126))
