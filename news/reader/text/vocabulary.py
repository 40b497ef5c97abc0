"""The words the grammar knows, folded: lower case, no diacritics. Stems end where endings begin."""

from __future__ import annotations

import re

MONTHS: dict[str, int] = {
    stem: number
    for number, stems in enumerate(
        (
            "stycznia styczen styczniu stycz sty january jan",
            "lutego luty lutym lut february feb",
            "marca marzec marcu mar march",
            "kwietnia kwiecien kwietniu kwiec kwi april apr",
            "maja maj maju may",
            "czerwca czerwiec czerwcu czerw cze june jun",
            "lipca lipiec lipcu lip july jul",
            "sierpnia sierpien sierpniu sierp sie august aug",
            "wrzesnia wrzesien wrzesniu wrzes wrz september sept sep",
            "pazdziernika pazdziernik pazdzierniku pazdz paz october oct",
            "listopada listopad listopadzie listop lis november nov",
            "grudnia grudzien grudniu grudz gru december dec",
        ),
        start=1,
    )
    for stem in stems.split()
}
# Abbreviations need their dot or a year beside them: "sie", "maj" and "mar" are words and surnames too.
SHORT_MONTHS = frozenset(
    "stycz sty lut mar kwiec kwi czerw cze lip sierp sie wrzes wrz pazdz paz listop lis grudz gru jan feb apr jun jul aug sept sep oct nov dec".split()
)
ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}

WEEKDAYS: dict[str, int] = {
    form: number
    for number, forms in enumerate(
        (
            "poniedzialek poniedzialku poniedzialkowy pon monday mon",
            "wtorek wtorku wtorkowy wt tuesday tue tues",
            "sroda srode srody srodowy sr wednesday wed",
            "czwartek czwartku czwartkowy czw thursday thu thur thurs",
            "piatek piatku piatkowy pt friday fri",
            "sobota sobote soboty sobotni sob saturday sat",
            "niedziela niedziele niedzieli niedzielny niedz nd sunday sun",
        )
    )
    for form in forms.split()
}
LONG_WEEKDAYS = {
    form: number
    for form, number in WEEKDAYS.items()
    if len(form) > 5 or form in {"wtorek", "sroda", "srode", "srody", "piatek"}
}

ORDINALS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "pierwszy pierwszego first one i 1",
            "drugi drugiego second two ii 2",
            "trzeci trzeciego third three iii 3",
            "czwarty czwartego fourth four iv 4",
            "piaty piatego fifth five v 5",
            "szosty sixth six vi 6",
            "siodmy seventh seven vii 7",
        ),
        start=1,
    )
    for word in words.split()
}

# What is counted after a number: "9.30-15 osób" and "5-10 minut" tell no hours.
COUNTED = (
    r"(?:[%‰€$]|proc(?:ent\w*|\.)|min(?:ut\w*|\.|\b)|godzin\w*|osob\w*|os\.|lat(?:ek|kow|ki|a|om|ami)?\b|zl(?:ot\w+|\.)?\b|pln\b|eur(?:o)?\b|[km]?m2?\b|ha\b|kg\b|l\b|pkt\b|punkt\w*|tys\b|mln\b|mld\b|"
    r"dni\b|dniow\w*|tygodni\w*|miesi[ae]c\w*|stron\w*|razy\b|sztuk\w*|szt\b|uczestni\w*|grup\w{0,3}\b|miejsc(?:a)?\b|klas\w{0,2}\b|uczni\w*|zespol\w*|zdan\w*|zdani[ae]\b|prac\b|zdjec\w*|slow\b|"
    r"years?\b|people\b|persons?\b|minutes?\b|mins?\b|hours?\b|days?\b|weeks?\b|months?\b|places?\b|seats?\b|participants?\b|pages?\b|points?\b|pupils?\b|groups?\b|"
    + "|".join(rf"{month}\b" for month in sorted(MONTHS, key=len, reverse=True))
    + r")"
)

