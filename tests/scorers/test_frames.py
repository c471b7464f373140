"""Frames are a codebook: complete in two languages, coded by people or a model, without words."""

import pytest
from making import make

import syriatopics as st
from syriatopics.errors import LexiconError
from syriatopics.scorers import LanguageModel, frames


def test_every_frame_is_defined_in_both_languages():
    for frame in frames().theme:
        assert frame.definition and frame.definition_ar and (frame.include or frame.boundary)
        assert not frame.entries, "a frame is no word list"
    assert not set(frames().ids) & set(st.load_themes().ids)


def test_a_model_codes_by_them():
    passages = make("حمّل المجتمع الدولي المسؤولية", "عُقد اجتماع")
    model = LanguageModel(complete=lambda prompt: '{"themes": ["cause"]}', codebook=frames())
    scores = st.score_themes(passages, model, themes=frames())
    assert list(scores.table) == frames().ids and scores.assigned["cause"].all()


def test_people_code_by_them(seeds, tmp_path):
    task = st.coding_task(seeds, tmp_path / "frames", n=10, themes=frames())
    task.log("a").record(task.sample["passage_id"][0], ("problem", "remedy"))
    assert task.codings().codes()["remedy"].tolist() == [1.0]


def test_ones_own_codebook(tmp_path):
    (tmp_path / "a.toml").write_text("[[theme]]\nid = 1\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="a.toml"):
        frames(tmp_path / "a.toml")
    with pytest.raises(LexiconError, match="No lexicon file"):
        frames(tmp_path / "none.toml")
