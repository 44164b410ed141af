"""How fast and how well texts are cut into sentences and passages.

Texts in eleven languages are put together from sentences with known ends; spaCy's rule-based
sentence splitter cuts the same texts beside ours, with the tokeniser of the language where spaCy
can load it and the multilingual one where it cannot (Japanese, Korean and Thai need packages of
their own). Numbers change from text to text, so that no answer can be remembered.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable

from bench.report import report
from nlp.passages import Passage, cut
from nlp.passages.sentences import split

TEXTS = 1500
SENTENCES_A_TEXT = 8
RUNS = 3
SEED = 5
UNSPACED = {"zh-Hans", "zh-Hant", "ja"}
SENTENCES = {
    "en": [
        "We shot {n} takes before lunch, and Dr. Hale kept the first.",
        "Was it worth it?",
        "The model runs at 3.5 frames a second, i.e. far too slowly.",
        "“Again!” she shouted.",
        "Nobody from the U.S. crew complained.",
        "I thought about that for a long time…",
        "At 9 a.m. we had nothing, and by 11 p.m. we had {n} versions.",
        "Honestly?! I would not do it again.",
        "He said: “The tool decides nothing.”",
        "The budget (approx. {n} euros) went to rendering.",
    ],
    "de": [
        "Am 3. Mai drehten wir {n} Einstellungen.",
        "Das war z. B. beim Licht so, bzw. beim Ton.",
        "Hat es sich gelohnt?",
        "„Noch einmal!“, rief sie.",
        "Prof. Dr. Lind kam gegen 9.30 Uhr und blieb bis ca. 11 Uhr.",
        "Ich weiß es nicht …",
        "Er sagte: „Das Werkzeug entscheidet nichts.“",
        "Wir haben usw. gestrichen, d.h. alles Unnötige.",
    ],
    "fr": [
        "Nous avons tourné {n} prises avant midi.",
        "Est-ce que ça valait la peine ?",
        "« Encore ! » a-t-elle crié.",
        "M. Petit et Mme Roche sont partis à 18 h.",
        "Le modèle coûte 3,5 euros par image.",
        "Je ne sais pas encore.",
    ],
    "es": [
        "Rodamos {n} tomas antes de comer.",
        "¿Valió la pena?",
        "¡Otra vez!",
        "La Sra. Ruiz y el Dr. Vega llegaron tarde.",
        "El presupuesto era de 3.500 euros.",
        "Todavía no lo sé.",
    ],
    "ru": [
        "Мы сняли {n} дублей до обеда.",
        "Стоило ли оно того?",
        "Режиссёр, т.е. автор, выбрал первый.",
        "«Ещё раз!» — крикнула она.",
        "А. П. Белов ушёл в 18.30.",
    ],
    "pl": [
        "Nakręciliśmy {n} ujęć przed obiadem.",
        "Czy było warto?",
        "Dr Lis i prof. Sowa przyszli ok. 9.30.",
        "Jeszcze nie wiem.",
    ],
    "zh-Hans": [
        "今天上午我们拍了{n}条。",
        "值得吗？",
        "导演说：“再来一条！”",
        "模型每秒只能生成3.5张图，太慢了。",
        "我想了很久……还是没有答案。",
        "“真的要删掉吗？”她问。",
        "大家都很累，但是没有人抱怨。",
    ],
    "zh-Hant": [
        "今天上午我們拍了{n}條。",
        "值得嗎？",
        "「再來一條！」導演說。",
        "我想了很久，還是沒有答案。",
        "大家都很累，但是沒有人抱怨。",
    ],
    "ja": [
        "午前中に{n}回撮りました。",
        "意味はあったのでしょうか？",
        "「もう一回！」と監督が叫んだ。",
        "長い間考えましたが、答えはまだありません。",
        "みんな疲れていた。",
    ],
    "ko": [
        "오전에 {n}번 찍었다.",
        "그럴 가치가 있었을까?",
        "감독님이 “다시!”라고 외쳤다.",
        "아직 잘 모르겠다.",
    ],
    "hi": ["हमने सुबह {n} टेक लिए।", "क्या यह ठीक था?", "सब थक गए थे।", "मुझे अभी नहीं पता।"],
}

Ends = set[int]
Cutter = Callable[[str, str], Ends]


def material(rng: random.Random) -> list[tuple[str, str, Ends]]:
    """Put texts together: language, text, and where its sentences end."""
    texts = []
    for _ in range(TEXTS):
        language = rng.choice(list(SENTENCES))
        gap = "" if language in UNSPACED else " "
        text, ends = "", set()
        for _ in range(SENTENCES_A_TEXT):
            sentence = rng.choice(SENTENCES[language]).format(n=rng.randint(2, 9999))
            text += (gap if text else "") + sentence
            ends.add(len(text))
        texts.append((language, text, ends))
    return texts


def quality(texts: list[tuple[str, str, Ends]], cutter: Cutter) -> float:
    """Return the F1 score of the sentence ends that are found."""
    right = found = true = 0
    for language, text, ends in texts:
        guessed = cutter(text, language)
        right += len(guessed & ends)
        found += len(guessed)
        true += len(ends)
    return 2 * right / (found + true)


def ours(text: str, language: str) -> Ends:
    """Cut with our rules."""
    return {end for _, end in split(text, language=language)}


def spacy_cutter() -> Cutter:
    """Cut with spaCy's sentencizer, its pipelines loaded beforehand."""
    import spacy

    pipelines = {}
    for language in SENTENCES:
        try:
            pipelines[language] = spacy.blank(language.split("-")[0])
        except ImportError:
            pipelines[language] = spacy.blank("xx")
        pipelines[language].add_pipe("sentencizer")

    def cutter(text: str, language: str) -> Ends:
        return {
            sentence.start_char + len(sentence.text.rstrip())
            for sentence in pipelines[language](text).sents
        }

    return cutter


