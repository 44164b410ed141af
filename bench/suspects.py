"""How well "looks like a name and is not masked" is told, and how fast.

Sentences in eight languages: some name somebody whom the study does not know, four times as many
name nobody and hold what is easily taken for a name (words that begin a sentence, contractions,
abbreviations, programs, German nouns, Chinese words that begin like a family name). All of them are
put together here; the code that is measured knows none of these lists.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass

from bench.report import report
from nlp.masking_review import Known
from nlp.privacy.ordinary import Ordinary

SEED = 11
NAMING = 800
EMPTY_FOR_EACH = 4
TALK = 40
"""Sentences of one conversation: what is ordinary is learned from it."""

NAMES = {
    "en": "Oliver Penhaligon|Mrs Thackeray|Dr. Imogen Farr|Nadia|Desmond|Rhys Calloway|Priya",
    "de": "Torben Haselbach|Frau Kuhlmann|Herr Dr. Wieland|Svenja Ritter|Katharina Oberdorf",
    "fr": "Mathilde Garancher|M. Lestrange|Mme Vauquelin|Thibault|Solène Perrin",
    "es": "Rodrigo Santacruz|la señora Arizmendi|Maite Olabarria|Jimena|Gonzalo Prieto",
    "ru": "Аркадий Вольнов|Людмила Сергеева|господин Берестов|Зинаида|Тимур Галеев",
    "zh-Hans": "陈立新|欧阳雪梅|张伟强|李晓红|周国栋|王老师|刘梓涵|赵一鸣",
    "ja": "藤原さん|松田監督|清水くん|大野さん|スミスさん|小林先生さん",
    "ko": "이수진 씨|최민호 감독님|김하늘 씨|정우성 배우님|한지민 작가님",
}  # fmt: skip
NAMING_FRAMES = {
    "en": "{} said the light was wrong.|We talked to {} about it.|Then {} laughed.|"
    "In the end {} asked for more.",
    "de": "{} sagte, das Licht sei falsch.|Am Ende fragte uns {} noch einmal.|"
    "Danach sprach {} mit allen.",
    "fr": "{} a dit que non.|Nous avons parlé avec {} hier.|Alors {} pensait autrement.",
    "es": "{} dijo que no.|Hablamos con {} ayer.|Después {} pensaba otra cosa.",
    "ru": "{} сказал, что свет плохой.|Мы говорили: {} думает иначе.|Потом {} спросил нас.",
    "zh-Hans": "{}说这个镜头不行。|后来我问了{}。|我觉得{}很认真。|昨天和{}一起吃夜宵。",
    "ja": "今日は{}が来ました。|{}は何も言わなかった。",
    "ko": "오늘 {}가 왔다.|{}는 아무 말도 하지 않았다.",
}  # fmt: skip
STARTS = {
    "en": "Nobody|Everybody|Somebody|This|Whoever|While filming we|Nothing|Perhaps she|"
    "Honestly she|Yesterday everyone|Waiting|Sometimes he|Otherwise they|Whatever she|"
    "Lighting|Supper|Afterwards we|Those",
    "de": "Niemand|Jeder|Manchmal|Vielleicht|Gestern|"
    "Irgendwer|Trotzdem|Deshalb|Keiner|Alles|Später",
    "fr": "Personne|Chacun|Quand elle|Parfois on|Hier on|Peut-être qu'il|Rien|"
    "Ensuite on|Pourtant il|Quelqu'un",
    "es": "Nadie|Todos|Cuando|Quizás|Ayer|Alguien|Nada|Entonces|Siempre|Después",
    "ru": "Никто|Каждый|Когда|Иногда|Вчера|Кто-то|Ничего|Потом|Наверное|Режиссёр",
    "zh-Hans": "安静|马上|于是|方便|高兴|温暖|明白|许多人|周围|成功|白天|常常|单独|金色|万一|"
    "都还没|左边|师傅|水平",
    "ja": "助監督|全員|誰も|カメラ|みなさん|お客さん|副監督|スタッフ",
    "ko": "아무도|모두|가끔|어제|누군가|감독님|작가님|여러분",
}  # fmt: skip
START_FRAMES = {
    "en": "{} said so.|{} thought about money.|{} was quiet.|{} wanted it.",
    "de": "{} sagte etwas.|{} fragte man nach Geld.|{} war still.",
    "fr": "{} a dit cela.|{} pensait au prix.|{} voulait partir.",
    "es": "{} dijo eso.|{} pensaba en el dinero.|{} quería salir.",
    "ru": "{} сказал это.|{} думал о деньгах.|{} хотел уйти.",
    "zh-Hans": "{}说不清楚。|我们觉得{}。|后来{}了。|{}的时候大家都在。",
    "ja": "{}が来た。|{}は静かだった。",
    "ko": "{} 왔다.|{} 조용했다.",
}  # fmt: skip
OTHERS = {
    "en": "I've seen it, and we'd do it again.|That's what I'm afraid of.|"
    "AI wrote the plan, VFX did the rest.|Often I'll ask ChatGPT.|The LED wall said no.|"
    "We shot in October, on a Tuesday.|You've lost that.|"
    "We rendered it in Blender twice.|On Monday the rain came.|EVERYTHING was wrong.",
    "de": "Ein Glas Schnaps und drei Tage Lohn.|Der Rand der Stadt war dunkel.|"
    "Am Ende der Woche kam die Rechnung.|Die Seite der Treppe fehlt.|Ohne Maske ging nichts.|"
    "Händen und Füßen sah man es an.|Zwei Stunden Pause.|"
    "Die KI sagte nein.|Das Licht der Lampe, der Schatten der Wand.|"
    "Während der Probe schlief der Junge.",
    "fr": "J'ai vu la lumière.|L'écran a tout pris.|C'est l'IA qui décide.|"
    "Qu'il parte demain.|D'abord on attend.",
    "es": "La IA lo decide todo.|En Navidad no rodamos.|El lunes llovió.|Al final ganó la máquina.",
    "ru": "ИИ решил всё сам.|В Москве шёл дождь.|Мы снимали зимой.|Машина сказала нет.",
    "zh-Hans": "张开手以后就没事了。|单和双都一样。|许可证还没有下来。|白发很真实。|"
    "左耳听不见。|高处有灯。|阿姨做的饭很好吃。",
    "ja": "今日は静かだった。|光がきれいでした。|映画を撮るのは楽しい。",
    "ko": "오늘은 조용했다.|빛이 예뻤다.|영화는 어렵다.",
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A sentence; `name` is the stretch that names somebody, if anything does."""

    text: str
    language: str
    name: tuple[int, int] | None


