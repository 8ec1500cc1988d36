"""Where a request may go. Regions, paths and addresses come from answers: they are not trusted."""

import re

from auditor.collect.oci.regions import domain_of
from auditor.model import Request

_REGION = re.compile(r"[a-z]+(-[a-z]+)+-[0-9]+")


def fault_of(request: Request, region: str) -> str:
    """Say why a request must not be sent to a region, '' if it may be."""
    if not _REGION.fullmatch(region):
        return f"{region!r} is not the name of a region"
    if any(value in (".", "..") for value in request.parameters.values()):
        return "a parameter would change the path of the request"
    if request.endpoint and not is_oracle(request.endpoint, region):
        return f"{request.endpoint!r} is not an address of Oracle Cloud in {region}"
    return ""


def is_oracle(endpoint: str, region: str) -> bool:
    """Whether an address is https, on the usual port, in the domain of the region's realm."""
    domain = domain_of(region)
    # Matched as a whole: parsers of addresses disagree on the odd ones.
    allowed = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)*\." + re.escape(domain) + r"(:443)?/?")
    return domain != "" and allowed.fullmatch(endpoint) is not None
