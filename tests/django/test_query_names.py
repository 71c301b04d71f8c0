"""Which attribute a name means in a query, and what a record without the key reads as there."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import textwrap

import pytest
from django.core.exceptions import FieldError
from django.db import connection, transaction
from django.db.models import Avg, F
from landregistry.models import Organization, Party, Project

from jsonattrs_core import Attribute
from jsonattrs_django.models import Attr, SchemaRecord
from tests.django.databases import environment
from tests.django.others import ROOT
from tests.django.queries import asked
from tests.django.stored import store

pytestmark = pytest.mark.django_db(transaction=True)


def define(*attributes, selectors=()):
    return SchemaRecord.objects.define(Party, attributes, selectors=selectors)


@pytest.fixture
def offices():
    return [Organization.objects.create(slug=name, name=f"Office {name}") for name in "ab"]


@pytest.fixture
def parties(offices):
    """Return a party of each organisation, of which nothing is stored."""
    projects = [Project.objects.create(organization=office, slug=office.slug, name="P") for office in offices]
    return [Party.objects.create(project=project, type="IN") for project in projects]


def found(**conditions):
    return [*Party.objects.filter(**conditions).order_by("pk")]


def test_a_name_of_every_record_has_that_type_whatever_narrower_schemas_do(offices, parties):
    define(Attribute("score", "integer"))
    define(Attribute("score", "text"), selectors=(offices[0],))
    store(parties[0], '{"score": "5"}')
    store(parties[1], '{"score": 5}')

    assert found(attrs__score=5) == [parties[1]]
    assert found(attrs__score__isnull=True) == [parties[0]]


def test_where_schemas_disagree_the_query_says_which_and_the_refusal_names_nobody(offices, parties):
    define(Attribute("score", "integer"), selectors=(offices[0],))
    define(Attribute("score", "text"), selectors=(offices[1],))
    store(parties[0], '{"score": 5}')
    store(parties[1], '{"score": "5"}')
    queries = Party.objects.filter(attrs__score=5)

    with pytest.raises(FieldError) as refused:
        list(queries)
    assert "integer, text" in str(refused.value)
    assert "Office" not in str(refused.value)
    for kind, value, party in (("integer", 5, parties[0]), ("text", "5", parties[1])):
        chosen = Party.objects.annotate(score=Attr("score", type=kind)).filter(score=value)
        assert list(chosen) == [party]


def test_where_schemas_agree_a_name_needs_no_more(offices, parties):
    for office in offices:
        define(Attribute("score", "integer"), selectors=(office,))
    store(parties[1], '{"score": 5}')

    assert found(attrs__score__gte=5) == [parties[1]]


def test_one_name_of_two_attributes_is_told_apart_by_key(offices, parties):
    define(Attribute("name", "text", key="one"), selectors=(offices[0],))
    define(Attribute("name", "text", key="two"), selectors=(offices[1],))
    store(parties[0], '{"one": "x"}')
    store(parties[1], '{"two": "x"}')

    with pytest.raises(FieldError, match="several attributes"):
        found(attrs__name="x")
    assert list(Party.objects.annotate(name_=Attr(key="two")).filter(name_="x")) == [parties[1]]


def test_a_rename_breaks_no_query(parties):
    define(Attribute("score", "integer"))
    store(parties[0], '{"score": 5}')
    define(Attribute("points", key="score", type="integer"))

    assert found(attrs__score=5) == found(attrs__points=5) == [parties[0]]


def test_a_retired_name_is_refused_and_an_unknown_one_is_told_the_nearest(parties):
    schema = define(Attribute("score", "integer"), Attribute("gone", "integer"))
    define(Attribute("score", "integer"))
    with pytest.raises(FieldError, match="'gone' is retired"):
        found(attrs__gone=1)
    with pytest.raises(FieldError, match="did you mean 'score'"):
        found(attrs__scores=1)
    schema.retire()
    for name in ("score", "gone"):
        with pytest.raises(FieldError, match=f"'{name}' is retired$"):
            found(**{f"attrs__{name}": 1})
        with pytest.raises(FieldError, match=f"'{name}' is retired$"):
            list(Party.objects.annotate(x=Attr(key=name)))
    with pytest.raises(FieldError, match=r"'scores' is not known$"):
        found(attrs__scores=1)
    schema.restore()
    assert found(attrs__score=1) == []


def test_no_error_offers_a_name_that_only_some_records_have(offices, parties):
    define(Attribute("height", "integer"))
    define(Attribute("merger_with_acme", "text", key="secret_key"), selectors=(offices[0],))
    old = define(Attribute("merger_with_bolt", "text", key="bolt_key"), selectors=(offices[1],))
    old.retire()
    for name in ("merger_with_acne", "secret_keys", "merger_with_boldt", "bolt_keys"):
        with pytest.raises(FieldError, match=f"'{name}' is not known$"):
            found(**{f"attrs__{name}": 1})
        with pytest.raises(FieldError, match=f"'{name}' is not known$"):
            list(Party.objects.annotate(x=Attr(key=name)))
    with pytest.raises(FieldError, match="did you mean 'height'"):
        found(attrs__heigth=1)
    with pytest.raises(FieldError, match=r"'merger_with_bolt' is retired$"):
        found(attrs__merger_with_bolt="x")


def test_a_type_that_nobody_knows_is_refused_when_the_query_is_run(parties):
    queries = Party.objects.annotate(x=Attr(key="zzz", type="nosuch", multiple=False))
    with pytest.raises(FieldError, match=r"'zzz'.*the type 'nosuch' is not known$"):
        list(queries)
    with pytest.raises(FieldError, match="the type 'intger' is not known; did you mean 'integer'"):
        list(Party.objects.alias(x=Attr(key="zzz", type="intger", multiple=False)).filter(x=1))


def test_a_change_is_seen_in_its_transaction_and_nowhere_after_a_rollback(parties):
    define(Attribute("score", "integer"))
    store(parties[0], '{"score": "x"}')
    assert found(attrs__score__isnull=False) == []
    with transaction.atomic():
        define(Attribute("score", "text"))
        assert found(attrs__score="x") == [parties[0]]
        transaction.set_rollback(True)

    assert found(attrs__score__isnull=False) == []


def test_a_query_whose_schemas_are_known_takes_one_query(parties):
    define(Attribute("score", "integer", initial_default=3))
    found(attrs__score=5)
    with asked() as queries:
        found(attrs__score=5)
    assert len(queries) == 1


def test_an_initial_default_is_that_of_the_records_own_scope(offices, parties):
    define(Attribute("score", "integer", initial_default=1), Attribute("rate", "decimal", initial_default="1.50"))
    define(Attribute("score", initial_default=2), selectors=(offices[1],))
    for party in parties:
        store(party, "{}")
    null = Party.objects.create(project=parties[0].project, type="IN")
    store(null, '{"score": null}')

    assert found(attrs__score=1) == [parties[0]]
    assert found(attrs__score=2) == [parties[1]]
    assert found(attrs__score__isnull=True) == [null]
    ordered = Party.objects.order_by(F("attrs__score").desc(nulls_last=True))
    assert list(ordered.values_list("attrs__score", flat=True)) == [2, 1, None]
    assert [party.attrs.get("score") for party in Party.objects.order_by("pk")] == [1, 2, None]
    assert {str(value) for value in Party.objects.values_list("attrs__rate", flat=True)} <= {"1.50", "1.5"}


def test_more_than_fifty_defaults_are_asked_to_be_written(offices, parties):
    define(Attribute("score", "integer"))
    for number in range(51):
        office = Organization.objects.create(slug=f"o{number}", name="O")
        define(Attribute("score", initial_default=number), selectors=(office,))
    with pytest.raises(FieldError, match="backfill"):
        found(attrs__score=1)


def test_across_relations_and_of_several_fields(parties):
    define(Attribute("score", "integer"))
    store(parties[0], '{"score": 5}')
    project = parties[0].project

    assert list(Project.objects.filter(parties__attrs__score=5)) == [project]
    named = Project.objects.annotate(score=Attr("score", field="parties__attrs")).filter(score=5)
    assert list(named) == [project]
    with pytest.raises(FieldError, match="no attribute field"):
        list(Party.objects.annotate(x=Attr("score", field="name")))
    with pytest.raises(TypeError):
        Attr()


# ---- before there is anything to look at ----


def test_nothing_is_asked_of_the_database_while_a_query_is_written():
    with asked() as queries:
        written = [
            Party.objects.filter(attrs__nobody__knows__gte=3),
            Party.objects.exclude(attrs__nobody=3).order_by("-attrs__nobody"),
            Party.objects.values("attrs__nobody").annotate(mean=Avg("attrs__nobody")),
        ]
        again = pickle.loads(pickle.dumps([each.query for each in written]))
    assert queries == []
    assert len(again) == len(written)


def test_queries_of_a_module_need_no_table_and_no_known_name(tmp_path):
    """A project whose module-level queries, ordering and checks name attributes that nobody knows, and no tables."""
    module = """
        import django
        django.setup()
        from django.core import checks
        from django.core.management import call_command
        from django.db.models import Avg, F
        from landregistry.models import Party
        from jsonattrs_django.models import Attr

        ONE = Party.objects.filter(attrs__nobody=1).exclude(attrs__else__gte=2).order_by("-attrs__nobody")
        TWO = Party.objects.values("attrs__nobody").annotate(mean=Avg("attrs__nobody"))
        THREE = Party.objects.annotate(double=F("attrs__nobody") * 2)
        FOUR = Party.objects.annotate(m=Avg(Attr("nobody", type="float", multiple=False))).filter(m__gte=2)
        Party._meta.ordering = ["-attrs__nobody"]
        found = [each.id for each in checks.run_checks() if each.id.startswith("models.E")]
        assert not found, found
        call_command("makemigrations", "--check", "--dry-run", "landregistry", verbosity=0)
        print("fine")
    """
    empty = {**environment(), "JSONATTRS_TEST_NAME_DEFAULT": str(tmp_path / "none.sqlite3")}
    empty["JSONATTRS_TEST_DB"] = "sqlite"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(module)],
        cwd=ROOT,
        env={**os.environ, **empty},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "fine" in done.stdout, done.stderr[-2000:]


def test_a_missing_plugin_leaves_other_queries_alone(parties, settings):
    from jsonattrs_django import testing
    from jsonattrs_django.models import AttributeRecord

    define(Attribute("score", "integer"), Attribute("odd", "text"))
    record = AttributeRecord.objects.get(key="odd")
    record.definition = {**record.definition, "type": "of-a-plugin-that-is-gone"}
    record.save()
    testing.reset()
    store(parties[0], '{"score": 5, "odd": "x"}')

    assert found(attrs__score=5) == [parties[0]]
    assert found(attrs__odd="x") == [parties[0]]
    said = Attr(key="odd", type="of-a-plugin-that-is-gone", multiple=False)
    assert list(Party.objects.alias(x=said).filter(x="x")) == [parties[0]]


def test_the_database_is_the_one_under_test():
    assert connection.vendor in ("postgresql", "sqlite")


def test_decimals_are_ordered_as_numbers_where_they_are_selected_too(parties):
    define(Attribute("price", "decimal"))
    for text in ("7.5", "9.50", "11"):
        store(Party.objects.create(project=parties[0].project, type="IN"), f'{{"price": "{text}"}}')
    priced = Party.objects.filter(attrs__price__isnull=False)

    assert [str(price) for (price,) in priced.order_by("attrs__price").values_list("attrs__price")] in (
        ["7.5", "9.50", "11"],
        ["7.5", "9.5", "11"],
    )
    highest = priced.annotate(price=F("attrs__price")).order_by("-price").first()
    assert highest.price == 11
