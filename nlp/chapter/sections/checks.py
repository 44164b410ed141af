"""What people said who read passages without seeing what the computer said of them."""

from __future__ import annotations

from nlp.agreement import written
from nlp.chapter.document import Block, Paragraph, Table
from nlp.chapter.material import Material
from nlp.chapter.voice import Voice
from nlp.checking import Checked, Verdict
from nlp.names import language_name
from nlp.results import title_of


def reviewed(check: Checked | None, t: Voice) -> str:
    """Say of a theme whether people checked it, and in which languages it holds or fails."""
    if check is None or not check.counts or not check.verdicts:
        return t("Computed, unreviewed.")
    named = {
        standing: t.together(
            [
                language_name(tag, t.language)
                for tag, each in check.verdicts.items()
                if each.standing == standing
            ]
        )
        for standing in dict.fromkeys(each.standing for each in check.verdicts.values())
    }
    told = []
    if "holds" in named:
        told.append(
            t(
                "By what people said who checked it, it holds in {languages}.",
                languages=named["holds"],
            )
        )
    if "fails" in named:
        told.append(
            t(
                "By what people said who checked it, it fails in {languages}.",
                languages=named["fails"],
            )
        )
    if "open" in named:
        told.append(
            t("People checked it; it is not decided in {languages}.", languages=named["open"])
        )
    return t.space.join(told)


def checks(material: Material, t: Voice) -> list[Block]:
    """Return a table of all checks: agreement of people, and of the computer with them."""
    rows = [
        _row(title_of(theme, t.language), tag, verdict, t)
        for theme in material.found.themes
        for check in [material.checked.get(theme.number)]
        if check is not None and check.counts
        for tag, verdict in check.verdicts.items()
    ]
    if not rows:
        return [Paragraph(t("Nobody checked a theme yet: all are computed, unreviewed."))]
    return [
        Paragraph(
            t(
                "For each theme and language passages were drawn from those that the computer put "
                "into the theme and from the others. At least two people said of each, without "
                "seeing what the computer or the others said, whether it is about what the theme’s "
                "description says. The unit is a passage. A theme fails in a language where even "
                "the upper end of precision or recall lies below one half: it is compared without "
                "the passages in that language. It holds where both lower ends reach one half."
            )
        ),
        Table(
            t(
                "Agreement of people with each other and of the computer with them "
                "(Krippendorff’s alpha), with 95% intervals from drawing the people who wrote "
                "again."
            ),
            (
                t("Theme"),
                t("Language"),
                t("Passages, coders"),
                t("People"),
                t("Computer"),
                t("Precision"),
                t("Recall"),
                t("Verdict"),
            ),
            tuple(rows),
        ),
    ]


def _row(title: str, tag: str, verdict: Verdict, t: Voice) -> tuple[str, ...]:
    verdicts = {"holds": t("holds"), "fails": t("fails"), "open": t("open")}
    people, computer = verdict.people, verdict.computer
    return (
        title,
        language_name(tag, t.language),
        f"{verdict.passages}, {people.coders}",
        written(people.alpha, people.low, people.high),
        written(computer.alpha, computer.low, computer.high),
        written(verdict.precision.value, verdict.precision.low, verdict.precision.high),
        written(verdict.recall.value, verdict.recall.low, verdict.recall.high),
        verdicts[verdict.standing],
    )
