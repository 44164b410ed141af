"""From passages to themes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from i18n import say
from nlp.themes.blanks import is_blank
from nlp.themes.consensus import Ballot, Consensus, cast
from nlp.themes.ensemble import draw_runs, principal_axes
from nlp.themes.grouping import Grouping
from nlp.themes.hierarchy import together, tree
from nlp.themes.neighbours import smooth
from nlp.themes.number import (
    Stability,
    candidates,
    expected_number,
    measure_stability,
    most_stable,
    smallest_theme,
)
from nlp.themes.report import build
from nlp.themes.result import Themes
from nlp.themes.settings import ThemeError, ThemeSettings
from nlp.themes.shares import passage_shares
from nlp.themes.units import (
    Floats,
    Indices,
    Table,
    Units,
    gather,
    read_table,
    unit_length,
)

# Passages that the consensus is made on; the others are placed by the votes of the same runs.
ANCHORS = 3_000
# Fewer different passages than this are one theme.
FEWEST = 6


@dataclass
class Clock:
    """Seconds that each step took."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure a step."""
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)


def find_themes(
    passages: pd.DataFrame,
    *,
    vectors: npt.ArrayLike | None = None,
    settings: ThemeSettings | None = None,
    asked: npt.ArrayLike | None = None,
) -> Themes:
    """Find themes across languages.

    Depends on the rows, never on their order: the same passages, languages, people and settings
    give the same themes.

    Args:
        passages: Columns text, language (BCP 47) and person; any others (`source`) are only
            described. Index: passage ids.
        vectors: One row a passage, taken as given. Without them the texts are encoded with the
            encoder of the settings and made language-neutral.
        settings: What to ask for; the defaults where None.
        asked: One row a question of the settings, made like `vectors`; needed where these are
            given and there are questions.

    Raises:
        ThemeError: There is no text column, ids occur twice, or the vectors do not fit.
        EncoderError: The encoder cannot be loaded.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # not annotated

    settings = settings or ThemeSettings()
    clock = Clock()
    table = read_table(passages)
    rows = np.flatnonzero([not is_blank(text) for text in table.texts])
    with clock.step("encode"):
        found, guides, encoder = _vectors(table, rows, vectors, settings.questions, asked)
    units = gather(table, rows, found, seed=settings.seed)
    # Many small products: threads would wait for one another, and another number of threads adds
    # up in another order.
    with clock.step("themes"), threadpool_limits(1):
        grouping = group(units, settings, unit_length(guides))
    return build(
        table,
        passages,
        rows=rows,
        units=units,
        grouping=grouping,
        asked=unit_length(guides),
        settings=settings,
        encoder=encoder,
        seconds=clock.seconds,
    )


def _vectors(
    table: Table,
    rows: Indices,
    given: npt.ArrayLike | None,
    questions: tuple[tuple[str, str], ...],
    asked: npt.ArrayLike | None,
) -> tuple[Floats, Floats, str]:
    """Return the vectors of the passages and of the questions, and what made them."""
    if given is not None:
        vectors = np.asarray(given, dtype=np.float32)
        if vectors.ndim != 2 or len(vectors) != len(table):
            raise ThemeError(
                say(
                    "{vectors} vectors were given for {passages} passages; each needs one.",
                    vectors=len(vectors),
                    passages=len(table),
                )
            )
        return vectors[rows], _asked(asked, len(questions), vectors.shape[1]), "given"
    from nlp.encoders import load
    from nlp.neutral import neutralise

    encoder = load()
    raw = encoder.encode([*(table.texts[row] for row in rows), *(text for _, text in questions)])
    languages = [*(table.languages[row] for row in rows), *(tag for tag, _ in questions)]
    neutral = neutralise(raw, languages, encoder=encoder)
    return neutral[: len(rows)], neutral[len(rows) :], encoder.name


def _asked(given: npt.ArrayLike | None, questions: int, width: int) -> Floats:
    vectors = np.zeros((0, width)) if given is None else np.asarray(given, dtype=np.float32)
    if vectors.shape != (questions, width):
        raise ThemeError(
            say(
                "{vectors} vectors were given for {questions} research questions; each needs one "
                "like those of the passages.",
                vectors=len(vectors),
                questions=questions,
            )
        )
    return vectors.astype(np.float32)


def group(units: Units, settings: ThemeSettings, asked: Floats) -> Grouping:
    """Group units into themes; `asked` are the unit vectors of research questions."""
    if len(units) < FEWEST:
        count = min(1, len(units))
        return Grouping(
            np.ones((len(units), count), dtype=np.float32),
            np.zeros(len(units), dtype=np.intp),
            np.ones(count),
            None,
            {},
            (),
        )
    smooth_vectors, smooth_asked = smooth(units.vectors, units.keys, asked)
    passages = float(units.weights.sum()) ** 2 / float((units.weights**2).sum())
    passages = min(passages, float(len(units)))
    axes = principal_axes(smooth_vectors, units.weights)
    places = axes.project(smooth_vectors)
    anchors = np.sort(np.argsort(units.keys, kind="stable")[:ANCHORS])
    weights, own = units.weights[anchors], units.keys[anchors]
    expected = expected_number(passages, settings)
    runs = draw_runs(
        places[anchors],
        axes,
        weights,
        own,
        runs=settings.runs,
        expected=expected,
        seed=settings.seed,
        asked=axes.project(smooth_asked),
    )
    ballot = cast(runs, places[anchors], axes.spread)
    consensus = Consensus(ballot, weights)
    smallest = smallest_theme(float(weights.sum()))
    cuts = {
        number: consensus.cut(number, smallest)
        for number in candidates(passages, len(anchors), settings)
    }
    labels = {number: np.argmax(ballot.votes(cut), axis=1) for number, cut in cuts.items()}
    stability = measure_stability(ballot, labels, weights, own)
    number = most_stable(stability, expected)
    everybody = cast(runs, places, axes.spread)
    shares, themes = passage_shares(everybody.votes(cuts[number]), settings.certainty)
    return _by_size(units, everybody, shares, themes, stability=stability, number=number)


def _by_size(
    units: Units,
    ballot: Ballot,
    shares: Floats,
    themes: Indices,
    *,
    stability: Stability,
    number: int,
) -> Grouping:
    """Number the themes from the largest down; themes that got no passage go."""
    count = shares.shape[1]
    inside = themes >= 0
    sizes = np.bincount(themes[inside], weights=units.weights[inside], minlength=count).astype(
        float
    )
    order = np.lexsort((np.arange(count), -sizes))
    order = order[sizes[order] > 0]
    place = np.full(count + 1, -1)
    place[order] = np.arange(len(order))
    return Grouping(
        shares[:, order],
        place[themes],
        stability.themes[number][order],
        stability.whole[number],
        stability.whole,
        tree(together(ballot, place[themes], units.weights), sizes[order]),
    )
