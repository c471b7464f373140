import pandas as pd
import pytest
from gold.scoring import score_naming
from making import make

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.errors import InputError, LexiconError
from syriatopics.lexicons import load


def labels(*texts, **options):
    found = st.naming(make(*texts, **options)).mentions
    found = found[found["referent"] != "country_spelling"]
    return list(zip(found["referent"], found["label"], strict=True))


@pytest.fixture(scope="module")
def named(passages):
    return st.naming(passages)


def test_seeds_against_the_coder(named):
    figures = score_naming(named.mentions)
    assert figures["precision, label"] >= 0.9 and figures["recall, label"] >= 0.85
    assert figures["precision, voice"] >= 0.9 and figures["recall, voice"] >= 0.85


def test_offsets_hold_the_surface(named, passages):
    texts = passages.table.set_index("passage_id")["text"]
    for row in named.mentions.itertuples():
        assert texts[row.passage_id][row.start : row.end] == row.surface


def test_longest_label_wins():
    assert labels("قصفت قوات النظام السوري المدينة") == [("syrian_army", "regime_forces")]
    assert labels("قال رأس النظام السوري") == [("syrian_president", "head_of_regime")]


def test_other_regimes_count_for_nobody():
    assert labels("تغير النظام العالمي والنظام الإيراني") == []


def test_the_bare_form_needs_the_article():
    assert labels("أدان النظام") == []
    assert labels("أدان النظام", "يعيش نظام الأسد") == [
        ("syrian_state", "regime"),
        ("syrian_state", "regime"),
    ]


def test_labels_have_their_days():
    assert labels("سقط نظام الأسد", date="2018-01-01") == [("syrian_state", "regime")]
    assert labels("سقط نظام الأسد", date="2025-01-01") == [("former_state", "assad_regime")]
    assert labels("سقط نظام الأسد", date=None) == [("syrian_state", "regime")]


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("قصف النظام السوري المدينة أمس", "own"),
        ("وقال ترامب إن النظام السوري قصف المدينة", "reported"),
        ('وقال ترامب: "لقد قصف النظام السوري هذه المدينة أمس"', "direct"),
        ("وصلت وحدات «النظام السوري» إلى المدينة", "scare"),
        ("وصلت وحدات ما يسمى النظام السوري إلى المدينة", "scare"),
    ],
)
def test_voice_of_a_mention(text, voice):
    found = st.naming(make(text), referents=["syrian_state"]).mentions
    assert found["voice"].tolist() == [voice]


def test_shares_of_one_referent_sum_to_one(named):
    sums = named.table.groupby(["outlet", "voice", "referent"])["share"].sum()
    assert sums.round(9).eq(1).all()
    assert named.table["low"].isna().all() and named.table["note"].str.contains("one article").all()


def many(n, own, quoted):
    rows = []
    for k in range(n):
        first = "النظام السوري" if k / n < own else "الحكومة السورية"
        second = "النظام السوري" if k / n < quoted else "الحكومة السورية"
        text = f"قصف {first} المدينة. وقال ترامب إن {second} مسؤولة عن ذلك."
        rows.append((f"a{k:03d}", "x", text))
    return make(*rows)


def test_own_voice_against_quoted():
    result = st.naming(many(40, own=0.9, quoted=0.1), referents=["syrian_state"])
    table = result.against_quoted().set_index("label")
    assert table.loc["regime", "difference"] == pytest.approx(0.8)
    assert table.loc["regime", "low"] > 0.5 and table.loc["regime", "q"] < 0.001
    own = result.of("syrian_state").set_index("label")
    assert own.loc["regime", "share"] == pytest.approx(0.9)
    assert own.loc["regime", "low"] < 0.9 < own.loc["regime", "high"]
    assert own["n_articles"].tolist() == [40, 40]


def test_a_label_that_only_others_use_has_a_share_of_zero():
    texts = [(f"x{k}", "x", "قصف النظام السوري المدينة") for k in range(3)]
    texts += [(f"y{k}", "y", "قصفت الحكومة السورية المدينة") for k in range(3)]
    table = st.naming(make(*texts), referents=["syrian_state"]).of("syrian_state")
    assert table.set_index(["outlet", "label"]).loc[("y", "regime"), "share"] == 0


def test_nothing_named_is_said():
    result = st.naming(make("وصل الوزير إلى بيته"))
    assert result.table.empty and "No referent" in result.notes[-1]


def test_bad_referents():
    with pytest.raises(InputError, match="No referent 'nobody'"):
        st.naming(make("نص"), referents=["nobody"])
    with pytest.raises(InputError, match="never named here"):
        st.naming(make("قصف النظام السوري المدينة")).of("isis")


