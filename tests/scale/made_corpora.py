"""Corpora made from the sentences of the seeds, with what only a whole corpus tells."""

import random

import pandas as pd

import syriatopics as st
from syriatopics.arabic import sentences

OUTLETS = ("alpha", "beta", "gamma")
LINE = "هذا المحتوى من إعداد قسم المنوعات في الجريدة الورقية"


def made_corpus(n=90, seed=4):
    """Articles of three outlets in shuffled order; some copies, one line that recurs."""
    rng = random.Random(seed)
    said = [s.text for article in st.load_seeds() for p in article.paragraphs for s in sentences(p)]
    rows = []
    for number in range(n):
        outlet = OUTLETS[number % 3]
        body = ["\n".join(" ".join(rng.sample(said, 3)) for _ in range(rng.randint(2, 4)))]
        if outlet == "beta":
            body.append(LINE)
        rows.append(
            {
                "article_id": f"{outlet}-{rng.randrange(10**6):06d}-{number}",
                "outlet": outlet,
                "title": said[number % len(said)],
                "date": (pd.Timestamp("2018-01-01") + pd.Timedelta(days=number)).date().isoformat(),
                "text": "\n".join(body),
            }
        )
    for number in range(0, 12, 3):
        copy = {**rows[number], "article_id": f"copy-{number}", "outlet": "gamma"}
        rows.append({**copy, "text": copy["text"] + "\n" + said[number]})
    rng.shuffle(rows)
    return pd.DataFrame(rows)
