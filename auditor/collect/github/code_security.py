"""Where a configuration of the organisation's turns GitHub's own code scanner on.

One that is turned on in a repository by hand, or by a workflow of its own, shows by alerts only.
API: https://docs.github.com/en/rest/code-security/configurations
"""

from collections.abc import Iterator, Mapping

from auditor.collect.github.calls import ORGANIZATION, listing
from auditor.collect.github.reading import PAGE, repository_of
from auditor.collect.github.repositories import scanned
from auditor.spec import Collector, Detail, Found, dig
from auditor.tables import Repository

_ADMINISTRATION = "organization_administration:read"
_CONFIGURATIONS = "code-security/configurations"
_IN_FORCE = ("attached", "enforced")  # not while it is being attached, or has failed


def _rows(found: Found) -> Iterator[Repository]:
    attached = found.read("repositories", absent=[])
    for each in attached if isinstance(attached, list) else ():
        name = dig(each, "repository.full_name")
        if isinstance(each, Mapping) and each.get("status") in _IN_FORCE and isinstance(name, str):
            yield scanned(found, repository_of(found, name))


def _scans(found: Found) -> bool:
    return bool(found.read("item.code_scanning_default_setup", absent=None) == "enabled")


CONFIGURATIONS = Collector(
    kind="github.code_security.configuration",
    service="rest",
    title="Repositories in which the organisation turns code scanning on",
    per=ORGANIZATION,
    listing=listing(_CONFIGURATIONS, _ADMINISTRATION),
    details=(
        Detail(
            name="repositories",
            operation=f"GET /orgs/{{org}}/{_CONFIGURATIONS}/{{configuration_id}}/repositories",
            permission=_ADMINISTRATION,
            items=".",
            parameters={"per_page": PAGE},
            bind={"org": "place.account", "configuration_id": "item.id"},
            applies=_scans,
        ),
    ),
    tables=(Repository,),
    rows=_rows,
    source="https://docs.github.com/en/rest/code-security/configurations",
)
