"""On each stage of a board a deal can begin, on those that are folded too."""

import re

import pytest

from deals.models import Pipeline
from deals.models.choices import stages_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("opened", ["", "&open=won&open=lost"])
@pytest.mark.parametrize("pipeline", Pipeline.values)
def test_every_stage_has_its_plus(as_agent, account, deal, pipeline, opened):
    deal.type = "buy" if pipeline == "buyer" else "sell"
    deal.stage = stages_of(pipeline)[0]
    deal.save()
    page = as_agent.get(f"/deals/board/?pipeline={pipeline}{opened}").content.decode()

    found = re.findall(rf'href="/deals/new/\?pipeline={pipeline}&amp;stage=(\w+)"[^>]*aria-label="([^"]*)"', page)

    assert found == [(stage.value, f"Create deal: {stage.label}") for stage in stages_of(pipeline)]


def test_form_begins_in_that_stage(as_agent, deal):
    page = as_agent.get("/deals/new/?pipeline=buyer&stage=won").content.decode()
    assert '<option value="won" selected>' in page