EVENT_NOUN = re.compile(
    r"\b(?:konferencj|spotkani|szkoleni|warsztat|wizyt[aeyo]|wizyci|debaci|gali\b|wystawi|seminari|webinar|konsultacj|forum\b|kongres|targ(?:i|ach|ow)\b|debat|kurs(?:u|ie|y|em|ow|ach)?\b|"
    r"piknik|festiwal|gal[aei]\b|wyklad|posiedzeni|sesj[aiey]|dni(?:a|ami|ach)? otwart|dzien otwart|otwarte? drzwi|uroczysto|koncert|wystaw[aeyi]|wernisaz|zjazd|sejmik|"
    r"szkol[aey] (?:letni|zimow|tanc)|(?:letni|zimow)\w{1,2} szkol|akademi[aei] \w|obchod|jubileusz|dyzur|klub\b|turniej|zawod(?:y|ow|ach)\b|kiermasz|jarmark|swieto\b|narad[aey]|"
    r"oboz\w{0,2}\b|wyciecz|wyjazd|zimowisk|polkoloni|plener|sniadani[ea] |premier|pokaz|badania|rocznic|zajec|zajeci|gal[aei]\b|dzien (?:nauki|senior|kobiet|dziecka|ziemi|edukacji|matki|ojca|rodzin|sasiad|mlodz|otwart)|dni \w|rekolekcj|mecz|casting|opłatk|oplatk|ognisko|zabawa|panel|prelekcj|hackathon|rajd|bieg(?:u|i)?\b|spacer|wieczor|spektakl|przeglad|kolokwi|sympozj|okragly stol|inauguracj|zebrani[aeu]|briefing|dni nauki|noc "
    r"|conference|meeting|workshop|training|seminar|congress|summit|study visit|lecture|exhibition|open day|school of|summer school|round ?table|hearing|fair\b|course\b|event\b|symposium|talk\b|launch\b)"
)
EVENT_VERB = re.compile(
    r"\b(?:odb(?:edzie|eda|edziemy|ywa|ywac|yl|yla|ylo|yly|yc) (?:sie)?|odbeda|zaprasza|zapraszam|rozpoczn|rozpoczyna|rozpoczel|nastapi|(?:bedzie|mial[aoy]?) (?:miec |miala )?miejsce|bedzie mial[aoy]? miejsce|startuje|zaplanowan|planowan[aeyo]|organizuj|zorganizuj|spotkamy sie|spotykamy sie|"
    r"takes? place|took place|(?:be|is|was) held|invites?\b|join us|join our|starts? on|begins? on)"
)
PAST = re.compile(
    r"\b(?:odbyl(?:a|o|y)?\b|wzi(?:e|a)l[aioy]? udzial|uczestniczyl|za nami\b|zakonczyl(?:a|o|y)? sie|spotkal[aioy]? sie|przywital[aoy]?\b|otworzyl[aoy]?\b|przedstawil[aoy]?\b|omowil[aoy]?\b|"
    r"podsumowal[aoy]?\b|goscil|relacja\b|took place|attended|was held|were held|gathered)"
)
FUTURE = re.compile(
    r"\b(?:zaprasza|odbedzie|odbeda|zapraszam|zgloszeni|zapisy|rejestracj|will be|please (?:register|sign)|join us|join our|serdecznie zapr|zgloszeniow)"
)

REGISTRATION = re.compile(
    r"\b(?:zgl(?:o|a)(?:sz|s)|rekrutac|rejestr|zarejestr|zapis[yu]\b|zapisac|zapisz|zapisow|formularz|nab[oó]r|naboru|naborem|przesyl|nadsyl|wysl|wysyl|przesl|potwierd|deklar|odesl|sklada|wniosk|aplik|"
    r"rsvp|regist|applica|apply\b|sign(?:ing)? up|sign-up|submit|confirm|enrol|book (?:a|your)|deadline)"
)
ONLINE = re.compile(
    r"\b(?:on-?line|zdaln(?:ie|a|ej|e|y|ym)|webina\w{0,8}|(?:platform\w{1,3}|aplikacj\w{1,2}|przez) (?:ms )?(?:zoom|teams|microsoft teams|clickmeeting|webex|google meet|meet)|zoom(?:ie|em|a)?\b|ms teams|microsoft teams|"
    r"google meet|clickmeeting|webex|wirtualn\w{1,3}|w internecie|livestream|transmisj\w{1,2} (?:na zywo|on-?line)|w sieci\b|virtual(?:ly)?|remotely)"
)
NOT_EVENT_ONLINE = re.compile(
    r"(?:formularz\w*|rejestracj\w*|zgloszeni\w*|zapis\w*|ankiet\w*|wnios\w*|formularzem|bilet\w*|sklep\w*|registration|form|application|link\w*|platnos\w*)(?: \w{1,14})? $"
)

KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("break", re.compile(r"\b(?:przerw[aye]|lunch|obiad|kolacj|sniadani|kaw[aey]\b|poczestun|catering|herbat|coffee|tea\b|break\b|dinner|breakfast|refreshments|bankiet|networking lunch|posilek|grill\b)")),
    ("registration", re.compile(r"\b(?:rejestracj|logowani|przyjazd i rejestr|registration|sign-in|check-?in|arrival and reg|zapisy uczestnik|przyjmowanie uczest|zbiorka)")),
    ("opening", re.compile(r"\b(?:otwarci|powitan|przywitan|rozpoczeci|inauguracj|welcome|opening|slowo wstepne|wprowadzenie i powit)")),
    ("closing", re.compile(r"\b(?:zakoncz|zamkniec|closing|wrap-?up|farewell|end of the|pozegnan|close\b)")),
    ("travel", re.compile(r"\b(?:wyjazd|przejazd|odjazd|powrot|transfer\b|dojazd|przejscie|departure|return\b|travel|bus to|przelot|wymarsz)")),
    ("visit", re.compile(r"\b(?:wizyt[aey]|zwiedzani|odwiedzin|spacer|visit|tour\b|walking tour|oprowadzani|przewodnik)")),
)  # fmt: skip

# Titles before a name: academic, professional, clerical and military, and plain courtesy.
TITLES = (
    r"(?:prof\.?|profesor|dr\.?|doktor|hab\.?|mgr\.?|inz\.?|lek\.?|med\.?|mec\.?|adw\.?|r\.? ?pr\.?|ks\.?|o\.|s\.|bp\.?|abp\.?|gen\.?|plk\.?|ppłk|pplk\.?|pil\.?|dyw\.?|bryg\.?|mł\.?|ml\.?|n\.|ekon\.|hum\.|tech\.|kpt\.?|mjr\.?|insp\.?|nadkom\.?|kom\.?|asp\.?|st\.?|ppor\.?|por\.?|"
    r"red\.?|p\.|dyr\.|wicedyr\.|burm\.|pan|pani|panem|pania|pana|panowie|panstwo|sedzia|arch\.?|lic\.?|mba|ph\.?d\.?|mr\.?|mrs\.?|ms\.?|miss|sir|dame|professor|doctor|em\.|nadzw\.|zw\.|uczelni|rev\.?|hon\.?|"
    r"prof\.? [a-z]{2,5}\b|u[a-z]{1,3}\b)"
)
ROLES = re.compile(
    r"\b(?:wice|v-?ce|vice|deputy )?-?(?:dyrektor\w*|prezes\w*|kierowni\w*|koordynator\w*|specjalist\w*|ekspert\w*|burmistrz\w*|wojt\w*|starost\w*|prezydent\w*|marszal\w*|rektor\w*|prorektor\w*|dziekan\w*|prodziekan\w*|"
    r"tren(?:er|erka|erem)\w*|moderator\w*|doradc\w*|przewodnicz\w*|pelnomocni\w*|sekretarz\w*|skarbni\w*|czlon\w*|radn[aye]\w*|posel\w*|posl\w*|senator\w*|minister(?!stw)\w*|ministr(?!y\b)\w*|wojewod(?:a|y|e|o)\b|zastepc\w*|naczelni\w*|"
    r"animator\w*|psycholog\w*|pedagog\w*|prawni\w*|adwokat\w*|radca\b|ksiegow\w*|konsultant\w*|opiekun\w*|soltys\w*|prelegent\w*|gospodarz\w*|ambasador\w*|redaktor\w*|dziennikar\w*|architekt\w*|badacz\w*|lider\w*|"
    r"inspektor\w*|glown[ya] specj\w*|mlodsz\w*|starsz[ya] \w*|asystent\w*|kustosz\w*|bibliotekar\w*|nauczyciel\w*|pracowni[kc]\w*|kurator\w*|zalozyciel\w*|wspolzalozyciel\w*|komendant\w*|p\.o\.|z-ca|"
    r"director|chair(?:man|woman|person)?\b|president|head of|manager|coordinator|officer|mayor|lecturer|facilitator|trainer|secretary|treasurer|founder|adviser|advisor|researcher|librarian|expert|editor|speaker|chief|councillor|ceo\b)"
)
ORGANISATION = re.compile(
    r"\b(?:fundacj|stowarzysz|uniwersyt|politechni|akademi|instytut|ministerst|urz[ae]d|urzed|centrum|osrod|zwiaz|towarzyst|spoldziel|wspolnot|rada\b|rady\b|radzie\b|bibliote|muzeum|szkol[aey]|wyzsz|departament|wydzial|biur[oa]|federacj|"
    r"izb[aey]|bank\b|dom\b|domu|zaklad|siec\b|sieci\b|grupa\b|pracowni|regionaln|wojewodz|powiatow|gmin|miejsk|narodow|panstwow|europejs|agencj|inkubator|kancelari|konsorcjum|komend|kuratori|sp\. ?z|s\.a\.|koło|kolo gosp|przedsieb|"
    r"wodociag|zespol|poradni|szpital|teatr|klub\b|sejmik|starostw|inspektor[ae]t|oddzial|katedr|zarzad|redakcj|firma|"
    r"foundation|association|university|institute|centre|center|council|trust|society|library|museum|office|department|agency|school|college|network|ltd|inc\b|archive|ministry|bank|chamber|group|hospital|partnership)"
)

