from kawaraban.readership.models.imported_rank import ImportedRank
from kawaraban.readership.models.report import Report
from kawaraban.readership.models.steering import Clearance, Exclusion, Hold, Pin
from kawaraban.readership.models.window import Window
from kawaraban.readership.tables import Count, Progress, RankedList, Remembrance

__all__ = ["Clearance", "Count", "Exclusion", "Hold", "ImportedRank", "Pin", "Progress", "RankedList", "Remembrance", "Report", "Window"]
