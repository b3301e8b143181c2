"""The parameters of the clocks: malformed values are refused by place and reason, shipped ones agree."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hemmavid.rules.opening_hours import UnknownProfile, is_open, next_closing, next_opening, profile_of
from hemmavid.rules.order_answer import NeverRings, unread_order
from hemmavid.rules.order_call import CallWhom, whom_to_call
from hemmavid.rules.parameter_files import MalformedParameter, ParameterSet, load_parameters
from hemmavid.rules.parameter_schema import SCHEMA
from hemmavid.rules.urgent_need import DayMissing, NeedKind, NeedReason, pay_start, reasons_for

PARAMETERS = load_parameters()
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
RECEIPT = 'order_receipt = { label = "Kvittens", source = "beslut", hours = '


def overlaid(folder: Path, name: str, value: str) -> ParameterSet:
    (folder / f"{name}.toml").write_text(
        f'name = "{name}"\nunit = "{SCHEMA[name].unit}"\n'
        f'[[values]]\nvalid_from = 2000-01-01\nsource = "beslut"\nvalue = {value}\n',
        encoding="utf-8",
    )
    return load_parameters(folder)


def profiles(row: str) -> str:
    return "{ " + RECEIPT + row + " } }"


ROW = '[{ days = "every_day", opens = "08:00", closes = "16:00" }]'


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("phone_rule.time", '"14.00"', 'ett klockslag mellan "00:00" och "23:59"'),
        ("phone_rule.time", '"24:00"', "ett klockslag"),
        ("phone_rule.time", "14:00:00", "ett klockslag"),
        ("jour.until", '"12"', "ett klockslag"),
        ("phone_rule.scope", '"next"', "värdet next är okänt"),
        ("phone_rule.summer_months", '["juni"]', "värdet juni är okänt"),
        ("calendar.working_day", '"monday"', "en lista"),
        ("calendar.working_day", '["not_public"]', "minst en veckodag behövs: monday"),
        ("calendar.working_day", '["monday", "monday"]', "upprepar"),
        ("urgent_short.days", "-1", "mellan 0 och 30"),
        ("urgent_short.late_rule", '"dag4"', "värdet dag4 är okänt"),
        ("lock.day", "31", "mellan 1 och 28"),
        ("lock.inclusive", '"ja"', "true eller false"),
        ("lock.shift", '"previous"', "värdet previous är okänt"),
        ("uppdrag.refuse", '"always"', "värdet always är okänt"),
        ("provider_change.cutoff_day", '"none"', "ett heltal"),
        ("goal.stock_phrases", '"fras"', "en lista med ord eller fraser"),
        ("goal.stock_phrases", '[" "]', "1–100 tecken"),
        ("goal.stock_phrases", '["ett liv", "Ett  Liv"]', "upprepar"),
        ("order.how_words", "[1]", "1–100 tecken"),
        ("consent.general_phrases", f'["{"x" * 101}"]', "1–100 tecken"),
        ("insats.personal_care", '["dusch"]', "värdet dusch är okänt"),
        ("hours.profiles", '"alltid"', "en tabell med en profil per rad"),
        ("hours.profiles", "{}", "order_receipt: profilen ska finnas"),
        ("hours.profiles", '{ "Öppet" = 1 }', "Öppet: koden ska bestå av små bokstäver"),
        ("hours.profiles", "{ unit = 1 }", "unit: profilen ska ha nycklarna hours, label, source"),
        ("hours.profiles", profiles("[]"), "order_receipt: minst en rad behövs"),
        ("hours.profiles", profiles('"8-16"'), "order_receipt: minst en rad behövs"),
        (
            "hours.profiles",
            profiles("[1]"),
            "rad 1: raden ska ha nycklarna closes, days, opens",
        ),
        ("hours.profiles", profiles(ROW.replace("every_day", "monday")), "rad 1: värdet monday är okänt"),
        ("hours.profiles", profiles(ROW.replace("16:00", "08:00")), "rad 1: stängningen ska vara efter"),
        ("hours.profiles", profiles(ROW.replace("16:00", "25:00")), "rad 1: värdet ska vara ett klockslag"),
        ("hours.profiles", profiles(ROW.replace(" }", ', months = ["maj"] }')), "rad 1: värdet maj är okänt"),
    ],
)
def test_a_malformed_value_is_refused_with_its_reason(
    tmp_path: Path, name: str, value: str, reason: str
) -> None:
    with pytest.raises(MalformedParameter) as caught:
        overlaid(tmp_path, name, value)
    assert (caught.value.file, caught.value.place) == (f"{name}.toml", "värde 1")
    assert reason in caught.value.reason


def test_an_empty_list_of_phrases_finds_nothing(tmp_path: Path) -> None:
    own = overlaid(tmp_path, "goal.stock_phrases", "[]")
    assert own.at("goal.stock_phrases", date(2026, 1, 1)).words == ()


def test_the_profiles_agree_with_whom_to_call_at_every_hour_of_two_years() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    while at.year < 2028:
        whom = whom_to_call(at, parameters=PARAMETERS).whom
        assert is_open("unit_2024", at, parameters=PARAMETERS) is (whom is CallWhom.UNIT)
        assert is_open("on_call_2024", at, parameters=PARAMETERS) is (whom is CallWhom.ON_CALL)
        at += timedelta(hours=1)


def test_a_profile_is_read_with_its_label_and_source() -> None:
    profile = profile_of("reception_group", date(2026, 1, 1), parameters=PARAMETERS)
    assert profile.label == "Mottagningsgruppen"
    assert "R149" in profile.source
    shown = str(PARAMETERS.at("hours.profiles", date(2026, 1, 1)).value)
    assert "Mottagningsgruppen; Hemtjänstens funktionsbrevlåda" in shown


def test_an_unknown_profile_is_refused_by_name() -> None:
    with pytest.raises(UnknownProfile, match="fax"):
        is_open("fax", AT, parameters=PARAMETERS)


def test_what_never_closes_never_rings(tmp_path: Path) -> None:
    rows = '[{ days = "working_day", opens = "02:10", closes = "02:50", months = ["march"] }]'
    own = overlaid(tmp_path, "hours.profiles", profiles(rows))
    opens = next_opening("order_receipt", AT, parameters=own)
    assert opens == datetime(2027, 3, 1, 1, 10, tzinfo=UTC)
    (closed := tmp_path / "closed").mkdir()
    (closed / "calendar.working_day.toml").write_text(
        'name = "calendar.working_day"\nunit = "kinds of day"\n[[values]]\nvalid_from = 2000-01-01\n'
        'source = "x"\nvalue = ["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]\n'
    )
    never = overlaid(closed, "hours.profiles", profiles(rows.replace("working_day", "day_off")))
    assert next_opening("order_receipt", AT, parameters=never) is None
    assert next_closing("order_receipt", AT, parameters=never) is None
    with pytest.raises(NeverRings):
        unread_order(AT, AT, parameters=never)


def test_what_is_always_open_neither_opens_nor_closes(tmp_path: Path) -> None:
    rows = '[{ days = "every_day", opens = "00:00", closes = "24:00" }]'
    own = overlaid(tmp_path, "hours.profiles", profiles(rows))
    assert is_open("order_receipt", AT, parameters=own)
    assert next_opening("order_receipt", AT, parameters=own) is None
    assert next_closing("order_receipt", AT, parameters=own) is None


def test_rows_that_overlap_are_open_in_one_go(tmp_path: Path) -> None:
    rows = (
        '[{ days = "every_day", opens = "10:00", closes = "12:00" },'
        ' { days = "working_day", opens = "08:00", closes = "16:00" }]'
    )
    own = overlaid(tmp_path, "hours.profiles", profiles(rows))
    assert next_closing("order_receipt", AT, parameters=own) == datetime(2026, 11, 24, 15, tzinfo=UTC)
    assert next_opening("order_receipt", AT, parameters=own) == datetime(2026, 11, 25, 7, tzinfo=UTC)


def test_the_night_that_skips_an_hour_opens_nothing_that_closes_before(tmp_path: Path) -> None:
    rows = '[{ days = "every_day", opens = "02:30", closes = "03:00" }]'
    own = overlaid(tmp_path, "hours.profiles", profiles(rows))
    before = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert next_opening("order_receipt", before, parameters=own) == datetime(2026, 3, 30, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (NeedKind.ORDINARY, "decided_start"),
        (NeedKind.EXTENSION, "reported_on"),
        (NeedKind.URGENT_LASTING, "begun_on"),
        (NeedKind.URGENT_SHORT, "begun_on"),
        (NeedKind.URGENT_NEW, "begun_on"),
    ],
)
def test_the_day_that_a_kind_of_need_is_counted_from_must_be_given(kind: NeedKind, field: str) -> None:
    with pytest.raises(DayMissing) as caught:
        pay_start(kind=kind, parameters=PARAMETERS)
    assert (caught.value.kind, caught.value.field) == (kind, field)


def test_a_late_report_counted_from_its_day_needs_the_day(tmp_path: Path) -> None:
    own = overlaid(tmp_path, "urgent_short.late_rule", '"report_day"')
    with pytest.raises(DayMissing, match="reported_on"):
        pay_start(kind=NeedKind.URGENT_SHORT, begun_on=date(2026, 11, 23), parameters=own)


def test_the_reasons_are_those_of_the_kind() -> None:
    assert reasons_for(NeedKind.ORDINARY) == ()
    lasting, short = (reasons_for(kind) for kind in (NeedKind.URGENT_LASTING, NeedKind.URGENT_SHORT))
    assert NeedReason.FEVER in short
    assert NeedReason.FEVER not in lasting
    assert set(lasting) <= set(short)
    assert lasting[-1] is short[-1] is NeedReason.OTHER
