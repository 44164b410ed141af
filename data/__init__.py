"""Keeping: tables, transactions, history, files, migrations."""
