// Read the conformance cases and answer those about key results, outcomes, bands and commits anew, from the files alone.
//
//     node tests/conformance/score.mjs
//
// It shares no code with the library: numbers are exact rationals of BigInt, dates are whole days. It prints how many
// cases it answered, and every answer that differs; it fails when one does.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// ------------------------------------------------------------------------------------------------ numbers

const gcd = (a, b) => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));

function fraction(over, under = 1n) {
  const sign = under < 0n ? -1n : 1n;
  const common = gcd(over, under) || 1n;
  return { over: (sign * over) / common, under: (sign * under) / common };
}

// Read a number as a case writes it: a whole number, or the text of a decimal or of a fraction.
function told(written) {
  const [over, under = "1"] = String(written).split("/");
  const [whole, places = ""] = over.split(".");
  return fraction(BigInt(whole + places), 10n ** BigInt(places.length) * BigInt(under));
}

const ZERO = told(0);
const ONE = told(1);
const plus = (a, b) => fraction(a.over * b.under + b.over * a.under, a.under * b.under);
const minus = (a, b) => fraction(a.over * b.under - b.over * a.under, a.under * b.under);
const times = (a, b) => fraction(a.over * b.over, a.under * b.under);
const by = (a, b) => fraction(a.over * b.under, a.under * b.over);
const compare = (a, b) => Number(sign(minus(a, b)));
const sign = (a) => (a.over > 0n ? 1n : a.over < 0n ? -1n : 0n);
const isBelow = (a, b) => compare(a, b) < 0;
const isSame = (a, b) => compare(a, b) === 0;
const least = (a, b) => (isBelow(b, a) ? b : a);
const greatest = (a, b) => (isBelow(a, b) ? b : a);
const absolute = (a) => (sign(a) < 0n ? minus(ZERO, a) : a);
const roundedUp = (a) => (a.over + a.under - 1n) / a.under; // of a number of at least 0

// -------------------------------------------------------------------------------------------------- dates

const DAY = 86_400_000;
const day = (text) => Date.parse(`${text}T00:00:00Z`) / DAY;
const dateOf = (number) => new Date(number * DAY).toISOString().slice(0, 10);

function addMonths(anchor, months) {
  const date = new Date(anchor * DAY);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  return first / DAY + Math.min(date.getUTCDate(), last) - 1;
}

// How often a measure is read: dates are counted from a reading.
class Cadence {
  constructor({ months = 0, days = 0, grace_days: grace = 0 }) {
    Object.assign(this, { months, days, grace });
  }

  due(anchor, periods) {
    return this.months ? addMonths(anchor, this.months * periods) : anchor + this.days * periods;
  }

  // The day one period before: the last of a month is a month behind the last of the next.
  before(on) {
    const moved = this.due(on, -1);
    if (!this.months || addMonths(on + 1, 0) !== on + 1 || Number(dateOf(on + 1).slice(8)) !== 1) return moved;
    const first = addMonths(on + 1, -this.months);
    return first - 1;
  }

  // How many readings after `last` fall due by `until`.
  expected(last, until) {
    let periods = 0;
    while (this.due(last, periods + 1) <= until) periods += 1;
    return periods;
  }

  // How many of them are late beyond their grace.
  overdue(last, asOf) {
    return this.expected(last, asOf - this.grace - 1);
  }

  staleAfter(last, periods) {
    return this.due(last, periods) + this.grace;
  }
}

// ------------------------------------------------------------------------------------------------ refusals

class Refused extends Error {}

function refuse(unless, error) {
  if (!unless) throw new Refused(error);
}

const rises = (values) => values.every((value, at) => at === 0 || isBelow(values[at - 1], value));
const goesOneWay = (values) => rises(values) || rises([...values].reverse());

// ------------------------------------------------------------------------------------------------ readings

