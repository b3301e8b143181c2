"""People who apply just now: the same whatever the seed, each with one story worth opening. All invented.

1. Britta Sundvall – applied three days ago, waits in the queue for an owner.
2. Gösta Hagfors – applied fifteen days ago, the home visit is booked (yellow).
3. Senada Begovac – applied twenty-four days ago and nobody has been there (red).
4. Alf Lindmo – the assessment is half written.
5. Monika Ekdal – the draft of the decision lacks its last day and a goal.
6. Ahmad Jabouri – decided; the unit has been asked and has not answered.
7. Viola Askvik – decided; the private unit declined, with a capacity stop in force.
8. Einar Frostgren – sent after two o'clock to start the next working day, with the call that it takes.
9. Tuula Rantala – sent after two o'clock, without a call: it starts later.
10. Roland Norrdal – sent yesterday morning and unread at four.
11. Inga Tallmark – read, and unclear: the unit has asked about a sentence.
12. Hassan Darwisha – home from hospital with the discharge team; the hand-over to home care is set.
13. Signe Lövstam – received, and died before it began: the unit told the authority.
14. Arvid Björkvall – sent the day before, read and received within the hour.
15. Elin Åsdal – decided; the order is written and not sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hemmavid.demo.check_digits import personal_number
from hemmavid.demo.names import CITY

WOMAN, MAN = "982", "983"  # birth numbers of the same published series, used for applicants only


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies, for what, and what the officer finds."""

    given_name: str
    family_name: str
    personal_number: str
    street: str
    applied_for: str
    needs_care: str
    goal_care: str
    needs_home: str
    goal_home: str
    can_do: str
    postcode: str = "990 31"
    city: str = CITY


def _woman(born_on: date) -> str:
    return personal_number(born_on, WOMAN)


def _man(born_on: date) -> str:
    return personal_number(born_on, MAN)


