"""`hemmavid frame-time`: the calculation aid (beräkningsstöd), for trying and for other programs."""

import argparse
import json
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from hemmavid.interfaces.cli import exits
from hemmavid.interfaces.cli.json_places import Document, NotJson, read_json
from hemmavid.interfaces.cli.needs_form import Form, Wrong, read_form, words_of
from hemmavid.interfaces.cli.terminal import complain, say
from hemmavid.lib import swedish
from hemmavid.lib.hours import as_decimal
from hemmavid.lib.rounding import HALF_UP
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.assessed_needs import VISIT_LABELS, faults_of
from hemmavid.rules.frame_time import FrameTime, FrameTimeLine, FrameTimeRules, frame_time
from hemmavid.rules.frame_time_steps import version_text
from hemmavid.rules.occasions import Occasions, per_week_text
from hemmavid.rules.parameter_files import MalformedParameter, ParameterNotDefined

_LARGEST_FILE = 200_000
_OWN_VISIT = "eget besök"
# Broken where a terminal of 80 characters needs it.
_HEADINGS = (
    "Behov",
    "Nivå",
    "Besök",
    "Per\nvecka",
    "Min/\ngång",
    "Schablon",
    "Samord-\nning",
    "Tillägg",
    "Min/\nvecka",
    "Kring-\ntid",
)
_FIRST_NUMBER, _LAST_NUMBER = 3, 8
EXAMPLES = """\
Filen har en dag och en rad per bedömt behov. Tiden per gång följer av nivån och går inte att ange.
Skriv inga personuppgifter: bara nycklarna nedan får finnas.

  {
    "date": "2026-11-01",
    "needs": [
      { "need": "pakladning", "level": 2, "per_week": 7, "visit": "morgon" },
      { "need": "baddning", "level": 1, "per_week": 7, "visit": "morgon" },
      { "need": "stadning", "level": 2, "occasions": { "count": 1, "per": "two_weeks" }, "visit": null }
    ]
  }

  need      behovets kod, en av kommunens schablontider
  level     nivån, från 1
  per_week  gånger per vecka: 7, 0.5 (varannan vecka) eller "1/3" (var tredje); eller i stället
  occasions antal gånger (count) per day, week, two_weeks, four_weeks eller month
  visit     morgon, formiddag, lunch, eftermiddag, kvall_1, kvall_2, service; null = ett eget besök

exempel:
  hemmavid frame-time behov.json                  ramtiden som tabell, rad för rad med förklaring
  hemmavid frame-time behov.json --format json    samma för ett annat program

Schablontiderna är kommunens egna filer i mappen som HEMMAVID_PARAMETERS namnger; annars ett exempel.
Läs mer: docs/rules/frame-time.md"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command (contract.md section 2)."""
    parser.epilog = EXAMPLES
    parser.add_argument("file", metavar="FIL.json", help="bedömda behov")
    parser.add_argument("--format", choices=("table", "json"), default="table", help="tabell eller JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print the frame time, or one line per error (exit 1)."""
    file: str = arguments.file
    try:
        document = read_json(_text_of(Path(file)))
    except NotJson as refused:
        complain(f"{file}:{refused.line}: {refused.pointer}: {refused.reason}")
        return exits.REFUSED
    form = read_form(document)
    rules, wrong_day = _rules_of(form)
    wrong = [*form.wrong, *wrong_day]
    needs = form.needs(rules.weeks) if rules else []
    if rules and (needs or not wrong):
        times = rules.standard_times.standard_times
        wrong += [words_of(fault, form, times) for fault in faults_of(needs, times)]
    if wrong or rules is None:
        _complain(file, document, wrong)
        return exits.REFUSED
    result = frame_time(needs, rules)
    if arguments.format == "json":
        say(json.dumps(_as_json(result), ensure_ascii=False, indent=2))
    else:
        _show(result)
    return exits.DONE


def _text_of(path: Path) -> str:
    """The file's text. Whatever is wrong with it is told by its line, as contract.md section 2 says."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        raise NotJson(1, "-", "filen finns inte") from None
    except (OSError, ValueError):
        raise NotJson(1, "-", "filen går inte att läsa") from None
    if len(raw) > _LARGEST_FILE:
        raise NotJson(1, "-", f"filen är större än {_LARGEST_FILE // 1000} kB; en fil är en brukares behov")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise NotJson(line, "-", "filen är inte UTF-8; spara den som UTF-8") from None


def _rules_of(form: Form) -> tuple[FrameTimeRules | None, list[Wrong]]:
    """The rules of the form's day; none without a day, or with the reason when no value is in force on it."""
    try:
        parameters = parameters_in_use()
        return (FrameTimeRules.for_day(form.day, parameters) if form.day else None), []
    except MalformedParameter as wrong:
        raise exits.Refused(f"kommunens parametrar går inte att använda: {wrong}") from wrong
    except ParameterNotDefined as gap:
        return None, [Wrong("/date", f"{gap}; välj en senare dag eller lägg till ett värde")]


def _complain(file: str, document: Document, wrong: Sequence[Wrong]) -> None:
    """One line per error, by line of the file."""
    lines = [(document.line(each.pointer, each.key), each) for each in wrong]
    for line, each in sorted(lines, key=lambda pair: pair[0]):
        complain(f"{file}:{line}: {each.pointer or '-'}: {each.reason}")


def _as_json(result: FrameTime) -> dict[str, object]:
    return {
        "date": result.day.isoformat(),
        "lines": [_line_as_json(line) for line in result.lines],
        "minutes_per_week": str(result.minutes_per_week),
        "weeks_per_month": _two_decimals(*result.weeks_per_month.as_integer_ratio()),
        "hours_per_month": str(result.hours_per_month),
        "standard_times": {
            "valid_from": result.standard_times.valid_from.isoformat(),
            "reference": result.standard_times.reference,
            "source": result.standard_times.source,
        },
        "because": _told(result.because),
    }


def _line_as_json(line: FrameTimeLine) -> dict[str, object]:
    need = line.assessed
    return {
        "need": need.need,
        "label": line.time.label,
        "life_area": line.time.life_area.value,
        "intervention": line.intervention,
        "guideline": {"section": line.time.guideline.section, "link": line.time.guideline.link},
        "level": need.level,
        "level_means": line.time.levels[need.level - 1].means,
        "visit": None if need.visit is None else need.visit.value,
        "per_week": _two_decimals(*need.per_week.as_integer_ratio()),
        "occasions": _occasions_as_json(need.occasions),
        "minutes_per_occasion": _two_decimals(line.minutes_per_occasion, 1),
        "standard_minutes": str(line.standard_minutes),
        "gained_minutes": str(line.gained_minutes),
        "added_minutes": str(line.added_minutes),
        "minutes_per_week": str(line.minutes_per_week),
        "includes_surrounding_time": line.time.includes_surrounding_time,
        "because": _told(line.because),
    }


def _occasions_as_json(occasions: Occasions | None) -> dict[str, object] | None:
    return {"count": occasions.count, "per": occasions.per.value} if occasions else None


def _told(sentences: Sequence[str]) -> list[str]:
    """Sentences for other programs: the hard space is for people's screens."""
    return [sentence.replace(swedish.HARD_SPACE, " ") for sentence in sentences]


def _two_decimals(numerator: int, denominator: int) -> str:
    return str(as_decimal(HALF_UP.hundredths(numerator, denominator)))


def _show(result: FrameTime) -> None:
    """The table, the frame time and why; with frames and colour on a terminal, plain text otherwise."""
    rows = [_cells(line) for line in result.lines]
    if sys.stdout.isatty():
        _show_framed(result, rows)
    else:
        _show_plain(result, rows)
    say("")
    say(f"Ramtid per vecka: {swedish.number(result.minutes_per_week)} min")
    say(f"Ramtid per månad: {swedish.number(result.hours_per_month)} h")
    say(f"Schablontider från {version_text(result.standard_times)}: {result.standard_times.source}")
    say("")
    say("Så är tiden räknad")
    for line in result.lines:
        say(f"\n{_title(line)}")
        say(f"  Riktlinje: {_guideline_text(line)}")
        _say_all(line.because)
    say("\nSumma")
    _say_all(result.because)


def _say_all(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        say(f"  {sentence}")


def _title(line: FrameTimeLine) -> str:
    visit = line.assessed.visit
    return f"{line.time.label}, {VISIT_LABELS[visit] if visit else _OWN_VISIT}"


def _guideline_text(line: FrameTimeLine) -> str:
    """The section of the municipality's guideline, with its address where there is one (R052)."""
    guideline = line.time.guideline
    return f"{guideline.section} {guideline.link}".rstrip() + " (R052)"


def _cells(line: FrameTimeLine) -> tuple[str, ...]:
    need = line.assessed
    return (
        line.time.label,
        str(need.level),
        VISIT_LABELS[need.visit] if need.visit else _OWN_VISIT,
        per_week_text(need.per_week),
        str(line.minutes_per_occasion),
        swedish.number(line.standard_minutes),
        _signed(-line.gained_minutes),
        _signed(line.added_minutes),
        swedish.number(line.minutes_per_week),
        "ja" if line.time.includes_surrounding_time else "nej",
    )


def _signed(minutes: Decimal) -> str:
    """−10,00 or +5,00; blank for none."""
    sign = "+" if minutes > 0 else ""
    return f"{sign}{swedish.number_or_blank(minutes)}"


def _total_cells(result: FrameTime) -> tuple[str, ...]:
    blank = [""] * (_LAST_NUMBER - 1)
    return ("Ramtid", *blank, swedish.number(result.minutes_per_week), "")


def _show_framed(result: FrameTime, rows: Sequence[tuple[str, ...]]) -> None:
    title = f"Ramtid, bedömd {result.day.isoformat()}"
    table = Table(title=title, box=SIMPLE_HEAD, show_footer=True, show_edge=False, padding=0)
    for number, (heading, total) in enumerate(zip(_HEADINGS, _total_cells(result), strict=True)):
        is_number = _FIRST_NUMBER <= number <= _LAST_NUMBER
        table.add_column(heading, total, justify="right" if is_number else "left", no_wrap=is_number)
    for row in rows:
        table.add_row(*row)
    Console(file=sys.stdout).print(table)


def _show_plain(result: FrameTime, rows: Sequence[tuple[str, ...]]) -> None:
    headings = tuple(text.replace("-\n", "").replace("/\n", "/").replace("\n", " ") for text in _HEADINGS)
    grid = [headings, *rows, _total_cells(result)]
    widths = [max(len(row[number]) for row in grid) for number in range(len(_HEADINGS))]
    say(f"Ramtid, bedömd {result.day.isoformat()}\n")
    for row in grid:
        cells = [
            cell.rjust(width) if _FIRST_NUMBER <= number <= _LAST_NUMBER else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        say("  ".join(cells).rstrip())
