# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: tags,-all
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
# ---

# %% [markdown]
# # 06 · Validation
#
# Would the claim survive a reviewer? Passages are drawn with known chances and coded by hand; coders
# and methods are held against each other; readers look for intruders in topics; the shares of
# themes are corrected by what was read; a contrast is measured under every choice that could have been made;
# a card says of one claim what is known of it; and labels of a model become a corrected trend.
#
# **Reads** the corpus, the themes, and what was coded (folder `coding` of the study). **Writes** the
# figures `61_agreement` to `69_corrected_trend`. Until somebody has coded, there are tables and no pictures.

# %% tags=["parameters"]
study_path = "../study.toml"

# %%
import syriatopics as st

study = st.open_study(study_path)
seed = study.options.random_state
passages = study.corpus.passages()
caveats = " ".join(study.corpus.caveats)
study.stamp("06_validation", "1.4")

# %% [markdown]
# ## Passages to be coded
#
# As many passages from every outlet and year, as far as they hold so many. The chance of each is kept:
# with it, the sample speaks for the corpus. The sample is drawn once; call it again and the task that stands is
# opened. Draw more for a corpus of your own: from thirty coded passages in each outlet on, a corrected
# share has an interval.

# %%
task = st.coding_task(study.corpus, study.coding / "passages", n=60, random_state=seed)
st.show(task.sample, rows=5)

# %% [markdown]
# ## The workbench
#
# Put your name in the place of `coder`. The passage, its themes as buttons, the codebook beside it. Who
# published the passage is not shown. Every decision is on the disk before the next passage comes; call it
# again tomorrow, and it goes on where you stopped. Who would rather use a spreadsheet takes
# `task.export_sheet("sheet.csv", "your-name")` and, once it is filled, `task.import_sheet("sheet.csv")`.

# %%
task.workbench("coder")

# %% [markdown]
# ## Do readers agree?
#
# Krippendorff's α: 1 is full agreement, 0 what chance would give. Conclusions are called sound from .8 on,
# tentative from .667 on. Each theme by itself, then the whole set of themes of a passage; reader against reader,
# and the lexicon against each reader. Who the readers are stands in the notes, once `task.describe` was told.

# %%
scores = study.scores
codings = task.codings()
agreement = st.agreement(codings, study.methods(), random_state=seed)
agreement

# %%
study.figure(
    "61_agreement",
    agreement,
    title="Agreement of readers, and of the lexicon with them",
    title_ar="اتفاق القرّاء، واتفاق المعجم معهم",
    note=" ".join((*codings.notes, "Lines at .667 and .8.")),
    labels=study.theme_labels,
)

# %% [markdown]
# What is in dispute is read again, and talked over. Rules that are missing in the codebook show here.

# %%
st.show(agreement.disputed(), rows=8)

# %% [markdown]
# ## Shares, corrected
#
# The method reads every passage, and errs; readers read some, drawn with known chances. The corrected share is
# what the method says, less what it was seen to get wrong; how far the method is believed is read off the sample.
# Where a method errs more in one outlet than in another, the naive difference between them is an artefact, and
# the corrected one is not. Without enough coded passages, or articles, there is no interval, and the table
# says so: a single article stands for itself, and no correction makes an outlet of it.

# %%
corrected = st.corrected_shares(scores, codings, by="outlet", production="all")
st.show(corrected.table[["outlet", "theme", "share", "low", "high", "naive", "n_coded", "note"]])

# %%
study.figure(
    "62_corrected_shares",
    corrected,
    title="Themes by outlet: corrected by coded passages, and what the lexicon says",
    title_ar="المحاور بحسب الناشر: بعد التصحيح بالفقرات المرمّزة، وما يقوله المعجم",
    note=" ".join((caveats, *codings.notes)),
    labels=study.theme_labels,
    groups=study.outlet_labels,
)

# %% [markdown]
# Differences between outlets, corrected, with the naive ones beside them.

# %%
pairs = [tuple(study.corpus.largest_outlets(2))]
contrasts = corrected.contrasts(pairs).table
st.show(contrasts[["a", "b", "theme", "difference", "low", "high", "q", "naive", "note"]])

