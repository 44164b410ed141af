"""How fast questionnaires are: loading, the first draw, and what one answer sets off.

The form measured is made here, of the size of the large ones in use: 500 questions, 400 rules of
relevance, two languages, groups and repeats. Expressions are those of the real questionnaires in
`../shared/benchmarks/xlsforms`, evaluated where they stand. `python -m bench.forms`.
"""

from __future__ import annotations

import gc
import statistics
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random

from openpyxl import Workbook
from pyxform.xls2xform import convert

from bench.report import Goal, report
from survey.filling import Filling
from survey.filling.plan import formulas_of
from survey.filling.tree import nodes_at
from survey.xlsform import Form, FormError, Question, load

QUESTIONS = 500
RULES = 400
RUNS = 7
FILES = Path(__file__).parents[2] / "shared" / "benchmarks" / "xlsforms"
HEADINGS = (
    "type",
    "name",
    "label::English (en)",
    "label::中文 (zh-Hans)",
    "relevant",
    "required",
    "constraint",
    "calculation",
    "repeat_count",
)
KINDS = ("integer", "text", "select_one yes_no", "select_multiple tools", "decimal", "date")
GOALS: dict[str, Goal] = {
    "recomputation_median_ms": ("<=", 5),
    "load_ratio_to_pyxform": ("<=", 1.5),
    "expression_median_us": ("<=", 20),
}


