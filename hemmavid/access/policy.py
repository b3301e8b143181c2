"""The one table that grants. What is not in it is denied (architecture.md, Access)."""

from collections.abc import Mapping
from enum import Enum, StrEnum

from hemmavid.access.roles import Role


class Permission(StrEnum):
    """One thing a person may do."""

    CLIENT_READ = "client_read"
    HOURS_READ = "hours_read"
    KRONOR_READ = "kronor_read"
    PROTECTED_OPEN = "protected_open"
    EXPORT = "export"
    LOG_READ = "log_read"
    RULES_READ = "rules_read"
    PRICES_READ = "prices_read"
    ACCESS_ADMINISTER = "access_administer"
    STATUS_READ = "status_read"
    CASE_READ = "case_read"
    CASE_WRITE = "case_write"
    CASE_REASSIGN = "case_reassign"
    DECIDE = "decide"
    ON_CALL_GRANT = "on_call_grant"
    ORDER_READ = "order_read"
    ORDER_SEND = "order_send"
    ORDER_ANSWER = "order_answer"
    CAPACITY_SET = "capacity_set"
    CARD_WRITE = "card_write"
    JOURNAL_OF_AUTHORITY = "journal_of_authority"
    JOURNAL_OF_PROVIDER = "journal_of_provider"
    MESSAGE_READ = "message_read"
    MESSAGE_WRITE = "message_write"
    DEATH_REPORT = "death_report"
    BREAK_GLASS = "break_glass"
    CONTACTS_READ = "contacts_read"
    CONTACTS_CONFIRM = "contacts_confirm"
    LABORATORY = "laboratory"


class Where(Enum):
    """How far a permission reaches for one role."""

    OWN_UNITS = "own_units"
    EVERYWHERE = "everywhere"


OWN, ALL = Where.OWN_UNITS, Where.EVERYWHERE

# A case officer's rights are the first case officer's too; what only the first may stands where granted.
AUTHORITY: Mapping[Role, Where] = {
    Role.CASE_OFFICER: ALL,
    Role.FIRST_CASE_OFFICER: ALL,
    Role.AUTHORITY_MANAGER: ALL,
}
OFFICERS: Mapping[Role, Where] = {Role.CASE_OFFICER: ALL, Role.FIRST_CASE_OFFICER: ALL}
OFFICE_OF_A_UNIT: Mapping[Role, Where] = {Role.COORDINATOR: OWN, Role.UNIT_MANAGER: OWN}
# Covers the municipality's own units (access/queries.py); elsewhere only by break-glass.
ON_CALL: Mapping[Role, Where] = {Role.ON_CALL_SUPERVISOR: OWN}

