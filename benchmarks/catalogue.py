"""Every flow, in the order in which they run."""

from benchmarks.flows import article
from benchmarks.plan import Flow

FLOWS: dict[str, Flow] = {flow.name: flow for flow in (article.FLOW,)}
