"""Do the words of topics move? Planted drift, planted stillness, and real articles dealt anew.

Worlds of six topics over eight months, 60 articles of 120 words a month, words in bursts; the
shares of two topics change in all of them, since a change of shares is no change of words. In
"stories" the articles of one week share their bursts. Tuning seed 11; 31 and 33 were looked at; this page is of
seed 20261201. Topics of one dealing are alarmed together, so that the last figures are less sure than their tests.
"""

import os
import time

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import linear_sum_assignment

import syriatopics as st
from benchmarks._data import folder, table
from syriatopics.corpus import Passages
from syriatopics.matrix import DocumentTermMatrix

SEED = 20261201
N_TOPICS, N_TERMS, MONTHS, PER_MONTH, LENGTH = 6, 600, 8, 60, 120
TERMS = np.array([f"كلمة{n:03d}" for n in range(N_TERMS)])
ANALYZER = st.ArabicAnalyzer().fit(["نص"])


def world(seed, drift=0.0, burst=60.0, stories=False, empty=()):
    """Return counts, and the planted words of each topic in each month."""
    rng = np.random.default_rng(seed)
    base = rng.dirichlet(np.full(N_TERMS, 0.05), N_TOPICS)
    other = rng.dirichlet(np.full(N_TERMS, 0.05))
    months = np.repeat([m for m in range(MONTHS) if m not in empty], PER_MONTH)
    days = pd.to_datetime("2018-01-01") + pd.to_timedelta(
        months * 30 + rng.integers(0, 30, len(months)), unit="D"
    )
    months = np.asarray((days.year - 2018) * 12 + days.month - 1)
    planted = np.repeat(base[None], months.max() + 1, axis=0)
    for m in range(len(planted)):
        moved = drift * m / (MONTHS - 1)
        planted[m, 0] = (1 - moved) * base[0] + moved * other
    prior = np.full((len(planted), N_TOPICS), 0.15)
    prior[:, 0] *= np.linspace(0.5, 3, len(planted))
    prior[:, 1] *= np.linspace(3, 0.5, len(planted))
    week = np.asarray((days - days.min()).days // 7)
    bursts = rng.gamma(burst / 4, 4 / burst, (week.max() + 1, N_TERMS)) if stories else None
    counts = np.zeros((len(months), N_TERMS), dtype=np.int64)
    for d, m in enumerate(months):
        p = rng.dirichlet(prior[m]) @ planted[m]
        if stories:
            p = p * bursts[week[d]]
        p = rng.dirichlet(burst * p / p.sum() + 1e-9)
        counts[d] = rng.multinomial(LENGTH, p)
    return matrix(counts, days, rng), planted


def matrix(counts, days, rng):
    n = len(counts)
    frame = pd.DataFrame({"text": [""] * n, "outlet": rng.choice(["a", "b"], n)})
    frame["article_id"] = [f"a{i:04d}" for i in range(n)]
    frame["passage_id"] = frame["article_id"]
    for column in ("date", "date_start", "date_end"):
        frame[column] = pd.Series(days).astype("datetime64[s]")
    frame["date_status"], frame["start"], frame["end"] = "printed", 0, 0
    kept = np.flatnonzero(counts.sum(axis=0) > 1)
    return DocumentTermMatrix(
        sparse.csr_matrix(counts[:, kept]), TERMS[kept], {t: t for t in TERMS[kept]},
        Passages(frame), ANALYZER,
    )  # fmt: skip


def cosine(a, b):
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def paired(found, planted):
    """Return for each planted topic the topic that found it."""
    places = [int(t.removeprefix("كلمة")) for t in found.topics.terms]
    flat, phi = planted.mean(axis=0)[:, places], found.phi.mean(axis=0)
    alike = np.array([[cosine(a, b) for b in phi] for a in flat])
    return linear_sum_assignment(-alike)[1], places


def judged(n, **options):
    """Return alarms among still topics, how often the moving one is found, and cosines."""
    alarms, hits, cosines = [], [], []
    for seed in range(n):
        dtm, planted = world(SEED * 10_000 + seed, **options)
        found = st.DynamicTopics(n_topics=N_TOPICS).fit(dtm)
        own, places = paired(found, planted)
        p = found.tests["p"].to_numpy()[own]
        alarms += list(p[1:] <= 0.05) + ([] if options.get("drift") else [p[0] <= 0.05])
        hits.append(p[0] <= 0.05)
        cosines.append(
            [cosine(found.phi[m, own[0]], planted[m, 0, places]) for m in range(len(found.phi))]
        )
    held = np.array(alarms)
    return held.mean(), len(held), np.mean(hits), np.array(cosines)


def peer(seed, drift):
    """Return cosines of the moving topic by topica's DTM, and by ours, with processor seconds."""
    import topica

    dtm, planted = world(SEED * 10_000 + seed, drift=drift)
    docs = [list(np.repeat(dtm.terms[row.indices], row.data)) for row in dtm.counts]
    months = pd.factorize(dtm.documents["date"].dt.to_period("M"), sort=True)[0]
    begun = time.process_time()
    model = topica.DTM(N_TOPICS, seed=0, init="spectral")
    model.fit(docs, months.tolist(), iters=20, progress=False)
    theirs = time.process_time() - begun
    place = [list(TERMS).index(word) for word in model.vocabulary]
    phi = np.stack([model.topic_word(m) for m in range(len(planted))])
    flat = planted.mean(axis=0)[:, place]
    alike = np.array([[cosine(a, b) for b in phi.mean(axis=0)] for a in flat])
    mine = linear_sum_assignment(-alike)[1][0]
    dtm_cosines = [cosine(phi[m, mine], planted[m, 0, place]) for m in range(len(planted))]
    begun = time.process_time()
    found = st.DynamicTopics(n_topics=N_TOPICS).fit(dtm)
    ours = time.process_time() - begun
    own, places = paired(found, planted)
    our_cosines = [cosine(found.phi[m, own[0]], planted[m, 0, places]) for m in range(len(planted))]
    return dtm_cosines, theirs, our_cosines, ours


def real(n):
    """Return alarms where the days of real articles are dealt anew, by article and by week."""
    frame = pd.read_parquet(folder() / "ant2018.parquet").drop_duplicates("text")
    frame = frame[frame["text"].str.count("سوري") >= 3]
    sample = frame.sample(1200, random_state=SEED)
    corpus = st.read_corpus(sample)
    dtm = st.count_terms(corpus, min_df=5)
    topics = st.NMF(n_topics=10).fit(dtm)
    whole = dtm.passages.table
    rng = np.random.default_rng(SEED)
    rows = []
    for unit in ("article", "week"):
        alarms = []
        for _ in range(n):
            days = dealt(whole, unit, rng)
            moved = topics.dtm.passages.table.assign(date=days, date_start=days, date_end=days)
            again = type(topics)(**{**vars_of(topics), "dtm": with_table(topics.dtm, moved)})
            alarms += list(st.DynamicTopics(period="M").fit(again).tests["p"].dropna() <= 0.05)
        rows.append(
            (f"ant2018 on Syria, days dealt by {unit}", f"{np.mean(alarms):.3f}", len(alarms))
        )
    return rows


def vars_of(topics):
    from dataclasses import fields

    return {f.name: getattr(topics, f.name) for f in fields(topics)}


def with_table(dtm, frame):
    from dataclasses import replace

    return replace(dtm, passages=Passages(frame))


def dealt(frame, unit, rng):
    """Return days, exchanged between articles, or between weeks as wholes."""
    if unit == "article":
        per = frame.groupby("article_id")["date"].first()
        return frame["article_id"].map(
            dict(zip(per.index, rng.permutation(per.to_numpy()), strict=True))
        )
    week = (frame["date"] - frame["date"].min()).dt.days // 7
    names = np.unique(week.dropna())
    place = dict(zip(names, rng.permutation(names), strict=True))
    return frame["date"] + pd.to_timedelta((week.map(place) - week) * 7, unit="D")


def main():
    n = int(os.environ.get("REPLICATES", "150"))
    rows = []
    for name, options in (
        ("still, words in bursts", {}),
        ("still, stories of a week", {"stories": True}),
        ("one topic moves by .3", {"drift": 0.3}),
        ("one topic moves by .6", {"drift": 0.6}),
        ("by .6, two months empty", {"drift": 0.6, "empty": (2, 5)}),
    ):
        alarm, held, hits, cosines = judged(n if "drift" not in options else n // 5, **options)
        rows.append(
            (name, f"{alarm:.3f} of {held}", f"{hits:.2f}" if "drift" in options else "",
             f"{cosines.mean():.3f}", f"{cosines.min(axis=0).min():.3f}")
        )  # fmt: skip
    peers = [peer(seed, 0.6) for seed in range(10)]
    beside = [
        ("topica DTM, 20 rounds", f"{np.mean([p[0] for p in peers]):.3f}", f"{np.min([p[0] for p in peers]):.3f}", f"{np.mean([p[1] for p in peers]):.2f}"),
        ("syriatopics DynamicTopics", f"{np.mean([p[2] for p in peers]):.3f}", f"{np.min([p[2] for p in peers]):.3f}", f"{np.mean([p[3] for p in peers]):.2f}"),
    ]  # fmt: skip
    parts = [
        "# Topics whose words move", __doc__.strip(),
        table(("world", "alarms among still topics", "moving topic found", "mean cosine, moving topic", "lowest"), rows),
        "## Beside topica's DTM: one topic moves by .6, ten worlds",
        table(("model", "mean cosine of the moving topic", "lowest", "processor seconds"), beside),
    ]  # fmt: skip
    if folder() is not None:
        parts += [
            "## Real articles whose days are dealt anew: no word can move",
            table(("articles", "alarms", "tests"), real(max(n // 4, 10))),
        ]
    return "\n\n".join(parts) + "\n"
