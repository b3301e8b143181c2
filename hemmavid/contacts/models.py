"""The contact register: functions and their phones, never persons (R009, R032, R222, R231, R234)."""

from typing import Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.audit.models import append_only
from hemmavid.database.rows import Row, keeps_history


class Subject(models.TextChoices):
    """What one calls about."""

    UNIT = "unit", "Enhetens chef, gruppledare eller administratör"
    ON_CALL = "on_call", "Jour"
    CASE_OFFICERS = "case_officers", "Biståndshandläggare"
    FIRST_CASE_OFFICER = "first_case_officer", "Brådskande ärenden hos myndigheten"
    PROVIDER_LINE = "provider_line", "Utförartelefon"
    RECEPTION = "reception", "Mottagning"
    ALARM = "alarm", "Trygghetslarm"
    NIGHT = "night", "Natthjälp"
    DISCHARGE_TEAM = "discharge_team", "Hemgång från sjukhus"
    NURSE = "nurse", "Sjuksköterska"
    OCCUPATIONAL_THERAPIST = "occupational_therapist", "Arbetsterapeut"
    PHYSIOTHERAPIST = "physiotherapist", "Fysioterapeut"
    INVOICE_CARE = "invoice_care", "Fakturafrågor om omvårdnad och service"
    INVOICE_HEALTH = "invoice_health", "Fakturafrågor om hälso- och sjukvård"
    FEES = "fees", "Avgifter och rättelser"
    QUALITY = "quality", "Avtal, uppföljning och kvalitet"
    SUPPORT = "support", "Support"


class Audience(models.TextChoices):
    """For whom the number is in the first place (R148)."""

    CITIZEN = "citizen", "Allmänheten"
    PROVIDER = "provider", "Utförare"
    STAFF = "staff", "Medarbetare"


class ContactQuerySet(models.QuerySet["Contact"]):
    """Functions, seen by all who work here; a provider's by that provider and the municipality."""

    def visible_to(self, actor: Actor) -> Self:
        """Functions of the municipality, those of the actor's units, and all for roles beyond units."""
        if not actor.may(Permission.CONTACTS_READ):
            return self.none()
        if actor.is_system or any(one.unit_id is None for one in actor.assignments):
            return self
        own = sorted((one.unit_id for one in actor.assignments if one.unit_id), key=str)
        return self.filter(models.Q(unit__isnull=True) | models.Q(unit_id__in=own))


@keeps_history()
class Contact(Row):
    """A function one can call. `hours`: a code of `hours.profiles`; `period`: half-open, its days of use."""

    subject = models.CharField(max_length=30, choices=Subject)
    name = models.CharField(max_length=120)
    unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    phone = models.CharField(max_length=30)
    audience = models.CharField(max_length=10, choices=Audience)
    hours = models.CharField(max_length=60)
    note = models.CharField(max_length=200, blank=True)
    period = DateRangeField()

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(phone=""), name="contact_has_a_phone"),
            models.CheckConstraint(condition=~models.Q(name=""), name="contact_has_a_name"),
            models.CheckConstraint(
                condition=~models.Q(subject="unit") | models.Q(unit__isnull=False),
                name="contact_of_a_unit_has_one",
            ),
            models.CheckConstraint(
                condition=models.Q(period__isempty=False, period__startswith__isnull=False),
                name="contact_period_has_a_start",
            ),
        ]
        indexes = [models.Index(fields=["subject", "unit"], name="contact_by_subject")]

    def __str__(self) -> str:
        return self.name


@keeps_history()
class ContactAbsence(Row):
    """When nobody answers at a function, and which one is called instead (R242)."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="absences")
    period = DateRangeField()
    deputy = models.ForeignKey(Contact, models.PROTECT, related_name="deputises")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="contact_absence_one_at_a_time",
                expressions=[("contact", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message="Funktionen är redan frånvarande under en del av tiden.",
            ),
            models.CheckConstraint(
                condition=~models.Q(contact=models.F("deputy")), name="contact_is_not_its_own_deputy"
            ),
            models.CheckConstraint(
                condition=models.Q(period__isempty=False), name="contact_absence_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id}"


class ContactConfirmation(Row):
    """That somebody has seen to it that the number is right (R222, R234)."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="confirmations")
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        "access.User", models.PROTECT, null=True, related_name="contact_confirmations"
    )
    confirmed_by_name = models.CharField(max_length=200)

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()
        indexes = [models.Index(fields=["contact", "-confirmed_at"], name="confirmation_newest")]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.confirmed_at}"
