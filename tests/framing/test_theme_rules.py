"""Every rule of the theme lexicon with what it lets count and what it must not."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.framing import theme_hits
from syriatopics.framing.themes import compiled
from syriatopics.lexicons.schema import Themes
from syriatopics.matrix import _as_passages

HINGE = dt.date(2024, 12, 8)
# theme, a passage that deals with it, and one of the same words that does not
PAIRS = [
    ("political_transition", "صوت السوريون على دستور جديد في دمشق", "صوت المصريون على دستور جديد في القاهرة"),
    ("political_transition", "عقدت جولة من المفاوضات بين وفدي المعارضة والحكومة السورية", "عقدت جولة من المفاوضات بين سوريا وإسرائيل في أنقرة"),
    ("political_transition", "اتفق الطرفان السوريان على بيان في محادثات جنيف", "عرضت المفوضية في جنيف أعداد اللاجئين السوريين بعد اجتماع دوري"),
    ("political_transition", "الشعب السوري يقرر مصيره بنفسه", "نقف مع الشعب السوري في محنته"),
    ("political_transition", "المبعوث الأممي يدعو إلى حل سياسي", "جماعة الحوثي تفاوض في اليمن على حل سياسي"),
    ("military_security", "شنت الطائرات هجوما على البلدة", "طالب المفتشون بمعاينة موقع هجوم بغاز السارين"),
    ("military_security", "بدأت عملية عسكرية في الريف", "سلم المجلس العسكري السلطة إلى الرئيس المنتخب"),
    ("military_security", "استهدف القصف قاعدة عسكرية", "تسعى الدولة إلى امتلاك أسلحة الدمار الشامل"),
    ("great_power_diplomacy", "حذرت روسيا الولايات المتحدة من ضرب القاعدة", "حذرت روسيا السكان من دخول القاعدة"),
    ("great_power_diplomacy", "طالب البيت الأبيض موسكو بسحب الصواريخ", "طالب السكان موسكو بسحب الصواريخ"),
    ("humanitarian", "انتشرت أمراض بين نساء المخيم", "تحمي البذور المحاصيل من أمراض النبات"),
    ("humanitarian", "وصلت مساعدات إنسانية إلى المدينة", "وصفها البيان بأنها إجراءات لا إنسانية"),
    ("accountability", "فتشت الوكالة الدولية للطاقة الذرية الموقع في سوريا", "زارت الوكالة الدولية للطاقة الذرية منشآت إيران"),
    ("accountability", "مات تحت التعذيب وبقي مصيره مجهولا", "أمضى عشرة أعوام في سجون الاحتلال بتهمة المقاومة"),
    ("sanctions_economy", "تراجع سعر صرف الليرة في دمشق", "قدم صندوق النقد قرضا إلى مصر"),
    ("great_power_diplomacy", "بحث بوتين ونظيره الأمريكي الملف", "استقبل الوزير نظيره التشيكي"),
    ("great_power_diplomacy", "لا سلام مع إسرائيل قبل عودة الجولان السوري", "عملية السلام تراوح مكانها في السودان"),
    ("normalization", "تقارب بين دمشق والرياض بعد سنوات من القطيعة", "تقارب بين الكوريتين بعد سنوات من القطيعة"),
    ("normalization", "عودة السفراء إلى العاصمة السورية", "عودة السفراء بين إيران والسعودية"),
    ("normalization", "تطبيع العلاقات مع سوريا", "تطبيع العلاقات مع إسرائيل لا يشمل سوريا"),
    ("normalization_israel", "ترفض البلاد التطبيع وتقول إن إسرائيل عدو", "عاد التطبيع إلى صدارة الأخبار"),
    ("recognition", "الاعتراف بالإدارة السورية الجديدة", "الاعتراف بالدولة الجديدة في جنوب السودان"),
    ("recognition", "فتحت السفارة في دمشق بعد لقاء مع الإدارة الجديدة", "فتحت السفارة في دمشق بعد لقاء مع وليد المعلم"),
]  # fmt: skip


def assigned(text, date=None):
    table = _as_passages([text]).table
    if date is not None:
        table["date"] = pd.to_datetime([date])
    row = st.score_themes(Passages(table)).assigned.iloc[0]
    return set(row[row].index)


@pytest.mark.parametrize(("theme", "deals", "does_not"), PAIRS)
def test_a_rule_and_its_counter_example(theme, deals, does_not):
    assert theme in assigned(deals)
    assert theme not in assigned(does_not)


TIES = "بحث الوزير عودة العلاقات مع سوريا وإعادة فتح السفارة في دمشق"


@pytest.mark.parametrize(
    ("day", "theme"),
    [
        (HINGE - dt.timedelta(days=1), "normalization"),
        (HINGE, "recognition"),
        (dt.date(2009, 7, 1), "normalization"),
        (dt.date(2025, 5, 1), "recognition"),
        (None, "normalization"),
    ],
)
def test_the_same_words_are_another_construct_after_the_hinge(day, theme):
    other = {"normalization": "recognition", "recognition": "normalization"}[theme]
    found = assigned(TIES, day)
    assert theme in found and other not in found


def test_recognising_the_new_authorities_is_no_rehabilitation_of_assad_even_without_a_date():
    found = assigned(
        "اعترفت الدول العربية بالسلطات السورية الجديدة واستعادت سوريا مقعدها في جامعة الدول العربية"
    )
    assert "recognition" in found and "normalization" not in found


def test_a_text_that_looks_back_on_the_end_of_assad_speaks_of_those_who_came_after():
    found = assigned("تعكس الزيارة عودة سوريا إلى المجتمع الدولي بعد نهاية حكم بشار الأسد")
    assert "recognition" in found and "normalization" not in found


def test_scores_say_that_a_construct_changes():
    notes = st.score_themes(_as_passages([TIES])).notes
    assert any("normalization until 2024-12-07" in n and "construct changes" in n for n in notes)


def test_a_date_that_is_not_known_leaves_every_theme_valid():
    lexicon = compiled()
    days = np.array(["NaT"], dtype="datetime64[D]")
    assert (lexicon.scores([TIES], days) == lexicon.scores([TIES])).all()


def test_two_spellings_of_one_entry_count_once():
    themes = _lexicon(words=["حرب|حربا"], weak=[])
    assert compiled(themes).strengths(["حرب وحربا", "حرب"]).tolist() == [[1.0], [1.0]]


def test_scores_of_many_are_those_of_one(passages):
    lexicon = compiled()
    texts = passages.texts + [text for _, *pair in PAIRS for text in pair]
    together = lexicon.scores(texts)
    for row, text in enumerate(texts):
        assert (lexicon.scores([text])[0] == together[row]).all()


def test_hits_are_what_the_strength_counts():
    """Different strong entries of the hits are the strength wherever no weak one stands."""
    themes = _lexicon(words=["قصف", "غارة|غارات"], weak=[])
    for text in ("قصف وغارة وغارات", "غارات", "سلام"):
        hits = {hit.entry for hit in theme_hits(text, themes)}
        entries = {next(e for e in themes.theme[0].entries if hit in e.split("|")) for hit in hits}
        assert compiled(themes).strengths([text])[0, 0] == len(entries)


def test_a_group_of_two_is_named_by_two_different_powers():
    assert "great_power_diplomacy" not in assigned("بحث بوتين هاتفيا مع لافروف في موسكو")
    assert "great_power_diplomacy" in assigned("بحث بوتين هاتفيا مع أردوغان")


def _lexicon(**entries):
    theme = {"id": "x", "ar": "س", "en": "X", "definition": "d", **entries}
    return Themes.model_validate({"version": 1, "about": "x", "theme": [theme]})


def test_a_review_that_names_an_entry_wins_over_one_of_the_same_day_that_names_none():
    theme = next(t for t in st.load_themes().theme if t.id == "humanitarian")
    assert theme.reviewed("ترحيل السوريين").entries == ("ترحيل السوريين",)
    assert theme.reviewed("عودة اللاجئين").entries == ()
