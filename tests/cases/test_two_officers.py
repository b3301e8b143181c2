"""Two officers save the same case at the same moment: one wins, the other is told, and nothing is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from hemmavid.access.actors import SYSTEM, Actor
from hemmavid.access.scope import scoped
from hemmavid.cases.models import Assessment, CaseChange
from hemmavid.cases.operations import assessing
from hemmavid.cases.operations.assessing import AssessmentText, save_assessment
from hemmavid.cases.operations.revision import CaseChangedMeanwhile, Seen
from tests.cases.thread import AT, officer, walk

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_wins_and_the_other_is_told_who_wrote_what_and_when():
    with scoped(SYSTEM):
        step = walk().applied()
        assessing.start_assessment(seen=step.seen, by=step.by, at=AT)
        seen = step.seen
        writers = [officer(name="Robin Höst"), officer(name="Kim Vår")]
    start = threading.Barrier(len(writers))

    def save(by: Actor) -> CaseChangedMeanwhile | int:
        try:
            start.wait()
            with scoped(by):
                return save_assessment(AssessmentText(f"Skrivet av {by.name}."), seen, by=by, at=AT)
        except CaseChangedMeanwhile as lost:
            return lost
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(writers)) as pool:
        answers = list(pool.map(save, writers))

    lost = [answer for answer in answers if isinstance(answer, CaseChangedMeanwhile)]
    assert len(lost) == 1
    assert [answer for answer in answers if not isinstance(answer, CaseChangedMeanwhile)] == [
        seen.revision + 1
    ]
    winner = writers[1 - answers.index(lost[0])]
    (told,) = lost[0].changes
    assert (told.what, told.by_name, told.at) == ("assessment_saved", winner.name, AT)
    with scoped(SYSTEM):
        assert Assessment.objects.get().background == f"Skrivet av {winner.name}."
        assert CaseChange.objects.filter(revision__gt=seen.revision).count() == 1


def test_the_loser_saves_again_from_what_is_seen_now():
    with scoped(SYSTEM):
        step = walk().applied()
        assessing.start_assessment(seen=step.seen, by=step.by, at=AT)
        old = step.seen
        save_assessment(AssessmentText("Först."), old, by=step.by, at=AT)
        with pytest.raises(CaseChangedMeanwhile) as lost:
            save_assessment(AssessmentText("Sedan."), old, by=step.by, at=AT)
        again = Seen(old.case_id, lost.value.changes[-1].revision)
        save_assessment(AssessmentText("Sedan."), again, by=step.by, at=AT)
        assert Assessment.objects.get().background == "Sedan."
