"""Which rules the linter asks, and where each draws its line. The schools disagree, so nothing is a constant."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from goalmodel.checks import is_count, named, share, texts, the
from goalmodel.errors import OutOfOrder
from goalmodel.reprs import readable


def _codes(given: Iterable[str], field: str = "value") -> tuple[str, ...]:
    return tuple(sorted(set(texts(given, field))))


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class HygienePolicy:
    """Which rules are asked, and how many are too many.

    Attributes:
        select: Codes, or beginnings of codes, of the rules that are asked: ("KPI", "KR203"). Where nothing is
            selected, all are asked but the heuristic ones.
        ignore: Codes, or beginnings of codes, of the rules that are not asked, even if selected.
        most_kpis: So many KPIs at most. Ten, after Parmenter, "Key Performance Indicators" (10/80/10).
        least_key_results: So many key results to an objective at least, where it has any.
        most_key_results: So many key results to an objective at most. Five, after Doerr, "Measure What Matters".
        most_commits: So many commits at most. Five is our choice: a commit is an exception.
        most_objectives: So many objectives at most. Five, after Doerr, "Measure What Matters".
        healthy_periods: After so many healthy readings in a row a KPI may be read less often. Ten, as in EOS.
        healthy_days: And after so many days. Ten weeks, as in EOS.
        not_healthy: After so many not-healthy readings in a row a KPI ought to be a goal. Three is our choice.
        not_started_days: So many days into the cycle a key result has to have a reading, and a baseline where its
            target is a change that waits for one. Seven, as in Viva Goals.
        usual_readings: So many readings before the cycle say what is usual, of those the reference is made of. Six, as
            for limits on trial.
        alike: So many goals have to be alike before they are called only moonshots, only roofshots, or all of one
            priority. Three is our choice.
        most_owned: So many key results to an owner at a time at most. Twenty-five is our choice: five objectives of
            five key results, all in one pair of hands.
        longest_cycle_days: So many days a cycle lasts at most. A year, after Doerr, "Measure What Matters".
        most_moved: This share of the KPIs, 0 to 1, is moved at a time at most. Four of five is our choice.
        most_carried: So many times a goal is carried over at most. Twice is our choice.
        most_steps: So many things of one weight a key result counts at most with nothing beside it that measures. Three
            is our choice.
        sign_chance: A sign that readings are bent to fit is asked about where honest ones would show it in at most this
            share of series, 0 to 1. One in a hundred is our choice.
        lead_days: So many days a result is given after its driver. Four weeks are our choice.
    """

    select: tuple[str, ...] = attrs.field(default=(), converter=_codes)
    ignore: tuple[str, ...] = attrs.field(default=(), converter=_codes)
    most_kpis: int = attrs.field(default=10, validator=is_count(1))
    least_key_results: int = attrs.field(default=1, validator=is_count(1))
    most_key_results: int = attrs.field(default=5, validator=is_count(1))
    most_commits: int = attrs.field(default=5, validator=is_count(1))
    most_objectives: int = attrs.field(default=5, validator=is_count(1))
    healthy_periods: int = attrs.field(default=10, validator=is_count(1))
    healthy_days: int = attrs.field(default=70, validator=is_count())
    not_healthy: int = attrs.field(default=3, validator=is_count(1))
    not_started_days: int = attrs.field(default=7, validator=is_count(1))
    usual_readings: int = attrs.field(default=6, validator=is_count(2))
    alike: int = attrs.field(default=3, validator=is_count(2))
    most_owned: int = attrs.field(default=25, validator=is_count(1))
    longest_cycle_days: int = attrs.field(default=366, validator=is_count(1))
    most_moved: Fraction = attrs.field(default=Fraction(4, 5), converter=share)
    most_carried: int = attrs.field(default=2, validator=is_count())
    most_steps: int = attrs.field(default=3, validator=is_count(1))
    sign_chance: Fraction = attrs.field(default=Fraction(1, 100), converter=share)
    lead_days: int = attrs.field(default=28, validator=is_count())

    def __attrs_post_init__(self) -> None:
        if self.least_key_results > self.most_key_results:
            raise OutOfOrder("least_key_results", self.least_key_results, "at most the greatest number of key results")

    @classmethod
    def lobkovich(cls) -> HygienePolicy:
        """Return two to four key results to an objective. Source: Lobkovich, "You Are a Strategist" (2024)."""
        return cls(least_key_results=2, most_key_results=4)

    @classmethod
    def viva_goals(cls) -> HygienePolicy:
        """Return three to five key results to an objective. Source: Microsoft, Viva Goals, "OKR best practices"."""
        return cls(least_key_results=3, most_key_results=5)

    @classmethod
    def wodtke(cls) -> HygienePolicy:
        """Return at most three key results to an objective. Source: Wodtke, "Radical Focus" (2016)."""
        return cls(most_key_results=3)

    def asks(self, code: str, *, is_heuristic: bool) -> bool:
        """Return whether the rule with *code* is asked."""
        given = the(str, code, "code")
        hint = the(bool, is_heuristic, "is_heuristic")
        is_selected = given.startswith(self.select) if self.select else not hint
        return is_selected and not given.startswith(self.ignore)
