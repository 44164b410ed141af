"""Which language a text is written in, as a BCP 47 tag.

The writing system decides first: most scripts belong to one language. Chinese is told apart by
the characters that exist in only one of its two orthographies, Japanese by its kana. Texts in
Latin, Cyrillic, Arabic, Devanagari or Hebrew letters are decided by their function words where
these are plain, otherwise by the n-gram models of lingua. Languages that the person is known to
write weigh more, the more so the shorter the text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from i18n import canonical

if TYPE_CHECKING:
    from lingua import LanguageDetector

UNKNOWN = "und"
MIXED = "mul"

# Scripts with several languages, and the ones that are tried without knowing the person.
CANDIDATES: dict[str, tuple[str, ...]] = {
    "Latin": ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr"),
    "Cyrillic": ("ru", "uk"),
    "Arabic": ("ar", "fa"),
    "Devanagari": ("hi",),
    "Hebrew": ("he",),
}
# Letters that only the first and only the second of two candidates has.
LETTERS_OF = {
    "Cyrillic": (re.compile("[ыэъёЫЭЪЁ]"), re.compile("[іїєґІЇЄҐ]")),
    "Arabic": (re.compile("[يكىةأإ]"), re.compile("[پچژگکی]")),
}
# Scripts that mean one language.
ALONE: dict[str, str] = {
    "Hangul": "ko",
    "Thai": "th",
    "Greek": "el",
    "Armenian": "hy",
    "Georgian": "ka",
    "Bengali": "bn",
    "Gurmukhi": "pa",
    "Gujarati": "gu",
    "Tamil": "ta",
    "Telugu": "te",
    "Kannada": "kn",
    "Malayalam": "ml",
    "Sinhala": "si",
    "Lao": "lo",
    "Tibetan": "bo",
    "Burmese": "my",
    "Khmer": "km",
    "Ethiopic": "am",
}
RUNS = re.compile(
    "(?P<Latin>[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\u0300-\u036f]+)"
    "|(?P<Han>[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
    "|(?P<Kana>[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9d]+)"
    "|(?P<Hangul>[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+)"
    "|(?P<Cyrillic>[\u0400-\u052f]+)"
    "|(?P<Arabic>[\u0600-\u060b\u060d-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u077f\ufb50-\ufdff\ufe70-\ufefc]+)"
    "|(?P<Devanagari>[\u0900-\u0963\u0970-\u097f]+)"
    "|(?P<Thai>[\u0e01-\u0e4e]+)"
    "|(?P<Hebrew>[\u0590-\u05ff]+)"
    "|(?P<Greek>[\u0370-\u03ff\u1f00-\u1fff]+)"
    "|(?P<Armenian>[\u0531-\u058f]+)|(?P<Georgian>[\u10a0-\u10ff\u1c90-\u1cbf]+)"
    "|(?P<Bengali>[\u0980-\u09ff]+)|(?P<Gurmukhi>[\u0a00-\u0a7f]+)|(?P<Gujarati>[\u0a80-\u0aff]+)"
    "|(?P<Tamil>[\u0b80-\u0bff]+)|(?P<Telugu>[\u0c00-\u0c7f]+)|(?P<Kannada>[\u0c80-\u0cff]+)"
    "|(?P<Malayalam>[\u0d00-\u0d7f]+)|(?P<Sinhala>[\u0d80-\u0dff]+)|(?P<Lao>[\u0e80-\u0eff]+)"
    "|(?P<Tibetan>[\u0f00-\u0fff]+)|(?P<Burmese>[\u1000-\u109f]+)|(?P<Khmer>[\u1780-\u17ff]+)"
    "|(?P<Ethiopic>[\u1200-\u139f]+)"
)
# Characters that make about as much text as one spaced word, in scripts without spaces.
PER_WORD = {
    "Han": 1.6,
    "Kana": 2.5,
    "Thai": 5.0,
    "Lao": 5.0,
    "Burmese": 5.0,
    "Khmer": 5.0,
    "Tibetan": 5.0,
}
# What is in a text but in no language: addresses, handles and the placeholders of masked names.
NOT_LANGUAGE = re.compile(
    r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]+|[@#][A-Za-z0-9_]+|\[[^\[\]\s]{1,40}\]"
)
CLAUSE_END = re.compile(r"(?<=[.,;:!?()\n。，、；：！？（）…—–\"“”„«»])\s*")
# Simplified characters that are also ordinary traditional ones: no evidence for either.
IN_BOTH = frozenset(
    "后里只台干面系斗几谷征曲松板表极致困克丑据卷才朴适余云制症愿姜于咸占冬出范郁舍叶向吁周回姜家布"
    "弦当志念折挂杯杰构柜梁欲杆游注炼烟熏盖着确秋管累药虫证辟采钟须种党别听仆胜借冲凶准凌历参吊合吃"
    "升千卜厂广恶吓夸夫奸宁尸岳巨并弥御托扎拓捍摆摺旋昆晒朱朴杠栗核栖梁汇沈沾泛涂淀灶熔瞭秸穗签簾籲蔑"
    "蒙藉覆谘谷赞迹酸里闲雇面饥么麽伙佣价体侄"
)

_FUNCTION_WORDS = {
    "en": "as by at on in or so if all has do no the and of to is was that it with for this "
    "are we you not have but from they my his her what were had be been i our she he "
    "would could because when there very about then which than will",
    "de": "am des zum zur vom als werden wird so in der die das und ist nicht ich wir ein "
    "eine einen mit auf für sich auch es dass war haben hat den dem von zu im aber "
    "wie oder bei noch nur wenn sehr sind wurde habe mir mich über nach heute",
    "fr": "en on d l n y le la les et est pas je nous vous un une des que qui dans pour "
    "avec sur mais était avons ce cette elle il on très plus au aux du ne se sont été "
    "mon ma mes c'est j'ai parce comme aussi",
    "es": "el los las y es no yo que en un una por con para pero fue del muy más se lo como "
    "mi nos está estaba este esta porque cuando hemos también al todo han había ella "
    "nosotros hoy",
    "it": "in a e il gli le è non che di un una per con ma sono era della del nel questo "
    "questa abbiamo anche molto più perché quando come ho mi ci si al dei delle stato "
    "oggi noi io lui lei dalla alla",
    "pt": "o os as e é não que em um uma por com para mas foi do da dos das muito mais se "
    "como meu minha nós eu está estava porque quando também ao no na hoje ele ela "
    "isso este uma são",
    "nl": "in of de het een en is niet ik wij we van dat op met voor maar was zijn hebben "
    "heeft ook er aan naar als bij nog wel heel zeer mijn hij zij ons dit deze wat "
    "omdat toen vandaag te om",
    "pl": "i w nie na się z że to jest do jak ale był była było my ja po za od przez dla są "
    "tak już bardzo co czy tym tylko mnie nas dziś kiedy który która jego może też",
    "tr": "ve bir bu da de için ile çok ama ben biz değil gibi daha ne o var yok olarak "
    "kadar sonra bugün şey olan ki mi her en benim bizim diye çünkü oldu",
    "sv": "och att det är inte jag vi en ett som på med för av den till men var har hade "
    "när mycket också om så kan från idag",
    "da": "og at det er ikke jeg vi en et som på med for af den til men var har havde når "
    "meget også om så kan fra blev",
    "nb": "og å det er ikke jeg vi en et som på med for av den til men var har hadde når "
    "mye også om så kan fra ble",
    "fi": "ja on ei se että en oli me minä mutta kun niin hän ovat ole olen myös tänään kuin joka",
    "cs": "a je se na že to v s ale jsem jsme byl byla bylo jako by pro tak když není velmi "
    "také dnes",
    "hu": "a az és nem hogy egy is volt de mi én van meg ez csak nagyon ha mert már ma mint",
    "ro": "și nu că un o este în cu pe la am a fost din pentru dar mai foarte când noi ca sunt azi",
    "vi": "và là của không tôi có một các những được cho với này người đã rất trong chúng khi",
    "id": "dan yang di tidak ini itu saya kami dengan untuk dari ada pada adalah akan "
    "sangat karena juga",
}
_SHARED = Counter(word for words in _FUNCTION_WORDS.values() for word in set(words.split()))
VOTES: dict[str, dict[str, float]] = {}
for _tag, _words in _FUNCTION_WORDS.items():
    for _word in set(_words.split()):
        VOTES.setdefault(_word, {})[_tag] = 1 / _SHARED[_word]


def detect(text: str, *, languages: Iterable[str] = ()) -> str:
    """Say which language a text is written in.

    Args:
        text: Anything a person wrote; a sentence or a passage is enough.
        languages: Tags of the languages the person writes, which weigh more in short texts and
            decide between Simplified and Traditional where the characters do not.

    Returns:
        A BCP 47 tag such as `en` or `zh-Hant`; `und` where there is no language to see (numbers,
        emoji, addresses, a word or two without context); `mul` where two languages share the text.

    Example:
        >>> detect("今天的鏡頭很難。"), detect("😀 12"), detect("今天很累, but we loved it all.")
        ('zh-Hant', 'und', 'mul')
    """
    return _detect(text, tuple(dict.fromkeys(canonical(tag) for tag in languages if tag.strip())))


@lru_cache(maxsize=4096)
def _detect(text: str, prior: tuple[str, ...]) -> str:
    if not text.isascii() or not text.isalpha():
        text = NOT_LANGUAGE.sub(" ", text)
    amounts = _amounts(text)
    if not amounts:
        return UNKNOWN
    total = sum(amounts.values())
    ranked = sorted(amounts.items(), key=lambda item: -item[1])
    script, most = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    if second >= (2.4 if "Latin" not in amounts or _has_function_words(text) else 8) and (
        second >= 0.25 * total
    ):
        return MIXED
    if script == "Japanese" or script in ALONE:
        return ALONE.get(script, "ja")
    if script == "Han":
        return _chinese(text, prior)
    return _spelled(text, script, most, prior)


def _amounts(text: str) -> dict[str, float]:
    """Measure how much text there is in each script, in words."""
    amounts: dict[str, float] = defaultdict(float)
    characters: Counter[str] = Counter()
    for run in RUNS.finditer(text):
        script = run.lastgroup or ""
        characters[script] += len(run.group())
        amounts[script] += (
            (run.end() - run.start()) / PER_WORD[script] if script in PER_WORD else 1.0
        )
    kana, han = characters.pop("Kana", 0), characters["Han"]
    if not kana:
        return amounts
    if han and kana < 0.1 * han:  # a の or a brand in a Chinese text
        del amounts["Kana"]
        return amounts
    japanese, chinese = 0.0, 0.0
    for clause in CLAUSE_END.split(text):
        scripts = Counter(run.lastgroup for run in RUNS.finditer(clause) for _ in run.group())
        amount = scripts["Kana"] / PER_WORD["Kana"] + scripts["Han"] / PER_WORD["Han"]
        if scripts["Kana"] or scripts["Han"] < 6:
            japanese += amount
        else:
            chinese += amount
    del amounts["Kana"]
    amounts["Han"] = chinese
    amounts["Japanese"] = japanese
    return {script: amount for script, amount in amounts.items() if amount}


def _chinese(text: str, prior: tuple[str, ...]) -> str:
    """Tell Simplified from Traditional Chinese by the characters that only one of them has."""
    simplified, traditional, foreign = _orthographies()
    wanted = next((tag for tag in prior if tag in {"zh-Hans", "zh-Hant", "ja"}), "")
    if wanted == "ja" and foreign.isdisjoint(text):
        return "ja"
    found = Counter(
        "s" if character in simplified else "t" if character in traditional else ""
        for character in text
    )
    if found["s"] != found["t"]:
        return "zh-Hans" if found["s"] > found["t"] else "zh-Hant"
    return wanted or "zh-Hans"


@cache
def _orthographies() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the characters that only Simplified, only Traditional, and not Japanese text has.

    They come from OpenCC's conversion tables, character by character.
    """
    from opencc import OpenCC

    everything = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    lines = "\n".join(everything)

    def changed(conversion: str) -> frozenset[str]:
        converted = OpenCC(conversion).convert(lines).split("\n")
        return frozenset(a for a, b in zip(everything, converted, strict=True) if a != b)

    to_traditional, to_simplified = changed("s2t"), changed("t2s")
    shinjitai = changed("jp2t")
    simplified = to_traditional - to_simplified - IN_BOTH
    foreign = (simplified - shinjitai) | changed("t2jp")
    return simplified, to_simplified - to_traditional, foreign


