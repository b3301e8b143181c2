"""The pieces pages are put together from, drawn once each and read back."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from hemmavid.interfaces.office import charts, icons
from hemmavid.interfaces.office.frame import NavigationItem, SignedIn
from hemmavid.interfaces.office.parts import (
    SIGNAL_SHAPES,
    SIGNAL_WORDS,
    Chip,
    Crumb,
    DemoPerson,
    Downloads,
    Hit,
    KeyFigure,
    MonthStep,
    ScreenTable,
)
from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month
from hemmavid.reports.tables import Column, Kind, ReportTable
from hemmavid.rules.explanation import Step

AS_OF = datetime(2022, 12, 1, 5, tzinfo=UTC)
TABLE = ReportTable(
    title="Timunderlag LOV",
    columns=[Column("Insats"), Column("Beviljad tid", Kind.HOURS), Column("Antal besök", Kind.COUNT)],
    rows=[["Ramtid", Decimal("1243.00"), 32], ["Avlösning", Decimal(0), 0]],
    total=["Summa", Decimal("1243.00"), 32],
    as_of=AS_OF,
    notes=["Fel <insats>"],
)


def drawn(source: str, **values: object) -> str:
    text = Template("{% load parts formats %}" + source).render(Context(values))
    return re.sub(r"[ \n]+", " ", text).strip()


@pytest.mark.parametrize("level", SIGNAL_WORDS)
def test_a_signal_is_shape_word_and_colour(level: str) -> None:
    text = drawn("{% signal level %}", level=level)
    assert SIGNAL_WORDS[level] in text
    assert SIGNAL_SHAPES[level] in text
    assert f"hv-signal--{level.lower()}" in text


def test_a_signal_may_say_its_own_word_and_escapes_it() -> None:
    assert "Idag kl. 16 &lt;" in drawn('{% signal "B" word %}', word="Idag kl. 16 <")


def test_no_two_signals_share_a_shape() -> None:
    assert len(set(SIGNAL_SHAPES.values())) == len(SIGNAL_SHAPES)


@pytest.mark.parametrize("name", icons.ICONS)
def test_every_icon_is_for_the_eye_alone(name: str) -> None:
    text = drawn("{% icon name %}", name=name)
    assert 'aria-hidden="true"' in text


def test_the_page_header_holds_the_only_h1_the_way_here_and_the_buttons() -> None:
    text = drawn(
        "{% page_header title lead='Allt' crumbs=crumbs as_of=at %}<a href='/x'>Ny</a>{% endpage_header %}",
        title="Brukare <1>",
        crumbs=[Crumb("Start", "/"), Crumb("Brukare")],
        at=AS_OF,
    )
    assert "<h1>Brukare &lt;1&gt;</h1>" in text
    assert "<a href='/x'>Ny</a>" in text
    assert '<span aria-current="page">Brukare</span>' in text
    assert "Uppgifter per 1 december 2022 kl.\u00a06.00" in text


def test_a_bare_page_header_has_no_empty_boxes() -> None:
    text = drawn("{% page_header 'Brukare' %}{% endpage_header %}")
    assert "hv-actions" not in text
    assert "hv-crumbs" not in text


def test_a_table_has_caption_scopes_figures_to_the_right_and_blank_zeros() -> None:
    text = drawn("{% report_table table name='underlag' %}", table=TABLE)
    assert '<caption id="underlag-rubrik">Timunderlag LOV</caption>' in text
    assert '<th scope="col" class="hv-number">Beviljad tid</th>' in text
    assert '<td class="hv-number">1\u00a0243,00</td>' in text
    assert '<td class="hv-number"></td>' in text
    assert "Fel &lt;insats&gt;" in text
    assert text.count("<tfoot>") == 1


def test_a_row_with_a_link_can_be_opened_and_its_mark_stands_beside() -> None:
    screen = ScreenTable(TABLE, links=["/a"], extras=[drawn("{% signal 'B' %}")])
    text = drawn("{% report_table table %}", table=screen)
    assert text.count("data-row-link") == 1
    assert '<a href="/a">Ramtid</a>' in text


def test_a_mark_that_is_not_safe_markup_is_escaped() -> None:
    text = drawn("{% report_table table %}", table=ScreenTable(TABLE, extras=["<b>"]))
    assert "&lt;b&gt;" in text


def test_a_chart_stands_with_its_table() -> None:
    weeks = [charts.Week("44", Decimal(10), Decimal(9))]
    text = drawn(
        "{% chart 'Fyndet' svg table name='v' %}",
        svg=charts.granted_and_performed(weeks),
        table=charts.weeks_table(weeks, as_of=AS_OF),
    )
    assert '<figcaption id="v-fynd">Fyndet</figcaption>' in text
    assert "<svg" in text
    assert "Visa som tabell" in text
    assert 'id="v"' in text


def test_the_rest_of_the_pieces_say_their_words() -> None:
    text = drawn(
        "{% key_figure figure %}{% filter_chips 'Enhet' chips %}{% month_stepper step %}"
        "{% page_index index %}{% download_menu downloads %}{% explanation steps %}"
        "{% empty_state 'Tomt' 'Vänta.' url='/' action='Hem' %}"
        "{% more 50 1312 '?visa=100' target='#lista' %}{% more 3 3 '' target='#lista' %}",
        figure=KeyFigure("Utförd tid", "8,28", "h", "av 12,43", "/t", "Visa timunderlaget", "C"),
        chips=[Chip("Alla", "?", is_chosen=True, count=0), Chip("Team Väst", "?enhet=vast")],
        step=MonthStep(Month(2022, 11), "?manad=2022-10"),
        index={"ramtid": "Ramtid"},
        downloads=Downloads(csv="/a.csv", pdf="/a.pdf"),
        steps=[Step("12,43 h (R195).", "R195"), Step("× 480 kr", "")],
    )
    for expected in (
        '<a href="/t">Visa timunderlaget</a>',
        'aria-current="true"',
        "<small>0</small>",
        "november 2022",
        'rel="prev"',
        'aria-disabled="true"',
        '<a href="#ramtid">Ramtid</a>',
        'href="/a.csv"',
        "Så räknas det",
        "<li>× 480 kr</li>",
        "<h2>Tomt</h2>",
        "Visar 50 av 1\u00a0312",
        "Visar alla 3",
    ):
        assert expected in text
    assert "xlsx" not in text


def test_a_protected_person_is_code_and_initials_and_the_way_in_is_a_post() -> None:
    text = drawn("{% protected_name 'C123' 'AB' open_url='/oppna' %}", csrf_token="hemlig")
    assert "Skyddad identitet · AB · C123" in text
    assert '<form method="post" action="/oppna">' in text
    assert 'value="hemlig"' in text
    assert "Öppna namn och adress" in text
    assert "<form" not in drawn("{% protected_name 'C123' %}")


class _MonthForm(forms.Form):
    month = forms.CharField(label="Månad", help_text="Skriv som 2022-11")


def test_an_error_stands_at_its_field_and_in_the_summary() -> None:
    text = drawn("{% error_summary form %}{% field form.month %}", form=_MonthForm({"month": ""}))
    assert 'href="#id_month"' in text
    assert 'aria-describedby="id_month_hint id_month_error"' in text
    assert 'aria-invalid="true"' in text
    assert '<label class="ds-label" for="id_month">Månad</label>' in text


def test_a_form_without_faults_has_no_summary() -> None:
    text = drawn("{% error_summary form %}{% field form.month %}", form=_MonthForm({"month": "2022-11"}))
    assert "rätta" not in text
    assert "aria-invalid" not in text


def test_hits_are_plain_links_that_say_why() -> None:
    values = {
        "hits": [Hit("Anna <A>", "/b/1", "Brukare", "namn")],
        "query": "an",
        "outside": "",
        "form_id": "",
    }
    text = drawn('{% include "office/parts/search_hits.html" %}', **values)
    assert 'href="/b/1"' in text
    assert "Anna &lt;A&gt;" in text
    assert "1 träff<" in text
    nothing = drawn('{% include "office/parts/search_hits.html" %}', **{**values, "hits": []})
    assert "Inget hittades" in nothing


def test_the_neutral_line_sends_what_was_typed_and_tells_nothing() -> None:
    values = {"hits": [], "query": "xx", "outside": "/jour/nodoppning/", "form_id": "sok"}
    text = drawn('{% include "office/parts/search_hits.html" %}', **values)
    assert 'formaction="/jour/nodoppning/" formmethod="post" form="sok"' in text
    assert "Finns utanför din behörighet – Nödöppning" in text
    assert "Inget hittades" not in text


WRITTEN = [
    ("hours", Decimal("12.43"), "12,43"),
    ("hours_or_blank", Decimal(0), ""),
    ("kronor", Money(596_640), "5 966,40 kr"),
    ("signed_kronor", Money(596_640), "+5 966,40 kr"),
    ("count", 1234, "1 234"),
    ("swedish_date", date(2024, 4, 24), "24 april 2024"),
    ("table_date", date(2024, 4, 24), "2024-04-24"),
    ("clock", AS_OF, "kl. 6.00"),
    ("table_clock", AS_OF, "06.00"),
    ("moment", AS_OF, "1 december 2022 kl. 6.00"),
    ("month_name", date(2024, 4, 24), "april 2024"),
    ("month_name", Month(2022, 11), "november 2022"),
    ("weekday", date(2024, 4, 24), "onsdag"),
]


@pytest.mark.parametrize(("name", "value", "written"), WRITTEN)
def test_filters_write_swedish_and_nothing_for_none(name: str, value: object, written: str) -> None:
    assert drawn("{{ value|" + name + " }}", value=value).replace("\u00a0", " ") == written
    assert drawn("{{ value|" + name + " }}", value=None) == ""


def page(template: str, cookie: str = "", **values: object) -> str:
    request = RequestFactory().get("/")
    if cookie:
        request.COOKIES["hemmavid_utseende"] = cookie
    context = Context({"request": request, "csrf_token": "hemlig", **values})
    return Template("{% extends '" + template + "' %}{% block title %}Prov{% endblock %}").render(context)


FRAME = {
    "navigation": [NavigationItem("Att göra", "/a", "to-do", "a", is_current=True, count=3)],
    "bottom_navigation": [NavigationItem("Hjälp & support", "/h", "help")],
    "signed_in": SignedIn("Karin Lindqvist", "Enhetschef", "Team Väst"),
    "search_url": "/sok/",
    "logout_url": "/ut",
    "help_url": "/h",
    "accessibility_url": "/t",
    "municipality": "Granvik",
    "as_of": AS_OF,
    "is_demo": True,
}


def test_the_frame_holds_rail_search_person_and_foot() -> None:
    text = page("office/base.html", **FRAME)
    assert text.lstrip().startswith("<!DOCTYPE html>")
    for expected in (
        '<html lang="sv"',
        'href="#innehall"',
        'aria-current="page"',
        'data-go="a"',
        '<form class="hv-search" role="search" method="post" action="/sok/"',
        "Karin Lindqvist",
        "Tillgänglighetsredogörelse",
        "Uppdaterad 1 december 2022",
        'aria-live="polite"',
        "<title>Prov – Hemmavid</title>",
    ):
        assert expected in text
    assert ">KL<" in text


def test_a_page_without_a_person_has_no_rail_and_no_box() -> None:
    text = page("office/base.html")
    for absent in ("hv-rail", "hv-search", "hv-me", "Tillgänglighetsredogörelse"):
        assert absent not in text


@pytest.mark.parametrize(
    ("cookie", "scheme"), [("", "auto"), ("dark", "dark"), ("light", "light"), ('"><script>', "auto")]
)
def test_the_chosen_look_is_drawn_by_the_server(cookie: str, scheme: str) -> None:
    assert f'data-color-scheme="{scheme}"' in page("office/base.html", cookie)


def test_the_door_has_one_button_a_person() -> None:
    people = [
        DemoPerson("karin", "Karin Lindqvist", "Enhetschef", "Team Väst", "unit_manager"),
        DemoPerson("ulf", "Ulf Nord", "Enhetschef"),
    ]
    text = page("office/login.html", people=people, action_url="/login", next_url="/x", password_url="/konto")
    assert text.count('data-demo-role="unit_manager"') == 1
    assert text.count('data-demo-user="ulf"') == 1
    assert text.count('name="user"') == 2
    assert '<input type="hidden" name="next" value="/x" />' in text


def test_outside_a_demo_the_door_shows_no_people() -> None:
    assert "data-demo" not in page("office/login.html", password_url="/konto")