BRITTA = Applicant(
    "Britta", "Sundvall", _woman(date(1941, 3, 8)), "Tallmovägen 12",
    "Någon som hjälper mig upp på morgonen, och städning.",
    "Kommer inte upp ur sängen utan att hålla i byrån.",
    "Jag vill dricka kaffet vid köksbordet innan posten kommer.",
    "Dammsugaren står orörd sedan axeln opererades.",
    "Jag vill ha rent på golvet när bokcirkeln kommer.",
    "Lagar sin egen gröt.",
)  # fmt: skip
GOSTA = Applicant(
    "Gösta", "Hagfors", _man(date(1937, 11, 19)), "Kvarngatan 4 B",
    "Hjälp att duscha, och med maten.",
    "Halkade i badkaret i september och har inte duschat ordentligt sedan dess.",
    "Jag vill bada bastu till jul, och då måste jag våga duscha.",
    "Spisen är avstängd, han äter kallt.",
    "Jag vill äta fläskpannkaka som Maj gjorde den.",
    "Rakar sig själv framför spegeln.",
)  # fmt: skip
SENADA = Applicant(
    "Senada", "Begovac", _woman(date(1946, 6, 2)), "Smultronstigen 31",
    "Hjälp på morgonen sedan min man flyttade till särskilt boende.",
    "Maken gjorde det mesta. Hon vet inte var sakerna är i köket.",
    "Jag vill åka och hälsa på Enver varje dag, och vara fin när jag kommer.",
    "Har aldrig skött tvättmaskinen, och bruksanvisningen är på svenska.",
    "Jag vill lära mig maskinen själv.",
    "Handlar och bär hem.",
)  # fmt: skip
ALF = Applicant(
    "Alf", "Lindmo", _man(date(1943, 1, 27)), "Svangränd 8",
    "Stöd med kläder och frukost.",
    "Parkinson: stelast före klockan tio, sedan släpper det. Knappar går inte alls.",
    "Jag vill vara klädd när Sonja kommer ut i trapphuset.",
    "Skakar så att han spiller; golvet är kladdigt.",
    "Jag vill bjuda på kaffe utan att det hamnar på fatet.",
    "Går själv med rollator när benen har vaknat.",
)  # fmt: skip
MONIKA = Applicant(
    "Monika", "Ekdal", _woman(date(1950, 8, 15)), "Lingonbacken 2",
    "Hjälp efter höftoperationen.",
    "Får inte böja sig på sex veckor. Strumpor och skor går inte.",
    "Jag vill gå till ån på egna ben innan isen lägger sig.",
    "Får inte lyfta. Sonen kommer på söndagar.",
    "Jag vill slippa att Per dammsuger när han äntligen är här.",
    "Sköter hygien och mat själv.",
)  # fmt: skip
AHMAD = Applicant(
    "Ahmad", "Jabouri", _man(date(1944, 4, 4)), "Göksvängen 17",
    "Hjälp på morgonen och med städning.",
    "Nedsatt syn efter stroken; tar fel på kläder och medicindosor.",
    "Jag vill be min morgonbön påklädd och i tid.",
    "Ser inte smulorna. Dottern städar om efter jobbet.",
    "Jag vill att Rima ska få vara dotter, inte städerska.",
    "Lagar mat på känsel, och lagar den bra.",
)  # fmt: skip
VIOLA = Applicant(
    "Viola", "Askvik", _woman(date(1939, 12, 24)), "Humlevägen 45",
    "Hjälp upp, dusch och städning.",
    "Yrseln kommer när hon lyfter armarna.",
    "Jag vill sätta upp håret som förr, fast någon annan håller i nålarna.",
    "Böjer sig inte efter det som faller.",
    "Jag vill ha julgardinerna uppe till första advent.",
    "Dukar och diskar sittande.",
)  # fmt: skip
EINAR = Applicant(
    "Einar", "Frostgren", _man(date(1935, 2, 11)), "Vinterstigen 3",
    "Hjälp från i morgon: hustrun är inlagd.",
    "Hustrun har klätt honom i tre år. Nu är hon på sjukhus.",
    "Jag vill vara hel och ren när jag besöker Gerd.",
    "Hittar inte i köket.",
    "Jag vill att det ser ut som vanligt när Gerd kommer hem.",
    "Går till affären och hittar hem.",
)  # fmt: skip
TUULA = Applicant(
    "Tuula", "Rantala", _woman(date(1942, 9, 6)), "Klövergatan 22",
    "Dusch och städning från nästa vecka.",
    "Reumatism; kan inte hålla i duschhandtaget.",
    "Haluan suihkuun lauantaina: jag vill duscha på lördagar, som vi alltid har gjort.",
    "Orkar inte skura.",
    "Jag vill känna ett tvättat golv under bara fötter.",
    "Klär sig själv, långsamt.",
)  # fmt: skip
ROLAND = Applicant(
    "Roland", "Norrdal", _man(date(1940, 10, 30)), "Hammarbacken 9",
    "Hjälp på morgonen.",
    "Andnöd efter tre knappar.",
    "Jag vill ha luft kvar till dragspelet.",
    "Bär inte tvätten.",
    "Jag vill ha en ren skjorta till fredagsdansen, fast jag bara spelar.",
    "Vilar mellan momenten och klarar mycket i egen takt.",
)  # fmt: skip
INGA = Applicant(
    "Inga", "Tallmark", _woman(date(1938, 5, 3)), "Svanvägen 14",
    "Hjälp med dusch, frukost och städning.",
    "Känner inte när vattnet är för varmt.",
    "Jag vill duscha på torsdagar, för på fredagar kommer Cajsa.",
    "Har ramlat på mattan i hallen.",
    "Jag vill ha mattorna kvar, men fast.",
    "Bakar, om någon sätter på ugnen.",
)  # fmt: skip
HASSAN = Applicant(
    "Hassan", "Darwisha", _man(date(1947, 7, 21)), "Trangatan 6",
    "Hjälp hemma när han skrivs ut.",
    "Hem efter lårbensbrott. Reser sig med stöd av två.",
    "Jag vill gå i trappan utan att någon håller andan.",
    "Frun orkar inte sängen och tvätten ensam.",
    "Jag vill att Amal får gå till sina väninnor på onsdagar.",
    "Äter själv och läser tidningen högt för sin fru.",
)  # fmt: skip
SIGNE = Applicant(
    "Signe", "Lövstam", _woman(date(1929, 1, 5)), "Mossbergsgatan 1",
    "Hjälp morgon och kväll.",
    "Mycket trött, sover stora delar av dagen.",
    "Jag vill ligga i min egen säng och höra radion.",
    "Dottern sover över men måste hem.",
    "Jag vill att det luktar kaffe.",
    "Säger själv till när hon vill ha något.",
)  # fmt: skip
ARVID = Applicant(
    "Arvid", "Björkvall", _man(date(1945, 3, 17)), "Älvgatan 40",
    "Städning och dusch.",
    "Armbågen är stel efter brottet.",
    "Jag vill sköta pelargonerna med båda händerna.",
    "Kan inte vrida ur en trasa.",
    "Jag vill ha rena fönsterbräden till plantorna.",
    "Lagar mat och bäddar.",
)  # fmt: skip
ELIN = Applicant(
    "Elin", "Åsdal", _woman(date(1948, 2, 29)), "Gökbacken 5",
    "Hjälp på morgonen och med hemmet.",
    "MS: bra på förmiddagen, tom efter lunch.",
    "Jag vill spara kraften till barnbarnen klockan fyra.",
    "Tvätten växer till högar.",
    "Jag vill hitta en ren handduk när jag behöver den.",
    "Planerar själv veckan och vill fortsätta med det.",
)  # fmt: skip
