"""The quick models of topics_quality on all articles of ant2018."""

import syriatopics as st
from benchmarks._data import folder
from benchmarks._peers import PEERS
from benchmarks.arabic_topics import articles
from benchmarks.topics_quality import OURS, SEEDS, ours, section

TOPICS = (6, 20, 50)
QUICK = ("scikit-learn NMF on TF-IDF", "scikit-learn k-means on LSA")


def main():
    if folder() is None:
        return "topics_quality_whole: a corpus with categories is needed; name it with --data.\n"
    best = "**syriatopics EmbeddingTopics**"
    models = {best: ours(OURS[best])}
    models |= {name: PEERS[name] for name in QUICK}
    parts = section(articles(), models, TOPICS, SEEDS)
    return (
        f"# Quality of topics, all articles\n\n{__doc__} Columns as in topics_quality.\n"
        f"\nsyriatopics {st.__version__}.\n\n{chr(10).join(parts)}\n"
        "Made by `python -m benchmarks --data FOLDER topics_quality_whole`.\n"
    )
