import pytest

import syriatopics as st
from syriatopics.framing import theme_hits
from syriatopics.framing.themes import compiled

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
    """The words at the place of a hit are its entry, whatever company they need to count."""
    matcher = compiled()._matcher
    for text in passages.texts:
        for hit in theme_hits(text):
            assert [m.form for m in matcher.find_in(text[hit.start : hit.end])] == [hit.entry]


def test_phrases_stop_at_punctuation():
    assert not [h for h in theme_hits("لا حل. السياسي خرج") if h.entry.startswith("حل")]


def test_scores(scores, passages):
    assert list(scores.table) == st.load_themes().ids and len(scores.table) == len(passages)
    assert scores.table.to_numpy().min() >= 0
    assert scores.table.to_numpy().max() < 1
    assert (scores.assigned == (scores.table >= 0.5)).all().all()
    assert scores.assigned["humanitarian"].sum() > 10


def test_a_weak_word_counts_only_beside_another():
    lexicon = st.load_themes()
    theme = next(t for t in lexicon.theme if t.weak)
    weak = next(w for w in theme.weak if not set(w) & set(" *|"))
    strong = next(w for w in theme.words if not set(w) & set(" *|"))
    texts = [weak, f"{weak} {strong}", strong]
    values = st.score_themes(_passages(texts)).table[theme.id].tolist()
    assert values == [0, 0.75, 0.5]


def _passages(texts):
    from syriatopics.matrix import _as_passages

    return _as_passages(texts)


def test_great_powers_are_no_political_transition():
    """Bargaining between powers is a theme of its own, never pooled with a settlement."""
    hits = {hit.theme for hit in theme_hits("قمة بين بوتين وترامب في هلسنكي ومجلس الأمن الدولي")}
    assert "great_power_diplomacy" in hits and "political_transition" not in hits


def test_the_users_own_theme(tmp_path, passages):
    file = tmp_path / "mine.toml"
    file.write_text(
        '[[theme]]\nid = "water"\nar = "مياه"\nen = "Water"\ndefinition = "Water."\n'
        'words = ["مياه", "سد"]\n',
        encoding="utf-8",
    )
    themes = st.load_themes(file)
    assert themes.ids == [*st.load_themes().ids, "water"]
    scores = st.score_themes(passages, themes=themes)
    assert "water" in scores.table


@pytest.mark.parametrize(
    ("words", "match"),
    [
        ('words = [""]', r"mine.toml, line \d+: theme"),
        ('words = ["مياه", "مياه"]', r"mine.toml, line \d+"),
        ('words = ["***"]', r"mine.toml, line \d+"),
        ("words = [3]", r"mine.toml, line \d+"),
    ],
)
def test_a_bad_entry_is_named_with_file_and_line(tmp_path, words, match):
    file = tmp_path / "mine.toml"
    head = '[[theme]]\nid = "water"\nar = "مياه"\nen = "Water"\ndefinition = "Water."\n'
    file.write_text(head + words + "\n", encoding="utf-8")
    with pytest.raises(st.errors.LexiconError, match=match):
        st.load_themes(file)


def test_a_theme_without_hits_is_zero_and_an_unknown_one_an_error(passages):
    one = st.score_themes(passages.where([True] + [False] * (len(passages) - 1)))
    shares = st.prevalence(one, production="all").table
    assert (shares["share"] == 0).any()
    with pytest.raises(st.errors.InputError, match="No theme 'sports' in the scores"):
        st.balance(one, first="sports")


def test_unknown_method_and_missing_codes(passages):
    with pytest.raises(
        st.errors.InputError, match="Methods: 'classifier', 'keywords', 'language_model'"
    ):
        st.score_themes(passages, "magic")
    with pytest.raises(st.errors.InputError, match="learns from coded passages"):
        st.score_themes(passages, "classifier")
