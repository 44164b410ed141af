"""The whole installation in one file, and back: every row of every table, every kept file."""

from data.backups.archive import STUDY, Backup, BackupError, open_backup
from data.backups.dumping import dump
from data.backups.loading import has_entries, load
from data.backups.taking_in import take_in

__all__ = [
    "STUDY",
    "Backup",
    "BackupError",
    "dump",
    "has_entries",
    "load",
    "open_backup",
    "take_in",
]
