"""OpenCLETS: an open law-enforcement telecommunications system. Independent of any government."""

__version__ = "0.1.0"
