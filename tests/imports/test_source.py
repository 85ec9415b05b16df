"""Reading a file: what is found by looking at it, and the records as they stand in it."""

import io

import pytest

from contacts.imports.sniffing import sniff
from contacts.imports.source import HEADER_AGAIN, WHOLE, Dialect, Refused, Source, survey


def known(name):
    return name in ("Name", "Email", "Phone")


def sniffed(text, encoding="utf-8"):
    return sniff(io.BytesIO(text if isinstance(text, bytes) else text.encode(encoding)), known)


def records(text, dialect=None):
    file = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    source = Source(file, dialect or sniff(file, known))
    return source, list(source)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_judged_on_parsed_records(delimiter):
    other = ";" if delimiter != ";" else ","
    text = f'Name{delimiter}Email{delimiter}Note\n"a{delimiter}b"{delimiter}x{delimiter}"1{other}2{other}3{other}4"\n'

    assert sniffed(text * 1).delimiter == delimiter


def test_decimal_commas_do_not_make_a_comma_file():
    assert sniffed("a;b;c\n1,5;2,5;3,5\n4,5;1,5;2,5\n").delimiter == ";"


def test_the_separator_line_of_excel_is_followed_and_is_no_record():
    source, found = records("sep=|\r\nName|Email\r\nA,B|x\r\n")

    assert source.columns == ["Name", "Email"]
    assert [(record.number, record.line, record.cells) for record in found] == [(1, 3, ["A,B", "x"])]


def test_title_lines_above_the_header_are_left_out():
    source, found = records("Customers of 2026\n\nName;Email;Phone\nAna;a@example.com;1\n")

    assert (source.dialect.header_line, source.columns) == (3, ["Name", "Email", "Phone"])
    assert found[0].line == 4


def test_a_header_in_an_unknown_language_is_the_first_full_record():
    assert sniffed("Imię;Nazwisko\nAna;García\n").header_line == 1


def test_a_file_without_header_has_numbered_columns_and_loses_no_row():
    source, found = records("Ana,ana@example.com\nBea,bea@example.com\n")

    assert (source.dialect.header_line, source.columns) == (0, ["Column 1", "Column 2"])
    assert [record.line for record in found] == [1, 2]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"Name\nJos\xc3\xa9\n", "utf-8"),
        (b"\xef\xbb\xbfName\nJos\xc3\xa9\n", "utf-8-sig"),
        (b"Name\nJos\xe9\n", "windows-1252"),
        (b"Name\n\x80 100\n", "windows-1252"),
        ("Name\nJosé\n".encode("utf-16"), "utf-16"),
        ("Name,Email\nИван,ivan@example.com\n".encode("utf-16-le"), "utf-16-le"),
        ("Name\nJosé\n".encode("utf-16-be"), "utf-16-be"),
        ("Name\nJosé\n".encode("utf-32"), "utf-32"),
        ("Name\nJosé\n".encode("utf-32-le"), "utf-32-le"),
    ],
)
def test_the_encoding_is_found(content, encoding):
    dialect = sniffed(content)

    assert dialect.encoding == encoding
    assert Source(io.BytesIO(content), dialect).columns[0] == "Name"


def test_utf_8_with_a_damaged_byte_stays_utf_8_and_fails_one_row():
    content = "Name,Email\nJosé,a\nZoë,b\nNúria,c\n".encode() + b"J\xfcrgen,d\n"

    _source, found = records(content)

    assert [record.cells[0] for record in found] == ["José", "Zoë", "Núria", "J\ufffdrgen"]
    assert [bool(record.faults) for record in found] == [False, False, False, True]


def test_bytes_that_windows_1252_does_not_know_fail_one_row():
    _source, found = records(b"Name,Email\nJos\xe9,a\nB\x81b,b\n")

    assert [sorted(record.faults) for record in found] == [[], [0]]


def test_lines_are_those_of_the_file_and_numbers_leave_blank_records_out():
    source, found = records('Name,Email\r\n\r\n"a\r\nb",1\r\n , \r\nc,2\rd,3\n')

    assert [(record.number, record.line) for record in found] == [(1, 3), (2, 6), (3, 7)]
    assert source.blanks == 2


def test_columns_of_one_name_and_of_none_are_told_apart():
    source, _found = records("Email,Email,,Email (2),\n1,2,3,4,5\n", Dialect())

    assert source.columns == ["Email", "Email (2)", "Column 3", "Email (2) (2)", "Column 5"]


def test_cells_too_few_are_empty_and_too_many_are_a_fault_that_is_kept():
    _source, found = records("Name,Email\nonly\na,b,,\na,b,c\n", Dialect())

    assert [record.cells for record in found] == [["only", ""], ["a", "b"], ["a", "b", "c"]]
    assert [list(record.faults) for record in found] == [[], [], [WHOLE]]


def test_a_header_that_comes_again_is_told():
    _source, found = records("Name,Email\na,b\nName,Email\n")

    assert [HEADER_AGAIN in record.faults for record in found] == [False, True]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('Name,Email\n"a,b\n', 2),
        ('Name,Email\na,b\n"x\ny","z\nq\n\n', 4),
        ('Name,Email\na,"b', 2),
        ('"Name,Email\n', 1),
    ],
)
def test_a_quote_that_is_never_closed_is_refused_with_its_line(text, line):
    with pytest.raises(Refused) as refusal:
        survey(io.BytesIO(text.encode()), Dialect())

    assert refusal.value.line == line


def test_blanks_before_quotes_are_understood_where_the_file_has_them():
    _source, found = records('Name, Email\n"a, b", "c, d"\n"e", "f"\n')

    assert [record.cells for record in found] == [["a, b", "c, d"], ["e", "f"]]


def test_single_quotes_are_quotes_where_most_cells_have_them():
    _source, found = records("'Name','Email'\n'O,x','2'\n'b','3'\n")

    assert found[0].cells == ["O,x", "2"]


@pytest.mark.parametrize(
    "content", [b'{"a": 1}', b"<!DOCTYPE html><table>", b"<?xml version='1.0'?>", b"BEGIN:VCARD\r\n"]
)
def test_other_texts_are_refused_by_name(content):
    with pytest.raises(Refused, match="not a CSV file"):
        sniffed(content)


def test_a_record_without_end_does_not_fill_the_memory():
    with pytest.raises(Refused, match="longer than 16 MB"):
        survey(io.BytesIO(b'Name,Email\n"' + (b"x" * 99 + b"\n") * 180_000), Dialect())


def test_a_file_of_countless_lines_is_refused(monkeypatch):
    monkeypatch.setattr("contacts.imports.source.MAX_LINES", 9)

    with pytest.raises(Refused, match="more than 9 lines"):
        survey(io.BytesIO(b"Name,Email\n" + b"a,b\n" * 9), Dialect())


def test_a_sniffed_file_stays_open():
    file = io.BytesIO(b"Name,Email\na,b\n")
    for _record in Source(file, sniff(file, known)):
        break

    assert not file.closed
