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
# # 05 · Planted truth
#
# Do the methods find what is there, and nothing else? Real passages are put together to invented
# articles whose shares, steps, mix and dates are known: in stories and bursts, as news has them,
# with wire copy and broken dates. Put `study.corpus.passages()` in place of the seeds to plan a
# study with your own text.
#
# **Reads** the seed articles. **Writes** the figures `51_planted_trends` to `57_power`. Nothing here
# says anything about an outlet.

# %% tags=["parameters"]
study_path = "../study.toml"

# %%
import syriatopics as st

study = st.open_study(study_path)
seed = study.options.random_state
study.stamp("05_planted", "1.2")

# %% [markdown]
# ## What is planted
#
# Two outlets: in the course of two years the second takes over. It has more on the humanitarian
# side, and a wave of it for three months. The political transition rises in both on one day.

# %%
world = st.World(
    themes={"humanitarian": 0.25, "political_transition": 0.15},
    outlets={"first": (3, 1), "second": (1, 3)},
    contrasts={"second": {"humanitarian": 0.15}},
    effects=[
        st.Step("political_transition", "2019-01-15", 0.2),
        st.Step("humanitarian", "2018-08-01", 0.25, outlet="second", until="2018-11-01"),
    ],
    n_articles=1200,
    start="2018-01-01",
    end="2019-12-31",
)
corpus = st.planted_corpus(
    st.load_seeds().passages(),
    world,
    wire=0.1,
    date_noise={"missing": 0.03, "window": 0.05, "wrong": 0.02},
    random_state=seed,
)
corpus.planted.groupby(["outlet", "production"]).size().unstack()

# %%
planted = "Planted: real passages, invented articles."
names = {
    "labels": study.theme_labels,
    "groups": {"first": "first outlet · المنبر الأول", "second": "second outlet · المنبر الثاني"},
}
scores = st.score_themes(corpus.passages(), themes=study.themes)

# %% [markdown]
# ## Trends hold the truth
#
# The share of intervals that hold the planted share should be near their level.

# %%
trend = st.trend(scores, "Q", by="outlet")
beside = trend.table.merge(
    corpus.truth("Q"), on=["period", "outlet", "theme"], suffixes=("", "_planted")
)
held = beside["share_planted"].between(beside["low"], beside["high"])[beside["low"].notna()]
print(f"{held.mean():.0%} of {len(held)} intervals hold the planted share.")
for note in trend.notes:
    print("-", note)

# %%
study.figure(
    "51_planted_trends",
    trend,
    title="Planted themes by outlet and quarter",
    title_ar="محاور مزروعة بحسب المنبر والفصل",
    note=planted,
    themes=list(world.themes),
    **names,
)

# %% [markdown]
# ## Breaks are found, and dated
#
# A break of the transition in both outlets, a wave in one. The band holds the days on which the
# break may lie.

# %%
breaks = st.changepoints(scores, by="outlet", themes=list(world.themes), random_state=seed)
breaks

# %%
study.figure(
    "52_planted_breaks",
    breaks,
    title="Planted breaks: what the search finds, with the interval of its date",
    title_ar="انقطاعات مزروعة: ما وُجد منها ومجال تاريخه",
    note=planted,
    **names,
)

# %% [markdown]
# ## Outlets, or their mix?
#
# The second outlet has more of the humanitarian side, and takes over: the mix by itself pushes the
# pooled share up. What the outlets did by themselves stands beside it.

# %%
composition = st.decompose(scores, "Y", themes=list(world.themes), random_state=seed)
composition

# %%
study.figure(
    "53_planted_composition",
    composition,
    title="Where the change comes from",
    title_ar="من أين يأتي التغيّر",
    note=planted,
    labels=study.theme_labels,
)

# %% [markdown]
# ## Smooth trends
#
# The difference of the two outlets, with the band of each day and that of the whole curve (light).

# %%
difference = st.smooth(
    scores, difference=("second", "first"), themes=list(world.themes), random_state=seed
)
study.figure(
    "54_planted_difference",
    difference,
    title="Second outlet less first outlet",
    title_ar="المنبر الثاني ناقص الأول",
    note=" ".join((planted, difference.notes[-1])),
    labels=study.theme_labels,
)

# %%
st.interaction(scores, themes=list(world.themes))

# %% [markdown]
# ## Around an event
#
# Eight weeks before and after the planted day, held against days without an event.

# %%
around = st.event_test(scores, "2019-01-15", weeks=8, themes=list(world.themes))
study.figure(
    "55_planted_event",
    around,
    title="Change around the planted day",
    title_ar="التغيّر حول اليوم المزروع",
    note=" ".join((planted, *around.notes[-1:])),
    labels=study.theme_labels,
)

# %% [markdown]
# Fortnight by fortnight: what moves before the day is no effect of it.

# %%
st.event_study(scores, "2019-01-15", themes=list(world.themes))

# %% [markdown]
# ## The calendar

# %%
study.figure(
    "56_planted_calendar",
    st.trend(scores, "M", by="outlet"),
    st.plots.calendar_heat,
    title="A planted wave in the calendar",
    title_ar="موجة مزروعة في التقويم",
    note=planted,
    theme="humanitarian",
    **names,
)

# %% [markdown]
# ## How many articles do I need?
#
# Simulated studies of a year: how often do eight weeks before and after a known day show a shift?

# %%
power = st.plan_study(
    [200, 400, 800, 1600], [0.1, 0.2, 0.3], question="event", n_replicates=100, random_state=seed
)
study.figure(
    "57_power",
    power,
    title="Articles in a year, and the chance to see a shift",
    title_ar="عدد المقالات في السنة واحتمال رؤية التحوّل",
    note=" ".join(power.notes),
)

# %% [markdown]
# ## What was found
#
# By rule, with its basis. The page shows it below the title.

# %% tags=["found"]
print(
    f"{held.mean():.0%} of {len(held)} intervals hold the planted share; {len(breaks.table)} breaks were found."
)
