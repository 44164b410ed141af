import pytest

from nlp.privacy import mask


def masked(text: str, name: str, language: str) -> str:
    return mask(text, names={"P1": name.split("|")}, language=language).text


@pytest.mark.parametrize(
    ("name", "language", "form"),
    [
        ("Anna Müller", "de", "Anna Müller"),
        ("Anna Müller", "de", "Anna"),
        ("Anna Müller", "de", "Frau Müller"),
        ("Anna Müller", "de", "Frau Dr. Müller"),
        ("Anna Müller", "de", "Müller, Anna"),
        ("Anna Müller", "de", "Mueller"),
        ("Anna Müller", "de", "ANNA MULLER"),
        ("Anna Müller", "de", "anna müller"),
        ("Anna Müller", "de", "A. Müller"),
        ("Anna Müller", "de", "Annas"),
        ("Anna Mu\u0308ller", "de", "Müller"),
        ("Anna Müller", "de", "Mu\u0308ller"),
        ("Jörg Weiß", "de", "Joerg Weiss"),
        ("Joerg Weiss", "de", "Jörg Weiß"),
        ("Hans Koch", "de", "Herr Koch"),
        ("Élodie Lefèvre", "fr", "Elodie"),
        ("Élodie Lefèvre", "fr", "Mme Lefèvre"),
        ("Jean-Pierre Roux", "fr", "Jean Pierre"),
        ("Jean-Pierre Roux", "fr", "J.-P. Roux"),
        ("Gabriel García Márquez", "es", "Gabriel Garcia"),
        ("Gabriel García Márquez", "es", "Sr. Márquez"),
        ("Pieter van den Berg", "nl", "meneer Van den Berg"),
        ("Siobhán O'Brien", "en", "Ms O’Brien"),
        ("Ayşe Yılmaz", "tr", "Ayse Hanım"),
        ("Ewa Kowalska", "pl", "Ewą Kowalską"),
        ("Marek Nowicki", "pl", "Markiem"),
        ("Мария Иванова", "ru", "Марии Ивановой"),
        ("Пётр Лавров", "ru", "Петром"),
        ("Андрей Белов", "ru", "А. Белов"),
        ("Νίκος Παππάς", "el", "Νίκος"),
        ("محمد العلي", "ar", "مُحَمَّد العلي"),
        ("أحمد حسن", "ar", "احمد"),
        ("अनीता शर्मा", "hi", "अनीता"),
        ("Kim Min-su", "en", "Minsu"),
        ("Tanaka Taro", "en", "Tanaka-san"),
        ('William "Billy" Tucker', "en", "Billy"),
        ("Dr. Lena Vogt", "de", "Lena"),
    ],
)
def test_a_name_is_found_in_each_form(name: str, language: str, form: str) -> None:
    assert masked(f"— {form} —", name, language) == "— [P1] —"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Wang Xiaoming", "Xiaoming Wang"),
        ("Wang Xiaoming", "Wáng Xiǎomíng"),
        ("Wang Xiaoming", "wang xiao ming"),
        ("Wang Xiaoming", "WANG Xiao-Ming"),
        ("Wang Xiaoming", "Wang2 Xiao3ming2"),
        ("Wang Xiaoming", "wangxiaoming"),
        ("王小明", "Xiaoming"),
        ("王小明", "Mr. Wang"),
        ("王小明", "X. Wang"),
        ("王小明", "Wang laoshi"),
        ("呂思瑤", "Lü Siyao"),
        ("呂思瑤", "Lv Siyao"),
        ("曾国凡", "Zeng Guofan"),
        ("欧阳娜娜", "Ouyang Nana"),
    ],
)
def test_a_chinese_name_is_found_in_latin_letters(name: str, form: str) -> None:
    assert masked(f"Then {form} came.", name, "en") == "Then [P1] came."


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("Anna Müller", "de", "Die Annahme der Annabelle war falsch."),
        ("Anna Müller", "de", "Anna-Lena kam."),
        ("Mark Ellery", "en", "Mark the take in the market, then remark it."),
        ("Will Young", "en", "Will you wait? The will of the young."),
        ("Grace Hope", "en", "Grace is what we hope for."),
        ("May Chen", "en", "We start in May, on the 4th of May 2024."),
        ("Paris Long", "en", "We flew to Paris. A long day."),
        ("Hans Koch", "de", "Der neue Koch war gut, ein Koch eben."),
        ("Han Ting", "en", "Hans left after lighting the hunting scene."),
        ("He An", "en", "He said an hour. An actor came."),
        ("Sara Conti", "it", "Domani sarà bello. Sarà un bel film."),
        ("Jan de Boer", "nl", "De boer kwam langs in januari."),
        ("Лев Мороз", "ru", "Мороз был сильный, лев рычал."),
        ("李艾", "en", "The director used AI, and AI is a tool."),
        ("Ben Ella", "tr", "Ben geldim."),
        ("أمل حسن", "ar", "هناك أمل كبير في الفيلم."),
        ("Ernst Koch", "de", "Es war Ernst. Der Ernst der Lage ist klar."),
        ("Li Na", "de", "Na ja, es war nah. Na und?"),
    ],
)
def test_other_words_are_left_alone(name: str, language: str, text: str) -> None:
    assert masked(text, name, language) == text


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Will Young", "Will said no and I asked Will.", "[P1] said no and I asked [P1]."),
        ("Mark Ellery", "I worked with Mark in May.", "I worked with [P1] in May."),
        ("Grace Odell", "Grace's idea won.", "[P1]'s idea won."),
        ("Mark Ellery", "Mark was late. Mark and Anna left.", "[P1] was late. [P1] and Anna left."),
        ("Will Young", "Will, can you help? Yes, Will?", "[P1], can you help? Yes, [P1]?"),
        ("Ben Reuter", "Ben came and I met Ben.", "[P1] came and I met [P1]."),
        ("Grace Odell", "I spoke to Grace.", "I spoke to [P1]."),
        ("萧浩宇", "Mr. Xiao and Xiao Haoyu left.", "[P1] and [P1] left."),
        ("王芳", "Xiao Wang and Wang jie laughed.", "[P1] and [P1] laughed."),
        ("Li Na", "We asked Li Na and li na.", "We asked [P1] and [P1]."),
        ("May Chen", "Then May laughed in May.", "Then [P1] laughed in May."),
    ],
)
def test_ordinary_words_are_names_where_they_act(name: str, text: str, expected: str) -> None:
    assert masked(text, name, "en") == expected


def test_the_genitive_belongs_to_languages_that_have_it() -> None:
    assert masked("Tims Idee", "Tim Reuter", "de") == "[P1] Idee"
    assert masked("Carols everywhere", "Carol Reuter", "en") == "Carols everywhere"
