"""Where the regions and zones of Amazon Web Services are, and who runs them.

A region is where the provider says that its data centres are. A zone is not always where its
region is: us-east-1 is the parent of Local Zones in Lima and Buenos Aires, so only ordinary
availability zones take their region's country, and others theirs from a table of their own.

Sources:
    https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
    https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
    https://www.amazonaws.cn/en/about-aws/china/ (Sinnet and NWCD run the regions in China)
"""

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.collect.aws.zones import country_of_other_zone, is_ordinary
from auditor.model import Json, Unknown
from auditor.tables import Maybe

AMAZON = "Amazon Web Services"
UNLISTED = Unknown("region not in the table of this version")
_SINNET = "Beijing Sinnet Technology"
_NWCD = "Ningxia Western Cloud Data Technology"
_SOVEREIGN = "AWS European Sovereign Cloud"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One region.

    Attributes:
        country: ISO 3166-1 alpha-2 code.
        partition: second part of its ARNs.
        operator: company that runs it.
    """

    country: str
    partition: str = "aws"
    operator: str = AMAZON


_COUNTRIES = {
    "af-south-1": "ZA",
    "ap-east-1": "HK",
    "ap-east-2": "TW",
    "ap-northeast-1": "JP",
    "ap-northeast-2": "KR",
    "ap-northeast-3": "JP",
    "ap-south-1": "IN",
    "ap-south-2": "IN",
    "ap-southeast-1": "SG",
    "ap-southeast-2": "AU",
    "ap-southeast-3": "ID",
    "ap-southeast-4": "AU",
    "ap-southeast-5": "MY",
    "ap-southeast-6": "NZ",
    "ap-southeast-7": "TH",
    "ca-central-1": "CA",
    "ca-west-1": "CA",
    "eu-central-1": "DE",
    "eu-central-2": "CH",
    "eu-north-1": "SE",
    "eu-south-1": "IT",
    "eu-south-2": "ES",
    "eu-west-1": "IE",
    "eu-west-2": "GB",
    "eu-west-3": "FR",
    "il-central-1": "IL",
    "me-central-1": "AE",
    "me-south-1": "BH",
    "mx-central-1": "MX",
    "sa-east-1": "BR",
    "us-east-1": "US",
    "us-east-2": "US",
    "us-west-1": "US",
    "us-west-2": "US",
}

REGIONS: Mapping[str, Region] = {
    **{name: Region(country=country) for name, country in _COUNTRIES.items()},
    "us-gov-east-1": Region(country="US", partition="aws-us-gov"),
    "us-gov-west-1": Region(country="US", partition="aws-us-gov"),
    "cn-north-1": Region(country="CN", partition="aws-cn", operator=_SINNET),
    "cn-northwest-1": Region(country="CN", partition="aws-cn", operator=_NWCD),
    "eusc-de-east-1": Region(country="DE", partition="aws-eusc", operator=_SOVEREIGN),
}

# Where the IAM control plane of a partition is, hence where identities are mastered:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/disaster-recovery-resiliency.html
_HOMES = {
    "aws": "us-east-1",
    "aws-us-gov": "us-gov-west-1",
    "aws-cn": "cn-north-1",
    "aws-eusc": "eusc-de-east-1",
}
_PREFIXES = {"us-gov-": "aws-us-gov", "cn-": "aws-cn", "eusc-": "aws-eusc"}


def partition_of(region: str) -> str:
    """Return the partition of a region: by the table, else by the region's prefix."""
    if region in REGIONS:
        return REGIONS[region].partition
    return next((name for prefix, name in _PREFIXES.items() if region.startswith(prefix)), "aws")


def home_of(partition: str) -> str:
    """Return the region in which the identities of a partition are mastered, '' if not known."""
    return _HOMES.get(partition, "")


def operator_of(region: str) -> str:
    """Return the company that runs a region; Amazon's own for one not in the table."""
    return REGIONS[region].operator if region in REGIONS else AMAZON


def country_of(region: Maybe[str]) -> Maybe[str]:
    """Return the country of a region, or why it is unknown."""
    if isinstance(region, Unknown):
        return region
    return REGIONS[region].country if region in REGIONS else UNLISTED


def country_of_zones(zones: Json, region: str) -> Maybe[str]:
    """Return the country of zones of a region.

    Args:
        zones: one zone's name or id, or a list of them, as AWS gave it; or an Unknown.
    """
    if isinstance(zones, Unknown):
        return zones
    names = zones if isinstance(zones, list) else [zones]
    if not names:
        return Unknown("the provider names no availability zone")
    countries = [_country_of_zone(name, region) for name in names]
    unknown = next((each for each in countries if isinstance(each, Unknown)), None)
    if unknown is not None:
        return unknown
    if len(set(countries)) > 1:
        return Unknown(f"its zones are in several countries: {', '.join(map(str, names))}")
    return countries[0]


def _country_of_zone(zone: Json, region: str) -> Maybe[str]:
    if isinstance(zone, str) and is_ordinary(zone, region):
        return country_of(region)
    country = country_of_other_zone(zone, region) if isinstance(zone, str) else ""
    return country or Unknown(f"{zone} is no zone of {region} in the table of this version")


def arn(service: str, region: str, account: str, resource: str) -> str:
    """Return the ARN of a resource, with the partition of its region."""
    return f"arn:{partition_of(region)}:{service}:{region}:{account}:{resource}"
