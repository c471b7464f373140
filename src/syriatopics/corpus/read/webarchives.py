"""Web archives (WARC): the pages in them, with the day on which each was fetched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from syriatopics.corpus.documents import Document
from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.corpus.read.pages import LARGEST_PAGE, page_document
from syriatopics.errors import CorpusError

__all__ = ["WebArchiveReader"]

_HTML = ("text/html", "application/xhtml")


class WebArchiveReader:
    """Reads the web pages of a ``.warc`` or ``.warc.gz`` file as documents.

    Parameters
    ----------
    path : Path
    publishers : Publishers, optional
        Who is known by host and name; by default those of the shipped list.

    Attributes
    ----------
    notes : list of str
    skipped : Counter of str
        Records that are no articles, by reason, filled while reading.
    """

    def __init__(self, path: Path, publishers: Publishers | None = None) -> None:
        self.path = path
        self._publishers = publishers
        self.notes: list[str] = []
        self.skipped: Counter[str] = Counter()

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[Document]:
        with self.path.open("rb") as file:
            for number, record in enumerate(self._records(file)):
                if record.rec_type != "response":
                    continue
                document = self._document(record, f"{self.path}, record {number}")
                if document is not None:
                    yield document

    def _records(self, file: Any) -> Iterator[Any]:
        """Yield the records; a file that is cut off or damaged is read as far as it goes."""
        import zlib

        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed

        try:
            yield from ArchiveIterator(file)
        except (ArchiveLoadFailed, EOFError, zlib.error, ValueError, OSError) as error:
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            self.skipped["rest of a damaged file"] += 1
            self.notes.append(f"{self.path.name}: {reason[:120]}; what stands before is read.")

    def _document(self, record: Any, place: str) -> Document | None:
        headers = record.http_headers
        status = headers.get_statuscode() if headers else ""
        kind = (headers.get_header("Content-Type") or "") if headers else ""
        if status != "200":
            self.skipped["page that the server did not give"] += 1
            return None
        if not kind.lower().startswith(_HTML):
            self.skipped["record that is no page"] += 1
            return None
        data = record.content_stream().read(LARGEST_PAGE + 1)
        said = record.rec_headers
        article_id = (said.get_header("WARC-Record-ID") or "").strip("<>").removeprefix("urn:uuid:")
        try:
            return page_document(
                data,
                article_id or place.rsplit(" ", 1)[-1],
                place,
                charset=_charset(kind),
                url=said.get_header("WARC-Target-URI"),
                captured=_day(said.get_header("WARC-Date")),
                publishers=self._publishers,
            )
        except CorpusError as error:
            reason = "page too large" if "at most" in str(error) else "page without readable text"
            self.skipped[reason] += 1
            return None


def _charset(content_type: str) -> str | None:
    _, found, charset = content_type.lower().partition("charset=")
    return charset.split(";")[0].strip("\"' ") if found else None


def _day(stated: str | None) -> date | None:
    try:
        return date.fromisoformat((stated or "")[:10])
    except ValueError:
        return None
