"""Short names that everybody in the field uses, and what they stand for: either finds the other."""

from collections.abc import Mapping, Sequence

SHORT_NAMES: dict[str, Mapping[str, Sequence[str]]] = {
    "pl": {
        "ŚDS": ["środowiskowy dom samopomocy"],
        "CIS": ["centrum integracji społecznej"],
        "CUS": ["centrum usług społecznych"],
        "DPS": ["dom pomocy społecznej"],
        "EFS": ["Europejski Fundusz Społeczny"],
        "GOPS": ["gminny ośrodek pomocy społecznej"],
        "JST": ["jednostka samorządu terytorialnego", "samorząd"],
        "KIS": ["klub integracji społecznej"],
        "MOPS": ["miejski ośrodek pomocy społecznej"],
        "NGO": ["organizacja pozarządowa", "trzeci sektor"],
        "OPP": ["organizacja pożytku publicznego"],
        "OPS": ["ośrodek pomocy społecznej"],
        "OWES": ["ośrodek wsparcia ekonomii społecznej"],
        "PCPR": ["powiatowe centrum pomocy rodzinie"],
        "PES": ["podmiot ekonomii społecznej"],
        "PFRON": ["Państwowy Fundusz Rehabilitacji Osób Niepełnosprawnych"],
        "PUP": ["powiatowy urząd pracy"],
        "RODO": ["ochrona danych osobowych"],
        "ROPS": ["regionalny ośrodek polityki społecznej"],
        "WTZ": ["warsztat terapii zajęciowej"],
        "ZAZ": ["zakład aktywności zawodowej"],
        "ZUS": ["Zakład Ubezpieczeń Społecznych"],
    },
    "en": {"NGO": ["non-governmental organisation", "third sector"], "ESF": ["European Social Fund"]},
}
