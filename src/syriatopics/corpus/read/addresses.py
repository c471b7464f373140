"""Lists of addresses (Media Cloud, GDELT, sitemaps) whose pages are kept elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from syriatopics.corpus.documents import Given
from syriatopics.corpus.parse.publishers import archived
from syriatopics.corpus.read.contract import Reading
from syriatopics.corpus.read.piece import Piece, piece_of
from syriatopics.corpus.read.registry import reader_of
from syriatopics.corpus.read.tables import TableReader
from syriatopics.errors import CorpusError

__all__ = ["Addresses", "url_key"]

# What is hung on an address to follow readers, and changes nothing of the page.
_FOLLOWING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid|ref|ref_src|source", re.IGNORECASE)
_HOSTS = re.compile(r"^(?:www\d?|m|mobile|amp)\.")
_ENDINGS = re.compile(r"(?:/amp|/index\.(?:html?|php))?/*$", re.IGNORECASE)
_TEXT = "(address)"


class Addresses:
    """What a list says of each address, and which of them were met.

    Parameters
    ----------
    path : Path
        A table with a column of addresses, or a news sitemap.
    reading : Reading

    Raises
    ------
    CorpusError
        If there is no address in it.
    """

    def __init__(self, path: Path, reading: Reading) -> None:
        self.path = path
        self._said: dict[str, dict[str, Given]] = {}
        self._urls: dict[str, str] = {}
        self._met: set[str] = set()
        for given in _listed(piece_of(path).unpacked, reading):
            key = url_key(given["url"].value)
            self._said.setdefault(key, given)
            self._urls.setdefault(key, given["url"].value)
        if not self._said:
            raise CorpusError(
                f"{path} holds no address. Say where it is with columns={{'url': …}}."
            )

    def __len__(self) -> int:
        return len(self._said)

    def of(self, url: str | None) -> tuple[dict[str, Given] | None, bool]:
        """Return what is said of an address, or None, and whether it was met before."""
        key = url_key(url) if url else ""
        if key not in self._said:
            return None, False
        again = key in self._met
        self._met.add(key)
        return self._said[key], again

    def __iter__(self) -> Iterator[dict[str, Given]]:
        return iter(self._said.values())

    def unmet(self) -> list[str]:
        """Return the addresses of which no page was met."""
        return [self._urls[key] for key in self._said if key not in self._met]


def url_key(url: str) -> str:
    """Return the form in which addresses are compared.

    Examples
    --------
    >>> url_key("https://example.org/news.php?5721")
    'example.org/news.php?5721='
    >>> url_key("http://www.example.org/a/?utm_source=x#top") == url_key("https://example.org/a")
    True
    """
    url = archived(url)
    try:
        parts = urlsplit(url.strip() if "//" in url else f"//{url.strip()}")
        host = _HOSTS.sub("", (parts.hostname or "").rstrip("."))
    except ValueError:
        return url.strip()
    path = _ENDINGS.sub("", unquote(parts.path))
    asked = sorted(
        pair for pair in parse_qsl(parts.query, True) if not _FOLLOWING.fullmatch(pair[0])
    )
    return f"{host}{path}{'?' if asked else ''}{urlencode(asked)}"


def _listed(piece: Piece, reading: Reading) -> Iterator[dict[str, Given]]:
    reader = reader_of(piece)
    if (addresses := getattr(reader, "addresses", None)) is not None:
        yield from addresses(piece, reading)
        return
    rows: Callable[[Piece, Reading], Iterator[tuple[str, Mapping[str, Any]]]] | None
    rows = getattr(reader, "rows", None)
    if rows is None:
        raise CorpusError(f"{piece.place}: a {reader.NAME} is no list of addresses.")
    # The rows are read as a table of articles is, with the address in the place of the text.
    asked = Reading({**reading.columns, "text": _TEXT}, reading.publishers, reading.boundary)
    table = TableReader(
        piece, asked, lambda: ((w, {**row, _TEXT: "address"}) for w, row in rows(piece, asked))
    )
    for document in table:
        if "url" in document.given:
            yield dict(document.given)
    for note in asked.notes:
        reading.note(note)