def make_workbook(prefix: str = "q") -> bytes:
    """Make the large questionnaire as an .xlsx file; names begin with the prefix."""
    book = Workbook(write_only=True)
    survey = book.create_sheet("survey")
    survey.append(HEADINGS)
    for row in rows(prefix):
        survey.append(row)
    choices = book.create_sheet("choices")
    choices.append(("list_name", "name", "label::English (en)", "label::中文 (zh-Hans)"))
    for name, chinese in (("yes", "是"), ("no", "否")):
        choices.append(("yes_no", name, name, chinese))
    for number in range(8):
        choices.append(("tools", f"t{number}", f"Tool {number}", f"工具 {number}"))
    settings = book.create_sheet("settings")
    settings.append(("form_title", "form_id", "version"))
    settings.append(("Large", "large", "1"))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def rows(prefix: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows: sections of 25 questions, every fifth section a repeat, rules throughout."""
    random = Random(7)
    rules = 0
    for number in range(QUESTIONS):
        if number % 25 == 0:
            if number:
                yield ("end repeat" if (number // 25) % 5 == 0 else "end group",)
            section = f"s{number // 25}"
            repeat = (number // 25 + 1) % 5 == 0
            kind = "begin repeat" if repeat else "begin group"
            yield (kind, section, section, section, "", "", "", "", "3" if repeat else "")
        kind = KINDS[number % len(KINDS)]
        relevant = ""
        if number % 5 and rules < RULES and number > 1:
            rules += 1
            relevant = rule(
                prefix, random.randrange(max(0, number - number % 25), number) if number % 25 else 0
            )
        constraint = ". >= 0 and . <= 1000" if kind in ("integer", "decimal") else ""
        calculation = ""
        if number % 50 == 49:
            kind, calculation = (
                "calculate",
                f"concat(${{{prefix}{number - 1}}}, '-', ${{{prefix}{number - 3}}})",
            )
        yield (
            kind,
            f"{prefix}{number}",
            f"Question {number}",
            f"问题 {number}",
            relevant,
            "yes" if number % 3 == 0 else "",
            constraint,
            calculation,
        )
    yield ("end repeat",) if (QUESTIONS // 25) % 5 == 0 else ("end group",)


def rule(prefix: str, number: int) -> str:
    """Return a rule about an earlier question."""
    name = f"${{{prefix}{number}}}"
    match KINDS[number % len(KINDS)].split()[0]:
        case "integer" | "decimal":
            return f"{name} > 3 or {name} = ''"
        case "select_one":
            return f"{name} = 'yes' or {name} = ''"
        case "select_multiple":
            return f"not(selected({name}, 't3'))"
        case "date":
            return f"{name} = '' or {name} > '2020-01-01'"
    return f"string-length({name}) < 200"


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    gc.collect()  # so that nobody pays for what others left behind
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def load_times() -> tuple[float, float]:
    """Return the median seconds of our load and of pyxform's conversion, measured in turns.

    Each turn has names of its own, so that nothing compiled in an earlier one helps.
    """
    ours, theirs = [], []
    for turn in range(RUNS):
        content = make_workbook(f"turn{turn}_")
        theirs.append(seconds(partial(convert, content, file_type=".xlsx")))
        ours.append(seconds(partial(load, content)))
    return statistics.median(ours), statistics.median(theirs)


def answer_for(question: Question, random: Random) -> object:
    """Return an answer to a question of the large form."""
    match question.type:
        case "integer" | "decimal":
            return random.randrange(10)
        case "select_one":
            return random.choice(("yes", "no"))
        case "select_multiple":
            return random.sample([f"t{number}" for number in range(8)], 3)
        case "date":
            return random.choice(("2019-05-01", "2026-06-20"))
    return random.choice(("the light", "光"))


def recomputations(form: Form) -> list[float]:
    """Return the seconds each of many single answers takes until everything follows from it."""
    random = Random(11)
    filling = Filling(form)
    taken = []
    for _ in range(30):
        places = [place for place in filling.walk() if place.part == "question"]
        for place in random.choices(places, k=50):
            if isinstance(place.element, Question) and filling.relevant(place.path):
                answer = partial(filling.answer, place.path, answer_for(place.element, random))
                begun = time.perf_counter()
                answer()
                taken.append(time.perf_counter() - begun)
    return taken


def first_draw(form: Form) -> None:
    """Open a filling and ask for everything a screen shows."""
    filling = Filling(form, language="zh-Hans")
    for place in filling.walk():
        filling.label(place.path)
        if place.part == "question":
            filling.hint(place.path)
            filling.required(place.path)
            filling.readonly(place.path)
            filling.value(place.path)
            if isinstance(place.element, Question) and place.element.choices is not None:
                filling.choices(place.path)


def expression_times() -> list[float]:
    """Return the seconds of one evaluation of each expression of the real questionnaires."""
    taken = []
    for path in sorted(FILES.glob("*")):
        try:
            form = load(path)
        except FormError:
            continue
        filling = Filling(form)
        for element in form.walk():
            for _, formula in formulas_of(element):
                for node in nodes_at(element.path, filling.root)[:1]:
                    context = filling.context(node.path())
                    rounds = 200
                    begun = time.perf_counter()
                    for _ in range(rounds):
                        formula.expression.evaluate(context)
                    taken.append((time.perf_counter() - begun) / rounds)
    return taken


def main() -> None:
    """Measure and report."""
    warnings.simplefilter("ignore")
    form = load(make_workbook())
    ours, theirs = load_times()
    answers = recomputations(form)
    expressions = expression_times()
    figures = {
        "load_ms": ours * 1000,
        "load_ratio_to_pyxform": ours / theirs,
        "first_draw_ms": statistics.median(seconds(lambda: first_draw(form)) for _ in range(RUNS))
        * 1000,
        "recomputation_median_ms": statistics.median(answers) * 1000,
        "recomputation_p99_ms": statistics.quantiles(answers, n=100)[98] * 1000,
        "validation_ms": statistics.median(seconds(Filling(form).problems) for _ in range(RUNS))
        * 1000,
        "questions": float(sum(1 for _ in form.questions())),
        "rules": float(sum(element.relevant is not None for element in form.walk())),
    }
    goals = dict(GOALS)
    if expressions:
        figures["expression_median_us"] = statistics.median(expressions) * 1e6
        figures["expressions"] = float(len(expressions))
    else:
        goals.pop("expression_median_us")
    rounded = {name: round(value, 4) for name, value in figures.items()}
    report(
        "forms", rounded, goals, baseline={"pyxform_convert_ms": round(theirs * 1000, 2)}, runs=RUNS
    )


if __name__ == "__main__":
    main()
