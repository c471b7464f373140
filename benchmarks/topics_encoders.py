"""An encoder beside the offline space: do clusters agree better with editors' sections?

k-means, as EmbeddingTopics takes it, on the offline space (LSA), on e5's vectors of the first 80 words, centred, and
on the two side by side, both centred. NMI of clusters and sections, mean over seeds 0, 1, 2. The form was chosen
on 3alyoum, alwatan and the BBC and CNN of ant2018 (other articles); the sample of ant2018 was looked at afterwards.
Sections of the Saudi papers (saudinewsnet) are read from the addresses of their articles.
"""

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import normalized_mutual_info_score

import syriatopics as st
from benchmarks._data import folder, table
from benchmarks.arabic_topics import articles
from syriatopics.encoders import FIRST_WORDS, centred
from syriatopics.encoders.lsa import offline_space
from syriatopics.topics.projection import side_by_side

TOPICS, SEEDS = (6, 20), (0, 1, 2)
SECTIONS = {
    "3alyoum": (r"com/(.+?)/a/", {
        "news/local": "local", "news/golobal": "world", "news/pol": "world", "finance": "economy",
        "sports": "sport", "culture": "culture", "technology": "technology"}),
    "alwatan": (r"sa/([A-Za-z]+)/", {
        "Articles": "articles", "Local": "local", "Nation": "local", "Politics": "world", "Sports": "sport",
        "Economy": "economy", "Culture": "culture"}),
}  # fmt: skip


def paper(outlet):
    """Return text and section of the articles of a Saudi paper."""
    where, names = SECTIONS[outlet]
    frame = pd.read_parquet(
        folder() / "saudinewsnet_2015.parquet", columns=["outlet", "text", "url"]
    )
    frame = frame[frame["outlet"] == outlet].dropna().drop_duplicates("text")
    frame = frame[frame["text"].str.split().str.len() >= 30]
    frame["category"] = frame["url"].str.extract(where, expand=False).map(names)
    return frame.dropna().sort_values("text").reset_index(drop=True)


def rows_of(frame):
    texts = frame["text"].tolist()
    counts = st.count_terms(texts, min_df=5, max_df=0.5).content().counts
    vectors = st.embed(texts, "e5", words=FIRST_WORDS).astype(float)
    found = {}
    for seed in SEEDS:
        offline = offline_space(counts, seed).vectors(counts)
        centre = np.concatenate([offline.mean(axis=0), vectors.mean(axis=0)])
        forms = {
            "LSA": offline,
            "e5": centred(vectors),
            "both": side_by_side(offline, vectors, centre),
        }
        for name, form in forms.items():
            for k in TOPICS:
                assigned = KMeans(k, n_init=5, random_state=seed).fit_predict(form)
                agreed = normalized_mutual_info_score(frame["category"], assigned)
                found.setdefault((name, k), []).append(agreed)
    return found


def main():
    if folder() is None:
        return "topics_encoders: corpora with sections are needed; name their folder with --data.\n"
    frames = {name: paper(name) for name in SECTIONS}
    frames["ant2018"] = articles().sample(3_000, random_state=0).sort_index()
    rows = []
    for corpus, frame in frames.items():
        found = rows_of(frame)
        for name in ("LSA", "e5", "both"):
            values = [
                f"{np.mean(found[name, k]):.3f} ± {np.std(found[name, k]):.3f}" for k in TOPICS
            ]
            rows.append((corpus, f"{len(frame):,}", name, *values))
            print(*rows[-1], flush=True)
    header = ("corpus", "articles", "vectors", *(f"NMI, K = {k}" for k in TOPICS))
    return (
        f"# An encoder beside the offline space\n\n{__doc__}\n{table(header, rows)}\n\n"
        "Made by `python -m benchmarks --data FOLDER topics_encoders`.\n"
    )
