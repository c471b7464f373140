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
# # 02 · Topics
#
# What do the passages deal with, as far as the words that stand together can tell? How many topics
# does the corpus carry, would the same ones come again, and which passages stand behind them? Two
# models that have little in common look at the same counts: a factorisation of TF-IDF weights
# (NMF), and clusters of passages in a space of meaning (BERTopic, offline).
#
# **Reads** the corpus of the study. **Writes** the figures `21_topics`, `22_topics_by_outlet`,
# `23_embedding_topics`, `24_number_of_topics`, `25_stability` and `26_topic_tree`.

# %% tags=["parameters"]
study_path = "../study.toml"

# %%
import syriatopics as st

study = st.open_study(study_path)
options = study.options.models
state = study.options.random_state
dtm = study.dtm
study.stamp("02_topics", "2.1")

# %% [markdown]
# ## How many topics?
#
# For each number tried: do the first words of a topic go together (coherence), are they its own
# (exclusivity), do the topics come again from other articles (stability), and do they foretell
# words that the model has not seen (held-out likelihood)? The suggestion is the smallest number
# level with the best. It is a help, not a verdict: the study states the number that is used below,
# and numbers around it are tried.

# %%
numbers_tried = sorted(
    {max(2, round(options.n_topics * by)) for by in (1 / 2, 2 / 3, 1, 4 / 3, 5 / 3)}
)
search = st.search_topics(dtm, numbers_tried, model=st.NMF(random_state=state), random_state=state)
search

# %%
study.figure(
    "24_number_of_topics",
    search,
    title="What speaks for which number of topics",
    title_ar="عدد الموضوعات: ما الذي يرجّح كل عدد",
    note=search.reason,
    used=options.n_topics,
)

# %% [markdown]
# ## Words
#
# Topics are numbered by their share of the passages. Read the words, then the passages, and only
# then think of a name. `syriatopics topics --to codebook.csv` begins a codebook with names that are
# proposed; where study.toml names it, topics are named, merged, dropped and split as it says, here
# and in the report.

# %%
topics = study.topics
topics

# %%
study.figure(
    "21_topics",
    topics,
    title="Topics: their share and their words (NMF)",
    title_ar="الموضوعات: نسبتها وكلماتها (NMF)",
    note="Topics are word patterns, not frames; numbered by share.",
)

# %% [markdown]
# ## Passages
#
# All there is to know of the first topic: its words by probability, by frequency and exclusivity
# (FREX), by lift and by class-based TF-IDF; the passages with most of it, one per article; the
# outlets, and the months.

# %%
topics.report(0, n=3)

# %%
topics.passages(topic=1, n=3)

# %% [markdown]
# ## How good are they?
#
# Coherence says whether the first words of a topic go together in passages; it does not say that a
# reader understands them.

# %%
quality = topics.quality()
print(
    f"coherence {quality.coherence:.2f} · c_v {quality.c_v:.2f}"
    f" · exclusivity {quality.exclusivity:.2f} · diversity {quality.diversity:.2f}"
)
quality

# %% [markdown]
# ## Would they come again?
#
# The model is fitted again on subsamples and from other random states; each topic is paired with
# the one most like it. What does not come again should carry no argument.

# %%
stability = st.measure_stability(study.model, dtm, random_state=state)
study.figure(
    "25_stability",
    stability,
    title="How surely each topic comes again",
    title_ar="مدى ثبات كل موضوع عند إعادة التقدير",
    note=" ".join(stability.notes),
)

# %% [markdown]
# ## Which topics are alike?

# %%
study.figure(
    "26_topic_tree",
    topics.hierarchy(),
    title="Which topics are alike",
    title_ar="تقارب الموضوعات",
    note="Ward's method on class-based TF-IDF.",
)

# %% [markdown]
# ## Topics by outlet

# %%
study.figure(
    "22_topics_by_outlet",
    st.prevalence(topics, by="outlet", production="all"),
    st.plots.heat,
    title="Topics by outlet: share of passages",
    title_ar="الموضوعات بحسب الناشر: نسبة الفقرات",
    note=" ".join(study.corpus.caveats),
    labels=topics.scores.labels,
    groups=study.outlet_labels,
)

# %% [markdown]
# ## Words over time
#
# A topic keeps its number and its share; its words are read anew in each period, smoothed over the
# neighbouring ones. Whether they move at all is tested within outlets, whatever becomes of the
# shares of topics. The picture shows the topic whose words move most surely, or the first.

# %%
try:
    moving = st.DynamicTopics(period=study.options.trend_period, random_state=state).fit(topics)
except st.errors.TooSmallError as reason:
    print(reason)
else:
    study.figure(
        "27_words_over_time",
        moving,
        title="Words that a topic gains and loses",
        title_ar="كلمات يكسبها موضوع ويفقدها",
        note=moving.summary,
    )

# %% [markdown]
# ## BERTopic
#
# Passages are embedded offline, by TF-IDF and a singular value decomposition. On a small corpus
# UMAP and HDBSCAN would call every passage an outlier; PCA and k-means take their place, and the
# notes say so.

# %%
embedded = st.EmbeddingTopics(n_topics=options.n_topics, random_state=state).fit(dtm)
embedded

# %%
study.figure(
    "23_embedding_topics",
    embedded,
    title="Topics: their share and their words (BERTopic)",
    title_ar="الموضوعات: نسبتها وكلماتها (BERTopic)",
    note=" ".join(embedded.notes),
)

# %% [markdown]
# ## From topics to themes
#
# Who has read the passages can give topics to themes, with `st.code_topics(topics, {0: "…"},
# coder="…", date="…")`, keep that codebook as a table, and go on with `st.theme_shares`. A codebook
# is refused for any model but the one that was read.

# %% [markdown]
# ## What was found
#
# By rule, with its basis. The page shows it below the title.

# %% tags=["found"]
study.found(topics)
