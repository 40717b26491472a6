"""What a goal is called: which number decides, and where one word ends and the next begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import unique
from fractions import Fraction
from types import MappingProxyType
from typing import Final

import attrs

from goalmodel.checks import Term, inner, is_a, is_count, is_text, the, the_many
from goalmodel.exact import Number
from goalmodel.key_result import Outcome, OutcomePolicy, Pace, PaceBy, PacePolicy
from goalmodel.kpi import Health
from goalmodel.profiles.amount import Amount, is_above
from goalmodel.profiles.difference import Difference
from goalmodel.profiles.facts import Facts, Phase
from goalmodel.profiles.fields import differs, is_number, is_some_number, number, some_number
from goalmodel.profiles.kept import Kept, meets
from goalmodel.reprs import readable


@unique
class Light(Term):
    """What a word says, in the one language all systems share."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"


@attrs.frozen
@readable
class Word:
    """What a goal is called.

    Attributes:
        text: As the system has it.
        light: What it says.
    """

    text: str = attrs.field(validator=is_text)
    light: Light = attrs.field(validator=is_a(Light))

    def __str__(self) -> str:
        return self.text


@unique
class Basis(Term):
    """Which number decides about a word."""

    PROGRESS = "the progress"
    GAP = "the progress less what was expected"
    RATIO = "the progress by what was expected"
    TO_EXPECTED = "the value by the value that was expected, or 2 less that where less is better"
    LEVEL = "2 where what is to be kept is kept, 1 near it, 0 beyond"
    VALUE = "the value"
    DAYS = "the days since it started"


@attrs.frozen(kw_only=True)
@readable
class Band:
    """A word and where it begins.

    Attributes:
        word: The word.
        start: From here on; None where it has no lower end.
        above: Whether it begins above its start, not on it.
        end: Up to here, where the range is printed with an upper end that is not the next one's start.
    """

    word: Word = attrs.field(validator=is_a(Word))
    start: Fraction | None = attrs.field(default=None, converter=number, validator=is_number)
    above: bool = attrs.field(default=False, validator=is_a(bool))
    end: Fraction | None = attrs.field(default=None, converter=number, validator=is_number)

    @inner
    def holds(self, amount: Amount, nothing: Fraction, unit: Fraction) -> bool:
        """Return whether *amount* lies in the band, whose ends are counted in *unit* from *nothing* on."""
        if self.end is not None and is_above(amount, nothing + self.end * unit):
            return False
        if self.start is None:
            return True
        line = nothing + self.start * unit
        return is_above(amount, line) if self.above else not is_above(line, amount)


def _bands(given: Iterable[Band]) -> tuple[Band, ...]:
    return the_many(Band, given, "bands")


