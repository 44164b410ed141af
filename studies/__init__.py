"""The study folders that ship; the demo's is made by code beside it."""
