"""Every refusal of contract.md section 3, at its file, line and column."""

import pytest

from tests.interfaces.exchange.folders import LATER, Folder

EIGHT, NINE = "2022-11-24T08:00:00+01:00", "2022-11-24T09:00:00+01:00"
V = f"{EIGHT},{NINE}"
FIRST = "2022-11-07T08:00:00+01:00,2022-11-07T08:15:00+01:00"


@pytest.mark.parametrize(
    ("name", "old", "new", "column"),
    [
        ("providers", "private", "Private", "kind"),
        ("providers", "5560000001", "5560000002", "org_number"),
        ("providers", "5560000001", "55600000", "org_number"),
        ("providers", "000-0018", "000-0017", "bankgiro"),
        ("providers", "000-0018", "00-00018", "bankgiro"),
        ("providers", "no,yes", "nej,yes", "full_time_right"),
        ("providers", "no,yes", "no,", "coherent_hours_right"),
        ("providers", "P2,Omsorgen Påhittad AB", "P2,", "name"),
        ("units", "U2,P2", "U2,P9", "provider"),
        ("units", "U2,P2", "U1,P2", "unit"),
        ("prices", "2022-10-01,private", "2022-10-1,private", "valid_from"),
        ("prices", "2022-10-01,private", "2022-10-01,municipal", "valid_from"),
        ("prices", "495.50", "495.5", "base"),
        ("prices", "495.50", "-495.50", "base"),
        ("prices", "495.50", "\"495,50\"", "base"),
        ("prices", "495.50,21.00", "495.50,", "rural_supplement"),
        ("prices", "2022-10-01,private", "1999-10-01,private", "valid_from"),
        ("clients", "C2,,", "C2,19400102-2386,", "personal_number"),
        ("clients", "C2,,", "C2,400102-2385,", "personal_number"),
        ("clients", "C2,,", "C2,19401302-2382,", "personal_number"),
        ("clients", "C2,,Nils", "C2,,", "given_name"),
        ("clients", "yes,yes", "yes,1", "protected"),
        ("clients", "2022-11-20", "2022-11-31", "deceased_on"),
        ("clients", "2022-11-20", "20221120", "deceased_on"),
        ("clients", "2022-11-20", "2022-W47-7", "deceased_on"),
        ("staff", "S2,U1", "S2,U9", "unit"),
        ("grants", "G2,C2", "G2,C9", "client"),
        ("grants", "C2,U1", "C2,U9", "unit"),
        ("grants", "G2", "G1", "grant"),
        ("grants", "ledsagning", "genomforandeplan", "intervention"),
        ("grants", "300", "0", "minutes"),
        ("grants", "300", "30.5", "minutes"),
        ("grants", "300", "３00", "minutes"),
        ("grants", "300", "9999999999", "minutes"),
        ("grants", "300", "", "minutes"),
        ("grants", "month", "day", "per"),
        ("grants", "2022-11-01,,,", ",,,", "from"),
        ("grants", "2022-11-01,,,", "2022-11-01,2022-10-31,,", "to"),
        ("grants", "2022-11-01,,,", "2022-11-01,,,2022-12-01", "in_effect_to"),
        ("grants", "2022-11-01,,,", "2022-11-01,,2022-11-02,2022-11-01", "in_effect_to"),
        ("absences", "C1,2022-11-14", "C9,2022-11-14", "client"),
        ("absences", "C1,2022-11-14", "C1,2022-11-10", "client"),
        ("absences", "C1,2022-11-14", "C1,2022-11-13", "from"),
        ("absences", "C1,2022-11-14,", "C1,2022-11-14,2022-11-13", "to"),
        ("plans", "2022-11-20", "", "approved_on"),
    ],
)  # fmt: skip
def test_a_cell_that_is_wrong(folder: Folder, name: str, old: str, new: str, column: str) -> None:
    text = (folder.path / f"{name}.csv").read_text()
    before, _, after = text.rpartition(old)
    folder.write(name, f"{before}{new}{after}")

    assert folder.errors() == [f"{name}.csv:{text.count(chr(10))}: {column}"]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (f"V1,C1,U1,ramtid,S1,{V},tag,tag,,performed", "visit"),
        (f"V9,C9,U1,ramtid,S1,{V},tag,tag,,performed", "client"),
        (f"V9,C1,U9,ramtid,S1,{V},tag,tag,,performed", "unit"),
        (f"V9,C1,U1,ramtid,S9,{V},tag,tag,,performed", "staff"),
        (f"V9,C1,U1,Ramtid,S1,{V},tag,tag,,performed", "intervention"),
        (f"V9,C1,U1,ramtid,,{V},tag,tag,,performed", "staff"),
        (f"V9,C1,U1,ramtid,S1,{V},nfc,tag,,performed", "start_method"),
        (f"V9,C1,U1,ramtid,S1,{V},,tag,,performed", "start_method"),
        (f"V9,C1,U1,ramtid,S1,{V},tag,,,performed", "end_method"),
        (f"V9,C1,U1,ramtid,S1,{V},tag,tag,maybe,performed", "approved"),
        (f"V9,C1,U1,ramtid,S1,{V},tag,tag,,done", "status"),
        (f"V9,C1,U1,ramtid,S1,{V},tag,tag,,", "status"),
        (f"V9,C1,U1,ramtid,S1,{EIGHT},,tag,tag,,performed", "end"),
        ("V9,C1,U1,ramtid,,,,,,,cancelled", "start"),
        (f"V9,C1,U1,ramtid,S1,{EIGHT},2022-11-24T07:59:59+01:00,tag,tag,,performed", "end"),
        (f"V9,C1,U1,ramtid,S1,{EIGHT},2022-11-25T08:00:01+01:00,tag,tag,,performed", "end"),
        (f"V9,C1,U1,ramtid,S1,{EIGHT},2022-11-25T09:00:00+01:00,tag,tag,,cancelled", "end"),
        (f"V9,C1,U1,ramtid,S1,2022-11-24T08:00:00,{NINE},tag,tag,,performed", "start"),
        (f"V9,C1,U1,ramtid,S1,2022-11-24 08:00:00+01:00,{NINE},tag,tag,,performed", "start"),
        (f"V9,C1,U1,ramtid,S1,2022-11-31T08:00:00+01:00,{NINE},tag,tag,,performed", "start"),
        (f"V9,C1,U1,ramtid,S1,2022-11-24T25:00:00+01:00,{NINE},tag,tag,,performed", "start"),
        (f"V9,C1,U1,ramtid,S1,20221124T080000+0100,{NINE},tag,tag,,performed", "start"),
        (f"V9,C1,U1,ramtid,S1,0001-01-01T00:00:00Z,{NINE},tag,tag,,performed", "start"),
        ("V3,C2,U1,ledsagning,,2022-11-10T10:00:00+01:00,,,,,cancelled", "visit"),
        (f"V1,C2,U1,ramtid,S2,{FIRST},tag,tag,,performed", "client"),
        (f"V1,C1,U2,ramtid,S2,{FIRST},tag,tag,,performed", "unit"),
        (f"V1,C1,U1,vak,S2,{FIRST},tag,tag,,performed", "intervention"),
        ("V1,C1,U1,ramtid,S2,2022-11-07T08:00:00+01:00,,,,,cancelled", "status"),
        ("V9,C1,U1,ramtid,S1", "-"),
        (f"V9,C1,U1,ramtid,S1,{V},tag,tag,,performed,", "-"),
    ],
)  # fmt: skip
def test_a_visit_that_is_wrong(folder: Folder, row: str, column: str) -> None:
    assert folder.add("visits", row).errors() == [f"visits.csv:6: {column}"]


