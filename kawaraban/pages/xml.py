import re

FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fit_for_xml(text: str) -> str:
    """The text without the characters that XML 1.0 has no way to write. Source: https://www.w3.org/TR/xml/#charsets"""
    return FORBIDDEN.sub("", text)
