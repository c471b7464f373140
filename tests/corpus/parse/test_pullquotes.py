from syriatopics.arabic import clean
from syriatopics.corpus.parse.pullquotes import find_pullquotes
from syriatopics.corpus.words import pieces_of, words_of

BODY = "جادلت كل من فرنسا والمملكة المتحدة مثلا بأن المجلس يجب عليه أن يتيح إمكانية عقد بعض الجلسات خلف الأبواب المغلقة على أساس المداولات الخاصة."
QUOTE = (
    "جادلت كل من فرنسا والمملكة المتحدة مثلا بأن المجلس يجب عليه أن يتيح إمكانية عقد بعض الجلسات"
)
OTHER = (
    "وصلت قافلة مساعدات إنسانية إلى المدينة المحاصرة بعد أسابيع من المفاوضات بين الأطراف المتنازعة."
)


def quotes_in(*texts):
    return find_pullquotes([words_of(pieces_of(clean(text))) for text in texts])


def test_the_shorter_of_two_goes():
    assert quotes_in(QUOTE, OTHER, BODY) == {0: 2}
    assert quotes_in(BODY, OTHER, QUOTE) == {2: 0}


def test_marks_and_one_typo_do_not_matter():
    marked = QUOTE.replace("المجلس", "المجلِسَ").replace("يتيح", "يتبح")
    assert quotes_in(marked, BODY) == {0: 1}


def test_a_quote_over_two_lines():
    words = QUOTE.split()
    assert quotes_in(" ".join(words[:12]), " ".join(words[12:]), BODY) == {0: 2, 1: 2}


def test_different_paragraphs_stay():
    assert quotes_in(BODY, OTHER) == {}


def test_of_two_equal_paragraphs_the_first_stays():
    assert quotes_in(BODY, OTHER, BODY) == {2: 0}
