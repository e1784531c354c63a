"""One module for each format, each with NAME, `fits(data)` and `read(data)`; recognised from the bytes, in this order."""
