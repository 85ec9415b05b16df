"""What the office and its people say to one another, and what is to be done about it."""

# Subject, what the office writes (Markdown), what comes back.
EMAILS = [
    (
        "Floor plans and community fees, Bernia 14",
        "As promised, the plans of both floors and the last three statements of the community. "
        "The yearly fee is **€1,140**, paid in two halves.\n\nShall we see it again on Saturday?",
        "Thank you, that is very clear. Saturday at eleven suits us, my brother comes along.",
    ),
    (
        "Your visit on Thursday",
        "We meet at 10:30 at the gate, the caretaker has the keys.\n\n- parking is in the street behind\n"
        "- bring solid shoes, the plot is steep",
        "We will be there. Is there a place to charge the car?",
    ),
    (
        "Reservation contract for your review",
        "Here is the draft of the reservation contract. Please look at clause 4 with your lawyer, and ask me anything.",
        "My lawyer would change the date in clause 4 to the end of the month. Otherwise we agree.",
    ),
    (
        "Besichtigung in Altea",
        "gern zeige ich Ihnen beide Häuser am selben Tag. Das erste um **10:00**, das zweite um **12:30** Uhr.",
        "Das passt uns gut. Wir landen am Vorabend in Alicante.",
    ),
    (
        "Oferta por el ático",
        "el propietario acepta 395.000 € si firmamos la reserva antes del día 15. ¿Lo vemos mañana por teléfono?",
        "De acuerdo, llámame a partir de las seis.",
    ),
    (
        "Documents for the notary",
        "For the signing we still need the energy certificate and the last IBI receipt. Copies are enough for now.",
        "Both are attached. The original of the certificate lies with the architect.",
    ),
]
# What the office writes, what comes back.
CHATS = [
    (
        "Buenos días. The owner accepts the visit on Saturday at 11:00. Shall we meet at the door?",
        "Perfecto, allí estaré. ¿Puedo llevar a mi arquitecto?",
    ),
    ("The keys are with the caretaker until six.", "Thank you! We are on our way."),
    ("Guten Tag, die neuen Fotos sind da. Soll ich sie Ihnen schicken?", "Ja, bitte, gern noch heute."),
    ("The bank has confirmed the valuation for Tuesday.", "Great news. Do I have to be there?"),
    ("Reminder: notary tomorrow at 10:00, Calle Mayor 3. Please bring passport and NIE.", "We are ready."),
    ("Is the flat in Jávea still of interest to you?", "Yes, but only with a parking space."),
]
CALL_NOTES = [
    "Mortgage pre-approved by the bank; letter follows on Friday.",
    "Wants to think about it over the weekend. Call again on **Monday**.",
    "Asked about the costs of buying: explained the 10 % transfer tax.",
    "Has found something else in Dénia. Keep in touch for the flat they will sell.",
    "",
    "",
]
TASKS = [
    "Send energy certificate",
    "Ask the community for the last minutes",
    "Call the bank about the valuation",
    "Order the nota simple from the land registry",
    "Prepare the reservation contract",
    "New photos of the terrace",
    "Confirm the appointment with the notary",
    "Send the list of three-bedroom flats",
    "Check the licence for holiday lets",
    "Hand over the keys",
]
# Title, kind, place.
MEETINGS = [
    ("Second visit, with the owner", "viewing", "Carrer Bernia 14, Altea"),
    ("First visit", "viewing", "Avenida del Puerto 3, Dénia"),
    ("Signing of the reservation", "meeting", "Our office"),
    ("Call about the offer", "call", ""),
    ("Valuation with the surveyor", "viewing", "Partida Barranco 7, Jávea"),
    ("Notary: signing of the deed", "meeting", "Notaría Alcover Ferrándiz, Calle Mayor 3"),
]
# Name of a file, and what stands in it.
DOCUMENTS = [
    ("Certificado energético.txt", "Certificado de eficiencia energética, calificación C.\n"),
    ("Statement of the community 2025.txt", "Community fees: 1,140 EUR a year, paid in two halves.\n"),
    ("Nota simple.txt", "Finca registral 4.512, libre de cargas.\n"),
    ("Grundriss Obergeschoss.txt", "Obergeschoss: zwei Schlafzimmer, ein Bad, Terrasse nach Süden.\n"),
]
# Who is in nobody's books yet: kind, hours ago, text.
STRANGERS = [
    ("whatsapp", 2, "Hello, is the penthouse in Altea still for sale? We are in the area until Sunday."),
    ("sms", 5, "Bonjour, je cherche une maison avec piscine vers Jávea. Pouvez-vous me rappeler ?"),
    ("call", 20, ""),
    ("whatsapp", 1, "We could come on Saturday morning."),
]
