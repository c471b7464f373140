"""Which words are counted as one: clitics and endings stripped on evidence, never on suspicion.

The article goes by rule, on the word as written (ألمانية keeps its letters); everything else
goes only where the corpus attests what remains. Plain attestation decays as a corpus grows
(with enough text لام and شار occur too, and سلام and بشار would lose a letter), so what counts
is relative frequency: the remainder must not be much rarer than the word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from syriatopics.arabic.normalize import clean, key, key_of_clean
from syriatopics.arabic.stopwords import plain, stop_key
from syriatopics.arabic.word_forms import begins_with_article
from syriatopics.lexicons.schema import CliticExceptions

__all__ = ["CliticStripper", "WordFolder", "snowball"]

_ARTICLE = re.compile(r"([وف]?)([بك]?)(ال(.{3,}))")
_LAM = re.compile(r"([وف]?)لل(.{2,})")
_MIN_REMAINDER = 3
# How frequent what an ending leaves must be against the term; how many endings a word has at most.
_ENDING_RATIO, _LAYERS = 0.2, 3
# How frequent the remainder must be against the word. و stands before every word of Arabic;
# for the others a remainder that is rarer than the word is suspect.
_RATIOS = {"و": 0.5, "ف": 1.0, "ب": 1.0, "ل": 1.0, "ك": 1.0, "س": 1.0}


class CliticStripper:
    """Maps a clean word to the match key under which it is counted.

    Parameters
    ----------
    counts : mapping of str to int
        How often each clean word occurs in the corpus.
    exceptions : CliticExceptions
        Words whose first letters only look like clitics.
    key_of : callable
        The match key of a clean word, its spelling folded.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        exceptions: CliticExceptions,
        key_of: Callable[[str], str] = key_of_clean,
    ) -> None:
        self._key_of = key_of
        self._counts: dict[str, int] = {}
        for word, count in counts.items():
            word_key = key_of(word)
            self._counts[word_key] = self._counts.get(word_key, 0) + count
        self._article = frozenset(map(stop_key, exceptions.article.words))
        self._lam = frozenset(map(key, exceptions.lam.words))
        self._single = frozenset(map(key, exceptions.single.words))

    def __call__(self, word: str) -> str:
        """Return the key under which the clean word is counted."""
        word_key = self._key_of(word)
        if word[0] not in "اولبكفس" or word_key in self._single:
            return word_key
        if (match := _ARTICLE.fullmatch(word)) and plain(word) not in self._article:
            # An exception keeps its own ال, but not what stands before it: والتقى → التقى.
            kept = match[3] if plain(match[3]) in self._article else match[4]
            return self._key_of(kept)
        if match := _LAM.fullmatch(word_key):
            return self._after_lam(match[2])
        return word_key if plain(word) in self._article else self._without_single(word_key)

    def _count(self, word_key: str) -> int:
        return self._counts.get(word_key, 0)

    def _after_lam(self, rest: str) -> str:
        """Resolve لل: للمجلس is المجلس, but للاجئين is اللاجئين and للجنة is لجنة."""
        with_lam = "ل" + rest
        if with_lam in self._lam or len(rest) < _MIN_REMAINDER:
            return with_lam
        article = self._count("ال" + rest) + self._count(rest)
        own = self._count("ال" + with_lam) + self._count(with_lam)
        return with_lam if own > article else rest

    def _without_single(self, word_key: str) -> str:
        """Strip و ف ب ل ك س where what remains is attested as a word of its own."""
        ratio = _RATIOS.get(word_key[0])
        rest = word_key[1:]
        if ratio is None or len(rest) < _MIN_REMAINDER or word_key in self._single:
            return word_key
        if word_key[0] == "س" and rest[0] not in "يتنا":
            return word_key  # the future stands before a verb: سيكون, not سكان
        if self._count(rest) < max(1.0, ratio * self._count(word_key)):
            return word_key
        return self._without_single(rest)


