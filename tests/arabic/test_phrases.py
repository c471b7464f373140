import pytest

from syriatopics.arabic import PhraseMatcher, key, tokenize


def find(matcher, text):
    return [(m.id, m.form) for m in matcher.find([key(word) for word in tokenize(text)])]


@pytest.fixture(scope="module")
def matcher():
    return PhraseMatcher(
        {
            "un": ["الأمم المتحدة"],
            "refugees": ["لاجئ*"],
            "aid": ["مساعدات (ال)إنسانية", "مساعدات"],
            "council": ["مجلس الأمن"],
        },
        blocked=["مجلس الأمن القومي"],
    )


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("للأمم المتحدة", ["un"]),
        ("والأمم المتحدة", ["un"]),
        ("أمم المتحدة", []),
        ("اللاجئين ولاجئون وللاجئين", ["refugees"] * 3),
        ("المساعدات الإنسانية", ["aid"]),
        ("بمساعدات إنسانية", ["aid"]),
        ("مجلس الأمن", ["council"]),
        ("مجلس الأمن القومي", []),
        ("مجلس", []),
    ],
)
def test_matches(matcher, text, ids):
    assert [id_ for id_, _ in find(matcher, text)] == ids


def test_the_longest_match_wins(matcher):
    assert find(matcher, "المساعدات الإنسانية") == [("aid", "مساعدات (ال)إنسانية")]


def test_nothing_matches_across_a_break(matcher):
    assert matcher.find([key("مجلس"), None, key("الأمن")]) == []


def test_an_entry_without_words_is_refused():
    with pytest.raises(ValueError, match="no Arabic word"):
        PhraseMatcher({"x": ["…"]})
