import numpy as np
import pandas as pd
import pytest
from making import make

import syriatopics as st
from syriatopics.errors import InputError

STORIES = [
    "وصلت قافلة مساعدات إنسانية إلى دوما في الغوطة الشرقية بعد حصار",
    "شن الطيران غارات جوية على مواقع الفصائل في درعا جنوب البلاد",
    "بحث المبعوث الأممي صياغة دستور جديد في جنيف مع وفد الحكومة",
    "أعلنت منظمة حظر الأسلحة الكيميائية نتائج التحقيق في خان شيخون",
]


class Texts:
    """Articles as a corpus gives them."""

    def __init__(self, rows):
        self._passages = make(*[row[:3] for row in rows])
        self._passages.table["date"] = pd.to_datetime([row[3] for row in rows]).astype(
            "datetime64[s]"
        )

    def passages(self, unit="article"):
        return self._passages


def corpus(days_apart=1):
    rows = []
    for n, story in enumerate(STORIES):
        day = pd.Timestamp("2018-03-01") + pd.Timedelta(days=10 * n)
        rows.append((f"x{n}", "x", story, day))
        rows.append((f"y{n}", "y", story + " اليوم", day + pd.Timedelta(days=days_apart)))
    rows.append(("x9", "x", "افتتح الوزير معرضا للزهور في حديقة المدينة", "2018-03-02"))
    return Texts(rows)


def test_the_same_story_is_one_event():
    found = st.matched_events(corpus())
    assert found.table["event"].nunique() == 4 and len(found) == 8
    for _, members in found.table.groupby("event"):
        assert set(members["outlet"]) == {"x", "y"}
        assert members["article_id"].str[1:].nunique() == 1
    coverage = found.coverage.set_index("outlet")
    assert coverage.loc["x", ["n_articles", "n_matched"]].tolist() == [5, 4]
    assert found.plot() is not None


def test_the_window_decides():
    found = st.matched_events(corpus(days_apart=5))
    assert found.table.empty and "0 events" in found.notes[-1]
    with pytest.raises(InputError, match="nothing to compare within events"):
        found.contrasts(st.score_themes(corpus().passages()))


def test_contrasts_within_events():
    articles = corpus()
    result = st.matched_events(articles).contrasts(st.score_themes(articles.passages()))
    assert (result.table["difference"] == 0).all()
    assert result.table["n_a"].eq(4).all()


def test_one_outlet_and_missing_dates(seeds):
    one = Texts([(f"x{n}", "x", story, "2018-03-01") for n, story in enumerate(STORIES)])
    assert "Fewer than two outlets" in st.matched_events(one).notes[0]
    none = Texts([("x", "x", STORIES[0], None), ("y", "y", STORIES[0], None)])
    assert "cannot be matched" in st.matched_events(none).notes[0]
    assert len(st.matched_events(seeds)) == 0
    with pytest.raises(InputError, match="window=-1"):
        st.matched_events(seeds, window=-1)


class Meaning:
    """An encoder that knows what a story is about, whatever its words."""

    name, fingerprint = "meaning", "meaning-1"

    def encode(self, texts):
        air = ["غارات" in text or "قصفت" in text for text in texts]
        return np.array([[1.0, 9.0] if here else [0.0, 9.0] for here in air], dtype=np.float32)


def test_an_encoder_matches_what_shares_few_words(monkeypatch, tmp_path):
    monkeypatch.setenv("SYRIATOPICS_CACHE", str(tmp_path))
    told = {
        "x": ("شن الطيران غارات جوية على مواقع الفصائل", "افتتح الوزير معرضا للزهور"),
        "y": ("قصفت الطائرات أهدافا جنوب البلاد", "بحث المبعوث دستورا جديدا"),
    }
    rows = [
        (f"{outlet}{n}", outlet, text)
        for outlet, texts in told.items()
        for n, text in enumerate(texts * 2)
    ]
    articles = Texts([(*row, "2018-03-01") for row in rows])
    assert st.matched_events(articles).table.empty
    found = st.matched_events(articles, encoder=Meaning(), threshold=0.45)
    events = found.table.groupby("event")["article_id"].agg(set)
    assert {"x0", "y0"} in [ids & {"x0", "y0", "x1", "y1"} for ids in events]
    assert "by the encoder 'meaning', half and half" in found.notes[0]


TOLD = [
    ("a", "أ", "قوات النظام تقتل عشرة مدنيين في قصف دوما", "2018-03-01"),
    ("b", "ب", "مقتل عشرة مدنيين في دوما", "2018-03-01"),
    ("c", "ج", "قافلة مساعدات إنسانية تصل إلى حرستا", "2018-03-20"),
]
TEXT = "قصفت طائرات النظام السوري مدينة دوما في الغوطة الشرقية فقتل عشرة مدنيين وقال السكان إن المشفى دمر."


def headlined():
    rows = [
        {
            "id": n,
            "outlet": o,
            "title": t,
            "date": d,
            "text": TEXT if n != "c" else "افتتح معرض الزهور في الحديقة.",
        }
        for n, o, t, d in TOLD
    ]
    rows += [
        {
            "id": f"o{n}",
            "outlet": "جد"[n % 2],
            "title": "عنوان",
            "date": f"2018-05-{9 + n:02d}",
            "text": story,
        }
        for n, story in enumerate(STORIES)
    ]
    return st.read_corpus(pd.DataFrame(rows))


def test_headlines_of_one_event_stand_beside_each_other():
    found = st.matched_events(headlined()).headlines.set_index("article_id")
    assert found.index.tolist() == ["a", "b"] and found["event"].nunique() == 1
    assert found.loc["a", "named"] and not found.loc["b", "named"]
    assert "syrian_army" in found.loc["a", "labels"] and found.loc["b", "labels"] == "dead/killed"
    assert st.matched_events(headlined().of_outlets("أ")).headlines.empty
