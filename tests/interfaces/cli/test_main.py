"""The dispatcher: help, exit statuses, and no traceback for what can be foreseen (contract.md section 2)."""

import importlib.machinery
import os
import subprocess
import sys
from types import ModuleType

import pytest
from django.core.exceptions import ImproperlyConfigured

from hemmavid.database.errors import DatabaseUnusable, Problem
from hemmavid.interfaces.cli import exits, main
from hemmavid.interfaces.cli.swedish_parser import SwedishParser, in_swedish
from hemmavid.interfaces.cli.words import explain

HEMMAVID = (sys.executable, "-m", "hemmavid")


@pytest.fixture
def trial(monkeypatch) -> ModuleType:
    """A command `trial` whose `run` each test decides."""
    name = "hemmavid.interfaces.cli.trial"
    module = ModuleType(name)
    module.__spec__ = importlib.machinery.ModuleSpec(name, None)
    module.add_arguments = lambda parser: parser.add_argument("--month")
    module.run = lambda arguments: exits.DONE
    monkeypatch.setitem(sys.modules, name, module)
    command = main.Command("trial", "trial", "prova", needs_database=False)
    gone = main.Command("gone", "not_there", "finns inte")
    monkeypatch.setattr(main, "COMMANDS", (command, gone))
    return module


def fails_with(error: BaseException):
    def run(arguments):
        raise error

    return run


class TestHelp:
    def test_it_teaches_by_example_and_lists_what_exists(self, trial, capsys):
        assert main.main(["--help"]) == 0
        shown = capsys.readouterr().out
        assert "användning: hemmavid" in shown
        assert "exempel:" in shown
        assert "trial" in shown
        assert "gone" not in shown

    def test_no_command_at_all_shows_the_help_as_wrong_usage(self, trial, capsys):
        assert main.main([]) == exits.USAGE
        assert "användning: hemmavid" in capsys.readouterr().out

    def test_it_is_there_at_once(self):
        code = "import sys; from hemmavid.interfaces.cli.main import main; main(['--help'])"
        proof = "; sys.exit({'django', 'psycopg'} & set(sys.modules) != set())"
        assert subprocess.run([sys.executable, "-c", code + proof], check=False).returncode == 0

    def test_a_command_has_help_of_its_own(self, trial, capsys):
        assert main.main(["trial", "--help"]) == 0
        assert "användning: hemmavid trial" in capsys.readouterr().out

    @pytest.mark.parametrize("name", [command.name for command in main.COMMANDS if command.exists])
    def test_every_command_of_the_house_explains_itself(self, name, capsys):
        assert main.main([name, "--help"]) == 0
        shown = capsys.readouterr().out
        assert "visa den här hjälpen" in shown


class TestStatus:
    def test_a_command_gives_its_own(self, trial):
        trial.run = lambda arguments: 1
        assert main.main(["trial"]) == 1

    @pytest.mark.parametrize("words", [["unknown"], ["gone"], ["trial", "--wrong"], ["trial", "--month"]])
    def test_a_wrong_call_is_two_and_told_in_swedish(self, trial, capsys, words):
        assert main.main(words) == exits.USAGE
        assert "Läs mer: hemmavid" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("error", "status", "text"),
        [
            (exits.WrongUsage("månaden finns inte"), 2, "hemmavid trial: månaden finns inte\n"),
            (exits.Refused("porten är upptagen"), 1, "hemmavid trial: porten är upptagen\n"),
            (DatabaseUnusable(Problem.BEHIND, count="3"), 1, "hemmavid migrate"),
            (KeyboardInterrupt(), 130, "Avbrutet."),
            (SystemExit(143), 143, ""),
        ],
    )
    def test_a_refusal_is_one_line_and_no_traceback(self, trial, capsys, error, status, text):
        trial.run = fails_with(error)
        assert main.main(["trial"]) == status
        assert text in capsys.readouterr().err

    def test_half_configured_settings_are_told(self, trial, monkeypatch, capsys):
        monkeypatch.setattr("django.setup", lambda: fails_with(ImproperlyConfigured("nyckel saknas"))(None))
        assert main.main(["trial"]) == 1
        assert "nyckel saknas" in capsys.readouterr().err

    def test_a_reader_that_has_gone_is_no_failure(self):
        process = subprocess.Popen([*HEMMAVID, "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stderr.close()
        assert process.wait() == 0

    def test_output_is_utf8_whatever_the_terminal_speaks(self):
        environ = {**os.environ, "PYTHONIOENCODING": "latin-1"}
        shown = subprocess.run([*HEMMAVID, "--help"], capture_output=True, env=environ, check=True).stdout
        assert "påhittad" in shown.decode("utf-8")


@pytest.mark.parametrize(
    ("english", "swedish"),
    [
        ("the following arguments are required: FOLDER", "det här saknas: FOLDER"),
        ("unrecognized arguments: --x", "känner inte igen: --x"),
        ("argument --month: expected one argument", "--month: behöver ett värde"),
        ("argument --port: 80 är ingen port", "--port: 80 är ingen port"),
        (
            "argument --format: invalid choice: 'x' (choose from 'table', 'json')",
            "--format: 'x' finns inte, välj bland 'table', 'json'",
        ),
        ("argument --seed: invalid int value: 'x'", "--seed: 'x' är inget heltal"),
    ],
)
def test_what_argparse_says_is_said_in_swedish(english, swedish):
    assert in_swedish(english) == swedish


def test_options_are_not_guessed(capsys):
    parser = SwedishParser(prog="p")
    parser.add_argument("--month")
    with pytest.raises(SystemExit):
        parser.parse_args(["--mon", "x"])
    assert "känner inte igen: --mon x" in capsys.readouterr().err


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_of_the_database_has_words(problem):
    names = ("variable", "detail", "count", "role", "needed", "found", "path", "log")
    words = explain(DatabaseUnusable(problem, **dict.fromkeys(names, "(värdet)")))
    assert words[0].isupper() or words.startswith("(värdet)")
    assert "{" not in words
