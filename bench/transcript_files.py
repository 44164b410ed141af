"""Interviews made up in nine languages, written in every format and convention, with their truth.

The words are our own. An interview has two to four speakers; turns have one to three paragraphs;
some sentences hold a colon, a time of day or a quotation, which must not be taken for a label.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from docx import Document
from odf.opendocument import OpenDocumentText
from odf.text import P
from openpyxl import Workbook


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
ENCODINGS = {
    "en": ("utf-8", "utf-8-sig", "utf-16"),
    "de": ("utf-8", "utf-16", "cp1252"),
    "fr": ("utf-8", "utf-16-le", "cp1252"),
    "es": ("utf-8", "utf-8-sig", "cp1252"),
    "ru": ("utf-8", "cp1251", "koi8-r"),
    "ar": ("utf-8", "utf-16", "cp1256"),
    "zh": ("utf-8", "gb18030", "utf-16-le", "utf-8-sig"),
    "ja": ("utf-8", "shift_jis", "utf-16", "euc_jp"),
    "ko": ("utf-8", "euc_kr", "utf-16"),
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


def encoded(text: str, language: str, rng: random.Random) -> bytes:
    """Write a text in one of the encodings used for its language, UTF-8 where it does not fit."""
    encoding = rng.choice(ENCODINGS[language])
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode()


def _lines(write: Callable[[Said], str], *, gap: str = "\n\n") -> Callable[[list[Said]], str]:
    return lambda turns: gap.join(write(turn) for turn in turns) + "\n"


def _paragraphs(turn: Said) -> str:
    return "\n\n".join(turn.paragraphs)


TEXTS: dict[str, tuple[Callable[[list[Said]], str], bool]] = {
    # name: how it is written, whether it tells the times
    "colon": (_lines(lambda t: f"{t.speaker}: {_paragraphs(t)}"), False),
    "colon dense": (_lines(lambda t: f"{t.speaker}: {t.text}", gap="\n"), False),
    "wide colon": (_lines(lambda t: f"{t.speaker}：{_paragraphs(t)}"), False),
    "french colon": (_lines(lambda t: f"{t.speaker} : {_paragraphs(t)}"), False),
    "colon, words below": (_lines(lambda t: f"{t.speaker}:\n{_paragraphs(t)}"), False),
    "markdown": (_lines(lambda t: f"**{t.speaker}:** {_paragraphs(t)}"), False),
    "time, colon": (_lines(lambda t: f"[{clock(t.start)}] {t.speaker}: {_paragraphs(t)}"), True),
    "bare time, colon": (_lines(lambda t: f"{clock(t.start)} {t.speaker}: {t.text}"), True),
    "colon after time": (
        _lines(lambda t: f"{t.speaker} ({clock(t.start, hours=False)}): {_paragraphs(t)}"),
        True,
    ),
    "Rev": (_lines(lambda t: f"{t.speaker} ({clock(t.start)}):\n{_paragraphs(t)}"), True),
    "Otter": (
        _lines(lambda t: f"{t.speaker}  {clock(t.start, hours=False)}\n{_paragraphs(t)}"),
        True,
    ),
    "time above, name": (
        _lines(lambda t: f"[{clock(t.start)}] {t.speaker}\n{_paragraphs(t)}"),
        True,
    ),
    "Happy Scribe": (_lines(lambda t: f"[{clock(t.start)}] - {t.speaker}\n{_paragraphs(t)}"), True),
    "name, time, words": (
        _lines(lambda t: f"{t.speaker} [{clock(t.start)}] {_paragraphs(t)}"),
        True,
    ),
    "Teams": (
        _lines(
            lambda t: (
                f"{clock(t.start, fraction='.')} --> {clock(t.end, fraction='.')}\n"
                f"{t.speaker}\n{t.text}"
            )
        ),
        True,
    ),
    "Meet": (_lines(lambda t: f"{clock(t.start)}\n\n{t.speaker}: {_paragraphs(t)}"), True),
    "Whisper log": (
        _lines(
            lambda t: (
                f"[{clock(t.start, fraction='.')} --> {clock(t.end, fraction='.')}] "
                f"[{t.speaker}] {t.text}"
            ),
            gap="\n",
        ),
        True,
    ),
    "f4": (
        _lines(lambda t: f"{t.speaker}: {t.text} #{clock(t.end)}-0#", gap="\n"),
        True,
    ),
    "brackets": (_lines(lambda t: f"[{t.speaker}] {_paragraphs(t)}"), False),
    "angle brackets": (_lines(lambda t: f"<{t.speaker}> {t.text}", gap="\n"), False),
    "name alone": (_lines(lambda t: f"{t.speaker}\n{_paragraphs(t)}"), False),
    "name alone, dense": (_lines(lambda t: f"{t.speaker}\n{t.text}", gap="\n"), False),
    "tab": (_lines(lambda t: f"{t.speaker}\t{t.text}", gap="\n"), False),
    "dash": (_lines(lambda t: f"{t.speaker} – {_paragraphs(t)}"), False),
    "arrows, name": (_lines(lambda t: f">> {t.speaker}: {_paragraphs(t)}"), False),
}
UNNAMED: dict[str, tuple[Callable[[list[Said]], str], bool]] = {
    "arrows": (_lines(lambda t: f">> {_paragraphs(t)}"), False),
    "times": (_lines(lambda t: f"[{clock(t.start)}] {_paragraphs(t)}"), True),
}


def texts(language: str, rng: random.Random) -> list[Made]:
    """Write an interview as plain text in every convention, each in one encoding."""
    made = []
    for name, (write, timed) in (TEXTS | UNNAMED).items():
        turns = interview(language, rng)
        content = encoded(write(turns), language, rng)
        made.append(
            Made(f"text: {name}", f"{language}.txt", content, turns, name not in UNNAMED, timed)
        )
    for name, write in {
        "initials": TEXTS["colon"][0],
        "initials, dense": TEXTS["colon dense"][0],
        "initials, tab": TEXTS["tab"][0],
    }.items():
        turns = interview(language, rng, INITIALS[language])
        made.append(Made(f"text: {name}", f"{language}.txt", write(turns).encode(), turns))
    turns = interview(language, rng, ("Q", "A"))
    content = "\n\n".join(f"{turn.speaker}. {_paragraphs(turn)}" for turn in turns).encode()
    made.append(Made("text: Q. A.", f"{language}.txt", content, turns))
    if NAMES[language][1].upper() != NAMES[language][1]:
        capitals = tuple(name.upper() for name in NAMES[language])
        turns = interview(language, rng, capitals)
        content = "\n\n".join(f"{turn.speaker} {_paragraphs(turn)}" for turn in turns).encode()
        made.append(Made("text: capitals", f"{language}.txt", content, turns))
    return made


def captions(language: str, rng: random.Random) -> list[Made]:
    """Write an interview as WebVTT and SRT, every paragraph a cue."""
    made = []
    for name, suffix in (("voices", "vtt"), ("labels", "vtt"), ("labels", "srt"), ("first", "srt")):
        turns = interview(language, rng)
        blocks = ["WEBVTT"] if suffix == "vtt" else []
        for turn in turns:
            step = (turn.end - turn.start) / len(turn.paragraphs)
            for at, words in enumerate(turn.paragraphs):
                begin, end = turn.start + at * step, turn.start + (at + 1) * step
                mark = "." if suffix == "vtt" else ","
                timing = f"{clock(begin, fraction=mark)} --> {clock(end, fraction=mark)}"
                label = f"{turn.speaker}: " if name == "labels" or at == 0 else ""
                line = f"<v {turn.speaker}>{words}</v>" if name == "voices" else label + words
                blocks.append(f"{len(blocks) + (suffix == 'srt')}\n{timing}\n{line}")
        content = ("\n\n".join(blocks) + "\n").encode()
        made.append(Made(f"{suffix}: {name}", f"{language}.{suffix}", content, turns, timed=True))
    return made


def tables(language: str, rng: random.Random) -> list[Made]:
    """Write an interview as CSV, TSV and Excel, with and without headings."""
    made = []
    heads = ["Speaker", "Start", "End", "Text"]
    for name, suffix, separator in (("", "csv", ","), ("semicolon", "csv", ";"), ("", "tsv", "\t")):
        turns = interview(language, rng)
        out = io.StringIO()
        writer = csv.writer(out, delimiter=separator)
        writer.writerow(heads)
        writer.writerows([t.speaker, clock(t.start), clock(t.end), t.text] for t in turns)
        content = encoded(out.getvalue(), language, rng)
        made.append(
            Made(
                f"{suffix}: {name or 'headings'}",
                f"{language}.{suffix}",
                content,
                turns,
                timed=True,
            )
        )
    turns = interview(language, rng)
    out = io.StringIO()
    csv.writer(out).writerows([turn.speaker, turn.text] for turn in turns)
    made.append(Made("csv: no headings", f"{language}.csv", out.getvalue().encode(), turns))
    return made


def excel(language: str, rng: random.Random) -> list[Made]:
    """Write an interview as an Excel file."""
    turns = interview(language, rng)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Nr", "Name", "Transcript", "Timecode"])
    for number, turn in enumerate(turns):
        sheet.append([number + 1, turn.speaker, turn.text, clock(turn.start)])
    return [Made("xlsx", f"{language}.xlsx", saved(book), turns, timed=True)]


def word(language: str, rng: random.Random) -> list[Made]:
    """Write an interview as Word files: labels, bold names, exports of programs, tables."""
    made = []
    for kind, (write, timed) in WORD.items():
        turns = interview(language, rng)
        document = Document()
        document.add_heading("Interview 7", 1)
        for turn in turns:
            first, *rest = turn.paragraphs
            write(document, turn, first)
            for words in rest:
                document.add_paragraph(words)
        made.append(Made(f"docx: {kind}", f"{language}.docx", saved(document), turns, timed=timed))
    for kind in ("table", "table, headings and times"):
        turns = interview(language, rng)
        wide = kind != "table"
        rows = [[clock(t.start)] * wide + [t.speaker, t.text] for t in turns]
        document = Document()
        document.add_paragraph("Interview 7")
        table = document.add_table(rows=0, cols=3 if wide else 2)
        for values in [["Time", "Speaker", "Content"]] * wide + rows:
            for cell, value in zip(table.add_row().cells, values, strict=True):
                cell.text = value
        made.append(Made(f"docx: {kind}", f"{language}.docx", saved(document), turns, timed=wide))
    return made


def saved(document: Any) -> bytes:  # noqa: ANN401 - python-docx and odfpy have no types
    """Return a document's file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _word_colon(document: Any, turn: Said, first: str) -> None:  # noqa: ANN401 - as above
    document.add_paragraph(f"{turn.speaker}: {first}")


