"""The pieces that pages are put together from: `{% load parts %}`.

Each tag draws one template of templates/office/parts/, where its looks are described. Values are the
dataclasses of hemmavid/interfaces/office/parts.py. Nothing here knows a rule or reads the database.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django import template
from django.forms import BoundField, Form
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hemmavid.interfaces.office import icons
from hemmavid.interfaces.office.frame import Door, PageFrame
from hemmavid.interfaces.office.parts import (
    SIGNAL_SHAPES,
    SIGNAL_WORDS,
    Chip,
    Crumb,
    Downloads,
    KeyFigure,
    MonthStep,
    ScreenTable,
)
from hemmavid.reports.tables import ReportTable
from hemmavid.rules.explanation import Step

register = template.Library()
Context = dict[str, object]
COLOR_SCHEMES = ("auto", "light", "dark")
COLOR_SCHEME_COOKIE = "hemmavid_utseende"


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "download" %}`: an icon beside its word. Names stand in icons.py."""
    return icons.icon(name)


@register.simple_tag(takes_context=True)
def page_frame(context: template.Context) -> PageFrame:
    """`{% page_frame as frame %}`: what base.html stands on, from the variables of the same names."""
    return PageFrame.of(context)


@register.simple_tag(takes_context=True)
def door(context: template.Context) -> Door:
    """`{% door as door %}`: what login.html stands on, from the variables of the same names."""
    return Door.of(context)


@register.simple_tag(takes_context=True)
def color_scheme(context: template.Context) -> str:
    """light, dark or auto: what the person chose (theme.js keeps it in a cookie), so no page flashes."""
    request = context.get("request")
    chosen = request.COOKIES.get(COLOR_SCHEME_COOKIE, "auto") if request is not None else "auto"
    return chosen if chosen in COLOR_SCHEMES else "auto"


@register.simple_block_tag
def page_header(
    content: str,
    title: str,
    *,
    lead: str = "",
    crumbs: Sequence[Crumb] = (),
    as_of: datetime | None = None,
) -> SafeString:
    """`{% page_header title lead=… crumbs=… as_of=… %}buttons{% endpage_header %}`: the top of a page."""
    actions = SafeString(content.strip())
    values = {"title": title, "lead": lead, "crumbs": crumbs, "as_of": as_of, "actions": actions}
    return render_to_string("office/parts/page_header.html", values)


@register.inclusion_tag("office/parts/breadcrumbs.html")
def breadcrumbs(crumbs: Sequence[Crumb]) -> Context:
    """`{% breadcrumbs crumbs %}`: the way here; page_header draws them already when given."""
    return {"crumbs": crumbs}


@register.simple_tag
def signal(level: str, word: str = "") -> SafeString:
    """`{% signal "B" %}` ▲ Idag: shape, word, colour. Levels A B C D OK; `word` replaces the usual."""
    return format_html(
        '<span class="hv-signal hv-signal--{}">'
        '<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>{}</span>',
        level.lower(),
        SIGNAL_SHAPES[level],
        word or SIGNAL_WORDS[level],
    )


@register.inclusion_tag("office/parts/key_figure.html")
def key_figure(figure: KeyFigure) -> Context:
    """`{% key_figure figure %}`: one card, an `<li>` of `<ul class="hv-cards">`."""
    return {"figure": figure}


@register.inclusion_tag("office/parts/filter_chips.html")
def filter_chips(label: str, chips: Sequence[Chip]) -> Context:
    """`{% filter_chips "Enhet" chips %}`: the second level of navigation, each choice a link."""
    return {"label": label, "chips": chips}


@register.inclusion_tag("office/parts/month_stepper.html")
def month_stepper(step: MonthStep) -> Context:
    """`{% month_stepper step %}`: ‹ november 2022 ›."""
    return {"step": step}


@register.inclusion_tag("office/parts/page_index.html")
def page_index(sections: Mapping[str, str]) -> Context:
    """`{% page_index sections %}`: sticky contents of a long page; a mapping of element id to heading."""
    return {"sections": sections}


@register.inclusion_tag("office/parts/download_menu.html")
def download_menu(downloads: Downloads) -> Context:
    """`{% download_menu downloads %}`: the same view as Excel, CSV and PDF, and printing."""
    return {"downloads": downloads}


@register.inclusion_tag("office/parts/table.html")
def report_table(
    table: ReportTable | ScreenTable,
    *,
    name: str = "tabell",
    shows_caption: bool = True,
    is_wide: bool = False,
) -> Context:
    """`{% report_table table name="timunderlag" %}`: the table on screen. `name` is a page-unique id.

    `shows_caption=False` keeps the caption for reading aids alone; `is_wide=True` scrolls in its own region.
    """
    screen = table if isinstance(table, ScreenTable) else ScreenTable(table)
    return {"screen": screen, "name": name, "shows_caption": shows_caption, "is_wide": is_wide}


@register.inclusion_tag("office/parts/chart.html")
def chart(title: str, graphic: str, table: ReportTable, *, name: str = "diagram") -> Context:
    """`{% chart finding svg table %}`: the finding as heading, the drawing, and its table twin."""
    return {"title": title, "graphic": graphic, "screen": ScreenTable(table), "name": name}


@register.inclusion_tag("office/parts/explanation.html")
def explanation(steps: Sequence[Step], *, heading: str = "Så räknas det", is_open: bool = False) -> Context:
    """`{% explanation line.steps %}`: what leads to a figure, numbered, each claim before its grounds."""
    return {"steps": steps, "heading": heading, "is_open": is_open}


@register.inclusion_tag("office/parts/empty_state.html")
def empty_state(
    title: str, text: str = "", *, url: str = "", action: str = "", symbol: str = "document"
) -> Context:
    """`{% empty_state "Inga besök i november" "Välj en annan månad." url=… action="Visa oktober" %}`."""
    return {"title": title, "text": text, "url": url, "action": action, "symbol": symbol}


@register.inclusion_tag("office/parts/protected_name.html", takes_context=True)
def protected_name(
    context: template.Context, code: str, initials: str = "", *, open_url: str = ""
) -> Context:
    """`{% protected_name "C123" "AB" open_url=… %}`: Skyddad identitet · AB · C123, and the way in.

    The button posts; the view that answers logs the look. Without `open_url` there is no button.
    """
    return {
        "code": code,
        "initials": initials,
        "open_url": open_url,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.inclusion_tag("office/parts/field.html")
def field(bound: BoundField) -> Context:
    """`{% field form.month %}`: label, hint, control and error of one form field."""
    described = [f"{bound.auto_id}_hint"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attributes: dict[str, str | bool] = {"class": "ds-input"}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {"field": bound, "control": bound.as_widget(attrs=attributes)}


@register.inclusion_tag("office/parts/error_summary.html")
def error_summary(form: Form) -> Context:
    """`{% error_summary form %}`: what to mend, with a link to each field; nothing when nothing is wrong."""
    return {"form": form, "wrong": [bound for bound in form if bound.errors]}


@register.inclusion_tag("office/parts/more.html")
def more(shown: int, total: int, url: str, *, target: str) -> Context:
    """`{% more 50 312 "?visa=100" target="#brukare" %}`: Visa fler. Plain link; htmx swaps the target."""
    return {"shown": shown, "total": total, "url": url, "target": target}