def sentences(rng: random.Random, language: str) -> list[Said]:
    """Put together what is said in one language."""
    made = []
    for _ in range(NAMING // len(NAMES)):
        name = rng.choice(NAMES[language].split("|"))
        before, _, after = rng.choice(NAMING_FRAMES[language].split("|")).partition("{}")
        text = before + name + after
        place = (len(before), len(before) + len(name))
        made.append(Said(text[:1].upper() + text[1:], language, place))
    while len(made) < NAMING // len(NAMES) * (1 + EMPTY_FOR_EACH):
        if rng.random() < 0.6:
            start = rng.choice(STARTS[language].split("|"))
            text = rng.choice(START_FRAMES[language].split("|")).replace("{}", start)
        else:
            text = rng.choice(OTHERS[language].split("|"))
        made.append(Said(text, language, None))
    rng.shuffle(made)
    return made


def main() -> None:
    """Measure and print the JSON line."""
    rng = random.Random(SEED)
    nobody = Known({})
    right: Counter[str] = Counter()
    listed: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    missed: Counter[tuple[str, str]] = Counter()
    seconds, count = 0.0, 0
    for language in NAMES:
        said = sentences(rng, language)
        for first in range(0, len(said), TALK):
            talk = said[first : first + TALK]
            began = time.perf_counter()
            ordinary = Ordinary([(each.text, each.language) for each in talk])
            found = [
                nobody.suspects(each.text, language=language, ordinary=ordinary) for each in talk
            ]
            seconds += time.perf_counter() - began
            count += len(talk)
            for each, spans in zip(talk, found, strict=True):
                hits = [
                    each.name and s.start < each.name[1] and each.name[0] < s.end for s in spans
                ]
                wanted[language] += each.name is not None
                missed[language, each.text] += each.name is not None and not any(hits)
                right[language] += any(hits)
                listed[language] += len(spans)
                wrong.update(
                    (language, each.text[span.start : span.end])
                    for span, hit in zip(spans, hits, strict=True)
                    if not hit
                )
    print("wrong", wrong.most_common(25))
    print("missed", missed.most_common(25))
    recall = {tag: round(right[tag] / wanted[tag], 3) for tag in NAMES}
    precision = {tag: round(right[tag] / max(1, listed[tag]), 3) for tag in NAMES}
    print("recall", recall)
    print("precision", precision)
    report(
        "suspects",
        {
            "recall": sum(right.values()) / sum(wanted.values()),
            "precision": sum(right.values()) / sum(listed.values()),
            "lowest_precision": min(precision.values()),
            "sentences_per_second": count / seconds,
            "sentences": count,
            "languages": len(NAMES),
        },
        {"recall": (">=", 0.95), "precision": (">=", 0.9)},
    )


if __name__ == "__main__":
    main()
