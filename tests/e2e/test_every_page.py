"""Every page, light and dark, wide and narrow: accessible, within its width, quiet, strict and light of weight."""

import gzip
from html.parser import HTMLParser

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.e2e.conftest import session_cookie
from tests.e2e.opened import OPENED
from tests.e2e.showcase import furnish
from tests.factories import AccountFactory, UserFactory

TABS = [
    "",
    "info/",
    "deals/",
    "notes/",
    "emails/",
    "calls/",
    "whatsapp/",
    "sms/",
    "tasks/",
    "meetings/",
    "attachments/",
]
COMPANY_TABS = ["", "info/", "contacts/", "notes/", "attachments/"]
DEAL_TABS = ["", "info/", "contacts/", "notes/", "emails/", "tasks/", "meetings/", "attachments/"]
ADMIN = [
    "/", "/?period=custom", "/?period=custom&from=2026-03-02&to=2026-03-01&agent=x", "/?period=month&agent={agent}",
    "/activity/", "/activity/?period=custom&from=2026-03-02&to=2026-03-01&agent=x",
    "/activity/?kind=call&agent={agent}",
    "/contacts/", "/contacts/?per_page=50&sort=-name", "/contacts/?role=buyer&tag=1&created=7d&q=last",
    "/contacts/?q=nobody+at+all&role=seller&do_not_contact=true", "/contacts/?q=von+Hohenfels",
    "/contacts/new/", "/contacts/filters/", "/contacts/columns/", "/contacts/map/", "/contacts/map/?q=nobody+at+all",
    "/contacts/map/filters/", "/leads/map/", "/relations/map/", "/deals/map/?pipeline=buyer",
    "/contacts/?columns=name,city,relation,language,by,zip",
    "/contacts/?tag=999999", "/contacts/views/{view}/", "/contacts/views/{view}/deletion/",
    "/contacts/?role=seller&view={view}", "/leads/columns/", "/leads/?columns=name,type,price,places,timing,portal",
    "/relations/?columns=name,website,country,channel", "/deals/columns/",
    "/deals/?columns=name,commission,tags,days,age,city,price,parties",
    "/contacts/{person}/edit/", "/contacts/{person}/photo/",
    *(f"/contacts/{{person}}/{tab}" for tab in TABS), "/contacts/{plain}/", "/contacts/{plain}/notes/",
    "/contacts/{person}/?kind=people", "/contacts/{person}/info/tags/",
    "/contacts/{plain}/?kind=email&kind=call&kind=sms", "/contacts/{trashed}/",
    "/notes/{note}/edit/", "/files/{file}/edit/",
    "/leads/board/", "/leads/board/?open=lost&open=unqualified", "/leads/board/?q=nobody+at+all",
    "/leads/board/filters/", "/leads/{lead}/status/?status=lost&before=",
    "/leads/", "/leads/?q=nobody+at+all", "/leads/{lead}/", "/leads/{lead}/info/", "/leads/{lead}/notes/",
    "/leads/new/", "/leads/filters/", "/leads/{lead}/edit/", "/leads/{lead}/conversion/",
    "/leads/{plain}/reversion/", "/leads/{former}/deals/",
    "/calendar/", "/calendar/?view=week&who=all", "/calendar/?view=day", "/calendar/?day=2030-01-01", "/calendar/new/",
    "/meetings/{meeting}/", "/meetings/{meeting}/edit/", "/meetings/{meeting}/cancellation/",
    "/contacts/{person}/meetings/new/", "/settings/calendar/",
    "/tasks/", "/tasks/?who=everybody", "/tasks/{task}/edit/", "/contacts/{person}/tasks/new/",
    "/tasks/new/", "/contacts/{plain}/emails/new/", "/contacts/{person}/emails/new/",
    "/contacts/{person}/emails/conversations/{conversation}/", "/contacts/{plain}/calls/new/",
    "/contacts/{plain}/calls/log/", "/calls/{call}/edit/", "/contacts/{plain}/sms/", "/contacts/{plain}/whatsapp/",
    "/search/", "/search/?q=an", "/search/?q=nobody+at+all", "/search/?q=the",
    "/inbox/", "/inbox/waiting/", "/settings/mail/", "/settings/telephone/", "/inbox/{stray}/lead/",
    "/inbox/{stray}/person/",
    "/settings/whatsapp-templates/", "/settings/whatsapp-templates/new/", "/settings/whatsapp-templates/{template}/",
    "/settings/enquiries/", "/settings/enquiries/tokens/new/", "/enquiry/{enquiry}/",
    "/relations/", "/relations/?type=bank&city=nowhere&q=last", "/relations/new/", "/relations/filters/",
    *(f"/relations/{{relation}}/{tab}" for tab in COMPANY_TABS), "/relations/{relation}/info/website/",
    "/relations/{relation}/edit/", "/relations/{bare}/", "/relations/{bare}/contacts/", "/relations/{sold}/",
    "/deals/board/?pipeline=buyer", "/deals/board/?pipeline=owner&open=lost&open=won",
    "/deals/{deal}/stage/?stage=lost",
    "/deals/board/?pipeline=buyer&q=nobody+at+all", "/deals/board/filters/?pipeline=owner",
    *(f"/deals/{{deal}}/{tab}" for tab in DEAL_TABS), "/deals/{deal}/emails/conversations/{letter_thread}/",
    *(f"/deals/{{deal}}/{tab}/new/" for tab in ("emails", "tasks", "meetings")), "/contacts/{plain}/deals/",
    *(f"/deals/{{bare_deal}}/{tab}" for tab in ("", "notes/", "emails/", "tasks/", "meetings/", "attachments/")),
    "/trash/", "/trash/?q=nobody+at+all", "/trash/?bin=relations", "/contacts/new/?relation={relation}",
    "/settings/account/", "/settings/profile/", "/settings/tags/", "/settings/users/",
    "/settings/users/?status=pending", "/settings/users/invitations/", "/settings/users/{agent}/deactivation/",
    "/settings/outbox/", "/settings/outbox/{letter}/",
    "/contacts/duplicates/", "/contacts/duplicates/?reason=mailbox", "/contacts/duplicates/{person}/{lead}/",
    "/contacts/duplicates/{person}/{kept}/", "/contacts/duplicates/merges/", "/contacts/duplicates/merges/{merge}/",
    "/contacts/{kept}/", "/contacts/{gone}/",
    "/contacts/imports/", "/contacts/imports/new/", "/contacts/imports/{run_mapping}/mapping/",
    "/contacts/imports/?kind=lead", "/contacts/imports/new/?kind=lead", "/contacts/imports/new/?kind=relation",
    "/contacts/imports/new/?kind=deal", "/contacts/imports/?kind=deal",
    "/contacts/imports/{run_done}/mapping/", "/contacts/imports/{run_verify}/verify/",
    "/contacts/imports/{run_verify}/verify/?show=all", "/contacts/imports/{run_verify}/verify/?show=skip",
    "/contacts/imports/{run_verify}/rows/7/0/", "/contacts/imports/{run_busy}/run/",
    "/contacts/imports/{run_stopped}/run/", "/contacts/imports/{run_done}/run/",
    "/contacts/imports/{run_done}/verify/?show=all", "/contacts/imports/{run_undone}/run/",
    "/contacts/999999999/", "/sign-out/", "/invitation/{invitation}/",
]  # fmt: skip
AGENT = [
    "/", "/?period=quarter", "/activity/?kind=note", "/contacts/", "/contacts/{person}/", "/settings/",
    "/settings/profile/",
]  # fmt: skip
NOBODY_YET = [
    "/", "/activity/",
    "/deals/board/?pipeline=buyer",
    "/search/", "/contacts/", "/contacts/map/", "/leads/",
    "/relations/", "/tasks/", "/calendar/", "/inbox/", "/inbox/waiting/",
    "/trash/",
    "/settings/mail/",
    "/settings/telephone/", "/settings/whatsapp-templates/", "/settings/enquiries/", "/settings/tags/",
    "/settings/outbox/", "/contacts/imports/", "/contacts/duplicates/", "/contacts/duplicates/merges/",
]  # fmt: skip
SIGNED_OUT = [
    "/sign-in/", "/sign-up/", "/inactive/", "/password/reset/", "/password/reset/done/",
    "/password/reset/key/{uid}-{key}/", "/password/reset/key/{uid}-wrong/", "/password/reset/key/done/",
    "/invitation/{invitation}/", "/invitation/wrong/", "/no-such-page/", "/enquiry/{enquiry}/",
    "/enquiry/{enquiry}/thanks/", "/enquiry/wrong/",
]  # fmt: skip
EXPECTED = {"/contacts/999999999/": 404, "/no-such-page/": 404, "/enquiry/wrong/": 404, "/invitation/wrong/": 410}
MOST_BYTES = 100_000
# A page that is a map has Leaflet besides, which no other page fetches before somebody asks for a map.
MAP_BYTES = 48_000
# Long walks are cut into so many tests: what one worker walks for minutes, the others wait for at the end.
PARTS, PARTS_OPENED = 6, 3
# A desk, and a phone: a page is loaded once and looked at in both windows, for no server knows how wide one is.
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# Only colours differ between the themes: the dark one needs no more than these rules.
COLOURS = ["color-contrast", "link-in-text-block"]
AXE = """rules => axe.run(document, {resultTypes: ['violations'], ...(rules && {runOnly: rules})})
  .then(({violations}) => violations.flatMap(({id, nodes}) =>
    nodes.map(node => `${id}: ${node.target.join(' ')} ${node.html.slice(0, 160)}`)))"""
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  const wide = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
  if (wide <= width) return [];
  const far = [...document.querySelectorAll('body *')].filter(one => one.checkVisibility() && one.scrollWidth > width);
  return [`${wide} in a window of ${width}`, ...far.slice(-2).map(one => one.outerHTML.slice(0, 160))];
}"""


class Inline(HTMLParser):
    """Collects what the content policy forbids."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(f"<{tag}>")
        self.found += [f"<{tag} {name}>" for name in names if name == "style" or name.startswith("on")]
        self.found += [f"<{tag} {name}={value}>" for name, value in attrs if (value or "").startswith("javascript:")]


