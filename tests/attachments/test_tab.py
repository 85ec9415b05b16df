"""The tab: what is there, newest first, page by page; and the card in the timeline."""

from django.urls import reverse

from contacts.attachments.attaching import MAX_BYTES, attach
from tests.attachments.conftest import at, picture, sent, tab_of

HTMX = {"HX-Request": "true"}


def test_files_stand_newest_first(as_agent, contact, plan, photo):
    assert as_agent.get(tab_of(contact)).context["files"] == [photo, plan]


def test_each_says_what_it_is_and_who_added_it(as_agent, contact, plan, agent):
    text = as_agent.get(tab_of(contact)).content.decode()

    assert "Plan.pdf" in text
    assert "PDF, 15\xa0bytes" in text
    assert f"· {agent.get_full_name()} ·" in text
    assert f'href="{at("download", plan)}"' in text


def test_an_image_shows_its_picture(as_agent, contact, photo, plan):
    text = as_agent.get(tab_of(contact)).content.decode()

    assert f'src="{at("thumbnail", photo)}"' in text
    assert at("thumbnail", plan) not in text


def test_without_files_the_tab_says_what_will_be_here(as_agent, contact):
    assert "No files yet" in as_agent.get(tab_of(contact)).content.decode()


def test_the_form_works_without_script_and_tells_the_script_the_limit(as_agent, contact):
    text = as_agent.get(tab_of(contact)).content.decode()

    assert 'type="file" name="files" id="id_files" multiple' in text
    assert f'data-max-bytes="{MAX_BYTES}"' in text


def test_what_came_with_an_email_says_so(as_agent, contact):
    attach(contact, sent(), by=None, shown=False)

    assert "· From an email ·" in as_agent.get(tab_of(contact)).content.decode()
    assert "Plan.pdf" not in as_agent.get(contact.get_absolute_url()).content.decode()


def test_the_card_stands_in_the_timeline(as_agent, contact, photo):
    text = as_agent.get(contact.get_absolute_url()).content.decode()

    assert f'id="file-{photo.pk}"' in text
    assert at("trash", photo) in text


def test_ten_cards_in_the_timeline_cost_no_query_more_than_one(as_agent, contact, agent, plan):
    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as captured:
            as_agent.get(contact.get_absolute_url())
        return len(captured)

    queries()
    once = queries()
    for number in range(9):
        attach(contact, sent(f"{number}.pdf"), by=agent)
    assert queries() == once


def test_many_files_come_page_by_page(as_agent, contact, agent, django_assert_max_num_queries):
    for number in range(65):
        attach(contact, sent(f"{number}.pdf"), by=agent)
    with django_assert_max_num_queries(15):
        page = as_agent.get(tab_of(contact)).context
    seen = [file.pk for file in page["files"]]
    while page["older"]:
        answer = as_agent.get(tab_of(contact), {"older": page["older"]}, headers=HTMX)
        assert "<html" not in answer.content.decode()
        page = answer.context
        seen += [file.pk for file in page["files"]]

    assert len(seen) == len(set(seen)) == 65


def test_the_tab_says_how_many_there_are(as_agent, contact, agent, plan, photo):
    photo.trash(by=agent)
    tabs = {tab.key: tab for tab in as_agent.get(contact.get_absolute_url()).context["record"].tabs}

    assert tabs["attachments"].count == 1


def test_a_colleague_downloads_and_changes_nothing(client, account, contact, plan):
    from tests.factories import UserFactory

    client.force_login(UserFactory(account=account))
    text = client.get(tab_of(contact)).content.decode()

    assert at("download", plan) in text
    assert at("edit", plan) not in text
    assert at("trash", plan) not in text


def test_the_tab_of_a_lead_is_reached_by_its_own_address(as_agent, contact):
    assert as_agent.get(reverse("leads:attachments", args=[contact.pk])).url == contact.get_absolute_url()


def test_a_large_image_costs_little_to_show(contact, agent):
    shown = attach(contact, sent("a.png", picture("PNG", (4000, 3000))), by=agent).thumbnail

    assert shown.size < 20_000