@pytest.mark.parametrize(
    "row",
    [
        "V9,C1,U1,ramtid,S1,2022-11-24T08:00:00+01:00,2022-11-25T08:00:00+01:00,tag,tag,,performed",
        "V9,C1,U1,ramtid,,2022-11-24T08:00:00+01:00,,,,,not_performed",
        "V1,C1,U1,ramtid,S2,2022-11-07T08:00:00+01:00,2022-11-07T09:15:00+01:00,tag,tag,,performed",
    ],
)
def test_a_visit_on_the_edge_is_taken(folder: Folder, row: str) -> None:
    assert folder.add("visits", row).load().warnings == ()


def test_overlapping_grants_at_one_unit_are_an_error(folder: Folder) -> None:
    folder.add("grants", "G3,C1,U1,ramtid,10,week,2021-06-01,2022-01-01,,")
    [error] = folder.refusal().errors
    assert str(error).startswith("grants.csv:4: from: perioden överlappar rad 2 ")


def test_grants_that_meet_are_not_overlapping(folder: Folder) -> None:
    folder.add("grants", "G3,C1,U1,ramtid,10,week,2023-01-01,,,", "G4,C1,U1,vak,10,week,2022-01-01,,,")
    assert folder.load().warnings == ()


def test_overlapping_grants_at_two_units_are_a_warning(folder: Folder) -> None:
    result = folder.add("grants", "G3,C1,U2,ramtid,10,week,2022-06-01,,,").load()
    assert [str(warning).split(" (")[0] for warning in result.warnings] == [
        "grants.csv:4: unit: brukaren har samma insats samtidigt vid en annan enhet"
    ]