// The readings up to a day that have a value the measure can have, and the days of all of them.
function read(facts, first, last) {
  const [lowest, highest] = facts.range ?? [null, null];
  const within = facts.readings
    .map(([on, value]) => ({ on: day(on), value }))
    .filter(({ on }) => first <= on && on <= last)
    .sort((one, other) => one.on - other.on);
  const present = within
    .filter(({ value }) => !/^[a-z]/.test(String(value)))
    .map(({ on, value }) => ({ on, value: told(value) }))
    .filter(({ value }) => (lowest === null || !isBelow(value, told(lowest))) && (highest === null || !isBelow(told(highest), value)));
  return { days: within.map(({ on }) => on), present };
}

// --------------------------------------------------------------------------------------------------- bands

const SEVERITY = ["healthy", "on watch", "unhealthy"];

function bands({ bands: { cuts: givenCuts, zones }, value: given }) {
  const cuts = givenCuts.map(told);
  const value = told(given);
  const severities = zones.map(({ health }) => SEVERITY.indexOf(health));
  refuse(zones.length === cuts.length + 1, "NotOneHealthyZone");
  refuse(cuts.length > 0, "OutOfOrder");
  refuse(!severities.includes(-1), "NotOneHealthyZone");
  refuse(severities.filter((each) => each === 0).length === 1, "NotOneHealthyZone");
  const healthy = severities.indexOf(0);
  const outward = severities.every((each, at) => at === healthy || (at < healthy ? each >= severities[at + 1] : each >= severities[at - 1]));
  refuse(outward, "NotOneHealthyZone");
  cuts.forEach((cut, at) => {
    if (at > 0) refuse(isBelow(cuts[at - 1], cut) || (isSame(cuts[at - 1], cut) && at === healthy), "OutOfOrder");
  });
  // A cut belongs to the healthier of the two zones it parts.
  let zone = 0;
  while (zone < healthy && !isBelow(value, cuts[zone])) zone += 1;
  if (zone === healthy) while (zone < cuts.length && isBelow(cuts[zone], value)) zone += 1;
  const sides = [];
  if (healthy > 0) sides.push(minus(cuts[healthy - 1], value));
  if (healthy < cuts.length) sides.push(minus(value, cuts[healthy]));
  return { verdict: zones[zone].health, reasons: [], zone: zones[zone].name, excess: sides.reduce(greatest) };
}

// --------------------------------------------------------------------------------------------- key results

// The line from point to point, whose first and last pieces go on beyond the ends; points rise.
function onLine(points, where) {
  let right = points.findIndex(([at]) => isBelow(where, at));
  right = Math.min(Math.max(right === -1 ? points.length : right, 1), points.length - 1);
  const [[start, low], [end, high]] = [points[right - 1], points[right]];
  return plus(low, by(times(minus(where, start), minus(high, low)), minus(end, start)));
}

class Way {
  constructor(path, baseline, target) {
    Object.assign(this, { path, baseline, target, falls: baseline !== null && isBelow(target, baseline) });
    if (path?.tiers) this.tiers = path.tiers.map(([value, score]) => [told(value), told(score)]);
    if (path?.cuts) this.cuts = path.cuts.map(told);
    this.check();
  }

  check() {
    if (this.tiers) {
      this.tiers.sort(([, one], [, other]) => compare(one, other));
      const values = this.tiers.map(([value]) => value);
      refuse(values.length > 0 && rises([ZERO, ...this.tiers.map(([, score]) => score), ONE]) && goesOneWay(values), "OutOfOrder");
    }
    if (this.cuts) {
      const { labels } = this.path;
      refuse(this.cuts.length > 0 && labels.length === this.cuts.length + 1 && new Set(labels).size === labels.length, "OutOfOrder");
      refuse(rises(this.cuts), "OutOfOrder");
    }
    if (this.baseline === null) return;
    const leads = this.cuts ? this.below(this.baseline) !== this.below(this.target) : !isSame(this.baseline, this.target);
    refuse(leads, "TargetEqualsBaseline");
    if (this.tiers) refuse(goesOneWay([this.baseline, ...this.tiers.map(([value]) => value), this.target]), "OutOfOrder");
  }

