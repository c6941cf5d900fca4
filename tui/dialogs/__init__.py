"""The questions and notices: opaque boxes on a layer of their screen, that keep the focus until answered."""
