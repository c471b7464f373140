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
# What do the passages deal with, as far as the words that stand together can tell? Two models that
# have little in common look at the same counts: a factorisation of TF-IDF weights (NMF), and
# clusters of passages in a space of meaning (BERTopic, offline).
#
# **Reads** the corpus of the study. **Writes** the figures `21_topics`, `22_topics_by_outlet` and
# `23_embedding_topics`.

# %% tags=["parameters"]
study_path = "../study.toml"

# %%
import syriatopics as st

study = st.open_study(study_path)
options = study.options.models
dtm = st.count_terms(study.corpus.passages(), min_df=options.min_df, max_df=options.max_df)
study.stamp("02_topics", "1.0")

# %% [markdown]
# ## NMF
#
# Topics are numbered by their share of the passages. Read the words, then the passages, and only
# then think of a name.

# %%
topics = st.NMF(n_topics=options.n_topics, random_state=study.options.random_state).fit(dtm)
topics

# %%
topics.passages(topic=0, n=3)

# %%
study.figure(
    "21_topics",
    topics,
    title="Topics: their share and their words (NMF)",
    title_ar="الموضوعات: نسبتها وكلماتها (NMF)",
    note="Topics are word patterns, not frames; numbered by share.",
)

# %% [markdown]
# ## How good are they?
#
# Coherence (NPMI) says whether the first words of a topic go together in passages; it does not say
# that a reader understands them.

# %%
quality = topics.quality()
print(
    f"coherence {quality.coherence:.2f} · exclusivity {quality.exclusivity:.2f}"
    f" · diversity {quality.diversity:.2f}"
)
quality

# %% [markdown]
# ## Topics by outlet

# %%
study.figure(
    "22_topics_by_outlet",
    st.prevalence(topics, by="outlet", random_state=study.options.random_state),
    st.plots.heat,
    title="Topics by outlet: share of passages",
    title_ar="الموضوعات بحسب الناشر: نسبة الفقرات",
    note=" ".join(study.corpus.caveats),
    labels=topics.scores.labels,
    groups=study.outlet_labels,
)

# %% [markdown]
# ## BERTopic
#
# Passages are embedded offline, by TF-IDF and a singular value decomposition. On a small corpus
# UMAP and HDBSCAN would call every passage an outlier; PCA and k-means take their place, and the
# notes say so.

# %%
embedded = st.EmbeddingTopics(
    n_topics=options.n_topics, random_state=study.options.random_state
).fit(dtm)
embedded

# %%
study.figure(
    "23_embedding_topics",
    embedded,
    title="Topics: their share and their words (BERTopic)",
    title_ar="الموضوعات: نسبتها وكلماتها (BERTopic)",
    note=" ".join(embedded.notes),
)
