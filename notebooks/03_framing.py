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
# How much do outlets deal with the humanitarian side, how much with a political transition? In which
# words, under which names, and in whose voice? Themes measure **emphasis**: how many passages deal
# with a thing. They are no frames in the full sense, and a bare mention of an actor is no theme.
#
# **Reads** the corpus and the themes of the study. **Writes** the figures `31_theme_shares` to
# `37_contrasts`.

# %% tags=["parameters"]
study_path = "../study.toml"

# %%
import syriatopics as st

study = st.open_study(study_path)
passages = study.corpus.passages()
caveats = " ".join(study.corpus.caveats)
study.stamp("03_framing", "1.4")

# %% [markdown]
# ## Themes in passages
#
# The lexicon is a file that people can read and review. A theme is assigned to a passage by its
# words and phrases; several may apply.

# %%
scores = study.scores
scores

# %% [markdown]
# ## Shares by outlet
#
# A share is averaged within each article and then over articles. Intervals come from resampling
# articles; where a cell holds too few there is none, and the table says so.

# %%
shares = st.prevalence(scores, by="outlet", production="all")
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
balance = st.balance(scores, by="outlet", production="all")
balance

# %%
study.figure(
    "32_humanitarian_political",
    balance,
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
# ## Do outlets differ beyond chance?
#
# Differences of shares, with q-values for the number of comparisons made. The outlets' own
# production comes first: what an outlet takes from an agency or translates is not its own emphasis. All
# articles stand beside it. The picture shows all of them; below 15 articles in an outlet there is no
# interval and no test, and points are hollow.

# %%
differences = st.contrasts(scores, by="outlet")
differences

# %%
study.figure(
    "37_contrasts",
    st.contrasts(scores, by="outlet", production="all"),
    title="Differences between outlets",
    title_ar="الفروق بين الناشرين",
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
# one side there is no test: the words then describe these articles. What is reported is shown first,
# how it is reported (verbs of saying, sources, days) after it.

# %%
focal, reference = study.corpus.largest_outlets(2)
words = st.keyness(st.count_terms(passages), focal, reference, production="all")
words.top(10)

# %%
study.figure(
    "34_keyness",
    words,
    title="Words that set two outlets apart: what is reported",
    title_ar="الكلمات التي تميز ناشرين أحدهما من الآخر: ما يُخبر به",
    note=f"{caveats} Pale bars: not significant, or not tested.",
    focal=study.outlet_labels[focal],
    reference=study.outlet_labels[reference],
)

# %%
study.figure(
    "38_keyness_newsroom",
    words,
    title="Words that set two outlets apart: how it is reported",
    title_ar="الكلمات التي تميز ناشرين أحدهما من الآخر: كيف يُخبر به",
    note=f"{caveats} Pale bars: not significant, or not tested.",
    focal=study.outlet_labels[focal],
    reference=study.outlet_labels[reference],
    newsroom=True,
)

# %% [markdown]
# The lines behind a word show what it stands for.

# %%
words.kwic(words.table["term"].iloc[0], side="focal")

# %% [markdown]
# ## What things are called
#
# النظام or الحكومة, المعارضة or الإرهابيون: the share of each label among the mentions of one
# referent. What the outlet says itself is counted apart from what it quotes; labels in scare quotes, or
# behind ما يسمى, are counted apart from both.

# %%
naming = st.naming(passages, production="all")
naming

# %%
study.figure(
    "35_naming",
    naming,
    title="The state in Damascus: labels in the outlet's own voice",
    title_ar="تسمية السلطة في دمشق بلسان الناشر",
    note=caveats,
    referent="syrian_state",
    groups=study.outlet_labels,
)

# %% [markdown]
# Does an outlet quote others under labels that it does not use itself?

# %%
st.show(naming.against_quoted())

# %% [markdown]
# ## Who gets to speak
#
# Direct and reported speech, with the speaker as written and as resolved: a surname goes back to the full
# name, a title to whoever held the office on that day, a verb without a subject to the last speaker.

# %%
voices = st.quotations(passages)
voices

# %%
sides = voices.shares(by="outlet", of="side", production="all")
study.figure(
    "36_voices",
    sides,
    title="Whose words outlets print",
    title_ar="كلام مَن ينشر الناشر",
    note=caveats,
    groups=study.outlet_labels,
)

# %% [markdown]
# How evenly the words are spread among speakers, and how many sources stay without a name.

# %%
st.show(sides.diversity)

# %%
st.show(voices.shares(by="outlet", of="source", production="all").table)

# %% [markdown]
# ## What was found
#
# By rule, with its basis. The page shows it below the title.

# %% tags=["found"]
study.found(differences)
