"""Settings, Mail: the office's servers. A password that was stored is shown to nobody and sent nowhere else."""

import io

import pytest
from django.core.management import call_command
from django.urls import reverse

from contacts.emails import hosts
from contacts.emails.models import MailServer
from tesoro.secrecy import seal, unseal
from tests.factories import UserFactory
from tests.fakes import smtp

HTMX = {"HX-Request": "true"}
URL = "/settings/mail/"


def data(post, **changes):
    return {
        "sender": smtp.USER, "smtp_host": smtp.HOST, "smtp_port": post.port, "smtp_security": "none",
        "smtp_user": smtp.USER, "smtp_password": "", "imap_host": "", "imap_port": 993, "imap_security": "tls",
        "imap_user": "", "imap_password": "", "imap_folder": "INBOX", **changes,
    }  # fmt: skip


def test_server_is_stored_with_its_password_sealed(as_admin, account, post):
    as_admin.post(URL, data(post, smtp_password=smtp.PASSWORD))

    server = MailServer.objects.get(account=account)
    assert smtp.PASSWORD not in server.smtp_password
    assert unseal(server.smtp_password) == smtp.PASSWORD


def test_password_is_never_shown_again(as_admin, server):
    page = as_admin.get(URL).content.decode()

    assert "A password is stored." in page
    assert smtp.PASSWORD not in page
    assert server.smtp_password not in page


def test_password_is_not_shown_with_a_mistake_either(as_admin, server, post):
    page = as_admin.post(URL, data(post, sender="nobody", smtp_password="another secret")).content.decode()

    assert "There is no @ sign." in page
    assert "another secret" not in page


def test_password_is_in_no_page_of_support(client, server):
    client.force_login(UserFactory(account=None, is_staff=True, is_superuser=True))
    page = client.get(reverse("admin:emails_mailserver_change", args=[server.pk])).content.decode()

    assert smtp.HOST in page
    assert "password" not in page.lower().replace("change password", "").replace("password_change", "")
    assert server.smtp_password not in page


def test_password_leaves_in_no_export(server):
    out = io.StringIO()
    call_command("dumpdata", "emails", stdout=out)

    assert smtp.USER in out.getvalue()
    assert smtp.PASSWORD not in out.getvalue()


def test_empty_password_keeps_the_one_that_is_stored(as_admin, server, post):
    as_admin.post(URL, data(post, sender="other@example.com"))

    server.refresh_from_db()
    assert (server.sender, unseal(server.smtp_password)) == ("other@example.com", smtp.PASSWORD)


def test_stored_password_can_be_removed(as_admin, server, post):
    as_admin.post(URL, data(post, smtp_forget="on"))

    server.refresh_from_db()
    assert server.smtp_password == ""


@pytest.mark.parametrize("change", [{"smtp_host": "localhost"}, {"smtp_port": 2525}, {"smtp_user": "other"}])
def test_stored_password_goes_to_no_other_server(as_admin, server, post, change):
    answer = as_admin.post(URL, data(post, **change))

    assert answer.status_code == 422
    assert "Type its password again." in answer.content.decode()


def test_stored_password_does_not_go_out_in_the_open(as_admin, server, post):
    server.smtp_security = "tls"
    server.save()

    assert as_admin.post(URL, data(post, smtp_security="none")).status_code == 422


def test_server_that_is_gone_takes_its_password_along(as_admin, server, post):
    as_admin.post(URL, data(post, smtp_host=""))

    server.refresh_from_db()
    assert (server.smtp_host, server.smtp_password) == ("", "")


def test_saving_does_not_forget_how_far_the_mailbox_was_read(as_admin, server, post):
    as_admin.get(URL)
    MailServer.objects.update(imap_uid=77)
    as_admin.post(URL, data(post, sender="other@example.com"))

    server.refresh_from_db()
    assert server.imap_uid == 77


