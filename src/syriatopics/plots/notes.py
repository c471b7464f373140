"""Notes in Arabic: the sentences of results, below Arabic figures and in Arabic papers.

Results say what they rest on in English sentences, which the manifest keeps. Which of them are known in
Arabic stands in ``assets/notes.toml``; of the rest it is said below a figure where it stands.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

__all__ = ["in_arabic", "told"]

_MORE = "ولهذا الشكل ملاحظات أخرى في manifest.json."
_SENTENCE = re.compile(r"(?<=\.)\s+")
_HOLE = re.compile(r"\{(\w+)\}")
_NUMBER = r"[-+−]?[\d.,]*\d%?"
# Names and identifiers; some words of notes have a space or a hyphen in them.
_WORD = re.compile(r"wire copy|[^\W\d_][\w-]*")
# A sentence of a result is no longer; one that holds names of a stranger's may be.
_LONGEST = 1_000


def told(note: str, names: Mapping[str, str] | None = None) -> tuple[str, str]:
    """Return what of a note is known in Arabic, and the rest as it is.

    Parameters
    ----------
    note : str
    names : mapping, optional
        Outlets and themes by the names that notes have for them.

    Examples
    --------
    >>> told("Lines at .667 and .8. Something else.")
    ('خطان عند .667 و.8.', 'Something else.')
    >>> told("No text of its own: amad (wire copy).", {"amad": "أمد"})
    ('لا نص له من إنتاجه: أمد (عن وكالات).', '')
    """
    said, left = dict[str, None](), []
    for sentence in filter(None, _SENTENCE.split(note.strip())):
        arabic = _said(sentence, names) or _each(sentence.split("; "), names)
        if arabic:
            said[arabic] = None
        else:
            left.append(sentence)
    return " ".join(said), " ".join(left)


def in_arabic(note: str) -> str:
    """Return what is known of a note in Arabic; of the rest, that the manifest holds it.

    Examples
    --------
    >>> in_arabic("Blocks (auto): week, since articles of one week are alike. Lines at .667 and .8.")
    'ما يُعدّ مستقلا: الأسبوع. خطان عند .667 و.8.'
    >>> in_arabic("Something else.")
    'ولهذا الشكل ملاحظات أخرى في manifest.json.'
    >>> in_arabic("مكتوبة بالعربية.")
    'مكتوبة بالعربية.'
    """
    said, left = told(note)
    return " ".join(filter(None, [said, _MORE if left else ""]))


def _each(parts: Sequence[str], names: Mapping[str, str] | None) -> str:
    """Say what a cell of a table holds: several short notes in a row."""
    said = [_said(part, names) for part in parts]
    return "؛ ".join(said) if all(said) else ""


def _said(sentence: str, names: Mapping[str, str] | None) -> str:
    if not re.search("[A-Za-z]{2}", sentence):
        return sentence
    words, known = _known()
    words = {**words, **(names or {})}
    for pattern, arabic in known if len(sentence) <= _LONGEST else ():
        if match := pattern.fullmatch(sentence):
            return arabic.format(
                **{name: _put(value, words) for name, value in match.groupdict().items()}
            )
    return ""


def _put(value: str, words: Mapping[str, str]) -> str:
    """Put names and small words of a list into Arabic."""
    arabic = _WORD.sub(lambda word: words.get(word[0], word[0]), value)
    return arabic.replace(", ", "، ").replace("; ", "؛ ").replace(" و ", " و")


@cache
def _known() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    text = (files("syriatopics.plots") / "assets" / "notes.toml").read_text(encoding="utf-8")
    held = tomllib.loads(text)
    return held["words"], [(_pattern(one["en"]), one["ar"]) for one in held["sentence"]]


def _pattern(template: str) -> re.Pattern[str]:
    """Read a template: a hole of one letter takes a number, another takes words."""
    parts = [
        f"(?P<{part}>{_NUMBER if len(part) == 1 else '.+?'})" if at % 2 else re.escape(part)
        for at, part in enumerate(_HOLE.split(template))
    ]
    return re.compile("".join(parts))
