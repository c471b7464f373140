"""Finding the entries of a lexicon in running tokens: one matcher for all lexicons.

An entry is a word or a sequence of words. The first word may carry the clitics of Arabic
(و ف, then ب ك ل, then the article ال, which becomes لل behind ل). An entry written with
the article asks for it; one written without takes both. ``لاجئ*`` matches every word that
begins so, and ``(ال)`` before a later word makes its article optional. The longest match
wins, and a word is used once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from syriatopics.arabic.normalize import clean, key
from syriatopics.arabic.tokenize import Token, scan, tokenize
from syriatopics.arabic.word_forms import begins_with_article, first_word_forms

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


class _Word(NamedTuple):
    """One word of an entry: its key, and how its spelling is to be taken."""

    key: str
    has_article: bool
    is_prefix: bool
    article_optional: bool


class _Node(Generic[_Id]):
    """A place in the trie of entries: what may follow, and which entry ends here."""

    __slots__ = ("entry", "next", "prefixes")

    def __init__(self) -> None:
        self.next: dict[str, _Node[_Id]] = {}
        self.prefixes: dict[str, _Node[_Id]] = {}
        self.entry: tuple[_Id | None, str] | None = None

    def follow(self, word: str) -> Iterator[_Node[_Id]]:
        node = self.next.get(word)
        if node is not None:
            yield node
        for prefix, node in self.prefixes.items():
            if word.startswith(prefix):
                yield node


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


def _is_gap(between: str) -> bool:
    return between.isspace() or _GAP.fullmatch(clean(between)) is not None


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
    ValueError
        If a form holds no Arabic word and no number.

    Examples
    --------
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
        self._roots: dict[str, list[_Node[_Id]]] = {}
        self._prefix_roots: dict[str, list[_Node[_Id]]] = {}
        self._first: dict[tuple[str, bool, bool], _Node[_Id]] = {}
        self._memo: dict[str, tuple[_Node[_Id], ...]] = {}
        self._keys: dict[str, str] = {}
        self._seconds: set[str] = set()
        self._second_prefixes: set[str] = set()
        self._longest = 0
        for id_, forms in entries.items():
            for form in forms:
                self._add(form, id_)
        for form in blocked:
            self._add(form, None)

    def _words(self, form: str) -> list[_Word]:
        words = []
        for piece in form.split():
            optional = piece.startswith("(ال)")
            tokens = tokenize(piece.removeprefix("(ال)"))
            last = len(tokens) - 1
            words += [
                _Word(
                    self._fold(key(token)),
                    begins_with_article(token),
                    piece.endswith("*") and n == last,
                    optional and n == 0,
                )
                for n, token in enumerate(tokens)
            ]
        if not words:
            raise ValueError(f"the entry {form!r} has no Arabic word and no number")
        return words

    def _add(self, form: str, id_: _Id | None) -> None:
        first, *rest = self._words(form)
        node = root = self._root(first)
        for word in rest:
            branch = node.prefixes if word.is_prefix else node.next
            node = branch.setdefault(word.key, _Node())
            if word.article_optional:
                branch["ال" + word.key] = node
        if node.entry is None:
            node.entry = (id_, form)
        self._longest = max(self._longest, 1 + len(rest))
        self._seconds.update(root.next)
        self._second_prefixes.update(root.prefixes)

    def _root(self, first: _Word) -> _Node[_Id]:
        """Return the node behind a first word, which all entries that begin so share."""
        signature = (first.key, first.has_article, first.is_prefix)
        root = self._first.get(signature)
        if root is None:
            root = self._first[signature] = _Node()
            roots = self._prefix_roots if first.is_prefix else self._roots
            for surface in set(first_word_forms(first.key, first.has_article)):
                roots.setdefault(surface, []).append(root)
        return root

    def _starts(self, word: str) -> tuple[_Node[_Id], ...]:
        found = self._memo.get(word)
        if found is None:
            nodes = list(self._roots.get(word, ()))
            if self._prefix_roots:
                for length in range(1, len(word) + 1):
                    nodes += self._prefix_roots.get(word[:length], ())
            found = self._memo[word] = tuple(nodes)
        return found

    @property
    def openings(self) -> frozenset[str]:
        """The keys with which entries begin, those of entries with a star left out."""
        return frozenset(self._roots)

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
        nodes = list(self._starts(first))
        for word in words:
            nodes = [child for node in nodes for child in node.follow(word)] if word else []
        return any(node.next or node.prefixes for node in nodes)

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
        matches = []
        position = 0
        while position < len(keys):
            match = self.match(keys, position)
            position = match.end if match else position + 1
            if match is not None and match.id is not None:
                matches.append(match)
        return matches  # type: ignore[return-value]

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
        self._memo.clear()
        self._keys.clear()

    def match(self, keys: Sequence[str | None], position: int) -> PhraseMatch[_Id | None] | None:
        """Return the longest entry that begins at `position`, or None (blocked: id None)."""
        word = keys[position]
        starts = self._starts(word) if word is not None else ()
        if not starts:
            return None
        best: tuple[int, tuple[_Id | None, str]] | None = None
        frontier = [(node, position + 1) for node in starts]
        while frontier:
            node, end = frontier.pop()
            if node.entry is not None and (best is None or end > best[0]):
                best = (end, node.entry)
            following = keys[end] if end < len(keys) else None
            if following is not None:
                frontier += [(child, end + 1) for child in node.follow(following)]
        return PhraseMatch(position, best[0], *best[1]) if best else None
