"""JSON-LD: which of the things that a page describes is the article?

A page describes its site, its videos, its comments and the articles it links to as well. The article
is what has the type of one; of several, the one that bears the title or the address of the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from syriatopics.corpus.words import line_key

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = [
    "article_of",
    "linked_items",
    "names_in",
    "page_of",
    "publisher_of",
    "sections_of",
    "text_of",
]

_ARTICLES = frozenset((
    "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
    "backgroundnewsarticle", "reviewnewsarticle", "askpublicnewsarticle", "advertisercontentarticle",
    "satiricalarticle", "liveblogposting", "blogposting", "socialmediaposting", "report", "techarticle",
    "scholarlyarticle", "discussionforumposting", "interview",
))  # fmt: skip
_PAGES = frozenset(("webpage", "itempage", "aboutpage", "medicalwebpage"))
# What wraps JSON in old templates.
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>)\s*$"
)
_COMMA = re.compile(r",(\s*[}\]])")
_STATED = re.compile(r'"datePublished"\s*:\s*"([^"\n]{4,60})"')
_TYPED = re.compile(r'"@type"\s*:\s*"(?:News|Reportage)?\w*Article"|BlogPosting')
_MOST = 500


def linked_items(tree: _Element) -> list[dict[str, Any]]:
    """Return the things that the JSON-LD of a page describes, in order.

    What stands in lists of other pages is left out, and so is what hangs below another thing.
    """
    found: list[dict[str, Any]] = []
    for element in tree.iter("script"):
        if "ld+json" in (element.get("type") or "").lower():
            found.extend(_items(_WRAPPING.sub("", element.text or "")))
            if len(found) >= _MOST:
                break
    return found[:_MOST]


def _items(text: str) -> Iterator[dict[str, Any]]:
    for written in (text, _COMMA.sub(r"\1", text)):
        try:
            content = json.loads(written, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _top(content)
        return
    # Broken, but what it says of one article can be read all the same.
    stated = set(_STATED.findall(text))
    if len(stated) == 1 and _TYPED.search(text):
        yield {"@type": "Article", "datePublished": stated.pop()}


def _top(content: Any) -> Iterator[dict[str, Any]]:
    for item in content if isinstance(content, list) else [content]:
        if isinstance(item, dict):
            yield item
            for inner in ("@graph", "mainEntity", "mainEntityOfPage"):
                held = item.get(inner)
                yield from (
                    i for i in (held if isinstance(held, list) else [held]) if isinstance(i, dict)
                )


def _types(item: dict[str, Any]) -> set[str]:
    stated = item.get("@type")
    names = stated if isinstance(stated, list) else [stated]
    return {re.split(r"[/#:]", n)[-1].lower() for n in names if isinstance(n, str)}


def article_of(
    items: list[dict[str, Any]], titles: frozenset[str], address: str | None
) -> dict[str, Any] | None:
    """Return the article among the things that a page describes.

    Parameters
    ----------
    items : list of dict
    titles : frozenset of str
        Keys of the titles that the page bears.
    address : str or None
        Where the page stands.
    """
    articles = [item for item in items if _types(item) & _ARTICLES]
    if not articles:
        articles = [i for i in items if not _types(i) and "datePublished" in i]
    if len(articles) < 2:
        return articles[0] if articles else None
    of_page = [item for item in articles if _is_of(item, titles, address)]
    if of_page:
        return next((item for item in of_page if text_of(item.get("datePublished"))), of_page[0])
    stated = {text_of(item.get("datePublished")) for item in articles}
    return articles[0] if len(stated) == 1 else None


def page_of(items: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the page as it describes itself."""
    return next((i for i in items if _types(i) & _PAGES and text_of(i.get("datePublished"))), None)


def _is_of(item: dict[str, Any], titles: frozenset[str], address: str | None) -> bool:
    for name in ("headline", "name", "alternativeHeadline"):
        own = line_key(text_of(item.get(name)))
        if own and any(own == title or title.startswith(own) for title in titles):
            return True
    page = item.get("mainEntityOfPage")
    linked = [item.get("url"), item.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    return address is not None and any(
        _same_page(text_of(link), address) for link in linked if text_of(link)
    )


def _same_page(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _bare(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address).split("#")[0].split("?")[0].rstrip("/")


def text_of(value: Any) -> str:
    """Return a value that should be text, as text; a list gives its first."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value", "")
    return value.strip() if isinstance(value, str) else ""


def names_in(value: Any) -> str:
    """Return the names of the people that a value holds, one after the other; papers are nobody."""
    people = value if isinstance(value, list) else [value]
    names: list[str] = []
    for person in people[:10]:
        if isinstance(person, dict):
            if "organization" in _types(person) or "newsmediaorganization" in _types(person):
                continue
            person = text_of(person.get("name"))
        if isinstance(person, str) and person.strip() and "//" not in person:
            names.append(person.strip())
    return ", ".join(dict.fromkeys(names))


def publisher_of(article: dict[str, Any] | None, items: list[dict[str, Any]]) -> str:
    """Return the name of the house that publishes an article, wherever on the page it stands."""
    held = (article or {}).get("publisher")
    house = next(iter(held), None) if isinstance(held, list) else held
    if not isinstance(house, dict):
        return text_of(house)
    named = [house, *(i for i in items if house.get("@id") and i.get("@id") == house["@id"])]
    return next((name for item in named if (name := text_of(item.get("name")))), "")


def sections_of(article: dict[str, Any] | None, items: list[dict[str, Any]]) -> list[str]:
    """Return the sections in which an article stands: as it says, then from its trail on the site."""
    stated = (article or {}).get("articleSection")
    found = [text_of(name) for name in (stated if isinstance(stated, list) else [stated])]
    trail = next((i for i in items if "breadcrumblist" in _types(i)), {})
    steps = trail.get("itemListElement")
    for step in steps if isinstance(steps, list) else []:
        if isinstance(step, dict):
            place = step.get("item")
            inner = place.get("name") if isinstance(place, dict) else None
            found.append(text_of(step.get("name") or inner))
    return [name for name in found if name]
