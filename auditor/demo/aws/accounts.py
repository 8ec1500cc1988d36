"""The accounts of the embedded organisation, and clients that work in them."""

from functools import cache
from typing import Any

import botocore.session
from moto.organizations.models import organizations_backends

MANAGEMENT = "123456789012"  # moto's own
USER_DATA = "222222222222"
LOGS = "333333333333"
CLOSED = "444444444444"
ACQUIRED = "555555555555"
STRANGER = "999999999999"

NAMES = {
    USER_DATA: "user-data",
    LOGS: "logs",
    CLOSED: "closed-sandbox",
    ACQUIRED: "acquired-company",
}
ROLE = "auditor-read"
HOME = "us-east-1"
WEST = "us-west-2"
FRANKFURT = "eu-central-1"
SINGAPORE = "ap-southeast-1"
OPEN_REGIONS = (HOME, WEST, FRANKFURT, SINGAPORE)
CLOSED_REGIONS = ("ap-east-1", "me-south-1")


class Builder:
    """Builds in one account and region, as its administrator."""

    def __init__(self, account: str, region: str = HOME) -> None:
        self.account = account
        self.region = region
        self._session = botocore.session.Session()
        self._session.register_component("data_loader", _loader())
        self._clients: dict[str, Any] = {}
        if account != MANAGEMENT:
            role = f"arn:aws:iam::{account}:role/administrator"
            sts = self._session.create_client("sts", HOME)
            answer = sts.assume_role(RoleArn=role, RoleSessionName="demo")["Credentials"]
            self._session.set_credentials(
                answer["AccessKeyId"], answer["SecretAccessKey"], answer["SessionToken"]
            )

    def client(self, service: str) -> Any:
        """Return a client of a service in this account and region."""
        if service not in self._clients:
            self._clients[service] = self._session.create_client(service, self.region)
        return self._clients[service]


def found_organization() -> None:
    """Make the organisation with its member accounts, one of them closed."""
    organizations = Builder(MANAGEMENT).client("organizations")
    organizations.create_organization(FeatureSet="ALL")
    # moto draws account ids at random; the demo's are fixed, so that its texts can name them.
    backend = organizations_backends[MANAGEMENT]["aws"]
    for account, name in NAMES.items():
        organizations.create_account(AccountName=name, Email=f"{name}@example.com")
        backend.accounts[-1].id = account
    organizations.close_account(AccountId=CLOSED)


@cache
def _loader() -> Any:
    """Return one reader of service models for all builders, which keeps what it has read."""
    return botocore.session.Session().get_component("data_loader")
