"""Events and consents: each is a journal entry of its own (R397, R398, R401-R405)."""

from datetime import date

import pytest

from hemmavid.cases.models import CaseEvent, Consent, HowGiven
from hemmavid.cases.operations import consents, events
from hemmavid.cases.operations.revision import TextTooLong
from hemmavid.journals.models import JournalEntry
from hemmavid.rules.event_text import EventForm, EventOutcome
from tests.cases.thread import AT, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]


class TestAnEvent:
    def register(self, step, **changed):
        values = {
            "occurred_on": date(2026, 4, 17),
            "form": EventForm.PHONE,
            "outcome": EventOutcome.UNCHANGED,
            "interventions": ("påklädning", "dusch", "städning"),
            **changed,
        }
        return events.register_event(events.NewEvent(**values), step.seen, by=step.by, at=AT)

    def test_carries_date_form_and_interventions_and_is_the_journal_entry(self):  # golden test 9
        step = walk()
        event = CaseEvent.objects.get(pk=self.register(step))
        assert event.text == (
            "Uppföljning gjord 26-04-17 genom telefonsamtal. Behovet bedöms kvarstå. "
            "Bistånd i form av påklädning, dusch och städning bedöms skäligt."
        )
        entry = JournalEntry.objects.get(pk=event.journal_entry_id)
        assert (entry.text, entry.kind, entry.side) == (event.text, "event", "authority")

    def test_of_a_new_decision_says_so(self):
        step = walk()
        event_id = self.register(
            step, form=EventForm.HOME_VISIT, outcome=EventOutcome.NEW_DECISION, interventions=("dusch",)
        )
        assert CaseEvent.objects.get(pk=event_id).text == (
            "Uppföljning gjord 26-04-17 genom hembesök. "
            "Behovet är utrett och ett nytt beslut är fattat om dusch."
        )

    def test_tells_every_fault_at_once(self):
        step = walk()
        with pytest.raises(events.EventRefused) as refusal:
            self.register(step, occurred_on=date(2026, 4, 21), interventions=())
        assert [fault.field for fault in refusal.value.faults] == ["occurred_on", "interventions"]
        assert not JournalEntry.objects.exists()


class TestAConsent:
    def new(self, **changed):
        values = {
            "purpose": "Planera hemgången",
            "parties": "Vårdcentralen och handläggaren",
            "occasion": "Mötet 24 april",
            "how": HowGiven.ORAL,
            "given_on": date(2026, 4, 20),
            **changed,
        }
        return consents.NewConsent(**values)

    def test_is_noted_in_the_journal_with_purpose_and_occasion(self):
        step = walk()
        consent_id = consents.record_consent(self.new(), step.seen, by=step.by, at=AT)
        entry = JournalEntry.objects.get(about_id=consent_id)
        assert entry.kind == "consent"
        assert "Planera hemgången" in entry.text
        assert "Gäller Mötet 24 april." in entry.text

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"purpose": ""}, "purpose"),
            ({"occasion": ""}, "occasion"),
            ({"occasion": "tills vidare"}, "occasion"),
            ({"ends_on": date(2026, 4, 19)}, "ends_on"),
        ],
    )
    def test_that_is_general_or_endless_is_refused_at_its_field(self, changed, field):
        step = walk()
        with pytest.raises(consents.ConsentRefused) as refusal:
            consents.record_consent(self.new(**changed), step.seen, by=step.by, at=AT)
        assert field in {fault.field for fault in refusal.value.faults}
        assert not Consent.objects.exists()

    def test_is_withdrawn_once(self):
        step = walk()
        consent_id = consents.record_consent(self.new(), step.seen, by=step.by, at=AT)
        day = date(2026, 4, 21)
        consents.withdraw_consent(consent_id=consent_id, seen=step.seen, withdrawn_on=day, by=step.by, at=AT)
        assert Consent.objects.get(pk=consent_id).withdrawn_on == day
        with pytest.raises(consents.AlreadyWithdrawn):
            consents.withdraw_consent(
                consent_id=consent_id, seen=step.seen, withdrawn_on=day, by=step.by, at=AT
            )

    def test_a_text_beyond_its_field_is_told_with_its_length(self):
        step = walk()
        with pytest.raises(TextTooLong) as refusal:
            consents.record_consent(self.new(parties="x" * 600), step.seen, by=step.by, at=AT)
        assert (refusal.value.field, refusal.value.length, refusal.value.most) == ("parties", 600, 500)
