"""From the environment to Django's aliases (contract.md section 1). No database is touched."""

import pytest

from hemmavid.database.connection import conninfo, databases_from, from_url, is_embedded
from hemmavid.database.errors import DatabaseUnusable, Problem

URL, APP_URL = "HEMMAVID_DATABASE_URL", "HEMMAVID_APP_DATABASE_URL"
ACTING = "-c role=hemmavid_app"


def where(settings: dict) -> tuple[str, ...]:
    return tuple(settings[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME"))


class TestEmbedded:
    def test_without_a_url_it_lies_in_var_below_the_checkout(self, tmp_path):
        owner = databases_from({}, tmp_path)["owner"]
        assert where(owner)[0::4] == ("hemmavid", "hemmavid")
        assert owner["HOST"].endswith("/socket")

    def test_a_chosen_folder_decides_the_socket(self):
        owner = databases_from({"HEMMAVID_VAR": "/srv"})["owner"]
        assert owner["HOST"] == "/srv/socket"

    def test_the_application_is_the_same_login_in_another_role(self, tmp_path):
        aliases = databases_from({}, tmp_path)
        assert where(aliases["default"]) == where(aliases["owner"]) == where(aliases["look_log"])
        assert aliases["default"]["OPTIONS"]["options"] == ACTING
        assert aliases["look_log"]["OPTIONS"]["options"] == ACTING
        assert aliases["owner"]["OPTIONS"] == {}

    @pytest.mark.parametrize(
        ("environ", "answer"), [({}, True), ({URL: ""}, True), ({URL: "x"}, False), ({APP_URL: "x"}, False)]
    )
    def test_it_is_used_when_no_url_is_given(self, environ, answer):
        assert is_embedded(environ) is answer


class TestUrl:
    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            ("postgresql://anna:x@db:5433/hv", ("anna", "x", "db", "5433", "hv")),
            ("postgres://db/hv", ("", "", "db", "", "hv")),
            ("postgresql://a%40b:p%2F%3A%25@db/h%20v", ("a@b", "p/:%", "db", "", "h v")),
            ("postgresql:///hv?host=/run/postgresql", ("", "", "/run/postgresql", "", "hv")),
            ("postgresql://%2Frun%2Fpostgresql/hv", ("", "", "/run/postgresql", "", "hv")),
            ("postgresql://anna@/hv?host=/run&port=5433", ("anna", "", "/run", "5433", "hv")),
            ("postgresql://[::1]:5432/hv", ("", "", "::1", "5432", "hv")),
            ("postgresql://a:1,b:2/hv", ("", "", "a,b", "1,2", "hv")),
        ],
    )
    def test_it_is_read_as_libpq_reads_it(self, url, expected):
        assert where(from_url(url)) == expected

    def test_other_options_are_kept_beside_the_role(self):
        url = "postgresql://anna@db/hv?sslmode=verify-full&connect_timeout=3&options=-c%20statement_timeout%3D5s"
        aliases = databases_from({URL: url})
        assert aliases["owner"]["OPTIONS"] == {
            "sslmode": "verify-full",
            "connect_timeout": "3",
            "options": "-c statement_timeout=5s",
        }
        assert aliases["default"]["OPTIONS"]["options"] == f"-c statement_timeout=5s {ACTING}"
        assert aliases["default"]["OPTIONS"]["sslmode"] == "verify-full"

    @pytest.mark.parametrize("url", ["mysql://db/hv", "db/hv", "postgresql://%zz/hv"])
    def test_what_is_no_postgresql_url_is_refused_without_repeating_it(self, url):
        with pytest.raises(DatabaseUnusable) as refusal:
            from_url(url)
        assert refusal.value.problem is Problem.URL_MALFORMED
        assert url not in str(refusal.value)

    def test_a_url_without_a_database_is_refused(self):
        with pytest.raises(DatabaseUnusable) as refusal:
            from_url("postgresql://anna@db")
        assert refusal.value.problem is Problem.URL_WITHOUT_NAME

    def test_psycopg_reaches_the_same_place(self):
        owner = from_url("postgresql://anna:x@db:5433/hv?sslmode=require")
        assert conninfo(owner) == {
            "user": "anna",
            "password": "x",
            "host": "db",
            "port": "5433",
            "dbname": "hv",
            "sslmode": "require",
        }


class TestApplicationUrl:
    def test_a_login_of_its_own_stands_for_both_application_aliases(self):
        aliases = databases_from({URL: "postgresql://owner@db/hv", APP_URL: "postgresql://web@db/hv"})
        assert aliases["owner"]["USER"] == "owner"
        assert {aliases["default"]["USER"], aliases["look_log"]["USER"]} == {"web"}
        assert aliases["default"]["OPTIONS"]["options"] == ACTING

    def test_a_login_that_is_the_role_itself_needs_no_change_of_role(self):
        aliases = databases_from(
            {URL: "postgresql://owner@db/hv", APP_URL: "postgresql://hemmavid_app@db/hv"}
        )
        assert aliases["default"]["OPTIONS"] == {}

    def test_alone_it_stands_for_the_owner_too_who_then_may_only_look(self):
        aliases = databases_from({APP_URL: "postgresql://hemmavid_app@db/hv"})
        assert aliases["owner"]["USER"] == "hemmavid_app"

    def test_the_refusal_names_the_right_variable(self):
        with pytest.raises(DatabaseUnusable) as refusal:
            databases_from({APP_URL: "nonsense"})
        assert refusal.value.values == {"variable": APP_URL}
