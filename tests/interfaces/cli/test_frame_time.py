"""`hemmavid frame-time` (contract.md section 2, docs/rules/frame-time.md)."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hemmavid.interfaces.cli import exits, main
from hemmavid.interfaces.cli import frame_time as command
from hemmavid.lib.swedish import HARD_SPACE
from hemmavid.rules.parameter_files import SHIPPED
from tests.interfaces.cli.json_schema import fits

MORNING = {"need": "pakladning", "level": 2, "per_week": 7, "visit": "morgon"}
BED = {"need": "baddning", "level": 1, "per_week": 7, "visit": "morgon"}
MEAL = {"need": "maltid", "level": 1, "per_week": 7, "visit": "morgon"}
CLEANING = {"need": "stadning", "level": 2, "per_week": 0.5, "visit": None}
SCHEMA = json.loads((Path(__file__).parents[3] / "docs/rules/frame-time.schema.json").read_text("utf-8"))
GUIDE = Path(__file__).parents[3] / "docs" / "rules" / "frame-time.md"


def form(*needs: object, **more: object) -> str:
    return json.dumps({"date": "2026-11-01", "needs": needs, **more}, indent=1)


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    """Call the command on a text (or bytes) as the file behov.json; gives status, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def run(content: str | bytes, *options: str):
        raw = content if isinstance(content, bytes) else content.encode()
        Path("behov.json").write_bytes(raw)
        status = main.main(["frame-time", "behov.json", *options])
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return run


def errors(result) -> list[str]:
    """The lines of a refusal, which prints nothing on stdout."""
    status, out, err = result
    assert (status, out) == (exits.REFUSED, "")
    lines = err.splitlines()
    assert [line for line in lines if not re.fullmatch(r"behov\.json:\d+: \S+: \S.*", line)] == []
    return lines


