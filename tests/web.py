"""Worlds to collect from: outlets as functions, a clock that only runs when somebody waits, a log of what was asked."""

import gzip
import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

from syriatopics.collecting.world import NoAnswerError, Reply

PUBLIC = "93.184.216.34"
START = datetime(2026, 3, 1, tzinfo=UTC)
TOPICS = [
    "قصف الطيران أحياء مدينة حلب",
    "وصلت قافلة مساعدات إلى إدلب",
    "عقد مجلس الأمن جلسة حول سوريا",
]


class Killed(BaseException):
    """The process is gone."""


class World:
    """Outlets by host, each a function `(url, headers) -> (status, headers, body)`; body: bytes or a generator function."""

    def __init__(self, apps, took=0.05, ips=None):
        self.apps, self.took, self.ips = apps, took, ips or {}
        self.time, self.busy, self.asked = 0.0, Counter(), []
        self.operations, self.kill_at = 0, None

    def _operate(self):
        self.operations += 1
        if self.kill_at is not None and self.operations >= self.kill_at:
            raise Killed

    def now(self):
        return START + timedelta(seconds=self.time)

    def ticks(self):
        return self.time

    def rest(self, seconds):
        self._operate()
        self.time += seconds

    def resolve(self, host, port):
        if host not in self.apps and host not in self.ips:
            raise NoAnswerError("its host is not known")
        found = self.ips.get(host, PUBLIC)
        if callable(found):
            found = found()
        return [found] if isinstance(found, str) else list(found)

    def send(self, url, ip, headers, timeout):
        self._operate()
        host = urlsplit(url).netloc
        assert not self.busy[host], f"two at once at {host}"
        self.asked.append((self.time, host, url, headers))
        self.time += self.took
        answer = self.apps[host](url, headers)
        if isinstance(answer, Exception):
            raise answer
        status, said, body = answer
        self.busy[host] += 1

        def chunks():
            try:
                for chunk in [body] if isinstance(body, bytes) else body():
                    if isinstance(chunk, Exception):
                        raise chunk
                    self._operate()
                    yield chunk
            finally:
                self.busy[host] = 0

        return Reply(status, "", tuple(said.items()), chunks(), lambda: self.busy.update({host: 0}))

    def urls(self, host=None):
        return [url for _, at, url, _ in self.asked if host in (None, at)]


def article(number, day, extra=""):
    """Return the page of an article in Arabic; each is another text."""
    topic = TOPICS[number % 3]
    paragraphs = "".join(
        f"<p>{topic} وقال مراسلنا في الخبر رقم {number} إن الأهالي ينتظرون في الفقرة {n} ما تقوله المنظمات الدولية "
        f"عن الوضع الإنساني في المنطقة منذ بداية العام.</p>"
        for n in range(3)
    )
    return (
        f'<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>{topic} {number}</title>'
        f'<meta property="article:published_time" content="{day.isoformat()}T10:00:00+03:00">{extra}</head>'
        f"<body><nav><a href='/'>سوريا</a></nav><article><h1>{topic} {number}</h1>{paragraphs}</article></body></html>"
    )


def page(text, encoding="utf-8", **headers):
    return 200, {"Content-Type": f"text/html; charset={encoding}", **headers}, text.encode(encoding)


MISSING = (404, {"Content-Type": "text/html"}, b"<html><body>404</body></html>")


def day_of(number, first=date(2018, 1, 1), each=4):
    return first + timedelta(days=number // each)


class WordPress:
    """An outlet with WordPress: an interface, a feed of ten, posts that are gone, AMP, tracking, a private folder."""

    host = "wp.example"

    def __init__(self, n=230, most=100):
        self.n, self.most = n, most
        self.gone = {7, 57}
        self.edited = {}
        self.again = Counter()

    def url(self, number):
        return f"https://{self.host}/{day_of(number):%Y/%m}/خبر-{number}/"

    def numbers(self):
        return [k for k in range(self.n, 0, -1) if k not in self.gone]

    def __call__(self, url, headers):
        parts = urlsplit(url)
        path, asked = unquote(parts.path), {k: v[0] for k, v in parse_qs(parts.query).items()}
        if path == "/robots.txt":
            return 200, {}, b"User-agent: *\nCrawl-delay: 3\nDisallow: /private/\n"
        if path == "/":
            return page(
                '<html><head><link rel="https://api.w.org/" href="/wp-json/">'
                '<link rel="alternate" type="application/rss+xml" href="/feed/?utm_source=x"></head><body>-</body></html>'
            )
        if path == "/feed/":
            return 200, {"Content-Type": "application/rss+xml"}, self.feed()
        if path == "/wp-json/wp/v2/posts":
            return self.posts(asked)
        if path.startswith("/private/"):
            raise AssertionError("robots.txt forbids it")
        if "خبر-" in path:
            number = int(path.rstrip("/").rpartition("-")[2])
            if number in self.gone or number > self.n:
                return MISSING
            if number % 50 == 0 and not self.again[number]:
                self.again[number] += 1
                return 500, {}, b"busy"
            said = f'<link rel="canonical" href="{self.url(number)}">'
            return page(article(number, day_of(number), said + self.edited.get(number, "")))
        return MISSING

    def feed(self):
        items = "".join(
            f"<item><title>خبر {k}</title><link>{self.url(k)}?utm_source=rss&amp;utm_medium=x</link>"
            f"<pubDate>{day_of(k):%a, %d %b %Y} 10:00:00 +0300</pubDate></item>"
            for k in [*self.numbers()[:10], 7]
        )
        private = f"<item><link>https://{self.host}/private/9999</link></item>"
        return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}{private}</channel></rss>'.encode()

    def posts(self, asked):
        found = [
            {
                "date": f"{day_of(k)}T10:00:00",
                "link": self.url(k),
                "title": {"rendered": f"خبر &quot;{k}&quot;"},
                "modified": f"{day_of(k)}T1{len(self.edited.get(k, ''))}:00:00",
            }
            for k in self.numbers()
            if asked.get("after", "") < f"{day_of(k)}T10:00:00" < asked.get("before", "9")
        ]
        at = int(asked["offset"])
        shown = found[at : at + min(self.most, int(asked["per_page"]))]
        return (
            200,
            {"Content-Type": "application/json", "X-WP-Total": str(len(found))},
            json.dumps(shown).encode(),
        )