# %% [markdown]
# ## Intruders
#
# Are topics more than lists of words? In each question five words belong to a topic, and one does not. Who
# can tell it finds the topic coherent, as a reader and not as a score. In the second set a passage stands with
# four groups of words, of which one has nothing to do with it. The key is not on the disk: it is computed again
# from the topics when answers are scored.

# %%
topics = study.topics
words = st.word_intrusion(
    topics, study.coding / "words" / topics.fingerprint, per_topic=2, random_state=seed
)
words.workbench("coder")

# %%
study.figure(
    "63_word_intrusion",
    words.score(),
    title="Word intrusion: how often the foreign word was found",
    title_ar="الكلمة الدخيلة: كم مرة اكتُشفت",
    note=" ".join(words.score().notes),
)

# %%
intruders = st.topic_intrusion(
    topics, study.coding / "topics" / topics.fingerprint, n_passages=18, random_state=seed
)
intruders.workbench("coder")

# %%
study.figure(
    "64_topic_intrusion",
    intruders.score(),
    title="Topic intrusion: how often the foreign topic was found",
    title_ar="الموضوع الدخيل: كم مرة اكتُشف",
    note=" ".join(intruders.score().notes),
)

# %% [markdown]
# ## Would other choices have said the same?
#
# What counts as one word, what a passage is, which model, how many topics, which seed, whose articles: each
# choice can be defended. Here they are all made, and every specification gives the difference of the two largest
# outlets. The curve shows the estimates in order, the marks below which choices gave them; hollow
# points have no interval. A specification that could not be done is counted, and its row says why. On a corpus
# of your own give `folder=`: each result is then kept as soon as it is known, and an interrupted multiverse
# goes on. Of many thousand passages each specification takes seconds, and fewer are drawn; give `sample=` more
# where there is time.

# %%
first, second = study.corpus.largest_outlets(2)
choices = st.Choices(
    conflation=("words", "clitics", "none"),
    names=("joined", "apart"),
    model=("lexicon", "terms", "nmf"),
    n_topics=(topics.n_topics, 2 * topics.n_topics),
)
multiverse = st.multiverse(
    study.corpus,
    "humanitarian",
    first,
    second,
    choices=choices,
    themes=study.themes,
    sample=48 if len(passages) < 5000 else 16,
    random_state=seed,
)
study.figure(
    "65_multiverse",
    multiverse,
    title="Humanitarian: one contrast of outlets under many choices",
    title_ar="المحور الإنساني: مقارنة واحدة في خيارات كثيرة",
    note=" ".join((multiverse.notes[0], caveats)),
)

# %%
st.show(multiverse.failures())

# %% [markdown]
# Which choice decides? The lowest and the highest estimate that each value of a choice allows.

# %%
by_choice = multiverse.by_choice()
st.show(
    study.table(
        "66_choices",
        by_choice,
        title="What each choice does to the difference",
        title_ar="أثر كل خيار في الفرق",
    ),
    rows=len(by_choice),
)

# %% [markdown]
# The same where the truth is known: two invented outlets of real passages, of which the second has more on the
# humanitarian side. Here there are enough articles for intervals, and for the joint test: how often would so
# many specifications agree if articles were dealt to the outlets by chance?

# %%
world = st.World(
    themes={"humanitarian": 0.15, "political_transition": 0.15},
    outlets={"first": 1, "second": 1},
    contrasts={"second": {"humanitarian": 0.25}},
    n_articles=200,
)
planted = st.planted_corpus(passages, world, random_state=seed)
known = st.multiverse(
    planted,
    "humanitarian",
    "second",
    "first",
    choices=choices,
    themes=study.themes,
    sample=24,
    random_state=seed,
)
study.figure(
    "67_planted_multiverse",
    known,
    title="Planted: more of it in the second outlet, under many choices",
    title_ar="مزروع: المنبر الثاني أكثر اهتماماً، في خيارات كثيرة",
    note="Planted: real passages, invented articles.",
)

# %%
known.joint

