"""Tables with one turn a row: which column holds speakers, words and times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import permutations

from i18n import say
from survey.transcripts import limits
from survey.transcripts.cues import Cue, read_cues, scaled
from survey.transcripts.model import Choice, Reading, TranscriptError, Turn
from survey.transcripts.names import could_be_name, tidy
from survey.transcripts.timecodes import span


def _words(text: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ").casefold() for word in text.split())


HEADINGS = {
    "speaker": _words("""
        speaker speakers speaker_name speaker_label name who participant person role label author
        sender user from sprecher sprecherin person_name rolle wer name_des_sprechers locuteur
        intervenant nom personne qui rôle hablante orador nombre persona quién interlocutor
        говорящий спикер участник имя кто роль 说话人 发言人 说话者 讲话人 姓名 角色 發言人
        說話者 說話人
        話者 発言者 名前 화자 발언자 참석자 이름 المتحدث المتكلم الاسم
    """),
    "text": _words("""
        text content transcript transcription utterance sentence message speech words quote answer
        response caption subtitle body inhalt äußerung aussage wortlaut beitrag transkript antwort
        texte contenu énoncé parole réponse texto contenido enunciado respuesta transcripción
        текст содержание реплика высказывание ответ 文本 内容 文字 发言 发言内容 说话内容
        文本内容 內容 發言
        發言內容 発言 発言内容 テキスト 本文 内容文 텍스트 내용 발언 발화 النص المحتوى الكلام نص
    """),
    "start": _words("""
        start start_time starttime begin begin_time in time timestamp timecode time_code timespan
        start_(s) start_(ms) from_time tc_in start_timecode beginn anfang startzeit zeit zeitmarke
        von début temps horodatage inicio tiempo comienzo marca_de_tiempo начало время 开始
        开始时间
        时间 时间戳 起始时间 開始 開始時間 時間 開始時刻 時刻 시작 시작_시간 시간 البداية الوقت
    """),
    "end": _words("""
        end end_time endtime stop finish out end_(s) end_(ms) to_time tc_out end_timecode ende
        endzeit bis fin final конец окончание 结束 结束时间 终止时间 結束 結束時間 終了
        終了時刻 終了時間 끝
        종료 종료_시간 النهاية
    """),
}
"""What the columns of a transcript are called."""

IDENTIFIERS = _words("""
    id transcript_id interview_id interview participant_id participant respondent respondent_id
    code case case_id file filename document document_id name key no nr number uuid person
    kennung nummer identifiant numéro identificador número номер код 编号 編號 序号 番号 번호 معرف
