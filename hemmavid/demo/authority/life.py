"""Small facts about an invented person, from which texts of cases, cards and journals are coloured."""

from dataclasses import dataclass
from random import Random

KIN = (
    ("dottern", "Karin"), ("dottern", "Åsa"), ("dottern", "Mirjam"), ("sonen", "Per"), ("sonen", "Anders"),
    ("sonen", "Tobias"), ("systern", "Gun-Britt"), ("systern", "Elsie"), ("brodern", "Karl-Erik"),
    ("barnbarnet", "Alva"), ("barnbarnet", "Melker"), ("grannen", "Sonja"), ("grannen", "Ali"),
    ("väninnan", "Maj-Lis"), ("vännen", "Torbjörn"), ("svärdottern", "Leila"), ("systerdottern", "Cajsa"),
)  # fmt: skip
PASTIMES = (
    ("lösa korsord", "korsorden"), ("lyssna på radioteatern", "radion"), ("sticka sockor", "stickningen"),
    ("läsa lokaltidningen", "tidningen"), ("sköta pelargonerna", "pelargonerna"),
    ("lägga patiens", "kortleken"), ("sjunga i kören", "kören"), ("titta på skidskytte", "skidskyttet"),
    ("baka kardemummabullar", "baket"), ("spela dragspel", "dragspelet"), ("måla akvarell", "penslarna"),
    ("lyssna på ljudböcker", "ljudböckerna"), ("mata fåglarna", "fågelbordet"),
    ("ringa gamla arbetskamrater", "telefonstunderna"), ("bläddra i fotoalbumen", "fotoalbumen"),
    ("spela boule", "boulen"), ("väva trasmattor", "vävstolen"), ("följa aktiekurserna", "börssidan"),
)  # fmt: skip
SPOTS = (
    "fåtöljen vid fönstret", "kökssoffan", "balkongen", "gungstolen", "verandan", "köksbordet",
    "bänken utanför porten", "stolen vid radion", "soffhörnet", "uterummet",
)  # fmt: skip
WORK = (
    "på postkontoret", "som svetsare på bruket", "i skolköket", "som sömmerska", "inom jordbruket",
    "som lärare i mellanstadiet", "på järnvägen", "som undersköterska", "i egen cykelverkstad",
    "på sågverket", "som lokalvårdare på lasarettet", "på bibliotekets expedition", "som målare",
    "i kiosken vid torget", "som tandsköterska", "som busschaufför",
)  # fmt: skip
AILMENTS = (
    "Höften gör ont vid varje trappsteg och balansen är osäker sedan fallet i våras",
    "Synen har blivit så dålig att ratten på spisen inte går att läsa av",
    "Reumatism i händerna gör att knappar, burkar och dammsugarslang inte går att greppa",
    "Efter stroken är vänster arm svag och orden kommer långsamt",
    "Hjärtsvikten gör att en trappa upp kräver tio minuters vila",
    "Minnet sviktar: mat blir stående i kylen och dagarna byter plats",
    "Yrseln kommer när armarna lyfts över axlarna",
    "KOL med andnöd redan efter påklädningen, syrgas används på eftermiddagen",
    "Parkinsons sjukdom med stelhet på morgonen som släpper vid tiotiden",
    "Ryggen är sammanpressad efter två kotfrakturer, och inget tyngre än ett mjölkpaket går att lyfta",
    "Diabetes med nedsatt känsel i fötterna; ett sår på hälen läker långsamt",
    "Artros i båda knäna, rollator inomhus och rullstol för längre sträckor",
    "Nedstämdhet sedan makens död i höstas, och maten smakar inte i ensamhet",
    "Höger handled läker efter brott och är i gips till nästa månad",
)  # fmt: skip
PETS = (
    "", "", "", "", "katten Misse, får inte smita ut", "katten Sotis, skygg för nya", "hunden Bella, snäll",
    "undulaten Pelle", "taxen Ludde, skäller men biter inte",
)  # fmt: skip
LANGUAGES = {
    "finska": "Finska är modersmålet; svenska går bra om man talar lugnt",
    "arabiska": "Arabiska är modersmålet; tolk vid viktiga samtal",
    "somaliska": "Somaliska är modersmålet; tolk vid viktiga samtal",
    "bosniska": "Bosniska är modersmålet; svenska går bra i vardagen",
}


@dataclass(frozen=True, slots=True)
class Life:
    """What colours the texts about one person."""

    given_name: str
    kin_role: str
    kin_name: str
    kin_phone: str
    pastime: str
    loved: str
    spot: str
    work: str
    ailment: str
    pet: str
    language: str

    def words(self) -> dict[str, str]:
        """The slots of a template."""
        return {
            "name": self.given_name,
            "kin": f"{self.kin_role} {self.kin_name}",
            "kin_name": self.kin_name,
            "pastime": self.pastime,
            "loved": self.loved,
            "spot": self.spot,
            "work": self.work,
            "ailment": self.ailment,
        }


def life_of(given_name: str, origin: str, rng: Random) -> Life:
    """One invented life."""
    kin_role, kin_name = rng.choice(KIN)
    pastime, loved = rng.choice(PASTIMES)
    return Life(
        given_name=given_name,
        kin_role=kin_role,
        kin_name=kin_name,
        kin_phone=mobile(rng.randint(5, 99)),
        pastime=pastime,
        loved=loved,
        spot=rng.choice(SPOTS),
        work=rng.choice(WORK),
        ailment=rng.choice(AILMENTS),
        pet=rng.choice(PETS),
        language=LANGUAGES.get(origin, "Svenska"),
    )


def mobile(number: int) -> str:
    """A mobile number set aside for fiction: 070-174 06 05 to 99 (docs of demo/authority/contacts.py)."""
    return f"070-174 06 {number:02d}"
