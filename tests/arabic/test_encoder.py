"""Reading in columns gives the same terms as reading text by text."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from messy_texts import joined

import syriatopics as st
from syriatopics.arabic import columns
from syriatopics.arabic.encoder import TermEncoder

SEEDS = [a.raw for a in st.load_seeds()]


@pytest.fixture(scope="module", params=["clitics", "words", "none"])
def reader(request):
    return st.ArabicAnalyzer(conflation=request.param).fit(SEEDS).vocabulary_analyzer()


def rows_of(encoded, n):
    return [[encoded.terms[c] for c in encoded.codes[encoded.rows == row]] for row in range(n)]


def test_the_seeds(reader):
    assert rows_of(reader.encode(SEEDS), len(SEEDS)) == [reader(text) for text in SEEDS]


@given(texts=some.lists(joined, max_size=5))
def test_lists_of_many_texts_are_those_of_each(reader, texts):
    assert reader.read(texts) == [reader(text) for text in texts]


@given(texts=some.lists(joined, max_size=5))
@settings(max_examples=200, deadline=None)
def test_any_texts(reader, texts):
    assert rows_of(reader.encode(texts), len(texts)) == [reader(text) for text in texts]


@given(
    texts=some.lists(
        some.text() | some.text(some.characters(categories=["Cs", "So", "Lo", "Nd"])), max_size=3
    )
)
@settings(deadline=None)
def test_whatever_comes(reader, texts):
    assert rows_of(reader.encode(texts), len(texts)) == [reader(text) for text in texts]


def test_nothing_at_all():
    reader = st.ArabicAnalyzer().fit(SEEDS).vocabulary_analyzer()
    encoded = reader.encode([])
    assert len(encoded.rows) == len(encoded.codes) == 0


def test_ngrams_are_encoded_too():
    reader = st.ArabicAnalyzer(ngram_range=(1, 2)).fit(SEEDS).vocabulary_analyzer()
    assert rows_of(reader.encode(SEEDS), len(SEEDS)) == [reader(text) for text in SEEDS]


@given(texts=some.lists(joined, max_size=6), first=some.lists(joined, max_size=3))
@settings(max_examples=30, deadline=None)
def test_what_was_read_before_changes_nothing(texts, first):
    analyzer = st.ArabicAnalyzer().fit(SEEDS)
    fresh, used = (st.ArabicAnalyzer().fit_counts(analyzer.counts_) for _ in range(2))
    used.vocabulary_analyzer().encode(first)
    one, other = (a.vocabulary_analyzer().encode(texts) for a in (fresh, used))
    assert one.terms == other.terms
    assert one.codes.tolist() == other.codes.tolist()
    assert len(set(one.terms)) == len(one.terms) == len(set(one.codes.tolist()))


def test_names_at_the_ends_of_texts_and_blocks(monkeypatch):
    monkeypatch.setattr("syriatopics.arabic.columns._BLOCK", 12)
    reader = st.ArabicAnalyzer().fit(SEEDS).vocabulary_analyzer()
    texts = ["مجلس", "الأمن", "مجلس الأمن", "رئيس مجلس", "الأمن الدولي", "بشار الأسد", "بشار"] * 2
    assert rows_of(reader.encode(texts), len(texts)) == [reader(text) for text in texts]


def test_the_longest_name_wins_and_an_open_one_is_looked_at_to_its_end():
    names = ["وزير الخارجية", "وزير الخارجية الروسي سيرغي لافروف", "الروسي سيرغي", "حلب"]
    reader = st.ArabicAnalyzer(names=names).fit(SEEDS).vocabulary_analyzer()
    texts = [
        "قال وزير الخارجية الروسي سيرغي لافروف",
        "قال وزير الخارجية الروسي سيرغي أمس",
        "قال وزير الخارجية، الروسي سيرغي لافروف في حلب",
    ]
    assert rows_of(reader.encode(texts), 3) == [reader(text) for text in texts]


def test_pieces_are_forgotten_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(columns, "_REMEMBERED", 3)
    seen = []
    found = TermEncoder(str.split, lambda piece: seen.append(piece) or piece)
    for _ in range(2):
        assert found.encode(["حلب حماة حمص درعا"]).terms == ["حلب", "حماة", "حمص", "درعا"]
    assert len(seen) == 8


def test_an_error_leaves_nothing_half_learned():
    broken = {"حماة"}

    def term_of(piece):
        if piece in broken:
            raise ValueError(piece)
        return piece

    found = TermEncoder(str.split, term_of)
    with pytest.raises(ValueError, match="حماة"):
        found.encode(["حلب حماة حمص"])
    broken.clear()
    assert found.encode(["حلب حماة حمص"]).terms == ["حلب", "حماة", "حمص"]


def test_threads_share_a_reader():
    reader = st.ArabicAnalyzer().fit(SEEDS).vocabulary_analyzer()
    texts = [SEEDS[n % len(SEEDS)][: 40 * n] for n in range(40)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: reader.encode([text]), texts))
    assert [rows_of(encoded, 1)[0] for encoded in found] == [reader(text) for text in texts]


def test_a_reader_forgets_its_words_with_its_pieces(monkeypatch):
    monkeypatch.setattr(columns, "_REMEMBERED", 50)
    reader = st.ArabicAnalyzer().fit(SEEDS).vocabulary_analyzer()
    for number in range(40):
        texts = [" ".join(f"{chr(0x628 + number % 20)}كلمة{chr(0x628 + n)}" for n in range(20))]
        assert rows_of(reader.encode(texts), 1) == [reader(texts[0])]
    assert len(reader._terms) < 200
