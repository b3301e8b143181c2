"""The thread: a case is opened, applied in, assessed and decided, and gives an order something to carry."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hemmavid.access.actors import Denied
from hemmavid.audit.models import Look
from hemmavid.cases.models import Application, Case, FrameTimeSnapshot, GrantedNeed
from hemmavid.cases.operations import deciding
from hemmavid.cases.queries import order_basis
from hemmavid.cases.queries.order_basis import DecisionNotMade
from hemmavid.journals.models import JournalEntry
from hemmavid.lib.periods import Period
from hemmavid.rules.decision_faults import DecisionKind
from hemmavid.rules.life_areas import LifeArea
from tests.cases.thread import AT, DRESSING, GOALS, RESPITE, stranger, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]


class TestTheWholeThread:
    def test_a_decision_gives_an_order_its_goal_needs_and_frame_time_and_no_word_of_the_assessment(self):
        step = walk().applied().assessed(DRESSING, outside=(RESPITE,))
        decision = step.decided()
        basis = order_basis(decision.pk, on=date(2026, 5, 1), by=step.by)
        assert basis.period == Period(date(2026, 5, 1), date(2027, 5, 1))
        assert [area.life_area for area in basis.areas] == [LifeArea.PERSONAL_CARE, LifeArea.SUPPORT_OF_CARER]
        assert [area.goal for area in basis.areas] == list(GOALS.values())
        dressing = basis.areas[0].needs[0]
        assert (dressing.label, dressing.level, dressing.occasions) == ("Påklädning", 2, "varje dag")
        assert [(one.code, one.minutes) for one in basis.outside] == [("avlosning", 120)]
        assert [span.period for span in basis.frame_time_spans] == [basis.period]
        assert basis.frame_time_minutes_per_week == basis.frame_time_spans[0].minutes_per_week > 0
        assert "Stel axel" not in repr(basis)
        assert "Bor ensam" not in repr(basis)

    def test_each_step_counts_the_case_up_and_is_logged_and_the_decision_is_journaled(self):
        step = walk().applied().assessed()
        before = step.case.revision
        decision = step.decided()
        assert step.case.revision == before + 3
        changes = list(step.case.changes.order_by("revision").values_list("revision", "what"))
        assert [revision for revision, _ in changes] == list(range(1, step.case.revision + 1))
        assert changes[-1][1] == "decided"
        assert Look.objects.filter(client_id=decision.client_id, page="case:decided").count() == 1
        entry = JournalEntry.objects.filter(about_id=decision.pk).get()
        assert entry.text.startswith(
            f"Beslut {decision.number} fattat: ordinarie beslut, från och med 1 maj 2026"
        )

    def test_the_frame_time_is_kept_with_lines_sentences_and_version(self):
        decision = walk().applied().assessed().decided()
        snapshot = FrameTimeSnapshot.objects.get(decision=decision)
        assert snapshot.valid_from == date(2026, 5, 1)
        assert snapshot.minutes_per_week == sum(Decimal(line["minutes_per_week"]) for line in snapshot.result)
        assert "exempeltabell" in snapshot.table_version
        assert any("frame_time.standard_times" in said for said in snapshot.result[0]["because"])
        assert decision.model == "frame_time"

    def test_the_application_is_decided(self):
        step = walk().applied().assessed()
        step.decided()
        assert Application.objects.get(case=step.case).decided_on == date(2026, 4, 20)

    def test_a_draft_carries_no_order(self):
        step = walk().applied().assessed()
        with pytest.raises(DecisionNotMade):
            order_basis(step.drafted(), on=date(2026, 5, 1), by=step.by)

    def test_a_unit_finds_no_case_and_no_decision(self):
        step = walk().applied().assessed()
        decision = step.decided()
        with pytest.raises(type(decision).DoesNotExist):
            order_basis(decision.pk, on=date(2026, 5, 1), by=stranger())
        with pytest.raises(Case.DoesNotExist):
            deciding.decide(decision_id=decision.pk, seen=step.seen, by=stranger(), at=AT)


class TestRefusals:
    def refused(self, step, **written):
        decision_id = step.drafted(**written)
        with pytest.raises(deciding.DecisionRefused) as refusal:
            deciding.decide(decision_id=decision_id, seen=step.seen, by=step.by, at=AT)
        return {(fault.field, fault.code) for fault in refusal.value.faults}

    def test_without_end_goal_and_clause_each_is_told_at_its_field(self):
        step = walk().applied().assessed()
        found = self.refused(
            step, last_day=None, goals={LifeArea.PERSONAL_CARE: " "}, has_revocation_clause=False
        )
        assert found == {
            ("period", "no_end"),
            ("goal_text", "no_goal"),
            ("has_revocation_clause", "no_revocation_clause"),
        }

    def test_what_was_written_stays_although_the_decision_is_refused(self):
        step = walk().applied().assessed()
        self.refused(step, last_day=None, reasons="Axeln är stel.")
        draft = step.case.decisions.get()
        assert (draft.status, draft.reasons) == ("draft", "Axeln är stel.")
        assert not GrantedNeed.objects.exists()

    def test_a_new_applicant_has_been_informed(self):
        step = walk().applied(informed=False).assessed()
        assert self.refused(step) == {("information_given_on", "no_information")}

    def test_without_a_completed_assessment_there_is_nothing_to_decide(self):
        step = walk().applied()
        assert ("needs", "no_assessment") in self.refused(step)

    def test_an_end_before_the_start_is_no_end(self):
        step = walk().applied().assessed()
        assert ("period", "no_end") in self.refused(step, last_day=date(2026, 4, 30))

    def test_declining_every_need_leaves_nothing_to_grant(self):
        step = walk().applied().assessed()
        need = step.case.assessments.get().needs.get()
        assert ("needs", "no_needs") in self.refused(step, declined=frozenset({need.pk}))

    def test_watch_at_the_end_of_life_takes_a_licensed_assessor(self):
        watch = type(RESPITE)(LifeArea.SENSE_OF_SAFETY, "vak", 600)
        step = walk().applied().assessed(outside=(watch,))
        goals = {**GOALS, LifeArea.SENSE_OF_SAFETY: "Ingen dör ensam."}
        assert self.refused(step, goals=goals) == {("licensed_assessor", "no_licensed_assessor")}

    def test_more_time_outside_frame_time_is_tried_within_it_first(self):
        more = type(RESPITE)(LifeArea.SUPPORT_OF_CARER, "avlosning", 180, asks_more_time=True)
        step = walk().applied()
        with pytest.raises(Exception, match="not_tried"):
            step.assessed(outside=(more,))

    def test_a_manager_reads_but_does_not_decide(self):
        from hemmavid.access.roles import Role
        from tests.cases.thread import officer

        step = walk().applied().assessed()
        decision_id = step.drafted()
        with pytest.raises(Denied):
            deciding.decide(
                decision_id=decision_id, seen=step.seen, by=officer(Role.AUTHORITY_MANAGER), at=AT
            )


class TestTheDayItCountsFrom:
    @pytest.mark.parametrize(
        ("kind", "begun_on", "reported_on", "starts_on"),
        [
            # Golden test 6: begun on a Monday.
            (DecisionKind.URGENT_SHORT, date(2026, 4, 13), date(2026, 4, 16), date(2026, 4, 16)),
            (DecisionKind.URGENT_LASTING, date(2026, 4, 13), date(2026, 4, 14), date(2026, 4, 13)),
            (DecisionKind.URGENT_NEW, date(2026, 4, 18), date(2026, 4, 20), date(2026, 4, 18)),
            (DecisionKind.EXTENSION, date(2026, 4, 13), date(2026, 4, 15), date(2026, 4, 15)),
        ],
    )
    def test_the_start_follows_from_the_kind_and_is_kept_with_its_reason(
        self, kind, begun_on, reported_on, starts_on
    ):
        step = walk().applied().assessed()
        decision = step.decided(
            kind, first_day=date(2026, 5, 1), begun_on=begun_on, reported_on=reported_on, need_reason="toilet"
        )
        assert decision.period.lower == starts_on
        assert decision.reported_on == reported_on
        assert decision.start_explanation[-1].startswith("Ersätts från")

    def test_an_urgent_decision_says_why_the_need_cannot_wait_and_when_it_began(self):
        step = walk().applied().assessed()
        found = TestRefusals().refused(step, kind=DecisionKind.URGENT_LASTING)
        assert {("begun_on", "no_start"), ("need_reason", "no_reason")} <= found


class TestReplacing:
    def test_a_new_decision_takes_over_from_its_first_day(self):
        step = walk().applied().assessed()
        first = step.decided()
        step.assessed(DRESSING)
        second = step.decided(first_day=date(2026, 9, 1))
        first.refresh_from_db()
        assert second.replaces_id == first.pk
        assert first.period.upper == second.period.lower == date(2026, 9, 1)
        assert {need.period.upper for need in first.needs.all()} == {date(2026, 9, 1)}
        spans = order_basis(first.pk, on=date(2026, 5, 1), by=step.by).frame_time_spans
        assert [span.period.end for span in spans] == [date(2026, 9, 1)]

    def test_a_decision_that_is_replaced_from_its_start_grants_nothing_more(self):
        step = walk().applied().assessed()
        first = step.decided()
        step.assessed(DRESSING)
        step.decided(first_day=date(2026, 5, 1))
        first.refresh_from_db()
        assert first.status == "ended"
        assert not first.needs.filter(period__isnull=False).exists()


class TestTheDischargeTeam:
    def test_a_simplified_decision_has_the_teams_standard_time_and_night_help_beside(self):
        step = walk().applied()
        night = type(RESPITE)(LifeArea.SENSE_OF_SAFETY, "natthjalp", 20)
        goals = {LifeArea.SENSE_OF_SAFETY: "Elsa känner sig säker i badrummet igen."}
        decision = step.decided(DecisionKind.SIMPLIFIED, goals=goals, beside=(night,))
        basis = order_basis(decision.pk, on=date(2026, 5, 1), by=step.by)
        assert {one.code: one.minutes for one in basis.outside} == {"hemgangsteam": 840, "natthjalp": 20}
        assert set(basis.municipal_only) == {"hemgangsteam", "natthjalp"}
        assert basis.frame_time_minutes_per_week is None
        assert decision.period.upper - decision.period.lower == timedelta(365)

    def test_the_alarm_is_decided_apart(self):
        step = walk().applied()
        alarm = type(RESPITE)(LifeArea.SENSE_OF_SAFETY, "trygghetslarm", 10)
        goals = {LifeArea.SENSE_OF_SAFETY: "Elsa känner sig säker."}
        found = TestRefusals().refused(step, kind=DecisionKind.SIMPLIFIED, goals=goals, beside=(alarm,))
        assert ("intervention", "decided_apart") in found
