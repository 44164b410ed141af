"""Corrections, and a history that the database refuses to change

Whoever recreates the table audit_event on SQLite (a batch operation does) makes its triggers anew.

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

REFUSAL = "the history cannot be changed"
# On SQLite a replacing insert deletes without asking the other triggers, so it has its own.
SQLITE = {
    "audit_event_keeps": "BEFORE UPDATE ON audit_event",
    "audit_event_stays": "BEFORE DELETE ON audit_event",
    "audit_event_adds": "BEFORE INSERT ON audit_event"
    " WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id)",
}
POSTGRESQL = {
    "audit_event_keeps": "BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW",
    "audit_event_stays": "BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT",
}


def upgrade() -> None:
    # Column by column: a copied table would take what refers to it along when the old one is dropped.
    op.add_column('response', sa.Column('corrected_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        'response_revision',
        sa.Column('erased', sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    if op.get_bind().dialect.name == "sqlite":
        for name, when in SQLITE.items():
            op.execute(
                f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_to_change_history() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    for name, when in POSTGRESQL.items():
        op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION refuse_to_change_history()")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in SQLITE:
            op.execute(f"DROP TRIGGER {name}")
    else:
        for name in POSTGRESQL:
            op.execute(f"DROP TRIGGER {name} ON audit_event")
        op.execute("DROP FUNCTION refuse_to_change_history()")
    op.drop_column('response_revision', 'erased')
    op.drop_column('response', 'corrected_at')
