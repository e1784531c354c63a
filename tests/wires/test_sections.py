import pytest

from kawaraban.wires.copy import Subject
from kawaraban.wires.default_sections import FINER, TOP, rows
from kawaraban.wires.models import SubjectSection
from kawaraban.wires.sections import section_of, table

TABLE = {"medtop": {"04000000": "ビジネス", "20000638": "ワールド"}, "subj": {"11": "政治", "11002": "ワールド"}, "shiomi": {"sea": "暮らし"}}


@pytest.mark.parametrize(
    ("subjects", "section"),
    [
        ([("medtop", "04000000")], "ビジネス"),
        ([("http://cv.iptc.org/newscodes/mediatopic/", "04000000")], "ビジネス"),
        ([("http://cv.iptc.org/newscodes/mediatopic", "medtop:04000000")], "ビジネス"),
        ([("", "medtop:04000000")], "ビジネス"),
        ([("MediaTopic", "20000638")], "ワールド"),
        ([("", "20000638")], "ワールド"),
        ([("subj", "11006000")], "政治"),
        ([("subj", "11002001")], "ワールド"),
        ([("IptcSubjectCode", "11000000")], "政治"),
        ([("", "11006000")], "政治"),
        ([("Shiomi", "sea-food")], "暮らし"),
        ([("", "港"), ("medtop", "99999999"), ("medtop", "04000000")], "ビジネス"),
        ([("subj", "11000000"), ("medtop", "04000000")], "政治"),
        ([("", "")], ""),
        ([], ""),
    ],
)
def test_section_of(subjects: list[tuple[str, str]], section: str) -> None:
    assert section_of([Subject(*subject) for subject in subjects], TABLE) == section


def test_table_has_the_defaults(db: None) -> None:
    found = table()
    assert SubjectSection.objects.count() == len(rows()) >= 34
    for section, _, topic, code in TOP:
        assert section_of([Subject("medtop", topic)], found) == section_of([Subject("subj", f"{code}000000")], found) == section


def test_defaults_name_each_subject_once() -> None:
    keys = [(row["scheme"], row["code"]) for row in rows()]
    assert len(keys) == len(set(keys))
    assert all(row["name"] and len(row["section"]) <= 60 for row in rows())
    assert all(len(topic) in (0, 8) for _, _, topic, _ in (*TOP, *FINER))


def test_editor_changes_a_section(db: None) -> None:
    SubjectSection.objects.filter(scheme="medtop", code="15000000").update(section="運動")
    assert section_of([Subject("medtop", "15000000")], table()) == "運動"
