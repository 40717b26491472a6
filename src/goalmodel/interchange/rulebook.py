"""The sentence of every rule, by its id: docs/rulebook_module.py makes it of the rulebook."""

from types import MappingProxyType
from typing import Final

RULES: Final = MappingProxyType(
    {
        "NUM-1": (
            "A number means what was written: exactly as int, Decimal or Fraction, to 15 significant digits as a "
            "float, and from 10^15 on a float is itself."
        ),
        "NUM-2": (
            "What is not a finite number is refused at the door, with the name of the field and the offending value."
        ),
        "NUM-3": (
            "Numbers are compared exactly and shown to the nearest, with more digits where that would touch or cross "
            "a cut, and never up to success."
        ),
        "UNIT-1": (
            "A value converts exactly between units of one quantity, and between different quantities not at all."
        ),
        "FIG-1": (
            "A measure says how its readings combine: the latest, their sum, their mean, the greatest or the least; "
            "what they come to over a window is a figure, and figures are what is judged."
        ),
        "FIG-2": (
            "A goal says over what time: each reading by itself, every calendar or stated period, the last readings, "
            "days or months, or the period to date."
        ),
        "FIG-3": (
            "A figure whose time is not over, or for which expected readings are missing, is provisional: it is "
            "shown, and decides only what nothing still to come could change."
        ),
        "FIG-4": "A figure that rests on fewer cases or readings than the policy asks for is not judged.",
        "FIG-5": (
            "A measure may be derived from others: a total, a difference, a ratio, or another period's figure; each "
            "part is combined over the window first, and a missing part leaves none."
        ),
        "FIG-6": (
            "Where readings carry weights, limits may follow them, by name: p and u charts, Laney's p′ and u′ where "
            "there is more spread than chance; moving ranges stay the default."
        ),
        "TIME-1": (
            "Every demand is dated: a figure is judged by what was in force on its day, and a later change moves no "
            "earlier verdict, count, proposal or streak."
        ),
        "TIME-2": (
            "A reading has the day it is about and the day it is known since; on a date only what was known is seen, "
            "and a restatement changes later verdicts, not earlier ones."
        ),
        "TIME-3": (
            "Time agreed not to count leaves the whole: nothing is expected in it, nothing in it is met or missed, "
            "and a run goes on behind it; it moves a commit's verdict only when it was agreed in time."
        ),
        "TIME-4": (
            "What takes some days to be known, as always, is not late: a lag of publication stands beside the grace; "
            "and on dates that are left out, weekends and holidays, nothing is due."
        ),
        "TIME-5": "A trend is about values: bands say only which way is worse, so a change of bands is no trend.",
        "KPI-1": (
            "A KPI has health, standing and heading; its assessment has no score, no grade, no attainment and no "
            "word for missing."
        ),
        "KPI-2": (
            "Bands cover the whole line without gap or overlap, and a cut belongs to the healthier side, whichever "
            "side that is, unless the bands say it does not."
        ),
        "KPI-3": (
            "A KPI without a reading, or whose latest is older than the cadence and its grace, is unknown: neither "
            "healthy nor unhealthy."
        ),
        "KPI-4": (
            "Level, standing against what is usual and heading are separate; what is worse is further from the "
            "healthy zone or, inside a two-sided one, nearer its nearer edge."
        ),
        "KPI-5": (
            "Standing and heading each come from a named trend rule that declares the readings it needs and its "
            "false-alarm rate; with fewer it is undetermined."
        ),
        "KPI-6": (
            "A known deviation may be accepted until a date, for a reason: it is reported as accepted, and expires "
            "by itself."
        ),
        "KPI-7": "A KPI made of parts is as healthy as its least healthy part.",
        "KPI-8": (
            "A KPI may name how many days it may lie outside its healthy zone; from then on it is overdue, and that "
            "is a reason for promotion."
        ),
        "KPI-9": (
            "A review says how many of its KPIs are flagged, and how many flags chance alone would bring among as "
            "many stable ones."
        ),
        "KR-1": (
            "A score is the exact share of the way from baseline to target: 0 at the baseline, 1 at the target, "
            "linear between, rising and falling alike, and the same in every unit."
        ),
        "KR-2": "Raw and clamped scores travel together: 150 % and −25 % are neither lost nor let into a mean.",
        "KR-3": (
            "A target equal to the baseline is refused: keeping something where it is is a KPI or a commit to hold."
        ),
        "KR-4": (
            "Without a baseline or a reading inside the cycle there is no score, and the reason says which; a stated "
            "absence behind the latest reading leaves the score provisional, and at the end of the cycle there is "
            "none."
        ),
        "KR-5": (
            "A key result is safe to fall short: words of distance describe how far it came, by thresholds that "
            "belong to the better word, and no verdict about it says fail, missed or red."
        ),
        "KR-6": "A score of 1 or more is information, that it may have been too easy, and not a medal.",
        "KR-7": (
            "What a key result counts and what its way leads through are part of its definition, and whatever they "
            "are, it scores 0 at its start, 1 at its end, and never less for more of the way."
        ),
        "KR-8": "A rate means the same in every period: from twice a month to twice a week is one measure.",
        "KR-9": (
            "Pace compares the score with what is expected by now, the same in every unit: where nothing is "
            "declared, a line to the share of the way that counts as success; there is none before the early window "
            "is over, after the cycle, without a score, or where nobody has said what is expected."
        ),
        "KR-10": (
            "A forecast, by a robust slope with its range, says where the score lands by the end of the cycle, or "
            "every reason why that can't be said."
        ),
        "KR-11": (
            "A changed target or baseline is a dated revision with a reason: the score is given by those in force "
            "and by the original, verdicts about earlier dates stay, and what goes on in another cycle says what it "
            "continues."
        ),
        "KR-13": (
            "With a cadence a key result that is not read in time has no pace, and says since when, and what it was."
        ),
        "KR-12": "How sure people are is carried beside the numbers, never mixed in, and calibrated against what came.",
        "CHG-1": (
            "A change is a share of the baseline, percentage points, or an amount in the measure's own unit, and "
            "none is taken for another."
        ),
        "CHG-2": "Any two of baseline, target and change give the third, exactly.",
        "CHG-3": (
            "Any two of baseline, target and stretch point give the third: they lie at the shares 0, 0.7 and 1 of "
            "one line."
        ),
        "COM-1": (
            "A commit is kept when a value meets its standard, exactly, in the manner it names: reached by the due "
            "date, standing on it, held throughout a window, or as a whole."
        ),
        "COM-2": "Going beyond the standard is kept, no more and no less: there is no unspoken bar.",
        "COM-3": (
            "Before its due date a commit is in flight, unless no further reading could change the verdict: reached "
            "early is kept, a hold that is broken is not kept, and neither is what no future could still keep."
        ),
        "COM-4": (
            "How far short a commit falls is a distance in the measure's own unit, 0 where the standard is met, and "
            "enters no mean."
        ),
        "COM-5": (
            "Whoever is held to a commit was told first: declared after its time began, without secured support, or "
            "highly speculative, it can't carry consequences, and says so."
        ),
        "COM-6": (
            "A standard changes only by a dated amendment with a reason, and none reaches back: the standard in "
            "force when the verdict falls decides, a verdict already given stays, and the verdict under the first "
            "standard stands beside it."
        ),
        "COM-7": (
            "A goal does not change kind after its cycle began without a record that says so, and what takes up a "
            "commit that was not kept is a new commit that names it."
        ),
        "COM-9": (
            "What may still go wrong is an allowance: how much in all, how much of it is used, how much was earned "
            "by now, how much is left, which may be below 0, and when it is used up at the rate of late."
        ),
        "COM-10": (
            "Those who are held to a commit are told before its time begins, and answer: who declined, has not "
            "answered or was told late speaks against consequences, and so does a consequence that was stated while "
            "nobody agreed."
        ),
        "COM-11": (
            "What commits and initiatives take is added up against what there is: what is promised twice, and what "
            "nobody has counted, speaks against consequences."
        ),
        "OBJ-1": (
            "Key results roll up by weighted mean of their clamped scores, commits by conjunction, KPIs not at all, "
            "and the kinds are never averaged together."
        ),
        "OBJ-2": (
            "An unscored key result is reported as coverage and not counted as 0, and when its cycle is over it "
            "leaves the whole undetermined; weights are normalised, order does not matter, and the mean lies between "
            "the scores it is made of."
        ),
        "OBJ-3": (
            "Scores become one by the mean that is named, weighted, least, geometric, where a single 0 vetoes, or "
            "worst light, and a mean that would mean nothing is refused: of nothing, of different kinds, or by a "
            "weight not above 0."
        ),
        "OBJ-4": (
            "Over several cycles the share of key results reached, the mean score, the share of commits kept and "
            "confidence against outcome are set side by side, and are a sign only after so many cycles in a row."
        ),
        "LIFE-1": (
            "A KPI is proposed for promotion when it was unhealthy for so many readings in a row, or is unhealthy "
            "and worse than usual, or is worsening and not healthy or on course to cross its edge soon, or is "
            "overdue, or because people chose it; every reason that holds is listed."
        ),
        "LIFE-2": (
            "The baseline of a promoted key result is the mean of the readings that promoted it, at least three "
            "where there are, and it counts the mean of as many of its latest; its default target is the nearest "
            "healthy edge, and a target that is not an improvement is refused."
        ),
        "LIFE-3": (
            "A KPI stays watched while it is a key result: both verdicts stand side by side, and a target that is "
            "reached while the band is still broken is reported as a contradiction."
        ),
        "LIFE-4": (
            "Beyond the limit of active key results a proposal is deferred: those of higher priority go first where "
            "one is named, then the less healthy, then those that were not healthy for longer, in days, then those "
            "that more depends on, then by id."
        ),
        "LIFE-5": (
            "Demotion is proposed after so many healthy readings since the promotion, clear of the edge by the "
            "deadband, or one fewer where they are clear of it by half a sigma, unless it is worsening, and not "
            "before the cycle ends unless the target is reached."
        ),
        "LIFE-6": (
            "No history proposes promotion and demotion of one measure on one date; missing readings suspend a run, "
            "they neither extend nor end it until so many follow one another."
        ),
        "LIFE-7": "A key result that never was a KPI becomes one on demotion, with a band from the level it reached.",
        "LIFE-8": (
            "State is a pure fold over readings and decisions: replaying the events gives the same model, readings "
            "may be written down in any order and later, and what is promoted and demoted again leaves nothing "
            "behind but its events."
        ),
        "LIFE-9": (
            "Beside a proposal and a score stands how often an unchanged process would have come as far: in how many "
            "of all like times before."
        ),
        "EVT-1": (
            "A goal changes state only by a move of one table; any other is refused, with the moves that are legal."
        ),
        "EVT-2": (
            "What happened to goals is told in dated events, with a reason, evidence known by then and who decided: "
            "they are only added to, never before one that was told, and none twice."
        ),
        "EVT-4": (
            "A goal's owner, definition, links, weights, rationale, means, title, purpose, team and priority change "
            "by an event that tells the goal before and after; what it demands and how it is judged changes by an "
            "event of its own, or not at all."
        ),
        "EVT-3": (
            "A reset says what is running, what graduates, what is over and can go on from which baseline, what "
            "can't and why, what may be watched instead, which commits are clear, and what competes for focus; it "
            "decides nothing."
        ),
        "MOD-1": (
            "Unknown references, duplicate ids, links between kinds that can't serve one another, circles, and "
            "measures that differ under one name are refused with the path."
        ),
        "MOD-2": (
            "What depends on a goal is everything it leads to, and what it rests on everything that leads to it: by "
            "links, and by promotion."
        ),
        "MOD-3": (
            "A measure that is good to know is looked at and not judged: a review shows what was read of it last, "
            "and no verdict, proposal, flag or roll-up knows of it."
        ),
        "REV-1": (
            "A KPI that worsened while key results or commits moved forward is named as a possible negative "
            "externality, with the goals that have a link to it: the nearest link first, then the longest overlap in "
            "time, then by id; those that merely moved at the same time are counted."
        ),
        "REV-2": (
            "A review of one model, history and date is one value, in a stated order, the same each time and in any "
            "order of input; asked for many dates, it says of each what it says of it alone."
        ),
        "REV-3": (
            "Verdicts on one measure that don't go together are reported as contradictions, all of them stand, and "
            "none is bent to fit another."
        ),
        "REV-4": (
            "A backtest says of each policy what it would have begun to propose, to flag and to call kept, and when: "
            "what a walk of reviews by that policy says and did not say on the date before."
        ),
        "REV-5": (
            "What a dispute needs stands in one place: who was told and what they answered, what supports it, what "
            "was amended, left out and restated, what speaks against consequences, and the verdict as first judged, "
            "as corrected and as declared."
        ),
        "STM-1": "Parsing answers every text with a draft, in time that grows with its length, and never raises.",
        "STM-2": (
            "A statement is never guessed: what it does not say is missing, what it says in two ways or unclearly is "
            "a doubt, and what is taken for granted is stated."
        ),
        "STM-3": (
            "Where a change and the ends disagree, the draft names both ways out: the change that fits the ends, and "
            "the target that fits the change."
        ),
        "STM-4": (
            "A draft becomes a key result only when nothing is missing, in doubt or in disagreement; what is missing "
            "is given, never filled in."
        ),
        "STM-5": (
            "Rendering and parsing are inverse: a statement made of a key result says its measure, unit, baseline, "
            "target and cycle, and is read as just these."
        ),
        "STM-6": (
            "A statement is held against its key result in what it says: where it starts, where it is to come, by "
            "what, which way and when; what it does not say does not differ."
        ),
        "STM-7": (
            'A threshold to keep is none to come to: "below 3 %" or "between 10 % and 20 %" is the healthy zone of a '
            'KPI or the standard of a commit, and an end that is "above" or "below" does not belong to it.'
        ),
        "COM-8": (
            "Goals of one kind that are held to different standards need a stated rationale, or the linter names the "
            "difference."
        ),
        "HYG-1": (
            "A finding names the goals concerned, says what was found with its facts, why it matters and what to do "
            "next; what reads words and not structure is marked as heuristic and asked only on request."
        ),
        "HYG-2": (
            "What another house calls a KPI, a goal or a commit is told by what is asked of it, and where the "
            "answers clash it is ambiguous."
        ),
        "PROF-1": (
            "A profile says of plain facts what the published rule of another system says of them, exactly but for "
            "that system's own rounding, and names what makes its answer another than ours: one thing at least where "
            "they differ, nothing where they agree."
        ),
    }
)
"""The sentence of every rule, by its id."""