def lost(text: str, passages: list[Passage]) -> int:
    """Count characters that are in no passage and are no white space, or are out of place."""
    wrong, place = 0, 0
    for passage in passages:
        wrong += len(text[place : passage.start].strip())
        wrong += passage.text != text[passage.start : passage.end] or passage.start < place
        place = passage.end
    return wrong + len(text[place:].strip())


def memory_mb() -> float:
    """Return the largest amount of memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure speed, quality and losses, then the same for spaCy."""
    rng = random.Random(SEED)
    cut("We warm up first. 先热身。Das lädt die Modelle, hoffentlich.")
    cut("Rześko dzisiaj", languages=["pl"])
    best, wrong = 0.0, 0
    for _ in range(RUNS):
        texts = material(rng)
        started = time.perf_counter()
        passages = [cut(text) for _, text, _ in texts]
        best = max(best, TEXTS * SENTENCES_A_TEXT / (time.perf_counter() - started))
        wrong += sum(lost(text, cuts) for (_, text, _), cuts in zip(texts, passages, strict=True))
    pairs = list(zip(texts, passages, strict=True))
    pieces = [(language, piece) for (language, _, _), cuts in pairs for piece in cuts]
    figures = {
        "sentences_per_second": best,
        "characters_lost": float(wrong),
        "sentence_end_f1": quality(texts, ours),
        "language_right": sum(tag == piece.language for tag, piece in pieces) / len(pieces),
        "memory_mb": memory_mb(),
    }
    started = time.perf_counter()
    cutter = spacy_cutter()
    loading = time.perf_counter() - started
    started = time.perf_counter()
    baseline = {"spacy_sentence_end_f1": quality(texts, cutter)}
    seconds = time.perf_counter() - started
    started = time.perf_counter()
    quality(texts, ours)
    baseline |= {
        "spacy_sentences_only_per_second": TEXTS * SENTENCES_A_TEXT / seconds,
        "our_sentences_only_per_second": TEXTS * SENTENCES_A_TEXT / (time.perf_counter() - started),
        "spacy_loading_seconds": loading,
        "spacy_additional_memory_mb": memory_mb() - figures["memory_mb"],
    }
    goals = {"sentences_per_second": (">=", 2000.0), "characters_lost": ("==", 0.0)}
    report("passages", figures, goals, baseline=baseline, runs=RUNS)


if __name__ == "__main__":
    main()
