"""Transcripts are corrected, names are decided

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('mask_decision',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('spelling', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_mask_decision_account_id_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mask_decision_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_mask_decision_study_id_study'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mask_decision')),
    sa.UniqueConstraint('study_id', 'spelling', name=op.f('uq_mask_decision_study_id_spelling'))
    )
    with op.batch_alter_table('mask_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mask_decision_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mask_decision_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mask_decision_study_id'), ['study_id'], unique=False)

    op.create_table('recording',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('interview_id', sa.Uuid(), nullable=False),
    sa.Column('attachment_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_recording_attachment_id_attachment'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['interview_id'], ['interview.id'], name=op.f('fk_recording_interview_id_interview'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recording')),
    sa.UniqueConstraint('interview_id', name=op.f('uq_recording_interview_id'))
    )
    with op.batch_alter_table('recording', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recording_attachment_id'), ['attachment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recording_interview_id'), ['interview_id'], unique=False)

    op.create_table('turn_revision',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('turn_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('action', sa.String(length=20), nullable=False),
    sa.Column('before', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('after', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_turn_revision_account_id_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['turn_id'], ['turn.id'], name=op.f('fk_turn_revision_turn_id_turn'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_turn_revision'))
    )
    with op.batch_alter_table('turn_revision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_turn_revision_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_turn_revision_turn_id'), ['turn_id'], unique=False)

    # Column by column: a copied table would take the turns along when the old one is dropped.
    op.add_column('interview', sa.Column('recording_agreed', sa.Boolean(), nullable=True))
    op.add_column('interview', sa.Column('duration', sa.Float(), nullable=True))
    op.add_column('interview', sa.Column('guide', sa.String(), nullable=False, server_default=''))
    op.add_column('interview', sa.Column('relation', sa.String(), nullable=False, server_default=''))


def downgrade() -> None:
    for column in ('relation', 'guide', 'duration', 'recording_agreed'):
        op.drop_column('interview', column)
    op.drop_table('turn_revision')
    op.drop_table('recording')
    op.drop_table('mask_decision')
