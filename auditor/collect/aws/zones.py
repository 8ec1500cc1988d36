"""In which country each zone is that is not simply where its region is.

A Local Zone or a Wavelength Zone belongs to a region that can be on another continent. Its name
says a place in AWS's own code only, so that the table lists zones one by one: what it does not
list is unknown. Written down on 2026-11-22.

Sources:
    https://docs.aws.amazon.com/local-zones/latest/ug/available-local-zones.html
    https://docs.aws.amazon.com/ebs/latest/userguide/work-with-ebs-encr.html (its list of zones)
    https://docs.aws.amazon.com/wavelength/latest/developerguide/available-wavelength-zones.html
    https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html
"""

import re
from collections.abc import Mapping

_LOCAL = {
    "us-east-1 US": (
        "atl-1 atl-2 bos-1 chi-1 chi-2 dfw-1 dfw-2 iah-1 iah-2 mci-1 mia-1 mia-2 msp-1 nyc-1 nyc-2 "
        "phl-1"
    ),
    "us-east-1 AR": "bue-1",
    "us-east-1 CL": "scl-1",
    "us-east-1 MX": "qro-1",
    "us-east-1 PE": "lim-1",
    "us-east-2 US": "mci-1",
    "us-west-2 US": "den-1 hnl-1 las-1 lax-1 pdx-1 phx-1 phx-2 sea-1",
    "af-south-1 NG": "los-1",
    "ap-northeast-1 TW": "tpe-1",
    "ap-south-1 IN": "ccu-1 ccu-2 del-1 del-2",
    "ap-southeast-1 PH": "mnl-1",
    "ap-southeast-1 TH": "bkk-1",
    "ap-southeast-1 VN": "han-1",
    "ap-southeast-2 AU": "per-1",
    "ap-southeast-2 NZ": "akl-1",
    "eu-central-1 DE": "ham-1",
    "eu-central-1 GR": "ath-1",
    "eu-central-1 PL": "waw-1",
    "eu-central-1 TR": "ist-1",
    "eu-north-1 DK": "cph-1",
    "eu-north-1 FI": "hel-1",
    "me-south-1 OM": "mct-1",
}

_WAVELENGTH = {
    "us-east-1 US": "atl bna bos chi clt dfw dtw iah mia msp nyc tpa was",
    "us-west-2 US": "den las lax phx sea sfo",
    "ap-northeast-1 JP": "kix nrt",
    "ap-northeast-2 KR": "cjj sel",
    "ca-central-1 CA": "yto",
    "eu-central-1 DE": "ber dtm muc",
    "eu-west-2 GB": "lon",
    "eu-west-3 MA": "cmn",
    "eu-west-3 SN": "dss",
}

_SIDES = {"north": "n", "south": "s", "east": "e", "west": "w", "central": "c", "gov": "g"}
_SIDE = re.compile("|".join(_SIDES))


def code_of_region(region: str) -> str:
    """Return how ids of zones begin in a region: ``use1`` for us-east-1, ``apse2``, ``usgw1``."""
    return _SIDE.sub(lambda match: _SIDES[match[0]], region).replace("-", "")


def _listed() -> dict[tuple[str, str], str]:
    """Return (region, zone without the letter of a Local Zone, or zone's id) -> country."""
    found = {}
    for place, codes in _LOCAL.items():
        region, country = place.split()
        for code in codes.split():
            found[region, f"{region}-{code}"] = country
            found[region, f"{code_of_region(region)}-{code.replace('-', '')}"] = country
    for place, codes in _WAVELENGTH.items():
        region, country = place.split()
        for code in codes.split():
            found[region, f"{region}-wl1-{code}-wlz-1"] = country
            found[region, f"{code_of_region(region)}-wl1-{code}-wlz1"] = country
    return found


COUNTRIES: Mapping[tuple[str, str], str] = _listed()
_END = re.compile(r"(?:(?<=-\d)[a-z]|-az\d+)\Z", re.ASCII)


def is_ordinary(zone: str, region: str) -> bool:
    """Whether this names an availability zone of a region, by name or by id."""
    pattern = f"{re.escape(region)}[a-z]|{re.escape(code_of_region(region))}-az[0-9]+"
    return bool(region) and re.fullmatch(pattern, zone) is not None


def country_of_other_zone(zone: str, region: str) -> str:
    """Return the country of a Local Zone or Wavelength Zone, '' if it is not listed.

    Args:
        zone: its name, such as 'us-east-1-lim-1a', or its id, such as 'use1-lim1-az1'.
    """
    return COUNTRIES.get((region, _END.sub("", zone)), "")
