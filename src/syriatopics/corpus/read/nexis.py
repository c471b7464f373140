"""Articles as Nexis prints them: outlet, date, headline, labelled lines, text, labelled lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.exports import article_of, blocks_of, printed_day, unwrapped
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError

__all__ = ["COUNTED", "classic_article", "counted", "is_export"]

# "3 of 10 DOCUMENTS", "Dokument 3 von 10", in the languages of the interface.
_BLANKS = r"[ \t\xa0]{0,80}"
COUNTED = re.compile(
    rf"^(?=.{{0,200}}DO[KC]UMENT){_BLANKS}(?:DOKUMENT\s|DOCUMENTO?\s)?(\d{{1,6}})\s(?:of|von|de|di|van)\s"
    rf"(\d{{1,7}})(\s(?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTOS?))?{_BLANKS}\r?$",
    re.MULTILINE | re.IGNORECASE,
)
_LABEL = re.compile(r"([A-ZÀ-Ü][A-ZÀ-Ü /-]{2,30}?) ?:(?:\s+(.*)|$)")
# What labels are called in German and French.
_ENGLISH = {
    **dict.fromkeys(("LÄNGE", "LONGUEUR"), "LENGTH"),
    **dict.fromkeys(("UPDATE", "DATE-CHARGEMENT"), "LOAD-DATE"),
    **dict.fromkeys(("AUTOR", "AUTEUR"), "BYLINE"),
    **dict.fromkeys(("RUBRIK", "RUBRIQUE"), "SECTION"),
    **dict.fromkeys(("SPRACHE", "LANGUE"), "LANGUAGE"),
    **dict.fromkeys(("ZEITUNGS-TYP", "TYPE-PUBLICATION"), "PUBLICATION-TYPE"),
}
_SIZE = re.compile(
    r"^(?:LENGTH|LÄNGE|LONGUEUR) ?: {1,9}\d{1,7} (?:words|Wörter|mots|palabras|woorden)",
    re.MULTILINE,
)
# A label that stands once in an article: twice means two articles.
_ONCE = ("LENGTH", "LOAD-DATE", "PUBLICATION-TYPE")
_RIGHTS = re.compile(r"(?:copyright|©|\(c\))\s", re.IGNORECASE)
_RESERVED = re.compile(r"all rights reserved\.?", re.IGNORECASE)
_EVIDENCE = {
    "title": "headline",
    "outlet": "source line",
    "date_printed": "date line",
    "author": "BYLINE",
}


def counted(line: str) -> tuple[int, int] | None:
    """Return which document of how many a line announces."""
    found = COUNTED.match(line)
    return (int(found[1]), int(found[2])) if found else None


def is_export(text: str) -> bool:
    """Say whether a text is an export: by its counts, or by the labels around one article.

    Other archives write "Document 3 of 10" as well; then the label of the length decides.
    """
    found = COUNTED.search(text)
    if found is not None:
        return found[3] is not None or _SIZE.search(text) is not None
    labels = {label[0] for line in text.splitlines() if (label := _label([line]))}
    return _SIZE.search(text) is not None and bool(labels & {"LOAD-DATE", "PUBLICATION-TYPE"})


def classic_article(piece: Piece, where: str, lines: Sequence[str], printed: bool) -> Document:
    """Read the lines between two counts.

    Parameters
    ----------
    piece, where
    lines : sequence of str
        Blank ones part the blocks.
    printed : bool
        Whether the lines are set to a width, so that those of a block belong together.

    Raises
    ------
    CorpusError
        If they hold two articles, or none.
    """
    blocks = blocks_of(lines)
    labels = [label for block in blocks if (label := _label(block))]
    if any([name for name, _ in labels].count(once) > 1 for once in _ONCE):
        raise CorpusError("several articles that cannot be told apart")
    head, body, tail = _parted(blocks)
    said = {
        name: value
        for block in [*head, *tail]
        if (label := _label(block))
        for name, value in [label]
    }
    plain = [block for block in head if not _label(block) and not _RIGHTS.match(block[0])]
    outlet, title, day = _named(plain)
    fields = {
        "title": title or said.get("HEADLINE", ""),
        "outlet": outlet,
        "date_printed": day,
        "author": re.sub(r"^by\s+", "", said.get("BYLINE", ""), flags=re.IGNORECASE),
    }
    text = unwrapped(body) if printed else "\n\n".join(line for block in body for line in block)
    stated = said.get("LENGTH")
    return article_of(piece, where, "Nexis export", text, fields, _EVIDENCE, stated)


def _label(block: Sequence[str]) -> tuple[str, str] | None:
    found = _LABEL.match(block[0])
    if found is None:
        return None
    return _ENGLISH.get(found[1], found[1]), " ".join([found[2] or "", *block[1:]]).strip()


def _parted(blocks: list[list[str]]) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    """Part head, text and tail: the head ends with its labels, the tail begins with labels."""
    length = next(
        (n for n, block in enumerate(blocks) if (b := _label(block)) and b[0] == "LENGTH"), None
    )
    if length is None:
        labelled = [n for n, block in enumerate(blocks[:8]) if _label(block)]
        if not labelled:
            raise CorpusError("the head of an article is damaged")
        length = labelled[-1]
    start = length + 1
    while start < len(blocks) and (_label(blocks[start]) or ("", ""))[0] in _HEADS:
        start += 1
    end = len(blocks)
    while end > start and (
        _label(blocks[end - 1])
        or _RIGHTS.match(blocks[end - 1][0])
        or _RESERVED.match(blocks[end - 1][0])
    ):
        end -= 1
    return blocks[:start], blocks[start:end], blocks[end:]


_HEADS = ("DATELINE", "HIGHLIGHT", "BYLINE", "SECTION", "SERIES", "SOURCE", "DISTRIBUTION", "TYPE")


def _named(plain: list[list[str]]) -> tuple[str | None, str | None, str | None]:
    """Tell outlet, headline and date apart: the outlet stands first, the date below it."""
    dated = next(
        (
            n
            for n, block in enumerate(plain)
            if len(" ".join(block)) < 90 and printed_day(" ".join(block))
        ),
        None,
    )
    if dated is None:
        outlet = " ".join(plain[0]) if plain else None
        return outlet, " ".join(plain[1]) if len(plain) > 1 else None, None
    above = [" ".join(block) for block in plain[:dated]]
    below = [" ".join(block) for block in plain[dated + 1 :]]
    return (
        (above[0] if above else None),
        (" ".join(below) or None),
        printed_day(" ".join(plain[dated])),
    )
