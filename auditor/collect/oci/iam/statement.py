"""What one statement of the policy language says, part by part.

Names are as somebody wrote them; the language ignores the case of names, keywords and values.

Sources:
    https://docs.oracle.com/en-us/iaas/Content/Identity/policieshow/Policy_Basics.htm
    https://docs.oracle.com/en-us/iaas/Content/Identity/policysyntax/denypolicies.htm
"""

from dataclasses import dataclass
from enum import StrEnum


class Effect(StrEnum):
    """The word that decides what a statement does.

    ALLOW speaks of principals of the own tenancy; ENDORSE of what they may do elsewhere; ADMIT of
    what principals from elsewhere may do here; DEFINE gives a name to an OCID.
    """

    ALLOW = "allow"
    ENDORSE = "endorse"
    ADMIT = "admit"
    DEFINE = "define"


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """One subject of a statement.

    Attributes:
        kind: any-user, any-group, group, dynamic-group, service, or resource.
        name: as written, '' for those that have none or are named by their OCID.
        domain: identity domain that is written before the name, '' for the default one.
        ocid: '' for those that are named.
    """

    kind: str
    name: str = ""
    domain: str = ""
    ocid: str = ""

    @property
    def label(self) -> str:
        """The principal as a reader knows it: its OCID, or 'Domain/name'."""
        if self.ocid:
            return self.ocid
        return f"{self.domain}/{self.name}" if self.domain else self.name or self.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a statement applies.

    Attributes:
        kind: tenancy, compartment, or any-tenancy.
        path: names of compartments, the first one below where the policy is attached.
        ocid: the compartment, where it is named by its OCID.
        tenancy: defined name of another tenancy; '' is the own one.
    """

    kind: str
    path: tuple[str, ...] = ()
    ocid: str = ""
    tenancy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value to compare with; in a pattern, '*' stands for any run of characters."""

    text: str
    pattern: bool = False
    quoted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One comparison.

    Attributes:
        variable: in lower case.
        operator: =, !=, in, not in, before, after, between.
    """

    variable: str
    operator: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Several conditions, of which all must hold or any one."""

    every: bool
    parts: tuple["Condition", ...]


Condition = Test | Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A name for an OCID.

    Attributes:
        kind: tenancy, group, dynamic-group, or compartment.
    """

    kind: str
    name: str
    ocid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What may be done: one kind of resource at one place, or two that are associated.

    Attributes:
        verb: inspect, read, use, manage, associate; '' where permissions are listed.
        permissions: in upper case; () where a verb stands.
        resource: type or family, in lower case; '' where permissions stand alone.
    """

    location: Location
    verb: str = ""
    permissions: tuple[str, ...] = ()
    resource: str = ""
    other_resource: str = ""
    other_location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement.

    Attributes:
        denies: it takes away instead of giving.
        principals: none only in a definition.
        source: defined name of the tenancy that is let in, 'any-tenancy' for every one; '' where
            the statement names none.
    """

    effect: Effect
    denies: bool = False
    principals: tuple[Principal, ...] = ()
    source: str = ""
    reach: Reach | None = None
    condition: Condition | None = None
    definition: Definition | None = None