""")
"""What the column that names an interview is called, in a table with one interview a row."""

_KEY = re.compile(r"(text|speaker|start|end)=(\d{1,4})")
_EXAMINED = 500


@dataclass(frozen=True, slots=True)
class Columns:
    """Column numbers from 0; None where the table has none of that kind."""

    text: int
    speaker: int | None = None
    start: int | None = None
    end: int | None = None
    headed: bool = False

    @property
    def key(self) -> str:
        """The choice that reads a table with these columns."""
        parts = [
            f"{one.name}={getattr(self, one.name)}"
            for one in fields(self)
            if one.name != "headed" and getattr(self, one.name) is not None
        ]
        return "columns:" + ",".join(parts)


def column_choice(
    text: int, speaker: int | None = None, start: int | None = None, end: int | None = None
) -> str:
    """Return the choice that reads a table with these columns, counted from 0."""
    return Columns(text, speaker, start, end).key


def detect(rows: Sequence[Sequence[str]]) -> Columns | None:
    """Return the columns by their headings, else by what is in them; None if none holds words."""
    filled = [row for row in rows[:_EXAMINED] if any(cell.strip() for cell in row)]
    if not filled:
        return None
    headed = _by_headings(filled[0])
    body = filled[1:] if headed else filled
    if not body:
        return None
    width = max(len(row) for row in body)
    held = [
        [row[at].strip() for row in body if at < len(row)]
        for at in range(min(width, limits.COLUMNS))
    ]
    found = dict(headed)
    # A column that numbers or names the rows is no speaker, however few its values.
    naming = {at for at, cell in enumerate(filled[0]) if headed and heading(cell) in IDENTIFIERS}
    taken = naming | set(found.values())
    free = [at for at in range(len(held)) if at not in taken and any(held[at])]
    times = [at for at in free if _are_times(held[at])]
    wordy = [at for at in free if at not in times]
    if not headed:
        found.update(zip(("start", "end"), times, strict=False))
    if "text" not in found:
        if not wordy:
            return None
        found["text"] = max(wordy, key=lambda at: sum(map(len, held[at])))
        wordy.remove(found["text"])
    if "speaker" not in found:
        speakers = [at for at in wordy if _are_speakers(held[at])]
        if speakers:
            found["speaker"] = speakers[0]
    return Columns(
        found["text"], found.get("speaker"), found.get("start"), found.get("end"), bool(headed)
    )


def read_rows(filename: str, rows: Sequence[Sequence[str]], choice: str | None = None) -> Reading:
    """Read a table's rows as turns.

    A row without a speaker continues the turn above it, unless it has its own time. Rows that
    name no speakers at all but have times are segments of a recogniser, and become turns as
    captions do.

    Raises:
        TranscriptError: If a column is not there or none holds words.
    """
    found = detect(rows)
    picked = _picked(filename, rows, choice, found)
    if picked is None:
        raise TranscriptError(say("{file}: no column of this table holds words.", file=filename))
    cues = _cues(rows, picked)
    if len(cues) > limits.TURNS:
        raise TranscriptError(
            say("{file} has more than {count} turns.", file=filename, count=limits.TURNS)
        )
    if not cues:
        raise TranscriptError(
            say(
                "{file}, column {column}: there are no words.",
                file=filename,
                column=picked.text + 1,
            )
        )
    names = _names(rows, picked)
    choices = _choices(rows, picked, names)
    if picked.speaker is None and picked.start is not None:
        reading = read_cues(filename, cues, "columns")
        return Reading(reading.turns, "columns", choices=choices, columns=names)
    return Reading(tuple(_turns(cues)), "columns", choices=choices, columns=names)


def heading(cell: str) -> str:
    """Return a heading as the lists of this module spell it."""
    return " ".join(cell[:100].replace("_", " ").split()).casefold().strip(" :：*")


def _by_headings(row: Sequence[str]) -> dict[str, int]:
    """Return the columns that a first row names; empty if it is no row of headings."""
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        label = heading(cell)
        for kind, labels in HEADINGS.items():
            if label in labels and kind not in found:
                found[kind] = at
                break
    return found if "text" in found or len(found) > 1 else {}


def _are_times(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    timed = sum(1 for cell in filled if len(cell) < 40 and span(cell)[0] is not None)
    return bool(filled) and timed >= len(filled) * 0.8


def _are_speakers(cells: Sequence[str]) -> bool:
    filled = [label for cell in cells if cell and (label := tidy(cell.strip(":： ")))]
    if not filled or sum(map(could_be_name, filled)) < len(filled) * 0.9:
        return False
    different = len({label.casefold() for label in filled})
    return different <= max(2, len(filled) // 2) and not all(label.isdigit() for label in filled)


def _picked(
    filename: str, rows: Sequence[Sequence[str]], choice: str | None, found: Columns | None
) -> Columns | None:
    if choice is None:
        return found
    numbers = {kind: int(number) for kind, number in _KEY.findall(choice)}
    width = max((len(row) for row in rows), default=0)
    if not choice.startswith("columns:") or "text" not in numbers:
        raise TranscriptError(
            say("{file} cannot be read in the way “{choice}”.", file=filename, choice=choice)
        )
    for number in numbers.values():
        if number >= width:
            raise TranscriptError(
                say("{file} has no column {column}.", file=filename, column=number + 1)
            )
    return Columns(**numbers, headed=found is not None and found.headed)


def _cues(rows: Sequence[Sequence[str]], columns: Columns) -> list[Cue]:
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    cues = []
    for row in filled[1:] if columns.headed else filled:
        text = _cell(row, columns.text)
        if not text:
            continue
        speaker = tidy(_cell(row, columns.speaker).rstrip(":： ")) or None
        start, end = _moments(_cell(row, columns.start), _cell(row, columns.end))
        cues.append(Cue(speaker, start, end, text))
    return scaled(cues)


def _cell(row: Sequence[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""


def _moments(start: str, end: str) -> tuple[float | None, float | None]:
    first, second = _moment(start)
    return first, _moment(end)[0] if end else second


def _moment(cell: str) -> tuple[float | None, float | None]:
    if len(cell) > 40:
        return None, None
    try:
        number = float(cell)
    except ValueError:
        return span(cell)
    return (number, None) if 0 <= number < 1e12 else (None, None)


def _turns(cues: Iterable[Cue]) -> Iterator[Turn]:
    begun: Cue | None = None
    words: list[str] = []
    for cue in cues:
        continues = begun is not None and begun.speaker is not None
        if continues and cue.speaker is None and cue.start is None:
            words.append(cue.text)
            continue
        if begun:
            yield Turn(begun.speaker, begun.start, begun.end, "\n".join(words))
        begun, words = cue, [cue.text]
    if begun:
        yield Turn(begun.speaker, begun.start, begun.end, "\n".join(words))


def _names(rows: Sequence[Sequence[str]], columns: Columns) -> tuple[str, ...]:
    first = next((row for row in rows if any(cell.strip() for cell in row)), [])
    width = min(max((len(row) for row in rows), default=0), limits.COLUMNS)
    heads = [_cell(first, at)[:60] if columns.headed else "" for at in range(width)]
    return tuple(head or str(at + 1) for at, head in enumerate(heads))


def _choices(
    rows: Sequence[Sequence[str]], columns: Columns, names: Sequence[str]
) -> tuple[Choice, ...]:
    """Offer other pairs of columns as speaker and words, where few columns leave few pairs."""
    times = {columns.start, columns.end}
    free = [
        at
        for at in range(len(names))
        if at not in times and any(_cell(row, at) for row in rows[:50])
    ]
    used = (columns.speaker, columns.text)
    pairs = [pair for pair in permutations(free, 2) if pair != used] if len(free) <= 3 else []
    return tuple(
        Choice(
            Columns(text, speaker, columns.start, columns.end).key,
            say(
                "Speakers in column “{speaker}”, words in “{text}”.",
                speaker=names[speaker],
                text=names[text],
            ),
        )
        for speaker, text in pairs
    )
