"""Reminders

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('reminding',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('wanted', sa.Boolean(), nullable=True),
    sa.Column('at', sa.String(length=5), nullable=True),
    sa.Column('feed', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reminding_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminding')),
    sa.UniqueConstraint('person_id', name=op.f('uq_reminding_person_id'))
    )
    op.create_index(op.f('ix_reminding_person_id'), 'reminding', ['person_id'], unique=False)
    op.create_table('reminder',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('runner', sa.Uuid(), nullable=True),
    sa.Column('problem', sa.String(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reminder_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_reminder_study_id_study'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')),
    sa.UniqueConstraint('kind', 'person_id', 'due', name=op.f('uq_reminder_kind_person_id_due'))
    )
    op.create_index(op.f('ix_reminder_person_id'), 'reminder', ['person_id'], unique=False)
    op.create_index(op.f('ix_reminder_status'), 'reminder', ['status'], unique=False)
    op.create_index(op.f('ix_reminder_study_id'), 'reminder', ['study_id'], unique=False)
    op.add_column('study', sa.Column('remind_at', sa.String(length=5), nullable=False, server_default='20:00'))


def downgrade() -> None:
    op.drop_column('study', 'remind_at')
    op.drop_table('reminder')
    op.drop_table('reminding')
