"""How it was computed, and the run's card."""

from __future__ import annotations

from typing import Any

from nlp.chapter.document import Block, Heading, Paragraph, Table
from nlp.chapter.material import Material
from nlp.chapter.voice import Voice


def method(material: Material, t: Voice) -> list[Block]:
    """Say what the computer did and what people did."""
    return [
        Heading(t("How it was done")),
        Paragraph(
            t(
                "Known names were masked before anything else. Each passage was turned into a "
                "vector of its meaning ({encoder}); what a language alone adds to it was removed "
                "with a parallel reference corpus that does not come from this study. Themes are "
                "what many clusterings of parts of the passages agree upon; passages are weighted "
                "so that a talkative person does not drown the others. Everything ran on the "
                "study’s own machine.",
                encoder=material.found.run.encoder,
            )
        ),
        Paragraph(
            t(
                "The computer cut and masked the texts, found the themes, suggested titles and "
                "computed every number. People asked, listened and wrote; they named, merged, "
                "split and moved themes where the appendix says so, chose and released the "
                "quotations, and wrote what stands here in their own words."
            )
        ),
    ]


def card(material: Material, t: Voice) -> list[Block]:
    """Return the run's card: what is needed to judge it and to repeat it."""
    run, quality = material.found.run, material.found.run.quality
    facts = [
        (t("People"), quality.get("people")),
        (t("Passages"), quality.get("passages")),
        (t("Themes"), quality.get("themes")),
        (
            t("Themes found again on parts of the passages (adjusted Rand index)"),
            quality.get("stability"),
        ),
        (
            t("Translated reference sentences in the same theme, vectors as they were"),
            _bias(quality, "before"),
        ),
        (t("The same after what a language alone adds was removed"), _bias(quality, "after")),
        *_agreement(quality, t),
        (t("Coherence of keywords within a language (NPMI)"), quality.get("coherence")),
        (t("Diversity of keywords"), quality.get("diversity")),
        (t("Empty answers set apart"), quality.get("empty")),
        (t("Share of passages in no theme"), quality.get("unassigned")),
        (t("Seed"), run.settings.get("seed")),
    ]
    rows = tuple(
        (name, t.number(value, 2) if isinstance(value, float) else t.number(value))
        for name, value in facts
        if value is not None
    )
    versions = quality.get("versions") or {}
    listed = t.comma.join(f"{name} {version}" for name, version in versions.items())
    return [
        Table(t("The run’s card."), (t("What"), t("Value")), rows),
        Paragraph(
            t(
                "Computed on {day} with {versions}.",
                day=t.day(run.created_at.date()),
                versions=listed or run.encoder,
            ),
            quiet=True,
        ),
    ]


def _agreement(quality: dict[str, Any], t: Voice) -> list[tuple[str, Any]]:
    """Say how far themes follow something else than meaning."""
    agreement = quality.get("agreement") or {}
    names = {
        "language": t("Agreement of theme with language (adjusted mutual information)"),
        "question": t("Agreement of theme with question"),
        "source": t("Agreement of theme with source"),
        "person": t("Agreement of theme with person"),
        "team": t("Agreement of theme with team"),
    }
    return [(name, agreement.get(kind)) for kind, name in names.items()]


def _bias(quality: dict[str, Any], when: str) -> float | None:
    share = ((quality.get("language_bias") or {}).get(when) or {}).get("same_theme")
    return None if share is None else float(share)
