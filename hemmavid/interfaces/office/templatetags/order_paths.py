"""The way to a page about an order: `{% load order_paths %}`."""

from django import template
from django.urls import reverse

from hemmavid.interfaces.office.parts import Crumb
from hemmavid.orders.order_page_rows import OrderPage

register = template.Library()


@register.filter
def way_to(page: OrderPage, here: str = "") -> list[Crumb]:
    """`{% page_header "Avsluta" crumbs=page|way_to:"Avsluta" %}`: the orders, the order, the page itself."""
    orders = Crumb("Uppdrag", reverse("office:orders"))
    if not here:
        return [orders, Crumb(page.code)]
    return [orders, Crumb(page.code, reverse("office:order", args=[page.order_id])), Crumb(here)]
