"""Policies: sentences beside SQL expressions, held against the fact tables, in three values."""

from auditor.policy.cases import CaseResult, run_cases
from auditor.policy.evaluation import evaluate
from auditor.policy.explanation import explain
from auditor.policy.linting import lint
from auditor.policy.mutation import Mutant, mutate
from auditor.policy.pack import Case, Control, Pack, Parameter
from auditor.policy.reader import find_packs, load_pack
from auditor.policy.reference import policy_reference
from auditor.policy.results_file import read_results, results_schema, write_results
from auditor.policy.schema import manifest_schema, pack_schema

__all__ = [
    "Case",
    "CaseResult",
    "Control",
    "Mutant",
    "Pack",
    "Parameter",
    "evaluate",
    "explain",
    "find_packs",
    "lint",
    "load_pack",
    "manifest_schema",
    "mutate",
    "pack_schema",
    "policy_reference",
    "read_results",
    "results_schema",
    "run_cases",
    "write_results",
]
