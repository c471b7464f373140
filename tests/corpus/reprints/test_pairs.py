import hashlib
import random

import numpy as np
import pytest
from copied_texts import Writer
from hypothesis import given, settings
from hypothesis import strategies as st

from syriatopics.corpus.reprints.grams import shared_grams
from syriatopics.corpus.reprints.pairs import _signatures, candidates, find_pairs, permutations


def exact(left, right):
    """Count the common 5-grams of two texts the slow way."""
    sets = []
    for text in (left, right):
        words = text.replace(".", " ").split()
        sets.append({tuple(words[n : n + 5]) for n in range(len(words) - 4)})
    return len(sets[0] & sets[1]), *map(len, sets)


def test_a_value_worked_by_hand():
    # Ten different words, six 5-grams; the second text has its first eight words, four of them.
    words = ["واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
    grams = shared_grams([" ".join(words), " ".join([*words[:8], "سوريا", "لبنان"])])
    assert grams.sizes.tolist() == [6, 6]
    assert grams.overlaps(np.array([0]), np.array([1])).tolist() == [4]
    pairs = find_pairs(grams, 0.5)
    assert pairs.similarity.tolist() == [4 / 6]
    assert pairs.resemblance.tolist() == [4 / 8]
    assert len(find_pairs(grams, 0.7)) == 0


def test_spelling_and_punctuation_do_not_matter():
    one = (
        "أعلنت الأمم المتحدة إرسال مساعدات إنسانية إلى المدنيين المحاصرين في مدينة حلب السورية أمس"
    )
    two = "اعلنت الامم المتّحدة، ارسال مساعدات انسانية الى المدنيين المحاصرين فى مدينه حلب السوريّة امس!"
    grams = shared_grams([one, two.replace("فى", "في")])
    assert grams.first.tolist() == [0, 0]


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), dropped=st.sets(st.integers(0, 9), max_size=4))
def test_an_article_and_its_cut_copy_are_found(seed, dropped):
    writer = Writer(seed)
    story = writer.sentences(10)
    copy = [sentence for n, sentence in enumerate(story) if n not in dropped]
    texts = [" ".join(story), " ".join(copy), *(writer.sentence(120) for _ in range(8))]
    grams = shared_grams(texts)
    pairs = find_pairs(grams, 0.5)
    if not dropped:
        assert grams.first[1] == 0
    else:
        assert list(zip(pairs.left, pairs.right, strict=True)) == [(0, 1)]
        shared, _, smaller = exact(texts[0], texts[1])
        assert pairs.shared.tolist() == [shared]
        assert pairs.similarity.tolist() == [shared / smaller]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_unrelated_texts_are_not_found(seed):
    writer = Writer(seed)
    texts = [" ".join(writer.sentences(6)) for _ in range(10)]
    assert len(find_pairs(shared_grams(texts), 0.1)) == 0


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_every_count_is_that_of_sets_and_the_same_both_ways(seed):
    chooser = random.Random(seed)
    texts = [" ".join(chooser.choices("ابتث", k=chooser.randrange(40))) for _ in range(8)]
    grams = shared_grams(texts)
    left, right = np.triu_indices(len(texts))
    expected = [exact(texts[a], texts[b])[0] for a, b in zip(left, right, strict=True)]
    assert grams.overlaps(left, right).tolist() == expected
    assert grams.overlaps(right, left).tolist() == expected


def test_half_of_a_text_inside_a_long_one_is_found(writer):
    # A short item inside a report twelve times as long: the two resemble each other little.
    short = writer.sentences(4)
    report = [*writer.sentences(24), *short[:3], *writer.sentences(24)]
    pairs = find_pairs(shared_grams([" ".join(short), " ".join(report)]), 0.5)
    assert len(pairs) == 1
    assert pairs.similarity[0] > 0.7
    assert pairs.resemblance[0] < 0.1


def test_permutations_are_the_same_whatever_is_installed():
    factors, terms = permutations(96, 1)
    drawn = np.concatenate([factors, terms]).astype("<u4").tobytes()
    digest = hashlib.sha256(drawn).hexdigest()
    assert digest == "6d20c5083cab2e3e7db9f9e093d099a128712cfdc0d33d5e2149686a57a8cd24"
    assert (factors % 2 == 1).all(), "an even factor would be no permutation"


def test_signatures_agree_as_often_as_the_texts_resemble_each_other(writer):
    """The law that near copies are found by, for planted resemblances."""
    story = writer.sentences(40)
    texts = [
        " ".join(story),
        *(" ".join(story[: 40 - n] + writer.sentences(n)) for n in (4, 12, 20)),
    ]
    grams = shared_grams([*texts, " ".join(texts)])
    signatures = _signatures(grams, np.arange(5), *permutations(4_000, 1))
    for other in (1, 2, 3):
        shared, one, two = exact(texts[0], texts[other])
        # Only what stands elsewhere too is in the signature; here all of it does.
        resemblance = shared / (one + two - shared)
        assert abs((signatures[0] == signatures[other]).mean() - resemblance) < 0.03


@pytest.mark.parametrize(
    "texts",
    [[], [""], ["", ""], ["سوريا"], ["سوريا " * 500] * 3, ["\x00", "\ud800", "..."], ["قال. " * 3]],
)
def test_hostile_texts_have_no_near_copies(texts):
    grams = shared_grams(texts)
    assert len(grams.sizes) == len(texts)
    assert len(find_pairs(grams, 0.5)) == 0


def test_a_crowd_of_copies_costs_as_much_as_it_is_large(writer):
    story = " ".join(writer.sentences(6))
    texts = [f"{story} {writer.sentence()}" for _ in range(1_500)]
    left, _ = candidates(shared_grams(texts))
    # All against all would be 1,124,250.
    assert len(left) < 40 * len(texts)


def test_one_huge_text_does_not_slow_the_others(writer):
    short = [" ".join(writer.sentences(3)) for _ in range(2_000)]
    grams = shared_grams([" ".join(short), *short])
    others = np.arange(1, len(short) + 1)
    assert (grams.overlaps(np.zeros_like(others), others) == grams.sizes[1:]).all()
