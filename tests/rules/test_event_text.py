"""The text of an event carries date, form and interventions (golden test 9; R401, R404, R405)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.rules.event_text import EventForm, EventOutcome, event_faults, event_text

DAY = date(2026, 4, 17)
NAMES = st.lists(st.sampled_from(["städning", "dusch", "tvätt", "inköp"]), min_size=1, unique=True)


@pytest.mark.parametrize(
    ("form", "outcome", "interventions", "text"),
    [
        (
            EventForm.PHONE,
            EventOutcome.UNCHANGED,
            ["städning", "dusch"],
            "Uppföljning gjord 26-04-17 genom telefonsamtal. Behovet bedöms kvarstå. "
            "Bistånd i form av städning och dusch bedöms skäligt.",
        ),
        (
            EventForm.HOME_VISIT,
            EventOutcome.NEW_DECISION,
            ["städning"],
            "Uppföljning gjord 26-04-17 genom hembesök. "
            "Behovet är utrett och ett nytt beslut är fattat om städning.",
        ),
        (
            EventForm.MEETING,
            EventOutcome.EXTENT_CHANGED,
            ["dusch", "tvätt", "inköp"],
            "Uppföljning gjord 26-04-17 genom möte. "
            "Omfattningen är ändrad för dusch, tvätt och inköp; beslutets grund är densamma.",
        ),
        (
            EventForm.VIDEO,
            EventOutcome.ENDED,
            ["dusch"],
            "Uppföljning gjord 26-04-17 genom videosamtal. Insatsen är avslutad: dusch.",
        ),
    ],
)
def test_each_outcome_has_its_pattern(form, outcome, interventions, text):
    assert event_text(DAY, form, outcome, interventions) == text


def test_an_event_has_happened_and_is_about_something():
    assert event_faults(DAY, ["dusch"], on=DAY) == []
    assert [fault.field for fault in event_faults(date(2026, 4, 18), [], on=DAY)] == [
        "occurred_on",
        "interventions",
    ]
    assert all(fault.sentence for fault in event_faults(date(2026, 4, 18), [], on=DAY))


@given(st.dates(min_value=date(2000, 1, 1)), st.sampled_from(EventForm), st.sampled_from(EventOutcome), NAMES)
def test_the_text_always_carries_the_day_and_every_intervention(day, form, outcome, names):
    text = event_text(day, form, outcome, names)
    assert f"{day:%y-%m-%d}" in text
    assert all(name in text for name in names)
