"""The three fields for dates and times: text in, ISO 8601 out."""

import pytest
from django.utils import timezone

from jsonattrs_core import Invalid
from jsonattrs_localflavor.checks import date, date_time, split_date_time


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2006-10-25", "2006-10-25"),
        ("25/10/2006", "2006-10-25"),
        ("01/02/2006", "2006-02-01"),
        ("25/10/06", "2006-10-25"),
        ("Oct 25, 2006", "2006-10-25"),
        ("25 October 2006", "2006-10-25"),
        ("\u0662\u0665/10/2006", "2006-10-25"),
        ("0999-01-02", "0999-01-02"),
    ],
)
def test_dates(written, stored):
    assert date(written) == stored
    assert date(stored) == stored


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("25/10/2006 14:30", "2006-10-25T14:30:00"),
        ("2006-10-25 14:30:59", "2006-10-25T14:30:59"),
        ("2006-10-25T14:30:59.000200", "2006-10-25T14:30:59.000200"),
        ("2006-10-25T14:30:59+07:00", "2006-10-25T07:30:59Z"),
        ("2006-10-25T14:30:59Z", "2006-10-25T14:30:59Z"),
        ("25/10/2006", "2006-10-25T00:00:00"),
        ("2006-04-02 02:30", "2006-04-02T02:30:00"),  # not there in Chicago, Django's own time zone
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Jakarta", "America/Chicago"])
def test_dates_with_times_do_not_depend_on_the_time_zone(written, stored, zone):
    with timezone.override(zone):
        assert date_time(written) == stored
        assert date_time(stored) == stored
        assert timezone.get_current_timezone_name() == zone


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("25/10/2006 14:30", "2006-10-25T14:30:00"),
        ("25 Oct 2006 14:30:59", "2006-10-25T14:30:59"),
        ("2006-10-25T14:30:59.5", "2006-10-25T14:30:59.500000"),
    ],
)
def test_dates_and_times_in_two_parts(written, stored):
    assert split_date_time(written) == stored
    assert split_date_time(stored) == stored


@pytest.mark.parametrize("check", [date, date_time, split_date_time])
@pytest.mark.parametrize(
    "written",
    ["10/25/2006", "2006-02-30", "0001-01-01T00:00:00+14:00", "9999-12-31 25:00", "T", "2006", "now", "14:30"],
)
def test_what_is_no_date(check, written):
    with pytest.raises(Invalid) as refused:
        check(written)
    assert refused.value.code == "format"
