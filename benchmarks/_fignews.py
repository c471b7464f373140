"""Posts on a war in five languages with one coder's labels (FIGNEWS), as passages with a truth and two methods."""

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks._data import folder

FILE = "exports/fignews_iaa_1.xlsx"
PARTS = 4


def posts():
    """Return a row per post: language, batch, what the coder called propaganda and biased, a classifier's yes."""
    path = folder() / FILE if folder() is not None else None
    if path is None or not path.exists():
        return None
    rows = pd.read_excel(path, engine="calamine", dtype=str)
    clear = rows["Propaganda"].isin(["Propaganda", "Not Propaganda"])
    clear &= ~rows["Bais"].isin(["Unclear", "Not Applicable"])
    rows = rows[clear].reset_index(drop=True)
    true = (rows["Propaganda"] == "Propaganda").to_numpy()
    part = rows["Batch"].astype("category").cat.codes.to_numpy() % PARTS
    words = TfidfVectorizer(sublinear_tf=True, min_df=2).fit_transform(rows["Arabic MT"].fillna(""))
    said = np.zeros(len(rows), dtype=bool)
    for n in range(PARTS):
        model = LogisticRegression(C=3.0, max_iter=1000, class_weight="balanced")
        said[part == n] = model.fit(words[part != n], true[part != n]).predict(words[part == n])
    return pd.DataFrame(
        {"language": rows["Source Language"], "true": true, "biased": rows["Bais"] != "Unbiased", "classifier": said}
    )  # fmt: skip
