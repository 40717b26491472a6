"""Laws of statements: STM-1 to STM-7."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Self, SupportsIndex, cast, overload

import attrs
import pytest
from hypothesis import assume, example, given, reject, strategies as st

from goalmodel import (
    Cycle,
    GoalModelError,
    Health,
    KeyResult,
    Measure,
    Reached,
    Reason,
    Scale,
    Standard,
    Unit,
    parse,
    render,
)
from goalmodel.errors import NotComplete, TooManyDigits
from goalmodel.key_result import Absolute, PercentagePoints, Relative, TargetChange
from goalmodel.measure import Period
from goalmodel.statement import Draft, StatementForm
from goalmodel.statement.clauses import clauses
from goalmodel.statement.rendering import same_meaning
from goalmodel.statement.tokens import MOST_TOKENS, QUOTED, Token, tokens
from goalmodel.testing import cycles, dates, exact_numbers, ids, key_results, measures, statements, values, ways
from speaking import of_unknown_kinds

STATED = (
    "Increase customer satisfaction by 15% from 8.0 to 9.2 by improving our onboarding experience",
    "Reduce onboarding time by 40% from 10 days to 6 days",
    "Increase monthly visitors from the tech industry by 25% in the next three months",
    "Win 10 new clients",
    "Finish in the top 3 positions in at least 80% of the races",
    "Stabilize uptime from 50% to 99%",
)
CYCLE = Cycle.quarter(2026, 4)
NUMBERS = st.fractions(-1_000, 1_000, max_denominator=100)
UNITS = st.sampled_from(["points", "%", "days", "$"])
ABOVE_ZERO = st.fractions(Fraction(1, 100), 1_000, max_denominator=100)
MOST_LOOKS = 80
"""How often a token may be looked at, at most."""


class WatchedTokens(Sequence[Token]):
    """Tokens that count how often one of them is looked at."""

    def __init__(self, held: Sequence[Token]) -> None:
        self.held, self.looks = held, 0

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Token]: ...
    def __getitem__(self, at: int | slice) -> Token | Sequence[Token]:
        self.looks += 1 if isinstance(at, int) else len(self.held[at])
        return self.held[at]

    def __len__(self) -> int:
        return len(self.held)


class WatchedText(str):
    """A text that counts how many of its characters are looked at."""

    __slots__ = ("looks",)
    looks: int

    def __new__(cls, text: str) -> Self:
        """Return *text*, not looked at yet."""
        made = super().__new__(cls, text)
        made.looks = 0
        return made

    def __getitem__(self, at: SupportsIndex | slice) -> str:
        found = super().__getitem__(at)
        self.looks += len(found)
        return found


class WatchedPattern:
    """A pattern that counts how many characters it may have looked at: where it finds nothing, all that are left."""

    def __init__(self, held: re.Pattern[str]) -> None:
        self.held, self.looks = held, 0

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """Return what is found at *start*."""
        found = self.held.match(text, start)
        self.looks += (found.end() if found else len(text)) - start
        return found


def _said(change: TargetChange) -> str:
    match change:
        case Relative(share):
            return f"{_written(abs(share * 100))}%"
        case PercentagePoints(points):
            return f"{_written(abs(points))} percentage points"
        case Absolute(amount):
            return _written(abs(amount))


def _written(number: Fraction) -> str:
    """Return *number* as it can't be misread: 1/5 might be a rating, and 1.125 a thousand and more."""
    scaled = number * 10**4
    if scaled.denominator != 1:
        return f"{number.numerator}/{number.denominator}"
    whole, part = divmod(abs(scaled.numerator), 10**4)
    return f"{'-' if number < 0 else ''}{whole}.{part:04}"


def _codes(reasons: Sequence[Reason]) -> list[str]:
    assert of_unknown_kinds(reasons) == []
    return [reason.code for reason in reasons]


