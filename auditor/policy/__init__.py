"""Policies: sentences beside SQL expressions, held against the fact tables, in three values."""

from auditor.policy.cases import CaseResult, run_cases
from auditor.policy.evaluation import evaluate
from auditor.policy.reader import find_packs, load_pack

__all__ = ["CaseResult", "evaluate", "find_packs", "load_pack", "run_cases"]
