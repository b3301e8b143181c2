"""The log's chain shows whoever has touched a sealed row, and loses none while many write."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event
from uuid import uuid4

import pytest
from django.db import connection, connections

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit import operations
from hemmavid.audit.models import Action, Block, Look
from hemmavid.audit.operations import Seal, Seen
from tests.access.neighbours import actor_of

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ACTOR = actor_of(Role.CASE_OFFICER)


def look(count: int = 1) -> None:
    seen = [Seen("client", client_id=uuid4()) for _ in range(count)]
    operations.record_looks(seen, by=ACTOR, at=AT, alias="default")


def and_fail(write: Callable[[], None]) -> None:
    write()
    raise LookupError


def seal() -> int:
    with scoped(SYSTEM):
        return operations.seal_looks(at=AT)


def verify(expected: Seal | None = None) -> operations.ChainCheck:
    with scoped(SYSTEM):
        return operations.verify_chain(expected=expected)


@pytest.mark.django_db
class TestSealing:
    def test_an_empty_log_holds(self):
        assert seal() == 0
        assert verify() == operations.ChainCheck(0, 0, 0, None, None)

    def test_everything_is_sealed_once(self):
        look(3)
        assert verify().unsealed == 3
        assert [seal(), seal()] == [3, 0]
        look(2)
        assert seal() == 2
        check = verify()
        assert (check.holds, check.blocks, check.rows, check.unsealed) == (True, 2, 5, 0)

    def test_many_rows_become_many_blocks(self, monkeypatch):
        monkeypatch.setattr(operations, "BLOCK_SIZE", 2)
        look(5)
        assert seal() == 5
        assert verify().blocks == 3

    def test_a_row_that_was_taken_back_leaves_a_gap_that_is_no_damage(self):
        look()
        with pytest.raises(LookupError), scoped(SYSTEM):
            and_fail(look)
        look()
        assert seal() == 2
        assert verify().holds

    def test_the_blocks_name_their_rows(self):
        look(2)
        seal()
        with scoped(SYSTEM):
            block = Block.objects.get()
            assert (block.first_look, block.last_look) == (
                Look.objects.earliest("number").number,
                Look.objects.latest("number").number,
            )
            assert str(block) == "1"
            assert str(Look.objects.earliest("number")) == str(block.first_look)


@pytest.mark.django_db(transaction=True)
class TestTampering:
    """As the owner of the tables, with the triggers off: whoever can do that can do anything but hide it."""

    @pytest.fixture(autouse=True)
    def _three_blocks(self):
        for _ in range(3):
            look(3)
            seal()

    def tamper(self, statement: str, *parameters: object) -> None:
        with connections["owner"].cursor() as cursor:
            for table in ("audit_look", "audit_block"):
                cursor.execute(f"alter table {table} disable trigger user")
            cursor.execute(statement, parameters)
            assert cursor.rowcount > 0
            for table in ("audit_look", "audit_block"):
                cursor.execute(f"alter table {table} enable trigger user")

    def row(self, place: int) -> int:
        with scoped(SYSTEM):
            return list(Look.objects.order_by("number").values_list("number", flat=True))[place]

    @pytest.mark.parametrize(
        "change",
        [
            "at = at + interval '1 microsecond'",
            "actor_id = gen_random_uuid()",
            "actor_id = null",
            "actor_name = 'Någon Annan'",
            "roles = 'controller'",
            "unit_id = gen_random_uuid()",
            "action = 'list'",
            "client_id = gen_random_uuid()",
            "page = 'start'",
            "rows = 2",
        ],
    )
    def test_any_altered_value_breaks_its_block(self, change):
        self.tamper(f"update audit_look set {change} where number = %s", self.row(4))
        assert verify().broken_block == 2

    @pytest.mark.parametrize("place", range(9))
    def test_an_altered_row_breaks_its_block_wherever_it_stands(self, place):
        self.tamper("update audit_look set page = 'start' where number = %s", self.row(place))
        assert verify().broken_block == place // 3 + 1

    @pytest.mark.parametrize("place", range(9))
    def test_a_removed_row_breaks_its_block(self, place):
        self.tamper("delete from audit_look where number = %s", self.row(place))
        assert verify().broken_block == place // 3 + 1

    @pytest.mark.parametrize("number", [-5, 0])
    def test_a_row_put_in_before_the_first_breaks_it(self, number):
        self.tamper(
            "insert into audit_look (number, at, actor_name, roles, action, page, rows)"
            " overriding system value values (%s, now(), 'Ingen', '', 'look', 'client', 1)",
            number,
        )
        assert not verify().holds

    def test_a_row_put_in_between_breaks_its_block(self):
        gone = self.row(4)
        self.tamper("delete from audit_look where number = %s", gone)
        self.tamper(
            "insert into audit_look (number, at, actor_name, roles, action, page, rows)"
            " overriding system value values (%s, now(), 'Ingen', '', 'look', 'client', 1)",
            gone,
        )
        assert verify().broken_block == 2

    def test_two_rows_that_trade_places_break_their_block(self):
        first, second = self.row(0), self.row(1)
        for old, new in ((first, -1), (second, first), (-1, second)):
            self.tamper("update audit_look set number = %s where number = %s", new, old)
        assert verify().broken_block == 1

    @pytest.mark.parametrize("number", [1, 2])
    def test_a_removed_block_breaks_the_chain(self, number):
        self.tamper("delete from audit_block where number = %s", number)
        assert verify().broken_block == number + 1

    @pytest.mark.parametrize(
        "change", ["hash = repeat('0', 64)", "previous_hash = repeat('1', 64)", "rows = rows + 1"]
    )
    def test_an_altered_block_breaks_the_chain(self, change):
        self.tamper(f"update audit_block set {change} where number = 2")
        assert verify().broken_block == 2

    def test_a_chain_cut_off_at_its_end_is_shown_by_a_seal_kept_elsewhere(self):
        kept = verify().newest
        self.tamper("delete from audit_block where number = 3")
        self.tamper("delete from audit_look where number >= %s", self.row(6))
        assert verify().holds
        assert verify(expected=kept).broken_block == 3

    def test_a_chain_written_anew_is_shown_by_a_seal_kept_elsewhere(self):
        kept = verify().newest
        self.tamper("update audit_look set actor_name = 'Någon Annan'")
        self.tamper("delete from audit_block")
        seal()
        assert verify().holds
        assert not verify(expected=Seal(3, kept.hash)).holds
        assert not verify(expected=Seal(1, kept.hash)).holds

    def test_a_kept_seal_of_an_older_block_still_fits(self):
        with scoped(SYSTEM):
            older = Block.objects.get(number=2)
        assert verify(expected=Seal(2, older.hash)).holds


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def test_looks_written_while_sealers_race_are_all_sealed_once(self):
        def write(count: int) -> None:
            for _ in range(count):
                operations.record_look(Seen("client", Action.LOOK, uuid4()), by=ACTOR, at=AT)
            connections.close_all()

        def seal_often(count: int) -> int:
            sealed = sum(seal() for _ in range(count))
            connections.close_all()
            return sealed

        with ThreadPoolExecutor(6) as pool:
            writers = [pool.submit(write, 40) for _ in range(4)]
            sealers = [pool.submit(seal_often, 15) for _ in range(2)]
            for writer in writers:
                writer.result()
            sealed = sum(sealer.result() for sealer in sealers)
        sealed += seal()
        check = verify()
        assert (sealed, check.holds, check.rows, check.unsealed) == (160, True, 160, 0)

    def test_a_row_on_its_way_is_neither_waited_for_nor_left_behind(self, monkeypatch):
        monkeypatch.setattr(operations, "_PATIENCE_SECONDS", 0.1)
        is_written, may_commit = Event(), Event()

        def import_slowly() -> None:
            with scoped(SYSTEM):
                operations.record_changes([uuid4()], what="import", by=SYSTEM, at=AT)
                is_written.set()
                may_commit.wait(10)
            connections.close_all()

        with ThreadPoolExecutor(1) as pool:
            slow = pool.submit(import_slowly)
            is_written.wait(10)
            look()  # a page is not held up
            assert seal() == 0
            may_commit.set()
            slow.result()
        assert seal() == 2
        assert verify().holds

    def test_a_look_stands_though_its_page_fails(self):
        with pytest.raises(LookupError), scoped(SYSTEM):
            and_fail(lambda: operations.record_look(Seen("client"), by=ACTOR, at=AT))
        with scoped(SYSTEM):
            assert Look.objects.count() == 1

    def test_a_change_is_logged_with_its_change_or_not_at_all(self):
        with pytest.raises(LookupError), scoped(SYSTEM):
            and_fail(lambda: operations.record_changes([uuid4()], what="import", by=SYSTEM, at=AT))
        with scoped(SYSTEM):
            assert not Look.objects.exists()


def test_a_log_row_hides_behind_no_other_of_the_same_text():
    first = Look(number=1, at=AT, actor_name="A", roles="B", page="C", action="look", rows=1)
    second = Look(number=1, at=AT, actor_name="A", roles="", page="BC", action="look", rows=1)
    assert operations.row_hash(first) != operations.row_hash(second)
    first.at += timedelta(microseconds=1)
    assert operations.row_hash(first) != operations.row_hash(second)


@pytest.mark.django_db
def test_the_log_cannot_be_altered_even_by_its_owner_without_saying_so():
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_trigger"
            " where tgrelid = 'audit_look'::regclass and tgname like 'pgtrigger_append%%'"
        )
        assert cursor.fetchone() == (1,)