def test_another_mailbox_is_read_from_its_beginning(as_admin, server, post):
    MailServer.objects.update(imap_uid=77, imap_validity=5)
    as_admin.post(URL, data(post, imap_host=smtp.HOST, imap_user="u", imap_password="p"))

    server.refresh_from_db()
    assert (server.imap_uid, server.imap_validity) == (0, None)


@pytest.mark.parametrize(("changes", "words"), [
    ({"sender": ""}, "Say which address mail is sent from"),
    ({"smtp_port": 70_000}, "65535"),
    ({"smtp_port": ""}, "This field is required."),
    ({"smtp_host": "no-such-server.invalid"}, "There is no server named no-such-server.invalid."),
    ({"smtp_host": "x" * 199}, "There is no server named"),
    ({"smtp_security": "rot13"}, "rot13"),
])  # fmt: skip
def test_mistakes_are_told(as_admin, post, changes, words):
    answer = as_admin.post(URL, data(post, **changes))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not MailServer.objects.exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.7", "192.168.1.1", "169.254.169.254", "0.0.0.0",
                                  "::1", "fe80::1", "::ffff:127.0.0.1", "2130706433", "0x7f.1", "64:ff9b::7f00:1",
                                  "64:ff9b::a00:7", "64:ff9b:1::1", "64:ff9b:1::808:808", "::127.0.0.1", "::8.8.8.8",
                                  "fec0::1", "fc00::1", "2002:7f00:1::", "240.0.0.1", "ff02::1"])  # fmt: skip
def test_servers_inside_the_services_own_network_are_refused(as_admin, post, settings, host):
    settings.PRIVATE_MAIL_HOSTS = False
    answer = as_admin.post(URL, data(post, smtp_host=host))

    assert answer.status_code == 422
    assert "private network" in answer.content.decode()


def test_name_with_one_private_address_among_others_is_refused(settings, monkeypatch):
    settings.PRIVATE_MAIL_HOSTS = False
    found = [(0, 0, 0, "", (number, 25)) for number in ("93.184.216.34", "10.0.0.7")]
    monkeypatch.setattr(hosts.socket, "getaddrinfo", lambda *_args, **_kwargs: found)
    with pytest.raises(hosts.ValidationError) as refused:
        hosts.connect("mail.example.com", 25, 1)

    assert refused.value.code == "private_host"


@pytest.mark.parametrize("host", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822",
                                  "::ffff:5db8:d822"])  # fmt: skip
def test_public_address_is_let_through(settings, host):
    settings.PRIVATE_MAIL_HOSTS = False

    assert hosts.addresses(host, 25)


def test_connection_that_works_is_told(as_admin, server, post):
    page = as_admin.post(reverse("emails:test-smtp")).content.decode()

    assert "The connection works." in page
    assert post.letters == []


def test_connection_that_does_not_work_says_why_beside_the_button(as_admin, server):
    server.smtp_password = seal("wrong")
    server.save()
    answer = as_admin.post(reverse("emails:test-smtp"), headers=HTMX).content.decode()

    assert "The server refused user name or password" in answer
    assert "<html" not in answer


def test_mailbox_that_is_not_there_is_told(as_admin, server):
    server.imap_host, server.imap_port = smtp.HOST, 9
    server.save()

    assert 'data-tone="bad"' in as_admin.post(reverse("emails:test-imap"), headers=HTMX).content.decode()


@pytest.mark.parametrize("way", ["smtp", "imap"])
def test_what_is_not_set_up_cannot_be_tested(as_admin, account, way):
    assert as_admin.post(reverse(f"emails:test-{way}")).status_code == 404


def test_page_says_where_mail_may_be_forwarded_to(as_admin, account, settings):
    settings.INBOUND_ADDRESS = "in@reply.example.com"

    assert f"in+office-{account.slug}@reply.example.com" in as_admin.get(URL).content.decode()


def test_agents_have_no_such_page(as_agent, server):
    assert as_agent.get(URL).status_code == 403
