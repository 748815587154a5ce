"""xianke (闲客): a local, honest organizer of side income."""

__version__ = "0.1.0"
