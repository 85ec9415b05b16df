"""Names of all Europe, put together from lists."""

from random import Random
from typing import NamedTuple

COUNTRIES = {
    "ES": 40, "DE": 14, "GB": 12, "NL": 9, "FR": 4, "BE": 3, "SE": 2, "NO": 2, "DK": 1, "IT": 2, "PT": 1, "CH": 1,
    "AT": 1, "IE": 1, "PL": 1, "CZ": 1,
}  # fmt: skip
LANGUAGES = {
    "ES": "es", "DE": "de", "GB": "en", "NL": "nl", "FR": "fr", "BE": "nl", "SE": "sv", "NO": "no", "DK": "da",
    "IT": "it", "PT": "pt", "CH": "de", "AT": "de", "IE": "en", "PL": "pl", "CZ": "cs",
}  # fmt: skip

_GERMAN = (
    "Katharina Friederike Ursula Brünhilde Ilse Annegret Heike Sabine Wiebke Käthe Johanna Mareike",
    "Jürgen Heinrich Dieter Günther Matthias Björn Rüdiger Wolfgang Sönke Lothar Jörg Tillmann",
    "Baumgartner Großmann Weißenberg Überacker Schwarzenberger Müller-Lüdenscheidt Köhler Grünewald Strauß Lindemann "
    "Obermüller Hölderlin-Voß Zimmermann Brandstätter Schönfeld Wittgenstein Krämer Eichhörn Fürstenau Süßmilch",
)
# Given names of women, of men, and surnames, each separated by blanks; "_" stands for a blank within a name.
GIVEN_AND_FAMILY: dict[str, tuple[str, str, str]] = {
    "ES": (
        "María_del_Carmen Begoña Inmaculada Rocío Núria Pilar Guadalupe Nerea Lucía Ana_Belén Itziar Montserrat "
        "Concepción Marta Ángela María_José Leire Soledad Valentina Sonsoles Aránzazu Eulàlia",
        "Íñigo Álvaro Joaquín Francisco_Javier Miguel_Ángel Gonzalo Ignacio Xavier Sebastián Andrés Rodrigo Martín "
        "José_Luis Óscar Unai Jordi Manuel_Antonio Hernán Adrián Raúl Germán Iñaki",
        "Dourado López Menéndez Echeverría Quiñones Zubizarreta Ugarte Arístegui Cañizares Peña Núñez Villanueva Sáenz "
        "Ruiz-Giménez Aguilar Ordóñez Ibarra Sotomayor Sepúlveda Montoro Puigdomènech Casals Bustamante Caballero "
        "Ybarra Aranburu Etxeberria Urrutia Goikoetxea Santaolalla Mínguez Iturriaga Bengoetxea Olazábal Güell Muñoz "
        "Fernández-Ocaña Llorens Castañeda Ordás Ferrándiz Benavent Sanchís Vañó Climent Escrivà Zaragozá Alcañiz",
    ),
    "DE": _GERMAN,
    "AT": _GERMAN,
    "CH": (_GERMAN[0], "Reto Urs Beat Jürg Matthias Lukas", "Zürcher Bäumlin Rüegg Hürlimann Aeschbacher Wüthrich"),
    "GB": (
        "Charlotte Gillian Philippa Rosalind Imogen Siân Harriet Beatrice Fiona Olivia",
        "Oliver Nicholas Rhys Alistair Hugh Edmund Rupert Callum Graham Desmond",
        "Thornbury-Hughes Pemberton Featherstonehaugh Ashworth O’Sullivan Cholmondeley MacAllister Fitzgerald "
        "Hollingsworth Llewellyn-Jones D’Arcy Whitcombe Braithwaite Okonkwo St._John Wetherby",
    ),
    "NL": (
        "Anneke Saskia Wilhelmina Marieke Fenna Liesbeth Sjoukje Femke Tineke Roos",
        "Jeroen Pieter Cornelis Sjoerd Diederik Thijs Maarten Willem Joost Bram",
        "van_der_Meulen de_Vries Janssen-Bakker Wouters Hoogendoorn ten_Broek-Verhoeven van_den_Berg "
        "van_’t_Hof de_Graaf-van_Dijk Dijkstra van_Leeuwenhoek ter_Horst in_’t_Veld Brouwer op_den_Kelder Zijlstra",
    ),
    "FR": (
        "Élodie Amélie Thérèse Françoise Hélène Maëlys Solène Geneviève",
        "Jérôme François Benoît Loïc Étienne Gaël Rémi Théophile",
        "Marchand-Lefèvre Rousseau Lemaître d’Aubigné Beauséjour de_La_Fontaine Châtelain Grosjean-Noël Le_Goff",
    ),
    "BE": (
        "Thérèse Joëlle Liesbeth Godelieve Noémie",
        "Wout Lieven Gaëtan Joris Thibault",
        "Vandenbroucke Van_den_Eynde De_Smedt Dhaene-Peeters Verstraeten Lambrechts",
    ),
    "SE": ("Åsa Märta Linnéa Ingegärd", "Anders Göran Håkan Björn", "Björklund Söderström Åkerblad Sjögren Wahlström"),
    "NO": ("Solveig Ragnhild Bjørg Åshild", "Øyvind Håvard Sigurd Torbjørn", "Søndergård Bjørnstad Østby Håland Fjeld"),
    "DK": ("Kirsten Bodil Mette Sørine", "Henrik Søren Jørgen Åge", "Søndergaard Østergaard Kjær Nygård-Holm Bøgh"),
    "IT": (
        "Giulia Nicolò-Maria Chiara Ilaria Mariangela",
        "Niccolò Alessandro Giosuè Matteo Pierluigi",
        "D’Angelo De_Santis Cantù Dell’Orto Bellucci-Ferrari Lo_Presti",
    ),
    "PT": (
        "Inês Conceição Graça Lurdes Assunção",
        "João Gonçalo Tomás Estêvão Simão",
        "da_Silva_Pereira Gonçalves Magalhães dos_Santos_Brandão Leitão Guimarães_e_Sousa",
    ),
    "IE": ("Aoife Sinéad Gráinne Caoimhe", "Pádraig Séamus Ciarán Oisín", "Ó_Súilleabháin O’Brien Ní_Dhomhnaill Nolan"),
    "PL": ("Małgorzata Elżbieta Łucja", "Paweł Łukasz Stanisław", "Wójcik-Nowak Dąbrowska Kołodziej Święcicki"),
    "CZ": ("Kateřina Věra Zdeňka", "Jiří Ondřej Bořivoj", "Dvořák Růžička Šťastný Procházková"),
}


