"""What leads of the demo wrote before they were leads."""

from collections.abc import Callable
from random import Random
from typing import Any

from contacts.demo.chronicle import Fact
from contacts.models import Kind
from leads.enquiries.models import Enquiry
from leads.models import Lead, Source

MESSAGES = [
    "Is the terrace as large as it looks in the pictures? We could come over in the second week of next month.",
    "Hola, me interesa la vivienda. ¿Se puede visitar este sábado por la mañana?",
    "Wir suchen für zwei Personen, ruhig gelegen, und würden gern nächste Woche besichtigen.",
    "Please send the energy certificate and the yearly costs of the community.",
    "Est-ce que le prix est négociable ? Nous achetons sans crédit.",
    "We are selling our house in Altea and would like to know what it is worth.",
]


def furnish(office: Any, drafts: list[Any]) -> Callable[[], None]:
    """Let those who came by the website or a portal begin with an enquiry; the rows are stored with the others."""
    rng = Random(72)  # noqa: S311  (the same data every time)
    for draft in drafts:
        lead = getattr(draft.person, "lead", None) if draft.person.kind == Kind.LEAD else None
        if lead is not None and lead.source in (Source.WEBSITE, Source.PORTALS) and draft.facts[0].verb == "created":
            draft.facts.insert(1, _asked(rng, draft, lead))
    return lambda: None


def _asked(rng: Random, draft: Any, lead: Lead) -> Fact:
    person = draft.person
    row = Enquiry(
        name=person.full_name,
        phone=person.phone,
        wish=lead.criteria_told(person.account.currency)[:500],
        message=rng.choice(MESSAGES),
        reference=f"CM-{rng.randint(100, 999)}" if lead.portal else "",
        source=lead.source,
        portal=lead.portal,
        made_lead=True,
        told_at=person.created_at,
    )
    draft.facts[0].actor = None
    return Fact(person.created_at, "enquired", None, {"name": person.full_name}, row=row)
