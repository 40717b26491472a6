"""The same facts under many systems."""

from __future__ import annotations

from collections.abc import Iterable

from goalmodel.checks import the, the_many
from goalmodel.profiles.facts import Facts
from goalmodel.profiles.profile import Answer, Profile
from goalmodel.profiles.systems import PROFILES


def compare(facts: Facts, profiles: Iterable[Profile] = tuple(PROFILES.values())) -> tuple[Answer, ...]:
    """Return what each of *profiles* says to every question about *facts*, profile by profile, question by question.

    >>> from goalmodel.profiles import PROFILES, Facts
    >>> half_past_nothing = Facts(baseline=50, target=50, value=50)
    >>> for said in compare(
    ...     half_past_nothing, [PROFILES["GitLab OKR"], PROFILES["oslokommune/okr-tracker, as stored"]]
    ... ):
    ...     if said.said is not None:
    ...         print(said)
    GitLab OKR says 0; equal-ends-answer: nothing becomes 0
    oslokommune/okr-tracker, as stored says 0.5; equal-ends-answer: nothing becomes 0.5

    Args:
        facts: What is known of one goal.
        profiles: Which systems are asked; all there are, where nothing is said.
    """
    the(Facts, facts, "facts")
    asked = the_many(Profile, profiles, "profiles")
    return tuple(answer for profile in asked for answer in profile.answers(facts))
