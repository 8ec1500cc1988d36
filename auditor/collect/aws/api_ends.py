"""Where an API of API Gateway hands its requests to.

Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html, member uri
"""

import re
from urllib.parse import urlsplit

from auditor.collect.aws.flow_ends import to_arn, to_outside, to_place
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.tables import Flow, Processor

_SERVICE = re.compile(
    r"arn:aws[a-z-]*:apigateway:(?P<region>[a-z0-9-]+):(?P<service>[A-Za-z0-9.-]+):"
    r"(path|action)/(?P<rest>.*)",
    re.ASCII | re.DOTALL,
)
_FUNCTION = re.compile(r".*?/functions/(?P<arn>arn:[^/]+)(/.*)?", re.DOTALL)


def integration(row: Processor, uri: str, link: str) -> Flow:
    """Return the flow to what an integration calls: a function, a service, an address.

    Args:
        link: VPC link through which it is called; '' for none.
    """
    service = _SERVICE.fullmatch(uri)
    if service:
        function = _FUNCTION.fullmatch(service["rest"])
        if function and service["service"] == "lambda":
            return to_arn(row, "stream", _unqualified(function["arn"]))
        account = Unknown(f"a call of {service['service']} that names no account")
        return to_place(row, "stream", uri[:500], account, service["region"])
    if uri.startswith("arn:"):
        return to_arn(row, "stream", uri)
    try:
        host = urlsplit(uri).hostname
    except ValueError:
        host = None
    if not host:
        why = Unknown(f"its integration has the address {uri[:200]!r}, which cannot be read")
        return possible(row, "stream", why, uri[:500])
    by = f" through the VPC link {link[:100]}" if link else ""
    return to_outside(row, "stream", uri[:500], f"requests are handed to {host}{by}")


def _unqualified(function: str) -> str:
    """Return the function's own ARN, without a version or an alias."""
    return ":".join(function.split(":")[:7])
