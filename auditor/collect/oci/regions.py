"""Where the regions of Oracle Cloud are, who runs them, and what an OCID says of that.

The realm is the boundary of a cloud: identities, accounts and the operator end there. Oracle
runs the commercial and government realms. Others are run by or for a partner (Dedicated Region,
Alloy) or by companies of Oracle's that are kept apart (EU Sovereign Cloud): Oracle's name in the
service does not mean that Oracle has its hands on the machines. So a realm is a jurisdiction of its
own, and the operator that a region's rows name says which: a policy that trusts Oracle does not
thereby trust those who run another realm.

Sources:
    https://docs.oracle.com/en-us/iaas/Content/General/Concepts/regions.htm
    https://docs.oracle.com/en-us/iaas/Content/General/Concepts/identifiers.htm (OCIDs)
    oci.regions of the SDK (names, keys, realms)
"""

from dataclasses import dataclass

from auditor.model import Json, Unknown
from auditor.tables import Maybe

ORACLE = "Oracle"
_OPERATORS = {
    "oc1": ORACLE,
    "oc2": ORACLE,
    "oc3": ORACLE,
    "oc4": ORACLE,
    "oc19": "Oracle EU Sovereign Cloud",
}
_DOMAINS = {
    "oc1": "oraclecloud.com",
    "oc2": "oraclegovcloud.com",
    "oc3": "oraclegovcloud.com",
    "oc4": "oraclegovcloud.uk",
    "oc19": "oraclecloud.eu",
}
_SEGMENTS = 5  # ocid1.<type>.<realm>.<region>.<unique>


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One region: the three-letter key that OCIDs use for it, its realm and its country."""

    name: str
    key: str
    realm: str
    country: str


# realm, name, key, country (ISO 3166-1 alpha-2)
_TABLE = """\
oc1  af-casablanca-1    lej MA
oc1  af-johannesburg-1  jnb ZA
oc1  ap-batam-1         hsg ID
oc1  ap-chuncheon-1     yny KR
oc1  ap-delhi-1         onm IN
oc1  ap-hyderabad-1     hyd IN
oc1  ap-kulai-2         jbp MY
oc1  ap-melbourne-1     mel AU
oc1  ap-mumbai-1        bom IN
oc1  ap-osaka-1         kix JP
oc1  ap-seoul-1         icn KR
oc1  ap-singapore-1     sin SG
oc1  ap-singapore-2     xsp SG
oc1  ap-sydney-1        syd AU
oc1  ap-tokyo-1         nrt JP
oc1  ca-montreal-1      yul CA
oc1  ca-toronto-1       yyz CA
oc1  eu-amsterdam-1     ams NL
oc1  eu-frankfurt-1     fra DE
oc1  eu-madrid-1        mad ES
oc1  eu-madrid-3        orf ES
oc1  eu-marseille-1     mrs FR
oc1  eu-milan-1         lin IT
oc1  eu-paris-1         cdg FR
oc1  eu-stockholm-1     arn SE
oc1  eu-turin-1         nrq IT
oc1  eu-zurich-1        zrh CH
oc1  il-jerusalem-1     mtz IL
oc1  me-abudhabi-1      auh AE
oc1  me-dubai-1         dxb AE
oc1  me-jeddah-1        jed SA
oc1  me-riyadh-1        ruh SA
oc1  mx-monterrey-1     mty MX
oc1  mx-queretaro-1     qro MX
oc1  sa-bogota-1        bog CO
oc1  sa-santiago-1      scl CL
oc1  sa-saopaulo-1      gru BR
oc1  sa-valparaiso-1    vap CL
oc1  sa-vinhedo-1       vcp BR
oc1  uk-cardiff-1       cwl GB
oc1  uk-london-1        lhr GB
oc1  us-ashburn-1       iad US
oc1  us-chicago-1       ord US
oc1  us-phoenix-1       phx US
oc1  us-saltlake-2      aga US
oc1  us-sanjose-1       sjc US
oc2  us-langley-1       lfi US
oc2  us-luke-1          luf US
oc3  us-gov-ashburn-1   ric US
oc3  us-gov-chicago-1   pia US
oc3  us-gov-phoenix-1   tus US
oc4  uk-gov-cardiff-1   brs GB
oc4  uk-gov-london-1    ltn GB
oc8  ap-chiyoda-1       nja JP
oc8  ap-ibaraki-1       ukb JP
oc9  me-dcc-muscat-1    mct OM
oc9  me-ibri-1          ibr OM
oc10 ap-dcc-canberra-1  wga AU
oc14 eu-dcc-dublin-1    ork IE
oc14 eu-dcc-dublin-2    snn IE
oc14 eu-dcc-milan-1     bgy IT
oc14 eu-dcc-milan-2     mxp IT
oc14 eu-dcc-rating-1    dus DE
oc14 eu-dcc-rating-2    dtm DE
oc15 ap-dcc-gazipur-1   dac BD
oc19 eu-frankfurt-2     str DE
oc19 eu-madrid-2        vll ES
oc20 eu-jovanovac-1     beg RS
oc21 me-alrayyan-1      vve QA
oc21 me-dcc-doha-1      doh QA
oc23 us-somerset-1      ebb US
oc23 us-thames-1        ebl US
oc24 eu-crissier-1      avf CH
oc24 eu-dcc-zurich-1    avz CH
oc26 me-abudhabi-3      ahu AE
oc26 me-alain-1         rba AE
oc29 me-abudhabi-2      rkt AE
oc29 me-abudhabi-4      shj AE
oc35 ap-chuncheon-2     bno KR
oc35 ap-seoul-2         dtz KR
oc35 ap-suwon-1         dln KR
oc42 us-ashburn-2       yxj US
oc42 us-newark-1        pgc US
oc51 eu-budapest-1      jsk HU
oc52 sa-riodejaneiro-1  hnw BR
"""

REGIONS = {
    name: Region(name=name, key=key, realm=realm, country=country)
    for realm, name, key, country in (line.split() for line in _TABLE.splitlines())
}
_NAMES = {region.key: region.name for region in REGIONS.values()}


def country_of(region: Maybe[str]) -> Maybe[str]:
    """Return the country of a region's data centres."""
    if isinstance(region, Unknown):
        return region
    known = REGIONS.get(region)
    return known.country if known else Unknown(f"region {region} is not in this version's table")


