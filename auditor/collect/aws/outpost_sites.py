"""The country of what is kept on an Outpost: that of the site where the rack or server stands.

A module of a service that can be on Outposts adds :func:`site_details` to its collector, and reads
:func:`country_of_outpost`; what is on none is asked nothing.

API: https://docs.aws.amazon.com/outposts/latest/APIReference/API_GetSite.html
"""

import re

from auditor.collect.aws.reading import maybe_text
from auditor.model import Unknown
from auditor.spec import Detail, Found
from auditor.tables import Maybe

_CODE = re.compile(r"[A-Z]{2}", re.ASCII)


def site_details(path: str) -> tuple[Detail, Detail]:
    """Return the calls that lead from an Outpost to its site.

    Args:
        path: to the Outpost's id or ARN in the item, such as 'item.OutpostArn'.
    """
    return (
        Detail(
            name="outpost",
            service="outposts",
            operation="GetOutpost",
            permission="outposts:GetOutpost",
            bind={"OutpostId": path},
            when=path,
        ),
        Detail(
            name="site",
            service="outposts",
            operation="GetSite",
            permission="outposts:GetSite",
            bind={"SiteId": "outpost.Outpost.SiteArn"},
            when="outpost.Outpost.SiteArn",
        ),
    )


def country_of_outpost(found: Found) -> Maybe[str]:
    """Return the country of the site that :func:`site_details` asked for, or why it is unknown."""
    if "outpost" in found.answers:
        site = found.read("outpost.Outpost.SiteArn")
        if isinstance(site, Unknown):
            return site
    code = maybe_text(found, "site.Site.OperatingAddressCountryCode")
    if isinstance(code, Unknown) or _CODE.fullmatch(code):
        return code
    return Unknown(f"the operating address names no country by its code, but {code!r}")