@attrs.frozen(kw_only=True)
@readable
class Wording:
    """Words for one number.

    Attributes:
        basis: Which number.
        bands: The first in which the number lies gives the word.
        phase: When the words hold; None for always.
        aspirational: Whether they hold for goals that are safe to fall short, or for the others; None for all.
        given: They hold only where this word was said by hand; None for always.
        early: They hold from this share of the time on; where nobody knows the time, they hold.
    """

    basis: Basis = attrs.field(validator=is_a(Basis))
    bands: tuple[Band, ...] = attrs.field(converter=_bands)
    phase: Phase | None = attrs.field(default=None, validator=is_a(Phase, type(None)))
    aspirational: bool | None = attrs.field(default=None, validator=is_a(bool, type(None)))
    given: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    early: Fraction = attrs.field(default=Fraction(0), converter=some_number, validator=is_some_number)

    @property
    def holds_always(self) -> bool:
        """Whether the words hold for every goal at any time."""
        return self.phase is None and self.aspirational is None and self.given is None and not self.early

    @inner
    def holds_for(self, facts: Facts) -> bool:
        """Return whether the words hold for this goal, now."""
        return (
            self.phase in (None, facts.phase)
            and self.aspirational in (None, facts.aspirational)
            and self.given in (None, facts.word)
            and (facts.time_over is None or facts.time_over >= self.early)
        )

    @classmethod
    def of_pace(
        cls, policy: PacePolicy, *, ahead: str, on_pace: str, behind: str, well_behind: str, early: Number = 0
    ) -> Wording:
        """Return what a policy of pace says, in a system's own words.

        Args:
            policy: Where one word ends and the next begins.
            ahead: What is said of what is ahead; not said where the policy has no such word.
            on_pace: What is said of what is as far as expected.
            behind: What is said of what is behind.
            well_behind: What is said of what is well behind; not said where the policy has no such word.
            early: Nothing is said before this share of the time is over.
        """
        the(PacePolicy, policy, "policy")
        best = Band(word=Word(ahead, Light.GREEN), start=policy.ahead, above=True)
        worst = Band(word=Word(well_behind, Light.RED))
        return cls(
            basis=Basis.GAP if policy.by is PaceBy.GAP else Basis.RATIO,
            bands=(
                *((best,) if policy.ahead is not None else ()),
                Band(word=Word(on_pace, Light.GREEN), start=policy.on_pace),
                Band(word=Word(behind, Light.AMBER), start=policy.behind),
                *((worst,) if policy.behind is not None else ()),
            ),
            early=early,
        )

    @classmethod
    def of_outcome(cls, policy: OutcomePolicy, *, most: str, part: str, little: str) -> Wording:
        """Return what a policy of outcomes says, in a system's own words."""
        the(OutcomePolicy, policy, "policy")
        return cls(
            basis=Basis.PROGRESS,
            bands=(
                Band(word=Word(most, Light.GREEN), start=policy.most),
                Band(word=Word(part, Light.AMBER), start=policy.part),
                Band(word=Word(little, Light.RED)),
            ),
        )


OUR_LEVEL: Final = Wording(
    basis=Basis.LEVEL,
    bands=(
        Band(word=Word(Health.HEALTHY.value, Light.GREEN), start=2),
        Band(word=Word(Health.WATCH.value, Light.AMBER), start=1),
        Band(word=Word(Health.UNHEALTHY.value, Light.RED)),
    ),
)
"""How healthy a KPI is: what is to be kept."""
OUR_PACE: Final = Wording.of_pace(
    PacePolicy(),
    ahead=Pace.AHEAD.value,
    on_pace=Pace.ON_PACE.value,
    behind=Pace.BEHIND.value,
    well_behind=Pace.WELL_BEHIND.value,
    early=PacePolicy().early,
)
"""Whether a key result is as far as was expected."""
OUR_OUTCOME: Final = Wording.of_outcome(
    OutcomePolicy(),
    most=Outcome.MOST_OF_THE_WAY.value,
    part=Outcome.PART_OF_THE_WAY.value,
    little=Outcome.LITTLE_MOVEMENT.value,
)
"""How far a key result has come."""


@attrs.frozen(kw_only=True)
@readable
class Lasting:
    """How long a level holds over, reading by reading.

    Attributes:
        on_after: So many readings in a row that do not meet what is to be kept, until it is said to be beyond.
        off_after: So many readings in a row that meet it again, until it is said to be kept.
        deadband: By how much these lie clear of the edge, in the measure's own unit.
    """

    on_after: int = attrs.field(default=1, validator=is_count(1))
    off_after: int = attrs.field(default=1, validator=is_count(1))
    deadband: Fraction = attrs.field(default=Fraction(0), converter=some_number, validator=is_some_number)


def _wordings(given: Iterable[Wording]) -> tuple[Wording, ...]:
    return the_many(Wording, given, "wordings")


