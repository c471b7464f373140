"""Texts whose words nobody else uses, and corpora made of them."""

import random
from datetime import datetime

from syriatopics.records import Article

LETTERS = "ابتجحدرزسشصطعفقكلمنهو"


class Writer:
    """Writes sentences and articles; the same seed writes the same."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def sentence(self, words=12):
        return " ".join("".join(self.random.choices(LETTERS, k=5)) for _ in range(words)) + "."

    def sentences(self, n):
        return [self.sentence() for _ in range(n)]


def article(article_id, sentences, outlet="alhal", date=None, **more):
    raw = sentences if isinstance(sentences, str) else " ".join(sentences)
    if date is not None:
        more |= {
            "date_printed": datetime.fromisoformat(date),
            "date_status": more.get("date_status", "printed"),
            "date_precision": more.get("date_precision", "day"),
        }
    layout = (((0, len(raw)),),) if raw else ()
    return Article(
        article_id=article_id, raw=raw, outlet=outlet, layout=(layout,) if layout else (), **more
    )
