"""A small audit.yaml that loads, for tests to bend."""

from pathlib import Path

import pytest

from auditor.config.loader import load_config
from auditor.errors import ConfigError, Fault

SMALL = """\
agreement: The agreement
company: Example Company
period: {start: 2026-01-01, end: 2026-06-30}
aws:
  - name: production
    profile: audit
policies:
  - pack: ttp-2020
signing: {ephemeral: true}
"""

FULL = """\
agreement: The agreement
company: Example Company
period: {start: 2026-01-01, end: 2026-06-30}
as_of: 2026-07-01T02:00:00+02:00
aws:
  - name: production
    profile: audit
    role_arn: arn:aws:iam::111122223333:role/Auditor
    external_id: first
    organization: {role_name: Reader, external_id: second}
    regions: [us-east-1, us-west-2]
    accounts: ['111122223333', 012345678901, 444455556666]
oci:
  - name: tenancy
    config_file: oci.ini
    tenancy: ocid1.tenancy.oc1..aaa
    regions: [us-ashburn-1]
    compartments: [ocid1.compartment.oc1..bbb]
  - name: instance
    instance_principal: true
parties:
  - name: Oracle
    roles: [trusted provider]
    operators: [Oracle]
    accounts: [ocid1.tenancy.oc1..aaa]
    country: 'NO'
boundary_accounts: [111122223333]
classification:
  - name: users
    data_classes: [us_user_data]
    tags: {team: users}
    names: ['user-*']
  - name: nothing
    data_classes: []
    services: [s3]
roster: roster.csv
waivers: waivers.yaml
statements:
  files: [statements]
  signers:
    - {name: Jane, role: director, employer: Example, certificate: jane.pem, subjects: [review]}
policies:
  - pack: ttp-2020
    parameters: {approved_countries: [US, NO]}
  - folder: mine
signing: {key: key.p12, password_env: PASSWORD, tsa_url: 'https://tsa.example/'}
output: out
"""
WAIVERS = """\
waivers:
  - id: w-1
    control: A-02
    rows: ['*copy*']
    reason: until moved
    approvers: [Jane]
    expires: 2026-12-31
    limit: 3
"""
ROSTER = 'Name,id,employer,country,covered_person\n"Roe, J.",jroe,Example,US,no\nX,x,,,\n\n'


def write_config(folder: Path, text: str = SMALL) -> Path:
    """Write audit.yaml into a folder and return its path."""
    path = folder / "audit.yaml"
    path.write_text(text)
    return path


def refused(path: Path) -> list[Fault]:
    """Return the faults that a configuration is refused for."""
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    return list(caught.value.faults)
