"""Finding the entries of a lexicon in running tokens: one matcher for all lexicons.

An entry is a word or a sequence of words. The first word may carry the clitics of Arabic
(و ف, then ب ك ل, then the article ال, which becomes لل behind ل). An entry written with
the article asks for it; one written without takes both. ``لاجئ*`` matches every word that
begins so, and ``(ال)`` before a later word makes its article optional. Punctuation inside an
entry stands for any in the text.

The longest match wins, then the entry that takes the words of the text most nearly as they are
spelled, then the first one; a word is used once. So every entry finds itself, whatever others
stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from syriatopics.arabic.characters import is_arabic_word
from syriatopics.arabic.normalize import clean, key
from syriatopics.arabic.tokenize import Token, scan
from syriatopics.arabic.word_forms import begins_with_article, first_word_forms
from syriatopics.errors import InputError

__all__ = ["PhraseMatch", "PhraseMatcher", "TextMatch", "running_keys"]

_Id = TypeVar("_Id", bound=Hashable)
_GAP = re.compile(r"[\s_]*")


class PhraseMatch(NamedTuple, Generic[_Id]):
    """Tokens ``start`` to ``end`` (exclusive) match the entry ``form`` of ``id``."""

    start: int
    end: int
    id: _Id
    form: str


class TextMatch(NamedTuple, Generic[_Id]):
    """The entry ``form`` of ``id`` stands at ``text[start:end]``."""

    start: int
    end: int
    id: _Id
    form: str


# How freely an entry takes a word of the text: a word with clitics or an ending that the entry
# does not have weighs more than anything that the entry allows by a sign of its own.
_ALLOWED, _FREE = 1, 1 << 12
_PUNCTUATION = ""
_NOWHERE: tuple[()] = ()


class _Word(NamedTuple):
    """One word of an entry: its key, and how its spelling is to be taken."""

    key: str
    has_article: bool
    is_prefix: bool
    article_optional: bool


class _End(NamedTuple, Generic[_Id]):
    """Where an entry ends; of entries spelled alike the one with the lowest number counts."""

    number: int
    id: _Id | None
    form: str


class _Node(Generic[_Id]):
    """A place in the trie of entries: what may follow, and which entry ends here.

    A word that may stand with or without the article has a branch of its own: an entry that is
    spelled with the article, or without it, keeps its own way.
    """

    __slots__ = ("either", "entry", "next", "prefixes")

    def __init__(self) -> None:
        self.next: dict[str, _Node[_Id]] = {}
        self.either: dict[str, _Node[_Id]] = {}
        self.prefixes: dict[tuple[str, bool], _Node[_Id]] = {}
        self.entry: _End[_Id] | None = None

    def branch(self, word: _Word) -> _Node[_Id]:
        """Return the node behind a word of an entry; a new one is entered."""
        if word.is_prefix:
            return self.prefixes.setdefault((word.key, word.article_optional), _Node())
        if word.article_optional:
            return self.either.setdefault(word.key, _Node())
        return self.next.setdefault(word.key, _Node())

    def follow(self, word: str) -> Iterator[tuple[_Node[_Id], int]]:
        """Yield the nodes to which a word of a text leads, and how freely it is taken."""
        node = self.next.get(word)
        if node is not None:
            yield node, 0
        if self.either:
            for spelled in _without_article(word):
                if (node := self.either.get(spelled)) is not None:
                    yield node, _ALLOWED
        for (prefix, optional), node in self.prefixes.items():
            for spelled in _without_article(word) if optional else (word,):
                if spelled.startswith(prefix):
                    yield node, _beyond(spelled, len(prefix)) + _ALLOWED * optional
                    break

    @property
    def goes_on(self) -> bool:
        return bool(self.next or self.either or self.prefixes)


def _beyond(word: str, n: int) -> int:
    """Weigh the letters of a word behind the `n` that an entry with a star has."""
    return _FREE + len(word) - n if len(word) > n else _ALLOWED


def _without_article(word: str) -> tuple[str, ...]:
    return (word, word[2:]) if word.startswith("ال") else (word,)


def running_keys(
    text: str, key_of: Callable[[str], str] = key
) -> tuple[list[Token], list[str | None]]:
    """Return the tokens of `text` and their keys, with a break wherever punctuation stands.

    A break is a token without text whose key is None: no entry reaches across it. White space,
    the underscore of hashtags and lone marks are no break.
    """
    tokens: list[Token] = []
    keys: list[str | None] = []
    position = 0
    for token in scan(text):
        if tokens and not _is_gap(text[position : token.start]):
            tokens.append(Token("", position, token.start))
            keys.append(None)
        tokens.append(token)
        keys.append(key_of(token.text))
        position = token.end
    return tokens, keys


def _require_read(form: str, between: str) -> None:
    if any(map(str.isalnum, clean(between))):
        raise InputError(
            f"The entry {form!r} holds letters of another script: words of it are not read."
        )


def _is_gap(between: str) -> bool:
    return between.isspace() or _GAP.fullmatch(clean(between)) is not None


@lru_cache(maxsize=1 << 14)
def _words_of(form: str, fold: Callable[[str], str]) -> tuple[_Word, ...]:
    """Cut an entry into its words; the same name stands in many lexicons."""
    words: list[_Word] = []
    between = ""
    for piece in form.split():
        optional, piece = piece.startswith("(ال)"), piece.removeprefix("(ال)")
        starred, piece = piece.endswith("*"), piece.removesuffix("*")
        position = 0
        # Nearly every piece is one word as it is written; others are looked at letter by letter.
        plain = piece.isalpha() and is_arabic_word(piece) and clean(piece) == piece
        tokens = [Token(piece, 0, len(piece))] if plain else list(scan(piece))
        for n, token in enumerate(tokens):
            between += piece[position : token.start]
            if words and not _is_gap(between):
                words.append(_Word(_PUNCTUATION, False, False, False))
            words.append(
                _Word(
                    fold(key(token.text)),
                    begins_with_article(token.text),
                    starred and n == len(tokens) - 1,
                    optional and n == 0,
                )
            )
            unread, between, position = between, "", token.end
            _require_read(form, unread)
        between += piece[position:] + " "
    _require_read(form, between)
    if not words:
        raise InputError(f"the entry {form!r} has no Arabic word and no number")
    return tuple(words)


@lru_cache(maxsize=1 << 14)
def _surfaces(word_key: str, has_article: bool) -> frozenset[str]:
    return frozenset(first_word_forms(word_key, has_article))


class PhraseMatcher(Generic[_Id]):
    """Matches the entries of a lexicon against the keys of running tokens.

    Parameters
    ----------
    entries : mapping of id to forms
        The forms under which each id is found.
    blocked : iterable of str
        Forms that use up their words without counting (negative contexts).
    fold : callable, optional
        ``str → str``, applied to every key of an entry; the text must be folded alike.

    Raises
    ------
    InputError
        If a form holds no Arabic word and no number, or letters of another script: words of
        other scripts are not read, and what is left of the form would be found instead of it.

    Examples
    --------
    >>> from syriatopics.arabic.tokenize import tokenize
    >>> matcher = PhraseMatcher({"un": ["الأمم المتحدة"]})
    >>> matcher.find([key(word) for word in tokenize("قال للأمم المتحدة")])
    [PhraseMatch(start=1, end=3, id='un', form='الأمم المتحدة')]
    """

    def __init__(
        self,
        entries: Mapping[_Id, Iterable[str]],
        blocked: Iterable[str] = (),
        fold: Callable[[str], str] = str,
    ) -> None:
        self._fold = fold
        # By the key of a first word: the nodes behind it, and how freely each takes it.
        self._roots: dict[str, list[tuple[_Node[_Id], int]]] = {}
        self._prefix_roots: dict[str, list[tuple[_Node[_Id], int]]] = {}
        self._first: dict[tuple[str, bool, bool], _Node[_Id]] = {}
        # Nothing begins with punctuation, which is None.
        self._memo: dict[str | None, tuple[tuple[_Node[_Id], int], ...]] = {None: _NOWHERE}
        self._keys: dict[str, str] = {}
        self._seconds: set[str] = set()
        self._second_prefixes: set[str] = set()
        self._longest = 0
        self._n_entries = 0
        self._openings: frozenset[str] | None = None
        for id_, forms in entries.items():
            for form in forms:
                self._add(form, id_)
        for form in blocked:
            self._add(form, None)

    def _add(self, form: str, id_: _Id | None) -> None:
        first, *rest = _words_of(form, self._fold)
        node = self._root(first)
        for word in rest:
            node = node.branch(word)
        if node.entry is None:
            node.entry = _End(self._n_entries, id_, form)
        self._n_entries += 1
        self._longest = max(self._longest, 1 + len(rest))
        for second in rest[:1]:
            if second.key != _PUNCTUATION:
                spelled = {second.key, "ال" + second.key if second.article_optional else second.key}
                (self._second_prefixes if second.is_prefix else self._seconds).update(spelled)

    def _root(self, first: _Word) -> _Node[_Id]:
        """Return the node behind a first word, which all entries that begin so share."""
        signature = (first.key, first.has_article, first.is_prefix)
        root = self._first.get(signature)
        if root is None:
            root = self._first[signature] = _Node()
            roots = self._prefix_roots if first.is_prefix else self._roots
            for surface in _surfaces(first.key, first.has_article):
                roots.setdefault(surface, []).append((root, _FREE * (surface != first.key)))
        return root

    def _starts(self, word: str) -> tuple[tuple[_Node[_Id], int], ...]:
        found = self._memo.get(word)
        if found is None:
            nodes = list(self._roots.get(word, ()))
            for n in range(1, len(word) + 1) if self._prefix_roots else ():
                more = self._prefix_roots.get(word[:n], ())
                nodes += [(node, free + _beyond(word, n)) for node, free in more]
            found = self._memo[word] = tuple(nodes) or _NOWHERE
        return found

    @property
    def openings(self) -> frozenset[str]:
        """The keys with which entries begin, those of entries with a star left out."""
        if self._openings is None:
            self._openings = frozenset(self._roots)
        return self._openings

    @property
    def prefix_openings(self) -> frozenset[str]:
        """The beginnings of first words of the entries with a star there."""
        return frozenset(self._prefix_roots)

    def can_start(self, word: str) -> bool:
        """Say whether an entry may begin with the token whose key is `word`."""
        return bool(self._starts(word))

    def starting(self, words: Iterable[str | None]) -> list[bool]:
        """Say for each key whether an entry may begin with it."""
        if self._prefix_roots:
            return [word is not None and self.can_start(word) for word in words]
        return [word in self._roots for word in words]

    def following(self, words: Iterable[str | None]) -> list[bool]:
        """Say for each key whether it may be the second word of an entry."""
        prefixes = tuple(self._second_prefixes)
        if prefixes:
            return [w is not None and (w in self._seconds or w.startswith(prefixes)) for w in words]
        return [word in self._seconds for word in words]

    def goes_on(self, first: str, *words: str | None) -> bool:
        """Say whether an entry that begins with these words may go on behind them."""
        nodes = [node for node, _ in self._starts(first)]
        for word in words:
            nodes = [child for node in nodes for child, _ in node.follow(word or _PUNCTUATION)]
        return any(node.goes_on for node in nodes)

    @property
    def longest(self) -> int:
        """How many words the longest entry has."""
        return self._longest

    def find(self, keys: Sequence[str | None]) -> list[PhraseMatch[_Id]]:
        """Return the matches in running tokens, in order and without overlap.

        Parameters
        ----------
        keys : sequence of str or None
            Match keys of the tokens; None where no entry may pass (punctuation).

        Returns
        -------
        list of PhraseMatch
            Blocked forms are left out, and so is what they cover.
        """
        matches: list[PhraseMatch[_Id]] = []
        behind = 0
        for position, starts in enumerate(map(self._memo.get, keys)):
            if starts is _NOWHERE or position < behind:
                continue
            match = self.match(keys, position)
            if match is not None:
                behind = match.end
                if match.id is not None:
                    matches.append(match)  # type: ignore[arg-type]
        return matches

    def find_in(self, text: str) -> list[TextMatch[_Id]]:
        """Return the matches in a text, with their place in it."""
        tokens, keys = running_keys(text, self.key)
        return [
            TextMatch(tokens[m.start].start, tokens[m.end - 1].end, m.id, m.form)
            for m in self.find(keys)
        ]

    def key(self, word: str) -> str:
        """Return the key of a word as the entries have it; worked out once per word type."""
        found = self._keys.get(word)
        if found is None:
            found = self._keys[word] = self._fold(key(word))
        return found

    def forget(self) -> None:
        """Drop what is remembered of the words of texts."""
        self._memo = {None: _NOWHERE}
        self._keys.clear()

    def match(self, keys: Sequence[str | None], position: int) -> PhraseMatch[_Id | None] | None:
        """Return the entry that begins at `position`, the longest or the nearest, or None.

        A blocked form has no id.
        """
        word = keys[position]
        starts = self._memo.get(word)
        if starts is None:
            starts = self._starts(word or _PUNCTUATION)
        if starts is _NOWHERE:
            return None
        best: tuple[int, int, _End[_Id]] | None = None
        frontier = [(node, free, position + 1) for node, free in starts]
        while frontier:
            node, free, end = frontier.pop()
            entry = node.entry
            if entry is not None and (
                best is None or (-end, free, entry.number) < (-best[0], best[1], best[2].number)
            ):
                best = end, free, entry
            if end == len(keys):
                continue
            following = keys[end] or _PUNCTUATION
            if node.either or node.prefixes:
                frontier += [
                    (child, free + more, end + 1) for child, more in node.follow(following)
                ]
            elif following in node.next:  # most nodes know nothing but words as they are
                frontier.append((node.next[following], free, end + 1))
        return PhraseMatch(position, best[0], best[2].id, best[2].form) if best else None
