"""The whole installation in one file, and back: every row of every table, every kept file."""

from data.backups.archive import Backup, BackupError, open_backup
from data.backups.dumping import dump
from data.backups.loading import has_entries, load

__all__ = ["Backup", "BackupError", "dump", "has_entries", "load", "open_backup"]
