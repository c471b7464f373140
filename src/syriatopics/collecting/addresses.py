"""Addresses of pages: read, written in one way, and told apart from traps."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from contextlib import suppress
from datetime import date
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from syriatopics.corpus.read.addresses import url_key

__all__ = ["bare", "day_in", "fault_of", "host_of", "joined", "key_of", "tidy"]

LONGEST = 2000
# What programs of measurement, mailing lists and sessions hang on an address: no other page.
_TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_\w+|at_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igshid|"
    r"mc_[ce]id|_ga|_gl|ncid|cmpid|ocid|xtor|smid|smtyp|sharetype|"
    r"phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id|sid|amp|outputtype",
    re.IGNORECASE,
)
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)
_AMP = re.compile(r"(?<=.)/amp/?\Z|\.amp(?=\.html?\Z|\Z)", re.IGNORECASE)
_TOKEN = re.compile(
    r"(?<=[?&])([^=&]{0,20}(?:token|key|secret|passw|auth|sign|session)[^=&]{0,20})=[^&]+",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"(?<=//)[^/?#@]{1,200}@")
_FOLDERS, _REPEATED = 24, 4
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-]?(0?[1-9]|1[0-2])[/-]?(0?[1-9]|[12]\d|3[01])(?!\d)")
_SAFE = "/:@!$&'()*+,;=~-._"


def host_of(url: str) -> str:
    """Return scheme, host and port of an address: what keeps one robots.txt.

    Examples
    --------
    >>> host_of("https://Example.org/a")
    'https://example.org'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()


def joined(base: str, link: str) -> str:
    """Return what a link on a page leads to, or nothing where it makes no sense."""
    try:
        return urljoin(base, "".join(link.split()))
    except ValueError:
        return ""


def fault_of(url: str) -> str:
    """Say what is wrong with an address before anybody is asked; nothing if nothing is.

    Examples
    --------
    >>> fault_of("file:/etc/passwd"), fault_of("https://a.org/x"), fault_of("https://u:p@a.org/")
    ('neither http nor https', '', 'it holds a password')
    """
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - a port that is none raises
    except ValueError:
        return "no address"
    if parts.scheme not in ("http", "https"):
        return "neither http nor https"
    if not parts.hostname:
        return "no address"
    if "@" in parts.netloc:
        return "it holds a password"
    if len(url) > LONGEST or any(unicodedata.category(sign) == "Cc" for sign in url):
        return "longer than addresses are" if len(url) > LONGEST else "no address"
    folders = [name for name in parts.path.split("/") if name]
    if len(folders) > _FOLDERS or max(Counter(folders).values(), default=0) >= _REPEATED:
        return "a trap: folders without end"
    return ""


def tidy(url: str) -> str:
    """Return an address as it is asked for: without what is no part of the page's own.

    Examples
    --------
    >>> tidy("HTTPS://Example.org:443/a/سوريا?utm_source=x&id=5#top")
    'https://example.org/a/%D8%B3%D9%88%D8%B1%D9%8A%D8%A7?id=5'
    >>> tidy("https://example.org/a/amp/?sid=9"), tidy("http://example.org")
    ('https://example.org/a', 'http://example.org/')
    """
    parts = urlsplit(url.strip())
    scheme, netloc = parts.scheme.lower(), parts.netloc.lower()
    if not netloc.isascii():
        with suppress(UnicodeError):
            netloc = netloc.encode("idna").decode("ascii")
    for ending in {"http": ":80", "https": ":443"}.get(scheme, "\0"), ".":
        netloc = netloc.removesuffix(ending)
    path = _written(_SESSION.sub("", _AMP.sub("", parts.path)), _SAFE) or "/"
    asked = [q for q in parts.query.split("&") if q and not _is_tracking(q)]
    return urlunsplit((scheme, netloc, path, _written("&".join(asked), _SAFE + "?"), ""))


def key_of(url: str) -> str:
    """Return the key under which a page is known, however its address was written, here as in a corpus.

    Examples
    --------
    >>> key_of("http://www.example.org/a/?b=1&a=2") == key_of("https://example.org/a?a=2&b=1")
    True
    """
    return url_key(tidy(url))


def bare(url: str) -> str:
    """Return an address without what may open a door.

    Examples
    --------
    >>> bare("https://example.org/feed?id=5&api_key=hush")
    'https://example.org/feed?id=5&api_key=-'
    """
    return _TOKEN.sub(r"\1=-", _PASSWORD.sub("", url))


def day_in(url: str) -> date | None:
    """Return the day that stands in an address.

    Examples
    --------
    >>> day_in("https://example.org/2018/02/18/x"), day_in("https://example.org/p/20181301")
    (datetime.date(2018, 2, 18), None)
    """
    for found in _DAY.finditer(urlsplit(url).path):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    return None


def _written(text: str, safe: str) -> str:
    """Write signs as per cent codes in one way; what was a code of a sign with a meaning stays one."""
    parts = re.split(r"(%[0-9A-Fa-f]{2})", text)
    return "".join(
        part.upper() if n % 2 else quote(part, safe=safe) for n, part in enumerate(parts)
    )


def _is_tracking(asked: str) -> bool:
    return _TRACKING.fullmatch(asked.partition("=")[0]) is not None
