"""Names of people as pseudonyms: a name, however spelt, has one pseudonym for one key of the user's."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from syriatopics.arabic import clean, key
from syriatopics.errors import InputError

__all__ = ["Pseudonyms", "pseudonym_key"]

# Marks and tatweel stand within a word.
_WORD = re.compile(r"[\w\u0640\u064b-\u0652\u0670]+")
_CLITICS = "وفبكل"
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_BYTES = 32

Keys = tuple[str, ...]


def pseudonym_key(file: str | Path) -> bytes:
    """Return the key in a file; a new one is drawn, for the user's eyes only, where there is no file.

    Raises
    ------
    InputError
        If the file holds something else.
    """
    path = Path(file)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new:
            new.write(secrets.token_hex(_BYTES) + "\n")
    except FileExistsError:
        pass
    except OSError as failure:
        raise InputError(f"{path}: no key can be kept there: {failure.strerror}.") from None
    try:
        held = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        held = b""
    if len(held) != _BYTES:
        raise InputError(
            f"{path} holds no key: {2 * _BYTES} letters a to f and digits, as was drawn for you."
        )
    return held


class Pseudonyms:
    """Pseudonyms of names: stable for one key, and not to be undone without it.

    Parameters
    ----------
    key : bytes
    names : iterable of str
        Who is hidden. A name of one word is hidden where it is all of a text, and stays within one: too many
        names are words, too.

    Examples
    --------
    >>> hidden = Pseudonyms(b"secret", ["سلمى القاسم"])
    >>> hidden.hide("قالت سَلمى القاسم أمس") == f"قالت {hidden.of('سلمى القاسم')} أمس"
    True
    >>> hidden.of("سلمى القاسم"), hidden.hide("سلمى")
    ('person-lmehlgdb', 'سلمى')
    """

    def __init__(self, key: bytes, names: Iterable[str]) -> None:
        self._key = key
        self._names = {keys for keys in map(_keys, names) if keys}
        self._first: dict[str, list[Keys]] = {}
        for name in sorted(self._names, key=lambda keys: (-len(keys), keys)):
            if len(name) > 1:
                self._first.setdefault(name[0], []).append(name)

    def of(self, name: str) -> str:
        """Return the pseudonym of a name; it holds no digit, so that it is no number of a paper."""
        return self._of(_keys(name))

    def _of(self, keys: Keys) -> str:
        digest = hmac.new(self._key, " ".join(keys).encode(), hashlib.sha256).hexdigest()
        return f"person-{digest[:8].translate(_LETTERS)}"

    def hide(self, text: str) -> str:
        """Return a text in which nobody is named who is to be hidden."""
        words = list(_WORD.finditer(text))
        keys = [_key(word[0]) for word in words]
        if tuple(keys) in self._names:
            return self._of(tuple(keys))
        parts, done, place = [], 0, 0
        while place < len(words):
            found = self._at(keys, place)
            if found is None:
                place += 1
                continue
            clitic, name = found
            begin = words[place].start()
            parts += [text[done:begin], text[begin] if clitic else "", self._of(name)]
            place += len(name)
            done = words[place - 1].end()
        return "".join([*parts, text[done:]])

    def _at(self, keys: list[str], place: int) -> tuple[bool, Keys] | None:
        word = keys[place]
        for clitic in (False, True) if word[:1] in _CLITICS else (False,):
            for name in self._first.get(word[clitic:], ()):
                if tuple(keys[place + 1 : place + len(name)]) == name[1:]:
                    return clitic, name
        return None

    def table(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table in whose cells nobody is named; what is no text stays."""
        changed = {
            name: column.map(lambda cell: self.hide(cell) if isinstance(cell, str) else cell)
            for name, column in table.items()
            if not pd.api.types.is_numeric_dtype(column)
        }
        return table.assign(**changed)


def _key(word: str) -> str:
    return key(clean(word))


def _keys(name: str) -> Keys:
    return tuple(_key(word) for word in _WORD.findall(name))
