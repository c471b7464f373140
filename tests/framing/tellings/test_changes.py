"""What changed in a telling: every aspect by a planted case, and what is no change."""

import pandas as pd
import pytest

import syriatopics as st

CLEAR = "قال ناشطون في سوريا إن المعارك مستمرة في ريف دمشق."
END = "وأعلنت موسكو فتح ممر آمن للمدنيين في المنطقة أمس."


def changes(told, again, **options):
    found = st.tellings(f"{CLEAR} {again} {END}", f"{CLEAR} {told} {END}", **options).changes
    return found[["aspect", "of", "change", "source", "target"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("told", "again", "row"),
    [
        ("قصف النظام السوري مدينة دوما صباح اليوم.", "قصفت الحكومة السورية مدينة دوما صباح اليوم.",
         ["name", "syrian_state", "replaced", "regime", "government"]),
        ("قصفت طائرات النظام السوري بلدة حرستا ليلا.", "قصفت طائرات الحكومة السورية بلدة حرستا ليلا.",
         ["name", "syrian_army", "replaced", "regime_forces", "government"]),
        ("قتل خمسة وعشرون شخصا في قصف المدينة ليلا.", "قتل 15 شخصا في قصف المدينة ليلا.",
         ["number", "", "replaced", "25", "15"]),
        ("قصفت الطائرات المدينة يوم 18 شباط 2018 ليلا.", "قصفت الطائرات المدينة يوم 19 فبراير 2018 ليلا.",
         ["date", "", "replaced", "2018-02-18", "2018-02-19"]),
        ("زعم المتحدث أن المدينة آمنة وأن الطريق مفتوح.", "أكد المتحدث أن المدينة آمنة وأن الطريق مفتوح.",
         ["cue", "", "replaced", "distancing", "endorsing"]),
        ("قال الوزير وليد المعلم إن الطريق مفتوح أمام القوافل.", "قال مصدر إن الطريق مفتوح أمام القوافل.",
         ["speaker", "", "replaced", "وليد المعلم", "مصدر"]),
        ("قتل على ما يبدو عشرات المدنيين في قصف المدينة ليلا.", "قتل عشرات المدنيين في قصف المدينة ليلا.",
         ["hedge", "doubt", "dropped", "على ما يبدو", ""]),
        ("قصفت المدينة بما يسمى البراميل المتفجرة صباح اليوم.", "قصفت المدينة بالبراميل المتفجرة صباح اليوم.",
         ["hedge", "distance", "dropped", "ما يسمى", ""]),
        ("وصل ستيفان دي ميستورا إلى العاصمة لإجراء محادثات طويلة.", "وصل المبعوث إلى العاصمة لإجراء محادثات طويلة.",
         ["name", "ستيفان دي ميستورا", "dropped", "ستيفان دي ميستورا", ""]),
    ],
)  # fmt: skip
def test_planted_changes_are_found(told, again, row):
    assert row in changes(told, again)


@pytest.mark.parametrize(
    ("told", "again"),
    [
        ("قتل خمسة وعشرون شخصا في قصف المدينة ليلا.", "قتل ٢٥ شخصا ليلا في قصف على المدينة."),
        (
            "قصفت الطائرات المدينة في 18 شباط 2018 ليلا.",
            "وقصفت الطائرات المدينة ليلا في 18 فبراير 2018.",
        ),
        ("قصف النظام السوري مدينة دوما صباح اليوم.", "وقصف النظام السوري صباح اليوم مدينة دوما."),
    ],
)
def test_another_spelling_or_order_is_no_change(told, again):
    assert changes(told, again) == []


def test_a_bare_label_that_stands_on_both_sides_is_no_change():
    """What makes a bare word clear may fall in the telling; the word is the same."""
    told = "قصف النظام السوري المدينة صباحا. وقال النظام إن المعركة مستمرة في الغوطة."
    again = "قصفت الحكومة السورية المدينة صباحا. وقال النظام إن المعركة مستمرة في الغوطة."
    assert [row[2:] for row in changes(told, again) if row[0] == "name"] == [
        ["replaced", "regime", "government"]
    ]


def test_themes_of_what_was_dropped_and_added():
    rows = changes(
        "ووصلت قافلة مساعدات إنسانية إلى النازحين في المخيمات.",
        "وتناقش اللجنة الدستورية الانتقال السياسي في جنيف.",
    )
    assert ["theme", "humanitarian", "dropped", "humanitarian", ""] in rows
    assert ["theme", "political_transition", "added", "", "political_transition"] in rows


def test_what_others_in_the_sentence_say_is_held_by_its_link():
    found = st.tellings(f"{CLEAR} قتل 30 شخصا. {END}", f"{CLEAR} قتل 25 شخصا. {END}")
    table, rows = found.table, found.changes
    links = table.set_index("link")["source_sentence"]
    assert links[rows.loc[rows["aspect"] == "number", "link"]].tolist() == ["قتل 25 شخصا."]


class Bilingual:
    """An encoder that knows which sentence is which by words of both languages."""

    name, fingerprint, window = "bilingual", "bilingual-of-changes", 180
    WORDS = (
        ("bombed", "قصف"),
        ("hospital", "مشفى"),
        ("truce", "هدنة"),
        ("convoy", "قافلة"),
        ("court", "محكمة"),
    )

    def encode(self, texts):
        import numpy as np

        return np.array(
            [[float(any(w in t for w in pair)) + 0.05 for pair in self.WORDS] for t in texts],
            np.float32,
        )


ENGLISH = [
    "The Syrian regime bombed Douma on 18 February 2018.",
    "Twenty-five people died in the hospital in Aleppo.",
    "The United Nations called for a truce.",
    "A convoy of 40 lorries left Damascus for the US mission.",
    "A court sat.",
]
ARABIC = [
    "قصفت الحكومة السورية دوما في 19 شباط 2018.",
    "قتل 15 شخصا في مشفى في حلب.",
    "دعت الأمم المتحدة إلى هدنة.",
    "غادرت قافلة من شاحنات كثيرة العاصمة.",
    "انعقدت محكمة.",
]


def test_across_languages_numbers_dates_and_known_names():
    found = st.tellings(" ".join(ARABIC), " ".join(ENGLISH), encoder=Bilingual())
    rows = found.changes[["link", "aspect", "of", "change", "source", "target"]].to_numpy().tolist()
    assert rows == [
        [0, "date", "", "replaced", "2018-02-18", "2018-02-19"],
        [0, "name", "syrian_state", "replaced", "regime", "government"],
        [1, "number", "", "replaced", "25", "15"],
        [3, "number", "", "dropped", "40", ""],
    ]
    assert found.table["kind"].tolist() == ["changed", "changed", "kept", "changed", "kept"]


def test_hostile_and_empty_texts():
    hostile = (
        "<script>قصف النظام السوري</script> المدينة "
        + "النظام " * 500
        + ". قتل 999999999999999999999999 شخصا."
    )
    assert len(st.tellings(hostile, hostile).changes) == 0
    assert list(st.tellings("", hostile).changes.columns)[:3] == [
        "source_id",
        "article_id",
        "outlet",
    ]
    assert isinstance(st.tellings("...", "؟؟").changes, pd.DataFrame)
    assert "\ufffd" in st.tellings(f"\ud800{CLEAR}", CLEAR).articles.corpus.articles[0].raw
