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
# # 01 · From text to terms
#
# Every number downstream is a count of words, so it matters what a word is.
#
# **Reads** the corpus of the study. **Writes** the figures `11_vocabulary` and `12_terms`.

# %% tags=["parameters"]
study_path = "../study.toml"

# %%
import syriatopics as st

study = st.open_study(study_path)
passages = study.corpus.passages()
study.stamp("01_preprocessing", "1.2")

# %% [markdown]
# ## Two layers
#
# *Clean text* is what people read: vowel marks, tatweel and invisible controls are gone, Persian
# letters and digits are folded. A *match key* is what is counted and never shown: hamza on alef, ى
# and ة are folded as well.

# %%
st.arabic.clean("السّوريّة، للتعایش، القرار ٢٢٥٤"), st.arabic.key("إلى") == st.arabic.key("الى")

# %% [markdown]
# ## What the analyzer makes of a passage
#
# Names of several words become one term before stop words are looked at, so that غير بيدرسن stays a
# person although غير is a stop word. The article goes by rule; other clitics only where the corpus
# attests what remains.

# %%
analyzer = st.ArabicAnalyzer().fit(passages.texts)
print(analyzer.describe())
passages.texts[0]

# %%
" · ".join(map(analyzer.display, analyzer(passages.texts[0])))

# %% [markdown]
# ## What each step does to the vocabulary

# %%
steps = st.arabic.vocabulary_steps(passages.texts)
study.figure(
    "11_vocabulary",
    steps,
    st.plots.bars,
    title="Different words after each step",
    title_ar="عدد الكلمات المختلفة بعد كل خطوة",
    name="step",
    value="n_types",
    xlabel="different words",
)

# %% [markdown]
# ## The most frequent terms
#
# People see the most frequent surface form of a term; names carry their English, other words too
# where CAMeL's data is installed and `figures.glosses` is set in study.toml.

# %%
dtm = st.count_terms(passages, analyzer, min_df=study.options.models.min_df)
dtm

# %%
study.figure(
    "12_terms",
    study.label_terms(dtm.frequent(25)),
    st.plots.bars,
    title="The most frequent terms",
    title_ar="أكثر المصطلحات تكرارا",
    note="Counts of tokens in all passages; long articles weigh more than short ones.",
    name="label",
    value="count",
    xlabel="tokens",
)

# %% [markdown]
# ## What was found
#
# By rule, with its basis. The page shows it below the title.

# %% tags=["found"]
words = steps["n_types"]
print(
    f"{words.iloc[0]:,} different words become {words.iloc[-1]:,} terms, in {len(passages):,} passages."
)