def test_a_new_grant_may_not_overlap_a_stored_one_that_stays(folder: Folder) -> None:
    folder.load()
    head = "grant,client,unit,intervention,minutes,per,from,to,in_effect_from,in_effect_to\n"
    folder.write("grants", head + "G7,C1,U1,ramtid,10,week,2022-12-31,,,\n")
    [error] = folder.refusal().errors
    assert str(error).startswith("grants.csv:2: from: perioden överlappar en tidigare import ")

    folder.write(
        "grants",
        head + "G7,C1,U1,ramtid,10,week,2022-12-31,,,\nG1,C1,U1,ramtid,174,week,2022-01-01,2022-12-30,,\n",
    )
    assert folder.load(at=LATER).counts["grants"].touched == 2


def test_a_new_absence_may_not_overlap_a_stored_one(folder: Folder) -> None:
    folder.load()
    folder.write("absences", "client,from,to,reason\nC1,2022-11-11,2022-11-12,\nC1,2022-11-01,2022-11-10,\n")
    assert folder.errors() == ["absences.csv:2: from"]


def test_a_day_away_inside_another_absence_is_an_error_and_on_its_edge_is_not(folder: Folder) -> None:
    folder.write("absences", "client,from,to,reason\nC1,2022-11-01,2022-11-05,\nC1,2022-11-05,2022-11-05,\n")
    folder.load()
    folder.write("absences", "client,from,to,reason\nC1,2022-11-03,2022-11-03,\n")
    assert folder.errors() == ["absences.csv:2: from"]


def test_a_second_row_of_a_stored_visit_must_agree_with_it(folder: Folder) -> None:
    folder.load()
    head = (folder.path / "visits.csv").read_text().splitlines()[0]
    folder.write("visits", f"{head}\nV1,C1,U2,ramtid,S2,{V},tag,tag,,performed\n")
    [error] = folder.refusal().errors
    assert str(error).startswith("visits.csv:2: unit: ”U2” skiljer sig från en tidigare import")


@pytest.mark.parametrize("earlier", [True, False])
def test_the_same_staff_in_two_places_is_a_warning(folder: Folder, earlier: bool) -> None:
    row = "V9,C2,U1,ramtid,S1,2022-11-07T08:10:00+01:00,2022-11-07T08:30:00+01:00,tag,tag,,performed"
    if earlier:
        folder.load()
        head = (folder.path / "visits.csv").read_text().splitlines()[0]
        folder.write("visits", f"{head}\n{row}\n")
    else:
        folder.add("visits", row)
    [warning] = folder.load(at=LATER).warnings
    other = "en tidigare import" if earlier else "rad 2"
    assert str(warning) == (
        f"visits.csv:{2 if earlier else 6}: staff: ”S1” är på ett annat besök samtidigt ({other}); "
        "kontrollera tiderna"
    )


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("providers", "P 3,X,private,,,yes,yes", "provider"),
        ("providers", ",X,private,,,yes,yes", "provider"),
        ("providers", "P1,X,private,,,yes,yes", "provider"),
        ("providers", f"{'P' * 101},X,private,,,yes,yes", "provider"),
        ("staff", "S1,U1,Kim,Höstlöv", "staff"),
        ("grants", "G2,C2,U1,ledsagning,300,month,2022-11-01,,,", "grant"),
        ("plans", "C1,U1,2022-11-20", "client"),
    ],
)
def test_a_key_that_is_wrong(folder: Folder, name: str, row: str, column: str) -> None:
    text = (folder.path / f"{name}.csv").read_text()
    assert folder.add(name, row).errors() == [f"{name}.csv:{text.count(chr(10)) + 1}: {column}"]