_PIECES = (
    "from {}", "to {}", "by {}%", "by {} points", "to at least {}", "at least {} %", "below {} %", "between {} and {}",
    "above {}", "> {}", "(+{}%)", "in the next {} months", "until 2026-12-{}", "{} out of {} games", "this quarter",
    "in at least {}% of the games", "the top {}", "compared with {}", "baseline: {}", "target = {}", "(n={})", "{}/5",
    "{}x", "{}M", "${}", "-${}", "{} more leads", "{}% fewer errors", "by two thirds", "{} new clients",
    "and {} others", "within {} days", "from {} to {} million", "from ${}k to ${}", "by hiring {} people",
    "per {} users", "NPS", "of", "the share", "every week", ",", "euros", "%", "by at least {}", "by up to {}",
    "by more than {}%", "by between {}% and {}%", "up {}%", "down {}%", "{} times as many leads", "{}% as many leads",
    "{} times more leads", "a third more", "half as many", "in half", "{}+ users", "{}.0 of the app", "FY{}", "{}e3",
    "never below {}", "must not exceed {}", "between {} kg and {} kg", "two dozen", "{} hundred", "{} out of {} stars",
    "{}:", "we want to", "in Q4 2026,",
)  # fmt: skip


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    """Return sentences of the pieces that statements are made of, in any order, and every number in them."""
    fresh = iter(draw(st.permutations([str(number) for number in range(11, 100) if number not in range(26, 32)])))
    verb = draw(
        st.sampled_from([
            "Increase", "Reduce", "Win", "Keep", "Reach", "Get", "Improve", "Drive", "Sales", "KR 1: Increase",
            "Our goal is to cut", "By 2026-12-31, increase", "In the next 3 months reduce", "Within 2 weeks, win",
        ])
    )  # fmt: skip
    used, said = list[str](), [verb]
    for piece in draw(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=4)):
        numbers = [next(fresh) if "2026-12" not in piece else "26" for _ in range(piece.count("{}"))]
        used += numbers
        said.append(piece.format(*numbers))
    return " ".join(said), tuple(used)


def _told(draft: Draft) -> str:
    """Return everything a draft says, in doubt or not."""
    known = [draft.name, draft.unit, draft.baseline, draft.target, draft.change, draft.occasions, draft.standard]
    rest = [draft.start, draft.end, draft.lasts, draft.means, *draft.unread, *draft.assumed, *draft.doubts]
    facts = [fact for reason in (*draft.doubts, *draft.assumed) for _, fact in reason.facts]
    return " ".join(str(each) for each in (*known, *rest, *facts) if each is not None)


