"""HTTP: sign-in, autosave, files, health."""
