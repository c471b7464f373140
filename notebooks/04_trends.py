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
# stands on the articles of its period; empty periods stay empty. What a corpus is too small for is
# said and left out, never drawn.
#
# **Reads** the corpus and the themes of the study. **Writes** the figures `41_themes_over_time`,
# `42_balance_over_time`, `43_breaks` and `47_question`; where the articles suffice, `44_composition`,
# `45_smooth_trends` and `46_calendar` too.

# %% tags=["parameters"]
study_path = "../study.toml"

# %%
import pandas as pd

import syriatopics as st

study = st.open_study(study_path)
scores = study.scores
period, seed = study.options.trend_period, study.options.random_state
caveats = " ".join(study.corpus.caveats)
events = st.load_events()
study.stamp("04_trends", "2.4")

# %% [markdown]
# ## Shares by period
#
# An article whose printed date is refuted is placed by its text. One whose window reaches over
# more than one period is left out and counted. A period with fewer than fifteen articles gets a
# share and no interval: it describes these articles, and no trend.

# %%
trend = st.trend(scores, period=period, production="all")
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
    note=" ".join((caveats, *trend.notes)),
    labels=study.theme_labels,
)

# %% [markdown]
# ## The balance
#
# The share of the humanitarian theme less that of the political transition, article by article,
# with dated events of the conflict. A marker beside a point is no explanation of it.

# %%
balance = st.trend(
    scores, period=period, balance=("humanitarian", "political_transition"), production="all"
)
study.figure(
    "42_balance_over_time",
    balance,
    title="Humanitarian less political transition over time",
    title_ar="الإنساني ناقص الانتقال السياسي عبر الزمن",
    note=caveats,
    events=events,
)

# %% [markdown]
# ## The question: each outlet, both themes, and their difference

# %%
themes_of_question = ("humanitarian", "political_transition")
by_outlet = st.trend(scores, period=period, by="outlet", production="all").table
by_outlet = by_outlet[by_outlet["theme"].isin(themes_of_question)]
gap = st.trend(scores, period=period, by="outlet", balance=themes_of_question, production="all")
study.figure(
    "47_question",
    pd.concat([by_outlet, gap.table], ignore_index=True),
    st.plots.opposed,
    title="Humanitarian and political transition in each outlet; below, their difference",
    title_ar="الإنساني والانتقال السياسي في كل ناشر، وتحتهما الفرق بينهما",
    note=caveats,
    labels=study.theme_labels,
    groups=study.outlet_labels,
    events=events,
)

# %% [markdown]
# ## Breaks
#
# When did a level change at once? A break must tell more than a drift or a season can, in weeks that
# hang together; q, over all series looked at, decides. The table says what shape each series has, its
# slope in a year, and where a series is too short.

# %%
breaks = st.changepoints(scores, by="outlet", production="all", random_state=seed)
breaks.tests

# %%
breaks

# %%
study.figure(
    "43_breaks",
    breaks,
    title="Breaks in the level of themes",
    title_ar="انقطاعات في مستوى المحاور",
    note=" ".join((caveats, *breaks.notes)),
    labels=study.theme_labels,
    groups=study.outlet_labels,
)

# %% [markdown]
# ## Outlets, or their mix?
#
# The pooled line moves when one outlet publishes more, without any outlet moving.

# %%
try:
    composition = st.decompose(scores, period, production="all", random_state=seed)
    study.figure(
        "44_composition",
        composition,
        title="Where changes come from",
        title_ar="من أين يأتي التغيّر",
        note=" ".join((caveats, *composition.notes)),
        labels=study.theme_labels,
    )
except st.errors.InputError as reason:
    print("No decomposition.", reason)

# %% [markdown]
# ## Smooth trends
#
# A curve looks at the days around each day. Outlet × time asks whether outlets need curves of
# their own.

# %%
try:
    curves = st.smooth(
        scores,
        by="outlet",
        themes=["humanitarian", "political_transition"],
        production="all",
        random_state=seed,
    )
    study.figure(
        "45_smooth_trends",
        curves,
        title="Smooth trends by outlet",
        title_ar="اتجاهات ملساء بحسب المنبر",
        note=" ".join((caveats, *curves.notes)),
        labels=study.theme_labels,
        groups=study.outlet_labels,
        events=events,
    )
except st.errors.InputError as reason:
    print("No curve.", reason)

# %%
try:
    st.show(st.interaction(scores, production="all").table)
except st.errors.InputError as reason:
    print("No test of outlet × time.", reason)

# %% [markdown]
# ## The calendar

# %%
monthly = st.trend(scores, "M", production="all")
if len(study.corpus) < 100:
    print("Too few articles for a calendar.")
else:
    study.figure(
        "46_calendar",
        monthly,
        st.plots.calendar_heat,
        title="The humanitarian theme by month",
        title_ar="المحور الإنساني بحسب الشهر",
        note=caveats,
        theme="humanitarian",
        labels=study.theme_labels,
    )

# %% [markdown]
# How many articles would it take? See notebook 05.

# %% [markdown]
# ## What was found
#
# By rule, with its basis. The page shows it below the title.

# %% tags=["found"]
study.found(breaks)
