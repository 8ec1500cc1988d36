"""How long an S3 bucket keeps its objects: rules of its lifecycle, and its object lock.

Only what is deleted while it is the current version counts: a version that was replaced or deleted
is one that somebody else did away with.

Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html
and https://docs.aws.amazon.com/AmazonS3/latest/API/API_DefaultRetention.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.reading import entries, is_absent
from auditor.collect.aws.retentions import days_in, deletion, lock
from auditor.model import Json, Unknown
from auditor.spec import Found, dig
from auditor.tables import Maybe, Retention, Store

_DATED = Unknown("the rule deletes all that there is on a day, whatever its age")
_TAGGED = Unknown(
    "the rule deletes objects that have some tags; which ones have them was not asked"
)
_YEAR = 365


def retentions_of(found: Found, bucket: Store) -> Iterator[Retention]:
    """Yield the rules on a bucket; one of unknown days where they could not be read."""
    yield from _lifecycle(found, bucket)
    yield from _object_lock(found, bucket)


def _lifecycle(found: Found, bucket: Store) -> Iterator[Retention]:
    if is_absent(found, "lifecycle"):
        return
    rules = found.read("lifecycle.Rules")
    if isinstance(rules, Unknown):
        yield deletion(bucket, rules)
        return
    for number, rule in enumerate(entries(rules), start=1):
        if rule.get("Status") == "Disabled":
            continue
        days = _expiry(rule)
        if days is not None:
            yield deletion(bucket, days, str(number), _beginning(rule))


def _expiry(rule: Mapping[str, Json]) -> Maybe[int] | None:
    """Return after how many days a rule deletes objects; None if it deletes none."""
    expiration = rule.get("Expiration")
    if dig(expiration, "Date") is not None:
        return _DATED
    days = dig(expiration, "Days")
    if days is None:
        return None
    is_tagged = dig(rule, "Filter.Tag") or dig(rule, "Filter.And.Tags")
    return _TAGGED if is_tagged else days_in(days, "Expiration.Days")


def _beginning(rule: Mapping[str, Json]) -> str:
    prefixes = (
        rule.get("Prefix"),
        dig(rule, "Filter.Prefix"),
        dig(rule, "Filter.And.Prefix"),
    )
    return next((each for each in prefixes if isinstance(each, str)), "")


def _object_lock(found: Found, bucket: Store) -> Iterator[Retention]:
    """Yield the lock on every new object; one that some may lift is none."""
    if bucket.locked is not False:
        unknown = isinstance(bucket.locked, Unknown)
        yield lock(bucket, bucket.locked if unknown else _locked_days(found))


def _locked_days(found: Found) -> Maybe[int]:
    """Return for how long a new object is locked, which is stated in days or in years."""
    retention = "lock.ObjectLockConfiguration.Rule.DefaultRetention"
    days = days_in(found.read(f"{retention}.Days", absent=0), "DefaultRetention.Days")
    years = days_in(found.read(f"{retention}.Years", absent=0), "DefaultRetention.Years")
    if isinstance(days, Unknown):
        return days
    return years if isinstance(years, Unknown) else days + years * _YEAR
