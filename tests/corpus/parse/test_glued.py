from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from syriatopics.corpus.documents import Document
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.parse.damage import GLUED
from syriatopics.corpus.parse.glued import find_glued, flag_glued

COUNTS = {
    "سابق": 40,
    "لنائب": 30,
    "نائب": 60,
    "مدينة": 50,
    "حلب": 80,
    "المحاصرة": 40,
    "مجلس": 90,
    "الأمن": 95,
}


def glued(word, **more):
    return find_glued({**COUNTS, word: 1, **more}).get(word)


@pytest.mark.parametrize(
    ("word", "parts"),
    [("سابقلنائب", ("سابق", "لنائب")), ("مجلسالأمن", ("مجلس", "الأمن"))],
)
def test_two_words_of_the_corpus_written_together(word, parts):
    assert glued(word) == parts


@pytest.mark.parametrize(
    "word",
    [
        "ومدينتهم",  # inflected: and their city
        "بالمجلسين",
        "عبدالرحمن",  # names are written together by custom
        "مسابقات",
        "قصير",
    ],
)
def test_inflected_words_and_names_are_not_flagged(word):
    assert glued(word, الرحمن=50, عبد=80, قات=9) is None


def test_a_frequent_word_is_a_word():
    assert find_glued({**COUNTS, "سابقلنائب": 3}) == {}


def test_the_flag_stands_where_the_word_stands_and_the_text_is_untouched():
    line = "قال سابق لنائب في مجلس محلي إن الأمر انتهى أمس."
    articles = [parse_article(Document(f"a{n}", line)) for n in range(40)]
    raw = "وقال سابقلنائب في مجلس محلي إن الأمر انتهى أمس."
    damaged = flag_glued([*articles, parse_article(Document("b", raw))])[-1]
    (flag,) = damaged.flags
    assert (flag.kind, flag.text, raw[flag.start : flag.end]) == (GLUED, "سابقلنائب", "سابقلنائب")
    assert damaged.raw == raw
    assert flag_glued([*articles, damaged])[-1] == damaged, "a second look flags nothing twice"


def test_what_was_removed_is_not_flagged():
    line = "قال سابق لنائب في مجلس محلي إن الأمر انتهى أمس."
    articles = [parse_article(Document(f"a{n}", line)) for n in range(40)]
    article = parse_article(Document("b", f"تابعنا على سابقلنائب\n\n{line}"))
    assert any("سابقلنائب" in span.text for span in article.removed)
    assert flag_glued([*articles, article])[-1].flags == ()


@given(
    some.permutations(
        [
            f"{line} {n}."
            for n, line in enumerate(["مدينة حلب المحاصرة", "حلبالمحاصرة", "نائب سابق"] * 3)
        ]
    )
)
def test_the_order_of_articles_changes_nothing(lines):
    articles = [parse_article(Document(line, line)) for line in lines]
    flags = {a.article_id: a.flags for a in flag_glued(articles)}
    ordered = {
        a.article_id: a.flags for a in flag_glued(sorted(articles, key=lambda a: a.article_id))
    }
    assert flags == ordered
    assert all(
        replace(a, flags=()) == replace(b, flags=())
        for a, b in zip(flag_glued(articles), articles, strict=True)
    )
