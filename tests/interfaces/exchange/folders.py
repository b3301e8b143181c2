"""A small, right import folder, and ways to break it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hemmavid.access.actors import SYSTEM
from hemmavid.interfaces.exchange.import_folder import ImportRefused, ImportResult, import_folder

FIRST_DAY = datetime(2022, 12, 1, 6, 0, tzinfo=UTC)
LATER = datetime(2023, 2, 10, 6, 0, tzinfo=UTC)

RIGHT = {
    "providers": """\
provider,name,kind,org_number,bankgiro,full_time_right,coherent_hours_right
P1,Kommunens hemtjänst,municipal,,,yes,yes
P2,Omsorgen Påhittad AB,private,5560000001,000-0018,no,yes
""",
    "units": """\
unit,provider,name
U1,P1,Norr
U2,P2,Söder
""",
    "prices": """\
valid_from,kind,base,rural_supplement,deduction
2022-10-01,municipal,480.00,21.00,9.00
2022-10-01,private,495.50,21.00,9.00
""",
    "clients": """\
client,personal_number,given_name,family_name,street,postcode,city,rural,protected,deceased_on
C1,19400102-2385,Elsa,Vinterskog,Påhittade gatan 1,000 01,Exempelstad,no,no,
C2,,Nils,Sommarsten,,,,yes,yes,2022-11-20
""",
    "staff": """\
staff,unit,given_name,family_name
S1,U1,Kim,Höstlöv
S2,U1,Robin,Vårregn
""",
    "grants": """\
grant,client,unit,intervention,minutes,per,from,to,in_effect_from,in_effect_to
G1,C1,U1,ramtid,174,week,2022-01-01,2022-12-31,2022-01-03,
G2,C2,U1,ledsagning,300,month,2022-11-01,,,
""",
    "absences": """\
client,from,to,reason
C1,2022-11-10,2022-11-14,sjukhus
C1,2022-11-14,,
""",
    "visits": """\
visit,client,unit,intervention,staff,start,end,start_method,end_method,approved,status
V1,C1,U1,ramtid,S1,2022-11-07T08:00:00+01:00,2022-11-07T08:15:00+01:00,tag,tag,,performed
V2,C1,U1,ramtid,S1,2022-11-08T08:00:00.250+01:00,2022-11-08T07:20:00Z,manual,tag,yes,performed
V2,C1,U1,ramtid,S2,2022-11-08T08:00:00+01:00,2022-11-08T08:20:00+01:00,manual,manual,no,performed
V3,C2,U1,ledsagning,,2022-11-09T10:00:00+01:00,,,,,cancelled
""",
    "plans": """\
client,unit,approved_on
C1,U1,2022-11-20
""",
}


@dataclass(frozen=True)
class Folder:
    """An import folder under test."""

    path: Path

    def write(self, name: str, content: str | bytes) -> "Folder":
        """Replace one file."""
        raw = content if isinstance(content, bytes) else content.encode()
        (self.path / f"{name}.csv").write_bytes(raw)
        return self

    def change(self, name: str, old: str, new: str) -> "Folder":
        """Replace a piece of one file, which must be there."""
        path = self.path / f"{name}.csv"
        text = path.read_text()
        assert old in text
        return self.write(name, text.replace(old, new, 1))

    def add(self, name: str, *rows: str) -> "Folder":
        """Append rows to one file."""
        path = self.path / f"{name}.csv"
        return self.write(name, path.read_text() + "".join(f"{row}\n" for row in rows))

    def remove(self, name: str) -> "Folder":
        """Leave one file out."""
        (self.path / f"{name}.csv").unlink()
        return self

    def load(self, *, at: datetime = FIRST_DAY, check_only: bool = False) -> ImportResult:
        """Import it."""
        return import_folder(self.path, by=SYSTEM, at=at, check_only=check_only)

    def refusal(self) -> ImportResult:
        """Import it, which must be refused."""
        try:
            self.load()
        except ImportRefused as refused:
            return refused.result
        raise AssertionError("the folder was taken")

    def errors(self) -> list[str]:
        """The places of its errors: file:line: column."""
        return [f"{one.file}:{one.line}: {one.column}" for one in self.refusal().errors]


def right_folder(path: Path) -> Folder:
    """Write a folder without errors or warnings."""
    path.mkdir(exist_ok=True)
    folder = Folder(path)
    for name, content in RIGHT.items():
        folder.write(name, content)
    return folder
