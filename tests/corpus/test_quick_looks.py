"""What is looked at quickly, or worked out once per word, gives what the long way gives."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syriatopics.arabic import clean, key, variant_table
from syriatopics.arabic.columns import CutTexts, count_words
from syriatopics.arabic.tokenize import TOKEN, tokenize
from syriatopics.corpus.dating import sentence, told, visits
from syriatopics.corpus.dating.evidence import evidence_in
from syriatopics.corpus.parse import damage, glued, inside, markup, metadata, plausible, pullquotes
from syriatopics.corpus.parse.lines import split_lines
from syriatopics.corpus.words import PIECE, first_word, folded, line_key, pieces_of, words_of
from syriatopics.corpus.words import count_words as count_words_of_line
from syriatopics.lexicons.schema import TimeWords

SIGNS = 'قالطظةىءأإآابلمABÀÙ╪┘٣5.,،"“«»‏ \n ّـ-'
TEXTS = st.text(st.sampled_from(SIGNS), max_size=60)
WORDS = st.lists(st.sampled_from(["قال", "في", "دمشق", "إن", "وصل", "أمس", "2016"]), max_size=25)
TOLD = st.lists(
    st.sampled_from([
        "في", "كان", "قال", "قتل", "انتخابات", "أيار", "2016", "15", "5/3/2017", "العام", "الحالي", "الجارى",
        "هذا", "سوف", "المقبل", "الرئيس", "الأميركي", "باراك أوباما", "موسكو", "زيارة", "وصل", "إلى", "الشهر",
        "الاثنين", "بوتين", "وزير الخارجية", "جون كيري", "السابق", "،", ".", "نهاية", "أعلن", "عام",
    ]),
    min_size=3,
    max_size=30,
).map(" ".join)  # fmt: skip


@given(TEXTS)
@pytest.mark.parametrize(
    ("quick", "long"),
    [
        (plausible._INITIAL, r"(?<![^\W\d_])[ةى][^\W\d_]{1,30}"),
        (damage._LATIN_BESIDE, r"[A-Za-z][ء-ي]|[ء-ي][A-Za-z]"),
        (markup._ANY, r"\*\*|__|\]\(|[\x00-\x08\x0e-\x1f\x7f]"),
        (metadata._TO_QUOTED, r"(?<!\w)ل\s?[“\"«]\s?([^“”\"«»\n]{2,40})[”\"»]"),
    ],
)
def test_a_pattern_finds_what_the_plain_one_finds(quick, long, text):
    found = [match.span() for match in quick.finditer(text)]
    plain = [match.span() for match in re.finditer(long, text)]
    only_looks = quick in (damage._LATIN_BESIDE, markup._ANY)
    assert found == plain or (only_looks and bool(found) == bool(plain))


@given(TEXTS)
def test_a_quick_look_never_says_no_where_there_is_something(text):
    odd = re.compile(r"[À-ÿ╪┘]|[طظ][^\w\s،؛؟«».:()\"'!?-]")
    assert bool(plausible._ODD.search(text)) == bool(odd.search(text))


@given(st.text(st.sampled_from("ذاتقرأشهدطلع \t\u00a0"), max_size=30))
def test_links_and_gaps_are_seen_at_once(text):
    assert bool(inside._WORDS.search(text)) == any(
        word in text for word in ("ذات", "قرأ", "قرا", "شاهد", "طالع")
    )
    assert bool(inside._GAP.search(text)) == any(gap in text for gap in ("   ", "\u00a0", "\t"))


@given(st.lists(st.sampled_from(["ا", "ب", " ", "  ", "\n", "اب"]), max_size=40).map("".join))
def test_letters_set_apart_are_seen_at_once(text):
    assert not plausible._APART.search(text) or plausible._ONE_APART.search(text)


@given(TEXTS)
def test_words_are_folded_as_one_by_one(text):
    cleaned = clean(text)
    pieces = [variant_table()(key(p)) if p[0].isalnum() else p for p in PIECE.findall(cleaned)]
    assert pieces_of(cleaned) == pieces
    assert words_of(pieces) == [piece for piece in pieces if piece[0].isalnum()]
    assert first_word(text) == line_key(text).split(" ")[0]
    assert [folded(w) for w in TOKEN.findall(cleaned)] == words_of(pieces)


STEMS = variant_table()._stems
VARIANTS = st.tuples(
    st.sampled_from(["", "و", "ف"]),
    st.sampled_from(["", "ب", "ك", "ل"]),
    st.sampled_from(["", "ال", "ل"]),
    st.sampled_from([*STEMS, *variant_table()._words, "كتاب", "ال", ""]),
    st.sampled_from(["", "ه", "يون"]),
).map("".join)


@given(VARIANTS)
def test_variants_are_folded_as_the_table_says(word):
    table = variant_table()
    if word in table._words:
        expected = table._words[word]
    elif match := table._stem.match(word):
        expected = match[1] + STEMS[match[2]] + word[match.end() :]
    else:
        cuts = [n for n in range(5) if re.fullmatch(r"[وف]?[بكل]?(?:ال|ل)?", word[:n])]
        known = [n for n in cuts if n and word[n:] in table._words]
        expected = word[: max(known)] + table._words[word[max(known) :]] if known else word
    assert table._fold(word) == expected


@given(TOLD)
def test_a_word_opens_what_its_matchers_say(text):
    for piece in pieces_of(clean(text)):
        opened = {n for n in TimeWords.groups() if sentence._group(n).can_start(piece)}
        assert sentence.opened_in([piece]) == opened


@settings(max_examples=200)
@given(TOLD)
def test_dates_and_visits_are_evidence_with_and_without_a_quick_look(text):
    found = evidence_in(split_lines(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(told, "_may_tell", lambda _: True)
        patch.setattr(visits, "_TIMES", frozenset(TimeWords.groups()))
        patch.setattr(sentence.Sentence, "opened", frozenset(TimeWords.groups()))
        patch.setattr(visits, "opened_in", lambda _: frozenset(TimeWords.groups()))
        assert evidence_in(split_lines(text)) == found


@given(st.lists(WORDS, max_size=6))
def test_sequences_that_stand_in_two_lines_are_all_kept(lines):
    kept = pullquotes._shared_grams(lines)
    every = [set(pullquotes._grams(words)) for words in lines]
    in_two = {gram for gram, n in Counter(g for found in every for g in found).items() if n > 1}
    assert bool(kept) == bool(in_two)
    for found, all_of_it in zip(kept, every, strict=False):
        assert all_of_it & in_two <= set(found) <= all_of_it


GLUED = st.dictionaries(
    st.lists(
        st.sampled_from(["و", "ال", "ب", "ل", "سابق", "نائب", "رئيس", "من", "ة", "عبد"]), max_size=5
    )
    .map("".join)
    .filter(bool),
    st.integers(1, 9),
    min_size=1,
)


@given(GLUED)
def test_what_stands_before_a_word_is_counted_as_by_looking_for_each(counts):
    stems = glued._stems(counts)
    for word in counts:
        for place in range(len(word)):
            stem = word[place:]
            plain = counts.get(stem, 0) + sum(counts.get(c + stem, 0) for c in glued._PROCLITICS)
            assert stems.get(stem, 0) == plain


@given(st.lists(TEXTS, max_size=8))
def test_texts_cut_once_hold_what_they_hold(texts):
    cut = CutTexts(texts)
    held = [set(TOKEN.findall(clean(text))) for text in texts]
    assert cut.counts == count_words(texts)
    assert cut.counts == Counter(word for text in texts for word in TOKEN.findall(clean(text)))
    for word in cut.counts:
        assert cut.holding({word}) == [place for place, words in enumerate(held) if word in words]


@given(st.lists(st.sampled_from(["سوريا", "x.com/خبر", "@دمشق", "BBC", "12/5", "،", "a/ب", "w"])))
def test_words_of_a_line_are_counted_as_they_are_cut(parts):
    cleaned = " ".join(parts)
    assert count_words_of_line(cleaned, words_of(pieces_of(cleaned))) == len(tokenize(cleaned))
