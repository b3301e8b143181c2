"""Care plans (genomförandeplaner). So far: that one was approved, and when."""

from django.db import models

from hemmavid.access.querysets import UnitOfClientQuerySet
from hemmavid.database.rows import Row


class ApprovedPlan(Row):
    """An approved care plan of a client at a unit; the first with a provider pays two hours (R197, A11)."""

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="approved_plans")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="approved_plans")
    approved_on = models.DateField()
    number = models.BigIntegerField(
        editable=False,
        db_default=models.Func(models.Value("care_plan_number"), function="nextval"),
        help_text="Ordningen planerna kom in: den första raden på en dag går före (contract.md, avsnitt 5).",
    )

    objects = UnitOfClientQuerySet["ApprovedPlan"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "unit", "approved_on"], name="approved_plan_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.approved_on}"