def _word_bold(document: Any, turn: Said, first: str, *, colon: str = ":") -> None:  # noqa: ANN401 - as above
    paragraph = document.add_paragraph()
    paragraph.add_run(turn.speaker + colon).bold = True
    paragraph.add_run(" " + first)


def _word_name_above(document: Any, turn: Said, first: str) -> None:  # noqa: ANN401 - as above
    document.add_paragraph(turn.speaker)
    document.add_paragraph(first)


def _word_teams(document: Any, turn: Said, first: str) -> None:  # noqa: ANN401 - as above
    paragraph = document.add_paragraph()
    paragraph.add_run(turn.speaker).bold = True
    paragraph.add_run(f"   {clock(turn.start, hours=False)}")
    paragraph.add_run().add_break()
    paragraph.add_run(first)


def _word_otter(document: Any, turn: Said, first: str) -> None:  # noqa: ANN401 - as above
    document.add_paragraph(f"{turn.speaker}  {clock(turn.start, hours=False)}")
    document.add_paragraph(first)


WORD: dict[str, tuple[Callable[[Any, Said, str], None], bool]] = {
    "colon": (_word_colon, False),
    "bold": (_word_bold, False),
    "bold, no colon": (partial(_word_bold, colon=""), False),
    "name above": (_word_name_above, False),
    "Teams": (_word_teams, True),
    "Otter": (_word_otter, True),
}


