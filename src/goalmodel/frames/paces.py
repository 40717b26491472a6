"""Pace in columns: is each row as far as was expected by now?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import partial
from typing import Any, Final

import attrs
import narwhals.stable.v2 as nw

from goalmodel.checks import the, the_date
from goalmodel.exact import nearest_float
from goalmodel.frames.agreed import days_until
from goalmodel.frames.bench import (
    EXACT_BELOW,
    Bench,
    Days,
    Figure,
    Figures,
    NativeFrame,
    all_of,
    any_of,
    number,
    on_bench,
)
from goalmodel.frames.settle import settle
from goalmodel.frames.wholes import READ, forward, wholes
from goalmodel.frames.why import Why
from goalmodel.key_result import Pace, PaceBy, PacePolicy, Score
from goalmodel.measure import Exclusion
from goalmodel.measure.exclusion import ExcludedDays, agreed_by, excluded_days, the_exclusions
from goalmodel.reprs import readable

_DAYS: Final = 366
"""Days of a usual cycle at most: so much room is left in whole numbers. In longer ones fewer places are exact."""


def with_pace(
    frame: NativeFrame,
    *,
    baseline: Figures,
    target: Figures,
    value: Figures,
    start: Days,
    end: Days,
    as_of: dt.date,
    policy: PacePolicy | None = None,
    exclusions: Exclusion | Iterable[Exclusion] = (),
) -> NativeFrame:
    """Return *frame* with `expected`, `pace` and `why`, and where it is lazy with `doubtful`.

    Expected is the same on each day of the cycle: the share of its days that are over, of what the policy expects by
    the end. The word is the one a `PacePolicy` gives, exactly.

    Rules: KR-9, TIME-3.

    Args:
        frame: Of any engine; columns of these names are replaced.
        baseline: Where each row starts, in the measure's own unit.
        target: Where it is to come.
        value: Where it is.
        start: First day of the cycle.
        end: Last day of the cycle, inside it.
        as_of: The date of the judgement, at the end of the day.
        policy: Which words describe the pace, and from where on; the documented defaults where None.
        exclusions: Days agreed not to count, for all rows: while they last nothing is expected to move, once that was
            agreed. The value is one of a day that counts.

    Returns:
        The same kind of frame. `expected` is a share of the way. `pace` is the value of a `Pace`: there is none where
        `why` has the value of a `Why`.

    Raises:
        NotAFrame: *frame* is none.
        UnknownColumn: There is no such column.
        UnreadableColumn: A column holds what can't be read exactly, Float32 for one.
    """
    words = PacePolicy() if policy is None else the(PacePolicy, policy, "policy")
    bench = on_bench(frame)
    figures = (
        bench.figure(baseline, "baseline", Why.NO_BASELINE),
        bench.figure(target, "target", Why.NO_TARGET),
        bench.figure(value, "value", Why.NO_VALUE),
    )
    first, last = bench.keep(bench.days(start, "start"), bench.days(end, "end"))
    today = the_date(as_of, "as_of").toordinal()
    excluded = excluded_days(agreed_by(the_exclusions(exclusions, "exclusions"), as_of))
    [is_cycle] = bench.keep((last >= first).fill_null(value=False))
    days, over = _time(bench, first, last, today, excluded)
    come = wholes(bench, figures, factor=_DAYS)
    length, moved = forward(bench, come)
    is_early = _below(over, days, words.early) | (first > today)
    [runs] = bench.keep(is_cycle & ~is_early & (last >= today))
    [fine] = bench.keep(all_of([come.are_finite, runs, length != 0]))
    problems = [
        *(problem for figure in figures for problem in figure.problems()),
        (Why.NO_DATE, first.is_null() | last.is_null()),
        (Why.CYCLE_OUT_OF_ORDER, ~is_cycle),
        (Why.TARGET_EQUALS_BASELINE, length == 0),
        (Why.TOO_EARLY, is_early),
        (Why.CYCLE_OVER, last < today),
    ]
    way, time = (length, moved), (over, days)
    lines = [_line(bench, edge, words, way, time) for edge in _edges(words)]
    part, whole = words.toward.as_integer_ratio()
    columns = {
        "expected": nw.when(is_cycle).then(over * number(part)) / nw.when(is_cycle).then(days * number(whole)),
        "pace": nw.when(fine).then(_word(words, [line.gap for line in lines])),
        "why": bench.why(fine, problems),
    }
    fits = all_of([come.are_exact, *(line.fits for line in lines)])
    off = come.size * number(4 * READ)
    near = any_of([length <= off, *(line.gap.abs() <= off * line.factor for line in lines)])
    time_figures = [Figure(each, each, None, is_whole=False, missing=Why.NO_DATE) for each in time]
    return settle(
        bench,
        columns,
        inexact=fine & ~fits,
        near=near,
        figures=(*figures, *time_figures),
        judge=partial(_settled, words),
    )


def _time(
    bench: Bench[Any], first: nw.Expr, last: nw.Expr, today: int, excluded: ExcludedDays
) -> tuple[nw.Expr, nw.Expr]:
    """Return of how many days each cycle is made that count, of one at least, and how many of them are over."""
    days, over = last + 1 - first, today + 1 - first
    if excluded:
        before, until = bench.keep(days_until(first - 1, excluded), days_until(last, excluded))
        counted, passed = bench.keep(days - (until - before), over - (excluded.until(today) - before))
        [days] = bench.keep(nw.when((counted < 1) & (last >= first)).then(nw.lit(1, nw.Int64)).otherwise(counted))
        [over] = bench.keep(nw.when(last <= today).then(days).otherwise(passed))
    [whole] = bench.keep(days.cast(nw.Float64))
    return whole, bench.keep(elapsed(over.cast(nw.Float64), whole))[0]


def elapsed(over: nw.Expr, days: nw.Expr) -> nw.Expr:
    """Return how many days are over, from none to all of them."""
    begun = nw.when(over > 0).then(over).otherwise(number(0))
    return nw.when(begun < days).then(begun).otherwise(days)


def _below(over: nw.Expr, days: nw.Expr, share: Fraction) -> nw.Expr:
    """Return whether less than a *share* of the days is over."""
    part, whole = share.as_integer_ratio()
    return over * number(whole) < days * number(part)


@readable
@attrs.frozen
class _Line:
    """Where one word ends and the next begins.

    Attributes:
        gap: How far the score lies above it, times the length of the way, the days and a whole number.
        fits: Whether that is exact where the numbers are.
        factor: What an error of a number is multiplied with in it.
    """

    gap: nw.Expr
    fits: nw.Expr
    factor: nw.Expr


def _line(
    bench: Bench[Any], edge: Fraction, words: PacePolicy, way: tuple[nw.Expr, nw.Expr], time: tuple[nw.Expr, nw.Expr]
) -> _Line:
    """Compare the share of the *way* with what is expected by the *time* and an *edge*, by multiplying out."""
    (length, moved), (over, days) = way, time
    # Over all the days times both wholes: what is expected, or that times the edge, and the edge itself.
    (part, whole), (share, of) = edge.as_integer_ratio(), words.toward.as_integer_ratio()
    is_gap = words.by is PaceBy.GAP
    expected = over * number(share * (whole if is_gap else part))
    factor, hoped = bench.keep(days * number(whole * of), expected + days * number(part * of) if is_gap else expected)
    come, line = bench.keep(moved * factor, length * hoped)
    return _Line(come - line, (come.abs() < EXACT_BELOW) & (line.abs() < EXACT_BELOW), factor + hoped.abs())


def _edges(words: PacePolicy) -> list[Fraction]:
    """Return the edges that the policy names, from the best word to the worst."""
    return [edge for edge in (words.ahead, words.on_pace, words.behind) if edge is not None]


def _word(words: PacePolicy, gaps: Sequence[nw.Expr]) -> nw.Expr:
    waiting = list(gaps)
    last = Pace.BEHIND if words.behind is None else Pace.WELL_BEHIND
    word = _text(last)
    if words.behind is not None:
        word = nw.when(waiting.pop() >= 0).then(_text(Pace.BEHIND)).otherwise(word)
    word = nw.when(waiting.pop() >= 0).then(_text(Pace.ON_PACE)).otherwise(word)
    return nw.when(waiting.pop() > 0).then(_text(Pace.AHEAD)).otherwise(word) if waiting else word


def _text(pace: Pace) -> nw.Expr:
    return nw.lit(str(pace.value))


def _settled(
    words: PacePolicy, start: Fraction, end: Fraction, now: Fraction, *time: Fraction
) -> tuple[float, str | None, str | None]:
    """Return what was expected, the word and the code of one row, as the tower has them."""
    over, days = time
    expected = over / days * words.toward
    if start == end:
        return nearest_float(expected), None, str(Why.TARGET_EQUALS_BASELINE.value)
    pace = words.word(Score((now - start) / (end - start)), Score(expected))
    return nearest_float(expected), str(pace.value), None
