"""Who applied to the study and how many of them came, in numbers that name nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nlp.chapter.document import Block, Paragraph, Table
from nlp.chapter.material import Material
from nlp.chapter.voice import Voice
from nlp.names import country_name, language_name
from survey.applying.funnel import OTHERS, Funnel, grouped


def applicants(material: Material, t: Voice) -> list[Block]:
    """Say how many applied, were reviewed, were invited and came, by country and language."""
    counted = material.funnel
    if counted is None or not counted.applied:
        return []
    threshold = material.study.threshold
    return [
        Paragraph(_said(counted, t)),
        *_table(
            grouped(counted.countries, threshold=threshold),
            t("Applications by country or region; groups of fewer than {threshold} people are put "
              "together.", threshold=threshold),
            t("Country or region"),
            lambda code: country_name(code, t.language),
            t,
        ),
        *_table(
            grouped(counted.languages, threshold=threshold),
            t("Applications by first language; groups of fewer than {threshold} people are put "
              "together.", threshold=threshold),
            t("Language"),
            lambda tag: language_name(tag, t.language),
            t,
        ),
    ]  # fmt: skip


def _said(counted: Funnel, t: Voice) -> str:
    return t(
        "{applied} people applied. {reviewed} applications were reviewed, {invited} people were "
        "invited, and {accepted} came.",
        applied=counted.applied,
        reviewed=counted.reviewed,
        invited=counted.invited,
        accepted=counted.accepted,
    )


def _table(
    counts: Mapping[str, int], caption: str, head: str, name: Callable[[str], str], t: Voice
) -> list[Block]:
    """Return a table of groups; none where they are all one, which says nothing."""
    if len(counts) < 2:
        return []

    def called(group: str) -> str:
        return t("others") if group == OTHERS else name(group) if group else t("not known")

    rows = tuple((called(group), str(number)) for group, number in counts.items())
    return [Table(caption=caption, head=(head, t("Applications")), rows=rows)]
