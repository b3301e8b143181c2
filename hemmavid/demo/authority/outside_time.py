"""An imported grant outside frame time as the officer would write it: minutes an occasion, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hemmavid.demo.care import DemoGrant
from hemmavid.rules.interventions import FRAME_TIME
from hemmavid.rules.life_areas import LifeArea

AREAS = {
    "matdistribution": LifeArea.DOMESTIC_LIFE,
    "avlosning": LifeArea.SUPPORT_OF_CARER,
    "ledsagning": LifeArea.COMMUNITY_LIFE,
    "egenvard": LifeArea.PERSONAL_CARE,
    "stadning": LifeArea.DOMESTIC_LIFE,
    "tvatt": LifeArea.DOMESTIC_LIFE,
    "inkop": LifeArea.DOMESTIC_LIFE,
    "vak": LifeArea.SENSE_OF_SAFETY,
    "natthjalp": LifeArea.SENSE_OF_SAFETY,
    "tillsyn_digital": LifeArea.SENSE_OF_SAFETY,
    "trygghetslarm": LifeArea.SENSE_OF_SAFETY,
    FRAME_TIME: LifeArea.PERSONAL_CARE,
}
AN_OCCASION = {"avlosning": 240, "matdistribution": 10, "vak": 450}
ASSESSOR = "Leg. sjuksköterska Ingrid Sandhage"


@dataclass(frozen=True, slots=True)
class OutsidePart:
    """One timed intervention with its days (first, and the first after)."""

    intervention: str
    minutes: int
    count: int
    per: str
    starts_on: date
    ends_on: date | None

    @property
    def life_area(self) -> LifeArea:
        """Where it stands; visits of the day are personal care."""
        return AREAS.get(self.intervention, LifeArea.PERSONAL_CARE)

    @property
    def columns(self) -> dict[str, object]:
        """The columns shared by what was found and what was granted."""
        return {
            "intervention": self.intervention,
            "minutes": self.minutes,
            "count": self.count,
            "per": self.per,
            "assessor_name": ASSESSOR if self.intervention == "vak" else "",
        }


def outside_part(grant: DemoGrant, ends_on: date | None) -> OutsidePart:
    """The grant as so many minutes an occasion; occasions times minutes are the grant's own."""
    minutes, count, per = _said(grant)
    return OutsidePart(grant.intervention, minutes, count, per, grant.from_on, ends_on)


def _said(grant: DemoGrant) -> tuple[int, int, str]:
    an_occasion = AN_OCCASION.get(grant.intervention)
    if an_occasion and grant.minutes % an_occasion == 0:
        return an_occasion, grant.minutes // an_occasion, grant.per
    if grant.per == "week" and grant.minutes % 7 == 0:
        return grant.minutes // 7, 1, "day"
    return grant.minutes, 1, grant.per
