"""What lists and sheets show: plain frozen values out, never a model."""