class WordFolder:
    """Maps a clean word to the term of all its forms: one term for the word that people read.

    Number, gender, definiteness, pronouns and case go: what the lexicon lists (plurals inside the
    word, feminines in ة) by rule, endings only where the corpus attests what remains.

    Parameters
    ----------
    counts : mapping of str to int
        How often each clean word occurs in the corpus.
    clitics : CliticStripper
    exceptions : CliticExceptions
        Endings, plurals and feminines, and the words that only look like one.
    names : iterable of str
        Words of names, which keep their letters.
    key_of : callable
        As of the clitics.
    apart : iterable of str
        Clean words that are counted without their clitics, and with which nothing is counted:
        تابع says how something is reported, التابعة does not.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        clitics: CliticStripper,
        exceptions: CliticExceptions,
        names: Iterable[str] = (),
        key_of: Callable[[str], str] = key_of_clean,
        apart: Iterable[str] = (),
    ) -> None:
        def folded(words: Iterable[str]) -> frozenset[str]:
            return frozenset(key_of(clean(word)) for word in words)

        own = exceptions.suffix.words
        self._clitics, self._key_of = clitics, key_of
        self._definite = frozenset(k[2:] for k in folded(filter(begins_with_article, own)))
        kept = folded((*(w for w in own if not begins_with_article(w)), *names))
        self._apart = frozenset(map(clitics, apart))
        self._bare = folded(exceptions.bare.words)
        self._kept = kept - self._bare
        self._listed = {word + "ه": word for word in folded(exceptions.feminine.words)}
        for pair in exceptions.plural.words:
            plural, singular = (key_of(clean(word)) for word in pair.split())
            self._listed[plural] = singular
        self._endings: dict[str, list[tuple[str, str]]] = {}
        for rule in exceptions.ending:
            ending = key(rule.ending)
            self._endings.setdefault(ending[-1], []).append((ending, key(rule.instead)))
        self._terms = {word: clitics(word) for word in counts}
        self._counts: dict[str, int] = {}
        self._marbuta: dict[str, int] = {}
        for word, term in self._terms.items():
            self._counts[term] = self._counts.get(term, 0) + counts[word]
            if word[-1] == "ة":
                self._marbuta[term] = self._marbuta.get(term, 0) + counts[word]
        self._known: dict[str, str] = {}
        self._spelled: dict[str, str] = {}  # of words with إ, which no listed plural has

    def __call__(self, word: str) -> str:
        """Return the term under which the clean word is counted."""
        term = self._terms.get(word) or self._clitics(word)
        if term in self._apart:
            return term
        if term in self._definite or term in self._bare:
            before = self._key_of(word).removesuffix(term)
            definite = before.endswith(("ال", "لل"))
            if definite if term in self._definite else not definite:
                return term
        # A match key cannot tell ه from ة, nor إعداد from أعداد; the word as written can.
        if (
            word[-1] == "ه"
            and term not in self._kept
            and 2 * self._marbuta.get(term, 0) < self._counts.get(term, 0)
        ):
            shorter = self._attested(term, term[:-1]) or term
            term = term if shorter in self._apart else shorter
        known = self._spelled if "إ" in word else self._known
        found = known.get(term)
        if found is None:
            found = known[term] = self._whole(term, {} if known is self._spelled else self._listed)
        return found

    def _whole(self, term: str, listed: Mapping[str, str]) -> str:
        for _ in range(_LAYERS):
            shorter = listed.get(term) or self._shorter(term)
            if shorter == term or shorter in self._apart:
                break
            term = shorter
        return term

    def _shorter(self, term: str) -> str:
        if term in self._kept:
            return term
        for ending, instead in self._endings.get(term[-1:], ()):
            if term.endswith(ending):
                stem = self._attested(term, term[: -len(ending)] + instead, len(ending))
                if stem is not None:
                    return stem
        return self._unbound(term)

    def _attested(self, term: str, stem: str, n_cut: int = 1) -> str | None:
        """Return the stem where it is frequent enough against the term."""
        enough = len(term) - n_cut >= _MIN_REMAINDER
        # Of قرارات the feminine قرارة would be written with ة: قراره is another form of قرار.
        counts = self._marbuta if stem[-1:] == "ه" else self._counts
        if not enough or stem not in counts:
            return None
        rare = counts[stem] < max(1.0, _ENDING_RATIO * self._counts.get(term, 0))
        return None if rare else stem

    def _unbound(self, term: str) -> str:
        """Return مسلح of مسلحي النظام: a plural before its owner, where مسلحين stands elsewhere.

        No adjective of belonging: عسكري has عسكرية beside it.
        """
        stem, own = term[:-1], self._counts.get(term, 0)
        if term[-1] != "ي" or self._marbuta.get(term + "ه", 0) > 0.1 * own:
            return term
        plural = self._counts.get(term + "ن", 0) if term + "ن" not in self._kept else 0
        often = plural >= max(1.0, _ENDING_RATIO * own)
        if often and plural > own:
            return term + "ن"  # is cut as the plural is: of مقاتلين much seen, nothing
        return self._attested(term, stem) or term if often else term


def snowball() -> Callable[[str], str]:
    """Return the Snowball stemmer of Arabic, ``clean word → stem``.

    It merges more than it should (pair precision .84 on newswire); it is here to be
    compared with, and for who wants what others have used.
    """
    from snowballstemmer import stemmer

    stem = stemmer("arabic").stemWord
    return lambda word: key(stem(word)) or key(word)
