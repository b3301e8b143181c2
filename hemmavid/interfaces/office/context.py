"""What every office page's frame needs."""

from django.http import HttpRequest


def office(request: HttpRequest) -> dict[str, object]:
    """Navigation and person for base.html."""
    return {"actor": getattr(request, "actor", None)}
