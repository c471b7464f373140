"""Names of people that no lexicon holds: learned from a corpus, by parts or at once."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as some

import syriatopics as st
from syriatopics.arabic.names_learned import (
    Role,
    count_with_names,
    learned_names,
    role_of,
    roles_of,
)


def names_in(text):
    return learned_names(count_with_names([text]))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("التقى بسام بارسيك في السويداء", "بسام بارسيك"),
        ("قال المستشار النمساوي هاينز فيشر إن", "هاينز فيشر"),
        ("قال وشارل رزق", "شارل رزق"),
        ("الاطاحة بحسني مبارك", "حسني مبارك"),
        ("بينهم عبد الحليم خدام", "عبد الحليم خدام"),
        ("الوزير الأسبق، رفيق الحريري، اغتيل", "رفيق الحريري"),
        ("القاضي محمد زهير الصديق", "محمد زهير الصديق"),
        ("محادثات مع فيكتور ليتوفكين", "فيكتور ليتوفكين"),
    ],
)
def test_a_first_name_or_a_title_begins_a_name(text, name):
    assert name in names_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "في عمر الزهور وعمر الشباب وعمر الدولة",
        "قصف الجيش السوري مواقع المعارضة",
        "قال الرئيس الروسي، قصفت طائرات مواقع",
        "وليد، بارسيك",
        "القرار عادل والقرار غير عادل",
    ],
)
def test_what_only_looks_like_a_name_stays_words(text):
    assert not names_in(text)


@given(
    some.lists(
        some.lists(
            some.sampled_from(
                [
                    "الرئيس",
                    "بسام",
                    "بارسيك",
                    "عمر",
                    "عبد",
                    "الحليم",
                    "وخدام",
                    "في",
                    "،",
                    "قال",
                    "حلب",
                    "بن",
                ]
            ),
            max_size=12,
        ).map(" ".join),
        max_size=6,
    )
)
def test_counts_of_parts_add_up_to_those_of_the_whole(texts):
    whole = count_with_names(texts)
    parts = sum((count_with_names([text]) for text in texts), Counter())
    assert whole == parts


def test_roles_of_many_words_are_those_of_each():
    words = [
        "",
        "،",
        "،,",
        "2",
        "x",
        "بسام",
        "وبسام",
        "عبد",
        "الوزير",
        "والوزير",
        "السوري",
        "في",
        "و",
        "ولبنان",
    ]
    assert roles_of(words) == [role_of(word) for word in words]
    assert roles_of(["", "،,", "2", "وبسام"]) == [0, Role.PAUSE, 0, Role.PART | Role.GIVEN]


def test_a_text_that_is_cut_by_itself_is_counted_alike():
    plain, odd = "قال بسام بارسيك", "قال بسام بارسيك 1\u200b2"
    assert count_with_names([plain])["بسام بارسيك"] == count_with_names([odd])["بسام بارسيك"] == 1


def test_a_learned_name_is_one_term_in_every_way_of_reading():
    texts = ["قال بسام بارسيك", "لبسام بارسيك كتاب"]
    analyzer = st.ArabicAnalyzer().fit(texts)
    reader = analyzer.vocabulary_analyzer()
    assert all("بسام_بارسيك" in reader(text) for text in texts)
    assert "بسام_بارسيك" in reader.encode(texts).terms
    assert [m.term for m in reader.find(texts[0])][-1] == "بسام_بارسيك"
    off = st.ArabicAnalyzer(learn_names=False).fit(texts)
    assert "بسام_بارسيك" not in off(texts[0])


def test_it_is_saved_and_loaded(tmp_path):
    analyzer = st.ArabicAnalyzer().fit(["قال بسام بارسيك"])
    analyzer.save(tmp_path / "a.json")
    again = st.ArabicAnalyzer.load(tmp_path / "a.json")
    assert again("بسام بارسيك") == analyzer("بسام بارسيك") == ["بسام_بارسيك"]
