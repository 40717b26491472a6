"""The systems: each by its own published rules, as data.

What a rule leaves open is goalmodel's, so that no difference is claimed that nobody published. Where a system lets its
users choose, its default is taken; another choice is set with ``attrs.evolve``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

import attrs

from goalmodel.exact import Number
from goalmodel.key_result import OutcomePolicy, PacePolicy
from goalmodel.measure import Aggregation
from goalmodel.objective import Unscored
from goalmodel.profiles.amount import Rounding, Shown
from goalmodel.profiles.expected import DayCount, Expected
from goalmodel.profiles.facts import Phase
from goalmodel.profiles.kept import Edge, Kept
from goalmodel.profiles.profile import Profile
from goalmodel.profiles.progress import Formula, Progress, Undefined
from goalmodel.profiles.rolled_up import Method, RolledUp
from goalmodel.profiles.words import Band, Basis, Lasting, Light, Word, Wording, Words

_READ: Final = dt.date(2026, 11, 26)

_GREEN, _AMBER, _RED, _NONE = Light.GREEN, Light.AMBER, Light.RED, Light.NONE

_WHOLE_PERCENT: Final = Shown(2)
_TRUNCATED: Final = Shown(2, Rounding.TOWARD_ZERO)
_OF_TARGET: Final = Progress(rising=Formula.SHARE_OF_TARGET, falling=Formula.TARGET_BY_VALUE)
_NO_BOUNDS: Final = RolledUp(least_part=None, most_part=None)


def _from(start: Number | None, text: str, light: Light) -> Band:
    """Return the band of a word that begins on *start*."""
    return Band(word=Word(text, light), start=start)


def _above(start: Number, text: str, light: Light) -> Band:
    """Return the band of a word that begins above *start*."""
    return Band(word=Word(text, light), start=start, above=True)


def _below(text: str, light: Light) -> Band:
    """Return the band of the word for whatever is left."""
    return Band(word=Word(text, light))


def _printed(start: Number | None, end: Number | None, text: str, light: Light) -> Band:
    """Return the band of a word whose range is printed with both its ends."""
    return Band(word=Word(text, light), start=start, end=end)


def _by(
    basis: Basis,
    *bands: Band,
    phase: Phase | None = None,
    aspirational: bool | None = None,
    given: str | None = None,
    early: Number = 0,
) -> Wording:
    """Return words for *basis*, the best first."""
    return Wording(basis=basis, bands=bands, phase=phase, aspirational=aspirational, given=given, early=early)


def _words(*wordings: Wording) -> Words:
    return Words(wordings=wordings)


def _colours(wording: Wording, *ends: Number | None) -> Wording:
    """Return *wording* with the upper ends its ranges are printed with, the best first."""
    bands = [attrs.evolve(band, end=end) for band, end in zip(wording.bands, ends, strict=True)]
    return attrs.evolve(wording, bands=bands)


_SYSTEMS: Final = (
    Profile(
        name="15Five",
        source="https://success.15five.com/hc/en-us/articles/360019261211-Measure-objectives-metrics-and-targets",
        read=_READ,
        roll_up=attrs.evolve(_NO_BOUNDS, most=1),
    ),
    Profile(
        name="Ally.io (Viva Goals)",
        source="https://help.ally.io/en/articles/5239895-how-to-setup-okrs-with-negative-scoring",
        read=_READ,
        progress=Progress(shown=Shown(1)),
    ),
    Profile(
        name="Atlassian Goals",
        source=(
            "https://support.atlassian.com/platform-experiences/docs/"
            "use-goal-status-to-track-objectives-and-key-results"
        ),
        read=_READ,
        words=_words(
            _by(
                Basis.PROGRESS,
                _printed(0.7, 1, "on track", _GREEN),
                _printed(0.4, 0.6, "at risk", _AMBER),
                _printed(0, 0.3, "off track", _RED),
            )
        ),
    ),
    Profile(
        name="BSC Designer",
        source="http://www.bscdesigner.com/kpi_designer_manual/change-indicator-details.htm",
        read=_READ,
        progress=Progress(),
    ),
    Profile(
        name="BurningOKR",
        source="BurningOKR/BurningOKR@a6438f9:backend/.../KeyResultProgressHelperTest.java",
        read=_READ,
        progress=Progress(),
    ),
    Profile(
        name="COINr",
        source="bluefoxr/COINr@b9682034:tests/testthat/test-normalise.R",
        read=_READ,
        progress=Progress(),
        roll_up=_NO_BOUNDS,
    ),
    Profile(
        name="COINr goalposts",
        source="bluefoxr/COINr@b9682034:tests/testthat/test-normalise.R",
        read=_READ,
        progress=Progress(least=0, most=1),
        roll_up=_NO_BOUNDS,
    ),
    Profile(
        name="Cascade",
        source="https://support.cascade.app/docs/what-does-each-health-mean-in-cascade",
        read=_READ,
        progress=Progress(),
        words=_words(
            Wording.of_pace(
                PacePolicy.cascade(), ahead="ahead", on_pace="on track", behind="behind", well_behind="at risk"
            )
        ),
    ),
    Profile(
        name="ClearPoint",
        source=(
            "https://next-support.clearpointstrategy.com/en/articles/"
            "12885814-automate-calculations-evaluations-setting-measure-evaluations"
        ),
        read=_READ,
        progress=_OF_TARGET,
        words=_words(
            _by(
                Basis.PROGRESS,
                _from(1, "above target", _GREEN),
                _from(0.9, "caution", _AMBER),
                _below("below plan", _RED),
            )
        ),
    ),
    Profile(
        name="Dashboards Mashboard",
        source="https://dashboardsmashboard.com/docs/card-output.html",
        read=_READ,
        progress=_OF_TARGET,
        words=_words(
            _by(
                Basis.PROGRESS,
                _from(1.05, "exceeding", _GREEN),
                _from(1, "goal reached", _GREEN),
                _from(0.85, "needs attention", _AMBER),
                _from(0.75, "at risk", _AMBER),
                _below("critical", _RED),
                early=0.2,
            )
        ),
    ),
    Profile(
        name="Derringer-Suich",
        source="tidymodels/desirability2@06f725ad:tests/testthat/test-in-line.R",
        read=_READ,
        progress=Progress(rising=Formula.DESIRABILITY, falling=Formula.DESIRABILITY),
        roll_up=RolledUp(method=Method.GEOMETRIC),
    ),
    Profile(
        name="EOS scorecard (eoshub)",
        source="https://eoshub-docs.pixon.eu/en/features/scorecard",
        read=_READ,
        kept=Kept(edge=Edge.AS_WRITTEN),
        words=_words(_by(Basis.LEVEL, _from(2, "green", _GREEN), _below("red", _RED))),
    ),
    Profile(
        name="Engagedly",
        source="https://help.engagedly.com/understanding-goal-measurement-types-and-measurement-logic",
        read=_READ,
        progress=Progress(),
        expected=Expected(toward=1),
        kept=Kept(),
        words=_words(
            _by(Basis.PROGRESS, _from(1, "achieved", _GREEN)),
            Wording.of_pace(
                PacePolicy.engagedly(), ahead="on track", on_pace="on track", behind="behind", well_behind="at risk"
            ),
            _by(Basis.LEVEL, _from(2, "on track", _GREEN), _below("behind", _AMBER), phase=Phase.RUNNING),
            _by(Basis.LEVEL, _from(2, "achieved", _GREEN), _below("at risk", _RED), phase=Phase.OVER),
        ),
    ),
    Profile(
        name="Feedback4e",
        source=(
            "https://feedback4e.freshdesk.com/support/solutions/articles/"
            "80001132301-how-is-key-result-progress-calculated-"
        ),
        read=_READ,
        progress=_OF_TARGET,
    ),
    Profile(
        name="GAS",
        source="Kiresuk and Sherman 1968, as in Turner-Stokes 2009, Clin Rehabil 23:362",
        read=_READ,
        roll_up=attrs.evolve(_NO_BOUNDS, method=Method.T_SCORE, shown=Shown(8)),
    ),
    Profile(
        name="GRL/jUCMNav",
        source=(
            "JUCMNAV/projetseg-update@9d6738e6:seg.jUCMNav/src/seg/jUCMNav/strategies/EvaluationStrategyManager.java"
        ),
        read=_READ,
        progress=Progress(undefined=Undefined.MET, table=((0, -1), (1, 1)), least=-1, most=1, shown=_TRUNCATED),
        words=_words(
            _by(
                Basis.PROGRESS,
                _from(1, "Satisfied", _GREEN),
                _above(0, "WeaklySatisfied", _AMBER),
                _from(0, "None", _NONE),
                _above(-1, "WeaklyDenied", _AMBER),
                _below("Denied", _RED),
            )
        ),
        roll_up=RolledUp(
            method=Method.SUM,
            named_weights=(
                ("MAKE", 1),
                ("SOME_POSITIVE", 0.75),
                ("HELP", 0.25),
                ("HURT", -0.25),
                ("SOME_NEGATIVE", -0.75),
                ("BREAK", -1),
            ),
            drops_weightless=True,
            least_part=-1,
            most_part=1,
            part_shown=_TRUNCATED,
            reserve=0.1,
            limited=True,
            least=-1,
            most=1,
        ),
    ),
    Profile(
        name="GRL/jUCMNav actors",
        source=(
            "JUCMNAV/projetseg-update@9d6738e6:"
            "seg.jUCMNav/src/seg/jUCMNav/strategies/StrategyAlgorithmImplementationHelper.java"
        ),
        read=_READ,
        roll_up=RolledUp(drops_weightless=True, least_part=-1, most_part=1, shown=_TRUNCATED),
    ),
    Profile(
        name="GitLab OKR",
        source="gitlab:ee/app/models/work_items/progress.rb (read via pavankalisetti009/gitlab@eb1d24f)",
        read=_READ,
        progress=Progress(undefined=Undefined.ZERO, least=0, most=1, shown=_WHOLE_PERCENT),
    ),
    Profile(
        name="GitLab handbook KPIs",
        source="https://gitlab.com/gitlab-com/content-sites/handbook (KPI index health table)",
        read=_READ,
        words=_words(
            _by(
                Basis.VALUE,
                _from(3, "okay", _GREEN),
                _from(2, "attention", _AMBER),
                _from(1, "problem", _RED),
                _from(0, "unknown", _NONE),
                _below("confidential", _NONE),
            )
        ),
    ),
    Profile(
        name="Google / Measure What Matters",
        source="https://www.whatmatters.com/faqs/dear-andy-how-to-grade-committed-okrs",
        read=_READ,
        kept=Kept(aspirational=0.7),
        words=_words(
            _colours(Wording.of_outcome(OutcomePolicy.google(), most="green", part="yellow", little="red"), 1, 0.6, 0.3)
        ),
    ),
    Profile(
        name="Harrington",
        source="Harrington 1965, as in the R package desiRe, harrington.R",
        read=_READ,
        progress=Progress(
            rising=Formula.DOUBLE_EXPONENTIAL,
            falling=Formula.DOUBLE_EXPONENTIAL,
            in_range=Formula.DOUBLE_EXPONENTIAL,
            shown=Shown(8),
        ),
    ),
    Profile(
        name="Hikaya Activity (IPTT)",
        source="https://github.com/hikaya-io/activity/issues/397",
        read=_READ,
        progress=Progress(rising=Formula.SHARE_OF_TARGET),
    ),
    Profile(
        name="Innovation Minds",
        source="https://innovationminds.com/im-university/key-results/",
        read=_READ,
        expected=Expected(toward=1),
        words=_words(
            _by(
                Basis.PROGRESS,
                _from(1, "complete", _GREEN),
                _below("off track past due", _RED),
                phase=Phase.OVER,
            ),
            _by(
                Basis.RATIO,
                _from(1, "on track", _GREEN),
                _from(0.9, "progressing", _AMBER),
                _below("off track", _RED),
            ),
        ),
    ),
    Profile(
        name="Koan",
        source="https://help.koan.co/en/articles/3459501-what-are-confidence-ratings",
        read=_READ,
        words=_words(
            _by(
                Basis.VALUE,
                _printed(8, 10, "on track", _GREEN),
                _printed(4, 7, "has issues", _AMBER),
                _printed(1, 3, "at risk", _RED),
            )
        ),
    ),
    Profile(
        name="Kubernetes probe",
        source="kubernetes/kubernetes:pkg/kubelet/prober/worker.go (doProbe)",
        read=_READ,
        words=Words(
            wordings=(_by(Basis.LEVEL, _from(1, "success", _GREEN), _below("failure", _RED)),),
            lasting=Lasting(on_after=3),
        ),
    ),
    Profile(
        name="Lattice",
        source=("https://help.lattice.com/hc/en-us/articles/360059451414-Understand-Progress-Calculation-in-Lattice"),
        read=_READ,
        progress=Progress(),
        roll_up=RolledUp(shown=_WHOLE_PERCENT),
    ),
    Profile(
        name="Leantime",
        source="Leantime/leantime@9a9f49f:tests/Unit/app/Domain/Goalcanvas/Services/GoalcanvasServiceTest.php",
        read=_READ,
        progress=Progress(least=0, most=1, shown=_WHOLE_PERCENT),
        roll_up=RolledUp(shown=_WHOLE_PERCENT),
    ),
    Profile(
        name="Levers fulcrum",
        source="Levers-Labs/fulcrum-intelligence@4208f3e:levers/levers/primitives/performance.py",
        read=_READ,
        progress=Progress(rising=Formula.DISTANCE, falling=Formula.DISTANCE, above_zero=True),
        kept=Kept(tolerance=0.05),
        expected=Expected(toward=1),
        words=Words(
            wordings=(_by(Basis.LEVEL, _from(2, "on track", _GREEN), _below("off track", _RED)),),
            targetless=Word("no target", _NONE),
            valueless=Word("no target", _NONE),
        ),
    ),
    Profile(
        name="Logix5000/OPC UA A&C",
        source="Allen-Bradley Logix5000 ALMA state table (easymanua.ls 688210 p65); OPC UA Part 9 B.1.5",
        read=_READ,
        kept=Kept(edge=Edge.FAILS),
        words=Words(
            wordings=(_by(Basis.LEVEL, _from(1, "normal", _GREEN), _below("in alarm", _RED)),),
            lasting=Lasting(),
        ),
    ),
    Profile(
        name="MetricSpec bands",
        source="MetricSpec tests in a public code index, id 51837574866",
        read=_READ,
        words=Words(
            wordings=(
                _by(Basis.LEVEL, _from(2, "Healthy", _GREEN), _from(1, "Warning", _AMBER), _below("Critical", _RED)),
            ),
            targetless=Word("Observed", _NONE),
        ),
    ),
    Profile(
        name="Metronome",
        source="https://metronome.help/how-to-set-quarterly-targets",
        read=_READ,
        progress=_OF_TARGET,
        words=_words(
            _by(
                Basis.PROGRESS,
                _from(1.1, "super green", _GREEN),
                _from(1, "green", _GREEN),
                _from(0.9, "yellow", _AMBER),
                _below("red", _RED),
            )
        ),
    ),
    Profile(
        name="Mooncamp",
        source="https://mooncamp.com/docs/goal-statuses",
        read=_READ,
        progress=Progress(named=(("achieved", 1), ("partially achieved", 0.5), ("missed", 0))),
        expected=Expected(toward=1),
        words=_words(
            _by(
                Basis.RATIO,
                _from(0.9, "on track", _GREEN),
                _from(0.7, "progressing", _AMBER),
                _below("off track", _RED),
            )
        ),
        roll_up=RolledUp(shown=_WHOLE_PERCENT),
    ),
    Profile(
        name="OKR_system",
        source="WendrewDouglas/OKR_system@0a99573:auth/helpers/kr_progress.php",
        read=_READ,
        progress=Progress(valueless=0, least=0, most=1, shown=Shown(3)),
        expected=Expected(toward=1, whole=Shown(0), fine=Shown(2)),
        words=Words(
            wordings=(
                _by(
                    Basis.TO_EXPECTED,
                    _from(1, "green", _GREEN),
                    _from(0.9, "yellow", _AMBER),
                    _below("red", _RED),
                ),
            ),
            valueless=Word("red", _RED),
        ),
        roll_up=RolledUp(
            order=(Word("red", _RED), Word("yellow", _AMBER), Word("green", _GREEN), Word("grey", _NONE)),
            nothing=Word("grey", _NONE),
            shown=Shown(3),
        ),
    ),
    Profile(
        name="OKRs Tool",
        source="https://okrstool-kb.pages.dev/kpi-tracking/",
        read=_READ,
        progress=_OF_TARGET,
        words=_words(
            _by(
                Basis.PROGRESS,
                _from(0.8, "on track", _GREEN),
                _from(0.6, "at risk", _AMBER),
                _below("off track", _RED),
            )
        ),
    ),
    Profile(
        name="Oracle BI EE",
        source="https://bi.accessbusinessgroup.com/analytics/olh/l_en/kpi002.htm",
        read=_READ,
        words=_words(
            _by(
                Basis.VALUE,
                _above(125, "ideal", _GREEN),
                _above(100, "good", _GREEN),
                _above(80, "acceptable", _GREEN),
                _above(50, "warning", _AMBER),
                _below("critical", _RED),
            )
        ),
    ),
    Profile(
        name="Oracle Fusion Analytics",
        source="https://docs.oracle.com/en/cloud/saas/analytics/fawug/evaluate-kpis.html",
        read=_READ,
        progress=_OF_TARGET,
        words=_words(
            _by(
                Basis.PROGRESS,
                _from(1, "good/green", _GREEN),
                _above(0.7, "warning/yellow", _AMBER),
                _below("critical/red", _RED),
            )
        ),
    ),
    Profile(
        name="Perdoo",
        source="https://support.perdoo.com/en/articles/4898961-understand-how-progress-is-calculated-for-okrs",
        read=_READ,
        kept=Kept(),
        words=Words(
            wordings=(
                _by(Basis.LEVEL, _from(2, "healthy", _GREEN), _below("unhealthy", _RED)),
                _by(Basis.PROGRESS, _from(1, "accomplished", _GREEN)),
            ),
            targetless=Word("healthy", _GREEN),
        ),
        roll_up=RolledUp(
            order=(
                Word("off track", _RED),
                Word("needs attention", _AMBER),
                Word("on track", _GREEN),
                Word("accomplished", _GREEN),
            ),
            equal_weights=True,
            most_part=None,
            shown=_WHOLE_PERCENT,
        ),
    ),
    Profile(
        name="Planview LeanKit OKRs",
        source="https://success.planview.com/Planview_LeanKit/OKRs/075_OKR_Health",
        read=_READ,
        words=_words(
            _by(
                Basis.PROGRESS,
                _from(0.9, "on target", _GREEN),
                _below("below target", _RED),
                phase=Phase.OVER,
            ),
            Wording.of_pace(
                PacePolicy.leankit(), ahead="ahead", on_pace="on track", behind="behind", well_behind="behind"
            ),
        ),
        roll_up=RolledUp(shown=_WHOLE_PERCENT),
    ),
    Profile(
        name="Power BI Metrics/Goals",
        source="https://learn.microsoft.com/en-us/power-bi/create-reports/service-goals-subgoals",
        read=_READ,
        roll_up=attrs.evolve(_NO_BOUNDS, method=Method.SUM, of_values=True),
    ),
    Profile(
        name="Profit.co distance from target",
        source=(
            "https://www.profit.co/answers/okrs/"
            "how-does-the-progress-calculation-distance-from-target-as-of-the-check-in-date-in-control-kpi-works/"
        ),
        read=_READ,
        progress=Progress(counted=Aggregation.MEAN, rising=Formula.SHARE_OF_TARGET, falling=Formula.TWO_LESS_SHARE),
    ),
    Profile(
        name="Profit.co successful check-ins",
        source=(
            "https://www.profit.co/answers/kpis/"
            "how-does-the-two-progress-calculations-for-the-control-kpi-key-result-work-in-profit-co/"
        ),
        read=_READ,
        progress=Progress(
            rising=Formula.READINGS_MET,
            falling=Formula.READINGS_MET,
            in_range=Formula.READINGS_MET,
            shown=_WHOLE_PERCENT,
        ),
    ),
    Profile(
        name="Prometheus",
        source="prometheus/prometheus@d15adb9a:rules/alerting_test.go TestKeepFiringFor",
        read=_READ,
        words=Words(
            wordings=(
                _by(Basis.LEVEL, _from(2, "inactive", _GREEN), _from(1, "pending", _AMBER), _below("firing", _RED)),
            ),
            lasting=Lasting(),
        ),
    ),
    Profile(
        name="Quantive (Gtmhub)",
        source="https://help.quantive.com/en/articles/3849793-how-kr-progress-is-calculated-in-quantive",
        read=_READ,
        progress=Progress(),
    ),
    Profile(
        name="SAP Analytics Cloud",
        source=(
            "https://assets.sapanalytics.cloud/production/help/help-release/en/3cae6dabf36448239dcd1f4e79514bd8.html"
        ),
        read=_READ,
        progress=Progress(rising=Formula.VARIANCE, falling=Formula.VARIANCE, undefined=Undefined.SIGN),
    ),
    Profile(
        name="SAP SuccessFactors",
        source="https://apps.support.sap.com/sap/support/knowledge/public/en/2072182",
        read=_READ,
        progress=attrs.evolve(_OF_TARGET, table=((0.9, 0.8), (1, 1), (1.1, 1.2), (1.2, 1.4))),
    ),
    Profile(
        name="SQL Server Analysis Services",
        source=(
            "http://what-when-how.com/Tutorial/topic-27pdtj3fm/"
            "Professional-SQL-Server-Analysis-Services-2005-with-MDX-436.html"
        ),
        read=_READ,
        progress=_OF_TARGET,
        words=_words(
            _by(
                Basis.PROGRESS,
                _from(0.95, "good", _GREEN),
                _from(0.85, "acceptable", _AMBER),
                _below("bad", _RED),
            ),
            _by(Basis.VALUE, _from(1, "good", _GREEN), _above(-1, "acceptable", _AMBER), _below("bad", _RED)),
        ),
    ),
    Profile(
        name="SRE burn rate",
        source="slok/sloth@0e395d81:internal/alert/window.go",
        read=_READ,
        progress=Progress(rising=Formula.SHARE_BY_TIME, falling=Formula.SHARE_BY_TIME),
    ),
    Profile(
        name="SalesScreen",
        source="https://help.salesscreen.wiki/en/articles/6183590-how-does-the-coloring-of-dashboard-numbers-work",
        read=_READ,
        progress=_OF_TARGET,
        words=_words(
            _by(
                Basis.PROGRESS,
                _from(1, "green", _GREEN),
                _printed(0.5, 0.99, "yellow", _AMBER),
                _printed(0, 0.49, "red", _RED),
            )
        ),
    ),
    Profile(
        name="ServiceNow",
        source=(
            "https://www.servicenow.com/docs/r/it-business-management/scenario-planning-in-spw/"
            "target-types-overview.html"
        ),
        read=_READ,
        progress=Progress(in_range=Formula.MET, shown=Shown(3)),
        kept=Kept(tolerance=0.05),
        words=_words(
            _by(Basis.PROGRESS, _from(0.9, "green", _GREEN), _from(0.75, "yellow", _AMBER), _below("red", _RED))
        ),
        roll_up=RolledUp(
            order=(Word("red", _RED), Word("yellow", _AMBER), Word("green", _GREEN)),
            of_words=Method.LATEST,
        ),
    ),
    Profile(
        name="ServiceNow Performance Analytics",
        source=(
            "https://www.servicenow.com/docs/r/australia/now-intelligence/performance-analytics/PAFU-getGap_S_O.html"
        ),
        read=_READ,
        progress=Progress(rising=Formula.GAP, falling=Formula.GAP),
    ),
    Profile(
        name="ShamanR/okrs",
        source="ShamanR/okrs@43368ed:internal/okr/okr_test.go",
        read=_READ,
        progress=Progress(undefined=Undefined.MET, least=0, most=1, shown=_WHOLE_PERCENT),
        roll_up=RolledUp(nothing=0, drops_weightless=True, shown=_WHOLE_PERCENT),
    ),
    Profile(
        name="Spider Impact",
        source="https://support.spiderstrategies.com/hc/en-us/articles/360041554151-Using-KPI-Scoring-Types",
        read=_READ,
        progress=Progress(table=((0, Fraction(1, 3)), (1, Fraction(2, 3))), least=0, most=1, shown=_TRUNCATED),
        words=_words(
            _by(
                Basis.PROGRESS,
                _from(Fraction(2, 3), "green", _GREEN),
                _from(Fraction(1, 3), "yellow", _AMBER),
                _below("red", _RED),
            )
        ),
    ),
    Profile(
        name="Telescope (Jira targets)",
        source=(
            "https://telescope-ai.atlassian.net/wiki/pages/diffpages.action?originalId=1861713976&pageId=1861779521"
        ),
        read=_READ,
        words=_words(
            _by(Basis.PROGRESS, _from(1, "complete", _GREEN)),
            _by(
                Basis.GAP,
                _from(0, "on track", _GREEN),
                _from(-0.25, "at risk", _AMBER),
                _below("off track", _RED),
            ),
        ),
    ),
    Profile(
        name="UpRaise (Jira)",
        source="https://amoeboids.atlassian.net/wiki/spaces/UPFJ/pages/3942580247",
        read=_READ,
        progress=Progress(in_range=Formula.MET),
        words=_words(
            Wording.of_pace(
                PacePolicy.upraise(), ahead="on track", on_pace="on track", behind="lagging", well_behind="at risk"
            )
        ),
    ),
    Profile(
        name="Viva Goals",
        source="https://learn.microsoft.com/en-us/viva/goals/track-okr-progress-status",
        read=_READ,
        progress=Progress(baseless=Formula.MET, in_range=Formula.MET),
        kept=Kept(edge=Edge.FAILS),
        expected=Expected(toward=1, day_count=DayCount.BETWEEN_ENDS),
        words=_words(
            _by(Basis.LEVEL, _from(2, "on track", _GREEN), _from(1, "behind", _AMBER), _below("at risk", _RED)),
            Wording.of_pace(
                PacePolicy.viva_goals(), ahead="on track", on_pace="on track", behind="behind", well_behind="at risk"
            ),
            _by(Basis.PROGRESS, _from(1, "orange", _AMBER), phase=Phase.OVER, aspirational=True),
            _by(Basis.PROGRESS, _from(1, "green", _GREEN), phase=Phase.OVER, aspirational=False),
        ),
        roll_up=RolledUp(
            order=(
                Word("at risk", _RED),
                Word("behind", _AMBER),
                Word("on track", _GREEN),
                Word("not started", _NONE),
                Word("closed", _NONE),
                Word("postponed", _NONE),
            ),
            drops_weightless=True,
        ),
    ),
    Profile(
        name="Viva Goals alerts",
        source="MicrosoftDocs/Viva:Viva/goals/check-ins-and-progress-status.md@0fd0237",
        read=_READ,
        words=_words(
            _by(Basis.PROGRESS, _from(1, "no alert", _NONE), _below("at risk", _RED), phase=Phase.OVER),
            _by(Basis.PROGRESS, _above(0.8, "needs attention", _AMBER)),
            _by(Basis.DAYS, _from(7, "needs attention", _AMBER), given="not started"),
            _by(Basis.GAP, _from(-0.25, "no alert", _NONE), _below("at risk", _RED)),
        ),
    ),
    Profile(
        name="WorkBoard",
        source=(
            "https://support.workboard.com/hc/en-us/articles/"
            "360056106351-Draw-Attention-to-Key-Results-with-Confidence-Ratings"
        ),
        read=_READ,
        words=_words(
            _by(Basis.PROGRESS, _from(0.7, "high", _GREEN), _from(0.4, "medium", _AMBER), _below("low", _RED))
        ),
    ),
    Profile(
        name="Workfront Goals",
        source=(
            "https://experienceleague.adobe.com/en/docs/workfront/using/adobe-workfront-goals/"
            "goal-management/calculate-goal-progress"
        ),
        read=_READ,
        expected=Expected(toward=1),
        words=_words(
            Wording.of_pace(
                PacePolicy.workfront(),
                ahead="on target",
                on_pace="on target",
                behind="at risk",
                well_behind="in trouble",
            )
        ),
        roll_up=RolledUp(),
    ),
    Profile(
        name="ZOKRI",
        source=(
            "https://support.zokri.com/hc/en-us/articles/5720673310098-Using-Stretch-Targets-or-Success-Difficulty"
        ),
        read=_READ,
        kept=Kept(aspirational=0.7),
    ),
    Profile(
        name="frappe/hrms",
        source="frappe/hrms@80f17c9:hrms/hr/doctype/goal/test_goal.py",
        read=_READ,
        words=_words(
            _by(
                Basis.PROGRESS,
                _from(1, "Completed", _GREEN),
                _above(0, "In Progress", _AMBER),
                _below("Pending", _RED),
            )
        ),
        roll_up=attrs.evolve(_NO_BOUNDS, nothing=0),
    ),
    Profile(
        name="frappe/hrms appraisal",
        source="frappe/hrms@80f17c9:hrms/hr/doctype/appraisal/test_appraisal.py",
        read=_READ,
        roll_up=attrs.evolve(_NO_BOUNDS, method=Method.SUM, of_values=True, drops_weightless=True),
    ),
    Profile(
        name="memoflow",
        source=(
            "BakerSean168/memoflow@24fc021:"
            "packages/goal/src/server/domain/services/__tests__/goal-progress-calculator.spec.ts"
        ),
        read=_READ,
        progress=Progress(),
        roll_up=RolledUp(nothing=0),
    ),
    Profile(
        name="memoflow, records of a key result",
        source=(
            "BakerSean168/memoflow@24fc021:"
            "packages/goal/src/server/domain/services/__tests__/goal-progress-calculator.spec.ts"
        ),
        read=_READ,
        roll_up=attrs.evolve(_NO_BOUNDS, method=Method.LATEST, of_values=True),
    ),
    Profile(
        name="neonpro kpi",
        source="GrupoUS/neonpro: kpi.threshold-breach.test.ts",
        read=_READ,
        kept=Kept(),
    ),
    Profile(
        name="operately",
        source="operately/operately@462dc97:app/lib/operately/goals/target.ex",
        read=_READ,
        progress=Progress(undefined=Undefined.ZERO, least=0, most=1),
        roll_up=RolledUp(),
    ),
    Profile(
        name="oslokommune/okr-tracker",
        source="oslokommune/okr-tracker@66d697a:tests/unit/getKeyResultProgressDetails.test.js",
        read=_READ,
        progress=Progress(),
    ),
    Profile(
        name="oslokommune/okr-tracker, as stored",
        source="oslokommune/okr-tracker@66d697a:functions/progress/handleKeyResultProgress.js:30; d3-scale@4.0.2",
        read=_READ,
        progress=Progress(undefined=Undefined.HALF, least=0, most=1),
    ),
    Profile(
        name="pm-skills OKR grader",
        source=(
            "https://github.com/product-on-purpose/pm-skills/blob/main/skills/measure-okr-grader/references/EXAMPLE.md"
        ),
        read=_READ,
        progress=Progress(shown=_WHOLE_PERCENT),
        kept=Kept(),
        roll_up=RolledUp(unscored=Unscored.UNDETERMINED),
    ),
    Profile(
        name="puzzle/okr",
        source="puzzle/okr@ccd79d5:frontend/src/app/shared/common.spec.ts:261-317",
        read=_READ,
        progress=Progress(valueless=0, least=0),
        words=_words(
            _by(
                Basis.PROGRESS,
                _from(1, "STRETCH", _GREEN),
                _from(0.7, "TARGET", _GREEN),
                _from(0.3, "COMMIT", _AMBER),
                _below("FAIL", _RED),
            )
        ),
    ),
    Profile(
        name="quality-time",
        source="ICTU/quality-time@0285738:components/shared_code/src/shared/model/measurement.py",
        read=_READ,
        progress=Progress(
            rising=Formula.SHARE_OF_TARGET,
            falling=Formula.SHARE_OF_TARGET,
            undefined=Undefined.BEST,
            shown=_WHOLE_PERCENT,
        ),
        kept=Kept(),
        words=Words(
            wordings=(
                _by(
                    Basis.LEVEL,
                    _from(2, "target met", _GREEN),
                    _from(1, "near target met", _AMBER),
                    _below("target not met", _RED),
                ),
            ),
            targetless=Word("informative", _NONE),
        ),
        roll_up=attrs.evolve(_NO_BOUNDS, method=Method.WORST),
    ),
)

PROFILES: Final[Mapping[str, Profile]] = MappingProxyType({profile.name: profile for profile in _SYSTEMS})
"""Every system there is a profile of, by its name."""
