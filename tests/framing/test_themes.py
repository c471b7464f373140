import pytest

import syriatopics as st
from syriatopics.framing import theme_hits

CASES = [
    ("وصلت قافلة مساعدات إنسانية إلى النازحين", {"humanitarian"}),
    ("بحث المبعوث صياغة دستور جديد وإجراء انتخابات", {"political_transition"}),
    ("شن الطيران غارات جوية على مواقع الفصائل", {"military_security"}),
    ("لجنة التحقيق في جرائم الحرب", {"accountability"}),
    ("إعادة الإعمار والعقوبات الاقتصادية", {"sanctions_economy"}),
    ("التطبيع مع نظام الأسد", {"normalization"}),
    ("وصل الوزير إلى بيته", set()),
]


@pytest.mark.parametrize(("text", "themes"), CASES)
def test_themes_of_a_sentence(text, themes):
    assert themes <= {hit.theme for hit in theme_hits(text)}
    assert bool(theme_hits(text)) == bool(themes)


def test_hits_stand_where_they_say(passages):
    """The words at the place of a hit give the same hit again when they stand alone."""
    for text in passages.texts:
        for hit in theme_hits(text):
            again = theme_hits(text[hit.start : hit.end])
            assert [(h.theme, h.entry) for h in again] == [(hit.theme, hit.entry)]


def test_phrases_stop_at_punctuation():
    assert not [h for h in theme_hits("لا حل. السياسي خرج") if h.entry.startswith("حل")]


def test_scores(scores, passages):
    assert scores.table.shape == (len(passages), 7)
    assert scores.table.to_numpy().min() >= 0
    assert scores.table.to_numpy().max() < 1
    assert (scores.assigned == (scores.table >= 0.5)).all().all()
    assert scores.assigned["humanitarian"].sum() > 10


def test_a_weak_word_counts_only_beside_another():
    lexicon = st.load_themes()
    theme = next(t for t in lexicon.theme if t.weak)
    weak = next(w for w in theme.weak if " " not in w and "*" not in w)
    strong = next(w for w in theme.words if " " not in w and "*" not in w)
    texts = [weak, f"{weak} {strong}", strong]
    values = st.score_themes(_passages(texts)).table[theme.id].tolist()
    assert values == [0, 0.75, 0.5]


def _passages(texts):
    from syriatopics.matrix import _as_passages

    return _as_passages(texts)


def test_unknown_method(passages):
    with pytest.raises(st.errors.InputError, match="Methods: 'lexicon'"):
        st.score_themes(passages, method="guess")
