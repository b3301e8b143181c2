"""Invented people and addresses: common names in chance combinations, streets and postcodes of nowhere.

Postcodes 990 00–991 99 lie above the highest in use. A name that happens to be somebody's is an accident.
"""

from random import Random

from hemmavid.demo.check_digits import Sex

CITY = "Älvhamra"
VILLAGES = ("Mossebo", "Tranmyra", "Norrlia", "Gräshult", "Svanvik by", "Björnlida")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WOMEN = {
    "svenska": _words(
        "Anna Astrid Barbro Berit Birgitta Britta Dagny Ebba Edit Elin Ella Elsa Emma Eva Gerd Gudrun Gun "
        "Gunborg Gunilla Gunvor Hilma Inga Inger Ingrid Iris Karin Kerstin Kristina Lena Lisa Maj Margareta "
        "Maria Marianne Mona Monika Rut Sigrid Signe Siv Solveig Stina Sylvia Tora Ulla Vera Viola Wilma"
    ),
    "finska": _words("Aino Anneli Eeva Helmi Irja Kaarina Kaisa Liisa Marjatta Pirkko Raija Tuula"),
    "arabiska": _words("Amal Amina Fatima Hanan Huda Khadija Layla Maryam Nadia Rima Salma Samira"),
    "somaliska": _words("Asha Deqa Faduma Hawa Hodan Idil Ifrah Nasra Sahra Ubah"),
    "bosniska": _words("Alma Amra Azra Edina Emina Fikreta Jasna Mirela Sabina Senada Zlata"),
}
MEN = {
    "svenska": _words(
        "Albin Alf Anders Arne Arvid Axel Bengt Bertil Birger Bo Börje Einar Elis Emil Erik Evert Folke "
        "Fredrik Göran Gösta Gunnar Gustav Hans Harald Hugo Håkan Ingvar Ivar Jan Karl Knut Lars Lennart "
        "Nils Olle Oskar Ove Per Ragnar Roland Rune Sigurd Sixten Stig Sten Sune Sven Tage Tore Åke"
    ),
    "finska": _words("Antti Eino Esko Heikki Juhani Kalevi Matti Olavi Paavo Pekka Tapio Veikko"),
    "arabiska": _words("Ahmad Bilal Faris Hassan Ibrahim Jamal Khalid Mahmoud Omar Samir Tariq Yusuf"),
    "somaliska": _words("Abdi Abukar Bashir Farah Guled Liban Mahad Nuur Warsame Yonis"),
    "bosniska": _words("Adnan Amir Edin Emir Enver Goran Haris Mirza Nermin Senad Zoran"),
}
GIVEN = {Sex.WOMAN: WOMEN, Sex.MAN: MEN}
FAMILY_FIRST = _words(
    "Alm Ask Björk Ek Fors Frost Gran Hag Hed Lind Ljung Löv Norr Rönn Sand Tall Väster Ås Älv"
)
FAMILY_LAST = _words("bäck dal fors gren hage lid lund mark mo stam ström sund vall vik")
FAMILY = {
    "svenska": tuple(
        first + last for first in FAMILY_FIRST for last in FAMILY_LAST if not last.startswith(first.lower())
    ),
    "finska": _words(
        "Aaltola Hietamäki Kallioniemi Koskela Lahdenperä Mäkelä Niemelä Rantala Suomela Vuorela"
    ),
    "arabiska": _words("Al-Bustani Darwisha Haddadi Jabouri Karimi Mansouri Najjari Qasimi Rahmani Zaydani"),
    "somaliska": _words("Abshirow Cawaale Dirieh Faraxow Guuleed Jamaale Mursal Samatar Warfa Xasanow"),
    "bosniska": _words("Begovac Delimar Hadžimir Kovačina Lukavac Mehinov Osmanlić Ramić Selimac Zukanov"),
}
CLIENT_ORIGINS = (("svenska", 80), ("finska", 9), ("bosniska", 5), ("arabiska", 4), ("somaliska", 2))
STAFF_ORIGINS = (("svenska", 55), ("finska", 6), ("bosniska", 11), ("arabiska", 16), ("somaliska", 12))
STREET_FIRST = _words("Tallmo Lingon Smultron Älv Hammar Vinter Kvarn Mossbergs Tran Svan Gök Humle Klöver")
STREET_LAST = _words("vägen gatan stigen gränd backen")


def full_name(rng: Random, sex: Sex, origins: tuple[tuple[str, int], ...]) -> tuple[str, str]:
    """Given name and family name of one origin."""
    origin = rng.choices([name for name, _ in origins], [weight for _, weight in origins])[0]
    return rng.choice(GIVEN[sex][origin]), rng.choice(FAMILY[origin])


def origin_of(given_name: str) -> str:
    """The origin that a given name of the demo belongs to."""
    return next(
        (origin for names in (WOMEN, MEN) for origin, given in names.items() if given_name in given),
        "svenska",
    )


def town_address(rng: Random) -> tuple[str, str, str]:
    """Street, postcode and city in town."""
    street = f"{rng.choice(STREET_FIRST)}{rng.choice(STREET_LAST)} {rng.randint(1, 86)}"
    stair = rng.choice(["", "", "", " A", " B", f", lgh 1{rng.randint(0, 4)}0{rng.randint(1, 4)}"])
    return street + stair, f"990 {rng.randint(10, 69)}", CITY


def rural_address(rng: Random) -> tuple[str, str, str]:
    """Farm or cottage, postcode and village."""
    village = rng.choice(VILLAGES)
    return f"{village} {rng.randint(1, 40) * 5}", f"991 {10 + VILLAGES.index(village) * 10}", village
