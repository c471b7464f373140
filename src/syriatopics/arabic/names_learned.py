"""Names of people that no lexicon holds, learned from the corpus.

A name begins with a first name (بسام بارسيك), or stands behind a title (المستشار هاينز فيشر). Rows of
words in such places are counted with the words themselves, so that counts of parts of a corpus
can be added; which of them are names is decided on the sums.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np

from syriatopics.arabic.characters import is_arabic_word
from syriatopics.arabic.columns import PieceMemory, blocks, cut
from syriatopics.arabic.newsroom import newsroom_words
from syriatopics.arabic.normalize import key_of_clean, keys_of_clean
from syriatopics.arabic.stopwords import stop_list
from syriatopics.arabic.tokenize import TOKEN, words_in
from syriatopics.lexicons import load

__all__ = ["count_with_names", "learned_names"]

# Words, numbers, and punctuation, across which no name reaches.
PIECE = re.compile(r"[^\W\d_]+|\d+(?:[.,٫٬]\d+)*|[^\w\s]+")
# Before a row of words that stands behind a title.
BEHIND = " "
# Words that need the next one: عبد الحليم, محمد بن سلمان.
_HEADS = frozenset(("عبد", "أبو", "ابو", "أم"))
JOINERS = _HEADS | {"بن", "ابن", "بنت", "آل", "دي", "فان", "فون", "أبي", "أبا", "لو", "دو"}
_LONGEST = 4
_DEFINITE = ("ال", "لل", "بال", "وال", "فال", "كال")
# How often a word must stand in a pair, of all its places, so that the pair is a name.
_FIRST, _SECOND, _ALONE = 0.1, 0.02, 0.5


class Role:
    """What a word may be in a name, as bits."""

    PART, GIVEN, COMMON, BEFORE, JOINS, ORIGIN, HEADS, PAUSE = 1, 2, 4, 8, 16, 32, 64, 128


@cache
def _listed() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    lexicon = load("names")
    return (
        frozenset(map(key_of_clean, lexicon.given.words)),
        frozenset(map(key_of_clean, lexicon.common.words)),
        frozenset(map(key_of_clean, lexicon.before.words)),
    )


@lru_cache(maxsize=1 << 14)
def role_of(word: str) -> int:
    """Return the roles of a clean word; 0 for numbers, punctuation and words of other scripts."""
    return roles_of([word])[0]


def roles_of(words: Sequence[str]) -> list[int]:
    """Return the roles of many clean words."""
    return list(map(_role, words, keys_of_clean(words)))


def _role(word: str, word_key: str) -> int:
    if not is_arabic_word(word):
        return Role.PAUSE if word and word in "،," else 0
    given, common, before = _listed()
    role = Role.BEFORE if word_key in before or word_key.removeprefix("و") in before else 0
    bare = bare_name(word)
    word, word_key = bare, word_key[len(word) - len(bare) :]
    if word in JOINERS:
        return role | Role.JOINS | Role.HEADS * (word in _HEADS)
    if word.startswith("ال") and word.endswith(("ي", "ية")):
        role |= Role.ORIGIN
    if len(word) < 2 or stop_list().holds(word) or word in newsroom_words():
        return role
    return role | Role.PART | Role.GIVEN * (word_key in given) | Role.COMMON * (word_key in common)


def bare_name(word: str) -> str:
    """Return a first name without و or a preposition that is written with it: وشارل, لبشار.

    Examples
    --------
    >>> bare_name("وشارل"), bare_name("وليد"), bare_name("والده")
    ('شارل', 'وليد', 'والده')
    """
    if word[0] not in "وفبل":
        return word
    given, common, _ = _listed()
    word_key = key_of_clean(word)
    if word_key not in given and word_key not in common:
        rest = word_key[1:]
        if rest in given or rest in common or word[1:] in _HEADS:
            return word[1:]
    return word


def name_rows(
    rows: np.ndarray[tuple[int], np.dtype[np.int64]],
    words: np.ndarray[tuple[int], np.dtype[np.int32]],
    roles: np.ndarray[tuple[int], np.dtype[np.int32]],
) -> Iterator[tuple[bool, tuple[int, ...]]]:
    """Yield the rows of words that may be a name, and whether each stands behind a title.

    Parameters
    ----------
    rows : ndarray of int64, shape (n_words,)
        The text of each word.
    words : ndarray of int32, shape (n_words,)
    roles : ndarray of int32, shape (n_words,)
    """
    if not len(rows):
        return
    named = (roles & (Role.GIVEN | Role.COMMON | Role.HEADS)) > 0
    before = (roles & Role.BEFORE) > 0
    origin = (roles & Role.ORIGIN) > 0
    same = np.concatenate([[False], rows[1:] == rows[:-1]])
    behind = same & np.concatenate([[False], before[:-1]])
    behind |= same & np.concatenate([[False], (origin & behind)[:-1]])
    # الرئيس الروسي، فلاديمير بوتين: across a comma only what is known to be a first name.
    pause = (roles & Role.PAUSE) > 0
    behind |= named & same & np.concatenate([[False], (pause & behind)[:-1]])
    part = (roles & (Role.PART | Role.JOINS)) > 0
    joins = (roles & Role.JOINS) > 0
    # Behind a first name, and behind the word that عبد or بن has taken, a name may go on.
    goes_on = joins | ((roles & Role.GIVEN) > 0) | np.concatenate([[False], joins[:-1]])
    starts = np.flatnonzero(part & (named | behind) & np.concatenate([(part & same)[1:], [False]]))
    told = behind[starts].tolist()
    for start, is_behind in zip(starts.tolist(), told, strict=True):
        end = start + 2
        yield is_behind, tuple(words[start:end].tolist())
        while (
            end < min(start + _LONGEST, len(rows)) and part[end] and same[end] and goes_on[end - 1]
        ):
            end += 1
            yield is_behind, tuple(words[start:end].tolist())


def count_with_names(texts: Iterable[str]) -> Counter[str]:
    """Count the clean words and numbers of texts, and with them rows of words that may be names.

    Examples
    --------
    >>> count_with_names(["بسام بارسيك"])["بسام بارسيك"]
    1
    """
    words: list[str] = []
    memory = PieceMemory(lambda new: _entered(new, words), 2)
    totals = np.zeros(0, dtype=np.int64)
    rows: Counter[tuple[bool, tuple[int, ...]]] = Counter()
    counts: Counter[str] = Counter()
    for block in blocks(texts):
        pieces = cut(block)
        numbers, roles = memory.facts(pieces.types)
        totals = np.concatenate([totals, np.zeros(len(words) - len(totals), dtype=np.int64)])
        totals[numbers] += np.bincount(pieces.codes, minlength=len(pieces.types))
        texts_of = np.repeat(np.arange(len(block)), pieces.lengths)
        rows.update(name_rows(texts_of, numbers.take(pieces.codes), roles.take(pieces.codes)))
        for position in pieces.unusual:
            counts += _count_one(words_in(block[position], PIECE))
    for piece, total in zip(words, totals.tolist(), strict=True):
        if piece and TOKEN.fullmatch(piece):
            counts[piece] += total
    for (behind, row), total in rows.items():
        counts[_spelled(behind, row, words)] += total
    return counts


def _entered(new: list[str], words: list[str]) -> Sequence[Sequence[int]]:
    """Enter new clean pieces into a list; return their places in it and their roles."""
    start = len(words)
    words += new
    return range(start, len(words)), roles_of(new)


def _count_one(pieces: list[str]) -> Counter[str]:
    """Count one text that cannot be cut before it is cleaned."""
    counts = Counter(filter(TOKEN.fullmatch, pieces))
    roles = np.array(roles_of(pieces), dtype=np.int32)
    places = np.arange(len(pieces), dtype=np.int32)
    for behind, row in name_rows(np.zeros(len(pieces), dtype=np.int64), places, roles):
        counts[_spelled(behind, row, pieces)] += 1
    return counts


def _spelled(behind: bool, row: tuple[int, ...], words: list[str]) -> str:
    first, *others = (words[number] for number in row)
    return BEHIND * behind + " ".join((bare_name(first), *others))


def learned_names(counts: Mapping[str, int]) -> list[str]:
    """Return the names among rows of words.

    Parameters
    ----------
    counts : mapping of str to int
        How often each clean word, and each row of words that may be a name, was seen; a row
        behind a title begins with a space.

    Examples
    --------
    >>> learned_names({"بسام": 2, "بارسيك": 3, "بسام بارسيك": 2, " وزير الخارجية": 1})
    ['بسام بارسيك']
    """
    seen: Counter[str] = Counter()
    behind: Counter[str] = Counter()
    for row, count in counts.items():
        if " " in row:
            (behind if row[0] == BEHIND else seen)[row.strip()] += count
    every = seen + behind
    known = _Known(counts, every, behind)
    return sorted(set(filter(None, map(known.name, every))))


class _Known:
    """Decides on rows of words by what was counted."""

    def __init__(
        self, counts: Mapping[str, int], rows: Mapping[str, int], behind: Mapping[str, int]
    ) -> None:
        self._counts, self._rows, self._behind = counts, rows, behind

    def name(self, row: str) -> str | None:
        """Return the row if all of it, and no more, is a name."""
        words = row.split(" ")
        size = self._size(words)
        return row if size == len(words) else None

    def _size(self, words: list[str]) -> int:
        """Return how many of the words are the name with which they begin, 0 for none."""
        first = _whole_word(words, 0)
        if first >= len(words) or not self._begins(words, first):
            return 0
        last = _whole_word(words, first)
        while last < len(words) and self._goes_on(words, last):
            last = _whole_word(words, last)
        return last

    def _begins(self, words: list[str], first: int) -> bool:
        """Say whether a name begins with the first words, those up to `first` being one."""
        pair = " ".join(words[: _whole_word(words, first)])
        n, role = self._rows.get(pair, 0), role_of(words[0])
        if words[0].startswith(_DEFINITE) or (role & Role.JOINS and not role & Role.HEADS):
            return False
        if not self._may_end(words[first], n):
            return False
        if role & Role.GIVEN or first > 1:
            return True
        alone = sum(self._counts.get(letter + words[0], 0) for letter in ("", *"وفبل"))
        told = self._behind.get(pair, 0)
        if not role & Role.COMMON and role_of(words[1]) & Role.GIVEN:
            return False  # العقيد المتقاعد فيكتور ليتوفكين
        if role & Role.COMMON:
            often = n >= _FIRST * alone if n > 1 else n >= _ALONE * alone
            return told > 0 or (
                often and (n > 1 or n >= _ALONE * self._counts.get(words[first], 0))
            )
        if role & Role.BEFORE or words[0].endswith("ت") or words[first].startswith("ال"):
            return False  # وزير الخارجية, a verb, a noun with another
        rare = 3 * n >= self._counts.get(words[first], 0)
        return told > 0 and n >= _ALONE * alone and rare

    def _may_end(self, word: str, n: int) -> bool:
        """Say whether a word may be a family name: no verb, and none of the words of every page."""
        role = role_of(word)
        if role & Role.GIVEN or word in JOINERS:
            return True
        if word.startswith(_DEFINITE) and not word.startswith("ال"):
            return False
        rest = self._counts.get(word[1:], 0)
        if word[0] in "وفبل" and rest > (0 if word[0] == "و" else self._counts.get(word, 0)):
            return False  # حسين وزوجته, عبد الرحمن لوكالة
        verb = len(word) > 3 and word[0] in "يتس" and n < _ALONE * self._counts.get(word, 0)
        return not verb and n >= _SECOND * self._counts.get(word, 0) and not _is_form(word)

    def _goes_on(self, words: list[str], last: int) -> bool:
        """Say whether the next word belongs to the name as well: it mostly stands there."""
        shorter, longer = " ".join(words[:last]), " ".join(words[: last + 1])
        given = role_of(words[last - 1]) & Role.GIVEN or words[last - 2] in JOINERS
        n = self._rows.get(longer, 0)
        end = _whole_word(words, last)
        if not given or end > len(words) or not self._may_end(words[end - 1], n):
            return False
        return n >= _ALONE * self._rows.get(shorter, 0)


def _whole_word(words: list[str], place: int) -> int:
    """Return where the word at a place ends: عبد and what is behind it are one."""
    while place < len(words) and words[place] in JOINERS:
        place += 1
    return place + 1


def _is_form(word: str) -> bool:
    """Say whether a word has an ending that no family name has: المسلحين, قواتها."""
    return word.endswith(("ها", "هم")) and not word.startswith("ال")
