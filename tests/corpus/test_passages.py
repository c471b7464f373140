import pytest

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.corpus.passages import COLUMNS


def test_columns(passages):
    assert tuple(passages.table.columns) == COLUMNS
    assert str(passages.table["date"].dtype).startswith("datetime64")


@pytest.mark.parametrize("unit", ["paragraph", "sentence", "article", 40])
def test_passages_lead_back_to_the_raw_text(seeds, unit):
    passages = seeds.passages(unit)
    assert passages.table["passage_id"].is_unique
    for row in passages.table.itertuples():
        raw = seeds[row.article_id].raw[row.start : row.end]
        gone = [
            s for s in seeds[row.article_id].removed if row.start <= s.start and s.end <= row.end
        ]
        for span in sorted(gone, key=lambda s: -s.start):
            raw = raw[: span.start - row.start] + raw[span.end - row.start :]
        assert "".join(raw.split()) == "".join(row.text.split())


def test_units_hold_the_same_words(seeds):
    sizes = {
        unit: sum(len(text.split()) for text in seeds.passages(unit).texts)
        for unit in ("paragraph", "sentence", "article", 40)
    }
    assert len(set(sizes.values())) == 1, sizes


def test_a_long_paragraph_is_split_at_sentence_ends(tmp_path):
    sentence = "قال المتحدث باسم الأمم المتحدة إن المساعدات وصلت إلى المدنيين في المدينة أمس. "
    (tmp_path / "a.txt").write_text(sentence * 40, encoding="utf-8")
    texts = st.read_corpus(tmp_path).passages().texts
    assert len(texts) == 3
    assert all(len(text.split()) <= 200 and text.endswith(".") for text in texts)


def test_an_unknown_unit_names_the_choices(seeds):
    with pytest.raises(st.errors.InputError, match="Units: 'article', 'paragraph', 'sentence'"):
        seeds.passages("page")


def test_html_is_escaped(passages):
    hostile = Passages(passages.table.head(1).assign(text="<script>alert(1)</script>"))
    html = hostile._repr_html_()
    assert "<script>" not in html
    assert 'dir="rtl"' in html
