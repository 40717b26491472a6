"""Laws of what is looked at and not judged: MOD-3."""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import given, strategies as st

from goalmodel import Absence, GoalModel, Measure, Review, Series, review, reviews
from goalmodel.hygiene import HygienePolicy
from goalmodel.measure import GoodToKnow
from goalmodel.reviewing import Policy
from goalmodel.testing import dates, goal_models, histories, restated_series

BUT_GM517 = Policy(hygiene=HygienePolicy(ignore=["GM517"]))


def verdicts(found: Review) -> Review:
    """Return a review without what is good to know, and what is said of readings nobody judges."""
    return attrs.evolve(found, good_to_know=(), unused=(), restatements=())


class TestMOD3:
    """A measure that is good to know is looked at and not judged: a review shows what was read of it last, and no
    verdict, proposal, flag or roll-up knows of it.
    """

    @given(goal_models(max_goals=2), st.data())
    def test_no_verdict_knows_of_it(self, model: GoalModel, data: st.DataObject) -> None:
        history, as_of = data.draw(histories(model)), data.draw(dates())
        its_own = [goal.measure for goal in model.measured]
        more = data.draw(st.lists(st.sampled_from(its_own), unique_by=lambda each: each.name)) if its_own else []
        judged = attrs.evolve(model, good_to_know=())
        for looked_at in (model.good_to_know, more):
            found = review(attrs.evolve(model, good_to_know=looked_at), history, as_of=as_of, policy=BUT_GM517)
            assert verdicts(found) == verdicts(review(judged, history, as_of=as_of, policy=BUT_GM517))
            assert [each.measure for each in found.good_to_know] == sorted(looked_at, key=lambda each: each.name)

    @given(restated_series(), dates())
    def test_what_was_read_last_is_what_was_known_by_then(self, series: Series, as_of: dt.date) -> None:
        (found,) = review(GoalModel(good_to_know=[series.measure]), [series], as_of=as_of).good_to_know
        known = [each for each in series if each.known_since <= as_of]
        latest = max(known, key=lambda each: (each.on, each.known_since), default=None)
        assert found == GoodToKnow(measure=series.measure, as_of=as_of, latest=latest)
        if latest is None:
            assert found.in_words == "never read"
        elif isinstance(latest.value, Absence):
            assert found.in_words.startswith(latest.value.value)
        else:
            assert found.in_words.startswith(series.measure.shown(latest.value))

    @given(restated_series(), st.lists(dates(), max_size=4))
    def test_asked_for_many_dates_it_is_as_on_each_alone(self, series: Series, days: list[dt.date]) -> None:
        model = GoalModel(good_to_know=[series.measure, Measure(f"not {series.measure.name}")])
        walked = [found.good_to_know for found in reviews(model, [series], days)]
        assert walked == [review(model, [series], as_of=day).good_to_know for day in days]
