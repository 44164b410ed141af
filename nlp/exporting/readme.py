"""What somebody who opens an export reads first."""

from __future__ import annotations

from collections.abc import Sequence

from data.tables import Study
from i18n import Message, best, say, translate
from nlp.exporting.formats import Format
from survey.answers import Sheet

MASKED = say(
    "Names, nicknames, telephone numbers and addresses in people’s words are masked: colleagues "
    "stand as [colleague], in the language of the text. Masking is not anonymity: who is known to "
    "the public is known by team and role. Print nothing from here that was not released by its "
    "author."
)
UNMASKED = say(
    "Nothing is masked: these are people’s words as they wrote them, with the names they mention. "
    "It was allowed once, for one purpose. Keep it locked, pass it to nobody, delete it when the "
    "purpose is fulfilled."
)
WITHDRAWALS = say(
    "Whoever withdraws after today is still in this file. Ask for a new one before you publish."
)
TABLES = say(
    "One row an entry, with the turns of repeats side by side (task.2.done_by is who did the "
    "second task). A table with a full stop in its name holds one row a turn. All versions of a "
    "questionnaire are in one table; questionnaire_changes says what differs between them. "
    "codebook.csv says what each column and choice means. transcripts and transcript_turns hold "
    "the interviews, turn by turn; recordings stay where they are."
)
ATTACHED = say(
    "The folder “files” holds what people sent with their entries; attached_files says which "
    "answer each belongs to. Where its file is blank, it was too large to be included."
)
HOW: dict[Format, Message] = {
    "csv": say(
        "CSV in UTF-8 with commas. A text that begins with one of = + - @ ' has an apostrophe "
        "before it, so that no spreadsheet takes it for a formula; take one apostrophe away to "
        "have it as it was written. “python manage.py check-export” does so."
    ),
    "excel": say(
        "One workbook. Text is marked as text: nothing in it is a formula, whatever it begins with."
    ),
    "parquet": say("Parquet. Labels of columns and choices are in the schema."),
    "spss": say(
        "SPSS. Choices are numbers with value labels; codebook.csv says which choice each number "
        "stands for."
    ),
}


def readme(
    sheets: Sequence[Sheet],
    study: Study,
    *,
    format: Format,  # noqa: A002 - what it is called everywhere
    language: str,
    masked: bool,
) -> str:
    """Return the text."""
    titles = study.texts.get("title") or {"": study.slug}
    title = titles[best([language], titles, default=next(iter(titles)))]
    parts = [MASKED if masked else UNMASKED, WITHDRAWALS, TABLES, HOW[format]]
    if not masked:
        parts.append(ATTACHED)
    if study.invented:
        parts.insert(0, say("This study is invented: no person, no word in it is real."))
    tables = "\n".join(f"{sheet.name}: {len(sheet.rows)}" for sheet in sheets)
    said = "\n\n".join(translate(part, language) for part in parts)
    return f"{title}\n\n{said}\n\n{tables}\n"
