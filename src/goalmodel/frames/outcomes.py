"""Key results in columns: how far each row has come, and the word for it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import Any, Final

import narwhals.stable.v2 as nw

from goalmodel.checks import the
from goalmodel.errors import TargetEqualsBaseline
from goalmodel.exact import nearest_float
from goalmodel.frames.bench import Bench, Figure, Figures, NativeFrame, all_of, any_of, number, on_bench
from goalmodel.frames.settle import settle
from goalmodel.frames.wholes import READ, beside, wholes
from goalmodel.frames.why import Why
from goalmodel.key_result import Outcome, OutcomePolicy, Score

_ERROR: Final = 4 * READ
"""How far a distance may be off, as a share of the sizes: twice over, once for each end of it."""

_WORDS: Final = (
    Outcome.MOVED_BACK,
    Outcome.LITTLE_MOVEMENT,
    Outcome.PART_OF_THE_WAY,
    Outcome.MOST_OF_THE_WAY,
    Outcome.REACHED,
    Outcome.WENT_PAST,
)


def with_outcome(
    frame: NativeFrame,
    *,
    baseline: Figures,
    target: Figures,
    value: Figures,
    policy: OutcomePolicy | None = None,
) -> NativeFrame:
    """Return *frame* with `score`, `outcome` and `why`, and where it is lazy with `doubtful`.

    The word is the one a `KeyResult` gives, exactly. With one baseline and one target for all rows comparisons alone
    decide it. Else decimals of up to six places are computed as whole numbers and other floats with a bound on their
    error; a row too near to an edge to tell is settled by the rules of `KeyResult` itself, or marked as doubtful where
    rows are not seen.

    Rules: KR-1, KR-3, KR-5.

    Args:
        frame: Of any engine; columns of these names are replaced.
        baseline: Where each row starts, in the measure's own unit.
        target: Where it is to come.
        value: Where it is.
        policy: Which words describe the distance; the documented defaults where None.

    Returns:
        The same kind of frame. `score` is the share of the way, raw: the nearest float for decimals, else to some 13
        digits. `outcome` is the value of an `Outcome`. `why` is the value of a `Why` where there is no score.

    Raises:
        TargetEqualsBaseline: One target for all rows is the one baseline of all rows.
        NotAFrame: *frame* is none.
        UnknownColumn: There is no such column.
        UnreadableColumn: A column holds what can't be read exactly, Float32 for one.
    """
    words = OutcomePolicy() if policy is None else the(OutcomePolicy, policy, "policy")
    bench = on_bench(frame)
    start = bench.figure(baseline, "baseline", Why.NO_BASELINE)
    end = bench.figure(target, "target", Why.NO_TARGET)
    now = bench.figure(value, "value", Why.NO_VALUE)
    if start.known is None or end.known is None or now.known is not None:
        return _by_exception(bench, (start, end, now), words)
    if start.known == end.known:
        raise TargetEqualsBaseline("target", target)
    return _by_cuts(bench, now, start.known, end.known, words)


def _edges(words: OutcomePolicy) -> tuple[Fraction, ...]:
    """Return the shares of the way at which a better word begins, but for the last word."""
    return Fraction(0), words.part, words.most, Fraction(1)


def _word(reached: Sequence[nw.Expr], words: Sequence[Outcome] = _WORDS) -> nw.Expr:
    """Return the last of the words whose edge is reached, halving what is left of them."""
    if not reached:
        return nw.lit(str(words[0].value))
    middle = len(reached) // 2
    better = _word(reached[middle + 1 :], words[middle + 1 :])
    return nw.when(reached[middle]).then(better).otherwise(_word(reached[:middle], words[: middle + 1]))


def _by_cuts(
    bench: Bench[NativeFrame], now: Figure, start: Fraction, end: Fraction, words: OutcomePolicy
) -> NativeFrame:
    """Every edge is one number, known exactly."""
    [fine] = bench.keep(all_of([now.is_fine]))
    cuts = [start + edge * (end - start) for edge in _edges(words)]
    if end > start:
        reached = [*map(now.reaches, cuts), now.exceeds(end)]
    else:
        reached = [*(~now.exceeds(cut) for cut in cuts), ~now.reaches(end)]
    return bench.done(
        score=nw.when(fine).then(_share_of_one_way(bench, now, start, end)),
        outcome=nw.when(fine).then(_word(reached)),
        why=bench.why(fine, now.problems()),
        **bench.no_doubt,
    )


def _share_of_one_way(bench: Bench[Any], now: Figure, start: Fraction, end: Fraction) -> nw.Expr:
    """Return the share that each row has come of the way from *start* to *end*: decimals as whole numbers."""
    come, parts = beside(bench, now, start, end)
    return (come - number(nearest_float(start * parts))) / bench.divisor((end - start) * parts, come)


def _by_exception(
    bench: Bench[NativeFrame], figures: tuple[Figure, Figure, Figure], words: OutcomePolicy
) -> NativeFrame:
    """Each row has edges of its own: floats decide where they can."""
    edges = _edges(words)
    begun = len(bench.ours)
    come = wholes(bench, figures, factor=max(edge.denominator for edge in edges))
    baseline, target, value = come.numbers
    way, moved = bench.keep(target - baseline, value - baseline)
    leads = come.are_finite & (way != 0)
    # Only where there is a way is it divided by: some engines raise, others answer infinity or nothing. Whole numbers
    # have so much room that what comes of it is the float of an edge only where it is the edge.
    share = moved / nw.when(leads).then(way)
    is_whole = bench.holds_everywhere(come.are_exact)
    doubt = () if is_whole else (way, moved, come.are_exact, come.size)
    leads, share, stays, *doubted = bench.only(begun, leads, share, way == 0, *doubt)
    reached = [*(share >= number(nearest_float(edge)) for edge in edges), share > number(1)]
    problems = [problem for figure in figures for problem in figure.problems()]
    columns = {
        "score": share,
        "outcome": nw.when(leads).then(_word(reached)),
        "why": bench.why(leads, [*problems, (Why.TARGET_EQUALS_BASELINE, stays)]),
    }
    if is_whole:
        return bench.done(**columns)
    way, moved, are_exact, size = doubted
    off = size * number(_ERROR)
    near = [_gap(moved, way, edge).abs() <= off * number(edge.denominator) for edge in edges]
    return settle(
        bench,
        columns,
        inexact=leads & ~are_exact,
        near=any_of([way.abs() <= off, *near]),
        figures=figures,
        judge=partial(_settled, words),
    )


def _gap(moved: nw.Expr, way: nw.Expr, edge: Fraction) -> nw.Expr:
    """Return how far each row lies from a share of its way, times the denominator of the share."""
    part, whole = edge.as_integer_ratio()
    if not part:
        return moved
    return moved - way if edge == 1 else moved * number(whole) - way * number(part)


def _settled(
    words: OutcomePolicy, start: Fraction, end: Fraction, now: Fraction
) -> tuple[float | None, str | None, str | None]:
    """Return score, word and code of one row, as the tower has them."""
    if start == end:
        return None, None, str(Why.TARGET_EQUALS_BASELINE.value)
    score = Score((now - start) / (end - start))
    return float(score), str(words.outcome(score).value), None