  // How many zones lie below a value; a cut belongs to the side the way leads to.
  below(value) {
    return this.cuts.filter((cut) => (this.falls ? isBelow(cut, value) : !isBelow(value, cut))).length;
  }

  score(value) {
    const { baseline, target } = this;
    if (this.tiers) {
      const points = [[baseline, ZERO], ...this.tiers, [target, ONE]];
      return onLine(this.falls ? points.reverse() : points, value);
    }
    if (this.cuts) {
      const [here, start, end] = [value, baseline, target].map((each) => this.below(each));
      return by(told(here - start), told(end - start));
    }
    return by(minus(value, baseline), minus(target, baseline));
  }

  // The first value that scores 1.
  get end() {
    if (!this.cuts) return this.target;
    const there = this.below(this.target);
    return this.falls ? this.cuts[there] : this.cuts[there - 1];
  }

  left(value) {
    return isBelow(this.score(value), ONE) ? absolute(minus(this.end, value)) : ZERO;
  }
}

function targetOf(facts) {
  if (facts.target?.share === undefined) return told(facts.target);
  if (facts.baseline === null) return null;
  const baseline = told(facts.baseline);
  refuse(sign(baseline) > 0n, "RelativeToNothing");
  return times(baseline, plus(ONE, told(facts.target.share)));
}

const clamped = (score) => least(greatest(score, ZERO), ONE);

function wayOf(facts, target = targetOf(facts)) {
  const baseline = facts.baseline === null ? null : told(facts.baseline);
  if (target === null) return null;
  const way = new Way(facts.path, baseline, target);
  const isSum = facts.counting?.["of the readings"] === "the sum of the readings";
  refuse(!isSum || baseline === null || isSame(baseline, ZERO), "OutOfBounds");
  const all = allThereIs(facts.counting);
  if (all !== null) refuse(isBelow(baseline ?? ZERO, target) && !isBelow(all, target), "TargetOutOfReach");
  return way;
}

function allThereIs(counting) {
  if (counting?.occasions !== undefined) return times(told(counting.occasions), told(counting.most));
  if (counting?.milestones !== undefined) return counting.milestones.map(({ weight }) => told(weight)).reduce(plus);
  return null;
}

function score(facts) {
  const way = wayOf(facts);
  refuse(way.baseline !== null, "NoBaseline");
  const value = told(facts.value);
  const raw = way.score(value);
  return { verdict: raw, reasons: [], clamped: clamped(raw), left: way.left(value) };
}

function word(raw, part, most) {
  refuse(rises([ZERO, part, most, ONE]), "OutOfOrder");
  if (isBelow(raw, ZERO)) return "moved back";
  if (isBelow(raw, part)) return "little movement";
  if (isBelow(raw, most)) return "part of the way";
  if (isBelow(raw, ONE)) return "most of the way";
  return isSame(raw, ONE) ? "reached the target" : "went past the target";
}

function outcome({ part, most, score: raw }) {
  return { verdict: word(told(raw), told(part), told(most)), reasons: [] };
}

// What the readings come to.
function counted(present, counting) {
  let values = present.map(({ value }) => value);
  if (counting?.occasions !== undefined) {
    values = values.filter((value) => !isBelow(value, ZERO) && !isBelow(told(counting.most), value)).slice(0, counting.occasions);
  }
  if (values.length === 0) return null;
  const sum = () => values.reduce(plus);
  if (counting?.occasions !== undefined || counting?.sum !== undefined) return sum();
  switch (counting?.["of the readings"]) {
    case "the sum of the readings":
      return sum();
    case "the mean of the readings":
      return by(sum(), told(values.length));
    case "the greatest reading":
      return values.reduce(greatest);
    case "the least reading":
      return values.reduce(least);
    default:
      return values.at(-1);
  }
}

