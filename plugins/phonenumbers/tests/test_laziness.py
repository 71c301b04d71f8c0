"""What is imported and read when: nothing for the registry, one country code's data for a schema, none for a value."""

import json
import subprocess
import sys

import phonenumbers
import pytest

PROGRAM = """
import json, sys
from importlib.metadata import entry_points
from jsonattrs_core import Attribute, Registry, Schema, compose

opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
others = [point.name for point in entry_points(group="jsonattrs") if point.name != "jsonattrs-phonenumbers"]
registry = Registry.installed(block=others)
if len(sys.argv) > 1:
    schema = Schema("s", [Attribute("a", "text", subtype=sys.argv[1])])
    validator = compose(schema).compile(registry)
    before = len(opened), len(sys.modules)
    for value in json.loads(sys.argv[2]):
        validator.check({"a": value})
    assert (len(opened), len(sys.modules)) == before, opened[before[0]:]
ours = ("phonenumbers", "jsonattrs_phonenumbers")
print(json.dumps([name for name in sys.modules if name.partition(".")[0] in ours]))
"""
#: Of here and of elsewhere, in every way of saying so.
VALUES = [
    *(
        "+44 20 7946 0958",
        "07911 123456",
        "020 7946 0958",
        "0044 20 7946 0958",
        "011 44 20 7946 0958",
        "0062 21 8350123",
    ),
    *(
        "+1 202-555-0143",
        "+62 21 8350123",
        "tel:20-7946-0958;phone-context=+44",
        "+011 44 20 7946 0958",
        "1-800-FLOWERS",
    ),
    *("+999", "x", "+800 1234 5678", "0" * 1000, "020 7946 0958 x1"),
]


def imported(*arguments):
    done = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def regions(modules):
    return {name.rpartition("_")[2] for name in modules if name.startswith("phonenumbers.data.region_")}


def test_the_registry_imports_no_library():
    assert imported() == {"jsonattrs_phonenumbers", "jsonattrs_phonenumbers.table"}


@pytest.mark.parametrize(
    ("subtype", "expected"),
    [
        ("id-phone-number", {"ID"}),
        ("gb-phone-number", {"GB", "GG", "IM", "JE"}),
        ("gg-phone-number", {"GB", "GG", "IM", "JE"}),
        ("us-phone-number", set(phonenumbers.COUNTRY_CODE_TO_REGION_CODE[1])),
    ],
)
def test_a_schema_reads_the_data_of_one_country_code(subtype, expected):
    assert regions(imported(subtype, json.dumps(VALUES))) == expected


def test_the_number_of_any_country_needs_all_data():
    assert len(regions(imported("phone-number", json.dumps(VALUES)))) == 245 + 9


@pytest.mark.parametrize("subtype", ["phone-number", "us-phone-number"])
def test_places_carriers_and_time_zones_are_never_imported(subtype):
    modules = imported(subtype, json.dumps(VALUES))
    unwanted = ("geocoder", "geodata", "carrier", "carrierdata", "timezone", "tzdata")
    assert not {name for name in modules if name.split(".")[1:2] and name.split(".")[1] in unwanted}
