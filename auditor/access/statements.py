"""Statements of AWS policy documents, as they are reasoned about.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One line of a condition: an operator, one key, and the values it is held against.

    Attributes:
        operator: in lower case, without prefix and suffix: 'stringlike', 'bool', 'null'…
        quantifier: 'forallvalues', 'foranyvalue' or ''.
        if_exists: the operator ends in IfExists.
        key: in lower case: 'aws:sourceip', 'aws:principaltag/team'. The part after a tag's slash
            is in lower case too: keys of tags are not case-sensitive in conditions.
        values: as written, policy variables not yet replaced. In documents of the version of
            2008, which has none, ``${`` is written so that it stays literal.
    """

    operator: str
    key: str
    values: tuple[str, ...]
    quantifier: str = ""
    if_exists: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One name in a Principal element: ('aws', 'arn:…'), ('service', 's3.amazonaws.com').

    Attributes:
        kind: 'aws', 'service', 'federated', 'canonicaluser', or '*' for everybody.
        name: as written; '*' for all of that kind.
    """

    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement. Elements that a document leaves out are empty.

    Attributes:
        policy_id: row of policy_documents.
        number: position in the document, counted from 1; 0 for a fault of the whole document.
        allows: Effect is Allow; otherwise Deny.
        actions: patterns in lower case; ``not_actions`` means all others.
        resources: patterns as written, with variables like those of tests; ('*',) where the
            document names none, as trust policies do.
        principals: of resource and trust policies; () in those of identities.
        fault: why it cannot be read, as a sentence without full stop; '' if it can. What cannot be
            read may allow or deny anything: nothing else of it counts.
    """

    policy_id: str
    number: int
    sid: str = ""
    allows: bool = True
    actions: tuple[str, ...] = ()
    not_actions: bool = False
    resources: tuple[str, ...] = ()
    not_resources: bool = False
    principals: tuple[Named, ...] = ()
    not_principals: bool = False
    tests: tuple[Test, ...] = ()
    fault: str = ""

    @property
    def id(self) -> str:
        """Names the statement in grants and explanations: 'policy#number'."""
        return f"{self.policy_id}#{self.number}"
