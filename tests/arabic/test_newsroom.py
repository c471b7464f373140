"""Words of the newsroom: how something is reported, told from what is reported."""

import pytest

import syriatopics as st
from syriatopics.arabic.newsroom import newsroom_phrases, newsroom_words
from syriatopics.lexicons import load


def newsroom_of(text):
    analyzer = st.ArabicAnalyzer().fit([text])
    terms = analyzer(text)
    return [t for t in terms if analyzer.is_newsroom(t)], terms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("وقال المتحدث باسم الجيش", ["وقال", "متحدث", "باسم"]),
        ("قصف النظام الثلاثاء", ["ثلاثاء"]),
        ("نقلت قناة الجزيرة عن مصدر أمني", ["نقلت", "قناة_الجزيرة", "مصدر_أمني"]),
        ("بحسب المصادر المحلية", ["مصادر_محلية"]),
        ("لوكالة رويترز", ["رويترز"]),
        ("صحيفة الثورة وجريدة البعث", ["صحيفة_الثورة", "جريدة_البعث"]),
        ("في 12 كانون الثاني/يناير", ["كانون_الثاني", "يناير"]),
        ("في 12 مارس الماضي", ["شهر_مارس"]),
        ("15 من آب", ["شهر_آب"]),
        ("آذار/مارس", ["شهر_مارس"]),
        ("شهر مارس", ["شهر_مارس"]),
        ("وجاءت هذه الأنباء", ["وجاءت"]),
        ("زعم النظام وادعى الجيش", ["زعم", "وادعي"]),
        ("تقرير عنب بلدي", ["عنب_بلدي"]),
        ("وأضاف البيان أن القصف مستمر", ["بيان"]),
        ("وقال المصدر ذاته", ["مصدر"]),
        ("ذكرت صحيفة هآرتس", ["صحيفة_هآرتس"]),
        ("وأضافت الصحيفة", ["صحيفه"]),
        ("السبت الماضي", ["السبت_الماضي"]),
        ("في يناير الجاري", ["يناير_الجاري"]),
        ("خلال السنوات القادمة", ["السنوات_القادمة"]),
        ("وأفاد التلفزيون السوري", ["التلفزيون_السوري"]),
        ("تقارير إعلامية", ["تقارير_إعلامية"]),
        # the furniture of one outlet
        ("وكتب على صفحته بموقع التواصل الاجتماعي تويتر", ["صفحته_بموقع", "تويتر"]),
        ("جاء على لسان الوزير", ["جاء", "على_لسان"]),
    ],
)
def test_words_of_reporting_are_known(text, found):
    said, _ = newsroom_of(text)
    assert {t.removeprefix("ال") for t in found} <= {t.removeprefix("ال") for t in said}, said


def test_a_verb_of_reporting_is_one_in_either_gender():
    """تعتبر led a topic, since only اعتبر stood in the list."""
    stops = next(g for g in load("stopwords").group if g.name == "reporting")
    verbs = next(g for g in load("newsroom").group if g.name == "verbs")
    words = {*stops.words, *verbs.words}
    other = {"ي": "ت", "ت": "ي"}
    nouns = {"تشدد", "تتابع"}
    # Words in ت that are no verbs of she: past forms, nouns of saying.
    past = {"تابع", "تابعت"}
    lack = {
        other[w[0]] + w[1:] for w in words - past if w[0] in other and not w.endswith(("ون", "وا"))
    }
    assert lack - words <= nouns, sorted(lack - words - nouns)


@pytest.mark.parametrize(
    "text",
    [
        "محافظة الجزيرة",
        "الثورة السورية",
        "حزب البعث",
        "الحل السوري السياسي",
        "بيان جنيف",
        "البيان الختامي للقمة",
        "مصدر قلق",
        "تقرير الأمم المتحدة",
        "التلفزيون في المنزل",
        "الأسبوع الثقافي",
        "الماضي والحاضر",
        "مصدر تهديد",
        "مصادر الطاقة والمياه",
        "وكالة غوث اللاجئين",
        "نهر دجلة والفرات",
        "القوات التابعة للجيش",
        "أيام وأسابيع",
        "قناة السويس",
        "موقع عسكري",
        "فهم الوضع ووعد ولي العهد",
        "السياسة الكويتية",
        "الحياة الجديدة",
        "هيومن رايتس ووتش",
        "الدفاع المدني السوري",
        "مقتل صحفيين",
        "مارس ضغوطا",
        "مارس المقاتلون ضغوطا",
    ],
)
def test_what_only_looks_like_it_stays_content(text):
    said, terms = newsroom_of(text)
    assert terms and not said


def test_every_phrase_is_one_term_and_of_the_newsroom():
    analyzer = st.ArabicAnalyzer().fit(["سوريا"])
    for phrase in newsroom_phrases():
        (term,) = analyzer(phrase)
        assert analyzer.is_newsroom(term), phrase


def test_no_word_of_content_is_among_them():
    protected = set(load("stopwords").protected.words)
    days = {
        word for group in load("newsroom").group if group.name == "days" for word in group.words
    }
    months = {name for month in load("months").month for name in month.names}
    assert not newsroom_words() & (protected - days - months)


def test_a_file_of_the_users_own_is_put_on_top_and_none_switches_it_off(tmp_path):
    own = tmp_path / "mine.toml"
    own.write_text('version = 1\nabout = "mine"\n[phrases]\nwords = ["مطبخ سياسي"]\n', "utf-8")
    text = "وقال مطبخ سياسي في دمشق"
    mine = st.ArabicAnalyzer(newsroom=own).fit([text])
    assert [t for t in mine(text) if mine.is_newsroom(t)] == ["وقال", "مطبخ_سياسي"]
    off = st.ArabicAnalyzer(newsroom=None).fit([text])
    assert not any(map(off.is_newsroom, off(text))) and "مطبخ_سياسي" not in off(text)
    with pytest.raises(st.errors.InputError, match="newsroom=3"):
        st.ArabicAnalyzer(newsroom=3).fit([text])


def test_topics_leave_them_out_and_keyness_shows_them_apart():
    corpus = st.load_seeds()
    dtm = st.count_terms(corpus)
    assert dtm.newsroom.any()
    topics = st.NMF(n_topics=4).fit(dtm)
    assert not topics.dtm.newsroom.any() and "قال" not in topics.terms
    assert any("words of the newsroom" in note for note in topics.notes)
    # New counts are read in the vocabulary of the model, with or without these words.
    whole, content = topics.transform(dtm), topics.transform(dtm.content())
    assert (whole == content).all()
    words = st.keyness(dtm, "noonpost", "alhal", production="all")
    assert len(words.table) == len(words.top(10**6)) + len(words.top(10**6, newsroom=True))
    assert words.top(3, newsroom=True)["newsroom"].all() and not words.top(3)["newsroom"].any()
