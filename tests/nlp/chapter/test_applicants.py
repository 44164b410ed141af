from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from nlp.chapter.document import Paragraph, Table
from nlp.chapter.material import Material
from nlp.chapter.sections.applicants import applicants
from nlp.chapter.voice import Voice
from survey.applying.funnel import Funnel

COUNTED = Funnel(
    begun=4,
    applied=20,
    withdrawn=0,
    reviewed=18,
    shortlisted=9,
    invited=6,
    accepted=5,
    joined=5,
    countries={"CN": 12, "DE": 5, "FR": 2, "": 1},
    languages={"zh-Hans": 19, "de": 1},
)


def of(funnel: Funnel | None) -> Material:
    return cast(Material, SimpleNamespace(funnel=funnel, study=SimpleNamespace(threshold=3)))


def test_the_chapter_tells_of_the_funnel_and_hides_small_groups() -> None:
    said, countries = applicants(of(COUNTED), Voice("en"))
    assert isinstance(said, Paragraph)
    assert isinstance(countries, Table)
    assert "20 people applied" in str(said)
    assert countries.rows == (("China", "12"), ("Germany", "5"), ("others", "3"))


def test_without_a_call_the_chapter_says_nothing_of_one() -> None:
    assert applicants(of(None), Voice("en")) == []
