import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.framing.voices import quotations
from syriatopics.inference import Scores
from tests.making import make, scored

EARLY = ("2018-03-05", "2018-06-04")


def of_years(scores):
    """Five outlets of 2018, one without its March, beside one of 2023 and 2024."""
    table = scores.passages.table
    outlet = table["outlet"].to_numpy(dtype=str)
    odd = np.array([int(name[-1]) % 2 for name in table["article_id"]])
    date = np.where(odd, *EARLY)
    date = np.where(outlet == "o1", EARLY[1], date)
    date = np.where(outlet == "o5", np.where(odd, "2023-12-04", "2024-03-04"), date)
    table = table.assign(
        date=pd.to_datetime(date).astype("datetime64[s]"),
        date_status="printed",
        genre=np.where(outlet == "o5", "opinion", "news"),
    )
    return Scores(table=scores.table, passages=Passages(table))


def keyness(scores):
    table = scores.passages.table
    words = np.where(table["outlet"] == "o5", "هدنة مفاوضات", "قصف غارات")
    dtm = st.count_terms(
        Passages(table.assign(text=words)), st.ArabicAnalyzer(conflation="none"), max_df=1.0
    )
    return st.keyness(dtm, "o0", "o5")


def of_texts(scores):
    rows = scores.passages.table.drop_duplicates("article_id")
    made = make(*[(row.article_id, row.outlet, "قال الوزير إن النظام السوري قصف المدينة") for row in rows.itertuples()])  # fmt: skip
    return Passages(made.table.assign(date=rows["date"].to_numpy(), genre=rows["genre"].to_numpy()))


COMPARED = {
    "prevalence": st.prevalence,
    "contrasts": st.contrasts,
    "balance": st.balance,
    "keyness": keyness,
    "naming": lambda scores: st.naming(of_texts(scores)),
    "voices": lambda scores: quotations(of_texts(scores)).shares(),
}


@pytest.mark.parametrize("kind", COMPARED)
def test_every_result_that_compares_names_pairs_months_and_mixes(kind):
    scores = of_years(scored({f"o{k}": (0.3, 0.2) for k in range(6)}, n=20))
    notes = COMPARED[kind](scores).notes
    (apart,) = [n for n in notes if n.startswith("No week holds articles of both")]
    (mix,) = [n for n in notes if "differ in genre" in n]
    assert "o0 and o5 (100%)" in mix
    if kind == "keyness":  # one pair: all of it is said
        assert "both o0 and o5:" in apart
        return
    assert "o0 and o5; o1 and o5; o2 and o5, and 2 more" in apart
    (months,) = [n for n in notes if "months lack a group" in n]
    assert months.startswith(
        "4 of 4 months lack a group: 2018-03 without o1, o5; 2018-06 without o5; "
        "2023-12 without o0, o1, o2, and 2 more, and 1 more"
    )


def test_outlets_of_one_calendar_have_no_caveat_and_periods_are_no_outlets():
    scores = of_years(scored({f"o{k}": (0.3, 0.2) for k in (0, 2, 3)}, n=20))
    table = scores.passages.table.assign(month=scores.passages.table["date"].dt.strftime("%Y-%m"))
    scores = Scores(table=scores.table, passages=Passages(table))
    for by in ("outlet", "genre", "month"):
        notes = " ".join(st.prevalence(scores, by=by).notes)
        assert "No week" not in notes and "lack a group" not in notes
