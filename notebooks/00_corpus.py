# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 00 · The corpus
#
# What is in the corpus, where does every line of it come from, and can its dates be trusted?
#
# **Reads** the corpus of the study. **Writes** the figures `01_timeline` and `02_removed`.

# %% tags=["parameters"]
study_path = "../study.toml"

# %%
import syriatopics as st

study = st.open_study(study_path)
corpus = study.corpus
study.stamp("00_corpus", "1.2")

# %% [markdown]
# ## What is in it
#
# The statement below is what the data section of a paper needs: how the articles were chosen, how
# many there are, how they are dated, what was copied and what was removed. Words are counted in the
# body only: titles, bylines, navigation, newsletters and pull quotes are not text. How articles were
# chosen stands in the table `[selection]` of study.toml; nobody can read it off the articles.

# %%
summary = corpus.summary(study.options.trend_period)
summary

# %% [markdown]
# The same by period. Outlets that publish in different years cannot be told apart from the years.

# %%
st.show(summary.periods, rows=40)

# %% [markdown]
# ## Where does each value come from?
#
# Nothing is taken on trust: every field of an article carries its evidence. Below are outlet,
# author, origin and production; `corpus.evidence` holds all fields.

# %%
fields = ["outlet", "author", "translator", "origin", "production"]
st.show(corpus.evidence[corpus.evidence["field"].isin(fields)], rows=30)

# %% [markdown]
# ## Dates
#
# A printed date can be wrong. An article whose text names people in offices that they did not hold
# on that day was written at another time; it is placed by its text, not by its page. Articles
# without a printed date are placed by a window, where the text allows one. The last column gives the
# evidence in words.

# %%
audit = corpus.date_audit()
audit

# %%
study.figure(
    "01_timeline",
    audit,
    title="Printed dates, and when the texts were written",
    title_ar="التواريخ المطبوعة، ومتى كُتبت النصوص",
    labels=study.article_labels,
)

# %% [markdown]
# ## What was removed
#
# Everything that is not body text keeps its place in the raw file, its kind and the reason why it
# was removed. Body and removed spans together are the whole file. First by kind and reason, then
# the lines themselves.

# %%
study.figure(
    "02_removed",
    summary.removed,
    st.plots.bars,
    title="What was removed from the pages",
    title_ar="ما حُذف من الصفحات",
    name="kind",
    value="characters",
    xlabel="characters",
)

# %%
reasons = corpus.removed.assign(
    reason=corpus.removed["reason"].str.replace(r"\d+", "…", regex=True)
)
st.show(reasons.groupby(["kind", "reason"]).size().rename("spans").reset_index(), rows=30)

# %%
lines = corpus.removed[corpus.removed["kind"] != "markup"]
st.show(lines[["article_id", "line", "kind", "text", "reason"]], rows=15)

# %% [markdown]
# Lines that stand in many articles of an outlet are boilerplate even where no rule knows them. These
# were learned from this corpus (a small one teaches none); look at them before you believe a share.

# %%
st.show(corpus.recurring)

# %% [markdown]
# ## What looks damaged
#
# Words with letters of two scripts, words glued together and paragraphs that break off are flagged
# and left as they are: a silent repair would be an invention.

# %%
st.show(corpus.flags)

# %% [markdown]
# ## What this corpus cannot show

# %%
for sentence in corpus.caveats:
    print("-", sentence)

# %% [markdown]
# What reading it needed: guesses, skips, encodings.

# %%
for note in corpus.notes or ["nothing was guessed or skipped"]:
    print("-", note)

# %% [markdown]
# ## What was found
#
# By rule, with its basis. The page shows it below the title.

# %% tags=["found"]
study.found(study.corpus)
