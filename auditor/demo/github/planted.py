"""Every row of the organisation that must not pass, and why. What is not listed must pass.

It holds for an audit whose trusted provider is Oracle and whose excluded party is Farshore
Holdings, and which reads the roster of the demo.
"""

from auditor.demo.planted import Planted

PLANTED: tuple[Planted, ...] = ()
