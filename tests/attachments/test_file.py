"""One file: handed out to its office only, and never run; renamed, deleted, restored."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from contacts.attachments.attaching import attach
from contacts.attachments.models import Attachment
from tests.attachments.conftest import at, content_of, picture, sent, tab_of
from tests.factories import UserFactory

HTMX = {"HX-Request": "true"}
ALL = ["download", "thumbnail", "edit", "trash", "restoration"]


def test_a_file_is_handed_out_to_be_saved(as_agent, plan):
    answer = as_agent.get(at("download", plan))

    assert b"".join(answer) == b"%PDF-1.7 a plan"
    assert answer["Content-Disposition"] == 'attachment; filename="Plan.pdf"'
    assert answer["Content-Length"] == "15"


@pytest.mark.parametrize("name", ["download", "thumbnail"])
def test_a_browser_runs_nothing_of_it(as_agent, photo, name):
    answer = as_agent.get(at(name, photo))
    list(answer)

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"].startswith("private")


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("señal.pdf", "attachment; filename*=utf-8''se%C3%B1al.pdf"),
        ('the "plan".pdf', 'attachment; filename="the \\"plan\\".pdf"'),
    ],
)
def test_its_name_is_told_as_the_standard_says(as_agent, contact, agent, name, header):
    answer = as_agent.get(at("download", attach(contact, sent(name), by=agent)))
    list(answer)

    assert answer["Content-Disposition"] == header


def test_the_thumbnail_is_small_and_tells_nothing_of_camera_or_place(as_agent, contact, agent):
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[1] = "N"
    photo = attach(contact, sent("a.jpg", picture(size=(1200, 600), exif=exif, icc_profile=b"x" * 200)), by=agent)
    image = Image.open(io.BytesIO(b"".join(as_agent.get(at("thumbnail", photo)))))

    assert (image.format, image.size) == ("WEBP", (480, 240))
    assert not image.getexif()
    assert not {"exif", "icc_profile", "xmp"} & set(image.info)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_every_kind_of_image_has_a_thumbnail(contact, agent, kind):
    assert attach(contact, sent("a.bin", picture(kind)), by=agent).thumbnail


@pytest.mark.parametrize("content", [picture()[:500], b"\xff\xd8\xff broken", picture("BMP"), b"GIF89a"])
def test_a_broken_image_is_kept_without_thumbnail(as_agent, contact, agent, content):
    attachment = attach(contact, sent("a.jpg", content), by=agent)

    assert not attachment.thumbnail
    assert as_agent.get(at("thumbnail", attachment)).status_code == 404
    assert as_agent.get(at("download", attachment)).getvalue() == content


def test_an_image_that_unfolds_too_far_is_kept_without_thumbnail(contact, agent, monkeypatch):
    monkeypatch.setattr("tesoro.images.MAX_PIXELS_UNFOLDED", 100)

    assert not attach(contact, sent("a.png", picture("PNG")), by=agent).thumbnail


def test_a_file_that_is_not_stored_any_more_is_404(as_agent, plan):
    plan.file.storage.delete(plan.file.name)

    assert as_agent.get(at("download", plan)).status_code == 404


@pytest.mark.parametrize("name", ALL)
def test_another_office_gets_404(as_stranger, photo, agent, name):
    if name == "restoration":
        photo.trash(by=agent)
    method = as_stranger.get if name in {"download", "thumbnail"} else as_stranger.post

    assert method(at(name, photo), {"name": "Mine"}).status_code == 404


@pytest.mark.parametrize("name", ["download", "thumbnail"])
def test_a_signed_out_visitor_is_asked_to_sign_in(client, photo, name):
    assert client.get(at(name, photo)).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["download", "thumbnail"])
def test_what_lies_in_the_trash_is_not_handed_out(as_agent, contact, photo, agent, name):
    photo.trash(by=agent)
    assert as_agent.get(at(name, photo)).status_code == 404
    photo.restore(by=agent)
    contact.trash(by=agent)
    assert as_agent.get(at(name, photo)).status_code == 404


def test_its_author_renames_it_and_the_ending_stays(as_agent, plan, contact):
    assert as_agent.post(at("edit", plan), {"name": "Floor plan"}).url == tab_of(contact)

    plan.refresh_from_db()
    assert plan.name == "Floor plan.pdf"


def test_the_form_shows_the_name_without_its_ending(as_agent, plan):
    text = as_agent.get(at("edit", plan)).content.decode()

    assert 'value="Plan"' in text
    assert "It still ends with “.pdf”." in text


@pytest.mark.parametrize(("headers", "status"), [({}, 422), (HTMX, 200)])
def test_a_name_that_cannot_be_stays_in_the_field(as_agent, plan, headers, status):
    answer = as_agent.post(at("edit", plan), {"name": "a/b"}, headers=headers)

    assert answer.status_code == status
    assert 'value="a/b"' in answer.content.decode()
    assert "has no “/”" in answer.content.decode()


def test_a_deleted_file_leaves_tab_and_timeline_and_offers_undo(as_agent, plan, contact):
    text = as_agent.post(at("trash", plan), {"next": tab_of(contact)}, follow=True).content.decode()

    assert "File deleted" in text
    assert f'action="{at("restoration", plan)}"' in text
    assert "Plan.pdf" not in text
    assert "Plan.pdf" not in as_agent.get(contact.get_absolute_url()).content.decode()


def test_undo_brings_it_back(as_agent, plan, contact, agent):
    plan.trash(by=agent)
    as_agent.post(at("restoration", plan), {"next": tab_of(contact)})

    assert "Plan.pdf" in as_agent.get(contact.get_absolute_url()).content.decode()
    assert content_of(Attachment.objects.get()) == b"%PDF-1.7 a plan"


@pytest.mark.parametrize("name", ["edit", "trash", "restoration"])
def test_a_colleague_may_not_change_it(client, account, plan, agent, name):
    if name == "restoration":
        plan.trash(by=agent)
    client.force_login(UserFactory(account=account))

    assert client.post(at(name, plan), {"name": "Mine"}).status_code == 403


@pytest.mark.parametrize("name", ["edit", "trash"])
def test_an_admin_may(as_admin, plan, name):
    assert as_admin.post(at(name, plan), {"name": "Better"}).status_code == 302


@pytest.mark.parametrize("name", ["trash", "restoration"])
def test_nothing_is_changed_by_looking(as_agent, plan, name):
    assert as_agent.get(at(name, plan)).status_code == 405
