"""The words around intervals name the block that was taken."""

import numpy as np
import pandas as pd

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.inference import Scores
from syriatopics.report.sections.themes import intervals
from tests.making import make, scored


def test_results_know_the_block_that_was_taken_and_words_name_it():
    scores = scored({"a": (0.3, 0.2), "b": (0.3, 0.2)}, n=40)
    number = scores.passages.table["article_id"].str[1:].astype(int)
    dates = pd.Timestamp("2018-01-01") + pd.to_timedelta(7 * (number // 4), unit="D")
    table = scores.passages.table.assign(date=dates.astype("datetime64[s]"), date_status="printed")
    weekly = scores.table.assign(humanitarian=(number // 4 % 2).to_numpy(dtype=float))
    found = st.prevalence(Scores(table=weekly, passages=Passages(table)), blocks="week")
    assert found.unit == "week"
    assert "ووحدته الأسبوع" in intervals(found.table.itertuples(), found.unit)
    assert st.prevalence(scores, blocks="article").unit == "article"
    rows = [(f"{n:02d}", "ab"[n % 2], "قال الوزير إن المدينة قصفت") for n in range(40)]
    shares = st.quotations(make(*rows)).shares(blocks="day")
    assert shares.unit == "day" and np.isfinite(shares.table["share"]).all()