function keyResult(facts) {
  const revisions = (facts.revisions ?? []).map(([on, was]) => ({ on: day(on), was })).sort((one, other) => one.on - other.on);
  refuse(revisions.every(({ on }, at) => at === 0 || revisions[at - 1].on < on), "OutOfOrder");
  revisions.forEach(({ was }) => wayOf(facts, told(was)));
  const last = wayOf(facts);
  const until = Math.min(day(facts.as_of), day(facts.cycle.end));
  const isStock = facts.counting?.sum === "what the readings add to the baseline";
  const isFlow = facts.counting?.sum === "the total of the cycle" && facts.baseline !== null && !isSame(told(facts.baseline), ZERO);
  const { days, present } = read(facts, day(facts.cycle.start), until);
  const came = counted(present, facts.counting);
  const value = isStock && came !== null && facts.baseline !== null ? plus(told(facts.baseline), came) : came;
  // Of a flow it is judged what it comes to by the end, if it goes on at its rate so far.
  const elapsed = by(told(until - day(facts.cycle.start) + 1), told(day(facts.cycle.end) - day(facts.cycle.start) + 1));
  const judged = isFlow && value !== null ? by(value, elapsed) : value;
  // What is written down last, and is no value, leaves open where it stands.
  const isAbsent = value !== null && present.length > 0 && days[days.length - 1] > present[present.length - 1].on;
  const isOver = until === day(facts.cycle.end);
  const behind = isAbsent ? [isOver ? "kr-closing-reading-absent" : "kr-latest-reading-absent"] : [];
  if (facts.baseline === null || value === null || (isAbsent && isOver)) {
    const reasons = [
      ...(facts.baseline === null ? ["kr-no-baseline"] : []),
      ...(value === null ? ["kr-no-reading"] : []),
      ...behind,
    ];
    return { verdict: null, reasons, value, score: null, clamped: null, original: null };
  }
  const seen = revisions.filter(({ on }) => on <= until);
  const now = seen.length === revisions.length ? last : wayOf(facts, told(revisions[seen.length].was));
  const first = revisions.length === 0 ? last : wayOf(facts, told(revisions[0].was));
  const raw = now.score(judged);
  const scoredSo = facts.counting?.["of the readings"] === "the mean of the readings" ? "kr-scored-by-mean" : "kr-scored";
  const reasons = [scoredSo, ...(isBelow(raw, ONE) ? [] : ["kr-may-be-too-easy"]), ...seen.map(() => "kr-revised"), ...behind];
  const { part, most } = facts.outcome;
  return { verdict: word(raw, told(part), told(most)), reasons, value, score: raw, clamped: clamped(raw), original: first.score(judged) };
}

// ------------------------------------------------------------------------------------------------- commits

const isMet = (distance) => isSame(distance, ZERO) && !distance.isOpen;

class Standard {
  constructor({ low = null, high = null, open_ends = [], either = [] }) {
    this.openEnds = open_ends.map(told);
    this.either = either.map((each) => new Standard(each));
    if (either.length > 0) {
      refuse(either.length === 2 && low === null && high === null, "OutOfBounds");
      const [one, other] = this.either;
      refuse(!one.isSame(other), "GivenTwice");
      const isBounded = (one.low !== null && other.low !== null) || (one.high !== null && other.high !== null);
      refuse(isBounded || one.liesBelow(other) || other.liesBelow(one), "OutOfBounds");
      return;
    }
    this.low = low === null ? null : told(low);
    this.high = high === null ? null : told(high);
    refuse(this.low !== null || this.high !== null, "OutOfBounds");
    refuse(this.low === null || this.high === null || !isBelow(this.high, this.low), "OutOfOrder");
  }

  // Whether a value lies between it and the other, that meets neither.
  liesBelow(other) {
    return this.high !== null && other.low !== null && isBelow(this.high, other.low);
  }

  distance(value) {
    if (this.either.length > 0) {
      const both = this.either.map((each) => each.distance(value));
      return both.find(isMet) ?? both.reduce(least);
    }
    const below = this.low === null ? ZERO : minus(this.low, value);
    const above = this.high === null ? ZERO : minus(value, this.high);
    const short = [below, above, ZERO].reduce(greatest);
    // On an end that does not belong to it nothing is missing, and it is not met all the same.
    return this.openEnds.some((end) => isSame(end, value)) ? { ...short, isOpen: true } : short;
  }

