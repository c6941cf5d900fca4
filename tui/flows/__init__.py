"""What screens and gestures share: one module per gesture of the guide, with its questions."""
