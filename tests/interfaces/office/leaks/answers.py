"""What a reader can get out of an answer: every word of the page or file, and every header."""

import html
import io
import re
import zipfile

import openpyxl
import pikepdf

VOLATILE = frozenset({"X-Request-ID", "Content-Length", "Set-Cookie"})
_TOKENS = re.compile(r'csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"')
_PAIR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def bare(text: str) -> str:
    """Without white space, so that a line break in a paper hides nothing."""
    return re.sub(r"\s+", "", text)


def words_of(response) -> str:
    """All the words of an answer without white space: body, file contents, headers, cookies."""
    body = b"".join(response) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    cookies = " ".join(str(morsel) for morsel in response.cookies.values())
    return bare(f"{_body_text(body, kind)} {headers} {cookies}")


def _body_text(body: bytes, kind: str) -> str:
    if not body:  # HEAD
        return ""
    if "spreadsheetml" in kind:
        return sheet_text(body)
    if kind == "application/pdf":
        return pdf_text(body)
    text = body.decode()
    return f"{text} {html.unescape(text)}"


def sheet_text(body: bytes) -> str:
    """Every cell and property of a workbook, and the raw text of every part of it."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        raw = [html.unescape(parts.read(name).decode()) for name in parts.namelist()]
    return " ".join([*cells, *raw])


def pdf_text(body: bytes) -> str:
    """The words of every page, by each font's own table of characters, and the document's properties."""
    with pikepdf.open(io.BytesIO(body)) as document:
        with document.open_metadata() as metadata:
            found = [str(metadata)]
        for page in document.pages:
            fonts = {
                str(name): _characters(font.ToUnicode.read_bytes().decode())
                for name, font in page.Resources.get("/Font", {}).items()
            }
            found.append("".join(_page_words(page, fonts)))
    return " ".join(found)


def _page_words(page: pikepdf.Page, fonts: dict[str, dict[int, str]]):
    characters: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                characters = fonts[str(operands[0])]
            case "Tj":
                yield _decoded(bytes(operands[0]), characters)
            case "TJ":
                parts = [part for part in operands[0] if isinstance(part, pikepdf.String)]
                yield from (_decoded(bytes(part), characters) for part in parts)


def _decoded(glyphs: bytes, characters: dict[int, str]) -> str:
    pairs = zip(glyphs[::2], glyphs[1::2], strict=True)
    return "".join(characters.get(high << 8 | low, "?") for high, low in pairs)


def _characters(table: str) -> dict[int, str]:
    """Glyph to text, from a ToUnicode table's single characters and ranges."""
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        found |= {int(glyph, 16): _utf16(text) for glyph, text in _PAIR.findall(block)}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in _RANGE.findall(block):
            start = int(text, 16)
            found |= {int(first, 16) + n: chr(start + n) for n in range(int(last, 16) - int(first, 16) + 1)}
    return found


def _utf16(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be")


def comparable(response, *asked: str) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers without what differs between any two answers, and without what was asked."""
    text = _TOKENS.sub("token", response.content.decode())
    headers = {name: value for name, value in response.headers.items() if name not in VOLATILE}
    for word in asked:
        text = text.replace(word, "asked")
        headers = {name: value.replace(word, "asked") for name, value in headers.items()}
    return response.status_code, text, headers
