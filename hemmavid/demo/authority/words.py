"""What people say they want and what officers write of it: invented, one voice a person, few phrases alike.

A template's slots come from `life.Life`. A few goals are stock phrases on purpose, so that the hint against
them shows somewhere (R319); most clients' are their own words.
"""

from random import Random

from hemmavid.demo.authority.life import Life
from hemmavid.rules.life_areas import LifeArea

STOCK_SHARE = 0.05
STOCK_GOALS = (
    "Att {name} ska kunna bo kvar hemma.",
    "{name} ska ha en skälig levnadsnivå.",
    "Att få sina behov tillgodosedda och känna välbefinnande.",
    "{name} ska kunna leva ett självständigt liv med god livskvalitet.",
)
GOALS: dict[LifeArea, tuple[str, ...]] = {
    LifeArea.PERSONAL_CARE: (
        "Jag vill vara påklädd och klar innan {kin_name} ringer klockan nio.",
        "Jag vill tvätta ansikte och händer själv och bara få hjälp med resten.",
        "Jag vill äta frukost i {spot} och inte i sängen.",
        "Jag vill ha nyrakad haka på söndagar, som jag haft i hela mitt liv.",
        "Jag vill orka {pastime} på förmiddagen, och då får morgonen inte ta all kraft.",
        "Jag vill duscha i lugn och ro utan att vara rädd för att halka.",
        "Jag vill själv bestämma vad jag har på mig, och få hjälp med knapparna.",
        "Jag vill äta varm mat mitt på dagen, helst något som påminner om det jag själv lagade.",
        "Jag vill komma i säng när nyheterna är slut, inte före.",
        "Jag vill klara toalettbesöken på natten själv, och få stöd med dem på dagen.",
        "Jag vill inte lukta sjukhus när {kin} kommer.",
        "Jag vill lära mig att ta på strumporna igen med strumppådragaren.",
        "Jag vill ha håret uppsatt, så som jag hade det när jag arbetade {work}.",
        "Jag vill gå upp i vikt två kilo till sommaren så att klänningen sitter.",
        "Jag vill sitta vid bordet och äta, också de dagar då benen inte vill.",
        "Jag vill vara så pigg efter morgonen att jag kan ta emot {kin} på kaffe.",
    ),
    LifeArea.DOMESTIC_LIFE: (
        "Jag vill kunna bjuda in {kin} utan att skämmas för golvet.",
        "Jag vill ha rena lakan varannan vecka och bädda själv så länge jag orkar.",
        "Jag vill välja varorna själv och slippa bära dem.",
        "Jag vill duka fram kaffet själv när {kin_name} kommer på söndagar.",
        "Jag vill ha mjölk, bröd och kaffe hemma också när det är halt ute.",
        "Jag vill ha det så rent att jag vågar ta av mig skorna.",
        "Jag vill fortsätta diska mina koppar, men grytorna orkar jag inte.",
        "Jag vill ha min blå tröja tvättad för hand.",
        "Jag vill att fönsterbrädan hålls fri så att jag kan {pastime}.",
        "Jag vill vara med när det dammsugs och själv torka av {spot}.",
        "Jag vill handla det som är på extrapris, som jag alltid har gjort.",
        "Jag vill att hemmet ser ut som när {kin_name} var liten.",
    ),
    LifeArea.SENSE_OF_SAFETY: (
        "Jag vill veta att någon märker om jag inte kommer upp en morgon.",
        "Jag vill våga gå till toaletten utan att tänka på fallet i hallen.",
        "Jag vill sova hela natten utan att ligga och lyssna efter porten.",
        "Jag vill veta vem det är som kommer, och vad hon heter.",
        "Jag vill kunna vara ensam hemma när {kin} är bortrest.",
        "Jag vill slippa ringa {kin_name} mitt i natten när jag blir orolig.",
        "Jag vill att någon tittar till mig på eftermiddagen, då är det som svårast.",
        "Jag vill ha larmet på mig när jag går ut till {spot}.",
        "Jag vill att dörren är låst om natten och att jag vet att den är det.",
    ),
    LifeArea.COMMUNITY_LIFE: (
        "Jag vill ut i luften två gånger i veckan, också när det regnar lite.",
        "Jag vill gå till torget och köpa tidningen själv, med någon vid sidan.",
        "Jag vill börja {pastime} igen, tillsammans med de andra i huset.",
        "Jag vill till kyrkogården en gång i månaden.",
        "Jag vill orka ner till ån före midsommar.",
        "Jag vill prata med någon som inte är släkt.",
        "Jag vill följa med till pensionärsföreningens kaffe på torsdagar.",
        "Jag vill hälsa på {kin} hemma hos {kin_name}, inte bara tvärtom.",
    ),
    LifeArea.SUPPORT_OF_CARER: (
        "Jag vill att den som jag bor med får sova ut en natt i veckan.",
        "Jag vill att min man ska kunna gå på sin körrepetition utan att oroa sig.",
        "Jag vill att {kin} får åka bort en helg utan dåligt samvete.",
        "Jag vill att vi ska vara gifta igen, och inte bara patient och vårdare.",
    ),
    LifeArea.MOBILITY: (
        "Jag vill gå till brevlådan med rollatorn utan sällskap.",
        "Jag vill ta mig ur {spot} på egen hand.",
        "Jag vill våga trappan ned till tvättstugan.",
    ),
    LifeArea.RELATIONSHIPS: (
        "Jag vill ha ork över till {kin} när dagen är slut.",
        "Jag vill ringa {kin_name} själv, och ha något att berätta.",
    ),
    LifeArea.COMMUNICATION: (
        "Jag vill bli förstådd första gången jag säger något.",
        "Jag vill läsa mina egna brev innan någon annan gör det.",
    ),
}
NEEDS: dict[LifeArea, tuple[str, ...]] = {
    LifeArea.PERSONAL_CARE: (
        "{name} kommer till sängkanten själv men behöver hjälp att komma på fötter och att klä underkroppen. "
        "Tvättar sig i ansiktet vid handfatet, glömmer resten utan påminnelse.",
        "Påklädningen tar över en timme när ingen hjälper till, och sedan finns ingen kraft kvar "
        "till frukost. "
        "”Då blir det kaffe och en skorpa”, säger {name}.",
        "Duschen står oanvänd sedan {name} halkade på mattan. Tvättar sig vid handfatet, når inte ryggen "
        "och fötterna.",
        "Maten värms i mikron men blir stående. {name} har gått ned i vikt sedan i våras och säger att det "
        "inte är roligt att äta ensam.",
        "Behöver stöd vid toalettbesök: kläderna, balansen och vägen dit. Använder skydd på natten.",
        "{name} hittar inte ordningen på morgonen; kläderna hamnar utanpå varandra. Lugnt stöd i rätt följd "
        "räcker långt.",
        "Behöver någon bredvid sig vid förflyttning till badrummet. Klarar tänder och hår om sakerna "
        "står framme.",
        "Orkar inte laga mat sedan spisen stängdes av på {kin_name}s begäran. Äter gärna om det dukas fram.",
    ),
    LifeArea.DOMESTIC_LIFE: (
        "Dammsugaren är för tung och {name} når inte under sängen. Torkar själv bordet och diskbänken.",
        "Tvätten har {kin} skött hittills men orkar inte längre. {name} viker gärna själv.",
        "Kylskåpet var nästan tomt vid hembesöket. {name} skriver listan men kommer inte till butiken.",
        "Böjer sig inte efter det som fallit på golvet; det har legat en pall i vägen sedan i förra veckan.",
        "Tvättstugan ligger i källaren, fjorton trappsteg utan ledstång på ena sidan.",
        "Sängen bäddas inte, soporna blir stående. {name} skäms och släpper ogärna in grannarna.",
        "{name} diskar för hand vid {spot} men glas och kastruller blir inte rena på grund av synen.",
    ),
    LifeArea.SENSE_OF_SAFETY: (
        "Har fallit två gånger sedan i somras, den ena gången låg {name} kvar till morgonen.",
        "Oroar sig på kvällen och ringer {kin} upp till tio gånger. Lugnas av att veta när någon kommer.",
        "Vaknar och tror att det är arbetsdag. Har stått klädd i trappan klockan tre.",
        "{name} är rädd för att vara ensam sedan inbrottet hos grannen.",
        "Ensamheten är som störst på eftermiddagen. Då tänker {name} på sådant som inte går att göra "
        "något åt.",
    ),
    LifeArea.COMMUNITY_LIFE: (
        "Kommer inte ut på egen hand. Saknar {loved} och dem som fanns där.",
        "Hissen stannar mellan våningarna ibland, och sedan dess går {name} inte ut ensam.",
        "Har inte varit utanför porten sedan midsommar. Vill, men vågar inte utan sällskap.",
        "{name} tappar riktningen när det är mycket folk och behöver någon vid sidan.",
    ),
    LifeArea.SUPPORT_OF_CARER: (
        "Den som {name} bor med har inte sovit en hel natt på ett år och har själv fått hjärtbesvär.",
        "{kin} hjälper till varje dag före och efter arbetet och säger att det inte går längre.",
    ),
    LifeArea.MOBILITY: (
        "Går med rollator inomhus, sakta och framåtböjd. Trösklarna är borttagna.",
        "Reser sig ur {spot} på tredje försöket.",
    ),
    LifeArea.RELATIONSHIPS: (
        "Har god kontakt med {kin}, som ringer varje dag. Inga andra besök.",
        "Konflikt med {kin} om pengarna för mat; {name} vill inte att den tas upp.",
    ),
    LifeArea.COMMUNICATION: (
        "Hör dåligt på höger öra och svarar ja på det mesta. Fråga en sak i taget.",
        "Talar tydligt men letar efter ord på eftermiddagen.",
    ),
}
CAN_DO: dict[LifeArea, tuple[str, ...]] = {
    LifeArea.PERSONAL_CARE: (
        "Borstar tänderna, kammar håret och väljer kläder.",
        "Äter själv när maten är delad.",
        "Tvättar överkroppen om tvättfatet står på stolen.",
        "Tar på tröjan, inte byxorna.",
        "Reser sig med stöd av en hand och går till badrummet.",
    ),
    LifeArea.DOMESTIC_LIFE: (
        "Dammar det som står i ögonhöjd och viker tvätt sittande.",
        "Skriver inköpslistan och vet vad allt kostar.",
        "Vattnar blommorna och sköter {loved}.",
        "Diskar kopp och tallrik.",
    ),
    LifeArea.SENSE_OF_SAFETY: (
        "Använder telefonen med bildknappar och kan ringa {kin_name}.",
        "Vet hur larmet fungerar och har tryckt på det en gång.",
        "Låser dörren själv.",
    ),
    LifeArea.COMMUNITY_LIFE: (
        "Går två kvarter med rollator och vila på bänken.",
        "Tycker om sällskap och pratar gärna om tiden {work}.",
    ),
    LifeArea.SUPPORT_OF_CARER: ("Kan vara ensam en timme med telefonen inom räckhåll.",),
    LifeArea.MOBILITY: ("Går inomhus på egen hand på dagtid.",),
    LifeArea.RELATIONSHIPS: ("Ringer själv till {kin_name}.",),
    LifeArea.COMMUNICATION: ("Läser stor stil och skriver lappar.",),
}
BACKGROUNDS = (
    "{name} har arbetat {work} och bor ensam. {ailment}. Närmast finns {kin}, som hjälper till med post "
    "och ekonomi men inte orkar mer.",
    "{ailment}. {name} arbetade {work} fram till pensionen och vill helst klara sig själv. {kin} kommer "
    "en gång i veckan.",
    "Ansökan kommer efter en tid då {kin} har gjort allt mer. {ailment}. {name} berättar gärna om "
    "åren {work} "
    "och tycker om att {pastime}.",
    "{name} är utskriven efter några dagar på avdelning. {ailment}. Har tidigare arbetat {work}.",
    "Bor kvar i lägenheten sedan fyrtio år. {ailment}. ”Jag har aldrig bett om hjälp förr”, säger {name}, "
    "som arbetat {work}.",
)
PROPOSALS = (
    "Behoven kan inte tillgodoses på annat sätt: {kin} orkar inte mer, och hjälpmedel har prövats. Stödet "
    "föreslås enligt nedan så att {name} kan fortsätta {pastime}.",
    "Vid hembesöket visade {name} vad som går och vad som inte går. Föreslaget stöd motsvarar det "
    "som inte går.",
    "{name} önskar så lite hjälp som möjligt. Det som föreslås är det som {name} själv har prövat "
    "och inte klarat.",
    "Stödet föreslås med hänsyn till att förmågan växlar över dagen. Följs upp när arbetsterapeuten "
    "har varit "
    "hos {name}.",
    "Hjälpen från {kin} upphör. Det som {kin_name} har gjort fördelas på besöken nedan.",
)
APPLIED_FOR = (
    "Hjälp på morgonen och med maten.", "Städning, tvätt och inköp.", "Hjälp hemma efter sjukhusvistelsen.",
    "Stöd på kvällen, och någon att gå ut med.", "Dusch en gång i veckan och hjälp med hemmet.",
    "Det som {kin} inte längre orkar göra.",
)  # fmt: skip


def goal(area: LifeArea, life: Life, rng: Random) -> str:
    """A goal in the person's own words; a few times a stock phrase."""
    pool = STOCK_GOALS if rng.random() < STOCK_SHARE else GOALS[area]
    return filled(rng.choice(pool), life)


def need(area: LifeArea, life: Life, rng: Random) -> str:
    """What the officer found in the area."""
    return filled(rng.choice(NEEDS[area]), life)


def can_do(area: LifeArea, life: Life, rng: Random) -> str:
    """What the person can do."""
    return filled(rng.choice(CAN_DO[area]), life)


def filled(template: str, life: Life) -> str:
    """The template with the person's own facts, and a capital first."""
    text = template.format(**life.words())
    return text[:1].upper() + text[1:]
