"""Table of who of the provider's own people asked for access."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from auditor.tables.base import Maybe, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAccess(Row):
    """One request of the provider's people, or of a service provider's, to reach systems.

    Clouds state such requests for few of their services; no row does not mean no access.
    """

    table: ClassVar[str] = "provider_accesses"

    provider: Annotated[str, "'aws' or 'oci'."]
    account: Annotated[str, "Account or tenancy that they asked to reach."]
    region: Annotated[str, "Region of the request."]
    kind: Annotated[str, "operator access control, lockbox or delegated access."]
    control_id: Annotated[Maybe[str], "Guardrail's control that the request went through."]
    resource_id: Annotated[Maybe[str], "Resource that they asked to reach."]
    requester: Annotated[Maybe[str], "Who asked, as the provider names them."]
    requester_country: Annotated[Maybe[str], "Country in which they were when they asked."]
    employer: Annotated[Maybe[str], "Company on whose behalf they asked, such as 'Oracle'."]
    reason: Annotated[Maybe[str], "Why they asked, in their words."]
    state: Annotated[Maybe[str], "State of the request, in the provider's word."]
    opened: Annotated[Maybe[str], "Moment of the request."]
    closes: Annotated[Maybe[str], "Moment at which access ends or has ended."]
    granted: Annotated[Maybe[bool], "Access was given, whether it was used or not."]
    approved: Annotated[Maybe[bool], "Somebody or some rule of the customer's said yes."]
    automatic: Annotated[Maybe[bool], "A rule said yes, and nobody was asked."]
    approver: Annotated[Maybe[str], "Who of the customer's said yes; '' if nobody did."]
    logged: Annotated[Maybe[bool], "The customer can read what was done."]