def opendocument(language: str, rng: random.Random) -> list[Made]:
    """Write an interview as an OpenDocument text."""
    turns = interview(language, rng)
    document = OpenDocumentText()
    for turn in turns:
        first, *rest = turn.paragraphs
        for words in (f"{turn.speaker}: {first}", *rest):
            document.text.addElement(P(text=words))
    return [Made("odt: colon", f"{language}.odt", saved(document), turns)]


def pdf(language: str, rng: random.Random) -> list[Made]:
    """Write an interview as a PDF of wrapped lines with page numbers."""
    turns = interview(language, rng)
    width = 40 if language in UNSPACED else 78
    lines: list[str] = []
    for turn in turns:
        first, *rest = turn.paragraphs
        for words in (f"{turn.speaker}: {first}", *rest):
            broken = wrapped(words, width, spaced=language not in UNSPACED)
            lines.extend(drawn(line) if language == "ar" else line for line in broken)
    return [Made("pdf: colon", f"{language}.pdf", pdf_of(lines), turns)]


def drawn(line: str) -> str:
    """Put an Arabic line into the order in which its letters are drawn from the left."""
    return "".join(
        run[::-1] if not run[0].isdigit() else run
        for run in reversed(re.findall(r"\d[\d:]*|[^\d]+", line))
    )


