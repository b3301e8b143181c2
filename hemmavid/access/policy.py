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


class Where(Enum):
    """How far a permission reaches for one role."""

    OWN_UNITS = "own_units"
    EVERYWHERE = "everywhere"


OWN, ALL = Where.OWN_UNITS, Where.EVERYWHERE

POLICY: Mapping[Permission, Mapping[Role, Where]] = {
    Permission.CLIENT_READ: {
        Role.COORDINATOR: OWN,
        Role.UNIT_MANAGER: OWN,
        Role.CASE_OFFICER: ALL,
        Role.AUTHORITY_MANAGER: ALL,
        Role.CONTROLLER: ALL,
    },
    Permission.HOURS_READ: {
        Role.COORDINATOR: OWN,
        Role.UNIT_MANAGER: OWN,
        Role.CASE_OFFICER: ALL,
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
        Role.COORDINATOR: OWN,
        Role.UNIT_MANAGER: OWN,
        Role.CASE_OFFICER: ALL,
        Role.AUTHORITY_MANAGER: ALL,
    },
    Permission.EXPORT: {
        Role.COORDINATOR: OWN,
        Role.UNIT_MANAGER: OWN,
        Role.CASE_OFFICER: ALL,
        Role.AUTHORITY_MANAGER: ALL,
        Role.CONTROLLER: ALL,
    },
    Permission.LOG_READ: {Role.UNIT_MANAGER: OWN, Role.AUTHORITY_MANAGER: ALL},
    Permission.RULES_READ: {
        Role.UNIT_MANAGER: ALL,
        Role.COORDINATOR: ALL,
        Role.CASE_OFFICER: ALL,
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
}
