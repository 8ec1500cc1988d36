"""The way into clusters of Amazon EKS: a token for one cluster, and whether an address is EKS's.

A token is the address of a call of GetCallerIdentity, signed in advance for one cluster: EKS makes
the call, learns who we are, and that is all that can be done with it, for fifteen minutes.

Source: https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
"""

import base64
import re

from botocore.exceptions import BotoCoreError, ClientError
from botocore.signers import RequestSigner

from auditor.collect.aws.outcomes import answer_of, harmless
from auditor.collect.aws.sdk.access import Access
from auditor.collect.aws.sdk.clients import Clients
from auditor.collect.kubernetes.calls import CLUSTER
from auditor.collect.kubernetes.client import KubernetesApi
from auditor.model import Answer, Outcome, Request

_SECONDS = 60
_ASKING = "/?Action=GetCallerIdentity&Version=2011-06-15"
# Matched as a whole: parsers of addresses disagree on the odd ones.
_ADDRESS = re.compile(
    r"https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\."
    r"(eks\.amazonaws\.com(\.cn)?|(api|on)\.aws|(api|on)\.amazonwebservices\.com\.cn)(:443)?/?"
)


class Clusters:
    """Asks clusters of EKS with the credentials of an access."""

    def __init__(self, clients: Clients) -> None:
        """Take the clients; nothing is asked before the first request."""
        self._clients = clients
        self._api = KubernetesApi()

    def ask(self, access: Access, request: Request) -> Answer:
        """Ask for one page of a list in a cluster.

        Raises:
            ValueError: the operation is none of the lists; a mistake in a collector.
        """
        if not _ADDRESS.fullmatch(request.endpoint):
            message = f"{request.endpoint[:200]!r} is not an address of Amazon EKS"
            return Answer(outcome=Outcome.FAILED, code="InvalidAddress", message=message)
        try:
            refusal = access.refusal()
            if refusal is not None:
                return refusal
            token = self._token(access, request)
        except ClientError as error:
            return answer_of(error.response, error.operation_name, access.secrets())
        except BotoCoreError as error:
            message = harmless(str(error), access.secrets())
            return Answer(outcome=Outcome.FAILED, code=type(error).__name__, message=message)
        return self._api.ask(request, token)

    def _token(self, access: Access, request: Request) -> str:
        client = self._clients.get("sts", request.region)
        with self._clients.lent.lend(access.credentials):
            signer = RequestSigner(
                client.meta.service_model.service_id,
                request.region,
                "sts",
                "v4",
                self._clients.lent,
                client.meta.events,
            )
            asked = {
                "method": "GET",
                "url": client.meta.endpoint_url.rstrip("/") + _ASKING,
                "body": {},
                "headers": {"x-k8s-aws-id": str(request.parameters[CLUSTER])},
                "context": {},
            }
            signed = signer.generate_presigned_url(
                asked, "GetCallerIdentity", expires_in=_SECONDS, region_name=request.region
            )
        return "k8s-aws-v1." + base64.urlsafe_b64encode(signed.encode()).decode().rstrip("=")