class Maps:
    """An outlet with sitemaps, packed, one of them within itself; with a version for each page, and busy times."""

    host = "maps.example"

    def __init__(self, n=300, each=100):
        self.n, self.each = n, each
        self.requests = 0
        self.at = "2018-06-01"

    def url(self, number):
        return f"https://{self.host}/news/{number}"

    def __call__(self, url, headers):
        parts = urlsplit(url)
        path = parts.path
        self.requests += 1
        if path == "/robots.txt":
            return (
                200,
                {},
                f"Sitemap: https://{self.host}/map.xml\nSitemap: https://{self.host}/robots.txt\n".encode(),
            )
        if path == "/":
            return page("<html><body><a href='/news/1'>1</a></body></html>")
        if path == "/map.xml":
            lists = [
                f"https://{self.host}/map-{k}.xml.gz"
                for k in range((self.n + self.each - 1) // self.each)
            ]
            lists += [f"https://{self.host}/map.xml", f"https://{self.host}/category-sitemap.xml"]
            return self.versioned(
                headers,
                "".join(f"<sitemap><loc>{u}</loc></sitemap>" for u in lists),
                "sitemapindex",
            )
        if path.startswith("/map-"):
            k = int(path.removeprefix("/map-").partition(".")[0])
            rows = "".join(
                f"<url><loc>{self.url(m)}</loc><lastmod>{self.at}</lastmod></url>"
                for m in range(k * self.each + 1, min(self.n, (k + 1) * self.each) + 1)
            )
            return self.versioned(headers, rows, "urlset", packed=True)
        if path.startswith("/news/"):
            number = int(path.rpartition("/")[2])
            if not 0 < number <= self.n:
                return MISSING
            if self.requests % 97 == 0:
                return 429, {"Retry-After": "120"}, b""
            body = gzip.compress(article(number, day_of(number)).encode(), mtime=0)
            said = {
                "Content-Encoding": "gzip",
                "Set-Cookie": "session=hush",
                "Content-Type": "text/html; charset=utf-8",
            }
            return 200, said, body
        return MISSING

    def versioned(self, headers, rows, root, packed=False):
        body = f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{root}>'.encode()
        mark = f'"{len(rows)}-{self.at}"'
        if headers.get("If-None-Match") == mark:
            return 304, {"ETag": mark}, b""
        return (
            200,
            {"ETag": mark, "Content-Type": "application/xml"},
            gzip.compress(body, mtime=0) if packed else body,
        )


class Sections:
    """An outlet of sections in cp1256, with a calendar without end and sessions in its addresses."""

    host = "sections.example"

    def __init__(self, n=60, each=10):
        self.n, self.each = n, each

    def url(self, number):
        return f"http://{self.host}/show.php?id={1000 + number}"

    def __call__(self, url, headers):
        parts = urlsplit(url)
        asked = {k: v[0] for k, v in parse_qs(parts.query).items()}
        if parts.path == "/robots.txt":
            return MISSING
        if parts.path == "/list.php":
            at = int(asked.get("page", 1))
            mine = list(range(self.n, 0, -1))[(at - 1) * self.each : at * self.each]
            links = "".join(
                f"<a href='show.php?id={1000 + k}&PHPSESSID=x{at}'>خبر {k}</a>" for k in mine
            )
            return page(
                f"<html><body>{links}<a href='/tag/syria'>وسم</a><a href='http://other.example/2018/01/02/x'>-</a>"
                f"<a href='/calendar.php?month={at + 1}' rel='nofollow'>-</a></body></html>",
                "cp1256",
            )
        if parts.path == "/calendar.php":
            month = int(asked["month"])
            return page(
                f"<html><body><a rel='next' href='/calendar.php?month={month + 1}'>-</a></body></html>",
                "cp1256",
            )
        if parts.path == "/show.php":
            number = int(asked["id"]) - 1000
            text = article(number, day_of(number)).replace('<meta charset="utf-8">', "")
            return page(text, "cp1256") if 0 < number <= self.n else MISSING
        return MISSING
