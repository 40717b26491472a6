"""Floor 3: what happened to the goals, when, why, on which evidence, and who decided."""

from goalmodel.events.event import (
    Adopted as Adopted,
    BandsChanged as BandsChanged,
    BaselineRestated as BaselineRestated,
    CapacityChanged as CapacityChanged,
    CarriedOver as CarriedOver,
    ConsentRecorded as ConsentRecorded,
    DaysExcluded as DaysExcluded,
    Deferred as Deferred,
    Demoted as Demoted,
    DeviationAccepted as DeviationAccepted,
    Dropped as Dropped,
    Edited as Edited,
    EnteredInError as EnteredInError,
    Event as Event,
    GoodToKnowChanged as GoodToKnowChanged,
    Learnt as Learnt,
    Promoted as Promoted,
    Proposed as Proposed,
    PutOnHold as PutOnHold,
    Rebased as Rebased,
    Resumed as Resumed,
    Retired as Retired,
    StandardAmended as StandardAmended,
    TargetRevised as TargetRevised,
)
from goalmodel.events.evidence import Evidence as Evidence
