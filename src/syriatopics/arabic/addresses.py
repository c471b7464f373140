"""Addresses in a text: of pages, of mail, of people, of files. What they spell is no word of it."""

from __future__ import annotations

import re

__all__ = ["may_hold_address", "without_addresses"]

# Up to white space or a sign that closes what the address stands in.
_REST = r"[^\s<>\"«»“”،؛؟]"
# Every run is taken whole (the possessive ++), so that a long one is read once.
_ADDRESS = re.compile(
    rf"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*+://{_REST}++"
    rf"|(?<![a-z0-9])www\.{_REST}++"
    # Without "https://" and "www." only what has a host in Latin letters and a path.
    rf"|(?<![\w.-])(?:[a-z0-9-]++\.)+[a-z]{{2,}}+(?::\d++)?/{_REST}*+"
    r"|(?<![\w.+-])[\w.+-]++@(?:[\w-]++\.)+[\w-]++|@\w++"
    rf"|(?<![^\s\"«“(])(?:[a-z]:\\|~?/[a-z][a-z0-9._-]*+/){_REST}++",
    re.IGNORECASE,
)
_LATIN = re.compile("[A-Za-z]")
# One of these stands in every address: a quick look before it is searched for.
_SIGN = re.compile(r"@|[A-Za-z][:/]|[wW]\.|/[A-Za-z]")


def without_addresses(text: str) -> str:
    r"""Return clean text with a bar in place of each character of an address.

    The words of an address are chosen by an editor of pages, and its numbers count them:
    ``https://www.x.com/2016/07/أخبار-سوريا``. Addresses of pages, with or without
    ``https://``, of mail, names of accounts (``@x``) and paths of files are taken out. The word of
    a hashtag stays: it stands for a word of the sentence.

    Parameters
    ----------
    text : str
        Clean text.

    Returns
    -------
    str
        As long as `text`, which is returned itself if it holds no address.

    Examples
    --------
    >>> without_addresses("عن x.com/سوريا: #دمشق")
    'عن |||||||||||| #دمشق'
    """
    if not may_hold_address(text) or _SIGN.search(text) is None:
        return text
    return _ADDRESS.sub(lambda found: "|" * len(found.group()), text)


def may_hold_address(text: str) -> bool:
    """Say by a quick look whether a text, clean or not, may hold an address."""
    if "@" in text:
        return True
    return ("/" in text or "w" in text or "\\" in text or "W" in text) and bool(_LATIN.search(text))
