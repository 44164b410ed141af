"""Interviews made up in nine languages, which are the truth that files are written from.

The words are our own. An interview has two to four speakers; turns have one to three paragraphs;
some sentences hold a colon, a time of day or a quotation, which must not be taken for a label.
"""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """One turn of the truth: who, from when to when in seconds, the paragraphs."""

    speaker: str
    start: float
    end: float
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs on lines of their own."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True)
class Made:
    """A file made from an interview.

    Attributes:
        kind: Format and convention, for the report.
        filename: Its name.
        content: Its bytes.
        truth: The turns as they must be read.
        named: Whether the file says who speaks.
        timed: Whether it says when turns begin.
    """

    kind: str
    filename: str
    content: bytes
    truth: list[Said]
    named: bool = True
    timed: bool = False


NAMES = {
    "en": ("Interviewer", "Maya Collins", "Dr. Reed", "Tom Hale"),
    "de": ("Interviewerin", "Jürgen Weiß", "Anna-Lena", "Dr. Möller"),
    "fr": ("Enquêteur", "Hélène Dubois", "Jean-Luc", "François Petit"),
    "es": ("Entrevistadora", "José Peña", "Lucía Ibáñez", "Andrés Gil"),
    "ru": ("Интервьюер", "Ольга Седова", "Пётр", "Илья Громов"),
    "ar": ("المحاور", "سلمى حداد", "يوسف", "ليلى نصر"),
    "zh": ("主持人", "陈导", "李想", "王小梅"),
    "ja": ("聞き手", "田中", "佐藤監督", "ミカ"),
    "ko": ("진행자", "김민수", "박 감독", "이서연"),
}
INITIALS = {
    "en": ("I", "MC", "R2", "T"),
    "de": ("I", "B1", "JW", "AL"),
    "fr": ("E", "HD", "JL", "F"),
    "es": ("E", "JP", "LI", "A2"),
    "ru": ("И", "ОС", "П2", "ИГ"),
    "ar": ("م", "س ح", "ي ن", "ل ك"),
    "zh": ("问", "答", "C1", "W2"),
    "ja": ("Q", "A", "T1", "M2"),
    "ko": ("문", "답", "K1", "S2"),
}
SENTENCES = {
    "en": (
        "We shot the same corridor nine times before lunch.",
        "Remember: never trust the first version.",
        "I kept the take because her hand was shaking.",
        "At 10:30 the server stopped, and so did we.",
        "Who decided that?",
        "Honestly, the budget moved from lights to computers.",
        "He said: 'let the machine fail first'.",
        "My grandmother would have laughed at it - loudly.",
    ),
    "de": (
        "Wir haben den Flur neunmal gedreht, bevor es Essen gab.",
        "Merke: Die erste Fassung ist nie die beste.",
        "Ich habe die Aufnahme behalten, weil ihre Hand zitterte.",
        "Um 10:30 Uhr fiel der Server aus, und wir auch.",
        "Wer hat das entschieden?",
        "Ehrlich gesagt, das Geld ging von den Lampen zu den Rechnern.",
        "Er sagte: lass die Maschine zuerst scheitern.",
        "Meine Großmutter hätte darüber gelacht – und zwar laut.",
    ),
    "fr": (
        "Nous avons tourné le couloir neuf fois avant le déjeuner.",
        "Attention : la première version n'est jamais la bonne.",
        "J'ai gardé la prise parce que sa main tremblait.",
        "À 10:30 le serveur est tombé, et nous aussi.",
        "Qui l'a décidé ?",
        "Honnêtement, l'argent est passé des lampes aux machines.",
        "Il a dit : laissons la machine échouer d'abord.",
        "Ma grand-mère en aurait ri – très fort.",
    ),
    "es": (
        "Rodamos el pasillo nueve veces antes de comer.",
        "Recuerda: la primera versión nunca es la buena.",
        "Me quedé con la toma porque le temblaba la mano.",
        "A las 10:30 se cayó el servidor, y nosotros también.",
        "¿Quién lo decidió?",
        "La verdad, el dinero pasó de las luces a los ordenadores.",
        "Él dijo: que falle primero la máquina.",
        "Mi abuela se habría reído – muy fuerte.",
    ),
    "ru": (
        "Мы снимали этот коридор девять раз до обеда.",
        "Помните: первая версия никогда не лучшая.",
        "Я оставила дубль, потому что у неё дрожала рука.",
        "В 10:30 сервер упал, и мы вместе с ним.",
        "Кто это решил?",
        "Честно говоря, деньги ушли от света к компьютерам.",
        "Он сказал: пусть сначала ошибётся машина.",
        "Моя бабушка посмеялась бы – очень громко.",
    ),
    "ar": (
        "صورنا الممر تسع مرات قبل الغداء.",
        "تذكر: النسخة الأولى ليست الأفضل أبدا.",
        "احتفظت باللقطة لأن يدها كانت ترتجف.",
        "في الساعة 10:30 توقف الخادم وتوقفنا معه.",
        "من قرر ذلك؟",
        "بصراحة انتقل المال من الإضاءة إلى الحواسيب.",
        "قال لي: دع الآلة تخطئ أولا.",
        "كانت جدتي ستضحك من ذلك بصوت عال.",
    ),
    "zh": (
        "午饭前我们把那条走廊拍了九遍。",
        "记住：第一版永远不是最好的。",
        "我留下那一条，因为她的手在发抖。",
        "10:30服务器停了，我们也停了。",
        "这是谁决定的？",
        "说实话，预算从灯光挪到了电脑上。",
        "他说：让机器先失败。",
        "我奶奶看了会笑的——大声地笑。",
    ),
    "ja": (
        "昼までに同じ廊下を九回撮りました。",
        "注意：最初の版が一番良いことはありません。",
        "手が震えていたので、あのテイクを残しました。",
        "10:30にサーバーが止まり、私たちも止まりました。",
        "誰が決めたのですか？",
        "正直、予算は照明からコンピューターに移りました。",
        "彼は言った：まず機械に失敗させよう。",
        "祖母なら大声で笑ったでしょう。",
    ),
    "ko": (
        "점심 전까지 같은 복도를 아홉 번 찍었습니다.",
        "주의: 첫 번째 판이 가장 좋은 적은 없습니다.",
        "손이 떨리고 있어서 그 테이크를 남겼어요.",
        "10:30에 서버가 멈췄고 우리도 멈췄습니다.",
        "누가 결정했나요?",
        "솔직히 예산은 조명에서 컴퓨터로 옮겨 갔어요.",
        "그가 말했다: 먼저 기계가 실패하게 하자.",
        "할머니라면 크게 웃으셨을 거예요.",
    ),
}
UNSPACED = frozenset({"zh", "ja"})


def interview(
    language: str, rng: random.Random, labels: tuple[str, ...] | None = None
) -> list[Said]:
    """Make up an interview of 10 to 40 turns; one in five has a guest who speaks once."""
    names = labels or NAMES[language]
    people = list(names[: rng.choice((2, 2, 3))])
    order = [people[at % len(people)] for at in range(rng.randint(10, 40))]
    if labels is None and rng.random() < 0.2:
        order.insert(len(order) // 2, names[3])
    turns = []
    clock = 0.0
    for speaker in order:
        paragraphs = tuple(
            ("" if language in UNSPACED else " ").join(
                rng.sample(SENTENCES[language], rng.randint(1, 3))
            )
            for _ in range(rng.choice((1, 1, 1, 2, 3)))
        )
        end = clock + rng.randint(2, 60)
        turns.append(Said(speaker, clock, end, paragraphs))
        clock = end
    return turns


def clock(seconds: float, *, hours: bool = True, fraction: str = "") -> str:
    """Write seconds as a time code."""
    whole = int(seconds)
    text = f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
    text = text if hours else f"{whole // 60}:{whole % 60:02}"
    return f"{text}{fraction}{round(seconds % 1 * 1000):03}" if fraction else text
