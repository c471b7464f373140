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
# # 04 · Trends
#
# How do themes shift over time: the humanitarian side against a political transition? Every share
# stands on the articles of its period; empty periods stay empty.
#
# **Reads** the corpus and the themes of the study. **Writes** the figures `41_themes_over_time` and
# `42_balance_over_time`.

# %% tags=["parameters"]
study_path = "../study.toml"

# %%
import syriatopics as st

study = st.open_study(study_path)
scores = st.score_themes(study.corpus.passages(), themes=study.themes)
study.stamp("04_trends", "1.0")

# %% [markdown]
# ## Shares by period
#
# An article whose printed date is refuted is placed by its text. One whose window reaches over
# more than one period is left out and counted.

# %%
trend = st.trend(scores, period=study.options.trend_period, random_state=study.options.random_state)
trend

# %%
for note in trend.notes:
    print("-", note)

# %%
study.figure(
    "41_themes_over_time",
    trend,
    title="Themes over time: share of passages",
    title_ar="المحاور عبر الزمن: نسبة الفقرات",
    note=" ".join((*study.corpus.caveats, *trend.notes)),
    labels=study.theme_labels,
)

# %%
study.figure(
    "42_balance_over_time",
    trend,
    title="Humanitarian against political transition over time",
    title_ar="الإنساني في مقابل الانتقال السياسي عبر الزمن",
    note=" ".join((*study.corpus.caveats, *trend.notes)),
    themes=["humanitarian", "political_transition"],
    labels=study.theme_labels,
)