# %% [markdown]
# ## Claim cards
#
# One claim, on one page: the estimate and its basis, whether it was declared before the data was seen, how often
# the interval holds the truth on planted articles of this size, whether readers agree on the theme, under how
# many choices it holds, and the passages for it and against it. `card.save("cards")` writes it as HTML and
# JSON. A claim that stands in study.toml under `[[claims]]` is stamped by `syriatopics claims`, and gets
# its card with every run; one that is made here has been found in the data, and is called explored.
# Here all articles count, translated ones too; leave `production` out where an outlet's own text is meant.

# %%
claim = st.Claim(id="humanitarian", theme="humanitarian", a=first, b=second, production="all")
card = st.claim_card(
    study.corpus,
    claim,
    themes=study.themes,
    agreement=agreement,
    multiverse=multiverse,
    n_replicates=200,
    random_state=seed,
)
study.table(
    "68_claim", card, title="A claim, and what is known of it", title_ar="ادعاء وما يُعرف عنه"
)

# %%
st.show(card.passages_for)

# %%
st.show(card.passages_against)

# %%
st.claim_card(
    planted,
    st.Claim(id="planted", theme="humanitarian", a="second", b="first"),
    themes=study.themes,
    multiverse=known,
    n_replicates=200,
    random_state=seed,
)

# %% [markdown]
# ## From sixty codings to a corrected trend
#
# The whole way, on an invented press of real passages, since five articles have no trend: two outlets, in both
# of which the humanitarian side grows alike. Every passage has a label from somewhere else, as of a language model; the
# labels miss much of the theme in the first outlet and see too much of it in the second. Your own labels come
# from a file: `st.Scores.from_table("labels.csv", passages)`.

# %%
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

world = st.World(
    themes={"humanitarian": 0.25},
    outlets={"first": 1, "second": 1},
    effects=[st.Slope("humanitarian", 0.2)],
    n_articles=600,
)
press = st.planted_corpus(passages, world, random_state=seed)
every = press.passages()
# What was planted is what the lexicon finds: here it plays the truth.
true = st.score_themes(every).assigned["humanitarian"]
first = (every.table["outlet"] == "first").to_numpy()
chance = np.random.default_rng(seed).random(len(every))
said = np.where(true, chance < np.where(first, 0.7, 0.95), chance > np.where(first, 0.99, 0.9))
labels = st.Scores.from_table(pd.DataFrame({"humanitarian": said}, index=true.index), every)

# %% [markdown]
# A reader takes sixty passages, drawn by outlet. (Here the truth answers in the reader's place.) The plan then says
# how many an interval of a wished width takes, by how far the labels were seen to err.

# %%
folder = Path(tempfile.mkdtemp())
answers = {passage: ("humanitarian",) if yes else () for passage, yes in true.items()}
few = st.coding_task(press, folder / "few", n=60, random_state=seed)
for passage in few.sample["passage_id"]:
    few.log("reader").record(passage, answers[passage])
plan = st.plan_codings(labels, width=0.15, codings=few.codings())
plan

# %% [markdown]
# So many are read, in both outlets. Corrected shares of outlets first; then `outcomes()`, which any estimator takes,
# for the trend by quarter.

# %%
enough = int(2 * plan.table["n_needed"].max())
more = st.coding_task(press, folder / "more", n=enough, random_state=seed)
for passage in more.sample["passage_id"]:
    more.log("reader").record(passage, answers[passage])
codings = more.codings()
corrected = st.corrected_shares(labels, codings)
st.show(corrected.table[["outlet", "share", "low", "high", "naive", "n_coded"]])

# %%
lines = {
    "labels": labels,
    f"corrected by {len(codings)} codings": corrected.outcomes(),
    "truth": st.Scores.from_table(true.to_frame(), every),
}
trends = [
    # A panel for each outlet, and a line for each of the three.
    st.trend(scores, period="Q", by="outlet").table.assign(theme=name)
    for name, scores in lines.items()
]
study.figure(
    "69_corrected_trend",
    pd.concat(trends, ignore_index=True),
    st.plots.trend_panels,
    title="Planted: what labels say of two outlets that are alike, before and after correction",
    title_ar="مزروع: ما تقوله الوسوم في منبرين متشابهين قبل التصحيح وبعده",
    note="Planted: real passages, invented articles and labels.",
)

# %% [markdown]
# ## What was found
#
# By rule, with its basis. The page shows it below the title.

# %% tags=["found"]
study.found(agreement)
