"""A case walked step by step by one officer, for tests that need it at a certain point."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from hemmavid.access.actors import Actor, Assignment
from hemmavid.access.models import User
from hemmavid.access.roles import Role
from hemmavid.cases.models import Case, Decision
from hemmavid.cases.operations import applications, assessing, deciding, drafts, needs, opening
from hemmavid.cases.operations.revision import Seen
from hemmavid.rules.application_faults import ApplicantCapacity, ApplicationFacts
from hemmavid.rules.decision_faults import DecisionKind
from hemmavid.rules.life_areas import LifeArea, ProblemGrade, Support
from hemmavid.rules.occasions import OccasionsPer
from tests.factories import ClientFactory, RoleAssignmentFactory, UserFactory

AT = datetime(2026, 4, 20, 8, 0, tzinfo=UTC)  # a Monday
DRESSING = needs.NeedAtLevel("pakladning", 2, 1, OccasionsPer.DAY, "morgon", support=Support.SUPPORTING)
RESPITE = needs.TimedNeed(LifeArea.SUPPORT_OF_CARER, "avlosning", 120)
NOWHERE = UUID(int=0)
GOALS = {
    LifeArea.PERSONAL_CARE: "Elsa klär sig själv på överkroppen före jul.",
    LifeArea.SUPPORT_OF_CARER: "Ivar går på kören varje torsdag.",
}


def officer(role: Role = Role.CASE_OFFICER, name: str = "Robin Höst") -> Actor:
    """A case officer with an account and a role in force."""
    user = UserFactory(name=name)
    RoleAssignmentFactory(user=user, role=role.value, unit=None)
    return Actor(user.pk, user.name, (Assignment(role),))


def user_of(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id)


@dataclass
class Walk:
    """One case, and where in it we are. Each step writes at the revision that the step before left."""

    by: Actor
    case_id: UUID = NOWHERE
    at: datetime = AT

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.case_id)

    @property
    def seen(self) -> Seen:
        return Seen(self.case_id, self.case.revision)

    def opened(self, **client: object) -> "Walk":
        new = opening.open_case(client_id=ClientFactory(**client).pk, by=self.by, at=self.at)
        return replace(self, case_id=new.case_id)

    def applied(self, *, is_new: bool = True, informed: bool = True) -> "Walk":
        facts = ApplicationFacts(date(2026, 4, 13), ApplicantCapacity.SELF, "Hjälp på morgonen")
        day = date(2026, 4, 14) if informed else None
        new = applications.NewApplication(facts, is_new, day, day, day)
        applications.register_application(new, self.seen, by=self.by, at=self.at)
        return self

    def assessed(self, *within: needs.NeedAtLevel, outside: tuple[needs.TimedNeed, ...] = ()) -> "Walk":
        assessing.start_assessment(seen=self.seen, by=self.by, at=self.at)
        text = assessing.AssessmentText("Bor ensam.", "Bevilja.", date(2026, 4, 16))
        assessing.save_assessment(text, self.seen, by=self.by, at=self.at)
        area = assessing.AreaText(
            LifeArea.PERSONAL_CARE, "Stel axel.", "Når knapparna.", ProblemGrade.MODERATE,
            Support.SUPPORTING, GOALS[LifeArea.PERSONAL_CARE],
        )  # fmt: skip
        assessing.save_area(area, self.seen, by=self.by, at=self.at)
        needs.save_needs(within or (DRESSING,), self.seen, by=self.by, at=self.at)
        if outside:
            needs.save_outside_needs(outside, self.seen, by=self.by, at=self.at)
        assessing.complete_assessment(seen=self.seen, by=self.by, at=self.at)
        return self

    def drafted(self, kind: DecisionKind = DecisionKind.ORDINARY, **written: object) -> UUID:
        decision_id = drafts.begin_draft(kind=kind, seen=self.seen, by=self.by, at=self.at)
        values = {
            "first_day": date(2026, 5, 1),
            "last_day": date(2027, 4, 30),
            "has_revocation_clause": True,
            "goals": GOALS,
            "replaces_id": Decision.objects.get(pk=decision_id).replaces_id,
            **written,
        }
        text = drafts.DecisionText(kind, **values)
        drafts.save_draft(text, decision_id, self.seen, by=self.by, at=self.at)
        return decision_id

    def decided(self, kind: DecisionKind = DecisionKind.ORDINARY, **written: object) -> Decision:
        decision_id = self.drafted(kind, **written)
        deciding.decide(decision_id=decision_id, seen=self.seen, by=self.by, at=self.at)
        return Decision.objects.get(pk=decision_id)


def walk(role: Role = Role.CASE_OFFICER) -> Walk:
    """A walk that has opened a case."""
    return Walk(officer(role)).opened()


def stranger() -> Actor:
    """A unit manager of some unit."""
    return Actor(uuid4(), "Kim", (Assignment(Role.UNIT_MANAGER, uuid4()),))