class Name(NamedTuple):
    """Somebody's name, and what is known from it."""

    first: str
    last: str
    country: str
    is_woman: bool


def draw_name(rng: Random, country: str = "") -> Name:
    """Return a name of ``country``, or of a country by its share."""
    country = country or rng.choices(list(COUNTRIES), list(COUNTRIES.values()))[0]
    women, men, families = (text.split() for text in GIVEN_AND_FAMILY[country])
    is_woman = rng.random() < 0.52
    first = rng.choice(women if is_woman else men)
    return Name(first.replace("_", " "), _family(rng, country, families).replace("_", " "), country, is_woman)


def _family(rng: Random, country: str, families: list[str]) -> str:
    """Return a surname as they are made in ``country``: two in Spain, at times with what stands between or before."""
    one = rng.choice(families)
    other = rng.choice([name for name in families if name != one])
    if country == "ES":
        old = rng.choice(["de la Peña", "de la Torre", "del Río"])
        forms = [f"{one} {other}", f"{one} y {other}", f"{old} {other}", f"{one} de {other}", f"{one} i {other}"]
        return rng.choices(forms, [80, 6, 4, 6, 4])[0]
    if country in ("DE", "AT"):
        double = one if "-" in one or "-" in other else f"{one}-{other}"
        return rng.choices([one, f"von {one}", double, f"von der {one}"], [84, 6, 8, 2])[0]
    return one
