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
# and methods are held against each other; readers look for intruders in topics; and the shares of
# themes are corrected by what was read.
#
# **Reads** the corpus, the themes, and what was coded (folder `coding` of the study). **Writes** the
# figures `61_agreement` to `64_topic_intrusion`. Until somebody has coded, the pictures say so.

# %% tags=["parameters"]
study_path = "../study.toml"

# %%
import syriatopics as st

study = st.open_study(study_path)
seed = study.options.random_state
passages = study.corpus.passages()
caveats = " ".join(study.corpus.caveats)
study.stamp("06_validation", "1.0")

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
scores = st.score_themes(passages, themes=study.themes)
codings = task.codings()
agreement = st.agreement(codings, {"lexicon": scores}, random_state=seed)
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
corrected = st.corrected_shares(scores, codings, by="outlet")
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
models = study.options.models
dtm = st.count_terms(passages, min_df=models.min_df, max_df=models.max_df)
topics = st.NMF(n_topics=models.n_topics, random_state=seed).fit(dtm)
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
