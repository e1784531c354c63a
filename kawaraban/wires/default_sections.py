"""Which section the IPTC's subjects go to until an editor says otherwise.

Sources: https://cv.iptc.org/newscodes/mediatopic/ and https://cv.iptc.org/newscodes/subjectcode/
A code stands for all that begin with it; the longest that fits decides.
"""

# (section, the subject, its Media Topic, how its subject codes begin)
TOP = (
    ("カルチャー", "芸術・文化・娯楽・メディア", "01000000", "01"),
    ("社会", "犯罪・法・司法", "02000000", "02"),
    ("社会", "災害・事故", "03000000", "03"),
    ("ビジネス", "経済・ビジネス・金融", "04000000", "04"),
    ("社会", "教育", "05000000", "05"),
    ("サイエンス", "環境", "06000000", "06"),
    ("サイエンス", "健康・医療", "07000000", "07"),
    ("社会", "人間模様", "08000000", "08"),
    ("ビジネス", "労働", "09000000", "09"),
    ("暮らし", "暮らし・余暇", "10000000", "10"),
    ("政治", "政治", "11000000", "11"),
    ("社会", "宗教", "12000000", "12"),
    ("サイエンス", "科学技術", "13000000", "13"),
    ("社会", "社会", "14000000", "14"),
    ("スポーツ", "スポーツ", "15000000", "15"),
    ("ワールド", "紛争・戦争・平和", "16000000", "16"),
    ("気象", "気象", "17000000", "17"),
)
FINER: tuple[tuple[str, str, str, str], ...] = ()


def rows() -> list[dict[str, str]]:
    """The values of each SubjectSection."""
    found = []
    for section, name, *codes in (*TOP, *FINER):
        both = zip(("medtop", "subj"), codes, strict=True)
        found += [{"scheme": scheme, "code": code, "name": name, "section": section} for scheme, code in both if code]
    return found
