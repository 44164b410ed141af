"""Quotations and their release

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('quotation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('passage_id', sa.Uuid(), nullable=True),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('start', sa.Integer(), nullable=False),
    sa.Column('end', sa.Integer(), nullable=False),
    sa.Column('text_hash', sa.String(length=64), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_quotation_study_id_study'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_quotation_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['passage_id'], ['passage.id'], name=op.f('fk_quotation_passage_id_passage'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_quotation_account_id_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quotation')),
    sa.UniqueConstraint('passage_id', 'start', 'end', name=op.f('uq_quotation_passage_id_start_end'))
    )
    with op.batch_alter_table('quotation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quotation_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quotation_passage_id'), ['passage_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quotation_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quotation_study_id'), ['study_id'], unique=False)

    op.create_table('quotation_translation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('quotation_id', sa.Uuid(), nullable=False),
    sa.Column('passage_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('language', sa.String(length=35), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('translator', sa.String(length=200), nullable=False),
    sa.Column('machine', sa.Boolean(), nullable=False),
    sa.Column('checker', sa.String(length=200), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['quotation_id'], ['quotation.id'], name=op.f('fk_quotation_translation_quotation_id_quotation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['passage_id'], ['passage.id'], name=op.f('fk_quotation_translation_passage_id_passage'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_quotation_translation_account_id_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quotation_translation')),
    sa.UniqueConstraint('quotation_id', 'language', name=op.f('uq_quotation_translation_quotation_id_language'))
    )
    with op.batch_alter_table('quotation_translation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quotation_translation_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quotation_translation_passage_id'), ['passage_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quotation_translation_quotation_id'), ['quotation_id'], unique=False)

    op.create_table('quotation_release',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('quotation_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('shown', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('choice', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('reminders', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('printed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['quotation_id'], ['quotation.id'], name=op.f('fk_quotation_release_quotation_id_quotation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_quotation_release_account_id_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quotation_release')),
    sa.UniqueConstraint('quotation_id', name=op.f('uq_quotation_release_quotation_id'))
    )
    with op.batch_alter_table('quotation_release', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quotation_release_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quotation_release_quotation_id'), ['quotation_id'], unique=False)

    op.create_table('memo',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=True),
    sa.Column('passage_id', sa.Uuid(), nullable=True),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('theme', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_memo_study_id_study'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['run_id'], ['theme_run.id'], name=op.f('fk_memo_run_id_theme_run'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['passage_id'], ['passage.id'], name=op.f('fk_memo_passage_id_passage'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_memo_account_id_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_memo'))
    )
    with op.batch_alter_table('memo', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_memo_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_memo_passage_id'), ['passage_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_memo_run_id'), ['run_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_memo_study_id'), ['study_id'], unique=False)


def downgrade() -> None:
    op.drop_table('memo')
    op.drop_table('quotation_release')
    op.drop_table('quotation_translation')
    op.drop_table('quotation')