def _spelled(text: str, script: str, amount: float, prior: tuple[str, ...]) -> str:
    """Decide a text in an alphabet that several languages share."""
    candidates = _candidates(script, prior)
    if len(candidates) == 1:
        return candidates[0]
    if script in LETTERS_OF and candidates == CANDIDATES[script]:
        here, there = (len(letters.findall(text)) for letters in LETTERS_OF[script])
        return candidates[here < there]
    letters = text.lower()
    words = re.findall(r"[^\W\d_]+(?:['’](?:est|ai))?", letters.replace("’", "'"))
    if script == "Latin":
        by_words = _by_function_words(words)
        if by_words:
            return by_words
    letter_count = sum(map(len, words))
    if not set(prior) & set(candidates) and (letter_count < 5 or amount < 1):
        return UNKNOWN
    return _by_models(text, candidates, amount, prior)


def _candidates(script: str, prior: tuple[str, ...]) -> tuple[str, ...]:
    """List the languages that a script may stand for, the person's own among them."""
    known = _models().keys()
    own = tuple(tag.split("-")[0] for tag in prior if tag.split("-")[0] in known)
    usual = CANDIDATES[script]
    writes = {tag: _script_of(tag) for tag in own}
    return tuple(dict.fromkeys((*usual, *(tag for tag in own if writes[tag] == script))))