def of_markup(answer):
    """Return what is wrong with a page's headers and markup, whatever its size and theme."""
    policy = answer.headers.get("content-security-policy", "")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if " " in rule.strip())
    wanted = {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'"}
    wrong = [f"{name} {rules.get(name)}" for name, value in wanted.items() if rules.get(name) != value]
    parser = Inline()
    parser.feed(answer.text())
    return wrong + parser.found


def of_width(page):
    """Return what is wider than the window, at its own width and, on a phone, on the smallest one."""
    wrong = page.evaluate(OVERFLOW)
    if page.viewport_size == PHONE:
        page.set_viewport_size({"width": 360, "height": 740})
        wrong += page.evaluate(OVERFLOW)
        page.set_viewport_size(PHONE)
    return [f"too wide: {one}" for one in wrong]


def of_access(page):
    """Return the violations that axe finds in both themes, under the page's own content policy."""
    page.emulate_media(color_scheme="light")
    found = [f"light: {one}" for one in page.evaluate(AXE)]
    page.emulate_media(color_scheme="dark")
    return found + [f"dark: {one}" for one in page.evaluate(AXE, COLOURS)]


def of_weight(page, answer, known):
    """Return the weight of a page with all it loads, compressed, if it is too much. ``known`` spares weighing twice."""
    size = len(gzip.compress(answer.body()))
    loaded = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    for url in loaded:
        if url not in known:
            known[url] = len(gzip.compress(page.request.get(url).body()))
        size += known[url]
    most = MOST_BYTES + (MAP_BYTES if any("/leaflet/" in url for url in loaded) else 0)
    return [f"{size:,} bytes"] if size > most else []


class Walk:
    """A walk over pages in one window, and what was found wrong by address."""

    def __init__(self, page, places):
        self.page, self.places = page, places
        self.known, self.wrong = {}, {}

    def over(self, paths, expected=200):
        """Look at every page."""
        for path in paths:
            self.page.set_viewport_size(DESK)
            answer = self.page.goto(path.format(**self.places))
            status = EXPECTED.get(path, expected)
            found = [] if answer.status == status else [f"{answer.status} instead of {status}"]
            found += of_markup(answer) + of_weight(self.page, answer, self.known)
            self.page.evaluate(AXE_SCRIPT)
            for name, size in (("desk", DESK), ("phone", PHONE)):
                self.page.set_viewport_size(size)
                found += [f"{name}: {one}" for one in of_width(self.page) + of_access(self.page)]
            self.note(path, found)

    def at(self, path, act):
        """Look at a page after something was done on it."""
        self.page.goto(path.format(**self.places))
        act(self.page)
        self.page.evaluate(AXE_SCRIPT)
        self.note(f"{path} {act.__name__}", of_width(self.page) + of_access(self.page))

    def note(self, path, found):
        """Keep what was found."""
        if found:
            self.wrong[path] = found


@pytest.fixture
def places(account, admin, agent, settings):
    """The office in full use, and what the addresses of its pages are made of."""
    settings.EMAIL_BACKEND = "accounts.mail.OutboxBackend"
    return furnish(account, admin, agent)


@pytest.fixture
def page(open_browser):
    """A window."""
    return open_browser(viewport=DESK)


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def window(request, open_browser):
    """A window of the width of a desk, or of a phone: what opens over a page is opened by other means in each."""
    return open_browser(viewport=request.param)


def enter(page, user):
    """Sign a user in, in the place of whoever was there."""
    url = page.evaluate("location.origin")
    page.context.add_cookies([session_cookie(user, url)])


def test_every_page_is_accessible_strict_light_and_within_its_width(page, agent, places):
    walk = Walk(page, places)
    walk.over(SIGNED_OUT)
    enter(page, agent)
    walk.over(AGENT)
    walk.over(["/contacts/imports/"], expected=403)
    enter(page, UserFactory(account=AccountFactory(name="Nobody yet"), role="admin"))
    walk.over(NOBODY_YET)

    assert walk.wrong == {}


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_of_an_admin_is_too(page, admin, places, part):
    walk = Walk(page, places)
    page.goto("/sign-in/")
    enter(page, admin)
    walk.over(ADMIN[part::PARTS])

    assert walk.wrong == {}


@pytest.mark.parametrize("part", range(PARTS_OPENED))
def test_everything_that_opens_over_a_page_is_accessible_too(window, admin, places, part):
    walk = Walk(window, places)
    window.goto("/sign-in/")
    enter(window, admin)
    for path, acts in list(OPENED.items())[part::PARTS_OPENED]:
        for act in acts:
            walk.at(path, act)

    assert walk.wrong == {}
