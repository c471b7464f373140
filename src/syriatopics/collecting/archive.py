"""What is kept: web archives to which only whole groups of records are added."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from syriatopics.collecting.addresses import bare
from syriatopics.collecting.answers import Exchange
from syriatopics.collecting.world import Headers
from syriatopics.errors import InputError

__all__ = ["Shelf", "digest_of", "group_of", "records_in"]

_LARGEST = 2**30
# Longer than any group: of what stands behind what is known, one group can be ours.
_LONGEST_TAIL = 2**28
_SECRET = (
    "set-cookie",
    "set-cookie2",
    "cookie",
    "authorization",
    "proxy-authorization",
    "www-authenticate",
)
_UNMADE = (*_SECRET, "transfer-encoding", "content-length")
_META = "application/json"


def digest_of(content: bytes) -> str:
    """Return the digest of a page as it was before it was packed."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def group_of(
    exchanges: tuple[Exchange, ...], known: Mapping[str, Any], own: bytes | None = None
) -> bytes:
    """Return the records of a page: what was asked and answered, step by step, and what is known of it.

    Parameters
    ----------
    exchanges : tuple of Exchange
    known : mapping
        The last record, as JSON: read again where a run was killed before it could note it.
    own : bytes, optional
        A record of a foreign archive, packed, which stands in the place of what was answered.
    """
    from warcio.warcwriter import WARCWriter

    held = io.BytesIO()
    writer = WARCWriter(held, gzip=True, warc_version="1.1")
    for number, exchange in enumerate(exchanges):
        if own is not None and number == len(exchanges) - 1:
            held.write(own)
            continue
        for kind in ("response", "request"):
            writer.write_record(_record(writer, exchange, kind))
    last = exchanges[-1]
    said = json.dumps(known, ensure_ascii=False).encode("utf-8", "replace")
    writer.write_record(
        writer.create_warc_record(
            bare(last.url),
            "metadata",
            payload=io.BytesIO(said),
            length=len(said),
            warc_content_type=_META,
            warc_headers_dict=_named(last, "metadata", said),
        )
    )
    return held.getvalue()


def records_in(data: bytes) -> Iterator[Any]:
    """Yield the records of an archive that is held whole; raise where it is damaged."""
    from warcio.archiveiterator import ArchiveIterator

    yield from ArchiveIterator(io.BytesIO(data))


class Shelf:
    """A folder of archives, written by one run at a time.

    Parameters
    ----------
    folder : Path
    ends : mapping of str to int
        Up to where each archive is known to be whole.
    """

    def __init__(self, folder: Path, ends: Mapping[str, int], largest: int = _LARGEST) -> None:
        self.folder, self._largest = folder, largest
        folder.mkdir(parents=True, exist_ok=True)
        self._ends = dict(ends)
        self._number = max([1, *(_number(name) for name in self._ends), *self._there()])

    def unknown(self) -> Iterator[tuple[str, int, int, dict[str, Any]]]:
        """Take up the records behind what is known: what is whole is given, what is not is cut off.

        Yields
        ------
        name, start, length, known
            The archive, where the records begin and how long they are, and what the last one says.
        """
        for number in sorted({_number(name) for name in self._ends} | set(self._there())):
            path = self.folder / self._name(number)
            if not path.is_file():
                continue
            end = self._ends.get(path.name, 0)
            with path.open("r+b") as file:
                file.seek(end)
                tail = file.read(_LONGEST_TAIL + 1)
                known = _last(tail, path) if tail else None
                if known is not None:
                    self._ends[path.name] = end + len(tail)
                    yield path.name, end, len(tail), known
                elif tail:
                    file.truncate(end)
                    _sync(file)

    def add(self, group: bytes) -> tuple[str, int, int]:
        """Add the records of a page, and return the archive, where they begin, and their length.

        When this returns they are on the disk.
        """
        name = self._name(self._number)
        if self._ends.get(name, 0) > self._largest:
            self._number += 1
            name = self._name(self._number)
        start = self._ends.get(name, 0)
        with (self.folder / name).open("ab") as file:
            try:
                file.write(group)
                _sync(file)
            except OSError:  # the disk is full: half a group is no group
                file.truncate(start)
                raise
        self._ends[name] = start + len(group)
        return name, start, len(group)

    def _name(self, number: int) -> str:
        return f"{self.folder.name}-{number:05d}.warc.gz"

    def _there(self) -> Iterator[int]:
        found = self.folder.glob(f"{self.folder.name}-[0-9][0-9][0-9][0-9][0-9].warc.gz")
        return (_number(path.name) for path in found)


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _number(name: str) -> int:
    found = re.search(r"-(\d{5,9})\.warc", name)
    return int(found[1]) if found else 0


def _last(tail: bytes, path: Path) -> dict[str, Any] | None:
    """Return what the last record of a group says, if the group is whole.

    Raises
    ------
    InputError
        If more stands there than one group: that was no run which was killed, and nothing is cut off.
    """
    import zlib

    known, rest = None, tail
    while rest:
        if known is not None or len(tail) > _LONGEST_TAIL:
            raise InputError(
                f"{path} holds records of which the ledger knows nothing: "
                "bring back its ledger.sqlite, or name a new folder."
            )
        unpack = zlib.decompressobj(31)
        try:
            member = unpack.decompress(rest)
        except zlib.error:
            return None
        if not unpack.eof:
            return None
        rest, known = unpack.unused_data, _known_in(member)
    return known


def _known_in(member: bytes) -> dict[str, Any] | None:
    """Return what a record of what is known says; None for any other."""
    head, _, said = member.partition(b"\r\n\r\n")
    if b"WARC-Type: metadata" not in head:
        return None
    try:
        known = json.loads(said)
    except ValueError:
        return None
    return known if isinstance(known, dict) else None


def _record(writer: Any, exchange: Exchange, kind: str) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    if kind == "response":
        body = exchange.body
        line, protocol = f"{exchange.status} {exchange.reason}".strip(), "HTTP/1.1"
        headers = [*_shown(exchange.headers), ("Content-Length", str(len(body)))]
    else:
        body, parts = b"", urlsplit(bare(exchange.url))
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        line, protocol, headers = f"GET {target} HTTP/1.1", "", _shown(exchange.asked)
    return writer.create_warc_record(
        bare(exchange.url), kind, payload=io.BytesIO(body), length=len(body),
        http_headers=StatusAndHeaders(line, headers, protocol=protocol, is_http_request=kind == "request"),
        warc_headers_dict=_named(exchange, kind, body),
    )  # fmt: skip


def _named(exchange: Exchange, kind: str, body: bytes) -> dict[str, str]:
    """Name a record by what it holds: the same page has the same name in every run."""
    digest = hashlib.sha256(body).hexdigest()
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {exchange.url} {exchange.status} {digest}")
    return {
        "WARC-Record-ID": f"<urn:uuid:{name}>",
        "WARC-Date": exchange.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "WARC-IP-Address": exchange.ip,
    }


def _shown(headers: Headers) -> list[tuple[str, str]]:
    """Return headers as they may be kept: without secrets, and true of a body that is put together."""
    return [
        (_line(name), _line(bare(value) if name.lower() == "location" else value))
        for name, value in headers
        if name.lower() not in _UNMADE
    ]


def _line(text: str) -> str:
    return " ".join(text.split())
