"""Addresses of the orders."""

from django.urls import path

from hemmavid.interfaces.office.orders import (
    ending_views,
    lists,
    moving_views,
    order_views,
    sending_views,
)

ORDER = "uppdrag/<uuid:order_id>/"

urlpatterns = [
    path("uppdrag/", lists.orders, name="orders"),
    path("uppdrag/forfragningar/", lists.inquiries, name="inquiries"),
    path("uppdrag/forfragningar/<uuid:inquiry_id>/", lists.answer, name="inquiry-answer"),
    path("uppdrag/kapacitet/", lists.capacity, name="capacity"),
    path("uppdrag/kapacitet/<uuid:stop_id>/avsluta/", lists.end_stop, name="capacity-end"),
    path("uppdrag/byten/", lists.changes, name="order-changes"),
    path("uppdrag/nytt/<uuid:decision_id>/", sending_views.new, name="order-new"),
    path(ORDER, order_views.order, name="order"),
    path(f"{ORDER}lage/", order_views.status, name="order-status"),
    path(f"{ORDER}version/<int:number>/", order_views.version, name="order-version"),
    path(f"{ORDER}last/", order_views.read, name="order-read"),
    path(f"{ORDER}ta-emot/", order_views.acknowledge, name="order-acknowledge"),
    path(f"{ORDER}verkstall/", order_views.effect, name="order-effect"),
    path(f"{ORDER}fraga/", order_views.ask, name="order-ask"),
    path(f"{ORDER}fraga/<uuid:matter_id>/", order_views.matter, name="order-matter"),
    path(f"{ORDER}anmal-avslut/", order_views.report_ending, name="order-report-ending"),
    path(f"{ORDER}dodsfall/", order_views.death, name="order-death"),
    path(f"{ORDER}onska-flytt/", order_views.request_move, name="order-request-move"),
    path(f"{ORDER}huvudansvar/", order_views.lead, name="order-lead"),
    path(f"{ORDER}samtycke/", order_views.consent, name="order-consent"),
    path(f"{ORDER}samtycke/<uuid:consent_id>/aterta/", order_views.withdraw, name="order-consent-withdraw"),
    path(f"{ORDER}samtycke/<uuid:consent_id>/skriv/", order_views.coordinate, name="order-coordinate"),
    path(f"{ORDER}utkast/", sending_views.draft, name="order-draft"),
    path(f"{ORDER}forfragan/", sending_views.ask_unit, name="order-ask-unit"),
    path(f"{ORDER}telefonbesked/", sending_views.phone_check, name="order-phone-check"),
    path(f"{ORDER}samtal/", sending_views.call, name="order-call"),
    path(f"{ORDER}skicka/", sending_views.send, name="order-send"),
    path(f"{ORDER}ny-version/", sending_views.send_version, name="order-send-version"),
    path(f"{ORDER}andring/", sending_views.change, name="order-change"),
    path(f"{ORDER}avsluta/", ending_views.end, name="order-end"),
    path("uppdrag/avslut/<uuid:ending_id>/", ending_views.confirm, name="ending-confirm"),
    path(f"{ORDER}byt-utforare/", moving_views.change_provider, name="order-change-provider"),
    path(f"{ORDER}flytta/", moving_views.move, name="order-move"),
    path("uppdrag/overlamning/<uuid:change_id>/", moving_views.handover, name="handover"),
    path(
        "uppdrag/overlamning/<uuid:change_id>/<uuid:item_id>/",
        moving_views.handover_item,
        name="handover-item",
    ),
    path("uppdrag/overlamning/<uuid:change_id>/avsluta/", moving_views.handover_close, name="handover-close"),
]
