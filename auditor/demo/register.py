"""What the parties of the demo agreed: its register of exceptions, and the pack's parameters."""

import json
from collections.abc import Mapping
from datetime import date, timedelta

from auditor.demo.aws.accounts import HOME, LOGS, MANAGEMENT, USER_DATA
from auditor.demo.aws.plots.people_of_the_company import LOGIN, role_arn
from auditor.demo.aws.plots.people_roles import ANCHOR, BREAK_GLASS, PROFILE, VENDOR
from auditor.demo.aws.plots.people_users import HUGO
from auditor.demo.aws.plots.recipients import ADVERTISER, ASSESSOR, INVOICES, RECEIPTS
from auditor.demo.tenancy.plots.dedicated_databases import LEDGER

_REGISTER = """\
register:
  - id: R-01
    kind: flow
    purpose: The yearly assessment that the agreement asks for reads invoices.
    approvers: [Luis Ortega (Oracle), Dana Whitfield (Northstar Video)]
    valid_from: {long_ago}
    valid_until: {soon}
    stores: ["{invoices}"]
    recipients: ["{assessor}"]
  - id: R-02
    kind: flow
    purpose: The yearly assessment reads receipts, a sample of them only.
    approvers: [Luis Ortega (Oracle), Dana Whitfield (Northstar Video)]
    valid_from: {long_ago}
    valid_until: {soon}
    stores: ["{receipts}"]
    recipients: ["{assessor}"]
    bytes_limit: 1000000
  - id: R-03
    kind: flow
    purpose: A standby in Frankfurt while the one in Phoenix is being built.
    approvers: [Luis Ortega (Oracle)]
    valid_from: {long_ago}
    valid_until: {soon}
    stores: ["{ledger}*"]
    recipients: [DE]
  - id: R-04
    kind: flow
    purpose: The vendor's move of the stream of events; it ended.
    approvers: [Dana Whitfield (Northstar Video)]
    valid_from: {long_ago}
    valid_until: {past}
    stores: ["arn:aws:kafka:{home}:{user_data}:cluster/northstar-events/*"]
    recipients: ["{vendor}"]
  - id: R-05
    kind: access
    purpose: Profiles could not be read after a release; Hugo Marsh looked into them.
    approvers: [Luis Ortega (Oracle)]
    valid_from: {recently}
    valid_until: {today}
    principals: ["arn:aws:iam::{logs}:user/{hugo}"]
    stores: ["arn:aws:s3:::user-profiles-*"]
"""


def written_register(today: date) -> str:
    """Return the register, laid around a day."""
    return _REGISTER.format(
        long_ago=today - timedelta(days=300),
        past=today - timedelta(days=20),
        recently=today - timedelta(days=4),
        today=today,
        soon=today + timedelta(days=60),
        invoices=INVOICES,
        receipts=RECEIPTS,
        assessor=ASSESSOR,
        ledger=LEDGER,
        vendor=VENDOR,
        home=HOME,
        user_data=USER_DATA,
        logs=LOGS,
        hugo=HUGO,
    )


def pack_parameters(agreed: Mapping[str, object]) -> str:
    """Return what the agreement of the demo says beyond the pack's defaults, as YAML.

    Args:
        agreed: what it says of builds and apps, by parameter.
    """
    lists = {
        "admitted_principals": (ASSESSOR, LOGIN, ANCHOR, PROFILE),
        "break_glass_principals": (f"arn:aws:iam::{USER_DATA}:role/{BREAK_GLASS}",),
        "provider_roles": (role_arn("Inspection"),),
        "advertising_accounts": (ADVERTISER,),
        "log_administrators": tuple(f"arn:aws:iam::{each}:root" for each in (MANAGEMENT, LOGS)),
        **agreed,
    }
    return "".join(f"      {name}: {json.dumps(values)}\n" for name, values in lists.items())
