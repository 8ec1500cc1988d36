"""The report: results and facts made readable, as HTML and as PDF, from one model.

``build`` computes a :class:`Report`; ``render_html`` and ``render_pdf`` show it and decide nothing.
"""

from auditor.report.build import build
from auditor.report.html import render_html
from auditor.report.model import EvidenceSummary, Report
from auditor.report.pdf import render_pdf
from auditor.report.sarif import render_sarif

__all__ = ["EvidenceSummary", "Report", "build", "render_html", "render_pdf", "render_sarif"]
