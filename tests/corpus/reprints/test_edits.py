import pytest
from copied_texts import Writer, article
from hypothesis import given, settings
from hypothesis import strategies as st

from syriatopics import Corpus, load_seeds
from syriatopics.corpus.reprints.align import align, moved
from syriatopics.corpus.reprints.edits import compare


def changes(edits):
    return [(row.change, row.moved) for row in edits.sentences.itertuples()]


def test_planted_edits_come_back_exactly(writer):
    story = writer.sentences(6)
    new = writer.sentence()
    words = story[3].split()
    rewritten = " ".join([*words[:8], "بحسب", *words[9:]])
    copy = [story[0], story[2], rewritten, new, story[4], story[5]]
    edits = compare(article("a", story), [article("b", copy, "amad")])
    table = edits.table
    assert table["change"].tolist() == ["dropped", "changed", "added"]
    assert table["base_text"].tolist()[:2] == [story[1], story[3]]
    assert table["text"].tolist()[1:] == [rewritten, new]
    assert not table["moved"].any()
    assert "3 same" not in edits.notes[1]
    assert "4 same, 1 changed, 1 added, 1 dropped" in edits.notes[1]


def test_a_sentence_that_moved(writer):
    story = writer.sentences(5)
    copy = [story[4], *story[:4]]
    edits = compare(article("a", story), [article("b", copy)])
    assert edits.table[["change", "moved", "text"]].values.tolist() == [["same", True, story[4]]]


def test_a_sentence_cut_in_two_is_changed_and_not_added(writer):
    words = writer.sentence(20).rstrip(".").split()
    whole = " ".join(words) + "."
    halves = [" ".join(words[:12]) + ".", " ".join(words[12:]) + "."]
    edits = compare(article("a", whole), [article("b", halves)])
    assert edits.table["change"].tolist() == ["changed", "changed"]
    assert set(edits.table["base_text"]) == {whole}
    edits = compare(article("b", halves), [article("a", whole)])
    assert edits.table["change"].tolist() == ["changed", "changed"]


def test_an_article_against_itself_has_no_edits(seeds):
    for one in seeds.articles:
        edits = compare(one, [one])
        assert len(edits) == 0
        assert edits.sentences["change"].eq("same").all()


def test_swapped_articles_swap_added_and_dropped(writer):
    story = writer.sentences(6)
    one = article("a", [*story[:4], writer.sentence()])
    two = article("b", story[1:])
    there = compare(one, [two]).sentences["change"].value_counts().to_dict()
    back = compare(two, [one]).sentences["change"].value_counts().to_dict()
    assert there["added"] == back["dropped"] == 2
    assert there["dropped"] == back["added"] == 2
    assert there["same"] == back["same"] == 3


def test_offsets_lead_to_the_raw_text(seeds):
    base, other = seeds.articles[0], seeds.articles[2]
    edits = compare(base, [other])
    for row in edits.sentences.itertuples():
        for text, start, end, home in (
            (row.text, row.start, row.end, other),
            (row.base_text, row.base_start, row.base_end, base),
        ):
            if not isinstance(text, str):
                continue
            cut = home.raw[start:end]
            for span in reversed(home.removed):
                if start <= span.start and span.end <= end:
                    cut = cut[: span.start - start] + cut[span.end - start :]
            assert cut.split() == text.split()


def test_the_default_base_is_the_earliest_else_the_middle(planted):
    edits = planted.reprints().edits(0)
    assert edits.base_id == "amad-1"
    assert "the earliest, of 2016-07-27" in edits.notes[0]
    undated = Corpus([article(a.article_id, a.raw, a.outlet) for a in planted.articles])
    edits = undated.reprints().edits(0)
    assert edits.base_id == undated.reprints().clusters["middle"][0]
    assert "which was first is open" in edits.notes[0]
    assert planted.reprints().edits(0, base="noon-1").base_id == "noon-1"


