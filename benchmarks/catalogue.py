"""Every flow, in the order in which they run."""

from benchmarks.flows import article, counting, newsday, publish, reads_taken, scale, search, wires
from benchmarks.plan import Flow

FLOWS: dict[str, Flow] = {
    flow.name: flow for flow in (article.FLOW, newsday.FLOW, scale.FLOW, publish.FLOW, wires.FLOW, reads_taken.FLOW, counting.FLOW, search.FLOW)
}
