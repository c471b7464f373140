"""A table of what goes in and what must come out, each with its reason."""

import pytest

import syriatopics as st
from syriatopics.arabic import clean, english, key, romanize, tokenize

# ---- clean text: what people read -------------------------------------------------------
CLEAN = [
    ("السّوريّة", "السورية", "shadda and vowels go"),
    ("اتّفاقًا", "اتفاقا", "tanwin goes, its alef stays"),
    ("مُحَمِّلين", "محملين", "a fully vocalised word"),
    ("إنَّ", "إن", "hamza stays, marks go"),
    ("قُرْآن", "قرآن", "sukun goes, madda stays"),
    ("هٰذا", "هذا", "dagger alef goes"),
    ("ق\u06d6ل", "قل", "Quranic signs go"),
    ("\u0610محمد", "محمد", "honorific marks go"),
    ("هـــذا", "هذا", "tatweel goes"),
    ("الـ 15", "ال 15", "tatweel before a number"),
    ("ـ", "", "a lone tatweel is nothing"),
    ("\ufe76سوريا", "سوريا", "an isolated fatha does not cut the word"),
    ("سور\ufe77يا", "سوريا", "a medial fatha of presentation forms"),
    ("\ufc60سوريا", "سوريا", "an isolated shadda with fatha"),
    ("ﻻجئين", "لاجئين", "a ligature becomes its letters"),
    ("ﺳﻮﺭﻳﺎ", "سوريا", "presentation forms of every letter"),
    ("ﷲ", "الله", "the ligature of God's name"),
    ("ﷺ", "صلى الله عليه وسلم", "a ligature of four words"),
    ("﷼", "ريال", "the sign of the rial, with an Arabic ye"),
    ("للتعایش", "للتعايش", "Persian ye is ي, not ى"),
    ("والمحاکمات", "والمحاكمات", "Persian kaf is ك"),
    ("ههہھ", "هههه", "Urdu he is ه"),
    ("خانۀ", "خانه", "he with hamza above is ه"),
    ("پوتين", "پوتين", "پ is a letter of its own"),
    ("٢٢٥٤", "2254", "Arabic-Indic digits"),
    ("۲۲۵۴", "2254", "Persian digits"),
    ("１５", "15", "full-width digits"),
    ("سور\u200cيا", "سوريا", "zero-width non-joiner"),
    ("سور\u200dيا", "سوريا", "zero-width joiner"),
    ("\u202bسوريا\u202c", "سوريا", "embedding controls"),
    ("\u2067سوريا\u2069", "سوريا", "isolate controls"),
    ("\u200fسوريا\u200e", "سوريا", "marks of direction"),
    ("سو\u00adريا", "سوريا", "soft hyphen"),
    ("\ufeffسوريا", "سوريا", "byte order mark in the text"),
    ("ا\u0654حمد", "أحمد", "a combining hamza is composed"),
    ("ا\u0655سرائيل", "إسرائيل", "a combining hamza below is composed"),
    ("ا\u0653ب", "آب", "a combining madda is composed"),
    ("على علي", "على علي", "ى and ي stay apart"),
    ("مدرسة مدرسه", "مدرسة مدرسه", "ة and ه stay apart"),
    ("إلى أين آتٍ", "إلى أين آت", "hamza stays"),
    ("الأمم\u00a0المتحدة", "الأمم المتحدة", "no-break space is a space"),
    ("انتهى…", "انتهى...", "an ellipsis becomes three dots"),
    ("ٱلله", "ٱلله", "alef wasla stays in clean text"),
    ("3.5 “كلمة”", "3.5 “كلمة”", "quotation marks stay"),
    ("سوريا؟ نعم؛ لا،", "سوريا؟ نعم؛ لا،", "Arabic punctuation stays"),
    ("", "", "nothing"),
    ("\u064b\u0651", "", "marks only"),
    ("e\u200d\u0301", "é", "a control between letter and accent"),
    ("Syria", "Syria", "Latin stays"),
]
# ---- match keys: what is counted -----------------------------------------------------------
KEY = [
    ("إلى", "الي", "hamza and alef maksura"),
    ("ألمانية", "المانيه", "teh marbuta"),
    ("آب", "اب", "madda"),
    ("ٱلله", "الله", "wasla"),
    ("أإآٱا", "ااااا", "every alef is one"),
    ("مسؤول", "مسؤول", "hamza on waw stays"),
    ("شئون", "شئون", "hamza on ye stays"),
    ("سوء", "سوء", "lone hamza stays"),
    ("مستشفى", "مستشفي", "alef maksura"),
    ("السّوريّة", "السوريه", "marks go in keys, too"),
    ("1٬000", "1000", "Arabic separator of thousands"),
    ("1,000,000", "1000000", "Latin separator of thousands"),
    ("3٫5", "3.5", "Arabic decimal separator"),
    ("3,5", "3,5", "a comma that parts no thousands"),
    ("٢٢٥٤", "2254", "digits"),
    ("", "", "nothing"),
]
# ---- tokens: words and numbers ----------------------------------------------------------------
TOKENS = [
    ("قال: سوريا.", "قال سوريا", "no punctuation"),
    ("3.5 و2254", "3.5 و 2254", "a decimal stays whole, و parts from a number"),
    ("1٬000 شخص", "1٬000 شخص", "thousands stay whole"),
    ("11:50 2016-07-27", "11 50 2016 07 27", "times and dates are their numbers"),
    ("مجلس BBC الأمن", "مجلس الأمن", "other scripts are left out"),
    ("تستكشfan", "", "a word of two scripts gives no piece"),
    ("الـ15", "ال 15", "letters and digits part"),
    ("حلب..كيري", "حلب كيري", "dots part words"),
    ("پوتین", "پوتين", "letters of Persian names are Arabic letters"),
    ("_سوريا_", "سوريا", "underscores are no letters"),
    ("لـ”الحل نت”", "ل الحل نت", "a preposition before quotation marks"),
    ("أ.ف.ب", "أ ف ب", "dots part letters"),
    ("الأميركي/الروسي", "الأميركي الروسي", "a slash parts words"),
    ("السُّوريُّ", "السوري", "marks do not cut a word"),
    ("حلب-دمشق", "حلب دمشق", "a hyphen parts words"),
    ("#سوريا @user", "سوريا", "signs of social media"),
    ("5%", "5", "a per cent sign"),
    ("\u202bقال\u202c", "قال", "controls are no words"),
    ("...", "", "punctuation only"),
    ("", "", "nothing"),
]
# ---- terms: what an analyzer fitted on the seeds counts ------------------------------------
TERMS = [
    ("والد فلسطين بوتين وزير", "والد فلسطين بوتين وزير", "letters that look like clitics stay"),
    ("والمجلس", "مجلس", "و and the article go by rule"),
    ("بالمجلس", "مجلس", "ب and the article"),
    ("كالمجلس", "مجلس", "ك and the article"),
    ("فالمجلس", "مجلس", "ف and the article"),
    ("للمجلس", "مجلس", "ل and the article"),
    ("وللمجلس", "مجلس", "و, ل and the article"),
    ("للاجئين", "لاجئين", "لل before a word in ل"),
    ("للجنة", "لجنه", "not paradise"),
    ("للقاء", "لقاء", "لل before لقاء"),
    ("للبنان", "لبنان", "لل before لبنان"),
    ("للغة", "لغه", "لل before لغة"),
    ("ألمانيا", "المانيا", "the hamza keeps the first letters"),
    ("المانيا", "المانيا", "also where the hamza is forgotten"),
    ("التزام", "التزام", "ال of a verbal noun is no article"),
    ("والتزام", "التزام", "only و goes"),
    ("بالتزام", "التزام", "only ب goes"),
    ("التقى", "التقي", "ال of a verb is no article"),
    ("والتقى", "التقي", "only و goes"),
    ("إلغاء", "الغاء", "ال under a hamza"),
    ("ألغام", "لغم", "ال of a stem"),
    ("سلاح", "سلاح", "س is no future"),
    ("سلام", "سلام", "س is no future"),
    ("سكان", "سكان", "the future stands before verbs only"),
    ("بشار", "بشار", "ب is no preposition"),
    ("وقف", "وقف", "و is no conjunction"),
    ("فريق", "فريق", "ف is no conjunction"),
    ("كتاب", "كتاب", "ك is no preposition"),
    ("لبنان", "لبنان", "ل is no preposition"),
    ("وسوريا", "سوريا", "و before an attested word"),
    ("بسوريا", "سوريا", "ب before an attested word"),
    ("لسوريا", "سوريا", "ل before an attested word"),
    ("وموسكو", "موسكو", "و before a name"),
    ("وقال", "قال", "و before a verb that is attested"),
    ("غير بيدرسن", "غير_بيدرسن", "a name goes before stop words"),
    ("غير واضحة", "واضح", "غير elsewhere is a stop word"),
    ("مجلس الأمن", "مجلس_الأمن", "a name of two words"),
    ("ومجلس الأمن", "مجلس_الأمن", "و before a name"),
    ("لمجلس الأمن", "مجلس_الأمن", "ل before a name"),
    ("للأمم المتحدة", "الأمم_المتحدة", "لل before a name with the article"),
    ("والأمم المتحدة", "الأمم_المتحدة", "و before a name with the article"),
    ("مجلس، الأمن", "مجلس امن", "no name reaches across a comma"),
    ("ستيفان دي ميستورا", "ستيفان_دي_ميستورا", "a name of three words"),
    ("دي ميستورا", "ستيفان_دي_ميستورا", "its short form of two words is the same name"),
    ("بشّار الأسد", "بشار_الأسد", "marks do not hide a name"),
    ("وقف إطلاق النار", "وقف_إطلاق_النار", "a fixed term"),
    ("باب الهوى", "باب_الهوى", "a place"),
    ("أميركا", "امريكا", "a spelling variant"),
    ("الأميركية", "امريكي", "a variant stem behind the article"),
    ("والأميركيون الأمريكي", "امريكي امريكي", "a variant stem behind two clitics"),
    ("إلى الى", "", "a stop word with and without its hamza"),
    ("على", "", "على is a stop word"),
    ("علي", "علي", "Ali is none"),
    ("ومن وفي وعلى", "", "stop words behind و"),
    ("فإن فقد", "", "stop words behind ف"),
    ("الذي التي الذين", "", "relatives"),
    ("بأنه إنها لأنهم", "", "particles with pronouns"),
    ("إمام", "امام", "a content word that folds to a stop word is kept"),
    ("الإمام", "امام", "and behind the article"),
    ("القرار 2254", "القرار_2254", "a resolution is a fixed term"),
    ("عام 2016", "عام 2016", "years are kept"),
    ("15 شخصا", "شخص", "small numbers are dropped"),
    ("٢٠١٦", "2016", "digits are one"),
    ("تستكشfan", "", "damaged words are not counted"),
    ("BBC", "", "other scripts are not counted"),
    ("و", "", "single letters are not counted"),
    ("", "", "nothing"),
]
# ---- Latin letters and English ---------------------------------------------------------------
LATIN = [
    (romanize, "بشار الأسد", "Bashar al-Assad", "a name as English readers know it"),
    (romanize, "وتركيا", "wa-Türkiye", "a conjunction before a known place"),
    (romanize, "محادثات", "mḥādthāt", "short vowels are not guessed"),
    (romanize, "قِيلَ", "qīla", "written vowels are"),
    (romanize, "المعارضة", "al-mʿārḍa", "the article"),
    (english, "مجلس_الأمن", "the UN Security Council", "a term of several words"),
]


@pytest.fixture(scope="module")
def analyzer(passages):
    return st.ArabicAnalyzer().fit(passages.texts)


@pytest.mark.parametrize(("text", "out", "reason"), CLEAN)
def test_clean(text, out, reason):
    assert clean(text) == out, reason


@pytest.mark.parametrize(("word", "out", "reason"), KEY)
def test_key(word, out, reason):
    assert key(word) == out, reason


@pytest.mark.parametrize(("text", "out", "reason"), TOKENS)
def test_tokens(text, out, reason):
    assert " ".join(tokenize(text)) == out, reason


@pytest.mark.parametrize(("text", "out", "reason"), TERMS)
def test_terms(analyzer, text, out, reason):
    assert " ".join(analyzer(text)) == out, reason
    assert " ".join(analyzer.transform([text])[0]) == out, reason


@pytest.mark.parametrize(("function", "text", "out", "reason"), LATIN)
def test_latin(function, text, out, reason):
    assert function(text) == out, reason


def test_the_table_is_long_enough():
    assert sum(map(len, (CLEAN, KEY, TOKENS, TERMS, LATIN))) >= 150
