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
# # 07 · Tellings
#
# What becomes of a text when others tell it: which sentences are kept, changed, dropped and added, and
# what is named otherwise? Two demonstrations, from which nothing follows about any outlet: one seed
# article against a source that was written for this notebook, and invented articles whose changes are
# planted.
#
# **Reads** the seed articles, whatever the study. **Writes** the figures `71_telling` and `72_telling_shares` and the tables
# `73_changes` and `74_planted_changes`.

# %% tags=["parameters"]
study_path = "../study.toml"

# %%
import numpy as np
import pandas as pd

import syriatopics as st

study = st.open_study(study_path)
seed = study.options.random_state
study.stamp("07_tellings", "1.0")

# %% [markdown]
# ## One article and a source
#
# The third seed follows agency copy, which may not be copied here. This source tells the same days in
# words of our own, with other names and numbers, and in another order.

# %%
source = """
قالت الولايات المتحدة الثلاثاء إنها تأمل أن تعلن مطلع أغسطس تفاصيل تعاون عسكري مع روسيا بشأن سوريا، يشمل تبادل المعلومات.

وقال وزير الخارجية الأميركي جون كيري إن واشنطن وموسكو، الداعمتين لطرفي الحرب المستعرة منذ خمسة أعوام، أحرزتا تقدما في الأيام الأخيرة.

وتشمل المقترحات تنسيق الضربات الجوية ضد جبهة النصرة ومنع طائرات النظام السوري من مهاجمة جماعات المعارضة المعتدلة.

وتأتي هذه الجهود بعد أن وضعت قوات النظام أحياء المعارضة في حلب تحت حصار كامل يعيش فيه 250 ألف مدني بلا دواء.

وفي جنيف زعم مبعوث الأمم المتحدة ستيفان دي ميستورا أنه يهدف إلى عقد جولة جديدة من المحادثات السورية في نهاية سبتمبر.

وحذرت منظمات إغاثة من أن المستشفيات في الأحياء المحاصرة لا يكفيها الوقود لأكثر من عشرة أيام.

ودافع كيري عن الاقتراح رغم تشكك كبار القادة العسكريين ومسؤولي المخابرات الأميركيين، ومنهم وزير الدفاع آشتون كارتر.

وقال دبلوماسي غربي إن الأميركيين يخاطرون كثيرا من أجل اتفاق من المستبعد أن يلتزم به الروس.
"""
seeds = st.load_seeds()
article = seeds["002_e53b32e58dc53caf"]
telling = st.tellings(article, source)
telling

# %%
note = "A demonstration: the source was written for it."
study.figure(
    "71_telling",
    telling,
    title="A source and an article that tells it",
    title_ar="مصدر ومقالة ترويه",
    note=note,
)

# %% [markdown]
# What changed is a table of its own: the label of a referent, a number, a date, the stance of the words
# that introduce speech, doubt that fell, themes of what was dropped and added. A row is a question to be
# asked of two sentences, no finding about who wrote them.

# %%
study.table("73_changes", telling.changes, title="What changed", title_ar="ما تغير", note=note)

# %% [markdown]
# ## Two outlets, planted
#
# Sentences of the seeds are cut into sources of eight. Two invented outlets tell each: the first drops one
# sentence in ten, the second one in three, and puts another name in place of the government's.

# %%
rng = np.random.default_rng(seed)
names = {
    "النظام السوري": "الحكومة السورية",
    "قوات النظام": "القوات الحكومية",
    "نظام الأسد": "حكومة الأسد",
}
sentences = seeds.passages("sentence").texts
sources, articles, planted = [], [], []
for n in range(0, len(sentences) - 7, 8):
    told = sentences[n : n + 8]
    sources.append(
        {
            "id": f"source-{n:03d}",
            "outlet": "agency",
            "date": "2016-07-26",
            "text": "\n\n".join(told),
        }
    )
    for outlet, share in (("first", 0.1), ("second", 1 / 3)):
        kept = [s for s in told if rng.random() >= share] or told[:1]
        if outlet == "second":
            for old, new in names.items():
                planted += [(f"{outlet}-{n:03d}", old, new) for s in kept if old in s]
                kept = [s.replace(old, new) for s in kept]
        text = "\n\n".join(kept)
        articles.append(
            {"id": f"{outlet}-{n:03d}", "outlet": outlet, "date": "2016-07-27", "text": text}
        )
tellings = st.tellings(*(st.read_corpus(pd.DataFrame(rows)) for rows in (articles, sources)))
tellings.pairs

# %% [markdown]
# Shares of the sentences of the sources, with intervals over articles. Beside them stands what others make
# of the same sources: what everybody drops is no choice of one.

# %%
shares = tellings.shares(blocks="article")
study.figure(
    "72_telling_shares",
    shares,
    title="What became of the sentences of the sources",
    title_ar="ما صارت إليه جمل المصادر",
    note="Planted: real sentences, invented articles.",
    groups={"first": "first outlet · المنبر الأول", "second": "second outlet · المنبر الثاني"},
)

# %%
changes = tellings.changes
renamed = changes[(changes["aspect"] == "name") & (changes["change"] == "replaced")]
print(f"{len(planted)} names planted, {len(renamed)} found")
study.table(
    "74_planted_changes",
    renamed.groupby(["outlet", "of", "source", "target"]).size().rename("n").reset_index(),
    title="Names that were put in place of others",
    title_ar="تسميات حلت محل غيرها",
    note="Planted: real sentences, invented articles.",
)

# %% [markdown]
# ## One word in two companies
#
# `st.meaning` asks whether a word stands beside other words in one outlet than in the other. Both outlets here
# print the same sentences, so nothing should be seen; p comes from dealing the sources out anew.

# %%
passages = st.read_corpus(pd.DataFrame(articles)).passages()
meaning = st.meaning(passages, "سوريا", blocks="article", production="all")
meaning.table
