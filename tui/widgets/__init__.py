"""The widgets: each shows plain values and says by a message what a person did."""
