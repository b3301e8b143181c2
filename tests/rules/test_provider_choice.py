"""Who performs and who leads: one at a time, until the next has receipted (R050, R224, R227)."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.lib.periods import Period
from hemmavid.rules.parameter_files import load_parameters
from hemmavid.rules.provider_choice import (
    Assignment,
    ProviderOrder,
    chosen_provider,
    gaps_of,
    lead_provider,
    may_leave,
    who_performs,
)

PARAMETERS = load_parameters()


class TestProviderChoice:
    some_assignments = st.lists(
        st.builds(
            Assignment,
            provider=st.sampled_from("ABC"),
            starts_on=st.dates(date(2026, 1, 1), date(2026, 3, 1)),
            receipted_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 3, 1)),
            ends_on=st.none() | st.dates(date(2026, 3, 2), date(2026, 4, 1)),
        ),
        max_size=4,
    )

    @given(assignments=some_assignments, day=st.dates(date(2026, 1, 1), date(2026, 5, 1)))
    def test_one_performs_who_has_receipted_and_the_order_of_the_list_is_no_matter(
        self, assignments: list[Assignment], day: date
    ) -> None:
        found = who_performs(day, assignments).provider
        assert found == who_performs(day, assignments[::-1]).provider
        if found is not None:
            assert any(
                each.provider == found and each.taken_over_on is not None and each.taken_over_on <= day
                for each in assignments
            )

    @given(assignments=some_assignments)
    def test_after_the_first_receipt_there_is_a_gap_only_when_everything_has_ended(
        self, assignments: list[Assignment]
    ) -> None:
        taken = [over for each in assignments if (over := each.taken_over_on) is not None]
        if not taken:
            return
        ends = [each.ends_on or date.max for each in assignments]
        period = Period(min(taken), date(2026, 5, 1))
        gaps = gaps_of(period, assignments)
        assert all(gap.start >= min(ends) for gap in gaps)
        assert all(first.end is not None and first.end < second.start for first, second in pairwise(gaps))

    def test_no_choice_means_the_municipality(self) -> None:
        assert chosen_provider(None, municipal="Egen regi").provider == "Egen regi"
        assert not chosen_provider("", municipal="Egen regi").is_chosen
        chosen = chosen_provider("Omsorgen", municipal="Egen regi")
        assert (chosen.provider, chosen.is_chosen) == ("Omsorgen", True)

    @given(
        orders=st.lists(
            st.builds(
                ProviderOrder,
                provider=st.sampled_from("ABC"),
                starts_on=st.dates(date(2026, 1, 1), date(2026, 1, 5)),
                interventions=st.sets(st.sampled_from(["ramtid", "stadning", "bad_dusch"])),
            ),
            max_size=4,
        )
    )
    def test_the_lead_has_an_order_and_care_if_anybody_has(self, orders: list[ProviderOrder]) -> None:
        lead = lead_provider(orders, on=date(2026, 1, 5), parameters=PARAMETERS).provider
        assert (lead is None) is (not orders)
        caring = {each.provider for each in orders if set(each.interventions) - {"stadning"}}
        assert not caring or lead in caring
        assert lead == lead_provider(orders[::-1], on=date(2026, 1, 5), parameters=PARAMETERS).provider


def test_a_provider_may_leave_when_nobody_follows_or_the_next_has_taken_over() -> None:
    day = date(2026, 12, 1)
    leaving = Assignment("A", date(2026, 1, 1), date(2026, 1, 1))
    follower = Assignment("B", day)
    assert may_leave(leaving, [leaving], ends_on=day)
    assert not may_leave(leaving, [leaving, follower], ends_on=day)
    receipted = Assignment("B", day, date(2026, 12, 3))
    assert not may_leave(leaving, [leaving, receipted], ends_on=date(2026, 12, 2))
    assert may_leave(leaving, [leaving, receipted], ends_on=date(2026, 12, 3))


def test_gaps_are_asked_for_a_period_with_an_end() -> None:
    with pytest.raises(ValueError, match="without end"):
        gaps_of(Period(date(2026, 1, 1)), [])