FIRST_NAMES = frozenset(
    """
    ada adam adela adrian adriana agata agnieszka albert aldona aleksander aleksandra alex alfred alicja alina amelia anastazja andrzej aneta angelika aniela anita anna antoni antonina apolonia ariel arkadiusz artur
    augustyn aurelia barbara bartlomiej bartosz beata benedykt berenika bernadeta bernard blanka blazej bogdan bogna bogumil bogumila boguslaw boguslawa boleslaw borys bozena bozenna brygida bronislaw bronislawa bruno
    cecylia celina cezary cyprian czeslaw czeslawa dagmara damian daniel daniela danuta daria dariusz dawid diana dobrawa dominik dominika donata dorota edmund edward edyta eliza elwira elzbieta emil emilia ernest ernestyna
    eryk eugenia eugeniusz ewa ewelina fabian felicja feliks ferdynand filip filipina florian franciszek franciszka gabriel gabriela genowefa gerard gracjan grazyna grzegorz gustaw halina hanna helena henryk henryka
    hieronim honorata hubert iga ignacy igor ilona ireneusz irena irmina iwo iwona iza izabela izabella izydor jacek jadwiga jagoda jakub jan janina janusz jaroslaw jaroslawa jeremi jerzy jedrzej joachim joanna jolanta
    jozef jozefa judyta julia julian julianna julita juliusz justyna kacper kaja kajetan kalina kamil kamila karina karol karolina kasper katarzyna kazimiera kazimierz kinga klara klaudia klaudiusz klemens konrad konstanty
    kordian kornel kornelia krystian krystyna krzysztof ksawery ksenia lech lena leokadia leon leonard leszek lidia liliana lilianna longina luiza lucja lucjan lucyna ludmila ludwik ludwika lukasz maciej magda magdalena
    maja maksymilian malgorzata malwina marcel marcelina marcin marek maria marian marianna mariola mariusz marlena marta martyna marysia maryla maryna mateusz matylda maurycy melania michal michalina mieczyslaw mieczyslawa
    mikolaj milena milosz mira miron miroslaw miroslawa monika nadia natalia natasza nikodem nikola nina nina norbert oktawia oktawian ola olaf olga olgierd oliwia oliwier oskar otylia otto patrycja patryk paula paulina
    pawel pelagia piotr pola przemyslaw radoslaw rafal rajmund regina remigiusz renata robert roch roksana roland roman romana romuald rozalia roza rudolf ryszard sabina salomea sambor samuel sandra sara sebastian sergiusz
    seweryn slawomir slawomira sonia stanislaw stanislawa stefan stefania stella sylwester sylwia szczepan szymon tadeusz tamara tatiana teodor teodora teresa tobiasz tomasz tymon tymoteusz tytus urszula waclaw waclawa
    waldemar walentyna walenty wanda weronika wieslaw wieslawa wiktor wiktoria wiktoryna wilhelm wincenty wioletta wioleta wislawa wit witold wladyslaw wladyslawa wlodzimierz wojciech wojtek zaneta zbigniew zbyszek zdzislaw
    zdzislawa zenobia zenon ziemowit zofia zosia zuzanna zygmunt zyta zaklina oksana olena iryna natalija oleksandr andrij dmytro wolodymyr serhij ihor jurij switlana tetiana halyna kateryna anastasija tomek piotrek kasia
    alice andrew ann anne anthony arthur ben benjamin brian caroline catherine charles charlotte chris christian christine christopher claire clara colin dan david deborah denis diane dominic donald edwin eleanor elizabeth
    ella emily emma eric erica erik eva fiona frances francis frank fred gareth george gillian grace graham greg hannah harold harriet harry heather hugh ian isaac isabel jack jacob james jane janet jason jean jennifer
    jeremy jessica jill jim joan joe john jonathan joseph judith julie karen kate katherine keith kevin kim laura lauren lawrence leo lewis liam linda lisa louis louise lucy luke lynn marc margaret marie mark martha martin
    mary matthew megan michael michelle miriam nancy nathan neil nicholas nicola nigel noah nora oliver olivia owen pamela patricia patrick paul peter philip phoebe rachel ralph rebecca richard rita roger rosa rose ruth
    sally sam sarah simon sophia sophie stephen steven stuart sue susan thomas tim timothy tom tony ursula vera victor victoria vincent violet walter wendy william yvonne zoe hans jürgen jurgen klaus wolfgang pierre
    henry helen alan amy angela barry beth bob carol carl cathy craig dave dennis derek diana douglas duncan edith ellen evelyn gary geoffrey gerald glen gordon hazel howard irene ivan jake joshua joyce judy kelly ken kenneth larry
    leah lee lily lorna malcolm marcus marjorie maurice max maya melissa mike molly naomi ned nick norman penelope phil polly raymond rob rodney ronald roy russell ryan samantha scott sean shirley sheila sidney stanley steve ted
    theresa tracey trevor tina valerie wayne yasmin radomir dario jorge pedro jonathan jeffrey nela lilia jarema bozydar jowita kamilla ludmila nadzieja roksana sergiej wasyl zdzislawa bogumila mirella aniela dobromila krystian olimpia fryderyk ernest
    jacques francois luc marco paolo giulia giovanni carlos jose juan lars sven ingrid astrid hendrik pieter joris anke heike ulrich ute yusuf fatima ahmed amira priya ravi mei
    """.split()
)  # fmt: skip
# A first name in an oblique case and the form to show: "kontakt z Dorotą", "udziela Janowi". Regular endings come by rule.
IRREGULAR_NAMES = {
    "markiem": "Marek", "marka": "Marek", "markowi": "Marek", "pawlem": "Paweł", "pawla": "Paweł", "jackiem": "Jacek", "jacka": "Jacek", "leszkiem": "Leszek", "leszka": "Leszek",
    "franciszkiem": "Franciszek", "franciszka": "Franciszka", "jerzym": "Jerzy", "jerzego": "Jerzy", "antonim": "Antoni", "antoniego": "Antoni", "ignacym": "Ignacy", "cezarym": "Cezary",
    "lechem": "Lech", "maciejem": "Maciej",
}  # fmt: skip

