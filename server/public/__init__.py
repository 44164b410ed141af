"""Pages for everybody: questionnaires behind a public link, kiosks and the wall."""
