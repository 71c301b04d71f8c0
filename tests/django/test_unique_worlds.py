"""Whatever is done to records in whichever order, no two have what is unique."""

from __future__ import annotations

import pytest
from landregistry.models import Party

from tests.django.unique_cases import (
    checked,
    each_mode,
    offices_named,
    projects_of,
    values_held_twice,
    wrong_claims,
)
from tests.django.unique_world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick_to_notice")]


@pytest.fixture
def offices():
    offices = offices_named("abc")
    projects_of(offices)
    return offices


@each_mode
@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_to_records_nothing_is_there_twice(seed, mode, offices):
    world = World(seed, offices, mode)
    for _ in range(80):
        world.act(moves_projects=False)
        assert (wrong_claims(Party), values_held_twice(Party)) == ([], [])

    assert world.happened.count("refused") > 5
    assert checked(Party)[0] == 0


@each_mode
@pytest.mark.parametrize("seed", range(3))
def test_where_projects_change_their_organisation_the_audit_puts_all_right(seed, mode, offices):
    world = World(seed, offices, mode)
    for _ in range(80):
        world.act(moves_projects=True)

    checked(Party)
    code, said = checked(Party)
    assert code == bool(values_held_twice(Party)), said
    assert bool(wrong_claims(Party)) == bool(code)  # who has given up what another has