def test_errors_of_all_files_are_told_at_once(folder: Folder) -> None:
    folder.change("units", "U2,P2", "U2,P9").change("grants", "174", "x").change("visits", "tag,tag", "tag,x")
    assert folder.errors() == ["grants.csv:2: minutes", "visits.csv:2: end_method", "units.csv:3: provider"]


def test_a_refused_row_explains_its_code_to_others(folder: Folder) -> None:
    folder.change("clients", "Exempelstad,no", "Exempelstad,nej")
    assert folder.errors() == ["clients.csv:2: rural"]


def test_rows_that_could_not_be_read_are_not_missed_by_others(folder: Folder) -> None:
    folder.change("clients", "Påhittade gatan 1", "Påhittade gatan 1, 2 tr")
    assert folder.errors() == ["clients.csv:2: -"]


def test_a_hundred_errors_are_shown_and_the_rest_counted(folder: Folder) -> None:
    rows = [f"X{number},C1,U1,ramtid,S1,{V},tag,tag,,nej" for number in range(150)]
    result = folder.add("visits", *rows, f"X999,C9,U1,ramtid,S1,{V},tag,tag,,performed").refusal()
    assert (len(result.errors), result.more_errors) == (100, 51)


def test_a_hundred_errors_found_by_the_database_too(folder: Folder) -> None:
    rows = [f"X{number},C{number + 7},U1,ramtid,S1,{V},tag,tag,,performed" for number in range(150)]
    result = folder.add("visits", *rows).refusal()
    assert (len(result.errors), result.more_errors) == (100, 50)
    assert [error.line for error in result.errors] == list(range(6, 106))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("clients", "19400102-2385", "19400102-2386"),
        ("clients", "19400102-2385", "19400102238A"),
        ("clients", "Elsa", "E" * 250),
        ("clients", "no,no", "Elsa Vinterskog,no"),
        ("clients", "C1,19400102-2385", "19400102-2385 Elsa,"),
        ("clients", "client,", "19400102-2385,"),
        ("clients", "client,personal_number,given_name", "19400102-2385,Elsa,Vinterskog"),
        ("clients", "2022-11-20", "19400102-2385"),
        ("clients", "C1,19400102-2385,Elsa,Vinterskog", "C1,Elsa,Vinterskog"),
        ("staff", "S1,U1", "S1,19400102-2385"),
        ("grants", "G1,C1", "G1,19400102-2385"),
        ("visits", "V1,C1", "V1,194001022385"),
        ("providers", "5560000001", "400102-2386"),
    ],
)
def test_no_reason_repeats_a_number_or_a_name(folder: Folder, name: str, old: str, new: str) -> None:
    errors = folder.change(name, old, new).refusal().errors
    told = " ".join(f"{error} {error.value}" for error in errors)
    for secret in ("19400102", "400102-2386", "Elsa", "Vinterskog", "EEEE", "238A"):
        assert secret not in told
    assert errors


def test_the_value_of_an_error_is_told(folder: Folder) -> None:
    [error] = folder.change("grants", "174", "hundra").refusal().errors
    assert (error.value, "hundra" in error.reason) == ("hundra", True)


def test_a_value_never_breaks_the_line(folder: Folder) -> None:
    [error] = folder.change("grants", "174", '"1\n74"').refusal().errors
    assert "\n" not in str(error)
