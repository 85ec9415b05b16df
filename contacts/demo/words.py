"""What people of the office write: notes, tags, companies."""

TAGS = [
    "Sea view", "Cash buyer", "Golden visa", "VIP", "Second home", "Investor", "New build", "Probate", "Pet",
    "Referral",
]  # fmt: skip
# Name, type.
RELATIONS = [
    ("Bufete Montaner & Sáez", "law_firm"), ("Echeverría Abogados", "law_firm"),
    ("Kanzlei Groß & Süßmilch", "law_firm"), ("Notaría Alcover Ferrándiz", "notary"),
    ("Notaría del Peñón", "notary"), ("Caja del Litoral", "bank"),
    ("Construcciones Peñón Azul", "construction"), ("Reformas Hermanos Vañó", "construction"),
    ("Inmobiliaria Dos Mares", "agency"), ("Makelaardij Van Leeuwenhoek", "agency"),
    ("Estudi Puigdomènech Arquitectes", "architect"), ("Promociones Costa Clara", "developer"),
]  # fmt: skip
RELATION_OF_ROLE = {
    "lawyer": "law_firm", "notary": "notary", "mortgage_adviser": "bank", "contractor": "construction",
    "external_agent": "agency", "architect": "architect",
}  # fmt: skip

# What stands in the field "Notes" of a person.
REMARKS = [
    "Looks for a view of the sea, second floor at most, pays cash.",
    "Prefers WhatsApp. Calls only after 18:00.",
    "Sucht ein Haus mit Garten, ruhige Lage, höchstens 15 Minuten zum Strand.",
    "Vende por herencia; tres hermanos, firma el mayor.",
    "Has two large dogs. No building with a ban on pets.",
    "Busca inversión con alquiler garantizado, mínimo 5 % neto.",
    "Comes twice a year, at Easter and in September.",
    "Wants to be asked before anybody visits the flat.\nKeys with the caretaker.",
    "Zoekt een tweede huis, liefst nieuwbouw met lift.",
    "NIE and bank account are in place.",
]

# Notes on the timeline, in Markdown.
NOTES = [
    "Called back. Budget is **€480,000**, financing agreed with the bank up to 60 %.\n\n- two bedrooms, better three\n"
    "- terrace to the south\n- lift or ground floor",
    "Visit went well. They liked the light and the kitchen, not the bathroom. Wants to see it again with the family.",
    "Left a message. Try again on Thursday after **18:00**.",
    "Sent the floor plans and the community fees. Asked about the *derrama* for the façade.",
    "Spoke with the lawyer: the land registry entry is clean, the pool is not in it yet.",
    "Will sell only if the new house is signed first. Keep both dates together.",
    "Besichtigung am Samstag. Bringt einen Architekten mit.\n\n1. Dach ansehen\n2. Grenze zum Nachbarn klären",
    "Quiere bajar el precio a **395.000 €** si no hay oferta antes de fin de mes.",
    "The valuation came in at €312,000, eight thousand below what they hoped for. Took it calmly.",
    "Keys handed over. Water and electricity are registered in the new name.",
    "Asked for a rental contract of eleven months. Explained what the law says about seasonal lets.",
    "Documents still missing:\n\n- energy certificate\n- last IBI receipt\n- *cédula de habitabilidad*",
    "Recommended by a former client. Flowers are on their way.",
    "Not before March: waiting for the sale of the flat in Hamburg.",
    "Prefers to write in French, and rather in the morning.",
    "Offer of €610,000 made by email today. The owner thinks about it until Monday.",
    "Does not want calls from other agents. Everything through us.",
    "Tenant leaves at the end of June. New photos then, and a coat of paint.",
    "Met at the fair. Has three plots near Jalón and no architect.",
    "Second visit with the children. The stairs are a problem, the garden is not.",
    "Confirmed for the notary on the 12th at 10:00. Bring the cheque, the NIE and the deed.",
    "Wil graag weten wat de vaste lasten zijn. Overzicht gestuurd.",
    "Has moved to the new number. The old one is for emergencies only.",
    "Agreed on a commission of 4 % plus VAT, exclusive for six months.",
]
FILES = ["clientes-2025.csv", "kyero-export.csv", "Kontakte Messe Köln.csv"]
