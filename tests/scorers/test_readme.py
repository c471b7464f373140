"""The block of the README for labels of one's own, run as it stands: a csv becomes a corrected trend."""

import re
from pathlib import Path

import numpy as np
import pandas as pd

import syriatopics as st

ROOT = Path(__file__).resolve().parents[2]


def block():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return next(b for b in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "from_table" in b)


def test_five_lines_put_a_trend_right(seeds, tmp_path, monkeypatch):
    world = st.World(themes={"humanitarian": 0.3}, outlets={"a": 1, "b": 1}, n_articles=600)
    corpus = st.planted_corpus(seeds.passages(), world, random_state=3)
    passages = corpus.passages()
    true = st.score_themes(passages).assigned["humanitarian"]
    rng = np.random.default_rng(3)
    # The labels miss half of the theme in "a", and find it in one of seven other passages of "b".
    in_a = (passages.table["outlet"] == "a").to_numpy()
    number = rng.random(len(passages))
    said = np.where(true, number < np.where(in_a, 0.5, 0.95), number > np.where(in_a, 0.98, 0.85))
    labels = pd.DataFrame({"passage_id": true.index, "humanitarian": said})
    labels.sample(frac=1, random_state=1).to_csv(tmp_path / "labels.csv", index=False)
    monkeypatch.chdir(tmp_path)
    task = st.coding_task(corpus, "coding/labels", n=150)
    for passage in task.sample["passage_id"]:
        task.log("reader").record(passage, ("humanitarian",) if true[passage] else ())
    lines = block()
    assert len(lines.splitlines()) == 5
    names = {"st": st, "corpus": corpus, "passages": passages}
    exec(lines, names)
    gaps = names["corrected"].contrasts([("a", "b")]).table.iloc[0]
    assert gaps["naive_high"] < 0 and gaps["low"] < 0 < gaps["high"]
    trend = st.trend(names["corrected"].outcomes(), period="Q", by="outlet").table
    known = st.trend(names["labels"], period="Q", by="outlet").table
    right, wrong = (t.groupby("outlet")["share"].mean() - 0.3 for t in (trend, known))
    assert right.abs().max() < 0.05 < wrong.abs().min(), (right, wrong)