def operator_of(region: str) -> str:
    """Return who runs a region; a partner's realm is named as such, never as Oracle."""
    known = REGIONS.get(region)
    if known is None:
        return f"operator of region {region}"
    return _OPERATORS.get(known.realm, f"operator of realm {known.realm}")


def operator_in(tenancy: str) -> str:
    """Return who runs the realm of a tenancy, which its OCID names."""
    realm = [*tenancy.split("."), "", "", ""][2]
    return _OPERATORS.get(realm, f"operator of realm {realm}")


def domain_of(region: str) -> str:
    """Return the internet domain of a region's realm, '' for a region that is not in the table."""
    known = REGIONS.get(region)
    if known is None:
        return ""
    return _DOMAINS.get(known.realm, f"oraclecloud{known.realm.removeprefix('oc')}.com")


def operator_at(region: Maybe[str]) -> Maybe[str]:
    """Return who runs a region that may be unknown."""
    return region if isinstance(region, Unknown) else operator_of(region)


def realm_of(region: str) -> str:
    """Return the realm of a region, '' for a region that is not in the table."""
    known = REGIONS.get(region)
    return known.realm if known else ""


def region_named(name: Json) -> Maybe[str]:
    """Return a region by the name or the three-letter key that an answer gives for it.

    Compute says ``iad`` and ``phx``, identity says ``PHX``, others say ``us-phoenix-1``.
    """
    if isinstance(name, Unknown):
        return name
    if not isinstance(name, str) or not name:
        return Unknown("the provider names no region")
    return full_name(name)


def full_name(name: str) -> str:
    """Return the name of a region from the three-letter key or the name, in any case."""
    return _NAMES.get(name.lower(), name.lower())


def region_in(ocid: Json) -> Maybe[str]:
    """Return the region that an OCID names: by three-letter key or by name.

    ``ocid1.volume.oc1.phx.abc`` is in us-phoenix-1; File Storage writes ``eu_frankfurt_1``.
    Resources of no region leave it out. One whose realm is not that of the region was not made by
    Oracle Cloud.
    """
    parts = ocid.split(".") if isinstance(ocid, str) else []
    if len(parts) < _SEGMENTS or not parts[3]:
        return Unknown(f"{ocid} does not name a region")
    segment = parts[3].lower().replace("_", "-")
    region = _NAMES.get(segment, segment)
    if realm_of(region) not in ("", parts[2].lower()):
        return Unknown(f"{ocid} names a realm that is not that of its region")
    return region
