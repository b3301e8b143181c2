"""Every page of the office and who may open it: the one table that the role × page test crosses.

A new page is added here, or test_pages.py fails.
"""

from dataclasses import dataclass

from hemmavid.access.roles import Role

AUTHORITY = frozenset({Role.CASE_OFFICER, Role.FIRST_CASE_OFFICER, Role.AUTHORITY_MANAGER})
OFFICERS = frozenset({Role.CASE_OFFICER, Role.FIRST_CASE_OFFICER})
MOVERS = frozenset({Role.FIRST_CASE_OFFICER, Role.AUTHORITY_MANAGER})
OFFICE_OF_A_UNIT = frozenset({Role.COORDINATOR, Role.UNIT_MANAGER})
ON_CALL = frozenset({Role.ON_CALL_SUPERVISOR})
RULE_READERS = AUTHORITY | OFFICE_OF_A_UNIT | {Role.CONTROLLER}
READERS = RULE_READERS | ON_CALL
ORDER_ANSWERERS = OFFICE_OF_A_UNIT | ON_CALL
ORDER_READERS = AUTHORITY | ORDER_ANSWERERS
MONEY_READERS = frozenset({Role.UNIT_MANAGER, Role.AUTHORITY_MANAGER, Role.CONTROLLER})
PROTECTED_OPENERS = AUTHORITY | OFFICE_OF_A_UNIT | ON_CALL
CARD_READERS = AUTHORITY | OFFICE_OF_A_UNIT | ON_CALL
MESSAGE_READERS = CARD_READERS
JOURNAL_KEEPERS = CARD_READERS
CONTACT_READERS = READERS | {Role.SYSTEM_ADMINISTRATOR}
CONTACT_KEEPERS = frozenset({Role.UNIT_MANAGER, Role.AUTHORITY_MANAGER})
LOG_READERS = frozenset({Role.UNIT_MANAGER, Role.AUTHORITY_MANAGER})
LABORATORY = frozenset({Role.AUTHORITY_MANAGER, Role.CONTROLLER})
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR})
EVERYBODY = frozenset(Role)


@dataclass(frozen=True)
class Page:
    """Who may open a page; what its address is made from (names of the stage's things); how it is called."""

    roles: frozenset[Role]
    arguments: tuple[str, ...] = ()
    method: str = "get"
    posted: tuple[tuple[str, str], ...] = ()
    asked: tuple[tuple[str, str], ...] = ()  # names in the address's query, and of the stage's things


# What anyone may open, without a login.
PUBLIC = frozenset({"login", "demo-login", "accessibility"})

