"""The visits of the characters whose month must show exact figures (see characters.py)."""

from collections.abc import Callable
from datetime import date, timedelta

from hemmavid.demo.characters import ELSA, TAGE
from hemmavid.demo.troubles import CANCELLED_STATUS, PERFORMED
from hemmavid.demo.visits import RegisteredVisit
from hemmavid.demo.window import StockholmTime, first_of_month

MINUTE, HOUR = 60, 3_600
ELSAS_VISITS, ELSAS_SECONDS = 32, 29_268
WRONGLY_TAGGED = 9

Script = Callable[[date, StockholmTime], list[RegisteredVisit]]


def elsas_month(month: date, times: StockholmTime) -> list[RegisteredVisit]:
    """32 visits of 8,13 hours, one of nine minutes on the wrong intervention, one that Elsa called off."""
    days = (first_of_month(month, 1) - month).days
    mornings = [(day, 8 * HOUR + (day * 7 % 25) * MINUTE) for day in range(1, days + 1)]
    evenings = [(4 + 5 * place, 17 * HOUR + 35 * MINUTE) for place in range(ELSAS_VISITS + 1 - days)]
    planned = sorted(mornings + evenings)
    visits: list[RegisteredVisit] = []
    left = ELSAS_SECONDS
    for place, (day, second) in enumerate(planned):
        start = times.instant(month.toordinal() + day - 1, second)
        code = f"B{ELSA:04d}-{(month + timedelta(days=day - 1)):%y%m%d}-{1 if second < 12 * HOUR else 2}"
        if place == WRONGLY_TAGGED:
            visits.append(_tagged(start, code, 9 * MINUTE, ELSA, "morgonhjalp"))
            continue
        is_last = place == len(planned) - 1
        seconds = left if is_last else 914 + (place * 131 % 421) - 205
        left -= seconds
        visits.append(_tagged(start, code, seconds, ELSA, "ramtid"))
    start = times.instant(month.toordinal() + 17, 13 * HOUR)
    code = f"B{ELSA:04d}-{(month + timedelta(days=17)):%y%m%d}-3"
    visits.append(RegisteredVisit(start, code, None, ELSA, "ramtid", "", "", "", CANCELLED_STATUS, 1))
    return visits


def tages_relief(month: date, times: StockholmTime) -> list[RegisteredVisit]:
    """Three visits of 105 minutes: 5,25 hours where 4,00 are granted."""
    return [
        _tagged(
            times.instant(month.toordinal() + day - 1, 13 * HOUR),
            f"B{TAGE:04d}-{month.replace(day=day):%y%m%d}-relief",
            105 * MINUTE,
            TAGE,
            "avlosning",
        )
        for day in (6, 13, 20)
    ]


def _tagged(start: int, code: str, seconds: int, client: int, intervention: str) -> RegisteredVisit:
    return RegisteredVisit(start, code, start + seconds, client, intervention, "tag", "tag", "", PERFORMED, 1)


SCRIPTS: dict[tuple[int, str], Script] = {(ELSA, "ramtid"): elsas_month, (TAGE, "avlosning"): tages_relief}
