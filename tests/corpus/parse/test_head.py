import pytest

import syriatopics as st

TEXT = "قالت مصادر محلية إن قافلة مساعدات وصلت إلى البلدة المحاصرة بعد مفاوضات طويلة بين الأطراف."
MORE = "وأضافت المصادر أن عدد المستفيدين من سكان البلدة بلغ مئات الأسر منذ بداية الشهر كما تقول."
HEADS = [
    "العنوان: وصول القافلة\nالتاريخ: ٢٨/٤/٢٠١٦\nالمصدر: عنب بلدي\nالرابط: https://x.example/1\nالكاتب: فلان\n",
    "---\ntitle: \"وصول القافلة\"\ndate: 2016-04-28\nurl: https://x.example/1\nauthor: فلان\ntags: [a, b]\nlayout: post\n---\n",
    "Title: وصول القافلة\nDate: April 28, 2016\nURL: https://x.example/1\nAuthor: فلان\n",
]  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_labels_are_fields_and_no_text(tmp_path, head):
    (tmp_path / "a.md").write_text(f"{head}\n{TEXT}\n\n{MORE}", encoding="utf-8")
    (article,) = st.read_corpus(tmp_path)
    assert list(article.paragraphs) == [TEXT, MORE]
    assert article.title == "وصول القافلة"
    assert str(article.date_printed)[:10] == "2016-04-28"
    assert (article.url, article.author) == ("https://x.example/1", "فلان")


def test_a_colon_in_the_first_lines_makes_no_label(tmp_path):
    raw = f"المبعوث: لا حل عسكريا\n\n{TEXT}\n\n{MORE}"
    (tmp_path / "a.txt").write_text(raw, encoding="utf-8")
    (article,) = st.read_corpus(tmp_path)
    assert article.title == "المبعوث: لا حل عسكريا"
    assert list(article.paragraphs) == [TEXT, MORE]