PAGES: dict[str, Page] = {
    "start": Page(READERS | ADMINISTRATORS),
    "help": Page(EVERYBODY),
    "search": Page(READERS, method="post", posted=(("q", "el"),)),
    "clients": Page(READERS),
    "client": Page(READERS, ("client_id",)),
    "client-open": Page(PROTECTED_OPENERS, ("client_id",), method="post"),
    "card": Page(CARD_READERS, ("client_id",)),
    "card-open": Page(CARD_READERS, ("client_id",), method="post"),
    "card-versions": Page(CARD_READERS, ("client_id",)),
    "card-print": Page(AUTHORITY | OFFICE_OF_A_UNIT, ("client_id",)),
    "card-edit": Page(OFFICERS, ("client_id",)),
    "card-read": Page(CARD_READERS, ("client_id",), method="post", posted=(("nummer", "1"),)),
    "card-error": Page(CARD_READERS, ("client_id",), method="post"),
    "card-error-settle": Page(OFFICERS, ("client_id", "error_id"), method="post"),
    "card-paper": Page(CARD_READERS, ("version_id",)),
    "cases": Page(AUTHORITY),
    "cases-move": Page(MOVERS, method="post"),
    "cases-old-model": Page(AUTHORITY),
    "on-call-receive": Page(OFFICERS, ("waiting_id",), method="post"),
    "case-new": Page(OFFICERS),
    "case-new-client": Page(OFFICERS, ("client_id",)),
    "case": Page(AUTHORITY, ("case_id",)),
    "application-new": Page(OFFICERS, ("case_id",)),
    "application-information": Page(OFFICERS, ("case_id", "application_id"), method="post"),
    "application-withdraw": Page(OFFICERS, ("case_id", "application_id"), method="post"),
    "case-take": Page(OFFICERS, ("case_id",), method="post", posted=(("revision", "1"),)),
    "case-hand-over": Page(OFFICERS, ("case_id",), method="post"),
    "event-new": Page(OFFICERS, ("case_id",), method="post"),
    "consent-new": Page(OFFICERS, ("case_id",), method="post"),
    "consent-withdraw": Page(OFFICERS, ("case_id", "case_consent_id"), method="post"),
    "case-ending-confirm": Page(OFFICERS, ("case_id", "confirmation_id"), method="post"),
    "assessment-start": Page(OFFICERS, ("case_id",), method="post"),
    "assessment": Page(AUTHORITY, ("case_id",)),
    "decision-begin": Page(OFFICERS, ("case_id",), method="post"),
    "decision": Page(AUTHORITY, ("case_id", "decision_id")),
    "decision-discard": Page(OFFICERS, ("case_id", "decision_id"), method="post"),
    "decision-document": Page(AUTHORITY, ("case_id", "decision_id")),
    "decision-change": Page(OFFICERS, ("case_id", "decision_id")),
    "goal-change": Page(OFFICERS, ("case_id", "decision_id", "area"), method="post"),
    "decision-end": Page(OFFICERS, ("case_id", "decision_id")),
    "orders": Page(ORDER_READERS),
    "inquiries": Page(ORDER_READERS),
    "inquiry-answer": Page(ORDER_ANSWERERS, ("inquiry_id",), method="post"),
    "capacity": Page(ORDER_READERS),
    "capacity-end": Page(frozenset({Role.UNIT_MANAGER}), ("stop_id",), method="post"),
    "order-changes": Page(ORDER_READERS),
    "order-new": Page(OFFICERS, ("decision_id",)),
    "order": Page(ORDER_READERS, ("order_id",)),
    "order-status": Page(ORDER_READERS, ("order_id",)),
    "order-version": Page(ORDER_READERS, ("order_id", "number")),
    "order-read": Page(ORDER_READERS, ("order_id",), method="post"),
    "order-acknowledge": Page(ORDER_ANSWERERS, ("order_id",), method="post"),
    "order-effect": Page(ORDER_ANSWERERS, ("order_id",), method="post"),
    "order-ask": Page(ORDER_READERS, ("order_id",), method="post"),
    "order-matter": Page(ORDER_READERS, ("order_id", "matter_id"), method="post"),
    "order-report-ending": Page(ORDER_ANSWERERS, ("order_id",)),
    "order-death": Page(ORDER_ANSWERERS | OFFICERS, ("order_id",)),
    "order-request-move": Page(ORDER_ANSWERERS, ("order_id",), method="post"),
    "order-lead": Page(OFFICERS, ("order_id",), method="post"),
    "order-consent": Page(OFFICERS, ("order_id",), method="post"),
    "order-consent-withdraw": Page(OFFICERS, ("order_id", "consent_id"), method="post"),
    "order-coordinate": Page(ORDER_ANSWERERS, ("order_id", "consent_id"), method="post"),
    "order-draft": Page(OFFICERS, ("order_id",)),
    "order-ask-unit": Page(OFFICERS, ("order_id",), method="post"),
    "order-phone-check": Page(OFFICERS, ("order_id",), method="post"),
    "order-call": Page(OFFICERS, ("order_id",), method="post"),
    "order-send": Page(OFFICERS, ("order_id",), method="post"),
    "order-send-version": Page(OFFICERS, ("order_id",)),
    "order-change": Page(OFFICERS, ("order_id",)),
    "order-end": Page(OFFICERS, ("order_id",)),
    "ending-confirm": Page(OFFICERS, ("ending_id",)),
    "order-change-provider": Page(OFFICERS, ("order_id",)),
    "order-move": Page(OFFICERS, ("order_id",)),
    "handover": Page(ORDER_READERS, ("change_id",)),
    "handover-item": Page(ORDER_ANSWERERS, ("change_id", "item_id"), method="post"),
    "handover-close": Page(OFFICERS, ("change_id",), method="post"),
    "threads": Page(MESSAGE_READERS),
    "thread": Page(MESSAGE_READERS, ("thread_id",)),
    "thread-read": Page(MESSAGE_READERS, ("thread_id",), method="post"),
    "thread-reply": Page(MESSAGE_READERS, ("thread_id",), method="post"),
    "thread-agree": Page(MESSAGE_READERS, ("thread_id",), method="post"),
    "client-threads": Page(MESSAGE_READERS, ("client_id",)),
    "thread-new": Page(MESSAGE_READERS, ("client_id",)),
    "journal": Page(JOURNAL_KEEPERS, ("client_id",)),
    "journal-write": Page(JOURNAL_KEEPERS, ("client_id",)),
    "journal-correct": Page(OFFICE_OF_A_UNIT | ON_CALL, ("client_id", "entry_id")),
    "on-call": Page(ON_CALL),
    "on-call-handover": Page(ON_CALL),
    "on-call-grant": Page(ON_CALL, ("client_id",)),
    "break-glass": Page(ON_CALL, method="post", posted=(("q", "Ingen Alls"),)),
    "contacts": Page(CONTACT_READERS),
    "contact-new": Page(CONTACT_KEEPERS),
    "contact": Page(CONTACT_KEEPERS, ("contact_id",)),
    "contact-confirm": Page(CONTACT_KEEPERS, ("contact_id",), method="post"),
    "contact-end": Page(CONTACT_KEEPERS, ("contact_id",), method="post"),
    "contact-absence": Page(CONTACT_KEEPERS, ("contact_id",), method="post"),
    "contact-back": Page(CONTACT_KEEPERS, ("contact_id",), method="post"),
    "settlement": Page(MONEY_READERS),
    "settlement-month": Page(MONEY_READERS, ("month",)),
    "settlement-client": Page(MONEY_READERS, ("month", "client_id")),
    "reports": Page(READERS),
    "hours-statement": Page(READERS),
    "hours-statement-visits": Page(READERS, asked=(("brukare", "client_id"), ("manad", "month"))),
    "reviews": Page(READERS),
    "review": Page(READERS, ("client_id",)),
    "review-request": Page(OFFICE_OF_A_UNIT | ON_CALL, ("client_id",), method="post"),
    "laboratory": Page(LABORATORY),
    "looks": Page(LOG_READERS),
    "settings": Page(ADMINISTRATORS),
    "accounts": Page(ADMINISTRATORS),
    "account-new": Page(ADMINISTRATORS),
    "account": Page(ADMINISTRATORS, ("user_id",)),
    "account-role": Page(ADMINISTRATORS, ("user_id",), method="post"),
    "account-password": Page(ADMINISTRATORS, ("user_id",), method="post"),
    "account-end": Page(ADMINISTRATORS, ("user_id",), method="post"),
    "role-end": Page(ADMINISTRATORS, ("assignment_id",), method="post"),
    "rules": Page(RULE_READERS | ADMINISTRATORS),
    "log-chain": Page(ADMINISTRATORS),
}
