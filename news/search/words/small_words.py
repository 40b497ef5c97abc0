"""Words that say nothing of what is looked for, folded: prepositions, pronouns, the scaffolding of questions."""

_POLISH = """
a aby ach aczkolwiek albo albowiem ale az bez bo bowiem by bym byc byl byla bylo byli byly bylby bylaby bede bedzie
bedziemy beda byc chce chcemy chcialbym chcialabym chcielibysmy ci cie ciebie co cokolwiek cos czego czegos czemu czy czyli czym czyja
czyj czyje dla dlaczego dlatego do dokad ewentualnie gdy gdyby gdyz gdzie gdzies go i ich ile ilu im inaczej iz ja jak jaka
jaki jakich jakie jakies jakiego jakiej jakim jakimi jakis jako je jednak jego jej jemu jesli jest jestem jestesmy
jezeli juz kiedy kiedys kim kogo kolwiek komu kto ktora ktore ktorego ktorej ktory ktorych ktorym ktorymi ktos ku lecz lub ma mam
mamy maja mi mial miala miec mna mnie moga moge mogl moglby mogla moj moja moje mozemy mozesz moze mozna musi musze musza
mu my na nad nam nami nas nasz nasza nasze nawet nia nie niej niego niech nim nimi niz no o od oraz oto
panstwo pani pan po pod podczas poniewaz poza pozniej prosze przed przez przeze przy sa sie siebie skad sobie sposob swoj swoja
swoje szukam ta tak taka taki takie takich takze tam te tego tej ten temu to toba tobie totez tu tutaj twoj twoja ty tych
tym tymi tylko u w we wam wami was wasz wasza wasze wiec wlasnie wobec wsrod z za ze zas znalezc znajde znajdz zeby
trzeba nalezy warto powinienem powinnam powinno powinien czyby jakby
""".split()
_ENGLISH = """
a about all am an and any are as at be been but by can could did do does for from get had has have he her here his how i if in
into is it its me my of on or our out she should so than that the their them then there these they this those to up was
we were what when where which who whom whose why will with would you your please find looking need want
""".split()

SMALL_WORDS: dict[str, frozenset[str]] = {"pl": frozenset(_POLISH), "en": frozenset(_ENGLISH)}


_QUESTIONS = frozenset(
    "czego czemu czy czym dlaczego dokad gdzie ile ilu jak jaka jaki jakich jakie kiedy kim kogo komu kto ktora ktore ktory "
    "skad szukam chce chcialbym chcialabym mozna how what when where which who whom whose why can".split()
)


def is_question(folded: str) -> bool:
    """Whether the folded word opens a question."""
    return folded in _QUESTIONS


def is_small(folded: str, *languages: str) -> bool:
    """Whether the folded word is one of the small words of any of these languages."""
    return any(folded in SMALL_WORDS.get(language, ()) for language in languages)
