"""What no payload may exceed, whatever the settings say of its bytes."""

PAYLOAD_BYTES = 10 << 20
ITEM_BYTES = 1 << 20
ITEMS = 2_000
LINES = 200_000  # of a payload that is read line by line
MARKUP = 300_000  # tags, references and lines of all texts of a payload
DEPTH = 100  # of elements or values within each other
EXPANDED = 50 << 20  # bytes of what was compressed
