"""The people that the first page shows: who was last in touch, when, and with whom."""

from typing import NamedTuple


class Familiar(NamedTuple):
    """Somebody by name. ``last`` is minutes ago, ``created`` days ago; ``agent`` the initials of a colleague."""

    first: str
    last_name: str
    country: str
    email: str
    phone: str
    role: str
    agent: str
    tags: str
    last: int
    created: int


_HOUR, _DAY = 60, 24 * 60

CONTACTS = [
    Familiar("Andrea", "Dourado López", "ES", "andrea.dourado@example.com", "+34612345678", "buyer", "LF",
             "Sea view|Cash buyer", 12, 264),
    Familiar("Katharina", "von Hohenfels-Lindemann", "DE", "k.hohenfels-lindemann@example.org", "+4915123456789",
             "buyer", "JB", "Second home|VIP|Investor", 38, 69),
    Familiar("Ignacio", "Menéndez-Valdés y Arteaga", "ES", "imenendez@example.com", "+34612345621", "notary", "LF",
             "", _HOUR + 5, 682),
    Familiar("Anneke", "van der Meulen", "NL", "anneke.vandermeulen@example.org", "+31612345678", "buyer", "MI",
             "Golden visa|New build", 2 * _HOUR + 10, 87),
    Familiar("María del Carmen", "Etxebarria Goñi", "ES", "mc.etxebarria@example.com", "+34612345602", "landlord",
             "CS", "Investor", 3 * _HOUR + 20, 188),
    Familiar("Oliver", "Thornbury-Hughes", "GB", "oliver.th@example.com", "+447400123456", "seller", "MI", "Probate",
             _DAY - 60, 20),
    Familiar("Joaquín", "Echeverría Quiñones", "ES", "j.echeverria@example.org", "+34612345690", "lawyer", "LF",
             "Referral", _DAY + 30, 1015),
    Familiar("Íñigo", "Zubizarreta Ugarte", "ES", "inigo.zubi@example.com", "+34612345634", "buyer", "NP", "Sea view",
             _DAY + 95, 23),
    Familiar("Saskia", "de Vries", "NL", "saskia.devries@example.com", "+31612345690", "tenant", "CS", "Pet",
             _DAY + 170, 32),
    Familiar("Begoña", "Arístegui Fernández de Córdoba", "ES", "b.aristegui@example.org", "+34612345647", "seller",
             "LF", "VIP|Sea view|Referral", 5 * _DAY, 167),
    Familiar("Heinrich", "Obermüller", "DE", "obermueller@example.com", "+4930123456", "buyer", "JB", "Cash buyer",
             5 * _DAY + 65, 17),
    Familiar("Xavier", "Puigdomènech i Casals", "ES", "xavier.puigdomenech@example.com", "+34612345611", "architect",
             "NP", "New build", 5 * _DAY + 140, 703),
    Familiar("Charlotte", "Pemberton", "GB", "charlotte.pemberton@example.org", "+447400123478", "tenant", "CS", "",
             6 * _DAY, 10),
    Familiar("Miguel Ángel", "Cañizares Peña", "ES", "macanizares@example.com", "+34612345665", "mortgage_adviser",
             "MI", "Referral", 6 * _DAY + 80, 598),
    Familiar("Élodie", "Marchand-Lefèvre", "FR", "elodie.marchand@example.org", "+33612345678", "buyer", "NP",
             "Second home", 7 * _DAY, 54),
    Familiar("Francisco Javier", "Núñez de Arce", "ES", "fj.nunez@example.com", "+34612345683", "property_manager",
             "CS", "", 9 * _DAY, 493),
    Familiar("Wilhelmina", "Janssen-Bakker", "NL", "w.janssen@example.com", "+31612345612", "landlord", "CS",
             "Investor|Second home", 9 * _DAY + 90, 289),
    Familiar("Rocío", "Villanueva Sáenz", "ES", "rocio.villanueva@example.com", "+34612345629", "seller", "LF", "",
             10 * _DAY, 52),
    Familiar("Anders", "Björklund", "SE", "anders.bjorklund@example.org", "+46701234567", "buyer", "JB",
             "Golden visa", 10 * _DAY + 45, 91),
    Familiar("Pilar", "Ruiz-Giménez Aguilar", "ES", "pilar.rg@example.com", "+34612345658", "tax_adviser", "LF",
             "Referral", 11 * _DAY, 677),
]  # fmt: skip

LEADS = [
    Familiar("Friederike", "Baumgartner", "DE", "f.baumgartner@example.com", "+4915123456701", "", "JB", "", 4, 0),
    Familiar("Rodrigo", "Santaolalla Mínguez", "ES", "rodrigo.santaolalla@example.org", "+34612345101", "", "LF", "",
             2 * _HOUR, 0),
    Familiar("Pieter", "Hoogendoorn", "NL", "p.hoogendoorn@example.com", "+31612345102", "", "MI", "Cash buyer",
             5 * _HOUR, 1),
    Familiar("Nerea", "Aranburu Etxeberria", "ES", "nerea.aranburu@example.com", "+34612345103", "", "CS", "", _DAY, 1),
    Familiar("Gillian", "Ashworth", "GB", "gillian.ashworth@example.org", "+447400123104", "", "MI", "", _DAY + 60, 2),
    Familiar("Marieke", "ten Broek-Verhoeven", "NL", "marieke.tenbroek@example.com", "+31612345105", "", "MI",
             "Sea view|VIP", 3 * _DAY, 6),
    Familiar("Sebastián", "Urrutia Goikoetxea", "ES", "s.urrutia@example.com", "+34612345106", "", "CS", "",
             4 * _DAY, 9),
    Familiar("Valentina", "Caballero Ybarra", "ES", "valentina.caballero@example.org", "+34612345107", "", "LF",
             "Referral", 5 * _DAY, 12),
    Familiar("Dieter", "Grünewald", "DE", "dieter.gruenewald@example.com", "+4915123456708", "", "JB", "", 6 * _DAY,
             15),
]  # fmt: skip

MEN = {
    "Ignacio", "Oliver", "Joaquín", "Íñigo", "Heinrich", "Xavier", "Miguel Ángel", "Francisco Javier", "Anders",
    "Rodrigo", "Pieter", "Sebastián", "Dieter",
}  # fmt: skip