  isSame(other) {
    const same = (one, two) => (one === null || two === null ? one === two : isSame(one, two));
    return same(this.low, other.low) && same(this.high, other.high);
  }
}

// The readings that count, and the standards they are held against.
class Case {
  constructor(facts, standards, since, due) {
    Object.assign(this, { standards, since, due, asOf: day(facts.as_of) });
    this.cadence = facts.cadence ? new Cadence(facts.cadence) : null;
    this.until = Math.min(this.asOf, due);
    Object.assign(this, read(facts, since, this.until));
  }

  inForce(on) {
    return this.standards.findLast(({ since }) => since <= on)?.standard ?? this.standards[0].standard;
  }

  // How far a reading is short: of the standard of its day; of the last one; of the kindest since its day.
  ofItsDay({ on, value }) {
    return this.inForce(on).distance(value);
  }

  final({ value }) {
    return this.inForce(this.until).distance(value);
  }

  kindest({ on, value }) {
    const later = this.standards.filter(({ since }) => on < since && since <= this.until).map(({ standard }) => standard);
    return [this.inForce(on), ...later].map((standard) => standard.distance(value)).reduce(least);
  }

  // What to answer while a reading that counts can still come in time.
  get waiting() {
    if (this.asOf < this.due) return ["in flight", "commit-in-flight"];
    if (this.cadence === null) return null;
    const last = this.days.at(-1) ?? this.since;
    const expected = this.cadence.expected(last, this.due);
    const inTime = expected > 0 && this.asOf <= this.cadence.staleAfter(last, expected);
    return inTime ? ["not yet observable", "commit-not-yet-observable"] : null;
  }

  // How many readings are not there from a day on: stated absent, or expected in vain.
  missing(since) {
    const present = this.present.map(({ on }) => on).filter((on) => since <= on);
    const stated = this.days.filter((on) => since <= on).length - present.length;
    if (this.cadence === null) return stated;
    if (present.length === 0) return Math.max(stated, this.cadence.expected(since, this.due));
    const gaps = present.map((on, at) => this.cadence.overdue(at === 0 ? since : present[at - 1], on));
    return Math.max(stated, gaps.reduce((sum, gap) => sum + gap, 0) + this.cadence.expected(present.at(-1), this.due));
  }

  found(attainment, reason, deciding, distance) {
    return { attainment, reason, deciding, distance };
  }

  keptOrNot(deciding, distance) {
    const kept = isMet(distance);
    return this.found(kept ? "kept" : "not kept", kept ? "commit-met" : "commit-not-met", deciding, distance);
  }

  atTheEnd(deciding, distance, relevantSince) {
    let waiting = this.waiting;
    if (waiting === null) {
      if (deciding !== null && this.missing(relevantSince) === 0) return this.keptOrNot(deciding, distance);
      waiting = ["unknown", this.present.length === 0 ? "commit-unobserved" : "commit-readings-missing"];
    }
    return this.found(...waiting, deciding, distance);
  }

  // The first reading whose shortfall leads all others.
  leading(shortfalls, leads) {
    let at = shortfalls.length === 0 ? null : 0;
    shortfalls.forEach((each, index) => {
      if (leads(each, shortfalls[at])) at = index;
    });
    return at === null ? [null, null] : [this.present[at], shortfalls[at]];
  }

  reached() {
    const [deciding, distance] = this.leading(this.present.map((each) => this.kindest(each)), isBelow);
    if (deciding !== null && isMet(distance)) return this.keptOrNot(deciding, distance);
    return this.atTheEnd(deciding, distance, this.since);
  }

  onTheDueDate() {
    const latest = this.present.at(-1) ?? null;
    return this.atTheEnd(latest, latest && this.final(latest), latest ? latest.on : this.since);
  }