@cache
def _models() -> dict[str, str]:
    """Map the tags that lingua has models for to lingua's names."""
    from lingua import Language

    return {
        name.iso_code_639_1.name.lower(): name.name
        for name in Language.all()
        if name.name != "CHINESE"
    }


@cache
def _script_of(tag: str) -> str:
    """Return the script a language of lingua is written in, as this module calls it."""
    from lingua import Language

    language = Language.from_str(_models()[tag])
    for script in ("Latin", "Cyrillic", "Arabic", "Devanagari"):
        if language in getattr(Language, f"all_with_{script.lower()}_script")():
            return script
    return ""


def _has_function_words(text: str) -> bool:
    """Whether words in Latin letters make a sentence rather than a string of names and terms."""
    return sum(word in VOTES for word in re.findall(r"[a-z]+", text.lower())) >= 2


def _by_function_words(words: Sequence[str]) -> str:
    """Return the language whose function words are plainly there, `mul` for two, else nothing."""
    votes: dict[str, float] = defaultdict(float)
    for word in words:
        for tag, weight in VOTES.get(word, {}).items():
            votes[tag] += weight
    ranked = sorted(votes.items(), key=lambda item: -item[1])[:2]
    if not ranked or ranked[0][1] < 1.4 or ranked[0][1] < 0.1 * len(words):
        return ""
    if len(ranked) == 1:
        return ranked[0][0]
    (first, most), (second, fewer) = ranked
    if fewer >= 2 and len(words) >= 8 and _changes(words, first, second):
        return MIXED
    return first if most >= 3 * fewer else ""


