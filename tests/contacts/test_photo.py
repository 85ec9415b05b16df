"""The photo of a person: what is taken, what is refused and where that is told."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from contacts.models import Person
from contacts.timeline.models import Event
from tesoro.images import MAX_BYTES
from tests.factories import LeadFactory


def picture(kind="PNG", size=(40, 30)):
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind)
    return written.getvalue()


def upload(client, person, content, name="photo.png"):
    return client.post(reverse("contacts:photo", args=[person.pk]), {"photo": SimpleUploadedFile(name, content)})


def stored(person):
    return Person.objects.get(pk=person.pk).avatar


def of_size(length):
    """Return a PNG of exactly this many bytes: what follows the picture is passed over."""
    content = picture()
    return content + b"\0" * (length - len(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_photo_is_stored_as_square_with_event(as_agent, contact, kind):
    assert upload(as_agent, contact, picture(kind)).url == contact.get_absolute_url()
    with stored(contact).open() as file, Image.open(file) as image:
        assert (image.format, image.size) == ("WEBP", (512, 512))
    assert Event.objects.get(person=contact).verb == "photographed"


def test_photo_is_shown_on_the_page(as_agent, contact):
    upload(as_agent, contact, picture())
    assert stored(contact).url in as_agent.get(contact.get_absolute_url()).content.decode()


def test_photo_of_exactly_one_megabyte_is_taken(as_agent, contact):
    assert upload(as_agent, contact, of_size(MAX_BYTES)).status_code == 302
    assert stored(contact)


def test_one_byte_more_is_refused_beside_the_file(as_agent, contact):
    answer = upload(as_agent, contact, of_size(MAX_BYTES + 1))
    assert answer.status_code == 422
    assert "A photo may have at most 1 MB" in answer.content.decode()
    assert 'id="id_photo_error"' in answer.content.decode()
    assert not stored(contact)
    assert not Event.objects.exists()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "svg": (SVG, "photo.svg"),
    "svg named png": (SVG, "photo.png"),
    "html named png": (b"<!doctype html><script>alert(1)</script>", "photo.png"),
    "cut off": (picture("JPEG", (400, 400))[:900], "photo.jpg"),
    "header alone": (b"\x89PNG\r\n\x1a\n", "photo.png"),
    "empty": (b"", "photo.png"),
}


@pytest.mark.parametrize(("content", "name"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_photo_is_refused(as_agent, contact, content, name):
    assert upload(as_agent, contact, content, name).status_code == 422
    assert not stored(contact)


def test_no_file_at_all_is_refused(as_agent, contact):
    answer = as_agent.post(reverse("contacts:photo", args=[contact.pk]))
    assert answer.status_code == 422
    assert "Choose a photo." in answer.content.decode()


def test_refused_photo_keeps_the_one_before(as_agent, contact):
    upload(as_agent, contact, picture())
    before = stored(contact).name
    upload(as_agent, contact, b"no picture")
    assert stored(contact).name == before


@pytest.mark.django_db(transaction=True)
def test_new_photo_takes_the_place_of_the_old_file(as_agent, contact):
    upload(as_agent, contact, picture())
    old = stored(contact)
    upload(as_agent, contact, picture("JPEG"))
    assert stored(contact).name != old.name
    assert not old.storage.exists(old.name)


def test_photo_is_deleted(as_agent, contact):
    upload(as_agent, contact, picture())
    as_agent.post(reverse("contacts:photo-deletion", args=[contact.pk]))
    assert not stored(contact)


def test_deleting_where_there_is_none_does_nothing(as_agent, contact):
    assert as_agent.post(reverse("contacts:photo-deletion", args=[contact.pk])).status_code == 302
    assert not Event.objects.exists()


def test_photo_is_not_deleted_by_looking(as_agent, contact):
    assert as_agent.get(reverse("contacts:photo-deletion", args=[contact.pk])).status_code == 405


def test_lead_has_a_photo_too(as_agent, account):
    lead = LeadFactory(account=account)
    assert upload(as_agent, lead, picture()).url == reverse("leads:detail", args=[lead.pk])


def test_photo_has_a_page_that_works_without_script(as_agent, contact):
    text = as_agent.get(reverse("contacts:photo", args=[contact.pk])).content.decode()
    assert 'enctype="multipart/form-data"' in text
    assert "JPEG, PNG, GIF or WebP, at most 1 MB" in text