POLICY: Mapping[Permission, Mapping[Role, Where]] = {
    Permission.CLIENT_READ: {
        **ON_CALL,
        Role.COORDINATOR: OWN,
        Role.UNIT_MANAGER: OWN,
        Role.CASE_OFFICER: ALL,
        Role.FIRST_CASE_OFFICER: ALL,
        Role.AUTHORITY_MANAGER: ALL,
        Role.CONTROLLER: ALL,
    },
    Permission.HOURS_READ: {
        **ON_CALL,
        Role.COORDINATOR: OWN,
        Role.UNIT_MANAGER: OWN,
        Role.CASE_OFFICER: ALL,
        Role.FIRST_CASE_OFFICER: ALL,
        Role.AUTHORITY_MANAGER: ALL,
        Role.CONTROLLER: ALL,
    },
    # architecture.md 3a "Kronor": the coordinator sees hours only.
    Permission.KRONOR_READ: {
        Role.UNIT_MANAGER: OWN,
        Role.AUTHORITY_MANAGER: ALL,
        Role.CONTROLLER: ALL,
    },
    # Protected identity: those who serve the person, and those who decide; not who only counts money.
    Permission.PROTECTED_OPEN: {
        **ON_CALL,
        Role.COORDINATOR: OWN,
        Role.UNIT_MANAGER: OWN,
        Role.CASE_OFFICER: ALL,
        Role.FIRST_CASE_OFFICER: ALL,
        Role.AUTHORITY_MANAGER: ALL,
    },
    Permission.EXPORT: {
        Role.COORDINATOR: OWN,
        Role.UNIT_MANAGER: OWN,
        Role.CASE_OFFICER: ALL,
        Role.FIRST_CASE_OFFICER: ALL,
        Role.AUTHORITY_MANAGER: ALL,
        Role.CONTROLLER: ALL,
    },
    Permission.LOG_READ: {Role.UNIT_MANAGER: OWN, Role.AUTHORITY_MANAGER: ALL},
    Permission.RULES_READ: {
        Role.UNIT_MANAGER: ALL,
        Role.COORDINATOR: ALL,
        Role.CASE_OFFICER: ALL,
        Role.FIRST_CASE_OFFICER: ALL,
        Role.AUTHORITY_MANAGER: ALL,
        Role.CONTROLLER: ALL,
        Role.SYSTEM_ADMINISTRATOR: ALL,
    },
    # Prices are kronor: who sees none in the settlement sees none here.
    Permission.PRICES_READ: {
        Role.UNIT_MANAGER: ALL,
        Role.AUTHORITY_MANAGER: ALL,
        Role.CONTROLLER: ALL,
        Role.SYSTEM_ADMINISTRATOR: ALL,
    },
    Permission.ACCESS_ADMINISTER: {Role.SYSTEM_ADMINISTRATOR: ALL},
    Permission.STATUS_READ: {Role.SYSTEM_ADMINISTRATOR: ALL},
    # Assessments and decisions never leave the authority (R018, R247, R399).
    Permission.CASE_READ: AUTHORITY,
    Permission.CASE_WRITE: OFFICERS,
    Permission.CASE_REASSIGN: {Role.FIRST_CASE_OFFICER: ALL, Role.AUTHORITY_MANAGER: ALL},
    Permission.DECIDE: OFFICERS,
    # Until 12.00 the next working day (R352); the authority's own decisions go by DECIDE.
    Permission.ON_CALL_GRANT: {Role.ON_CALL_SUPERVISOR: ALL},
    Permission.ORDER_READ: {**AUTHORITY, **OFFICE_OF_A_UNIT, **ON_CALL},
    Permission.ORDER_SEND: OFFICERS,
    Permission.ORDER_ANSWER: {**OFFICE_OF_A_UNIT, **ON_CALL},
    Permission.CAPACITY_SET: {Role.UNIT_MANAGER: OWN},
    Permission.CARD_WRITE: OFFICERS,
    Permission.JOURNAL_OF_AUTHORITY: AUTHORITY,
    Permission.JOURNAL_OF_PROVIDER: {**OFFICE_OF_A_UNIT, **ON_CALL},
    Permission.MESSAGE_READ: {**AUTHORITY, **OFFICE_OF_A_UNIT, **ON_CALL},
    Permission.MESSAGE_WRITE: {**AUTHORITY, **OFFICE_OF_A_UNIT, **ON_CALL},
    # Whoever learns of a death tells the other side at once (R301, R302).
    Permission.DEATH_REPORT: {**OFFICERS, **OFFICE_OF_A_UNIT, **ON_CALL},
    Permission.BREAK_GLASS: {Role.ON_CALL_SUPERVISOR: ALL},
    # Functions and their phones, never a person: open to everybody who works here.
    Permission.CONTACTS_READ: {
        **AUTHORITY,
        Role.COORDINATOR: ALL,
        Role.UNIT_MANAGER: ALL,
        Role.ON_CALL_SUPERVISOR: ALL,
        Role.CONTROLLER: ALL,
        Role.SYSTEM_ADMINISTRATOR: ALL,
    },
    Permission.CONTACTS_CONFIRM: {Role.UNIT_MANAGER: OWN, Role.AUTHORITY_MANAGER: ALL},
    # Another table run over all running cases shows whole providers: for those who weigh the whole.
    Permission.LABORATORY: {Role.AUTHORITY_MANAGER: ALL, Role.CONTROLLER: ALL},
}

OPENED_BY_BREAK_GLASS = frozenset({Permission.CLIENT_READ, Permission.PROTECTED_OPEN, Permission.ORDER_READ})
"""What a client opened by break-glass is opened for; every look is logged and the reason is kept."""