  heldThroughout() {
    const [deciding, distance] = this.leading(this.shortfalls, (one, other) => isBelow(other, one));
    if (deciding !== null && !isMet(distance)) return this.keptOrNot(deciding, distance);
    return this.atTheEnd(deciding, distance, this.since);
  }

  get shortfalls() {
    return this.present.map((each) => this.ofItsDay(each));
  }

  // How many days each reading stands for: those since the one before it, a period at most; the first for its own.
  get weights() {
    const present = new Set(this.present.map(({ on }) => on));
    return this.days.flatMap((on, at) => {
      if (!present.has(on)) return [];
      const since = at === 0 ? on - this.since + 1 : on - this.days[at - 1];
      if (this.cadence === null) return [at === 0 ? 1 : since];
      return [Math.min(since, on - this.cadence.before(on))];
    });
  }

  // How many readings may be missing at the end at most: one a day that is left, and those missing now.
  get mayCome() {
    if (this.present.length === 0) return this.due - this.since + 1;
    const last = this.present.at(-1).on;
    const ahead = this.cadence === null ? 0 : this.cadence.expected(last, this.due) - this.cadence.expected(last, this.until);
    return this.due - this.until + Math.max(this.missing(this.since) - ahead, 0);
  }

  heldInAShare(share, isTime) {
    const weights = isTime ? this.weights : this.present.map(() => 1);
    const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);
    const observed = sum(weights);
    const met = sum(weights.filter((_, at) => isSame(this.shortfalls[at], ZERO)));
    const whole = isTime ? this.due - this.since + 1 : observed + this.missing(this.since);
    const needed = Number(roundedUp(times(share, told(whole))));
    // Counted from the closest to the standard, the reading at which the share of what is observed is reached.
    const order = this.present.map((_, at) => at).sort((one, other) => compare(this.shortfalls[one], this.shortfalls[other]) || one - other);
    let left = Math.max(Number(roundedUp(times(share, told(observed)))), 1);
    const at = order.find((each) => (left -= weights[each]) <= 0) ?? null;
    const [deciding, distance] = at === null ? [null, null] : [this.present[at], this.shortfalls[at]];
    if (this.present.length > 0 && (isTime || this.asOf >= this.due)) {
      if (met >= needed) return this.found("kept", isTime ? "commit-time-met" : "commit-share-met", deciding, distance);
      if (met + whole - observed < needed) return this.found("not kept", isTime ? "commit-time-not-met" : "commit-share-not-met", deciding, distance);
    }
    const short = observed - met;
    if (!isTime && this.present.length > 0 && this.asOf < this.due) {
      const most = times(minus(ONE, share), told(observed + this.mayCome));
      if (!isBelow(told(met), times(share, told(observed + this.mayCome)))) return this.found("kept", "commit-share-secured", deciding, distance);
      if (isBelow(most, told(short))) return this.found("not kept", "commit-share-out-of-reach", deciding, distance);
    }
    const unobserved = isTime ? "commit-time-unobserved" : "commit-readings-missing";
    const unknown = ["unknown", this.present.length === 0 ? "commit-unobserved" : unobserved];
    return this.found(...(this.waiting ?? unknown), deciding, distance);
  }
}

const WEAKEST_FIRST = ["not kept", "unknown", "not yet observable", "in flight", "kept"];

function inStages(facts, whole, stages, since) {
  const each = stages.map(({ by: due, standard }) => {
    const found = new Case(facts, [{ since, standard }], since, due).reached();
    return found.attainment === "not kept" ? { ...found, reason: "commit-stage-not-met" } : found;
  });
  const findings = [...each, whole.reached()];
  const weakest = WEAKEST_FIRST.find((attainment) => findings.some((found) => found.attainment === attainment));
  if (weakest === "kept") return findings.at(-1);
  const decisive = findings.find(({ attainment }) => attainment === weakest);
  if (whole.asOf >= whole.due || weakest === "not kept") return decisive;
  return { ...decisive, attainment: "in flight", reason: "commit-in-flight" };
}