def wrapped(text: str, width: int, *, spaced: bool) -> list[str]:
    """Break a paragraph into lines."""
    lines = [""]
    for piece in text.split(" ") if spaced else text:
        glue = " " if spaced and lines[-1] else ""
        if len(lines[-1]) + len(glue) + len(piece) > width:
            lines.append(piece)
        else:
            lines[-1] += glue + piece
    return lines


def pdf_of(lines: list[str], *, height: int = 45) -> bytes:
    """Write lines as a PDF; the font is only named, its character map says what is written."""
    pages = [lines[at : at + height] for at in range(0, len(lines), height)]
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange "
        "1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids ["
        + " ".join(f"{6 + 2 * at} 0 R" for at in range(len(pages)))
        + "] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H "
        "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>",
        f"<< /Length {len(to_unicode)} >> stream\n{to_unicode}\nendstream",
    ]
    for number, page in enumerate(pages):
        shown = [*page, str(number + 1)]
        drawn = "BT /F 11 Tf 60 780 Td " + " ".join(
            f"<{line.encode('utf-16-be').hex()}> Tj 0 -16 Td" for line in shown
        )
        drawn += " ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F 3 0 R >> >> /Contents {7 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawn)} >> stream\n{drawn}\nendstream")
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return out + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode("ascii")


def recognisers(language: str, rng: random.Random) -> list[Made]:
    """Write an interview as the JSON of the usual recognisers, every paragraph a segment."""
    made = []

    def add(kind: str, turns: list[Said], data: object) -> None:
        content = json.dumps(data, ensure_ascii=rng.random() < 0.5).encode()
        made.append(Made(f"json: {kind}", f"{language}.json", content, turns, timed=True))

    def segments(turns: list[Said], scale: float = 1) -> list[tuple[Said, float, float, str]]:
        found = []
        for turn in turns:
            step = (turn.end - turn.start) / len(turn.paragraphs)
            for at, words in enumerate(turn.paragraphs):
                begin, end = turn.start + at * step, turn.start + (at + 1) * step
                found.append((turn, begin * scale, end * scale, words))
        return found

    turns = interview(language, rng)
    add(
        "Whisper with speakers",
        turns,
        {
            "language": language,
            "segments": [
                {"start": begin, "end": end, "text": " " + words, "speaker": turn.speaker}
                for turn, begin, end, words in segments(turns)
            ],
        },
    )
    turns = interview(language, rng)
    add(
        "AssemblyAI",
        turns,
        {
            "utterances": [
                {"speaker": turn.speaker, "start": int(begin), "end": int(end), "text": words}
                for turn, begin, end, words in segments(turns, 1000)
            ]
        },
    )
    turns = interview(language, rng)
    add(
        "Deepgram",
        turns,
        {
            "results": {
                "utterances": [
                    {"speaker": turn.speaker, "start": begin, "end": end, "transcript": words}
                    for turn, begin, end, words in segments(turns)
                ]
            }
        },
    )
    turns = interview(language, rng)
    add(
        "AWS",
        turns,
        {
            "results": {
                "audio_segments": [
                    {
                        "speaker_label": turn.speaker,
                        "start_time": str(begin),
                        "end_time": str(end),
                        "transcript": words,
                    }
                    for turn, begin, end, words in segments(turns)
                ]
            }
        },
    )
    return made


FORMATS = (texts, captions, tables, excel, word, opendocument, pdf, recognisers)


def all_files(language: str, seed: int) -> list[Made]:
    """Make one file of every format and convention in a language."""
    rng = random.Random(f"{language} {seed}")
    return [made for write in FORMATS for made in write(language, rng)]