def test_the_view_is_escaped_and_from_right_to_left(writer):
    story = writer.sentences(4)
    evil = '<script>alert("x")</script><img src=x onerror=alert(1)>'
    base = article("<a>", story)
    other = article(
        "<b>", [story[0], f"{evil} {story[1]}", f"{evil} {evil}.", story[3]], "<outlet>"
    )
    html = compare(base, [other])._repr_html_()
    assert html.startswith('<div dir="rtl" lang="ar">')
    for tag in ("<script", "<img", "<a>", "<b>", "<outlet>"):
        assert tag not in html
    assert "&lt;script&gt;" in html
    assert "<ins" in html
    assert "<del" in html


def test_spelling_is_no_edit_in_the_view_but_quotation_marks_are():
    base = article("a", "وافاد المرصد أن مقاتلي “حزب الله” انسحبوا من البلدة فجر اليوم.")
    copy = article("b", "وأفاد المرصد أن مقاتلي حزب الله انسحبوا من البلدة مساء اليوم.")
    html = compare(base, [copy]).html()
    assert "وافاد" not in html
    assert "“حزب الله”</del>" in html
    assert "فجر</del>" in html


def test_empty_articles_have_only_what_the_other_has(writer):
    story = writer.sentences(2)
    full, empty = article("a", story), article("b", "")
    assert compare(full, [empty]).table["change"].tolist() == ["dropped", "dropped"]
    assert compare(empty, [full]).table["change"].tolist() == ["added", "added"]
    assert len(compare(empty, [empty])) == 0


def test_a_thousand_equal_sentences(writer):
    one = writer.sentence()
    edits = compare(article("a", [one] * 3_000), [article("b", [one] * 2_999)])
    assert edits.table["change"].tolist() == ["dropped"]


sentence_lists = st.lists(st.lists(st.sampled_from("abcde"), min_size=1, max_size=5), max_size=8)


@settings(deadline=None)
@given(sentence_lists, sentence_lists)
def test_every_sentence_is_matched_and_equal_ones_first(base, copy):
    matches = align(base, copy)
    assert {m.base for m in matches} - {None} == set(range(len(base)))
    assert {m.copy for m in matches} - {None} == set(range(len(copy)))
    for match in matches:
        if match.equal:
            assert base[match.base] == copy[match.copy]
    keys = [tuple(words) for words in base]
    equal = sum(min(keys.count(k), [tuple(w) for w in copy].count(k)) for k in set(keys))
    assert sum(m.equal for m in matches) == equal


@settings(deadline=None)
@given(st.permutations(range(7)))
def test_what_has_not_moved_is_the_longest_rising_run(order):
    from itertools import combinations

    sentences = [[str(n)] for n in range(7)]
    matches = align(sentences, [sentences[n] for n in order])
    longest = next(
        size
        for size in range(7, 0, -1)
        if any(list(c) == sorted(c) for c in combinations(order, size))
    )
    assert len(moved(matches)) == 7 - longest


@pytest.mark.parametrize("seed", range(5))
def test_any_planted_edits_are_recovered(seed):
    writer = Writer(seed)
    story = writer.sentences(12)
    fate = {n: writer.random.choice(["same", "same", "dropped", "changed"]) for n in range(12)}
    copy = []
    for number, sentence in enumerate(story):
        if fate[number] == "same":
            copy.append(sentence)
        elif fate[number] == "changed":
            copy.append(sentence.rsplit(" ", 3)[0] + " وفق مصادر.")
    edits = compare(article("a", story), [article("b", copy)])
    found = {story.index(row.base_text): row.change for row in edits.sentences.itertuples()}
    assert found == fate


def test_it_reads_no_seeds_as_copies_of_each_other():
    seeds = load_seeds()
    edits = compare(seeds.articles[0], [seeds.articles[1]])
    assert set(edits.table["change"]) <= {"added", "dropped", "changed"}
    assert edits.table["change"].eq("changed").mean() < 0.05