class TestSTM1:
    """Parsing answers every text with a draft, in time that grows with its length, and never raises."""

    @given(text=st.one_of(statements(), st.text(max_size=200)))
    @example(text="")
    @example(text='"')
    @example(text='"' * 7)
    @example(text="\x00")
    @example(text="\ud800")
    @example(text="from to by in of at least %")
    @example(text="by " + "9" * 10_000)
    @example(text="from 1/0 to 1/" + "0" * 3_000)
    @example(text="from 1 day to " + "9" * 1_000 + " weeks")
    @example(text="Increase it by " + "9" * 1_000 + "/" + "7" * 1_000 + "%")
    @example(text="Double it from " + "9" * 1_001)
    def test_every_text_has_a_draft_that_answers_every_question(self, text: str) -> None:
        draft = parse(text)
        assert draft.text == text
        assert all(reason.sentence for reason in (*draft.doubts, *draft.assumed, *draft.disagreements))
        assert set(draft.missing) <= {"name", "unit", "baseline", "target", "start", "end"}
        assert isinstance(render(draft), str)
        assert parse(text) == draft

    @pytest.mark.parametrize(
        "piece",
        ['"', '""', 'a"', 'a"" ', "by ", "from 1 ", "in at least 1% of ", "9", "9,", "-", "a-", "$", "1 to ", " "],
    )
    def test_a_character_is_looked_at_so_many_times_whatever_the_text(
        self, piece: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # The other patterns look at one character beyond what they find.
        quoted = WatchedPattern(QUOTED)
        monkeypatch.setattr("goalmodel.statement.tokens.QUOTED", quoted)
        text = WatchedText(piece * (4_000 // len(piece)))
        found = tokens(text)
        assert len(found) <= len(text)
        assert text.looks + quoted.looks <= MOST_LOOKS * len(text)
        watched = WatchedTokens(found)
        clauses(watched)
        assert watched.looks <= MOST_LOOKS * max(len(found), 1)

    @given(text=statements())
    def test_nothing_is_looked_at_more_often_in_a_longer_text(self, text: str) -> None:
        watched = WatchedTokens(tokens(text * 20))
        clauses(watched)
        assert watched.looks <= MOST_LOOKS * max(len(watched), 1)

    @given(text=st.sampled_from(STATED), more=statements(), data=st.data())
    def test_what_stands_behind_so_many_words_is_kept_and_said_to_be_unread(
        self, text: str, more: str, data: st.DataObject
    ) -> None:
        piece = data.draw(st.sampled_from(["very ", "% ", "1 ", "by 9 % ", 'a"" ', "; Win 3 clients "]))
        long = f"{text} {piece * MOST_TOKENS}{more}"
        draft = parse(long)
        kept = tokens(long, most=MOST_TOKENS)
        assert kept == tokens(long)[:MOST_TOKENS]
        assert draft.unread[-1] == " ".join(long[kept[-1].end :].split())
        assert "statement-too-long" in draft.unsettled
        assert parse(long[: kept[-1].end]).doubts == draft.doubts[:-1]
        with pytest.raises(NotComplete):
            draft.key_result(id="kr", cycle=CYCLE)

    @given(text=statements())
    def test_clauses_stand_in_order_and_apart(self, text: str) -> None:
        found = clauses(tokens(text))
        edges = [edge for clause in found for edge in (clause.first, clause.after, clause.until)]
        assert edges == sorted(edges)
        assert all(clause.first < clause.after for clause in found)

    @pytest.mark.parametrize("no_text", [None, 8, b"Win 10 clients", ["Win 10 clients"]])
    def test_what_is_no_text_is_refused(self, no_text: str) -> None:
        with pytest.raises(GoalModelError):
            parse(no_text)


class TestSTM2:
    """A statement is never guessed: what it does not say is missing, what it says in two ways or unclearly is a doubt,
    and what is taken for granted is stated.
    """

    @given(draft=values(Draft))
    def test_what_is_in_doubt_is_not_known(self, draft: Draft) -> None:
        for doubt in draft.open:
            field = dict(doubt.facts)["field"]
            assert field == "text" or getattr(draft, str(field)) is None
        assert set(draft.open) <= set(draft.doubts)

    @given(draft=values(Draft))
    def test_every_number_and_date_of_a_draft_is_said_or_assumed(self, draft: Draft) -> None:
        said = {token.number for token in tokens(draft.text)} | {token.date for token in tokens(draft.text)}
        if draft.form is StatementForm.COUNT:
            assert draft.baseline == 0
            assert "statement-from-zero" in _codes(draft.assumed)
        elif draft.baseline is not None and not {"k", "thousand", "million"} & set(draft.text.lower().split()):
            plain = draft.baseline in said
            assert plain or any(word in draft.text for word in ("wice", "hree", "10k", "illion"))

    @given(baseline=ABOVE_ZERO, size=ABOVE_ZERO)
    def test_a_percentage_that_is_changed_by_percent_may_be_meant_in_two_ways(
        self, baseline: Fraction, size: Fraction
    ) -> None:
        assume(baseline != 100)
        draft = parse(f"Increase it by {_written(size)}% from {_written(baseline)}%")
        (reason,) = draft.disagreements
        facts = dict(reason.facts)
        assert reason.code == "statement-points-or-percent"
        assert facts["leads_to"] == baseline * (1 + size / 100)
        assert facts["by_points"] == baseline + size
        assert "target" in draft.missing

    @given(size=NUMBERS, verb=st.sampled_from(["Move", "Change", "Anything"]))
    def test_a_change_without_a_way_is_in_doubt(self, size: Fraction, verb: str) -> None:
        assume(size)
        draft = parse(f"{verb} it by {_written(abs(size))} points")
        assert _codes(draft.open) == ["statement-which-way"]
        assert draft.change is None

    @given(known=ways(baseline=True), change=values(TargetChange))
    def test_the_ends_say_which_way_where_the_verb_does_not(
        self, known: tuple[Fraction | None, Fraction], change: TargetChange
    ) -> None:
        baseline, target = known
        assume(baseline is not None)
        draft = parse(f"Move it by {_said(change)} from {baseline} to {target}")
        assume(draft.change is not None)
        said = attrs.astuple(draft.change)[0] if draft.change else Fraction(0)
        assert said == 0 or (said > 0) == (target > (baseline or 0))

    @given(unit=values(Unit), other=values(Unit))
    def test_numbers_of_different_quantities_are_in_doubt(self, unit: Unit, other: Unit) -> None:
        one, two = (f'"{each.name}"'.replace('"', '""')[1:-1] for each in (unit, other))
        draft = parse(f"Increase it from 1 {one} to 2 {two}")
        assume(len(tokens(one)) == len(tokens(two)) == 1)
        same = {unit.name.casefold(), f"{unit.name}s".casefold()} & {other.name.casefold(), f"{other.name}s".casefold()}
        assert bool(draft.doubts) != bool(same)

    @given(
        field=st.sampled_from(["from 8", "to 9", "by 3", "until 2026-12-31", "in the next 3 months"]),
        times=st.integers(2, 4),
    )
    def test_what_is_said_more_than_once_is_in_doubt(self, field: str, times: int) -> None:
        draft = parse(" ".join(["Increase it", *[field] * times]))
        assert set(_codes(draft.doubts)) == {"statement-said-twice"}

    @given(given_=sentences())
    @example(given_=("Win 41 out of 57 games", ("41", "57")))
    @example(given_=("Sign 41 partnerships and 57 LOIs", ("41", "57")))
    @example(given_=("Increase NPS from 41 to 57 compared with 63", ("41", "57", "63")))
    @example(given_=("Reach 41 points for 57 users", ("41", "57")))
    def test_no_number_of_the_text_is_lost(self, given_: tuple[str, tuple[str, ...]]) -> None:
        text, numbers = given_
        told = _told(parse(text))
        assert [number for number in numbers if number not in told] == []

    @given(given_=sentences())
    def test_no_number_is_left_in_a_name_without_a_doubt(self, given_: tuple[str, tuple[str, ...]]) -> None:
        text, numbers = given_
        draft = parse(text)
        left = [draft.name or "", "" if draft.unit is None else draft.unit.name]
        held = {number for number in numbers for each in left if number in each}
        may_be_held = {number for number in numbers if f"top {number}" in text or f"within {number}" in text}
        assert draft.form is StatementForm.SHARE or held <= may_be_held


class TestSTM3:
    """Where a change and the ends disagree, the draft names both ways out: the change that fits the ends, and the
    target that fits the change.
    """

    @given(baseline=ABOVE_ZERO, target=NUMBERS, percent=ABOVE_ZERO)
    @example(baseline=Fraction(8), target=Fraction("9.2"), percent=Fraction(20))
    @example(baseline=Fraction(8), target=Fraction("9.2"), percent=Fraction(15))
    def test_either_they_agree_or_both_ways_out_lead_to_agreement(
        self, baseline: Fraction, target: Fraction, percent: Fraction
    ) -> None:
        assume(baseline != target)
        draft = parse(f"Change it by {_written(percent)}% from {_written(baseline)} to {_written(target)}")
        signed = percent if target > baseline else -percent
        assert draft.change == Relative(signed / 100)
        if baseline * (1 + signed / 100) == target:
            assert draft.disagreements == ()
            return
        (reason,) = draft.disagreements
        assert reason.code == "statement-change-disagrees"
        out = dict(reason.facts)["leads_to"]
        assert isinstance(out, Fraction)
        assert "statement-change-disagrees" not in _codes(attrs.evolve(draft, target=out).disagreements)
        fits = Relative((target - baseline) / baseline)
        assert attrs.evolve(draft, change=fits).disagreements == ()

    @given(baseline=ABOVE_ZERO, points=ABOVE_ZERO)
    @example(baseline=Fraction(80), points=Fraction(10))
    def test_points_that_are_called_percent_are_told_from_a_share(self, baseline: Fraction, points: Fraction) -> None:
        assume(baseline != 100)
        text = f"Increase it by {_written(points)}% from {_written(baseline)}% to {_written(baseline + points)}%"
        (reason,) = parse(text).disagreements
        assert reason.code == "statement-points-called-percent"
        said = attrs.evolve(parse(text), change=PercentagePoints(points))
        assert said.disagreements == ()
        share = attrs.evolve(parse(text), change=Relative(points / baseline))
        assert share.disagreements == ()

    @given(baseline=NUMBERS, target=NUMBERS, rises=st.booleans())
    def test_a_verb_against_the_numbers_is_named(self, baseline: Fraction, target: Fraction, rises: bool) -> None:  # noqa: FBT001 - given by Hypothesis
        draft = parse(f"{'Increase' if rises else 'Reduce'} it from {_written(baseline)} to {_written(target)}")
        expected = (
            ["statement-no-move"]
            if baseline == target
            else ([] if (target > baseline) == rises else ["statement-other-way"])
        )
        assert _codes(draft.disagreements) == expected

    @given(baseline=NUMBERS, change=values(TargetChange), unit=values(Unit), target=st.one_of(st.none(), NUMBERS))
    def test_ends_that_follow_from_the_change_agree_with_it(
        self, baseline: Fraction, change: TargetChange, unit: Unit, target: Fraction | None
    ) -> None:
        draft = Draft(name="it", unit=unit, baseline=None if target else baseline, target=target or None, change=change)
        start, end = draft.ends
        if start is None or end is None or start == end:
            return
        try:
            known = attrs.evolve(draft, baseline=start, target=end)
        except GoalModelError:
            return
        assert known.disagreements == ()

    @given(start=dates(), end=dates(), lasts=st.tuples(st.integers(1, 9_999), values(Period)))
    def test_dates_that_do_not_go_together_are_named(
        self, start: dt.date, end: dt.date, lasts: tuple[int, Period]
    ) -> None:
        draft = Draft(start=start, end=end)
        assert _codes(draft.disagreements) == (["statement-ends-first"] if end < start else [])
        only_start = Draft(start=start, lasts=lasts)
        if only_start.cycle is not None:
            said = attrs.evolve(only_start, end=only_start.cycle.end)
            assert said.disagreements == ()
            later = attrs.evolve(said, lasts=None, end=dt.date.max)
            assert _codes(attrs.evolve(later, lasts=lasts).disagreements) == (
                [] if only_start.cycle.end == dt.date.max else ["statement-other-end"]
            )


class TestSTM4:
    """A draft becomes a key result only when nothing is missing, in doubt or in disagreement; what is missing is given,
    never filled in.
    """

    @given(draft=values(Draft))
    def test_it_is_a_key_result_or_says_why_not(self, draft: Draft) -> None:
        if draft.unsettled:
            with pytest.raises(NotComplete) as refused:
                draft.key_result(id="kr")
            assert all(why in str(refused.value.given) for why in draft.unsettled[:1])
            return
        try:
            kr = draft.key_result(id="kr")
        except TooManyDigits:
            reject()
        assert (kr.baseline, kr.target_value) == draft.ends
        assert kr.cycle == draft.cycle
        assert (kr.measure.name, kr.measure.unit) == (draft.name, draft.unit)

    @given(draft=values(Draft), name=ids(), unit=values(Unit), known=ways(baseline=True), cycle=cycles())
    def test_whatever_it_lacks_can_be_given(
        self, draft: Draft, name: str, unit: Unit, known: tuple[Fraction | None, Fraction], cycle: Cycle
    ) -> None:
        baseline, target = known
        whole = attrs.evolve(
            draft,
            name=name,
            unit=unit,
            baseline=baseline,
            target=target,
            rises=None,
            change=None,
            start=cycle.start,
            end=cycle.end,
            lasts=None,
            doubts=[doubt for doubt in draft.doubts if dict(doubt.facts)["field"] != "text"],
        )
        assert whole.unsettled == ()
        kr = whole.key_result(id="kr")
        assert (kr.baseline, kr.target_value, kr.cycle) == (baseline, target, cycle)

    @given(missing=st.sampled_from(["name", "unit", "baseline", "target", "start", "end"]))
    def test_nothing_that_is_missing_is_filled_in(self, missing: str) -> None:
        whole = parse("Reduce onboarding time from 10 days to 6 days between 2026-10-01 and 2026-12-31")
        assert whole.unsettled == ()
        lacking = cast("Callable[..., Draft]", attrs.evolve)(whole, **{missing: None})
        assert lacking.missing == (missing,)
        with pytest.raises(NotComplete):
            lacking.key_result(id="kr")

    @given(kr=key_results(), into=st.fractions(Fraction(1, 100), 100))
    def test_in_another_unit_of_the_quantity_it_scores_the_same(self, kr: KeyResult, into: Fraction) -> None:
        assume(kr.baseline is not None)
        draft = Draft(
            name="it", unit=Unit("parts", base="whole", factor=into), baseline=1, target=3, change=Absolute(2)
        )
        measure = attrs.evolve(kr.measure, unit=Unit("whole"))
        moved = draft.key_result(id="kr", measure=measure, cycle=kr.cycle)
        assert (moved.baseline, moved.target_value) == (into, 3 * into)
        assert moved.score(2 * into).raw == Fraction(1, 2)

    @given(scale=st.sampled_from(Scale))
    def test_a_share_of_a_baseline_needs_a_true_zero(self, scale: Scale) -> None:
        draft = parse("Increase warmth by 15% from 20 degrees in Q4 2026")
        measure = Measure("warmth", unit="degrees", scale=scale)
        if scale is Scale.RATIO:
            assert draft.key_result(id="kr", measure=measure).target == 23
        else:
            with pytest.raises(GoalModelError):
                draft.key_result(id="kr", measure=measure)


class TestSTM5:
    """Rendering and parsing are inverse: a statement made of a key result says its measure, unit, baseline, target and
    cycle, and is read as just these.
    """

    @given(kr=key_results())
    def test_a_key_result_comes_back_from_its_statement(self, kr: KeyResult) -> None:
        draft = parse(render(kr))
        assert draft.doubts == ()
        assert draft.disagreements == ()
        assert draft.unread == ()
        assert draft.name == kr.measure.name
        assert draft.unit is None or draft.unit.name == kr.measure.unit.name
        found = draft.key_result(id=kr.id, measure=kr.measure, is_baseline_unknown=kr.baseline is None)
        assert (found.id, found.measure, found.baseline, found.target, found.cycle) == (
            kr.id, kr.measure, kr.baseline, kr.target_value, kr.cycle,
        )  # fmt: skip

    @given(measure=measures(), change=values(TargetChange), cycle=cycles())
    def test_a_key_result_that_waits_for_its_baseline_comes_back_with_its_change(
        self, measure: Measure, change: TargetChange, cycle: Cycle
    ) -> None:
        moved = attrs.evolve(
            measure,
            unit="percent" if isinstance(change, PercentagePoints) else measure.unit,
            scale=Scale.RATIO if isinstance(change, Relative) else measure.scale,
        )
        kr = KeyResult(id="kr", measure=moved, baseline=None, target=change, cycle=cycle)
        assert parse(render(kr)).key_result(id="kr", measure=moved, is_baseline_unknown=True) == kr

    @given(draft=values(Draft))
    def test_what_is_read_is_said_again(self, draft: Draft) -> None:
        again = parse(render(draft))
        assert same_meaning(again, draft)
        assert render(again) == render(draft)

    @given(measure=measures(), baseline=exact_numbers(), target=exact_numbers(), cycle=cycles())
    @example(measure=Measure('a "b" from 3 to 5', unit='""'), baseline=Fraction(1), target=Fraction(2), cycle=CYCLE)
    @example(measure=Measure("by 5%", unit="a month"), baseline=Fraction(2026), target=Fraction(2), cycle=CYCLE)
    @example(measure=Measure("x \n x", unit="million"), baseline=Fraction(1, 3), target=Fraction(2), cycle=CYCLE)
    def test_every_name_and_every_number_survives(
        self, measure: Measure, baseline: Fraction, target: Fraction, cycle: Cycle
    ) -> None:
        assume(baseline != target)
        kr = KeyResult(id="kr", measure=measure, baseline=baseline, target=target, cycle=cycle)
        assert parse(render(kr)).key_result(id="kr", measure=measure) == kr

    @pytest.mark.parametrize("text", STATED)
    def test_the_usual_statements_keep_their_meaning(self, text: str) -> None:
        assert same_meaning(parse(render(parse(text))), parse(text))

    @pytest.mark.parametrize("other", [None, "Win 10 clients", 8])
    def test_what_is_neither_a_key_result_nor_a_draft_is_refused(self, other: Draft) -> None:
        with pytest.raises(GoalModelError):
            render(other)


class TestSTM6:
    """A statement is held against its key result in what it says: where it starts, where it is to come, by what, which
    way and when; what it does not say does not differ.
    """

    @given(kr=key_results())
    def test_the_statement_made_of_a_key_result_does_not_differ_from_it(self, kr: KeyResult) -> None:
        assert parse(render(kr)).differences(kr) == ()

    @given(
        kr=key_results(), days=st.integers(1, 9), field=st.sampled_from(("start", "target", "first day", "last day"))
    )
    def test_each_thing_that_differs_is_named(self, kr: KeyResult, days: int, field: str) -> None:
        draft = parse(render(kr))
        before, after = kr.cycle.start.toordinal() - days, kr.cycle.end.toordinal() + days
        assume(kr.baseline is not None and before > 0 and after <= dt.date.max.toordinal())
        other: dict[str, Draft] = {
            "start": attrs.evolve(
                draft, baseline=kr.value_at(1) if draft.baseline is None else draft.baseline / 2 + days
            ),
            "target": attrs.evolve(draft, target=kr.target_value / 2 + days),
            "first day": attrs.evolve(draft, start=dt.date.fromordinal(before)),
            "last day": attrs.evolve(draft, end=dt.date.fromordinal(after)),
        }
        found = {dict(reason.facts)["field"] for reason in other[field].differences(kr)}
        is_same = {"start": other["start"].baseline == kr.baseline, "target": other["target"].target == kr.target_value}
        assert (field in found) == (not is_same.get(field, False))

    @given(draft=values(Draft), kr=key_results())
    def test_what_is_not_said_does_not_differ(self, draft: Draft, kr: KeyResult) -> None:
        said = {
            "start": draft.baseline is not None or draft.change is not None,
            "target": draft.target is not None or draft.change is not None,
            "change": draft.change is not None,
            "way": draft.rises is not None,
            "first day": draft.start is not None,
            "last day": draft.end is not None or draft.lasts is not None,
        }
        for reason in draft.differences(kr):
            assert reason.rule == "STM-6"
            assert reason.code == "statement-other-quantity" or said[str(dict(reason.facts)["field"])]


_WORDS = {
    "at least": (Standard.at_least, 1),
    "\N{GREATER-THAN OR EQUAL TO}": (Standard.at_least, 1),
    "above": (Standard.above, 1),
    ">": (Standard.above, 1),
    "more than": (Standard.above, 1),
    "at most": (Standard.at_most, -1),
    "no more than": (Standard.at_most, -1),
    "below": (Standard.below, -1),
    "under": (Standard.below, -1),
    "less than": (Standard.below, -1),
}


class TestSTM7:
    """A threshold to keep is none to come to: "below 3 %" or "between 10 % and 20 %" is the healthy zone of a KPI or
    the standard of a commit, and an end that is "above" or "below" does not belong to it.
    """

    @given(said=st.sampled_from(sorted(_WORDS)), edge=NUMBERS, beside=st.sampled_from((-1, 0, 1)), unit=UNITS)
    def test_what_meets_the_words_meets_the_standard_and_is_healthy(
        self, said: str, edge: Fraction, beside: int, unit: str
    ) -> None:
        draft = parse(f"Keep it {said} {_written(edge)} {unit} until 2026-12-31")
        assert draft.form is StatementForm.THRESHOLD
        assert draft.open == ()
        made, way = _WORDS[said]
        value = edge + beside
        is_met = beside == way or (beside == 0 and "open" not in _how(made))
        assert draft.standard == made(edge)
        assert (draft.kpi(id="kpi").health(value) is Health.HEALTHY) == is_met
        promise = draft.commit(id="commit", manner=Reached(), declared_on=dt.date(2026, 1, 1))
        assert promise.standard.is_met(value) == is_met
        assert promise.due == dt.date(2026, 12, 31)

    @given(ends=st.lists(NUMBERS, min_size=2, max_size=2, unique=True).map(sorted), value=NUMBERS, unit=UNITS)
    def test_between_two_both_belong_to_it(self, ends: list[Fraction], value: Fraction, unit: str) -> None:
        low, high = ends
        draft = parse(f"Keep it between {_written(low)} and {_written(high)} {unit}")
        assert draft.standard == Standard.within(low, high)
        assert (draft.kpi(id="kpi").health(value) is Health.HEALTHY) == (low <= value <= high)
        assert same_meaning(parse(render(draft)), draft)

    @given(draft=values(Draft))
    def test_a_draft_is_a_kpi_or_says_why_not(self, draft: Draft) -> None:
        if draft.standard is None or draft.name is None or draft.unit is None or draft.open:
            with pytest.raises(NotComplete):
                draft.kpi(id="kpi")
        else:
            kpi = draft.kpi(id="kpi")
            assert (kpi.measure.name, kpi.measure.unit) == (draft.name, draft.unit)


def _how(made: Callable[[Fraction], Standard]) -> str:
    return "open" if made(Fraction(0)).open_ends else ""
