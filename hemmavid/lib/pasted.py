"""Text as it comes out of a word processor: what no reader sees is taken away, what was meant is kept."""

from __future__ import annotations

import unicodedata

_TAB, _NEWLINE = "\t", "\n"
_LINE_BREAKS = {"\r\n": _NEWLINE, "\r": _NEWLINE, "\v": _NEWLINE, "\f": _NEWLINE, "\u2028": _NEWLINE}
_BULLETS = dict.fromkeys(map(ord, "\uf0b7\uf0a7\uf0d8\uf076\u25aa\u25cf\uf0fc"), "\N{BULLET}")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff\ufffc\u2029"))


def cleaned(text: str) -> str:
    """The text with ordinary line breaks and bullets, and without control and invisible characters."""
    for written, meant in _LINE_BREAKS.items():
        text = text.replace(written, meant)
    text = text.translate(_BULLETS | _INVISIBLE)
    return "".join(char for char in text if char in {_TAB, _NEWLINE} or not _is_control(char))


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Co", "Cs"}