class TestAnswer:
    def test_json_has_every_component_and_why(self, call):
        status, out, err = call(form(CLEANING, BED, MEAL, MORNING), "--format", "json")
        assert (status, err) == (exits.DONE, "")
        found = json.loads(out)
        assert found["date"] == "2026-11-01"
        assert [line["need"] for line in found["lines"]] == ["maltid", "baddning", "pakladning", "stadning"]
        bed = found["lines"][1]
        because = bed.pop("because")
        assert bed == {
            "need": "baddning",
            "label": "Bäddning",
            "life_area": "domestic_life",
            "intervention": "morgonhjalp",
            "guideline": {"section": "Exempel: riktlinje för bistånd, Bäddning", "link": ""},
            "level": 1,
            "level_means": "bädda sängen",
            "visit": "morgon",
            "per_week": "7.00",
            "occasions": None,
            "minutes_per_occasion": "10.00",
            "standard_minutes": "70.00",
            "gained_minutes": "70.00",
            "added_minutes": "0.00",
            "minutes_per_week": "0.00",
            "includes_surrounding_time": False,
        }
        assert any("(R127; parameter frame_time.standard_times gäller från 2000-01-01)" in s for s in because)
        assert found["lines"][3]["visit"] is None
        assert found["lines"][3]["per_week"] == "0.50"
        assert found["minutes_per_week"] == "212.50"
        assert found["weeks_per_month"] == "4.33"
        assert found["standard_times"]["valid_from"] == "2000-01-01"
        assert found["standard_times"]["reference"] == "exempeltabell 1"
        assert found["hours_per_month"] == "15.35"
        assert HARD_SPACE not in out
        assert "= 15,35 h per månad" in found["because"][-1]

    def test_the_table_is_plain_when_piped_and_explains_every_line(self, call):
        status, out, err = call(form(MORNING, BED, MEAL, CLEANING))
        assert (status, err) == (exits.DONE, "")
        rows = {line.split("  ")[0]: re.split(r"\s{2,}", line) for line in out.splitlines()}
        assert rows["Bäddning"] == [
            "Bäddning",
            "1",
            "morgon",
            "7",
            "10",
            "70,00",
            "−70,00",
            "0,00",
            "nej",
        ]
        assert rows["Städning"][2:] == ["eget besök", "0,5", "70", "35,00", "+2,50", "37,50", "nej"]
        assert rows["Ramtid"] == ["Ramtid", "212,50"]
        assert "Ramtid per vecka: 212,50 min" in out
        assert "Ramtid per månad: 15,35 h" in out
        assert "Schablontider från 2000-01-01 (exempeltabell 1): Exempel, inte kommunens egna tider" in out
        assert "Bäddning, morgon\n" in out
        assert "\x1b" not in out
        assert "│" not in out

    def test_a_terminal_of_80_characters_gets_a_ruled_table_with_every_figure_whole(self, call, monkeypatch):
        monkeypatch.setattr(command.sys.stdout, "isatty", lambda: True)
        monkeypatch.setenv("COLUMNS", "80")
        status, out, _ = call(form(MORNING, BED, {**MEAL, "visit": "eftermiddag", "per_week": 100}))
        assert status == exits.DONE
        assert "…" not in out
        assert "1\N{NO-BREAK SPACE}500,00" in out
        assert "━" in out or "─" in out
        assert "+500,00" in out

    def test_occasions_are_said_as_people_say_them(self, call):
        often = [(1, "two_weeks"), (1, "month"), (2, "day")]
        rows = [
            {key: value for key, value in row.items() if key != "per_week"}
            | {"occasions": {"count": count, "per": per}}
            for row, (count, per) in zip((CLEANING, {**CLEANING, "level": 3}, MEAL), often, strict=True)
        ]
        status, out, err = call(form(*rows), "--format", "json")
        assert (status, err) == (exits.DONE, "")
        lines = json.loads(out)["lines"]
        assert [line["occasions"] for line in lines] == [
            {"count": 2, "per": "day"},
            {"count": 1, "per": "month"},
            {"count": 1, "per": "two_weeks"},
        ]
        assert [line["per_week"] for line in lines] == ["14.00", "0.23", "0.50"]
        assert "(varannan vecka)" in lines[2]["because"][0]
        shown = call(form(*rows))[1]
        assert "En gång i månaden: 1 ÷ 52/12 (4,33) veckor per månad = 3/13 per vecka" in shown
        assert "Riktlinje: Exempel: riktlinje för bistånd, Städning (R052)" in shown

    def test_the_order_of_the_needs_does_not_matter(self, call):
        first = call(form(MORNING, BED, CLEANING), "--format", "json")
        assert call(form(CLEANING, MORNING, BED), "--format", "json") == first

    def test_it_needs_no_database(self, tmp_path):
        (tmp_path / "behov.json").write_text(form(MEAL))
        code = (
            "import sys; from hemmavid.interfaces.cli.main import main;"
            "status = main(['frame-time', sys.argv[1], '--format', 'json']);"
            "from django.db import connections;"
            "sys.exit(status or any(each.connection for each in connections.all()))"
        )
        call = [sys.executable, "-c", code, str(tmp_path / "behov.json")]
        done = subprocess.run(call, check=False, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (exits.DONE, "")
        assert json.loads(done.stdout)["minutes_per_week"] == "140.00"

    def test_the_municipality_has_standard_times_of_its_own(self, call, settings, tmp_path):
        name = "frame_time.standard_times.toml"
        text = (SHIPPED / "municipal" / name).read_text("utf-8")
        own = tmp_path / "egna"
        own.mkdir()
        (own / name).write_text(
            text.replace('{ minutes = 15, means = "tillreda', '{ minutes = 25, means = "t')
        )
        settings.PARAMETERS_FOLDER = str(own)
        assert json.loads(call(form(MEAL), "--format", "json")[1])["minutes_per_week"] == "210.00"

    def test_parts_of_a_week_and_a_byte_order_mark_are_read(self, call):
        text = form({**CLEANING, "per_week": "1/3"}, {**MEAL, "level": 1.0})
        status, out, _ = call(b"\xef\xbb\xbf" + text.encode(), "--format", "json")
        assert status == exits.DONE
        assert json.loads(out)["lines"][1]["per_week"] == "0.33"

    def test_the_examples_of_the_guide_and_the_help_work(self, call, capsys):
        texts = re.findall(r"```json\n(.+?)```", GUIDE.read_text("utf-8"), re.DOTALL)
        texts.append(re.search(r"^  \{\n.+?^  \}\n", command.EXAMPLES, re.DOTALL | re.MULTILINE)[0])
        forms = [text for text in texts if '"needs"' in text]
        assert len(forms) >= 3
        for text in forms:
            assert call(text)[0] == exits.DONE
            assert fits(json.loads(text), SCHEMA)

    def test_the_guide_shows_what_the_program_answers(self, call):
        guide = GUIDE.read_text("utf-8")
        text = re.search(r"```json\n(.+?)```", guide, re.DOTALL)[1]
        shown = re.search(r"```text\n(.+?)```", guide, re.DOTALL)[1]
        out = call(text)[1].replace(HARD_SPACE, " ")
        assert out.startswith(shown)


class TestSchema:
    """docs/rules/frame-time.schema.json says the same as the program."""

    @pytest.mark.parametrize("per_week", [7, 0.5, "1/3", "12/52", 100])
    @pytest.mark.parametrize("visit", ["morgon", "service", None])
    def test_what_it_takes_the_program_takes(self, call, per_week, visit):
        text = form({**MEAL, "per_week": per_week, "visit": visit})
        assert fits(json.loads(text), SCHEMA)
        assert call(text)[0] == exits.DONE

    @pytest.mark.parametrize("per", ["day", "week", "two_weeks", "four_weeks", "month"])
    def test_occasions_in_every_stretch_of_time(self, call, per):
        row = {"need": "maltid", "level": 1, "visit": None, "occasions": {"count": 3, "per": per}}
        assert fits(json.loads(form(row)), SCHEMA)
        assert call(form(row))[0] == exits.DONE

    @pytest.mark.parametrize(
        "row",
        [
            {**MEAL, "minutes": 15},
            {**MEAL, "level": "1"},
            {**MEAL, "level": 0},
            {**MEAL, "level": 1.5},
            {**MEAL, "need": "Rut Exempel"},
            {**MEAL, "per_week": 0},
            {**MEAL, "per_week": 101},
            {**MEAL, "per_week": True},
            {**MEAL, "per_week": "1/0"},
            {**MEAL, "visit": "natt"},
            {**MEAL, "occasions": {"count": 1, "per": "week"}},
            {"need": "maltid", "level": 1, "visit": None},
            {"need": "maltid", "level": 1, "visit": None, "occasions": {"count": 0, "per": "week"}},
            {"need": "maltid", "level": 1, "visit": None, "occasions": {"count": 1, "per": "year"}},
            {"need": "maltid", "level": 1, "visit": None, "occasions": {"count": 1}},
            {"need": "maltid", "level": 1, "per_week": 7},
            [],
        ],
    )
    def test_what_it_refuses_the_program_refuses(self, call, row):
        text = form(row)
        assert not fits(json.loads(text), SCHEMA)
        errors(call(text))

    @pytest.mark.parametrize(
        "text", ["[]", "{}", '{"date": "i dag", "needs": []}', '{"date": "2026-11-01", "needs": {}, "x": 1}']
    )
    def test_what_is_no_form_fits_neither(self, call, text):
        assert not fits(json.loads(text), SCHEMA)
        errors(call(text))


class TestRefusal:
    def test_minutes_may_not_be_given(self, call):
        (line,) = errors(call(form({**MEAL, "minutes": 20})))
        assert line.startswith("behov.json:9: /needs/0/minutes: minutes får inte anges: schablontiden följer")
        assert "R284" in line

    def test_unknown_keys_are_refused_and_never_repeated(self, call):
        text = form({**MEAL, "name": "Rut Exempel", "19400102-2380": 1}, client="C1")
        lines = errors(call(text))
        assert [line.split(": ")[:2] for line in lines] == [
            ["behov.json:9", "/needs/0"],
            ["behov.json:10", "/needs/0"],
            ["behov.json:13", "-"],
        ]
        assert all("okänd nyckel" in line and "inga personuppgifter" in line for line in lines)
        for secret in ("Rut", "19400102", "C1"):
            assert secret not in "".join(lines)

    def test_every_error_is_told_at_once_in_the_order_of_the_file(self, call):
        needs = (
            {**MEAL, "need": "Rut Exempel"},
            {**MEAL, "level": 4},
            {**BED, "per_week": 0.001},
            {**BED, "visit": "Rut"},
            {**BED, "need": 5},
            {**CLEANING, "level": "2"},
            {**CLEANING, "per_week": 200},
            {"need": "inkop"},
            "inkop",
            {**MEAL, "need": "ledsagning"},
        )
        lines = errors(call(form(*needs)))
        assert [line.split(": ")[1] for line in lines] == [
            "/needs/0/need",
            "/needs/1/level",
            "/needs/2/per_week",
            "/needs/3/visit",
            "/needs/4/need",
            "/needs/5/level",
            "/needs/6/per_week",
            "/needs/7",
            "/needs/7",
            "/needs/7",
            "/needs/8",
            "/needs/9/need",
        ]
        numbers = [int(line.split(":")[1]) for line in lines]
        assert numbers == sorted(numbers)
        assert "Rut" not in "".join(lines)
        assert "välj bland apotek, baddning" in lines[0]
        assert "välj 1 = tillreda och duka fram" in lines[1]
        assert "Ledsagning ligger utanför ramtiden (R061, R141)" in lines[-1]
        assert "handläggaren anger tiden" in lines[-1]

    def test_a_need_stands_once_in_a_visit(self, call):
        (line,) = errors(call(form(MEAL, MEAL)))
        assert "/needs/1/need: behovet står redan för besöket" in line

    @pytest.mark.parametrize(
        ("text", "place", "reason"),
        [
            ("", "1: -", "inte JSON"),
            ('{\n "date": "2026-11-01",\n "needs": [,]\n}', "3: -", "inte JSON"),
            ("[]", "1: -", "ett objekt"),
            ("{}", "1: -", "date saknas"),
            ('{"date": "2026-11-01", "needs": []}', "1: /needs", "minst ett"),
            ('{"date": "2026-11-01", "needs": null}', "1: /needs", "en lista"),
            ('{"date": "2026-11-01",\n"date": "2026-11-01", "needs": []}', "2: -", "två gånger"),
            ('{"date": "2026-11-01", "needs": [{"need": "a",\n"need": "b"}]}', "2: /needs/0", "två gånger"),
            ('{"date": NaN, "needs": []}', "1: -", "inget tal"),
            ('{"date": 1e99999999999999999999, "needs": []}', "1: -", "för stort"),
            ("[" * 50 + "]" * 50, "1: -", "för många nivåer"),
            ("[" * 90_000 + "]" * 90_000, "1: -", "för många nivåer"),
            (" " * 200_001, "1: -", "större än 200 kB"),
            (b'{\n"date": "\xe5"}', "2: -", "inte UTF-8"),
        ],
    )
    def test_what_is_no_form_is_refused_by_line(self, call, text, place, reason):
        line = errors(call(text))[0]
        assert line.startswith(f"behov.json:{place}: ")
        assert reason in line

    @pytest.mark.parametrize("day", ["2026-02-30", "20261101", "2026-11-01T00:00", "i dag", 20261101, None])
    def test_a_day_is_a_day(self, call, day):
        (line,) = errors(call(form(MEAL, date=day)))
        assert "/date: skriv dagen som ÅÅÅÅ-MM-DD" in line

    def test_a_day_before_the_standard_times_is_refused(self, call):
        (line,) = errors(call(form(MEAL, date="1999-12-31")))
        assert "/date: parametern" in line
        assert "har inget värde den 1999-12-31" in line

    @pytest.mark.parametrize("per_week", [0, -1, "1/0", "0/3", "en gång", "7", True, None, [], 1e300, 1e-300])
    def test_occasions_are_a_number_or_a_part(self, call, per_week):
        (line,) = errors(call(form({**MEAL, "per_week": per_week})))
        assert "/needs/0/per_week: " in line

    @pytest.mark.parametrize("level", [1.5, -1, 1e300, True, "1", None, {}])
    def test_a_level_is_a_whole_number(self, call, level):
        (line,) = errors(call(form({**MEAL, "level": level})))
        assert "/needs/0/level: nivån ska vara ett heltal" in line

    @pytest.mark.parametrize(
        ("occasions", "place", "reason"),
        [
            (1, "", "skrivs som ett objekt"),
            ({}, "", "count saknas"),
            ({"count": 1}, "", "per saknas"),
            ({"count": 1.5, "per": "week"}, "/count", "ett heltal"),
            ({"count": True, "per": "week"}, "/count", "ett heltal"),
            ({"count": 1, "per": "year"}, "/per", "välj bland day, week, two_weeks, four_weeks, month"),
            ({"count": 1, "per": ["week"]}, "/per", "tiden är okänd"),
            ({"count": 1, "per": "week", "Rut": 1}, "", "okänd nyckel; bara count, per får finnas"),
            ({"count": 0, "per": "week"}, "", "mer än 0 och högst 100"),
            ({"count": 15, "per": "day"}, "", "mer än 0 och högst 100"),
        ],
    )
    def test_occasions_are_so_many_in_a_known_time(self, call, occasions, place, reason):
        row = {"need": "maltid", "level": 1, "visit": "lunch", "occasions": occasions}
        line = errors(call(form(row)))[0]
        assert f"/needs/0/occasions{place}: " in line
        assert reason in line
        assert "Rut" not in line

    def test_how_often_is_said_in_one_way(self, call):
        often = {"occasions": {"count": 1, "per": "week"}}
        (line,) = errors(call(form({**MEAL, **often})))
        assert "/needs/0/occasions: skriv per_week eller occasions, inte båda" in line
        lines = errors(call(form({"need": "maltid", "level": 1, "visit": None})))
        assert ["per_week saknas" in line for line in lines] == [True]

    def test_too_many_needs_are_refused(self, call):
        (line,) = errors(call(form(*[{}] * 201)))
        assert "/needs: needs ska vara en lista med högst 200 behov" in line

    def test_a_file_that_is_not_there_or_no_file_is_refused(self, call, capsys, tmp_path):
        assert main.main(["frame-time", "saknas.json"]) == exits.REFUSED
        assert capsys.readouterr().err == "saknas.json:1: -: filen finns inte\n"
        assert main.main(["frame-time", "."]) == exits.REFUSED
        assert capsys.readouterr().err == ".:1: -: filen går inte att läsa\n"

    def test_unusable_parameters_are_named(self, call, settings, tmp_path):
        settings.PARAMETERS_FOLDER = str(tmp_path / "saknas")
        status, out, err = call(form(MEAL))
        assert (status, out) == (exits.REFUSED, "")
        assert "kommunens parametrar går inte att använda" in err
        assert "mappen finns inte" in err

    @pytest.mark.parametrize(
        "words", [[], ["a.json", "b.json"], ["a.json", "--format", "csv"], ["--minutes", "5"]]
    )
    def test_a_malformed_call_is_two(self, words, capsys):
        assert main.main(["frame-time", *words]) == exits.USAGE
        assert "Läs mer: hemmavid frame-time --help" in capsys.readouterr().err
