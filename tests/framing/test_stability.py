import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.errors import InputError
from syriatopics.matrix import _as_passages


@pytest.fixture(scope="module")
def planted():
    """Two outlets, three subjects; the first outlet writes more of subject 0."""
    rng = np.random.default_rng(0)
    words = [[f"{stem}{c}" for c in "بتثجحخدذر"] for stem in ("مساعد", "دستور", "معرك")]
    rows = []
    for outlet, mix in (("first", (0.6, 0.2, 0.2)), ("second", (0.2, 0.4, 0.4))):
        for k in range(40):
            subject = rng.choice(3, p=mix)
            rows += [(f"{outlet}{k}", outlet, " ".join(rng.choice(words[subject], 25)))] * 1
    table = _as_passages([r[2] for r in rows]).table
    table["article_id"], table["outlet"] = [r[0] for r in rows], [r[1] for r in rows]
    return st.count_terms(Passages(table), st.ArabicAnalyzer(conflation="none"), max_df=1.0)


def test_a_difference_that_holds_everywhere(planted):
    models = [st.NMF(n_topics=k, random_state=s).fit(planted) for k, s in ((3, 0), (3, 1), (4, 0))]
    result = st.framing.contrast_stability(models, "first", "second")
    top = result.summary.sort_values("difference").iloc[-1]
    assert top["n_matched"] == 3 and top["same_sign"] == 3 and top["n_sure"] >= 2
    assert result.table.groupby("model").size().tolist() == [3, 3, 3]
    assert result.plot() is not None


def test_bad_input(planted, dtm):
    one = st.NMF(n_topics=3).fit(planted)
    with pytest.raises(InputError, match="two or more"):
        st.framing.contrast_stability([one], "first", "second")
    with pytest.raises(InputError, match="different vocabularies"):
        st.framing.contrast_stability([one, st.NMF(n_topics=3).fit(dtm)], "first", "second")
    with pytest.raises(InputError, match="No passage belongs to 'third'"):
        st.framing.contrast_stability([one, one], "first", "third")
    assert isinstance(one.table, pd.DataFrame)


def test_one_topic_is_drawn_in_every_model(planted):
    models = [st.NMF(n_topics=k, random_state=0).fit(planted) for k in (3, 4)]
    result = st.framing.contrast_stability(models, "first", "second")
    ax = result.plot(topic="0")
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["3", "4"]
    with pytest.raises(InputError, match="No topic '9'"):
        result.plot(topic="9")
