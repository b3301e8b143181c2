"""The icons of the office: 24 px, one line weight, always beside a word. Drawn for Hemmavid."""

from types import MappingProxyType

from django.utils.safestring import SafeString

# Inner markup of each icon; constants only, never anything a person typed.
ICONS = MappingProxyType(
    {
        "to-do": (
            '<path d="M4 6.5 5.5 8 8 5M4 12.5 5.5 14 8 11M4 18.5 5.5 20 8 17M12 6.5h8M12 12.5h8M12 18.5h8"/>'
        ),
        "clients": (
            '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.6-4 3-6 6.5-6s5.9 2 6.5 6M16 4.8a3.5 3.5 '
            '0 0 1 0 6.4M18 14.6c2 .9 3.2 2.7 3.5 5.4"/>'
        ),
        "planning": (
            '<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 2.8V7M16 2.8V7'
            'M7.5 14h4M7.5 17h7"/>'
        ),
        "deviations": '<path d="M12 3.5 21.5 20h-19z"/><path d="M12 10v4.5M12 17.2v.1"/>',
        "messages": (
            '<path d="M4 4.5h16a1.5 1.5 0 0 1 1.5 1.5v10a1.5 1.5 0 0 1-1.5 1.5h-8L7 21.5v-4H4A1.5 1.5 '
            '0 0 1 2.5 16V6A1.5 1.5 0 0 1 4 4.5zM7 9h10M7 13h6"/>'
        ),
        "settlement": (
            '<path d="M5.5 2.8h13v18.4l-2.2-1.5-2.1 1.5-2.2-1.5-2.2 1.5-2.1-1.5-2.2 1.5z"/><path d="M9 '
            '8h6M9 12h6M9 16h3"/>'
        ),
        "reports": '<path d="M3.5 20.5h17M6.5 17v-5M11 17V5.5M15.5 17V9M20 17v-3.5"/>',
        "settings": (
            '<path d="M4 7h8M18 7h2M4 17h2M12 17h8"/><circle cx="15" cy="7" r="2.5"/><circle cx="9" '
            'cy="17" r="2.5"/>'
        ),
        "help": (
            '<circle cx="12" cy="12" r="9"/><path d="M9.3 9.3a2.7 2.7 0 1 1 4 2.4c-.9.5-1.3 1-1.3 2M12 '
            '16.9v.1"/>'
        ),
        "log-out": (
            '<path d="M14 4H6.5A1.5 1.5 0 0 0 5 5.5v13A1.5 1.5 0 0 0 6.5 20H14M10 12h11M17.5 8.5 21 '
            '12l-3.5 3.5"/>'
        ),
        "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
        "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
        "download": '<path d="M12 3.5v12M7.5 11.5 12 16l4.5-4.5M4 20.5h16"/>',
        "print": (
            '<path d="M7 9V3.5h10V9M7 17H4.5A1.5 1.5 0 0 1 3 15.5V10.5A1.5 1.5 0 0 1 4.5 9h15a1.5 1.5 '
            '0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5H17M7 14h10v6.5H7z"/>'
        ),
        "filter": '<path d="M3.5 5h17L14 12.5V19l-4 1.5v-8z"/>',
        "previous": '<path d="m14.5 5.5-6.5 6.5 6.5 6.5"/>',
        "next": '<path d="m9.5 5.5 6.5 6.5-6.5 6.5"/>',
        "down": '<path d="m6 9.5 6 6 6-6"/>',
        "lock": (
            '<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3'
            'M12 14.5v2"/>'
        ),
        "home": '<path d="M3.5 11 12 4l8.5 7M6 9.5V20h12V9.5M10 20v-5.5h4V20"/>',
        "close": '<path d="m6 6 12 12M18 6 6 18"/>',
        "done": '<path d="m4.5 12.5 5 5 10-11"/>',
        "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
        "document": '<path d="M6 2.8h8l4.5 4.5v14H6zM14 2.8v4.5h4.5M9 12h6M9 16h6"/>',
        "information": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.4v.1"/>',
        "warning": '<path d="M12 3.5 21.5 20h-19z"/><path d="M12 10v4.5M12 17.2v.1"/>',
        "phone": (
            '<path d="M6.5 3.5h3l1.5 4-2 1.7a12 12 0 0 0 5.8 5.8l1.7-2 4 1.5v3a2 2 0 0 1-2.2 2A16 16 0 0 1 '
            '4.5 5.7 2 2 0 0 1 6.5 3.5z"/>'
        ),
        "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21c.8-4.7 3.5-7 8-7s7.2 2.3 8 7"/>',
    }
)


def icon(name: str) -> SafeString:
    """An icon for the eye alone: the word beside it says it. KeyError if unknown."""
    return SafeString(
        f'<svg class="hv-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{ICONS[name]}</svg>'
    )
