"""Japanese full text and relatedness."""
