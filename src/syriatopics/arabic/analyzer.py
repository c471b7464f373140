"""From Arabic text to the terms that are counted: the estimator that all models share."""

from __future__ import annotations

import json
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from syriatopics.arabic.characters import is_arabic_word
from syriatopics.arabic.conflation import CliticStripper, WordFolder, snowball
from syriatopics.arabic.morphology import lemma_key, load_morphology
from syriatopics.arabic.names import name_matcher, name_words, term_text
from syriatopics.arabic.names_learned import learned_names
from syriatopics.arabic.newsroom import newsroom_phrases, newsroom_words
from syriatopics.arabic.normalize import key, key_of_clean, keys_of_clean, require_text
from syriatopics.arabic.stopwords import StopList, stop_list
from syriatopics.arabic.terms import TermReader
from syriatopics.arabic.variants import VariantTable, variant_table
from syriatopics.errors import InputError, choices
from syriatopics.files import read_json, write_atomically
from syriatopics.lexicons import load

__all__ = ["ArabicAnalyzer"]

_CONFLATIONS = ("none", "clitics", "words", "snowball", "lemma")
_FORMAT = "syriatopics.ArabicAnalyzer"


class ArabicAnalyzer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """What are the terms of an Arabic text, and under which form are they counted?

    Text is cleaned, names of several words are taken as one term (بشار_الأسد), stop words
    and damaged words are dropped, and what differs in clitics or spelling only is counted
    as one. Fitting learns which forms the corpus attests; it depends neither on the order
    of the texts nor on chance.

    Parameters
    ----------
    conflation : {"words", "clitics", "none", "snowball", "lemma"}
        Which words are counted as one. "words": all forms of one word (الروسي, الروسية; منطقة,
        مناطق; سياستها), where the lexicon or the corpus attests that they are; "clitics" takes
        off only what stands before a word, the article by rule, other clitics where the corpus
        attests what remains; "none" counts every match key by itself. "snowball" is the stemmer
        that others use, "lemma" the dictionary form by CAMeL's morphology, where its data is installed (see
        :func:`morphology_status`); words that it does not know are counted as by "clitics".
    stop_words : "default", None, path or sequence of str
        The curated list, none, the curated list with a TOML file of the user's on top of
        it, or a list of words.
    stop_groups : sequence of str or None
        Which groups of the curated list are taken; None is all but ``"reporting"``, the verbs of
        saying, which lead the topics of news wherever they are counted.
    names : "default", None, path or sequence of str
        Multiword names to take as one term; as for stop words.
    learn_names : bool
        Whether names of people that are not in the lexicon are learned from the texts, where they
        begin with a first name or stand behind a title (بسام بارسيك, المستشار هاينز فيشر).
    newsroom : "default", None or path
        Which terms are words of the newsroom (وقال, الثلاثاء, مصدر أمني, قناة الجزيرة): the shipped
        lexicon, none, or the shipped one with a TOML file on top of it. They are counted like
        all others; topic models leave them out, and keyness shows them apart.
    variants : bool or path
        Whether spelling variants (أميركا, أمريكا) are counted as one; a path puts a TOML
        file on top of the shipped ones.
    exceptions : path, optional
        A TOML file on top of clitics.toml.
    min_length : int
        Words with fewer letters are dropped.
    min_digits : int or None
        Numbers with fewer digits are dropped; None drops all. Four keeps years and
        resolutions (2254).
    ngram_range : (int, int)
        As in scikit-learn; an n-gram never reaches across punctuation.
    morphology : path, optional
        A morphology database for "lemma", instead of the installed one.

    Attributes
    ----------
    counts_ : dict of str to int
        How often each clean word was seen in fitting; with spaces in between, rows of words that
        may be names, a space before them where they stood behind a title.

    Examples
    --------
    >>> analyzer = ArabicAnalyzer().fit(["عقد مجلس الأمن جلسة حول سوريا", "قرر المجلس، والمجلس قادر"])
    >>> analyzer("غير بيدرسن أمام مجلس الأمن")
    ['غير_بيدرسن', 'مجلس_الأمن']
    """

    def __init__(
        self,
        *,
        conflation: str = "words",
        stop_words: str | Path | Sequence[str] | None = "default",
        stop_groups: Sequence[str] | None = None,
        names: str | Path | Sequence[str] | None = "default",
        learn_names: bool = True,
        newsroom: str | Path | None = "default",
        variants: bool | str | Path = True,
        exceptions: str | Path | None = None,
        min_length: int = 2,
        min_digits: int | None = 4,
        ngram_range: tuple[int, int] = (1, 1),
        morphology: str | Path | None = None,
    ) -> None:
        self.conflation = conflation
        self.stop_words = stop_words
        self.stop_groups = stop_groups
        self.names = names
        self.learn_names = learn_names
        self.newsroom = newsroom
        self.variants = variants
        self.exceptions = exceptions
        self.min_length = min_length
        self.min_digits = min_digits
        self.ngram_range = ngram_range
        self.morphology = morphology

    # ---- scikit-learn -------------------------------------------------------------

    def fit(self, texts: Iterable[str], y: object = None) -> ArabicAnalyzer:
        """Learn from `texts` (an iterable of str) which forms the corpus attests."""
        if isinstance(texts, str):
            raise InputError("fit wants a list of texts, not one text: fit([text]).")
        from syriatopics.arabic.names_learned import count_with_names

        return self.fit_counts(count_with_names(map(require_text, texts)))

    def fit_counts(self, counts: Mapping[str, int]) -> ArabicAnalyzer:
        """Learn from how often each clean word occurs, counted elsewhere or piece by piece."""
        self._settle({w: counts[w] for w in sorted(counts) if " " in w or is_arabic_word(w)})
        self._reader  # noqa: B018  (an option that cannot be used is said now)
        return self

    def transform(self, texts: Iterable[str]) -> list[list[str]]:
        """Return the terms of each text."""
        check_is_fitted(self, "counts_")
        if isinstance(texts, str):
            raise InputError("transform wants a list of texts, not one text: transform([text]).")
        return self._reader.read(list(texts))

    def __call__(self, text: str) -> list[str]:
        """Return the terms of one text. Unfitted, only the rules apply, with a warning."""
        if not hasattr(self, "counts_"):
            warnings.warn(
                "This ArabicAnalyzer is not fitted: it knows rules but no attested forms. "
                "Call fit(texts) first.",
                stacklevel=2,
            )
            return self._make_reader({})(text)
        return self._reader(text)

    def vocabulary_analyzer(self) -> TermReader:
        """Return a frozen callable for ``CountVectorizer(analyzer=...)`` and BERTopic.

        An estimator placed there would be unfitted by ``sklearn.base.clone``.
        """
        check_is_fitted(self, "counts_")
        return self._reader

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.no_validation = True
        return tags

    # ---- forms for people ------------------------------------------------------------

    def display(self, term: str) -> str:
        """Return the form in which people read a term: the most frequent surface form."""
        check_is_fitted(self, "counts_")
        return " ".join(
            term_text(t) if "_" in t else self._surfaces.get(t, t) for t in term.split(" ")
        )

    def is_newsroom(self, term: str) -> bool:
        """Say whether a term is of the newsroom: how something is reported, not what.

        Examples
        --------
        >>> analyzer = ArabicAnalyzer().fit(["وقال مصدر أمني لقناة الجزيرة إن القصف مصدر تهديد"])
        >>> [term for term in analyzer("وقال مصدر أمني لقناة الجزيرة") if analyzer.is_newsroom(term)]
        ['وقال', 'مصدر_أمني', 'قناة_الجزيرة']
        """
        check_is_fitted(self, "counts_")
        return any(part in self._newsroom for part in term.split(" "))

    def describe(self) -> str:
        """Say in words what this analyzer does and what it learned."""
        check_is_fitted(self, "counts_")
        words = {word: n for word, n in self.counts_.items() if " " not in word}
        merged = len(words) - len(self._surfaces)
        groups = "" if self.stop_groups is None else f", groups {', '.join(self.stop_groups)}"
        return (
            f"Conflation: {self.conflation}. {len(words):,} word types seen "
            f"({sum(words.values()):,} words), {merged:,} of them counted under another "
            f"form or dropped. Stop words: {_say(self.stop_words)}{groups}. Names: {_say(self.names)}. "
            f"Spelling variants {'folded' if self.variants else 'kept apart'}."
        )

    # A reader holds functions, which cannot be sent to another process; what it was made
    # of can, and is all there is to an analyzer.
    def __getstate__(self) -> dict[str, Any]:
        state = dict(super().__getstate__())
        state.pop("_reader", None)
        state.pop("_surfaces", None)
        state.pop("_newsroom", None)
        return state

    # ---- saving ------------------------------------------------------------------------

    def save(self, path: str | Path) -> None:
        """Write options and learned counts as JSON."""
        check_is_fitted(self, "counts_")
        content = {
            "format": _FORMAT,
            "format_version": 1,
            "options": {name: _plain(value) for name, value in self.get_params().items()},
            "counts": self.counts_,
        }
        write_atomically(Path(path), json.dumps(content, ensure_ascii=False).encode())

    @classmethod
    def load(cls, path: str | Path) -> ArabicAnalyzer:
        """Read an analyzer that :meth:`save` wrote."""
        try:
            content = read_json(Path(path))
            if content["format"] != _FORMAT or content["format_version"] != 1:
                raise KeyError("format")
            options = dict(content["options"])
            options["ngram_range"] = tuple(options["ngram_range"])
            counts = content["counts"]
            if not all(type(n) is int for n in counts.values()):
                raise TypeError("counts")
            return cls(**options)._settle(counts)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise InputError(f"{path} holds no saved ArabicAnalyzer of format 1.") from None

    # ---- the inside ------------------------------------------------------------------

    def _settle(self, counts: dict[str, int]) -> ArabicAnalyzer:
        self.counts_ = counts
        self.__dict__.pop("_reader", None)
        self.__dict__.pop("_surfaces", None)
        self.__dict__.pop("_newsroom", None)
        return self

    # Made when they are asked for: who counts needs no surface forms, who loads may need neither.
    @cached_property
    def _reader(self) -> TermReader:
        return self._make_reader(self.counts_)

    @cached_property
    def _surfaces(self) -> dict[str, str]:
        return self._find_surfaces()

    def _make_reader(self, counts: dict[str, int]) -> TermReader:
        fold = self._fold()
        words = {word: count for word, count in counts.items() if " " not in word}
        names = None
        if self.names is not None:
            learned = tuple(learned_names(counts)) if self.learn_names else ()
            names = name_matcher(_choice("names", self.names), fold, self._newsroom_source, learned)
        plain = keys_of_clean(words)
        many = fold.fold_all(plain) if isinstance(fold, VariantTable) else map(fold, plain)
        keys = dict(zip(words, many, strict=True))

        def key_of(word: str) -> str:
            return keys.get(word) or fold(key_of_clean(word))

        return TermReader(self._term_function(words, key_of), names, key_of, self.ngram_range, self)

    def _fold(self) -> Callable[[str], str]:
        if isinstance(self.variants, str | Path):
            return VariantTable(self.variants)
        return variant_table() if self.variants else str

    def _term_function(
        self, counts: dict[str, int], key_of: Callable[[str], str]
    ) -> Callable[[str], str | None]:
        stops = self._stops()
        conflate = self._conflate(counts, key_of)
        shortest, fewest = self.min_length, self.min_digits

        def term_of(word: str) -> str | None:
            if word[0].isdigit():
                number = key_of_clean(word)
                enough = fewest is not None and sum(map(str.isdigit, number)) >= fewest
                return number if enough else None
            if not is_arabic_word(word) or stops.holds(word):
                return None
            term = conflate(word)
            # What is left of a word is looked up as it is written: of الإمام it is إمام, not امام.
            rest = word[-len(term) :]
            rest = rest if rest == term or key_of_clean(rest) == term else term
            kept = len(term) >= shortest and (rest == word or not stops.holds(rest))
            return term if kept else None

        return term_of

    def _stops(self) -> StopList:
        groups = None if self.stop_groups is None else tuple(self.stop_groups)
        chosen = () if self.stop_words is None else _choice("stop_words", self.stop_words)
        if chosen is None or isinstance(chosen, Path):
            return stop_list(groups, chosen)
        if groups is not None:
            raise InputError("stop_groups are of the curated list: leave stop_words as it is.")
        return StopList(chosen)

    def _conflate(
        self, counts: dict[str, int], key_of: Callable[[str], str]
    ) -> Callable[[str], str]:
        if self.conflation not in _CONFLATIONS:
            raise InputError(
                f"conflation={self.conflation!r} is not known. Choices: {choices(_CONFLATIONS)}."
            )
        if self.conflation == "none":
            return key_of
        if self.conflation == "snowball":
            return snowball()
        lexicon = load("clitics", self.exceptions)
        clitics = CliticStripper(counts, lexicon, key_of)
        if self.conflation == "clitics":
            return clitics
        if self.conflation == "lemma":
            morphology = load_morphology(self.morphology)
            return lambda word: lemma_key(morphology, word) or clitics(word)
        apart = newsroom_words(self._newsroom_source)
        return WordFolder(counts, clitics, lexicon, name_words(), key_of, apart)

    @property
    def _newsroom_source(self) -> Path | str | None:
        if self.newsroom is None:
            return None
        if isinstance(self.newsroom, str | Path):
            return _choice("newsroom", self.newsroom) or "default"  # type: ignore[return-value]
        raise InputError(
            f"newsroom={self.newsroom!r} is not known. Choices: 'default', None, a .toml file."
        )

    @cached_property
    def _newsroom(self) -> frozenset[str]:
        source = self._newsroom_source
        names = set(map(key, name_words()))  # فرأت has the key of الفرات
        words = (w for w in newsroom_words(source) if w[0] not in "وف" or key(w) not in names)
        terms = {self._reader.term(word) for word in words}
        phrases = {tuple(self._reader(phrase)) for phrase in newsroom_phrases(source)}
        # A phrase that is read as several terms is none: names of several words are not wanted.
        return frozenset(filter(None, terms)) | {p[0] for p in phrases if len(p) == 1}

    def _find_surfaces(self) -> dict[str, str]:
        seen: dict[str, Counter[str]] = defaultdict(Counter)
        for word, count in self.counts_.items():
            term = self._reader.term(word) if " " not in word else None
            if term is not None:
                seen[term][word] += count
        # The most frequent form; among equals the shortest, then the first in the alphabet.
        return {
            term: min(forms, key=lambda form: (-forms[form], len(form), form))
            for term, forms in seen.items()
        }


def _choice(option: str, value: str | Path | Sequence[str]) -> Path | Sequence[str] | None:
    """Return None for the shipped list, a path for a file on top of it, or the words."""
    if isinstance(value, Path) or (isinstance(value, str) and value.endswith(".toml")):
        return Path(value)
    if not isinstance(value, str):
        return value
    if value != "default":
        raise InputError(
            f"{option}={value!r} is not known. Choices: 'default', None, a .toml file, a list of words."
        )
    return None


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def _say(option: object) -> str:
    if option is None:
        return "none"
    return "the shipped list" if option == "default" else "the user's own"
