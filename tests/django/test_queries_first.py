from datetime import date, datetime, time, timedelta, UTC
from decimal import Decimal
from uuid import UUID, uuid4
import pickle
import pytest
from django.core.exceptions import FieldError
from django.db.models import *
from landregistry.models import Organization, Party, Project
from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord, Attr
from testapp.models import Place, Note
pytestmark = pytest.mark.django_db

U = uuid4()

@pytest.fixture
def places():
    T = ["text","integer","float","decimal","boolean","date","datetime","time","duration","uuid","object"]
    SchemaRecord.objects.define(Place, [*(Attribute(("dtx" if t=="datetime" else t[:2]+"x"), t) for t in T), Attribute("tags","text",multiple=True), Attribute("nums","integer",multiple=True), Attribute("extra", "text", initial_default="dflt")])
    vals = dict(tex="abc", inx=5, flx=1.5, dex=Decimal("1.50"), box=True, dax=date(1984,2,29), daxx=1)
    p = Place.objects.create(name="a", attrs={"tex":"abc","inx":5,"flx":1.5,"dex":Decimal("1.50"),"box":True,"uux":U,"tix":time(1,2,3),"dux":timedelta(days=1,seconds=5),"obx":{"city":"x"},"tags":["a","b"],"nums":[1,2],"dax":date(1984,2,29)} )
    q = Place.objects.create(name="b", attrs={})
    return p, q

def test_all(places, django_assert_max_num_queries):
    p, q = places
    sch = p.attrs.schema
    print(list(sch))
    f = Place.objects.filter
    for k, v in [("tex","abc"),("inx",5),("flx",1.5),("dex",Decimal("1.5")),("box",True),("dax",date(1984,2,29)),("tix",time(1,2,3)),("dux",timedelta(days=1,seconds=5)),("uux",U)]:
        assert list(f(**{"attrs__"+k: v})) == [p], k
        assert list(Place.objects.exclude(**{"attrs__"+k: v})) == [q], k
        assert list(f(**{"attrs__"+k+"__isnull": True})) == [q], k
        assert list(f(**{"attrs__"+k+"__in": [v]})) == [p], k
        assert Place.objects.filter(pk=p.pk).values_list("attrs__"+k, flat=True)[0] == v
        assert {r["attrs__"+k]: r["n"] for r in Place.objects.values("attrs__"+k).annotate(n=Count("pk"))} == {v:1,None:1}
        if k != "box": assert list(f(**{"attrs__"+k+"__gte": v, "attrs__"+k+"__lte": v})) == [p], k
        assert Place.objects.order_by(F("attrs__"+k).asc(nulls_last=True))[0]==p
        assert Place.objects.order_by("attrs__"+k).count() == 2
        assert len(list(Place.objects.order_by("-attrs__"+k))) == 2
        assert Place.objects.aggregate(n=Max("attrs__"+k) if k not in("box","uux") else Count("attrs__"+k))["n"] == (v if k not in ("box","uux") else 1)
    assert list(f(attrs__dax__year=1984)) == [p]
    assert list(f(attrs__dax__year__gte=1984, attrs__dax__month=2)) == [p]
    assert list(f(attrs__tex__icontains="B")) == [p]
    assert list(f(attrs__tex__startswith="a")) == [p]
    assert list(f(attrs__tex__regex="^a")) == [p]
    assert list(f(attrs__tags__contains=["a"])) == [p]
    assert list(f(attrs__tags__contains="c")) == []
    assert list(f(attrs__tags__overlap=["a","z"])) == [p]
    assert list(f(attrs__tags__contained_by=["a","b","c"])) == [p]
    assert list(f(attrs__tags__len=2)) == [p]
    assert list(f(attrs__tags__len__gte=2)) == [p]
    assert list(f(attrs__tags=["a","b"])) == [p]
    assert list(f(attrs__nums__contains=[2])) == [p]
    assert list(f(attrs__obx__city="x")) == [p]
    assert Place.objects.values_list("attrs__obx__city", flat=True).get(pk=p.pk) == "x"
    assert list(Place.objects.annotate(y=F("attrs__inx")*2).filter(y__gte=10)) == [p]
    assert list(Place.objects.annotate(y=Avg("attrs__inx")).filter(y__gte=5)) == [p]
    assert Place.objects.aggregate(a=Avg("attrs__inx"), s=Sum("attrs__dex"), c=Count("attrs__tex", distinct=True), v=Avg("attrs__dex")) == {"a":5.0,"s":Decimal("1.5"),"c":1,"v":Decimal("1.5")}
    assert list(Place.objects.filter(Exists(Place.objects.filter(attrs__inx=OuterRef("attrs__inx")))))==[p]
    assert list(Place.objects.filter(attrs__inx__in=Place.objects.values("attrs__inx")))==[p]
    assert list(Place.objects.filter(attrs__dex__in=Place.objects.values("attrs__dex")))==[p]
    assert list(Place.objects.filter(attrs__inx__gte=Subquery(Place.objects.values("attrs__inx")[:1])))  is not None
    assert list(Place.objects.filter(attrs__inx=F("attrs__inx")))==[p]
    assert list(Place.objects.exclude(attrs__inx=F("attrs__inx")))==[q]
    assert set(Place.objects.values_list("attrs__tex", flat=True).distinct())=={"abc",None}
    assert list(Place.objects.filter(Q(attrs__inx=7)|Q(attrs__tex="abc")))==[p]
    assert list(Place.objects.filter(~Q(attrs__inx=7)).order_by("pk"))==[p,q]
    assert list(f(attrs__inx__range=(1,6)))==[p]
    assert list(f(attrs__dex__range=(1,Decimal("1.6"))))==[p]
    from django.db import connection
    connection.cursor().execute("update testapp_place set attrs='{}' where id=%s", [q.pk])
    assert list(f(attrs__extra="dflt"))==[q], list(f(attrs__extra__isnull=False))
    assert list(f(pk=q.pk).values_list("attrs__extra", flat=True))==["dflt"]
    qs = pickle.loads(pickle.dumps(f(attrs__inx=5).query))
    assert str(qs)
    with pytest.raises(FieldError) as e: list(f(attrs__txe=1))
    print(e.value)
    with pytest.raises(FieldError) as e: list(f(attrs={"a":1}))
    print(e.value)
    with pytest.raises(FieldError) as e: list(f(attrs__inx__foo=1))
    print(e.value)
    assert list(Place.objects.annotate(s=Attr("inx", type="integer")).filter(s__gte=3)) == [p]
    assert list(Place.objects.annotate(s=Attr(key="inx")).filter(s__gte=3)) == [p]
    assert [r.s for r in Place.objects.annotate(s=F("attrs__tags")).order_by("pk")] == [["a","b"],None]
    assert list(Place.objects.filter(attrs__has_key="inx")) == [p]
    print(f(attrs__inx=5, attrs__tex="x").query)