SURNAME = re.compile(r"(?:sk[iaą]|ck[iaą]|dzk[iaą]|[ou]wicz|ewicz|czyk|czak|iak|asz|ak|ek|ik|arz|uk|ko|ala|ala|an|czuk|ow[aą]|in[aą]|ec|el|er|ik|och|ura|isz|sia|cz|rz|son|ton|man)$")  # fmt: skip

CITIES = {
    "warszaw": "Warszawa", "krakow": "Kraków", "lodzi": "Łódź", "wroclaw": "Wrocław", "poznan": "Poznań", "gdansk": "Gdańsk", "szczecin": "Szczecin", "bydgoszcz": "Bydgoszcz", "lublin": "Lublin",
    "bialymstok": "Białystok", "katowic": "Katowice", "gdyni": "Gdynia", "czestochow": "Częstochowa", "radomi": "Radom", "sosnow": "Sosnowiec", "toruni": "Toruń", "kielc": "Kielce", "rzeszow": "Rzeszów",
    "gliwic": "Gliwice", "zabrz": "Zabrze", "olsztyn": "Olsztyn", "opol": "Opole", "gorzow": "Gorzów Wielkopolski", "zielonej gorze": "Zielona Góra", "bielsku": "Bielsko-Biała", "tarnow": "Tarnów",
    "kalisz": "Kalisz", "koszalin": "Koszalin", "legnic": "Legnica", "slupsk": "Słupsk", "siedlc": "Siedlce", "pulaw": "Puławy", "sopo": "Sopot", "chorzow": "Chorzów", "tych": "Tychy", "plock": "Płock",
    "elblag": "Elbląg", "koninie": "Konin", "lesznie": "Leszno", "pile": "Piła", "jeleniej gorze": "Jelenia Góra", "nowym saczu": "Nowy Sącz", "przemysl": "Przemyśl", "zamosci": "Zamość", "chelmie": "Chełm",
    "suwalk": "Suwałki", "lomz": "Łomża", "wlocławku": "Włocławek", "grudziadz": "Grudziądz", "zakopan": "Zakopane", "brukseli": "Bruksela",
}  # fmt: skip
