"""How many SMS a text costs. The browser test counts the same table with the script."""

import pytest

from contacts.messaging.segments import count

# text, whether it needs Unicode, what it takes, how many SMS
TABLE = [
    ("", False, 0, 0),
    ("a", False, 1, 1),
    ("a" * 160, False, 160, 1),
    ("a" * 161, False, 161, 2),
    ("a" * 306, False, 306, 2),
    ("a" * 307, False, 307, 3),
    ("Ünïcode", True, 7, 1),
    ("Señor Ñíguez: 5 €", True, 17, 1),
    ("Señora: 5 €", False, 12, 1),
    ("€" * 80, False, 160, 1),
    ("€" * 81, False, 162, 2),
    ("a" * 152 + "€" + "a" * 10, False, 164, 2),
    ("a" * 152 + "€" + "a" * 151, False, 305, 2),
    ("a" * 152 + "€" + "a" * 152, False, 306, 3),
    ("[{}]\\^~|", False, 16, 1),
    ("@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\n", False, 43, 1),
    ("ç", True, 1, 1),
    ("я" * 70, True, 70, 1),
    ("я" * 71, True, 71, 2),
    ("я" * 134, True, 134, 2),
    ("я" * 135, True, 135, 3),
    ("🙂" * 35, True, 70, 1),
    ("🙂" * 36, True, 72, 2),
    ("я" * 66 + "🙂" + "я" * 66, True, 134, 3),
    ("👩‍👩‍👧", True, 8, 1),
    ("’", True, 1, 1),
]


@pytest.mark.parametrize(("text", "unicode", "used", "segments"), TABLE)
def test_a_text_costs_what_it_costs(text, unicode, used, segments):
    told = count(text)

    assert (told.unicode, told.used, told.segments) == (unicode, used, segments)


@pytest.mark.parametrize(
    ("text", "room"), [("", 160), ("a" * 150, 10), ("a" * 161, 145), ("я" * 60, 10), ("🙂" * 36, 61)]
)
def test_what_still_fits_into_the_last_one_is_told(text, room):
    assert count(text).room == room
