"""AWS's own list of the services that each region offers, published as public parameters.

These parameters are AWS's and the same for every customer; no parameter of the customer is read.
A service that a region does not offer holds nothing there.

Source:
    https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-global-infrastructure.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import text
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Witness

_ROOT = "/aws/service/global-infrastructure/regions"
_PERMISSION = "ssm:GetParametersByPath"
_PAGE = 10  # the API gives no more


def _services_of(found: Found) -> Json:
    region = text(found, "parent.Value")
    return f"{_ROOT}/{region}/services"


def _rows(found: Found) -> Iterator[Witness]:
    region, service = text(found, "parent.Value"), text(found, "item.Value")
    yield Witness(
        id=f"service list/{region}/{service}",
        evidence=found.evidence,
        provider="aws",
        witness="service list",
        account="",
        region=region,
        name=service,
        complete=True if region and service else Unknown("the list names no region or service"),
    )


SERVICES = Collector(
    kind="aws.ssm.service",
    service="ssm",
    title="services that each region offers, from AWS's public parameters",
    per=(),
    parent=Listing(
        operation="GetParametersByPath",
        permission=_PERMISSION,
        parameters={"Path": _ROOT, "MaxResults": _PAGE},
        items="Parameters",
    ),
    listing=Listing(
        operation="GetParametersByPath",
        permission=_PERMISSION,
        parameters={"MaxResults": _PAGE},
        compose={"Path": _services_of},
        items="Parameters",
    ),
    tables=(Witness,),
    rows=_rows,
    source=(
        "https://docs.aws.amazon.com/systems-manager/latest/APIReference/"
        "API_GetParametersByPath.html"
    ),
)
