"""What lies in an import folder: the files to read, and what is missing, unknown or not a file at all."""

from pathlib import Path

from hemmavid.interfaces.exchange.columns import FILES, VERSION, VERSION_FILE
from hemmavid.interfaces.exchange.problems import Findings, Problem, on_one_line, shown

_LONGEST_VERSION = 100
_MISSING = "filen saknas; lägg den i mappen, om så bara med rubrikraden"
_NO_FILE = "är ingen vanlig fil; lägg en CSV-fil med det namnet i mappen"


def look_through(folder: Path, errors: Findings, warnings: Findings) -> dict[str, Path]:
    """The path of each file that can be read, by the name of the file; complaints about the rest."""
    try:
        present = {path.name: path for path in sorted(folder.iterdir())}
    except OSError as error:
        reason = _WHY_NOT.get(type(error), f"mappen går inte att läsa ({error.strerror})")
        errors.add(Problem(on_one_line(str(folder)), 1, "-", reason))
        return {}
    _check_version(present.pop(VERSION_FILE, None), errors)
    paths = {}
    for file in FILES:
        path = present.pop(file.path, None)
        if path is None:
            if file.is_required:
                errors.add(Problem(file.path, 1, "-", _MISSING))
        elif path.is_file():
            paths[file.name] = path
        else:
            errors.add(Problem(file.path, 1, "-", _NO_FILE))
    for name in present:
        if not name.startswith("."):
            reason = "filen hör inte till importen och läses inte; kontrollera namnet"
            warnings.add(Problem(shown(name) or "okänd fil", 1, "-", reason))
    return paths


_WHY_NOT: dict[type[OSError], str] = {
    FileNotFoundError: "mappen finns inte; kontrollera sökvägen",
    NotADirectoryError: "är en fil; ange mappen som den ligger i",
    PermissionError: "mappen får inte läsas; kontrollera rättigheterna",
}


def _check_version(path: Path | None, errors: Findings) -> None:
    if path is None:
        return
    try:
        with path.open("rb") as raw:
            written = raw.read(_LONGEST_VERSION).removeprefix(b"\xef\xbb\xbf").strip()
    except OSError as error:
        errors.add(Problem(VERSION_FILE, 1, "-", f"filen går inte att läsa ({error.strerror})"))
        return
    if written != VERSION.encode():
        value = shown(written.decode("utf-8", "replace"))
        reason = f"versionen är inte {VERSION}, den enda som finns; skriv {VERSION} eller ta bort filen"
        errors.add(Problem(VERSION_FILE, 1, "-", reason, value))
