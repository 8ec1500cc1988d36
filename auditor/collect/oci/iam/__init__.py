"""Oracle Cloud's policy language: what a statement says, and what statements allow.

Pure: text in, meaning out. What is not known to be in the language is Unknown.
"""

from auditor.collect.oci.iam.decision import Attached, Compartment, Request, decide
from auditor.collect.oci.iam.parsing import parse
from auditor.collect.oci.iam.statement import Effect, Statement

__all__ = ["Attached", "Compartment", "Effect", "Request", "Statement", "decide", "parse"]
