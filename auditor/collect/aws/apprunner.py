"""AWS App Runner: services, and the images or the source that they run.

API: https://docs.aws.amazon.com/apprunner/latest/api/API_DescribeService.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import maybe_text, text
from auditor.collect.aws.running import deployment_of
from auditor.collect.digests import is_pinned, named_digest
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Deployment, Maybe

_REFERENCE = "https://docs.aws.amazon.com/apprunner/latest/api/API_"
_BUILT_HERE = Unknown("App Runner builds it from source, and states no digest of what it built")
_COMMIT = "COMMIT"
_GONE = "DELETED"


def _service(found: Found) -> Iterator[Deployment]:
    if found.read("item.Status", absent="") == _GONE:
        return
    source = found.read("service.Service.SourceConfiguration")
    from_source = not isinstance(source, Unknown) and not text(found, f"{_IMAGE}.ImageIdentifier")
    address = f"{_CODE}.RepositoryUrl" if from_source else f"{_IMAGE}.ImageIdentifier"
    image: Maybe[str] = source if isinstance(source, Unknown) else maybe_text(found, address)
    yield deployment_of(
        found,
        id=text(found, "item.ServiceArn"),
        kind="app runner",
        name=text(found, "item.ServiceName"),
        image=image,
        digest=_BUILT_HERE if from_source else named_digest(image),
        pinned=_names_a_commit(found) if from_source else is_pinned(image),
        since=maybe_text(found, "item.UpdatedAt", absent=""),
    )


def _names_a_commit(found: Found) -> Maybe[bool]:
    kind = maybe_text(found, f"{_CODE}.SourceCodeVersion.Type")
    return kind if isinstance(kind, Unknown) else kind == _COMMIT


_SOURCE = "service.Service.SourceConfiguration"
_IMAGE = f"{_SOURCE}.ImageRepository"
_CODE = f"{_SOURCE}.CodeRepository"
_TO_IMAGE = "Service.SourceConfiguration.ImageRepository.ImageConfiguration"
_TO_CODE = "Service.SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues"

SERVICES = Collector(
    kind="aws.apprunner.service",
    service="apprunner",
    title="App Runner services, and what they run",
    per=("account", "region"),
    listing=Listing(
        operation="ListServices",
        permission="apprunner:ListServices",
        parameters={"MaxResults": 20},
        items="ServiceSummaryList",
    ),
    details=(
        Detail(
            name="service",
            operation="DescribeService",
            permission="apprunner:DescribeService",
            bind={"ServiceArn": "item.ServiceArn"},
            secrets=(
                f"{_TO_IMAGE}.RuntimeEnvironmentVariables",
                f"{_TO_IMAGE}.StartCommand",
                f"{_TO_CODE}.RuntimeEnvironmentVariables",
                f"{_TO_CODE}.StartCommand",
                f"{_TO_CODE}.BuildCommand",
            ),
        ),
    ),
    tables=(Deployment,),
    rows=_service,
    types=("apprunner:service",),
    source=_REFERENCE + "DescribeService.html",
)
