"""Files as people send them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from contacts.attachments.attaching import attach


def sent(name="Plan.pdf", content=b"%PDF-1.7 a plan"):
    """Return a file as a form sends it."""
    return SimpleUploadedFile(name, content)


def picture(kind="JPEG", size=(900, 600), **options):
    """Return the bytes of an image."""
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind, **options)
    return written.getvalue()


def content_of(attachment):
    """Return what is stored of a file."""
    with attachment.file.open("rb") as stored:
        return stored.read()


def at(name, attachment):
    """Return an address of a file."""
    return reverse(f"attachments:{name}", args=[attachment.pk])


def tab_of(person):
    """Return the address of a contact's tab."""
    return reverse("contacts:attachments", args=[person.pk])


@pytest.fixture
def plan(contact, agent):
    """A file that the agent added."""
    return attach(contact, sent(), by=agent)


@pytest.fixture
def photo(contact, agent):
    """An image that the agent added."""
    return attach(contact, sent("Terrace.jpg", picture()), by=agent)
