"""Why the database cannot be used, as a code and its values. The command line turns it into Swedish."""

from enum import StrEnum


class Problem(StrEnum):
    """Everything that can be wrong with the database before the first query."""

    URL_MALFORMED = "url_malformed"
    URL_WITHOUT_NAME = "url_without_name"
    UNREACHABLE = "unreachable"
    BEHIND = "behind"
    ROLE_FORBIDDEN = "role_forbidden"
    ROLE_TOO_STRONG = "role_too_strong"
    BINARIES_MISSING = "binaries_missing"
    OTHER_VERSION = "other_version"
    FOLDER_UNREADABLE = "folder_unreadable"
    FOLDER_FAILED = "folder_failed"
    FOLDER_TAKEN = "folder_taken"
    NOT_CREATED = "not_created"
    NOT_STARTED = "not_started"
    NOT_STOPPED = "not_stopped"


class DatabaseUnusable(Exception):
    """The database cannot be used; `problem` says why and `values` with what."""

    def __init__(self, problem: Problem, **values: str) -> None:
        self.problem = problem
        self.values = values
        super().__init__(f"{problem}: {values}" if values else str(problem))
