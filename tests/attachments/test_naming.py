"""Names of files: cleaned of what could deceive, shortened with their ending kept, changed by colleagues."""

import pytest
from django.core.exceptions import ValidationError

from contacts.attachments.kinds import kind_of
from contacts.attachments.naming import NAME_LENGTH, chosen_name, clean_name, ending


@pytest.mark.parametrize("name", ["Plan.pdf", "Contrato de señal, firmado.docx", "平面図.dwg", "no ending", "👍.png"])
def test_an_honest_name_stays_as_it_is(name):
    assert clean_name(name) == (name, "")


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../x", "x"), (r"C:\Users\ana\plan.pdf", "plan.pdf"), ("/etc/passwd", "passwd"), ("a\0b.pdf", "ab.pdf"),
        ("\u202egnp.exe", "gnp.exe"), ("a\u200b\u2066b.pdf", "ab.pdf"), ("a\r\nSet-Cookie: b", "a Set-Cookie: b"),
        ("two\u2028lines.txt", "two lines.txt"), ("\ud800.txt", "txt"), ("<b>.html", "<b>.html".replace("/", "")),
    ],
)  # fmt: skip
def test_what_could_deceive_is_gone(sent, shown):
    assert clean_name(sent).text == shown


def test_the_answer_says_that_a_name_was_cleaned():
    assert clean_name("\u202egnp.exe").told == "It is now called “gnp.exe”."


@pytest.mark.parametrize("sent", ["", ".", "..", "   ", "\u202e", "a/"])
def test_a_name_of_nothing_is_called_file(sent):
    assert clean_name(sent).text == "File"


def test_a_name_from_a_mac_is_told_as_unchanged():
    assert clean_name("sen\u0303al.pdf") == ("se\u00f1al.pdf", "")


@pytest.mark.parametrize("end", [".pdf", ".xlsx", ""])
def test_a_long_name_keeps_its_ending(end):
    name = clean_name("x" * 300 + end)

    assert len(name.text) == NAME_LENGTH
    assert name.text.endswith(f"x{end}")
    assert "too long" in name.told


@pytest.mark.parametrize("sent", ["../../x", "x" * 300 + ".pdf", "\u202egnp.exe", "", " a .b. "])
def test_cleaning_twice_changes_nothing(sent):
    assert clean_name(clean_name(sent).text) == (clean_name(sent).text, "")


@pytest.mark.parametrize(
    ("name", "end"), [("a.pdf", ".pdf"), ("a.tar.gz", ".gz"), (".profile", ""), ("Offer to Sr. Peña", ""), ("a", "")]
)
def test_an_ending_is_short_and_plain(name, end):
    assert ending(name) == end


@pytest.mark.parametrize("typed", ["Offer", " Offer ", "Offer.pdf", "\u202eOffer"])
def test_a_chosen_name_keeps_the_ending(typed):
    assert chosen_name(typed, ".pdf") == "Offer.pdf"


@pytest.mark.parametrize(
    ("typed", "code"), [(" ", "required"), (".pdf", "required"), ("a/b", "path"), ("x" * 147, "max_length")]
)
def test_a_chosen_name_that_cannot_be_is_refused(typed, code):
    with pytest.raises(ValidationError) as refused:
        chosen_name(typed, ".pdf")

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("name", "label"), [("a.JPG", "Image"), ("a.pdf", "PDF"), ("a.dwg", "DWG"), ("a", "File"), ("a.csv", "Spreadsheet")]
)
def test_the_kind_is_told_by_the_ending(name, label):
    assert str(kind_of(name).label) == label