def _changes(words: Sequence[str], first: str, second: str) -> bool:
    """Whether the words go over from one of two languages into the other at one place."""
    steps = [
        votes.get(first, 0.0) - votes.get(second, 0.0)
        for votes in (VOTES.get(word, {}) for word in words)
    ]
    total, apart = sum(steps), sum(map(abs, steps))
    before = 0.0
    margin = max(4, len(words) // 4)
    for place, step in enumerate(steps, 1):
        before += step
        if margin <= place <= len(words) - margin and abs(2 * before - total) >= 0.85 * apart:
            after = total - before
            if before * after < 0 and min(abs(before), abs(after)) >= 2:
                return True
    return False


def _by_models(
    text: str, candidates: tuple[str, ...], amount: float, prior: tuple[str, ...]
) -> str:
    """Ask lingua's models, with the person's own languages as the prior."""
    own = {tag.split("-")[0] for tag in prior} & set(candidates)
    weight = 40.0 if amount < 3 else 8.0 if amount < 6 else 3.0
    chances = {
        value.language.iso_code_639_1.name.lower(): value.value
        for value in _detector(candidates).compute_language_confidence_values(text)
    }
    for tag in chances:
        if tag in own:
            chances[tag] *= weight
    total = sum(chances.values())
    tag, chance = max(chances.items(), key=lambda item: (item[1], item[0]))
    if amount >= 10 and chance < 0.95 * total and _clauses_differ(text, candidates):
        return MIXED
    needed = 0.25 if own else 0.35 if amount >= 4 else 0.6
    return tag if total and chance / total > needed else UNKNOWN


def _clauses_differ(text: str, candidates: tuple[str, ...]) -> bool:
    """Whether clauses worth a quarter of the text are in another language than the rest."""
    words: Counter[str] = Counter()
    for clause in CLAUSE_END.split(text):
        length = len(clause.split())
        if length < 5:
            continue
        best = _detector(candidates).compute_language_confidence_values(clause)[0]
        if best.value >= 0.92:
            words[best.language.iso_code_639_1.name.lower()] += length
    return len(words) > 1 and words.most_common(2)[1][1] >= 0.25 * sum(words.values())


@cache
def _detector(candidates: tuple[str, ...]) -> LanguageDetector:
    """Build a detector for some languages; its models are shared with the others and load late."""
    from lingua import Language, LanguageDetectorBuilder

    names = [Language.from_str(_models()[tag]) for tag in candidates]
    return LanguageDetectorBuilder.from_languages(*names).build()
