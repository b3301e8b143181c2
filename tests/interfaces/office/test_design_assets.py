"""What we ship to the browser: known origin, nothing inline, nothing from elsewhere."""

import hashlib
import re
from pathlib import Path

import pytest

import hemmavid.interfaces.office

OFFICE = Path(hemmavid.interfaces.office.__path__[0])
CHECKOUT = OFFICE.parents[2]
VENDORED = (OFFICE / "static" / "vendor", CHECKOUT / "tests" / "e2e" / "vendor")
OWN = OFFICE / "static" / "office"
TEMPLATES = sorted((OFFICE / "templates").rglob("*.html"))


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.parent.name)
def test_every_vendored_file_is_the_one_we_looked_at(folder: Path) -> None:
    lines = (folder / "CHECKSUMS.txt").read_text(encoding="utf-8").splitlines()
    known = {line.split()[1]: line.split() for line in lines if not line.startswith("#")}
    files = {path.name for path in folder.iterdir()} - {"CHECKSUMS.txt"}
    assert files == set(known)
    for name, (checksum, _, *origin) in known.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == checksum, name
        assert len(origin) >= 3, f"{name}: package, version and licence"


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.parent.name)
def test_no_vendored_file_asks_for_a_source_map(folder: Path) -> None:
    for path in folder.iterdir():
        assert "sourceMappingURL" not in path.read_text(encoding="utf-8"), path.name


def test_own_sheets_and_scripts_fetch_nothing_from_elsewhere() -> None:
    for path in OWN.rglob("*.*"):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|url\(['\"]?//|eval\(|innerHTML", text), path.name


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:|js:|\|safe\b", text)
    assert not re.search(r"<script(?![^>]*(\bsrc=|type=\"application/json\"))", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_first_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.parent.name == "parts":
        assert text.startswith("{% comment %}")


def test_every_module_that_a_module_asks_for_exists() -> None:
    for path in (OWN / "js").glob("*.js"):
        for name in re.findall(r'from "\./([a-z-]+\.js)"', path.read_text(encoding="utf-8")):
            assert (OWN / "js" / name).is_file(), f"{path.name} asks for {name}"


def test_every_class_in_a_template_is_drawn_somewhere() -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in (OWN / "css").glob("*.css"))
    drawn = set(re.findall(r"\.(hv-[a-z-]+)", sheets))
    used = {
        name
        for path in TEMPLATES
        for classes in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8"))
        for name in re.findall(r"\bhv-[a-z-]+[a-z]\b", classes)
    }
    assert used <= drawn
