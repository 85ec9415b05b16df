"""The file of an office: 500 people as a German spreadsheet writes them, twelve of them with something wrong."""

import csv
import io

HEADER = ["Vorname", "Nachname", "E-Mail", "Telefon", "Betreuer E-Mail", "Rolle", "Straße", "PLZ", "Ort", "Land"]
PHONES = ["+34 612 34 56 78", "0049 1512 3456789", "+44 (7400) 123456", "+33 6 12 34 56 78"]
NAMES = ["Jürgen Müßig", "Zoë d’Ávila", "Núria Peña Güell", "François Lefèvre", "Søren Ægidius", "Käthe Große-Böhm"]
OWNER = "lucia@example.com"
# What is wrong, by line of the file: column, cell, a part of the reason that is told.
WRONG = {
    7: ("Vorname", "", "First name is missing"),
    23: ("Nachname", "Müßig 2", "digit"),
    40: ("E-Mail", "", "Email is missing"),
    77: ("E-Mail", "jürgen(at)example.com", "There is no @ sign"),
    101: ("Telefon", "0171 2345678", "country code"),
    150: ("Telefon", "+49 1512 3456789 Büro", "letters"),
    201: ("Betreuer E-Mail", "nobody@example.com", "No active user of this account"),
    202: ("Betreuer E-Mail", "stranger@example.org", "No active user of this account"),
    303: ("Rolle", "Kapitän", "There is no role “Kapitän”"),
    350: ("E-Mail", "mensch5@example.com", "line 5"),
    404: ("E-Mail", "LEAD@example.com", "Another record (lead or contact) already uses this email address."),
    501: ("Nachname", "<b>Müßig</b>", "“<” does not belong in a name"),
}


def _good(line):
    first, _blank, last = NAMES[line % len(NAMES)].partition(" ")
    phone, role = PHONES[line % len(PHONES)], ["Käufer", "Verkäuferin", "Notar", "Mieter"][line % 4]
    where = [f"Straße der Ölmühle {line}", "03590", "Altea", "Spanien"]
    return [first, last, f"mensch{line}@example.com", phone, OWNER, role, *where]


def rows():
    """Return the 500 rows; the first stands in line 2."""
    found = {line: dict(zip(HEADER, _good(line), strict=True)) for line in range(2, 502)}
    for line, (column, cell, _reason) in WRONG.items():
        found[line][column] = cell
    return list(found.values())


def as_file(found, name="kontakte.csv", encoding="cp1252"):
    """Return rows as a file that a browser can send: semicolons between the columns, Windows-1252."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(found[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(found)
    return {"name": name, "mimeType": "text/csv", "buffer": text.getvalue().encode(encoding)}


def corrected(content):
    """Return the failed rows as somebody corrects them: good cells, the reasons left where they are."""
    found = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    for row, line in zip(found, WRONG, strict=True):
        row |= dict(zip(HEADER, _good(line), strict=True))
    return found