function commit(facts) {
  const manner = facts.in_the_manner;
  const [declared, due] = [day(facts.declared_on), day(facts.due)];
  const first = { since: declared, standard: new Standard(facts.standard) };
  const isHeld = manner.manner === "held";
  const share = isHeld ? told(manner.share) : null;
  if (isHeld) refuse(sign(share) > 0n && !isBelow(ONE, share), "OutOfBounds");
  const stages = (manner.stages ?? []).map(([by, standard]) => ({ by: day(by), standard: new Standard(standard) }));
  const amendments = (facts.amendments ?? []).map(({ on, since, standard }) => {
    refuse(day(on) <= day(since), "OutOfTime");
    return { on: day(on), since: day(since), standard: new Standard(standard) };
  });
  amendments.sort((one, other) => one.since - other.since || one.on - other.on);
  refuse(declared <= due, "OutOfTime");
  if (isHeld) refuse(day(manner.since) <= due, "OutOfTime");
  refuse(stages.every(({ by }) => declared <= by && by < due), "OutOfTime");
  refuse(amendments.every(({ on }) => declared <= on && on <= due), "OutOfTime");
  const standards = [first, ...amendments];
  refuse(standards.every(({ standard }, at) => at === 0 || !standard.isSame(standards[at - 1].standard)), "AmendsNothing");
  const since = isHeld ? Math.max(day(manner.since), declared) : declared;
  const judged = (those) => {
    const case_ = new Case(facts, those, since, due);
    if (manner.manner === "reached") return case_.reached();
    if (manner.manner === "on the due date") return case_.onTheDueDate();
    if (!isHeld) return inStages(facts, case_, stages, since);
    const isTime = manner.counted === "time";
    return isSame(share, ONE) && !isTime ? case_.heldThroughout() : case_.heldInAShare(share, isTime);
  };
  const found = judged(standards);
  return {
    verdict: found.attainment,
    reasons: [found.reason],
    as_declared: judged([first]).attainment,
    distance: found.distance,
    deciding: found.deciding === null ? null : dateOf(found.deciding.on),
  };
}

// --------------------------------------------------------------------------------------------------- files

const ANSWERS = { score, outcome, bands, commit, "key result": keyResult };

function answered({ question, facts }) {
  try {
    return ANSWERS[question](facts);
  } catch (error) {
    if (error instanceof Refused) return { verdict: null, reasons: [], refused: error.message };
    throw error;
  }
}

// Numbers are compared as numbers, however they are written.
function agrees(found, expected) {
  if (found !== null && typeof found === "object" && "under" in found) return expected !== null && isSame(found, told(expected));
  return JSON.stringify(found) === JSON.stringify(expected);
}

function differs(found, expected) {
  const names = new Set([...Object.keys(found), ...Object.keys(expected)]);
  return [...names].filter((name) => !agrees(found[name] ?? null, expected[name] ?? null));
}

const here = dirname(fileURLToPath(import.meta.url));
const counts = {};
let wrong = 0;
for (const name of readdirSync(here).filter((each) => each.endsWith(".json") && each !== "schema.json").sort()) {
  for (const each of JSON.parse(readFileSync(join(here, name), "utf8")).cases) {
    if (!(each.question in ANSWERS)) continue;
    counts[each.question] = (counts[each.question] ?? 0) + 1;
    const found = answered(each);
    const fields = differs(found, each.expected);
    if (fields.length > 0) {
      wrong += 1;
      const shown = JSON.stringify(found, (_, value) => (typeof value === "bigint" ? String(value) : value));
      console.log(`${each.id} differs in ${fields.join(", ")}: ${shown}, expected ${JSON.stringify(each.expected)}`);
    }
  }
}
for (const [question, count] of Object.entries(counts)) console.log(`${question}: ${count}`);
process.exitCode = wrong > 0 || Object.keys(counts).length < Object.keys(ANSWERS).length ? 1 : 0;