@attrs.frozen(kw_only=True)
@readable
class Words:
    """What a system calls a goal; the defaults are goalmodel's rules KPI-1, KR-9 and KR-5.

    Attributes:
        wordings: The first that has a word gives it.
        lasting: How long a level holds over; None where the latest reading says it.
        targetless: What is said where nothing is wanted; None where nothing is said.
        valueless: What is said where there is no value; None where nothing is said.
    """

    wordings: tuple[Wording, ...] = attrs.field(default=(OUR_LEVEL, OUR_PACE, OUR_OUTCOME), converter=_wordings)
    lasting: Lasting | None = attrs.field(
        default=None, validator=is_a(Lasting, type(None)), metadata=differs(Difference.HELD_OVER)
    )
    targetless: Word | None = attrs.field(
        default=None, validator=is_a(Word, type(None)), metadata=differs(Difference.MISSING_COUNTED)
    )
    valueless: Word | None = attrs.field(
        default=None, validator=is_a(Word, type(None)), metadata=differs(Difference.MISSING_COUNTED)
    )


_OURS: Final[Mapping[Basis, Wording]] = MappingProxyType(
    {
        Basis.PROGRESS: OUR_OUTCOME,
        Basis.GAP: OUR_PACE,
        Basis.RATIO: OUR_PACE,
        Basis.TO_EXPECTED: OUR_PACE,
        Basis.LEVEL: OUR_LEVEL,
    }
)
"""Goalmodel's own words about each number."""


def with_our_basis(words: Words) -> Words:
    """Return goalmodel's own words, about the numbers it takes."""
    return attrs.evolve(words, wordings=Words().wordings)


def with_our_cuts(words: Words) -> Words:
    """Return goalmodel's own words about the numbers that decide in *words*; where it has none, those of *words*."""
    return _each(words, lambda wording: _OURS.get(wording.basis, wording))


def with_our_edges(words: Words) -> Words:
    """Return *words* with every cut belonging to the better of two words."""
    return _each(words, lambda wording: _each_band(wording, lambda band: attrs.evolve(band, above=False)))


def with_our_gaps(words: Words) -> Words:
    """Return *words* without upper ends."""
    return _each(words, lambda wording: _each_band(wording, lambda band: attrs.evolve(band, end=None)))


def with_our_phases(words: Words) -> Words:
    """Return *words* with those that come first for a number holding always."""
    first = {wording.basis: wording for wording in reversed(words.wordings)}
    kept = [wording for wording in words.wordings if wording.holds_always or first[wording.basis] is wording]
    return _each(
        attrs.evolve(words, wordings=kept),
        lambda wording: attrs.evolve(wording, phase=None, aspirational=None, given=None, early=0),
    )


def _each(words: Words, change: Callable[[Wording], Wording]) -> Words:
    """Return *words* with each wording changed that is not goalmodel's own."""
    own = frozenset(_OURS.values())
    return attrs.evolve(words, wordings=[each if each in own else change(each) for each in words.wordings])


def _each_band(wording: Wording, change: Callable[[Band], Band]) -> Wording:
    return attrs.evolve(wording, bands=[change(band) for band in wording.bands])


def level_of(facts: Facts, value: Fraction, kept: Kept) -> int | None:
    """Return 2 where what is to be kept is kept, 1 near it, 0 beyond; None where nothing is to be kept."""
    if not facts.has_range and facts.baseline is not None:
        return None
    is_met = meets(facts, value, kept)
    if is_met is None:
        return None
    near = attrs.evolve(facts, target=None, low=facts.watch_low, high=facts.watch_high)
    return 2 if is_met else int(bool(meets(near, value, kept)))


def lasting_level_of(facts: Facts, kept: Kept, lasting: Lasting) -> int | None:
    """Return 0 from so many readings beyond in a row until so many clear of the edge, 1 while either is counted.

    Args:
        facts: What is to be kept, and its history, oldest first; what is not there is passed over.
        kept: What becomes of the edge.
        lasting: How many readings, and how clear of the edge.
    """
    is_beyond, in_a_row = False, 0
    for value in facts.known:
        clear = value + lasting.deadband if facts.is_falling else value - lasting.deadband
        is_met = meets(facts, clear if is_beyond else value, kept)
        if is_met is None:
            return None
        in_a_row = in_a_row + 1 if is_met == is_beyond else 0
        if in_a_row == (lasting.off_after if is_beyond else lasting.on_after):
            is_beyond, in_a_row = not is_beyond, 0
    if not facts.known:
        return None
    return 0 if is_beyond else 1 if in_a_row else 2
