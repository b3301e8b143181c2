"""What the user is told when the database cannot be used: the reason, and what to do."""

from hemmavid.database.errors import DatabaseUnusable, Problem

_WORDS = {
    Problem.URL_MALFORMED: (
        "{variable} är ingen adress till PostgreSQL. Skriv den som "
        "postgresql://användare:lösenord@värd:5432/databas, med %40 för @ och %2F för / i lösenordet."
    ),
    Problem.URL_WITHOUT_NAME: "{variable} säger inte vilken databas. Lägg till namnet sist: …/hemmavid.",
    Problem.UNREACHABLE: "Databasen svarar inte: {detail}",
    Problem.BEHIND: (
        "Databasen är äldre än programmet: {count} ändringar saknas. "
        "Ta en säkerhetskopia och kör sedan: hemmavid migrate"
    ),
    Problem.ROLE_FORBIDDEN: (
        "Rollen {role} saknas och får inte skapas av användaren i HEMMAVID_DATABASE_URL. "
        "Kör som databasens administratör:\n"
        '  CREATE ROLE {role} NOLOGIN;\n  GRANT {role} TO "användaren";'
    ),
    Problem.ROLE_TOO_STRONG: (
        "Rollen {role} är superuser, äger tabeller eller går förbi radskyddet. "
        "Den ska vara en vanlig roll: ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS;"
    ),
    Problem.BINARIES_MISSING: (
        "PostgreSQL hittas inte. Kör make demo igen, installera Debians paket postgresql, "
        "eller peka HEMMAVID_DATABASE_URL på en egen server."
    ),
    Problem.OTHER_VERSION: (
        "Datamappen är gjord med PostgreSQL {needed}, men här finns bara {found}. "
        "Installera version {needed}, eller välj en annan mapp med HEMMAVID_VAR."
    ),
    Problem.FOLDER_UNREADABLE: (
        "PostgreSQL får inte köras som root och når inte mappen {path}. "
        "Öppna vägen dit (chmod o+x) eller välj en annan mapp med HEMMAVID_VAR."
    ),
    Problem.FOLDER_FAILED: "Mappen {path} kan inte användas för databasen: {detail}",
    Problem.FOLDER_TAKEN: "Mappen {path} finns redan och tillhör någon annan. Ta bort den och försök igen.",
    Problem.NOT_CREATED: "Databasen kunde inte skapas i {path}:\n{detail}",
    Problem.NOT_STARTED: "Databasen kunde inte startas. Hela loggen: {log}\n{detail}",
    Problem.NOT_STOPPED: "Databasen i {path} går inte att stoppa.",
}


def explain(refusal: DatabaseUnusable) -> str:
    """The refusal in Swedish, with what to do about it."""
    return _WORDS[refusal.problem].format(**refusal.values)
