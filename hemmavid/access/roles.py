"""The roles of home care (contract.md section 7), and how far each reaches."""

from enum import StrEnum


class Role(StrEnum):
    """What a person works as; every right follows from it."""

    CARE_WORKER = "care_worker"
    COORDINATOR = "coordinator"
    UNIT_MANAGER = "unit_manager"
    CASE_OFFICER = "case_officer"
    FIRST_CASE_OFFICER = "first_case_officer"
    ON_CALL_SUPERVISOR = "on_call_supervisor"
    AUTHORITY_MANAGER = "authority_manager"
    CONTROLLER = "controller"
    BILLING_OFFICER = "billing_officer"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    NURSE = "nurse"
    CLIENT = "client"
    RELATIVE = "relative"
    SUPPORT_AGENT = "support_agent"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return LABELS[self]


LABELS: dict[Role, str] = {
    Role.CARE_WORKER: "undersköterska",
    Role.COORDINATOR: "samordnare",
    Role.UNIT_MANAGER: "enhetschef",
    Role.CASE_OFFICER: "biståndshandläggare",
    Role.FIRST_CASE_OFFICER: "förste biståndshandläggare",
    Role.ON_CALL_SUPERVISOR: "jourhavande arbetsledare",
    Role.AUTHORITY_MANAGER: "enhetschef myndighet",
    Role.CONTROLLER: "controller",
    Role.BILLING_OFFICER: "debiteringshandläggare",
    Role.SYSTEM_ADMINISTRATOR: "systemadministratör",
    Role.NURSE: "sjuksköterska",
    Role.CLIENT: "brukare",
    Role.RELATIVE: "anhörig",
    Role.SUPPORT_AGENT: "supporthandläggare",
}

OF_A_UNIT = frozenset({Role.CARE_WORKER, Role.COORDINATOR, Role.UNIT_MANAGER})
"""Roles held at a unit; they never mean anything outside it."""
