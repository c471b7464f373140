import numpy as np
from copied_texts import Writer
from hypothesis import given, settings
from hypothesis import strategies as st

from syriatopics.corpus.reprints.grams import shared_grams
from syriatopics.corpus.reprints.pairs import find_pairs
from syriatopics.corpus.reprints.stars import stars


def clusters_of(texts, threshold=0.5):
    grams = shared_grams(texts)
    middle = stars(find_pairs(grams, threshold), grams.first)
    return {tuple(np.flatnonzero(middle == m).tolist()) for m in set(middle.tolist())}


def test_a_digest_does_not_join_the_stories_it_holds(writer):
    stories = [writer.sentences(5) for _ in range(3)]
    copies = [" ".join(story[:4]) for story in stories]
    digest = " ".join(sentence for story in stories for sentence in story)
    texts = [" ".join(story) for story in stories]
    found = clusters_of([digest, *texts, *copies])
    together = {frozenset(c) - {0} for c in found}
    assert together == {frozenset({1, 4}), frozenset({2, 5}), frozenset({3, 6})}


def test_a_chain_is_cut(writer):
    # Each text has the second half of the one before it: the ends have nothing in common.
    parts = [writer.sentences(4) for _ in range(9)]
    texts = [" ".join([*parts[n], *parts[n + 1]]) for n in range(8)]
    found = clusters_of(texts, 0.4)
    assert max(map(len, found)) <= 4
    assert all(max(c) - min(c) <= 3 for c in found)


def test_equal_texts_are_one_cluster(writer):
    story = " ".join(writer.sentences(4))
    assert clusters_of([story] * 5) == {(0, 1, 2, 3, 4)}


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 12), st.integers(1, 4))
def test_nobody_with_a_near_copy_stands_alone(seed, n, overlap):

    writer = Writer(seed)
    pool = writer.sentences(n + 8)
    chooser = writer.random
    texts = [" ".join(chooser.sample(pool, 5 + overlap)) for _ in range(n)]
    grams = shared_grams(texts)
    pairs = find_pairs(grams, 0.5)
    middle = stars(pairs, grams.first)
    sizes = np.bincount(middle, minlength=n)
    with_copy = {*pairs.left.tolist(), *pairs.right.tolist()}
    with_copy |= {i for i in range(n) if (grams.first == grams.first[i]).sum() > 1}
    assert {i for i in range(n) if sizes[middle[i]] > 1} == with_copy
    assert (middle[middle] == middle).all()
