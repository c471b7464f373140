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
# # 03 · Framing
#
# How much do outlets deal with the humanitarian side, how much with a political transition, and in
# which words? Themes measure **emphasis**: how many passages deal with a thing. They are no frames
# in the full sense, and a bare mention of an actor is no theme.
#
# **Reads** the corpus and the themes of the study. **Writes** the figures `31_theme_shares` to
# `34_keyness`.

# %% tags=["parameters"]
study_path = "../study.toml"

# %%
import syriatopics as st

study = st.open_study(study_path)
passages = study.corpus.passages()
caveats = " ".join(study.corpus.caveats)
study.stamp("03_framing", "1.0")

# %% [markdown]
# ## Themes in passages
#
# The lexicon is a file that people can read and review. A theme is assigned to a passage by its
# words and phrases; several may apply.

# %%
scores = st.score_themes(passages, themes=study.themes)
scores

# %% [markdown]
# ## Shares by outlet
#
# A share is averaged within each article and then over articles. Intervals come from resampling
# articles; where a cell holds too few there is none, and the table says so.

# %%
shares = st.prevalence(scores, by="outlet", random_state=study.options.random_state)
shares

# %%
study.figure(
    "31_theme_shares",
    shares,
    title="Themes by outlet: share of passages",
    title_ar="المحاور بحسب الناشر: نسبة الفقرات",
    note=caveats,
    labels=study.theme_labels,
    groups=study.outlet_labels,
)

# %%
study.figure(
    "32_humanitarian_political",
    shares,
    st.plots.balance,
    title="Humanitarian against political transition",
    title_ar="الإنساني في مقابل الانتقال السياسي",
    note=caveats,
    labels=study.theme_labels,
    groups=study.outlet_labels,
)

# %%
study.figure(
    "33_theme_heat",
    shares,
    st.plots.heat,
    title="Themes by outlet",
    title_ar="المحاور بحسب الناشر",
    note=caveats,
    labels=study.theme_labels,
    groups=study.outlet_labels,
)

# %% [markdown]
# ## Read before you believe
#
# The passages behind a number are one call away.

# %%
shares.passages("humanitarian", n=3)

# %% [markdown]
# ## Which words set outlets apart
#
# Log-odds with an informative prior; z, p and q are clustered by article. With a single article on
# one side there is no test: the words then describe these articles.

# %%
focal, reference = study.corpus.largest_outlets(2)
words = st.keyness(st.count_terms(passages), focal, reference)
words.top(10)

# %%
study.figure(
    "34_keyness",
    words,
    title="Words that set two outlets apart",
    title_ar="الكلمات التي تميز ناشرين أحدهما من الآخر",
    note=f"{caveats} Pale bars: not significant, or not tested.",
    focal=study.outlet_labels[focal],
    reference=study.outlet_labels[reference],
)