def test_the_users_own_labels(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(
        '[[referent]]\nid = "eu"\nen = "EU"\nar = "أوروبا"\n[[referent.label]]\nid = "union"\n'
        'en = "union"\nar = "الاتحاد"\nforms = ["الاتحاد الأوروبي"]\n',
        encoding="utf-8",
    )
    found = st.naming(make("أعلن الاتحاد الأوروبي ذلك"), lexicon=load("naming", file)).mentions
    assert found["label"].tolist() == ["union"]
    file.write_text('[[referent]]\nid = "eu"\nen = "EU"\nar = "أ"\nlabel = []\n', encoding="utf-8")
    with pytest.raises(LexiconError, match=r"mine.toml, line \d+"):
        load("naming", file)


def test_the_order_of_the_corpus_changes_nothing(passages, named):
    turned = Passages(passages.table.iloc[::-1].reset_index(drop=True))
    # passages of one article keep their order, articles come in another
    order = passages.table["article_id"].drop_duplicates().tolist()[::-1]
    turned = Passages(
        pd.concat(
            [passages.table[passages.table["article_id"] == a] for a in order], ignore_index=True
        )
    )
    again = st.naming(turned)
    pd.testing.assert_frame_equal(again.table, named.table)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("وصل الوفد من سوريا. وقال إن الحوار مع الدولة مستمر", "state"),
        ("في دمشق تحظى المطالب باهتمام القيادة", "leadership"),
        ("وفي درعا عثرت الجهات المختصة على أسلحة", "authorities"),
        ("تسيطر على البلدة في سوريا قوات، وقالت الحكومة ذلك", "government"),
        (
            "وصلت القوات إلى دمشق عبر خطوط إمداد النظام البرية. وقالت سوريا ذلك، والنظام السوري",
            "regime",
        ),
    ],
)
def test_a_bare_form_means_the_country_that_is_spoken_of(text, label):
    assert ("syrian_state", label) in labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "قصف في سوريا. وفي لبنان قالت الحكومة إن الأزمة انتهت",
        "عاشت سوريا في ظل النظام الاشتراكي سنوات",
        "في سوريا اليوم، وقالت الحكومة اليمنية ذلك",
        "في سوريا اليوم، وقالت الحكومة في بغداد ذلك",
        "قال وزير الدولة إن سوريا بلد عربي",
        "وصل الوفد إلى بيته وقال إن الدولة ستدفع",
        "في سوريا قاتل تنظيم الدولة الجيش",
    ],
)
def test_another_countrys_state(text):
    assert not {label for referent, label in labels(text) if referent == "syrian_state"}


def test_the_bare_army():
    assert ("syrian_army", "syrian_army") in labels("استهدفت الصواريخ مقرات للجيش غرب حمص")
    turkish = labels("أعلن الجيش التركي ذلك في دمشق. وقال الجيش إن ثلاثة جنود قتلوا")
    assert not {label for referent, label in turkish if referent == "syrian_army"}
    both = labels("قصف الجيش السوري في حلب الجيش التركي، ثم انسحب من حمص الجيش ليلا")
    assert both.count(("syrian_army", "syrian_army")) == 2
    assert ("syrian_army", "syrian_army") not in labels("فاز في دمشق فريق الجيش على ضيفه")


def test_power_is_no_name_of_the_state():
    said = labels("قالت سوريا إن بقاء الرجل في السلطة في دمشق شأن داخلي")
    assert ("syrian_state", "authorities") not in said


def test_a_hashtag_is_read_as_its_words():
    assert labels("إنقاذ نظام #بشار_الأسد", date="2018-01-01") == [("syrian_state", "regime")]


def test_a_palestinian_outlet_means_its_own_authority():
    rows = [
        (article, outlet, text)
        for article, outlet in (("a", "amad"), ("b", "sana"))
        for text in ("سوريا بلد عربي وسورية دولة", "وصلت السلطة إلى هذه المدينة")
    ]
    found = st.naming(make(*rows), referents=["syrian_state"]).mentions
    assert found["outlet"].tolist() == ["sana"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("ثم استدعت بغداد سفيرها في دمشق التي ردت بالمثل", "actor"),
        ("بعد أن اتهمت بغداد دمشق بإيواء قادة سابقين", "actor"),
        ("شن الطيران غارات على دمشق فجرا", "place"),
        ("وصلت القافلة إلى دمشق فجرا", "place"),
    ],
)
def test_damascus_acts_or_is_a_place(text, label):
    assert [kind for referent, kind in labels(text) if referent == "damascus_metonym"][-1] == label


def test_the_spelling_is_no_name_of_the_state():
    found = st.naming(make("وصلت المساعدات إلى سوريا وإلى سورية أمس")).mentions
    assert set(found["referent"]) == {"country_spelling"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("استهدف الجيش السوري الإرهابيين في ريف حماة", "terrorists"),
        ("خرج إرهابيو جيش الإسلام من دوما في سوريا", "terrorists"),
        ("سيطر المتمردون على بلدة في سوريا", "rebels"),
        ("انسحبت الفصائل المعارضة من البلدة", "factions"),
    ],
)
def test_who_fights_the_state(text, label):
    assert ("armed_opposition", label) in labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "قال أردوغان إن القوات ستطهر منبج من الإرهابيين",
        "هاجم إرهابيو داعش القرية في سوريا",
        "قال المتمردون الذين يسيطرون على صنعاء إن الوفد وصل",
    ],
)
def test_the_same_words_said_of_others(text):
    assert not {"terrorists", "rebels"} & {label for _, label in labels(text)}


def test_another_countrys_legitimate_president():
    text = "تدخل التحالف بطلب من الرئيس الشرعي عبدربه منصور هادي"
    assert ("syrian_state", "legitimate_government") not in labels(text)
