"""The demo practice: imaginary people and three months of invoices, made by formats and commands like any other."""

from models.demo.build import make_demo
from models.demo.place import demo_practice, open_demo

__all__ = ["demo_practice", "make_demo", "open_demo"]
