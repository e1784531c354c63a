from kawaraban.wires.models.arrival import Arrival
from kawaraban.wires.models.article_origin import ArticleOrigin
from kawaraban.wires.models.band import Band
from kawaraban.wires.models.banner import Banner
from kawaraban.wires.models.desk_notice import DeskNotice
from kawaraban.wires.models.flash_rule import FlashRule
from kawaraban.wires.models.instruction import Instruction
from kawaraban.wires.models.kill_receipt import KillReceipt
from kawaraban.wires.models.source import Source
from kawaraban.wires.models.story import Story
from kawaraban.wires.models.subject_section import SubjectSection
from kawaraban.wires.models.wire_item import WireItem
from kawaraban.wires.models.wire_version import WireVersion

__all__ = [
    "Arrival",
    "ArticleOrigin",
    "Band",
    "Banner",
    "DeskNotice",
    "FlashRule",
    "Instruction",
    "KillReceipt",
    "Source",
    "Story",
    "SubjectSection",
    "WireItem",
    "WireVersion",
]
